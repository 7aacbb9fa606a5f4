"""Between two places lies the shortest known way; an unknown one counts as the longest that is known, never as zero."""

from __future__ import annotations

import random
from itertools import product

import pytest
from tests.design.cases import asked, task, workplace

from klaver.work.records import Walk


def by_every_detour(walks: tuple[Walk, ...]) -> dict[tuple[str, str], int]:
    """Return the shortest ways by trying every place as a stop on the way, which takes long and hides nothing."""
    ways: dict[tuple[str, str], int] = {}
    for w in walks:
        ways[w.start, w.end] = ways[w.end, w.start] = min(w.minutes, ways.get((w.start, w.end), w.minutes))
    places = sorted({p for pair in ways for p in pair})
    for via, a, b in product(places, repeat=3):
        if a != b and (a, via) in ways and (via, b) in ways:
            around = ways[a, via] + ways[via, b]
            ways[a, b] = min(around, ways.get((a, b), around))
    return ways


@pytest.mark.parametrize("seed", range(40))
def test_a_way_is_the_shortest_over_all_detours_and_an_unknown_one_the_longest(seed: int) -> None:
    chance = random.Random(seed)
    places = [f"p{n}" for n in range(chance.randint(2, 7))]
    pairs = [(one, two) for n, one in enumerate(places) for two in places[:n] if chance.random() < 0.4]
    walks = tuple(Walk(start=one, end=two, minutes=chance.randint(0, 9)) for one, two in pairs)
    ways = by_every_detour(walks)
    longest = max(ways.values(), default=0)
    case = asked(workplace(task("A", 10), walks=walks))
    for one, two in product([*places, None], repeat=2):
        known = 0 if one == two else ways.get((one or "", two or ""), longest)
        assert case.walk(one, two) == known
