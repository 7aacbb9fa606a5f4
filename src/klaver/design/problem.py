"""The design question in numbers: which occurrence classes may move, and on what clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import heappop, heappush

from klaver.matching.doors import limits
from klaver.people.records import Profile
from klaver.scale.dimensions import PLACE_NUMBERS, TASK_NUMBERS
from klaver.values import Fault, Faults, Weekday, Window
from klaver.values.dated import Parameters
from klaver.work.elementary import Verdict, elementary
from klaver.work.records import Cooperation, Legal, Task, Wishes, Workplace

ADDS_TO = {"posture": frozenset({23, 24, 25}), "contact": frozenset({22}), "alone": frozenset({12})}
"""The composed dimensions that a field of a task adds to; while the field is not known, neither is their level."""


@dataclass(frozen=True)
class Class:
    """An occurrence class: one task on one weekday. Minutes per occurrence, on two clocks."""

    index: int
    task: Task
    day: Weekday
    times: int
    minutes: int
    work: int
    window: Window

    @property
    def given(self) -> int:
        """Colleague minutes that leave on this day when the class moves."""
        return self.minutes * self.times

    @property
    def total(self) -> int:
        """Minutes on this day on the new worker's clock."""
        return self.work * self.times


@dataclass(frozen=True)
class Problem:
    """One workplace with its wishes resolved; everything the rules, the checker and the engine look at.

    ``group`` are the persons a job each is made for, in the order of the jobs; it never comes from a stored design.
    """

    workplace: Workplace
    parameters: Parameters
    wishes: Wishes
    profiles: tuple[Profile, ...]
    confirmed_only: bool = False
    without: frozenset[str] = frozenset()
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    group: tuple[Profile, ...] = ()

    def __getitem__(self, name: str) -> int:
        return self.parameters[name]

    def skips(self, rule: str) -> bool:
        """Tell whether a rule is set aside in a what-if ("what would be possible without it")."""
        return rule in self.without

    def holds(self, name: str) -> bool:
        """Tell whether a rule of law binds the engine: not when it is unconfirmed and was made a warning."""
        return self.parameters.get(name).confirmed or not self.confirmed_only

    @cached_property
    def tasks(self) -> dict[str, Task]:
        """All tasks by id."""
        return {t.id: t for t in self.workplace.tasks}

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of every task in the analysis, by id."""
        return {t.id: at for at, t in enumerate(self.workplace.tasks)}

    @cached_property
    def classes(self) -> tuple[Class, ...]:
        """The occurrence classes that may move to a new job."""
        found: list[Class] = []
        for task in self.workplace.tasks:
            if self.why_not(task) is None:
                found += self._classes_of(task, len(found))
        return tuple(found)

    def why_not(self, task: Task) -> str | None:
        """Return why no class of the task may move (a message code of ``why``), or ``None`` when it may."""
        if task.legal in (Legal.RESERVED, Legal.UNKNOWN):
            return f"why.legal_{task.legal.value}"
        if self.verdicts[task.id].elementary != "yes":
            return f"why.elementary_{self.verdicts[task.id].elementary}"
        if task.minutes is None or task.times is None or task.window is None:
            return "why.times_unknown"
        if task.legal is Legal.PERMIT and not self._has_permit(task):
            return "why.permit"
        return None

    def _has_permit(self, task: Task) -> bool:
        return any(task.permit in (p.permits or ()) for p in self.holders)

    def _classes_of(self, task: Task, first: int) -> list[Class]:
        assert task.minutes is not None and task.times is not None and task.window is not None
        work = self.work_minutes(task.minutes.likely)
        days = [d for d in self.days if task.times[d]]
        return [
            Class(first + i, task, d, task.times[d], task.minutes.likely, work, task.window)
            for i, d in enumerate(days)
            if work <= task.window.length
        ]

    def work_minutes(self, minutes: int) -> int:
        """Return colleague minutes on the new worker's clock, rounded up."""
        return -(-minutes * self.tempo // 100)

    @cached_property
    def by_task(self) -> dict[str, tuple[Class, ...]]:
        """The movable classes of each task."""
        found: dict[str, tuple[Class, ...]] = {}  # in the order of the analysis: a set would follow the hash seed
        for one in self.classes:
            found[one.task.id] = (*found.get(one.task.id, ()), one)
        return found

    @cached_property
    def by_key(self) -> dict[tuple[str, Weekday], Class]:
        """The movable classes by (task id, weekday)."""
        return {(c.task.id, c.day): c for c in self.classes}

    @cached_property
    def person(self) -> Profile | None:
        """The profile whose limits every job must keep, when the wishes name one."""
        return next((p for p in self.profiles if p.id == self.wishes.profile), None)

    @property
    def holders(self) -> tuple[Profile, ...]:
        """Those for whom the jobs are made: a person for each job in turn, or one profile for all; mostly nobody."""
        return self.group or (() if self.person is None else (self.person,))

    def holder(self, job: int) -> Profile | None:
        """Return the profile that a job is made for, by the place of the job."""
        if self.group:
            return self.group[job] if job < len(self.group) else None
        return self.person

    @cached_property
    def limits(self) -> dict[str, dict[int, int]]:
        """Highest open level per known dimension, for each profile and each person of a group."""
        return {p.id: limits(p) for p in (*self.profiles, *self.group)}

    @property
    def jobs(self) -> int:
        """How many new jobs are asked: for a group one for each person."""
        return len(self.group) or self.wishes.jobs or self["jobs"]

    @cached_property
    def week(self) -> tuple[int, int]:
        """Fewest and most paid minutes a week of a job."""
        low, high = self.wishes.week_min, self.wishes.week_max
        low = self["week_min"] if low is None else low
        high = max(self["week_max"], low) if high is None else high
        return low, high

    @property
    def day_max(self) -> int:
        """Most paid minutes of a job on one day."""
        return self["day_max"] if self.wishes.day_max is None else self.wishes.day_max

    @property
    def tempo(self) -> int:
        """Minutes of the new worker per 100 minutes of a colleague, once settled."""
        return self["tempo"] if self.wishes.tempo is None else self.wishes.tempo

    @cached_property
    def days(self) -> tuple[Weekday, ...]:
        """The weekdays on which the new jobs may work."""
        return self.wishes.days or tuple(Weekday)

    @property
    def full_time(self) -> int:
        """Minutes of a full-time week in this house."""
        return self.workplace.full_time_week or self["full_time"]

    def walk(self, start: str | None, end: str | None) -> int:
        """Return the minutes to walk between two places, over the shortest known way.

        Between places with no known way the longest known walk counts: an unknown distance is not zero.
        """
        if start == end:
            return 0
        known = self._ways(start)
        if end not in known:
            return self._longest_walk
        return known[end]

    def _ways(self, start: str | None) -> dict[str | None, int]:
        if start not in self._from:
            self._from[start] = self._shortest(start)
        return self._from[start]

    @cached_property
    def _from(self) -> dict[str | None, dict[str | None, int]]:
        """The shortest ways from every place that was asked for: a large house has more pairs than are ever walked."""
        return {}

    @cached_property
    def _walks(self) -> dict[str, dict[str, int]]:
        """The known walks, from each end; places in the order of the analysis."""
        walks: dict[str, dict[str, int]] = {}
        for w in self.workplace.walks:
            for one, two in ((w.start, w.end), (w.end, w.start)):
                here = walks.setdefault(one, {})
                here[two] = min(w.minutes, here.get(two, w.minutes))
        return walks

    def _shortest(self, start: str | None) -> dict[str | None, int]:
        found: dict[str | None, int] = {}
        edge: list[tuple[int, str | None]] = [(0, start)]
        while edge:
            minutes, place = heappop(edge)
            if place not in found:
                found[place] = minutes
                for other, walk in self._walks.get(place or "", {}).items():
                    heappush(edge, (minutes + walk, other))
        return found

    @cached_property
    def _longest_walk(self) -> int:
        # the longest shortest way, so that ways stay shortest ways
        return max((minutes for start in self._walks for minutes in self._ways(start).values()), default=0)

    def shortage_percent(self, task: Task) -> int:
        """Percent of a task's minutes done now by shortage roles; work left undone relieves nobody."""
        if task.left_undone:
            return 0
        return sum(s.percent for s in task.doers if s.role in self._short)

    @cached_property
    def _short(self) -> frozenset[str]:
        return frozenset(r.id for r in self.workplace.roles if r.shortage)

    def mentor_is_short(self) -> bool:
        """Tell whether mentoring costs minutes of a shortage role: not in an enclave with its own supervisor."""
        return self.workplace.cooperation is not Cooperation.ENCLAVE

    @cached_property
    def unknown_dimensions(self) -> dict[str, frozenset[int]]:
        """Dimensions on which a job with a task may ask more than is known, by task id.

        Its own without a level, those of its place, and what its posture, its contact and being alone add to a day.
        """
        places = {p.id: p.demands.keys() for p in self.workplace.places}
        return {
            t.id: frozenset().union(
                TASK_NUMBERS - t.demands.keys(),
                PLACE_NUMBERS - places.get(t.place or "", set()),
                *(numbers for field, numbers in ADDS_TO.items() if getattr(t, field) is None),
            )
            for t in self.workplace.tasks
        }


def problem(
    workplace: Workplace,
    parameters: Parameters,
    profiles: Sequence[Profile] = (),
    wishes: Wishes | None = None,
    *,
    without: frozenset[str] = frozenset(),
    confirmed_only: bool = False,
    group: Sequence[Profile] = (),
) -> Problem:
    """Resolve the wishes of a workplace into the problem that the engine and the checker share.

    Raises
    ------
    Faults
        When a wish names a task or profile that does not exist, or asks more hours than it allows.
    """
    asked = wishes or workplace.wishes
    verdicts = {t.id: elementary(t) for t in workplace.tasks}
    made = Problem(workplace, parameters, asked, tuple(profiles), confirmed_only, without, verdicts, tuple(group))
    faults = [Fault(code="wish.unknown_task", values={"task": p.task}) for p in asked.pins if p.task not in made.tasks]
    if asked.profile is not None and made.person is None:
        known = ", ".join(p.id for p in profiles) or "-"
        faults.append(Fault(code="wish.unknown_profile", values={"profile": asked.profile, "known": known}))
    if made.week[0] > made.week[1]:
        faults.append(Fault(code="wish.hours_crossed", values={"low": made.week[0], "high": made.week[1]}))
    if faults:
        raise Faults(faults)
    return made
