"""Task: what the law reserves, or is not known to be free, never moves; supervised work only together."""

from __future__ import annotations

from collections.abc import Iterator

from klaver.design.problem import Problem
from klaver.design.records import Breach, Job
from klaver.design.rules.model import Model
from klaver.work.records import Legal

NAME = "reserved"
SCOPE = "task"


def post(model: Model, problem: Problem) -> None:
    """Supervised classes are shared when taken; the other forbidden tasks have no class at all."""
    for found in problem.classes:
        if found.task.legal is Legal.SUPERVISED:
            for job in range(problem.jobs):
                model.at_most([(1, model.take(job, found.index)), (-1, model.share(job, found.index))], 0)


def check(problem: Problem, jobs: tuple[Job, ...]) -> Iterator[Breach]:
    """Tell every task that may not be in a job, with the reason."""
    for job in jobs:
        seen: set[str] = set()
        for shift in job.shifts:
            for entry in shift.entries:
                if entry.task in seen:
                    continue
                task = problem.tasks.get(entry.task)
                if task is None:
                    seen.add(entry.task)
                    yield Breach(rule=NAME, code="rule.unknown_task", values={"task": entry.task}, job=job.id)
                    continue
                code = problem.why_not(task)
                if code is not None:
                    seen.add(entry.task)
                    values: dict[str, str | int] = {"task": task.id, "name": task.name}
                    yield Breach(rule=NAME, code=f"rule.{code.split('.')[1]}", values=values, job=job.id)
                elif task.legal is Legal.SUPERVISED and not entry.shared:
                    values = {"task": task.id, "name": task.name}
                    yield Breach(rule=NAME, code="rule.supervised_alone", values=values, job=job.id, day=shift.day)
