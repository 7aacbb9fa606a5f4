"""One job beside people, line by line and in groups without order: no score, no rank, nobody left out."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from klaver.matching.doors import Barrier, Door, JobDemands, Question, door, fewest_aids, limits, missing_language
from klaver.matching.jobs import JobIndex
from klaver.people.reading import aids
from klaver.people.records import Profile
from klaver.scale.ladder import SKILLS
from klaver.values import Record

Fit = Literal["ok", "with_aid", "to_learn", "blocking", "unknown"]
Group = Literal["open", "with_aid", "to_ask", "learnable", "closed"]
GROUPS: tuple[Group, ...] = ("open", "with_aid", "to_ask", "learnable", "closed")

ASKED_FROM = 2
"""A dimension is asked about from this level of demand; level 1 is work with constant help."""


class Gap(Record):
    """One line of a person beside a job: a dimension, a skill of the language ladder or a condition, and how it fits.

    ``aids`` are those that close the gap, ``steps`` the language steps still to learn.
    """

    code: str
    fit: Fit
    dimension: int | None = None
    asked: int | None = None
    has: int | None = None
    aids: tuple[str, ...] = ()
    steps: int = 0


class Somebody(Record):
    """A person in a group, with what opens the door, what to ask, what to learn, or what is in the way."""

    person: str
    wish: bool
    aids: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    learnable: dict[str, int] = {}
    barriers: tuple[Barrier, ...] = ()


def gaps(job: JobDemands, person: Profile) -> tuple[Gap, ...]:
    """Return line by line how a person fits what a job asks; what is not asked has no line."""
    found = door(job, person)
    alone = {n: a.likely for n, a in person.abilities.items()}
    with_aids = limits(person)
    lines = [
        Gap(code="demand", dimension=n, asked=level, has=alone.get(n), fit=_fit(level, alone.get(n), with_aids.get(n)))
        for n, level in sorted(job.levels.items())
        if level > 0
    ]
    lines = [g.model_copy(update={"aids": _closing(person, g)}) if g.fit == "with_aid" else g for g in lines]
    lines += [Gap(code="demand", dimension=n, fit="unknown") for n in sorted(job.unknown)]
    lines += [Gap(code=b.code, fit="blocking") for b in found.barriers if b.dimension is None]
    lines += [Gap(code=q.code, fit="unknown") for q in found.questions if q.dimension is None]
    missing = missing_language(job.language, person)
    if missing is not None:
        asked = job.language or {}
        for skill in SKILLS:
            if asked.get(skill, "none") != "none":
                steps = missing.get(skill, 0)
                lines.append(Gap(code=f"language_{skill}", fit="to_learn" if steps else "ok", steps=steps))
    return tuple(lines)


def _fit(asked: int, alone: int | None, aided: int | None) -> Fit:
    if alone is None or aided is None:
        return "unknown"
    if alone >= asked:
        return "ok"
    return "with_aid" if aided >= asked else "blocking"


def _closing(person: Profile, gap: Gap) -> tuple[str, ...]:
    """Return the fewest aids that close one gap."""
    assert gap.dimension is not None and gap.asked is not None
    return fewest_aids(JobDemands(levels={gap.dimension: gap.asked}), person)


def questions(job: JobDemands, person: Profile) -> tuple[Question, ...]:
    """Return what to ask a person, or find out at the workplace, before a job can be called open or shut.

    Of the dimensions only those that the job asks at level 2 or more; when nothing else is left, those at level 1.
    """
    found = door(job, person).questions
    needed = tuple(q for q in found if q.dimension is None or q.of == "work" or job.levels[q.dimension] >= ASKED_FROM)
    return needed or found


def group_of(found: Door) -> Group:
    """Return the group that a door belongs to."""
    if found.status == "shut":
        return "closed"
    if found.status == "to_ask":
        return "to_ask"
    if found.learnable:
        return "learnable"
    return "with_aid" if found.status == "with_aid" else "open"


def wants(job: JobDemands, person: Profile) -> bool:
    """Tell whether a person has asked for this kind of work."""
    return not set(job.families).isdisjoint(person.wanted_families)


def groups(job: JobDemands, people: Iterable[Profile], seed: int | str = 1) -> dict[Group, tuple[Somebody, ...]]:
    """Return everyone, in groups without order: who asked for this work first, then as a seeded draw falls.

    The draw is not by name, by date or by fit, so that a place in the list means nothing.
    """
    made: dict[Group, list[Somebody]] = {g: [] for g in GROUPS}
    for person in people:
        found = door(job, person)
        made[group_of(found)].append(
            Somebody(
                person=person.id,
                wish=wants(job, person),
                aids=found.aids,
                questions=questions(job, person) if found.status == "to_ask" else (),
                learnable=found.learnable,
                barriers=_without_levels(found.barriers),
            )
        )
    for group, several in made.items():
        several.sort(key=lambda s: s.person)
        random.Random(f"{seed}/{group}").shuffle(several)
        several.sort(key=lambda s: not s.wish)
    return {g: tuple(several) for g, several in made.items()}


def _without_levels(barriers: tuple[Barrier, ...]) -> tuple[Barrier, ...]:
    """Return barriers without the level that a person has: what the job asks is enough, and a sum would be a score."""
    return tuple(b.model_copy(update={"has": None}) for b in barriers)


class Change(Record):
    """One change at the workplace, an aid or a demand one level lower, and the profiles to which it opens a job."""

    aid: str | None = None
    dimension: int | None = None
    opens: tuple[str, ...]


def changes(job: JobDemands, profiles: Sequence[Profile]) -> tuple[Change, ...]:
    """Return every single change that opens a job to a profile for which it is shut; the most doors first.

    An aid at the workplace is there for everybody: it lowers what the job asks. An aid that a profile can use already
    counts in its door.
    """
    shut = [p for p in profiles if door(job, p).status == "shut"]
    tried: list[tuple[str | None, int | None, JobDemands]] = []
    tried += [(aid.id, None, _lowered(job, aid.raises)) for aid in aids().values()]
    tried += [(None, number, _lowered(job, {number: 1})) for number, level in sorted(job.levels.items()) if level]
    found = [
        Change(aid=aid, dimension=number, opens=tuple(p.id for p in shut if door(lighter, p).status != "shut"))
        for aid, number, lighter in tried
        if lighter.levels != job.levels
    ]
    return tuple(sorted((c for c in found if c.opens), key=lambda c: -len(c.opens)))


def _lowered(job: JobDemands, by: Mapping[int, int]) -> JobDemands:
    return replace(job, levels={n: max(0, level - by.get(n, 0)) for n, level in job.levels.items()})


class OpenJob(Record):
    """A job that is shown to a person, with its place in the order that the person chose; equals share a place."""

    job: str
    place: int
    group: Group
    aids: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    learnable: dict[str, int] = {}
    barriers: tuple[Barrier, ...] = ()


Order = Literal["wish", "travel", "fewest_gaps"]


def open_jobs(
    person: Profile, jobs: Mapping[str, JobDemands], most: int, order: Order, *, engine: str = "best"
) -> tuple[OpenJob, ...]:
    """Return jobs for a person in the order that the person chose; what is not known never hides one.

    At most ``most`` jobs, and with them every job that shares the last place: equals are never cut apart. ``wish``
    puts work that was asked for first, ``travel`` what is in the own zone before what can be reached and that before
    what is not known; both show jobs that are open or may be. ``fewest_gaps`` puts first what asks least that is
    missing, then what leaves least unused, and shows also jobs that are not open yet, with what is in the way.
    """
    if order == "fewest_gaps":
        return _nearest(person, jobs, most, engine)
    doors = {name: door(job, person) for name, job in sorted(jobs.items())}
    keyed = [(_key(order, jobs[n], person, d), n) for n, d in doors.items() if d.status != "shut"]
    return _listed(person, jobs, sorted(keyed), most)


def _nearest(person: Profile, jobs: Mapping[str, JobDemands], most: int, engine: str) -> tuple[OpenJob, ...]:
    index, asked = JobIndex(jobs, engine=engine), most
    while True:
        near = index.nearest(person, asked)
        keyed = [((n.missing, n.unused), n.job) for n in near]
        if len(near) < asked or (len(near) > most and keyed[-1][0] != keyed[most - 1][0]):
            return _listed(person, jobs, keyed, most)
        asked = 2 * asked + 1


def _listed(
    person: Profile, jobs: Mapping[str, JobDemands], keyed: Sequence[tuple[tuple[int, ...], str]], most: int
) -> tuple[OpenJob, ...]:
    made: list[OpenJob] = []
    place, last = 0, None
    for at, (key, name) in enumerate(keyed, 1):
        place, last = (place, last) if key == last else (at, key)
        if place > most:
            break
        seen = door(jobs[name], person)
        made.append(
            OpenJob(
                job=name,
                place=place,
                group=group_of(seen),
                aids=seen.aids,
                questions=questions(jobs[name], person),
                learnable=seen.learnable,
                barriers=_without_levels(seen.barriers),
            )
        )
    return tuple(made)


def _key(order: Order, job: JobDemands, person: Profile, seen: Door) -> tuple[int, ...]:
    if order == "wish":
        return (0 if wants(job, person) else 1,)
    if any(q.code == "travel" for q in seen.questions):
        return (2,)
    return (0 if person.zone is not None and person.zone == job.zone else 1,)
