"""Is this design a sketch? It is when what decides it was assumed rather than told or seen."""

from __future__ import annotations

from klaver.design.facts import job_tasks
from klaver.design.problem import Problem
from klaver.design.records import Job
from klaver.values import SourceKind

DECISIVE = ("legal", "harm", "window")


def assumed_percent(problem: Problem, job: Job) -> int:
    """Return the percent of a job's worked minutes that rests on assumed minutes."""
    total = assumed = 0
    for shift in job.shifts:
        for entry in shift.entries:
            minutes = entry.end - entry.start
            total += minutes
            if problem.tasks[entry.task].source_of("minutes").kind is SourceKind.ASSUMED:
                assumed += minutes
    return -(-100 * assumed // total) if total else 0


def assumed_fields(problem: Problem, jobs: tuple[Job, ...]) -> list[tuple[str, str]]:
    """Return the (task, field) pairs of moved tasks whose legal status, harm or window is assumed."""
    tasks = {t.id: t for job in jobs for t in job_tasks(problem, job)}
    return [
        (ident, field)
        for ident, task in sorted(tasks.items())
        for field in DECISIVE
        if task.source_of(field).kind is SourceKind.ASSUMED
    ]


def is_sketch(problem: Problem, jobs: tuple[Job, ...]) -> bool:
    """Tell whether every page of this design must say that it is a sketch."""
    over = any(assumed_percent(problem, j) > problem["assumed_max"] for j in jobs)
    return over or bool(assumed_fields(problem, jobs))
