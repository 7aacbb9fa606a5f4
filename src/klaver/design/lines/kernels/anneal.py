"""Annealing of a whole line: tasks go to other stations and workers change places, at a falling temperature."""

from __future__ import annotations

import math

import numpy as np

from klaver.design.lines.kernels.compiled import compiled

MODULUS = 2147483647
CHANCES = 4096

COOLING = np.array([-math.log((k + 0.5) / CHANCES) for k in range(CHANCES)])
"""How many temperatures a worse move may cost, by a draw: the same numbers with and without a compiler."""


@compiled
def drawn(state, below):
    """Return a number from zero to below ``below``, and move the generator on (Lehmer, modulus a Mersenne prime)."""
    state[0] = (state[0] * 48271) % MODULUS
    return state[0] % below


@compiled
def _over(load, target):
    return load - target if load > target else 0


@compiled
def _sum_over(load, target):
    total = 0
    for s in range(load.shape[0]):
        total += _over(load[s], target)
    return total


@compiled
def anneal(times, before, befores, after, afters, station, worker, state, steps, warm, cool, target, cooling, best):
    """Anneal towards a fullest station of ``target`` and lower; return the least fullest station met.

    ``times`` (m, n) holds a very long time where a worker cannot; ``before`` and ``after`` (n, k) list neighbours in
    the order. ``station`` (n) and ``worker`` (m) are changed in place; the best is kept in ``best`` (n + m).
    The cost is what stations need above the target; as soon as it is nothing, the target drops below the fullest.
    """
    m, n = times.shape
    load = np.zeros(m, np.int64)
    for t in range(n):
        load[station[t]] += times[worker[station[t]], t]
    least = load.max()
    best[:n] = station
    best[n:] = worker
    target = min(target, least - 1)
    cost = _sum_over(load, target)
    heat = warm
    factor = (cool / warm) ** (1024.0 / steps)
    for step in range(steps):
        if step % 1024 == 1023:
            heat *= factor
        allowed = heat * cooling[drawn(state, CHANCES)]
        kind = drawn(state, 64)
        if kind < 36:
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
            change = _over(here, target) + _over(there, target) - _over(load[s], target) - _over(load[to], target)
            if change <= allowed:
                station[t] = to
                load[s] = here
                load[to] = there
                cost += change
        elif kind < 60:
            t, u = drawn(state, n), drawn(state, n)
            if station[t] == station[u]:
                continue
            if station[t] > station[u]:
                t, u = u, t
            s, to = station[t], station[u]
            fits = True
            for k in range(afters[t]):
                if after[t, k] == u or station[after[t, k]] < to:
                    fits = False
                    break
            if not fits:
                continue
            for k in range(befores[u]):
                if station[before[u, k]] > s:
                    fits = False
                    break
            if not fits:
                continue
            here = load[s] - times[worker[s], t] + times[worker[s], u]
            there = load[to] - times[worker[to], u] + times[worker[to], t]
            change = _over(here, target) + _over(there, target) - _over(load[s], target) - _over(load[to], target)
            if change <= allowed:
                station[t] = to
                station[u] = s
                load[s] = here
                load[to] = there
                cost += change
        elif kind < 63:
            s, to = drawn(state, m), drawn(state, m)
            if s == to:
                continue
            here, there = 0, 0
            for t in range(n):
                if station[t] == s:
                    here += times[worker[to], t]
                elif station[t] == to:
                    there += times[worker[s], t]
            change = _over(here, target) + _over(there, target) - _over(load[s], target) - _over(load[to], target)
            if change <= allowed:
                worker[s], worker[to] = worker[to], worker[s]
                load[s] = here
                load[to] = there
                cost += change
        elif m > 1:
            _change_places(station, worker, load, after, afters, drawn(state, m - 1))
        if cost == 0:
            least = load.max()
            best[:n] = station
            best[n:] = worker
            if least == 0:
                break
            target = least - 1
            cost = _sum_over(load, target)
    return least


@compiled
def _change_places(station, worker, load, after, afters, s):
    """Let two stations beside each other change places, tasks and worker, when the order allows it."""
    n = station.shape[0]
    for t in range(n):
        if station[t] == s:
            for k in range(afters[t]):
                if station[after[t, k]] == s + 1:
                    return
    for t in range(n):
        if station[t] == s:
            station[t] = s + 1
        elif station[t] == s + 1:
            station[t] = s
    worker[s], worker[s + 1] = worker[s + 1], worker[s]
    load[s], load[s + 1] = load[s + 1], load[s]
