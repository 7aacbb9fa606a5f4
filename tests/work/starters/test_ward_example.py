"""The example ward: made up and labelled so, built on the reference case, mostly told and observed."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from tests.work.reference_case import JOB, REFERENCE, window_of

from klaver.scale.dimensions import TASK_NUMBERS
from klaver.values import Range, SourceKind, Window
from klaver.work.elementary import elementary
from klaver.work.records import Legal, Task, Workplace
from klaver.work.starters import workplace_from_toml
from klaver.work.validate import faults, gaps

FILE = Path(__file__).parents[3] / "examples" / "ward.toml"
DAILY, WORKDAYS = 7, 5


@pytest.fixture(scope="module")
def ward() -> Workplace:
    return workplace_from_toml(FILE.read_text(encoding="utf-8"), {}, "nl")


def pool(ward: Workplace) -> list[Task]:
    return [ward.task(i) for i in REFERENCE]


def minutes_of(task: Task, days: int) -> int:
    assert task.minutes is not None and task.times is not None
    return task.minutes.likely * sum(task.times[:days])


def needed(task: Task) -> int:
    """Return the minutes of a new worker at tempo 1.3."""
    assert task.minutes is not None
    return -(-task.minutes.likely * 130 // 100)


def done_in(task: Task) -> int:
    """Return the new worker's minutes, or the colleague's where only a colleague fits the window."""
    assert task.minutes is not None and task.window is not None
    return needed(task) if needed(task) <= task.window.length else task.minutes.likely


def test_it_says_that_it_is_made_up(ward: Workplace) -> None:
    assert ward.synthetic
    assert "verzonnen" in ward.name
    assert (ward.setting, ward.units[0].count) == ("nursing-home", 30)


def test_it_is_a_complete_ward_without_a_mistake(ward: Workplace) -> None:
    assert 60 <= len(ward.tasks) <= 80
    assert faults(ward) == ()
    assert gaps(ward) == ()
    assert all(set(t.demands) == TASK_NUMBERS and set(t.names) == {"nl", "fr", "en"} for t in ward.tasks)


def test_the_elementary_pool_is_60_4_hours_a_week_and_47_3_on_working_days(ward: Workplace) -> None:
    week = sum(minutes_of(t, DAILY) for t in pool(ward))
    weekdays = sum(minutes_of(t, WORKDAYS) for t in pool(ward))
    assert (week, weekdays) == (3625, 2835)
    assert (f"{week / 60:.1f}", weekdays) == ("60.4", 47 * 60 + 15)  # 47.25 hours, told as 47.3


def test_the_reference_job_on_working_days_is_32_1_hours(ward: Workplace) -> None:
    assert f"{sum(minutes_of(ward.task(i), WORKDAYS) for i in JOB) / 60:.1f}" == "32.1"


@pytest.mark.parametrize("ident", REFERENCE)
def test_a_reference_task_keeps_its_minutes_its_times_and_at_least_its_window(ward: Workplace, ident: str) -> None:
    task, exact = ward.task(ident), window_of(ident)
    _, likely, times, _ = REFERENCE[ident]
    assert task.minutes is not None and task.times is not None and task.window is not None
    assert (task.minutes.likely, sum(task.times), sum(task.times[:5])) == (likely, sum(times), sum(times[:5]))
    assert task.window.start == exact.start
    assert task.window.end in (exact.end, exact.end + 5)


def test_the_morning_peak_does_not_fit_one_new_worker(ward: Workplace) -> None:
    jugs, breakfast = ward.task("T01"), ward.task("T03")
    assert jugs.window is not None and breakfast.window is not None
    both = Window(start=breakfast.window.start, end=jugs.window.end)
    assert needed(jugs) + needed(breakfast) > both.length


def test_the_pool_is_elementary_and_the_care_beside_it_is_reserved(ward: Workplace) -> None:
    assert {t.id: elementary(t).elementary for t in pool(ward)} == dict.fromkeys(REFERENCE, "yes")
    reserved = [t for t in ward.tasks if t.id.startswith("N") and t.legal is Legal.RESERVED]
    assert len(reserved) >= 10
    assert all(t.legal_basis and elementary(t).elementary == "no" for t in reserved)


def test_the_coffee_round_gives_staff_air_and_they_value_it(ward: Workplace) -> None:
    assert ward.task("T13").recovery is True
    assert ward.task("T13").valued is True


def test_most_was_told_or_observed_on_a_day_by_a_role(ward: Workplace) -> None:
    kinds = Counter(t.source.kind for t in ward.tasks)
    assert kinds[SourceKind.TOLD] + kinds[SourceKind.OBSERVED] >= len(ward.tasks) * 4 // 5
    assert kinds[SourceKind.ASSUMED] >= 1
    for task in ward.tasks:
        for source in (task.source, *task.sources.values()):
            assert source.kind is SourceKind.ASSUMED or (source.date and source.by), task.id


def test_a_task_nobody_was_asked_about_has_an_open_range(ward: Workplace) -> None:
    for task in ward.tasks:
        if task.source_of("minutes").kind is SourceKind.ASSUMED:
            assert isinstance(task.minutes, Range) and task.minutes.width > 0, task.id


def test_every_order_can_be_kept_on_a_day_on_which_both_are_done(ward: Workplace) -> None:
    for order in ward.orders:
        first, then = ward.task(order.before), ward.task(order.after)
        assert first.window is not None and then.window is not None
        assert first.window.start + done_in(first) + done_in(then) <= then.window.end, order


def test_it_has_a_year_an_agreement_and_wishes(ward: Workplace) -> None:
    assert sum(s.weeks for s in ward.scenarios) <= 53
    assert len(ward.scenarios) >= 2
    assert {f for s in ward.scenarios for f in s.families} <= {t.family for t in ward.tasks}
    assert ward.agreements and all(a.parties for a in ward.agreements)
    assert ward.wishes.jobs == 2
    assert ward.wishes.use_of_freed_time


def test_no_one_is_named_in_it() -> None:
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    by = {s["by"] for t in data["task"] for s in (t.get("source", {}), *t.get("sources", {}).values()) if "by" in s}
    assert by
    assert all(word == word.lower() for word in by), "a source is told by a role, never by a person"
