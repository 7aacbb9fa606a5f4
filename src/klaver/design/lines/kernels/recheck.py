"""The loops of the checker of certificates: whole numbers alone, and nothing of the search is called here.

Words of bits hold 60 tasks; there are two of them. Every loop counts its steps and ends when there are too many.
"""

from __future__ import annotations

import numpy as np

from klaver.design.lines.kernels.compiled import compiled, lowest

BITS = 60
NEVER = 1 << 40
"""The time of a task for a worker who cannot do it within the cycle time."""

ROOM = 512
"""Steps of time in a table of limits."""

FOLLOWED = 4
"""Rows that are followed at every step of filling a station."""

FIRST = 64
"""Rows that are put in the order of how much they ask, before all others."""

POSSIBLE, TOO_MUCH = -1, -2
"""What filling tells in the place of a number of ways: one of them ends the line, or the work is spent."""


@compiled
def clashes(times, above, below, cycle):
    """Return for each worker and task the tasks that cannot stand beside it at one station, for time or for a gap."""
    m, n = times.shape
    made = np.zeros((m, n, 2), np.int64)
    for w in range(m):
        for a in range(n):
            for b in range(a):
                if times[w, a] == NEVER or times[w, b] == NEVER:
                    continue
                need = times[w, a] + times[w, b]
                for k in range(2):
                    between = (below[a, k] & above[b, k]) | (below[b, k] & above[a, k])
                    while between != 0:
                        need += times[w, lowest(between) + k * BITS]
                        between &= between - 1
                if need > cycle:
                    made[w, a, b // BITS] |= 1 << (b % BITS)
                    made[w, b, a // BITS] |= 1 << (a % BITS)
    return made


@compiled
def dearest(prices, times, clash, above, below, cycle, most):
    """Return the worth of the dearest set without a gap that fits in the cycle time, and the steps it took.

    Tasks come in the order of worth for their time. A level has a set, what may not join it, what must come before and
    after its tasks; it tries one task after the other, and each that it leaves out stays out of what follows.
    """
    n = times.shape[0]
    rank = np.empty(n, np.int64)
    size = 0
    shut0, shut1 = 0, 0
    for t in range(n):
        if times[t] == NEVER:
            if t < BITS:
                shut0 |= 1 << t
            else:
                shut1 |= 1 << (t - BITS)
        elif prices[t] > 0:
            k = size
            while k > 0 and prices[t] * times[rank[k - 1]] > prices[rank[k - 1]] * times[t]:
                rank[k] = rank[k - 1]
                k -= 1
            rank[k] = t
            size += 1
    # A level: 0, 1 the set; 2, 3 what stays out; 4, 5 what comes before it; 6, 7 after it; 8 its worth; 9 rest of time;
    # 10 the rank that is tried next.
    level = np.zeros((n + 2, 11), np.int64)
    level[0, 2], level[0, 3], level[0, 9] = shut0, shut1, cycle
    best, steps, i = 0, 0, 0
    while i >= 0:
        here = level[i]
        k = here[10]
        blocked0, blocked1 = here[0] | here[2], here[1] | here[3]
        while k < size and _has(blocked0, blocked1, rank[k]):
            k += 1
        if k == size:
            i -= 1
            continue
        steps += 1
        if steps > most:
            return best, steps
        limit, room = here[8], here[9]
        for q in range(k, size):
            t = rank[q]
            if _has(blocked0, blocked1, t):
                continue
            if times[t] <= room:
                limit += prices[t]
                room -= times[t]
            else:
                limit += prices[t] * room // times[t]
                break
        if limit <= best:
            i -= 1
            continue
        t = rank[k]
        bit0, bit1 = _bit(t)
        new0 = (bit0 | (here[6] & above[t, 0]) | (here[4] & below[t, 0])) & ~here[0]
        new1 = (bit1 | (here[7] & above[t, 1]) | (here[5] & below[t, 1])) & ~here[1]
        out0, out1 = here[2], here[3]
        here[2] |= bit0
        here[3] |= bit1
        here[10] = k + 1
        if (new0 & (shut0 | out0)) != 0 or (new1 & (shut1 | out1)) != 0:
            continue
        then = level[i + 1]
        then[:] = here
        then[2], then[3] = out0, out1
        for b in range(2):
            word = new0 if b == 0 else new1
            while word != 0:
                x = lowest(word) + b * BITS
                word &= word - 1
                then[8] += prices[x]
                then[9] -= times[x]
                then[4] |= above[x, 0]
                then[5] |= above[x, 1]
                then[6] |= below[x, 0]
                then[7] |= below[x, 1]
                then[2] |= clash[x, 0]
                then[3] |= clash[x, 1]
        if then[9] < 0:
            continue
        then[0], then[1] = here[0] | new0, here[1] | new1
        then[2] &= ~then[0]
        then[3] &= ~then[1]
        best = max(best, then[8])
        i += 1
    return best, steps


@compiled
def _has(word0, word1, t):
    return (word0 >> t) & 1 if t < BITS else (word1 >> (t - BITS)) & 1


@compiled
def _bit(t):
    return (1 << t, 0) if t < BITS else (0, 1 << (t - BITS))


@compiled
def needs(by_task, by_worker, workers, part, need):
    """Set for each worker and row what their station must be worth for the rest to stay possible: ``need`` (m, rows).

    ``by_task`` (n, rows) are the prices, ``by_worker`` (m, rows) what each can earn; ``part`` is who has been used and
    what is done. A worker who has been used needs nothing.
    """
    rows, m = by_task.shape[1], by_worker.shape[0]
    left = np.empty(m, np.int64)
    count = 0
    for w in range(m):
        need[w, :] = 0
        if not (part[0] >> w) & 1:
            left[count] = w
            count += 1
    others = workers - (m - count) - 1
    worth = np.zeros(rows, np.int64)
    for t in range(by_task.shape[0]):
        if not _has(part[1], part[2], t):
            for r in range(rows):
                worth[r] += by_task[t, r]
    if others >= count - 1:
        for k in range(count):
            for r in range(rows):
                worth[r] -= by_worker[left[k], r]
        for k in range(count):
            for r in range(rows):
                need[left[k], r] = worth[r] + by_worker[left[k], r]
        return
    rest = np.empty(count, np.int64)
    for r in range(rows):
        for k in range(count):  # sorted, the dearest first
            value, at = by_worker[left[k], r], k
            while at > 0 and rest[at - 1] < value:
                rest[at] = rest[at - 1]
                at -= 1
            rest[at] = value
        top = 0
        for k in range(others):
            top += rest[k]
        for k in range(count):
            value = by_worker[left[k], r]
            # Without a worker who is among the dearest, the next dearest one comes in.
            need[left[k], r] = worth[r] - (top - value + rest[others] if value > rest[others] else top)


@compiled
def fill(order, times, above, cycle, prices, earned, part, needs_, used, most):
    """Fill the next station in every full way that no row refutes, by one worker: what is ``earned`` in each row.

    Returns the words of the tasks that are done then (k, 2), k, and the steps. In the place of k stands ``POSSIBLE``
    when a way ends the line, ``TOO_MUCH`` after too many steps. In the tables of limits a long cycle time is rounded to
    the side where nothing is refuted by it. Of the rows that refuted something ``used`` becomes true.
    """
    n, rows = order.shape[0], prices.shape[0]
    ways = np.empty((16, 2), np.int64)
    for r in range(rows):
        if needs_[r] > earned[r]:
            used[r] = True
            return ways, 0, 0
    asked = _asked(needs_, earned)
    reach = _reachable(order, times, above, cycle, part)
    size, followed = reach.shape[0], min(FOLLOWED, asked.shape[0])
    grain = max(1, cycle // ROOM)
    rooms = cycle // grain + 1
    steps = followed * size * rooms // 16
    if steps > most:
        return ways, TOO_MUCH, steps
    limits = np.zeros((followed, size + 1, rooms), np.int64)
    for f in range(followed):
        for at in range(size - 1, -1, -1):
            t = reach[at]
            time, price = times[t] // grain, prices[asked[f], t]
            for room in range(rooms):
                limits[f, at, room] = limits[f, at + 1, room]
                if time <= room:
                    limits[f, at, room] = max(limits[f, at, room], price + limits[f, at + 1, room - time])
    left0, left1 = 0, 0
    for t in range(n):
        if not _has(part[1], part[2], t):
            bit0, bit1 = _bit(t)
            left0 |= bit0
            left1 |= bit1
    count = 0
    # A level: 0 how far it is; 1, 2 the tasks at the station; 3 rest of time; then its worth in each followed row.
    level = np.zeros((size + 2, 4 + FOLLOWED), np.int64)
    level[0, 3] = cycle
    depth = 1
    while depth > 0:
        depth -= 1
        at, load0, load1, rest = level[depth, 0], level[depth, 1], level[depth, 2], level[depth, 3]
        steps += 1
        if steps > most:
            return ways, TOO_MUCH, steps
        cut = False
        for f in range(followed):
            if level[depth, 4 + f] + limits[f, at, rest // grain] < needs_[asked[f]]:
                used[asked[f]] = True
                cut = True
                break
        if cut:
            continue
        if at == size:
            done0, done1 = part[1] | load0, part[2] | load1
            if not _full(times, above, reach, done0, done1, rest):
                continue
            refuting = _refuting(prices, asked, needs_, load0, load1)
            if refuting >= 0:
                used[refuting] = True
                continue
            if load0 == left0 and load1 == left1:
                return ways, POSSIBLE, steps
            if count == ways.shape[0]:
                larger = np.empty((2 * count, 2), np.int64)
                larger[:count] = ways
                ways = larger
            ways[count, 0], ways[count, 1] = done0, done1
            count += 1
            continue
        t = reach[at]
        level[depth, 0] = at + 1
        done0, done1 = part[1] | load0, part[2] | load1
        if times[t] <= rest and (above[t, 0] & ~done0) == 0 and (above[t, 1] & ~done1) == 0:
            bit0, bit1 = _bit(t)
            level[depth + 1] = level[depth]
            level[depth + 1, 1] |= bit0
            level[depth + 1, 2] |= bit1
            level[depth + 1, 3] -= times[t]
            for f in range(followed):
                level[depth + 1, 4 + f] += prices[asked[f], t]
            depth += 1
        depth += 1
    return ways, count, steps


@compiled
def _asked(needs_, earned):
    """Return the rows that ask something of a worker; first the few that ask most of what the worker can earn."""
    asked = np.empty(needs_.shape[0], np.int64)
    share = np.zeros(FIRST, np.float64)
    count = 0
    for r in range(needs_.shape[0]):
        if needs_[r] <= 0:
            continue
        asked[count] = r
        at = count
        count += 1
        if at >= FIRST:
            if needs_[r] <= share[FIRST - 1] * earned[r]:
                continue
            at = FIRST - 1
            asked[count - 1] = asked[at]
        mine = needs_[r] / max(1, earned[r])
        while at > 0 and share[at - 1] < mine:
            share[at] = share[at - 1]
            asked[at] = asked[at - 1]
            at -= 1
        share[at] = mine
        asked[at] = r
    return asked[:count]


@compiled
def _reachable(order, times, above, cycle, part):
    """Return the tasks that may stand at the next station: with what must come before them they fit in its time."""
    reach = np.empty(order.shape[0], np.int64)
    count = 0
    for t in order:
        if _has(part[1], part[2], t) or times[t] == NEVER:
            continue
        need = times[t]
        for b in range(2):
            word = above[t, b] & ~part[1 + b]
            while word != 0:
                need += times[lowest(word) + b * BITS]
                word &= word - 1
        if need <= cycle:
            reach[count] = t
            count += 1
    return reach[:count]


@compiled
def _refuting(prices, asked, needs_, load0, load1):
    """Return the first row in which a station is worth less than it must be; -1 when there is none."""
    for r in asked:
        worth = 0
        for b in range(2):
            word = load0 if b == 0 else load1
            while word != 0:
                worth += prices[r, lowest(word) + b * BITS]
                word &= word - 1
        if worth < needs_[r]:
            return r
    return -1


@compiled
def _full(times, above, reach, done0, done1, rest):
    """Tell whether no other task fits at the station."""
    for t in reach:
        if (
            not _has(done0, done1, t)
            and times[t] <= rest
            and (above[t, 0] & ~done0) == 0
            and (above[t, 1] & ~done1) == 0
        ):
            return False
    return True


@compiled
def undominated(parts, most):
    """Tell of each part (sorted by who was used) whether none before it with the same workers has done all of it.

    Returns that, and the steps it took.
    """
    count = parts.shape[0]
    kept = np.zeros(count, np.bool_)
    mine = np.empty(count, np.int64)
    many, steps = 0, 0
    for i in range(count):
        if i > 0 and parts[i, 0] != parts[i - 1, 0]:
            many = 0
        over = False
        for k in range(many):
            other = mine[k]
            if (parts[i, 1] & ~parts[other, 1]) == 0 and (parts[i, 2] & ~parts[other, 2]) == 0:
                over = True
                break
        steps += many
        if steps > most:
            break
        if not over:
            kept[i] = True
            mine[many] = i
            many += 1
    return kept, steps
