"""The parts of a design as they are now, each as facts that can be laid beside what they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from klaver.design.agreements.records import Fact, Facts, Kind, Part, Terms
from klaver.design.effects import WEEKS, lost_by_role, moved_classes, weekly_by_role
from klaver.design.facts import instructors, job_levels
from klaver.design.problem import Problem
from klaver.design.records import Job
from klaver.values import Weekday
from klaver.work.records import Task

YES = "yes"
PAY = ("joint_committee", "function_class", "pay_scale")
MENTOR = ("mentor", "stand_in")


def contents(
    problem: Problem,
    jobs: Sequence[Job],
    terms: Mapping[str, Terms],
    waiting: Iterable[tuple[str, str, Weekday]] = (),
) -> dict[Part, Facts]:
    """Return every part of a design with what is so in it.

    ``waiting`` are the cards (job, task, weekday) that lie in a job without a place in its timetable. A job without
    any work has no parts.
    """
    made: dict[Part, Iterable[Fact]] = {Part(kind=Kind.TASKS): _tasks(problem)}
    if problem.wishes.use_of_freed_time:
        words = problem.wishes.use_of_freed_time
        made[Part(kind=Kind.FREED)] = [Fact(of="whole", what="use", value=words)]
    held = tuple(waiting)
    for job in jobs:
        here = [(task, day) for name, task, day in held if name == job.id]
        if job.shifts or here:
            made[Part(kind=Kind.JOB, of=job.id)] = _job(problem, job, here)
            made[Part(kind=Kind.TIMETABLE, of=job.id)] = _timetable(job)
            made[Part(kind=Kind.DEMANDS, of=job.id)] = _demands(problem, job)
            made[Part(kind=Kind.MENTOR, of=job.id)] = _mentor(problem, job, terms.get(job.id))
            made[Part(kind=Kind.PAY, of=job.id)] = _pay(problem, terms.get(job.id))
    for role in problem.workplace.roles:
        made[Part(kind=Kind.EFFECT, of=role.id)] = _effect(problem, tuple(jobs), role.id)
    return {part: tuple(sorted(facts, key=_order)) for part, facts in made.items()}


def _order(fact: Fact) -> tuple[str, str, str]:
    return fact.of, fact.id, fact.what


def _facts(of: str, ident: str, **known: int | str | None) -> Iterator[Fact]:
    """Return a fact for each value that is known."""
    for what, value in known.items():
        if value is not None:
            yield Fact.model_validate({"of": of, "id": ident, "what": what, "value": value})


def _digits(days: Iterable[Weekday]) -> str:
    return "".join(str(int(d)) for d in sorted(set(days)))


def _tasks(problem: Problem) -> Iterator[Fact]:
    for task in problem.workplace.tasks:
        yield from _facts("task", task.id, legal=task.legal.value, **_times(task))
        yield from _facts("task", task.id, **{f: _yes_no(getattr(task, f)) for f in ("recovery", "valued")})


def _times(task: Task) -> dict[str, str | None]:
    minutes, times, window = task.minutes, task.times, task.window
    return {
        "duration": None if minutes is None else f"{minutes.low}-{minutes.high}",
        "times": None if times is None else ",".join(map(str, times)),
        "window": None if window is None else f"{window.start}-{window.end}",
    }


def _yes_no(value: bool | None) -> str | None:
    return None if value is None else YES if value else "no"


def _job(problem: Problem, job: Job, waiting: Sequence[tuple[str, Weekday]]) -> Iterator[Fact]:
    yield from _facts("whole", "", week=job.week)
    for role in instructors(problem, job):
        yield from _facts("role", role, instructs=YES)
    alone: dict[str, list[Weekday]] = defaultdict(list)
    shared: dict[str, list[Weekday]] = defaultdict(list)
    minutes: dict[str, int] = defaultdict(int)
    for shift in job.shifts:
        for entry in shift.entries:
            (shared if entry.shared else alone)[entry.task].append(shift.day)
            minutes[entry.task] += entry.end - entry.start
    for task, total in minutes.items():
        by_self, together = _digits(alone[task]) or None, _digits(shared[task]) or None
        yield from _facts("task", task, days=by_self, together=together, minutes=total)
    without: dict[str, list[Weekday]] = defaultdict(list)
    for task, day in waiting:
        without[task].append(day)
    for task, days in without.items():
        yield from _facts("task", task, waiting=_digits(days))


def _timetable(job: Job) -> Iterator[Fact]:
    at: dict[str, list[str]] = defaultdict(list)
    for shift in job.shifts:
        breaks = ",".join(f"{p.start}-{p.end}" for p in shift.pauses) or None
        yield from _facts("day", str(int(shift.day)), hours=f"{shift.start}-{shift.end}", breaks=breaks)
        for entry in shift.entries:
            at[entry.task].append(f"{int(shift.day)}:{entry.start}-{entry.end}")
    for task, spans in at.items():
        yield from _facts("task", task, at=",".join(spans))


def _demands(problem: Problem, job: Job) -> Iterator[Fact]:
    levels, unknown = job_levels(problem, job)
    for number, level in levels.items():
        yield from _facts("dimension", str(number), level=level)
    for number in unknown:
        yield from _facts("dimension", str(number), unknown=YES)


def _mentor(problem: Problem, job: Job, terms: Terms | None) -> Iterator[Fact]:
    yield from _facts("whole", "", **_filled(terms, MENTOR))
    for week in WEEKS:
        yield from _facts("week", str(week), minutes=problem[f"mentoring_{week}"] * len(job.shifts))


def _pay(problem: Problem, terms: Terms | None) -> Iterator[Fact]:
    yield from _facts("whole", "", **_filled(terms, PAY))
    if terms is None or terms.pay_scale is None:
        yield from _facts("whole", "", pay_scale=entry_scale(problem))


def _filled(terms: Terms | None, fields: Sequence[str]) -> dict[str, str | None]:
    return {} if terms is None else {f: getattr(terms, f) for f in fields}


def entry_scale(problem: Problem) -> str | None:
    """Return the pay scale that the house gives new jobs, as it is called there."""
    place = problem.workplace
    return next((s.label for s in place.pay_scales if s.id == place.entry_scale), None)


def _effect(problem: Problem, jobs: tuple[Job, ...], role: str) -> Iterator[Fact]:
    """Yield what a role does now and loses, in hundredths of minutes a week, and what it does together."""
    tasks = problem.workplace.tasks
    yield from _facts("whole", "", before=sum(weekly_by_role(t).get(role, 0) for t in tasks))
    for task, lost in lost_by_role(problem, jobs).get(role, {}).items():
        yield from _facts("task", task, lost=lost)
    together: dict[str, list[Weekday]] = defaultdict(list)
    for found, shared in moved_classes(problem, jobs):
        if shared and any(s.role == role for s in found.task.doers):
            together[found.task.id].append(found.day)
    for task, days in together.items():
        yield from _facts("task", task, together=_digits(days))
