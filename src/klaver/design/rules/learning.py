"""Job: at least one task in which the worker can take a next step."""

from __future__ import annotations

from collections.abc import Iterator

from klaver.design.facts import job_tasks
from klaver.design.problem import Problem
from klaver.design.records import Breach, Job
from klaver.design.rules.model import Model

NAME = "learning"
SCOPE = "job"


def post(model: Model, problem: Problem) -> None:
    """Count the tasks with a learning step."""
    tasks = sorted(t for t in problem.by_task if problem.tasks[t].learning)
    for job in range(problem.jobs):
        model.at_least([(1, model.has(job, t)) for t in tasks], problem["learning_min"])


def check(problem: Problem, jobs: tuple[Job, ...]) -> Iterator[Breach]:
    """Tell a job without a next step."""
    for job in jobs:
        found = sum(bool(t.learning) for t in job_tasks(problem, job))
        if found < problem["learning_min"]:
            values: dict[str, str | int] = {"found": found, "limit": problem["learning_min"]}
            yield Breach(rule=NAME, code="rule.learning", values=values, job=job.id)
