"""What a rule posts on a model and what it checks in a design are the same rule, for every small plan drawn.

If a rule posted more than it checks, *impossible* would be a lie; if it posted less, the engine would plan in vain.
"""

from __future__ import annotations

from random import Random

from hypothesis import event, given, settings
from hypothesis import strategies as st
from tests.properties.drawing import draw_jobs, draw_problem
from tests.properties.evaluating import allows

from klaver.design.effects import doors
from klaver.design.problem import Problem
from klaver.design.records import Job
from klaver.design.rules import RULES, Rule, ceilings, timetable, whole

SETTLED_WITH_THE_DAY = {
    "outside_window",
    "outside_shift",
    "overlap",
    "order",
    "pause_length",
    "pause_outside",
    "pause_worked",
    "no_break",
}
"""Parts of the timetable that no sum over a week can say; the engine builds the day itself with them."""

EXACT = [rule for rule in RULES if rule not in (timetable, ceilings, whole)]


def chances() -> st.SearchStrategy[Random]:
    return st.integers(0, 2**32).map(Random)


def drawn(chance: Random, *, odd: bool = False) -> tuple[Problem, tuple[Job, ...]]:
    asked = draw_problem(chance)
    return asked, draw_jobs(chance, asked, odd=odd)


def silent(rule: Rule, asked: Problem, jobs: tuple[Job, ...]) -> bool:
    return not list(rule.check(asked, jobs))


@settings(max_examples=400, derandomize=True, deadline=None, database=None)
@given(chances())
def test_a_rule_posts_exactly_what_it_checks(chance: Random) -> None:
    asked, jobs = drawn(chance)
    for rule in EXACT:
        quiet = silent(rule, asked, jobs)
        event(f"{rule.NAME} {'kept' if quiet else 'broken'}")
        assert allows(rule, asked, jobs) == quiet, rule.NAME


@settings(max_examples=200, derandomize=True, deadline=None, database=None)
@given(chances(), st.booleans())
def test_a_class_is_whole_in_one_job_for_the_model_and_the_checker_alike(chance: Random, odd: bool) -> None:
    asked, jobs = drawn(chance, odd=odd)
    assert allows(whole, asked, jobs) == silent(whole, asked, jobs)


@settings(max_examples=200, derandomize=True, deadline=None, database=None)
@given(chances())
def test_a_day_that_the_checker_accepts_is_never_lost_and_work_and_waiting_are_posted_exactly(chance: Random) -> None:
    asked, jobs = drawn(chance)
    told = {b.code.removeprefix("rule.") for b in timetable.check(asked, jobs)}
    posted = allows(timetable, asked, jobs)
    assert posted or told
    if not told - SETTLED_WITH_THE_DAY:
        works_more_than_paid = any(sum(e.end - e.start for e in s.entries) > s.paid for j in jobs for s in j.shifts)
        assert posted != works_more_than_paid
    else:
        assert not posted


@settings(max_examples=200, derandomize=True, deadline=None, database=None)
@given(chances())
def test_a_ceiling_is_never_posted_lower_than_it_is_checked(chance: Random) -> None:
    """What depends on the order within a day (stretches, changes of task) is left to the finished timetable."""
    asked, jobs = drawn(chance)
    posted, quiet = allows(ceilings, asked, jobs), silent(ceilings, asked, jobs)
    event(f"posted {posted}, checked {quiet}")
    assert posted or not quiet
    if posted and not quiet:
        assert asked.person is not None
        shut = [b for j in jobs for d in doors(asked, j) if d.profile == asked.person.id for b in d.barriers]
        assert {b.dimension or b.code for b in shut} <= LEFT_TO_THE_TIMETABLE


LEFT_TO_THE_TIMETABLE = {12, 13, 15, 19, 23, 24, 25, "hours", "permit"}
"""Alone and in one posture at a time, changes of task, how far days differ, who instructs, the hours of the day."""
