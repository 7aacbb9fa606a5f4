"""Plan: what somebody asked of one task is kept."""

from __future__ import annotations

from collections.abc import Iterator

from klaver.design.problem import Problem
from klaver.design.records import Breach, Job
from klaver.design.rules.model import Model
from klaver.values import Weekday
from klaver.work.records import Pin

NAME = "pins"
SCOPE = "plan"


def pinned_days(problem: Problem, pin: Pin) -> list[Weekday]:
    """Return the weekdays a pin speaks of: those named, else all on which the task is done."""
    times = problem.tasks[pin.task].times
    if times is None:
        return list(pin.days)
    return [d for d in (pin.days or tuple(Weekday)) if times[d]]


def post(model: Model, problem: Problem) -> None:
    """Into: exactly one job takes the class. Alone: and does not share it. Out: none takes it."""
    for pin in problem.wishes.pins:
        if pin.kind != "out" and not pinned_days(problem, pin):
            model.at_least([], 1)
        for day in pinned_days(problem, pin):
            found = problem.by_key.get((pin.task, day))
            takers = [] if found is None else [(1, model.take(j, found.index)) for j in range(problem.jobs)]
            if pin.kind == "out":
                model.at_most(takers, 0)
                continue
            if pin.kind == "alone" and found is not None:
                takers += [(-1, model.share(j, found.index)) for j in range(problem.jobs)]
            model.at_least(takers, 1)


def check(problem: Problem, jobs: tuple[Job, ...]) -> Iterator[Breach]:
    """Tell every wish about a task that is not kept."""
    shared = {(e.task, s.day): e.shared for j in jobs for s in j.shifts for e in s.entries}
    for pin in problem.wishes.pins:
        days = pinned_days(problem, pin)
        values: dict[str, str | int] = {"task": pin.task}
        if pin.kind != "out" and not days:
            yield Breach(rule=NAME, code=f"rule.pin_{pin.kind}", values=values)
        for day in days:
            if not _kept(pin, shared.get((pin.task, day))):
                yield Breach(rule=NAME, code=f"rule.pin_{pin.kind}", values=values, day=day)


def _kept(pin: Pin, shared: bool | None) -> bool:
    """Tell whether a wish is kept, given whether the task is shared on a day (``None`` when no job does it)."""
    if pin.kind == "out":
        return shared is None
    return shared is not None and not (pin.kind == "alone" and shared)
