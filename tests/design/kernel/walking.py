"""Plans as the loops leave them after some moves, warm enough to break rules on the way."""

from __future__ import annotations

from klaver.design.kernel.anneal import ODDS, anneal
from klaver.design.kernel.board import Aims, Board, begin, empty
from klaver.design.kernel.moves import memory
from klaver.design.kernel.plan import Kernel
from klaver.design.records import Job
from klaver.values import Weekday


def walked(kernel: Kernel, aims: Aims, seed: int, moves: int, *, warm: int = 30_000) -> Board:
    """Return a board after some moves from an empty one."""
    board = empty(kernel.numbers, len(aims.others))
    begin(kernel.numbers, aims, board, kernel.desk)
    anneal(
        *(kernel.numbers, aims, board, kernel.desk, memory(board, seed), ODDS),
        *(moves, warm, warm // 30, 30, 0, kernel.jobs),
    )
    return board


def unsorted(kernel: Kernel, board: Board) -> tuple[Job, ...]:
    """Return the jobs of a board in the order of the board; a job without a day is there too."""
    days = ([Weekday(d) for d in range(7) if board.many[j, d]] for j in range(kernel.jobs))
    return tuple(
        Job(id=f"job-{j}", shifts=tuple(kernel.shift(board, j, d) for d in mine)) for j, mine in enumerate(days)
    )
