"""Two people at once: what one touched alone is kept, what both touched is told, and nothing goes in silence."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from tests.design.cases import MONDAY, task, ward, workplace
from tests.work.drawn import workplaces

from klaver.values import Range, Source, SourceKind
from klaver.work.editing import with_task, without_task
from klaver.work.merging import Clash, merge
from klaver.work.records import Order, Workplace

BEFORE = workplace(task("A", 10), task("B", 20), task("C", 30))


def changed(place: Workplace, ident: str, **fields: Any) -> Workplace:
    return with_task(place, place.task(ident).model_copy(update=fields))


def test_changes_in_different_tasks_both_stand() -> None:
    mine, theirs = changed(BEFORE, "A", times=MONDAY), changed(BEFORE, "B", times=MONDAY)
    made, clashes = merge(BEFORE, mine, theirs)
    assert not clashes
    assert made == changed(mine, "B", times=MONDAY)


def test_changes_in_different_values_of_one_task_both_stand() -> None:
    levels = BEFORE.task("A").demands
    seen = Source(kind=SourceKind.OBSERVED)
    mine = changed(BEFORE, "A", minutes=Range.exactly(7), demands={**levels, 26: 3}, sources={"minutes": seen})
    theirs = changed(BEFORE, "A", times=MONDAY, demands={**levels, 27: 2}, sources={"times": seen})
    made, clashes = merge(BEFORE, mine, theirs)
    assert not clashes
    found = made.task("A")
    assert (found.minutes, found.times) == (Range.exactly(7), MONDAY)
    assert found.demands == {**levels, 26: 3, 27: 2}
    assert found.sources == {"minutes": seen, "times": seen}


def test_the_same_change_twice_is_one_change() -> None:
    mine = changed(BEFORE, "A", minutes=Range.exactly(7))
    assert merge(BEFORE, mine, mine) == (mine, ())


def test_a_value_that_both_changed_is_told_and_the_rest_is_merged() -> None:
    mine = changed(BEFORE, "A", minutes=Range.exactly(7), harm=2)
    theirs = changed(BEFORE, "A", minutes=Range.exactly(8), demands={**BEFORE.task("A").demands, 1: 4})
    made, clashes = merge(BEFORE, mine, theirs)
    assert clashes == (Clash(sheet="tasks", ident="A", field="minutes"),)
    assert made.task("A").demands[1] == 4
    assert made.task("A").harm == 2


def test_one_demand_that_both_changed_is_told_by_its_number() -> None:
    levels = BEFORE.task("A").demands
    mine, theirs = (changed(BEFORE, "A", demands={**levels, 5: n}) for n in (2, 3))
    assert merge(BEFORE, mine, theirs)[1] == (Clash(sheet="tasks", ident="A", field="demands.5"),)


def test_added_and_removed_tasks_of_both_stand_in_their_order() -> None:
    mine = without_task(with_task(BEFORE, task("M", 1)), "B")
    theirs = without_task(with_task(BEFORE, task("T", 1)), "C")
    made, clashes = merge(BEFORE, mine, theirs)
    assert not clashes
    assert [t.id for t in made.tasks] == ["A", "T", "M"]


def test_what_one_removed_and_the_other_changed_is_told() -> None:
    gone, kept = without_task(BEFORE, "B"), changed(BEFORE, "B", times=MONDAY)
    for mine, theirs in ((gone, kept), (kept, gone)):
        assert merge(BEFORE, mine, theirs)[1] == (Clash(sheet="tasks", ident="B"),)


def test_a_code_that_both_gave_to_something_new_is_told() -> None:
    mine, theirs = with_task(BEFORE, task("N", 1)), with_task(BEFORE, task("N", 2))
    assert merge(BEFORE, mine, theirs)[1] == (Clash(sheet="tasks", ident="N"),)


def test_a_list_without_codes_is_one_value() -> None:
    mine = BEFORE.model_copy(update={"orders": (Order(before="A", after="B"),)})
    theirs = BEFORE.model_copy(update={"orders": (Order(before="B", after="C"),)})
    assert merge(BEFORE, mine, theirs)[1] == (Clash(sheet="orders"),)
    assert merge(BEFORE, mine, BEFORE) == (mine, ())


def test_the_name_of_the_house_is_a_value_too() -> None:
    mine, theirs = (ward().model_copy(update={"name": name}) for name in ("Linde", "Eik"))
    assert merge(ward(), mine, theirs)[1] == (Clash(sheet="name"),)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(before=workplaces(), other=workplaces())
def test_who_changed_nothing_loses_nothing(before: Workplace, other: Workplace) -> None:
    assert merge(before, before, other) == (other, ())
    assert merge(before, other, before) == (other, ())
    assert merge(before, other, other) == (other, ())
