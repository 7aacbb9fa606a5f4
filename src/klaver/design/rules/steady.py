"""Job: when some of its tasks take more or less time than usual, in any season, the job still keeps its hours.

How many tasks swing at once is the house's choice (``steady_tasks``; none is asked while it is 0). Which ones is not
said: the worst ones count. So the rule is a sum of the work and of the largest swings, without a yes or no per task.
"""

from __future__ import annotations

from collections.abc import Iterator

from klaver.design.problem import Problem
from klaver.design.records import Breach, Job
from klaver.design.rules import volumes
from klaver.design.rules.model import Model, Term
from klaver.values.dated import Parameters
from klaver.work.records import Scenario, Task

NAME = "steady"
SCOPE = "job"


TOGETHER = 4
"""Tasks that swing at once where somebody asks for steady jobs and the house has said nothing else."""


def asking(values: Parameters) -> Parameters:
    """Return the parameters with steady jobs asked for; the house's own number stays."""
    now = values.get("steady_tasks")
    return values.with_values([now.model_copy(update={"value": now.value or TOGETHER})])


def swinging(problem: Problem) -> int:
    """Return how many tasks may swing at once; a design that was stored before there was this rule asked nothing."""
    asked = problem.parameters.values.get("steady_tasks")
    return 0 if asked is None else asked.value


def swing(problem: Problem, task: Task) -> tuple[int, int]:
    """Return by how many minutes an occurrence may fall short and run over, on the new worker's clock.

    That is the range of the analysis; a task that is known to the minute swings by the house's percentage.
    """
    minutes = task.minutes
    if minutes is None:
        return 0, 0
    usual = problem.work_minutes(minutes.likely)
    if minutes.low == minutes.high:
        part = -(-usual * problem["steady_swing"] // 100)
        return part, part
    return usual - problem.work_minutes(minutes.low), problem.work_minutes(minutes.high) - usual


def seasons(problem: Problem) -> tuple[Scenario | None, ...]:
    """Return the usual week (``None``) and every season in which the workplace is open."""
    return (None, *(s for s in problem.workplace.scenarios if not volumes.closed(problem, s)))


def percent(season: Scenario | None, task: Task) -> int:
    """Return the volume of a task in a season, in percent of the usual."""
    return 100 if season is None else season.percent(task)


def post(model: Model, problem: Problem) -> None:
    """Weigh the work of each job by each season's volume, with the largest swings on top or off."""
    many = swinging(problem)
    if not many:
        return
    low, high = volumes.limits(problem)
    for season in seasons(problem):
        for job in range(problem.jobs):
            load = [(percent(season, c.task) * c.total, model.take(job, c.index)) for c in problem.classes]
            over = _largest(model, problem, season, job, many, 1)
            model.at_most([*load, *over], high)
            short = _largest(model, problem, season, job, many, 0)
            model.at_least([*load, *((-k, term) for k, term in short)], low)


def _largest(
    model: Model, problem: Problem, season: Scenario | None, job: int, many: int, side: int
) -> list[tuple[int, Term]]:
    """Return a sum that is at least the ``many`` largest swings: so many times a level, and what goes beyond it."""
    swings = {
        task: [(percent(season, c.task) * swing(problem, c.task)[side] * c.times, c.index) for c in classes]
        for task, classes in problem.by_task.items()
    }
    most = max((sum(k for k, _ in found) for found in swings.values()), default=0)
    level = model.number(most)
    made = [(many, level)]
    for found in swings.values():
        all_of_it = sum(k for k, _ in found)
        if all_of_it:
            beyond = model.number(all_of_it)
            model.at_least([(1, level), (1, beyond), *((-k, model.take(job, i)) for k, i in found)], 0)
            made.append((1, beyond))
    return made


def check(problem: Problem, jobs: tuple[Job, ...]) -> Iterator[Breach]:
    """Tell the season in which a job may get too much or too little to do."""
    many = swinging(problem)
    if not many:
        return
    low, high = volumes.limits(problem)
    for season in seasons(problem):
        for job in jobs:
            usual, short, over = worst(problem, season, job, many)
            found = over if over > high else short
            if short < low or over > high:
                values: dict[str, str | int] = {
                    "found": found // 100,
                    "usual": usual // 100,
                    "tasks": many,
                    "low": low // 100,
                    "high": high // 100,
                }
                if season is not None:
                    values["scenario"] = season.label
                code = "rule.swing_usual" if season is None else "rule.swing"
                yield Breach(rule=NAME, code=code, values=values, job=job.id)


def worst(problem: Problem, season: Scenario | None, job: Job, many: int) -> tuple[int, int, int]:
    """Return hundredths of worked minutes of a job in a season: the usual, and with the largest swings off and on."""
    usual = 0
    swings: dict[str, tuple[int, int]] = {}
    for shift in job.shifts:
        for entry in shift.entries:
            task = problem.tasks.get(entry.task)
            if task is not None:
                weight = percent(season, task)
                usual += weight * (entry.end - entry.start)
                down, up = swings.get(task.id, (0, 0))
                less, more = swing(problem, task)
                swings[task.id] = (down + weight * less, up + weight * more)
    off, on = (sum(sorted((s[side] for s in swings.values()), reverse=True)[:many]) for side in (0, 1))
    return usual, usual - off, usual + on
