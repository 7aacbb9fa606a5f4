"""For whom a job may be open, as arrays: who may do which task, and what hours and day may ask of each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from klaver.design.effects import top_language
from klaver.design.problem import Problem
from klaver.design.rules.ceilings import POSTURES, barred, open_limits
from klaver.matching.doors import asks_language, missing_language
from klaver.people.records import Profile
from klaver.scale.composed import limit_of
from klaver.scale.dimensions import PLACE_NUMBERS, TASK_NUMBERS
from klaver.values.time import DAY_PARTS
from klaver.work.records import LanguageNeed

NO_LIMIT = 1 << 40
NOBODY = -1
Bits = npt.NDArray[np.bool_]

FACTS = (
    *(("kinds_job", 6), ("kinds_day", 8), ("fixed_times_day", 11), ("alone_run", 12), ("changes_day", 13)),
    *(("day_differences_job", 15), ("shared_job", 18), ("instructors_job", 19), ("contact_day", 22)),
    *(("stand_run", 23), ("stand_day", 23), ("sit_run", 24), ("sit_day", 24), ("walk_run", 25), ("walk_day", 25)),
    ("work_day", 31),
)
"""The facts of a timetable that open and shut doors, in the order of the arrays, with their dimension."""


class People:
    """For whom a job of some tasks may be open, and what its hours and its day may ask of each.

    ``words`` (T, W): who is not shut out by a task and has nothing left to ask about it; ``most`` (N, facts) the
    highest value of each fact of a timetable; ``hours`` (N, 7): week least and most, day most, earliest, latest, days
    and parts of days as bits. The last rows are those of the holders: what shuts their door, questions aside.
    ``barred`` (holders, T) says which tasks can be in no job of theirs, ``holder`` (jobs) whose each job is, -1 for
    nobody's.
    """

    def __init__(self, problem: Problem, tasks: Sequence[str]) -> None:
        people = problem.profiles
        self.holders = () if problem.skips("ceilings") else problem.holders
        self.words = _words(_may_do(problem, tasks))
        rows = [(p, open_limits(problem, p)) for p in people]
        rows += [(p, problem.limits[p.id]) for p in self.holders]
        most = [[_most(fact, number, has) for fact, number in FACTS] for _, has in rows]
        self.most = np.array(most, np.int64).reshape(-1, len(FACTS))
        self.hours = np.array([_hours(p) for p, _ in rows], np.int64).reshape(-1, 7)
        first = [problem.by_task[t][0] for t in tasks]
        self.barred = np.array([[barred(problem, c, p) for c in first] for p in self.holders], np.bool_)
        self.barred = self.barred.reshape(len(self.holders), len(tasks))
        whose = [NOBODY if not self.holders else job if problem.group else 0 for job in range(problem.jobs)]
        self.holder = np.array(whose, np.int64)


def _words(may: Bits) -> npt.NDArray[np.uint64]:
    """Return rows of yes and no as words of 64 bits, the first person in the lowest bit."""
    width = max(1, -(-may.shape[1] // 64))
    padded = np.zeros((max(1, len(may)), 64 * width), np.bool_)
    padded[: len(may), : may.shape[1]] = may
    return np.packbits(padded, axis=1, bitorder="little").view("<u8").astype(np.uint64)


def _may_do(problem: Problem, tasks: Sequence[str]) -> Bits:
    """Return (T, people) who is not shut out by a task and has nothing left to ask about it.

    The same as ``shuts`` and ``asks`` of the ceilings, for all at once.
    """
    people, found = problem.profiles, [problem.tasks[t] for t in tasks]
    may = np.ones((len(tasks), len(people)), np.bool_)
    may[:, np.array([not _timed(p) for p in people], np.bool_)] = False
    may[np.array([bool(problem.unknown_dimensions[t.id]) or t.language is None for t in found], np.bool_)] = False
    limits = [open_limits(problem, p) for p in people]
    places = {p.id: p.demands for p in problem.workplace.places}
    for number in sorted(TASK_NUMBERS | PLACE_NUMBERS):
        asked = [(t.demands if number in TASK_NUMBERS else places.get(t.place or "", {})).get(number, 0) for t in found]
        may &= np.array(asked, np.int64)[:, None] <= np.array([has[number] for has in limits], np.int64)[None, :]
    work = [problem.by_task[t][0].work for t in tasks]
    for number, word, posture in POSTURES:
        run = [w if t.posture is posture else 0 for t, w in zip(found, work, strict=True)]
        most = [_most(f"{word}_run", number, has) for has in limits]
        may &= np.array(run, np.int64)[:, None] <= np.array(most, np.int64)[None, :]
    families = np.array([t.family for t in found], object)
    spoken: dict[str, Bits] = {}
    for n, profile in enumerate(people):
        if profile.excluded_families:
            may[np.isin(families, profile.excluded_families), n] = False
    for row, task in enumerate(found):
        if task.permit:
            may[row] &= np.array([p.permits is not None and task.permit in p.permits for p in people], np.bool_)
        if task.language is not None and asks_language(top_language([task.language])):
            need = task.language.model_dump_json()
            if need not in spoken:  # many tasks ask the same
                spoken[need] = np.array([_speaks(task.language, p) for p in people], np.bool_)
            may[row] &= spoken[need]
    return may


def _speaks(need: LanguageNeed, profile: Profile) -> bool:
    """Tell whether the language held is known, and enough where a safety reason is written."""
    if profile.language is None:
        return False
    return not need.safety_reason or not missing_language(top_language([need]), profile)


def _timed(profile: Profile) -> bool:
    hours = (profile.week_min, profile.week_max, profile.day_max)
    days = profile.day_parts is not None or None not in (profile.days, profile.earliest, profile.latest)
    return None not in hours and days


def _most(fact: str, number: int, has: dict[int, int]) -> int:
    limit = limit_of(fact, has[number]) if number in has else None
    return NO_LIMIT if limit is None else limit


def _hours(profile: Profile) -> tuple[int, ...]:
    days = range(7) if profile.days is None else profile.days
    slots = profile.slots()
    per_day = len(DAY_PARTS)
    parts = (
        ((1 << 7 * per_day) - 1) if slots is None else sum(1 << (d * per_day + DAY_PARTS.index(p)) for d, p in slots)
    )
    known = (
        (profile.week_min, 0),
        (profile.week_max, NO_LIMIT),
        (profile.day_max, NO_LIMIT),
        (profile.earliest, 0),
        (profile.latest, NO_LIMIT),
    )
    return (*(default if v is None else v for v, default in known), sum(1 << d for d in days), parts)
