"""Golden: the reference case of the research, to the minute, and what its exact windows mean for a new worker."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.work.reference_case import JOB, REFERENCE, reference_ward, window_of

from klaver.design.parameters import parameters
from klaver.design.problem import Problem, problem
from klaver.values import Weekday
from klaver.values.time import WORKING_DAYS
from klaver.work.elementary import elementary
from klaver.work.records import Wishes, Workplace
from klaver.work.starters import workplace_from_toml
from klaver.work.validate import faults, gaps

ON = "2026-11-24"
EXAMPLE = Path(__file__).parents[2] / "examples" / "ward.toml"


@pytest.fixture(scope="module")
def case() -> Workplace:
    return reference_ward()


def minutes(case: Workplace, days: tuple[Weekday, ...], idents: tuple[str, ...] = tuple(REFERENCE)) -> int:
    """Return the likely minutes of these tasks on these days."""
    tasks = [case.task(i) for i in idents]
    return sum(t.minutes.likely * sum(t.times[d] for d in days) for t in tasks if t.minutes and t.times)


def asked(case: Workplace, tempo: int) -> Problem:
    return problem(case, parameters(ON), (), Wishes(jobs=1, week_min=0, week_max=2280, tempo=tempo))


def test_the_case_is_whole_and_every_task_of_it_is_elementary(case: Workplace) -> None:
    assert faults(case) == ()
    assert gaps(case) == ()
    assert {elementary(t).elementary for t in case.tasks} == {"yes"}


def test_the_pool_is_60_4_hours_a_week_and_47_3_on_working_days(case: Workplace) -> None:
    assert minutes(case, tuple(Weekday)) == 60 * 60 + 25  # 60.4 hours
    assert minutes(case, WORKING_DAYS) == 47 * 60 + 15  # 47.25 hours, told as 47.3


def test_the_job_drawn_from_it_is_32_1_hours(case: Workplace) -> None:
    assert f"{minutes(case, WORKING_DAYS, JOB) / 60:.1f}" == "32.1"


def test_setting_and_serving_lunch_have_the_exact_windows_of_the_research(case: Workplace) -> None:
    assert case.task("T10").window == window_of("T10")
    assert (window_of("T10").start, window_of("T10").end) == (11 * 60 + 15, 11 * 60 + 45)
    assert (window_of("T11").start, window_of("T11").end) == (11 * 60 + 45, 12 * 60 + 45)


def test_a_colleague_sets_the_tables_in_time_and_a_new_worker_does_not(case: Workplace) -> None:
    setting = {tempo: "T10" in asked(case, tempo).by_task for tempo in (100, 120, 130)}
    assert setting == {100: True, 120: True, 130: False}  # 25, 30 and 33 minutes in a window of 30


def test_the_example_gives_lunch_five_minutes_more_and_says_why(case: Workplace) -> None:
    example = workplace_from_toml(EXAMPLE.read_text(encoding="utf-8"), {}, "nl")
    moved = {i for i in REFERENCE if example.task(i).window != case.task(i).window}
    assert moved == {"T10", "T11"}
    for ident in moved:
        shown, exact = example.task(ident), window_of(ident)
        assert shown.window is not None
        assert (shown.window.start, shown.window.end) == (exact.start, exact.end + 5)
        assert "vijf minuten" in (shown.note or "")
    assert {"T10", "T11"} <= asked(example, 130).by_task.keys()
