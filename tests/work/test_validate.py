"""What does not hang together in a workplace is told, all of it at once."""

from __future__ import annotations

from typing import Any

import pytest

from klaver.language import LANGUAGES, tell
from klaver.values import Range, Window
from klaver.work.records import Legal, Link, Order, Pin, Place, Role, Scenario, Share, Task, Walk, Wishes, Workplace
from klaver.work.validate import faults, gaps, sense
from klaver.work.workbook.sample import sample


def task(ident: str = "A", **changes: Any) -> Task:
    return Task(id=ident, name="n", family="f", **changes)


def house(**changes: Any) -> Workplace:
    return Workplace(**{"id": "w", "name": "W", "setting": "s", "tasks": (task(), task("B")), **changes})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"tasks": (task(), task())}, "duplicate"),
        ({"tasks": (task(place="nowhere"),)}, "unknown_place"),
        ({"tasks": (task(instructs="nobody"),)}, "unknown_role"),
        ({"entry_scale": "S"}, "unknown_pay_scale"),
        ({"roles": (Role(id="r", label="R", pay_scale="S"),)}, "unknown_pay_scale"),
        ({"walks": (Walk(start="P", end="Q", minutes=1),)}, "unknown_place"),
        ({"orders": (Order(before="A", after="Z"),)}, "unknown_task"),
        ({"scenarios": (Scenario(id="s", label="S", weeks=1, families={"z": 1}),)}, "unknown_family"),
        ({"scenarios": (Scenario(id="s", label="S", weeks=1, tasks={"z": 1}),)}, "unknown_task"),
        ({"wishes": Wishes(pins=(Pin(task="Z", kind="into"),))}, "unknown_task"),
        ({"tasks": (task(legal=Legal.PERMIT),)}, "permit_unnamed"),
        ({"tasks": (task(demands={23: 1}),)}, "dimension"),
        ({"places": (Place(id="P", label="p", demands={1: 1}),)}, "dimension"),
        ({"links": (Link(kind="apart", first="A", second="A"),)}, "link_self"),
        ({"links": tuple(Link(kind=k, first="A", second="B") for k in ("apart", "together"))}, "together_apart"),
        ({"orders": (Order(before="A", after="B"), Order(before="B", after="A"))}, "cycle"),
        ({"tasks": (task(minutes=Range.exactly(30), window=Window(start=0, end=29)),)}, "window_short"),
    ],
)
def test_a_mistake_is_found_and_told_in_three_languages(changes: dict[str, Any], code: str) -> None:
    found = faults(house(**changes))
    assert {f.code for f in found} == {f"work.{code}"}
    assert all(tell(f.code, lang, **f.values) for f in found for lang in LANGUAGES)


def test_shares_that_do_not_make_a_hundred_are_told_with_their_sum() -> None:
    role = Role(id="r", label="R")
    (found,) = faults(house(roles=(role,), tasks=(task(doers=(Share(role="r", percent=60),)),)))
    assert (found.code, found.values["total"]) == ("work.shares", 60)


def test_half_a_pair_or_half_a_step_is_not_judged() -> None:
    half = {"links": [(2, {"first": "A"})], "walks": [(2, {"start": "P"})], "orders": [(2, {"before": "A"})]}
    assert [f for f in sense(half) if f.code in ("work.link_self", "work.walk_twice", "work.cycle")] == []


def test_a_kind_of_volume_that_is_no_kind_names_nothing() -> None:
    assert list(sense({"volumes": [(2, {"scenario": None, "kind": "season", "name": "x", "percent": 5})]})) == []


def test_steps_that_meet_again_without_going_round_are_no_circle() -> None:
    steps = (Order(before="A", after="B"), Order(before="A", after="C"), Order(before="B", after="D"))
    place = house(tasks=tuple(map(task, "ABCD")), orders=(*steps, Order(before="C", after="D")))
    assert faults(place) == ()


def test_a_part_that_is_not_there_is_asked_for_by_a_key_error() -> None:
    place = house(roles=(Role(id="r", label="R"),), walks=(Walk(start="P", end="Q", minutes=4),))
    assert (place.task("B").id, place.role("r").label) == ("B", "R")
    for ask in (place.task, place.role):
        with pytest.raises(KeyError):
            ask("Z")
    assert [place.walking(*way) for way in (("P", "Q"), ("Q", "P"), ("P", "P"), ("P", None), ("P", "X"))] == [
        4,
        4,
        0,
        0,
        0,
    ]
    assert place.low_threshold(place.role("r"))


def test_all_mistakes_come_at_once() -> None:
    wrong = house(entry_scale="S", tasks=(task(place="x", legal=Legal.PERMIT), task()))
    assert {f.code for f in faults(wrong)} == {
        "work.duplicate", "work.unknown_place", "work.unknown_pay_scale", "work.permit_unnamed",
    }  # fmt: skip


def test_the_circle_is_named() -> None:
    steps = [("A", "B"), ("B", "C"), ("C", "A")]
    tasks = (task(), task("B"), task("C"))
    (found,) = faults(house(tasks=tasks, orders=tuple(Order(before=a, after=b) for a, b in steps)))
    assert found.values["tasks"] == "A → B → C → A"


def test_a_workplace_that_hangs_together_has_no_mistake_and_reserved_work_no_gap() -> None:
    assert not faults(sample("nl"))
    assert "T2" not in {g.task for g in gaps(sample("nl"))}
    assert {g.field for g in gaps(house())} >= {"minutes", "times", "window", "legal", "doers", "demands"}
