"""Does a job's timetable still hold when its tasks take as long as the high estimate? If not, it is tight."""

from __future__ import annotations

from klaver.design.problem import Problem
from klaver.design.records import Entry, Job, Pause, Shift


def is_tight(problem: Problem, job: Job) -> bool:
    """Tell whether a job fails at the high end of the minutes.

    It does when, in the order of its timetable and however early its days begin, a task would end too late or a day
    become too long, or when the week would hold more than the hours allowed.
    """
    days = [_day(problem, s) for s in job.shifts]
    return None in days or sum(d for d in days if d is not None) > problem.week[1]


def _day(problem: Problem, shift: Shift) -> int | None:
    """Return the paid minutes of a day at high minutes, begun as late as it can be; ``None`` when it fails."""
    steps: list[Entry | Pause] = [*shift.entries, *shift.pauses]
    steps.sort(key=lambda s: s.start)
    spans = [_span(problem, s) for s in steps]  # minutes, earliest start, latest end
    walks = _walks(problem, steps)
    now = 0
    for (minutes, first, last), walk in zip(spans, walks, strict=True):
        now = max(now + walk, first) + minutes
        if now > last:
            return None
    end = now
    for (minutes, _, last), walk in zip(reversed(spans), reversed(walks), strict=True):
        now = min(now, last) - minutes - walk
    paid = end - now - sum(p.end - p.start for p in shift.pauses)
    return paid if paid <= problem.day_max else None


def _span(problem: Problem, step: Entry | Pause) -> tuple[int, int, int]:
    if isinstance(step, Pause):
        return step.end - step.start, 0, 2 * 1440
    task = problem.tasks[step.task]
    assert task.minutes is not None and task.window is not None
    return problem.work_minutes(task.minutes.high), task.window.start, task.window.end


def _walks(problem: Problem, steps: list[Entry | Pause]) -> list[int]:
    """Return the minutes to walk to each step; a pause is taken where the worker is."""
    walks, place, begun = [], None, False
    for step in steps:
        if isinstance(step, Pause):
            walks.append(0)
            continue
        there = problem.tasks[step.task].place
        walks.append(problem.walk(place, there) if begun else 0)
        place, begun = there, True
    return walks
