"""The order within a day: stretches that people can keep, and no needless waiting."""

from __future__ import annotations

from tests.design.cases import MONDAY, asked, entry, shift, task, window, workplace

from klaver.design.facts import shift_facts
from klaver.design.problem import Problem
from klaver.design.records import Job, Shift
from klaver.design.rules import timetable
from klaver.design.solve.compact import compact
from klaver.design.solve.day import Days, keeps, strictest


def standing_and_walking() -> Problem:
    stand = [task(f"S{i}", 30, MONDAY, posture="standing") for i in range(3)]
    walk = [task(f"W{i}", 10, MONDAY, posture="walking") for i in range(2)]
    return asked(workplace(*stand, *walk))


EVERYTHING = frozenset(range(5))


def test_a_day_is_put_in_an_order_that_keeps_the_longest_stretch_standing() -> None:
    place = standing_and_walking()
    limits = frozenset({("stand_run", 30)})
    found = Days(place).shift(EVERYTHING, frozenset(), None, limits).shift
    assert found is not None
    assert shift_facts(place, found)["stand_run"] == 30
    assert keeps(place, found, limits)
    assert found.paid == 110  # in between lies a walking task, not waiting


def test_a_stretch_that_no_order_can_break_is_proved_and_named() -> None:
    long = task("L", 60, MONDAY, posture="standing", window=window("08:00", "09:00"))
    place = asked(workplace(long, task("M", 30, MONDAY, posture="mixed")))
    limits = frozenset({("stand_run", 45)})
    days = Days(place)
    assert days.impossible(frozenset({0, 1}), limits)
    assert days.core(frozenset({0, 1}), limits) == {0}
    assert not days.impossible(frozenset({1}), limits)


def test_changes_of_task_are_limited_by_doing_the_same_task_in_a_row() -> None:
    place = asked(workplace(task("A", 10, (3, 0, 0, 0, 0, 0, 0)), task("B", 10, (3, 0, 0, 0, 0, 0, 0))))
    found = Days(place).shift(frozenset({0, 1}), frozenset(), None, frozenset({("changes_day", 1)})).shift
    assert found is not None and shift_facts(place, found)["changes_day"] == 1
    assert Days(place).impossible(frozenset({0, 1}), frozenset({("changes_day", 0)}))


def test_being_alone_too_long_is_eased_by_sharing() -> None:
    place = asked(workplace(*(task(t, 40, MONDAY, alone=True) for t in ("A", "B"))))
    limits = frozenset({("alone_run", 40)})
    rested = Days(place).shift(frozenset({0, 1}), frozenset(), None, limits).shift
    assert rested is not None and rested.pauses  # the break comes between the two
    shared = Days(place).shift(frozenset({0, 1}), frozenset({1}), None, limits).shift
    assert shared is not None and shared.paid == 80  # and with a colleague nothing needs to break it


def test_the_strictest_of_several_limits_holds() -> None:
    both = strictest([frozenset({("stand_run", 60), ("sit_run", 30)}), frozenset({("stand_run", 45)})])
    assert both == {("stand_run", 45), ("sit_run", 30)}


def holds(place: Problem, found: Shift) -> bool:
    return not any(timetable.check(place, (Job(id="job-1", shifts=(found,)),)))


def test_waiting_goes_out_of_a_shift_and_windows_walks_and_the_break_stay() -> None:
    place = asked(
        workplace(
            task("A", 30, MONDAY, window=window("08:00", "09:00")),
            task("B", 60, MONDAY, place="store"),
            task("C", 30, MONDAY, window=window("13:00", "14:00")),
        )
    )
    loose = shift(entry("A", "08:00", 30), entry("B", "10:00", 60), entry("C", "13:20", 30), pause=("12:00", 30))
    assert holds(place, loose)
    tight = compact(place, loose)
    assert holds(place, tight)
    assert (tight.start, tight.end) == (8 * 60 + 30, 13 * 60 + 30)  # A as late, C as early as its window lets it
    assert [e.task for e in tight.entries] == ["A", "B", "C"]
    assert compact(place, tight) == tight


def test_a_shift_never_begins_earlier_nor_ends_later_than_it_did() -> None:
    place = asked(workplace(task("A", 30, MONDAY), task("B", 30, MONDAY)))
    tight = compact(place, shift(entry("A", "12:00", 30), entry("B", "14:00", 30)))
    assert (tight.start, tight.end) == (12 * 60, 13 * 60)
