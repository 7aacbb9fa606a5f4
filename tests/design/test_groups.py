"""A job for each person of a group at once: each job keeps its holder's limits, and no design tells whose it is."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations, product
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.design.cases import asked, loose, task, ward, workplace
from tests.design.kernel.walking import unsorted, walked
from tests.matching.test_doors import person
from tests.properties.brute import better_design
from tests.properties.drawing import draw_problem

from klaver.design.check import breaches, refused
from klaver.design.effects import demands_of
from klaver.design.holders import Holders, Seat, apart, group_of
from klaver.design.kernel.board import judge_job
from klaver.design.kernel.judge import RULES
from klaver.design.kernel.plan import Kernel
from klaver.design.problem import Problem, problem
from klaver.design.records import Floors, Objective, Receipt, Status
from klaver.design.rules.ceilings import barriers_of
from klaver.design.solve.alternatives import Answer, again
from klaver.design.solve.alternatives import design as search_all
from klaver.design.solve.day import Days
from klaver.design.solve.search import Effort, Found, Search
from klaver.design.solve.seats import unseated
from klaver.matching.doors import door
from klaver.people import Profile
from klaver.values import Faults
from klaver.work.records import Wishes, Workplace

EFFORT = Effort(rounds=3, work=0.3)
FREE = Wishes(week_min=0, week_max=6000, day_max=900)
RECEIPT = Receipt(
    workplace="w", people="p", seed=1, round_work=300, alternatives=2, versions={}, parameters_on="2026-11-24"
)


def for_all(*group: Profile, place: Workplace, **changed: int) -> Problem:
    """Return the question of one job for each person, with next to no other rule."""
    return problem(place, loose(**changed), (), FREE, group=group)


def best(question: Problem) -> Found:
    return Search(question, Objective.RELIEF, Days(question)).run(EFFORT)


def three_persons() -> tuple[Profile, Profile, Profile]:
    return (
        person(id="early", latest=720),
        person(id="late", earliest=780),
        person(id="light", abilities={26: {"low": 0, "likely": 0, "high": 0}}),
    )


def shop() -> Workplace:
    """Return tasks of which each suits some of the three: by the clock, or by what is lifted."""
    wide, lift, days = {"start": 420, "end": 1200}, {26: 3}, (1, 1, 0, 0, 0, 0, 0)
    return workplace(
        task("morning", 60, days, window={"start": 420, "end": 700}, contact="clients", demands={26: 2}),
        task("evening", 50, days, window={"start": 900, "end": 1200}, contact="clients", demands={26: 2}),
        task("heavy", 90, days, window=wide, demands=lift),
        task("sorting", 40, days, window=wide, contact="clients", demands={26: 0}),
    )


# every limit by the job that is theirs


def test_each_person_gets_a_job_that_nothing_known_shuts() -> None:
    question = for_all(*three_persons(), place=shop())
    found = best(question)
    assert found.jobs is not None
    assert found.status is Status.OPTIMAL
    assert len(found.jobs) == 3
    for job, who in zip(found.jobs, question.group, strict=True):
        assert door(demands_of(question, job), who).status != "shut"
    tasks = [{e.task for s in j.shifts for e in s.entries} for j in found.jobs]
    assert ["morning" in t for t in tasks] == [True, False, False]
    assert ["evening" in t for t in tasks] == [False, True, False]
    assert tasks[2] == {"sorting"}
    assert [(b.job, b.code) for b in breaches(question, (found.jobs[1], found.jobs[0], found.jobs[2]))] == [
        ("job-2", "rule.ceiling"),
        ("job-1", "rule.ceiling"),
    ]


def test_the_plan_is_as_good_in_whatever_order_the_persons_are_named() -> None:
    place = shop()
    values = {best(for_all(*order, place=place)).value for order in permutations(three_persons())}
    assert len(values) == 1


def _small(chance: Random) -> Problem:
    """Draw two persons and three tasks on one day: small enough to try everything."""
    monday = (1, 0, 0, 0, 0, 0, 0)
    tasks = [
        task(
            f"T{n}",
            chance.choice((30, 45, 70)),
            monday,
            contact="clients",
            demands={26: chance.choice((0, 1, 2, 3))},
            family=chance.choice(("meals", "linen")),
            window=chance.choice(({"start": 480, "end": 600}, {"start": 700, "end": 900})),
        )
        for n in range(4)
    ]
    group = [
        person(
            id=f"p{n}",
            abilities={26: dict.fromkeys(("low", "likely", "high"), chance.choice((0, 1, 2, 3)))},
            latest=chance.choice((700, 1440)),
            earliest=chance.choice((0, 0, 650)),
            week_min=chance.choice((0, 30, 60)),
            day_max=chance.choice((60, 480)),
            excluded_families=chance.choice(((), ("meals",))),
        )
        for n in range(2)
    ]
    return for_all(*group, place=workplace(*tasks))


@pytest.mark.parametrize("seed", range(12))
def test_the_best_plan_for_two_is_the_best_of_all_plans_in_both_orders(seed: int) -> None:
    question = _small(Random(seed))
    found = best(question)
    assert found.status in (Status.OPTIMAL, Status.IMPOSSIBLE), "small enough to be decided"
    at_least = -(10**9) if found.value is None else found.value
    for order in permutations(question.group):
        assert better_design(replace(question, group=order), Objective.RELIEF, at_least) is None
    if found.jobs is not None:
        assert not refused(question, found.jobs)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_the_kernel_says_of_each_persons_job_what_the_checker_says(seed: int) -> None:
    chance = Random(seed)
    drawn = draw_problem(chance, tightness=0.2)
    levels = [{n: dict.fromkeys(("low", "likely", "high"), chance.randint(0, 3)) for n in range(1, 37)} for _ in "ab"]
    group = tuple(
        person(
            id=f"p{n}", abilities=level, latest=chance.choice((900, 1440)), permits=chance.choice((("B",), (), None))
        )
        for n, level in enumerate(levels)
    )
    question = replace(drawn, group=group)
    if not question.classes:
        return
    kernel = Kernel(question)
    aims = kernel.aims(Objective.RELIEF, Floors(), doors=True)
    board = walked(kernel, aims, seed, 90)
    jobs = unsorted(kernel, board)
    for number, (job, who) in enumerate(zip(jobs, group, strict=True)):
        judge_job(kernel.numbers, aims, board, kernel.desk, number)
        said = {RULES[i] for i in np.flatnonzero(kernel.desk.broken)}
        if job.shifts:
            assert ("ceilings" in said) == bool(barriers_of(question, job, who))


def test_only_who_has_the_permit_gets_the_task_that_asks_it() -> None:
    place = workplace(
        task("drive", 60, legal="permit", permit="B", contact="clients"), task("fold", 60, contact="clients")
    )
    with_it, without, unknown = person(id="a", permits=("B",)), person(id="b"), person(id="c", permits=None)
    for other in (without, unknown):
        found = best(for_all(other, with_it, place=place))
        assert found.jobs is not None
        assert ["drive" in {e.task for s in j.shifts for e in s.entries} for j in found.jobs] == [False, True]
        question = for_all(other, with_it, place=place)
        swapped = tuple(breaches(question, found.jobs[::-1]))
        assert [(b.job, b.values["barriers"]) for b in swapped] == [("job-2", "permit")]


# the design without its people


def made(*group: Profile, place: Workplace) -> tuple[Problem, Answer]:
    question = for_all(*group, place=place)
    return question, search_all(question, RECEIPT, Effort(rounds=1, work=0.3), 2)


def test_a_design_of_a_group_holds_nobody_and_the_document_beside_it_says_whose_each_job_is() -> None:
    question, answer = made(*three_persons(), place=shop())
    design, holders = apart(question, answer.designs[0])
    assert [j.week for j in design.jobs] == sorted((j.week for j in design.jobs), reverse=True)
    assert not any(p.id in design.to_json() for p in question.group)
    assert {s.person for s in holders.seats} == {"early", "late", "light"}
    group = group_of(holders, design, question.group)
    for job, who in zip(design.jobs, group, strict=True):
        assert not barriers_of(question, job, who)
    assert {s.person: s.also for s in holders.seats}["light"] == (), "only one job asks so little"
    assert Holders.model_validate_json(holders.to_json()) == holders


def test_who_holds_which_job_is_read_only_beside_the_design_it_was_made_for() -> None:
    question, answer = made(*three_persons(), place=shop())
    design, holders = apart(question, answer.designs[0])
    twice = holders.model_copy(update={"seats": (holders.seats[0], *holders.seats[:2])})
    changed: tuple[tuple[Holders, Any, str], ...] = (
        (holders.model_copy(update={"design": "other"}), question.group, "group.other_design"),
        (twice, question.group, "group.seats_mixed"),
        (holders, question.group[:2], "group.missing"),
    )
    for document, people, code in changed:
        with pytest.raises(Faults) as wrong:
            group_of(document, design, people)
        assert [f.code for f in wrong.value.faults] == [code]
        assert not any(p.id in str(wrong.value) for p in question.group)


def test_a_stored_document_of_holders_can_be_read_for_ever() -> None:
    told = (
        '{"schema_id": "klaver/holders/1", "design": "f00d", "asked": ["b", "a"], "seats": [{"job": "job-1", "person":'
        ' "a", "status": "to_ask", "aids": ["stool"], "questions": [{"code": "demand", "of": "person", "dimension": 26,'
        ' "tasks": []}], "also": ["job-2"]}]}'
    )
    read = Holders.model_validate_json(told)
    assert isinstance(read.seats[0], Seat)
    assert (read.asked, read.seats[0].also) == (("b", "a"), ("job-2",))


def test_a_design_of_a_group_is_made_again_in_the_order_that_its_document_keeps() -> None:
    question, answer = made(*three_persons(), place=shop())
    once = [apart(question, d)[0].to_json() for d in answer.designs]
    repeated = again(question, answer.receipt, Effort())
    assert [apart(question, d)[0].to_json() for d in repeated.designs] == once


# what cannot be


def test_who_fits_no_job_is_named_with_what_stands_in_the_way_and_nothing_else() -> None:
    never = person(id="nights", earliest=1300)
    found = unseated(for_all(*three_persons(), never, place=shop()), EFFORT)
    assert [(a.person.id, a.conditions) for a in found.alone] == [("nights", ("hours",))]
    assert [w.key for w in found.alone[0].clash.wishes] == ["profile"]


def test_a_level_that_is_too_low_for_every_task_is_named() -> None:
    weak = person(id="weak", abilities={26: dict.fromkeys(("low", "likely", "high"), 0)})
    place = workplace(task("lift", 60, (1, 0, 0, 0, 0, 0, 0), demands={26: 2}, contact="clients"))
    found = unseated(for_all(weak, place=place), EFFORT)
    assert [[w.key for w in a.clash.wishes] for a in found.alone] == [["level:26"]]
    assert found.alone[0].conditions == ()


def test_persons_who_need_the_same_task_cannot_have_a_job_at_the_same_time() -> None:
    first, second = (person(id=name, latest=720) for name in ("one", "two"))
    monday = (1, 0, 0, 0, 0, 0, 0)
    place = workplace(
        task("morning", 60, monday, window={"start": 420, "end": 700}, contact="clients"),
        task("evening", 60, monday, window={"start": 900, "end": 1200}, contact="clients"),
    )
    third = person(id="three")
    question = for_all(first, third, second, place=place)
    assert best(question).status is Status.IMPOSSIBLE
    found = unseated(question, EFFORT)
    assert not found.alone
    assert {p.id for p in found.together} == {"one", "two"}
    assert found.confirmed
    possible = [best(replace(question, group=(third, p))).jobs for p in (first, second)]
    assert None not in possible


def test_a_group_that_fits_is_not_told_anything() -> None:
    found = unseated(for_all(*three_persons(), place=shop()), EFFORT)
    assert (found.alone, found.together, found.clash) == ((), (), None)


def test_without_a_group_nothing_is_different() -> None:
    question = asked(ward())
    assert question.holders == ()
    assert all(question.holder(j) is None for j, _ in product(range(3), (0,)))
