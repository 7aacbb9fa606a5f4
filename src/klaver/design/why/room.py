"""Is there room in a day? Yes with a timetable that the checker's watch accepts, no with a proof, or not decided."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from klaver.design.kernel.days import LONGEST
from klaver.design.kernel.decide import MOST, NO, YES, decide, grown
from klaver.design.kernel.numbers import (
    CLOSES,
    L_NIGHT_END,
    L_NIGHT_START,
    L_SHIFT_MIN,
    L_WAITING,
    OPENS,
    TIMES,
    Numbers,
    numbers,
)
from klaver.design.problem import Problem
from klaver.design.records import Entry, Job, Pause, Shift
from klaver.design.rules import timetable
from klaver.design.solve.day import NO_LIMITS, Answer, Days, Limits, keeps
from klaver.design.why.bounds import waiting
from klaver.values.time import DAY

WORK, LITTLE = 1.5, 0.3
"""Work for the exact day where every order can be looked through, and for a fuller day, which may stay undecided."""

FEW = 6
"""Occurrences up to which every order is looked through before anything else is tried."""

PLENTY = 4 * DAY
"""A limit on minutes of a day that never binds."""


class Room:
    """Settles days of one problem within any limits, and remembers them.

    The kernel answers where it can: its no is a proof, its yes is checked. What it leaves open goes to the exact day.
    """

    def __init__(self, problem: Problem, known: Numbers | None = None) -> None:
        """Take the arrays of a problem with the same classes when they are ``known``; windows are read anew."""
        self.problem = problem
        made = known if known is not None and len(known.cls) == len(problem.classes) else numbers(problem)
        cls = made.cls.copy()
        for c in problem.classes:  # the law on nights is a bound of its own here
            cls[c.index, OPENS], cls[c.index, CLOSES] = c.window.start, c.window.end
        self.numbers = made._replace(cls=cls)
        self._known: dict[object, Answer] = {}
        self._can: dict[frozenset[int], bool | None] = {}
        self._shifts: dict[object, list[Shift]] = {}
        self._nets: dict[frozenset[str | None], int] = {}

    @cached_property
    def days(self) -> Days:
        """The exact day, for what the kernel leaves open."""
        return Days(self.problem)

    def find(
        self,
        classes: frozenset[int],
        shared: frozenset[int] = frozenset(),
        limits: Limits = NO_LIMITS,
        order: Sequence[int] = (),
    ) -> Answer:
        """Find a timetable of classes of one day within limits; ``order`` is a row of classes to begin from."""
        key = (classes, shared & classes, limits)
        if key not in self._known:
            seen = self._shifts.setdefault(key[:2], [])
            again = next((s for s in seen if keeps(self.problem, s, limits)), None)
            self._known[key] = Answer(again, True) if again else self._find(classes, key[1], limits, order)
            made = self._known[key].shift
            if made is not None and again is None:
                seen.append(made)
        return self._known[key]

    def can(self, classes: frozenset[int], order: Sequence[int] = ()) -> bool | None:
        """Tell whether somebody can do classes on one day, however long that takes; ``None`` when not decided."""
        if classes not in self._can:
            self._can[classes] = self._whether(classes, order)
        return self._can[classes]

    def _whether(self, classes: frozenset[int], order: Sequence[int]) -> bool | None:
        if self._many(classes) <= FEW:
            said = self._by_kernel(classes, {})[0]
            if said in (YES, NO):
                return bool(said == YES)
        elif self.find(classes, frozenset(), waiting(self.problem), order).shift is not None:
            return True  # looked at first, because it is soon seen who would wait too long
        found = self.find(classes, order=order)
        return True if found.shift else False if found.proved else None

    def _many(self, classes: frozenset[int]) -> int:
        return int(sum(self.numbers.cls[i, TIMES] for i in classes))

    def _find(self, classes: frozenset[int], shared: frozenset[int], limits: Limits, order: Sequence[int]) -> Answer:
        lowest: dict[str, int] = {}
        for fact, limit in limits:
            lowest[fact] = min(limit, lowest.get(fact, limit))
        work = sum(self.problem.classes[i].total for i in classes)
        most = min(lowest.get("paid", PLENTY), work + lowest.get("waiting", PLENTY))
        if work + self._ways(classes) > most or -lowest.get("least", 0) > most:
            return Answer(None, True)
        if order:  # most days take one more task where it is
            shift = self._grown(classes, shared, lowest, order)
            if shift is not None and self._fits(shift, limits):
                return Answer(shift, True)
        said, row, at, span = self._by_kernel(classes, lowest)
        if said == NO:
            return Answer(None, True)
        if said == YES:
            shift = self._shift(row, at, span, shared)
            if self._fits(shift, limits):
                return Answer(shift, True)
        found = self.days.decide(classes, shared, limits, WORK if self._many(classes) <= MOST else LITTLE)
        if found.shift is not None and not self._fits(found.shift, limits):
            return Answer(None, False)
        return found

    def _ways(self, classes: frozenset[int]) -> int:
        """Return the minutes somebody walks at least: the shortest net of ways between the places of a day."""
        left = {self.problem.classes[i].task.place for i in classes}
        key = frozenset(left)
        if key not in self._nets:
            near = dict.fromkeys(left, PLENTY)
            here, total = left.pop(), 0
            while left:
                for place in left:
                    near[place] = min(near[place], self.problem.walk(here, place))
                here = min(left, key=lambda p: (near[p], p or ""))
                left.remove(here)
                total += near[here]
            self._nets[key] = total
        return self._nets[key]

    def _bent(self, classes: frozenset[int], lowest: dict[str, int]) -> Numbers:
        """Return the arrays with a day's limits on start, end and length in them."""
        cls, bent = self.numbers.cls.copy(), self.numbers.limits.copy()
        work = sum(self.problem.classes[i].total for i in classes)
        for i in classes:
            cls[i, OPENS] = max(cls[i, OPENS], -lowest.get("starts", 0))
            cls[i, CLOSES] = min(cls[i, CLOSES], lowest.get("ends", PLENTY))
        bent[L_WAITING] = min(lowest.get("waiting", PLENTY), lowest.get("paid", PLENTY) - work)
        bent[L_SHIFT_MIN] = max(0, -lowest.get("least", 0))
        bent[L_NIGHT_START], bent[L_NIGHT_END] = lowest.get("ends", PLENTY), max(0, -lowest.get("starts", 0))
        return self.numbers._replace(cls=cls, limits=bent)

    def _by_kernel(
        self, classes: frozenset[int], lowest: dict[str, int]
    ) -> tuple[int, list[int], list[int], list[int]]:
        n = self._bent(classes, lowest)
        row = [i for i in sorted(classes) for _ in range(n.cls[i, TIMES])]
        if len(row) > LONGEST:
            return 0, [], [], []
        seq, at, span = np.array(row, np.int64), np.zeros(len(row), np.int64), np.zeros(4, np.int64)
        short = any(n.cls[i, OPENS] + n.cls[i, TIMES] * self.problem.classes[i].work > n.cls[i, CLOSES] for i in row)
        said = NO if short else decide(n, seq, len(row), at, span, True)
        return said, seq.tolist(), at.tolist(), span.tolist()

    def _grown(
        self, classes: frozenset[int], shared: frozenset[int], lowest: dict[str, int], order: Sequence[int]
    ) -> Shift | None:
        """Put what is missing from an order where the day stays shortest."""
        n = self._bent(classes, lowest)
        kept = [i for i in order if i in classes]
        seq, at, span = np.zeros(LONGEST + 1, np.int64), np.zeros(LONGEST + 1, np.int64), np.zeros(4, np.int64)
        many = len(kept)
        seq[:many] = kept
        for i in sorted(classes - set(kept)):
            many = grown(n, seq, many, i, at, span)
            if many < 0:
                return None
        return self._shift(seq[:many].tolist(), at[:many].tolist(), span.tolist(), shared)

    def _shift(self, row: list[int], at: list[int], span: list[int], shared: frozenset[int]) -> Shift:
        entries = []
        for i, start in zip(row, at, strict=True):
            found = self.problem.classes[i]
            entries.append(Entry(task=found.task.id, start=start, end=start + found.work, shared=i in shared))
        start, end, pause, _ = span
        rest = (Pause(start=pause, end=pause + self.problem["break_minutes"]),) if pause >= 0 else ()
        return Shift(day=self.problem.classes[row[0]].day, start=start, end=end, pauses=rest, entries=tuple(entries))

    def _fits(self, shift: Shift, limits: Limits) -> bool:
        """Walk through a day with the checker's watch; how long somebody may wait is a limit like any other."""
        told = timetable.check(self.problem, (Job(id="job", shifts=(shift,)),))
        wrong = any(b.code != "rule.waiting" and not (b.warning and self.problem.confirmed_only) for b in told)
        return not wrong and keeps(self.problem, shift, limits)
