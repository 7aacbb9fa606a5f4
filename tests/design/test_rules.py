"""Every rule, on both sides of its limit, by hand."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from random import Random

import pytest
from tests.design.cases import DAILY, MONDAY, asked, entry, job, shift, task, window, workplace

from klaver.design.check import breaches, broken
from klaver.design.problem import Problem
from klaver.design.records import Breach, Job, Pause
from klaver.design.rules import links
from klaver.values import Range, Weekday
from klaver.work.records import Agreement, Link, Order, Pin, Role, Scenario, Share, Task, Wishes

MON, TUE, SUN = Weekday.MONDAY, Weekday.TUESDAY, Weekday.SUNDAY
Case = tuple[Problem, tuple[Job, ...], tuple[Job, ...], Breach]


def told(rule: str, code: str, *, job: str | None = "job-1", day: Weekday | None = None, **values: str | int) -> Breach:
    """Return the breach that a rule should tell, to the last value."""
    return Breach(rule=rule, code=f"rule.{code}", values=values, job=job, day=day)


def _wishes(**fields: object) -> Wishes:
    return Wishes.model_validate({"jobs": 1, "week_min": 0, "week_max": 6000, "day_max": 900} | fields, strict=False)


def supervised() -> Case:
    """Supervised work only together."""
    p = asked(workplace(task("A", 60, MONDAY, legal="supervised")))
    good, bad = entry("A", "08:00", 60, shared=True), entry("A", "08:00", 60)
    return (
        p,
        (job(shift(good)),),
        (job(shift(bad)),),
        told("reserved", "supervised_alone", day=MON, task="A", name="task A"),
    )


def reserved() -> Case:
    """Reserved work never."""
    p = asked(workplace(task("A", 60, MONDAY), task("R", 60, MONDAY, legal="reserved")))
    a = entry("A", "08:00", 60)
    return (
        p,
        (job(shift(a)),),
        (job(shift(a, entry("R", "10:00", 60))),),
        told("reserved", "legal_reserved", task="R", name="task R"),
    )


def legal_unknown() -> Case:
    """Work of unknown status never."""
    p = asked(workplace(task("A", 60, MONDAY), task("R", 60, MONDAY, legal="unknown")))
    a = entry("A", "08:00", 60)
    return (
        p,
        (job(shift(a)),),
        (job(shift(a, entry("R", "10:00", 60))),),
        told("reserved", "legal_unknown", task="R", name="task R"),
    )


def occurrences() -> Case:
    """A class moves with all its occurrences."""
    p = asked(workplace(task("A", 30, (2, 0, 0, 0, 0, 0, 0))))
    one, two = entry("A", "08:00", 30), entry("A", "09:00", 30)
    return (
        p,
        (job(shift(one, two)),),
        (job(shift(one)),),
        told("whole", "occurrences", day=MON, task="A", asked=2, found=1),
    )


def two_jobs() -> Case:
    """One class, one job."""
    p = asked(workplace(task("A", 30, MONDAY), task("B", 30, MONDAY)), _wishes(jobs=2))
    a, b = shift(entry("A", "08:00", 30)), shift(entry("B", "08:00", 30))
    twice = (job(a), job(shift(entry("A", "10:00", 30)), ident="job-2"))
    return p, (job(a), job(b, ident="job-2")), twice, told("whole", "two_jobs", job=None, day=MON, task="A")


def wrong_length() -> Case:
    """A task takes the new worker's minutes."""
    p = asked(workplace(task("A", 30, MONDAY)), None, tempo=130)
    return (
        p,
        (job(shift(entry("A", "08:00", 39))),),
        (job(shift(entry("A", "08:00", 38))),),
        told("whole", "wrong_length", day=MON, task="A", asked=39),
    )


def job_count() -> Case:
    """As many jobs as asked."""
    p = asked(workplace(task("A", 30, MONDAY), task("B", 30, MONDAY)))
    a, b = job(shift(entry("A", "08:00", 30))), job(shift(entry("B", "08:00", 30)), ident="job-2")
    return p, (a,), (a, b), told("whole", "job_count", job=None, asked=1, found=2)


