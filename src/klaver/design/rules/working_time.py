"""Job: the law on working time; dated parameters, a warning until the house has confirmed them."""

from __future__ import annotations

from collections.abc import Iterator

from klaver.design.problem import Problem
from klaver.design.records import Breach, Job, Shift
from klaver.design.rules.model import Model
from klaver.values import Weekday
from klaver.values.time import DAY

NAME = "working_time"
SCOPE = "job"


def post(model: Model, problem: Problem) -> None:
    """Post every part; the parts not confirmed are left out only when nothing is possible with them."""
    for job in range(problem.jobs):
        for day in problem.days:
            works = model.works(job, day)
            if problem.holds("shift_min"):
                model.at_least([(1, model.paid(job, day))], problem["shift_min"], works)
            if problem.holds("night_start"):
                model.at_most([(1, model.end(job, day))], problem["night_start"], works)
                model.at_least([(1, model.start(job, day))], problem["night_end"], works)
            if day is Weekday.SUNDAY and not problem["sunday"] and problem.holds("sunday"):
                model.at_most([(1, works)], 0)
        if problem.holds("third_of_full_time"):
            model.at_least([(1, model.paid(job, d)) for d in problem.days], least_week(problem))
        if problem.holds("days_max"):
            model.at_most([(1, model.works(job, d)) for d in problem.days], problem["days_max"])
        if problem.holds("rest_day"):
            _post_rest(model, problem, job)


def _post_rest(model: Model, problem: Problem, job: int) -> None:
    for day in problem.days:
        following = Weekday((day + 1) % 7)
        if following in problem.days:
            both = model.flag()
            model.at_least([(1, both), (-1, model.works(job, day)), (-1, model.works(job, following))], -1)
            gap = [(1, model.start(job, following)), (-1, model.end(job, day))]
            model.at_least(gap, problem["rest_day"] - DAY, both)


def least_week(problem: Problem) -> int:
    """Return the fewest minutes a week that the part of a full-time week asks."""
    return -(-problem.full_time * problem["third_of_full_time"] // 100)


def check(problem: Problem, jobs: tuple[Job, ...]) -> Iterator[Breach]:
    """Tell every breach; as a warning where the parameter is not confirmed."""
    for job in jobs:
        if job.week < least_week(problem):
            values: dict[str, str | int] = {"found": job.week, "limit": least_week(problem)}
            yield _breach(problem, "third_of_full_time", values, job)
        if len(job.shifts) > problem["days_max"]:
            values = {"found": len(job.shifts), "limit": problem["days_max"]}
            yield _breach(problem, "days_max", values, job)
        for shift in job.shifts:
            yield from _check_shift(problem, job, shift)
        by_day = {s.day: s for s in job.shifts}
        for shift in job.shifts:
            after = by_day.get(Weekday((shift.day + 1) % 7))
            if after and after.start + DAY - shift.end < problem["rest_day"]:
                values = {"found": after.start + DAY - shift.end, "limit": problem["rest_day"]}
                yield _breach(problem, "rest_day", values, job, shift.day)


def _check_shift(problem: Problem, job: Job, shift: Shift) -> Iterator[Breach]:
    if shift.paid < problem["shift_min"]:
        values: dict[str, str | int] = {"found": shift.paid, "limit": problem["shift_min"]}
        yield _breach(problem, "shift_min", values, job, shift.day)
    if shift.end > problem["night_start"] or shift.start < problem["night_end"]:
        yield _breach(problem, "night_start", {}, job, shift.day)
    if shift.day is Weekday.SUNDAY and not problem["sunday"]:
        yield _breach(problem, "sunday", {}, job, shift.day)


def _breach(problem: Problem, name: str, values: dict[str, str | int], job: Job, day: Weekday | None = None) -> Breach:
    warning = not problem.parameters.get(name).confirmed
    return Breach(rule=NAME, code=f"rule.{name}", values=values, job=job.id, day=day, warning=warning)
