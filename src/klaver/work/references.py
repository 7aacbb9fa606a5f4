"""Names that point elsewhere in a workplace: which cell names a role, place, task, family, scale or season."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence

from klaver.values import Fault
from klaver.work.rows import Row

SHOWN = 12
"""How many known names a sentence lists, the nearest first."""

_LISTS = {"role": ("roles", "id"), "place": ("places", "id"), "pay_scale": ("pay_scales", "id"),
          "task": ("tasks", "id"), "family": ("tasks", "family"), "scenario": ("scenarios", "id")}  # fmt: skip
"""For each kind of name, the sheet and field in which it is given."""

_USES = (
    ("tasks", "doers", "role"), ("tasks", "instructs", "role"), ("tasks", "place", "place"),
    ("roles", "pay_scale", "pay_scale"), ("workplace", "entry_scale", "pay_scale"), ("walks", "start", "place"),
    ("walks", "end", "place"), ("orders", "before", "task"), ("orders", "after", "task"), ("links", "first", "task"),
    ("links", "second", "task"), ("agreements", "role", "role"), ("pins", "task", "task"), ("demands", "task", "task"),
    ("sources", "task", "task"), ("volumes", "scenario", "scenario"),
)  # fmt: skip
"""Where names are used: sheet, field, kind of name. A volume names a family or a task, as its own kind says."""


def unknown_names(lines: Mapping[str, Sequence[tuple[int, Row]]], absent: Collection[str]) -> Iterator[Fault]:
    """Tell every name that is given nowhere; the nearest known names come first in the sentence."""
    known = {
        kind: {str(row[field]) for _, row in lines.get(sheet, ()) if row.get(field) is not None}
        for kind, (sheet, field) in _LISTS.items()
        if sheet not in absent
    }
    for sheet, field, kind in _USES:
        for number, row in lines.get(sheet, ()):
            for name in _names(row.get(field)):
                yield from _unknown(sheet, number, field, kind, name, known)
    for number, row in lines.get("volumes", ()):
        if row.get("kind") in _LISTS and row.get("name") is not None:
            yield from _unknown("volumes", number, "name", str(row["kind"]), str(row["name"]), known)


def _names(value: object) -> Iterator[str]:
    if isinstance(value, tuple):
        yield from dict.fromkeys(share.role for share in value)
    elif value is not None:
        yield str(value)


def _unknown(
    sheet: str, number: int, field: str, kind: str, name: str, known: Mapping[str, set[str]]
) -> Iterator[Fault]:
    if kind not in known or name in known[kind]:
        return
    near = difflib.get_close_matches(name, sorted(known[kind]), 3, 0.5)
    shown = ", ".join(dict.fromkeys([*near, *sorted(known[kind])][:SHOWN])) or "-"
    values: dict[str, str | int] = {"name": name, "known": shown}
    yield Fault(code=f"work.unknown_{kind}", values=values, sheet=sheet, row=number, column=field)
