"""The peer of the line benchmark answers small lines rightly, and its sample is the one that was drawn."""

from __future__ import annotations

from itertools import permutations, product

from benchmarks.lines_sample import DRAWN, OPEN, drawn, sample
from benchmarks.plain_line import solve

TIMES = [[3, 5], [4, None], [2, 2], [6, 3]]
ARCS = [(0, 2), (1, 3)]


def least() -> int:
    """Try every order of the two workers and every station of each task."""
    best = []
    for order in permutations(range(2)):
        for station in product(range(2), repeat=4):
            if all(station[a] <= station[b] for a, b in ARCS):
                loads = [0, 0]
                for t, s in enumerate(station):
                    loads[s] += TIMES[t][order[s]] or (0 if TIMES[t][order[s]] == 0 else 1000)
                best.append(max(loads))
    return min(best)


def test_the_peer_finds_the_least_cycle_time() -> None:
    found = solve(TIMES, ARCS, 10, 1, lambda: 0.0)
    assert (found.status, found.value, found.bound) == ("OPTIMAL", least(), least())
    assert found.stations is not None
    assert sorted(t for _, tasks in found.stations for t in tasks) == [0, 1, 2, 3]


def test_the_sample_is_the_one_that_the_seed_draws() -> None:
    assert drawn() == DRAWN


def test_nothing_is_measured_twice() -> None:
    named = list(sample())
    assert len(named) == len(set(named)) == 160 + 12 + 12 + len(set(OPEN) - set(DRAWN["wee-mag"]))