def half_shared() -> Case:
    """A class is shared as a whole."""
    p = asked(workplace(task("A", 30, (2, 0, 0, 0, 0, 0, 0))))
    one = entry("A", "08:00", 30, shared=True)
    good, bad = entry("A", "09:00", 30, shared=True), entry("A", "09:00", 30)
    return p, (job(shift(one, good)),), (job(shift(one, bad)),), told("whole", "half_shared", day=MON, task="A")


def week_short() -> Case:
    """The week has at least the hours asked."""
    p = asked(workplace(task("A", 60, MONDAY), task("B", 59, MONDAY)), _wishes(week_min=60, week_max=60))
    return (
        p,
        (job(shift(entry("A", "08:00", 60))),),
        (job(shift(entry("B", "08:00", 59))),),
        told("hours", "week_short", found=59, limit=60),
    )


def week_long() -> Case:
    """The week has at most the hours asked."""
    p = asked(workplace(task("A", 60, MONDAY), task("B", 61, MONDAY)), _wishes(week_max=60))
    return (
        p,
        (job(shift(entry("A", "08:00", 60))),),
        (job(shift(entry("B", "08:00", 61))),),
        told("hours", "week_long", found=61, limit=60),
    )


def day_long() -> Case:
    """The day has at most the hours asked."""
    p = asked(workplace(task("A", 60, MONDAY), task("B", 61, MONDAY)), _wishes(day_max=60))
    return (
        p,
        (job(shift(entry("A", "08:00", 60))),),
        (job(shift(entry("B", "08:00", 61))),),
        told("hours", "day_long", day=MON, found=61, limit=60),
    )


def day_asked() -> Case:
    """Only the weekdays asked."""
    p = asked(workplace(task("A", 60, DAILY)), _wishes(days=(1,)))
    a = entry("A", "08:00", 60)
    return p, (job(shift(a, day=TUE)),), (job(shift(a)),), told("hours", "day_not_asked", day=MON)


def shift_min() -> Case:
    """A work period has its least minutes."""
    p = asked(workplace(task("A", 180, MONDAY), task("B", 179, MONDAY)), None, shift_min=180)
    return (
        p,
        (job(shift(entry("A", "08:00", 180))),),
        (job(shift(entry("B", "08:00", 179))),),
        told("working_time", "shift_min", day=MON, found=179, limit=180),
    )


def third() -> Case:
    """A week has a third of full time: 33 % of 2280 is 752.4, rounded up."""
    tasks = (task("A", 753, MONDAY, window=window("06:00", "20:00")), task("B", 752, MONDAY))
    p = asked(workplace(*tasks), None, third_of_full_time=33, work_before_break=900)
    return (
        p,
        (job(shift(entry("A", "07:00", 753))),),
        (job(shift(entry("B", "07:00", 752))),),
        told("working_time", "third_of_full_time", found=752, limit=753),
    )


def days_max() -> Case:
    """No more working days than allowed."""
    p = asked(workplace(task("A", 60, DAILY)), None, days_max=1)
    one, two = shift(entry("A", "08:00", 60)), shift(entry("A", "08:00", 60), day=TUE)
    return p, (job(one),), (job(one, two),), told("working_time", "days_max", found=2, limit=1)


def rest_day() -> Case:
    """Eleven hours between two days."""
    tasks = (task("A", 60, DAILY, window=window("06:00", "22:00")),)
    p = asked(workplace(*tasks), None, rest_day=660)
    late, early = shift(entry("A", "19:00", 60)), entry("A", "07:00", 60)
    too_early = entry("A", "06:59", 60)
    return (
        p,
        (job(late, shift(early, day=TUE)),),
        (job(late, shift(too_early, day=TUE)),),
        told("working_time", "rest_day", day=MON, found=659, limit=660),
    )


