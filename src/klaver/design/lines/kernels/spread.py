"""Fill the next station of a part of a line in the ways that known prices favour most, without solving anything."""

from __future__ import annotations

import numpy as np

from klaver.design.lines.kernels.compiled import compiled
from klaver.design.lines.kernels.grow import asked, candidates, limits, maximal, worth_of
from klaver.design.lines.kernels.price import BITS

FOLLOWED = 4
"""Rows that are followed at every step."""


@compiled
def wanted(need, worth, scores, made, worst):
    """Return what a way must be worth in a row to be better than the worst that is kept, and not refuted."""
    if made < scores.shape[0]:
        return need
    score = scores[worst]
    return max(need, (need - score * worth) / (1.0 - score))


@compiled
def spread(part, line, order, cycle, grain, known, knowns, fresh, steps_each, kids, scores, table):
    """Write the best ways for every worker of ``fresh`` to ``kids`` (used, done0, done1, worker); return how many.

    ``kids`` has room for ``scores.shape[0]`` ways; the worst makes way for a better one. A way's score is how tight the
    tightest row is behind it: the lower, the further from being refuted. When the line ends with a way, it is returned
    alone, as -1.
    """
    used, done0, done1 = part[0], part[1], part[2]
    times, above = line[0], line[1]
    n = times.shape[1]
    rows = known.shape[0]
    most = scores.shape[0]
    full0, full1 = 0, 0
    for t in range(n):
        if t < BITS:
            full0 |= 1 << t
        else:
            full1 |= 1 << (t - BITS)
    worth = np.empty(rows)
    for c in range(rows):
        worth[c] = worth_of(full0 & ~done0, full1 & ~done1, known[c])
    need = np.empty(rows)
    tight = np.empty(FOLLOWED, np.int64)
    cand = np.empty(n, np.int64)
    frame = np.zeros((n + 2, 4), np.int64)
    gain = np.zeros((n + 2, FOLLOWED))
    made = 0
    worst = 0
    asks = np.empty(FOLLOWED)
    for f in range(fresh.shape[0]):
        w = fresh[f]
        count = candidates(done0, done1, times[w], order, above, cycle, cand)
        follows = 0
        lost = False
        for c in range(rows):
            need[c] = asked(used, done0, done1, w, known[c], knowns[c])
            if need[c] > knowns[c, w]:
                lost = True
                break
            if need[c] > 0.0:
                k = min(follows, FOLLOWED - 1)
                if follows < FOLLOWED or need[c] * knowns[tight[k], w] > need[tight[k]] * knowns[c, w]:
                    while k > 0 and need[tight[k - 1]] * knowns[c, w] < need[c] * knowns[tight[k - 1], w]:
                        tight[k] = tight[k - 1]
                        k -= 1
                    tight[k] = c
                    follows = min(FOLLOWED, follows + 1)
        if lost:
            continue
        for a in range(follows):
            asks[a] = wanted(need[tight[a]], worth[tight[a]], scores, made, worst)
            limits(known[tight[a]], times[w], cand, count, cycle // grain, grain, table[a])
        frame[0, 0] = 0
        frame[0, 1] = 0
        frame[0, 2] = 0
        frame[0, 3] = cycle
        i = 0
        steps = 0
        while i >= 0:
            if frame[i, 0] == 0:
                steps += 1
                if steps > steps_each:
                    break
                cut = False
                for a in range(follows):
                    if gain[i, a] + table[a, i, frame[i, 3] // grain] < asks[a]:
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
                        for a in range(follows):
                            gain[i + 1, a] = gain[i, a] + known[tight[a], t]
                        i += 1
                        continue
            if i < count and frame[i, 0] == 1:
                frame[i, 0] = 2
                frame[i + 1, 0] = 0
                frame[i + 1, 1] = frame[i, 1]
                frame[i + 1, 2] = frame[i, 2]
                frame[i + 1, 3] = frame[i, 3]
                for a in range(follows):
                    gain[i + 1, a] = gain[i, a]
                i += 1
                continue
            if i < count:
                i -= 1
                continue
            set0, set1 = frame[i, 1], frame[i, 2]
            if not maximal(done0, done1, set0, set1, frame[i, 3], times[w], above, cand, count):
                i -= 1
                continue
            i -= 1
            if (done0 | set0) == full0 and (done1 | set1) == full1:
                kids[0, 0] = used | (1 << w)
                kids[0, 1] = full0
                kids[0, 2] = full1
                kids[0, 3] = w
                return -1
            score = -1.0
            for c in range(rows):
                here = worth_of(set0, set1, known[c])
                if here < need[c]:
                    score = 2.0
                    break
                left = worth[c] - here
                if left > 0.0 and (need[c] - here) / left > score:
                    score = (need[c] - here) / left
            if score > 1.0:
                continue
            at = made
            if made == most:
                at = worst
                if scores[at] <= score:
                    continue
            else:
                made += 1
            scores[at] = score
            if made == most:
                worst = 0
                for k in range(most):
                    if scores[k] > scores[worst]:
                        worst = k
                for a in range(follows):
                    asks[a] = wanted(need[tight[a]], worth[tight[a]], scores, made, worst)
            kids[at, 0] = used | (1 << w)
            kids[at, 1] = done0 | set0
            kids[at, 2] = done1 | set1
            kids[at, 3] = w
    return made
