"""Every way to hand out a few tasks, tried one by one; slow, obvious, and with the checker as the only judge."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, permutations, product

from klaver.design.effects import SETTLED, handover_coefficient, net_coefficient, values_of
from klaver.design.problem import Class, Problem
from klaver.design.records import Entry, Job, Objective, Pause, Shift
from klaver.design.rules import RULES
from klaver.values import Weekday

Choice = tuple[tuple[int, bool] | None, ...]
"""Per class: the job that takes it and whether it is shared, or nobody."""


def better_design(asked: Problem, objective: Objective, value: int) -> tuple[Job, ...] | None:
    """Return a design that the checker accepts with a better value, if trying everything finds one."""
    days = Timetables(asked)
    for choice in _choices(asked, objective, value):
        for jobs in _designs(asked, days, choice):
            if _better(objective, _value(asked, jobs, objective, choice), value) and accepted(asked, jobs):
                return jobs
    return None


def accepted(asked: Problem, jobs: tuple[Job, ...]) -> bool:
    """Tell whether no rule says a word, not even a warning; the first breach is enough."""
    return not any(True for rule in RULES for _ in rule.check(asked, jobs))


def _better(objective: Objective, one: int, other: int) -> bool:
    return one < other if objective is Objective.CALM else one > other


def _choices(asked: Problem, objective: Objective, value: int) -> Iterator[Choice]:
    """Hand out class after class; a branch that cannot become better is left."""
    gains = [_gain(asked, c) for c in asked.classes]
    options: list[tuple[int, bool] | None] = [None, *product(range(asked.jobs), (False, True))]
    least = asked.jobs * (100 * asked[f"mentoring_{SETTLED}"] if asked.mentor_is_short() else 0)

    def hopeless(choice: Choice) -> bool:
        if objective is Objective.CALM:
            return sum(o is not None for o in choice) >= value
        if objective is Objective.RELIEF:
            sure = sum(gains[i] for i, o in enumerate(choice) if o is not None and not o[1])
            return sure + sum(max(0, g) for g in gains[len(choice) :]) - least <= value
        return False

    def grow(choice: Choice) -> Iterator[Choice]:
        if hopeless(choice):
            return
        if len(choice) < len(gains):
            for option in options:
                yield from grow((*choice, option))
        elif all(any(o is not None and o[0] == j for o in choice) for j in range(asked.jobs)):
            yield choice

    yield from grow(())


def _gain(asked: Problem, found: Class) -> int:
    return net_coefficient(asked, found.given, found.task, SETTLED) - handover_coefficient(asked, found.task)


def _value(asked: Problem, jobs: tuple[Job, ...], objective: Objective, choice: Choice) -> int:
    if objective is Objective.RELIEF:  # in hundredths, as the engine counts
        days = sum(len(j.shifts) for j in jobs) * (asked[f"mentoring_{SETTLED}"] if asked.mentor_is_short() else 0)
        return sum(_gain(asked, c) for c, o in zip(asked.classes, choice, strict=True) if o and not o[1]) - 100 * days
    return int(getattr(values_of(asked, jobs), objective.value))


def _designs(asked: Problem, known: Timetables, choice: Choice) -> Iterator[tuple[Job, ...]]:
    """Combine the timetables of every day of every job."""
    days: dict[tuple[int, Weekday], dict[int, bool]] = {}
    for found, option in zip(asked.classes, choice, strict=True):
        if option is not None:
            days.setdefault((option[0], found.day), {})[found.index] = option[1]
    placed = sorted(days)
    for shifts in product(*(known.of(days[key]) for key in placed)):
        pairs = list(zip(placed, shifts, strict=True))
        yield tuple(Job(id=f"job-{j + 1}", shifts=tuple(s for (k, _), s in pairs if k == j)) for j in range(asked.jobs))


class Timetables:
    """Short timetables of sets of classes, remembered: every order, every place for the break."""

    def __init__(self, asked: Problem) -> None:
        self.asked = asked
        self._known: dict[frozenset[int], list[Shift]] = {}

    def of(self, classes: dict[int, bool]) -> list[Shift]:
        """Return timetables of classes (index: shared) of one day, each pushed together from both sides."""
        if frozenset(classes) not in self._known:
            self._known[frozenset(classes)] = list(self._made([self.asked.classes[i] for i in classes]))
        shared = {self.asked.classes[i].task.id: s for i, s in classes.items()}
        return [
            s.model_copy(update={"entries": tuple(e.model_copy(update={"shared": shared[e.task]}) for e in s.entries)})
            for s in self._known[frozenset(classes)]
        ]

    def _made(self, classes: list[Class]) -> Iterator[Shift]:
        """Of each length the first is kept; each is also drawn out to the shortest shift and week asked."""
        asked = self.asked
        seen: set[tuple[int, int]] = set()
        which = [n for n, c in enumerate(classes) for _ in range(c.times)]
        for numbers in sorted(set(permutations(which))):
            order = tuple(classes[n] for n in numbers)
            for rest in (None, *range(1, len(order))):
                short = _pushed(asked, order, rest)
                if short is None or short.paid > asked.day_max:
                    continue
                for paid in {short.paid, asked["shift_min"], asked.week[0]}:
                    drawn_out = short.model_copy(update={"end": short.end + max(0, paid - short.paid)})
                    kind = (drawn_out.paid, len(drawn_out.pauses))
                    if kind not in seen:
                        seen.add(kind)
                        yield drawn_out


def _pushed(asked: Problem, order: tuple[Class, ...], rest: int | None) -> Shift | None:
    """Place the blocks as early as can be, then from the last one back as late as can be."""
    gaps = [0]
    for one, other in pairwise(order):
        gaps.append(asked.walk(one.task.place, other.task.place))
    if rest is not None:
        gaps[rest] += asked["break_minutes"]
    now = 0
    starts: list[int] = []
    for found, gap in zip(order, gaps, strict=True):
        now = max(now + gap, found.window.start)
        if now + found.work > found.window.end:
            return None
        starts.append(now)
        now += found.work
    for i in reversed(range(len(order) - 1)):
        found = order[i]
        starts[i] = min(found.window.end, starts[i + 1] - gaps[i + 1]) - found.work
    entries = tuple(Entry(task=c.task.id, start=at, end=at + c.work) for c, at in zip(order, starts, strict=True))
    pauses: tuple[Pause, ...] = ()
    if rest is not None:
        begin = entries[rest - 1].end
        pauses = (Pause(start=begin, end=begin + asked["break_minutes"]),)
    return Shift(day=order[0].day, start=entries[0].start, end=now, pauses=pauses, entries=entries)
