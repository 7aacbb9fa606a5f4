"""Is this design a sketch? It is when what decides it was assumed rather than told or seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from klaver.design.facts import job_tasks
from klaver.design.problem import Problem
from klaver.design.records import Job
from klaver.language import Language, tell
from klaver.values import SourceKind
from klaver.values.source import ON_REQUEST

DECISIVE = ("legal", "harm", "window")


def assumed_percent(problem: Problem, job: Job) -> int:
    """Return the percent of a job's worked minutes that rests on assumed minutes, rounded up."""
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


def sketch_reasons(problem: Problem, jobs: tuple[Job, ...], lang: Language) -> tuple[str, ...]:
    """Tell what makes a design a sketch; empty when it is none."""
    limit = problem["assumed_max"]
    over = any(assumed_percent(problem, job) > limit for job in jobs)
    told = [tell("report.sketch_minutes", lang, limit=limit)] if over else []
    by_field: dict[str, list[str]] = defaultdict(list)
    for task, field in assumed_fields(problem, jobs):
        by_field[field].append(task)
    return (*told, *(tell(f"report.sketch_{f}", lang, tasks=", ".join(by_field[f])) for f in DECISIVE if by_field[f]))


def filled_on_request(problem: Problem, jobs: tuple[Job, ...]) -> bool:
    """Tell whether a moved task has minutes or times that were filled in because somebody wanted a number there."""
    tasks = (task for job in jobs for task in job_tasks(problem, job))
    return any(task.source_of(field).by == ON_REQUEST for task in tasks for field in ("minutes", "times"))


def banner(problem: Problem, designs: Iterable[tuple[Job, ...]], lang: Language) -> str:
    """Return what stands on every page of a document about these designs; empty when there is nothing to warn of."""
    held = list(designs)
    marks = [tell("report.sketch", lang)] if any(is_sketch(problem, jobs) for jobs in held) else []
    marks += [tell("report.on_request", lang)] if any(filled_on_request(problem, jobs) for jobs in held) else []
    marks += [tell("report.synthetic", lang)] if problem.workplace.synthetic else []
    return " \N{MIDDLE DOT} ".join(marks)
