"""The form of one task: every value of the record in words, or the values of one pass."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from klaver.language import tell
from klaver.values import Fault, Faults, SourceKind, Window
from klaver.web.analyse.clashes import source_words
from klaver.web.analyse.editing import EditForm
from klaver.web.analyse.fields import field_for
from klaver.web.analyse.week import week_fields, week_initial, week_of
from klaver.work.editing import LONGEST_ID, code_for, from_source, next_code, renamed, whole, with_task
from klaver.work.passes import CELLS, DEMANDS, PASSES, VALUES, Pass, asked
from klaver.work.records import Task, Workplace
from klaver.work.workbook.rowsense import DAYS
from klaver.work.workbook.typed import as_typed, columns, read_task, text

SECTIONS: dict[str, tuple[str, ...]] = {
    "what": ("name", "family"),
    "who": ("doers", "place", "instructs"),
    "when": ("minutes", "times", "window", "wait_days", "splittable", "left_undone"),
    "law": ("legal", "harm", "checked", "separable"),
    "colleagues": ("recovery", "valued", "unpleasant", "learning"),
    "around": ("alone", "contact", "posture", "language"),
    "demands": (*DEMANDS, "demand_reason"),
    "verdict": ("override",),
    "more": ("note",),
}
"""The parts of the page, and what is asked in each."""

ALSO: dict[str, tuple[str, ...]] = {
    "desk": ("name", "family", "note"),
    "floor": ("note",),
    "table": ("demand_reason", "note"),
}
"""What a pass asks beside its values, of which no origin is kept."""

COPIED = ("who", "when", "around", "demands")
"""The parts that may be copied; who may do a task, what a mistake does and what staff value is never assumed."""

NAMES = {"doers": "doers", "minutes": "minutes", "times": "days", "window": "window", "language": "language"}
"""Values of several fields, each with the words that stand above them."""

NEW = ("what", "who", "when", "law", "more")
"""The parts that are asked of a new task; the rest comes around the table."""


@dataclass
class Answer:
    """One value on the page: its fields, where it comes from, and whether that was asked."""

    value: str
    title: str
    fields: list[BoundField] = field(default_factory=list)
    extra: list[BoundField] = field(default_factory=list)
    source: str = ""
    assumed: bool = False
    confirm: BoundField | None = None
    window: Window | None = None
    open: bool = False


@dataclass
class Section:
    """One part of the page."""

    key: str
    title: str
    answers: list[Answer]
    wrong: bool


class TaskForm(EditForm):
    """A task as it is, or one that is new when there is none; ``which`` narrows it to what a pass asks."""

    sourced = True

    def __init__(
        self,
        base: Workplace,
        task: Task | None,
        which: Pass | None = None,
        data: QueryDict | None = None,
        how: dict[str, str] | None = None,
    ) -> None:
        super().__init__(base, data, how)
        self.new = task is None
        first = next(iter(base.tasks), None)
        blank = Task(id=next_code(base), name="-", family=first.family if first else "cleaning", lang=base.lang)
        self.task, self.which = task or blank, which
        self.values = tuple(self._values())
        self.columns = columns("tasks")
        cells = as_typed(self.task) | ({"name": None} if self.new else {})
        for value in self.values:
            for name, made in self.fields_of(value).items():
                self.fields[name] = made
                if name in self.columns:
                    self.initial[name] = text(self.columns[name], cells.get(name), self.lang)
            if value in VALUES and not self.new and not asked(self.task, value):
                self.fields[f"ok_{value}"] = forms.BooleanField(required=False, label=tell("analyse.ok", self.lang))
        self.initial |= week_initial(self.task.times)
        self.initial |= {f"doer_{r.id}": s.percent for r in base.roles for s in self.task.doers if s.role == r.id}
        if not self.new:
            label = tell("analyse.ok_all", self.lang)
            self.fields["ok_all"] = forms.BooleanField(required=False, label=label)

    def _values(self) -> Iterator[str]:
        keys = NEW if self.new else SECTIONS
        wanted = {*PASSES[self.which], *ALSO[self.which]} if self.which else None
        for key in keys:
            yield from (v for v in SECTIONS[key] if wanted is None or v in wanted)

    def fields_of(self, value: str) -> dict[str, forms.Field]:
        """Return the fields in which a value is asked."""
        if value == "times":
            return week_fields()
        if value == "doers":
            return {
                f"doer_{r.id}": forms.IntegerField(required=False, min_value=0, max_value=100, label=r.label)
                for r in self.base.roles
            }
        made = {name: field_for(self.columns[name], self.base, self.lang) for name in self._cells(value)}
        if value == "family":
            label = tell("analyse.other_family", self.lang)
            made["other_family"] = forms.CharField(required=False, max_length=LONGEST_ID, label=label)
        return made

    def _cells(self, value: str) -> tuple[str, ...]:
        if value == "name":
            others = (f"name_{other}" for other in ("nl", "fr", "en") if other != self.task.lang)
            return ("name",) if self.new else ("name", "lang", *others)
        if value == "override":
            return ("override", "override_comment")
        return CELLS.get(value, (value,))

    def made(self) -> Workplace:
        """Return the workplace with the task as it was typed."""
        given = {n: str(v) for n, v in self.cleaned_data.items() if n in self.columns}
        wrong: list[Fault] = []
        if "times" in self.values:
            try:
                week = week_of(self.cleaned_data)
                given |= dict(zip(DAYS, map(str, week) if week else [""] * 7, strict=True))
            except forms.ValidationError as error:
                self.add_error("each", error)
        if self.cleaned_data.get("other_family"):
            given["family"] = code_for(self.cleaned_data["other_family"], ())
        if "doers" in self.values:
            given["doers"] = "; ".join(self._shares())
        try:
            after = read_task(self.task, given, self.lang)
        except Faults as told:
            wrong = list(told.faults)
        if wrong or self.errors:
            raise Faults(wrong)
        after = renamed(self.task, after)
        if self.new:
            after = after.model_copy(update={"source": self.how})
        else:
            after = from_source(self.task, after, self.how, self._confirmed())
        return whole(with_task(self.base, after))

    def _shares(self) -> Iterator[str]:
        given = {r.id: self.cleaned_data.get(f"doer_{r.id}") for r in self.base.roles}
        order = dict.fromkeys([*(s.role for s in self.task.doers), *given])
        return (f"{role} {given[role]}" for role in order if given.get(role))

    def _confirmed(self) -> set[str]:
        data = self.cleaned_data
        return {v for v in self.values if f"ok_{v}" in self.fields and (data.get("ok_all") or data.get(f"ok_{v}"))}

    def field_of(self, fault: Fault) -> str | None:
        """Return the field in which a mistake was made."""
        if fault.sheet == "tasks" and fault.column == "doers" and self.base.roles:
            return f"doer_{self.base.roles[0].id}"
        if fault.code == "work.unknown_family":
            return "family"
        return "each" if fault.column in (*DAYS, "pattern") else fault.column

    def copied(self, other: Task, parts: Collection[str], data: QueryDict) -> QueryDict:
        """Return what was typed, with the values of another task in some parts of the page; nothing is saved by it.

        What is true of one task is a guess about another, so the origin becomes *assumed* until somebody says better.
        """
        made: QueryDict = data.copy()
        source = TaskForm(self.base, other, self.which)
        for value in (v for key in COPIED if key in parts for v in SECTIONS[key] if v in self.values):
            for name in source.fields_of(value):
                given = source.initial.get(name)
                made.pop(name, None)
                if given is not None and given is not False:
                    made[name] = "on" if given is True else str(given)
        made["how_kind"] = SourceKind.ASSUMED.value
        return made

    def sections(self) -> list[Section]:
        """Return the parts of the page that have something to ask."""
        made = []
        for key, values in SECTIONS.items():
            answers = [self._answer(v) for v in values if v in self.values]
            if answers:
                wrong = any(f.errors for a in answers for f in (*a.fields, *a.extra))
                made.append(Section(key, tell(f"analyse.part_{key}", self.lang), answers, wrong))
        return made

    def _answer(self, value: str) -> Answer:
        fields = [self[name] for name in self.fields_of(value)]
        rest = 1 if value in ("name", "legal", "family") else 8 if value == "times" else len(fields)
        title = tell(f"analyse.{NAMES[value]}", self.lang) if value in NAMES else str(fields[0].label)
        answer = Answer(value, title, fields[:rest], fields[rest:])
        answer.open = any(f.errors or (value == "times" and f.value() not in (None, "")) for f in answer.extra)
        if value in VALUES and not self.new:
            answer.assumed = self.task.source_of(value).kind is SourceKind.ASSUMED
            answer.source = source_words(self.task.source_of(value), self.lang)
            answer.confirm = self[f"ok_{value}"] if f"ok_{value}" in self.fields else None
        if value == "window":
            answer.window = self.task.window
        return answer
