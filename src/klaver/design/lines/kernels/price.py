"""What a worker can earn at most at one station: the dearest set of tasks within the cycle time, without gaps.

A set has no gap when every task that must come between two of its tasks is in it. All of one station's tasks make such
a set, wherever the station stands. Words of bits hold 60 tasks; there are two of them.
"""

from __future__ import annotations

import numpy as np

from klaver.design.lines.kernels.compiled import compiled, lowest

BITS = 60
NEVER = 1 << 40


@compiled
def conflicts(times, above, below, cycle, clash):
    """Set ``clash`` (n, 2) to the tasks that no set of a worker within the cycle time can hold beside each task."""
    n = times.shape[0]
    for a in range(n):
        clash[a, 0] = 0
        clash[a, 1] = 0
    for a in range(n):
        for b in range(a, n):
            need = times[a] if a == b else times[a] + times[b]
            for k in range(2):
                between = (below[a, k] & above[b, k]) | (below[b, k] & above[a, k])
                while between != 0:
                    t = lowest(between)
                    between &= between - 1
                    need += times[t + k * BITS]
            if need > cycle:
                clash[a, b // BITS] |= 1 << (b % BITS)
                clash[b, a // BITS] |= 1 << (a % BITS)


@compiled
def dearest(prices, times, clash, above, below, cycle, floor, most, done):
    """Return the dearest set's worth, ``floor`` when nothing is dearer, and whether the search was complete.

    ``done`` (2) takes the words of the set when one dearer than ``floor`` is found. After ``most`` steps the search
    ends, and a limit that no set passes is returned instead.
    """
    n = times.shape[0]
    rank = np.empty(n, np.int64)
    place = np.empty(n, np.int64)
    items = 0
    for t in range(n):
        place[t] = -1
        if prices[t] > 0.0 and times[t] <= cycle:
            k = items
            while k > 0 and prices[t] * times[rank[k - 1]] > prices[rank[k - 1]] * times[t]:
                rank[k] = rank[k - 1]
                k -= 1
            rank[k] = t
            items += 1
    cost = np.empty(items, np.int64)
    worth = np.empty(items, np.float64)
    against = np.zeros((items, 2), np.int64)
    full0 = 0
    full1 = 0
    for r in range(items):
        t = rank[r]
        place[t] = r
        cost[r] = times[t]
        worth[r] = prices[t]
        if r < BITS:
            full0 |= 1 << r
        else:
            full1 |= 1 << (r - BITS)
    for r in range(items):
        t = rank[r]
        for k in range(2):
            word = clash[t, k]
            while word != 0:
                q = place[lowest(word) + k * BITS]
                word &= word - 1
                if q >= 0:
                    against[r, q // BITS] |= 1 << (q % BITS)
    size = items + 2
    state = np.zeros((size, 10), np.int64)
    gain = np.zeros(size, np.float64)
    out0 = 0
    out1 = 0
    for t in range(n):
        if times[t] > cycle:
            if t < BITS:
                out0 |= 1 << t
            else:
                out1 |= 1 << (t - BITS)
    # A level: 0, 1 the set; 2, 3 what must come after it; 4, 5 before it; 6, 7 ranks still open; 8 rest; 9 its step.
    state[0, 6] = full0
    state[0, 7] = full1
    state[0, 8] = cycle
    shut = np.zeros((size, 2), np.int64)
    shut[0, 0] = out0
    shut[0, 1] = out1
    best = floor
    top = 0.0
    steps = 0
    i = 0
    while i >= 0:
        here = state[i]
        rest = here[8]
        limit = gain[i]
        word = here[6]
        base = 0
        while True:
            if word == 0:
                if base == 0 and here[7] != 0:
                    word = here[7]
                    base = BITS
                    continue
                break
            r = lowest(word) + base
            if cost[r] <= rest:
                rest -= cost[r]
                limit += worth[r]
                word &= word - 1
            else:
                limit += worth[r] * rest / cost[r]
                break
        if steps == 0:
            top = limit
        steps += 1
        if steps > most:
            return max(floor, np.floor(top) + 1.0), False
        if limit <= best or (here[6] | here[7]) == 0:
            i -= 1
            continue
        r = lowest(here[6]) if here[6] != 0 else lowest(here[7]) + BITS
        # This level goes on without the task; the next one has it.
        t = rank[r]
        bit0 = 1 << t if t < BITS else 0
        bit1 = 0 if t < BITS else 1 << (t - BITS)
        if r < BITS:
            here[6] &= ~(1 << r)
        else:
            here[7] &= ~(1 << (r - BITS))
        new0 = (bit0 | (here[2] & above[t, 0]) | (here[4] & below[t, 0])) & ~here[0]
        new1 = (bit1 | (here[3] & above[t, 1]) | (here[5] & below[t, 1])) & ~here[1]
        fits = (new0 & shut[i, 0]) == 0 and (new1 & shut[i, 1]) == 0
        shut0 = shut[i, 0]
        shut1 = shut[i, 1]
        shut[i, 0] |= bit0
        shut[i, 1] |= bit1
        if not fits:
            continue
        then = state[i + 1]
        rest = here[8]
        total = gain[i]
        then[0] = here[0] | new0
        then[1] = here[1] | new1
        open0 = here[6]
        open1 = here[7]
        after0, after1, before0, before1 = here[2], here[3], here[4], here[5]
        for k in range(2):
            word = new0 if k == 0 else new1
            while word != 0:
                x = lowest(word) + k * BITS
                word &= word - 1
                rest -= times[x]
                after0 |= below[x, 0]
                after1 |= below[x, 1]
                before0 |= above[x, 0]
                before1 |= above[x, 1]
                q = place[x]
                if q >= 0:
                    total += worth[q]
                    open0 &= ~against[q, 0]
                    open1 &= ~against[q, 1]
                    if q < BITS:
                        open0 &= ~(1 << q)
                    else:
                        open1 &= ~(1 << (q - BITS))
        if rest < 0:
            continue
        if total > best:
            best = total
            done[0] = then[0]
            done[1] = then[1]
        then[2], then[3], then[4], then[5] = after0, after1, before0, before1
        then[6] = open0
        then[7] = open1
        then[8] = rest
        gain[i + 1] = total
        shut[i + 1, 0] = shut0
        shut[i + 1, 1] = shut1
        i += 1
    return best, True
