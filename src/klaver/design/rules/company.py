"""Job: no day without people, and at least one task a week done together with a colleague."""

from __future__ import annotations

from collections.abc import Iterator

from klaver.design.effects import meets
from klaver.design.problem import Problem
from klaver.design.records import Breach, Job
from klaver.design.rules.model import Model

NAME = "company"
SCOPE = "job"


def post(model: Model, problem: Problem) -> None:
    """Each working day holds a task among people or a shared one; each week enough shared ones."""
    for job in range(problem.jobs):
        shared = [(1, model.share(job, c.index)) for c in problem.classes]
        model.at_least(shared, problem["shared_min"])
        for day in problem.days:
            here = [c for c in problem.classes if c.day is day]
            people = [(1, model.take(job, c.index)) for c in here if meets(problem, c.task.id)]
            people += [(1, model.share(job, c.index)) for c in here if not meets(problem, c.task.id)]
            model.at_least(people, 1, model.works(job, day))


def check(problem: Problem, jobs: tuple[Job, ...]) -> Iterator[Breach]:
    """Tell a lonely day, and a week with too little done together."""
    for job in jobs:
        shared = len({(e.task, s.day) for s in job.shifts for e in s.entries if e.shared})
        if shared < problem["shared_min"]:
            values: dict[str, str | int] = {"found": shared, "limit": problem["shared_min"]}
            yield Breach(rule=NAME, code="rule.shared", values=values, job=job.id)
        for shift in job.shifts:
            known = [e for e in shift.entries if e.task in problem.tasks]
            if not any(e.shared or meets(problem, e.task) for e in known):
                yield Breach(rule=NAME, code="rule.lonely", job=job.id, day=shift.day)
