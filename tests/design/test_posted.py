"""What a rule posts on a model lies on the same side of its limit as what it checks, in every case worked by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
from tests.design.cases import MONDAY, asked, entry, job, loose, shift, task, window, workplace
from tests.design.test_rules import CASES, Case
from tests.properties.evaluating import Evaluating, allows

from klaver.design.problem import Problem, problem
from klaver.design.records import Breach, Job, Shift
from klaver.design.rules import RULES, Rule, ceilings
from klaver.design.rules.timetable import without_break
from klaver.people.records import Profile
from klaver.values import Weekday
from klaver.values.time import DAY
from klaver.work.records import Place, Wishes, Workplace

MON, TUE = Weekday.MONDAY, Weekday.TUESDAY
TWO_DAYS = (1, 1, 0, 0, 0, 0, 0)

NOT_FOR_A_MODEL = {
    "legal_reserved",
    "legal_unknown",
    "unknown_task",
    "day_not_asked",
    "job_count",
    "shifts_mixed",
    "empty_shift",
    "occurrences",
    "half_shared",
    "wrong_length",
    "outside_window",
    "outside_shift",
    "overlap",
    "order",
    "no_break",
    "pause_worked",
    "pause_outside",
    "pause_length",
}
"""What cannot be said in a model (no class, no such plan), and what is settled with the finished day."""


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.__name__)
def test_a_rule_posts_the_good_side_and_refuses_the_bad_side(case: Callable[[], Case]) -> None:
    asked_for, good, bad, breach = case()
    rule: Rule = next(r for r in RULES if breach.rule == r.NAME)
    assert allows(rule, asked_for, good)
    if breach.code.removeprefix("rule.") not in NOT_FOR_A_MODEL:
        assert not allows(rule, asked_for, bad)


@pytest.mark.parametrize(("confirmed", "minutes"), [(True, 360), (False, 2 * DAY)])
def test_a_break_that_the_house_has_not_confirmed_is_planned_until_nothing_is_possible_with_it(
    confirmed: bool, minutes: int
) -> None:
    plan = asked(workplace(task("A", 60, MONDAY)), None, work_before_break=360)
    doubted = plan.parameters.get("work_before_break").model_copy(update={"confirmed": confirmed})
    plan = replace(plan, parameters=plan.parameters.with_values([doubted]))
    assert without_break(plan) == 360
    assert without_break(replace(plan, confirmed_only=True)) == minutes


# the limits of a named person, posted and checked

Ceiling = tuple[Problem, tuple[Job, ...], tuple[Job, ...], str]
Plan = dict[Weekday, Iterable[str]]


def ceiling(barriers: str, tasks: Iterable[Any], within: Plan, over: Plan, **person: Any) -> Ceiling:
    """Return a house with a named person, a week just within what they can do, a week just over, and what bars it."""
    levels = person.pop("levels", {})
    abilities = {n: {"low": v, "likely": v, "high": v} for n, v in levels.items()}
    given = {"id": "named", "kind": "person", "abilities": abilities, "day_max": 900}
    given |= {"source": "test", "date": "2026-01-01"} | person
    place = workplace(*tasks).model_copy(update={"places": PLACES})
    wishes = Wishes(jobs=1, week_min=0, week_max=6000, day_max=900, profile="named")
    found = problem(place, loose(), (Profile.model_validate(given, strict=False),), wishes)
    return found, (week(place, within),), (week(place, over),), barriers


PLACES = (
    Place(id="room", label="room", demands={21: 1}),
    Place(id="attic", label="attic", demands={21: 2}),
)


def week(place: Workplace, plan: Plan) -> Job:
    """Return a job that does the tasks one after the other, each occurrence ten minutes after the one before."""
    return job(*(day(place, d, tasks) for d, tasks in plan.items()))


def day(place: Workplace, on: Weekday, tasks: Iterable[str]) -> Shift:
    entries, now = [], 420
    for ident in tasks:
        found = next(t for t in place.tasks if t.id == ident)
        assert found.minutes is not None
        assert found.times is not None
        for _ in range(found.times[on]):
            start = max(now, found.window.start if found.window else 0)
            shared = ident.startswith("S")
            entries.append(entry(ident, f"{start // 60:02}:{start % 60:02}", found.minutes.likely, shared=shared))
            now = start + found.minutes.likely + 10
    return shift(*entries, day=on)


def one_task(barriers: str, over: Any, levels: dict[int, int] | None = None, **person: Any) -> Ceiling:
    """The task ``B`` alone is over the limit; the other, ``A``, is just within."""
    fields = person.pop("fields", {})
    tasks = (task("A", person.pop("minutes", 30), TWO_DAYS, **fields), over)
    both: Plan = {MON: "A", TUE: "A"}
    return ceiling(barriers, tasks, both, both | {MON: "B"}, levels=levels or {}, **person)


def a_minute_more(dimension: int, level: int, minutes: int, times: int, **fields: Any) -> Ceiling:
    """Both days are full to the limit; one minute more on Monday is over it."""
    full = task("A", minutes, (times, times, 0, 0, 0, 0, 0), **fields)
    tasks = (full, task("B", 1, MONDAY, **fields))
    return ceiling(str(dimension), tasks, {MON: "A", TUE: "A"}, {MON: "AB", TUE: "A"}, levels={dimension: level})


def a_minute_more_of_the_day(barriers: str, **person: Any) -> Ceiling:
    tasks = (task("A", 120, TWO_DAYS), task("B", 121, MONDAY))
    return ceiling(barriers, tasks, {MON: "A", TUE: "A"}, {MON: "B", TUE: "A"}, **person)


def a_task_more(dimension: int, level: int, many: int, on: Weekday = MON, **fields: Any) -> Ceiling:
    """As many kinds of task as the limit allows, both days; one more is over it."""
    some, extra = "ACDEFGH"[:many], "B"
    tasks = [task(i, 10, TWO_DAYS, **fields) for i in (*some, extra)]
    plan: Plan = {MON: some, TUE: some}
    return ceiling(str(dimension), tasks, plan, plan | {on: some + extra}, levels={dimension: level})


def set_times() -> Ceiling:
    """One task with a set time is within reach, two are not; sixteen minutes of choice make no set time."""
    tasks = (
        task("A", 30, TWO_DAYS, window=window("07:00", "07:45")),
        task("C", 30, TWO_DAYS, window=window("07:30", "08:16")),
        task("B", 30, TWO_DAYS, window=window("07:40", "08:25")),
    )
    return ceiling("11", tasks, {MON: "AC", TUE: "A"}, {MON: "AB", TUE: "A"}, levels={11: 1})


def done_together() -> Ceiling:
    """Five moments a week together are within reach, a sixth is not."""
    tasks = (task("S", 10, (3, 2, 0, 0, 0, 0, 0)), task("SB", 10, MONDAY))
    return ceiling("18", tasks, {MON: ["S"], TUE: ["S"]}, {MON: ["S", "SB"], TUE: ["S"]}, levels={18: 1})


def a_day_that_cannot_be() -> Ceiling:
    tasks = (task("A", 30, TWO_DAYS), task("B", 30, (0, 0, 1, 0, 0, 0, 0)))
    return ceiling("days", tasks, {MON: "A", TUE: "A"}, {MON: "A", Weekday.WEDNESDAY: "B"}, days=(0, 1))


def hours_a_week(barriers: str, over: Plan, **person: Any) -> Ceiling:
    tasks = (task("A", 30, TWO_DAYS), task("B", 1, MONDAY))
    return ceiling(barriers, tasks, {MON: "A", TUE: "A"}, over, week_min=60, week_max=60, **person)


CEILINGS: dict[str, Callable[[], Ceiling]] = {
    "a task": lambda: one_task("26", task("B", 30, TWO_DAYS, demands={26: 2}), {26: 1}, fields={"demands": {26: 1}}),
    "a place": lambda: one_task("21", task("B", 30, TWO_DAYS, place="attic"), {21: 1}),
    "own choice": lambda: one_task("own_choice", task("B", 30, TWO_DAYS, family="linen"), excluded_families=("linen",)),
    "two reasons": lambda: one_task(
        "own_choice, 26",
        task("B", 30, TWO_DAYS, family="linen", demands={26: 2}),
        {26: 1},
        excluded_families=("linen",),
    ),
    "standing at a time": lambda: one_task(
        "23", task("B", 16, TWO_DAYS, posture="standing"), {23: 2}, minutes=15, fields={"posture": "standing"}
    ),
    "sitting at a time": lambda: one_task(
        "24", task("B", 31, TWO_DAYS, posture="sitting"), {24: 2}, fields={"posture": "sitting"}
    ),
    "walking at a time": lambda: one_task(
        "25", task("B", 31, TWO_DAYS, posture="walking"), {25: 2}, fields={"posture": "walking"}
    ),
    "standing a day": lambda: a_minute_more(23, 2, 15, 8, posture="standing"),
    "sitting a day": lambda: a_minute_more(24, 2, 30, 4, posture="sitting"),
    "walking a day": lambda: a_minute_more(25, 2, 30, 3, posture="walking"),
    "people a day": lambda: a_minute_more(22, 2, 30, 3, contact="clients"),
    "work a day": lambda: a_minute_more_of_the_day("31", levels={31: 1}),
    "hours a day": lambda: a_minute_more_of_the_day("day", day_max=120),
    "tasks a day": lambda: a_task_more(8, 1, 3),
    "changes a day": lambda: a_task_more(13, 1, 5),
    "tasks to learn": lambda: a_task_more(6, 1, 3, TUE),
    "set times a day": set_times,
    "done together": done_together,
    "a week too long": lambda: hours_a_week("week", {MON: "AB", TUE: "A"}),
    "a week too short": lambda: hours_a_week("week", {MON: "AB"}),
    "a day that cannot be": a_day_that_cannot_be,
}


@pytest.mark.parametrize("case", CEILINGS.values(), ids=CEILINGS)
def test_a_limit_of_a_person_is_posted_and_checked_on_both_sides(case: Callable[[], Ceiling]) -> None:
    asked_for, within, over, barriers = case()
    assert list(ceilings.check(asked_for, within)) == []
    assert allows(ceilings, asked_for, within)
    values: dict[str, str | int] = {"profile": "named", "barriers": barriers}
    assert list(ceilings.check(asked_for, over)) == [
        Breach(rule="ceilings", code="rule.ceiling", values=values, job="job-1")
    ]
    assert not allows(ceilings, asked_for, over)


@pytest.mark.parametrize("case", CEILINGS.values(), ids=CEILINGS)
@pytest.mark.parametrize("counts", [False, True])
def test_a_door_that_need_not_be_open_limits_nothing(case: Callable[[], Ceiling], counts: bool) -> None:
    asked_for, _, over, _ = case()
    assert asked_for.person is not None
    model = Evaluating(asked_for, over)
    when = model.works(0, MON if counts else Weekday.SUNDAY)
    ceilings.Ceilings(model, asked_for, 0).post_not_shut(asked_for.person, when)
    assert model.holds() is not counts
