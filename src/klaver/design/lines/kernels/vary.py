"""Annealing of one period of a rotation: as few tasks as possible that their worker has met before."""

from __future__ import annotations

import numpy as np

from klaver.design.lines.kernels.anneal import CHANCES, drawn
from klaver.design.lines.kernels.compiled import compiled


@compiled
def _over(load, most):
    return load - most if load > most else 0


@compiled
def vary(times, met, before, befores, after, afters, station, worker, state, steps, weight, warm, most, cooling, best):
    """Anneal from a plan whose stations keep to ``most``; return how many tasks are repeated in the best that does.

    ``met`` (m, n) is 1 where a worker has met a task; ``weight`` is what one unit above ``most`` costs beside one task
    that is repeated. ``station`` and ``worker`` are changed in place; the best is kept in ``best`` (n + m).
    """
    m, n = times.shape
    load = np.zeros(m, np.int64)
    again = 0
    for t in range(n):
        load[station[t]] += times[worker[station[t]], t]
        again += met[worker[station[t]], t]
    over = 0
    for s in range(m):
        over += _over(load[s], most)
    fewest = again
    best[:n] = station
    best[n:] = worker
    heat = warm
    factor = 0.02 ** (1024.0 / steps)
    for step in range(steps):
        if step % 1024 == 1023:
            heat *= factor
        allowed = heat * cooling[drawn(state, CHANCES)]
        kind = drawn(state, 8)
        if kind < 6:
            t = drawn(state, n)
            s = station[t]
            low, high = 0, m - 1
            for k in range(befores[t]):
                low = max(low, station[before[t, k]])
            for k in range(afters[t]):
                high = min(high, station[after[t, k]])
            if low == high:
                continue
            to = low + drawn(state, high - low)
            if to >= s:
                to += 1
            here = load[s] - times[worker[s], t]
            there = load[to] + times[worker[to], t]
            more = _over(here, most) + _over(there, most) - _over(load[s], most) - _over(load[to], most)
            repeat = met[worker[to], t] - met[worker[s], t]
            if weight * more + repeat <= allowed:
                station[t] = to
                load[s] = here
                load[to] = there
                over += more
                again += repeat
        else:
            s, to = drawn(state, m), drawn(state, m)
            if s == to:
                continue
            here, there, repeat = 0, 0, 0
            for t in range(n):
                if station[t] == s:
                    here += times[worker[to], t]
                    repeat += met[worker[to], t] - met[worker[s], t]
                elif station[t] == to:
                    there += times[worker[s], t]
                    repeat += met[worker[s], t] - met[worker[to], t]
            more = _over(here, most) + _over(there, most) - _over(load[s], most) - _over(load[to], most)
            if weight * more + repeat <= allowed:
                worker[s], worker[to] = worker[to], worker[s]
                load[s] = here
                load[to] = there
                over += more
                again += repeat
        if over == 0 and again < fewest:
            fewest = again
            best[:n] = station
            best[n:] = worker
            if fewest == 0:
                break
    return fewest
