"""Job-day: one person can do the day: windows, order, walking, a break, little waiting."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from klaver.design.problem import Problem
from klaver.design.records import Breach, Job, Shift
from klaver.design.rules.model import Model
from klaver.values.time import DAY

NAME = "timetable"
SCOPE = "job-day"


def post(model: Model, problem: Problem) -> None:
    """Limit the work to the paid minutes and the waiting to what the house allows.

    Windows, order and the one-thing-at-a-time of a person belong to the day itself: the engine builds the day
    out of intervals (a relaxation without walking) and settles it exactly in ``solve.day``.
    """
    for job in range(problem.jobs):
        for day in problem.days:
            here = [c for c in problem.classes if c.day is day]
            work = [(c.total, model.take(job, c.index)) for c in here]
            model.at_most([*work, (-1, model.paid(job, day))], 0)
            model.at_most([(1, model.paid(job, day)), *((-k, t) for k, t in work)], allowed_waiting(problem))


def allowed_waiting(problem: Problem) -> int:
    """Return the minutes a day that may be waiting or walking between tasks."""
    return problem["idle_day"]


def without_break(problem: Problem) -> int:
    """Return the minutes of presence that the engine plans without a break."""
    return problem["work_before_break"] if problem.holds("work_before_break") else 2 * DAY


def check(problem: Problem, jobs: tuple[Job, ...]) -> Iterator[Breach]:
    """Walk through every day with a watch; the break is law, so a warning until the house has confirmed it."""
    sure = problem.parameters.get("work_before_break").confirmed
    for job in jobs:
        for shift in job.shifts:
            for code, values in _walk_through(problem, shift):
                warning = code == "no_break" and not sure
                yield Breach(rule=NAME, code=f"rule.{code}", values=values, job=job.id, day=shift.day, warning=warning)


def _walk_through(problem: Problem, shift: Shift) -> Iterator[tuple[str, dict[str, str | int]]]:
    entries = shift.entries
    for entry in entries:
        task = problem.tasks.get(entry.task)
        window = task.window if task else None
        if window and (entry.start < window.start or entry.end > window.end):
            yield "outside_window", {"task": entry.task}
        if entry.start < shift.start or entry.end > shift.end:
            yield "outside_shift", {"task": entry.task}
    for first, second in pairwise(entries):
        known = first.task in problem.tasks and second.task in problem.tasks
        walk = _walk(problem, first.task, second.task) if known else 0
        pause = sum(p.end - p.start for p in shift.pauses if p.start < second.start and p.end > first.start)
        if second.start < first.end + walk + pause:
            yield "overlap", {"first": first.task, "second": second.task, "walk": walk}
    yield from _orders(problem, shift)
    yield from _pauses(problem, shift)
    waiting = shift.paid - sum(e.end - e.start for e in entries)
    if waiting > allowed_waiting(problem):
        yield "waiting", {"found": waiting, "limit": allowed_waiting(problem)}


def _walk(problem: Problem, first: str, second: str) -> int:
    return problem.walk(problem.tasks[first].place, problem.tasks[second].place)


def _orders(problem: Problem, shift: Shift) -> Iterator[tuple[str, dict[str, str | int]]]:
    here = {e.task for e in shift.entries}
    for order in problem.workplace.orders:
        if order.before not in here or order.after not in here:
            continue
        last = max(e.end for e in shift.entries if e.task == order.before)
        first = min(e.start for e in shift.entries if e.task == order.after)
        if last > first:
            yield "order", {"before": order.before, "after": order.after}


def _pauses(problem: Problem, shift: Shift) -> Iterator[tuple[str, dict[str, str | int]]]:
    limit, length = problem["work_before_break"], problem["break_minutes"]
    # one break of a fixed length: a longer one would be waiting that nobody pays
    if len(shift.pauses) > 1 or any(p.end - p.start != length for p in shift.pauses):
        yield "pause_length", {"minutes": length}
    for pause in shift.pauses:
        if pause.start < shift.start or pause.end > shift.end:
            yield "pause_outside", {}
        if any(e.start < pause.end and pause.start < e.end for e in shift.entries):
            yield "pause_worked", {}
    rests = sorted((p.start, p.end) for p in shift.pauses)
    edges = [shift.start, *(edge for rest in rests for edge in rest), shift.end]
    if any(end - start > limit for start, end in zip(edges[::2], edges[1::2], strict=True)):
        yield "no_break", {"limit": limit, "minutes": length}
