"""A start that nobody touched ends in a sketch with ranges; ten answers of the floor shrink what is assumed."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from klaver.design.effects import relief_range
from klaver.design.parameters import parameters
from klaver.design.problem import Problem, problem
from klaver.design.records import Job, Receipt
from klaver.design.solve.alternatives import design
from klaver.design.solve.search import Effort
from klaver.documents.sketch import assumed_fields, assumed_percent, banner, is_sketch
from klaver.people import profiles
from klaver.values import Range, Source, SourceKind
from klaver.work.records import Task, Workplace
from klaver.work.starters import start

ON = "2026-11-24"
TOLD = Source(kind=SourceKind.TOLD, date=ON, by="teamleider")
SMALL = {
    "hotel-kitchen": {"rooms": 45, "breakfasts": 60, "covers": 30, "deliveries": 2},
    "nursing-home": {"residents": 15},
    "primary-school": {"classes": 6, "nursery": 2},
    "installation-firm": {"technicians": 6, "vans": 3, "sites": 2},
}


def problem_of(place: Workplace) -> Problem:
    return problem(place, parameters(ON), profiles())


@cache
def begun(setting: str) -> tuple[Workplace, tuple[Job, ...]]:
    """Return an untouched start and the first design that comes of it."""
    place = start(setting, SMALL[setting])
    receipt = Receipt(workplace="w", people="p", seed=1, round_work=600, alternatives=1, versions={}, parameters_on=ON)
    answer = design(problem_of(place), receipt, Effort(rounds=1, work=0.6), 1)
    assert answer.designs, answer.status
    return place, answer.designs[0].jobs


def most_used(jobs: tuple[Job, ...], many: int) -> set[str]:
    """Return the tasks that take most minutes of the jobs."""
    used: Counter[str] = Counter()
    for job in jobs:
        for shift in job.shifts:
            for entry in shift.entries:
                used[entry.task] += entry.end - entry.start
    return {ident for ident, _ in used.most_common(many)}


def told(place: Workplace, idents: set[str]) -> Workplace:
    """Return the workplace after somebody told the minutes of these tasks, and all else that decides."""

    def answered(task: Task) -> Task:
        if task.id not in idents or task.minutes is None:
            return task
        return task.model_copy(update={"minutes": Range.exactly(task.minutes.likely), "source": TOLD})

    return place.model_copy(update={"tasks": tuple(map(answered, place.tasks))})


@pytest.mark.parametrize("setting", SMALL)
def test_an_untouched_start_ends_in_a_sketch_with_ranges(setting: str) -> None:
    place, jobs = begun(setting)
    asked = problem_of(place)
    assert is_sketch(asked, jobs)
    assert [assumed_percent(asked, job) for job in jobs] == [100] * len(jobs)
    assert "SCHETS" in banner(asked, [jobs], "nl")
    found = relief_range(asked, jobs)
    assert found.low < found.likely < found.high


@pytest.mark.parametrize("setting", SMALL)
def test_telling_ten_tasks_shrinks_the_range_and_what_is_called_assumed(setting: str) -> None:
    place, jobs = begun(setting)
    before, after = problem_of(place), problem_of(told(place, most_used(jobs, 10)))
    assert relief_range(after, jobs).width < relief_range(before, jobs).width * 3 // 4
    assert relief_range(after, jobs).likely == relief_range(before, jobs).likely
    assert max(assumed_percent(after, job) for job in jobs) < 60
    assert len(assumed_fields(after, jobs)) == len(assumed_fields(before, jobs)) - 30


@pytest.mark.parametrize("setting", SMALL)
def test_a_design_of_told_tasks_only_is_no_sketch(setting: str) -> None:
    place, jobs = begun(setting)
    everything = problem_of(told(place, {t.id for t in place.tasks}))
    assert not is_sketch(everything, jobs)
    assert relief_range(everything, jobs).width < relief_range(problem_of(place), jobs).width
