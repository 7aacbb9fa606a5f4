"""Doors: open, with an aid, to be asked or shut; never a score, never hidden."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klaver.matching.doors import OPEN, JobDemands, Question, door, limits
from klaver.people import Ability, LanguageHeld, Profile, aids, profiles
from klaver.scale.ladder import SKILLS, STEPS
from klaver.values import Weekday
from klaver.values.time import closed, day_parts

NONE = dict.fromkeys(SKILLS, "none")
RANK = {"shut": 0, "to_ask": 1, "with_aid": 2, "open": 3}


def person(**fields: object) -> Profile:
    """Return a person who can do level 2 everywhere and of whom everything is known."""
    given_: dict[str, object] = {
        "id": "p1",
        "kind": "person",
        "abilities": {n: Ability(low=2, likely=2, high=2) for n in range(1, 37)},
        "language": dict.fromkeys(SKILLS, "A2"),
        "week_min": 0,
        "week_max": 2280,
        "day_max": 480,
        "days": tuple(range(7)),
        "earliest": 0,
        "latest": 1440,
        "permits": (),
        "source": "self",
        "date": "2026-11-24",
    }
    return Profile.model_validate({**given_, **fields}, strict=False)


def asked(found: tuple[Question, ...]) -> list[tuple[str, str]]:
    return [(q.code if q.dimension is None else str(q.dimension), q.of) for q in found]


def test_a_person_is_never_hidden_because_an_ability_is_unknown() -> None:
    who = person(abilities={1: Ability(low=2, likely=2, high=2)})
    found = door(JobDemands({1: 2, 26: 2, 27: 0}), who)
    assert (found.status, asked(found.questions)) == ("to_ask", [("26", "person")])
    assert (found.possible, found.sure) == (True, False)


def test_what_the_work_may_ask_is_a_question_to_those_who_know_the_work() -> None:
    found = door(JobDemands({1: 2}, unknown=(26,), language_unknown=("T1", "T2")), person())
    assert (found.status, asked(found.questions)) == ("to_ask", [("26", "work"), ("task_language", "work")])
    assert found.questions[-1].tasks == ("T1", "T2")
    assert (found.possible, found.sure) == (True, False)


def test_the_fewest_aids_that_open_the_door_are_named() -> None:
    found = door(JobDemands({26: 3}), person(aids=("stool", "lifting-aid")))
    assert (found.status, found.aids, found.sure) == ("with_aid", ("lifting-aid",), True)
    both = door(JobDemands({26: 3, 23: 3, 1: 2}), person(aids=("picture-plan", "stool", "lifting-aid")))
    assert both.aids == ("stool", "lifting-aid")


def test_a_shut_door_names_what_is_asked_and_what_is_there() -> None:
    found = door(JobDemands({26: 4}), person())
    assert found.status == "shut"
    assert [(b.dimension, b.asked, b.has) for b in found.barriers] == [(26, 4, 2)]
    assert not found.possible


def test_sure_leans_on_no_aid_that_the_answer_does_not_name() -> None:
    wide = {26: Ability(low=2, likely=3, high=4)}
    found = door(JobDemands({26: 3}), person(abilities=wide, aids=("lifting-aid",)))
    assert (found.status, found.aids, found.sure, found.possible) == ("open", (), False, True)
    helped = door(JobDemands({26: 4}), person(abilities=wide, aids=("lifting-aid",)))
    assert (helped.status, helped.aids, helped.sure) == ("with_aid", ("lifting-aid",), True)


def test_a_door_that_is_shut_for_most_is_possible_for_who_can_do_more() -> None:
    found = door(JobDemands({26: 4}), person(abilities={26: Ability(low=1, likely=2, high=4)}))
    assert (found.status, found.sure, found.possible) == ("shut", False, True)


def test_missing_language_is_something_to_learn_unless_safety_asks_it() -> None:
    who = person(language=dict.fromkeys(SKILLS, "A1"))
    need = {**NONE, "listening": "A2", "speaking": "A1"}
    soft = door(JobDemands({1: 1}, language=need), who)
    assert (soft.status, soft.learnable, soft.sure) == ("open", {"listening": 1}, True)
    hard = door(JobDemands({1: 1}, language=need, language_hard=need), who)
    assert (hard.status, [b.code for b in hard.barriers]) == ("shut", ["language"])


def test_a_safety_reason_makes_only_its_own_need_hard() -> None:
    who = person(language=dict.fromkeys(SKILLS, "A1"))
    learnable, safety = {**NONE, "reading": "B1"}, {**NONE, "listening": "A1"}
    found = door(JobDemands({1: 1}, language={**learnable, "listening": "A1"}, language_hard=safety), who)
    assert (found.status, found.learnable) == ("open", {"reading": 2})


@pytest.mark.parametrize("hard", [None, {**NONE, "listening": "A2"}])
def test_language_that_is_not_known_is_a_question_and_no_yes(hard: dict[str, str] | None) -> None:
    found = door(JobDemands({1: 1}, language={**NONE, "listening": "A2"}, language_hard=hard), person(language=None))
    assert (found.status, asked(found.questions)) == ("to_ask", [("language", "person")])
    assert (found.sure, found.possible, found.learnable) == (False, True, {})


def test_language_that_nobody_asks_needs_no_question() -> None:
    who = person(language=None)
    assert door(JobDemands({1: 1}, language=NONE, language_hard=NONE), who).status == "open"
    assert door(JobDemands({1: 1}), who).status == "open"


def test_conditions_are_named_one_by_one() -> None:
    who = person(week_max=600, day_max=300, days=(0,), earliest=480, latest=960, excluded_families=("linen",))
    codes = [b.code for b in door(busy(), who).barriers]
    assert codes == ["week", "day", "days", "hours", "permit", "own_choice"]


def busy() -> JobDemands:
    """Return a job that asks something of every condition."""
    return JobDemands(
        {1: 1},
        week=900,
        day_max=400,
        days=(Weekday.TUESDAY,),
        earliest=420,
        latest=1000,
        language={**NONE, "listening": "A2"},
        permits=("B",),
        families=("linen",),
    )


HOURS = ("week_min", "week_max", "day_max", "days", "earliest", "latest", "permits", "language")


def test_hours_that_are_not_known_are_asked_and_neither_open_nor_shut() -> None:
    found = door(busy(), person(**dict.fromkeys(HOURS)))
    assert found.status == "to_ask"
    assert [q.code for q in found.questions] == ["week", "day", "days", "hours", "permit", "language"]
    assert not found.sure and found.possible


@pytest.mark.parametrize("field", HOURS)
def test_each_condition_that_is_not_known_is_a_question_of_its_own(field: str) -> None:
    whole = person(permits=("B",))
    assert door(busy(), whole).status == "open"
    found = door(busy(), whole.model_copy(update={field: None}))
    assert (found.status, len(found.questions), found.possible) == ("to_ask", 1, True)


@pytest.mark.parametrize(("field", "value"), [("week_min", 901), ("week_max", 899), ("earliest", 421), ("latest", 999)])
def test_half_a_condition_can_shut_when_the_other_half_is_not_known(field: str, value: int) -> None:
    other = {"week_min": "week_max", "week_max": "week_min", "earliest": "latest", "latest": "earliest"}[field]
    found = door(busy(), person(permits=("B",), **{field: value, other: None}))
    assert (found.status, found.possible) == ("shut", False)


LEVELS = st.dictionaries(st.integers(1, 36), st.integers(0, 4), max_size=6)
NEEDS = st.fixed_dictionaries({skill: st.sampled_from(STEPS) for skill in SKILLS})


@st.composite
def abilities(draw: st.DrawFn) -> dict[int, Ability]:
    """Draw ranges for some dimensions; the others are not known."""
    found = {}
    for number in draw(st.sets(st.integers(1, 36))):
        low, likely, high = sorted(draw(st.tuples(*[st.integers(0, 4)] * 3)))
        found[number] = Ability(low=low, likely=likely, high=high)
    return found


@st.composite
def people(draw: st.DrawFn) -> Profile:
    """Draw a profile, with some of it not known."""
    given_: dict[str, Any] = {"abilities": draw(abilities())}
    given_["aids"] = tuple(draw(st.sets(st.sampled_from(sorted(aids())), max_size=5)))
    given_["language"] = draw(st.none() | NEEDS)
    for field in ("week_min", "week_max", "day_max", "days", "earliest", "latest", "permits"):
        if draw(st.booleans()):
            given_[field] = None
    return person(**given_)


@st.composite
def jobs(draw: st.DrawFn) -> JobDemands:
    """Draw what a job asks, with some of it not known."""
    return JobDemands(
        draw(LEVELS),
        unknown=tuple(draw(st.sets(st.integers(1, 36), max_size=1))),
        week=draw(st.sampled_from((600, 2400))),
        day_max=draw(st.sampled_from((300, 500))),
        days=(Weekday.MONDAY,),
        language=draw(st.none() | NEEDS),
        language_hard=draw(st.none() | NEEDS),
        language_unknown=draw(st.sampled_from(((), ("T1",)))),
        permits=draw(st.sampled_from(((), ("B",)))),
    )


@given(jobs(), people())
def test_sure_is_open_and_what_is_not_shut_is_possible(job: JobDemands, who: Profile) -> None:
    found = door(job, who)
    assert found.sure <= (found.status in OPEN) <= (found.status != "shut") <= found.possible
    assert (found.status == "shut") == bool(found.barriers)
    if found.status in OPEN:
        assert not found.questions
    if found.status == "to_ask":
        assert found.questions


@given(jobs(), people(), st.data())
def test_raising_an_ability_never_closes_a_door(job: JobDemands, who: Profile, data: st.DataObject) -> None:
    if not who.abilities:
        return
    number = data.draw(st.sampled_from(sorted(who.abilities)))
    old = who.abilities[number]
    low = data.draw(st.integers(old.low, 4))
    likely = data.draw(st.integers(max(low, old.likely), 4))
    high = data.draw(st.integers(max(likely, old.high), 4))
    more = who.model_copy(update={"abilities": {**who.abilities, number: Ability(low=low, likely=likely, high=high)}})
    before, after = door(job, who), door(job, more)
    assert RANK[after.status] >= RANK[before.status]
    assert after.possible >= before.possible
    if after.aids == before.aids:
        assert after.sure >= before.sure


UNKNOWN = st.sampled_from(["ability", "demand", "task", *HOURS])


@given(jobs(), people(), UNKNOWN, st.integers(1, 36))
def test_an_unknown_more_never_makes_sure_and_never_shuts(
    job: JobDemands, who: Profile, which: str, number: int
) -> None:
    before = door(job, who)
    if which == "ability":
        who = who.model_copy(update={"abilities": {n: a for n, a in who.abilities.items() if n != number}})
    elif which == "demand":
        levels = {n: level for n, level in job.levels.items() if n != number}
        job = replace(job, levels=levels, unknown=(*job.unknown, number))
    elif which == "task":
        job = replace(job, language_unknown=(*job.language_unknown, "T9"))
    else:
        who = who.model_copy(update={which: None})
    after = door(job, who)
    assert after.sure <= before.sure
    assert after.possible >= before.possible
    assert (after.status == "shut") <= (before.status == "shut")


@given(jobs(), people())
def test_nobody_is_hidden_and_an_answer_tells_what_it_leans_on(job: JobDemands, who: Profile) -> None:
    found = door(job, who)
    assert found.profile == who.id
    assert set(found.aids) <= set(who.aids)
    assert found.barriers or found.questions or found.status in OPEN


@given(LEVELS, st.integers(0, 7))
def test_limits_and_doors_say_the_same(levels: dict[int, int], which: int) -> None:
    profile = profiles()[which]
    known = limits(profile)
    within = all(level <= known[n] for n, level in levels.items())
    assert profile.week_min is not None and profile.earliest is not None and profile.latest is not None
    found = door(JobDemands(levels, week=profile.week_min, earliest=profile.earliest, latest=profile.latest), profile)
    assert within == (found.status in OPEN)


def test_held_language_is_compared_skill_by_skill() -> None:
    held = LanguageHeld(listening="B1", speaking="none", reading="A1", writing="C1")
    found = door(JobDemands({1: 1}, language=dict.fromkeys(SKILLS, "A2")), person(language=held.model_dump()))
    assert found.learnable == {"speaking": 2, "reading": 1}


def test_the_parts_of_a_day_are_those_in_which_there_is_work() -> None:
    monday = Weekday.MONDAY
    assert day_parts(monday, 420, 720) == {(monday, "morning")}
    assert day_parts(monday, 660, 725) == {(monday, "morning"), (monday, "afternoon")}
    assert day_parts(Weekday.SUNDAY, 1380, 1500) == {(Weekday.SUNDAY, "evening"), (monday, "night")}
    mornings = frozenset({(monday, "morning"), (Weekday.TUESDAY, "night")})
    assert closed(mornings, monday) == [(0, 360), (720, 1440), (1800, 2880)]
    assert closed(frozenset(), monday) == [(0, 2880)]


def test_who_gives_parts_of_days_is_judged_on_those_and_asked_no_days_and_hours() -> None:
    work = JobDemands(
        levels={},
        week=600,
        earliest=420,
        latest=720,
        days=(Weekday.MONDAY,),
        day_parts=frozenset({(Weekday.MONDAY, "morning")}),
    )
    told = {"days": None, "earliest": None, "latest": None}
    assert door(work, person(**told, day_parts={0: ("morning",)})).status == "open"
    assert [b.code for b in door(work, person(**told, day_parts={0: ("afternoon",)})).barriers] == ["day_parts"]
    assert {q.code for q in door(work, person(**told)).questions} == {"days", "hours"}


def test_travel_is_judged_only_where_somebody_said_what_reaches_the_workplace() -> None:
    far = JobDemands(levels={}, week=600, travel={"north": frozenset({"car"})})
    assert door(far, person(zone="north", means=("car", "foot"))).status == "open"
    assert [b.code for b in door(far, person(zone="north", means=("bike",))).barriers] == ["travel"]
    assert [b.code for b in door(far, person(zone="south", means=("car",))).barriers] == ["travel"]
    assert [q.code for q in door(far, person(zone="north")).questions] == ["travel"]
    assert door(JobDemands(levels={}, week=600), person()).status == "open"
