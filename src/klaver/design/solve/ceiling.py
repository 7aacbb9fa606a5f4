"""How much net relief there can be at most: all jobs taken together, which no plan can beat.

What every job keeps, all jobs together keep: hours, days, what roles may lose, shares of the work, seasons; and in no
stretch of a day can more be done than people are there. Who does what is left open, so this is quick at any size.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from copy import copy

import numpy as np
import numpy.typing as npt
from ortools.linear_solver.python import model_builder
from ortools.sat.python import cp_model

from klaver.design.kernel.numbers import (
    CLOSES,
    GAIN,
    GROUP,
    L_BLOCK,
    L_CRUMBS,
    L_DAY_MAX,
    L_DAYS_MAX,
    L_JOBS,
    L_LONELY,
    L_MENTORING,
    L_POSTURE,
    L_SEASON_HIGH,
    L_SEASON_LOW,
    L_SHARE,
    L_SHARED,
    L_SHIFT_MIN,
    L_UNPLEASANT,
    L_WAITING,
    L_WEEK_HIGH,
    L_WEEK_LOW,
    MARKS,
    MEETS,
    NEVER,
    OF,
    OPENS,
    POSTURE_OF,
    ROLE,
    TOG,
    TOTAL,
    UNPLEASANT,
    WANTED,
    WEEKDAY,
    Ints,
    Numbers,
)
from klaver.design.kernel.people import NO_LIMIT

EDGES = 40
"""Clock times a day between which the work that must be done is laid beside the people who are there."""

LARGE = 1000
"""Classes above which a day has a third of those times, and the bound is not sharpened with whole numbers."""

HUGE, FEW = 10_000, 3
"""Classes above which a day has but a few of those times: each row of them then holds thousands of tasks."""

FINE = 1 << 24
"""Prices of rows are rounded to parts of this, so that the bound they prove is worked out without rounding."""

Part = tuple[npt.ArrayLike, npt.ArrayLike]
"""A sum: places of variables, and what each counts for."""


class Ceiling:
    """The question with all jobs taken together, as rows: sums of variables that stay at most at a number.

    The variables are, per class, whether it is done alone and whether it is shared; per weekday how many jobs are
    there and the paid minutes; and for the crumbs of time of each stretch two more.
    """

    def __init__(self, numbers: Numbers) -> None:
        self.n = numbers
        rows, classes = numbers.cls, len(numbers.cls)
        never, wanted = rows[:, NEVER], rows[:, WANTED]
        jobs = self.limit(L_JOBS)
        self.upper = [
            *((never == 0) & (wanted >= 0)).astype(np.int64).tolist(),
            *((never != 1) & ((wanted == 0) | (wanted == 1))).astype(np.int64).tolist(),
            *[jobs] * 7,
            *[jobs * min(self.limit(L_DAY_MAX), 2880)] * 7,
        ]
        self.there, self.paid = 2 * classes + np.arange(7), 2 * classes + 7 + np.arange(7)
        self.rows: list[tuple[Ints, Ints, int]] = []
        for c in range(classes):
            self._most(self._taken([c]), 1)
            if wanted[c] > 0:
                self._least(self._taken([c]), 1)
        self._hours()
        self._stretches()
        self._roles()
        self._parts()
        self.aim = np.zeros(len(self.upper), np.int64)
        self.aim[:classes] = rows[:, GAIN]
        self.aim[self.there] = -self.limit(L_MENTORING)

    def limit(self, which: int) -> int:
        """Return one of the house's parameters."""
        return int(self.n.limits[which])

    def bound(self, work: float) -> int | None:
        """Return the most there can be in hundredths of minutes a week; ``None`` when no plan is possible at all.

        The prices of the linear question prove a bound in whole numbers; on a question that is not large, whole jobs
        and tasks sharpen it with at most this much ``work``. What is cut off is less sharp and still true.
        """
        most = self.priced()
        if len(self.n.cls) > LARGE:
            return most
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 0
        solver.parameters.max_deterministic_time = work
        solver.parameters.linearization_level = 2
        status = solver.solve(self._whole())
        if status == cp_model.INFEASIBLE:
            return None
        proved = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)  # without a plan the solver may not have a bound
        return min(most, math.floor(solver.best_objective_bound + 1e-6)) if proved else most

    def taking(self, classes: Sequence[int]) -> Ceiling:
        """Return the same question with some classes in a job, alone or shared."""
        other = copy(self)
        other.rows = list(self.rows)
        for c in classes:
            other._least(other._taken([c]), 1)
        return other

    # two solvers

    def priced(self) -> int:
        """Solve the linear question, and work out in whole numbers what its prices prove."""
        model = model_builder.Model()  # type: ignore[no-untyped-call]
        terms = [model.new_num_var(0, top, "") for top in self.upper]
        made = []
        for where, counts, most in self.rows:
            sum_of = model_builder.LinearExpr.weighted_sum(
                [terms[i] for i in where.tolist()], counts.astype(float).tolist()
            )
            made.append(model.add(sum_of <= most))
        model.maximize(model_builder.LinearExpr.weighted_sum(terms, self.aim.astype(float).tolist()))
        solver = model_builder.Solver("GLOP")
        prices = [0.0] * len(made)
        if solver.solve(model) == model_builder.SolveStatus.OPTIMAL:
            prices = [solver.dual_value(row) for row in made]
        return self.proved([max(0, round(p * FINE)) for p in prices])

    def proved(self, prices: Sequence[int]) -> int:
        """Return the bound that prices of the rows prove, in parts of ``FINE``; any prices from zero prove one."""
        total = sum(price * most for price, (_, _, most) in zip(prices, self.rows, strict=True))
        left = [FINE * int(a) for a in self.aim]
        for price, (where, counts, _) in zip(prices, self.rows, strict=True):
            if price:
                for i, count in zip(where.tolist(), counts.tolist(), strict=True):
                    left[i] -= price * count
        total += sum(gain * top for gain, top in zip(left, self.upper, strict=True) if gain > 0)
        return int(total // FINE)

    def _whole(self) -> cp_model.CpModel:
        cp = cp_model.CpModel()
        terms = [cp.new_int_var(0, top, "") for top in self.upper]
        for where, counts, most in self.rows:
            pairs = zip(where.tolist(), counts.tolist(), strict=True)
            expression = sum(terms[i] * count for i, count in pairs)
            cp.add(expression <= most)
        cp.maximize(sum(term * int(gain) for term, gain in zip(terms, self.aim, strict=True) if gain))
        return cp

    # rows

    def _most(self, parts: Sequence[Part], most: int) -> None:
        """Ask that a sum is at most a number; a variable that stands in it twice is added up."""
        where = np.concatenate([np.asarray(p[0], np.int64) for p in parts])
        counts = np.concatenate([np.broadcast_to(np.asarray(p[1], np.int64), np.shape(p[0])) for p in parts])
        places, inverse = np.unique(where, return_inverse=True)
        sums = np.bincount(inverse, weights=counts).astype(np.int64) if len(places) else np.zeros(0, np.int64)
        upper = np.array([self.upper[i] for i in places.tolist()], np.int64)  # all of them would be too many to copy
        used = (sums != 0) & (upper > 0)
        self.rows.append((places[used], sums[used], most))

    def _least(self, parts: Sequence[Part], least: int) -> None:
        self._most([(where, -np.asarray(counts, np.int64)) for where, counts in parts], -least)

    def _alone(self, classes: Ints, counts: Ints | int = 1) -> Part:
        return np.asarray(classes, np.int64), np.broadcast_to(np.asarray(counts, np.int64), np.shape(classes))

    def _shared(self, classes: Ints, counts: Ints | int = 1) -> Part:
        return self._alone(classes + len(self.n.cls), counts)

    def _taken(self, classes: Ints | list[int], counts: Ints | int = 1) -> list[Part]:
        return [self._alone(np.asarray(classes, np.int64), counts), self._shared(np.asarray(classes, np.int64), counts)]

    def _new(self, most: int) -> int:
        self.upper.append(most)
        return len(self.upper) - 1

    def _of_day(self, d: int) -> Ints:
        return np.flatnonzero(self.n.cls[:, WEEKDAY] == d)

    def _hours(self) -> None:
        jobs, rows, every = self.limit(L_JOBS), self.n.cls, np.arange(len(self.n.cls))
        for d in range(7):
            mine, there, paid = self._of_day(d), self.there[[d]], self.paid[[d]]
            work = rows[mine, TOTAL]
            self._most([*self._taken(mine, work), (paid, [-1])], 0)
            self._most([(paid, [1]), (there, [-self.limit(L_WAITING)]), *self._taken(mine, -work)], 0)
            self._most([(paid, [1]), (there, [-self.limit(L_DAY_MAX)])], 0)
            self._most([(paid, [-1]), (there, [self.limit(L_SHIFT_MIN)])], 0)
            if self.limit(L_LONELY):
                meets = (rows[mine, MARKS] & MEETS) > 0
                self._most([(there, [1]), self._alone(mine[meets], -1), self._shared(mine, -1)], 0)
        self._most([(self.paid, 1)], jobs * self.limit(L_WEEK_HIGH))
        self._least([(self.paid, 1)], jobs * self.limit(L_WEEK_LOW))
        self._most([(self.there, 1)], jobs * self.limit(L_DAYS_MAX))
        self._least([(self.there, 1)], jobs)
        days, rest = divmod(self.limit(L_WEEK_HIGH), self.limit(L_DAY_MAX))
        if rest and days < 7:  # a job needs one day more than its longest days fill; fewer days lose a whole day each
            self._most([(self.paid, 1), (self.there, -rest)], jobs * days * (self.limit(L_DAY_MAX) - rest))
        self._least([self._shared(every)], jobs * self.limit(L_SHARED))

    def _stretches(self) -> None:
        """In a stretch of a day nobody does more than it is long; what must lie in it wholly or partly is counted."""
        many = len(self.n.cls)
        edges = EDGES if many <= LARGE else EDGES // 3 if many <= HUGE else FEW
        for d in range(7):
            mine = self._of_day(d)
            opens, closes, total = (self.n.cls[mine, k] for k in (OPENS, CLOSES, TOTAL))
            ends = _some(closes, edges)
            for a in _some(opens, edges):
                for b in (e for e in ends if e > a):
                    inside = np.maximum(0, total - np.maximum(0, a - opens) - np.maximum(0, closes - b))
                    where = np.flatnonzero(inside)
                    if inside.sum() > b - a:
                        self._most([*self._taken(mine[where], inside[where]), (self.there[[d]], [a - b])], 0)

    def _roles(self) -> None:
        n = self.n
        owner = np.repeat(np.arange(len(n.cls)), np.diff(n.per_class[:, ROLE]))
        for r in range(len(n.role_caps)):
            mine = np.flatnonzero(n.role[:, 0] == r)
            for k, cap in enumerate(n.role_caps[r].tolist()):
                if len(mine) and cap < NO_LIMIT:
                    self._most([self._alone(owner[mine], n.role[mine, k + 1])], cap)
        self._crumbs()

    def _crumbs(self) -> None:
        n, block = self.n, self.limit(L_BLOCK)
        owner = np.repeat(np.arange(len(n.cls)), np.diff(n.per_class[:, GROUP]))
        kept: dict[int, list[Part]] = {}
        for g, role in enumerate(n.group_role.tolist()):
            mine = np.flatnonzero(n.group[:, 0] == g)
            if not len(mine):
                continue
            freed, part = owner[mine], n.group[mine, 1]
            kept.setdefault(role, []).append(self._alone(freed, -self.limit(L_CRUMBS) * part))
            if part.min() < block:
                most = int(part.sum())
                whole, crumb = [self._new(1)], [self._new(most)]
                self._most([self._alone(freed, -part), (whole, [block])], 0)
                self._most([self._alone(freed, part), (whole, [-most]), (crumb, [-1])], 0)
                kept[role].append((crumb, [100]))
        for parts in kept.values():
            self._most(parts, 0)

    def _parts(self) -> None:
        """Shares of the work, seasons, and what belongs together."""
        n, jobs, rows, every = self.n, self.limit(L_JOBS), self.n.cls, np.arange(len(self.n.cls))
        for mine, percent in self._shares():
            everything = self._taken(every, -percent * rows[:, TOTAL])
            self._most([*self._taken(mine, 100 * rows[mine, TOTAL]), *everything], 0)
        for season in n.volume:
            if self.limit(L_SEASON_HIGH) < NO_LIMIT:
                self._most(self._taken(every, season), jobs * self.limit(L_SEASON_HIGH))
            self._least(self._taken(every, season), jobs * self.limit(L_SEASON_LOW))
        for c in range(len(rows)):
            for k in range(n.per_class[c, TOG], n.per_class[c + 1, TOG]):
                self._most([*self._taken([c]), *self._taken([int(n.tog[k])], -1)], 0)

    def _shares(self) -> Iterator[tuple[Ints, int]]:
        rows = self.n.cls
        for posture in (1, 2):
            yield np.flatnonzero(rows[:, POSTURE_OF] == posture), self.limit(L_POSTURE)
        yield np.flatnonzero(rows[:, MARKS] & UNPLEASANT), self.limit(L_UNPLEASANT)
        least = self.limit(L_JOBS) * max(self.limit(L_WEEK_LOW) - 7 * self.limit(L_WAITING), 0)
        for task in range(len(self.n.per_task) - 1):
            mine = self.n.of[self.n.per_task[task, OF] : self.n.per_task[task + 1, OF]]
            if 100 * int(rows[mine, TOTAL].sum()) > self.limit(L_SHARE) * least:
                yield mine, self.limit(L_SHARE)


def _some(values: Ints, most: int) -> list[int]:
    """Return the different values, or of many a spread of them."""
    every = sorted({int(v) for v in values})
    return every[:: max(1, -(-len(every) // most))]
