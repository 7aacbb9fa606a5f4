"""A front keeps its word: every point is a design that the checker lets pass, and no plan lies beyond its limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.design.cases import ward
from tests.properties.drawing import draw_problem

from klaver.design.check import refused, verify
from klaver.design.effects import relief_hundredths, values_of
from klaver.design.fronts import covers
from klaver.design.kernel.lane import Lane
from klaver.design.kernel.plan import Kernel
from klaver.design.parameters import parameters
from klaver.design.problem import Problem, problem
from klaver.design.records import Floors, Front, Objective, Receipt, Status
from klaver.design.solve.front import Walk, Walked
from klaver.design.solve.offers import front, offered
from klaver.design.solve.outer import Outer
from klaver.design.solve.search import Effort
from klaver.people import profiles

RELIEF, DOORS, QUALITY, CALM = Objective
EFFORT = Effort(rounds=3, work=0.05)
RECEIPT = Receipt(
    workplace="w", people="p", seed=1, round_work=100, alternatives=4, versions={}, parameters_on="2026-11-24"
)


@pytest.fixture(scope="module", autouse=True)
def few_limits() -> Iterator[None]:
    """Prove few limits and those with little work: each is as true as any."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("klaver.design.solve.front.FINE", 6)
        patched.setattr("klaver.design.solve.front.CEILING_WORK", 0.02)
        yield


@pytest.fixture(scope="module")
def small() -> Problem:
    return problem(ward(), parameters("2026-11-24"), profiles())


@pytest.fixture(scope="module")
def walked(small: Problem) -> Walked:
    return Walk(small, EFFORT, (RELIEF, CALM), 4).walk()


def test_every_plan_of_a_front_keeps_the_rules_and_none_is_better_in_both(small: Problem, walked: Walked) -> None:
    assert len(walked.plans) > 2
    for point, jobs in walked.plans.items():
        assert refused(small, jobs) == ()
        assert point == (relief_hundredths(small, jobs), -values_of(small, jobs).calm)
        assert not any(covers(other, point) for other in walked.plans if other != point)


def test_no_plan_lies_beyond_its_limit_and_the_limits_cover_the_plans(walked: Walked) -> None:
    for point in walked.plans:
        most = walked.limit(point[1:])
        assert most is None or point[0] <= most
    outer = walked.outer()
    assert outer
    assert all(any(covers(edge, point) for edge in outer) for point in walked.plans)


@pytest.mark.parametrize("of", [(RELIEF, DOORS), (RELIEF, QUALITY), (RELIEF, CALM, DOORS)])
def test_every_choice_of_objectives_has_points_within_their_limits(small: Problem, of: tuple[Objective, ...]) -> None:
    found = Walk(small, EFFORT, of, 4).walk(8)
    assert found.plans
    assert all(len(point) == len(of) for point in found.plans)
    assert all((most := found.limit(point[1:])) is None or point[0] <= most for point in found.plans)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_no_plan_is_worth_more_than_the_limit_for_floors_that_it_keeps(seed: int) -> None:
    asked = draw_problem(Random(seed), tightness=0.1)
    kernel = Kernel(asked)
    if not asked.classes or kernel.hopeless:
        return
    lane = Lane(kernel, kernel.aims(RELIEF, Floors(), doors=True), 1)
    lane.go(4000)
    if lane.best is None:
        return
    worth = values_of(asked, kernel.design(lane.best))
    whole = Floors(doors=worth.doors, quality=worth.quality, calm=worth.calm)
    most = Outer(kernel.numbers, whole, Floors(doors=worth.doors // asked.jobs and int(asked.jobs == 1))).bound(0.1)
    assert most is not None and lane.value <= most


def test_floors_under_all_jobs_together_are_kept_by_the_kernel(small: Problem) -> None:
    kernel = Kernel(small)
    for whole in (Floors(calm=30), Floors(doors=6), Floors(quality=12)):
        lane = Lane(kernel, kernel.aims(RELIEF, Floors(), whole=whole), 3)
        lane.go(60_000)
        if lane.best is not None:
            worth = values_of(small, kernel.design(lane.best))
            assert worth.doors >= (whole.doors or 0) and worth.quality >= (whole.quality or 0)
            assert whole.calm is None or worth.calm <= whole.calm


def test_the_same_receipt_makes_the_same_front_whatever_the_threads_and_the_clock(small: Problem) -> None:
    def made(threads: int, late: bool) -> Front:
        effort = replace(EFFORT, threads=threads, late=lambda: late)
        found = front(small, RECEIPT, effort, (RELIEF, CALM), 4, steps=6)[1]
        assert found is not None
        return found

    assert made(1, late=True).to_json() == made(2, late=False).to_json()


def test_a_front_that_is_stopped_keeps_what_is_found(small: Problem) -> None:
    told: list[int] = []
    effort = replace(EFFORT, stop=lambda: len(told) >= 3, tell=lambda progress: told.append(progress.round))
    status, found = front(small, RECEIPT, effort, (RELIEF, CALM), 4)
    assert status is Status.STOPPED
    assert found is not None and found.points
    assert Front.model_validate_json(found.to_json()) == found


def test_the_ends_and_the_knee_are_offered_as_designs(small: Problem) -> None:
    found = front(small, RECEIPT, EFFORT, (RELIEF, CALM), 4)[1]
    assert found is not None
    designs = offered(small, found)
    assert {"relief", "calm"} <= {name for p in found.points for name in p.named}
    assert len(designs) == sum(bool(p.named) for p in found.points)
    assert all(not verify(small, design) for design in designs)
    assert found.covered is None or 0 < found.covered <= 1000
