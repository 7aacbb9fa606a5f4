"""What a job's timetable asks of a body and a mind: minutes at a time and a day, changes, kinds, people."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from klaver.design.problem import Problem
from klaver.design.records import Entry, Job, Shift
from klaver.scale.composed import composed_levels
from klaver.scale.dimensions import PLACE_NUMBERS, TASK_NUMBERS
from klaver.work.records import Contact, Posture, Task

REST = 10
"""Minutes of waiting or pause after which a stretch in one posture starts anew (Klaver's assumption)."""

SET_TIME = 15
"""A task whose window leaves at most this many minutes of choice is done at a set time."""


def job_tasks(problem: Problem, job: Job) -> tuple[Task, ...]:
    """Return the different tasks of a job, in the order of the analysis."""
    ids = {e.task for s in job.shifts for e in s.entries}
    return tuple(problem.tasks[i] for i in sorted(ids & problem.order.keys(), key=problem.order.__getitem__))


def work_of(entries: Iterable[Entry]) -> int:
    """Return the worked minutes of entries, waiting and walking left out."""
    return sum(e.end - e.start for e in entries)


def longest_run(shift: Shift, minutes: dict[int, int]) -> int:
    """Return the longest unbroken stretch, in minutes.

    ``minutes`` gives, by entry position, the minutes that count (a posture, being alone). An entry that does not
    count, or a gap of at least ``REST`` minutes, ends the stretch.
    """
    best = run = 0
    last_end: int | None = None
    for position, entry in enumerate(shift.entries):
        counted = minutes.get(position, 0)
        if counted == 0 or last_end is None or entry.start - last_end >= REST:
            run = 0
        run += counted
        best = max(best, run)
        last_end = entry.end
    return best


def _posture_minutes(problem: Problem, shift: Shift, posture: Posture) -> dict[int, int]:
    return {i: e.end - e.start for i, e in enumerate(shift.entries) if problem.tasks[e.task].posture is posture}


def shift_facts(problem: Problem, shift: Shift) -> dict[str, int]:
    """Return the facts of one working day, by fact code of ``klaver.scale.composed``."""
    facts: dict[str, int] = {"work_day": shift.paid}
    for code, posture in (("stand", Posture.STANDING), ("sit", Posture.SITTING), ("walk", Posture.WALKING)):
        counted = _posture_minutes(problem, shift, posture)
        facts[f"{code}_day"] = sum(counted.values())
        facts[f"{code}_run"] = longest_run(shift, counted)
    order = [e.task for e in shift.entries]
    facts["changes_day"] = sum(a != b for a, b in pairwise(order))
    facts["kinds_day"] = len(set(order))
    facts["fixed_times_day"] = len({t for t in order if set_time(problem, t)})
    alone = {i: e.end - e.start for i, e in enumerate(shift.entries) if _is_alone(problem, e)}
    facts["alone_run"] = longest_run(shift, alone)
    met = [e for e in shift.entries if problem.tasks[e.task].contact is Contact.CLIENTS]
    facts["contact_day"] = work_of(met)
    return facts


def set_time(problem: Problem, task: str) -> bool:
    """Tell whether a task must be done at a set time: its window leaves hardly any choice."""
    found = problem.tasks[task]
    if found.window is None or found.minutes is None:
        return False
    return found.window.length - problem.work_minutes(found.minutes.likely) <= SET_TIME


def _is_alone(problem: Problem, entry: Entry) -> bool:
    return bool(problem.tasks[entry.task].alone) and not entry.shared


def instructors(problem: Problem, job: Job) -> frozenset[str]:
    """Return the roles that give orders in a job."""
    return frozenset(t.instructs for t in job_tasks(problem, job) if t.instructs)


def day_differences(job: Job) -> int:
    """Return the largest number of tasks by which two working days of the job differ."""
    days = [frozenset(e.task for e in s.entries) for s in job.shifts]
    return max((len(a ^ b) for i, a in enumerate(days) for b in days[i + 1 :]), default=0)


def job_facts(problem: Problem, job: Job) -> dict[str, int]:
    """Return the facts of a job: the worst day for day facts, the whole for job facts."""
    facts: dict[str, int] = {}
    for shift in job.shifts:
        for code, value in shift_facts(problem, shift).items():
            facts[code] = max(facts.get(code, 0), value)
    facts["kinds_job"] = len(job_tasks(problem, job))
    facts["day_differences_job"] = day_differences(job)
    facts["shared_job"] = sum(e.shared for s in job.shifts for e in s.entries)
    facts["instructors_job"] = max(1, len(instructors(problem, job)))
    return facts


def job_levels(problem: Problem, job: Job) -> tuple[dict[int, int], frozenset[int]]:
    """Return the levels a job asks, and the dimensions on which it may ask more than is known.

    Per-task dimensions: the highest of its tasks; per-place: the highest of its places; composed: from its facts.
    """
    tasks = job_tasks(problem, job)
    levels = composed_levels(job_facts(problem, job))
    for number in sorted(TASK_NUMBERS):
        known = [t.demands[number] for t in tasks if number in t.demands]
        if known:
            levels[number] = max(known)
    places = [p for p in problem.workplace.places if p.id in {t.place for t in tasks}]
    for number in sorted(PLACE_NUMBERS):
        known = [p.demands[number] for p in places if number in p.demands]
        if known:
            levels[number] = max(known)
    unknown = frozenset(n for t in tasks for n in problem.unknown_dimensions[t.id])
    return dict(sorted(levels.items())), unknown
