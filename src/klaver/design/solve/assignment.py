"""Which class goes to which job: the rules posted on CP-SAT, with each day as a relaxation of its timetable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ortools.sat.python import cp_model

from klaver.design.problem import Class, Problem
from klaver.design.records import Entry, Objective, Pause, Shift
from klaver.design.rules import RULES
from klaver.design.rules.model import Sum, Term
from klaver.design.rules.timetable import without_break
from klaver.design.solve.measures import MEASURES
from klaver.values import Weekday
from klaver.values.time import DAY


@dataclass(frozen=True)
class Cut:
    """A proved fact about a day: this set of classes cannot be one person's, or asks at least ``paid`` minutes."""

    classes: frozenset[int]
    paid: int | None = None
    exact: bool = False


class Assignment:
    """The rules of one problem on a CP-SAT model; satisfies ``design.rules.model.Model``.

    ``pad`` minutes are kept free before every task. With no pad a day forgets walking, so the model's bound holds
    for every design; with the longest walk as pad every day it plans can be walked, so its plans can be used.
    """

    def __init__(self, problem: Problem, pad: int = 0) -> None:
        self.problem, self.pad = problem, pad
        self.cp = cp_model.CpModel()
        self._terms: list[Any] = []
        jobs, classes = range(problem.jobs), problem.classes
        self._take = [[self._bool(f"take_{j}_{c.index}") for c in classes] for j in jobs]
        self._share = [[self._bool(f"share_{j}_{c.index}") for c in classes] for j in jobs]
        self._works: dict[tuple[int, Weekday], Term] = {}
        self._has: dict[tuple[int, str], Term] = {}
        self._span: dict[tuple[int, Weekday], tuple[Term, Term, Term]] = {}
        self.starts: dict[tuple[int, int], list[Any]] = {}
        self.pauses: dict[tuple[int, Weekday], tuple[Any, Any]] = {}
        for job in jobs:
            for day in problem.days:
                self._day(job, day)
            for task, mine in sorted(problem.by_task.items()):
                has = self._has[job, task] = self._bool(f"has_{job}_{task}")
                for found in mine:
                    self.cp.add_implication(self[self.take(job, found.index)], self[has])
                self.cp.add_bool_or([~self[has], *(self[self.take(job, c.index)] for c in mine)])
        for rule in RULES:
            if not problem.skips(rule.NAME):
                rule.post(self, problem)
        self._break_symmetry()

    def __getitem__(self, term: Term) -> Any:
        return self._terms[term]

    def _bool(self, name: str) -> Term:
        return self._keep(self.cp.new_bool_var(name))

    def _keep(self, variable: Any) -> Term:
        self._terms.append(variable)
        return Term(len(self._terms) - 1)

    def _int(self, low: int, high: int, name: str) -> Term:
        return self._keep(self.cp.new_int_var(low, high, name))

    def _day(self, job: int, day: Weekday) -> None:
        """Build a shift: span, break, one thing at a time, order; walking is left to ``solve.day``."""
        problem, cp = self.problem, self.cp
        here = [c for c in problem.classes if c.day is day]
        works = self._works[job, day] = self._bool(f"works_{job}_{day}")
        taken = [self[self.take(job, c.index)] for c in here]
        for literal in taken:
            cp.add_implication(literal, self[works])
        cp.add_bool_or([*taken, ~self[works]])
        first = min((c.window.start for c in here), default=0)
        last = max((c.window.end for c in here), default=DAY)
        start, end = self._int(first, last, f"start_{job}_{day}"), self._int(first, last, f"end_{job}_{day}")
        pause = self._bool(f"pause_{job}_{day}")
        paid = self._int(0, last - first, f"paid_{job}_{day}")
        self._span[job, day] = (start, end, paid)
        length, minutes = without_break(problem), problem["break_minutes"]
        span = self[end] - self[start]
        cp.add(span >= 0)
        cp.add(span <= length).only_enforce_if(~self[pause])
        cp.add(self[paid] == span - minutes * self[pause]).only_enforce_if(self[works])
        cp.add(self[paid] == 0).only_enforce_if(~self[works])
        cp.add_implication(self[pause], self[works])
        at = cp.new_int_var(first, last, f"pause_at_{job}_{day}")
        self.pauses[job, day] = (self[pause], at)
        intervals = [cp.new_optional_fixed_size_interval_var(at, minutes, self[pause], f"p_{job}_{day}")]
        for bound in (at - self[start] <= length, self[end] - at - minutes <= length):
            cp.add(bound).only_enforce_if(self[pause])
        cp.add(at >= self[start]).only_enforce_if(self[pause])
        cp.add(at + minutes <= self[end]).only_enforce_if(self[pause])
        for found in here:
            intervals += self._occurrences(job, found, self[start], self[end])
        cp.add_no_overlap(intervals)
        self._order(job, here)

    def _occurrences(self, job: int, found: Class, start: Any, end: Any) -> list[Any]:
        taken = self[self.take(job, found.index)]
        made: list[Any] = []
        starts: list[Any] = []
        latest = found.window.end - found.work
        for k in range(found.times):
            step = found.work + self.pad
            low, high = found.window.start + k * step, latest - (found.times - 1 - k) * step
            if low > high:
                self.cp.add(taken == 0)
                return []
            at = self.cp.new_int_var(low, high, f"at_{job}_{found.index}_{k}")
            name = f"do_{job}_{found.index}_{k}"
            length = found.work + self.pad
            made.append(self.cp.new_optional_fixed_size_interval_var(at - self.pad, length, taken, name))
            self.cp.add(at >= start).only_enforce_if(taken)
            self.cp.add(at + found.work <= end).only_enforce_if(taken)
            if starts:
                self.cp.add(at >= starts[-1] + length)
            starts.append(at)
        self.starts[job, found.index] = starts
        return made

    def _order(self, job: int, here: list[Class]) -> None:
        by_task = {c.task.id: c for c in here}
        for order in self.problem.workplace.orders:
            first, second = by_task.get(order.before), by_task.get(order.after)
            if first is None or second is None:
                continue
            before = self.starts.get((job, first.index))
            after = self.starts.get((job, second.index))
            if before and after:
                both = [self[self.take(job, first.index)], self[self.take(job, second.index)]]
                self.cp.add(before[-1] + first.work <= after[0]).only_enforce_if(both)

    def _break_symmetry(self) -> None:
        """Jobs are interchangeable: the earlier job has at least the paid minutes of the later one."""
        weeks = [sum(self[self.paid(j, d)] for d in self.problem.days) for j in range(self.problem.jobs)]
        for more, less in pairwise(weeks):
            self.cp.add(more >= less)

    # what a rule may ask for

    def take(self, job: int, index: int) -> Term:
        """1 when the job does the class."""
        return self._take[job][index]

    def share(self, job: int, index: int) -> Term:
        """1 when the job does the class with a colleague."""
        return self._share[job][index]

    def has(self, job: int, task: str) -> Term:
        """1 when the job does the task on some day."""
        return self._has[job, task]

    def works(self, job: int, day: Weekday) -> Term:
        """1 when the job works that day."""
        return self._works[job, day]

    def start(self, job: int, day: Weekday) -> Term:
        """Start of the shift."""
        return self._span[job, day][0]

    def end(self, job: int, day: Weekday) -> Term:
        """End of the shift."""
        return self._span[job, day][1]

    def paid(self, job: int, day: Weekday) -> Term:
        """Paid minutes that day."""
        return self._span[job, day][2]

    def planned(self, solver: Any, job: int, day: Weekday) -> Shift:
        """Return the shift as this model planned it; with no pad it may forget to walk."""
        start, end, _ = self._span[job, day]
        entries = []
        for found in self.problem.classes:
            if found.day is day and solver.value(self[self.take(job, found.index)]):
                shared = bool(solver.value(self[self.share(job, found.index)]))
                for at in map(solver.value, self.starts[job, found.index]):
                    entries.append(Entry(task=found.task.id, start=at, end=at + found.work, shared=shared))
        pause, at = self.pauses[job, day]
        from_ = solver.value(at)
        rest = Pause(start=from_, end=from_ + self.problem["break_minutes"])
        return Shift(
            day=day,
            start=solver.value(self[start]),
            end=solver.value(self[end]),
            pauses=(rest,) if solver.value(pause) else (),
            entries=tuple(sorted(entries, key=lambda e: (e.start, e.task))),
        )

    def flag(self) -> Term:
        """Return a new yes/no."""
        return self._bool(f"flag_{len(self._terms)}")

    def _sum(self, terms: Sum) -> Any:
        pairs = list(terms)
        return cp_model.LinearExpr.weighted_sum([self[t] for _, t in pairs], [c for c, _ in pairs])

    def at_most(self, terms: Sum, bound: int, when: Term | None = None) -> None:
        """Ask that the sum is at most ``bound``."""
        self._ask(self._sum(terms) <= bound, when)

    def at_least(self, terms: Sum, bound: int, when: Term | None = None) -> None:
        """Ask that the sum is at least ``bound``."""
        self._ask(self._sum(terms) >= bound, when)

    def _ask(self, bounded: Any, when: Term | None) -> None:
        if isinstance(bounded, bool):  # a sum without terms is a plain number
            if not bounded:
                self.cp.add_bool_or([] if when is None else [~self[when]])
            return
        made = self.cp.add(bounded)
        if when is not None:
            made.only_enforce_if(self[when])

    # what the search adds

    def cut(self, cut: Cut) -> None:
        """Add a proved fact about a day to every job; jobs are alike, so it holds for each."""
        day = self.problem.classes[next(iter(cut.classes))].day
        here = [c.index for c in self.problem.classes if c.day is day]
        for job in range(self.problem.jobs):
            absent = [~self[self.take(job, i)] for i in sorted(cut.classes)]
            if cut.paid is not None:
                paid = self.cp.add(self[self.paid(job, day)] >= cut.paid)
                paid.only_enforce_if([self[self.take(job, i)] for i in sorted(cut.classes)])
            elif cut.exact:
                others = [self[self.take(job, i)] for i in here if i not in cut.classes]
                self.cp.add_bool_or(absent + others)
            else:
                self.cp.add_bool_or(absent)

    def hint(self, taken: Iterable[tuple[int, int, bool]]) -> None:
        """Start from a known plan: (job, class, shared) triples."""
        self.cp.clear_hints()  # type: ignore[no-untyped-call]
        known = {(j, i): s for j, i, s in taken}
        for job in range(self.problem.jobs):
            for found in self.problem.classes:
                key = (job, found.index)
                self.cp.add_hint(self[self.take(*key)], key in known)
                self.cp.add_hint(self[self.share(*key)], known.get(key, False))

    def measure(self, objective: Objective) -> list[tuple[int, Term]]:
        """Return the terms of a value, in the unit of ``Values`` (relief in hundredths of minutes)."""
        return list(MEASURES[objective](self))

    def aim(self, objective: Objective) -> None:
        """Maximise a value (the moments that change hands are made as few as can be)."""
        total = self._sum(self.measure(objective))
        if objective is Objective.CALM:
            self.cp.minimize(total)
        else:
            self.cp.maximize(total)

    def differ(self, other: frozenset[int], percent: int) -> None:
        """Ask that at least ``percent`` of the assigned minutes differ from another plan's classes."""
        classes, jobs = self.problem.classes, range(self.problem.jobs)
        theirs = sum(classes[i].total for i in other)
        differing: list[tuple[int, Term]] = []
        mine: list[tuple[int, Term]] = []
        for found in classes:
            for job in jobs:
                sign = -1 if found.index in other else 1
                differing.append((100 * sign * found.total, self.take(job, found.index)))
                mine.append((-percent * found.total, self.take(job, found.index)))
        self.at_least(differing, percent * theirs - 100 * theirs)
        self.at_least([*differing, *mine], -100 * theirs)
