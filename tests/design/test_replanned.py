"""A design over work that turned out different: timed again in its own order, and only where it must be."""

from __future__ import annotations

from typing import Any

from tests.design.cases import MONDAY, entry, job, shift, task, window, workplace
from tests.documents.cases import asked

from klaver.design.check import breaches
from klaver.design.problem import Problem
from klaver.design.records import Job
from klaver.design.replanned import replanned
from klaver.values import Range, Weekday
from klaver.work.records import Legal, Task, Wishes

WISHES = Wishes(jobs=1, week_min=0, week_max=2000, day_max=900, tempo=100)


def made(*mine: Task) -> Problem:
    return asked(workplace(*mine, wishes=WISHES))


def day(*entries: Any, pause: tuple[str, int] | None = None) -> tuple[Job, ...]:
    return (job(shift(*entries, day=Weekday.MONDAY, pause=pause)),)


PLAN = day(entry("T01", "08:00", 60), entry("T02", "09:00", 60), entry("T03", "10:00", 60))


def starts(jobs: tuple[Job, ...]) -> list[tuple[str, int, int]]:
    return [(e.task, e.start, e.end - e.start) for j in jobs for s in j.shifts for e in s.entries]


def three(**first: Any) -> list[Task]:
    made = [task(ident, 60, MONDAY) for ident in ("T01", "T02", "T03")]
    return [made[0].model_copy(update=first), *made[1:]]


def test_a_day_that_still_holds_is_left_alone() -> None:
    assert replanned(made(*three()), PLAN) == PLAN


def test_a_task_that_takes_longer_pushes_what_follows() -> None:
    found = replanned(made(*three(minutes=Range.exactly(75))), PLAN)
    assert starts(found) == [("T01", 480, 75), ("T02", 555, 60), ("T03", 615, 60)]


def test_a_task_that_may_not_move_any_more_leaves_and_the_gap_is_closed_when_it_is_too_long() -> None:
    found = replanned(
        made(*[t.model_copy(update={"legal": Legal.RESERVED}) if t.id == "T02" else t for t in three()]), PLAN
    )
    assert [s[0] for s in starts(found)] == ["T01", "T03"]
    shift_ = found[0].shifts[0]
    assert shift_.paid - 120 <= 45


def test_where_a_day_no_longer_works_only_the_asked_task_leaves_it() -> None:
    late = [*three()[:2], task("T03", 60, MONDAY, window=window("10:00", "11:00"))]
    of = made(*[t.model_copy(update={"minutes": Range.exactly(180)}) if t.id == "T02" else t for t in late])
    found = replanned(of, PLAN, frozenset({"T02"}))
    assert [s[0] for s in starts(found)] == ["T01", "T03"]


def test_more_or_fewer_times_a_day_are_planned_where_the_task_stands() -> None:
    twice = day(entry("T01", "08:00", 60), entry("T01", "09:00", 60), entry("T02", "10:00", 60))
    fewer = replanned(made(*three()[:2]), twice)
    assert [s[0] for s in starts(fewer)] == ["T01", "T02"]
    more = made(task("T01", 60, (3, 0, 0, 0, 0, 0, 0)), task("T02", 60, MONDAY))
    found = replanned(more, twice)
    assert [s[0] for s in starts(found)] == ["T01", "T01", "T01", "T02"]
    assert not [b for b in breaches(more, found) if b.rule in ("whole", "timetable")]


def test_supervised_work_stays_only_where_it_is_done_together() -> None:
    of = made(*three(legal=Legal.SUPERVISED))
    assert "T01" not in {s[0] for s in starts(replanned(of, PLAN))}
    together = day(entry("T01", "08:00", 60, shared=True), entry("T02", "09:00", 60), entry("T03", "10:00", 60))
    assert replanned(of, together) == together


def test_a_break_stays_inside_the_day_and_a_day_without_tasks_is_no_day() -> None:
    of = made(*[t.model_copy(update={"legal": Legal.RESERVED}) if t.id != "T01" else t for t in three()])
    with_break = day(
        entry("T01", "08:00", 60), entry("T02", "09:30", 60), entry("T03", "10:30", 60), pause=("09:00", 30)
    )
    (left,) = replanned(of, with_break)
    assert left.shifts[0].pauses == ()
    none = made(*[t.model_copy(update={"legal": Legal.RESERVED}) for t in three()])
    assert replanned(none, with_break)[0].shifts == ()
    longer = replanned(made(*three(minutes=Range.exactly(90))), with_break)
    assert longer[0].shifts[0].pauses[0].start == 570
    assert not [b for b in breaches(made(*three(minutes=Range.exactly(90))), longer) if b.rule == "timetable"]