def night() -> Case:
    """The night is free."""
    p = asked(workplace(task("A", 60, MONDAY, window=window("06:00", "22:00"))), None, night_start=1200)
    return (
        p,
        (job(shift(entry("A", "19:00", 60))),),
        (job(shift(entry("A", "19:01", 60))),),
        told("working_time", "night_start", day=MON),
    )


def sunday() -> Case:
    """Sunday is free unless the house may work then."""
    p = asked(workplace(task("A", 60, DAILY)), None, sunday=0)
    a = entry("A", "08:00", 60)
    return p, (job(shift(a)),), (job(shift(a, day=Weekday.SUNDAY)),), told("working_time", "sunday", day=SUN)


def outside_window() -> Case:
    """A task lies in its window."""
    p = asked(workplace(task("A", 60, MONDAY, window=window("09:00", "10:30"))))
    return (
        p,
        (job(shift(entry("A", "09:30", 60))),),
        (job(shift(entry("A", "09:31", 60))),),
        told("timetable", "outside_window", day=MON, task="A"),
    )


def walking() -> Case:
    """One thing at a time, with the walk between two places (3 minutes)."""
    p = asked(workplace(task("A", 60, MONDAY), task("B", 60, MONDAY, place="store")))
    a = entry("A", "08:00", 60)
    good, bad = entry("B", "09:03", 60), entry("B", "09:02", 60)
    return (
        p,
        (job(shift(a, good)),),
        (job(shift(a, bad)),),
        told("timetable", "overlap", day=MON, first="A", second="B", walk=3),
    )


def order() -> Case:
    """What comes first is done before what follows starts."""
    tasks = (task("A", 60, MONDAY), task("B", 60, MONDAY))
    p = asked(workplace(*tasks, orders=(Order(before="A", after="B"),)))
    good = job(shift(entry("A", "08:00", 60), entry("B", "09:00", 60)))
    return (
        p,
        (good,),
        (job(shift(entry("B", "08:00", 60), entry("A", "09:00", 60))),),
        told("timetable", "order", day=MON, before="A", after="B"),
    )


def waiting() -> Case:
    """Little waiting on a day."""
    p = asked(workplace(task("A", 60, MONDAY), task("B", 60, MONDAY)), None, idle_day=30)
    a = entry("A", "08:00", 60)
    return (
        p,
        (job(shift(a, entry("B", "09:30", 60))),),
        (job(shift(a, entry("B", "09:31", 60))),),
        told("timetable", "waiting", day=MON, found=31, limit=30),
    )


def no_break() -> Case:
    """A break after six hours."""
    p = asked(workplace(task("A", 360, MONDAY), task("B", 60, MONDAY)), None, work_before_break=360)
    a, b = entry("A", "08:00", 360), entry("B", "14:30", 60)
    return (
        p,
        (job(shift(a, b, pause=("14:00", 30))),),
        (job(shift(a, b)),),
        told("timetable", "no_break", day=MON, limit=360, minutes=30),
    )


def pause_worked() -> Case:
    """A break is free of work."""
    p = asked(workplace(task("A", 60, MONDAY), task("B", 60, MONDAY)))
    a, b = entry("A", "08:00", 60), entry("B", "09:30", 60)
    return (
        p,
        (job(shift(a, b, pause=("09:00", 30))),),
        (job(shift(a, b, pause=("08:45", 30))),),
        told("timetable", "pause_worked", day=MON),
    )


def pause_outside() -> Case:
    """A break lies inside the day."""
    p = asked(workplace(task("A", 60, MONDAY), task("B", 60, MONDAY)))
    a, b = entry("A", "08:00", 60), entry("B", "09:30", 60)
    return p, (job(shift(a, b)),), (job(shift(a, b, pause=("10:30", 30))),), told("timetable", "pause_outside", day=MON)


def pause_length() -> Case:
    """A break has its length: a longer one would be waiting that nobody pays."""
    p = asked(workplace(task("A", 60, MONDAY), task("B", 60, MONDAY)))
    a, b = entry("A", "08:00", 60), entry("B", "09:31", 60)
    return (
        p,
        (job(shift(a, b, pause=("09:00", 30))),),
        (job(shift(a, b, pause=("09:00", 31))),),
        told("timetable", "pause_length", day=MON, minutes=30),
    )


