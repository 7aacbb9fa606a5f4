"""What no data may tempt the engine into: reserved work, a hollowed-out role, people pushed out of their hours."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from tests.design.cases import MONDAY, WORKDAYS, asked, loose, task, window, workplace
from tests.properties.drawing import draw_problem, plain
from tests.properties.plain_rules import House, displacement, hollowing, reserved

from klaver.design.check import broken
from klaver.design.problem import Problem, problem
from klaver.design.records import Objective, Status
from klaver.design.solve.day import Days
from klaver.design.solve.search import Effort, Search
from klaver.people.records import Profile
from klaver.work.records import Legal, Pin, Role, Share, Workplace

EFFORT = Effort(rounds=4, work=0.12)


def tempting(chance: Random) -> Problem:
    """Return a house in which the forbidden work is the best there is, and the data about roles is poor."""
    easy = draw_problem(chance, tightness=0.0)
    hard = loose(hollow_hours=35, hollow_recovery=50, hollow_load=115, crumbs_max=50)
    return problem(tempted(chance, easy.workplace), hard, (), easy.wishes.model_copy(update={"profile": None}))


def tempted(chance: Random, place: Workplace) -> Workplace:
    tasks = []
    for number, one in enumerate(place.tasks):
        fields: dict[str, object] = {}
        if number % 3 == 0:  # long, learning, among people, and reserved
            legal = chance.choice((Legal.RESERVED, Legal.UNKNOWN))
            fields = {"legal": legal, "learning": True, "contact": "clients", "demands": {}}
        elif number % 3 == 1:  # the easy work is that of the lowest paid, and shares add up to nothing sensible
            shares = chance.choice(((100,), (40,), (100, 60)))
            fields = {
                "doers": tuple(Share(role=r, percent=p) for r, p in zip(("cleaner", "temp"), shares, strict=False))
            }
        else:
            fields = {"recovery": True, "doers": (Share(role="carer", percent=chance.choice((30, 100))),)}
        changed = one.model_dump() | fields
        tasks.append(type(one).model_validate(changed, strict=False))
    roles = (
        Role(id="carer", label="c", shortage=True, pay_scale=chance.choice(("high", None)), headcount=0),
        Role(id="cleaner", label="c", shortage=chance.choice((None, False)), pay_scale=chance.choice((None, "low"))),
        Role(id="temp", label="t", hours_week=60, floor_week=chance.choice((30, 6000)), pay_scale="high"),
        Role(id="student", label="s", shortage=None, pay_scale=None),
    )
    agreements = () if chance.random() < 0.7 else place.agreements
    return place.model_copy(update={"tasks": tuple(tasks), "roles": roles, "agreements": agreements, "links": ()})


def test_no_reserved_task_no_hollowing_out_and_no_displacement_ever() -> None:
    seen: Counter[str] = Counter()
    for seed in range(60):
        house_of = tempting(Random(seed))
        objective = tuple(Objective)[seed % 4]
        found = Search(house_of, objective, Days(house_of)).run(EFFORT)
        if found.jobs is None:
            seen["none"] += 1
            continue
        seen["found"] += 1
        house = House(house_of.workplace, house_of.wishes, house_of.parameters)
        design = plain(found.jobs)
        for reading in (reserved, hollowing, displacement):
            assert list(reading(house, design)) == [], f"seed {seed}: {reading.__name__}"
        free = {t.id for t in house_of.workplace.tasks if t.legal not in (Legal.RESERVED, Legal.UNKNOWN)}
        assert {e[0] for days in design.values() for d in days.values() for e in d["entries"]} <= free
    assert seen["found"] >= 15


def test_a_wish_cannot_bring_a_reserved_task_into_a_job() -> None:
    place = workplace(task("A", 60, MONDAY), task("R", 60, MONDAY, legal="reserved", contact="clients"))
    wanted = asked(place)
    wanted = replace(wanted, wishes=wanted.wishes.model_copy(update={"pins": (Pin(task="R", kind="into"),)}))
    assert Search(wanted, Objective.RELIEF, Days(wanted)).run(EFFORT).status is Status.IMPOSSIBLE


def test_where_all_easy_work_is_that_of_the_lowest_paid_it_is_only_done_together() -> None:
    mine = (Share(role="cleaner", percent=100),)
    tasks = [task(t, 30, MONDAY, doers=mine, contact="colleagues") for t in ("A", "B", "C")]
    wanted = asked(workplace(*tasks))
    found = Search(wanted, Objective.QUALITY, Days(wanted)).run(EFFORT)
    assert found.jobs is not None
    assert all(e.shared for j in found.jobs for s in j.shifts for e in s.entries)


def test_a_role_whose_norm_is_above_its_hours_gives_nothing_away() -> None:
    roles = (Role(id="carer", label="c", shortage=True, pay_scale="high", hours_week=600, floor_week=601),)
    wanted = asked(workplace(task("A", 30, MONDAY, contact="clients"), roles=roles))
    found = Search(wanted, Objective.RELIEF, Days(wanted)).run(EFFORT)
    assert found.jobs is not None
    assert found.value == 0


def test_a_role_that_only_recovers_keeps_half_of_its_recovery() -> None:
    tasks = [task(f"R{n}", 30, MONDAY, recovery=True, contact="clients") for n in range(4)]
    wanted = asked(workplace(*tasks), None, hollow_recovery=50)
    found = Search(wanted, Objective.RELIEF, Days(wanted)).run(EFFORT)
    assert found.jobs is not None
    alone = [e.task for j in found.jobs for s in j.shifts for e in s.entries if not e.shared]
    assert len(alone) == 2


def weak(levels: dict[int, int]) -> Profile:
    """Return a group with a limit on some dimensions and none on its hours."""
    return Profile.model_validate(
        {
            "id": "named",
            "kind": "group",
            "names": {"en": "named"},
            "abilities": {n: {"low": v, "likely": v, "high": v} for n, v in levels.items()},
            "day_max": 900,
            "source": "test",
            "date": "2026-01-01",
        },
        strict=False,
    )


def standing() -> tuple[Workplace, Profile, int]:
    """Ten tasks of fifteen minutes' standing make a standing day: 150 minutes where 120 are within reach."""
    tasks = [task(f"S{n}", 15, MONDAY, posture="standing", contact="clients") for n in range(10)]
    return workplace(*tasks), weak({23: 2}), 23


