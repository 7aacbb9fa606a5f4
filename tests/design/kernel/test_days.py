"""An order gets the shortest timetable it can have, and a task goes where the day stays shortest."""

from __future__ import annotations

from itertools import permutations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.properties.drawing import draw_problem

from klaver.design.kernel.board import add, drop, empty
from klaver.design.kernel.numbers import NEVER
from klaver.design.kernel.plan import Kernel
from klaver.design.problem import Problem


def shortest(asked: Problem, blocks: list[int]) -> int | None:
    """Return the least minutes from start to end over every order, without a break, minute for minute."""
    best: int | None = None
    for order in set(permutations(blocks)):
        found = [asked.classes[i] for i in order]
        if any(
            found[b].task.id == o.before and found[a].task.id == o.after
            for o in asked.workplace.orders
            for a in range(len(found))
            for b in range(a + 1, len(found))
        ):
            continue
        for start in range(found[0].window.start, found[0].window.end):
            now, fits, last = start, True, None
            for one in found:
                walk = asked.walk(last, one.task.place) if one is not found[0] else 0
                now = max(now + walk, one.window.start) + one.work
                fits = fits and now <= one.window.end
                last = one.task.place
            if fits:
                best = min(best or now - start, now - start)
    return best


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_a_day_is_never_shorter_than_any_order_allows_and_keeps_every_window(seed: int) -> None:
    asked = draw_problem(Random(seed), tightness=0.0)
    kernel = Kernel(asked)
    n = kernel.numbers
    if not asked.classes:
        return
    day = asked.classes[0].day
    mine = [c for c in asked.classes if c.day is day and n.cls[c.index, NEVER] != 1][:4]
    board = empty(n, 0)
    laid: list[int] = []
    for found in mine:
        if len(laid) + found.times > 5 or not add(n, board, kernel.desk, 0, found.index):
            break
        laid += [found.index] * found.times
        many = int(board.many[0, day])
        assert sorted(board.seq[0, day, :many].tolist()) == sorted(laid)
        at, start = board.at[0, day, :many], int(board.span[0, day, 0])
        end = max(int(a) + asked.classes[int(c)].work for a, c in zip(at, board.seq[0, day, :many], strict=True))
        least = shortest(asked, laid)
        assert least is not None
        assert end - min(int(at[0]), start) >= least
        for a, c in zip(at, board.seq[0, day, :many], strict=True):
            one = asked.classes[int(c)]
            assert one.window.start <= a and a + one.work <= one.window.end
    for found in mine:
        if found.index in laid:
            drop(n, board, 0, found.index)
    assert board.many[0, day] == 0 or len(mine) > len(set(laid))
