"""Fill the next station of a part of a line in every full way that no prices refute."""

from __future__ import annotations

import numpy as np

from klaver.design.lines.kernels.compiled import compiled, lowest
from klaver.design.lines.kernels.master import refactor
from klaver.design.lines.kernels.price import BITS
from klaver.design.lines.kernels.refute import REFUTED, refute, usable

ACTIVE = 8
"""Rows of prices that are followed at every step; all are asked when a station is full."""

OPEN, CLOSED, DONE = 0, 1, 2


@compiled
def limits(prices, times, tasks, count, room, grain, table):
    """Fill ``table`` (count + 1, room + 1): the most that the tasks from a place on are worth in a rest of time.

    Times are rounded down to ``grain`` and the order is not asked: a limit, never too low.
    """
    for c in range(room + 1):
        table[count, c] = 0.0
    for i in range(count - 1, -1, -1):
        t = tasks[i]
        worth = prices[t]
        p = times[t] // grain
        if worth <= 0.0:
            for c in range(room + 1):
                table[i, c] = table[i + 1, c]
            continue
        for c in range(p):
            table[i, c] = table[i + 1, c]
        for c in range(p, room + 1):
            table[i, c] = max(table[i + 1, c], table[i + 1, c - p] + worth)


@compiled
def candidates(done0, done1, times, order, above, cycle, tasks):
    """List the tasks that can stand at the next station, all that must come before them included; return how many."""
    count = 0
    for i in range(order.shape[0]):
        t = order[i]
        gone = (done0 >> t) & 1 if t < BITS else (done1 >> (t - BITS)) & 1
        if gone == 1:
            continue
        need = times[t]
        for k in range(2):
            word = above[t, k] & ~(done0 if k == 0 else done1)
            while word != 0 and need <= cycle:
                need += times[lowest(word) + k * BITS]
                word &= word - 1
        if need <= cycle:
            tasks[count] = t
            count += 1
    return count


@compiled
def asked(used, done0, done1, w, prices, earned):
    """Return what a station of worker w must be worth at these prices for the rest to stay possible."""
    need = 0.0
    for t in range(prices.shape[0]):
        gone = (done0 >> t) & 1 if t < BITS else (done1 >> (t - BITS)) & 1
        if gone == 0:
            need += prices[t]
    for v in range(earned.shape[0]):
        if v != w and (used >> v) & 1 == 0:
            need -= earned[v]
    return need


@compiled
def worth_of(set0, set1, prices):
    """Return what a set of tasks is worth."""
    total = 0.0
    for k in range(2):
        word = set0 if k == 0 else set1
        while word != 0:
            total += prices[lowest(word) + k * BITS]
            word &= word - 1
    return total


@compiled
def maximal(done0, done1, set0, set1, rest, times, above, tasks, count):
    """Tell whether no further task fits at this station."""
    have0 = done0 | set0
    have1 = done1 | set1
    for i in range(count):
        t = tasks[i]
        inside = (set0 >> t) & 1 if t < BITS else (set1 >> (t - BITS)) & 1
        if inside == 0 and times[t] <= rest and (above[t, 0] & ~have0) == 0 and (above[t, 1] & ~have1) == 0:
            return False
    return True


