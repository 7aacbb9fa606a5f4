"""No answer, and no difference between answers, shows a group of one to four people."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.matching.drawn import crowds, jobs

from klaver.matching.doors import JobDemands
from klaver.matching.moves import TaskFits
from klaver.matching.population import Population, Question, question
from klaver.matching.publishing import Band, band
from klaver.people.columns import of_profiles
from klaver.people.records import Profile

SMALL_GROUP = set(range(1, 5))


def differences(outer: Band, inner: Band) -> set[int]:
    """All an attacker can still believe of how many are in the outer group and not in the inner one."""
    pairs = ((o, i) for o in range(outer.low, outer.high + 1) for i in range(inner.low, inner.high + 1))
    return {o - i for o, i in pairs if o >= i}


@settings(max_examples=40, deadline=None)
@given(crowd=crowds(), tasks=st.lists(jobs(), min_size=3, max_size=7))
def test_an_attacker_who_moves_one_task_learns_no_small_group(
    crowd: tuple[Profile, ...], tasks: list[JobDemands]
) -> None:
    people = Population([of_profiles(crowd)], engine="plain")
    asked = {f"T{at}": Question(question(t).levels, ()) for at, t in enumerate(tasks)}
    held = list(asked)[:2]
    for sure in (True, False):
        job = TaskFits(people, asked, sure=sure).job(held)
        now = band(job.now(), len(crowd))
        everyone = Band(low=len(crowd), high=len(crowd))
        for outer, inner in (
            *((now, band(n, len(crowd))) for n in job.adding().values()),
            *((band(n, len(crowd)), now) for n in job.removing().values()),
            *((everyone, band(n, len(crowd))) for n in job.adding().values()),
            (everyone, now),
        ):
            believed = differences(outer, inner)
            assert not believed <= SMALL_GROUP


@given(counts=st.lists(st.integers(0, 400), min_size=2, max_size=12), people=st.integers(1, 400))
def test_the_lower_edges_keep_every_order_so_all_differences_may_be_multiples_of_five(
    counts: list[int], people: int
) -> None:
    true = sorted(min(c, people) for c in counts)
    edges = [band(c, people).low for c in true]
    assert edges == sorted(edges)
    assert all((b - a) % 5 == 0 for a, b in combinations(edges, 2))
    assert all(band(c, people).low <= c <= band(c, people).high for c in true)


@pytest.mark.parametrize("people", [3, 49, 50, 1000])
def test_whoever_is_left_out_may_be_nobody_or_five(people: int) -> None:
    for count in range(people + 1):
        found = band(count, people)
        left = {people - n for n in range(found.low, min(found.high, people) + 1)}
        assert not left <= SMALL_GROUP


def test_the_attack_would_work_on_exact_counts() -> None:
    exact = (Band(low=41, high=41), Band(low=38, high=38))
    assert differences(*exact) <= SMALL_GROUP


def test_with_few_people_the_bands_are_wide() -> None:
    assert [band(n, 40) for n in (0, 4, 7, 12, 39)] == [
        Band(low=0, high=4),
        Band(low=0, high=4),
        Band(low=5, high=9),
        Band(low=10, high=19),
        Band(low=30, high=39),
    ]
    assert band(43, 200) == Band(low=40, high=44)


def test_four_answers_about_groups_that_overlap_are_more_than_the_bands_can_cover() -> None:
    """What is told about the limit of the bands is true: this is why few answers are published, and no union."""
    people, with_first, with_second, with_both = 9, 6, 6, 3
    told = [band(n, 60) for n in (people, with_first, with_second, with_both)]
    least = told[1].low + told[2].low - told[0].high
    assert least >= 1 and told[3].high == 4
