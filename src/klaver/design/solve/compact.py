"""A shift without needless waiting: the same order, begun as late and ended as early as can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from klaver.design.check import refused
from klaver.design.effects import values_of
from klaver.design.problem import Problem
from klaver.design.records import Entry, Job, Pause, Shift


@dataclass(frozen=True)
class _Step:
    """A task or the break, with the earliest start, the latest end, and the way to walk before it."""

    part: Entry | Pause
    low: int
    high: int
    walk: int

    @property
    def length(self) -> int:
        return self.part.end - self.part.start


def compact(problem: Problem, shift: Shift) -> Shift:
    """Return the shift with its parts pushed together; it never begins earlier nor ends later than it did."""
    steps = _steps(problem, shift)
    starts: list[int] = []
    for step in steps:
        before = starts[-1] + steps[len(starts) - 1].length if starts else step.low
        starts.append(max(step.low, before + step.walk))
    for i, (one, two) in reversed(list(enumerate(pairwise(steps)))):  # all but the last as late as they can
        starts[i] = min(starts[i + 1] - two.walk, one.high) - one.length
    return _moved(shift, steps, starts)


def without_loose_break(shift: Shift) -> Shift:
    """Return the shift without a break before its first or after its last task; the paid minutes stay the same.

    Nobody comes to work to rest first.
    """
    first, last = min(e.start for e in shift.entries), max(e.end for e in shift.entries)
    start = shift.start + sum(p.end - p.start for p in shift.pauses if p.end <= first)
    end = shift.end - sum(p.end - p.start for p in shift.pauses if p.start >= last)
    kept = tuple(p for p in shift.pauses if p.end > first and p.start < last)
    return shift.model_copy(update={"start": start, "end": end, "pauses": kept})


def _steps(problem: Problem, shift: Shift) -> list[_Step]:
    """Return the parts in the order of the clock; with a break on the way, the walk comes after the break."""
    parts: list[Entry | Pause] = [*shift.entries, *shift.pauses]
    made: list[_Step] = []
    last: Entry | None = None
    for part in sorted(parts, key=lambda p: (p.start, p.end)):
        if isinstance(part, Pause):
            made.append(_Step(part, shift.start, shift.end, 0))
            continue
        task = problem.tasks[part.task]
        low, high = (task.window.start, task.window.end) if task.window else (shift.start, shift.end)
        walk = problem.walk(problem.tasks[last.task].place, task.place) if last else 0
        made.append(_Step(part, max(low, shift.start), high, walk))
        last = part
    return made


def _moved(shift: Shift, steps: Sequence[_Step], starts: Sequence[int]) -> Shift:
    moved = [
        step.part.model_copy(update={"start": at, "end": at + step.length})
        for step, at in zip(steps, starts, strict=True)
    ]
    return shift.model_copy(
        update={
            "start": min(starts),
            "end": max(p.end for p in moved),
            "entries": tuple(p for p in moved if isinstance(p, Entry)),
            "pauses": tuple(p for p in moved if isinstance(p, Pause)),
        }
    )


def tighten(problem: Problem, jobs: tuple[Job, ...]) -> tuple[Job, ...]:
    """Take needless waiting out of shifts, one by one, while the checker stays content and no value suffers."""
    made, worth = list(jobs), values_of(problem, jobs)
    for number, job in enumerate(jobs):
        for position, shift in enumerate(job.shifts):
            shorter = compact(problem, shift)
            if shorter.paid >= shift.paid:
                continue
            shifts = list(made[number].shifts)
            shifts[position] = shorter
            tried = (*made[:number], job.model_copy(update={"shifts": tuple(shifts)}), *made[number + 1 :])
            if not refused(problem, tried) and values_of(problem, tried).doors >= worth.doors:
                made = list(tried)
    return tuple(made)


def without_loose_breaks(problem: Problem, jobs: tuple[Job, ...]) -> tuple[Job, ...]:
    """Take breaks at the edge of a day out of a finished design, when the checker and every value stay as they are."""
    made = tuple(j.model_copy(update={"shifts": tuple(map(without_loose_break, j.shifts))}) for j in jobs)
    same = values_of(problem, made) == values_of(problem, jobs)
    return made if same and not refused(problem, made) else jobs
