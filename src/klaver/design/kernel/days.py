"""One day of one job: the tasks in an order, the clock times that follow, and the place where one more fits.

A day is a row of class numbers, one per occurrence, in the order of the clock. From an order the times follow: as
early as the windows and the ways allow, then pushed together, so that nobody waits longer than must be.
"""

from __future__ import annotations

from klaver.design.kernel.compiled import loops
from klaver.design.kernel.numbers import (
    AFTER,
    CLOSES,
    L_NIGHT_START,
    L_PAUSE,
    L_SHIFT_MIN,
    L_UNBROKEN,
    OPENS,
    PLACE,
    TASK,
    WORK,
)

LONGEST = 64
"""Occurrences that fit in one day of one job; a day with more is refused."""


@loops
def earliest(n, seq, many, at, gap):
    """Write the earliest start of each occurrence, with the break before number ``gap``; tell whether all fit."""
    now, before = -(1 << 20), -1
    for i in range(many):
        c = seq[i]
        if before >= 0:
            now += n.walks[n.cls[before, PLACE], n.cls[c, PLACE]]
        if i == gap:
            now += n.limits[L_PAUSE]
        if now < n.cls[c, OPENS]:
            now = n.cls[c, OPENS]
        at[i] = now
        now += n.cls[c, WORK]
        if now > n.cls[c, CLOSES]:
            return False
        before = c
    return True


@loops
def push_together(n, seq, many, at, gap):
    """Move every start as late as the next allows; the last stays, so the day gets as short as it can be."""
    for i in range(many - 2, -1, -1):
        c, after = seq[i], seq[i + 1]
        latest = at[i + 1] - n.walks[n.cls[c, PLACE], n.cls[after, PLACE]]
        if i + 1 == gap:
            latest -= n.limits[L_PAUSE]
        if latest > n.cls[c, CLOSES]:
            latest = n.cls[c, CLOSES]
        at[i] = latest - n.cls[c, WORK]


@loops
def settle(n, seq, many, at, day):
    """Write the shortest timetable of an order to ``at`` and (start, end, pause or -1, over) to ``day``.

    ``over`` is how many minutes too long somebody is there without a break. Returns whether the order is possible.
    """
    if many == 0:
        day[0], day[1], day[2], day[3] = 0, 0, -1, 0
        return True
    if not earliest(n, seq, many, at, -1):
        return False
    push_together(n, seq, many, at, -1)
    start, end = at[0], at[many - 1] + n.cls[seq[many - 1], WORK]
    pause, over = -1, 0
    if end - start > n.limits[L_UNBROKEN]:
        best, chosen = 1 << 40, -1
        for gap in range(1, many):
            if earliest(n, seq, many, at, gap):
                push_together(n, seq, many, at, gap)
                _, over = break_at(n, seq, at, gap, at[0], at[many - 1] + n.cls[seq[many - 1], WORK])
                cost = at[many - 1] + n.cls[seq[many - 1], WORK] - at[0] + 1000 * over
                if cost < best:
                    best, chosen = cost, gap
        earliest(n, seq, many, at, chosen)
        push_together(n, seq, many, at, chosen)
        start, end = at[0], at[many - 1] + n.cls[seq[many - 1], WORK]
        over = end - start - n.limits[L_UNBROKEN]
        if chosen > 0:
            pause, over = break_at(n, seq, at, chosen, start, end)
    paid = end - start - (n.limits[L_PAUSE] if pause >= 0 else 0)
    short = n.limits[L_SHIFT_MIN] - paid
    if short > 0:  # somebody comes for a whole work period, or not at all
        later = min(short, max(0, n.limits[L_NIGHT_START] - end))
        end += later
        start -= short - later
        if pause < 0:
            over = max(0, end - start - n.limits[L_UNBROKEN])
        else:
            over = max(0, pause - start - n.limits[L_UNBROKEN])
            over += max(0, end - pause - n.limits[L_PAUSE] - n.limits[L_UNBROKEN])
    day[0], day[1], day[2], day[3] = start, end, pause, over
    return True


@loops
def break_at(n, seq, at, gap, start, end):
    """Return the start of the break before number ``gap``, and how many minutes too long a stretch without one is."""
    first = at[gap - 1] + n.cls[seq[gap - 1], WORK]
    last = at[gap] - n.limits[L_PAUSE]
    pause = min(max(first, end - n.limits[L_PAUSE] - n.limits[L_UNBROKEN]), last)
    before, behind = pause - start - n.limits[L_UNBROKEN], end - pause - n.limits[L_PAUSE] - n.limits[L_UNBROKEN]
    return pause, max(0, before) + max(0, behind)


@loops
def insert(n, seq, many, c, at):
    """Put one occurrence where the day stays shortest; return how many there are then, or -1 when it fits nowhere.

    ``at`` is room to work in. The windows decide first: whatever ends before the class can begin stands before it.
    """
    if many >= LONGEST:
        return -1
    low, high = 0, many
    while low < many and n.cls[seq[low], CLOSES] <= n.cls[c, OPENS]:
        low += 1
    while high > low and n.cls[seq[high - 1], OPENS] >= n.cls[c, CLOSES]:
        high -= 1
    for i in range(many, high, -1):
        seq[i] = seq[i - 1]
    best, chosen = 1 << 40, -1
    seq[high] = c
    for place in range(high, low - 1, -1):
        if place < high:
            seq[place + 1] = seq[place]
            seq[place] = c
        if in_order(n, seq, many + 1, place) and earliest(n, seq, many + 1, at, -1):
            push_together(n, seq, many + 1, at, -1)
            cost = at[many] + n.cls[seq[many], WORK] - at[0]
            if cost < best:
                best, chosen = cost, place
    if chosen < 0:  # put everything back
        for i in range(low, many):
            seq[i] = seq[i + 1]
        return -1
    for i in range(low, chosen):
        seq[i] = seq[i + 1]
    seq[chosen] = c
    return many + 1


@loops
def in_order(n, seq, many, place):
    """Tell whether the occurrence at a place of the row keeps what must come before and after it."""
    t = n.cls[seq[place], TASK]
    for i in range(many):
        other = n.cls[seq[i], TASK]
        if i < place:
            for k in range(n.per_task[t, AFTER], n.per_task[t + 1, AFTER]):
                if n.after[k] == other:
                    return False
        elif i > place:
            for k in range(n.per_task[other, AFTER], n.per_task[other + 1, AFTER]):
                if n.after[k] == t:
                    return False
    return True


@loops
def take_out(seq, many, c):
    """Take every occurrence of a class out of a row; return how many are left."""
    left = 0
    for i in range(many):
        if seq[i] != c:
            seq[left] = seq[i]
            left += 1
    return left
