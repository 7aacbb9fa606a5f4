"""A rotation of half days wins something for everybody who swaps, and breaks nothing for anybody."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random
from typing import Any

import pytest
from tests.design.cases import asked, entry, job, loose, shift, task, workplace
from tests.matching.test_doors import person

from klaver.design.effects import demands_of, moved, relief_range, values_of
from klaver.design.half_days import HalfDays, Swap, demands_of_both, judge, met, second_week, shut_by, too_little_rest
from klaver.design.problem import Problem, problem
from klaver.design.records import Design, Job, Objective, Pause, Shift, Status
from klaver.design.rotating import HALVES, couples, rotate
from klaver.language.tell import clock
from klaver.people import Profile
from klaver.values import Weekday
from klaver.work.records import Wishes

MONDAY, TUESDAY, SUNDAY = Weekday.MONDAY, Weekday.TUESDAY, Weekday.SUNDAY
TWO = Wishes(jobs=2, week_min=0, week_max=6000, day_max=900)


def designed(question: Problem, *jobs: Job) -> Design:
    return Design(
        workplace=question.workplace.id,
        workplace_print=question.workplace.fingerprint(),
        wishes=question.wishes,
        parameters=question.parameters,
        jobs=jobs,
        objective=Objective.RELIEF,
        best_in=(Objective.RELIEF,),
        status=Status.FEASIBLE,
        values=values_of(question, jobs),
        bound=None,
        relief=relief_range(question, jobs),
    )


def able(number: int = 1, level: int = 4, **told: Any) -> Profile:
    """Return a person who can do all, but for one dimension."""
    levels = {n: dict.fromkeys(("low", "likely", "high"), level if n == number else 4) for n in range(1, 37)}
    return person(abilities=levels, **told)


def day(*tasks: str, on: Weekday = MONDAY, at: int = 8) -> Shift:
    """Return a day of four hours at most: half of the tasks, a break of half an hour at ten, the other half."""
    half = (len(tasks) + 1) // 2
    before = [entry(t, clock(60 * at + 30 * n), 30) for n, t in enumerate(tasks[:half])]
    after = [entry(t, clock(60 * at + 150 + 20 * n), 20) for n, t in enumerate(tasks[half:])]
    rest = Pause(start=60 * (at + 2), end=60 * (at + 2) + 30)
    return Shift(day=on, start=before[0].start, end=after[-1].end, pauses=(rest,), entries=(*before, *after))


def two_jobs(second: str = "EFGH", **changed: int) -> tuple[Problem, Design]:
    """Two jobs with two mornings each: A to D in one, other tasks in the other."""
    daily = (1, 1, 0, 0, 0, 0, 0)
    long = [task(t, 30, daily, contact="clients", unpleasant=t == "A") for t in "ABEFI"]
    short = [task(t, 20, daily, contact="clients") for t in "CDGHJ"]
    question = asked(workplace(*long, *short), TWO, break_minutes=30, **changed)
    jobs = [
        job(*(day(*names, on=d) for d in (MONDAY, TUESDAY)), ident=ident)
        for ident, names in (("job-1", "ABCD"), ("job-2", second))
    ]
    return question, designed(question, *jobs)


def test_two_who_swap_half_days_meet_more_tasks_and_every_rule_is_kept() -> None:
    question, design = two_jobs()
    found = rotate(question, design)
    assert found.rotation is not None
    assert judge(question, design, found.rotation) == []
    assert [(m.tasks, m.tasks_both) for m in found.rotation.met] == [(4, 8), (4, 8)]
    assert [s.half for s in found.rotation.swaps] == ["whole"], "one day is enough to meet all"
    assert moved(question, design.jobs) == moved(question, found.rotation.jobs), "the same work is done"


def test_where_whole_days_may_not_swap_halves_do() -> None:
    question, design = two_jobs()
    early = person(id="early", day_max=480)
    jobs = list(design.jobs)
    later = day("E", "F", "G", "H", at=8).model_copy(update={"end": 780})
    jobs[1] = jobs[1].model_copy(update={"shifts": (later, jobs[1].shifts[1])})
    question = replace(question, profiles=(early.model_copy(update={"latest": 700}),))
    design = designed(question, *jobs)
    found = rotate(question, design)
    assert found.rotation is not None
    assert judge(question, design, found.rotation) == []
    assert all(not (s.day is MONDAY and s.half == "whole") for s in found.rotation.swaps)


def test_heavy_and_unpleasant_work_is_spread() -> None:
    question, design = two_jobs()
    found = rotate(question, design, "load")
    assert found.rotation is not None
    assert [(m.hard, m.hard_both) for m in found.rotation.met] == [(60, 30), (0, 30)]


def test_nothing_is_swapped_when_nothing_would_be_new() -> None:
    monday = (1, 1, 0, 0, 0, 0, 0)
    question = asked(workplace(task("A", 30, monday), task("B", 30, monday)), TWO)
    assert rotate(question, designed(question, job(shift(entry("A", "08:00", 30))), job())).rotation is None
    crossed = (
        job(shift(entry("A", "08:00", 30)), shift(entry("B", "08:00", 30), day=TUESDAY)),
        job(shift(entry("B", "08:00", 30)), shift(entry("A", "08:00", 30), day=TUESDAY), ident="job-2"),
    )
    found = rotate(question, designed(question, *crossed))
    assert (found.rotation, found.why, found.every) == (None, (), True)


def test_what_stands_in_the_way_is_told() -> None:
    question, design = two_jobs()
    tasks = [
        t.model_copy(update={"demands": {**t.demands, 26: 2 if t.id in "ABCD" else 0}})
        for t in question.workplace.tasks
    ]
    place = question.workplace.model_copy(update={"tasks": tuple(tasks)})
    light = person(id="light", abilities={26: {"low": 0, "likely": 0, "high": 0}})
    named = problem(place, question.parameters, (), TWO, group=(able(), light))
    found = rotate(named, designed(named, *design.jobs))
    assert found.rotation is None
    assert {b.code for b in found.why} == {"rule.ceiling"}
    assert found.why[0].values["profile"] == "light"


def test_a_door_that_was_open_stays_open_over_both_weeks_together() -> None:
    question, design = two_jobs("EFIGHJ")
    own, other = design.jobs
    twice, once = demands_of_both(question, own, other), demands_of_both(question, own, own)
    assert once.week == twice.week == own.week
    assert once.levels == demands_of(question, own).levels, "the same week twice asks what one asks"
    assert twice.levels[6] > once.levels[6], "there is more to learn"
    question = replace(question, profiles=(able(6, once.levels[6]),))
    assert [b.code for b in shut_by(question, 0, own, other)] == ["rotate.door"]
    assert list(shut_by(question, 0, own, own)) == []
    found = rotate(question, designed(question, own, other))
    assert found.rotation is not None, "a half day that stays within what can be learned"
    assert [m.tasks_both for m in found.rotation.met] == [7, 8]


def test_a_monday_does_not_follow_too_soon_on_the_sunday_of_the_other_week() -> None:
    question = asked(workplace(task("A", 60, (1,) * 7)), TWO, rest_day=660)
    late = job(shift(entry("A", "20:00", 60), day=SUNDAY))
    early = job(shift(entry("A", "06:00", 60)))
    assert [b.code for b in too_little_rest(question, late, early)] == ["rule.rest_day"]
    assert list(too_little_rest(question, early, early)) == []


def test_a_rotation_that_was_changed_is_caught() -> None:
    question, design = two_jobs()
    found = rotate(question, design).rotation
    assert found is not None
    for changed, code in (
        ({"design": "other"}, "rotate.other_design"),
        ({"swaps": ()}, "rotate.other_design"),
        ({"met": found.met[::-1]}, "rotate.met_claimed"),
    ):
        wrong = judge(question, design, found.model_copy(update=changed))
        assert [b.code for b in wrong] == [code]
    twice = (*found.swaps, found.swaps[0])
    assert second_week(design.jobs, twice) is None
    assert second_week(design.jobs, (Swap(day=SUNDAY, jobs=("job-1", "job-2"), half="before"),)) is None


def test_a_stored_rotation_can_be_read_for_ever() -> None:
    told = (
        '{"schema_id": "klaver/half-days/1", "design": "f00d", "swaps": [{"day": 0, "jobs": ["job-1", "job-2"], "half":'
        ' "after"}], "jobs": [], "met": [{"job": "job-1", "tasks": 4, "tasks_both": 6, "hard": 60, "hard_both": 30}]}'
    )
    assert HalfDays.model_validate_json(told).swaps[0].half == "after"


def every_way(question: Problem, design: Design) -> tuple[int, int]:
    """Try every set of swaps of two jobs with the judge alone; return the most that both gain, and in all."""
    best = (0, 0)
    names = (design.jobs[0].id, design.jobs[1].id)
    days = sorted({s.day for j in design.jobs for s in j.shifts})
    for halves in product((None, *HALVES), repeat=len(days)):
        swaps = tuple(Swap(day=d, jobs=names, half=h) for d, h in zip(days, halves, strict=True) if h is not None)
        jobs = second_week(design.jobs, swaps)
        if jobs is None:
            continue
        told = met(question, design.jobs, jobs)
        rotation = HalfDays(design=design.fingerprint(), swaps=swaps, jobs=jobs, met=told)
        new = [m.tasks_both - m.tasks for m in told]
        if min(new) and not judge(question, design, rotation):
            best = max(best, (min(new), sum(new)))
    return best


@pytest.mark.parametrize("seed", range(14))
def test_the_rotation_wins_as_much_as_trying_everything(seed: int) -> None:
    chance = Random(seed)
    tasks: list[Any] = []
    for t in "ABCDEFGH":
        tasks.append(
            task(
                t,
                30 if t in "ABEF" else 20,
                (1, 1, 0, 0, 0, 0, 0),
                contact="clients",
                family=chance.choice(("meals", "linen")),
                place=chance.choice(("room", "store")),
                demands={26: chance.choice((0, 1, 2))},
                posture=chance.choice(("standing", "sitting", "mixed")),
            )
        )
    profiles = tuple(able(chance.choice((6, 15, 26)), chance.choice((1, 2)), id=f"p{n}") for n in range(2))
    tight = {"share_max": 40, "posture_max": 60, "places_day_max": 1, "families_min": 2}
    name = chance.choice(sorted(tight))
    question = problem(workplace(*tasks), loose(break_minutes=30, **{name: tight[name]}), profiles, TWO)
    if chance.random() < 0.5:
        question = replace(question, profiles=(), group=profiles)
    jobs = []
    for n, mine in enumerate(("ABCD", "EFGH"), 1):
        names = sorted(chance.sample(mine, 4), key=lambda t: t in "CDGH")
        fewer = names if chance.random() < 0.5 else [names[0], names[-1]]
        jobs.append(job(day(*names), day(*fewer, on=TUESDAY), ident=f"job-{n}"))
    design = designed(question, *jobs)
    most = every_way(question, design)
    found = rotate(question, design).rotation
    if found is None:
        assert most == (0, 0)
    else:
        new = [m.tasks_both - m.tasks for m in found.met]
        assert (min(new), sum(new)) == most


@pytest.mark.parametrize("seed", range(10))
def test_who_swaps_with_whom_is_the_best_of_all_ways(seed: int) -> None:
    chance = Random(seed)
    jobs = chance.randint(2, 6)
    worth = {(a, b): chance.randint(1, 9) for a in range(jobs) for b in range(a + 1, jobs) if chance.random() < 0.7}

    def most(free: frozenset[int]) -> int:
        pairs = [p for p in worth if set(p) <= free]
        return max((worth[p] + most(free - set(p)) for p in pairs), default=0)

    chosen = couples(jobs, worth)
    assert sum(worth[p] for p in chosen) == most(frozenset(range(jobs)))
    assert len({n for p in chosen for n in p}) == 2 * len(chosen)
    many = couples(20, worth)
    assert len({n for p in many for n in p}) == 2 * len(many)
