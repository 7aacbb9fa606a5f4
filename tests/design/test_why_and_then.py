"""What would be enough, what forcing costs, and why not one more job: each answer is one that can be checked."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from tests.design.cases import MONDAY, asked, entry, job, shift, task, window, workplace
from tests.design.why_twin import QUARTERS, change_disagreement, draw, out_disagreement, questions

from klaver.design.check import refused
from klaver.design.effects import relief_hundredths
from klaver.design.problem import Class, Problem
from klaver.design.records import Job, Objective
from klaver.design.solve.day import Days
from klaver.design.solve.search import Effort, Search
from klaver.design.why.change import changes
from klaver.design.why.force import Board
from klaver.design.why.here import Asking
from klaver.design.why.more import one_more
from klaver.design.why.out import taking_out
from klaver.values import Weekday
from klaver.work.records import Cooperation, Legal, Role, Task, Wishes

EFFORT = Effort(rounds=3, work=0.3)


def work(ident: str, minutes: int, **fields: Any) -> Task:
    """Return a task of Monday among people, so that no day is lonely."""
    return task(ident, minutes, MONDAY, contact="clients", **fields)


def monday(problem: Problem, ident: str) -> Class:
    return problem.by_key[ident, Weekday.MONDAY]


def enough(problem: Problem, ident: str, *jobs: Job) -> dict[str, tuple[str, int]]:
    """Return what would be enough, by kind: the subject and the amount."""
    asking, found = Asking(problem, jobs), monday(problem, ident)
    answer = changes(asking, 0, found, asking.reasons(0, found))
    assert answer.sure
    return {c.kind: (c.subject, c.amount) for c in answer.found}


@pytest.mark.parametrize("seed", range(12))
def test_the_tasks_to_take_out_are_as_few_as_trying_every_set_finds(seed: int) -> None:
    problem, jobs = draw(Random(seed))
    asking = Asking(problem, jobs)
    for number, found in questions(problem, jobs)[:2]:
        if asking.reasons(number, found)[0].code != "why.possible":
            assert not out_disagreement(asking, number, found)


@pytest.mark.parametrize("seed", range(3))
def test_the_smallest_change_is_that_of_trying_every_change(seed: int) -> None:
    problem, jobs = draw(Random(seed), QUARTERS)
    asking = Asking(problem, jobs)
    for number, found in questions(problem, jobs)[:1]:
        if asking.reasons(number, found)[0].code != "why.possible":
            assert not change_disagreement(asking, number, found)


def test_a_window_a_quarter_later_is_enough_and_half_an_hour_is_not_asked() -> None:
    tight = [work(i, 60, window=window("09:00", "10:50")) for i in ("A", "B")]
    problem = asked(workplace(*tight))
    assert enough(problem, "B", job(shift(entry("A", "09:00", 60)))) == {"window": ("B", 15)}


def test_somebody_who_may_give_orders_or_another_form_of_cooperation_is_enough() -> None:
    partner = Role(id="partner", label="partner", may_instruct=True, employer="host")
    plain = workplace(work("A", 60), work("B", 60, instructs="partner"))
    place = plain.model_copy(update={"cooperation": Cooperation.ENCLAVE, "roles": (*plain.roles, partner)})
    found = enough(asked(place), "B", job(shift(entry("A", "09:00", 60))))
    assert found == {"form": ("direct", 1)}
    silent = partner.model_copy(update={"may_instruct": False})
    place = plain.model_copy(update={"roles": (*plain.roles, silent)})
    assert enough(asked(place), "B", job(shift(entry("A", "09:00", 60)))) == {"giver": ("partner", 1)}


def test_an_hour_more_a_week_and_a_quarter_more_a_day_are_each_named_when_alone_enough() -> None:
    tasks = (work("A", 60), work("B", 60))
    shift_a = job(shift(entry("A", "09:00", 60)))
    short_week = asked(workplace(*tasks), Wishes(jobs=1, week_min=0, week_max=100, day_max=300))
    assert enough(short_week, "B", shift_a) == {"week": ("", 60)}
    short_day = asked(workplace(*tasks), Wishes(jobs=1, week_min=0, week_max=900, day_max=110))
    assert enough(short_day, "B", shift_a) == {"day": ("", 15)}
    both = asked(workplace(*tasks), Wishes(jobs=1, week_min=0, week_max=100, day_max=110))
    assert enough(both, "B", shift_a) == {}


def test_neither_the_law_nor_recovery_time_is_ever_eased() -> None:
    rest = (work("A", 60), work("B", 60, recovery=True))
    problem = asked(workplace(*rest), hollow_recovery=100)
    assert enough(problem, "B", job(shift(entry("A", "09:00", 60)))) == {}


def test_a_window_that_opens_on_the_night_does_not_make_night_work_possible() -> None:
    tasks = (work("A", 60, window=window("17:00", "18:00")), work("B", 60, window=window("17:00", "18:00")))
    shift_a = job(shift(entry("A", "17:00", 60)))
    assert enough(asked(workplace(*tasks), night_start=1080), "B", shift_a) == {"window": ("B", 60)}
    tight = asked(workplace(*tasks), night_start=1080, night_end=1020)
    assert enough(tight, "B", shift_a) == {}


def test_what_takes_the_place_is_the_task_that_costs_least() -> None:
    tasks = [work(i, m, window=window("09:00", "11:00")) for i, m in (("A", 60), ("B", 30), ("C", 30), ("D", 30))]
    problem = asked(workplace(*tasks))
    jobs = (job(shift(entry("A", "09:00", 60), entry("B", "10:00", 30), entry("C", "10:30", 30))),)
    asking, found = Asking(problem, jobs), monday(problem, "D")
    out = taking_out(asking, 0, found, asking.reasons(0, found))
    assert (len(out.tasks), out.sure) == (1, True)
    assert out.tasks[0] in ("B", "C")


def test_no_two_tasks_are_named_when_a_third_would_have_to_go() -> None:
    tasks = [work(i, 30, window=window("09:00", "10:30")) for i in ("A", "B", "C")]
    problem = asked(workplace(*tasks, work("D", 90, window=window("09:00", "10:30"))))
    jobs = (job(shift(*(entry(i, t, 30) for i, t in (("A", "09:00"), ("B", "09:30"), ("C", "10:00"))))),)
    asking, found = Asking(problem, jobs), monday(problem, "D")
    out = taking_out(asking, 0, found, asking.reasons(0, found))
    assert (out.tasks, out.sure) == ((), True)


def test_forcing_a_task_in_costs_no_less_than_is_proved_and_the_plan_holds() -> None:
    tasks = (
        work("A", 60, window=window("09:00", "10:00")),
        work("B", 60, window=window("09:00", "10:00"), left_undone=True),
    )
    problem = asked(workplace(*tasks))
    jobs = (job(shift(entry("A", "09:00", 60))),)
    found = Board(problem, jobs).force(0, [monday(problem, "B")])
    assert found.code == "force.found"
    assert not refused(problem, found.jobs)
    assert {e.task for s in found.jobs[0].shifts for e in s.entries} == {"B"}
    assert found.changed == (("A", Weekday.MONDAY, None),)
    lost = relief_hundredths(problem, jobs) - relief_hundredths(problem, found.jobs)
    assert found.cost == lost // 100
    assert found.least is not None
    assert 0 < found.least <= found.cost


def test_what_may_be_in_no_job_is_never_forced() -> None:
    place = workplace(work("A", 60), work("B", 60, instructs="guest"))
    guest = Role(id="guest", label="guest", may_instruct=False)
    problem = asked(place.model_copy(update={"roles": (*place.roles, guest)}))
    jobs = (job(shift(entry("A", "09:00", 60))),)
    assert Board(problem, jobs).force(0, [monday(problem, "B")]).code == "force.never"


def test_supervised_work_is_forced_in_together_with_a_colleague() -> None:
    problem = asked(workplace(work("A", 60), work("B", 60, legal=Legal.SUPERVISED)))
    found = Board(problem, (job(shift(entry("A", "09:00", 60))),)).force(0, [monday(problem, "B")])
    assert found.code == "force.found"
    assert all(e.shared for s in found.jobs[0].shifts for e in s.entries if e.task == "B")


def test_one_more_job_is_proved_impossible_by_wishes_that_are_needed() -> None:
    problem = asked(
        workplace(work("A", 60), work("B", 60)), Wishes(jobs=1, week_min=100, week_max=200, day_max=300), idle_day=30
    )
    jobs = Search(problem, Objective.RELIEF, Days(problem)).run(EFFORT).jobs
    assert jobs is not None
    answer = one_more(problem, jobs, EFFORT)
    assert answer.code == "more.impossible"
    assert answer.clash is not None
    assert answer.clash.confirmed
    assert {w.key for w in answer.clash.wishes} == {"week_min", "jobs"}


def test_one_more_job_that_is_possible_says_what_it_gives_and_the_most_it_can() -> None:
    problem = asked(workplace(work("A", 60), work("B", 60)), Wishes(jobs=1, week_min=0, week_max=200, day_max=300))
    jobs = (job(shift(entry("A", "09:00", 60), entry("B", "10:00", 60))),)
    answer = one_more(problem, jobs, EFFORT)
    assert answer.code == "more.found"
    assert answer.found is not None
    assert answer.most is not None
    assert answer.now >= 0
    assert answer.found <= answer.most
