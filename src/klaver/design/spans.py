"""How wide what nobody told leaves the value of a design: its value range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from klaver.design.doubt import changed, ends, is_open, parts_of, told
from klaver.design.effects import SETTLED, net_hundredths, relief_hundredths
from klaver.design.problem import Problem
from klaver.design.records import Job
from klaver.values import Range
from klaver.work.records import Legal, Task

VERDICT = ("legal", "harm", "separable", "demands")
"""The fields on which it rests whether a task may be in a job at all."""

Span = tuple[int, int]


def value_range(problem: Problem, jobs: tuple[Job, ...]) -> Range:
    """Return the net relief of a design, in minutes a week, between the ends of all that nobody told.

    Low and high are the least and the most relief over every combination of values between their ends, with the jobs as
    they stand: which job does which task on which day. A task contributes nothing where its verdict is no, or where it
    does not fit between its hours at the new worker's tempo; the clock times of a day may be planned again. An answer
    between its ends never makes the range wider.
    """
    spans = [_span(problem, problem.tasks[t], days) for t, days in _alone(problem, jobs).items()]
    shifts = sum(len(j.shifts) for j in jobs) if problem.mentor_is_short() else 0
    low, high = (sum(s[end] for s in spans) - 100 * shifts * problem[f"mentoring_{SETTLED}"] for end in (0, 1))
    likely = min(max(relief_hundredths(problem, jobs), low), high)
    return Range(low=low // 100, likely=likely // 100, high=high // 100)


def _alone(problem: Problem, jobs: tuple[Job, ...]) -> dict[str, set[int]]:
    """Return the days on which a job does a task without a colleague beside it, by task: only those give relief."""
    found: dict[str, set[int]] = {}
    for shift in (s for job in jobs for s in job.shifts):
        for entry in shift.entries:
            if not entry.shared and entry.task in problem.tasks:
                found.setdefault(entry.task, set()).add(shift.day)
    return found


def _span(problem: Problem, task: Task, days: set[int]) -> Span:
    """Return the least and most hundredths of minutes a week that a task gives to shortage roles."""
    worst, best = _ends(problem, task, VERDICT)
    box = _box(problem, task)
    if box is None or not _moves(problem, best) or box.minutes[0] > box.fitting[1]:
        return 0, 0
    most = min(box.minutes[1], box.fitting[1])
    spans = [_given(problem, box, m, percent, days) for m, percent in product((box.minutes[0], most), box.percents)]
    if is_open(task, "left_undone") or not _moves(problem, worst) or box.minutes[1] > box.fitting[0]:
        spans.append((0, 0))
    return min(s[0] for s in spans), max(s[1] for s in spans)


@dataclass(frozen=True)
class _Box:
    """The ends between which the figures of a task lie; ``fitting`` are the most minutes that fit between its hours."""

    minutes: Span
    times: tuple[tuple[int, ...], tuple[int, ...]]
    fitting: Span
    percents: tuple[int, ...]


def _box(problem: Problem, task: Task) -> _Box | None:
    if task.minutes is None or task.times is None or task.window is None:
        return None
    low, high = _ends(problem, task, ("minutes", "times", "window", "doers"))
    assert low.minutes and low.times and low.window and high.minutes and high.times and high.window
    undone = {"left_undone": False} if is_open(task, "left_undone") else {}
    least, most = (problem.shortage_percent(t.model_copy(update=undone)) for t in (low, high))
    fitting = low.window.length * 100 // problem.tempo, high.window.length * 100 // problem.tempo
    percents = {least, max(1, least), most} if most else {0}
    return _Box((low.minutes.likely, high.minutes.likely), (low.times, high.times), fitting, tuple(sorted(percents)))


def _given(problem: Problem, box: _Box, minutes: int, percent: int, days: set[int]) -> Span:
    """Return the least and most that the days give with these minutes and this share of the shortage roles."""
    handover = 100 * problem["handover"] if percent else 0
    low = high = 0
    for day in days:
        times = {box.times[0][day], box.times[1][day]}
        given = [net_hundredths(problem, minutes * n * percent, SETTLED) - handover if n else 0 for n in times]
        low, high = low + min(given), high + max(given)
    return low, high


def _ends(problem: Problem, task: Task, fields: Sequence[str]) -> tuple[Task, Task]:
    """Return the task with several fields at their unfavourable, and at their favourable ends."""
    worst = best = task
    for field in fields:
        found = ends(problem, task, field)
        if found is not None:
            low, high = ({f: getattr(end, f) for f in parts_of(field)} for end in found)
            worst, best = told(worst, field, **low), told(best, field, **high)
    return worst, best


def _moves(problem: Problem, task: Task) -> bool:
    """Tell whether a task may be done in a new job without a colleague beside it."""
    return task.legal is not Legal.SUPERVISED and changed(problem, [task]).why_not(task) is None
