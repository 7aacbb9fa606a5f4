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
    """Into: exactly one job takes the class. Out: none does."""
    for pin in problem.wishes.pins:
        if pin.kind == "into" and not pinned_days(problem, pin):
            model.at_least([], 1)
        for day in pinned_days(problem, pin):
            found = problem.by_key.get((pin.task, day))
            takers = [] if found is None else [(1, model.take(j, found.index)) for j in range(problem.jobs)]
            if pin.kind == "into":
                model.at_least(takers, 1)
            else:
                model.at_most(takers, 0)


def check(problem: Problem, jobs: tuple[Job, ...]) -> Iterator[Breach]:
    """Tell every wish about a task that is not kept."""
    done = {(e.task, s.day) for j in jobs for s in j.shifts for e in s.entries}
    for pin in problem.wishes.pins:
        days = pinned_days(problem, pin)
        values: dict[str, str | int] = {"task": pin.task}
        if pin.kind == "into" and not days:
            yield Breach(rule=NAME, code="rule.pin_into", values=values)
        for day in days:
            if ((pin.task, day) in done) != (pin.kind == "into"):
                yield Breach(rule=NAME, code=f"rule.pin_{pin.kind}", values=values, day=day)
