"""What a timetable adds up to: facts become levels, and a level gives back its limit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klaver.scale.composed import ComposedFact, composed_facts, composed_levels, level_of, limit_of
from klaver.scale.dimensions import COMPOSED_NUMBERS

FACTS = sorted(f.fact for f in composed_facts())


def test_every_composed_dimension_has_a_fact_and_no_other_has_one() -> None:
    assert {f.dimension for f in composed_facts()} == COMPOSED_NUMBERS


def test_the_fact_codes_are_the_agreed_ones() -> None:
    assert set(FACTS) == {
        "stand_run", "stand_day", "sit_run", "sit_day", "walk_run", "walk_day", "work_day", "changes_day",
        "kinds_job", "kinds_day", "fixed_times_day", "alone_run", "day_differences_job", "shared_job",
        "instructors_job", "contact_day",
    }  # fmt: skip
    assert len(FACTS) == 16


@pytest.mark.parametrize("fact", composed_facts(), ids=lambda f: f.fact)
def test_thresholds_never_fall_and_every_fact_names_its_unit_scope_and_source(fact: ComposedFact) -> None:
    assert len(fact.thresholds) == 4
    assert list(fact.thresholds) == sorted(fact.thresholds)
    assert fact.scope in {"day", "job"}
    assert (fact.scope == "job") == fact.fact.endswith("_job")
    assert fact.unit
    assert "assumption" in fact.source


@given(st.sampled_from(FACTS), st.integers(0, 1500), st.integers(0, 4))
def test_a_level_and_its_limit_agree(fact: str, value: int, level: int) -> None:
    limit = limit_of(fact, level)
    assert (level_of(fact, value) <= level) == (limit is None or value <= limit)


@given(st.sampled_from(FACTS), st.integers(0, 1500))
def test_more_of_a_fact_never_asks_less(fact: str, value: int) -> None:
    assert level_of(fact, value) <= level_of(fact, value + 1)


def test_the_highest_ability_has_no_limit() -> None:
    assert all(limit_of(fact, 4) is None for fact in FACTS)


@pytest.mark.parametrize("changes", range(6, 13))
@pytest.mark.parametrize("kinds", range(8, 15))
def test_an_ordinary_supported_job_asks_level_2_or_3(changes: int, kinds: int) -> None:
    assert level_of("changes_day", changes) in {2, 3}
    assert level_of("kinds_job", kinds) in {2, 3}


@pytest.mark.parametrize(
    ("fact", "value", "level"),
    [
        ("instructors_job", 1, 2), ("instructors_job", 2, 3), ("instructors_job", 3, 4),
        ("work_day", 240, 2), ("work_day", 241, 3), ("work_day", 420, 3), ("work_day", 421, 4),
        ("stand_run", 15, 2), ("stand_run", 16, 3), ("stand_run", 60, 3), ("stand_run", 61, 4),
        ("sit_run", 30, 2), ("sit_run", 31, 3), ("sit_run", 120, 3), ("sit_run", 121, 4),
        ("stand_day", 120, 2), ("stand_day", 240, 3), ("stand_day", 0, 0),
    ],
)  # fmt: skip
def test_the_agreed_anchors_hold(fact: str, value: int, level: int) -> None:
    assert level_of(fact, value) == level


def test_short_tasks_that_fit_one_by_one_need_not_make_a_day_that_fits() -> None:
    assert composed_levels({"stand_run": 15, "stand_day": 15}) == {23: 2}
    assert composed_levels({"stand_run": 15, "stand_day": 10 * 15}) == {23: 3}


def test_half_of_what_decides_a_level_does_not_tell_it() -> None:
    assert composed_levels({"stand_run": 15, "work_day": 240}) == {31: 2}
    assert composed_levels({"sit_run": 0, "sit_day": 0}) == {24: 0}
    assert composed_levels({}) == {}


def test_a_fact_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        composed_levels({"charm_day": 3})
