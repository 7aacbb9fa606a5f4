"""A model that decides nothing: it holds one finished plan and says whether what a rule posts is true of it.

Only the flags are free, and the start and end of a shift that does not exist; a solver chooses those.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from klaver.design.problem import Problem
from klaver.design.records import Job, Shift
from klaver.design.rules import Rule
from klaver.design.rules.model import Sum, Term
from klaver.values import Weekday

FREE_FROM, FREE_TO = 0, 2880
"""The span of a free start or end, in minutes after midnight."""


@dataclass
class Posted:
    """One inequality: what is known of the left side, its free terms, and the flag under which it counts."""

    known: int
    free: list[tuple[int, int]]
    bound: int
    most: bool
    when: int | None


@dataclass
class Evaluating:
    """One finished plan; satisfies ``klaver.design.rules.model.Model``."""

    problem: Problem
    jobs: tuple[Job, ...]
    values: list[int | tuple[int, int]] = field(default_factory=list)
    posted: list[Posted] = field(default_factory=list)

    def _keep(self, value: int | tuple[int, int]) -> Term:
        self.values.append(value)
        return Term(len(self.values) - 1)

    def _shift(self, job: int, day: Weekday) -> Shift | None:
        return next((s for s in self.jobs[job].shifts if s.day is day), None)

    def _entries(self, job: int, index: int) -> list[bool]:
        found = self.problem.classes[index]
        shift = self._shift(job, found.day)
        return [e.shared for e in shift.entries if e.task == found.task.id] if shift else []

    def take(self, job: int, index: int) -> Term:
        return self._keep(int(bool(self._entries(job, index))))

    def share(self, job: int, index: int) -> Term:
        return self._keep(int(any(self._entries(job, index))))

    def has(self, job: int, task: str) -> Term:
        return self._keep(int(any(e.task == task for s in self.jobs[job].shifts for e in s.entries)))

    def works(self, job: int, day: Weekday) -> Term:
        return self._keep(int(self._shift(job, day) is not None))

    def paid(self, job: int, day: Weekday) -> Term:
        shift = self._shift(job, day)
        return self._keep(shift.paid if shift else 0)

    def start(self, job: int, day: Weekday) -> Term:
        shift = self._shift(job, day)
        return self._keep(shift.start if shift else (FREE_FROM, FREE_TO))

    def end(self, job: int, day: Weekday) -> Term:
        shift = self._shift(job, day)
        return self._keep(shift.end if shift else (FREE_FROM, FREE_TO))

    def flag(self) -> Term:
        return self._keep((0, 1))

    def number(self, most: int) -> Term:
        return self._keep((0, most))

    def at_most(self, terms: Sum, bound: int, when: Term | None = None) -> None:
        self._post(terms, bound, most=True, when=when)

    def at_least(self, terms: Sum, bound: int, when: Term | None = None) -> None:
        self._post(terms, bound, most=False, when=when)

    def _post(self, terms: Iterable[tuple[int, Term]], bound: int, *, most: bool, when: Term | None) -> None:
        known, free = 0, []
        for coefficient, term in terms:
            value = self.values[term]
            if isinstance(value, int):
                known += coefficient * value
            else:
                free.append((coefficient, int(term)))
        if when is not None and isinstance(self.values[when], int):
            if not self.values[when]:
                return
            when = None
        self.posted.append(Posted(known, free, bound, most, when))

    def holds(self) -> bool:
        """Tell whether everything posted is true for some choice of the flags."""
        open_ones = [p for p in self.posted if p.free or p.when is not None]
        closed = (p for p in self.posted if not p.free and p.when is None)
        if not all(p.known <= p.bound if p.most else p.known >= p.bound for p in closed):
            return False
        return not open_ones or self._chosen(open_ones)

    def _chosen(self, posted: list[Posted]) -> bool:
        model = cp_model.CpModel()
        made = {i: model.new_int_var(*v, f"v{i}") for i, v in enumerate(self.values) if isinstance(v, tuple)}
        for one in posted:
            left = cp_model.LinearExpr.sum([one.known, *(c * made[i] for c, i in one.free)])
            asked = model.add(left <= one.bound) if one.most else model.add(left >= one.bound)
            if one.when is not None:
                flag = model.new_bool_var("")
                model.add(made[one.when] == flag)
                asked.only_enforce_if(flag)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        return solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


def allows(rule: Rule, problem: Problem, jobs: tuple[Job, ...]) -> bool:
    """Tell whether a finished plan satisfies what a rule posts."""
    model = Evaluating(problem, jobs)
    rule.post(model, problem)
    return model.holds()
