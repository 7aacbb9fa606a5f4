"""Doors: open, with an aid, to be asked or shut; never a score, never hidden."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from klaver.matching.doors import JobDemands, door, limits, task_step
from klaver.people import Ability, LanguageHeld, Profile, aids, profiles
from klaver.values import Weekday


def person(**fields: object) -> Profile:
    """Return a person who can do level 2 everywhere."""
    given_: dict[str, object] = {
        "id": "p1",
        "kind": "person",
        "names": {"en": "p1"},
        "abilities": {n: Ability(low=2, likely=2, high=2) for n in range(1, 37)},
        "source": "self",
        "date": "2026-11-24",
    }
    return Profile.model_validate({**given_, **fields}, strict=False)


def test_a_person_is_never_hidden_because_an_ability_is_unknown() -> None:
    who = person(abilities={1: Ability(low=2, likely=2, high=2)})
    found = door(JobDemands({1: 2, 26: 2}), who)
    assert (found.status, found.questions, found.possible, found.sure) == ("to_ask", (26,), True, False)


def test_the_fewest_aids_that_open_the_door_are_named() -> None:
    found = door(JobDemands({26: 3}), person(aids=("stool", "lifting-aid")))
    assert (found.status, found.aids) == ("with_aid", ("lifting-aid",))


def test_a_shut_door_names_what_is_asked_and_what_is_there() -> None:
    found = door(JobDemands({26: 4}), person())
    assert found.status == "shut"
    assert [(b.dimension, b.asked, b.has) for b in found.barriers] == [(26, 4, 2)]


def test_missing_language_is_something_to_learn_unless_safety_asks_it() -> None:
    held = LanguageHeld(listening="A1", speaking="A1", reading="none", writing="none")
    asked = {"listening": "A2", "speaking": "A1", "reading": "none", "writing": "none"}
    who = person(language=held)
    soft = door(JobDemands({1: 1}, language=asked), who)
    assert (soft.status, soft.learnable) == ("open", {"listening": 1})
    assert door(JobDemands({1: 1}, language=asked, language_hard=True), who).status == "shut"
    assert task_step(asked) == "A2"
    assert task_step(None) == "none"


def test_conditions_are_named_one_by_one() -> None:
    who = person(week_max=600, day_max=300, days=(0,), earliest=480, latest=960, excluded_families=("linen",))
    asked = JobDemands(
        {1: 1},
        week=900,
        day_max=400,
        days=(Weekday.TUESDAY,),
        earliest=420,
        latest=1000,
        permits=("B",),
        families=("linen",),
    )
    codes = [b.code for b in door(asked, who).barriers]
    assert codes == ["week", "day", "days", "hours", "permit", "own_choice"]


@given(st.dictionaries(st.integers(1, 36), st.integers(0, 4)), st.integers(0, 7))
def test_limits_and_doors_say_the_same(levels: dict[int, int], which: int) -> None:
    profile = profiles()[which]
    known = limits(profile)
    within = all(level <= known[n] for n, level in levels.items() if n in known)
    found = door(JobDemands(levels, week=profile.week_min, earliest=profile.earliest, latest=profile.latest), profile)
    assert within == (not [b for b in found.barriers if b.code == "demand"])
    assert not found.sure or found.possible


def test_eight_groups_and_their_aids_are_complete_in_three_languages() -> None:
    assert len(profiles()) == 8
    assert all(set(p.names) == {"nl", "fr", "en"} and set(p.aids) <= set(aids()) for p in profiles())
    assert profiles()[0].name_in("fr")
