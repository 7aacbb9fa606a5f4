"""Plants jobs in a department in the making, so that a design is known to be possible before anybody searches for one.

Jobs are put together first, task by task, and the windows of their tasks are then moved as little as needed to hold the
planted timetable. No search is told of it. What the jobs must keep stands here once more, with a margin, in the
generator's own words: the generator is frozen, and may not change when a rule of Klaver does. The tests lay every
planted plan before Klaver's own checker.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.drafting import STEP, Draft, Draw

LEAST_WEEK = 760
"""Paid minutes a week of a planted job at least: over a third of 38 hours."""

LEAST_DAY = 190
"""Paid minutes of a planted day at least: over the three hours of a work period."""

EARLY, LATE = 375, 1185
"""No planted shift begins before 6:15 or ends after 19:45."""

WALKING = 42
"""Minutes a day that a planted job may walk."""

FAR = 22
"""Places further apart than this many minutes are not in one planted job."""

TRIES = 60


@dataclass(frozen=True)
class Done:
    """One planted occurrence: minutes after midnight."""

    task: Draft
    start: int
    end: int
    shared: bool


@dataclass
class Planted:
    """A planted job: its days, and what is done on them in the order of the clock."""

    days: dict[int, list[Done]] = field(default_factory=dict)

    def tasks(self) -> list[Draft]:
        """Return its tasks, each once."""
        return list({d.task.id: d.task for line in self.days.values() for d in line}.values())


@dataclass(frozen=True)
class House:
    """What planting must know of a department: its days, who may lose nothing, and the way between two places."""

    days: tuple[int, ...]
    kept: frozenset[str]
    instructors: frozenset[str]
    walk: Callable[[str, str], int]


def plant(draw: Draw, tasks: Sequence[Draft], jobs: int, house: House) -> list[Planted] | None:
    """Return planted jobs, and move the windows of their tasks to hold them; ``None`` when there was no room."""
    free = [t for t in tasks if _fit(t, house)]
    made: list[Planted] = []
    for _ in range(jobs):
        for attempt in range(TRIES):
            found = _job(draw, free, house, bend=attempt * 2 >= TRIES)
            if found is not None:
                break
        else:
            return None
        made.append(found)
        for day, line in found.days.items():
            for done in line:
                first, last = done.task.spans.get(day, (done.start, done.end))
                done.task.spans[day] = min(first, done.start), max(last, done.end)
        for task in found.tasks():
            _hold(task)
    return made


def _fit(task: Draft, house: House) -> bool:
    """Tell whether a task is one to plant: movable, by day, not long, and instructed by who may."""
    hours = EARLY < task.middle < LATE and task.work * max(task.times) <= 75
    giver = task.instructs is None or task.instructs in house.instructors
    return task.movable and hours and giver and task.mould["legal"] in ("free", "supervised")


def _shared(task: Draft, house: House) -> bool:
    """Tell whether a planted task is done with a colleague: by law, as recovery, or where a role may lose nothing."""
    bound = task.mould["legal"] == "supervised" or task.is_("recovery")
    return bound or any(role in house.kept for role, _ in task.doers)


class _Making:
    """A planted job while its tasks are chosen: what it has so far and what still fits."""

    def __init__(self, draw: Draw, seed: Draft, house: House, bend: bool) -> None:
        self.house, self.bend = house, bend
        per_week = draw.between(4, 5) if len(house.days) > 4 else len(house.days)
        self.days = sorted(draw.shuffled(house.days)[:per_week])
        self.target = max(LEAST_DAY, -(-LEAST_WEEK // per_week)) + draw.between(0, 15)
        self.minutes: Counter[int] = Counter()
        self.chosen: dict[str, tuple[Draft, list[int]]] = {}
        self.places = [seed.place]
        self.givers: list[str] = []
        self.posture: Counter[str] = Counter()
        self.unpleasant = 0

    @property
    def full(self) -> bool:
        return all(self.minutes[d] >= self.target for d in self.days)

    def useful(self, task: Draft) -> list[int]:
        """Return the days on which the job would do the task."""
        most = self.target + 45
        return [
            d
            for d in self.days
            if task.times[d]
            and d not in task.spans
            and self.minutes[d] < self.target
            and self.minutes[d] + task.work * task.times[d] <= most
        ]

    def fits(self, task: Draft, days: list[int]) -> bool:
        worth = self.target * len(self.days)
        load = sum(task.work * task.times[d] for d in days)
        posture = task.mould.get("posture", "")
        new = task.instructs is not None and task.instructs not in self.givers
        near = all(self.house.walk(task.place, p) <= FAR for p in self.places)
        return (
            bool(days)
            and task.id not in self.chosen
            and load * 100 <= 37 * worth
            and (not new or len(self.givers) < 2 or (self.bend and not task.spans))
            and near
            and len({*self.places, task.place}) <= 5
            and (posture not in ("standing", "sitting") or (self.posture[posture] + load) * 100 <= 66 * worth)
            and (not task.is_("unpleasant") or (self.unpleasant + load) * 100 <= 27 * worth)
        )

    def take(self, task: Draft, days: list[int]) -> None:
        load = sum(task.work * task.times[d] for d in days)
        self.chosen[task.id] = task, days
        self.minutes.update({d: task.work * task.times[d] for d in days})
        self.places = sorted({*self.places, task.place})
        if task.instructs and task.instructs not in self.givers and len(self.givers) < 2:
            self.givers.append(task.instructs)
        self.posture[task.mould.get("posture", "")] += load
        self.unpleasant += load * task.is_("unpleasant")

    def add(self, tasks: Sequence[Draft]) -> None:
        for task in tasks:
            days = self.useful(task)
            if self.fits(task, days):
                self.take(task, days)
            if self.full:
                return


def _job(draw: Draw, free: list[Draft], house: House, *, bend: bool) -> Planted | None:
    open_ = [t for t in free if any(t.times[d] and d not in t.spans for d in house.days)]
    if not open_:
        return None
    seed = draw.one(open_)
    making = _Making(draw, seed, house, bend)
    far = {t.id: abs(t.middle - seed.middle) // 2 - 30 * len(making.useful(t)) + draw.between(0, 60) for t in open_}
    near = sorted(open_, key=lambda t: far[t.id])
    making.add([t for t in near if t.is_("learning") and making.fits(t, making.useful(t))][:1])
    if not making.chosen:
        return None
    making.add([seed, *near])
    kinds = [t for t, _ in making.chosen.values()]
    if not making.full or len(kinds) < 4 or len({t.mould["family"] for t in kinds}) < 2:
        return None
    return _timetable(making, house)


def _timetable(making: _Making, house: House) -> Planted | None:
    """Lay the tasks of a job after each other, place by place, every day from the same hour."""
    tasks = [t for t, _ in making.chosen.values()]
    by_place: dict[str, list[int]] = defaultdict(list)
    for task in tasks:
        by_place[task.place].append(task.middle)
    order = sorted(tasks, key=lambda t: (sum(by_place[t.place]) // len(by_place[t.place]), t.place, t.middle, t.id))
    middle = sum(t.middle * t.work for t in tasks) // sum(t.work for t in tasks)
    begin = max(EARLY, (middle - making.target // 2) // STEP * STEP)
    made = Planted()
    for day in making.days:
        line: list[Done] = []
        at, walked = begin, 0
        for task in (t for t in order if day in making.chosen[t.id][1]):
            way = house.walk(line[-1].task.place, task.place) if line else 0
            at, walked = at + way, walked + way
            for _ in range(task.times[day]):
                line.append(Done(task, at, at + task.work, _shared(task, house)))
                at += task.work
        if at > LATE or at - begin > 355 or walked > WALKING:
            return None
        made.days[day] = line
    if not all(_holds(task, made) for task in tasks):
        return None
    for task in tasks:
        if task.instructs is not None and task.instructs not in making.givers:
            task.instructs = making.givers[0]
    _together(made)
    return made


def _holds(task: Draft, made: Planted) -> bool:
    """Tell whether one window holds what other jobs do of a task and what this one does."""
    spans = [(d.start, d.end) for line in made.days.values() for d in line if d.task is task]
    first = min([s for s, _ in spans] + [s for s, _ in task.spans.values()])
    last = max([e for _, e in spans] + [e for _, e in task.spans.values()])
    return last - first + STEP <= max(task.end - task.start, 90)


def _together(made: Planted) -> None:
    """Share a task with a colleague on each day without people, and on one day in any case."""
    for day, line in made.days.items():
        met = any(d.shared or d.task.mould.get("contact") in ("clients", "colleagues") for d in line)
        if not met:
            made.days[day] = _sharing(line)
    if not any(d.shared for line in made.days.values() for d in line):
        day = min(made.days, key=lambda d: (min(x.end - x.start for x in made.days[d]), d))
        made.days[day] = _sharing(made.days[day])


def _sharing(line: list[Done]) -> list[Done]:
    short = min(line, key=lambda d: (d.end - d.start, d.start)).task
    return [Done(d.task, d.start, d.end, d.shared or d.task is short) for d in line]


def _hold(task: Draft) -> None:
    """Move the window of a task as little as needed to hold every planted occurrence; lengthen it only if it must."""
    first, last = min(s for s, _ in task.spans.values()), max(e for _, e in task.spans.values())
    length = max(task.end - task.start, -(-(last - first // STEP * STEP) // STEP) * STEP)
    lowest = max(0, -(-(last - length) // STEP) * STEP)
    task.start = min(max(task.start, lowest), first // STEP * STEP)
    task.end = task.start + length


# what the sitting roles must keep, with a margin


def spares(tasks: Sequence[Draft], jobs: Sequence[Planted], rooms: dict[str, int], short: frozenset[str]) -> bool:
    """Tell whether the planted jobs leave every role enough: hours, its norm, a bearable load, and no mere crumbs.

    ``rooms`` are the minutes a week that the staffing norm of a role lets it lose; ``short`` are the shortage roles.
    """
    gone = {(d.task.id, day) for job in jobs for day, line in job.days.items() for d in line if not d.shared}
    before, lost = Counter[str](), Counter[str]()
    heavy, heavy_lost = Counter[str](), Counter[str]()
    for task in tasks:
        if task.is_("left_undone"):
            continue
        times = sum(task.times[day] for day in range(7) if (task.id, day) in gone)
        load = load_of(task)
        for role, percent in task.doers:
            week, leaves = (task.minutes[1] * percent * n for n in (sum(task.times), times))
            before[role], lost[role] = before[role] + week, lost[role] + leaves
            heavy[role], heavy_lost[role] = heavy[role] + load * week, heavy_lost[role] + load * leaves
    for role in lost:
        stays = before[role] - lost[role]
        if lost[role] * 100 > 33 * before[role] or lost[role] > rooms.get(role, before[role]) * 100:
            return False
        if lost[role] and (heavy[role] - heavy_lost[role]) * before[role] * 100 > 112 * heavy[role] * stays:
            return False
    return all(_usable(tasks, gone, role) for role in sorted(short))


LOADS = (9, 10, 14, 16, 17, 20, 26, 27, 28, 29)
_LOADED = [
    at for at, n in enumerate((1, 2, 3, 4, 5, 7, 9, 10, 14, 16, 17, 20, 26, 27, 28, 29, 30, 32, 36)) if n in LOADS
]


def load_of(task: Draft) -> int:
    """Return how heavy a task is on who does it now: the sum of the levels that weigh."""
    return sum(int(task.levels[at]) for at in _LOADED if task.levels[at] != "-")


def _usable(tasks: Sequence[Draft], gone: set[tuple[str, int]], role: str) -> bool:
    """Tell whether what a role gets back comes mostly in stretches of a quarter of an hour."""
    total = crumbs = 0
    for day in range(7):
        for place in sorted({t.place for t in tasks}):
            reach, here = -1, 0
            freed: list[int] = []
            for task in sorted((t for t in tasks if _gives(t, role, place, day)), key=lambda t: (t.start, t.id)):
                if task.start >= reach:
                    freed.append(0)
                reach = max(reach, task.end)
                here = sum(percent for who, percent in task.doers if who == role) * task.minutes[1] * task.times[day]
                freed[-1] += here if (task.id, day) in gone else 0
            total += sum(freed)
            crumbs += sum(f for f in freed if f < 1500)
    return crumbs * 100 <= 42 * total


def _gives(task: Draft, role: str, place: str, day: int) -> bool:
    mine = any(who == role for who, _ in task.doers)
    return mine and task.movable and task.place == place and task.times[day] > 0 and not task.is_("left_undone")
