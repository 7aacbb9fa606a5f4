"""The counting loops, compiled. A block of words stays in the nearest cache while every row of a job passes over it.

All arrays are C-contiguous. ``rows`` (R, W) are bit sets of 64 people a word: bit i of a row is set when person i has
at least that level. A job is a list of row numbers, rarest first, so that a block in which nobody is left is dropped
early. ``missing`` gives per row of the plan the row of people of whom that dimension is not known; it is there when
people are read at the possible end, and empty at the sure end. ``conditions`` (C, W) are the
bit sets of conditions; ``which`` lists those of each job.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from klaver.matching.kernels import ROWS_TOGETHER
from klaver.matching.kernels.fast_nearest import nearest_of_all
from klaver.matching.kernels.fast_ones import _ones
from klaver.matching.shards import NOBODY_ROW

BLOCK = 128
"""Words in a block: three running bit sets and three rows stay within 32 kB."""

SHORT = 4096
"""Words in a block when whole groups of tasks are counted."""

_U = np.uint64

__all__ = [
    "count_blockers",
    "count_each",
    "count_open",
    "count_together",
    "count_within",
    "count_within_seven",
    "nearest_of_all",
]


@njit(nogil=True, cache=True)
def _start(conditions, which, first, last, begin, n, over):
    """Set ``over`` to who breaks a condition; return whether anybody is left."""
    for i in range(n):
        over[i] = _U(0)
    for c in range(first, last):
        kept = conditions[which[c], begin : begin + n]
        for i in range(n):
            over[i] |= ~kept[i]
    alive = _U(0)
    for i in range(n):
        alive |= ~over[i]
    return alive != _U(0)


@njit(nogil=True, cache=True)
def _joined(rows, plan, missing, first, begin, n, eight):
    """Write eight rows, each with those of whom it is not known, to ``eight``."""
    for k in range(ROWS_TOGETHER):
        row = rows[plan[first + k], begin : begin + n]
        not_known = rows[missing[first + k], begin : begin + n]
        for i in range(n):
            eight[k, i] = row[i] | not_known[i]


@njit(nogil=True, cache=True)
def count_within(rows, plan, missing, starts, conditions, which, which_starts, support, first, last, out):
    """Add per job the people with no shortfall, and those with at most ``support`` (0 to 3) levels, to ``out``.

    The levels that a person lacks are added up in two planes of bits, eight rows at a time, so that 64 people are
    counted at once: three bits of one weight make one of that weight and one of the next. A third plane keeps who
    lacks more than three levels or breaks a condition.
    """
    low = np.empty(BLOCK, np.uint64)
    high = np.empty(BLOCK, np.uint64)
    over = np.empty(BLOCK, np.uint64)
    eight = np.empty((ROWS_TOGETHER, BLOCK), np.uint64)
    unknown = missing.shape[0] > 0
    for begin in range(first, last, BLOCK):
        n = min(BLOCK, last - begin)
        for job in range(starts.shape[0] - 1):
            if not _start(conditions, which, which_starts[job], which_starts[job + 1], begin, n, over):
                continue
            for i in range(n):
                low[i] = _U(0)
                high[i] = _U(0)
            alive = _U(1)
            r = starts[job]
            while r < starts[job + 1] and alive != _U(0):
                if unknown:
                    _joined(rows, plan, missing, r, begin, n, eight)
                a = eight[0, :n] if unknown else rows[plan[r], begin : begin + n]
                b = eight[1, :n] if unknown else rows[plan[r + 1], begin : begin + n]
                c = eight[2, :n] if unknown else rows[plan[r + 2], begin : begin + n]
                d = eight[3, :n] if unknown else rows[plan[r + 3], begin : begin + n]
                e = eight[4, :n] if unknown else rows[plan[r + 4], begin : begin + n]
                f = eight[5, :n] if unknown else rows[plan[r + 5], begin : begin + n]
                g = eight[6, :n] if unknown else rows[plan[r + 6], begin : begin + n]
                h = eight[7, :n] if unknown else rows[plan[r + 7], begin : begin + n]
                alive = _U(0)
                for i in range(n):
                    one = low[i]
                    x = ~a[i]
                    y = ~b[i]
                    t1 = (one & x) | (one & y) | (x & y)
                    one = one ^ x ^ y
                    x = ~c[i]
                    y = ~d[i]
                    t2 = (one & x) | (one & y) | (x & y)
                    one = one ^ x ^ y
                    two = high[i]
                    o = over[i] | (two & t1) | (two & t2) | (t1 & t2)
                    two = two ^ t1 ^ t2
                    x = ~e[i]
                    y = ~f[i]
                    t1 = (one & x) | (one & y) | (x & y)
                    one = one ^ x ^ y
                    x = ~g[i]
                    y = ~h[i]
                    t2 = (one & x) | (one & y) | (x & y)
                    low[i] = one ^ x ^ y
                    o |= (two & t1) | (two & t2) | (t1 & t2)
                    high[i] = two ^ t1 ^ t2
                    over[i] = o
                    alive |= ~o
                r += ROWS_TOGETHER
            if alive == _U(0):
                continue
            none = _U(0)
            within = _U(0)
            if support == 3:
                for i in range(n):
                    none += _ones(~(over[i] | low[i] | high[i]))
                    within += _ones(~over[i])
            elif support == 2:
                for i in range(n):
                    none += _ones(~(over[i] | low[i] | high[i]))
                    within += _ones(~(over[i] | (low[i] & high[i])))
            else:
                for i in range(n):
                    none += _ones(~(over[i] | low[i] | high[i]))
                    within += _ones(~(over[i] | high[i]))
            out[job, 0] += np.int64(none)
            out[job, 1] += np.int64(within)


@njit(nogil=True, cache=True)
def count_within_seven(rows, plan, missing, starts, conditions, which, which_starts, support, first, last, out):
    """Do as :func:`count_within` for 4 to 7 levels of support, with a plane more."""
    low = np.empty(BLOCK, np.uint64)
    mid = np.empty(BLOCK, np.uint64)
    high = np.empty(BLOCK, np.uint64)
    over = np.empty(BLOCK, np.uint64)
    unknown = missing.shape[0] > 0
    for begin in range(first, last, BLOCK):
        n = min(BLOCK, last - begin)
        for job in range(starts.shape[0] - 1):
            if not _start(conditions, which, which_starts[job], which_starts[job + 1], begin, n, over):
                continue
            for i in range(n):
                low[i] = _U(0)
                mid[i] = _U(0)
                high[i] = _U(0)
            for r in range(starts[job], starts[job + 1]):
                row = rows[plan[r], begin : begin + n]
                not_known = rows[missing[r] if unknown else NOBODY_ROW, begin : begin + n]
                for i in range(n):
                    x = ~(row[i] | not_known[i])
                    c0 = low[i] & x
                    low[i] ^= x
                    c1 = mid[i] & c0
                    mid[i] ^= c0
                    over[i] |= high[i] & c1
                    high[i] ^= c1
            none = _U(0)
            within = _U(0)
            for i in range(n):
                none += _ones(~(over[i] | low[i] | mid[i] | high[i]))
                if support == 7:
                    too_many = _U(0)
                elif support == 6:
                    too_many = high[i] & mid[i] & low[i]
                elif support == 5:
                    too_many = high[i] & mid[i]
                else:
                    too_many = high[i] & (mid[i] | low[i])
                within += _ones(~(over[i] | too_many))
            out[job, 0] += np.int64(none)
            out[job, 1] += np.int64(within)


@njit(nogil=True, cache=True)
def count_open(rows, plan, missing, starts, conditions, which, which_starts, first, last, out):
    """Add per job the people with no shortfall to ``out``; the plan holds one row per dimension that is asked."""
    over = np.empty(BLOCK, np.uint64)
    eight = np.empty((ROWS_TOGETHER, BLOCK), np.uint64)
    unknown = missing.shape[0] > 0
    for begin in range(first, last, BLOCK):
        n = min(BLOCK, last - begin)
        for job in range(starts.shape[0] - 1):
            if not _start(conditions, which, which_starts[job], which_starts[job + 1], begin, n, over):
                continue
            alive = _U(1)
            r = starts[job]
            while r < starts[job + 1] and alive != _U(0):
                if unknown:
                    _joined(rows, plan, missing, r, begin, n, eight)
                a = eight[0, :n] if unknown else rows[plan[r], begin : begin + n]
                b = eight[1, :n] if unknown else rows[plan[r + 1], begin : begin + n]
                c = eight[2, :n] if unknown else rows[plan[r + 2], begin : begin + n]
                d = eight[3, :n] if unknown else rows[plan[r + 3], begin : begin + n]
                e = eight[4, :n] if unknown else rows[plan[r + 4], begin : begin + n]
                f = eight[5, :n] if unknown else rows[plan[r + 5], begin : begin + n]
                g = eight[6, :n] if unknown else rows[plan[r + 6], begin : begin + n]
                h = eight[7, :n] if unknown else rows[plan[r + 7], begin : begin + n]
                alive = _U(0)
                for i in range(n):
                    o = over[i] | ~(a[i] & b[i] & c[i] & d[i] & e[i] & f[i] & g[i] & h[i])
                    over[i] = o
                    alive |= ~o
                r += ROWS_TOGETHER
            if alive == _U(0):
                continue
            count = _U(0)
            for i in range(n):
                count += _ones(~over[i])
            out[job, 0] += np.int64(count)


@njit(nogil=True, cache=True)
def count_blockers(rows, plan, missing, lower, conditions, sure, maybe, complete, last, out):
    """Add per requirement of one job the people for whom exactly this one is not surely met.

    ``plan`` has one row per dimension, ``missing`` the row of who is not known there, ``lower`` the row one level
    lower or -1. ``sure`` and ``maybe`` are the conditions, at both ends. In the first ``complete`` words every level
    is known. Columns of ``out``: it is in the way; it is not known; one level lower it would not be in the way.
    """
    levels = plan.shape[0]
    asked = levels + sure.shape[0]
    one = np.empty(BLOCK, np.uint64)
    two = np.empty(BLOCK, np.uint64)
    for begin in range(0, last, BLOCK):
        n = min(BLOCK, last - begin)
        known = begin + n <= complete
        for i in range(n):
            one[i] = _U(0)
            two[i] = _U(0)
        alive = _U(1)
        k = 0
        while k < asked and alive != _U(0):
            row = rows[plan[k], begin : begin + n] if k < levels else conditions[sure[k - levels], begin : begin + n]
            j = k + 1 if k + 1 < asked else k
            next_ = rows[plan[j], begin : begin + n] if j < levels else conditions[sure[j - levels], begin : begin + n]
            alive = _U(0)
            if j == k:
                for i in range(n):
                    t = two[i] | (one[i] & ~row[i])
                    two[i] = t
                    one[i] |= ~row[i]
                    alive |= ~t
            else:
                for i in range(n):
                    x = ~row[i]
                    y = ~next_[i]
                    o = one[i]
                    t = two[i] | (o & x) | (o & y) | (x & y)
                    two[i] = t
                    one[i] = o | x | y
                    alive |= ~t
            k += 2
        if alive == _U(0):
            continue
        for i in range(n):
            one[i] &= ~two[i]
        for k in range(asked):
            row = rows[plan[k], begin : begin + n] if k < levels else conditions[sure[k - levels], begin : begin + n]
            shut = _U(0)
            ask = _U(0)
            less = _U(0)
            if known and k < levels:
                for i in range(n):
                    shut += _ones(one[i] & ~row[i])
            elif k < levels:
                not_known = rows[missing[k], begin : begin + n]
                for i in range(n):
                    lacks = one[i] & ~row[i]
                    ask += _ones(lacks & not_known[i])
                    shut += _ones(lacks & ~not_known[i])
            else:
                may = conditions[maybe[k - levels], begin : begin + n]
                for i in range(n):
                    lacks = one[i] & ~row[i]
                    ask += _ones(lacks & may[i])
                    shut += _ones(lacks & ~may[i])
            if k < levels and shut != _U(0):
                if lower[k] < 0:
                    less = shut
                else:
                    below = rows[lower[k], begin : begin + n]
                    for i in range(n):
                        less += _ones(one[i] & ~row[i] & below[i])
            out[k, 0] += np.int64(shut)
            out[k, 1] += np.int64(ask)
            out[k, 2] += np.int64(less)


@njit(nogil=True, cache=True)
def count_each(sets, now, out):
    """Add per bit set of ``sets`` (T, W) how many people it has in common with ``now`` (W,) to ``out`` (T,)."""
    for task in range(sets.shape[0]):
        row = sets[task]
        count = _U(0)
        for i in range(row.shape[0]):
            count += _ones(row[i] & now[i])
        out[task] += np.int64(count)


@njit(nogil=True, cache=True)
def count_together(sets, tasks, starts, base, out):
    """Add per group of tasks how many people are in every one of its bit sets and in ``base`` to ``out``.

    Eight sets at a time in one pass; a group of fewer names its last set again, which changes nothing.
    """
    common = np.empty(SHORT, np.uint64)
    for begin in range(0, base.shape[0], SHORT):
        n = min(SHORT, base.shape[0] - begin)
        for group in range(starts.shape[0] - 1):
            t = starts[group]
            end = starts[group + 1]
            now = base[begin : begin + n]
            while end - t > ROWS_TOGETHER:
                x = sets[tasks[t], begin : begin + n]
                for i in range(n):
                    common[i] = now[i] & x[i]
                now = common[:n]
                t += 1
            count = _U(0)
            last = end - 1
            if t == end:
                for i in range(n):
                    count += _ones(now[i])
            else:
                a = sets[tasks[t], begin : begin + n]
                b = sets[tasks[min(t + 1, last)], begin : begin + n]
                c = sets[tasks[min(t + 2, last)], begin : begin + n]
                d = sets[tasks[min(t + 3, last)], begin : begin + n]
                if end - t <= ROWS_TOGETHER // 2:
                    for i in range(n):
                        count += _ones(now[i] & a[i] & b[i] & c[i] & d[i])
                else:
                    e = sets[tasks[min(t + 4, last)], begin : begin + n]
                    f = sets[tasks[min(t + 5, last)], begin : begin + n]
                    g = sets[tasks[min(t + 6, last)], begin : begin + n]
                    h = sets[tasks[min(t + 7, last)], begin : begin + n]
                    for i in range(n):
                        count += _ones(now[i] & a[i] & b[i] & c[i] & d[i] & e[i] & f[i] & g[i] & h[i])
            out[group] += np.int64(count)
