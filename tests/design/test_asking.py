"""Ask next: what was told is never asked, an answer never widens the range, and every question has its place."""

from __future__ import annotations

from functools import cache
from random import Random

import pytest
from benchmarks.asking import answered, drawn
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.design.cases import MONDAY, entry, job, shift, window, workplace
from tests.design.cases import task as told_task
from tests.documents.cases import asked, long_job, tasks, ward

from klaver.design.asking import Question, questions
from klaver.design.doubt import FIELDS, ends, is_open, parts_of, shares, told
from klaver.design.effects import relief_hundredths
from klaver.design.parameters import parameters
from klaver.design.problem import Problem, problem
from klaver.design.records import Entry, Job, Shift
from klaver.design.spans import value_range
from klaver.documents.interview import columns_of
from klaver.values import Range, Weekday
from klaver.work.records import LanguageNeed, Legal, Share, Task, Wishes, Workplace
from klaver.work.starters import settings as library
from klaver.work.starters import start
from klaver.work.workbook.layout import sheet

ASSUMED = {"kind": "assumed"}
TEN = Range(low=40, likely=60, high=80)


def task(ident: str, minutes: int | Range = 60, times: tuple[int, ...] = MONDAY, **fields: object) -> Task:
    """A task of which everything was told, unless ``source`` says otherwise."""
    length = minutes if isinstance(minutes, Range) else Range.exactly(minutes)
    made = told_task(ident, length.likely, times, **{"left_undone": False, **fields})
    return made.model_copy(update={"minutes": length})


def one(*mine: Task, **fields: object) -> tuple[Problem, tuple[Job, ...]]:
    """A job that does T01 and T02 on Monday, an hour each at its own tempo."""
    wishes = Wishes(jobs=1, week_min=60, week_max=600, day_max=600, tempo=100)
    place = workplace(*mine, **{"wishes": wishes, **fields})
    days = shift(entry("T01", "08:00", 60), entry("T02", "09:00", 60), day=Weekday.MONDAY)
    return asked(place), (job(days),)


def by_about(found: tuple[Question, ...]) -> dict[str, Question]:
    return {q.about: q for q in reversed(found)}


@cache
def starter(setting: str) -> Problem:
    """An untouched starter, in which everything is assumed."""
    return problem(start(setting, {}, "en"), parameters("2026-11-24"))


def everything(problem: Problem) -> tuple[Job, ...]:
    """Return all work that may move as if one job did it; no day of it is a timetable."""
    shifts = []
    for day in problem.days:
        here = [c for c in problem.classes if c.day is day]
        entries = tuple(
            Entry(task=c.task.id, start=c.window.start, end=c.window.start + c.work)
            for c in here
            for _ in range(c.times)
        )
        if entries:
            start, end = min(e.start for e in entries), max(e.end for e in entries)
            shifts.append(Shift(day=day, start=start, end=end, entries=entries))
    return (Job(id="all", shifts=tuple(shifts)),)


def test_of_a_workplace_that_was_told_nothing_is_asked() -> None:
    of = asked(ward(*(t.model_copy(update={"left_undone": False}) for t in tasks())))
    assert questions(of, (long_job(),)) == ()
    width = value_range(of, (long_job(),))
    assert (width.low, width.high) == (width.likely, width.likely)


def test_a_value_that_was_told_is_never_asked_and_an_assumed_one_beside_it_is() -> None:
    mixed = {"source": ASSUMED, "sources": {"legal": {"kind": "told"}, "minutes": {"kind": "observed"}}}
    found = questions(*one(task("T01", TEN, **mixed), task("T02")))
    assert {"legal", "minutes"}.isdisjoint(f for q in found for f in q.fields)
    assert "separable" in {q.about for q in found}
    assert all(q.tasks == ("T01",) for q in found)


@pytest.mark.parametrize("setting", library())
def test_every_question_is_open_and_has_its_place_in_the_workbook(setting: str) -> None:
    of = starter(setting)
    for q in questions(of, None):
        mine = [of.tasks[t] for t in q.tasks]
        assert all(any(is_open(t, p) for f in q.fields for p in parts_of(f)) for t in mine), q
        columns = {c.field for c in sheet("demands" if q.about == "demands" else "tasks").columns}
        assert set(columns_of(q, mine)) <= columns
        assert columns_of(q, mine) or q.about == "demands"


