"""Steady jobs: what is asked holds for every choice of tasks that swing, and weeks drawn by chance confirm it."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.design.cases import MONDAY, asked, entry, job, shift, task, ward, workplace
from tests.properties.drawing import draw_jobs, draw_problem, swinging

from klaver.design.check import refused
from klaver.design.kernel.lane import Lane
from klaver.design.kernel.plan import Kernel
from klaver.design.parameters import parameters
from klaver.design.problem import problem
from klaver.design.records import Floors, Objective
from klaver.design.rules import steady
from klaver.design.steadiness import steadiness
from klaver.values import Range
from klaver.work.records import Scenario, Wishes

WISHES = Wishes(jobs=1, week_min=0, week_max=100, day_max=900)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_the_worst_is_that_of_every_choice_of_so_many_tasks(seed: int) -> None:
    chance = Random(seed)
    place = swinging(chance, draw_problem(chance))
    for one in draw_jobs(chance, place):
        for season in steady.seasons(place):
            usual, off, on = steady.worst(place, season, one, 2)
            times = {(e.task, s.day, e.start) for s in one.shifts for e in s.entries}
            swings = {
                t: [steady.percent(season, place.tasks[t]) * m for m in steady.swing(place, place.tasks[t])]
                for t, _, _ in times
            }
            counted = {t: sum(name == t for name, _, _ in times) for t in swings}
            pairs = [c for n in range(3) for c in combinations(sorted(swings), n)]
            assert on == usual + max(sum(counted[t] * swings[t][1] for t in pair) for pair in pairs)
            assert off == usual - max(sum(counted[t] * swings[t][0] for t in pair) for pair in pairs)


def test_a_task_known_to_the_minute_swings_by_the_percentage_of_the_house_and_another_by_its_range() -> None:
    known, ranged = task("A", 50), task("B", 50).model_copy(update={"minutes": Range(low=40, likely=50, high=70)})
    place = asked(workplace(known, ranged), None, steady_swing=30)
    assert [steady.swing(place, t) for t in (known, ranged)] == [(15, 15), (10, 20)]


def test_nothing_is_asked_until_somebody_asks_for_steady_jobs() -> None:
    place = asked(workplace(task("A", 200, MONDAY)), WISHES, volume_above=0, steady_swing=50)
    jobs = (job(shift(entry("A", "08:00", 200))),)
    assert list(steady.check(place, jobs)) == []
    told = replace(place, parameters=steady.asking(place.parameters))
    assert [b.code for b in steady.check(told, jobs)] == ["rule.swing_usual"]
    stored = {k: v for k, v in place.parameters.values.items() if not k.startswith("steady")}
    older = replace(place, parameters=place.parameters.model_copy(update={"values": stored}))
    assert list(steady.check(older, jobs)) == []


def test_weeks_are_drawn_from_the_seasons_by_their_length_and_the_same_every_time() -> None:
    closed = Scenario(id="closed", label="closed", weeks=26, families={"meals": 0})
    busy = Scenario(id="busy", label="busy", weeks=13, families={"meals": 150})
    place = asked(workplace(task("A", 80, MONDAY), scenarios=(closed, busy)), WISHES, volume_above=0, steady_swing=0)
    jobs = (job(shift(entry("A", "08:00", 80))),)
    drawn = steadiness(place, jobs, weeks=400)
    assert drawn == steadiness(place, jobs, weeks=400)
    assert drawn.kept + drawn.over == 400 and drawn.short == 0
    assert 150 < drawn.over < 250  # of 26 open weeks, 13 are busy


def test_a_steady_job_keeps_its_hours_in_more_weeks_than_one_that_is_full_to_the_limit() -> None:
    place = ward().model_copy(
        update={
            "scenarios": (
                Scenario(id="busy", label="busy", weeks=52, families=dict.fromkeys(("meals", "linen"), 130)),
            ),
            "wishes": Wishes(jobs=1, week_min=760, week_max=900),
        }
    )
    plain = problem(place, parameters("2026-11-24"), ())
    kept = {}
    for name, asked_for in (("plain", plain), ("steady", replace(plain, parameters=steady.asking(plain.parameters)))):
        kernel = Kernel(asked_for)
        lane = Lane(kernel, kernel.aims(Objective.RELIEF, Floors()), 1)
        lane.go(150_000)
        assert lane.best is not None
        jobs = kernel.design(lane.best)
        assert refused(asked_for, jobs) == ()
        kept[name] = steadiness(asked_for, jobs).kept
    assert kept["steady"] >= 180
    assert kept["steady"] >= kept["plain"]
