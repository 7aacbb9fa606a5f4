"""Small workplaces with a design, drawn by chance, and the slow answer to why: every timetable there is, each judged.

All minutes are tens (or quarters), so a timetable exists when one exists whose clock times are tens: for an order, a
place of the break and the gaps of at least ten, only differences of clock times are bound. The checker judges each one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise, product
from random import Random

from tests.design.cases import loose, task, window, workplace

from klaver.design.check import refused
from klaver.design.problem import Class, Problem, problem
from klaver.design.records import Breach, Entry, Job, Pause, Shift
from klaver.design.why.change import changes
from klaver.design.why.here import Asking
from klaver.design.why.out import taking_out
from klaver.design.why.records import OPEN, POSSIBLE, Reason
from klaver.people.records import Profile
from klaver.values import Weekday, Window
from klaver.work.records import Cooperation, Link, Order, Pin, Place, Role, Task, Walk, Wishes, Workplace

TENS, QUARTERS = 10, 15
"""Minutes that all minutes of a workplace are multiples of; in one of quarters nobody counts how long a stretch is."""

MON, TUE = Weekday.MONDAY, Weekday.TUESDAY
ROLES = ("carer", "cleaner", "guest")
Keys = frozenset[str]

WRONG = {"outside_window", "outside_shift", "overlap", "order", "pause_length", "pause_outside", "pause_worked"}
"""The breaches that make a timetable no timetable; the break and waiting are looked at beside them."""

IN_UNITS: dict[str, tuple[int, ...]] = {
    "shift_min": (6, 9, 12),
    "night_end": (48, 52),
    "night_start": (56, 60, 66),
    "work_before_break": (6, 9, 12),
}
"""Tight values in units, and below in what they are counted in."""

TIGHT: dict[str, tuple[int, ...]] = {
    "third_of_full_time": (2, 4),
    "rest_day": (1320, 1350),
    "share_max": (50, 60),
    "posture_max": (50, 70),
    "places_day_max": (1,),
    "instructors_max": (1,),
    "unpleasant_max": (40,),
    "hollow_hours": (20, 50),
    "hollow_recovery": (50,),
    "hollow_load": (100, 110),
    "crumbs_max": (30,),
    "kinds_min": (2, 3),
    "sunday": (0,),
}


def draw(chance: Random, unit: int = TENS) -> tuple[Problem, tuple[Job, ...]]:
    """Return a small workplace, and jobs that keep the rules or nearly; each day has a true timetable."""
    while True:
        asked = _asked(chance, unit)
        jobs = _jobs(chance, asked)
        if jobs is not None:
            return asked, jobs


def _asked(chance: Random, unit: int) -> Problem:
    days = chance.choice(((1, 0, 0, 0, 0, 0, 0), (1, 1, 0, 0, 0, 0, 0)))
    tasks = []
    for n in range(chance.randint(3, 6)):
        start = 48 * unit + unit * chance.randrange(0, 13)
        length = unit * chance.choice((2, 3, 3, 4, 6))
        slack = unit * chance.choice((0, 1, 2, 3, 6))
        times = tuple(chance.choice((1, 1, 1, 1, 2)) if d and chance.random() < 0.9 else 0 for d in days)
        if sum(times) > 2 or length > 4 * unit:
            times = tuple(min(t, 1) for t in times)
        stop = start + length * max(1, *times) + slack
        tasks.append(
            task(
                f"T{n + 1}",
                length,
                times,
                window=window(f"{start // 60}:{start % 60:02d}", f"{stop // 60}:{stop % 60:02d}"),
                family=chance.choice(("meals", "linen")),
                place=chance.choice(("room", "room", "store")),
                posture=chance.choice(("standing", "sitting", "walking", "mixed", "mixed")),
                contact=chance.choice(("none", "clients", "colleagues")),
                instructs=chance.choice((None, None, *ROLES)),
                alone=chance.random() < 0.3,
                recovery=chance.random() < 0.2,
                unpleasant=chance.random() < 0.2,
                legal=chance.choice(("free",) * 8 + ("supervised",)),
                demands={n: chance.choice((0, 1, 2)) for n in (9, 26)},
            )
        )
    names = [t.id for t in tasks]
    some = [tuple(chance.sample(names, 2)) for _ in range(3)]
    place = workplace(
        *tasks,
        places=tuple(Place(id=p, label=p, demands={21: 1}) for p in ("room", "store")),
        walks=(Walk(start="room", end="store", minutes=chance.choice((0, unit))),),
        roles=(
            Role(id="carer", label="carer", shortage=True, pay_scale="high", hours_week=6000),
            Role(id="cleaner", label="cleaner", shortage=False, pay_scale="low", may_instruct=chance.random() < 0.7),
            Role(id="guest", label="guest", employer="partner", may_instruct=chance.random() < 0.7),
        ),
        cooperation=chance.choice(("direct", "direct", "enclave")),
        orders=tuple(Order(before=min(p), after=max(p)) for p in some[: chance.choice((0, 0, 1))]),
        links=tuple(
            Link(kind=chance.choice(("together", "apart")), first=a, second=b)
            for a, b in some[1 : 1 + chance.choice((0, 0, 0, 1))]
        ),
    )
    tight = {n: chance.choice(v) for n, v in TIGHT.items() if chance.random() < 0.15}
    tight |= {n: unit * chance.choice(v) for n, v in IN_UNITS.items() if chance.random() < 0.15}
    pause, idle = unit * chance.choice((1, 2)), unit * chance.choice((0, 2, 4))
    found = loose(break_minutes=pause, idle_day=idle, **tight)
    profile = chance.choice((None, None, "named"))
    wishes = Wishes(
        jobs=chance.choice((1, 2)),
        week_min=unit * chance.choice((0, 0, 6)),
        week_max=unit * chance.choice((10, 15, 90)),
        day_max=unit * chance.choice((8, 11, 15, 48)),
        profile=profile,
        pins=(Pin(task=names[0], kind="out"),) if chance.random() < 0.05 else (),
    )
    return problem(
        place, found, (_person(chance, unit),) if profile else (), wishes, confirmed_only=chance.random() < 0.2
    )


def _person(chance: Random, unit: int) -> Profile:
    numbers = (6, 8, 9, 13, 15, 21, 26, 31, *(() if unit == QUARTERS else (12, 23, 24, 25)))
    levels = {n: chance.choice((1, 2, 2, 3)) for n in numbers if chance.random() < 0.3}
    given = {
        "id": "named",
        "kind": "group",
        "names": {"en": "named"},
        "abilities": {n: {"low": v, "likely": v, "high": v} for n, v in levels.items()},
        "week_min": chance.choice((None, 0, 60)),
        "week_max": chance.choice((None, 120, 900)),
        "day_max": chance.choice((None, 90, 480)),
        "earliest": chance.choice((None, 48 * unit, 50 * unit)),
        "latest": chance.choice((None, 60 * unit, 1440)),
        "source": "test",
        "date": "2026-01-01",
    }
    return Profile.model_validate(given, strict=False)


def _jobs(chance: Random, asked: Problem) -> tuple[Job, ...] | None:
    """Hand out some classes, and take of each day a timetable by chance; of several draws the one that breaks least."""
    best: tuple[int, tuple[Job, ...]] | None = None
    for _ in range(6):
        days: dict[tuple[int, Weekday], dict[int, bool]] = {}
        for found in asked.classes:
            if chance.random() < 0.6:
                shared = found.task.legal == "supervised" or chance.random() < 0.1
                days.setdefault((chance.randrange(asked.jobs), found.day), {})[found.index] = shared
        if any(all(j != key[0] for key in days) for j in range(asked.jobs)):
            continue
        shifts = []
        for classes in days.values():
            every = [s for s in timetables(asked, classes) if not _hopeless(asked, s, wait=True)][:200]
            if not every:
                break
            shifts.append(chance.choice(every))
        if len(shifts) == len(days):
            placed = list(zip(days, shifts, strict=True))
            jobs = tuple(
                Job(id=f"job-{j + 1}", shifts=tuple(sorted((s for (k, _), s in placed if k == j), key=lambda s: s.day)))
                for j in range(asked.jobs)
            )
            many = len(refused(asked, jobs))
            if best is None or many < best[0]:
                best = (many, jobs)
    return None if best is None else best[1]


# every timetable


def unit(asked: Problem) -> int:
    """Return what all minutes of a workplace are multiples of."""
    return QUARTERS if asked["break_minutes"] % QUARTERS == 0 else TENS


def timetables(asked: Problem, classes: dict[int, bool]) -> Iterator[Shift]:
    """Yield the timetables of classes (index: shared) of a day, of each that look the same to the checker one."""
    blocks = [asked.classes[i] for i in classes for _ in range(asked.classes[i].times)]
    seen, step = set(), unit(asked)
    for row in _rows(asked, blocks, (), step):
        for shift in _shifts(asked, row, classes):
            gaps = tuple(b.start - a.end >= TENS for a, b in pairwise(shift.entries))
            rests = _stretches(shift)
            look = (tuple(e.task for e in shift.entries), gaps, shift.start, shift.end, len(shift.pauses), rests)
            if look not in seen:
                seen.add(look)
                yield shift


def _rows(
    asked: Problem, left: list[Class], done: tuple[tuple[Class, int], ...], step: int
) -> Iterator[tuple[tuple[Class, int], ...]]:
    if not left:
        yield done
        return
    for found in {c.index: c for c in left}.values():
        rest = list(left)
        rest.remove(found)
        first = found.window.start
        if done:
            before, at = done[-1]
            first = max(first, at + before.work + asked.walk(before.task.place, found.task.place))
        for at in range(-(-first // step) * step, found.window.end - found.work + 1, step):
            yield from _rows(asked, rest, (*done, (found, at)), step)


def _shifts(asked: Problem, row: Sequence[tuple[Class, int]], shared: dict[int, bool]) -> Iterator[Shift]:
    """Draw a row out at both ends as far as waiting allows, with and without a break in every gap it fits in."""
    entries = tuple(Entry(task=c.task.id, start=at, end=at + c.work, shared=shared[c.index]) for c, at in row)
    length, work, step = asked["break_minutes"], sum(c.work for c, _ in row), unit(asked)
    pauses: list[tuple[Pause, ...]] = [()]
    for (one, at), (two, then) in pairwise(row):
        free = then - at - one.work - asked.walk(one.task.place, two.task.place)
        pauses += [
            (Pause(start=begin, end=begin + length),)
            for begin in range(at + one.work, then - length + 1, step)
            if free >= length
        ]
    for rest in pauses:
        paid = entries[-1].end - entries[0].start - sum(p.end - p.start for p in rest)
        spare = asked["idle_day"] - (paid - work)
        if spare < 0:  # too much waiting already: kept as it is, for what is asked whatever somebody waits
            yield Shift(day=row[0][0].day, start=entries[0].start, end=entries[-1].end, pauses=rest, entries=entries)
        for before in range(0, spare + 1, step):
            for after in range(0, spare - before + 1, step):
                start, end = entries[0].start - before, entries[-1].end + after
                yield Shift(day=row[0][0].day, start=start, end=end, pauses=rest, entries=entries)


def _stretches(shift: Shift) -> tuple[int, ...]:
    edges = [shift.start, *(e for p in shift.pauses for e in (p.start, p.end)), shift.end]
    return tuple(b - a for a, b in zip(edges[::2], edges[1::2], strict=True))


def _hopeless(asked: Problem, shift: Shift, *, wait: bool) -> bool:
    """Tell whether a timetable breaks the order of tasks or the break, or with ``wait`` has too much waiting."""
    for order in asked.workplace.orders:
        ends = [e.end for e in shift.entries if e.task == order.before]
        starts = [e.start for e in shift.entries if e.task == order.after]
        if ends and starts and max(ends) > min(starts):
            return True
    sure = asked.parameters.get("work_before_break").confirmed or not asked.confirmed_only
    if sure and any(s > asked["work_before_break"] for s in _stretches(shift)):
        return True
    return wait and shift.paid - sum(e.end - e.start for e in shift.entries) > asked["idle_day"]


# the answers


class Twin:
    """The answers about one class in one job, from all timetables of its day."""

    def __init__(self, asked: Problem, jobs: tuple[Job, ...], number: int, found: Class) -> None:
        self.asked, self.jobs, self.number, self.found = asked, jobs, number, found
        self.before = {k for b in refused(asked, jobs) for k in told(b)}
        old = next((s for s in jobs[number].shifts if s.day is found.day), None)
        here = {asked.by_key[e.task, found.day].index: e.shared for e in old.entries} if old else {}
        self.others = dict(here)
        self.classes = here | {found.index: found.task.legal == "supervised"}

    def room(self, classes: frozenset[int]) -> bool:
        """Tell whether classes of the day have a timetable, however long somebody waits."""
        every = timetables(self.asked, {i: self.classes[i] for i in classes})
        return any(not _hopeless(self.asked, s, wait=False) for s in every)

    def plans(self, without: frozenset[int] = frozenset()) -> list[tuple[bool, Keys]]:
        """Return of every timetable whether it has too much waiting, and what the plan with it breaks besides."""
        kept = {i: s for i, s in self.classes.items() if i not in without}
        made = []
        known: dict[object, Keys] = {}
        for shift in timetables(self.asked, kept):
            if _hopeless(self.asked, shift, wait=False):
                continue
            look: object = (shift.start, shift.end, shift.paid)
            if self.asked.person is not None:  # only who is named minds the order of the day
                gaps = tuple(b.start - a.end >= TENS for a, b in pairwise(shift.entries))
                look = (look, tuple(e.task for e in shift.entries), gaps)
            if look not in known:
                breaks = {k for b in refused(self.asked, self._with(shift)) for k in told(b)} - self.before
                known[look] = frozenset(k for k in breaks if not k.startswith("rule.waiting"))
            made.append((_hopeless(self.asked, shift, wait=True) and not self._excused(), known[look]))
        return made

    def _excused(self) -> bool:
        return any(k.startswith(f"rule.waiting|{self.jobs[self.number].id}|{self.found.day}") for k in self.before)

    def _with(self, shift: Shift) -> tuple[Job, ...]:
        job = self.jobs[self.number]
        shifts = sorted([*(s for s in job.shifts if s.day is not shift.day), shift], key=lambda s: s.day)
        changed = Job(id=job.id, shifts=tuple(shifts))
        return (*self.jobs[: self.number], changed, *self.jobs[self.number + 1 :])

    def possible(self, without: frozenset[int] = frozenset()) -> bool:
        """Tell whether some timetable makes a plan that breaks nothing more."""
        return any(not long and not keys for long, keys in self.plans(without))

    def clashes(self) -> set[Keys]:
        """Return the smallest sets of things of which every timetable breaks one, given that one can be done."""
        every = [keys for long, keys in self.plans() if not long]
        names = sorted(frozenset().union(*every))
        found: list[Keys] = []
        for size in range(1, len(names) + 1):
            for some in map(frozenset, combinations(names, size)):
                if not any(c <= some for c in found) and all(some & keys for keys in every):
                    found.append(some)
        return set(found)

    def smallest_out(self, most: int = 2) -> set[frozenset[int]]:
        """Return the smallest sets of other tasks of the day, at most so many, without which it is possible."""
        others = sorted(self.classes.keys() - {self.found.index})
        for size in range(1, most + 1):
            found = {frozenset(s) for s in combinations(others, size) if self.possible(frozenset(s))}
            if found:
                return found
        return set()


def told(breach: Breach) -> list[str]:
    """Return what a breach breaks, without figures; a shut door breaks one thing per barrier."""
    which = sorted(
        f"{k}={v}"
        for k, v in breach.values.items()
        if k not in ("found", "limit", "before", "after", "name", "barriers")
    )
    day = "" if breach.day is None else str(int(breach.day))
    base = f"{breach.code}|{breach.job}|{day}|{';'.join(which)}"
    barriers = str(breach.values["barriers"]).split(", ") if "barriers" in breach.values else [""]
    return [f"{base}|{b}" for b in barriers]


def questions(asked: Problem, jobs: tuple[Job, ...]) -> list[tuple[int, Class]]:
    """Return every class that is in no job, with every job it could be in."""
    done = {(e.task, s.day) for j in jobs for s in j.shifts for e in s.entries}
    free = [c for c in asked.classes if (c.task.id, c.day) not in done]
    return [(n, c) for n, c in product(range(len(jobs)), free)]


def disagreement(
    asked: Problem, jobs: tuple[Job, ...], number: int, found: Class, reasons: Sequence[Reason]
) -> str | None:
    """Return how reasons differ from what every timetable says, or ``None`` when they do not."""
    twin, codes = Twin(asked, jobs, number, found), {r.code for r in reasons}
    no_room = {"why.no_room", "why.no_room_alone", "why.day_broken"}
    if not twin.room(frozenset(twin.classes)):
        return _room_differs(twin, reasons) if codes & no_room else "there is no room"
    if codes & no_room or OPEN in codes:
        return "there is room"
    plans = twin.plans()
    if any(not long and not keys for long, keys in plans) != (POSSIBLE in codes):
        return "possible or not"
    mine = [frozenset({k}) for r in reasons if r.code == "why.breaks" for b in r.breaches for k in told(b)]
    mine += [frozenset(k for b in r.breaches for k in told(b)) for r in reasons if r.code == "why.breaks_one_of"]
    if all(long for long, _ in plans):
        return None if any(k.startswith("rule.waiting") for some in mine for k in some) else "too much waiting"
    return None if set(mine) == twin.clashes() else f"{set(mine) ^ twin.clashes()}"


def _room_differs(twin: Twin, reasons: Sequence[Reason]) -> str | None:
    for reason in reasons:
        if reason.code not in ("why.no_room", "why.no_room_alone"):
            continue
        those = {twin.asked.by_key[t, twin.found.day].index for t in reason.tasks}
        if twin.room(frozenset(those | {twin.found.index})):
            return "there is room beside what is named"
        if any(not twin.room(frozenset(those | {twin.found.index}) - {i}) for i in those):
            return "a task is named that is not needed"
    return None


def out_disagreement(asking: Asking, number: int, found: Class) -> str | None:
    """Return how the tasks to take out differ from the smallest sets of all."""
    out = taking_out(asking, number, found, asking.reasons(number, found))
    twin = Twin(asking.problem, asking.jobs, number, found)
    sets = twin.smallest_out()
    mine = frozenset(asking.problem.by_key[t, found.day].index for t in out.tasks)
    if not out.sure:
        return "not decided"
    return None if (mine in sets if sets else not mine) else f"{mine} is none of {sets}"


def change_disagreement(asking: Asking, number: int, found: Class) -> str | None:
    """Return how the changes that are enough differ from trying every one."""
    answer = changes(asking, number, found, asking.reasons(number, found))
    if not answer.sure:
        return "not decided"
    mine = {c.kind: c.steps for c in answer.found}
    best: dict[str, int] = {}
    for kind, steps, changed in every_change(asking.problem, asking.jobs[number], found):
        same = changed.by_key.get((found.task.id, found.day))
        if same is None or best.get(kind, steps + 1) <= steps:
            continue
        twin = Twin(changed, asking.jobs, number, same)
        twin.before = {k for b in refused(asking.problem, asking.jobs) for k in told(b)}
        if twin.possible():
            best[kind] = steps
    return None if mine == best else f"{mine} is not {best}"


def every_change(asked: Problem, job: Job, found: Class) -> Iterator[tuple[str, int, Problem]]:
    """Yield every single change there is: its kind, its steps, and the problem with it."""
    place, day = asked.workplace, found.day
    here = {e.task for s in job.shifts if s.day is day for e in s.entries} | {found.task.id}
    for task_ in (t for t in place.tasks if t.id in here and t.window is not None):
        for early, late in ((n, 0) for n in range(1, 5)):
            yield "window", early, _with(asked, tasks=_shifted(place, task_, early, late))
            yield "window", early, _with(asked, tasks=_shifted(place, task_, late, early))
            yield "window", 2 * early, _with(asked, tasks=_shifted(place, task_, early, early))
    for n in range(1, 5):
        yield "day", n, _asking(asked, day_max=asked.day_max + 15 * n)
    yield "week", 1, _asking(asked, week_max=asked.week[1] + 60)
    more = asked.parameters.get("instructors_max").model_copy(update={"value": asked["instructors_max"] + 1})
    yield "people", 1, replace(asked, parameters=asked.parameters.with_values([more]))
    for role in (r for r in place.roles if r.id == found.task.instructs):
        free = role.model_copy(update={"may_instruct": True})
        yield "giver", 1, _with(asked, roles=tuple(free if r is role else r for r in place.roles))
    for form in Cooperation:
        yield "form", 1, _with(asked, cooperation=form)
    for n, level in found.task.demands.items():
        if level:
            lower = found.task.model_copy(update={"demands": {**found.task.demands, n: level - 1}})
            yield "demand", 1, _with(asked, tasks=tuple(lower if t.id == lower.id else t for t in place.tasks))
    for profile in asked.profiles:
        for n, ability in profile.abilities.items():
            raised = {k: min(4, v + 1) for k, v in ability.model_dump().items()}
            able = {**profile.abilities, n: ability.model_copy(update=raised)}
            yield "aid", 1, replace(asked, profiles=(profile.model_copy(update={"abilities": able}),))


def _shifted(place: Workplace, changed: Task, early: int, late: int) -> tuple[Task, ...]:
    assert changed.window is not None
    longer = Window(start=changed.window.start - 15 * early, end=changed.window.end + 15 * late)
    bent = changed.model_copy(update={"window": longer})
    return tuple(bent if t.id == bent.id else t for t in place.tasks)


def _with(asked: Problem, **fields: object) -> Problem:
    return replace(asked, workplace=asked.workplace.model_copy(update=fields))


def _asking(asked: Problem, **fields: int) -> Problem:
    return replace(asked, wishes=asked.wishes.model_copy(update=fields))
