"""Print what a lane makes of a small ward: the same with and without compiled loops."""

from __future__ import annotations

import hashlib
import sys

import numpy as np
from tests.design.cases import ward

from klaver.design.kernel.decide import decide
from klaver.design.kernel.hand import Hand, Move
from klaver.design.kernel.lane import Lane
from klaver.design.kernel.mend import repair
from klaver.design.kernel.plan import Kernel
from klaver.design.parameters import parameters
from klaver.design.problem import problem
from klaver.design.records import Floors, Objective
from klaver.people import profiles


def digest(moves: int = 600) -> str:
    """Return a fingerprint of two lanes after some moves, doors and floors on."""
    kernel = Kernel(problem(ward(), parameters("2026-11-24"), profiles()))
    told = hashlib.sha256()
    for objective, floors in ((Objective.RELIEF, Floors(doors=1, quality=3, calm=40)), (Objective.DOORS, Floors())):
        lane = Lane(kernel, kernel.aims(objective, floors, [frozenset({0, 1, 2})]), 3)
        lane.run(moves, 3000)
        for array in lane.board:
            told.update(array.tobytes())
    for day in kernel.problem.days[:3]:
        row = [c.index for c in kernel.problem.classes if c.day is day for _ in range(c.times)][:6]
        seq, at, span = np.array(row, np.int64), np.zeros(len(row), np.int64), np.zeros(4, np.int64)
        told.update(str((decide(kernel.numbers, seq, len(row), at, span), seq.tolist())).encode())
    jobs = kernel.design(lane.best) if lane.best is not None else ()
    for task, to in (("T01", None), ("T04", 0), ("T07", 0)) if jobs else ():
        found = repair(Hand.of(kernel.problem, jobs, kernel), Move(task, kernel.problem.days, to))
        told.update(repr(found and found.jobs).encode())
    return told.hexdigest()


if __name__ == "__main__":
    sys.stdout.write(digest())