def two_breaks() -> Case:
    """One break a day."""
    p = asked(workplace(task("A", 60, MONDAY), task("B", 60, MONDAY)))
    one = shift(entry("A", "08:00", 60), entry("B", "10:00", 60), pause=("09:00", 30))
    two = one.model_copy(update={"pauses": (*one.pauses, Pause(start=570, end=600))})
    return p, (job(one),), (job(two),), told("timetable", "pause_length", day=MON, minutes=30)


def outside_shift() -> Case:
    """The work of a day lies between its start and its end."""
    p = asked(workplace(task("A", 60, MONDAY)))
    whole = shift(entry("A", "08:00", 60))
    return (
        p,
        (job(whole),),
        (job(whole.model_copy(update={"end": whole.end - 1})),),
        told("timetable", "outside_shift", day=MON, task="A"),
    )


def unknown_task() -> Case:
    """What the analysis does not know is not done."""
    p = asked(workplace(task("A", 60, MONDAY)))
    a, strange = entry("A", "08:00", 60), entry("X", "10:00", 60)
    return p, (job(shift(a)),), (job(shift(a, strange)),), told("reserved", "unknown_task", task="X")


def shifts_mixed() -> Case:
    """A job has one shift a day, in the order of the week."""
    p = asked(workplace(task("A", 60, DAILY)))
    one, two = shift(entry("A", "08:00", 60)), shift(entry("A", "08:00", 60), day=TUE)
    return p, (job(one, two),), (job(two, one),), told("whole", "shifts_mixed")


def empty_shift() -> Case:
    """A day without work is no working day."""
    p = asked(workplace(task("A", 60, DAILY)))
    one, two = shift(entry("A", "08:00", 60)), shift(entry("A", "08:00", 60), day=TUE)
    empty = two.model_copy(update={"entries": ()})
    return p, (job(one, two),), (job(one, empty),), told("whole", "empty_shift", day=TUE)


def together() -> Case:
    """Together on every day on which both are done."""
    tasks = (task("A", 60, DAILY), task("B", 60, MONDAY))
    p = asked(workplace(*tasks, links=(Link(kind="together", first="A", second="B"),)))
    a, b = entry("A", "08:00", 60), entry("B", "09:00", 60)
    return (
        p,
        (job(shift(a, b), shift(a, day=TUE)),),
        (job(shift(a)),),
        told("links", "together", day=MON, first="A", second="B"),
    )


def apart() -> Case:
    """Never in one job, also not on different days."""
    tasks = (task("A", 60, DAILY), task("B", 60, DAILY))
    p = asked(workplace(*tasks, links=(Link(kind="apart", first="A", second="B"),)))
    a, b = entry("A", "08:00", 60), entry("B", "09:00", 60)
    return (
        p,
        (job(shift(a), shift(a, day=TUE)),),
        (job(shift(a), shift(b, day=TUE)),),
        told("links", "apart", first="A", second="B"),
    )


def places() -> Case:
    """Few places a day."""
    p = asked(workplace(task("A", 60, DAILY), task("B", 60, DAILY, place="store")), None, places_day_max=1)
    a, b = entry("A", "08:00", 60), entry("B", "10:00", 60)
    return (
        p,
        (job(shift(a), shift(b, day=TUE)),),
        (job(shift(a, b)),),
        told("people_places", "places", day=MON, found=2, limit=1),
    )


def instructing() -> Case:
    """Few people who give orders."""
    tasks = (task("A", 60, DAILY, instructs="carer"), task("B", 60, DAILY, instructs="cleaner"))
    p = asked(workplace(*tasks), None, instructors_max=1)
    a, b = entry("A", "08:00", 60), entry("B", "10:00", 60)
    return p, (job(shift(a)),), (job(shift(a, b)),), told("people_places", "instructors", found=2, limit=1)


