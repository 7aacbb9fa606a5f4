"""Job: no fixed posture for too much of the work."""

from __future__ import annotations

from collections.abc import Iterator

from klaver.design.problem import Problem
from klaver.design.records import Breach, Job
from klaver.design.rules.model import Model
from klaver.work.records import Posture

NAME = "postures"
SCOPE = "job"
FIXED = (Posture.STANDING, Posture.SITTING)


def post(model: Model, problem: Problem) -> None:
    """Keep standing and sitting each under their share; walking and mixed work are a change of posture."""
    percent = problem["posture_max"]
    for job in range(problem.jobs):
        for posture in FIXED:
            terms = [
                (
                    (100 if c.task.posture is posture else 0) * c.total - percent * c.total,
                    model.take(job, c.index),
                )
                for c in problem.classes
            ]
            model.at_most(terms, 0)


def check(problem: Problem, jobs: tuple[Job, ...]) -> Iterator[Breach]:
    """Tell the posture that fills too much of the work."""
    for job in jobs:
        entries = [e for s in job.shifts for e in s.entries if e.task in problem.tasks]
        total = sum(e.end - e.start for e in entries)
        for posture in FIXED:
            mine = sum(e.end - e.start for e in entries if problem.tasks[e.task].posture is posture)
            if mine * 100 > problem["posture_max"] * total:
                values: dict[str, str | int] = {
                    "posture": posture.value,
                    "found": -(-mine * 100 // total),
                    "limit": problem["posture_max"],
                }
                yield Breach(rule=NAME, code="rule.posture", values=values, job=job.id)
