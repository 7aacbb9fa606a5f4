"""Reach while a job is being changed: one task added, taken out or exchanged costs one pass over one bit set."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from klaver.matching.kernels import kernels
from klaver.matching.population import Population, Question
from klaver.matching.shards import Words

Counts = npt.NDArray[np.int64]


class TaskFits:
    """Per task who can do it, so that who can do a whole job is what those sets have in common.

    A job asks of each dimension the highest level of its tasks; whoever fits every task fits that. What the day as a
    whole asks, and the conditions of the job, is one more set: ``base``.

    Parameters
    ----------
    population
        The people.
    tasks
        What each task asks, with its place: levels only.
    sure
        Count who fits for sure, or who may fit.
    """

    def __init__(self, population: Population, tasks: Mapping[str, Question], *, sure: bool = True) -> None:
        self.population = population
        self.sure = sure
        self.numbers = {task: at for at, task in enumerate(tasks)}
        asked = list(tasks.values())
        fitting = [population.fitting(q, sure=sure) for q in asked]
        self.sets: list[Words] = [
            np.array([of[at] for of in fitting], np.uint64).reshape(len(asked), shard.words)
            for at, shard in enumerate(population.shards)
        ]

    def job(self, tasks: Sequence[str], base: Question | None = None) -> JobFits:
        """Return a job of these tasks, ready for moves; ``base`` is what its day and its conditions ask.

        Raises
        ------
        KeyError
            When a task is not known here.
        """
        start = self.population.fitting(base or Question((), ()), sure=self.sure)
        return JobFits(self, tasks, start)

    def together(self, jobs: Sequence[Collection[str]], base: Question | None = None) -> list[int]:
        """Return for how many people each set of tasks is open as a whole."""
        start = self.population.fitting(base or Question((), ()), sure=self.sure)
        tasks = np.array([self.numbers[t] for job in jobs for t in job], np.int32)
        starts = np.cumsum([0, *(len(job) for job in jobs)]).astype(np.int32)
        out = np.zeros(len(jobs), np.int64)
        loops = kernels(self.population.engine(len(jobs)))
        for sets, common in zip(self.sets, start, strict=True):
            loops.count_together(sets, tasks, starts, common, out)
        return [int(n) for n in out]

    def each(self, now: Sequence[Words]) -> dict[str, int]:
        """Return per task how many people of ``now`` can do it."""
        out = np.zeros(len(self.numbers), np.int64)
        loops = kernels(self.population.engine(len(self.numbers)))
        for sets, common in zip(self.sets, now, strict=True):
            loops.count_each(sets, common, out)
        return dict(zip(self.numbers, out.tolist(), strict=True))


class JobFits:
    """One job, with what the tasks before and after each of its tasks have in common kept at hand."""

    def __init__(self, fits: TaskFits, tasks: Sequence[str], base: Sequence[Words]) -> None:
        self.fits = fits
        self.tasks = tuple(tasks)
        rows = [fits.numbers[t] for t in tasks]
        self._before: list[list[Words]] = []
        self._after: list[list[Words]] = []
        for sets, start in zip(fits.sets, base, strict=True):
            before, after = [start], [np.full_like(start, ~np.uint64(0))]
            for row in rows:
                before.append(before[-1] & sets[row])
            for row in reversed(rows):
                after.append(after[-1] & sets[row])
            self._before.append(before)
            self._after.append(after[::-1])

    def now(self) -> int:
        """Return for how many people the job is open."""
        return sum(int(np.bitwise_count(b[-1]).sum()) for b in self._before)

    def adding(self) -> dict[str, int]:
        """Return per task for how many people the job is open with that task added."""
        return self.fits.each([b[-1] for b in self._before])

    def removing(self) -> dict[str, int]:
        """Return per task of the job for how many people it is open without that task."""
        return {t: sum(int(np.bitwise_count(w).sum()) for w in self._without(at)) for at, t in enumerate(self.tasks)}

    def exchanging(self, out: str) -> dict[str, int]:
        """Return per task for how many people the job is open with that task in the place of ``out``."""
        return self.fits.each(self._without(self.tasks.index(out)))

    def _without(self, at: int) -> list[Words]:
        return [b[at] & a[at + 1] for b, a in zip(self._before, self._after, strict=True)]
