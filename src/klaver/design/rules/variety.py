"""Job: several tasks of several kinds, and no task that fills the week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from klaver.design.facts import job_tasks
from klaver.design.problem import Problem
from klaver.design.records import Breach, Job
from klaver.design.rules.model import Model, Term

NAME = "variety"
SCOPE = "job"


def post(model: Model, problem: Problem) -> None:
    """Count tasks and families, and keep each task under its share of the worked minutes."""
    families = sorted({c.task.family for c in problem.classes})
    for job in range(problem.jobs):
        model.at_least([(1, model.has(job, t)) for t in sorted(problem.by_task)], problem["kinds_min"])
        post_families(model, problem, job, families, problem["families_min"])
        post_share(model, problem, job, problem["share_max"])


def post_families(
    model: Model, problem: Problem, job: int, families: list[str], least: int, when: Term | None = None
) -> None:
    """Ask at least ``least`` task families; a family counts when a task of it is in the job."""
    flags = []
    for family in families:
        flags.append(model.flag())
        tasks = sorted({c.task.id for c in problem.classes if c.task.family == family})
        model.at_most([(1, flags[-1]), *((-1, model.has(job, t)) for t in tasks)], 0)
    model.at_least([(1, f) for f in flags], least, when)


def post_share(model: Model, problem: Problem, job: int, percent: int, when: Term | None = None) -> None:
    """Keep every task at most ``percent`` of the job's worked minutes; no task can be more than all of it."""
    if percent >= 100:
        return
    everything = [(-percent * c.total, model.take(job, c.index)) for c in problem.classes]
    for classes in problem.by_task.values():
        mine = [(100 * c.total, model.take(job, c.index)) for c in classes]
        model.at_most([*mine, *everything], 0, when)


def check(problem: Problem, jobs: tuple[Job, ...]) -> Iterator[Breach]:
    """Tell too few tasks or families, and a task that fills too much."""
    for job in jobs:
        tasks = job_tasks(problem, job)
        for code, found, limit in (
            ("kinds", len(tasks), problem["kinds_min"]),
            ("families", len({t.family for t in tasks}), problem["families_min"]),
        ):
            if found < limit:
                yield Breach(rule=NAME, code=f"rule.{code}", values={"found": found, "limit": limit}, job=job.id)
        minutes: Counter[str] = Counter()
        for shift in job.shifts:
            for entry in shift.entries:
                minutes[entry.task] += entry.end - entry.start
        for task, most in minutes.most_common(1):
            if most * 100 > problem["share_max"] * minutes.total():
                values: dict[str, str | int] = {
                    "task": task,
                    "found": -(-most * 100 // minutes.total()),
                    "limit": problem["share_max"],
                }
                yield Breach(rule=NAME, code="rule.share", values=values, job=job.id)