def enclave() -> Case:
    """In an enclave only the partner's own supervisor instructs."""
    roles = (
        Role(id="carer", label="carer", shortage=True, pay_scale="high"),
        Role(id="own", label="own supervisor", shortage=False, pay_scale="high", employer="partner"),
    )
    tasks = (task("A", 60, DAILY, instructs="own"), task("B", 60, DAILY, instructs="carer"))
    p = asked(workplace(*tasks, roles=roles, cooperation="enclave"))
    a, b = entry("A", "08:00", 60), entry("B", "10:00", 60)
    return p, (job(shift(a)),), (job(shift(a, b)),), told("people_places", "may_not_instruct", task="B", role="carer")


def kinds() -> Case:
    """Enough different tasks."""
    p = asked(workplace(task("A", 60, MONDAY), task("B", 60, MONDAY)), None, kinds_min=2)
    a, b = entry("A", "08:00", 60), entry("B", "10:00", 60)
    return p, (job(shift(a, b)),), (job(shift(a)),), told("variety", "kinds", found=1, limit=2)


def families() -> Case:
    """Enough kinds of work."""
    tasks = (task("A", 60, MONDAY), task("B", 60, MONDAY, family="linen"), task("C", 60, MONDAY))
    p = asked(workplace(*tasks), None, families_min=2)
    a = entry("A", "08:00", 60)
    b, c = entry("B", "10:00", 60), entry("C", "10:00", 60)
    return p, (job(shift(a, b)),), (job(shift(a, c)),), told("variety", "families", found=1, limit=2)


def share() -> Case:
    """No task over its share: 40 of 100 minutes is allowed, 41 of 101 is not."""
    tasks = (task("A", 40, MONDAY), task("B", 30, MONDAY), task("C", 30, MONDAY), task("D", 41, MONDAY))
    p = asked(workplace(*tasks), None, share_max=40)
    b, c = entry("B", "10:00", 30), entry("C", "11:00", 30)
    good = job(shift(entry("A", "08:00", 40), b, c))
    return (
        p,
        (good,),
        (job(shift(entry("D", "08:00", 41), b, c)),),
        told("variety", "share", task="D", found=41, limit=40),
    )


def posture() -> Case:
    """No fixed posture over its share."""
    stand = {"posture": "standing"}
    tasks = (task("A", 50, MONDAY, **stand), task("B", 51, MONDAY, **stand), task("C", 50, MONDAY))
    p = asked(workplace(*tasks), None, posture_max=50)
    c = entry("C", "10:00", 50)
    good, bad = entry("A", "08:00", 50), entry("B", "08:00", 51)
    return (
        p,
        (job(shift(good, c)),),
        (job(shift(bad, c)),),
        told("postures", "posture", posture="standing", found=51, limit=50),
    )


def lonely() -> Case:
    """No day without people; a shared task is company too."""
    p = asked(workplace(task("A", 50, MONDAY), task("B", 50, MONDAY)))
    return (
        p,
        (job(shift(entry("A", "08:00", 50, shared=True))),),
        (job(shift(entry("A", "08:00", 50))),),
        told("company", "lonely", day=MON),
    )


def shared() -> Case:
    """Enough done together in a week."""
    p = asked(workplace(task("A", 50, MONDAY, contact="clients")), None, shared_min=1)
    good, bad = entry("A", "08:00", 50, shared=True), entry("A", "08:00", 50)
    return p, (job(shift(good)),), (job(shift(bad)),), told("company", "shared", found=0, limit=1)


def learning() -> Case:
    """A next step in every job."""
    p = asked(workplace(task("A", 50, MONDAY, learning=True), task("B", 50, MONDAY)), None, learning_min=1)
    a, b = entry("A", "08:00", 50), entry("B", "10:00", 50)
    return p, (job(shift(a, b)),), (job(shift(b)),), told("learning", "learning", found=0, limit=1)


