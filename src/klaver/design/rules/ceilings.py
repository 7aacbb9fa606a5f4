"""Job: nothing asks more than the named person or group can do, also not the day as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from klaver.design.effects import doors
from klaver.design.facts import set_time
from klaver.design.problem import Class, Problem
from klaver.design.records import Breach, Job
from klaver.design.rules.model import Model, Term
from klaver.people.records import Profile
from klaver.scale.composed import limit_of
from klaver.scale.dimensions import PLACE_NUMBERS, TASK_NUMBERS
from klaver.work.records import Contact, Posture

NAME = "ceilings"
SCOPE = "job"


def post(model: Model, problem: Problem) -> None:
    """Keep every job within the limits of the profile that the wishes name."""
    if problem.person is not None:
        for job in range(problem.jobs):
            post_open(model, problem, job, problem.person, None)


def fits(problem: Problem, found: Class, limits: dict[int, int]) -> bool:
    """Tell whether a class asks no known level above the limits, on its own and for its place."""
    asked = {n: found.task.demands[n] for n in TASK_NUMBERS & found.task.demands.keys()}
    place = next((p for p in problem.workplace.places if p.id == found.task.place), None)
    if place is not None:
        asked |= {n: place.demands[n] for n in PLACE_NUMBERS & place.demands.keys()}
    if not all(level <= limits[n] for n, level in asked.items() if n in limits):
        return False
    stretches = [(23, "stand_run", found.task.posture is Posture.STANDING)]
    stretches += [(24, "sit_run", found.task.posture is Posture.SITTING)]
    stretches += [(25, "walk_run", found.task.posture is Posture.WALKING)]
    for number, fact, counts in stretches:
        limit = limit_of(fact, limits[number]) if counts and number in limits else None
        if limit is not None and found.work > limit:
            return False
    return True


def post_open(model: Model, problem: Problem, job: int, profile: Profile, when: Term | None) -> None:
    """Post that a job is not shut for a profile: its tasks, places, hours, days and the sums of its days.

    Stretches at a time depend on the order within a day and are judged on the finished timetable.
    """
    limits = problem.limits[profile.id]
    for found in problem.classes:
        excluded = found.task.family in profile.excluded_families
        if excluded or not fits(problem, found, limits):
            model.at_most([(1, model.take(job, found.index))], 0, when)
    week = [(1, model.paid(job, d)) for d in problem.days]
    model.at_least(week, profile.week_min, when)
    model.at_most(week, profile.week_max, when)
    for day in problem.days:
        if day not in profile.days:
            model.at_most([(1, model.works(job, day))], 0, when)
        _post_day(model, problem, job, day, profile, limits, when)
    for number, fact, terms in _job_facts(model, problem, job):
        limit = limit_of(fact, limits[number]) if number in limits else None
        if limit is not None:
            model.at_most(terms, limit, when)


def _post_day(
    model: Model,
    problem: Problem,
    job: int,
    day: object,
    profile: Profile,
    limits: dict[int, int],
    when: Term | None,
) -> None:
    here = [c for c in problem.classes if c.day is day]
    taken = {c.index: model.take(job, c.index) for c in here}

    def total(number: int, fact: str, terms: list[tuple[int, Term]]) -> None:
        limit = limit_of(fact, limits[number]) if number in limits else None
        if limit is not None and terms:
            model.at_most(terms, limit, when)

    for number, fact, posture in (
        (23, "stand_day", Posture.STANDING),
        (24, "sit_day", Posture.SITTING),
        (25, "walk_day", Posture.WALKING),
    ):
        total(number, fact, [(c.total, taken[c.index]) for c in here if c.task.posture is posture])
    met = [c for c in here if c.task.contact is Contact.CLIENTS]
    total(22, "contact_day", [(c.total, taken[c.index]) for c in met])
    total(8, "kinds_day", [(1, taken[c.index]) for c in here])
    total(11, "fixed_times_day", [(1, taken[c.index]) for c in here if set_time(problem, c.task.id)])
    # every kind after the first is a change of task at least
    changes = limit_of("changes_day", limits[13]) if 13 in limits else None
    if changes is not None and here:
        model.at_most([(1, taken[c.index]) for c in here], changes + 1, when)
    if here:
        total(31, "work_day", [(1, model.paid(job, here[0].day))])
        model.at_most([(1, model.paid(job, here[0].day))], profile.day_max, when)


def _job_facts(model: Model, problem: Problem, job: int) -> Iterator[tuple[int, str, list[tuple[int, Term]]]]:
    yield 6, "kinds_job", [(1, model.has(job, t)) for t in sorted(problem.by_task)]
    shared = [(c.times, model.share(job, c.index)) for c in problem.classes]
    yield 18, "shared_job", shared


def check(problem: Problem, jobs: tuple[Job, ...]) -> Iterator[Breach]:
    """Tell for whom a job is shut, and by what, when the wishes name a profile."""
    if problem.person is None:
        return
    for job in jobs:
        for found in doors(problem, job):
            if found.profile == problem.person.id and found.status == "shut":
                barriers = ", ".join(str(b.dimension or b.code) for b in found.barriers)
                values: dict[str, str | int] = {"profile": found.profile, "barriers": barriers}
                yield Breach(rule=NAME, code="rule.ceiling", values=values, job=job.id)
