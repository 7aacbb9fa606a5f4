"""How much net relief there can be at most when all jobs together must also keep floors under the other values.

The rows of ``ceiling`` and, for every value, what all jobs together must then keep: moments are counted; a job that is
open for somebody does no work that shuts the door; a point of quality asks something of every day.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from klaver.design.kernel.judge import F_CONTACT, F_SIT, F_SIT_RUN, F_STAND, F_STAND_RUN, F_WALK, F_WALK_RUN, F_WORK
from klaver.design.kernel.numbers import (
    CLIENTS,
    CLOSES,
    L_DAY_MAX,
    L_JOBS,
    L_PEOPLE,
    L_WEEK_HIGH,
    L_WEEK_LOW,
    MARKS,
    MEETS,
    OPENS,
    POSTURE_OF,
    TASK,
    TOTAL,
    UNPLEASANT,
    WEEKDAY,
    WORK,
    Ints,
    Numbers,
)
from klaver.design.records import Floors
from klaver.design.solve.ceiling import Ceiling, Part

POINTS = 8
"""Points of quality that a job can have."""

POSTURES = ((1, F_STAND, F_STAND_RUN), (2, F_SIT, F_SIT_RUN), (3, F_WALK, F_WALK_RUN))
"""A posture, the most minutes of it a day and at a time."""


class Outer(Ceiling):
    """The ceiling with floors under all jobs together; ``each`` are floors that every job keeps besides."""

    def __init__(self, numbers: Numbers, whole: Floors, each: Floors | None = None) -> None:
        super().__init__(numbers)
        each, jobs = each or Floors(), self.limit(L_JOBS)
        moments = [m for m in (whole.calm, None if each.calm is None else jobs * each.calm) if m is not None]
        if moments:
            self._most(self._taken(np.arange(len(numbers.cls))), min(moments))
        may = np.array([self._may(p) for p in range(self.limit(L_PEOPLE))], np.bool_).reshape(-1, len(numbers.cls))
        if each.doors:  # every job is open for somebody, so nobody does what shuts every door
            nobody = np.flatnonzero(~may.any(axis=0))
            self._most(self._taken(nobody), 0)
        self._doors(may, max(whole.doors or 0, jobs * (each.doors or 0)))
        self._quality(max(whole.quality or 0, jobs * (each.quality or 0)))
        self.aim = np.append(self.aim, np.zeros(len(self.upper) - len(self.aim), np.int64))

    def _doors(self, may: npt.NDArray[np.bool_], least: int) -> None:
        """A number per profile: for it, so many jobs are open, and only the other jobs may do what shuts the door."""
        people = self.limit(L_PEOPLE)
        if not least:
            return
        opened = [self._new(self.limit(L_JOBS)) for _ in range(people)]
        self._least([(opened, [1] * people)], least)
        for person, open_in in enumerate(opened):
            self._shuts(np.flatnonzero(~may[person]), open_in)
            self._hours_of(person, open_in)

    def _unless(self, terms: Sequence[Part], open_in: int, within: int, else_: int) -> None:
        """Ask that a sum is at most ``within`` for each open job and ``else_`` for each other."""
        within = min(within, else_)
        self._most([*terms, ([open_in], [else_ - within])], self.limit(L_JOBS) * else_)

    def _may(self, person: int) -> npt.NDArray[np.bool_]:
        """Tell of every class whether a job that is open for this profile may do it."""
        n, rows = self.n, self.n.cls
        word, bit = divmod(person, 64)
        may = (n.doors[rows[:, TASK], word] >> np.uint64(bit)) & np.uint64(1) == 1
        first, last, days = (int(v) for v in n.hours[person, 3:6])
        may &= np.maximum(rows[:, OPENS], first) + rows[:, TOTAL] <= np.minimum(rows[:, CLOSES], last)
        may &= (days >> rows[:, WEEKDAY]) & 1 == 1
        facts = n.most[person]
        for posture, day, run in POSTURES:
            may &= (rows[:, POSTURE_OF] != posture) | (rows[:, WORK] <= facts[run])
            may &= (rows[:, POSTURE_OF] != posture) | (rows[:, TOTAL] <= facts[day])
        may &= (rows[:, MARKS] & CLIENTS == 0) | (rows[:, TOTAL] <= facts[F_CONTACT])
        return np.asarray(may, np.bool_)

    def _shuts(self, shut: Ints, open_in: int) -> None:
        rows = self.n.cls
        self._unless(self._taken(shut, rows[shut, TOTAL]), open_in, 0, self.limit(L_WEEK_HIGH))
        for d in range(7):
            mine = shut[rows[shut, WEEKDAY] == d]
            self._unless(self._taken(mine, rows[mine, TOTAL]), open_in, 0, self.limit(L_DAY_MAX))

    def _hours_of(self, person: int, open_in: int) -> None:
        n, rows, jobs = self.n, self.n.cls, self.limit(L_JOBS)
        low, high, day = (int(v) for v in n.hours[person, :3])
        week, most = self.limit(L_WEEK_HIGH), self.limit(L_DAY_MAX)
        self._unless([(self.paid, np.ones(7, np.int64))], open_in, high, week)
        more = max(0, low - self.limit(L_WEEK_LOW))
        self._least([(self.paid, 1), ([open_in], [-more])], jobs * self.limit(L_WEEK_LOW))
        facts = n.most[person]
        for d in range(7):
            mine = self._of_day(d)
            self._unless([(self.paid[[d]], np.ones(1, np.int64))], open_in, min(day, int(facts[F_WORK])), most)
            marked = [(rows[mine, POSTURE_OF] == posture, int(facts[fact])) for posture, fact, _ in POSTURES]
            marked.append(((rows[mine, MARKS] & CLIENTS) > 0, int(facts[F_CONTACT])))
            for chosen, limit in marked:
                some = mine[chosen]
                self._unless(self._taken(some, rows[some, TOTAL]), open_in, limit, most)

    def _quality(self, least: int) -> None:
        """Count in how many jobs each point is had; three of them ask something that all jobs together can show."""
        if not least:
            return
        rows, jobs = self.n.cls, self.limit(L_JOBS)
        shared, contact, pleasant = (self._new(jobs) for _ in range(3))
        others = self._new((POINTS - 3) * jobs)
        self._least([([shared, contact, pleasant, others], [1] * 4)], least)
        meets = (rows[:, MARKS] & MEETS) > 0
        for d in range(7):
            mine, there = self._of_day(d), self.there[[d]]
            self._most([(there, [1]), self._shared(mine, -1), ([shared], [1])], jobs)
            self._most([(there, [1]), *self._taken(mine[meets[mine]], -1), ([contact], [1])], jobs)
        bad = (rows[:, MARKS] & UNPLEASANT) > 0
        weighed = rows[:, TOTAL] * np.where(bad, 9, -1)
        most = 9 * self.limit(L_WEEK_HIGH)
        self._most([*self._taken(np.arange(len(rows)), weighed), ([pleasant], [most])], jobs * most)
