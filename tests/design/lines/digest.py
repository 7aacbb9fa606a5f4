"""Print what is found for some lines, and in what order: the same with and without compiled loops."""

from __future__ import annotations

import hashlib
import random
import sys

from tests.design.lines.cases import any_line, line

from klaver.design.lines import rotation, start
from klaver.design.lines.effort import Effort
from klaver.design.lines.fewest import plan_fewest
from klaver.design.lines.records import Line
from klaver.design.lines.search import plan_line

STEPS = 8
"""Steps of annealing for each task and worker: few, so that proving and walking through layers have work left."""


def hard(seed: int, tasks: int, workers: int, order: float) -> Line:
    """Return a line that the times alone do not settle; ``order`` is the part of pairs with an order."""
    chance = random.Random(seed)
    rows: list[list[int | None]] = []
    for _ in range(tasks):
        quick = chance.randint(1, 25)
        rows.append([None if chance.random() < 0.1 else chance.randint(quick, 2 * quick + 1) for _ in range(workers)])
        rows[-1][chance.randrange(workers)] = quick
    pairs = [(a, b) for a in range(tasks) for b in range(a + 1, tasks) if chance.random() < order]
    return line(rows, pairs)


def digest() -> str:
    """Return a fingerprint of plans, bounds and rotations, and of every round on the way to them."""
    start.STEPS = rotation.STEPS = STEPS
    told = hashlib.sha256()

    def effort(rounds: int) -> Effort:
        return Effort(rounds=rounds, tell=lambda *state: told.update(repr(state).encode()))

    for case, rounds in (
        (hard(1, 20, 6, 0.25), 14),
        (hard(3, 16, 5, 0.2), 60),
        (any_line(2), 8),
        (hard(4, 6, 3, 0.5), 60),
    ):
        answer = plan_line(case, effort(rounds))
        assert answer.plan is not None
        told.update(repr([answer.plan.stations, answer.plan.cycle, answer.plan.bound]).encode())
        told.update(repr(answer.certificate and answer.certificate.prices).encode())
        told.update(repr(rotation.rotate(case, answer.plan, 2, 20, effort(8)).periods).encode())
    fewest = plan_fewest(hard(2, 12, 4, 0.3), 150, effort(12)).plan
    told.update(repr(fewest and fewest.stations).encode())
    return told.hexdigest()


if __name__ == "__main__":
    sys.stdout.write(digest())
