"""Job: in busy and quiet seasons the job keeps its hours, within what was agreed."""

from __future__ import annotations

from collections.abc import Iterator

from klaver.design.problem import Problem
from klaver.design.records import Breach, Job
from klaver.design.rules.model import Model
from klaver.work.records import Scenario

NAME = "volumes"
SCOPE = "job"


def limits(problem: Problem) -> tuple[int, int]:
    """Return the fewest and most worked minutes a week of a job in any season, in hundredths."""
    low, high = problem.week
    return low * (100 - problem["volume_below"]), high * (100 + problem["volume_above"])


def closed(problem: Problem, scenario: Scenario) -> bool:
    """Tell whether the workplace is closed in this season: none of the movable work is there."""
    return all(scenario.percent(c.task) == 0 for c in problem.classes)


def post(model: Model, problem: Problem) -> None:
    """Weigh the work of each job by each season's volume."""
    low, high = limits(problem)
    for scenario in problem.workplace.scenarios:
        if closed(problem, scenario):
            continue
        for job in range(problem.jobs):
            terms = [(scenario.percent(c.task) * c.total, model.take(job, c.index)) for c in problem.classes]
            model.at_most(terms, high)
            model.at_least(terms, low)


def check(problem: Problem, jobs: tuple[Job, ...]) -> Iterator[Breach]:
    """Tell the season in which a job has too much or too little to do."""
    low, high = limits(problem)
    for scenario in problem.workplace.scenarios:
        if closed(problem, scenario):
            continue
        for job in jobs:
            found = sum(
                scenario.percent(problem.tasks[e.task]) * (e.end - e.start)
                for s in job.shifts
                for e in s.entries
                if e.task in problem.tasks
            )
            if not low <= found <= high:
                values: dict[str, str | int] = {
                    "scenario": scenario.label,
                    "found": found // 100,
                    "low": low // 100,
                    "high": high // 100,
                }
                yield Breach(rule=NAME, code="rule.volume", values=values, job=job.id)
