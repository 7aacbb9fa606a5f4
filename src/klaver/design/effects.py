"""What a design does: net relief, hours per role, freed blocks, quality points, moments that change hands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from klaver.design.facts import day_differences, job_levels, job_tasks, work_of
from klaver.design.problem import Class, Problem
from klaver.design.records import Floors, Job, Values
from klaver.matching.doors import Door, JobDemands, door
from klaver.scale.ladder import SKILLS, STEPS
from klaver.values import Range, Weekday
from klaver.values.time import DAY, day_parts
from klaver.work.records import Contact, LanguageNeed, Task, Workplace

LOAD_DIMENSIONS = (9, 10, 14, 16, 17, 20, 26, 27, 28, 29)
"""Per-task dimensions that weigh on the sitting staff: thinking, tempo, care, contact, lifting, bending, reaching."""

WEEKS = (1, 13, 52)
"""The weeks at which relief is told; the middle one is the value of a design."""

SETTLED = 13


@dataclass(frozen=True)
class Relief:
    """Minutes a week of shortage roles: given away, and what comes off again."""

    gross: int
    absence: int
    learning: int
    take_back: int
    handover: int
    mentoring: int

    @property
    def net(self) -> int:
        """What is left after everything that comes off."""
        return self.gross - self.absence - self.learning - self.take_back - self.handover - self.mentoring


def moved(problem: Problem, jobs: Iterable[Job]) -> dict[tuple[str, Weekday], bool]:
    """Return the (task, weekday) pairs that jobs do, with whether they are shared."""
    return {(e.task, s.day): e.shared for j in jobs for s in j.shifts for e in s.entries}


def moved_classes(problem: Problem, jobs: Iterable[Job]) -> list[tuple[Class, bool]]:
    """Return the moved occurrence classes with whether they are shared; unknown pairs are left out."""
    return [(problem.by_key[k], s) for k, s in moved(problem, jobs).items() if k in problem.by_key]


def net_coefficient(problem: Problem, minutes: int, task: Task, week: int) -> int:
    """Return the hundredths of net minutes that moving ``minutes`` a day of a task gives, handover aside."""
    return net_hundredths(problem, minutes * problem.shortage_percent(task), week)


def net_hundredths(problem: Problem, gross: int, week: int) -> int:
    """Return what is left, in the same unit, of hundredths of minutes that are given away, handover aside."""
    kept = problem["presence"] * problem[f"productivity_{week}"] * (100 - problem[f"take_back_{week}"])
    return gross * kept // 1_000_000


def handover_coefficient(problem: Problem, task: Task) -> int:
    """Return the hundredths of handover minutes of one moved class on the shortage roles."""
    return problem["handover"] * 100 if problem.shortage_percent(task) else 0


def relief_hundredths(problem: Problem, jobs: tuple[Job, ...], week: int = SETTLED) -> int:
    """Return the net relief in hundredths of minutes a week, exactly as the engine adds it up."""
    total = 0
    for found, shared in moved_classes(problem, jobs):
        if not shared:
            total += net_coefficient(problem, found.given, found.task, week)
            total -= handover_coefficient(problem, found.task)
    if problem.mentor_is_short():
        total -= 100 * problem[f"mentoring_{week}"] * sum(len(j.shifts) for j in jobs)
    return total


def relief(problem: Problem, jobs: tuple[Job, ...], week: int, which: str = "likely") -> Relief:
    """Return the relief in minutes a week in one week of the job, at low, likely or high task minutes.

    Parameters
    ----------
    week : {1, 13, 52}
        Weeks after the start; tempo, mentoring and take-back differ.
    which : {"low", "likely", "high"}
        Which of the task minutes to use.
    """
    gross = absence = learning = back = 0.0
    handover = 0
    for found, shared in moved_classes(problem, jobs):
        if shared or not problem.shortage_percent(found.task):
            continue
        assert found.task.minutes is not None
        minutes = getattr(found.task.minutes, which) * found.times * problem.shortage_percent(found.task) / 100
        here = minutes * problem["presence"] / 100
        done = here * problem[f"productivity_{week}"] / 100
        gross, absence, learning = gross + minutes, absence + minutes - here, learning + here - done
        back += done * problem[f"take_back_{week}"] / 100
        handover += problem["handover"]
    mentoring = problem[f"mentoring_{week}"] * sum(len(j.shifts) for j in jobs)
    return Relief(
        round(gross),
        round(absence),
        round(learning),
        round(back),
        handover,
        mentoring if problem.mentor_is_short() else 0,
    )


def relief_range(problem: Problem, jobs: tuple[Job, ...]) -> Range:
    """Return low, likely and high net relief in minutes a week, in the settled week."""
    low, likely, high = (relief(problem, jobs, SETTLED, w).net for w in ("low", "likely", "high"))
    return Range(low=min(low, likely, high), likely=likely, high=max(low, likely, high))


@dataclass(frozen=True)
class RoleEffect:
    """One role before and after, in hundredths of minutes a week where minutes are meant.

    ``weighed`` are the minutes of tasks with a known load, ``burden`` those minutes times their load.
    """

    role: str
    before: int
    lost: int
    recovery_before: int
    recovery_lost: int
    weighed_before: int
    weighed_after: int
    burden_before: int
    burden_after: int
    unpleasant_before: int
    unpleasant_lost: int

    @property
    def load_before(self) -> int:
        """Mean load before, per mille of a sum of levels."""
        return 1000 * self.burden_before // self.weighed_before if self.weighed_before else 0

    @property
    def load_after(self) -> int:
        """Mean load of what stays, per mille of a sum of levels."""
        return 1000 * self.burden_after // self.weighed_after if self.weighed_after else 0


def load_of(task: Task) -> int | None:
    """Return the load of a task: the sum of its known load levels, or ``None`` when none is known."""
    known = [task.demands[n] for n in LOAD_DIMENSIONS if n in task.demands]
    return sum(known) if known else None


def weekly_by_role(task: Task) -> dict[str, int]:
    """Return the hundredths of minutes a week that each role spends on a task now."""
    if task.minutes is None or task.times is None or task.left_undone:
        return {}
    week = task.minutes.likely * sum(task.times)
    mine: dict[str, int] = defaultdict(int)
    for share in task.doers:
        mine[share.role] += week * share.percent
    return mine


def lost_by_role(problem: Problem, jobs: tuple[Job, ...]) -> dict[str, dict[str, int]]:
    """Return the hundredths of minutes a week that each role loses, by role and task."""
    lost: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for found, shared in moved_classes(problem, jobs):
        if shared or found.task.left_undone:
            continue
        for share in found.task.doers:
            lost[share.role][found.task.id] += found.given * share.percent
    return lost


def role_effects(problem: Problem, jobs: tuple[Job, ...]) -> tuple[RoleEffect, ...]:
    """Return every role before and after."""
    lost = lost_by_role(problem, jobs)
    done: dict[str, list[tuple[Task, int]]] = defaultdict(list)
    for task in problem.workplace.tasks:
        for role, minutes in weekly_by_role(task).items():
            done[role].append((task, minutes))
    return tuple(_role_effect(problem, r.id, done.get(r.id, []), lost.get(r.id, {})) for r in problem.workplace.roles)


def _role_effect(problem: Problem, role: str, done: list[tuple[Task, int]], lost: dict[str, int]) -> RoleEffect:
    before = recovery = bad = weighed = burden = weighed_left = burden_left = 0
    for task, mine in done:
        gone = lost.get(task.id, 0)
        before += mine
        recovery += mine if task.recovery else 0
        bad += mine if task.unpleasant else 0
        level = load_of(task)
        if level is not None:
            weighed, burden = weighed + mine, burden + level * mine
            weighed_left, burden_left = weighed_left + mine - gone, burden_left + level * (mine - gone)
    return RoleEffect(
        role,
        before,
        sum(lost.values()),
        recovery,
        sum(v for t, v in lost.items() if problem.tasks[t].recovery),
        weighed,
        weighed_left,
        burden,
        burden_left,
        bad,
        sum(v for t, v in lost.items() if problem.tasks[t].unpleasant),
    )


def freed_groups(problem: Problem) -> dict[str, list[list[int]]]:
    """Return, per shortage role, groups of class indexes whose freed minutes lie side by side.

    Two movable classes are adjacent when they are on one weekday, in one place, and their windows overlap. A group
    is a stretch of the day with such work at one place, whether all of it moves or not.
    """
    mine: dict[str, list[Class]] = {r.id: [] for r in problem.workplace.roles if r.shortage}
    for found in problem.classes:
        if not found.task.left_undone:
            for role in dict.fromkeys(s.role for s in found.task.doers):
                if role in mine:
                    mine[role].append(found)
    return {role: _components(classes) for role, classes in mine.items()}


def _components(classes: list[Class]) -> list[list[int]]:
    left = sorted(classes, key=lambda c: (c.day, c.task.place or "", c.window.start, c.index))
    made: list[list[Class]] = []
    for found in left:
        last = made[-1] if made else None
        if last and _adjacent(last, found):
            last.append(found)
        else:
            made.append([found])
    return [[c.index for c in group] for group in made]


def _adjacent(group: list[Class], other: Class) -> bool:
    first = group[0]
    same = (first.day, first.task.place) == (other.day, other.task.place)
    return same and any(c.window.overlaps(other.window) for c in group)


def crumbs(problem: Problem, jobs: tuple[Job, ...]) -> dict[str, tuple[int, int]]:
    """Return per shortage role the freed hundredths of minutes in all, and those in crumbs under a block."""
    gone = {c.index: c for c, shared in moved_classes(problem, jobs) if not shared}
    told: dict[str, tuple[int, int]] = {}
    for role, groups in freed_groups(problem).items():
        total = small = 0
        for group in groups:
            freed = sum(role_part(gone[i], role) for i in group if i in gone)
            total += freed
            small += freed if freed < problem["block"] * 100 else 0
        told[role] = (total, small)
    return told


def role_part(found: Class, role: str) -> int:
    """Return the hundredths of minutes of a class on its day that a role does."""
    return sum(found.given * s.percent for s in found.task.doers if s.role == role)


def job_language(tasks: Iterable[Task]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the highest language step asked per skill: of all tasks, and of those with a written safety reason."""
    needs = [t.language for t in tasks if t.language is not None]
    return top_language(needs), top_language([n for n in needs if n.safety_reason])


