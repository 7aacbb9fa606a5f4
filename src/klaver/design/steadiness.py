"""How often a design keeps every job in its hours, in weeks drawn by chance: by season, and by swing of each task."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from klaver.design.problem import Problem
from klaver.design.records import Job
from klaver.design.rules import volumes
from klaver.design.rules.steady import percent, seasons, swing
from klaver.work.records import Scenario

WEEKS = 200
"""Weeks drawn for one design."""

YEAR = 52
SEED = 1


@dataclass(frozen=True)
class Steadiness:
    """Of so many drawn weeks, those in which every job stays in its hours; and those in which some job goes over."""

    weeks: int
    kept: int
    over: int

    @property
    def short(self) -> int:
        """Weeks in which some job has too little to do and none too much."""
        return self.weeks - self.kept - self.over


def steadiness(problem: Problem, jobs: tuple[Job, ...], weeks: int = WEEKS, seed: int = SEED) -> Steadiness:
    """Draw weeks and count in how many the work of every job lies within the hours that hold in any season.

    A week lies in a season as often as the season is long. In it every task takes a time of its own: between the least
    and the most of the analysis, most often the likely one, the same for all its occurrences.
    """
    low, high = volumes.limits(problem)
    chance = Random(seed)
    kept = over = 0
    done = [_occurrences(job) for job in jobs]
    tasks = sorted({t for counts in done for t in counts if t in problem.tasks})
    swings = {t: swing(problem, problem.tasks[t]) for t in tasks}
    for season in _drawn(problem, chance, weeks):
        minutes = {
            t: percent(season, problem.tasks[t]) * chance.triangular(-less, more, 0)
            for t, (less, more) in swings.items()
        }
        loads = []
        for counts in done:
            usual = sum(percent(season, problem.tasks[t]) * m for t, (_, m) in counts.items() if t in swings)
            loads.append(usual + sum(n * minutes[t] for t, (n, _) in counts.items() if t in swings))
        kept += all(low <= load <= high for load in loads)
        over += any(load > high for load in loads)
    return Steadiness(weeks, kept, over)


def _occurrences(job: Job) -> dict[str, tuple[int, int]]:
    """Return how often a job does each task and how many minutes that takes."""
    found: dict[str, tuple[int, int]] = {}
    for shift in job.shifts:
        for entry in shift.entries:
            times, minutes = found.get(entry.task, (0, 0))
            found[entry.task] = (times + 1, minutes + entry.end - entry.start)
    return found


def _drawn(problem: Problem, chance: Random, weeks: int) -> Iterator[Scenario | None]:
    open_ones = seasons(problem)
    told = sum(s.weeks for s in problem.workplace.scenarios)
    lengths = [max(0, YEAR - told) if s is None else s.weeks for s in open_ones]
    if not sum(lengths):
        lengths = [1] * len(lengths)
    yield from chance.choices(open_ones, weights=lengths, k=weeks)
