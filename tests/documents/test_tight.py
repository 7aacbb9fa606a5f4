"""A job is tight when its timetable no longer holds at the high minutes, in its own order."""

from __future__ import annotations

import pytest
from tests.design.cases import asked, entry, job, shift, task, window, workplace

from klaver.design.records import Job
from klaver.documents.tight import is_tight
from klaver.values import Range, Weekday
from klaver.work.records import Task, Wishes


def tight(*tasks: Task, of: Job, **wishes: int) -> bool:
    given = {"jobs": 1, "week_min": 0, "week_max": 6000, "day_max": 900, **wishes}
    return is_tight(asked(workplace(*tasks), Wishes(**given)), of)  # type: ignore[arg-type]


def slow(ident: str, high: int, **fields: object) -> Task:
    return task(ident, 60, **fields).model_copy(update={"minutes": Range(low=60, likely=60, high=high)})


MORNING = job(shift(entry("A", "08:00", 60), entry("B", "09:00", 60)))


def test_a_job_whose_minutes_are_known_is_not_tight() -> None:
    assert not tight(task("A", 60), task("B", 60), of=MORNING)


@pytest.mark.parametrize(("high", "expected"), [(90, False), (91, True)])
def test_a_task_that_would_end_after_its_window_makes_the_job_tight(high: int, expected: bool) -> None:
    last = task("B", 60, window=window("08:00", "10:00"))
    assert tight(slow("A", high, window=window("07:30", "20:00")), last, of=MORNING) is expected


@pytest.mark.parametrize(("high", "expected"), [(90, False), (91, True)])
def test_a_day_that_would_be_longer_than_allowed_makes_the_job_tight(high: int, expected: bool) -> None:
    assert tight(slow("A", high), task("B", 60), of=MORNING, day_max=150) is expected


@pytest.mark.parametrize(("high", "expected"), [(90, False), (91, True)])
def test_a_week_that_would_hold_more_than_allowed_makes_the_job_tight(high: int, expected: bool) -> None:
    both = job(*(shift(entry("A", "08:00", 60), day=d) for d in (Weekday.MONDAY, Weekday.TUESDAY)))
    assert tight(slow("A", high), of=both, week_max=180) is expected


def test_a_day_may_begin_later_than_its_first_task_could() -> None:
    early = task("A", 60, window=window("06:00", "20:00"))
    assert not tight(early, slow("B", 70, window=window("09:00", "20:00")), of=MORNING, day_max=135)


def test_walking_counts_and_a_break_is_not_paid() -> None:
    broken = job(shift(entry("A", "08:00", 60), entry("B", "09:33", 60), pause=("09:00", 30)))
    tasks = (task("A", 60), slow("B", 70, place="store"))
    assert not tight(*tasks, of=broken, day_max=133)
    assert tight(*tasks, of=broken, day_max=132)