def top_language(needs: Iterable[LanguageNeed]) -> dict[str, str]:
    """Return the highest step per skill over needs that are known; "none" where nothing is asked."""
    needs = list(needs)
    return {s: max((getattr(n, s) for n in needs), key=STEPS.index, default="none") for s in SKILLS}


def demands_of(problem: Problem, job: Job) -> JobDemands:
    """Return what a job asks, ready to be laid beside a profile."""
    levels, unknown = job_levels(problem, job)
    tasks = job_tasks(problem, job)
    language, hard = job_language(tasks)
    return JobDemands(
        levels=levels,
        unknown=tuple(sorted(unknown)),
        week=job.week,
        day_max=max((s.paid for s in job.shifts), default=0),
        earliest=min((s.start for s in job.shifts), default=DAY),  # a job without a day starts too early for nobody
        latest=max((s.end for s in job.shifts), default=0),
        days=tuple(s.day for s in job.shifts),
        day_parts=frozenset().union(*(day_parts(s.day, s.start, s.end) for s in job.shifts)),
        language=language,
        language_hard=hard,
        language_unknown=tuple(t.id for t in tasks if t.language is None),
        permits=tuple(sorted({t.permit for t in tasks if t.permit})),
        families=tuple(sorted({t.family for t in tasks})),
    )


