"""One lane of a search: chunks of annealing of a fixed length, now from the best plan, now from an empty board."""

from __future__ import annotations

from klaver.design.kernel.anneal import ODDS, anneal, back_to_best
from klaver.design.kernel.board import Aims, Board, begin, empty
from klaver.design.kernel.compiled import COMPILED
from klaver.design.kernel.judge import desk
from klaver.design.kernel.moves import memory
from klaver.design.kernel.plan import Kernel
from klaver.design.records import Floors, Objective

CHUNK = 400
"""Moves in a chunk, for each class that may move."""

LEAST = 1000
"""Moves in a chunk, for each job: a shorter one would warm a large house up again before it has settled."""

FIRST, AGAIN, FARTHER = 3000, 300, 1500
"""How warm a chunk begins, in hundredths of minutes: the first, one from the best plan, and now and then one."""

COLD = 50
LIGHT, MIDDLE, HEAVY = 100, 1000, 20_000
"""What a broken minute weighs beside a hundredth of a minute: the least, at the start, and the most."""

PATIENCE = 5
"""Chunks without a plan that keeps all before an empty board is tried again."""

SLOWER = 50
"""How many moves are made as one where the loops are not compiled, so that a round takes about as long."""

ANEW = 8
"""Every so many chunks one begins from an empty board: what is good elsewhere is not found from here."""


class Lane:
    """A search with its own chance; what it does depends on its seed and on how many moves it was given."""

    def __init__(self, kernel: Kernel, aims: Aims, seed: int) -> None:
        self.kernel, self.aims = kernel, aims
        self._desk = desk(kernel.numbers)
        self.board = self._empty()
        self._memory = memory(self.board, seed)
        self._weight, self._chunks, self._vain = MIDDLE, 0, 0
        self._left = self._since = 0

    def _empty(self) -> Board:
        made = empty(self.kernel.numbers, len(self.aims.others))
        begin(self.kernel.numbers, self.aims, made, self._desk)
        return made

    @property
    def best(self) -> Board | None:
        """The best board that keeps all, ``None`` when none was met yet."""
        return self._memory.best if self._memory.found[0] else None

    @property
    def value(self) -> int:
        """What the best board is worth, in the weights of the aims."""
        return int(self._memory.found[1])

    def start_from(self, board: Board) -> None:
        """Go on from a board; it counts as found when it keeps all."""
        for mine, theirs in zip(self.board, board, strict=True):
            mine[...] = theirs
        self._memory.dirty[:] = 1
        self.run(1, COLD)

    def go(self, moves: int) -> None:
        """Do about this many moves, and fewer where the loops are not compiled."""
        moves = moves if COMPILED else -(-moves // SLOWER)
        self._left += moves
        each = LEAST * self.kernel.jobs // (1 if COMPILED else SLOWER)
        chunk = min(max(moves, each), max(10_000, self._enough))
        while self._left >= chunk:
            self._left -= chunk
            self._chunk(chunk)

    @property
    def _enough(self) -> int:
        """Moves in which every class has had its turn: before that nothing is begun anew."""
        return CHUNK * len(self.kernel.numbers.cls)

    def _begin_anew(self) -> None:
        self.board = self._empty()
        self._memory.dirty[:] = 1
        self._vain = self._since = 0

    def go_near(self, moves: int) -> None:
        """Do about this many moves around the board as it is, and fewer where the loops are not compiled."""
        self.run(moves if COMPILED else -(-moves // SLOWER), AGAIN)

    def _chunk(self, moves: int) -> None:
        kept = self._memory.found
        if not kept[0]:
            if self._vain >= PATIENCE and self._since >= self._enough:
                self._begin_anew()
                self._weight = MIDDLE
            warm = FARTHER if self._vain else FIRST
        elif self._chunks % ANEW == ANEW - 1 and self._since >= self._enough:
            self._begin_anew()
            warm = FIRST
        else:
            back_to_best(self.kernel.numbers, self.aims, self.board, self._desk, self._memory)
            warm = FIRST if not self._chunks else FARTHER if self._chunks % 4 == 0 else AGAIN
        before = int(kept[2])
        self.run(moves, warm)
        met = int(kept[2]) - before
        self._vain = 0 if kept[0] else self._vain + 1
        if not met:
            self._weight = min(HEAVY, 2 * self._weight)
        elif met > moves // 10:
            self._weight = max(LIGHT, 3 * self._weight // 4)
        self._chunks += 1
        self._since += moves

    def run(self, moves: int, warm: int) -> None:
        """Do so many moves from the board as it is, from so warm."""
        anneal(
            self.kernel.numbers,
            self.aims,
            self.board,
            self._desk,
            self._memory,
            ODDS,
            moves,
            warm,
            COLD,
            self._weight,
            0,
            self.kernel.jobs,
        )


def prepare(kernel: Kernel) -> None:
    """Have the loops compiled, or read from disk: once on a machine that takes about half a minute, then a second."""
    Lane(kernel, kernel.aims(Objective.RELIEF, Floors()), 1).run(1, COLD)
