"""Why not: every reason is told, each is needed, and a slow twin that looks at every timetable agrees."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from tests.design.cases import MONDAY, asked, entry, job, shift, task, window, workplace
from tests.design.why_twin import disagreement, draw, questions

from klaver.design.check import refused
from klaver.design.problem import Problem
from klaver.design.records import Job
from klaver.design.why.clashes import clashes
from klaver.design.why.here import Asking
from klaver.design.why.records import Reason
from klaver.design.why.task import why
from klaver.values import Weekday
from klaver.work.records import Task, Wishes

TUESDAY = (0, 1, 0, 0, 0, 0, 0)


def work(ident: str, minutes: int, times: tuple[int, ...] = MONDAY, **fields: Any) -> Task:
    """Return a task among people, so that no day is lonely."""
    return task(ident, minutes, times, contact="clients", **fields)


def ask(problem: Problem, task_id: str, *jobs: Job) -> list[Reason]:
    """Return why the class of Monday is not in the first job."""
    assert not refused(problem, jobs)
    return [r for r in why(problem, jobs, task_id) if r.job == "job-1"]


@pytest.mark.parametrize("seed", range(40))
def test_the_answer_is_that_of_looking_at_every_timetable(seed: int) -> None:
    problem, jobs = draw(Random(seed))
    asking = Asking(problem, jobs)
    for number, found in questions(problem, jobs):
        assert not disagreement(problem, jobs, number, found, asking.reasons(number, found))


def test_two_tasks_at_one_time_leave_no_room_and_the_third_is_not_named() -> None:
    tight = [work(i, 60, window=window("09:00", "10:00")) for i in ("A", "B")]
    problem = asked(workplace(*tight, work("C", 60)))
    (reason,) = ask(problem, "B", job(shift(entry("A", "09:00", 60), entry("C", "10:00", 60))))
    assert (reason.code, reason.tasks) == ("why.no_room", ("A",))


def test_no_room_names_three_tasks_when_only_together_they_fill_the_hours() -> None:
    tight = [work(i, 30, window=window("09:00", "10:30")) for i in ("A", "B", "C", "D")]
    problem = asked(workplace(*tight))
    entries = (entry("A", "09:00", 30), entry("B", "09:30", 30), entry("C", "10:00", 30))
    (reason,) = ask(problem, "D", job(shift(*entries)))
    assert (reason.code, reason.tasks) == ("why.no_room", ("A", "B", "C"))


def test_all_reasons_are_told_at_once() -> None:
    tasks = (work("A", 60, instructs="carer"), work("B", 120, instructs="cleaner"))
    wishes = Wishes(jobs=1, week_min=0, week_max=150, day_max=160)
    problem = asked(workplace(*tasks), wishes, instructors_max=1)
    reasons = ask(problem, "B", job(shift(entry("A", "09:00", 60))))
    codes = {b.code for r in reasons for b in r.breaches}
    assert codes == {"rule.day_long", "rule.week_long", "rule.instructors"}


def test_hours_that_can_each_be_kept_but_not_both_are_told_as_one_reason() -> None:
    """Who comes must stay for an hour and a half, and there is but an hour and twenty minutes left in the week."""
    tasks = (work("A", 120, TUESDAY), work("B", 60))
    wishes = Wishes(jobs=1, week_min=0, week_max=200, day_max=300)
    problem = asked(workplace(*tasks), wishes, shift_min=90, idle_day=40)
    (reason,) = ask(problem, "B", job(shift(entry("A", "09:00", 120), day=Weekday.TUESDAY)))
    assert reason.code == "why.breaks_one_of"
    assert {b.code for b in reason.breaches} == {"rule.shift_min", "rule.week_long"}


def test_a_task_that_fits_says_what_it_gives_back() -> None:
    problem = asked(workplace(work("A", 60), work("B", 60)))
    (reason,) = ask(problem, "B", job(shift(entry("A", "09:00", 60))))
    assert reason.code == "why.possible"
    assert reason.relief is not None and reason.relief > 0


def test_a_long_way_round_is_told_as_waiting_not_as_no_room() -> None:
    tasks = (
        work("A", 30, window=window("08:00", "08:30")),
        work("B", 30, window=window("15:00", "15:30")),
    )
    problem = asked(workplace(*tasks), idle_day=60)
    (reason,) = ask(problem, "B", job(shift(entry("A", "08:00", 30))))
    assert [b.code for b in reason.breaches] == ["rule.waiting"]


def test_every_smallest_clash_is_found_and_nothing_larger() -> None:
    known = [frozenset({0}), frozenset({1, 2}), frozenset({2, 3, 4})]
    found, sure = clashes(6, lambda some: not any(c <= some for c in known))
    assert (sorted(found, key=sorted), sure) == (known, True)


def test_what_is_not_known_is_never_a_clash() -> None:
    found, sure = clashes(3, lambda some: None if some == {1} else True)
    assert (found, sure) == ([], True) or not sure
