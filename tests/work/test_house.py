"""Lists of a workplace as they are typed: codes are kept or made, walks belong to places, mistakes have their row."""

from __future__ import annotations

import pytest
from tests.design.cases import task, workplace

from klaver.values import Faults
from klaver.work.house import cells, with_list, with_walks
from klaver.work.records import Walk

PLACE = workplace(task("A", 10))


def test_a_record_without_a_code_gets_one_of_its_name() -> None:
    made = with_list(
        PLACE, "places", [{"id": "room", "label": "Kamer", "demand_34": "2"}, {"label": "Café Room"}], "nl"
    )
    assert [(p.id, p.label, p.demands) for p in made.places] == [
        ("room", "Kamer", {34: 2}),
        ("cafe-room", "Café Room", {}),
    ]


def test_two_new_records_of_one_name_have_two_codes() -> None:
    made = with_list(PLACE, "units", [{"label": "Kamers", "count": "3"}, {"label": "Kamers", "count": "4"}], "nl")
    assert [u.id for u in made.units] == ["kamers", "kamers-2"]


def test_every_mistake_is_told_with_its_row_and_field() -> None:
    rows = [{"id": "low", "label": "", "rank": "1"}, {"id": "high", "label": "Hoog", "rank": "x"}]
    with pytest.raises(Faults) as told:
        with_list(PLACE, "pay_scales", rows, "nl")
    assert [(f.row, f.column, f.code) for f in told.value.faults] == [
        (1, "label", "workbook.required"),
        (2, "rank", "workbook.whole"),
    ]


def test_what_a_record_does_not_allow_is_told_at_its_field() -> None:
    with pytest.raises(Faults) as told:
        with_list(PLACE, "units", [{"label": "Kamers", "count": "0"}], "nl")
    assert [(f.column, f.code) for f in told.value.faults] == [("count", "workbook.at_least")]


def test_the_values_of_a_record_stand_by_column() -> None:
    assert cells("places", PLACE.places[0])["demand_34"] == 1
    assert cells("roles", PLACE.roles[0])["hours_week"] == 6000


def test_a_walk_holds_both_ways_and_goes_when_its_minutes_do() -> None:
    assert with_walks(PLACE, {("store", "room"): 3}) == PLACE
    assert with_walks(PLACE, {("store", "room"): 5}).walks == (Walk(start="room", end="store", minutes=5),)
    assert with_walks(PLACE, {("room", "store"): None}).walks == ()
    assert with_walks(PLACE, {}) == PLACE


def test_a_walk_goes_with_its_place() -> None:
    alone = PLACE.model_copy(update={"places": PLACE.places[:1]})
    assert with_walks(alone, {("room", "store"): 9}).walks == ()
    none = PLACE.model_copy(update={"places": PLACE.places[:1], "walks": ()})
    assert with_walks(none, {("room", "store"): 9}).walks == ()
