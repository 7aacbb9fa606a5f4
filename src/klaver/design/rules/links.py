"""Job: tasks that belong together stay together; tasks that must be apart never meet in one job."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from klaver.design.problem import Problem
from klaver.design.records import Breach, Job
from klaver.design.rules.model import Model

NAME = "links"
SCOPE = "job"


def post(model: Model, problem: Problem) -> None:
    """Together: on each day both classes or none in a job. Apart: never both tasks in one job."""
    links = problem.workplace.links
    for tasks in cliques((k.first, k.second) for k in links if k.kind == "apart"):
        mine = [t for t in tasks if t in problem.by_task]
        if len(mine) > 1:
            for job in range(problem.jobs):
                model.at_most([(1, model.has(job, t)) for t in mine], 1)
    for link in links:
        for job in range(problem.jobs):
            if link.kind == "apart":
                continue
            for first, second in ((link.first, link.second), (link.second, link.first)):
                for found in problem.by_task.get(first, ()):
                    other = problem.by_key.get((second, found.day))
                    taken = [(1, model.take(job, found.index))]
                    if other is not None:
                        model.at_most([*taken, (-1, model.take(job, other.index))], 0)
                    elif _done(problem, second, found.day):
                        model.at_most(taken, 0)


def cliques(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Return sets of which no two may meet, so that every pair lies in one; one sum for a set says more than its pairs.

    Each pair that lies in none yet grows into the first set that it finds; pairs keep their order.
    """
    listed = list(pairs)
    near: dict[str, set[str]] = {}
    for one, other in listed:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    within: dict[str, set[str]] = {task: set() for task in near}
    found = []
    for one, other in listed:
        if other in within[one]:
            continue
        members, around = [one, other], near[one] & near[other]
        while around:
            members.append(min(around))
            around = around & near[members[-1]]
        for member in members:
            within[member].update(members)
        found.append(tuple(members))
    return found


def _done(problem: Problem, task: str, day: int) -> bool:
    """Tell whether a task is done on a day; when that is not known it may be, so the pair would be torn apart."""
    times = problem.tasks[task].times
    return times is None or times[day] > 0


def check(problem: Problem, jobs: tuple[Job, ...]) -> Iterator[Breach]:
    """Tell every pair that is torn apart or thrown together."""
    done = [frozenset(e.task for s in job.shifts for e in s.entries) for job in jobs]
    for link in problem.workplace.links:
        values: dict[str, str | int] = {"first": link.first, "second": link.second}
        for job, tasks in zip(jobs, done, strict=True):
            if link.kind == "apart":
                if link.first in tasks and link.second in tasks:
                    yield Breach(rule=NAME, code="rule.apart", values=values, job=job.id)
                continue
            if link.first not in tasks and link.second not in tasks:
                continue
            for shift in job.shifts:
                here = {e.task for e in shift.entries}
                pairs = ((link.first, link.second), (link.second, link.first))
                if any(a in here and b not in here and _done(problem, b, shift.day) for a, b in pairs):
                    yield Breach(rule=NAME, code="rule.together", values=values, job=job.id, day=shift.day)
