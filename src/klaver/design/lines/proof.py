"""Check a certificate: that no plan of a line has a cycle time as short as it says: whole numbers, no solver.

Prices refute a part of a line when what is still to do is worth more than the workers left can earn: a worker earns at
most the dearest set of tasks without a gap that fits in the cycle time. That most is worked out here anew for every row
and worker. From the empty line on, the next station is filled in every full way by every worker left; each way must be
refuted by a row, or becomes a part of the next layer. When a layer is empty, nothing is possible. Filling a station is
enough for full stations only: a task that is done earlier than it could be hinders nobody.

The loops are those of ``kernels/recheck``; nothing of the search is asked. A slow twin in plain whole numbers stands in
the tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from klaver.design.lines.kernels.recheck import (
    BITS,
    NEVER,
    POSSIBLE,
    clashes,
    dearest,
    fill,
    needs,
    undominated,
)
from klaver.design.lines.records import Line, LineCertificate
from klaver.design.lines.validate import circle

Array = np.ndarray[Any, np.dtype[Any]]

WORK = 2_000_000_000
"""Steps after which a check is given up: some half a minute where the loops are compiled."""

MOST_TASKS, MOST_WORKERS = 2 * BITS, BITS
LIGHT = 8
"""Rows and workers for which one step counts when it is worked out what a station must be worth."""

LARGEST = 1 << 60
"""What the sum of a row times the cycle time stays below, so that no number grows too large for its word."""


class Unproved(Exception):
    """The certificate does not show what it says; ``why`` names the reason."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass
class _Steps:
    """How many steps were made of those that may be."""

    most: int
    made: int = 0

    def spend(self, count: int) -> None:
        self.made += count
        if self.made > self.most:
            raise Unproved("work")

    @property
    def left(self) -> int:
        return self.most - self.made


@dataclass
class _Form:
    """A line turned the way the certificate reads it: times (m, n), and the order as words of bits (n, 2)."""

    times: Array
    above: Array
    below: Array
    order: Array
    twins: list[int]
    cycle: int


@dataclass
class _Rows:
    """Prices (rows, n) and the same by task, what each worker can earn (m, rows), and which rows refuted something."""

    prices: Array
    by_task: Array
    earned: Array
    used: Array


def check(line: Line, certificate: LineCertificate, most: int = WORK) -> int:
    """Accept a certificate, or say why not; return how many steps it took.

    Raises
    ------
    Unproved
        With ``why``: another line, a row of another length, a part that stays possible, or too much work.
    """
    return _retrace(line, certificate, most)[0]


def shortened(line: Line, certificate: LineCertificate, most: int = WORK) -> LineCertificate:
    """Accept a certificate and return it with the rows alone that refuted something; those are enough.

    What survives all rows survives some of them, and what was refuted is refuted by a row that is kept.

    Raises
    ------
    Unproved
        As ``check`` does.
    """
    used = _retrace(line, certificate, most)[1]
    rows = tuple(row for row, needed in zip(certificate.prices, used, strict=True) if needed)
    return certificate.model_copy(update={"prices": rows})


def _retrace(line: Line, certificate: LineCertificate, most: int) -> tuple[int, Array]:
    """Return the steps of a check that accepts, and which rows refuted something in it."""
    if certificate.line != line.fingerprint() or circle(line):
        raise Unproved("line")
    if any(len(row) != len(line.tasks) for row in certificate.prices):
        raise Unproved("row")
    everybody = len(line.workers)
    if not 0 < certificate.workers <= everybody:
        raise Unproved("workers")
    if not line.tasks:
        raise Unproved("state")
    dearest_row = max([sum(map(abs, row)) for row in certificate.prices] or [0])
    if len(line.tasks) > MOST_TASKS or everybody > MOST_WORKERS or dearest_row * certificate.cycle >= LARGEST:
        raise Unproved("work")
    steps, form = _Steps(most), _form(line, certificate)
    prices = np.array(certificate.prices, np.int64).reshape(-1, len(line.tasks))
    rows = _Rows(prices, prices.T.copy(), _earned(form, prices, steps), np.zeros(len(prices), np.bool_))
    layer = np.zeros((1, 3), np.int64)
    for _ in range(certificate.workers):
        grown = [np.zeros((0, 3), np.int64)]
        for part in layer:
            grown += _next(form, rows, certificate.workers, part, steps)
        layer = _undominated(np.concatenate(grown), steps)
        if not len(layer):
            break
    return steps.made, rows.used


def _next(form: _Form, rows: _Rows, workers: int, part: Array, steps: _Steps) -> Iterator[Array]:
    """Yield what a part of the line becomes when the next station is filled by each worker left."""
    steps.spend(len(rows.prices) * len(form.times) // LIGHT)
    need = np.empty_like(rows.earned)
    needs(rows.by_task, rows.earned, workers, part, need)
    before = int(part[0])
    for w, twin in enumerate(form.twins):
        if before >> w & 1 or (twin >= 0 and not before >> twin & 1):
            continue
        ways, count, made = fill(
            form.order, form.times[w], form.above, form.cycle, rows.prices, rows.earned[w], part, need[w], rows.used,
            steps.left,
        )  # fmt: skip
        if count == POSSIBLE:
            raise Unproved("state")
        steps.spend(made)
        if count:
            yield np.column_stack([np.full(count, before | 1 << w), ways[:count]])


def _form(line: Line, certificate: LineCertificate) -> _Form:
    """Return the line as the loops read it."""
    count, cycle = len(line.tasks), certificate.cycle
    pairs = [(b, a) if certificate.backwards else (a, b) for a, b in line.arcs()]
    before: list[set[int]] = [set() for _ in range(count)]
    for a, b in pairs:
        before[b].add(a)
    above, order, left = [0] * count, list[int](), set(range(count))
    while left:
        ready = sorted(t for t in left if not before[t] & left)
        for t in ready:
            for a in before[t]:
                above[t] |= above[a] | 1 << a
        order += ready
        left -= set(ready)
    below = [sum(1 << b for b in range(count) if above[b] >> t & 1) for t in range(count)]
    times = [
        [NEVER if time is None or time > cycle else time for time in column]
        for column in zip(*(task.times for task in line.tasks), strict=True)
    ]
    twins = [next((v for v in range(w - 1, -1, -1) if times[v] == row), -1) for w, row in enumerate(times)]
    return _Form(np.array(times, np.int64), _words(above), _words(below), np.array(order, np.int64), twins, cycle)


def _words(sets: list[int]) -> Array:
    return np.array([[one & (1 << BITS) - 1, one >> BITS] for one in sets], np.int64)


def _earned(form: _Form, prices: Array, steps: _Steps) -> Array:
    """Return what each worker can earn at most at the prices of each row: (m, rows)."""
    made = np.zeros((len(form.times), len(prices)), np.int64)
    clash = clashes(form.times, form.above, form.below, form.cycle)
    for w, times in enumerate(form.times):
        for row, price in enumerate(prices):
            made[w, row], spent = dearest(price, times, clash[w], form.above, form.below, form.cycle, steps.left)
            steps.spend(int(spent))
    return made


def _undominated(parts: Array, steps: _Steps) -> Array:
    """Drop a part when another one with the same workers has done all of it and more."""
    parts = np.unique(parts, axis=0)
    many = np.array([int(a).bit_count() + int(b).bit_count() for _, a, b in parts], np.int64)
    parts = parts[np.lexsort((parts[:, 2], parts[:, 1], -many, parts[:, 0]))]
    kept, spent = undominated(parts, steps.left)
    steps.spend(int(spent))
    most: Array = parts[kept]
    return most
