"""Why is this task not in a new job, and what would happen if it were? Every reason is confirmed by the checker."""

from __future__ import annotations

from dataclasses import dataclass

from klaver.design.check import refused
from klaver.design.effects import SETTLED, relief
from klaver.design.problem import Problem
from klaver.design.records import Breach, Job, Shift
from klaver.design.solve.day import Days
from klaver.values import Weekday
from klaver.work.records import Legal


@dataclass(frozen=True)
class Reason:
    """One reason, as data: a message code of ``why`` and its values; ``breach`` when a rule of the design says no."""

    code: str
    job: str | None = None
    days: tuple[Weekday, ...] = ()
    tasks: tuple[str, ...] = ()
    relief: int | None = None
    breach: Breach | None = None


def why(problem: Problem, jobs: tuple[Job, ...], task_id: str) -> tuple[Reason, ...]:
    """Return why a task is not (wholly) in a job, per job and group of days.

    Raises
    ------
    KeyError
        When the workplace has no such task.
    """
    task = problem.tasks[task_id]
    code = problem.why_not(task)
    if code is not None:
        return (Reason(code),)
    holders = {j.id: tuple(s.day for s in j.shifts if any(e.task == task_id for e in s.entries)) for j in jobs}
    taken = {d for days in holders.values() for d in days}
    found = [Reason("why.in_job", job, days) for job, days in holders.items() if days]
    movable = problem.by_task.get(task_id, ())
    if not movable:
        return (*found, Reason("why.window_short"))
    days_engine = Days(problem)
    for number in range(len(jobs)):
        for same in (c for c in movable if c.day not in taken):
            found.append(_try(problem, jobs, number, same.index, days_engine))
    return tuple(_grouped(found))


def _try(problem: Problem, jobs: tuple[Job, ...], number: int, index: int, days: Days) -> Reason:
    """Put one class into one job, settle the day, and let the checker judge."""
    job, found = jobs[number], problem.classes[index]
    old = next((s for s in job.shifts if s.day is found.day), None)
    here = {problem.by_key[e.task, found.day].index: e.shared for e in old.entries} if old else {}
    shared = frozenset(i for i, s in here.items() if s)
    if found.task.legal is Legal.SUPERVISED:
        shared |= {index}
    together = frozenset(here) | {index}
    shift = days.shift(together, shared).shift
    if shift is None:
        core = days.core(together) if days.impossible(together) else together
        names = tuple(problem.classes[i].task.id for i in sorted(core) if i != index)
        return Reason("why.no_room", job.id, (found.day,), names)
    changed = _with_shift(jobs, number, shift)
    breaches = refused(problem, changed)
    if breaches:
        return Reason("why.breaks", job.id, (found.day,), breach=breaches[0])
    gain = relief(problem, changed, SETTLED).net - relief(problem, jobs, SETTLED).net
    return Reason("why.possible", job.id, (found.day,), relief=gain)


def _with_shift(jobs: tuple[Job, ...], number: int, shift: Shift) -> tuple[Job, ...]:
    job = jobs[number]
    others = [s for s in job.shifts if s.day is not shift.day]
    shifts = tuple(sorted([*others, shift], key=lambda s: s.day))
    return (*jobs[:number], Job(id=job.id, shifts=shifts), *jobs[number + 1 :])


def _grouped(reasons: list[Reason]) -> list[Reason]:
    """Put days with the same reason together; of breaches of one rule the mildest stands for all."""
    made: dict[tuple[object, ...], Reason] = {}
    for r in reasons:
        values = {k: v for k, v in r.breach.values.items() if k != "found"} if r.breach else {}
        rule = (r.breach.code, tuple(sorted(values.items()))) if r.breach else None
        key = (r.code, r.job, r.tasks, rule)
        before = made.get(key)
        if before is None:
            made[key] = r
        else:
            gain = None if r.relief is None else (before.relief or 0) + r.relief
            mildest = min((b for b in (before.breach, r.breach) if b), key=_beyond, default=None)
            made[key] = Reason(r.code, r.job, before.days + r.days, r.tasks, gain, mildest)
    return list(made.values())


def _beyond(breach: Breach) -> int:
    """Return how far a counted breach lies from its limit."""
    found, limit = breach.values.get("found"), breach.values.get("limit")
    return abs(found - limit) if isinstance(found, int) and isinstance(limit, int) else 0
