"""Whether a line can be done within a cycle time: station after station, every part refuted or remembered.

A part of a line is (who has been used, what is done). The next station is filled in every full way by every worker
left; what prices refute is dropped, and of two parts with the same workers the one that has done no more. A line is
impossible when no part is left; the prices are the proof. Parts with equally many stations make a layer; the layers
are visited in turn, and of each the part that is furthest from being refuted goes first, so that a plan is found early
where there is one.
"""

from __future__ import annotations

import heapq
from concurrent.futures import ThreadPoolExecutor
from enum import Enum

import numpy as np

from klaver.design.lines.arrays import BITS, Array, Arrays
from klaver.design.lines.kernels.layer import REFUTED as OVER
from klaver.design.lines.kernels.layer import tightness
from klaver.design.lines.kernels.price import conflicts
from klaver.design.lines.kernels.refute import REFUTED, earnings, refute
from klaver.design.lines.units import COLUMNS, Found, Pool, Unit, work

ROOM = 512
"""Steps of time in a table of limits; a longer cycle time is rounded for it."""

TOGETHER = 8
"""Units of one round."""

ROWS = 4000
"""Rows of prices that are asked; then the oldest make way, and are kept for the certificate alone."""

Part = tuple[int, int, int]


class Verdict(Enum):
    """What is known of a cycle time."""

    OPEN = "open"
    IMPOSSIBLE = "impossible"
    POSSIBLE = "possible"


