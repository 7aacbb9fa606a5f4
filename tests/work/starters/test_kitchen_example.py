"""The example kitchen: made up and labelled so, mostly told and observed, seven days, and its dishwashers kept."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

import klaver.work
from klaver.scale.dimensions import TASK_NUMBERS
from klaver.values import Range, SourceKind, Weekday
from klaver.values.time import WORKING_DAYS
from klaver.work.elementary import elementary
from klaver.work.records import Legal, Task, Workplace
from klaver.work.starters import workplace_from_toml
from klaver.work.validate import faults, gaps

FILE = Path(__file__).parents[3] / "examples" / "kitchen.toml"
STARTER = Path(klaver.work.__file__).parent / "starters" / "hotel-kitchen.toml"
UNITS = {"rooms": 90, "breakfasts": 110, "covers": 60, "deliveries": 4}
COFFEE_MACHINES = "K10"


@pytest.fixture(scope="module")
def kitchen() -> Workplace:
    return workplace_from_toml(FILE.read_text(encoding="utf-8"), {}, "nl")


def movable(workplace: Workplace) -> list[Task]:
    """Return tasks that are free, elementary, and take nothing from a low-threshold role."""
    low = {r.id for r in workplace.roles if workplace.low_threshold(r)}
    free = [t for t in workplace.tasks if t.legal is Legal.FREE and not low & {s.role for s in t.doers}]
    return [t for t in free if elementary(t).elementary == "yes"]


def needed(task: Task) -> int:
    assert task.minutes is not None
    return -(-task.minutes.likely * 130 // 100)


def test_the_example_says_that_it_is_made_up(kitchen: Workplace) -> None:
    assert kitchen.synthetic
    assert "verzonnen" in kitchen.name
    assert kitchen.setting == "hotel-kitchen"


def test_the_example_is_a_complete_kitchen_without_a_mistake(kitchen: Workplace) -> None:
    assert 60 <= len(kitchen.tasks) <= 80
    assert {u.id: u.count for u in kitchen.units} == UNITS
    assert faults(kitchen) == ()
    assert gaps(kitchen) == ()
    assert all(set(t.demands) == TASK_NUMBERS and set(t.names) == {"nl", "fr", "en"} for t in kitchen.tasks)


def test_it_holds_the_tasks_of_the_library_under_the_same_names(kitchen: Workplace) -> None:
    library = {row["id"]: row["name"] for row in tomllib.loads(STARTER.read_text(encoding="utf-8"))["task"]}
    assert {t.id: t.names for t in kitchen.tasks} == library


def test_most_of_the_example_was_told_or_observed_and_the_rest_says_so(kitchen: Workplace) -> None:
    kinds = Counter(t.source_of("minutes").kind for t in kitchen.tasks)
    assert kinds[SourceKind.TOLD] + kinds[SourceKind.OBSERVED] >= len(kitchen.tasks) * 4 // 5
    assert kinds[SourceKind.OBSERVED] >= 15
    assert kinds[SourceKind.ASSUMED] >= 5
    for task in kitchen.tasks:
        for source in (task.source, *task.sources.values()):
            assert source.kind is SourceKind.ASSUMED or (source.by and (source.date or "").startswith("2026-05-"))
    asked = [t for t in kitchen.tasks if t.source.kind is not SourceKind.ASSUMED]
    assert 5 <= sum(t.source_of("demands").kind is SourceKind.ASSUMED for t in asked) <= 20


def test_a_minute_that_nobody_was_asked_about_has_an_open_range(kitchen: Workplace) -> None:
    for task in kitchen.tasks:
        if task.source_of("minutes").kind is SourceKind.ASSUMED:
            assert isinstance(task.minutes, Range) and task.minutes.width > 0, task.id


def test_no_task_that_may_move_rests_on_an_assumed_law_harm_or_window(kitchen: Workplace) -> None:
    day = [t for t in kitchen.tasks if t.window and t.window.end <= 20 * 60 and elementary(t).elementary == "yes"]
    guessed = [
        (t.id, field)
        for t in day
        for field in ("legal", "harm", "window", "minutes")
        if t.source_of(field).kind is SourceKind.ASSUMED
    ]
    assert guessed == []


def test_a_law_looser_than_the_library_was_told_and_gives_its_ground(kitchen: Workplace) -> None:
    library = {row["id"]: row["legal"] for row in tomllib.loads(STARTER.read_text(encoding="utf-8"))["task"]}
    changed = [t for t in kitchen.tasks if t.legal != library[t.id]]
    assert [t.id for t in changed] == [COFFEE_MACHINES]
    assert all(t.legal is Legal.FREE and t.source_of("legal").kind is SourceKind.TOLD for t in changed)
    assert "preventieadviseur" in (changed[0].legal_basis or "")


def test_the_team_was_asked_what_gives_air_and_what_it_values(kitchen: Workplace) -> None:
    asked = [t for t in kitchen.tasks if t.recovery is not None and t.valued is not None]
    assert len(asked) >= len(kitchen.tasks) * 4 // 5
    assert all(t.source_of(f).kind is SourceKind.TOLD for t in asked for f in ("recovery", "valued"))
    assert sum(bool(t.recovery) for t in asked) >= 5
    assert any(t.recovery and t in movable(kitchen) for t in asked)
    assert any(t.valued and t in movable(kitchen) for t in asked)
    # never asked is a named gap, not a no
    assert [t for t in kitchen.tasks if t.recovery is None]


def test_every_window_holds_the_work_at_its_slowest_and_at_the_pace_of_a_new_worker(kitchen: Workplace) -> None:
    tight = [
        t.id
        for t in kitchen.tasks
        if t.legal is not Legal.RESERVED and t.minutes and t.window and t.minutes.high * 130 > t.window.length * 100
    ]
    assert tight == []


def test_every_order_can_be_kept_on_a_day_on_which_both_are_done(kitchen: Workplace) -> None:
    for order in kitchen.orders:
        first, then = kitchen.task(order.before), kitchen.task(order.after)
        assert first.window is not None and then.window is not None
        assert first.window.start + needed(first) + needed(then) <= then.window.end, order


def test_the_dishwashers_keep_every_hour_and_it_is_written_down(kitchen: Workplace) -> None:
    (agreement,) = kitchen.agreements
    assert agreement.role == "kitchen_hand" and kitchen.low_threshold(kitchen.role(agreement.role))
    assert agreement.minutes_week == 0
    assert agreement.parties and agreement.date


def test_every_role_tells_how_many_hold_it_and_has_at_least_the_hours_of_its_tasks(kitchen: Workplace) -> None:
    spent: Counter[str] = Counter()
    for task in kitchen.tasks:
        assert task.minutes is not None and task.times is not None
        for share in task.doers:
            spent[share.role] += task.minutes.likely * sum(task.times) * share.percent
    for role in kitchen.roles:
        assert role.headcount and role.hours_week
        assert spent[role.id] <= role.hours_week * 100, role.id


def test_the_wish_is_two_part_time_jobs_and_the_freed_time_has_a_use(kitchen: Workplace) -> None:
    wishes = kitchen.wishes
    assert (wishes.jobs, wishes.days) == (2, WORKING_DAYS)
    assert (wishes.week_min, wishes.week_max) == (16 * 60, 22 * 60)
    assert wishes.use_of_freed_time


@pytest.mark.parametrize("day", list(Weekday))
def test_there_is_work_for_two_people_on_each_day_of_the_week(day: Weekday, kitchen: Workplace) -> None:
    pool = [t for t in movable(kitchen) if t.times and t.times[day]]
    assert sum(needed(t) * t.times[day] for t in pool if t.times) >= 4 * 180


def test_the_year_is_weighed_in_four_parts(kitchen: Workplace) -> None:
    assert [(s.id, s.weeks) for s in kitchen.scenarios] == [
        ("ordinary", 30),
        ("summer", 12),
        ("january", 4),
        ("feasts", 6),
    ]


def test_no_one_is_named_in_it() -> None:
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    by = {s["by"] for t in data["task"] for s in (t.get("source", {}), *t.get("sources", {}).values()) if "by" in s}
    assert by
    assert all(word == word.lower() for word in by), "a source is told by a role, never by a person"


@pytest.mark.parametrize("lang", ["nl", "fr", "en"])
def test_the_example_loads_in_every_language_with_the_same_work(lang: str, kitchen: Workplace) -> None:
    made = workplace_from_toml(FILE.read_text(encoding="utf-8"), {}, lang)  # type: ignore[arg-type]
    assert [(t.id, t.minutes, t.times, t.window) for t in made.tasks] == [
        (t.id, t.minutes, t.times, t.window) for t in kitchen.tasks
    ]
    assert made.synthetic
