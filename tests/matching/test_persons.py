"""One job beside people: lines and questions for one, groups without order for all, and no figure about anybody."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.util import find_spec

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.matching.drawn import crowds, jobs, people
from tests.matching.reference import shortfall

from klaver.language.tell import LANGUAGES, Language
from klaver.matching.doors import JobDemands, door
from klaver.matching.jobs import JobIndex
from klaver.matching.persons import GROUPS, changes, gaps, group_of, groups, open_jobs, questions
from klaver.matching.telling import ask, tell_open_job, tell_rest, tell_somebody
from klaver.people import profiles
from klaver.people.records import Ability, LanguageHeld, Profile
from klaver.values import Faults

FOUND = ["plain", "fast"] if find_spec("numba") else ["plain"]
KNOWN = {n: Ability(low=3, likely=3, high=3) for n in range(1, 37)}
HELD = LanguageHeld(listening="A1", speaking="A1", reading="A1", writing="none")


def person(**changed: object) -> Profile:
    given = {
        "id": "p1",
        "kind": "person",
        "abilities": KNOWN,
        "language": HELD,
        "week_min": 0,
        "week_max": 2280,
        "day_max": 480,
        "days": (0, 1, 2, 3, 4),
        "earliest": 360,
        "latest": 1200,
        "permits": (),
        "source": "drawn",
        "date": "2026-11-25",
    }
    return Profile.model_validate({**given, **changed}, strict=False)


JOB = JobDemands(
    levels={1: 2, 23: 3, 26: 4, 7: 1},
    week=1140,
    day_max=240,
    earliest=480,
    latest=720,
    days=(0, 1),  # type: ignore[arg-type]
    language={"listening": "A2", "speaking": "A1", "reading": "none", "writing": "none"},
    families=("meals",),
)


def test_a_line_says_ok_with_aid_to_learn_blocking_or_unknown() -> None:
    known = {n: a for n, a in KNOWN.items() if n != 7}
    lines = {g.dimension or g.code: g for g in gaps(JOB, person(abilities=known, aids=("lifting-aid",), day_max=180))}
    assert lines[1].fit == "ok"
    assert (lines[26].fit, lines[26].aids) == ("with_aid", ("lifting-aid",))
    assert lines[7].fit == "unknown"
    assert lines["day"].fit == "blocking"
    assert (lines["language_listening"].fit, lines["language_listening"].steps) == ("to_learn", 1)
    assert "language_reading" not in lines, "what is not asked has no line"


def test_what_is_above_reach_without_an_aid_is_in_the_way() -> None:
    assert {g.dimension: g.fit for g in gaps(JOB, person())}[26] == "blocking"


def test_only_what_the_job_asks_and_nobody_knows_is_asked() -> None:
    nobody = person(abilities={}, language=None, week_max=None)
    found = questions(JOB, nobody)
    assert {q.dimension for q in found} == {1, 23, 26, None}, "level 1 is work with constant help"
    assert {q.code for q in found} == {"demand", "week", "language"}
    assert len(found) <= 12


def test_a_door_that_is_to_be_asked_about_always_has_a_question() -> None:
    almost = person(abilities={n: a for n, a in KNOWN.items() if n != 7}, aids=("lifting-aid",))
    assert [q.dimension for q in questions(JOB, almost)] == [7]


@settings(max_examples=50, deadline=None)
@given(crowd=crowds(40), job=jobs(), seed=st.integers(0, 9))
def test_everyone_stands_in_exactly_one_group_and_nothing_in_it_is_a_figure(
    crowd: tuple[Profile, ...], job: JobDemands, seed: int
) -> None:
    found = groups(job, crowd, seed)
    assert tuple(found) == GROUPS
    assert sorted(s.person for several in found.values() for s in several) == sorted(p.id for p in crowd)
    assert groups(job, reversed(crowd), seed) == found, "the order in which people are given means nothing"
    for several in found.values():
        for one in several:
            assert set(json.loads(one.model_dump_json())) == {
                "person",
                "wish",
                "aids",
                "questions",
                "learnable",
                "barriers",
            }
            if one in found["closed"]:
                assert one.barriers, "what shuts a door is named"
            if one in found["to_ask"]:
                assert one.questions, "what has to be asked is named"


def test_who_asked_for_the_work_comes_first_and_then_the_draw() -> None:
    crowd = [
        person(id=f"p{n}", aids=("lifting-aid",), wanted_families=("meals",) if n % 3 == 0 else ()) for n in range(30)
    ]
    drawn = [groups(JOB, crowd, seed)["learnable"] for seed in (1, 2)]
    for several in drawn:
        assert [s.wish for s in several] == [True] * 10 + [False] * 20
    assert [s.person for s in drawn[0]] != [s.person for s in drawn[1]]


@settings(max_examples=40, deadline=None)
@given(
    someone=people(),
    listed=st.lists(jobs(), min_size=1, max_size=12),
    most=st.integers(1, 6),
    engine=st.sampled_from(FOUND),
)
def test_the_nearest_jobs_are_those_of_the_definition(
    someone: Profile, listed: list[JobDemands], most: int, engine: str
) -> None:
    named = {f"J{at}": j for at, j in enumerate(listed)}
    total = sum(4 if n not in someone.abilities else 0 for n in range(1, 37))

    def key(name: str) -> tuple[int, int]:
        job = named[name]
        missing = shortfall(job, someone, sure=False, aided=True)
        had = {
            n: min(4, a.likely + max([_raise(x, n) for x in someone.aids], default=0))
            for n, a in someone.abilities.items()
        }
        return missing, sum(had.values()) + total - sum(job.levels.values()) + missing

    kept = [n for n, j in named.items() if all(s is not False for s in _states(j, someone))]
    expected = sorted(kept, key=lambda n: (*key(n), list(named).index(n)))
    found = JobIndex(named, engine=engine).nearest(someone, most)
    assert [n.job for n in found] == expected[:most]
    assert [(n.missing, n.unused) for n in found] == [key(n) for n in expected[:most]]
    shown = open_jobs(someone, named, most, "fewest_gaps", engine=engine)
    assert [o.job for o in shown][: len(found)] == [n.job for n in found]
    if len(shown) > most:
        assert key(shown[-1].job) == key(shown[most - 1].job), "equals are never cut apart"


def _raise(aid: str, number: int) -> int:
    from klaver.people import aids

    return aids()[aid].raises.get(number, 0)


def _states(job: JobDemands, someone: Profile) -> list[bool | None]:
    from klaver.matching.doors import condition_states

    return list(condition_states(job, someone).values())


def test_a_job_without_a_travel_table_is_not_hidden_for_travel() -> None:
    far = replace(JOB, levels={}, travel={"A": frozenset({"car"})})
    near = replace(JOB, levels={})
    found = JobIndex({"far": far, "near": near}).nearest(person(zone="B", means=("bike",)), 5)
    assert [n.job for n in found] == ["near"]


@pytest.mark.parametrize("order", ["wish", "travel"])
def test_the_person_chooses_the_order_and_equals_share_a_place(order: str) -> None:
    fits = {**JOB.__dict__, "levels": {1: 2}}
    listed = {
        "a": JobDemands(**{**fits, "families": ("linen",), "zone": "far", "travel": {"here": frozenset({"bike"})}}),
        "b": JobDemands(**{**fits, "zone": "here", "travel": {"here": frozenset({"bike"})}}),
        "c": JobDemands(**{**fits, "zone": "here", "travel": {"here": frozenset({"bike"})}}),
        "shut": JobDemands(**{**fits, "week": 9999}),
    }
    someone = person(zone="here", means=("bike",), wanted_families=("meals",))
    found = open_jobs(someone, listed, 1, order)  # type: ignore[arg-type]
    assert [(o.job, o.place) for o in found] == [("b", 1), ("c", 1)]
    assert [(o.job, o.place) for o in open_jobs(someone, listed, 9, order)][-1] == ("a", 3)  # type: ignore[arg-type]


def test_where_travel_is_not_known_the_job_comes_last_and_is_shown() -> None:
    known = replace(JOB, levels={})
    asked = replace(JOB, levels={}, travel={"here": frozenset({"bike"})})
    found = open_jobs(person(zone="here"), {"asked": asked, "known": known}, 5, "travel")
    assert [o.job for o in found] == ["known", "asked"]
    assert found[1].group == "to_ask"


def test_one_change_is_told_with_the_profiles_that_it_opens_to() -> None:
    job = JobDemands(**{**JOB.__dict__, "levels": {26: 4}, "week": 1140})
    someone = person()
    found = changes(job, [someone])
    assert [(c.aid, c.dimension) for c in found] == [("lifting-aid", None), (None, 26)]
    assert changes(job, [person(aids=("lifting-aid",))]) == (), "what a person can use already counts in the door"


@pytest.mark.parametrize("lang", LANGUAGES)
@settings(max_examples=30, deadline=None)
@given(someone=people(), job=jobs())
def test_everything_about_a_person_and_a_job_can_be_told(lang: Language, someone: Profile, job: JobDemands) -> None:
    found = door(job, someone)
    for several in groups(job, [someone]).values():
        for one in several:
            assert tell_somebody(one, lang).startswith(someone.id)
    assert isinstance(tell_rest(found, lang), str)
    assert all(ask(q, lang) for q in questions(job, someone))
    for one in open_jobs(someone, {"J": job}, 1, "fewest_gaps", engine="plain"):
        assert tell_open_job(one, lang).startswith("J: ")


def test_the_group_of_a_door_is_the_first_thing_that_is_still_needed() -> None:
    for profile in profiles():
        assert group_of(door(JOB, profile)) in GROUPS


def test_more_kinds_of_work_than_fit_are_told_and_not_lost() -> None:
    many = {f"J{n}": replace(JOB, families=(f"kind-{n}",)) for n in range(32)}
    with pytest.raises(Faults) as told:
        JobIndex(many)
    assert told.value.faults[0].code == "people.too_many_words"
