"""Small synthetic workplaces for the design tests, and a few ways to bend them."""

from __future__ import annotations

from typing import Any

from klaver.design.effects import values_of
from klaver.design.parameters import parameters
from klaver.design.problem import Problem, problem
from klaver.design.records import Entry, Job, Pause, Shift
from klaver.scale.dimensions import TASK_NUMBERS
from klaver.values import Range, Weekday, Window, parse_clock
from klaver.values.dated import Parameters
from klaver.work.records import (
    Contact,
    Legal,
    Order,
    PayScale,
    Place,
    Posture,
    Role,
    Share,
    Task,
    Walk,
    Wishes,
    Workplace,
)

ON = "2026-11-24"
DAILY = (1, 1, 1, 1, 1, 1, 1)
WORKDAYS = (1, 1, 1, 1, 1, 0, 0)
MONDAY = (1, 0, 0, 0, 0, 0, 0)


def window(start: str, end: str) -> Window:
    """Return the window between two clock times."""
    return Window(start=parse_clock(start), end=parse_clock(end))


def task(ident: str, minutes: int, times: tuple[int, ...] = WORKDAYS, **fields: Any) -> Task:
    """Return an ordinary free task of a carer; any field can be given."""
    given: dict[str, Any] = {
        "id": ident,
        "name": f"task {ident}",
        "family": "meals",
        "place": "room",
        "doers": (Share(role="carer", percent=100),),
        "minutes": Range.exactly(minutes),
        "times": times,
        "window": window("07:00", "20:00"),
        "legal": Legal.FREE,
        "legal_basis": "free here",
        "harm": 1,
        "checked": True,
        "separable": True,
        "recovery": False,
        "valued": False,
        "unpleasant": False,
        "learning": False,
        "posture": Posture.MIXED,
        "contact": Contact.NONE,
        "alone": False,
        "language": {},
        "demands": dict.fromkeys(sorted(TASK_NUMBERS), 1),
        "source": {"kind": "told", "date": ON},
    }
    return Task.model_validate({**given, **fields}, strict=False)


def workplace(*tasks: Task, **fields: Any) -> Workplace:
    """Return a workplace with a shortage role (carer), a low-threshold role (cleaner) and two places."""
    given: dict[str, Any] = {
        "id": "case",
        "name": "case",
        "setting": "nursing-home",
        "synthetic": True,
        "full_time_week": 2280,
        "pay_scales": (PayScale(id="low", label="low", rank=1), PayScale(id="high", label="high", rank=2)),
        "entry_scale": "low",
        "places": tuple(Place(id=p, label=p, demands={21: 1, 33: 1, 34: 1, 35: 1}) for p in ("room", "store")),
        "walks": (Walk(start="room", end="store", minutes=3),),
        "roles": (
            Role(id="carer", label="carer", shortage=True, pay_scale="high", hours_week=6000),
            Role(id="cleaner", label="cleaner", shortage=False, pay_scale="low", hours_week=2000),
        ),
        "tasks": tasks,
    }
    return Workplace.model_validate({**given, **fields}, strict=False)


def loose(**changed: int) -> Parameters:
    """Return parameters that ask next to nothing, so that a test can put back one rule at a time."""
    base = parameters(ON)
    values = {
        "shift_min": 0,
        "third_of_full_time": 0,
        "days_max": 7,
        "sunday": 1,
        "night_start": 1440,
        "night_end": 0,
        "rest_day": 0,
        "kinds_min": 0,
        "families_min": 0,
        "share_max": 100,
        "posture_max": 100,
        "places_day_max": 9,
        "instructors_max": 9,
        "shared_min": 0,
        "learning_min": 0,
        "unpleasant_max": 100,
        "hollow_hours": 100,
        "hollow_recovery": 0,
        "hollow_load": 10_000,
        "crumbs_max": 100,
        "idle_day": 600,
        "tempo": 100,
        "mentoring_13": 0,
        "handover": 0,
        "volume_above": 1000,
        "volume_below": 100,
    } | changed
    return base.with_values(
        base.get(name).model_copy(update={"value": value, "confirmed": True}) for name, value in values.items()
    )


def asked(place: Workplace, wishes: Wishes | None = None, /, **parameters_changed: int) -> Problem:
    """Return a problem without profiles; one job of any length unless wishes are given."""
    wishes = wishes or Wishes(jobs=1, week_min=0, week_max=6000, day_max=900)
    return problem(place, loose(**parameters_changed), (), wishes)


def entry(ident: str, start: str, minutes: int, *, shared: bool = False) -> Entry:
    """Return an occurrence that starts at a clock time."""
    at = parse_clock(start)
    return Entry(task=ident, start=at, end=at + minutes, shared=shared)


def shift(*entries: Entry, day: Weekday = Weekday.MONDAY, pause: tuple[str, int] | None = None) -> Shift:
    """Return a shift from its first to its last entry."""
    rests = () if pause is None else (Pause(start=parse_clock(pause[0]), end=parse_clock(pause[0]) + pause[1]),)
    ordered = tuple(sorted(entries, key=lambda e: e.start))
    return Shift(day=day, start=ordered[0].start, end=ordered[-1].end, pauses=rests, entries=ordered)


def job(*shifts: Shift, ident: str = "job-1") -> Job:
    """Return a job."""
    return Job(id=ident, shifts=shifts)


def ward() -> Workplace:
    """Return a ward of 15 tasks with a morning peak: small, but every rule has something to say."""
    wd, meals = WORKDAYS, {"family": "meals"}
    people = {"family": "people", "contact": "clients", "posture": "walking"}
    return workplace(
        task("T01", 45, DAILY, window=window("09:30", "10:30"), contact="clients", posture="walking"),
        task("T02", 30, DAILY, window=window("07:00", "07:45"), place="store", posture="standing"),
        task("T03", 40, DAILY, window=window("09:00", "10:00"), place="store", posture="standing"),
        task("T04", 60, DAILY, window=window("09:30", "11:30"), family="linen"),
        task("T05", 40, wd, window=window("09:30", "12:00"), family="linen"),
        task("T06", 90, (0, 1, 0, 0, 1, 0, 0), window=window("10:00", "16:00"), family="linen", learning=True),
        task("T07", 20, DAILY, window=window("10:00", "12:00"), family="linen", unpleasant=True),
        task("T08", 30, DAILY, window=window("13:00", "14:30"), family="stock", place="store", learning=True),
        task("T10", 25, DAILY, window=window("11:10", "11:50"), **meals),
        task("T11", 45, DAILY, window=window("11:45", "12:50"), contact="clients", harm=2, **meals),
        task("T12", 15, (2, 2, 2, 2, 2, 0, 0), window=window("09:00", "16:00"), **people),
        task("T13", 40, DAILY, window=window("14:30", "15:30"), recovery=True, valued=True, contact="clients"),
        task("T14", 20, (2, 2, 2, 2, 2, 2, 2), family="cleaning", contact="colleagues"),
        task("N1", 480, DAILY, legal="reserved", family="care", demands=dict.fromkeys(sorted(TASK_NUMBERS), 3)),
        task("N2", 90, DAILY, legal="reserved", family="care", demands=dict.fromkeys(sorted(TASK_NUMBERS), 3)),
        orders=(Order(before="T02", after="T03"),),
        wishes=Wishes(jobs=2, week_min=760, week_max=1500),
    )


__all__ = [
    "DAILY",
    "MONDAY",
    "ON",
    "WORKDAYS",
    "asked",
    "entry",
    "job",
    "loose",
    "shift",
    "task",
    "values_of",
    "ward",
    "window",
    "workplace",
]
