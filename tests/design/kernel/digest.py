"""Print what a lane makes of a small ward: the same with and without compiled loops."""

from __future__ import annotations

import hashlib
import sys

from tests.design.cases import ward

from klaver.design.kernel.lane import Lane
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
    return told.hexdigest()


if __name__ == "__main__":
    sys.stdout.write(digest())
