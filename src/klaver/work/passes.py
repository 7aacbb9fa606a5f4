"""Three passes over a work analysis: at the desk, on the floor, around the table; each asks only what it can answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from klaver.scale.dimensions import TASK_NUMBERS
from klaver.values import SourceKind
from klaver.work.elementary import elementary
from klaver.work.records import Legal, Task, Workplace

Pass = Literal["desk", "floor", "table"]

DEMANDS = tuple(f"demands.{number}" for number in sorted(TASK_NUMBERS))

PASSES: dict[Pass, tuple[str, ...]] = {
    "desk": ("doers", "place"),
    "floor": ("minutes", "times", "window", "wait_days", "legal", "harm", "checked", "left_undone", "separable"),
    "table": (
        "splittable", "recovery", "valued", "unpleasant", "learning", "instructs", "alone", "contact", "posture",
        "language", *DEMANDS,
    ),
}  # fmt: skip
"""The values that each pass asks about a task: alone with what is written, with who leads the work, with the team."""

VALUES = tuple(value for values in PASSES.values() for value in values)
"""Every value of a task that has an origin, each demand for itself."""

CELLS: dict[str, tuple[str, ...]] = {
    "minutes": ("low", "likely", "high"),
    "times": ("pattern", *(f"day_{n}" for n in range(7))),
    "window": ("window_start", "window_end"),
    "legal": ("legal", "legal_basis", "permit"),
    "language": tuple(f"language_{s}" for s in ("listening", "speaking", "reading", "writing", "safety_reason")),
    **{value: (value.replace("demands.", "demand_"),) for value in DEMANDS},
}
"""The columns of the workbook in which a value stands, where it is not the column of its own name."""


@dataclass(frozen=True)
class Progress:
    """How many of the tasks that a pass is about were asked."""

    asked: int
    of: int


def held(task: Task, value: str) -> object:
    """Return a value of a task with all that belongs to it; ``None`` or nothing in it is not known."""
    name, _, number = value.partition(".")
    if number:
        return task.demands.get(int(number))
    if name == "legal":
        return None if task.legal is Legal.UNKNOWN else (task.legal, task.legal_basis, task.permit)
    return getattr(task, name) or (None if name == "doers" else getattr(task, name))


def asked(task: Task, value: str) -> bool:
    """Tell whether somebody was asked: the value is not assumed, and is known or was expressly answered as unknown."""
    told = task.source_of(value).kind is not SourceKind.ASSUMED
    return told and (held(task, value) is not None or value in task.sources)


def about(place: Workplace, which: Pass) -> tuple[Task, ...]:
    """Return the tasks that a pass is about: around the table, no task that stays with the team anyway."""
    return tuple(t for t in place.tasks if which != "table" or elementary(t).elementary != "no")


def progress(place: Workplace, which: Pass) -> Progress:
    """Count the tasks of which everything in a pass was asked."""
    tasks = about(place, which)
    return Progress(sum(_done(task, PASSES[which]) for task in tasks), len(tasks))


def _done(task: Task, values: Iterable[str]) -> bool:
    return all(asked(task, value) for value in values)
