"""Job: few places on a day, few people who give orders, and in an enclave only its own supervisor."""

from __future__ import annotations

from collections.abc import Iterator

from klaver.design.facts import instructors
from klaver.design.problem import Problem
from klaver.design.records import Breach, Job
from klaver.design.rules.model import Model
from klaver.work.records import Cooperation, Task

NAME = "people_places"
SCOPE = "job"


def may_instruct(problem: Problem, task: Task) -> bool:
    """Tell whether the role that instructs a task may instruct the new worker in this form of cooperation."""
    if task.instructs is None:
        return True
    role = next((r for r in problem.workplace.roles if r.id == task.instructs), None)
    if role is None or not role.may_instruct:
        return False
    return problem.workplace.cooperation is not Cooperation.ENCLAVE or role.employer == "partner"


def post(model: Model, problem: Problem) -> None:
    """Count places a day and instructing roles, each through a yes/no."""
    for found in problem.classes:
        if not may_instruct(problem, found.task):
            for job in range(problem.jobs):
                model.at_most([(1, model.take(job, found.index))], 0)
    roles = sorted({c.task.instructs for c in problem.classes if c.task.instructs})
    for job in range(problem.jobs):
        if len(roles) > problem["instructors_max"]:
            flags = []
            for role in roles:
                flags.append(model.flag())
                for task in sorted({c.task.id for c in problem.classes if c.task.instructs == role}):
                    model.at_most([(1, model.has(job, task)), (-1, flags[-1])], 0)
            model.at_most([(1, f) for f in flags], problem["instructors_max"])
        for day in problem.days:
            _post_places(model, problem, job, day)


def _post_places(model: Model, problem: Problem, job: int, day: int) -> None:
    here = [c for c in problem.classes if c.day == day and c.task.place]
    places = sorted({c.task.place or "" for c in here})
    if len(places) <= problem["places_day_max"]:
        return
    flags = {p: model.flag() for p in places}
    for found in here:
        model.at_most([(1, model.take(job, found.index)), (-1, flags[found.task.place or ""])], 0)
    model.at_most([(1, f) for f in flags.values()], problem["places_day_max"])


def check(problem: Problem, jobs: tuple[Job, ...]) -> Iterator[Breach]:
    """Tell too many places, too many people who give orders, and who may not."""
    for job in jobs:
        givers = instructors(problem, job)
        if len(givers) > problem["instructors_max"]:
            values: dict[str, str | int] = {"found": len(givers), "limit": problem["instructors_max"]}
            yield Breach(rule=NAME, code="rule.instructors", values=values, job=job.id)
        wrong = set()
        for shift in job.shifts:
            tasks = [problem.tasks[e.task] for e in shift.entries if e.task in problem.tasks]
            places = {t.place for t in tasks if t.place}
            if len(places) > problem["places_day_max"]:
                values = {"found": len(places), "limit": problem["places_day_max"]}
                yield Breach(rule=NAME, code="rule.places", values=values, job=job.id, day=shift.day)
            wrong |= {t.id for t in tasks if not may_instruct(problem, t)}
        for task in sorted(wrong):
            values = {"task": task, "role": problem.tasks[task].instructs or ""}
            yield Breach(rule=NAME, code="rule.may_not_instruct", values=values, job=job.id)
