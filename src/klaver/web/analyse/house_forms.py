"""Forms about the lists of a workplace: roles, places with the walks between them, pay scales and units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from klaver.language import tell
from klaver.values import Fault, Faults
from klaver.web.analyse.editing import EditForm
from klaver.web.analyse.fields import field_for
from klaver.work.editing import whole
from klaver.work.house import Listed, cells, with_list, with_walks
from klaver.work.records import Workplace
from klaver.work.workbook.layout import Column, sheet
from klaver.work.workbook.typed import columns, made_of, read_cells, text

PLAIN = ("name", "lang", "cooperation", "full_time_week", "entry_scale", "note")
"""What the page of the workplace asks beside its lists."""

LONGEST_WALK = 240
"""Minutes that a record allows for a walk."""

USED = {"work.unknown_role", "work.unknown_place", "work.unknown_pay_scale"}
"""Mistakes that come of removing what others still name."""


@dataclass
class Entry:
    """One record of a list on the page; the last one is blank, for something new."""

    title: str
    fields: list[BoundField]
    drop: BoundField | None


class ListsForm(EditForm):
    """Lists of a workplace, each with a blank row at its end; a row that is blank again is no row."""

    def __init__(self, keys: tuple[Listed, ...], base: Workplace, data: QueryDict | None = None) -> None:
        super().__init__(base, data)
        self.keys = keys
        self.plain = PLAIN if "units" in keys else ()
        for name in self.plain:
            self._add(name, columns("workplace")[name], getattr(base, name))
        for key in keys:
            for ident, record in self._records(key):
                held = cells(key, record) if record else {}
                for name, column in self._columns(key):
                    self._add(f"{key}_{ident}_{name}", column, held.get(name))
                if record:
                    drop = forms.BooleanField(required=False, label=tell("analyse.drop", self.lang))
                    self.fields[f"{key}_{ident}_drop"] = drop
                elif key == "roles":
                    self.initial |= {"roles__kind": "staff", "roles__employer": "host", "roles__may_instruct": "true"}
        labels, walked = {p.id: p.label for p in base.places}, {frozenset((w.start, w.end)): w for w in base.walks}
        self.pairs = list(combinations(labels, 2)) if "places" in keys else []
        for start, end in self.pairs:
            between = tell("analyse.walk_between", self.lang, start=labels[start], end=labels[end])
            self.fields[f"walk_{start}:{end}"] = forms.IntegerField(
                required=False, min_value=0, max_value=LONGEST_WALK, label=between
            )
            walk = walked.get(frozenset((start, end)))
            self.initial[f"walk_{start}:{end}"] = walk.minutes if walk else None

    def _records(self, key: Listed) -> list[tuple[str, Any]]:
        """Return the records of a list by their code, and at the end a blank one without a code."""
        return [*((r.id, r) for r in getattr(self.base, key)), ("", None)]

    def _columns(self, key: Listed) -> Iterator[tuple[str, Column]]:
        return ((name, column) for name, column in columns(key).items() if name != "id")

    def _add(self, name: str, column: Column, value: Any) -> None:
        self.fields[name] = field_for(column, self.base, self.lang)
        self.initial[name] = text(column, value, self.lang)

    def made(self) -> Workplace:
        """Return the workplace with its lists as they were typed."""
        if self.errors:
            raise Faults([])
        place, wrong = self.base, list[Fault]()
        try:
            place = self._plain(place)
        except Faults as told:
            wrong += told.faults
        for key in self.keys:
            codes = list(self._rows(key))
            try:
                place = with_list(place, key, [self._given(key, code) for code in codes], self.lang)
            except Faults as told:
                at = ((f, codes[(f.row or 1) - 1]) for f in told.faults)
                wrong += [f.model_copy(update={"column": f"{key}_{code}_{f.column}"}) for f, code in at]
        if wrong:
            raise Faults(wrong)
        minutes = {(a, b): self.cleaned_data.get(f"walk_{a}:{b}") for a, b in self.pairs}
        return whole(with_walks(place, minutes))

    def _plain(self, place: Workplace) -> Workplace:
        row, wrong = read_cells("workplace", {n: self.cleaned_data[n] for n in self.plain}, self.lang)
        return made_of(Workplace, {**dict(place), **row}, "workplace", row, wrong)

    def _rows(self, key: Listed) -> Iterator[str]:
        """Yield the codes of the rows that stay; the blank one stays when something was typed in it."""
        for code, record in self._records(key):
            blank = not record and not any(name.startswith(f"{key}__") for name in self.changed_data)
            if not blank and not self.cleaned_data.get(f"{key}_{code}_drop"):
                yield code

    def _given(self, key: Listed, code: str) -> dict[str, str]:
        return {name: self.cleaned_data[f"{key}_{code}_{name}"] for name, _ in self._columns(key)} | {"id": code}

    def show(self, wrong: Faults) -> None:
        """Show mistakes at their fields; what is removed and still named elsewhere is told once, with where."""
        used: dict[str, list[str]] = defaultdict(list)
        rest = []
        for fault in wrong.faults:
            if fault.code in USED:
                used[str(fault.values["name"])].append(self._where(fault))
            else:
                rest.append(fault)
        super().show(Faults(rest))
        for name, where in used.items():
            said = ", ".join(dict.fromkeys(where))
            self.add_error(None, tell("analyse.in_use", self.lang, name=name, where=said))

    def _where(self, fault: Fault) -> str:
        if fault.sheet == "tasks" and fault.row:
            return self.base.tasks[fault.row - 1].id
        return sheet(fault.sheet or "workplace").name(self.lang)

    def entries(self, key: Listed) -> list[Entry]:
        """Return the rows of a list as they stand on the page."""
        made = []
        for code, record in self._records(key):
            fields = [self[f"{key}_{code}_{name}"] for name, _ in self._columns(key)]
            title = record.label if record else tell("analyse.new_row", self.lang)
            made.append(Entry(title, fields, self[f"{key}_{code}_drop"] if record else None))
        return made
