"""The jobs for which a person lacks least, compiled: what is lacked is added up for 64 jobs at once."""

from __future__ import annotations

import numpy as np
from numba import njit

from klaver.matching.kernels.fast_ones import _ones

_U = np.uint64


@njit(nogil=True, cache=True)
def _allowed(held, spans, reached, kinds_bits, kinds_spans, kinds_travel, flags):
    """Set per kind of conditions whether a person may keep it."""
    for k in range(flags.shape[0]):
        fits = (kinds_bits[0, k] & ~held[0]) | (kinds_bits[1, k] & ~held[1]) == _U(0)
        for span in range(4):
            fits = fits & (spans[span, 0] <= kinds_spans[span, k]) & (kinds_spans[span, k] <= spans[span, 1])
        flags[k] = fits & (reached[kinds_travel[k]] != 0)


@njit(nogil=True, cache=True)
def _lacking(levels, rows, filled, planes):
    """Add up per job what a person lacks, in three planes of bits and one of who lacks more than seven levels."""
    n = planes.shape[1]
    low = planes[0]
    mid = planes[1]
    high = planes[2]
    over = planes[3]
    for i in range(n):
        low[i] = _U(0)
        mid[i] = _U(0)
        high[i] = _U(0)
        over[i] = _U(0)
    for at in range(levels.shape[0]):
        for level in range(levels[at], 4):
            r = 4 * at + level
            if filled[r]:
                asks = rows[r]
                for i in range(n):
                    x = asks[i]
                    c0 = low[i] & x
                    low[i] ^= x
                    c1 = mid[i] & c0
                    mid[i] ^= c0
                    over[i] |= high[i] & c1
                    high[i] ^= c1


@njit(nogil=True, cache=True)
def _first_jobs(planes, kinds, flags, numbers, totals, total, weight, wanted, found_numbers, found_keys):
    """Take allowed jobs with no shortfall, then one level and so on to seven, each in the order of jobs."""
    found = 0
    for short in range(8):
        for i in range(planes.shape[1]):
            here = ~planes[3, i]
            here &= planes[0, i] if short & 1 else ~planes[0, i]
            here &= planes[1, i] if short & 2 else ~planes[1, i]
            here &= planes[2, i] if short & 4 else ~planes[2, i]
            while here != _U(0):
                last = here & (~here + _U(1))
                here ^= last
                job = i * 64 + np.int64(_ones(last - _U(1)))
                if job < numbers.shape[0] and flags[kinds[job]] != 0:
                    found_numbers[found] = numbers[job]
                    found_keys[found] = weight * short + total - totals[job] + short
                    found += 1
                    if found == wanted:
                        return found
    return found


@njit(nogil=True, cache=True)
def nearest_of_all(
    levels,
    held,
    spans,
    reached,
    rows,
    filled,
    totals,
    numbers,
    kinds,
    sizes,
    kinds_bits,
    kinds_spans,
    kinds_travel,
    weight,
    found_numbers,
    found_keys,
):
    """Fill per person the jobs of the smallest key; a place that stays empty keeps the number that it had.

    The key is ``weight`` times the shortfall plus the excess, ties by job number. Jobs are sorted by their sum of
    levels ``totals``, the largest first, then by ``numbers``: as ``excess = total - totals + shortfall``, jobs of one
    shortfall are then in the order of their key. ``rows`` (144, W) are bit sets of the jobs that ask a level or more,
    ``filled`` tells which have any; ``levels`` (n, 36) are of the people. Jobs with the same conditions are of one of
    ``kinds``; a person is laid beside each kind once, ``sizes`` is how many jobs it has.
    """
    planes = np.empty((4, rows.shape[1]), np.uint64)
    flags = np.empty(sizes.shape[0], np.uint8)
    many = found_numbers.shape[1]
    for at in range(levels.shape[0]):
        _allowed(held[at], spans[at], reached[at], kinds_bits, kinds_spans, kinds_travel, flags)
        wanted = 0
        for k in range(flags.shape[0]):
            wanted += sizes[k] if flags[k] != 0 else 0
        wanted = min(wanted, many)
        if wanted == 0:
            continue
        total = np.int64(0)
        for d in range(levels.shape[1]):
            total += levels[at, d]
        _lacking(levels[at], rows, filled, planes)
        found = _first_jobs(
            planes, kinds, flags, numbers, totals, total, weight, wanted, found_numbers[at], found_keys[at]
        )
        if found == wanted:
            continue
        begun = found
        for job in range(numbers.shape[0]):  # few people come here: what they lack is over seven levels
            if flags[kinds[job]] == 0 or planes[3, job >> 6] >> _U(job & 63) & _U(1) == _U(0):
                continue
            short = 0
            for d in range(levels.shape[1]):
                for level in range(levels[at, d], 4):
                    short += np.int64(rows[4 * d + level, job >> 6] >> _U(job & 63) & _U(1))
            key = weight * short + total - totals[job] + short
            if found == wanted and not (
                key < found_keys[at, found - 1]
                or (key == found_keys[at, found - 1] and numbers[job] < found_numbers[at, found - 1])
            ):
                continue
            place = found if found < wanted else wanted - 1
            while place > begun and (
                found_keys[at, place - 1] > key
                or (found_keys[at, place - 1] == key and found_numbers[at, place - 1] > numbers[job])
            ):
                found_keys[at, place] = found_keys[at, place - 1]
                found_numbers[at, place] = found_numbers[at, place - 1]
                place -= 1
            found_keys[at, place] = key
            found_numbers[at, place] = numbers[job]
            found = min(wanted, found + 1)
