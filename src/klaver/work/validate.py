"""Does a workplace make sense as a whole? Every reference, every sum, and what is not known yet."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from klaver.scale.dimensions import PLACE_NUMBERS, TASK_NUMBERS
from klaver.values import Fault
from klaver.work.circles import circles
from klaver.work.records import Legal, Workplace
from klaver.work.references import unknown_names
from klaver.work.rows import Row, to_rows

Lines = Mapping[str, Sequence[tuple[int, Row]]]
"""The rows of every sheet, each with the number under which it stands."""


@dataclass(frozen=True)
class Gap:
    """Something that is not known of a task and that a design needs; ``field`` is the record's field."""

    task: str
    field: str


def gaps(place: Workplace) -> tuple[Gap, ...]:
    """Return what is not known of the tasks that are not reserved, task by task."""
    found: list[Gap] = []
    for task in place.tasks:
        if task.legal is Legal.RESERVED:
            continue
        for field in ("minutes", "times", "window", "place", "harm", "contact", "posture", "separable"):
            if getattr(task, field) is None:
                found.append(Gap(task.id, field))
        if task.legal is Legal.UNKNOWN:
            found.append(Gap(task.id, "legal"))
        if not task.doers:
            found.append(Gap(task.id, "doers"))
        if TASK_NUMBERS - task.demands.keys():
            found.append(Gap(task.id, "demands"))
    return tuple(found)


def faults(place: Workplace) -> tuple[Fault, ...]:
    """Return every mistake in the references and sums of a workplace.

    ``sheet`` is the list in the document, ``row`` counts in it from 1, ``column`` is the field.
    """
    return sense({key: list(enumerate(rows, 1)) for key, rows in to_rows(place).items()})


def sense(lines: Lines, absent: Collection[str] = ()) -> tuple[Fault, ...]:
    """Return every mistake that rows make together, each at its sheet's key, row and field.

    ``absent`` names sheets that could not be read: what only they can answer is not asked.
    """
    return (
        *_twice(lines),
        *unknown_names(lines, absent),
        *(f for number, row in lines.get("tasks", ()) for f in _task(number, row)),
        *_places(lines),
        *_pairs(lines),
        *circles(lines.get("orders", ())),
    )


def fault(code: str, sheet: str, at: int, field: str, /, **values: str | int) -> Fault:
    """Return a mistake at a cell."""
    return Fault(code=f"work.{code}", values=values, sheet=sheet, row=at, column=field)


_KEYS: dict[str, tuple[str, ...]] = {
    "units": ("id",),
    "pay_scales": ("id",),
    "places": ("id",),
    "roles": ("id",),
    "tasks": ("id",),
    "scenarios": ("id",),
    "demands": ("task",),
    "sources": ("task", "field"),
    "volumes": ("scenario", "kind", "name"),
}
"""What must not stand twice on a sheet; the mistake is shown at the last of these columns."""


def _twice(lines: Lines) -> Iterator[Fault]:
    for sheet, fields in _KEYS.items():
        seen: dict[tuple[str, ...], int] = {}
        for number, row in lines.get(sheet, ()):
            key = tuple(str(row.get(f) or "") for f in fields)
            if not all(key):
                continue
            if key in seen:
                yield fault("duplicate", sheet, number, fields[-1], id=" ".join(key), row=seen[key])
            seen.setdefault(key, number)


def _task(number: int, row: Row) -> Iterator[Fault]:
    ident = str(row.get("id") or "-")
    shares = row.get("doers") or ()
    total = sum(s.percent for s in shares)
    if shares and total != 100:
        yield fault("shares", "tasks", number, "doers", id=ident, total=total)
    named = [s.role for s in shares]
    for role in dict.fromkeys(r for r in named if named.count(r) > 1):
        yield fault("role_twice", "tasks", number, "doers", id=ident, name=role)
    start, end, likely = row.get("window_start"), row.get("window_end"), row.get("likely")
    # reserved work stays with the team, which may do it with several people at once
    alone = row.get("legal") != Legal.RESERVED
    if alone and likely is not None and start is not None and end is not None and start < end < start + likely:
        yield fault("window_short", "tasks", number, "window_end", id=ident, window=end - start, minutes=likely)
    if row.get("legal") == Legal.PERMIT and row.get("permit") is None:
        yield fault("permit_unnamed", "tasks", number, "permit", id=ident)


def _places(lines: Lines) -> Iterator[Fault]:
    for sheet, key, allowed in (("places", "id", PLACE_NUMBERS), ("demands", "task", TASK_NUMBERS)):
        for number, row in lines.get(sheet, ()):
            used = {int(f.removeprefix("demand_")) for f in row if f.startswith("demand_") and f != "demand_reason"}
            for dimension in sorted(used - allowed):
                ident = str(row.get(key) or "-")
                yield fault("dimension", sheet, number, f"demand_{dimension}", id=ident, number=dimension)
    for number, row in lines.get("sources", ()):
        field = str(row.get("field") or "")
        name, _, wanted = field.partition(".")
        if wanted and (name != "demands" or wanted not in set(map(str, TASK_NUMBERS))):
            yield fault("dimension", "sources", number, "field", id=str(row.get("task") or "-"), number=wanted)


def _pairs(lines: Lines) -> Iterator[Fault]:
    kinds: dict[frozenset[str], str] = {}
    for number, row in lines.get("links", ()):
        first, second = row.get("first"), row.get("second")
        if first is None or second is None:
            continue
        if first == second:
            yield fault("link_self", "links", number, "second", id=first)
        kind = kinds.setdefault(frozenset((first, second)), row.get("kind") or "")
        if row.get("kind") and kind and row["kind"] != kind:
            yield fault("together_apart", "links", number, "kind", id=first, other=second)
    walked: dict[frozenset[str], int] = {}
    for number, row in lines.get("walks", ()):
        start, end = row.get("start"), row.get("end")
        if start is None or end is None:
            continue
        before = walked.setdefault(frozenset((start, end)), number)
        if before != number:
            yield fault("walk_twice", "walks", number, "end", start=start, end=end, row=before)
