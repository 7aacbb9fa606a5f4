"""The counting loops in numpy; what each of them counts is told in :mod:`klaver.matching.kernels.fast`."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]

BLOCK = 4096
"""Words in a block: its running bit sets stay in the cache, and a call of numpy is worth its while."""


def ones(words: Words) -> int:
    """Return how many bits are set."""
    return int(np.bitwise_count(words).sum())


def _blocks(first: int, last: int) -> Iterator[slice]:
    for begin in range(first, last, BLOCK):
        yield slice(begin, min(last, begin + BLOCK))


def _kept(conditions: Words, which: Places, start: int, end: int, at: slice) -> Words | None:
    """Return the people who keep all conditions of a job, or ``None`` when it has none."""
    if start == end:
        return None
    kept: Words = conditions[which[start], at].copy()
    for c in range(start + 1, end):
        np.bitwise_and(kept, conditions[which[c], at], out=kept)
    return kept


def _planes(
    rows: Words, plan: Places, missing: Places, start: int, end: int, over: Words, at: slice, many: int
) -> list[Words]:
    """Add up what each person lacks in ``many`` planes of bits; ``over`` keeps what does not fit in them."""
    planes = [np.zeros_like(over) for _ in range(many)]
    carry, lacks = np.empty_like(over), np.empty_like(over)
    for r in range(start, end):
        if not len(missing):
            np.invert(rows[plan[r], at], out=lacks)
        else:
            np.bitwise_or(rows[plan[r], at], rows[missing[r], at], out=lacks)
            np.invert(lacks, out=lacks)
        for plane in planes:
            np.bitwise_and(plane, lacks, out=carry)
            np.bitwise_xor(plane, lacks, out=plane)
            lacks, carry = carry, lacks
        np.bitwise_or(over, lacks, out=over)
    return planes


def count_within(
    rows: Words,
    plan: Places,
    missing: Places,
    starts: Places,
    conditions: Words,
    which: Places,
    which_starts: Places,
    support: int,
    first: int,
    last: int,
    out: Counts,
    many: int = 2,
) -> None:
    """Add per job the people with no shortfall, and those with at most ``support`` levels, to ``out``."""
    for at in _blocks(first, last):
        for job in range(len(starts) - 1):
            kept = _kept(conditions, which, which_starts[job], which_starts[job + 1], at)
            over = np.zeros(at.stop - at.start, np.uint64) if kept is None else np.invert(kept)
            planes = _planes(rows, plan, missing, starts[job], starts[job + 1], over, at, many)
            none = np.bitwise_or.reduce([over, *planes])
            out[job, 0] += ones(~none)
            out[job, 1] += ones(~_above(planes, support, over))


def count_within_seven(
    rows: Words,
    plan: Places,
    missing: Places,
    starts: Places,
    conditions: Words,
    which: Places,
    which_starts: Places,
    support: int,
    first: int,
    last: int,
    out: Counts,
) -> None:
    """Do as :func:`count_within` for 4 to 7 levels of support, with a plane more."""
    count_within(rows, plan, missing, starts, conditions, which, which_starts, support, first, last, out, many=3)


def _above(planes: list[Words], support: int, over: Words) -> Words:
    """Return who lacks more than ``support`` levels: the first plane from above that differs decides."""
    above, equal = over.copy(), ~over
    for place in reversed(range(len(planes))):
        if support >> place & 1:
            equal &= planes[place]
        else:
            above |= equal & planes[place]
            equal &= ~planes[place]
    return above


def count_open(
    rows: Words,
    plan: Places,
    missing: Places,
    starts: Places,
    conditions: Words,
    which: Places,
    which_starts: Places,
    first: int,
    last: int,
    out: Counts,
) -> None:
    """Add per job the people with no shortfall to ``out``; the plan holds one row per dimension that is asked."""
    for at in _blocks(first, last):
        known = np.empty(at.stop - at.start, np.uint64)
        for job in range(len(starts) - 1):
            found = _kept(conditions, which, which_starts[job], which_starts[job + 1], at)
            if found is None:
                found = np.full(at.stop - at.start, ~np.uint64(0))
            for r in range(starts[job], starts[job + 1]):
                if not len(missing):
                    np.bitwise_and(found, rows[plan[r], at], out=found)
                else:
                    np.bitwise_or(rows[plan[r], at], rows[missing[r], at], out=known)
                    np.bitwise_and(found, known, out=found)
            out[job, 0] += ones(found)


def count_blockers(
    rows: Words,
    plan: Places,
    missing: Places,
    lower: Places,
    conditions: Words,
    sure: Places,
    maybe: Places,
    complete: int,
    last: int,
    out: Counts,
) -> None:
    """Add per requirement of one job the people for whom exactly this one is not surely met."""
    del complete  # what is known is not passed over faster here
    levels = len(plan)
    for at in _blocks(0, last):
        asked = [*(rows[r, at] for r in plan), *(conditions[c, at] for c in sure)]
        one, two = np.zeros(at.stop - at.start, np.uint64), np.zeros(at.stop - at.start, np.uint64)
        for row in asked:
            two |= one & ~row
            one |= ~row
        one &= ~two
        for k, row in enumerate(asked):
            lacks = one & ~row
            if k < levels:
                shut = lacks & ~rows[missing[k], at]
                less = shut if lower[k] < 0 else shut & rows[lower[k], at]
                out[k] += ones(shut), ones(lacks & rows[missing[k], at]), ones(less)
            else:
                may = conditions[maybe[k - levels], at]
                out[k] += ones(lacks & ~may), ones(lacks & may), 0


def count_each(sets: Words, now: Words, out: Counts) -> None:
    """Add per bit set of ``sets`` how many people it has in common with ``now`` to ``out``."""
    for task in range(len(sets)):
        out[task] += ones(sets[task] & now)


def count_together(sets: Words, tasks: Places, starts: Places, base: Words, out: Counts) -> None:
    """Add per group of tasks how many people are in every one of its bit sets and in ``base`` to ``out``."""
    for group in range(len(starts) - 1):
        common = base.copy()
        for task in tasks[starts[group] : starts[group + 1]]:
            np.bitwise_and(common, sets[task], out=common)
        out[group] += ones(common)


def nearest_of_all(
    levels: npt.NDArray[np.uint8],
    held: Words,
    spans: Places,
    reached: npt.NDArray[np.uint8],
    rows: Words,
    filled: npt.NDArray[np.uint8],
    totals: Places,
    numbers: Places,
    kinds: Places,
    sizes: Places,
    kinds_bits: Words,
    kinds_spans: Places,
    kinds_travel: Places,
    weight: int,
    found_numbers: Places,
    found_keys: Places,
) -> None:
    """Fill per person the jobs of the smallest key; a place that stays empty keeps the number that it had."""
    del filled, sizes  # nothing is passed by here
    asked = np.unpackbits(rows.view(np.uint8), axis=1, bitorder="little", count=len(numbers))
    demands = asked.reshape(len(levels[0]) if len(levels) else 36, 4, -1).sum(axis=1, dtype=np.int32)
    for at in range(len(levels)):
        fits = ((kinds_bits & ~held[at][:, None]) == 0).all(axis=0) & (reached[at][kinds_travel] != 0)
        fits &= ((spans[at][:, :1] <= kinds_spans) & (kinds_spans <= spans[at][:, 1:])).all(axis=0)
        may = np.flatnonzero(fits[kinds])
        mine = levels[at].astype(np.int32)
        short = np.maximum(demands[:, may] - mine[:, None], 0).sum(axis=0)
        keys = (weight + 1) * short + int(mine.sum()) - totals[may]
        order = np.lexsort((numbers[may], keys))[: found_numbers.shape[1]]
        found_numbers[at, : len(order)], found_keys[at, : len(order)] = numbers[may[order]], keys[order]