@settings(deadline=None, max_examples=12)
@given(setting=st.sampled_from(library()), seed=st.integers(0, 10_000), many=st.integers(1, 12))
def test_an_answer_never_widens_the_range_and_the_truth_lies_inside_it(setting: str, seed: int, many: int) -> None:
    of, chance = starter(setting), Random(seed)
    jobs, every = everything(of), asked_of(setting)
    before = value_range(of, jobs)
    some = chance.sample(every, min(many, len(every)))
    truth = drawn(of, every, chance, 0.7)
    after = value_range(answered(of, truth, some), jobs)
    assert before.low <= after.low <= after.high <= before.high
    at_last = answered(of, truth, every)
    assert before.low <= relief_hundredths(at_last, jobs) // 100 <= before.high
    assert value_range(at_last, jobs).width == 0


@cache
def asked_of(setting: str) -> tuple[Question, ...]:
    return questions(starter(setting), None)


def test_the_law_and_safety_come_first_and_then_what_most_hours_hang_on() -> None:
    many = [task("T01", TEN, source=ASSUMED, harm=2, checked=None), task("T02")]
    found = questions(*one(many[0], many[1].model_copy(update={"minutes": Range(low=55, likely=60, high=65)})))
    abouts = [q.about for q in found]
    assert abouts[:2] == ["legal", "harm"]
    assert [q.order for q in found] == sorted(q.order for q in found)
    assert found[0].leave == ("T01",)
    assert found[0].relief.low == 0


def test_a_question_about_time_says_when_the_job_would_get_too_long() -> None:
    wishes = Wishes(jobs=1, week_min=60, week_max=125, day_max=600, tempo=100)
    of, jobs = one(task("T01", TEN, source=ASSUMED), task("T02"), wishes=wishes)
    time = by_about(questions(of, jobs))["time"]
    assert {"minutes", "window"} == set(time.fields)
    assert "rule.week_long" in {b.code for b in time.breaks}
    assert time.work.width == 40


def test_tasks_on_one_legal_ground_are_one_question_and_other_grounds_another() -> None:
    same = {"source": ASSUMED, "legal_basis": "no act of care"}
    first, second = task("T01", **same), task("T02", **same)
    of, jobs = one(first, second)
    assert [q.tasks for q in questions(of, jobs) if q.about == "legal"] == [("T01", "T02")]
    of, jobs = one(first, second.model_copy(update={"legal_basis": "by agreement"}))
    assert sorted(q.tasks for q in questions(of, jobs) if q.about == "legal") == [("T01",), ("T02",)]


def test_a_task_outside_is_asked_about_when_one_answer_lets_it_enter() -> None:
    unknown = task("T03", 30, legal=Legal.UNKNOWN, legal_basis=None)
    reserved = task("T04", 30, legal=Legal.RESERVED, source=ASSUMED)
    of, jobs = one(task("T01"), task("T02"), unknown, reserved)
    (found,) = questions(of, jobs)
    assert (found.about, found.enter, found.safety) == ("legal", ("T03",), False)
    assert found.work.high == 30
    assert found.relief.high > 0


def test_work_that_is_left_undone_and_work_of_no_shortage_role_give_no_relief() -> None:
    of, jobs = one(task("T01", source=ASSUMED), task("T02"))
    undone = by_about(questions(of, jobs))["left_undone"]
    assert (undone.relief.low, undone.leave) == (0, ())
    cleaner = (Share(role="cleaner", percent=100),)
    of, jobs = one(task("T01", source=ASSUMED, doers=cleaner), task("T02"))
    assert "left_undone" not in by_about(questions(of, jobs))


