"""The work of a round on one part of a line: the next station filled by every worker left."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from klaver.design.lines.arrays import BITS, Array
from klaver.design.lines.kernels.grow import ACTIVE, DONE, grow

PROGRAMS, STEPS = 12, 400_000
"""The most linear programs and steps of one unit in one round."""

COLUMNS = 6000
KEPT = 4000
"""Columns that units have in common; there is room for more while one works."""

WIDE = 40
"""Tasks that the sets of a pool hold on average at most."""

Part = tuple[int, int, int]
Column = tuple[int, int, int]


@dataclass
class Unit:
    """One part, the workers who may be next, and where the work on the first of them stopped.

    ``node`` is its number, ``basis`` where the linear program of the part ended.
    """

    part: Part
    workers: list[int]
    node: int
    basis: Array
    frame: Array | None = None
    level: int = 0


@dataclass
class Found:
    """What the work on one unit in one round gave; ``before`` is the number of its first new column."""

    before: int
    prices: Array = field(default_factory=lambda: np.zeros((0, 0)))
    earned: Array = field(default_factory=lambda: np.zeros((0, 0)))
    kids: list[tuple[int, int, int, int]] = field(default_factory=list)
    bases: Array = field(default_factory=lambda: np.zeros((0, 0), np.int64))
    columns: list[Column] = field(default_factory=list)
    programs: int = 0
    last: Array | None = None
    end: tuple[int, Part] | None = None


class Pool:
    """Sets of tasks for the linear program, with a basis to start from."""

    def __init__(self, tasks: int, workers: int) -> None:
        self.first = 2 * tasks + workers
        self.starts = np.zeros(COLUMNS + 1, np.int64)
        self.tasks = np.zeros(COLUMNS * min(WIDE, tasks), np.int64)
        self.workers = np.zeros(COLUMNS, np.int64)
        self.sets = np.zeros((COLUMNS, 2), np.int64)
        self.count = np.zeros(2, np.int64)
        self.basis = np.array([*range(tasks), *range(2 * tasks, self.first)], np.int64)
        self.inverse = np.eye(tasks + workers)
        self.names: dict[Column, int] = {}

    def name(self) -> None:
        """Give every column its number by what it holds."""
        self.names = {column: c for c, column in enumerate(self.columns(0, int(self.count[0])))}

    def columns(self, first: int, last: int) -> list[Column]:
        """Return columns as (worker, words of its tasks)."""
        return [(int(self.workers[c]), int(self.sets[c, 0]), int(self.sets[c, 1])) for c in range(first, last)]

    def copy(self) -> Pool:
        """Return a pool of its own for one unit."""
        made = object.__new__(Pool)
        c, at = int(self.count[0]), int(self.count[1])
        for key in ("starts", "tasks", "workers", "sets"):
            full = getattr(self, key)
            part = np.empty_like(full)
            used = {"starts": c + 1, "tasks": at}.get(key, c)
            part[:used] = full[:used]
            setattr(made, key, part)
        made.count, made.inverse, made.basis = self.count.copy(), np.empty_like(self.inverse), self.basis
        return made

    def add(self, columns: list[Column]) -> None:
        """Add columns that are not there yet, as long as there is room."""
        for column in columns:
            c, at = int(self.count[0]), int(self.count[1])
            tasks = [
                t for k in range(2) for t in range(k * BITS, (k + 1) * BITS) if column[1 + k] >> (t - k * BITS) & 1
            ]
            if column in self.names or c >= KEPT or at + len(tasks) > len(self.tasks) * KEPT // COLUMNS:
                continue
            self.names[column] = c
            self.tasks[at : at + len(tasks)] = tasks
            self.workers[c], self.sets[c] = column[0], column[1:]
            self.starts[c + 1] = at + len(tasks)
            self.count[:] = c + 1, at + len(tasks)

    def renamed(self, bases: Array, found: Found) -> Array:
        """Return bases with the columns that a unit added under the numbers they have for all."""
        first = self.first + found.before
        names = np.array([self.names.get(column, -1) for column in found.columns] or [-1], np.int64)
        new = bases >= first
        at = names[np.where(new, bases - first, 0)]
        made = np.where(new, self.first + at, bases)
        made[(new & (at < 0)).any(axis=1)] = self.basis
        return made


def work(
    unit: Unit,
    form: tuple[Array, Array, Array, Array],
    order: Array,
    cycle: int,
    grain: int,
    known: tuple[Array, Array],
    common: Pool,
    start: Array,
) -> Found:
    """Fill the next station of a part, worker after worker, until the work of a round is spent."""
    m, n = form[0].shape
    mine, mines = np.zeros((PROGRAMS + 1, n)), np.zeros((PROGRAMS + 1, m))
    kids, bases = np.zeros((PROGRAMS + 2, 2), np.int64), np.zeros((PROGRAMS + 2, n + m), np.int64)
    pool, basis = common.copy(), start.copy()
    found = Found(int(pool.count[0]))
    table = np.empty((ACTIVE, n + 1, cycle // grain + 1))
    counts = np.zeros(6, np.int64)
    while unit.workers:
        w = unit.workers[0]
        if unit.frame is None:
            unit.frame, unit.level = np.zeros((n + 2, 4), np.int64), 0
            unit.frame[0, 3] = cycle
        counts[2] = unit.level
        before = int(counts[1])
        said = grow(
            np.array([*unit.part, w], np.int64), form, order, cycle, grain, *known, len(known[0]), mine, mines, counts,
            pool.starts, pool.tasks, pool.workers, pool.count, pool.sets, basis, common.basis, pool.inverse,
            unit.frame, kids, bases, PROGRAMS - int(counts[3]), STEPS, table,
        )  # fmt: skip
        used = unit.part[0] | 1 << w
        found.kids += [(used, int(a), int(b), w) for a, b in kids[before : counts[1]]]
        unit.level = int(counts[2])
        if counts[5]:
            found.end = (w, found.kids[-1][:3])
            break
        if said != DONE:
            break
        unit.workers.pop(0)
        unit.frame = None
    found.prices, found.earned = mine[: counts[0]], mines[: counts[0]]
    found.bases, found.programs = bases[: counts[1]], int(counts[3])
    found.columns = pool.columns(found.before, int(pool.count[0]))
    found.last = basis if counts[0] else None
    return found