def unpleasant() -> Case:
    """Unpleasant work stays a small part: 30 of 100 minutes is allowed, 31 of 101 is not."""
    bad = {"unpleasant": True}
    tasks = (task("A", 30, MONDAY, **bad), task("B", 31, MONDAY, **bad), task("C", 70, MONDAY))
    p = asked(workplace(*tasks), None, unpleasant_max=30)
    c = entry("C", "10:00", 70)
    return (
        p,
        (job(shift(entry("A", "08:00", 30), c)),),
        (job(shift(entry("B", "08:00", 31), c)),),
        told("unpleasant", "unpleasant", found=31, limit=30),
    )


def hollow_hours() -> Case:
    """A role keeps its hours: 35 of 100 minutes may leave, 36 may not."""
    tasks = (task("A", 35, MONDAY), task("B", 36, MONDAY), task("R", 29, MONDAY, legal="reserved"))
    p = asked(workplace(*tasks), None, hollow_hours=36)
    good = job(shift(entry("B", "08:00", 36)))
    both = job(shift(entry("A", "08:00", 35), entry("B", "09:00", 36)))
    return p, (good,), (both,), told("hollowing", "hollow_hours", job=None, role="carer", found=71, limit=36)


def floor() -> Case:
    """A role keeps its staffing norm."""
    roles = (Role(id="carer", label="c", shortage=True, pay_scale="high", hours_week=600, floor_week=540),)
    p = asked(workplace(task("A", 60, MONDAY), task("B", 61, MONDAY), roles=roles))
    return (
        p,
        (job(shift(entry("A", "08:00", 60))),),
        (job(shift(entry("B", "08:00", 61))),),
        told("hollowing", "floor", job=None, role="carer", found=61, limit=60),
    )


def recovery() -> Case:
    """A role keeps half of its moments of recovery."""
    tasks = (task("A", 50, MONDAY, recovery=True), task("B", 51, MONDAY, recovery=True), task("C", 1, MONDAY))
    p = asked(workplace(*tasks, task("D", 1, MONDAY, recovery=True)), None, hollow_recovery=50)
    good = job(shift(entry("A", "08:00", 50)))
    return (
        p,
        (good,),
        (job(shift(entry("A", "08:00", 50), entry("B", "09:00", 51))),),
        told("hollowing", "recovery", job=None, role="carer", limit=50),
    )


def load() -> Case:
    """The work that stays does not get much heavier on average."""
    light, heavy = {"demands": {26: 0}}, {"demands": {26: 3}}
    tasks = (task("A", 10, MONDAY, **light), task("B", 50, MONDAY, **light), task("C", 60, MONDAY, **heavy))
    p = asked(workplace(*tasks), None, hollow_load=120)
    good = job(shift(entry("A", "08:00", 10)))
    return (
        p,
        (good,),
        (job(shift(entry("B", "08:00", 50))),),
        told("hollowing", "load", job=None, role="carer", before=1500, after=2571),
    )


def displacement() -> Case:
    """People paid no more than the new job lose nothing, but for what was agreed."""
    mine = {"doers": (Share(role="cleaner", percent=100),)}
    tasks = (task("A", 60, MONDAY, **mine), task("B", 61, MONDAY, **mine))
    agreed = Agreement(role="cleaner", minutes_week=60, parties="all", date="2026-01-01")
    p = asked(workplace(*tasks, agreements=(agreed,)))
    return (
        p,
        (job(shift(entry("A", "08:00", 60))),),
        (job(shift(entry("B", "08:00", 61))),),
        told("displacement", "displacement", job=None, role="cleaner", found=61, limit=60),
    )


def crumbs() -> Case:
    """Freed time comes in blocks: fifteen minutes is one, fourteen is a crumb."""
    tasks = (task("A", 15, MONDAY), task("B", 14, MONDAY, place="store"))
    p = asked(workplace(*tasks), None, crumbs_max=50)
    return (
        p,
        (job(shift(entry("A", "08:00", 15))),),
        (job(shift(entry("B", "08:00", 14))),),
        told("blocks", "crumbs", job=None, role="carer", found=100, limit=50),
    )


