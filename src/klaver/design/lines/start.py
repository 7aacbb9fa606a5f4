"""A first plan and the annealing of it, round after round."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from klaver.design.lines.arrays import NEVER, Array, Arrays
from klaver.design.lines.kernels.anneal import COOLING, MODULUS, anneal
from klaver.design.lines.kernels.compiled import FAST

CHAINS = 2
"""Annealings of one round; they are run side by side and give the same on one core."""

STEPS = 1000 if FAST else 40
"""Steps of one annealing, for each task and worker."""

WARM, AGAIN, COOL = 0.35, 0.12, 0.02
"""Temperature at the start of a new plan and of one that is known, and at the end: parts of the mean time of a task."""

Placed = tuple[int, Array, Array]
"""A cycle time, the station of every task and the worker of every station."""


@dataclass(frozen=True)
class Anneals:
    """Annealing of one line; every round is new, and known by seed and number."""

    line: Arrays
    seed: int

    def round(self, number: int, best: Placed) -> Placed:
        """Anneal some chains to get below the best plan; return the best they met (perhaps an impossible one).

        The first chain begins from the best plan, the others from new ones.
        """
        chains = range(number * CHAINS, (number + 1) * CHAINS)
        with ThreadPoolExecutor(CHAINS) as pool:
            made = list(pool.map(lambda chain: self._chain(chain, best, chain > chains[0]), chains))
        return min(made, key=lambda placed: placed[0])

    def _chain(self, number: int, known_best: Placed, anew: bool) -> Placed:
        line, chance = self.line, random.Random(f"{self.seed} {number}")
        known = line.times < NEVER
        most, mean = int(line.times[known].max()), float(line.times[known].mean())
        times = np.where(known, line.times, 6 * max(1, most))
        anew = anew or known_best[0] == NEVER
        place, worker = first(line, chance) if anew else (known_best[1].copy(), known_best[2].copy())
        state = np.array([chance.randrange(1, MODULUS)], np.int64)
        best = np.zeros(line.tasks + line.workers, np.int64)
        least = anneal(
            times, line.before, line.befores, line.after, line.afters, place, worker, state,
            max(4096, STEPS * line.tasks * line.workers), max(0.5, mean * (WARM if anew else AGAIN)),
            max(0.1, mean * COOL), known_best[0] - 1, COOLING, best,
        )  # fmt: skip
        place, worker = best[: line.tasks], best[line.tasks :]
        possible = all(known[worker[place[t]], t] for t in range(line.tasks))
        return (int(least) if possible else NEVER, place, worker)


def first(line: Arrays, chance: random.Random) -> tuple[Array, Array]:
    """Return a plan that keeps the order of the line and nothing else: tasks spread evenly, workers by chance."""
    quickest = line.times.min(axis=0).tolist()
    left = line.befores.tolist()
    free = [t for t in range(line.tasks) if not left[t]]
    place = np.zeros(line.tasks, np.int64)
    total, passed = max(1, sum(quickest)), 0
    while free:
        t = free.pop(chance.randrange(len(free)))
        place[t] = min(line.workers - 1, passed * line.workers // total)
        passed += quickest[t]
        for b in line.after[t, : line.afters[t]].tolist():
            left[b] -= 1
            if not left[b]:
                free.append(b)
    order = list(range(line.workers))
    chance.shuffle(order)
    return place, np.array(order, np.int64)
