"""No plan is worth more than the bound on all jobs together, whatever the prices that prove it."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.design.cases import ward
from tests.properties.drawing import draw_problem

from klaver.design.check import refused
from klaver.design.kernel.lane import Lane
from klaver.design.kernel.plan import Kernel
from klaver.design.parameters import parameters
from klaver.design.problem import problem
from klaver.design.records import Floors, Objective, Status
from klaver.design.solve.ceiling import FINE, Ceiling
from klaver.design.solve.day import Days
from klaver.design.solve.search import Effort, Search


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_no_plan_that_keeps_all_is_worth_more_than_any_prices_prove(seed: int) -> None:
    chance = Random(seed)
    asked = draw_problem(chance, tightness=0.1)
    kernel = Kernel(asked)
    if not asked.classes or kernel.hopeless:
        return
    lane = Lane(kernel, kernel.aims(Objective.RELIEF, Floors()), 1)
    lane.go(4000)
    ceiling = Ceiling(kernel.numbers)
    most = ceiling.bound(0.1)
    if lane.best is None:
        return
    assert refused(asked, kernel.design(lane.best)) == ()
    assert most is not None and lane.value <= most
    for _ in range(5):
        prices = [chance.choice((0, 0, chance.randrange(3 * FINE))) for _ in ceiling.rows]
        assert lane.value <= ceiling.proved(prices)


def test_the_bound_on_a_small_ward_is_close_and_the_exact_model_stays_within_it() -> None:
    asked = problem(ward(), parameters("2026-11-24"), ())
    days = Days(asked)
    found = Search(asked, Objective.RELIEF, days).run(Effort(rounds=3, work=0.5))
    assert found.value is not None and found.bound is not None and days.most_relief is not None
    assert found.value <= found.bound <= days.most_relief
    assert days.most_relief <= 1.2 * found.value


def test_where_the_exact_model_is_not_built_a_question_that_cannot_be_answered_is_still_told(monkeypatch) -> None:
    monkeypatch.setattr("klaver.design.solve.search.SPANS", 0)
    place = ward()
    asked = problem(place, parameters("2026-11-24"), ())
    found = Search(asked, Objective.RELIEF, Days(asked)).run(Effort(rounds=2, work=0.2))
    assert found.jobs is not None and refused(asked, found.jobs) == ()
    assert found.value is not None and found.bound is not None and found.value <= found.bound
    wishes = place.wishes.model_copy(update={"jobs": 12})
    crowd = problem(place, parameters("2026-11-24"), (), wishes)
    assert Search(crowd, Objective.RELIEF, Days(crowd)).run(Effort(rounds=1, work=0.05)).status is Status.IMPOSSIBLE