@compiled
def grow(
    part,
    line,
    order,
    cycle,
    grain,
    known,
    knowns,
    known_count,
    mine,
    mines,
    counts,
    starts,
    tasks,
    workers,
    pool,
    sets,
    basis,
    plain,
    inverse,
    frame,
    kids,
    bases,
    most_programs,
    most_steps,
    table,
):
    """Go on filling a station; return DONE when all ways were tried, OPEN when the work of this round is spent.

    ``part`` is (used, done0, done1, worker); ``known`` and ``knowns`` are prices and earnings found before, ``mine``
    and ``mines`` those found here. ``counts`` holds how many were found here, how many ways stay possible (``kids``),
    the level of ``frame`` to go on from, programs solved, steps made, and whether a way ends the line. ``frame``
    (n + 2, 4) keeps step, set and rest of every level, so that a later round goes on where this one ends.
    """
    used, done0, done1, w = part[0], part[1], part[2], part[3]
    times, above = line[0], line[1]
    m, n = times.shape
    cand = np.empty(n, np.int64)
    count = candidates(done0, done1, times[w], order, above, cycle, cand)
    room = cycle // grain
    prices = np.empty(n)
    earned = np.empty(m)
    full0, full1 = 0, 0
    for t in range(n):
        if t < BITS:
            full0 |= 1 << t
        else:
            full1 |= 1 << (t - BITS)
    # Rows that say something about this station, the tightest first.
    rows = known_count + counts[0]
    need = np.empty(rows)
    order_of = np.empty(rows, np.int64)
    tight = np.empty(rows)
    asks = 0
    for c in range(rows):
        if c < known_count:
            row, most = known[c], knowns[c]
        else:
            row, most = mine[c - known_count], mines[c - known_count]
        here = asked(used, done0, done1, w, row, most)
        need[c] = here
        if here > 0.0:
            if here > most[w]:
                return DONE
            ratio = here / most[w]
            k = asks
            while k > 0 and tight[k - 1] < ratio:
                tight[k] = tight[k - 1]
                order_of[k] = order_of[k - 1]
                k -= 1
            tight[k] = ratio
            order_of[k] = c
            asks += 1
    active = np.zeros((ACTIVE, n))
    active_need = np.empty(ACTIVE)
    actives = min(ACTIVE - 2, asks)
    for a in range(actives):
        c = order_of[a]
        active[a] = known[c] if c < known_count else mine[c - known_count]
        active_need[a] = need[c]
        limits(active[a], times[w], cand, count, room, grain, table[a])
    worth = np.zeros((count + 1, ACTIVE))
    i = counts[2]
    for level in range(i + 1):
        for a in range(actives):
            worth[level, a] = worth_of(frame[level, 1], frame[level, 2], active[a])
    turn = 0
    programs, steps = 0, 0
    use = np.empty(workers.shape[0] + 1, np.int64)
    ready = False
    while i >= 0:
        if frame[i, 0] == 0:
            steps += 1
            cut = False
            for a in range(actives):
                if worth[i, a] + table[a, i, frame[i, 3] // grain] < active_need[a]:
                    cut = True
                    break
            if cut:
                i -= 1
                continue
            if i < count:
                frame[i, 0] = 1
                t = cand[i]
                have0 = done0 | frame[i, 1]
                have1 = done1 | frame[i, 2]
                if times[w, t] <= frame[i, 3] and (above[t, 0] & ~have0) == 0 and (above[t, 1] & ~have1) == 0:
                    frame[i + 1, 0] = 0
                    frame[i + 1, 1] = frame[i, 1]
                    frame[i + 1, 2] = frame[i, 2]
                    if t < BITS:
                        frame[i + 1, 1] |= 1 << t
                    else:
                        frame[i + 1, 2] |= 1 << (t - BITS)
                    frame[i + 1, 3] = frame[i, 3] - times[w, t]
                    for a in range(actives):
                        worth[i + 1, a] = worth[i, a] + active[a, t]
                    i += 1
                    continue
        if i < count and frame[i, 0] == 1:
            frame[i, 0] = 2
            frame[i + 1, 0] = 0
            frame[i + 1, 1] = frame[i, 1]
            frame[i + 1, 2] = frame[i, 2]
            frame[i + 1, 3] = frame[i, 3]
            for a in range(actives):
                worth[i + 1, a] = worth[i, a]
            i += 1
            continue
        if i < count:
            i -= 1
            continue
        # A full station.
        set0, set1, rest = frame[i, 1], frame[i, 2], frame[i, 3]
        if not maximal(done0, done1, set0, set1, rest, times[w], above, cand, count):
            i -= 1
            continue
        out = False
        for k in range(asks):
            c = order_of[k]
            if worth_of(set0, set1, known[c] if c < known_count else mine[c - known_count]) < need[c]:
                out = True
                break
        if out:
            i -= 1
            continue
        if programs >= most_programs or steps >= most_steps or counts[1] >= kids.shape[0]:
            counts[2] = i
            counts[3] += programs
            counts[4] += steps
            return OPEN
        if ((done0 | set0) == full0) and ((done1 | set1) == full1):
            kids[counts[1], 0] = done0 | set0
            kids[counts[1], 1] = done1 | set1
            counts[1] += 1
            counts[5] = 1
            return DONE
        if not ready:
            usable(used | (1 << w), done0, done1, pool, workers, sets, use)
            ready = True
        if not refactor(n, starts, tasks, workers, basis, inverse):
            basis[:] = plain
            refactor(n, starts, tasks, workers, basis, inverse)
        programs += 1
        said = refute(
            used | (1 << w),
            done0 | set0,
            done1 | set1,
            line,
            cycle,
            starts,
            tasks,
            workers,
            pool,
            sets,
            use,
            basis,
            inverse,
            prices,
            earned,
        )
        if said == REFUTED:
            c = counts[0]
            mine[c] = prices
            mines[c] = earned
            counts[0] = c + 1
            if actives < ACTIVE:
                a = actives
                actives += 1
            else:
                a = ACTIVE - 1 - turn % 4
                turn += 1
            active[a] = prices
            active_need[a] = asked(used, done0, done1, w, prices, earned)
            limits(active[a], times[w], cand, count, room, grain, table[a])
            for level in range(i + 1):
                worth[level, a] = worth_of(frame[level, 1], frame[level, 2], active[a])
        else:
            kids[counts[1], 0] = done0 | set0
            kids[counts[1], 1] = done1 | set1
            bases[counts[1]] = basis
            counts[1] += 1
        i -= 1
    counts[2] = i
    counts[3] += programs
    counts[4] += steps
    return DONE