def doors(problem: Problem, job: Job) -> tuple[Door, ...]:
    """Return for every profile whether the job is open, open with an aid, to be asked, or shut by what."""
    asked = demands_of(problem, job)
    return tuple(door(asked, p) for p in problem.profiles)


QUALITY = (
    "six_kinds",
    "three_families",
    "no_task_over_quarter",
    "shared_every_day",
    "contact_every_day",
    "two_learning",
    "little_unpleasant",
    "same_week",
)
"""The quality points of a job, in the order they are told."""


def quality_points(problem: Problem, job: Job) -> dict[str, bool]:
    """Return the quality points of a job: yes or no for each, never a grade."""
    tasks = job_tasks(problem, job)
    minutes: dict[str, int] = defaultdict(int)
    for shift in job.shifts:
        for entry in shift.entries:
            minutes[entry.task] += entry.end - entry.start
    total = sum(minutes.values())
    unpleasant = sum(m for t, m in minutes.items() if problem.tasks[t].unpleasant)
    return {
        "six_kinds": len(tasks) >= 6,
        "three_families": len({t.family for t in tasks}) >= 3,
        "no_task_over_quarter": max(minutes.values(), default=0) * 4 <= total,
        "shared_every_day": all(any(e.shared for e in s.entries) for s in job.shifts),
        "contact_every_day": all(any(meets(problem, e.task) for e in s.entries) for s in job.shifts),
        "two_learning": sum(bool(t.learning) for t in tasks) >= 2,
        "little_unpleasant": unpleasant * 10 <= total,
        "same_week": day_differences(job) <= 2,
    }


def meets(problem: Problem, task: str) -> bool:
    """Tell whether a task brings the worker among people."""
    return problem.tasks[task].contact in (Contact.CLIENTS, Contact.COLLEAGUES)


def floors_of(problem: Problem) -> Floors:
    """Return the floors that the house asks under every alternative; relief has none before the most is known."""
    doors = min(problem["floor_doors"], len(problem.profiles))
    return Floors(doors=doors, quality=problem["floor_quality"], calm=problem["calm_max"])


def job_counts(problem: Problem, job: Job) -> tuple[int, int, int]:
    """Return for how many profiles a job is open and for how many that is to be asked, and its points for quality."""
    found = doors(problem, job)
    opened, asked = sum(d.is_open for d in found), sum(d.status == "to_ask" for d in found)
    return opened, asked, sum(quality_points(problem, job).values())


def values_of(problem: Problem, jobs: tuple[Job, ...], known: dict[Job, tuple[int, int, int]] | None = None) -> Values:
    """Return the four values of a design, each in its own unit; the checker's own sums.

    With ``known`` the counts of a job are taken from there, or put there: of a large house few jobs change at a time.
    """
    counts = {} if known is None else known
    for job in jobs:
        if job not in counts:
            counts[job] = job_counts(problem, job)
    opened, asked, points = (sum(counts[job][n] for job in jobs) for n in range(3))
    return Values(
        relief=relief_hundredths(problem, jobs) // 100,
        doors=opened,
        to_ask=asked,
        quality=points,
        calm=len(moved(problem, jobs)),
    )


def work_total(workplace: Workplace, jobs: Iterable[Job]) -> int:
    """Return the worked minutes a week of jobs."""
    return sum(work_of(s.entries) for j in jobs for s in j.shifts)
