"""A problem as arrays: everything the loops of the kernel look at, each value where the rules find it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klaver.design.effects import (
    SETTLED,
    handover_coefficient,
    meets,
    net_coefficient,
)
from klaver.design.facts import set_time
from klaver.design.kernel.people import NO_LIMIT, People
from klaver.design.kernel.roles import Groups, Roles
from klaver.design.problem import Class, Problem
from klaver.design.rules import steady, volumes
from klaver.design.rules.people_places import may_instruct
from klaver.design.rules.pins import pinned_days
from klaver.design.rules.timetable import allowed_waiting, without_break
from klaver.design.rules.working_time import least_week
from klaver.values import Weekday
from klaver.values.time import DAY
from klaver.work.records import Contact, Legal, Posture

Ints = npt.NDArray[np.int64]
Bits = npt.NDArray[np.bool_]

CLIENTS, MEETS, ALONE, UNPLEASANT, LEARNING, SET_TIME = (1 << k for k in range(6))
"""What a task is, as bits of ``Numbers.marks``."""

POSTURES: dict[Posture | None, int] = {Posture.STANDING: 1, Posture.SITTING: 2, Posture.WALKING: 3}


# What the house's parameters are for the rules that are on (minutes, counts and percents), by place in ``limits``.
L_JOBS, L_WEEK_LOW, L_WEEK_HIGH, L_SEASON_LOW, L_SEASON_HIGH, L_DAY_MAX, L_SHIFT_MIN, L_DAYS_MAX = range(0, 8)
L_REST, L_WAITING, L_UNBROKEN, L_PAUSE, L_NIGHT_START, L_NIGHT_END, L_KINDS, L_FAMILIES = range(8, 16)
L_SHARE, L_POSTURE, L_UNPLEASANT, L_LEARNING, L_SHARED, L_LONELY, L_INSTRUCTORS, L_PLACES = range(16, 24)
L_BLOCK, L_CRUMBS, L_MENTORING, L_PEOPLE, L_STEADY_LOW, L_STEADY_HIGH, L_SWINGS = range(24, 31)

LIMITS = (
    "jobs",
    "week_low",
    "week_high",
    "season_low",
    "season_high",
    "day_max",
    "shift_min",
    "days_max",
    "rest",
    "waiting",
    "unbroken",
    "pause",
    "night_start",
    "night_end",
    "kinds",
    "families",
    "share",
    "posture",
    "unpleasant",
    "learning",
    "shared",
    "lonely",
    "instructors",
    "places",
    "block",
    "crumbs",
    "mentoring",
    "people",
    "steady_low",
    "steady_high",
    "swings",
)

# The columns of ``Numbers.cls``, one row per class.
WEEKDAY, WORK, TIMES, TOTAL, OPENS, CLOSES, PLACE, TASK = range(8)
FAMILY, POSTURE_OF, MARKS, GIVER, GAIN, NEVER, WANTED = range(8, 15)

TOG, ROLE, GROUP = range(3)
"""The columns of ``per_class``: where the lists of a class begin."""

OF, APART_FROM, AFTER, NEAR_TO = range(4)
"""The columns of ``per_task``: its classes, tasks it may not meet, tasks that come after it, tasks close to it."""

CLOSE = 80
"""Tasks that are close to one: in its place, or with the same role that gives the orders."""


class Numbers(NamedTuple):
    """The arrays; C classes, T tasks, P places and one for "nowhere", R roles, G groups, W words of profiles.

    A list per class or task runs from its own number in ``per_class`` or ``per_task`` to that of the next row.
    ``role`` rows are (role, hundredths of minutes lost, those of recovery, burden), ``group`` rows (group, hundredths
    of minutes freed), ``role_caps`` rows the most of hours, recovery and burden, ``volume`` a row per season;
    ``steady`` (seasons, 3, T) the hundredths of minutes of an occurrence, by how many it may fall short and run over.
    ``holder`` says for whom each job is made, ``barred`` (holders, T) which tasks are never theirs.
    """

    limits: Ints
    cls: Ints
    per_class: Ints
    tog: Ints
    role: Ints
    group: Ints
    volume: Ints
    steady: Ints
    per_task: Ints
    of: Ints
    apart: Ints
    after: Ints
    near: Ints
    doors: npt.NDArray[np.uint64]
    walks: Ints
    role_caps: Ints
    group_role: Ints
    most: Ints
    hours: Ints
    barred: Ints
    holder: Ints


def numbers(problem: Problem) -> Numbers:
    """Return the arrays of a problem; rules that are set aside bind nothing."""
    classes, tasks = problem.classes, sorted(problem.by_task)
    task_at = {t: n for n, t in enumerate(tasks)}
    families = {f: n for n, f in enumerate(sorted({c.task.family for c in classes}))}
    givers = {r: n for n, r in enumerate(sorted({c.task.instructs for c in classes if c.task.instructs}))}
    wanted = _wanted(problem)
    places: list[str | None] = [*(p.id for p in problem.workplace.places), None]
    place_at = {p: n for n, p in enumerate(places)}
    seen = People(problem, tasks)
    roles = Roles(problem)
    groups = Groups(problem)
    nowhere = len(places) - 1
    rows = [
        (
            *(c.day, c.work, c.times, c.total, *_window(problem, c), place_at.get(c.task.place, nowhere)),
            *(task_at[c.task.id], families[c.task.family], POSTURES.get(c.task.posture, 0), _marks(problem, c)),
            *(-1 if c.task.instructs is None else givers[c.task.instructs], _gain(problem, c)),
            *(_never(problem, c, seen.barred[:, task_at[c.task.id]]), wanted[c.index]),
        )
        for c in classes
    ]
    together = [[(i,) for i in _together(problem, c)] for c in classes]
    own = [[(c.index,) for c in problem.by_task[t]] for t in tasks]
    apart, after = _apart(problem, task_at), _after(problem, task_at)
    near = _near(problem, task_at)
    return Numbers(
        limits=_limits(problem),
        cls=np.array(rows, np.int64).reshape(len(rows), 15),
        per_class=_starts(together, roles.terms, groups.terms),
        tog=_listed(together, 1)[:, 0],
        role=_listed(roles.terms, 4),
        group=_listed(groups.terms, 2),
        volume=_volume(problem),
        steady=_steady(problem, tasks),
        per_task=_starts(own, apart, after, near),
        of=_listed(own, 1)[:, 0],
        apart=_listed(apart, 1)[:, 0],
        after=_listed(after, 1)[:, 0],
        near=_listed(near, 1)[:, 0],
        doors=seen.words,
        walks=_walks(problem, places),
        role_caps=roles.caps,
        group_role=np.array(groups.role, np.int64),
        most=seen.most,
        hours=seen.hours,
        barred=seen.barred.astype(np.int64),
        holder=seen.holder,
    )


def _starts(*several: Sequence[Sequence[object]]) -> Ints:
    """Return a column per kind of list: where each list begins, and at the end the total."""
    return np.array([np.cumsum([0, *map(len, lists)]) for lists in several], np.int64).T.copy()


def _listed(lists: Sequence[Sequence[tuple[int, ...]]], width: int) -> Ints:
    return np.array([row for one in lists for row in one], np.int64).reshape(-1, width).copy()


def _gain(problem: Problem, found: Class) -> int:
    return net_coefficient(problem, found.given, found.task, SETTLED) - handover_coefficient(problem, found.task)


def _limits(problem: Problem) -> Ints:
    p = problem
    law = "working_time"
    hours = not p.skips("hours")
    low, high = p.week if hours else (0, NO_LIMIT)
    if _binds(p, law, "third_of_full_time"):
        low = max(low, least_week(p))
    seasons = not p.skips("volumes")
    season_low, season_high = volumes.limits(p) if seasons else (0, NO_LIMIT)
    steady_low, steady_high = volumes.limits(p)
    many = {"variety": ("kinds_min", "families_min"), "learning": ("learning_min",), "company": ("shared_min",)}
    least = {name: 0 if p.skips(rule) else p[name] for rule, names in many.items() for name in names}
    parts = {"variety": "share_max", "postures": "posture_max", "unpleasant": "unpleasant_max", "blocks": "crumbs_max"}
    percent = {name: 100 if p.skips(rule) else p[name] for rule, name in parts.items()}
    around = not p.skips("people_places")
    values = {
        "jobs": p.jobs,
        "week_low": low,
        "week_high": high,
        "season_low": season_low,
        "season_high": season_high,
        "day_max": p.day_max if hours else DAY,
        "shift_min": p["shift_min"] if _binds(p, law, "shift_min") else 0,
        "days_max": p["days_max"] if _binds(p, law, "days_max") else 7,
        "rest": p["rest_day"] if _binds(p, law, "rest_day") else 0,
        "waiting": allowed_waiting(p),
        "unbroken": without_break(p),
        "pause": p["break_minutes"],
        "night_start": p["night_start"] if _binds(p, law, "night_start") else 2 * DAY,
        "night_end": p["night_end"] if _binds(p, law, "night_start") else 0,
        "kinds": least["kinds_min"],
        "families": least["families_min"],
        "share": percent["share_max"],
        "posture": percent["posture_max"],
        "unpleasant": percent["unpleasant_max"],
        "learning": least["learning_min"],
        "shared": least["shared_min"],
        "lonely": int(not p.skips("company")),
        "instructors": p["instructors_max"] if around else NO_LIMIT,
        "places": p["places_day_max"] if around else NO_LIMIT,
        "block": p["block"] * 100,
        "crumbs": percent["crumbs_max"],
        "mentoring": 100 * p[f"mentoring_{SETTLED}"] if p.mentor_is_short() else 0,
        "people": len(p.profiles),
        "steady_low": steady_low,
        "steady_high": steady_high,
        "swings": 0 if p.skips("steady") else steady.swinging(p),
    }
    return np.array([values[name] for name in LIMITS], np.int64)


def _binds(problem: Problem, rule: str, name: str) -> bool:
    return not problem.skips(rule) and problem.holds(name)


def _window(problem: Problem, found: Class) -> tuple[int, int]:
    """Return the window, within the hours in which any shift may lie."""
    if not _binds(problem, "working_time", "night_start"):
        return found.window.start, found.window.end
    return max(found.window.start, problem["night_end"]), min(found.window.end, problem["night_start"])


def _marks(problem: Problem, found: Class) -> int:
    task = found.task
    marks = (
        (CLIENTS, task.contact is Contact.CLIENTS),
        (MEETS, meets(problem, task.id)),
        (ALONE, bool(task.alone)),
        (UNPLEASANT, bool(task.unpleasant)),
        (LEARNING, bool(task.learning)),
        (SET_TIME, set_time(problem, task.id)),
    )
    return sum(bit for bit, is_so in marks if is_so)


def _never(problem: Problem, found: Class, barred: Bits) -> int:
    """Return 1 when no job may take a class, 2 when it must be shared, else 0; ``barred`` says it per holder."""
    first, last = _window(problem, found)
    if first + found.total > last:
        return 1
    if not problem.skips("people_places") and not may_instruct(problem, found.task):
        return 1
    if found.day is Weekday.SUNDAY and not problem["sunday"] and _binds(problem, "working_time", "sunday"):
        return 1
    if len(barred) and barred.all():
        return 1
    if not problem.skips("links") and _torn(problem, found):
        return 1
    return 2 if found.task.legal is Legal.SUPERVISED and not problem.skips("reserved") else 0


def _partners(problem: Problem, found: Class) -> Iterable[str]:
    for link in problem.workplace.links:
        if link.kind == "together" and found.task.id in (link.first, link.second):
            yield link.second if link.first == found.task.id else link.first


def _torn(problem: Problem, found: Class) -> bool:
    """Tell whether a partner is done that day by somebody else whatever happens."""
    for other in _partners(problem, found):
        times = problem.tasks[other].times
        if (other, found.day) not in problem.by_key and (times is None or times[found.day] > 0):
            return True
    return False


def _together(problem: Problem, found: Class) -> list[int]:
    if problem.skips("links"):
        return []
    others = (problem.by_key.get((other, found.day)) for other in _partners(problem, found))
    return [o.index for o in others if o is not None]


def _apart(problem: Problem, task_at: dict[str, int]) -> list[list[tuple[int]]]:
    made: list[list[tuple[int]]] = [[] for _ in task_at]
    for link in problem.workplace.links:
        if link.kind == "apart" and not problem.skips("links") and {link.first, link.second} <= task_at.keys():
            made[task_at[link.first]].append((task_at[link.second],))
            made[task_at[link.second]].append((task_at[link.first],))
    return made


def _after(problem: Problem, task_at: dict[str, int]) -> list[list[tuple[int]]]:
    made: list[list[tuple[int]]] = [[] for _ in task_at]
    for order in problem.workplace.orders:
        if {order.before, order.after} <= task_at.keys():
            made[task_at[order.before]].append((task_at[order.after],))
    return made


def _near(problem: Problem, task_at: dict[str, int]) -> list[list[tuple[int]]]:
    """Return per task the tasks close to it; of many, a spread of them."""
    sides: dict[tuple[str, str | None], list[int]] = {}
    for task, n in task_at.items():
        for side in (("place", problem.tasks[task].place), ("giver", problem.tasks[task].instructs)):
            sides.setdefault(side, []).append(n)
    made: list[list[tuple[int]]] = []
    for task, n in task_at.items():
        found = problem.tasks[task]
        close = {*sides["place", found.place], *(sides["giver", found.instructs] if found.instructs else ())} - {n}
        several = sorted(close)
        step = max(1, -(-len(several) // CLOSE))
        made.append([(m,) for m in several[n % step :: step]])
    return made


def _wanted(problem: Problem) -> list[int]:
    """Return per class what was asked: 1 into a job, 2 into a job and done alone, -1 not into a job, 0 nothing."""
    made = [0] * len(problem.classes)
    if problem.skips("pins"):
        return made
    for pin in problem.wishes.pins:
        for day in pinned_days(problem, pin):
            found = problem.by_key.get((pin.task, day))
            if found is not None:
                made[found.index] = {"into": 1, "alone": 2, "out": -1}[pin.kind]
    return made


def _volume(problem: Problem) -> Ints:
    """Return per season the hundredths of minutes of each class."""
    seasons = [s for s in problem.workplace.scenarios if not volumes.closed(problem, s)]
    rows = [[s.percent(c.task) * c.total for c in problem.classes] for s in seasons if not problem.skips("volumes")]
    return np.array(rows, np.int64).reshape(len(rows), len(problem.classes))


def _steady(problem: Problem, tasks: Sequence[str]) -> Ints:
    several = steady.seasons(problem) if steady.swinging(problem) and not problem.skips("steady") else ()
    made = np.zeros((len(several), 3, len(tasks)), np.int64)
    for row, season in enumerate(several):
        for n, ident in enumerate(tasks):
            task, found = problem.tasks[ident], problem.by_task[ident][0]
            weight = steady.percent(season, task)
            made[row, :, n] = [weight * minutes for minutes in (found.work, *steady.swing(problem, task))]
    return made


def _walks(problem: Problem, places: Sequence[str | None]) -> Ints:
    return np.array([[problem.walk(a, b) for b in places] for a in places], np.int64)
