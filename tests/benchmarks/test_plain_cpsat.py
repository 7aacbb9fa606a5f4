"""The peer is honest: on cases small enough to prove, it says what the engine says, and the checker accepts it."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import count

import pytest
from benchmarks.plain_cpsat import Outcome, solve
from tests.design.cases import MONDAY, asked, task, window, workplace

from klaver.design.check import refused
from klaver.design.effects import relief_hundredths
from klaver.design.problem import Problem
from klaver.design.records import Objective, Status
from klaver.design.solve.day import Days
from klaver.design.solve.search import Effort, Search
from klaver.work.records import Order, Wishes

ONE = Wishes(jobs=1, week_min=0, week_max=600, day_max=600)


def ticks() -> Callable[[], float]:
    """Return a clock that no test waits for: every look is a thousandth of a second."""
    moments = count()
    return lambda: next(moments) / 1000


def peer(place: Problem) -> Outcome:
    return solve(place, 60, 1, ticks())


def in_line(first_place: str, second_place: str, second_end: str) -> Problem:
    """Two tasks of an hour whose windows leave next to no room between them."""
    tasks = (
        task("A", 60, MONDAY, window=window("08:00", "09:00"), place=first_place),
        task("B", 60, MONDAY, window=window("09:00", second_end), place=second_place),
    )
    return asked(workplace(*tasks), ONE)


@pytest.mark.parametrize(
    ("case", "tasks"),
    [
        (in_line("room", "room", "10:00"), {"A", "B"}),
        (in_line("room", "store", "10:03"), {"A", "B"}),
        (in_line("room", "store", "10:02"), {"A"}),
    ],
    ids=["same place", "room to walk", "a minute too short"],
)
def test_the_peer_walks_exactly(case: Problem, tasks: set[str]) -> None:
    found = peer(case)
    assert found.status == "OPTIMAL"
    assert found.jobs is not None
    done = {e.task for j in found.jobs for s in j.shifts for e in s.entries}
    assert len(done) == len(tasks)


@pytest.mark.parametrize(("second_end", "both"), [("15:43", True), ("15:42", False)])
def test_the_peer_rests_and_walks_in_one_gap(second_end: str, both: bool) -> None:
    tasks = (
        task("A", 200, MONDAY, window=window("08:00", "11:20")),
        task("B", 230, MONDAY, window=window("11:20", second_end), place="store"),
    )
    found = peer(asked(workplace(*tasks), ONE))
    assert found.jobs is not None
    assert (len(found.jobs[0].shifts[0].entries) == 2) is both


def test_the_peer_may_wait_before_the_first_and_after_the_last_task() -> None:
    alone = task("A", 30, MONDAY, window=window("09:00", "09:30"))
    case = asked(workplace(alone), Wishes(jobs=1, week_min=70, week_max=70, day_max=600))
    found = peer(case)
    assert found.jobs is not None
    assert found.jobs[0].week == 70
    assert found.refused == 0


def drawn(seed: int) -> Problem:
    """Draw a Monday of seven to nine occurrences in two places, with short windows and one order."""
    chance = random.Random(seed)
    tasks = []
    for name in "ABCDEFG":
        minutes, begin = chance.randint(15, 70), chance.randint(7, 13)
        room = minutes + chance.choice((2, 15, 60))
        end = f"{begin + room // 60:02}:{room % 60:02}"
        fields = {"place": chance.choice(("room", "store")), "contact": chance.choice(("clients", "none"))}
        times = chance.choice((1, 1, 2)) if room > 2 * minutes else 1
        opened = window(f"{begin:02}:00", end)
        tasks.append(task(name, minutes, (times, 0, 0, 0, 0, 0, 0), window=opened, **fields))
    place = workplace(*tasks, orders=(Order(before="A", after="B"),))
    jobs = chance.choice((1, 2))
    wishes = Wishes(jobs=jobs, week_min=chance.choice((60, 230)), week_max=300 if jobs == 2 else 420, day_max=420)
    return asked(place, wishes, idle_day=chance.choice((15, 60, 200)), shared_min=1, work_before_break=150)


@pytest.mark.parametrize("seed", range(12))
def test_the_peer_and_the_engine_prove_the_same_value(seed: int) -> None:
    case = drawn(seed)
    engine = Search(case, Objective.RELIEF, Days(case)).run(Effort(rounds=40, work=2.0))
    found = peer(case)
    if engine.status is Status.IMPOSSIBLE:
        assert found.status == "INFEASIBLE"
        return
    assert (engine.status, found.status) == (Status.OPTIMAL, "OPTIMAL")
    assert engine.value == found.value == found.bound
    assert found.jobs is not None
    assert refused(case, found.jobs) == ()
    assert found.refused == 0


def test_every_point_of_the_peer_lies_between_value_and_bound_and_gets_no_worse() -> None:
    case = drawn(3)
    found = peer(case)
    assert found.jobs is not None
    assert found.value == relief_hundredths(case, found.jobs)
    values = [p.value for p in found.points if p.value is not None]
    bounds = [p.bound for p in found.points if p.bound is not None]
    assert values == sorted(values)
    assert bounds == sorted(bounds, reverse=True)
    assert (values[-1], bounds[-1]) == (found.value, found.bound)
