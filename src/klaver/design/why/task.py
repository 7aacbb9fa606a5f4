"""All that is told of one task: where it is, why it is not elsewhere; days with the same reasons stand together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from klaver.design.problem import Class, Problem
from klaver.design.records import Breach, Job
from klaver.design.why.bounds import keys
from klaver.design.why.here import Asking
from klaver.design.why.records import Reason


def why(problem: Problem, jobs: tuple[Job, ...], task_id: str, asking: Asking | None = None) -> tuple[Reason, ...]:
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
    found = list(where(jobs, task_id))
    if task_id not in problem.by_task:
        return (*found, Reason("why.window_short"))
    for some in each(asking or Asking(problem, jobs), task_id):
        found += some
    return grouped(found)


def each(asking: Asking, task_id: str) -> Iterator[tuple[Reason, ...]]:
    """Yield the reasons of one job and one day after the other, so that who asks can stop when it takes long."""
    classes = free(asking.problem, asking.jobs, task_id)
    for number in range(len(asking.jobs)):
        for one in classes:
            yield asking.reasons(number, one)


def where(jobs: Sequence[Job], task_id: str) -> Iterable[Reason]:
    """Yield in which jobs a task is, and on which days."""
    for job in jobs:
        days = tuple(s.day for s in job.shifts if any(e.task == task_id for e in s.entries))
        if days:
            yield Reason("why.in_job", job.id, days)


def free(problem: Problem, jobs: Sequence[Job], task_id: str) -> tuple[Class, ...]:
    """Return the classes of a task that no job has."""
    taken = {d for r in where(jobs, task_id) for d in r.days}
    return tuple(c for c in problem.by_task.get(task_id, ()) if c.day not in taken)


def grouped(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Put days with the same reason together; of breaches of one rule the mildest stands for all."""
    made: dict[tuple[object, ...], Reason] = {}
    for r in reasons:
        which = tuple((b.code, b.job, tuple(k[3] for k in keys(b))) for b in r.breaches)
        key = (r.code, r.job, r.tasks, which)
        before = made.get(key)
        if before is None:
            made[key] = r
            continue
        gain = None if r.relief is None else (before.relief or 0) + r.relief
        mildest = tuple(min(pair, key=_beyond) for pair in zip(before.breaches, r.breaches, strict=True))
        days = tuple(dict.fromkeys(before.days + r.days))
        made[key] = replace(before, days=days, relief=gain, breaches=mildest)
    return tuple(made.values())


def _beyond(breach: Breach) -> int:
    """Return how far a counted breach lies from its limit."""
    found, limit = breach.values.get("found"), breach.values.get("limit")
    return abs(found - limit) if isinstance(found, int) and isinstance(limit, int) else 0
