"""Wishes that cannot be met: the clash is minimal, and the repair works and is the cheapest."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.design.cases import MONDAY, ON, asked, loose, task, ward, window, workplace

from klaver.design.check import broken
from klaver.design.parameters import parameters
from klaver.design.problem import Problem, problem
from klaver.design.records import Objective
from klaver.design.solve.conflict import Conflict, conflict, possible
from klaver.design.solve.day import Days
from klaver.design.solve.search import Effort, Search
from klaver.design.solve.wishes import let_go, steps, wishes_of
from klaver.people.records import Ability, Profile
from klaver.values import Weekday
from klaver.work.records import Link, Pin, Wishes

EFFORT = Effort(rounds=5, work=0.5)
WORKDAYS = tuple(Weekday(d) for d in range(5))


def too_many_hours() -> Problem:
    """Three jobs of thirty hours out of a ward that has not that much to give."""
    return problem(ward(), parameters(ON), (), Wishes(jobs=3, week_min=1800, week_max=2280))


def morning_peak() -> Problem:
    """Everything of the morning for one person."""
    pins = tuple(Pin(task=t, kind="into", days=WORKDAYS) for t in ("T01", "T03", "T04", "T05", "T08"))
    return problem(ward(), parameters(ON), (), Wishes(jobs=1, week_min=0, week_max=2280, tempo=100, pins=pins))


def hollowing_out() -> Problem:
    """All recovery time of the carers for the new job."""
    tasks = (task("R", 60, recovery=True), task("A", 60), task("B", 60))
    wishes = Wishes(jobs=1, week_min=0, week_max=3000, day_max=900, pins=(Pin(task="R", kind="alone"),))
    return asked(workplace(*tasks), wishes, hollow_recovery=50)


def somebody(**levels: int) -> Profile:
    abilities = {int(n[1:]): Ability(low=v, likely=v, high=v) for n, v in levels.items()}
    return Profile(
        id="somebody", kind="group", names={"en": "somebody"}, abilities=abilities, source="synthetic", date=ON
    )


def out_of_reach() -> Problem:
    """A task that asks level 3 of thinking, for a profile that has 1."""
    heavy = task("A", 60, MONDAY, demands={9: 3, 10: 1})
    wishes = Wishes(
        jobs=1, week_min=0, week_max=600, day_max=600, profile="somebody", pins=(Pin(task="A", kind="into"),)
    )
    return problem(workplace(heavy, task("B", 60, MONDAY)), loose(), (somebody(d9=1, d10=2),), wishes)


def together_and_apart() -> Problem:
    """Two tasks that must be together and must be apart, and one of them is asked for."""
    links = (Link(kind="together", first="A", second="B"), Link(kind="apart", first="A", second="B"))
    wishes = Wishes(jobs=2, week_min=0, week_max=600, day_max=600, pins=(Pin(task="A", kind="into"),))
    return asked(workplace(task("A", 60, MONDAY), task("B", 60, MONDAY), task("C", 60, MONDAY), links=links), wishes)


def keys(found: Conflict) -> set[str]:
    return {w.key.split(":")[0] for w in found.wishes}


CASES: dict[str, tuple[Callable[[], Problem], Callable[[Conflict], bool]]] = {
    "hours": (too_many_hours, lambda c: {"jobs", "week_min"} <= keys(c)),
    "morning peak": (morning_peak, lambda c: {w.value for w in c.wishes} <= {"T01", "T03", "T04", "T05"}),
    "hollowing out": (hollowing_out, lambda c: keys(c) == {"pin", "hollowing"}),
    "profile": (out_of_reach, lambda c: {w.key for w in c.wishes} == {"pin:into:A:", "level:9"}),
    "together against apart": (together_and_apart, lambda c: keys(c) == {"pin", "link"}),
}


@pytest.mark.parametrize("name", CASES)
def test_a_clash_is_minimal_and_its_cheapest_repair_works(name: str) -> None:
    make, named = CASES[name]
    place = make()
    found = conflict(place, EFFORT)
    assert found is not None and found.confirmed
    assert named(found), [w.key for w in found.wishes]
    others = {w.key for w in wishes_of(place)} - {w.key for w in found.wishes}
    assert possible(let_go(place, others), EFFORT) is False
    for wish in found.wishes:
        assert possible(let_go(place, others | {wish.key}), EFFORT) is True, wish
    repair = found.repair
    assert repair is not None and repair.cheapest
    design = Search(repair.problem, Objective.CALM, Days(repair.problem)).run(EFFORT, any_will_do=True)
    assert design.jobs is not None
    assert broken(repair.problem, design.jobs) == ()


def test_a_repair_asks_one_level_more_of_a_profile_before_it_lets_the_profile_go() -> None:
    found = conflict(out_of_reach(), EFFORT)
    assert found is not None and found.repair is not None
    ((wish, value),) = found.repair.changes
    assert (wish.key, value, found.repair.steps) == ("pin:into:A:", None, 1)  # one task is less than two levels
    assert steps(out_of_reach(), next(w for w in wishes_of(out_of_reach()) if w.key == "level:9")) == [2, 3, 4]


def test_a_repair_of_hours_is_told_in_steps_of_an_hour_and_a_quarter() -> None:
    place = asked(
        workplace(task("A", 300, MONDAY)), Wishes(jobs=1, week_min=600, week_max=900, day_max=900), idle_day=0
    )
    found = conflict(place, EFFORT)
    assert found is not None and found.repair is not None
    assert [(w.key, v) for w, v in found.repair.changes] == [("week_min", 300)]
    assert found.repair.steps == 5
    short = asked(
        workplace(task("A", 300, MONDAY), task("B", 60, MONDAY)),
        Wishes(jobs=1, week_min=0, week_max=900, day_max=275, pins=(Pin(task="A", kind="into"),)),
        idle_day=0,
    )
    eased = conflict(short, EFFORT)
    assert eased is not None and eased.repair is not None
    assert {w.key for w in eased.wishes} == {"day_max", "pin:into:A:"}
    assert eased.repair.steps == 1  # the task let go, or (two quarters) a longer day


def test_one_more_person_who_instructs_may_be_the_repair() -> None:
    roles = ("nurse", "cook", "clerk")
    place = workplace(*(task(r.upper(), 60, MONDAY, instructs=r) for r in roles))
    place = place.model_copy(
        update={"roles": (*place.roles, *(place.roles[0].model_copy(update={"id": r, "label": r}) for r in roles))}
    )
    wishes = Wishes(jobs=1, week_min=180, week_max=600, day_max=600)
    found = conflict(asked(place, wishes, instructors_max=2, idle_day=0), EFFORT)
    assert found is not None and found.repair is not None
    assert {w.key for w in found.wishes} == {"week_min", "instructors"}
    assert found.repair.steps == 1


def test_a_workplace_with_nothing_to_move_clashes_with_no_wish() -> None:
    found = conflict(asked(workplace(task("A", 60, MONDAY, legal="reserved"))), EFFORT)
    assert found is not None
    assert found.wishes == () and found.repair is None


def test_what_is_possible_has_no_clash() -> None:
    assert conflict(asked(workplace(task("A", 60, MONDAY))), EFFORT) is None


def test_someone_who_stops_the_search_gets_no_claim() -> None:
    place = asked(
        workplace(task("A", 300, MONDAY)), Wishes(jobs=1, week_min=600, week_max=900, day_max=900), idle_day=0
    )
    assert conflict(place, Effort(rounds=2, work=0.5, stop=lambda: True)) is None


def test_windows_of_one_minute_too_few_are_impossible() -> None:
    peak = window("08:00", "09:00")
    pins = tuple(Pin(task=t, kind="into") for t in ("A", "B"))
    place = workplace(task("A", 31, MONDAY, window=peak), task("B", 30, MONDAY, window=peak))
    wishes = Wishes(jobs=1, week_min=0, week_max=600, day_max=600, pins=pins)
    found = conflict(asked(place, wishes), EFFORT)
    assert found is not None and {w.key for w in found.wishes} == {"pin:into:A:", "pin:into:B:"}


def test_only_who_may_instruct_does_and_that_is_named() -> None:
    instructed = task("A", 60, MONDAY, instructs="carer")
    place = workplace(instructed, task("B", 60, MONDAY), cooperation="enclave")
    wishes = Wishes(jobs=1, week_min=0, week_max=600, day_max=600, pins=(Pin(task="A", kind="into"),))
    found = conflict(asked(place, wishes), EFFORT)
    assert found is not None and {w.key for w in found.wishes} == {"pin:into:A:", "may_instruct"}


def test_when_one_change_is_not_enough_a_repair_changes_two() -> None:
    morning, noon = window("08:00", "09:00"), window("12:00", "13:00")
    idents = ("A", "B", "C", "D")
    tasks = [task(i, 40, MONDAY, window=morning if i in "AB" else noon) for i in idents]
    pins = tuple(Pin(task=i, kind="into") for i in idents)
    found = conflict(asked(workplace(*tasks), Wishes(jobs=1, week_min=0, week_max=600, day_max=600, pins=pins)), EFFORT)
    assert found is not None and found.repair is not None
    assert {w.value for w in found.wishes} in ({"A", "B"}, {"C", "D"})
    changed = {w.value for w, _ in found.repair.changes}
    assert len(changed & {"A", "B"}) == len(changed & {"C", "D"}) == 1
    assert (found.repair.steps, found.repair.cheapest) == (2, True)


def test_a_clash_that_no_wish_can_mend_is_the_one_that_is_told() -> None:
    tasks = (task("A", 40, MONDAY), task("B", 40, MONDAY, window=window("08:00", "08:40")))
    one = task("C", 40, MONDAY, window=window("08:00", "08:40"))
    pins = (Pin(task="B", kind="into"), Pin(task="C", kind="into"))
    wishes = Wishes(jobs=1, week_min=0, week_max=600, day_max=600, pins=pins)
    found = conflict(asked(workplace(*tasks, one), wishes, families_min=2), EFFORT)
    assert found is not None
    assert ({w.key for w in found.wishes}, found.confirmed, found.repair) == ({"rule:variety"}, True, None)
