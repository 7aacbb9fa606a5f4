"""A day that the kernel leaves open is settled by the exact day: a timetable, or a proof that there is none."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.design.kernel.test_hand import possible
from tests.properties.drawing import draw_problem

from klaver.design.kernel import hand as hands
from klaver.design.kernel.decide import OPEN
from klaver.design.kernel.hand import Day, Hand, Move, Reply
from klaver.design.kernel.plan import Kernel
from klaver.design.records import Job, Values
from klaver.design.solve.day import Days
from klaver.design.solve.settle import settle


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_an_open_day_is_settled_as_it_is(seed: int) -> None:
    chance = Random(seed)
    asked = draw_problem(chance, tightness=0.4)
    if not asked.classes:
        return
    day = chance.choice(asked.classes).day
    mine = [c for c in asked.classes if c.day is day]
    chosen = chance.sample(mine, min(len(mine), chance.randint(1, 3)))
    row = [c.index for c in chosen for _ in range(c.times)]
    if len(row) > 5:
        return
    empty = tuple(Job(id=f"job-{n + 1}", shifts=()) for n in range(asked.jobs))
    board = Hand.of(asked, empty, Kernel(asked))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(hands, "add", lambda *given: False)
        patched.setattr(hands, "decide", lambda *given: OPEN)
        for found in chosen:
            reply = board.move(Move(found.task.id, (day,), 0))
    assert [(d.job, d.day, d.possible) for d in reply.days] == [(0, day, None)]
    settled = settle(board, Days(asked), reply)
    truth = possible(asked, row)
    if settled.reply.days:
        (left,) = settled.reply.days
        assert left.possible in (False, None)
        assert not (truth and left.possible is False)
        assert settled.jobs[0].shifts == ()
    else:
        (shift,) = settled.jobs[0].shifts
        assert sorted(e.task for e in shift.entries) == sorted(asked.classes[i].task.id for i in row)
        night = not asked["night_end"] <= shift.start < shift.end <= asked["night_start"]
        assert truth or (night and asked.holds("night_start"))


def test_a_day_that_is_proved_impossible_is_not_looked_at_again() -> None:
    asked = draw_problem(Random(3), tightness=0.4)
    board = Hand.of(asked, tuple(Job(id=f"job-{n + 1}", shifts=()) for n in range(asked.jobs)), Kernel(asked))
    no = Day(0, asked.days[0], False)
    told = Reply(Values(relief=0, doors=0, quality=0, calm=0), {}, (no,))
    assert settle(board, Days(asked), told).reply.days == (no,)
