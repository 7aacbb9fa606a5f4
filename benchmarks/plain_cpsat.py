"""The peer of the design benchmark: the whole question as one plain CP-SAT model, timetable and walking included.

This is what a good modeller would write straight from the rules, and it is frozen: Klaver is measured beside it, so it
is changed only when the question itself changes. It shares with Klaver the problem and the rules, nothing of the
engine. Per job and day every occurrence is an optional interval in its window, no two overlap, between two in different
places lies the way, and the break lies in a gap that is long enough for it and the way. No hints are given. (A circuit
through the occurrences of a day was tried first: its thousands of arcs never left presolve.)
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

from ortools.sat.python import cp_model

from klaver.design.check import refused
from klaver.design.effects import SETTLED, handover_coefficient, net_coefficient, relief_hundredths
from klaver.design.problem import Class, Problem
from klaver.design.records import Entry, Job, Pause, Shift
from klaver.design.rules import RULES
from klaver.design.rules.model import Sum, Term
from klaver.design.rules.timetable import allowed_waiting, without_break
from klaver.values import Weekday
from klaver.values.time import DAY


@dataclass(frozen=True)
class Point:
    """What was known at a moment: seconds since the start, checked value and bound (hundredths of minutes a week)."""

    seconds: float
    value: int | None
    bound: int | None


@dataclass(frozen=True)
class Outcome:
    """The solver's last word, the best design that the checker accepts, and how value and bound came about.

    ``refused`` counts the solutions that the checker did not accept.
    """

    status: str
    jobs: tuple[Job, ...] | None
    value: int | None
    bound: int | None
    points: tuple[Point, ...]
    refused: int


@dataclass(frozen=True)
class _Occurrence:
    """One occurrence of a class on the day of a job: whether it is done, when, and whether after the break."""

    found: Class
    taken: Any
    start: Any
    after: Any

    @property
    def end(self) -> Any:
        return self.start + self.found.work

    def reaches(self, other: _Occurrence, walk: int) -> bool:
        """Tell whether the windows let the other come later."""
        window, then = self.found.window, other.found.window
        return window.start + self.found.work + walk + other.found.work <= then.end


class PlainModel:
    """The question as one model; satisfies ``klaver.design.rules.model.Model``."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.cp = cp_model.CpModel()
        self._terms: list[Any] = []
        jobs, classes = range(problem.jobs), problem.classes
        self._take = [[self._bool(f"take_{j}_{c.index}") for c in classes] for j in jobs]
        self._share = [[self._bool(f"share_{j}_{c.index}") for c in classes] for j in jobs]
        self._has: dict[tuple[int, str], Term] = {}
        self._works: dict[tuple[int, Weekday], Term] = {}
        self._span: dict[tuple[int, Weekday], tuple[Term, Term, Term]] = {}
        self._pause: dict[tuple[int, Weekday], tuple[Any, Any]] = {}
        self._line: dict[tuple[int, Weekday], list[_Occurrence]] = {}
        for job in jobs:
            self._tasks(job)
            for day in problem.days:
                self._day(job, day)
        for rule in RULES:
            if not problem.skips(rule.NAME):
                rule.post(self, problem)
        weeks = [sum(self[self.paid(j, d)] for d in problem.days) for j in jobs]
        for more, less in pairwise(weeks):  # jobs are alike: the first has the longest week
            self.cp.add(more >= less)
        self.cp.maximize(self._sum(self._relief()))

    def __getitem__(self, term: Term) -> Any:
        return self._terms[term]

    def _keep(self, variable: Any) -> Term:
        self._terms.append(variable)
        return Term(len(self._terms) - 1)

    def _bool(self, name: str) -> Term:
        return self._keep(self.cp.new_bool_var(name))

    def _int(self, low: int, high: int, name: str) -> Term:
        return self._keep(self.cp.new_int_var(low, high, name))

    def _tasks(self, job: int) -> None:
        for task, classes in sorted(self.problem.by_task.items()):
            self._has[job, task] = self._bool(f"has_{job}_{task}")
            taken = [self[self.take(job, c.index)] for c in classes]
            self.cp.add_max_equality(self[self.has(job, task)], taken)

    # one day of one job

    def _day(self, job: int, day: Weekday) -> None:
        cp, minutes, limit = self.cp, self.problem["break_minutes"], without_break(self.problem)
        here = [c for c in self.problem.classes if c.day is day]
        waiting = allowed_waiting(self.problem)  # a shift may begin or end with it
        first = max(0, min((c.window.start for c in here), default=0) - waiting)
        last = min(DAY, max((c.window.end for c in here), default=DAY) + waiting)
        name = f"{job}_{day}"
        works = self._works[job, day] = self._bool(f"works_{name}")
        start, end = self._int(first, last, f"start_{name}"), self._int(first, last, f"end_{name}")
        paid = self._int(0, last - first, f"paid_{name}")
        self._span[job, day] = (start, end, paid)
        pause, at = cp.new_bool_var(f"pause_{name}"), cp.new_int_var(first, last, f"pause_at_{name}")
        self._pause[job, day] = (pause, at)
        cp.add_max_equality(self[works], [self[self.take(job, c.index)] for c in here] or [0])
        cp.add_implication(pause, self[works])
        cp.add(self[end] >= self[start])
        cp.add(self[paid] == self[end] - self[start] - minutes * pause).only_enforce_if(self[works])
        cp.add(self[paid] == 0).only_enforce_if(~self[works])
        cp.add(self[end] - self[start] <= limit).only_enforce_if([self[works], ~pause])
        for low, high in ((self[start], at), (at + minutes, self[end])):
            cp.add(high >= low).only_enforce_if(pause)
            cp.add(high - low <= limit).only_enforce_if(pause)
        line = self._line[job, day] = [o for c in here for o in self._occurrences(job, c, pause)]
        for done in line:
            cp.add(done.start >= self[start]).only_enforce_if(done.taken)
            cp.add(done.end <= self[end]).only_enforce_if(done.taken)
            cp.add(done.end <= at).only_enforce_if([done.taken, pause, ~done.after])
            cp.add(done.start >= at + minutes).only_enforce_if([done.taken, done.after])
        self._one_at_a_time(line, pause, at)
        self._walks(line)
        self._orders(line)

    def _occurrences(self, job: int, found: Class, pause: Any) -> list[_Occurrence]:
        taken = self[self.take(job, found.index)]
        latest = found.window.end - found.work
        if found.window.start + (found.times - 1) * found.work > latest:
            self.cp.add(taken == 0)
            return []
        made = []
        for k in range(found.times):
            name = f"{job}_{found.index}_{k}"
            low, high = found.window.start + k * found.work, latest - (found.times - 1 - k) * found.work
            after = self.cp.new_bool_var(f"after_{name}")
            self.cp.add_implication(after, pause)
            made.append(_Occurrence(found, taken, self.cp.new_int_var(low, high, f"at_{name}"), after))
        for one, two in pairwise(made):
            self.cp.add(two.start >= one.end)
            self.cp.add_implication(one.after, two.after)
        return made

    def _one_at_a_time(self, line: list[_Occurrence], pause: Any, at: Any) -> None:
        spans = [
            self.cp.new_optional_fixed_size_interval_var(o.start, o.found.work, o.taken, f"do_{o.start.name}")
            for o in line
        ]
        rest = self.cp.new_optional_fixed_size_interval_var(at, self.problem["break_minutes"], pause, f"rest_{at.name}")
        self.cp.add_no_overlap([*spans, rest])

    def _walks(self, line: list[_Occurrence]) -> None:
        """Keep the way between any two occurrences in different places; who also rests on the way needs both.

        Walks are shortest ways, so keeping it between any two is the same as keeping it between neighbours.
        """
        cp, minutes = self.cp, self.problem["break_minutes"]
        for one, two in combinations(line, 2):
            walk = self.problem.walk(one.found.task.place, two.found.task.place)
            if not walk:
                continue  # in one place, no overlap is enough
            both, rest = [one.taken, two.taken], minutes * two.after - minutes * one.after
            ahead, behind = one.reaches(two, walk), two.reaches(one, walk)
            if not ahead and not behind:
                cp.add_bool_or([~one.taken, ~two.taken])
                continue
            first = cp.new_bool_var("first") if ahead and behind else cp.new_constant(int(ahead))
            if ahead:
                cp.add(two.start >= one.end + walk + rest).only_enforce_if([*both, first])
            if behind:
                cp.add(one.start >= two.end + walk - rest).only_enforce_if([*both, ~first])

    def _orders(self, line: list[_Occurrence]) -> None:
        for order in self.problem.workplace.orders:
            for one in (o for o in line if o.found.task.id == order.before):
                for two in (o for o in line if o.found.task.id == order.after):
                    self.cp.add(one.end <= two.start).only_enforce_if([one.taken, two.taken])

    def _relief(self) -> Iterator[tuple[int, Term]]:
        """Net relief in hundredths of minutes a week, in the settled week."""
        problem = self.problem
        for job in range(problem.jobs):
            for c in problem.classes:
                gain = net_coefficient(problem, c.given, c.task, SETTLED) - handover_coefficient(problem, c.task)
                yield gain, self.take(job, c.index)
                yield -gain, self.share(job, c.index)
            if problem.mentor_is_short():
                for day in problem.days:
                    yield -100 * problem[f"mentoring_{SETTLED}"], self.works(job, day)

    def read(self, value: Callable[[Any], int]) -> tuple[Job, ...]:
        """Return the jobs of a solution, given the value of each variable in it."""
        made = []
        for job in range(self.problem.jobs):
            shifts = [self._read_day(job, d, value) for d in self.problem.days if value(self[self.works(job, d)])]
            made.append(Job(id=f"job-{job + 1}", shifts=tuple(shifts)))
        return tuple(made)

    def _read_day(self, job: int, day: Weekday, value: Callable[[Any], int]) -> Shift:
        entries = []
        for done in self._line[job, day]:
            if value(done.taken):
                at, shared = value(done.start), bool(value(self[self.share(job, done.found.index)]))
                entries.append(Entry(task=done.found.task.id, start=at, end=at + done.found.work, shared=shared))
        start, end, _ = self._span[job, day]
        pause, at = self._pause[job, day]
        rest = Pause(start=value(at), end=value(at) + self.problem["break_minutes"])
        return Shift(
            day=day,
            start=value(self[start]),
            end=value(self[end]),
            pauses=(rest,) if value(pause) else (),
            entries=tuple(sorted(entries, key=lambda e: e.start)),
        )

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

    def _ask(self, asked: Any, when: Term | None) -> None:
        if isinstance(asked, bool):  # a sum without terms is a plain number
            asked = self.cp.new_constant(int(asked)) >= 1
        made = self.cp.add(asked)
        if when is not None:
            made.only_enforce_if(self[when])