def volume() -> Case:
    """In a busy season the job keeps its hours."""
    busy = Scenario(id="busy", label="busy", weeks=10, families={"linen": 200})
    tasks = (task("A", 60, MONDAY), task("B", 60, MONDAY, family="linen"))
    p = asked(workplace(*tasks, scenarios=(busy,)), _wishes(week_max=100), volume_above=10)
    return (
        p,
        (job(shift(entry("A", "08:00", 60))),),
        (job(shift(entry("B", "08:00", 60))),),
        told("volumes", "volume", scenario="busy", found=120, low=0, high=110),
    )


def _between(found: Task, low: int, high: int) -> Task:
    assert found.minutes is not None
    return found.model_copy(update={"minutes": Range(low=low, likely=found.minutes.likely, high=high)})


def swing() -> Case:
    """When one task takes all the time it may take in a busy season, the job keeps its hours."""
    busy = Scenario(id="busy", label="busy", weeks=10, families={"linen": 200})
    tasks = (
        _between(task("A", 30, MONDAY, family="linen"), 20, 34),
        _between(task("B", 30, MONDAY, family="linen"), 20, 35),
        task("C", 40, MONDAY),
    )
    p = asked(workplace(*tasks, scenarios=(busy,)), _wishes(week_max=108), volume_above=0, steady_tasks=1)
    return (
        p,
        (job(shift(entry("A", "08:00", 30), entry("C", "09:00", 40))),),
        (job(shift(entry("B", "08:00", 30), entry("C", "09:00", 40))),),
        told("steady", "swing", scenario="busy", usual=100, found=110, tasks=1, low=0, high=108),
    )


def swing_usual() -> Case:
    """In a usual week too: what is known to the minute swings by the house's percentage."""
    tasks = (task("A", 50, MONDAY), task("B", 51, MONDAY))
    p = asked(workplace(*tasks), _wishes(week_max=60), volume_above=0, steady_tasks=2, steady_swing=20)
    return (
        p,
        (job(shift(entry("A", "08:00", 50))),),
        (job(shift(entry("B", "08:00", 51))),),
        told("steady", "swing_usual", usual=51, found=62, tasks=2, low=0, high=60),
    )


def pin_into() -> Case:
    """What was asked in, is in."""
    p = asked(workplace(task("A", 60, MONDAY), task("B", 60, MONDAY)), _wishes(pins=(Pin(task="A", kind="into"),)))
    return (
        p,
        (job(shift(entry("A", "08:00", 60))),),
        (job(shift(entry("B", "08:00", 60))),),
        told("pins", "pin_into", job=None, day=MON, task="A"),
    )


def pin_alone() -> Case:
    """What was asked wholly, is not done together."""
    p = asked(workplace(task("A", 60, MONDAY), task("B", 60, MONDAY)), _wishes(pins=(Pin(task="A", kind="alone"),)))
    together = (job(shift(entry("A", "08:00", 60, shared=True))),)
    return (
        p,
        (job(shift(entry("A", "08:00", 60))),),
        together,
        told("pins", "pin_alone", job=None, day=MON, task="A"),
    )


def pin_out() -> Case:
    """What was asked out, is out."""
    p = asked(workplace(task("A", 60, MONDAY), task("B", 60, MONDAY)), _wishes(pins=(Pin(task="B", kind="out"),)))
    return (
        p,
        (job(shift(entry("A", "08:00", 60))),),
        (job(shift(entry("B", "08:00", 60))),),
        told("pins", "pin_out", job=None, day=MON, task="B"),
    )


