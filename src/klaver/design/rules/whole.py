"""Plan: a class goes to one job at most, with all its occurrences, shared as a whole or not at all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from klaver.design.problem import Problem
from klaver.design.records import Breach, Job
from klaver.design.rules.model import Model
from klaver.values import Weekday

NAME = "whole"
SCOPE = "plan"


def post(model: Model, problem: Problem) -> None:
    """At most one job takes a class, only a taken class is shared, and no job is empty."""
    for job in range(problem.jobs):
        model.at_least([(1, model.works(job, d)) for d in problem.days], 1)
    for found in problem.classes:
        model.at_most([(1, model.take(j, found.index)) for j in range(problem.jobs)], 1)
        for job in range(problem.jobs):
            model.at_most([(1, model.share(job, found.index)), (-1, model.take(job, found.index))], 0)


def check(problem: Problem, jobs: tuple[Job, ...]) -> Iterator[Breach]:
    """Tell the number of jobs, doubled shifts, and classes that are split, doubled or of the wrong length."""
    if len(jobs) != problem.jobs:
        yield Breach(rule=NAME, code="rule.job_count", values={"asked": problem.jobs, "found": len(jobs)})
    takers: dict[tuple[str, Weekday], set[int]] = defaultdict(set)
    for number, job in enumerate(jobs):
        days = [s.day for s in job.shifts]
        if not days or days != sorted(set(days)):
            yield Breach(rule=NAME, code="rule.shifts_mixed", job=job.id)
        for shift in job.shifts:
            counts = Counter(e.task for e in shift.entries)
            if not counts:
                yield Breach(rule=NAME, code="rule.empty_shift", job=job.id, day=shift.day)
            for task, count in counts.items():
                takers[task, shift.day].add(number)
                yield from _occurrences(problem, job, shift.day, task, count)
                if len({e.shared for e in shift.entries if e.task == task}) > 1:
                    yield Breach(rule=NAME, code="rule.half_shared", values={"task": task}, job=job.id, day=shift.day)
            for entry in shift.entries:
                found = problem.by_key.get((entry.task, shift.day))
                if found and entry.end - entry.start != found.work:
                    values: dict[str, str | int] = {"task": entry.task, "asked": found.work}
                    yield Breach(rule=NAME, code="rule.wrong_length", values=values, job=job.id, day=shift.day)
    for (task, day), who in sorted(takers.items()):
        if len(who) > 1:
            yield Breach(rule=NAME, code="rule.two_jobs", values={"task": task}, day=day)


def _occurrences(problem: Problem, job: Job, day: Weekday, task: str, count: int) -> Iterator[Breach]:
    found = problem.by_key.get((task, day))
    asked = found.times if found else 0
    if count != asked:
        values: dict[str, str | int] = {"task": task, "asked": asked, "found": count}
        yield Breach(rule=NAME, code="rule.occurrences", values=values, job=job.id, day=day)