class Layers:
    """The search at one cycle time, a round at a time; the same on any number of cores.

    ``most`` is how many workers may be used; by default all.
    """

    def __init__(self, line: Arrays, cycle: int, twins: Array, most: int | None = None) -> None:
        self.most = line.workers if most is None else most
        self.line, self.cycle, self.twins = line, cycle, twins
        n, m = line.tasks, line.workers
        above, below = _two(line.above), _two(line.below)
        clash = np.zeros((m, n, 2), np.int64)
        for w in range(m):
            conflicts(line.times[w], above, below, cycle, clash[w])
        self.form = (line.times, above, below, clash)
        self.grain = max(1, cycle // ROOM)
        self.pool = Pool(n, m)
        self.known, self.knowns = np.zeros((64, n)), np.zeros((64, m))
        self.older: list[Array] = []
        self.learned = 0
        self.verdict = Verdict.OPEN
        self.rounds = 0
        self.programs = 0
        self.nodes: list[tuple[Part, int, int, Array]] = []
        self.done: dict[int, Array] = {}
        self.counts: dict[int, int] = {}
        self.waiting: list[list[tuple[float, int, Unit]]] = [[] for _ in range(m + 1)]
        self.turn = 0
        self.last: Array | None = None
        self.end: tuple[int, int, Part] | None = None
        self._root()

    @property
    def rows(self) -> int:
        """Rows of prices that are known."""
        return min(self.learned, ROWS)

    def undecided(self) -> bool:
        """Tell whether another round may decide something."""
        return self.verdict is Verdict.OPEN

    def _root(self) -> None:
        prices, earned = np.zeros(self.line.tasks), np.zeros(self.line.workers)
        p, use = self.pool, np.zeros(COLUMNS + 1, np.int64)
        said = refute(
            0, 0, 0, self.form, self.cycle, p.starts, p.tasks, p.workers, p.count, p.sets, use, p.basis, p.inverse,
            prices, earned,
        )  # fmt: skip
        p.name()
        if said == REFUTED:
            self._learn(prices[None], earned[None])
            self.verdict = Verdict.IMPOSSIBLE
        else:
            self._insert([((0, 0, 0), -1, -1, p.basis.copy())])

    def _insert(self, nodes: list[tuple[Part, int, int, Array]]) -> None:
        """Let parts wait in their layers, unless they are refuted or another one has overtaken them."""
        if not nodes:
            return
        tight = tightness(np.array([node[0] for node in nodes], np.int64), self.known[: self.rows], self.knowns)
        for node, score in zip(nodes, tight.tolist(), strict=True):
            part = node[0]
            if score >= OVER or self._overtaken(part):
                continue
            count = self.counts.get(part[0], 0)
            room = self.done.get(part[0])
            if room is None or count == len(room):
                larger = np.zeros((max(8, 2 * count), 2), np.int64)
                larger[:count] = self.done.get(part[0], larger)[:count]
                self.done[part[0]] = room = larger
            room[count] = part[1:]
            self.counts[part[0]] = count + 1
            left = [w for w in range(self.line.workers) if not part[0] >> w & 1]
            fresh = [w for w in left if int(self.twins[w]) not in left]
            unit = Unit(part, fresh, len(self.nodes), node[3])
            self.nodes.append(node)
            if left and part[0].bit_count() < self.most:
                heapq.heappush(self.waiting[part[0].bit_count()], (score, unit.node, unit))

    def _overtaken(self, part: Part, more: bool = False) -> bool:
        """Tell whether a part with the same workers has done as much (``more``: has done more)."""
        count = self.counts.get(part[0], 0)
        if not count:
            return False
        others = self.done[part[0]][:count]
        over = ((part[1] & ~others[:, 0]) == 0) & ((part[2] & ~others[:, 1]) == 0)
        if more:
            over &= (others[:, 0] != part[1]) | (others[:, 1] != part[2])
        return bool(over.any())

    def _next(self) -> list[Unit]:
        """Take the units of a round: from every layer in turn the part that is furthest from being refuted."""
        units: list[Unit] = []
        empty = 0
        while len(units) < TOGETHER and empty < len(self.waiting):
            heap = self.waiting[self.turn]
            self.turn = (self.turn + 1) % len(self.waiting)
            taken = None
            while heap and taken is None:
                taken = heapq.heappop(heap)[2]
                form = np.array([taken.part], np.int64)
                if self._overtaken(taken.part, True) or (
                    tightness(form, self.known[: self.rows], self.knowns)[0] >= OVER
                ):
                    taken = None
            if taken is None:
                empty += 1
            else:
                empty = 0
                units.append(taken)
        return units

    def round(self, pool: ThreadPoolExecutor) -> None:
        """Work on the next units and learn what they found."""
        self.rounds += 1
        units = self._next()
        if not units:
            self.verdict = Verdict.IMPOSSIBLE
            return
        for unit, found in zip(units, list(pool.map(self._work, units)), strict=True):
            self._learn(found.prices, found.earned)
            self.pool.add(found.columns)
            self.programs += found.programs
            if found.last is not None:
                self.last = self.pool.renamed(found.last[None], found)[0]
            bases = self.pool.renamed(found.bases, found)
            if found.end is not None:
                self.verdict = Verdict.POSSIBLE
                self.end = (unit.node, *found.end)
                return
            self._insert(
                [((u, a, b), unit.node, w, basis) for (u, a, b, w), basis in zip(found.kids, bases, strict=True)]
            )
            if unit.workers:
                heapq.heappush(self.waiting[unit.part[0].bit_count()], (-1.0, unit.node, unit))

    def _work(self, unit: Unit) -> Found:
        start = unit.basis if self.last is None else self.last
        known = (self.known[: self.rows], self.knowns[: self.rows])
        return work(unit, self.form, self.line.order, self.cycle, self.grain, known, self.pool, start)

    def _learn(self, prices: Array, earned: Array) -> None:
        for row, most in zip(prices, earned, strict=True):
            if self.rows == len(self.known) < ROWS:
                self.known = np.concatenate([self.known, np.zeros_like(self.known)])[:ROWS]
                self.knowns = np.concatenate([self.knowns, np.zeros_like(self.knowns)])[:ROWS]
            at = self.learned % ROWS
            if self.learned >= ROWS:
                self.older.append(self.known[at].copy())
            self.known[at], self.knowns[at] = row, most
            self.learned += 1

    def prices(self) -> list[list[int]]:
        """Return all rows that were ever learned, as whole numbers."""
        rows = np.array([*self.known[: self.rows], *self.older])
        return [[int(price) for price in row] for row in rows.reshape(-1, self.line.tasks).tolist()]

    def newest(self, most: int) -> Array:
        """Return the prices that were learned last, the newest at the end."""
        at = [(self.learned - 1 - back) % ROWS for back in range(min(most, self.rows))]
        return self.known[at[::-1]].copy()

    def borrow(self, prices: Array) -> None:
        """Take over prices that were found at another cycle time; what workers can earn is worked out anew."""
        earned = np.zeros((len(prices), self.line.workers))
        earnings(self.form, self.cycle, prices, earned)
        self._learn(prices, earned)

    def placed(self) -> tuple[Array, Array]:
        """Return station of every task and worker of every station of the plan that was found."""
        assert self.end is not None
        at, worker, part = self.end
        chain = [(worker, part)]
        while at > 0:
            part, parent, worker, _ = self.nodes[at]
            chain.append((worker, part))
            at = parent
        chain.reverse()
        place, order, before = np.zeros(self.line.tasks, np.int64), list[int](), (0, 0)
        for s, (worker, part) in enumerate(chain):
            order.append(worker)
            new = (part[1] & ~before[0], part[2] & ~before[1])
            before = (part[1], part[2])
            for t in range(self.line.tasks):
                if new[t // BITS] >> t % BITS & 1:
                    place[t] = s
        order += [w for w in range(self.line.workers) if w not in order]
        return place, np.array(order, np.int64)


def _two(words: Array) -> Array:
    made = np.zeros((len(words), 2), np.int64)
    made[:, : words.shape[1]] = words
    return made


def twins(line: Arrays) -> Array:
    """Return for each worker the nearest one before with the same times; -1 when there is none."""
    rows = [tuple(row) for row in line.times.tolist()]
    last: dict[tuple[int, ...], int] = {}
    made = []
    for w, row in enumerate(rows):
        made.append(last.get(row, -1))
        last[row] = w
    return np.array(made, np.int64)
