"""Names and order of people, permits and zones change no count; a day may ask more than its tasks one by one."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.design.cases import task, ward
from tests.matching.drawn import crowds, jobs, people

from klaver.matching.doors import JobDemands
from klaver.matching.jobs import JobIndex
from klaver.matching.population import Population, question
from klaver.matching.reach import Reach, blockers, reach, tasks_question
from klaver.people.columns import of_profiles
from klaver.people.records import Ability, Profile
from klaver.scale.dimensions import TASK_NUMBERS
from klaver.work.records import LanguageNeed


def counted(crowd: tuple[Profile, ...], job: JobDemands) -> tuple[Reach, list[tuple[str, int | None, int, int]]]:
    whole = Population([of_profiles(crowd)], engine="plain")
    found = [(b.code, b.dimension, b.shut, b.ask) for b in blockers(whole, job)]
    return reach(whole, [job], 2)[0], sorted(found, key=str)


@settings(max_examples=40, deadline=None)
@given(crowd=crowds(60), job=jobs(), seed=st.integers(0, 99))
def test_other_names_and_another_order_change_nothing(crowd: tuple[Profile, ...], job: JobDemands, seed: int) -> None:
    def other(words: tuple[str, ...] | None) -> tuple[str, ...] | None:
        return None if words is None else tuple(f"other-{w}" for w in words)

    renamed = [
        p.model_copy(
            update={
                "id": f"q{n}",
                "permits": other(p.permits),
                "excluded_families": other(p.excluded_families),
                "zone": None if p.zone is None else f"other-{p.zone}",
            }
        )
        for n, p in enumerate(crowd)
    ]
    random.Random(seed).shuffle(renamed)
    travel = None if job.travel is None else {f"other-{zone}": means for zone, means in job.travel.items()}
    asked = replace(job, permits=other(job.permits) or (), families=other(job.families) or (), travel=travel)
    assert counted(tuple(renamed), asked) == counted(crowd, job)


@settings(max_examples=60, deadline=None)
@given(
    someone=people(), listed=st.lists(jobs(), min_size=2, max_size=12), most=st.integers(1, 5), cut=st.integers(1, 11)
)
def test_the_nearest_of_two_halves_are_the_nearest_of_all(
    someone: Profile, listed: list[JobDemands], most: int, cut: int
) -> None:
    named = {f"J{n:02d}": job for n, job in enumerate(listed)}
    first, second = dict(list(named.items())[:cut]), dict(list(named.items())[cut:])
    merged = [near for half in (first, second) for near in JobIndex(half).nearest(someone, most)]
    merged.sort(key=lambda n: (n.missing, n.unused, n.job))
    assert tuple(merged[:most]) == JobIndex(named).nearest(someone, most)


def test_tasks_that_fit_one_by_one_do_not_open_a_day_that_does_not() -> None:
    place = ward().places[0]
    none = LanguageNeed(listening="none", speaking="none", reading="none", writing="none")
    given_ = task("A", 15, demands=dict.fromkeys(TASK_NUMBERS, 1), place=place.id, language=none, posture="standing")
    somebody = Profile(
        id="p",
        kind="person",
        abilities={n: Ability(low=2, likely=2, high=2) for n in range(1, 37)},
        week_min=0,
        week_max=2280,
        day_max=480,
        day_parts={0: ("morning",)},
        permits=(),
        source="drawn",
        date="2026-11-25",
    )
    whole = Population([of_profiles([somebody])], engine="plain")
    tasks = tasks_question([given_], {place.id: place.model_copy(update={"demands": dict.fromkeys(place.demands, 1)})})
    assert whole.within([tasks], 0)[0, 0].tolist() == [1, 1]
    day = JobDemands(levels={**dict(tasks.levels), 23: 3}, week=900, day_max=180, earliest=480, latest=720)
    assert whole.within([question(day)], 0)[0, 0].tolist() == [0, 0], "ten times a quarter of an hour is a standing day"
