"""The four values of a design as sums that an engine can aim at, job by job, in the unit of ``Values``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from klaver.design.effects import SETTLED, handover_coefficient, meets, net_coefficient
from klaver.design.problem import Problem
from klaver.design.records import Objective
from klaver.design.rules.ceilings import Ceilings
from klaver.design.rules.model import Model, Term
from klaver.design.rules.variety import post_families, post_share


class Measured(Model, Protocol):
    """A model that knows its problem, and remembers for whom a job is open."""

    problem: Problem

    def open_for(self, job: int, profile: str, flag: Term) -> None:
        """Remember the yes/no that says a job is open for a profile."""
        ...


def measure(model: Measured, objective: Objective, job: int) -> Iterable[tuple[int, Term]]:
    """Post what a value of one job needs, and return its terms; the sum over the jobs is the plan's value."""
    return _MEASURES[objective](model, job)


def _relief(model: Measured, job: int) -> Iterable[tuple[int, Term]]:
    problem = model.problem
    for found in problem.classes:
        gain = net_coefficient(problem, found.given, found.task, SETTLED) - handover_coefficient(problem, found.task)
        yield gain, model.take(job, found.index)
        yield -gain, model.share(job, found.index)
    if problem.mentor_is_short():
        for day in problem.days:
            yield -100 * problem[f"mentoring_{SETTLED}"], model.works(job, day)


def _doors(model: Measured, job: int) -> Iterable[tuple[int, Term]]:
    ceilings = Ceilings(model, model.problem, job)
    for profile in model.problem.profiles:
        opened = model.flag()
        model.open_for(job, profile.id, opened)
        ceilings.post_open(profile, opened)
        yield 1, opened


def _quality(model: Measured, job: int) -> Iterable[tuple[int, Term]]:
    problem = model.problem
    families = sorted({c.task.family for c in problem.classes})
    tasks = sorted(problem.by_task)
    points = [model.flag() for _ in range(8)]
    six, three, quarter, shared, contact, learning, pleasant, same = points
    model.at_least([(1, model.has(job, t)) for t in tasks], 6, six)
    post_families(model, problem, job, families, 3, three)
    post_share(model, problem, job, 25, quarter)
    for day in problem.days:
        here = [c for c in problem.classes if c.day is day]
        works = (-1, model.works(job, day))
        model.at_least([*((1, model.share(job, c.index)) for c in here), works], 0, shared)
        met = [(1, model.take(job, c.index)) for c in here if meets(problem, c.task.id)]
        model.at_least([*met, works], 0, contact)
    growing = [(1, model.has(job, t)) for t in tasks if problem.tasks[t].learning]
    model.at_least(growing, 2, learning)
    bad = [((9 if c.task.unpleasant else -1) * c.total, model.take(job, c.index)) for c in problem.classes]
    model.at_most(bad, 0, pleasant)
    _same_week(model, job, same)
    return ((1, p) for p in points)


def _same_week(model: Measured, job: int, when: Term) -> None:
    """Any two working days differ in at most two tasks."""
    problem = model.problem
    for i, first in enumerate(problem.days):
        for second in problem.days[i + 1 :]:
            differing: list[tuple[int, Term]] = []
            for task in sorted(problem.by_task):
                one, other = problem.by_key.get((task, first)), problem.by_key.get((task, second))
                pair = [model.take(job, c.index) for c in (one, other) if c is not None]
                if len(pair) == 1:
                    differing.append((1, pair[0]))
                elif pair:
                    apart = model.flag()
                    model.at_most([(1, pair[0]), (-1, pair[1]), (-1, apart)], 0)
                    model.at_most([(1, pair[1]), (-1, pair[0]), (-1, apart)], 0)
                    differing.append((1, apart))
            most = len(differing)
            both = [(most, model.works(job, first)), (most, model.works(job, second))]
            model.at_most([*differing, *both], 2 + 2 * most, when)


def _calm(model: Measured, job: int) -> Iterable[tuple[int, Term]]:
    return ((1, model.take(job, c.index)) for c in model.problem.classes)


_MEASURES = {
    Objective.RELIEF: _relief,
    Objective.DOORS: _doors,
    Objective.QUALITY: _quality,
    Objective.CALM: _calm,
}