CASES: tuple[Callable[[], Case], ...] = (
    supervised,
    reserved,
    legal_unknown,
    occurrences,
    two_jobs,
    wrong_length,
    job_count,
    half_shared,
    week_short,
    week_long,
    day_long,
    day_asked,
    shift_min,
    third,
    days_max,
    rest_day,
    night,
    sunday,
    outside_window,
    walking,
    order,
    waiting,
    no_break,
    pause_worked,
    pause_outside,
    pause_length,
    two_breaks,
    outside_shift,
    unknown_task,
    shifts_mixed,
    empty_shift,
    together,
    apart,
    places,
    instructing,
    enclave,
    kinds,
    families,
    share,
    posture,
    lonely,
    shared,
    learning,
    unpleasant,
    hollow_hours,
    floor,
    recovery,
    load,
    displacement,
    crumbs,
    volume,
    swing,
    swing_usual,
    pin_into,
    pin_alone,
    pin_out,
)

LONELY = "rule.lonely"


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.__name__)
def test_a_rule_is_silent_on_the_good_side_and_speaks_on_the_bad_side(case: Callable[[], Case]) -> None:
    problem, good, bad, breach = case()
    quiet = {b.code for b in broken(problem, good)} - ({LONELY} if breach.code != LONELY else set())
    assert quiet == set()
    assert breach in broken(problem, bad)


def test_a_task_that_does_not_exist_is_told_and_nothing_else_is_judged() -> None:
    problem = asked(workplace(task("A", 60, MONDAY)))
    found = breaches(problem, (job(shift(entry("X", "08:00", 60))),))
    assert [b.code for b in found] == ["rule.unknown_task"]


def test_every_task_that_may_not_be_there_is_told_once_also_behind_one_that_does_not_exist() -> None:
    problem = asked(workplace(task("R", 60, DAILY, legal="reserved")))
    both = (entry("X", "08:00", 60), entry("R", "10:00", 60))
    found = breaches(problem, (job(shift(*both), shift(*both, day=TUE)),))
    assert [b.code for b in found] == ["rule.unknown_task", "rule.legal_reserved"]


def test_a_task_asked_in_that_is_never_done_is_a_wish_that_cannot_be_kept() -> None:
    never = task("N", 60, (0, 0, 0, 0, 0, 0, 0))
    problem = asked(workplace(task("A", 60, MONDAY), never), _wishes(pins=(Pin(task="N", kind="into"),)))
    assert told("pins", "pin_into", job=None, task="N") in broken(problem, (job(shift(entry("A", "08:00", 60))),))


def test_a_rule_of_law_is_a_warning_until_the_house_confirms_it() -> None:
    place = workplace(task("A", 60, MONDAY, contact="clients"))
    problem = asked(place, None, shift_min=180)
    jobs = (job(shift(entry("A", "08:00", 60))),)
    assert [b.code for b in broken(problem, jobs)] == ["rule.shift_min"]
    doubted = problem.parameters.get("shift_min").model_copy(update={"confirmed": False})
    from dataclasses import replace

    unsure = replace(problem, parameters=problem.parameters.with_values([doubted]))
    assert broken(unsure, jobs) == ()
    assert [b.code for b in breaches(unsure, jobs)] == ["rule.shift_min"]


def test_work_left_undone_takes_nothing_from_anybody() -> None:
    mine = {"doers": (Share(role="cleaner", percent=100),), "left_undone": True, "contact": "clients"}
    problem = asked(workplace(task("A", 60, MONDAY, **mine)))
    assert broken(problem, (job(shift(entry("A", "08:00", 60))),)) == ()


def test_pairs_that_must_be_apart_are_told_as_sets_and_every_pair_lies_in_one() -> None:
    pairs = [("A", "B"), ("B", "C"), ("C", "A"), ("C", "D"), ("B", "A")]
    assert links.cliques(pairs) == [("A", "B", "C"), ("C", "D")]
    chance = Random(7)
    for _ in range(50):
        drawn = [tuple(chance.sample("ABCDEFGH", 2)) for _ in range(chance.randrange(1, 20))]
        asked_for = {frozenset(pair) for pair in drawn}
        found = links.cliques(drawn)
        inside = {frozenset(pair) for tasks in found for pair in combinations(tasks, 2)}
        assert inside == asked_for
        assert all(len(set(tasks)) == len(tasks) for tasks in found)
