"""Job: what staff call unpleasant stays a small part of the work."""

from __future__ import annotations

from collections.abc import Iterator

from klaver.design.problem import Problem
from klaver.design.records import Breach, Job
from klaver.design.rules.model import Model

NAME = "unpleasant"
SCOPE = "job"


def post(model: Model, problem: Problem) -> None:
    """Keep unpleasant minutes under their share."""
    percent = problem["unpleasant_max"]
    for job in range(problem.jobs):
        terms = [
            ((100 if c.task.unpleasant else 0) * c.total - percent * c.total, model.take(job, c.index))
            for c in problem.classes
        ]
        model.at_most(terms, 0)


def check(problem: Problem, jobs: tuple[Job, ...]) -> Iterator[Breach]:
    """Tell a job with too much unpleasant work."""
    for job in jobs:
        entries = [e for s in job.shifts for e in s.entries if e.task in problem.tasks]
        total = sum(e.end - e.start for e in entries)
        bad = sum(e.end - e.start for e in entries if problem.tasks[e.task].unpleasant)
        if bad * 100 > problem["unpleasant_max"] * total:
            found = -(-bad * 100 // total)
            values: dict[str, str | int] = {"found": found, "limit": problem["unpleasant_max"]}
            yield Breach(rule=NAME, code="rule.unpleasant", values=values, job=job.id)
