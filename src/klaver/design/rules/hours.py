"""Job: paid hours a week and a day stay within what is asked, on the new worker's clock."""

from __future__ import annotations

from collections.abc import Iterator

from klaver.design.problem import Problem
from klaver.design.records import Breach, Job
from klaver.design.rules.model import Model

NAME = "hours"
SCOPE = "job"


def post(model: Model, problem: Problem) -> None:
    """Sum the paid minutes of the days."""
    low, high = problem.week
    for job in range(problem.jobs):
        week = [(1, model.paid(job, d)) for d in problem.days]
        model.at_least(week, low)
        model.at_most(week, high)
        for day in problem.days:
            model.at_most([(1, model.paid(job, day))], problem.day_max)


def check(problem: Problem, jobs: tuple[Job, ...]) -> Iterator[Breach]:
    """Tell a week or a day that is too long or too short, and a day that was not asked."""
    low, high = problem.week
    for job in jobs:
        if job.week < low:
            yield Breach(rule=NAME, code="rule.week_short", values={"found": job.week, "limit": low}, job=job.id)
        if job.week > high:
            yield Breach(rule=NAME, code="rule.week_long", values={"found": job.week, "limit": high}, job=job.id)
        for shift in job.shifts:
            if shift.paid > problem.day_max:
                values: dict[str, str | int] = {"found": shift.paid, "limit": problem.day_max}
                yield Breach(rule=NAME, code="rule.day_long", values=values, job=job.id, day=shift.day)
            if shift.day not in problem.days:
                yield Breach(rule=NAME, code="rule.day_not_asked", job=job.id, day=shift.day)
