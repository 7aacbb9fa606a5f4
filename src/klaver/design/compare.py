"""Two plans of one workplace side by side: what each gives, what lies elsewhere, and for whom that matters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from klaver.design.check import breaches
from klaver.design.effects import doors, moved, relief_range, role_effects, values_of
from klaver.design.problem import Problem
from klaver.design.records import Job, Values
from klaver.matching.doors import Door
from klaver.values import Range, Weekday

Place = tuple[int, bool] | None
"""Where a task is: the place of a job in its plan and whether it is shared there; ``None`` is with the colleagues."""


@dataclass(frozen=True)
class Plan:
    """One of the two: its question and its jobs. Two plans may rest on two versions of a workplace."""

    problem: Problem
    jobs: tuple[Job, ...]


@dataclass(frozen=True)
class Worth:
    """What one plan gives: its values, its relief with the range, how many rules it breaks and how many it strains."""

    values: Values
    relief: Range
    jobs: tuple[int, ...]
    broken: int
    warned: int


@dataclass(frozen=True)
class Elsewhere:
    """A task that on some days is not in the same place in both; a plan that does not know the task has no place."""

    task: str
    days: tuple[Weekday, ...]
    places: tuple[Place, Place]
    known: tuple[bool, bool]


@dataclass(frozen=True)
class Opened:
    """A group of people for whom a job is not as open in both; ``None`` where a plan has no such job.

    ``jobs`` are the places of the pair of jobs in their plans.
    """

    profile: str
    jobs: tuple[int | None, int | None]
    doors: tuple[Door | None, Door | None]


@dataclass(frozen=True)
class RoleLoss:
    """Hundredths of minutes a week that a role gives away in each plan; ``None`` where there is no such role."""

    role: str
    lost: tuple[int | None, int | None]


@dataclass(frozen=True)
class Differences:
    """Everything in which two plans differ; ``pairs`` are the jobs that were laid beside each other."""

    worth: tuple[Worth, Worth]
    pairs: tuple[tuple[int | None, int | None], ...]
    elsewhere: tuple[Elsewhere, ...]
    opened: tuple[Opened, ...]
    roles: tuple[RoleLoss, ...]


def differences(one: Plan, other: Plan) -> Differences:
    """Return in what two plans differ; their jobs are paired by the work they have in common."""
    pairs = paired(one.jobs, other.jobs)
    return Differences(
        worth=(_worth(one), _worth(other)),
        pairs=pairs,
        elsewhere=_elsewhere(one, other, {b: a for a, b in pairs if a is not None and b is not None}),
        opened=tuple(_opened(one, other, pairs)),
        roles=tuple(_roles(one, other)),
    )


def paired(one: Sequence[Job], other: Sequence[Job]) -> tuple[tuple[int | None, int | None], ...]:
    """Lay the jobs of two plans beside each other: those with most work in common first, then those in one place."""
    mine, theirs = ([moved_keys(j) for j in jobs] for jobs in (one, other))
    every = product(range(len(one)), range(len(other)))
    ranked = sorted(every, key=lambda p: (-len(mine[p[0]] & theirs[p[1]]), abs(p[0] - p[1]), p[0]))
    left, right, made = set(range(len(one))), set(range(len(other))), list[tuple[int | None, int | None]]()
    for a, b in ranked:
        if a in left and b in right:
            made.append((a, b))
            left.discard(a)
            right.discard(b)
    alone = [*((a, None) for a in left), *((None, b) for b in right)]
    return tuple(sorted([*made, *alone], key=lambda p: (p[0] is None, p[0] or 0, p[1] or 0)))


def moved_keys(job: Job) -> frozenset[tuple[str, Weekday]]:
    """Return the tasks of a job by weekday."""
    return frozenset((e.task, s.day) for s in job.shifts for e in s.entries)


def _worth(plan: Plan) -> Worth:
    jobs = tuple(j for j in plan.jobs if j.shifts)  # the rules say nothing of an empty job
    told = breaches(plan.problem, jobs) if jobs else ()
    warned = sum(b.warning for b in told)
    return Worth(
        values=values_of(plan.problem, jobs),
        relief=relief_range(plan.problem, jobs),
        jobs=tuple(j.week for j in plan.jobs),
        broken=len(told) - warned,
        warned=warned,
    )


def _places(plan: Plan) -> dict[tuple[str, Weekday], tuple[int, bool]]:
    return {key: (n, shared) for n, job in enumerate(plan.jobs) for key, shared in moved(plan.problem, [job]).items()}


def _elsewhere(one: Plan, other: Plan, back: Mapping[int, int]) -> tuple[Elsewhere, ...]:
    """Return the tasks that lie elsewhere, days with the same places together, in the order of the analyses."""
    mine, theirs = _places(one), _places(other)
    made: dict[tuple[str, Place, Place], list[Weekday]] = {}
    order = {**other.problem.order, **one.problem.order}
    for key in sorted(mine.keys() | theirs.keys(), key=lambda k: (order[k[0]], k[1])):
        a, b = mine.get(key), theirs.get(key)
        if a != (None if b is None else (back.get(b[0], -1), b[1])):
            made.setdefault((key[0], a, b), []).append(key[1])
    return tuple(
        Elsewhere(task, tuple(days), (a, b), (task in one.problem.tasks, task in other.problem.tasks))
        for (task, a, b), days in made.items()
    )


def _opened(one: Plan, other: Plan, pairs: Sequence[tuple[int | None, int | None]]) -> list[Opened]:
    made = []
    for pair in pairs:
        mine, theirs = (_doors(plan, at) for plan, at in zip((one, other), pair, strict=True))
        for profile in one.problem.profiles:
            a, b = mine.get(profile.id), theirs.get(profile.id)
            if (a and a.status) != (b and b.status):
                made.append(Opened(profile.id, pair, (a, b)))
    return made


def _doors(plan: Plan, at: int | None) -> dict[str, Door]:
    """Return for every group whether a job is open; of a job without work nothing is so."""
    if at is None or not plan.jobs[at].shifts:
        return {}
    return {d.profile: d for d in doors(plan.problem, plan.jobs[at])}


def _roles(one: Plan, other: Plan) -> list[RoleLoss]:
    mine, theirs = ({e.role: e.lost for e in role_effects(p.problem, p.jobs)} for p in (one, other))
    return [RoleLoss(r, (mine.get(r), theirs.get(r))) for r in {**mine, **theirs}]
