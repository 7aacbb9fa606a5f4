"""Under the hand: a move is answered exactly, a day is never called possible or not without proof, a repair is good."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.design.cases import ward
from tests.design.kernel.walking import unsorted, walked
from tests.properties.drawing import draw_problem

from klaver.design.check import breaches, refused
from klaver.design.effects import quality_points, values_of
from klaver.design.kernel.decide import NO, OPEN, YES, decide
from klaver.design.kernel.hand import Hand, Move
from klaver.design.kernel.mend import better
from klaver.design.kernel.mend import repair as mended
from klaver.design.kernel.plan import Kernel
from klaver.design.parameters import parameters
from klaver.design.problem import Class, Problem, problem
from klaver.design.records import Floors, Job, Objective
from klaver.design.rules.timetable import allowed_waiting, without_break
from klaver.design.solve.day import Days
from klaver.design.solve.search import Effort, Search
from klaver.people import profiles
from klaver.work.workbook import read_workplace

ROOT = Path(__file__).parents[3]


def possible(asked: Problem, blocks: list[int]) -> bool:
    """Try every order, every start and every place of the break, minute for minute, outside the night."""
    early, late = (asked["night_end"], asked["night_start"]) if asked.holds("night_start") else (0, 2880)
    limit, rest = without_break(asked), asked["break_minutes"]
    most = sum(asked.classes[b].work for b in blocks) + allowed_waiting(asked)
    for order in set(permutations(blocks)):
        found = [asked.classes[i] for i in order]
        if any(
            (found[b].task.id, found[a].task.id) == (o.before, o.after)
            for o in asked.workplace.orders
            for a in range(len(found))
            for b in range(a + 1, len(found))
        ):
            continue
        for gap in range(len(found)):
            for start in range(found[0].window.start, found[0].window.end):
                if start >= early and _done(asked, found, gap, start, limit, rest, most, late):
                    return True
    return False


def _done(
    asked: Problem, found: list[Class], gap: int, start: int, limit: int, rest: int, most: int, late: int
) -> bool:
    now, before = start, 0
    for i, one in enumerate(found):
        walk = asked.walk(found[i - 1].task.place, one.task.place) if i else 0
        ready = now + walk + (rest if gap and i == gap else 0)
        at = max(ready, one.window.start)
        if gap and i == gap:
            before = now
        now = at + one.work
        if now > min(one.window.end, late):
            return False
    there = now - start - (rest if gap else 0)
    if there > most:
        return False
    if not gap:
        return there <= limit
    late_start = now  # what comes after the break may begin as late as keeps the end
    for i in range(len(found) - 1, gap - 1, -1):
        way = asked.walk(found[i].task.place, found[i + 1].task.place) if i + 1 < len(found) else 0
        late_start = min(late_start - way, found[i].window.end) - found[i].work
    last_pause = late_start - rest
    pause = min(max(before, now - rest - limit), last_pause)
    return pause - start <= limit and now - pause - rest <= limit


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 10**6))
def test_a_day_is_called_possible_or_not_only_when_it_is_so(seed: int) -> None:
    chance = Random(seed)
    asked = draw_problem(chance, tightness=0.4)
    kernel = Kernel(asked)
    if not asked.classes:
        return
    day = chance.choice(asked.classes).day
    mine = [c for c in asked.classes if c.day is day]
    chosen = chance.sample(mine, min(len(mine), chance.randint(1, 4)))
    row = [c.index for c in chosen for _ in range(c.times)][:5]
    seq, at, span = np.array(row, np.int64), np.zeros(len(row), np.int64), np.zeros(4, np.int64)
    said = decide(kernel.numbers, seq, len(row), at, span)
    truth = possible(asked, row)
    assert said == OPEN or (said == YES) == truth
    if said == YES:
        assert sorted(seq.tolist()) == sorted(row)
    if said == NO and {c.index: c.times for c in chosen} == {i: row.count(i) for i in row}:
        shift = Days(asked).shift(frozenset(row), frozenset()).shift  # it knows of no night
        night = shift is not None and not asked["night_end"] <= shift.start < shift.end <= asked["night_start"]
        assert shift is None or (night and asked.holds("night_start"))


def test_most_days_of_up_to_twelve_moments_are_decided() -> None:
    asked = problem(read_workplace(ROOT / "examples" / "ward.xlsx"), parameters("2026-11-24"), profiles())
    kernel, chance, said = Kernel(asked), Random(3), []
    for _ in range(150):
        day = chance.choice(asked.days)
        some = chance.sample([c for c in asked.classes if c.day is day], chance.randint(3, 12))
        row = [c.index for c in some for _ in range(c.times)][:12]
        arrays = np.array(row, np.int64), np.zeros(len(row), np.int64), np.zeros(4, np.int64)
        said.append(decide(kernel.numbers, arrays[0], len(row), arrays[1], arrays[2]))
    assert said.count(OPEN) <= 8
    assert said.count(YES) > 10
    assert said.count(NO) > 10


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_after_any_moves_the_board_says_what_the_checker_says(seed: int) -> None:
    chance = Random(seed)
    asked = draw_problem(chance, tightness=0.2)
    kernel = Kernel(asked)
    if not asked.classes:
        return
    jobs = unsorted(kernel, walked(kernel, kernel.aims(Objective.RELIEF, Floors()), seed, 60))
    hand = Hand.of(asked, jobs, kernel)
    for _ in range(6):
        found = chance.choice(asked.classes)
        to = chance.choice([None, *range(asked.jobs)])
        reply = hand.move(Move(found.task.id, (found.day,), to, shared=chance.random() < 0.3))
        if reply.days:
            assert not reply.good
            continue
        laid = hand.jobs()
        told = breaches(asked, laid)
        if all(job.shifts for job in laid):
            assert reply.values.model_copy(update={"to_ask": 0}) == values_of(asked, laid).model_copy(
                update={"to_ask": 0}
            )
            assert reply.good == (not told)
        for number, job in enumerate(laid if "never" not in reply.broken.get(None, ()) else ()):
            assert (number in reply.broken) == any(b.job == job.id for b in told if b.code != "rule.supervised_alone")


@pytest.fixture(scope="module")
def small() -> tuple[Problem, tuple[Job, ...]]:
    asked = problem(ward(), parameters("2026-11-24"), profiles())
    jobs = Search(asked, Objective.RELIEF, Days(asked)).run(Effort(rounds=1, work=0.3)).jobs
    assert jobs is not None
    return asked, jobs


def test_a_repair_does_the_move_keeps_every_rule_and_touches_little(small: tuple[Problem, tuple[Job, ...]]) -> None:
    asked, jobs = small
    hand = Hand.of(asked, jobs)
    chance, good = Random(5), 0
    for _ in range(12):
        found = chance.choice(asked.classes)
        move = Move(found.task.id, (found.day,), chance.choice([None, *range(asked.jobs)]))
        before = hand.jobs()
        repair = mended(hand, move)
        assert hand.jobs() == before, "a repair is offered and never imposed"
        if repair is None:
            continue
        good += 1
        assert refused(asked, repair.jobs) == ()
        held = {
            n
            for n, job in enumerate(repair.jobs)
            for s in job.shifts
            for e in s.entries
            if (e.task, s.day) == (found.task.id, found.day)
        }
        assert held == (set() if move.job is None else {move.job})
        assert repair.tasks <= 10
    assert good >= 6


def test_a_task_that_the_law_reserves_is_never_repaired_into_a_job(small: tuple[Problem, tuple[Job, ...]]) -> None:
    asked, jobs = small
    hand = Hand.of(asked, jobs)
    reserved = next(t for t in asked.workplace.tasks if asked.why_not(t))
    assert hand.move(Move(reserved.id, asked.days, 0)).values == hand.reply().values
    assert reserved.id not in {e.task for j in hand.jobs() for s in j.shifts for e in s.entries}


def test_what_is_pinned_stays_where_it_is_in_a_repair(small: tuple[Problem, tuple[Job, ...]]) -> None:
    asked, jobs = small
    hand, chance = Hand.of(asked, jobs), Random(2)
    where = {(e.task, s.day): n for n, j in enumerate(jobs) for s in j.shifts for e in s.entries}
    held = 0
    for _ in range(12):
        found = chance.choice(asked.classes)
        pins = {t for t in chance.sample(sorted(asked.by_task), 4) if t != found.task.id}
        repair = mended(hand, Move(found.task.id, (found.day,), chance.choice([None, *range(asked.jobs)])), pins)
        if repair is None:
            continue
        now = {(e.task, s.day): n for n, j in enumerate(repair.jobs) for s in j.shifts for e in s.entries}
        assert {k: v for k, v in now.items() if k[0] in pins} == {k: v for k, v in where.items() if k[0] in pins}
        held += 1
    assert held


def test_what_is_offered_is_worth_more_changes_little_and_shuts_no_door(small: tuple[Problem, tuple[Job, ...]]) -> None:
    asked, jobs = small
    poorer = Hand.of(asked, jobs)
    entry = next(e for s in jobs[0].shifts for e in s.entries)
    repair = mended(poorer, Move(entry.task, asked.days, None))
    assert repair is not None
    hand = Hand.of(asked, repair.jobs)
    offered = better(hand)
    assert hand.jobs() == repair.jobs
    if offered is not None:
        assert refused(asked, offered.jobs) == ()
        assert offered.values.relief > repair.values.relief
        assert offered.values.doors >= repair.values.doors
        assert offered.values.quality >= repair.values.quality
        assert offered.tasks <= 10
    held = better(hand, pinned=tuple(asked.by_task))
    assert held is None or held.changed == ()


def test_a_floor_under_each_job_is_kept_by_a_repair_where_it_can_be(small: tuple[Problem, tuple[Job, ...]]) -> None:
    asked, jobs = small
    least = min(sum(quality_points(asked, job).values()) for job in jobs)
    hand = Hand.of(asked, jobs, floors=Floors(quality=least))
    found = next(c for c in asked.classes if c.task.id not in {e.task for s in jobs[0].shifts for e in s.entries})
    repair = mended(hand, Move(found.task.id, (found.day,), 0))
    loose = mended(Hand.of(asked, jobs), Move(found.task.id, (found.day,), 0))
    assert (repair is None) == (loose is None)