def standing_at_a_time() -> tuple[Workplace, Profile, int]:
    """Three times fifteen minutes' standing in one narrow window are 45 minutes at a time, where 30 can be done."""
    near = window("08:00", "08:46")
    tasks = [task(f"S{n}", 15, MONDAY, posture="standing", contact="clients", window=near) for n in range(3)]
    return workplace(*tasks), weak({23: 2}), 23


def changes() -> tuple[Workplace, Profile, int]:
    """Twelve small tasks are eleven changes a day, where ten can be done."""
    return workplace(*(task(f"C{n}", 15, MONDAY, contact="clients") for n in range(12))), weak({13: 2}), 13


def instructions() -> tuple[Workplace, Profile, int]:
    """Two people who give orders, where one is within reach."""
    tasks = [task(r, 30, WORKDAYS, instructs=r, contact="clients") for r in ("carer", "cleaner")]
    return workplace(*tasks), weak({19: 2}), 19


@pytest.mark.parametrize("case", [standing, standing_at_a_time, changes, instructions], ids=lambda c: c.__name__)
def test_tasks_that_fit_one_by_one_but_make_a_day_that_does_not_are_refused_with_that_reason(case: object) -> None:
    place, person, dimension = case()  # type: ignore[operator]
    wishes = asked(place).wishes.model_copy(update={"profile": "named"})
    everything = wishes.model_copy(update={"pins": tuple(Pin(task=t.id, kind="into") for t in place.tasks)})
    parameters = loose(hollow_hours=100)
    for each in place.tasks:
        one = problem(place.model_copy(update={"tasks": (each,)}), parameters, (person,), wishes)
        assert Search(one, Objective.CALM, Days(one)).run(EFFORT, any_will_do=True).jobs is not None
    wanted = problem(place, parameters, (person,), everything)
    assert Search(wanted, Objective.CALM, Days(wanted)).run(EFFORT, any_will_do=True).jobs is None
    anybody = problem(place, parameters, (person,), everything.model_copy(update={"profile": None}))
    day = Search(anybody, Objective.CALM, Days(anybody)).run(EFFORT, any_will_do=True).jobs
    assert day is not None
    told = [b for b in broken(wanted, day) if b.rule == "ceilings"]
    assert [b.values["barriers"] for b in told] == [str(dimension)]
