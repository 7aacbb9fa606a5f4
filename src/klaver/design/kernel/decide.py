"""Is a day possible? A timetable proves yes, a stretch too short for its work no; up to twelve tasks are decided.

An order of tasks makes, of the moment somebody starts, the moment it is all done: the later of ``early`` and the start
plus ``length``, for a start up to ``latest``. Of two orders of the same tasks that end with the same one, the one that
is better in all three takes the place of the other; so all orders are looked through, and few are kept.
"""

from __future__ import annotations

import numpy as np

from klaver.design.kernel.compiled import entry, loops
from klaver.design.kernel.days import break_at, earliest, in_order, insert, push_together, settle
from klaver.design.kernel.numbers import (
    CLOSES,
    L_PAUSE,
    L_SHIFT_MIN,
    L_UNBROKEN,
    L_WAITING,
    OPENS,
    PLACE,
    TIMES,
    WORK,
)

MOST = 12
"""Occurrences in a day up to which every order is looked through."""

KEPT = 32
"""Orders kept of the same tasks with the same last one; with more of them nothing is proved any more."""

NO, OPEN, YES = -1, 0, 1


@entry
def overloaded(n, seq, many):
    """Tell whether some stretch of the day is shorter than the work that must lie in it wholly."""
    for i in range(many):
        start = n.cls[seq[i], OPENS]
        for j in range(many):
            end, inside = n.cls[seq[j], CLOSES], 0
            if end <= start:
                continue
            for k in range(many):
                c = seq[k]
                if n.cls[c, OPENS] >= start and n.cls[c, CLOSES] <= end:
                    inside += n.cls[c, WORK]
            if inside > end - start:
                return True
    return False


@entry
def decide(n, seq, many, at, span, free=False):
    """Look through every order of a row; ``YES`` with the row in a good one, ``NO`` when there is none, else ``OPEN``.

    A day is possible when windows, ways, order and the break are kept and nobody waits longer than the house allows.
    With ``free`` a break may also be taken by who need not have one, as no rule forbids.
    """
    if overloaded(n, seq, many) or _too_far_apart(n, seq, many):
        return NO
    if many > MOST:
        return OPEN
    states = (1 << many) * many * 2
    early = np.zeros((states, KEPT), np.int16)
    length = np.zeros((states, KEPT), np.int16)
    latest = np.zeros((states, KEPT), np.int16)
    parent = np.zeros((states, KEPT), np.int32)
    count = np.zeros(states, np.int16)
    worked = np.zeros((1 << many, 2), np.int64)  # the work of these, and when the last of the others can end at best
    for mask in range(1 << many):
        for i in range(many):
            if mask >> i & 1:
                worked[mask, 0] += n.cls[seq[i], WORK]
            else:
                worked[mask, 1] = max(worked[mask, 1], n.cls[seq[i], OPENS] + n.cls[seq[i], WORK])
    work, sure = worked[(1 << many) - 1, 0], True
    for i in range(many):
        c = seq[i]
        if (i == 0 or seq[i] not in seq[:i]) and _may_follow(n, seq, many, 0, i):
            s = ((1 << i) * many + i) * 2
            early[s, 0], length[s, 0] = n.cls[c, OPENS] + n.cls[c, WORK], n.cls[c, WORK]
            latest[s, 0], parent[s, 0], count[s] = n.cls[c, CLOSES] - n.cls[c, WORK], -1, 1
    for mask in range(1, 1 << many):
        for last in range(many):
            for rested in range(2):
                s = (mask * many + last) * 2 + rested
                for k in range(count[s]):
                    for i in range(many):
                        if mask >> i & 1 or not _may_follow(n, seq, many, mask, i):
                            continue
                        for rest in range(2 - rested):
                            sure &= _extend(
                                n,
                                seq,
                                many,
                                s,
                                k,
                                i,
                                mask,
                                last,
                                rested,
                                rest,
                                worked,
                                early,
                                length,
                                latest,
                                parent,
                                count,
                            )
    whole, may = (1 << many) - 1, False
    order = np.zeros(many, seq.dtype)
    for last in range(many):
        for rested in range(2):
            s = (whole * many + last) * 2 + rested
            for k in range(count[s]):
                there = max(length[s, k], early[s, k] - latest[s, k])
                paid = there - n.limits[L_PAUSE] * rested
                if paid > work + n.limits[L_WAITING] or (rested == 0 and there > n.limits[L_UNBROKEN]):
                    continue
                may = True
                _read(seq, many, s, k, parent, order)
                if settle(n, order, many, at, span) and span[3] == 0:
                    rest = n.limits[L_PAUSE] if span[2] >= 0 else 0
                    if at[many - 1] + n.cls[order[many - 1], WORK] - at[0] - rest <= work + n.limits[L_WAITING]:
                        seq[:many] = order
                        return YES
                if free and rested == 1 and _with_break(n, order, many, _gap(many, s, k, parent), at, span):
                    paid = span[1] - span[0] - n.limits[L_PAUSE]
                    if n.limits[L_SHIFT_MIN] <= paid <= work + n.limits[L_WAITING]:
                        seq[:many] = order
                        return YES
    return OPEN if may or not sure else NO


