"""Why is this task not in this job on this day? Every reason that has to go, each confirmed by the checker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from klaver.design.check import refused
from klaver.design.effects import relief_hundredths
from klaver.design.kernel.numbers import Numbers
from klaver.design.problem import Class, Problem
from klaver.design.records import Breach, Entry, Job, Shift
from klaver.design.solve.day import NO_LIMITS, Answer, Limits
from klaver.design.why.bounds import Bound, Key, bounds, keys, split, together, waiting
from klaver.design.why.clashes import clashes
from klaver.design.why.records import OPEN, POSSIBLE, Reason
from klaver.design.why.room import Room
from klaver.work.records import Legal

FEW = 2
"""Sets of so many other tasks are all looked through before a larger set is made smaller one by one."""


@dataclass(frozen=True)
class Put:
    """A class laid in a day of a job: the classes of the day with it, those that are shared, the order as it was."""

    number: int
    found: Class
    classes: frozenset[int]
    shared: frozenset[int]
    order: tuple[int, ...]


@dataclass(frozen=True)
class Allowed:
    """Whether a plan is possible (``None``: not decided), and then the plan."""

    answer: bool | None
    jobs: tuple[Job, ...] | None = None


@dataclass(frozen=True)
class Hours:
    """Whether a day has hours that keep what is asked (``None``: not decided), and then a timetable."""

    answer: bool | None
    shift: Shift | None


class Asking:
    """A design that questions are asked about; what it breaks as it is, is no reason for anything."""

    def __init__(
        self,
        problem: Problem,
        jobs: Sequence[Job],
        numbers: Numbers | None = None,
        excused: frozenset[Key] | None = None,
    ) -> None:
        self.problem, self.jobs = problem, tuple(jobs)
        self.room = Room(problem, numbers)
        found = excused is None and (k for b in refused(problem, self.jobs) for k in keys(b))
        self.excused: frozenset[Key] = frozenset(found or ()) if excused is None else excused

    def put(self, number: int, found: Class, without: frozenset[int] = frozenset()) -> Put:
        """Lay a class in a job, with some classes of that day taken out."""
        old = next((s for s in self.jobs[number].shifts if s.day is found.day), None)
        entries = [(self.problem.by_key[e.task, found.day].index, e.shared) for e in old.entries] if old else []
        kept = [(i, s) for i, s in entries if i not in without and i != found.index]
        shared = {i for i, s in kept if s} | ({found.index} if found.task.legal is Legal.SUPERVISED else set())
        classes = frozenset(i for i, _ in kept) | {found.index}
        return Put(number, found, classes, frozenset(shared), tuple(i for i, _ in kept))

    def reasons(self, number: int, found: Class) -> tuple[Reason, ...]:
        """Return every reason why a class cannot be put in a job, or that it can; each of several has to go."""
        put = self.put(number, found)
        job = self.jobs[number]
        few = self._few(put)
        can = False if few is not None else self.room.can(put.classes, put.order)
        if can is None:
            return (self._reason(put, OPEN), *self._fixed(put))
        if not can:
            if few is None and self.room.can(put.classes - {found.index}, put.order) is False:
                return (self._reason(put, "why.day_broken"), *self._fixed(put))
            return (self._no_room(put, few), *self._fixed(put))
        asked = self.asked(put, laid(self.problem, put))
        wait = self._waiting(put)
        calm = self.room.find(put.classes, put.shared, wait, put.order)
        whole = self._with(put, asked, wait)
        if whole.shift is not None:
            return self._judged(put, whole.shift)
        if calm.shift is None:
            if not calm.proved:
                return (self._reason(put, OPEN), *self._fixed(put))
            long = self.room.find(put.classes, put.shared, NO_LIMITS, put.order)
            told = self._told(put, long.shift, ("rule.waiting", job.id, found.day, "")) if long.shift else None
            return (self._reason(put, "why.breaks", told) if told else self._reason(put, OPEN), *self._fixed(put))
        fixed = self._fixed(put)
        known = {k for r in fixed for b in r.breaches for k in keys(b)}
        left = [b for b in asked if b.key not in known]
        return (*fixed, *self._hours(put, calm.shift, left, wait)) or (self._reason(put, OPEN),)

    def allowed(self, number: int, found: Class, without: frozenset[int] = frozenset()) -> Allowed:
        """Tell whether a class can be put in a job, with some others of that day given back to the colleagues."""
        put = self.put(number, found, without)
        day = self.hours(put, self.asked(put, laid(self.problem, put)))
        if day.answer is None or day.shift is None:
            return Allowed(day.answer)
        changed = self.with_shift(number, day.shift)
        return Allowed(False) if self.fresh(changed) else Allowed(True, changed)

    def asked(self, put: Put, shape: Shift) -> list[Bound]:
        """Return what is asked of the hours of a day that it does not break as it is."""
        every = bounds(self.problem, put.number, self.jobs[put.number], shape)
        return [b for b in every if b.key not in self.excused]

    def hours(self, put: Put, asked: Sequence[Bound]) -> Hours:
        """Tell whether any timetable of a day keeps what is asked of its hours."""
        found = self._with(put, asked, self._waiting(put))
        return Hours(True if found.shift else False if found.proved else None, found.shift)

    def with_shift(self, number: int, shift: Shift) -> tuple[Job, ...]:
        """Return the jobs with one day put in the place of another."""
        job = self.jobs[number]
        shifts = sorted([*(s for s in job.shifts if s.day is not shift.day), shift], key=lambda s: s.day)
        return (*self.jobs[:number], Job(id=job.id, shifts=tuple(shifts)), *self.jobs[number + 1 :])

    def fresh(self, jobs: tuple[Job, ...]) -> tuple[Breach, ...]:
        """Return what a plan breaks that this design does not break as it is."""
        return tuple(b for one in refused(self.problem, jobs) for b in self._unexcused(one))

    def _unexcused(self, breach: Breach) -> Iterator[Breach]:
        every = keys(breach)
        left = [k for k in every if k not in self.excused]
        if len(left) == len(every):
            yield breach
        elif left:
            parts = [k[3].rpartition("/")[2] for k in left]
            yield breach.model_copy(update={"values": {**breach.values, "barriers": ", ".join(parts)}})

    def _waiting(self, put: Put) -> Limits:
        key = ("rule.waiting", self.jobs[put.number].id, put.found.day, "")
        return NO_LIMITS if key in self.excused else waiting(self.problem)

    def _reason(self, put: Put, code: str, *breaches: Breach, tasks: Iterable[int] = ()) -> Reason:
        names = tuple(self.problem.classes[i].task.id for i in sorted(tasks))
        return Reason(code, self.jobs[put.number].id, (put.found.day,), names, None, breaches)

    def _judged(self, put: Put, shift: Shift) -> tuple[Reason, ...]:
        """Let the checker judge a plan of which the hours are in order."""
        changed = self.with_shift(put.number, shift)
        told = self.fresh(changed)
        if told:
            return tuple(self._reason(put, "why.breaks", b) for b in told)
        gain = relief_hundredths(self.problem, changed) - relief_hundredths(self.problem, self.jobs)
        return (replace(self._reason(put, POSSIBLE), relief=gain // 100),)

    def _fixed(self, put: Put) -> tuple[Reason, ...]:
        """Return the reasons that hold whatever the hours: the day is laid end to end, without walking or waiting."""
        shape = laid(self.problem, put)
        day, job = put.found.day, self.jobs[put.number]
        told = self.fresh(self.with_shift(put.number, shape))
        found = [b for one in told for b in split(one, day)]
        work = shape.paid
        sure = [
            b.key
            for b in bounds(self.problem, put.number, job, shape)
            if b.key not in self.excused and (b.hopeless or work > dict(b.limits).get("paid", work))
        ]
        found += [b for key in sure for b in _of(told, key)]
        return tuple(self._reason(put, "why.breaks", b) for b in found)

    def _told(self, put: Put, shift: Shift, key: Key) -> Breach | None:
        """Return the breach that the checker tells of one thing when the day has these hours."""
        return next(iter(_of(self.fresh(self.with_shift(put.number, shift)), key)), None)

    # the hours

    def _hours(self, put: Put, calm: Shift, asked: Sequence[Bound], wait: Limits) -> list[Reason]:
        """Return the bounds that no timetable keeps, and the sets of them that no timetable keeps together."""

        def possible(some: frozenset[int]) -> bool | None:
            found = self._with(put, [asked[i] for i in some], wait)
            return True if found.shift else False if found.proved else None

        found, sure = clashes(len(asked), possible)
        told = self.fresh(self.with_shift(put.number, calm))
        made = []
        for some in found:
            if len(some) == 1:
                breaches = _of(told, asked[min(some)].key)[:1]
            else:
                breaches = list(self._each(put, [asked[i] for i in sorted(some)], wait))
            if len(breaches) == len(some):
                made.append(self._reason(put, "why.breaks" if len(some) == 1 else "why.breaks_one_of", *breaches))
            else:
                sure = False  # what the checker does not tell is not shown
        return made if sure else [*made, self._reason(put, OPEN)]

    def _with(self, put: Put, some: Sequence[Bound], wait: Limits) -> Answer:
        if any(b.hopeless for b in some):
            return Answer(None, True)
        return self.room.find(put.classes, put.shared, wait | together(some), put.order)

    def _each(self, put: Put, some: Sequence[Bound], wait: Limits) -> Iterator[Breach]:
        """Yield of each bound the breach, with hours that keep the others: so each is needed."""
        for one in some:
            found = self._with(put, [b for b in some if b is not one], wait)
            told = self._told(put, found.shift, one.key) if found.shift else None
            if told is not None:
                yield told

    # no room

    def _few(self, put: Put) -> tuple[int, ...] | None:
        """Return the fewest other tasks with which a class cannot be, when they are very few."""
        others, c = sorted(put.classes - {put.found.index}), put.found.index
        sets = (s for size in range(min(FEW, len(others)) + 1) for s in combinations(others, size))
        return next((s for s in sets if self.room.can(frozenset({c, *s})) is False), None)

    def apart(self, put: Put) -> list[frozenset[int]]:
        """Return the very small sets of other tasks with which a class cannot be."""
        others, made = sorted(put.classes - {put.found.index}), list[frozenset[int]]()
        for some in (frozenset(s) for size in range(1, FEW + 1) for s in combinations(others, size)):
            if not any(m <= some for m in made) and self.room.can(some | {put.found.index}) is False:
                made.append(some)
        return made

    def _no_room(self, put: Put, few: tuple[int, ...] | None) -> Reason:
        """Return other tasks with which a class cannot be; each of them is needed."""
        if few is not None:
            return self._reason(put, "why.no_room" if few else "why.no_room_alone", tasks=few)
        others, c = put.classes - {put.found.index}, put.found.index
        core = set(others)
        for i in sorted(others, key=lambda i: (-_slack(self.problem.classes[i]), i)):
            if self.room.can(frozenset({c, *core}) - {i}) is False:
                core.discard(i)
        needed = all(self.room.can(frozenset({c, *core}) - {i}) for i in core)
        return self._reason(put, "why.no_room" if needed else OPEN, tasks=core if needed else ())


def laid(problem: Problem, put: Put) -> Shift:
    """Return a day with its tasks end to end, whenever they may be done: right in who does what, not in when."""
    order = sorted((problem.classes[i] for i in put.classes), key=lambda c: (c.window.start, c.index))
    now = order[0].window.start
    entries = []
    for found in order:
        for _ in range(found.times):
            entries.append(Entry(task=found.task.id, start=now, end=now + found.work, shared=found.index in put.shared))
            now += found.work
    return Shift(day=put.found.day, start=order[0].window.start, end=now, entries=tuple(entries))


def _of(told: Iterable[Breach], key: Key) -> list[Breach]:
    """Return what is told of one thing; of a shut door only that barrier."""
    found = []
    for breach in told:
        if key in keys(breach):
            part = key[3].rpartition("/")[2]
            values = {**breach.values, "barriers": part} if "barriers" in breach.values else breach.values
            found.append(breach.model_copy(update={"values": values}))
    return found


def _slack(found: Class) -> int:
    return found.window.length - found.total
