"""A plan within a cycle time from few parts of every layer: those that known prices are furthest from refuting."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from klaver.design.lines.arrays import BITS, Array, Arrays
from klaver.design.lines.kernels.spread import FOLLOWED, spread
from klaver.design.lines.layers import ROOM, Layers

EACH = 16
"""Ways that one part may give at least; more where the parts are few."""

STEPS = 3000
"""Steps for one part and worker."""

GUIDES = 200
"""Rows of prices that guide: the newest."""


MANY = 4096
"""Ways to fill a first station that are counted at most."""


def ways(line: Arrays, cycle: int, twins: Array) -> int:
    """Return in how many full ways the first station can be filled, up to ``MANY``."""
    fresh = np.array([w for w in range(line.workers) if twins[w] < 0], np.int64)
    grain, none = max(1, cycle // ROOM), np.zeros((0, line.tasks))
    above = np.zeros((line.tasks, 2), np.int64)
    above[:, : line.words] = line.above
    made = spread(
        np.zeros(3, np.int64), (line.times, above, above, above[None]), line.order, cycle, grain, none,
        np.zeros((0, line.workers)), fresh, 20 * STEPS, np.zeros((MANY, 4), np.int64), np.zeros(MANY),
        np.empty((FOLLOWED, line.tasks + 1, cycle // grain + 1)),
    )  # fmt: skip
    return int(made)


class Beam:
    """One walk through the layers; every layer is a round."""

    def __init__(self, layers: Layers, width: int) -> None:
        self.layers, self.width, self.each = layers, width, EACH
        first = max(0, layers.rows - GUIDES)
        self.known, self.knowns = layers.known[first : layers.rows].copy(), layers.knowns[first : layers.rows].copy()
        self.trail: list[tuple[Array, Array]] = []
        self.parts = np.zeros((1, 4), np.int64)
        self.plan: tuple[Array, Array] | None = None

    @property
    def ended(self) -> bool:
        """Tell whether the walk has found a plan or has nowhere to go."""
        return self.plan is not None or not len(self.parts)

    def round(self, pool: ThreadPoolExecutor) -> None:
        """Go on to the next layer."""
        self.each = max(EACH, 2 * self.width // len(self.parts))
        found = list(pool.map(self._spread, self.parts.tolist()))
        for at, (made, kids, _) in enumerate(found):
            if made < 0:
                self.plan = self._placed(at, kids[0])
                return
        parents = np.repeat(np.arange(len(found)), [made for made, _, _ in found])
        kids = np.concatenate([kids[:made] for made, kids, _ in found])
        scores = np.concatenate([scores[:made] for made, _, scores in found])
        order = np.lexsort((kids[:, 2], kids[:, 1], kids[:, 0], scores))
        seen: set[tuple[int, int, int]] = set()
        kept: list[int] = []
        for i in order.tolist():
            key = (int(kids[i, 0]), int(kids[i, 1]), int(kids[i, 2]))
            if key not in seen:
                seen.add(key)
                kept.append(i)
            if len(kept) == self.width:
                break
        self.trail.append((self.parts, parents[kept]))
        self.parts = kids[kept]

    def _spread(self, part: list[int]) -> tuple[int, Array, Array]:
        layers = self.layers
        left = [w for w in range(layers.line.workers) if not part[0] >> w & 1]
        fresh = np.array([w for w in left if int(layers.twins[w]) not in left], np.int64)
        kids, scores = np.zeros((self.each, 4), np.int64), np.zeros(self.each)
        table = np.empty((FOLLOWED, layers.line.tasks + 1, layers.cycle // layers.grain + 1))
        made = spread(
            np.array(part[:3], np.int64), layers.form, layers.line.order, layers.cycle, layers.grain, self.known,
            self.knowns, fresh, STEPS, kids, scores, table,
        )  # fmt: skip
        return int(made), kids, scores

    def _placed(self, at: int, last: Array) -> tuple[Array, Array]:
        """Return station of every task and worker of every station."""
        chain = [last]
        parts = self.parts
        for before, parents in reversed(self.trail):
            chain.append(parts[at])
            at, parts = int(parents[at]), before
        chain.reverse()
        tasks, workers = self.layers.line.tasks, self.layers.line.workers
        place, order, done = np.zeros(tasks, np.int64), list[int](), (0, 0)
        for s, kid in enumerate(chain):
            order.append(int(kid[3]))
            new = (int(kid[1]) & ~done[0], int(kid[2]) & ~done[1])
            done = (int(kid[1]), int(kid[2]))
            for t in range(tasks):
                if new[t // BITS] >> t % BITS & 1:
                    place[t] = s
        order += [w for w in range(workers) if w not in order]
        return place, np.array(order, np.int64)