class _Log(cp_model.CpSolverSolutionCallback):
    """Keeps every solution with its moment; judging is done afterwards, so that it costs the solver nothing."""

    def __init__(self, model: PlainModel, clock: Callable[[], float]) -> None:
        super().__init__()
        self.model, self.clock = model, clock
        self.solutions: list[tuple[float, tuple[Job, ...]]] = []
        self.bounds: list[tuple[float, float]] = []

    def on_solution_callback(self) -> None:
        """Keep the jobs of this solution."""
        self.solutions.append((self.clock(), self.model.read(self.value)))

    def bound(self, told: float) -> None:
        """Keep a better bound."""
        self.bounds.append((self.clock(), told))


def solve(problem: Problem, seconds: float, workers: int, clock: Callable[[], float], seed: int = 1) -> Outcome:
    """Solve the plain model for some seconds, building it included, and let the checker judge every solution.

    Parameters
    ----------
    clock : callable
        Seconds since some fixed moment, such as ``time.perf_counter``.
    """
    begun = clock()
    model = PlainModel(problem)
    log = _Log(model, lambda: clock() - begun)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = max(0.1, seconds - (clock() - begun))
    solver.best_bound_callback = log.bound
    status = solver.solve(model.cp, log)
    # who ends before the search began tells a bound of 0; every true bound was told on the way
    if math.isfinite(solver.best_objective_bound) and status not in (cp_model.INFEASIBLE, cp_model.UNKNOWN):
        log.bound(solver.best_objective_bound)
    return _judged(problem, solver.status_name(status), log)


def _judged(problem: Problem, status: str, log: _Log) -> Outcome:
    value: int | None = None
    bound: int | None = None
    best: tuple[Job, ...] | None = None
    thrown = 0
    points: list[Point] = []
    moments: list[tuple[float, tuple[Job, ...] | float]] = sorted([*log.solutions, *log.bounds], key=lambda m: m[0])
    for seconds, what in moments:
        if isinstance(what, float):
            known = math.floor(what + 1e-6)
            bound = known if bound is None else min(bound, known)
        elif refused(problem, what):
            thrown += 1
        elif value is None or relief_hundredths(problem, what) > value:
            best, value = what, relief_hundredths(problem, what)
        points.append(Point(seconds, value, bound))
    return Outcome(status, best, value, bound, tuple(points), thrown)
