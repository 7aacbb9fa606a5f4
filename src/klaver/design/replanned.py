"""A design laid over work that turned out different: what may no longer move leaves, and each day is timed again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from klaver.design.problem import Problem
from klaver.design.records import Entry, Job, Pause, Shift
from klaver.design.rules.timetable import allowed_waiting
from klaver.values import Weekday
from klaver.values.time import DAY
from klaver.work.records import Legal

Step = Entry | Pause


def replanned(problem: Problem, jobs: Iterable[Job], asked: frozenset[str] = frozenset()) -> tuple[Job, ...]:
    """Return the jobs as they could still be done, each day in its own order; a day that still holds is left alone.

    A task that may not move any more is left out. Where a day no longer works, the tasks in ``asked`` leave it too.
    """
    return tuple(_job(problem, job, asked) for job in jobs)


def _job(problem: Problem, job: Job, asked: frozenset[str]) -> Job:
    made = (replanned_day(problem, shift, asked) for shift in job.shifts)
    return job.model_copy(update={"shifts": tuple(s for s in made if s is not None)})


def replanned_day(problem: Problem, shift: Shift, asked: frozenset[str]) -> Shift | None:
    """Return one day as it could still be done; ``None`` when nothing is left of it."""
    kept = _kept(problem, shift)
    if kept == list(shift.entries) and all(_holds(problem, shift.day, e) for e in kept):
        return shift
    fewer = [e for e in kept if e.task not in asked]
    return _timed(problem, shift, kept) or _timed(problem, shift, fewer) or _as_it_was(shift, fewer)


def _kept(problem: Problem, shift: Shift) -> list[Entry]:
    """Return the entries that may still be there, as often as the task is done on the day."""
    kept: list[Entry] = []
    for entry in shift.entries:
        found = problem.by_key.get((entry.task, shift.day))
        if found is None or (found.task.legal is Legal.SUPERVISED and not entry.shared):
            continue
        if sum(e.task == entry.task for e in kept) < found.times:
            kept.append(entry)
    for task in dict.fromkeys(e.task for e in kept):
        mine = [e for e in kept if e.task == task]
        last = len(kept) - kept[::-1].index(mine[-1])
        kept[last:last] = [mine[-1]] * (problem.by_key[task, shift.day].times - len(mine))
    return kept


def _holds(problem: Problem, day: Weekday, entry: Entry) -> bool:
    found = problem.by_key[entry.task, day]
    here = found.window.start <= entry.start and entry.end <= found.window.end
    return here and entry.end - entry.start == found.work


@dataclass(frozen=True)
class _Span:
    """What one step of a day takes: minutes, the walk to it, earliest start, planned start, latest end."""

    minutes: int
    walk: int
    first: int
    planned: int
    last: int


def _timed(problem: Problem, shift: Shift, entries: Sequence[Entry]) -> Shift | None:
    """Return a day with these tasks in this order, as near to its planned times as it can be; ``None`` when none is."""
    if not entries:
        return None
    steps = _steps(shift, entries)
    spans = _spans(problem, shift.day, steps)
    near = _forward(spans, [max(s.first, s.planned) for s in spans])
    if near is not None:
        found = _made(shift, steps, spans, near)
        if found.paid - sum(e.end - e.start for e in found.entries) <= allowed_waiting(problem):
            return found
    early = _forward(spans, [s.first for s in spans])
    return None if early is None else _made(shift, steps, spans, _backward(spans, early))


def _steps(shift: Shift, entries: Sequence[Entry]) -> list[Step]:
    first, last = entries[0].start, entries[-1].start
    inside = [p for p in shift.pauses if first < p.start < last]
    steps: list[Step] = list(entries)
    for pause in inside:
        at = next(i for i, s in enumerate(steps) if s.start > pause.start)
        steps.insert(at, pause)
    return steps


def _spans(problem: Problem, day: Weekday, steps: Iterable[Step]) -> list[_Span]:
    made: list[_Span] = []
    place: str | None = None
    for number, step in enumerate(steps):
        if isinstance(step, Pause):
            made.append(_Span(step.end - step.start, 0, 0, 0, 2 * DAY))
            continue
        found = problem.by_key[step.task, day]
        walk = problem.walk(place, found.task.place) if number else 0
        made.append(_Span(found.work, walk, found.window.start, step.start, found.window.end))
        place = found.task.place
    return made


def _forward(spans: Sequence[_Span], release: Sequence[int]) -> list[int] | None:
    """Return the earliest start of each step; ``None`` when one would end too late."""
    starts: list[int] = []
    now = 0
    for span, first in zip(spans, release, strict=True):
        starts.append(max(now + span.walk, first))
        now = starts[-1] + span.minutes
        if now > span.last:
            return None
    return starts


def _backward(spans: Sequence[_Span], starts: Sequence[int]) -> list[int]:
    """Return the latest start of each step with which the day ends at the same time."""
    made: list[int] = []
    now = starts[-1] + spans[-1].minutes
    for span in reversed(spans):
        made.append(min(now, span.last) - span.minutes)
        now = made[-1] - span.walk
    return made[::-1]


def _made(shift: Shift, steps: Sequence[Step], spans: Sequence[_Span], starts: Sequence[int]) -> Shift:
    moved = [
        step.model_copy(update={"start": at, "end": at + span.minutes})
        for step, span, at in zip(steps, spans, starts, strict=True)
    ]
    entries = tuple(s for s in moved if isinstance(s, Entry))
    pauses = tuple(s for s in moved if isinstance(s, Pause))
    return Shift(day=shift.day, start=entries[0].start, end=entries[-1].end, pauses=pauses, entries=entries)


def _as_it_was(shift: Shift, entries: Sequence[Entry]) -> Shift | None:
    """Return a day with fewer tasks at their old times; ``None`` when nothing is left of it."""
    if not entries:
        return None
    pauses = tuple(p for p in shift.pauses if entries[0].end <= p.start and p.end <= entries[-1].start)
    return Shift(day=shift.day, start=entries[0].start, end=entries[-1].end, pauses=pauses, entries=tuple(entries))
