"""The kernel says of every plan exactly what the checker says, rule by rule and value by value."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.design.kernel.digest import digest
from tests.design.kernel.walking import unsorted, walked
from tests.properties.drawing import draw_problem

from klaver.design.check import breaches
from klaver.design.effects import doors, quality_points, relief_hundredths
from klaver.design.kernel.board import broken_by_roles, judge_job
from klaver.design.kernel.judge import DOORS, MOMENTS, QUALITY, RELIEF, RULES
from klaver.design.kernel.people import _may_do, _timed
from klaver.design.kernel.plan import Kernel
from klaver.design.parameters import parameters
from klaver.design.problem import Problem, problem
from klaver.design.records import Floors, Objective
from klaver.design.rules.ceilings import asks, open_limits, shuts
from klaver.people import profiles
from klaver.work.workbook import read_workplace

ROOT = Path(__file__).parents[3]
EXAMPLES = ("ward", "school", "kitchen", "installation")

SAID_BY = {
    "hours_week": {"week_short", "week_long", "third_of_full_time"},
    "hours_day": {"day_long"},
    "working_time": {"shift_min", "night_start", "days_max", "rest_day", "no_break"},
    "waiting": {"waiting"},
    "ceilings": {"ceiling"},
    "together": {"together"},
    "apart": {"apart"},
    "places": {"places"},
    "instructors": {"instructors"},
    "kinds": {"kinds"},
    "families": {"families"},
    "share": {"share"},
    "posture": {"posture"},
    "shared": {"shared"},
    "lonely": {"lonely"},
    "learning": {"learning"},
    "unpleasant": {"unpleasant"},
    "volume": {"volume"},
    "steady": {"swing", "swing_usual"},
}
"""What each count of the kernel is called by the checker."""


def agrees(asked: Problem, seed: int, moves: int, warm: int) -> None:
    """Lay the kernel's word beside the checker's for one plan."""
    kernel = Kernel(asked)
    aims = kernel.aims(Objective.RELIEF, Floors(), doors=True)
    board = walked(kernel, aims, seed, moves, warm=warm)
    jobs = unsorted(kernel, board)
    told = breaches(asked, jobs)
    by_job = defaultdict(set)
    for breach in told:
        by_job[breach.job].add(breach.code.split(".")[1])
    assert relief_hundredths(asked, jobs) == board.worth[:, RELIEF].sum()
    for number, job in enumerate(jobs):
        judge_job(kernel.numbers, aims, board, kernel.desk, number)
        said = {RULES[i] for i in np.flatnonzero(kernel.desk.broken)}
        theirs = {name for name, codes in SAID_BY.items() if codes & by_job[job.id]}
        if job.shifts:  # a job without a day has more to tell for the checker than for the kernel
            assert said == theirs
        worth = board.worth[number]
        open_for, points = sum(d.is_open for d in doors(asked, job)), sum(quality_points(asked, job).values())
        if job.shifts:
            assert (worth[DOORS], worth[QUALITY]) == (open_for, points)
        assert worth[MOMENTS] == len({(e.task, s.day) for s in job.shifts for e in s.entries})
    roles = {b.rule for b in told} & {"hollowing", "displacement", "blocks"}
    assert bool(broken_by_roles(kernel.numbers, board)) == bool(roles)
    assert board.sums[3] == broken_by_roles(kernel.numbers, board), "kept up move by move"
    pins = [b for b in told if b.rule == "pins" or b.code == "rule.supervised_alone"]
    assert bool(board.sums[1] or kernel.hopeless) == bool(pins)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 120), st.sampled_from([300, 30_000]))
def test_the_kernel_agrees_with_the_checker_on_drawn_workplaces(seed: int, moves: int, warm: int) -> None:
    asked = draw_problem(Random(seed), tightness=0.35)
    if asked.classes:
        agrees(asked, seed, moves, warm)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_kernel_agrees_with_the_checker_on_whole_workplaces(name: str) -> None:
    asked = problem(read_workplace(ROOT / "examples" / f"{name}.xlsx"), parameters("2026-11-24"), profiles())
    for seed in range(12):
        agrees(asked, seed, 60 * seed, 30_000 if seed % 3 else 3000)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_a_board_of_a_design_is_the_board_it_came_from(seed: int) -> None:
    asked = draw_problem(Random(seed))
    if not asked.classes:
        return
    kernel = Kernel(asked)
    aims = kernel.aims(Objective.RELIEF, Floors())
    board = walked(kernel, aims, seed, 80)
    again = kernel.board(unsorted(kernel, board), aims)
    assert again is not None
    worked = board.many > 0
    assert np.array_equal(again.span[worked], board.span[worked])
    for mine, theirs in ((again.owner, board.owner), (again.worth, board.worth), (again.roles, board.roles)):
        assert np.array_equal(mine, theirs)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_who_may_do_a_task_is_what_the_ceilings_say_one_by_one(seed: int) -> None:
    asked = draw_problem(Random(seed))
    tasks = sorted(asked.by_task)
    may = _may_do(asked, tasks)
    for n, person in enumerate(asked.profiles):
        limits = open_limits(asked, person)
        for row, task in enumerate(tasks):
            found = asked.by_task[task][0]
            one_by_one = _timed(person) and not shuts(asked, found, person, limits) and not asks(asked, found, person)
            assert may[row, n] == one_by_one


def test_without_compiled_loops_a_lane_finds_the_same_plans() -> None:
    plain = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    command = [sys.executable, "-m", "tests.design.kernel.digest"]
    made = subprocess.run(command, cwd=ROOT, env=plain, capture_output=True, text=True, check=True)
    assert made.stdout.strip() == digest()