@entry
def grown(n, seq, many, c, at, span):
    """Put a class into a row, each occurrence where the day stays shortest; return how many there are then, or -1.

    ``seq`` and ``at`` have room for more; ``at`` and ``span`` get the timetable.
    """
    for _ in range(n.cls[c, TIMES]):
        many = insert(n, seq, many, c, at)
        if many < 0:
            return -1
    return many if settle(n, seq, many, at, span) else -1


@loops
def _too_far_apart(n, seq, many):
    """Tell whether the latest start of one and the earliest end of another leave too much waiting between them."""
    work, start, end = 0, 1 << 20, 0
    for i in range(many):
        c = seq[i]
        work += n.cls[c, WORK]
        start = min(start, n.cls[c, CLOSES] - n.cls[c, WORK])
        end = max(end, n.cls[c, OPENS] + n.cls[c, WORK])
    return end - start - n.limits[L_PAUSE] > work + n.limits[L_WAITING]


@loops
def _may_follow(n, seq, many, mask, i):
    """Tell whether occurrence ``i`` may come after those of ``mask``: order between tasks, and its own kind in turn."""
    for j in range(many):
        if j == i:
            continue
        done = mask >> j & 1
        if seq[j] == seq[i]:
            if j < i and not done:
                return False
        elif not done:
            pair = np.array([seq[i], seq[j]])
            if not in_order(n, pair, 2, 0):
                return False
    return True


@loops
def _extend(n, seq, many, s, k, i, mask, last, rested, rest, worked, early, length, latest, parent, count):
    """Add one occurrence to an order, after a break or not; tell whether nothing that matters was left out."""
    c = seq[i]
    way = n.walks[n.cls[seq[last], PLACE], n.cls[c, PLACE]] + rest * n.limits[L_PAUSE]
    done = max(early[s, k] + way, n.cls[c, OPENS]) + n.cls[c, WORK]
    long = length[s, k] + way + n.cls[c, WORK]
    start = min(latest[s, k], n.cls[c, CLOSES] - long)
    if done > n.cls[c, CLOSES]:
        return True
    there = max(long, done - start) - n.limits[L_PAUSE] * max(rested, rest)
    if there - worked[mask | 1 << i, 0] > n.limits[L_WAITING]:
        return True  # who waits too long already waits no less later
    whole = worked[len(worked) - 1, 0] + n.limits[L_WAITING] + n.limits[L_PAUSE]
    if worked[mask | 1 << i, 1] - start > whole:
        return True  # nor does who has to wait for the last of the others
    t = ((mask | 1 << i) * many + i) * 2 + max(rested, rest)
    place = 0
    for q in range(count[t]):
        if early[t, q] <= done and length[t, q] <= long and latest[t, q] >= start:
            return True
        if not (done <= early[t, q] and long <= length[t, q] and start >= latest[t, q]):
            early[t, place], length[t, place] = early[t, q], length[t, q]
            latest[t, place], parent[t, place] = latest[t, q], parent[t, q]
            place += 1
    if place == KEPT:
        count[t] = place
        return False
    early[t, place], length[t, place], latest[t, place], parent[t, place] = done, long, start, s * KEPT + k
    count[t] = place + 1
    return True


@loops
def _gap(many, s, k, parent):
    """Return before which place of an order its break is."""
    for i in range(many - 1, 0, -1):
        before = parent[s, k] // KEPT
        if s % 2 == 1 and before % 2 == 0:
            return i
        s, k = before, parent[s, k] % KEPT
    return 0


@loops
def _with_break(n, order, many, gap, at, span):
    """Write the timetable of an order with the break before a place; tell whether nobody is there too long."""
    if gap < 1 or not earliest(n, order, many, at, gap):
        return False
    push_together(n, order, many, at, gap)
    start, end = at[0], at[many - 1] + n.cls[order[many - 1], WORK]
    pause, over = break_at(n, order, at, gap, start, end)
    span[0], span[1], span[2], span[3] = start, end, pause, over
    return over == 0


@loops
def _read(seq, many, s, k, parent, order):
    for i in range(many - 1, -1, -1):
        order[i] = seq[(s // 2) % many]
        s, k = parent[s, k] // KEPT, parent[s, k] % KEPT
