"""The example installation firm: made up and labelled so, mostly told and observed, with a depot and its sites."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from tests.work.starters.pools import movable, pool_minutes, spent

import klaver.work
from klaver.scale.dimensions import TASK_NUMBERS
from klaver.values import SourceKind, Weekday
from klaver.values.time import WORKING_DAYS
from klaver.work.elementary import elementary
from klaver.work.records import Legal, Workplace
from klaver.work.starters.reading import workplace_from_toml
from klaver.work.validate import faults

FILE = Path(__file__).parents[3] / "examples" / "installation.toml"
STARTER = Path(klaver.work.__file__).parent / "starters" / "installation-firm.toml"
UNITS = {"technicians": 12, "vans": 7, "sites": 4}
SCANNING, SWEEPING = "M66", "M41"


@pytest.fixture(scope="module")
def firm() -> Workplace:
    return workplace_from_toml(FILE.read_text(encoding="utf-8"), {}, "nl")


def test_the_example_says_that_it_is_made_up(firm: Workplace) -> None:
    assert firm.synthetic
    assert "verzonnen" in firm.name
    assert firm.setting == "installation-firm"


def test_the_example_is_a_complete_firm_of_twelve_technicians(firm: Workplace) -> None:
    assert 60 <= len(firm.tasks) <= 80
    assert {u.id: u.count for u in firm.units} == UNITS
    assert all(t.minutes and t.times and t.window and t.place and t.doers for t in firm.tasks)
    assert all(set(t.demands) == TASK_NUMBERS for t in firm.tasks)
    assert all(t.legal is not Legal.UNKNOWN and t.harm is not None for t in firm.tasks)
    assert all(r.headcount and r.hours_week for r in firm.roles)
    heads = {r.id: r.headcount for r in firm.roles if r.shortage}
    assert sum(filter(None, heads.values())) == UNITS["technicians"] + 1  # one of them works part time


def test_the_example_is_free_of_mistakes(firm: Workplace) -> None:
    assert faults(firm) == ()


def test_all_work_that_could_move_passes_the_elementary_test(firm: Workplace) -> None:
    assert {t.id: elementary(t).elementary for t in movable(firm)} == {t.id: "yes" for t in movable(firm)}
    assert len(movable(firm)) >= 40


def test_most_of_the_example_was_told_or_observed_and_the_rest_says_so(firm: Workplace) -> None:
    kinds = Counter(t.source_of("minutes").kind for t in firm.tasks)
    assert kinds[SourceKind.TOLD] + kinds[SourceKind.OBSERVED] >= len(firm.tasks) * 4 // 5
    assert kinds[SourceKind.OBSERVED] >= 10
    assert kinds[SourceKind.ASSUMED] >= 5
    asked = [t for t in firm.tasks if t.source.kind is not SourceKind.ASSUMED]
    assert all(t.source.date and t.source.date.startswith("2026-") and t.source.by for t in asked)
    assert 5 <= sum(t.source_of("demands").kind is SourceKind.ASSUMED for t in asked) <= 20


def test_no_task_that_may_move_rests_on_an_assumed_law_harm_or_window(firm: Workplace) -> None:
    guessed = [
        (t.id, field)
        for t in movable(firm)
        for field in ("legal", "harm", "window", "minutes")
        if t.source_of(field).kind is SourceKind.ASSUMED
    ]
    assert guessed == []


def test_a_law_looser_than_the_library_was_told_and_gives_its_ground(firm: Workplace) -> None:
    library = {row["id"]: row["legal"] for row in tomllib.loads(STARTER.read_text(encoding="utf-8"))["task"]}
    looser = [t for t in firm.tasks if t.legal is Legal.FREE and library[t.id] != "free"]
    assert {t.id for t in looser if t.place != "site_finishing"} == {SCANNING}
    assert len(looser) == 8
    assert all(t.source_of("legal").kind is SourceKind.TOLD and t.legal_basis for t in looser)
    assert all("basisveiligheidsopleiding" in (t.legal_basis or "") for t in looser if t.id != SCANNING)
    assert {t.id: t.legal for t in firm.tasks if t not in looser} == {
        i: Legal(legal) for i, legal in library.items() if i not in {t.id for t in looser}
    }


def test_the_teams_were_asked_what_gives_air_and_what_they_value(firm: Workplace) -> None:
    asked = [t for t in firm.tasks if t.recovery is not None and t.valued is not None]
    assert len(asked) >= len(firm.tasks) * 4 // 5
    assert all(t.source_of(f).kind is SourceKind.TOLD for t in asked for f in ("recovery", "valued"))
    assert sum(bool(t.recovery) for t in asked) >= 5
    assert any(t.recovery and t in movable(firm) for t in asked)
    # never asked is a named gap, not a no
    assert [t for t in firm.tasks if t.recovery is None]


def test_hours_of_the_warehouse_worker_move_only_under_a_recorded_agreement(firm: Workplace) -> None:
    (agreement,) = firm.agreements
    assert agreement.role == "warehouse_worker" and firm.low_threshold(firm.role(agreement.role))
    assert agreement.minutes_week > 0
    assert {t.id for t in movable(firm) if any(s.role == agreement.role for s in t.doers)} == {SWEEPING}


def test_the_wish_is_two_part_time_jobs_on_working_days(firm: Workplace) -> None:
    wishes = firm.wishes
    assert (wishes.jobs, wishes.days) == (2, WORKING_DAYS)
    assert wishes.week_min is not None and 12 * 60 <= wishes.week_min <= 13 * 60
    assert wishes.week_max == 20 * 60
    assert wishes.use_of_freed_time


@pytest.mark.parametrize("day", WORKING_DAYS)
def test_there_is_work_for_two_people_on_each_weekday(day: Weekday, firm: Workplace) -> None:
    assert pool_minutes(movable(firm), day) >= 2 * 180


def test_a_role_has_at_least_the_hours_of_its_tasks(firm: Workplace) -> None:
    minutes = spent(firm)
    assert all(minutes[r.id] <= (r.hours_week or 0) * 100 for r in firm.roles)


@pytest.mark.parametrize("lang", ["nl", "fr", "en"])
def test_the_example_loads_in_every_language_with_the_same_work(lang: str, firm: Workplace) -> None:
    made = workplace_from_toml(FILE.read_text(encoding="utf-8"), {}, lang)  # type: ignore[arg-type]
    assert [(t.id, t.minutes, t.times, t.window) for t in made.tasks] == [
        (t.id, t.minutes, t.times, t.window) for t in firm.tasks
    ]
    assert made.synthetic
