"""What the rules ask of the hours of one day, each as limits on a timetable; and which breach tells that it is not so.

Most rules do not look at the clock: whether they are broken follows from who does what. The few that do are listed
here, one bound each, so that it can be asked of every bound on its own, and of several, whether any timetable keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from klaver.design.facts import work_of
from klaver.design.problem import Problem
from klaver.design.records import Breach, Job, Shift
from klaver.design.rules.timetable import allowed_waiting
from klaver.design.rules.working_time import least_week
from klaver.design.solve.day import NO_LIMITS, ORDER_FACTS, Limits, order_limits
from klaver.people.records import Profile
from klaver.scale.composed import limit_of
from klaver.values import Weekday
from klaver.values.time import DAY
from klaver.work.records import Posture

Key = tuple[str, str | None, Weekday | None, str]
"""Which thing is asked: the code of its breach, job and day, and what else tells it from others of that code."""

FIGURES = frozenset({"found", "limit", "before", "after", "name", "barriers"})
"""Values of a breach that say how much, not which."""

TIMETABLE = frozenset(
    f"rule.{code}"
    for code in (
        *("outside_window", "outside_shift", "overlap", "order", "pause_length", "pause_outside", "pause_worked"),
        *("no_break", "waiting"),
    )
)
"""The breaches of a day that cannot be done as it is written."""

DAY_DIMENSIONS = frozenset(ORDER_FACTS.values()) | {31}
BARRIERS = frozenset({"week", "day", "hours", "day_parts", *map(str, DAY_DIMENSIONS)})
"""What of a named profile depends on the clock."""

SUMS = {23: ("stand_day", Posture.STANDING), 24: ("sit_day", Posture.SITTING), 25: ("walk_day", Posture.WALKING)}


@dataclass(frozen=True)
class Bound:
    """One thing asked of the hours of a day; ``hopeless`` when the tasks alone break it, whatever the hours."""

    key: Key
    limits: Limits = NO_LIMITS
    hopeless: bool = False


def keys(breach: Breach) -> tuple[Key, ...]:
    """Return what a breach breaks; a shut door breaks one thing per barrier."""
    which = ",".join(f"{k}={v}" for k, v in sorted(breach.values.items()) if k not in FIGURES)
    if "barriers" in breach.values:
        parts = str(breach.values["barriers"]).split(", ")
        return tuple((breach.code, breach.job, breach.day, f"{which}/{part}") for part in parts)
    return ((breach.code, breach.job, breach.day, which),)


def of_the_clock(breach: Breach, day: Weekday) -> bool:
    """Tell whether a breach depends on the hours of a day, so that another timetable may be without it."""
    if breach.code in TIMETABLE:
        return breach.day is day
    if breach.code in ("rule.week_short", "rule.week_long", "rule.third_of_full_time"):
        return True
    if breach.code == "rule.rest_day":
        return breach.day in (day, Weekday((day - 1) % 7))
    return breach.code in ("rule.day_long", "rule.shift_min", "rule.night_start") and breach.day is day


def split(breach: Breach, day: Weekday) -> Iterator[Breach]:
    """Yield what of a breach stays whatever the hours of a day: of a shut door some barriers, of others all or none."""
    if "barriers" in breach.values:
        kept = [b for b in str(breach.values["barriers"]).split(", ") if b not in BARRIERS]
        if kept:
            yield breach.model_copy(update={"values": {**breach.values, "barriers": ", ".join(kept)}})
    elif not of_the_clock(breach, day):
        yield breach


def bounds(problem: Problem, number: int, job: Job, shift: Shift) -> tuple[Bound, ...]:
    """Return everything asked of the hours of a day of a job; its other days stay as they are.

    ``number`` is the place of the job; ``shift`` holds the tasks of the day, with any hours.
    """
    day = shift.day
    others = [s for s in job.shifts if s.day is not day]
    week = sum(s.paid for s in others)
    made: list[Bound] = []
    if not problem.skips("hours"):
        low, high = problem.week
        made.append(Bound(("rule.day_long", job.id, day, ""), _limit("paid", problem.day_max)))
        made.append(Bound(("rule.week_long", job.id, None, ""), _limit("paid", high - week)))
        made.append(Bound(("rule.week_short", job.id, None, ""), _limit("least", week - low)))
    if not problem.skips("working_time"):
        made += _law(problem, job, day, week)
    holder = problem.holder(number)
    if holder is not None and not problem.skips("ceilings"):
        made += _of_person(problem, holder, job, shift, week)
    return tuple(made)


def waiting(problem: Problem) -> Limits:
    """Return the limit on waiting and walking, which the house asks of every day."""
    return _limit("waiting", allowed_waiting(problem))


def _limit(fact: str, limit: int) -> Limits:
    return frozenset({(fact, limit)})


def _law(problem: Problem, job: Job, day: Weekday, week: int) -> Iterator[Bound]:
    if problem.holds("third_of_full_time"):
        yield Bound(("rule.third_of_full_time", job.id, None, ""), _limit("least", week - least_week(problem)))
    if problem.holds("shift_min"):
        yield Bound(("rule.shift_min", job.id, day, ""), _limit("least", -problem["shift_min"]))
    if problem.holds("night_start"):
        night = frozenset({("starts", -problem["night_end"]), ("ends", problem["night_start"])})
        yield Bound(("rule.night_start", job.id, day, ""), night)
    if problem.holds("rest_day"):
        known = {s.day: s for s in job.shifts if s.day is not day}
        before, after = known.get(Weekday((day - 1) % 7)), known.get(Weekday((day + 1) % 7))
        if before is not None:
            earliest = before.end + problem["rest_day"] - DAY
            yield Bound(("rule.rest_day", job.id, before.day, ""), _limit("starts", -earliest))
        if after is not None:
            latest = after.start + DAY - problem["rest_day"]
            yield Bound(("rule.rest_day", job.id, day, ""), _limit("ends", latest))


def _of_person(problem: Problem, person: Profile, job: Job, shift: Shift, week: int) -> Iterator[Bound]:
    def key(barrier: str | int) -> Key:
        return ("rule.ceiling", job.id, None, f"profile={person.id}/{barrier}")

    has = problem.limits[person.id]
    order = dict(order_limits(person, has, shift.day))
    low = [] if person.week_min is None else [("least", week - person.week_min)]
    high = [] if person.week_max is None else [("paid", person.week_max - week)]
    if low or high:
        yield Bound(key("week"), frozenset([*low, *high]))
    if person.day_max is not None:
        yield Bound(key("day"), _limit("paid", person.day_max))
    known = frozenset((fact, order[fact]) for fact in ("starts", "ends") if fact in order)
    if known:
        yield Bound(key("hours"), known)
    parts = frozenset((fact, limit) for fact, limit in order.items() if fact.startswith("out_"))
    if parts:
        yield Bound(key("day_parts"), parts)
    for fact, number in ORDER_FACTS.items():
        if fact in order:
            yield Bound(key(number), _limit(fact, order[fact]), _too_much(problem, shift, number, has[number]))
    most = limit_of("work_day", has[31]) if 31 in has else None
    if most is not None:
        yield Bound(key(31), _limit("paid", most))


def _too_much(problem: Problem, shift: Shift, number: int, level: int) -> bool:
    """Tell whether a day holds more of a posture than somebody can, in whatever order."""
    if number not in SUMS:
        return False
    fact, posture = SUMS[number]
    most = limit_of(fact, level)
    return most is not None and work_of(e for e in shift.entries if problem.tasks[e.task].posture is posture) > most


def together(several: Iterable[Bound]) -> Limits:
    """Return the limits of several bounds as one set."""
    return frozenset().union(*(b.limits for b in several))
