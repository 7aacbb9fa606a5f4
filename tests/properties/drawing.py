"""Small workplaces and designs by chance: every rule gets something to say, and limits are met exactly at times.

Everything is drawn from one ``Random``; hypothesis hands in its own, so that a failure shrinks.
"""

from __future__ import annotations

from random import Random
from typing import Any

from tests.design.cases import loose, task, window, workplace
from tests.properties.plain_rules import Design

from klaver.design.problem import Class, Problem, problem
from klaver.design.records import Entry, Job, Pause, Shift
from klaver.people.records import Profile
from klaver.values import Range, Weekday
from klaver.values.dated import Parameters
from klaver.work.records import (
    Agreement,
    Link,
    Order,
    PayScale,
    Pin,
    Place,
    Role,
    RoleKind,
    Scenario,
    Share,
    Task,
    Walk,
    Wishes,
    Workplace,
)

ROLES = ("carer", "cleaner", "temp", "student")
PLACES = ("room", "store", "attic")
FAMILIES = ("meals", "linen", "people")
LAW = ("shift_min", "third_of_full_time", "rest_day", "work_before_break", "sunday", "night_start", "night_end")

TIGHT: dict[str, tuple[int, ...]] = {
    "shift_min": (45, 60, 90),
    "third_of_full_time": (4, 5),
    "days_max": (1, 2),
    "sunday": (0,),
    "night_start": (1080, 1200),
    "night_end": (360, 480),
    "rest_day": (660, 780),
    "work_before_break": (60, 90, 120),
    "kinds_min": (2, 3),
    "families_min": (2, 3),
    "share_max": (34, 40, 50),
    "posture_max": (40, 50, 60),
    "places_day_max": (1, 2),
    "instructors_max": (1, 2),
    "shared_min": (1, 2),
    "learning_min": (1, 2),
    "unpleasant_max": (20, 25, 30),
    "hollow_hours": (30, 50, 60),
    "hollow_recovery": (30, 50, 75),
    "hollow_load": (90, 100, 110, 120),
    "block": (20, 30),
    "crumbs_max": (0, 30, 50),
    "idle_day": (15, 30, 60),
    "tempo": (120, 130),
    "volume_above": (0, 10),
    "volume_below": (0, 50),
}


def draw_parameters(chance: Random, tightness: float) -> Parameters:
    """Return parameters of which a part is tight; the rules of law are confirmed or not."""
    tight = {n: chance.choice(v) for n, v in TIGHT.items() if chance.random() < tightness}
    found = loose(break_minutes=chance.choice((15, 30)), **tight)
    return found.with_values(
        found.get(name).model_copy(update={"confirmed": False}) for name in LAW if chance.random() < 0.4
    )


def draw_task(chance: Random, ident: str, days: tuple[int, ...]) -> Task:
    """Return a task of one or two roles; free most of the time."""
    start = chance.choice((420, 480, 540, 600))
    wide = chance.random() < 0.6
    stop = 1140 if wide else start + chance.choice((60, 120, 180))
    doers = [Share(role=chance.choice(ROLES), percent=100)]
    if chance.random() < 0.3:
        doers = [Share(role="carer", percent=60), Share(role=chance.choice(ROLES[1:]), percent=40)]
    times = [0] * 7
    for day in days:
        times[day] = chance.choice((0, 1, 1, 1, 1, 2))
    fields: dict[str, Any] = {
        "family": chance.choice(FAMILIES),
        "place": chance.choice((*PLACES, "room", None)),
        "doers": tuple(doers),
        "window": window(f"{start // 60}:00", f"{stop // 60}:{stop % 60:02d}"),
        "posture": chance.choice(("standing", "sitting", "walking", "mixed", "mixed")),
        "contact": chance.choice(("none", "clients", "colleagues")),
        "instructs": chance.choice((None, None, *ROLES)),
        "legal": chance.choice(("free",) * 10 + ("supervised", "supervised", "reserved", "unknown", "permit")),
        "permit": "driving",
        "demands": {n: chance.choice((0, 1, 1, 2, 3)) for n in (9, 10, 26) if chance.random() < 0.8},
    }
    for flag in ("recovery", "unpleasant", "learning", "left_undone", "alone"):
        fields[flag] = chance.random() < 0.25
    return task(ident, chance.choice((10, 15, 20, 30, 30, 45, 60)), tuple(times), **fields)


