"""The example school: made up and labelled so, mostly told and observed, with the noon peak and the school year."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from tests.work.starters.pools import movable, needed, pool_minutes, spent

import klaver.work
from klaver.scale.dimensions import TASK_NUMBERS
from klaver.values import SourceKind, Weekday, parse_clock
from klaver.values.time import WORKING_DAYS
from klaver.work.elementary import elementary
from klaver.work.records import Legal, Workplace
from klaver.work.starters.reading import workplace_from_toml
from klaver.work.validate import faults

FILE = Path(__file__).parents[3] / "examples" / "school.toml"
STARTER = Path(klaver.work.__file__).parent / "starters" / "primary-school.toml"
UNITS = {"classes": 12, "nursery": 4}
HELP_EATING, SOUP, WIPE_TABLES, COPIES = "S37", "S72", "S80", "S19"


@pytest.fixture(scope="module")
def school() -> Workplace:
    return workplace_from_toml(FILE.read_text(encoding="utf-8"), UNITS, "nl")


def test_the_example_says_that_it_is_made_up(school: Workplace) -> None:
    assert school.synthetic
    assert "verzonnen" in school.name
    assert school.setting == "primary-school"


def test_the_example_is_a_complete_school_of_twelve_classes(school: Workplace) -> None:
    assert 60 <= len(school.tasks) <= 75
    assert {u.id: u.count for u in school.units} == UNITS
    assert all(t.minutes and t.times and t.window and t.place and t.doers for t in school.tasks)
    assert all(set(t.demands) == TASK_NUMBERS for t in school.tasks)
    assert all(t.legal is not Legal.UNKNOWN and t.harm is not None for t in school.tasks)


def test_the_example_is_free_of_mistakes(school: Workplace) -> None:
    assert faults(school) == ()


def test_all_work_that_could_move_passes_the_elementary_test(school: Workplace) -> None:
    assert {t.id: elementary(t).elementary for t in movable(school)} == {t.id: "yes" for t in movable(school)}
    assert len(movable(school)) >= 35


def test_most_of_the_example_was_told_or_observed_and_the_rest_says_so(school: Workplace) -> None:
    kinds = Counter(t.source_of("minutes").kind for t in school.tasks)
    assert kinds[SourceKind.TOLD] + kinds[SourceKind.OBSERVED] >= len(school.tasks) * 4 // 5
    assert kinds[SourceKind.OBSERVED] >= 10
    assert kinds[SourceKind.ASSUMED] >= 5
    asked = [t for t in school.tasks if t.source.kind is not SourceKind.ASSUMED]
    assert all(t.source.date and t.source.date.startswith("2026-") and t.source.by for t in asked)
    assert 5 <= sum(t.source_of("demands").kind is SourceKind.ASSUMED for t in asked) <= 20


def test_no_task_that_may_move_rests_on_an_assumed_law_harm_or_window(school: Workplace) -> None:
    guessed = [
        (t.id, field)
        for t in movable(school)
        for field in ("legal", "harm", "window", "minutes")
        if t.source_of(field).kind is SourceKind.ASSUMED
    ]
    assert guessed == []


def test_a_law_looser_than_the_library_was_told_and_gives_its_ground(school: Workplace) -> None:
    library = {row["id"]: row["legal"] for row in tomllib.loads(STARTER.read_text(encoding="utf-8"))["task"]}
    looser = [t for t in school.tasks if t.legal is Legal.FREE and library[t.id] != "free"]
    assert [t.id for t in looser] == [HELP_EATING]
    assert all(t.source_of("legal").kind is SourceKind.TOLD and t.legal_basis for t in looser)


def test_the_team_was_asked_what_gives_air_and_what_it_values(school: Workplace) -> None:
    asked = [t for t in school.tasks if t.recovery is not None and t.valued is not None]
    assert len(asked) >= len(school.tasks) * 4 // 5
    assert all(t.source_of(f).kind is SourceKind.TOLD for t in asked for f in ("recovery", "valued"))
    assert sum(bool(t.recovery) for t in asked) >= 5
    assert any(t.recovery and t in movable(school) for t in asked)
    # never asked is a named gap, not a no
    assert [t for t in school.tasks if t.recovery is None]


def test_ids_are_unique_and_every_reference_exists(school: Workplace) -> None:
    for items in (school.tasks, school.roles, school.places, school.pay_scales, school.scenarios):
        ids = [item.id for item in items]
        assert len(ids) == len(set(ids))
    roles, places, tasks = ({i.id for i in x} for x in (school.roles, school.places, school.tasks))
    assert {t.place for t in school.tasks} == places
    assert {s.role for t in school.tasks for s in t.doers} == roles
    assert {t.instructs for t in school.tasks} <= {r.id for r in school.roles if r.may_instruct}
    assert {w.start for w in school.walks} | {w.end for w in school.walks} <= places
    assert {x for o in school.orders for x in (o.before, o.after)} <= tasks
    assert {x for k in school.links for x in (k.first, k.second)} <= tasks
    assert {a.role for a in school.agreements} <= roles
    assert {f for s in school.scenarios for f in s.families} <= {t.family for t in school.tasks}
    assert {sum(s.percent for s in t.doers) for t in school.tasks} == {100}


def test_every_window_holds_the_work_at_its_slowest_and_at_the_pace_of_a_new_worker(school: Workplace) -> None:
    tight = [t.id for t in school.tasks if t.minutes.high * 130 > t.window.length * 100]  # type: ignore[union-attr]
    assert tight == []


def test_the_noon_peak_is_more_than_one_person_can_do(school: Workplace) -> None:
    noon = parse_clock("11:10"), parse_clock("13:30")
    peak = [t for t in movable(school) if t.window and noon[0] <= t.window.start and t.window.end <= noon[1]]
    assert len(peak) >= 6
    assert all(t.window.length <= 75 for t in peak if t.window)
    short = {t.id: t for t in peak}
    clash = [short[HELP_EATING], short[SOUP]]
    room = max(t.window.end for t in clash if t.window) - min(t.window.start for t in clash if t.window)
    assert sum(needed(t) for t in clash) > room


def test_hours_of_supervisors_move_only_under_a_recorded_agreement(school: Workplace) -> None:
    (agreement,) = school.agreements
    assert agreement.role == "lunch_supervisor" and school.low_threshold(school.role(agreement.role))
    assert agreement.minutes_week > 0
    touched = {t.id for t in movable(school) if any(s.role == agreement.role for s in t.doers)}
    assert touched == {SOUP, WIPE_TABLES}


def test_the_wish_is_two_part_time_jobs_on_school_days(school: Workplace) -> None:
    wishes = school.wishes
    assert (wishes.jobs, wishes.days) == (2, WORKING_DAYS)
    assert wishes.week_min is not None and 12 * 60 <= wishes.week_min <= 13 * 60
    assert wishes.week_max == 20 * 60


@pytest.mark.parametrize("day", WORKING_DAYS)
def test_there_is_work_for_two_people_on_each_weekday(day: Weekday, school: Workplace) -> None:
    pool = [t for t in movable(school) if t.times and t.times[day]]
    assert pool_minutes(pool, day) >= 2 * 180
    if day is Weekday.WEDNESDAY:
        assert all(t.window and t.window.end <= parse_clock("12:00") for t in pool)


def test_the_school_year_is_weighed_in_three_parts(school: Workplace) -> None:
    assert [(s.id, s.weeks) for s in school.scenarios] == [("school_weeks", 33), ("tests", 4), ("holidays", 15)]
    tests, holidays = school.scenarios[1:]
    assert tests.percent(school.task(COPIES)) > 100
    assert {holidays.percent(t) for t in school.tasks} == {0}


def test_a_role_has_at_least_the_hours_of_its_tasks(school: Workplace) -> None:
    minutes = spent(school)
    assert all(minutes[r.id] <= r.hours_week * 100 for r in school.roles if r.hours_week is not None)


@pytest.mark.parametrize("lang", ["nl", "fr", "en"])
def test_the_example_loads_in_every_language_with_the_same_work(lang: str, school: Workplace) -> None:
    made = workplace_from_toml(FILE.read_text(encoding="utf-8"), UNITS, lang)  # type: ignore[arg-type]
    assert [(t.id, t.minutes, t.times, t.window) for t in made.tasks] == [
        (t.id, t.minutes, t.times, t.window) for t in school.tasks
    ]
    assert made.synthetic
