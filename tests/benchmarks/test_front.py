"""The benchmark of fronts judges what it has, and a front without limits covers nothing."""

from __future__ import annotations

from benchmarks.front import Pair, Run, bars, pairs_told, text, told

from klaver.design.records import Floors, Objective, Status
from klaver.design.solve.front import Walked

OF = (Objective.RELIEF, Objective.CALM)


def walked(limits: dict[tuple[int, ...], int | None]) -> Walked:
    plans = {(900, -4): (), (500, -3): ()}
    return Walked(OF, Status.FEASIBLE, plans, limits, ((-4, -3),), 1, Floors(), ())


def test_a_front_is_covered_by_the_part_of_the_proved_one_that_its_plans_reach() -> None:
    run = Run("ward", walked({(-4,): 1000, (-3,): 500}), 1.0, 1.0)
    assert run.covered == 1000 * (800 + 400) // (900 + 400) / 10
    assert [b.ok for b in bars([run])] == [False, False]
    assert told(run)[2] == "| 0.15 | 0.17 | 10.0 % | 4 |"


def test_a_front_without_limits_covers_nothing() -> None:
    assert Run("ward", walked({}), 1.0, 1.0).covered == 0


def test_steady_jobs_are_judged_by_the_weeks_they_keep_and_by_what_they_cost() -> None:
    good, bad = Pair("ward", 1000, 950, 90, 180), Pair("school", 1000, 949, 100, 179)
    assert [b.ok for b in bars([], [good, bad])] == [True, True, False, False]
    assert pairs_told([good])[2] == "| ward | 0.17 | 90 | 0.16 | 180 | 5.0 % |"
    page = text([Run("ward", walked({}), 1.0, 1.0)], [good])
    assert "steady_lost_percent_ward | 5.0 | <=5 | ok" in page