def draw_workplace(chance: Random, days: tuple[int, ...], most_tasks: int = 9) -> Workplace:
    """Return a workplace of three to nine tasks."""
    idents = [f"T{i}" for i in range(1, chance.randint(3, most_tasks) + 1)]
    tasks = [draw_task(chance, i, days) for i in idents]
    pairs = [tuple(chance.sample(idents, 2)) for _ in range(chance.choice((0, 0, 1, 2)))]
    orders = [tuple(sorted(chance.sample(idents, 2))) for _ in range(chance.choice((0, 0, 1, 2)))]
    walks = [("room", "store", chance.choice((2, 5))), ("store", "attic", chance.choice((3, 8)))]
    seasons = []
    if chance.random() < 0.3:
        volume = {chance.choice(idents): chance.choice((0, 50, 150))}
        families = {chance.choice(tasks).family: chance.choice((0, 60, 120))}
        seasons = [Scenario(id="season", label="season", weeks=10, families=families, tasks=volume)]
    agreements = []
    if chance.random() < 0.5:
        agreed = chance.choice((15, 30, 60))
        agreements = [Agreement(role=chance.choice(ROLES), minutes_week=agreed, parties="all", date="2026-01-01")]
    return workplace(
        *tasks,
        pay_scales=(PayScale(id="low", label="low", rank=1), PayScale(id="high", label="high", rank=2)),
        entry_scale=chance.choice(("low", "low", "low", None)),
        cooperation=chance.choice(("direct", "direct", "enclave")),
        places=tuple(Place(id=p, label=p, demands={21: chance.randint(0, 2)}) for p in PLACES),
        walks=tuple(Walk(start=a, end=b, minutes=m) for a, b, m in walks[: chance.randint(0, 2)]),
        roles=tuple(draw_role(chance, r) for r in ROLES),
        orders=tuple(Order(before=a, after=b) for a, b in dict.fromkeys(orders)),
        links=tuple(Link(kind=chance.choice(("together", "apart")), first=a, second=b) for a, b in pairs),
        scenarios=tuple(seasons),
        agreements=tuple(agreements),
    )


def draw_role(chance: Random, ident: str) -> Role:
    """Return a role; what is not known of it is drawn too."""
    kinds = {"temp": RoleKind.AGENCY, "student": RoleKind.STUDENT}
    return Role(
        id=ident,
        label=ident,
        kind=kinds.get(ident, RoleKind.STAFF),
        shortage=True if ident == "carer" else chance.choice((True, False, None)),
        pay_scale="high" if ident == "carer" else chance.choice(("low", "high", "high", None)),
        headcount=chance.choice((0, 1, 5, None)),
        hours_week=chance.choice((None, 120, 600, 6000)),
        floor_week=chance.choice((None, None, 60, 540)),
        may_instruct=chance.random() < 0.8,
        employer=chance.choice(("host", "partner")),
    )


def draw_profile(chance: Random) -> Profile:
    """Return a person or group with a few limits."""
    numbers = (6, 8, 9, 10, 11, 12, 13, 15, 18, 19, 21, 22, 23, 24, 25, 26, 31)
    levels = {n: chance.choice((1, 2, 3, 4)) for n in numbers if chance.random() < 0.4}
    return Profile.model_validate(
        {
            "id": "named",
            "kind": "group",
            "names": {"en": "named"},
            "abilities": {n: {"low": v, "likely": v, "high": v} for n, v in levels.items()},
            "aids": chance.choice(((), ("stool",), ("stool", "electric-cart"))),
            "week_min": chance.choice((0, 0, 60)),
            "week_max": chance.choice((120, 2280)),
            "day_max": chance.choice((90, 480)),
            "days": chance.choice(((0, 1, 2, 3, 4, 5, 6), (0, 6))),
            "earliest": chance.choice((0, 480)),
            "latest": chance.choice((1080, 1440)),
            "permits": chance.choice(((), ("driving",))),
            "excluded_families": chance.choice(((), (), ("linen",))),
            "source": "test",
            "date": "2026-01-01",
        },
        strict=False,
    )


