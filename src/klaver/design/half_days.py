"""Two weeks that alternate, in which holders swap half days: what that is, what it wins, and its judge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from klaver.design.check import refused
from klaver.design.effects import demands_of
from klaver.design.facts import job_levels
from klaver.design.problem import Problem
from klaver.design.records import Breach, Design, Entry, Job, Pause, Shift
from klaver.matching.doors import JobDemands, door
from klaver.people.records import Profile
from klaver.values import Document, Record, Weekday
from klaver.values.time import DAY
from klaver.work.records import Task

Half = Literal["before", "after", "whole"]

BODY, HEAVY = (26, 27, 28, 29), 3
"""Lifting, pushing, bending and reaching; from this level on a task is heavy."""

SHARED_MOMENTS = 18
"""The dimension that counts moments of a week; over two weeks the fuller week counts, not their sum."""


class Swap(Record):
    """Two jobs that swap a day, or what comes before or after the break of it, in every second week."""

    day: Weekday
    jobs: tuple[str, str]
    half: Half


class Met(Record):
    """What one holder meets: different tasks in the own week and over both, and heavy or unpleasant minutes a week."""

    job: str
    tasks: int
    tasks_both: int
    hard: int
    hard_both: int


class HalfDays(Document):
    """A rotation of half days: the design is the first week, ``jobs`` are the second; then they begin again.

    ``design`` is the fingerprint of the design; ``met`` says for each job what its holder meets.
    """

    schema_id: Literal["klaver/half-days/1"] = "klaver/half-days/1"
    design: str
    swaps: tuple[Swap, ...]
    jobs: tuple[Job, ...]
    met: tuple[Met, ...]


def is_hard(task: Task) -> bool:
    """Tell whether a task is unpleasant, or heavy for the body."""
    return bool(task.unpleasant) or any(task.demands.get(n, 0) >= HEAVY for n in BODY)


def hard_minutes(problem: Problem, entries: Iterable[Entry]) -> int:
    """Return the minutes of heavy or unpleasant work."""
    return sum(e.end - e.start for e in entries if is_hard(problem.tasks[e.task]))


def split(shift: Shift) -> tuple[tuple[Entry, ...], tuple[Entry, ...]] | None:
    """Return what lies before and after the break, ``None`` without one or when a task lies on both sides.

    A task with all its moments of a day belongs to one job.
    """
    if len(shift.pauses) != 1:
        return None
    before = tuple(e for e in shift.entries if e.end <= shift.pauses[0].start)
    after = tuple(e for e in shift.entries if e.start >= shift.pauses[0].end)
    if not before or not after or {e.task for e in before} & {e.task for e in after}:
        return None
    return before, after


def joined(morning: Shift, afternoon: Shift) -> Shift | None:
    """Return the day that begins like one shift and ends like another; ``None`` when the halves leave no break."""
    first, second = split(morning), split(afternoon)
    if first is None or second is None:
        return None
    before, after = first[0], second[1]
    own = morning.pauses[0]
    length = own.end - own.start
    earliest, latest = before[-1].end, after[0].start - length
    if earliest > latest:
        return None
    at = min(max(own.start, earliest), latest)
    rest = (Pause(start=at, end=at + length),)
    return Shift(day=morning.day, start=morning.start, end=afternoon.end, pauses=rest, entries=(*before, *after))


def swapped(one: Shift | None, other: Shift | None, half: Half) -> tuple[Shift | None, Shift | None] | None:
    """Return a day of two jobs after a swap; ``None`` when there is nothing to swap."""
    if half == "whole":
        return None if one is None and other is None else (other, one)
    if one is None or other is None:
        return None
    made = joined(one, other), joined(other, one)
    if None in made:
        return None
    return made if half == "after" else made[::-1]


def second_week(jobs: Sequence[Job], swaps: Iterable[Swap]) -> tuple[Job, ...] | None:
    """Return the jobs of the second week, ``None`` when a swap cannot be done; at most one a day for each job."""
    days = {j.id: {s.day: s for s in j.shifts} for j in jobs}
    done: set[tuple[str, Weekday]] = set()
    for swap in swaps:
        a, b = swap.jobs
        if a == b or not {a, b} <= days.keys() or {(a, swap.day), (b, swap.day)} & done:
            return None
        made = swapped(days[a].get(swap.day), days[b].get(swap.day), swap.half)
        if made is None:
            return None
        for job, shift in zip((a, b), made, strict=True):
            done.add((job, swap.day))
            days[job].pop(swap.day, None)
            if shift is not None:
                days[job][swap.day] = shift
    return tuple(Job(id=j.id, shifts=tuple(days[j.id][d] for d in sorted(days[j.id]))) for j in jobs)


def met(problem: Problem, jobs: Sequence[Job], others: Sequence[Job]) -> tuple[Met, ...]:
    """Return what the holder of each job meets."""
    made = []
    for own, other in zip(jobs, others, strict=True):
        mine, theirs = ([e for s in j.shifts for e in s.entries] for j in (own, other))
        hard = hard_minutes(problem, mine)
        both = (hard + hard_minutes(problem, theirs)) // 2
        tasks, all_tasks = {e.task for e in mine}, {e.task for e in (*mine, *theirs)}
        made.append(Met(job=own.id, tasks=len(tasks), tasks_both=len(all_tasks), hard=hard, hard_both=both))
    return tuple(made)


def demands_of_both(problem: Problem, own: Job, other: Job) -> JobDemands:
    """Return what two weeks together ask of a person: all their tasks to learn, all their days, the fuller week."""
    whole = Job(id=own.id, shifts=(*own.shifts, *other.shifts))
    levels = job_levels(problem, whole)[0]
    if SHARED_MOMENTS in levels:
        levels[SHARED_MOMENTS] = max(job_levels(problem, j)[0][SHARED_MOMENTS] for j in (own, other))
    return replace(demands_of(problem, whole), levels=levels, week=own.week)


def shut_by(problem: Problem, number: int, own: Job, other: Job) -> Iterator[Breach]:
    """Tell the holder who is shut out of the weeks together, or each profile to whom the job was open before."""
    asked = demands_of(problem, own), demands_of(problem, other), demands_of_both(problem, own, other)
    holder = problem.holder(number)
    people: tuple[Profile, ...] = problem.profiles if holder is None else (holder,)
    for profile in people:
        found = [door(demands, profile) for demands in asked]
        lost = found[0].is_open and not all(d.is_open for d in found)
        if lost if holder is None else any(d.status == "shut" for d in found):
            values: dict[str, str | int] = {"profile": profile.id}
            yield Breach(rule="half_days", code="rotate.door", values=values, job=own.id)


def too_little_rest(problem: Problem, own: Job, other: Job) -> Iterator[Breach]:
    """Tell a Monday that follows too soon on the Sunday of the other week."""
    if not problem.holds("rest_day"):
        return
    for one, two in ((own, other), (other, own)):
        last = next((s for s in one.shifts if s.day is Weekday.SUNDAY), None)
        first = next((s for s in two.shifts if s.day is Weekday.MONDAY), None)
        if last and first and first.start + DAY - last.end < problem["rest_day"]:
            values: dict[str, str | int] = {
                "found": first.start + DAY - last.end,
                "limit": problem["rest_day"],
            }
            yield Breach(rule="half_days", code="rule.rest_day", values=values, job=own.id, day=Weekday.SUNDAY)


def judge(problem: Problem, design: Design, rotation: HalfDays) -> list[Breach]:
    """Return everything that is wrong with a rotation: the second week by every rule, and what lies between the weeks.

    Who does the work changes nothing for the roles it comes from, so the second week is judged as a design like any
    other.
    """
    jobs = second_week(design.jobs, rotation.swaps)
    if rotation.design != design.fingerprint() or jobs != rotation.jobs:
        return [Breach(rule="half_days", code="rotate.other_design")]
    found = list(refused(problem, jobs))
    for number, (own, other) in enumerate(zip(design.jobs, jobs, strict=True)):
        found += shut_by(problem, number, own, other)
        found += too_little_rest(problem, own, other)
    if rotation.met != met(problem, design.jobs, jobs):
        found.append(Breach(rule="half_days", code="rotate.met_claimed"))
    return found
