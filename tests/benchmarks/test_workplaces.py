"""The generated workplaces are frozen to the byte, make sense, can be designed, and lie close to the examples."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from functools import cache
from itertools import combinations

import pytest
from benchmarks.calibration import FIGURES, asked_of, beside
from benchmarks.drafting import Draw
from benchmarks.moulds import example
from benchmarks.planting import EARLY, LATE
from benchmarks.workplaces import (
    PRINTS,
    SEEDS,
    SIZES,
    WEEK,
    Made,
    Setting,
    Size,
    fingerprint,
    held,
    made,
    main,
    people,
    printed,
    sample,
    settings,
    workplace,
)

from benchmarks import page, workplaces
from klaver.design.check import refused
from klaver.design.parameters import parameters
from klaver.design.problem import problem
from klaver.work.validate import faults

made_once = cache(made)
WARDS = [(setting, seed) for setting in settings() for seed in (1, 2)]


@pytest.fixture(params=WARDS, ids=lambda ward: f"{ward[0]}-{ward[1]}")
def ward(request: pytest.FixtureRequest) -> Made:
    setting, seed = request.param
    return made_once(setting, "ward", seed)


# the freeze


@pytest.mark.parametrize("setting", settings())
def test_a_generated_ward_and_department_are_those_that_were_frozen(setting: Setting) -> None:
    frozen = page.load(PRINTS)
    sizes: tuple[Size, ...] = ("ward", "department")
    for size in sizes:
        for seed in held(size):
            assert printed(setting, size, seed) == frozen[f"{setting}/{size}/{seed}"]


def test_the_hospital_of_the_sample_is_the_one_that_was_frozen() -> None:
    setting, size, seed = sample()[-1]
    found = fingerprint([made_once(setting, size, seed).workplace, *people(setting, size, seed)])
    assert page.load(PRINTS)[f"{setting}/{size}/{seed}"] == found


def test_a_print_is_kept_of_every_setting_and_size() -> None:
    names = {f"{s}/{size}/{seed}" for s in settings() for size in SIZES for seed in held(size)}
    assert names <= set(page.load(PRINTS))


def test_the_sample_is_the_one_that_was_drawn_with_the_generator() -> None:
    wards = (("installation-firm", 2), ("installation-firm", 5), ("installation-firm", 9))
    wards += (("hotel-kitchen", 2), ("hotel-kitchen", 3), ("hotel-kitchen", 6))
    assert sample() == (*((s, "ward", n) for s, n in wards), ("hotel-kitchen", "hospital", 1))


def test_the_same_bytes_come_under_another_hash_seed() -> None:
    code = "from benchmarks.workplaces import *; print([printed(s, 'ward', 1) for s in settings()])"
    paths = os.pathsep.join([str(page.ROOT), str(page.ROOT / "src")])
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert str([page.load(PRINTS)[f"{s}/ward/1"] for s in settings()]) in told


def test_a_workplace_that_is_not_the_frozen_one_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        workplaces, "printed", lambda setting, size, seed: page.load(PRINTS)[f"{setting}/{size}/{seed}"]
    )
    assert main(["--prints"]) == 0
    monkeypatch.setattr(workplaces, "printed", lambda setting, size, seed: "another")
    assert main(["--quick"]) == 1
    assert capsys.readouterr().out.splitlines()[-1].split()[-1] == "short"


# sense


def test_a_generated_workplace_makes_sense_and_says_that_it_is_synthetic(ward: Made) -> None:
    assert faults(ward.workplace) == ()
    assert ward.workplace.synthetic


def test_the_planted_jobs_are_a_design_that_the_checker_accepts(ward: Made) -> None:
    asked = problem(ward.workplace, parameters("2026-11-24"))
    assert refused(asked, ward.planted) == ()
    assert len(ward.planted) == asked.jobs == 6
    assert asked.week == WEEK
    assert all(WEEK[0] <= job.week <= WEEK[1] for job in ward.planted)
    assert all(s.start >= EARLY and s.end <= LATE for job in ward.planted for s in job.shifts)


@pytest.mark.parametrize("name", [("primary-school", "department", 1), sample()[-1]], ids=lambda name: name[1])
def test_the_plan_of_a_whole_department_and_of_a_hospital_is_accepted_too(name: tuple[Setting, Size, int]) -> None:
    found = made_once(*name)
    assert faults(found.workplace) == ()
    assert refused(problem(found.workplace, parameters("2026-11-24")), found.planted) == ()


@pytest.mark.parametrize(("size", "tasks", "jobs", "persons"), [("ward", 100, 6, 60), ("department", 500, 20, 100)])
def test_a_size_has_its_tasks_jobs_and_people(size: Size, tasks: int, jobs: int, persons: int) -> None:
    found = made_once("hotel-kitchen", size, 1)
    assert (len(found.workplace.tasks), found.workplace.wishes.jobs, len(found.planted)) == (tasks, jobs, jobs)
    assert len(people("hotel-kitchen", size, 1)) == persons


@pytest.mark.parametrize(("size", "tasks", "jobs"), [("hospital", 2_000, 60), ("region", 10_000, 300)])
def test_the_largest_sizes_add_up(size: Size, tasks: int, jobs: int) -> None:
    shape = SIZES[size]
    assert shape.parts * shape.tasks + shape.house == tasks
    assert shape.jobs == jobs


def test_departments_have_their_own_places_and_roles_and_lie_apart() -> None:
    setting, size, seed = sample()[-1]
    place = made_once(setting, size, seed).workplace
    assert (len(place.tasks), place.wishes.jobs) == (2_000, 60)
    own = Counter(t.id.partition("-")[0] for t in place.tasks)
    assert own.pop("house") == SIZES["hospital"].house
    assert set(own.values()) == {SIZES["hospital"].tasks}
    assert len(own) == SIZES["hospital"].parts
    for task in place.tasks:
        names = [task.place or "", task.instructs or task.place or "", *(d.role for d in task.doers)]
        assert {name.partition(".")[0] for name in names} == {task.id.partition("-")[0]}
    asked = asked_of(place)
    doors = [next(p.id for p in place.places if p.id.startswith(f"{part}.")) for part in ("d1", "d9", "d25")]
    assert all(asked.walk(one, two) >= 6 for one, two in combinations(doors, 2))


def test_other_seeds_settings_and_sizes_are_other_workplaces() -> None:
    seen = {
        tuple((t.name, t.minutes, t.window) for t in made_once(s, "ward", seed).workplace.tasks) for s, seed in WARDS
    }
    assert len(seen) == len(WARDS)
    assert workplace("hotel-kitchen", "ward", 1) == made_once("hotel-kitchen", "ward", 1).workplace


def test_the_people_are_pseudonyms_and_unlike_each_other() -> None:
    drawn = people("nursing-home", "ward", 1)
    assert all(p.kind == "person" and not p.names and not p.about and p.source.startswith("generated") for p in drawn)
    assert len({p.model_dump_json(exclude={"id"}) for p in drawn}) == len(drawn)


# likeness

CLOSE = {
    "movable tasks, %": 6,
    "hours a week per 100 tasks": 120,
    "movable hours a week per 100 tasks": 25,
    "the same: middle": 60,
    "level per task, mean": 0.2,
    "meets clients, %": 6,
    "standing, %": 6,
    "next step to learn, %": 6,
    "orders per 100 tasks": 1,
}


@pytest.mark.parametrize("setting", settings())
def test_generated_wards_lie_close_to_the_example_they_were_cast_from(setting: Setting) -> None:
    told = {row[0]: row[1:] for row in beside(setting, (1, 2))}
    for name, most in CLOSE.items():
        cast, mean = float(told[name][0]), float(told[name][1])
        assert abs(cast - mean) <= most, (name, cast, mean)


def test_every_field_that_was_calibrated_has_its_figure() -> None:
    names = " ".join(name for name, _ in FIGURES)
    words = "minutes times window movable famil places walk roles share level standing meets language orders instruct"
    for word in f"{words} learn unpleasant valued scenarios".split():
        assert word in names


def test_the_moulds_hold_the_examples_as_they_were() -> None:
    for setting in settings():
        cast = example(setting)
        assert len(workplaces.moulds()[setting]["tasks"]) <= len(cast.tasks)
        assert workplaces.moulds()[setting]["setting"] == cast.setting


# draws


def test_a_draw_stays_within_its_limits_and_reaches_them() -> None:
    draw = Draw("limits")
    assert {draw.between(2, 4) for _ in range(200)} == {2, 3, 4}
    near = Counter(draw.near(2) for _ in range(2_000))
    assert set(near) == {-2, -1, 0, 1, 2}
    assert near[0] > near[1] > near[2]
    assert abs(sum(k * n for k, n in near.items())) < 150
    assert sorted(draw.shuffled("abc")) == ["a", "b", "c"]
    assert draw.one("x") == "x"
    assert not draw.hits(0)
    assert draw.hits(100)


def test_every_seed_is_there() -> None:
    assert (len(SEEDS), len(settings()), len(SIZES)) == (10, 5, 4)
