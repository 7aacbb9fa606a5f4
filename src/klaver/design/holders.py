"""Who holds which job: the jobs of a group become a design without any person, and a document that says whose is which.

The design can be shared and published; the document stays with the people and is erased with them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from klaver.design.check import breaches
from klaver.design.effects import demands_of
from klaver.design.problem import Problem
from klaver.design.records import Design, Job
from klaver.design.rules.ceilings import barriers_of
from klaver.matching.doors import Door, Question, door
from klaver.people.records import Code, Profile
from klaver.values import Document, Fault, Faults, Record

Open = Literal["open", "with_aid", "to_ask"]
STATES: dict[str, Open] = {"open": "open", "with_aid": "with_aid", "to_ask": "to_ask"}


class Seat(Record):
    """One person in one job: how the door stands, with which aids, and what is still to be asked.

    ``also`` are the other jobs of the design that nothing known shuts for this person, so that there is a choice.
    """

    job: str
    person: Code
    status: Open
    aids: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    also: tuple[str, ...] = ()


class Holders(Document):
    """Who holds which job of one design, in the order of its jobs: a document on the side of the people.

    ``design`` is the fingerprint of the design; ``asked`` are the persons in the order of the search, by which the
    design can be made again.
    """

    schema_id: Literal["klaver/holders/1"] = "klaver/holders/1"
    design: str
    asked: tuple[Code, ...]
    seats: tuple[Seat, ...]


def apart(problem: Problem, design: Design) -> tuple[Design, Holders]:
    """Return a design of a group without its people, the longest week first, and who holds which job of it.

    In the search the jobs stand in the order of the group. Left so, a published design would tell who asked first.
    """
    order = sorted(range(len(design.jobs)), key=lambda n: (-design.jobs[n].week, n))
    jobs = tuple(design.jobs[n].model_copy(update={"id": f"job-{at}"}) for at, n in enumerate(order, 1))
    seated = replace(problem, group=tuple(problem.group[n] for n in order))
    warnings = tuple(b for b in breaches(seated, jobs) if b.warning)
    shared = design.model_copy(update={"jobs": jobs, "warnings": warnings})
    seats = tuple(_seat(seated, jobs, number) for number in range(len(jobs)))
    asked = tuple(p.id for p in problem.group)
    return shared, Holders(design=shared.fingerprint(), asked=asked, seats=seats)


def _seat(problem: Problem, jobs: tuple[Job, ...], number: int) -> Seat:
    holder = problem.group[number]
    found: Door = door(demands_of(problem, jobs[number]), holder)
    also = (j.id for n, j in enumerate(jobs) if n != number and not barriers_of(problem, j, holder))
    return Seat(
        job=jobs[number].id,
        person=holder.id,
        status=STATES[found.status],
        aids=found.aids,
        questions=found.questions,
        also=tuple(also),
    )


def group_of(holders: Holders, design: Design, people: Iterable[Profile]) -> tuple[Profile, ...]:
    """Return the persons in the order of the jobs of a design.

    Raises
    ------
    Faults
        When the document belongs to another design, does not give each job one person, or a person is not among the
        people; nothing of a person is repeated.
    """
    known = {p.id: p for p in people}
    persons = [seat.person for seat in holders.seats]
    if holders.design != design.fingerprint():
        raise Faults([Fault(code="group.other_design")])
    if [s.job for s in holders.seats] != [j.id for j in design.jobs] or len(set(persons)) < len(persons):
        raise Faults([Fault(code="group.seats_mixed")])
    missing = sum(person not in known for person in persons)
    if missing:
        raise Faults([Fault(code="group.missing", values={"count": missing})])
    return tuple(known[person] for person in persons)