def test_a_task_too_long_for_its_hours_contributes_nothing() -> None:
    known = ("legal", "harm", "checked", "separable", "left_undone", "demands", "window")
    sources = {field: {"kind": "told"} for field in known}
    tight = {"source": ASSUMED, "window": window("08:00", "09:10"), "sources": sources}
    of, jobs = one(task("T01", TEN, **tight), task("T02"))
    loose, _ = one(task("T01", TEN, **{**tight, "window": window("08:00", "12:00")}), task("T02"))
    assert value_range(of, jobs).low < value_range(loose, jobs).low
    assert value_range(of, jobs).high < value_range(loose, jobs).high


def test_the_range_is_made_of_every_task_alone_and_a_shared_task_adds_nothing() -> None:
    together = job(shift(entry("T01", "08:00", 60, shared=True), entry("T02", "09:00", 60), day=Weekday.MONDAY))
    of, _ = one(task("T01", TEN, source=ASSUMED), task("T02"))
    assert value_range(of, (together,)).width == 0


@pytest.mark.parametrize("field", FIELDS)
def test_the_ends_of_a_field_are_told_and_stay_inside_the_record(field: str) -> None:
    split = (Share(role="carer", percent=55), Share(role="cleaner", percent=45))
    of = asked(ward(task("T01", TEN, (2, 1, 0, 0, 0, 0, 0), source=ASSUMED, doers=split,
                         demands={7: 3, 9: 1}, language=LanguageNeed())))  # fmt: skip
    pair = ends(of, of.tasks["T01"], field)
    assert pair is not None
    for end in pair:
        assert not any(is_open(end, p) for p in parts_of(field))
        assert Task.model_validate(end.model_dump()) == end
        assert ends(of, end, field) is None


def test_shares_always_make_a_hundred_in_the_same_proportions() -> None:
    doers = tuple(Share(role=r, percent=p) for r, p in (("carer", 40), ("nurse", 20), ("cleaner", 39), ("student", 1)))
    mine = task("T01", doers=doers)
    for percent in range(101):
        made = {s.role: s.percent for s in shares(mine, {"carer", "nurse"}, percent)}
        assert sum(made.values()) == 100
        assert made.get("carer", 0) + made.get("nurse", 0) == percent


def test_telling_again_leaves_no_trace_of_what_was_assumed() -> None:
    mine = task("T01", source=ASSUMED, sources={"demands.7": ASSUMED, "minutes": {"kind": "observed"}})
    found = told(mine, "demands", demands={7: 2})
    assert not is_open(found, "demands.7")
    assert found.source_of("minutes").kind == "observed"


def test_a_design_whose_task_was_dropped_from_the_workbook_is_still_asked_about() -> None:
    left = [t.model_copy(update={"source": t.source.model_copy(update={"kind": "assumed"})}) for t in tasks()[1:]]
    of = asked(ward(*left))
    found = questions(of, (long_job(),))
    assert found
    assert all("T01" not in q.tasks for q in found)
    assert value_range(of, (long_job(),)).width > 0


def test_without_a_design_all_work_that_may_move_is_counted() -> None:
    place: Workplace = start("nursing-home", {}, "nl")
    of = problem(place, parameters("2026-11-24"))
    found = questions(of, None)
    assert found[0].about == "legal"
    assert set(found[0].tasks) <= {c.task.id for c in of.classes}
    assert all(q.jobs == () and q.breaks == () for q in found)


def test_what_is_not_known_is_asked_although_nothing_can_be_told_of_it() -> None:
    bare = {"legal": Legal.UNKNOWN, "legal_basis": None, "harm": None, "source": ASSUMED}
    draft = [task(i, **bare).model_copy(update={"minutes": None, "window": None}) for i in ("T01", "T02")]
    reserved = task("T03", legal=Legal.RESERVED, source=ASSUMED).model_copy(update={"minutes": None})
    found = questions(asked(workplace(*draft, reserved)), None)
    assert all(q.unknown for q in found)
    assert [(q.about, q.tasks) for q in found] == [
        ("legal", ("T01", "T02")),
        ("harm", ("T01", "T02")),
        ("time", ("T01",)),
        ("time", ("T02",)),
    ]
    assert found[2].fields == ("minutes", "window")