def draw_problem(chance: Random, *, tightness: float = 0.35, days: int = 3, most_tasks: int = 9) -> Problem:
    """Return a problem of one or two jobs over one to three days, Sunday and Monday among them."""
    here = chance.choice(((0,), (0, 1), (0, 6), (0, 1, 6))[: 2 * days])
    here = here[:days]
    place = draw_workplace(chance, here, most_tasks)
    tasks = [t.id for t in place.tasks]
    pins = tuple(
        Pin(
            task=chance.choice(tasks),
            kind=chance.choice(("into", "alone", "out")),
            days=chance.choice(((), (Weekday.MONDAY,))),
        )
        for _ in range(chance.choice((0, 0, 0, 1)))
    )
    profiles = (draw_profile(chance),)
    wishes = Wishes(
        jobs=chance.choice((1, 2, 2)),
        week_min=chance.choice((0, 0, 60, 90)),
        week_max=chance.choice((120, 200, 900)),
        day_max=chance.choice((90, 150, 480)),
        days=chance.choice((None, None, (Weekday.MONDAY,))),
        profile=chance.choice((None, "named")),
        pins=pins,
    )
    asked = problem(place, draw_parameters(chance, tightness), profiles, wishes)
    return swinging(chance, asked) if chance.random() < tightness else asked


def swinging(chance: Random, asked: Problem) -> Problem:
    """Return the problem with tasks that take between some minutes and others, and jobs that must bear it."""
    tasks = []
    for found in asked.workplace.tasks:
        assert found.minutes is not None
        low, high = found.minutes.likely - chance.choice((0, 0, 5)), found.minutes.likely + chance.choice((0, 5, 15))
        tasks.append(found.model_copy(update={"minutes": Range(low=low, likely=found.minutes.likely, high=high)}))
    values = {"steady_tasks": chance.choice((1, 2, 3)), "steady_swing": chance.choice((0, 20, 50))}
    changed = [asked.parameters.get(n).model_copy(update={"value": v}) for n, v in values.items()]
    place = asked.workplace.model_copy(update={"tasks": tuple(tasks)})
    return problem(place, asked.parameters.with_values(changed), asked.profiles, asked.wishes)


def draw_jobs(chance: Random, asked: Problem, *, odd: bool = False) -> tuple[Job, ...]:
    """Return a complete assignment with a timetable that looks right from afar; with ``odd`` also doubled classes."""
    jobs = range(asked.jobs)
    taken: list[dict[Weekday, list[tuple[Class, bool]]]] = [{} for _ in jobs]
    rate = chance.choice((0.3, 0.6, 0.9))
    for found in asked.classes:
        takers = [chance.choice(jobs)] if chance.random() < rate else []
        if odd and chance.random() < 0.15:
            takers = list(jobs)
        shared = found.task.legal == "supervised" or chance.random() < 0.3
        if chance.random() < 0.05:
            shared = not shared
        for job in takers:
            taken[job].setdefault(found.day, []).append((found, shared))
    return tuple(
        Job(id=f"job-{j + 1}", shifts=tuple(draw_shift(chance, asked, d, c) for d, c in sorted(mine.items())))
        for j, mine in enumerate(taken)
    )


def draw_shift(chance: Random, asked: Problem, day: Weekday, classes: list[tuple[Class, bool]]) -> Shift:
    """Return a shift in which the occurrences follow each other by earliest start, with walks and perhaps a break."""
    todo = [(c, s) for c, s in classes for _ in range(c.times)]
    if chance.random() < 0.7:
        todo.sort(key=lambda pair: (pair[0].window.end, pair[0].index))
    else:
        chance.shuffle(todo)
    rest = chance.randrange(len(todo)) if chance.random() < 0.3 else -1
    now = begin = todo[0][0].window.start - chance.choice((0, 0, 0, 10))
    entries: list[Entry] = []
    pauses: tuple[Pause, ...] = ()
    before: str | None = todo[0][0].task.place
    for position, (found, shared) in enumerate(todo):
        if position == rest:
            length = asked["break_minutes"]
            pauses, now = (Pause(start=now, end=now + length),), now + length
        walk = asked.walk(before, found.task.place) if position else 0
        now = max(now + walk, found.window.start) + chance.choice((0, 0, 0, 0, 5, 30))
        entries.append(Entry(task=found.task.id, start=now, end=now + found.work, shared=shared))
        now, before = now + found.work, found.task.place
    return Shift(day=day, start=begin, end=now + chance.choice((0, 0, 0, 10)), pauses=pauses, entries=tuple(entries))


def plain(jobs: tuple[Job, ...]) -> Design:
    """Return a design in the words of the plain reading."""
    return {
        j.id: {
            int(s.day): {
                "start": s.start,
                "end": s.end,
                "pauses": [(p.start, p.end) for p in s.pauses],
                "entries": [(e.task, e.start, e.end, e.shared) for e in s.entries],
            }
            for s in j.shifts
        }
        for j in jobs
    }
