"""A line as arrays of whole numbers, as the loops read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from klaver.design.lines.records import Line, Station

Array = np.ndarray[Any, np.dtype[Any]]

BITS = 60
"""Bits of a word that are used: a word is never negative, compiled or not."""

NEVER = 1 << 40
"""The time of a task for a worker who cannot do it."""


@dataclass(frozen=True)
class Arrays:
    """``times`` (m, n) with ``NEVER``; neighbours in the order as padded lists; the closed order as words of bits.

    ``order`` lists the tasks so that none comes before what it needs; ``above[t]`` are the words of all that must come
    before task t, ``below[t]`` of all that must come after it, ``direct[t]`` of what comes right before it.
    """

    times: Array
    before: Array
    befores: Array
    after: Array
    afters: Array
    order: Array
    above: Array
    below: Array
    words: int

    @property
    def tasks(self) -> int:
        """Number of tasks."""
        return int(self.times.shape[1])

    @property
    def workers(self) -> int:
        """Number of workers."""
        return int(self.times.shape[0])


def arrays(line: Line, backwards: bool = False) -> Arrays:
    """Return a line as arrays; ``backwards`` turns the order round."""
    pairs = [(b, a) if backwards else (a, b) for a, b in line.arcs()]
    count, words = len(line.tasks), -(-len(line.tasks) // BITS)
    rows = [[NEVER if time is None else time for time in task.times] for task in line.tasks]
    before: list[list[int]] = [[] for _ in range(count)]
    after: list[list[int]] = [[] for _ in range(count)]
    for a, b in sorted(set(pairs)):
        before[b].append(a)
        after[a].append(b)
    order = _sorted(before, after)
    above, below = [0] * count, [0] * count
    for t in order:
        for a in before[t]:
            above[t] |= above[a] | 1 << a
    for t in reversed(order):
        for b in after[t]:
            below[t] |= below[b] | 1 << b
    return Arrays(
        times=np.ascontiguousarray(np.array(rows, np.int64).T),
        before=_padded(before),
        befores=np.array([len(r) for r in before], np.int64),
        after=_padded(after),
        afters=np.array([len(r) for r in after], np.int64),
        order=np.array(order, np.int64),
        above=_words(above, words),
        below=_words(below, words),
        words=words,
    )


def _sorted(before: list[list[int]], after: list[list[int]]) -> list[int]:
    left = [len(row) for row in before]
    free = [t for t, count in enumerate(left) if not count]
    order = []
    while free:
        t = free.pop(0)
        order.append(t)
        for b in after[t]:
            left[b] -= 1
            if not left[b]:
                free.append(b)
    return order


def _padded(rows: list[list[int]]) -> Array:
    width = max(1, *(len(row) for row in rows)) if rows else 1
    return np.array([row + [0] * (width - len(row)) for row in rows], np.int64)


def _words(masks: list[int], words: int) -> Array:
    return np.array([[mask >> BITS * k & (1 << BITS) - 1 for k in range(words)] for mask in masks], np.int64)


def stations(line: Line, place: Array, worker: Array) -> tuple[Station, ...]:
    """Return stations from the place of each task and the worker of each station."""
    ranked = sorted(range(len(line.tasks)), key=lambda t: (int(place[t]), t))
    rank = {t: at for at, t in enumerate(arrays(line).order.tolist())}
    made = []
    for s in range(len(worker)):
        mine = sorted((t for t in ranked if place[t] == s), key=lambda t: rank[t])
        tasks = tuple(line.tasks[t].id for t in mine)
        made.append(Station(worker=line.workers[int(worker[s])], tasks=tasks))
    return tuple(made)
