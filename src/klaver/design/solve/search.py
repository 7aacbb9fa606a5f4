"""One search: rounds of fixed deterministic length; each round's plan is settled day by day and then checked."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from klaver.design.check import refused
from klaver.design.effects import relief_hundredths, values_of
from klaver.design.problem import Problem
from klaver.design.records import Job, Objective, Shift, Status
from klaver.design.rules import timetable
from klaver.design.solve.assignment import Assignment, Cut
from klaver.design.solve.day import Days
from klaver.values import Weekday

MOST_FAILED = 2
"""Days of one plan that may prove impossible before the plan is given up, once there is a better one."""


@dataclass(frozen=True)
class Progress:
    """Told after every round: which objective, which round, the best value so far and its bound."""

    objective: Objective
    round: int
    rounds: int
    value: int | None
    bound: int | None


@dataclass(frozen=True)
class Effort:
    """How much work: rounds, deterministic work per round, the seed, and who may stop it between rounds."""

    rounds: int = 4
    work: float = 8.0
    seed: int = 1
    stop: Callable[[], bool] = lambda: False
    tell: Callable[[Progress], None] = lambda progress: None


@dataclass
class Found:
    """What a search found: the best checked plan, a proved bound (unit of ``Values``), and how sure that is."""

    objective: Objective
    status: Status
    jobs: tuple[Job, ...] | None
    value: int | None
    bound: int | None
    rounds: int
    undecided: int = 0
    cuts: list[Cut] = field(default_factory=list)


def value_of(problem: Problem, jobs: tuple[Job, ...], objective: Objective) -> int:
    """Return a design's value in the unit of the engine: relief in hundredths of minutes."""
    if objective is Objective.RELIEF:
        return relief_hundredths(problem, jobs)
    return int(getattr(values_of(problem, jobs), objective.value))


def better(objective: Objective, one: int, other: int | None) -> bool:
    """Tell whether a value is better: more, or for the moments that change hands fewer."""
    return other is None or (one < other if objective is Objective.CALM else one > other)


class Search:
    """A search for the best design in one objective, with floors and differences posted beforehand."""

    def __init__(self, problem: Problem, objective: Objective, days: Days, cuts: Iterable[Cut] = ()) -> None:
        self.problem, self.objective, self.days = problem, objective, days
        self.model = Assignment(problem)
        pad = longest_walk(problem)
        self.roomy = Assignment(problem, pad) if pad else None
        self.cuts: list[Cut] = []
        self.best: tuple[Job, ...] | None = None
        self.value: int | None = None
        self.bound: int | None = None
        self.undecided = 0
        self.floors: dict[Objective, int] = {}
        self.others: list[tuple[Job, ...]] = []
        for cut in cuts:
            self._cut(cut)

    def start_from(self, jobs: tuple[Job, ...]) -> None:
        """Begin at a known design."""
        for model in self._models:
            model.hint(_triples(self.problem, jobs))

    @property
    def _models(self) -> tuple[Assignment, ...]:
        return (self.model,) if self.roomy is None else (self.model, self.roomy)

    def run(self, effort: Effort, *, any_will_do: bool = False) -> Found:
        """Run the rounds; stop early when the best design is proved or somebody asks to stop.

        With ``any_will_do`` the first checked design ends the search: the question is only whether there is one.
        """
        if not any_will_do:
            for model in self._models:
                model.aim(self.objective)
        status = Status.OUT_OF_TIME
        done = 0
        for done in range(1, effort.rounds + 1):
            if effort.stop():
                status = Status.STOPPED
                done -= 1
                break
            status = self._round(effort, done)
            effort.tell(Progress(self.objective, done, effort.rounds, self.value, self.bound))
            if status in (Status.OPTIMAL, Status.IMPOSSIBLE) or (any_will_do and self.best is not None):
                break
        return Found(self.objective, status, self.best, self.value, self.bound, done, self.undecided, list(self.cuts))

    def _round(self, effort: Effort, number: int) -> Status:
        """Odd rounds plan with room to walk (designs), even rounds without (designs and bounds)."""
        if self.roomy is not None and number % 2:
            return self._plan(self.roomy, effort, number)
        return self._plan(self.model, effort, number)

    def _plan(self, model: Assignment, effort: Effort, number: int) -> Status:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = effort.seed + number
        solver.parameters.max_deterministic_time = effort.work
        solver.parameters.linearization_level = 1
        outcome = solver.solve(model.cp)
        if outcome == cp_model.INFEASIBLE and model is self.roomy:
            self.roomy = None  # too little room to walk everywhere; the other model decides
            return self._plan(self.model, effort, number)
        if outcome == cp_model.INFEASIBLE:
            if self.best is not None:
                return Status.OPTIMAL if not self.undecided else Status.FEASIBLE
            return Status.IMPOSSIBLE if not self.undecided else Status.OUT_OF_TIME
        if model is self.model and outcome in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN):
            self._keep_bound(solver.best_objective_bound)
        if outcome in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self._settle(model, solver)
        if self.best is None:
            return Status.OUT_OF_TIME
        for other in self._models:
            other.hint(_triples(self.problem, self.best))
        proved = self.value == self.bound and not self.undecided
        return Status.OPTIMAL if proved else Status.FEASIBLE

    def _keep_bound(self, told: float) -> None:
        if not math.isfinite(told) or self.undecided:
            return  # after an undecided day the model lacks a plan, and its bound proves nothing
        least = self.objective is Objective.CALM
        bound = math.ceil(told - 1e-6) if least else math.floor(told + 1e-6)
        if self.bound is None:
            self.bound = bound
        else:
            self.bound = max(self.bound, bound) if least else min(self.bound, bound)

    def _settle(self, model: Assignment, solver: cp_model.CpSolver) -> None:
        """Turn a plan into a checked design; what proves impossible comes back as a cut."""
        shifts: dict[tuple[int, Weekday], Shift] = {}
        whole, failed = True, 0
        for job in range(self.problem.jobs):
            for day in self.problem.days:
                shift: Shift | None = model.planned(solver, job, day)
                if shift is None or not shift.entries:
                    continue
                if not walkable(self.problem, shift):
                    settled = self._exact(shift)
                    failed += settled is None
                    whole = whole and settled is not None
                    if failed == MOST_FAILED and self.best is not None:
                        return  # enough was learned; the next round plans again
                    shift = settled or self._lighter(shift)
                if shift is not None:
                    shifts[job, day] = shift
        jobs = tuple(
            Job(id=f"job-{j + 1}", shifts=tuple(s for (k, _), s in sorted(shifts.items()) if k == j))
            for j in range(self.problem.jobs)
        )
        if all(j.shifts for j in jobs):
            accepted = self._offer(jobs)
            if whole and not accepted and model is self.model:
                self._leave_out(jobs)

    def _leave_out(self, jobs: tuple[Job, ...]) -> None:
        """Leave out a plan that the model allows and the checker refuses, such as too long a stretch standing.

        Another timetable of the same plan might do, so from here on nothing more is proved.
        """
        self.undecided += 1
        known = {(j, i) for j, i, _ in _triples(self.problem, jobs)}
        self.model.cp.add_bool_or(
            ~self.model[self.model.take(j, c.index)]
            if (j, c.index) in known
            else self.model[self.model.take(j, c.index)]
            for j in range(self.problem.jobs)
            for c in self.problem.classes
        )

    def _sets(self, shift: Shift) -> tuple[frozenset[int], frozenset[int]]:
        keys = {self.problem.by_key[e.task, shift.day].index: e.shared for e in shift.entries}
        return frozenset(keys), frozenset(i for i, shared in keys.items() if shared)

    def _exact(self, shift: Shift) -> Shift | None:
        """Find a walkable shift of the same classes and paid minutes, or learn why there is none."""
        taken, shared = self._sets(shift)
        answer = self.days.shift(taken, shared, shift.paid)
        if answer.shift is not None:
            return answer.shift
        if self.days.impossible(taken):
            self._cut(Cut(self.days.core(taken)))
        elif self.days.refuses(taken, shift.paid):
            floor = self.days.floor(taken).paid or 0
            self._cut(Cut(taken, paid=max(shift.paid + 1, floor)))
        else:
            self.undecided += 1
            self._cut(Cut(taken, exact=True))
        return None

    def _lighter(self, shift: Shift) -> Shift | None:
        """Leave out classes, least minutes first, until the day can be done; a start, not an answer."""
        taken, shared = self._sets(shift)
        pinned = {p.task for p in self.problem.wishes.pins if p.kind == "into"}
        classes = self.problem.classes
        left = taken
        for index in sorted(taken, key=lambda i: (classes[i].task.id in pinned, classes[i].total, i))[:4]:
            left = left - {index}
            if left:
                answer = self.days.shift(left, shared & left)
                if answer.shift is not None:
                    return answer.shift
        return None

    def _cut(self, cut: Cut) -> None:
        self.cuts.append(cut)
        for model in self._models:
            model.cut(cut)

    def _offer(self, jobs: tuple[Job, ...]) -> bool:
        """Keep a design when the checker finds nothing and it is the best so far."""
        if refused(self.problem, jobs):
            return False
        value = value_of(self.problem, jobs, self.objective)
        if better(self.objective, value, self.value) and self.allowed(jobs):
            self.best, self.value = jobs, value
        return True

    def allowed(self, jobs: tuple[Job, ...]) -> bool:
        """Tell whether a design keeps the floors and differences that this search was given."""
        differ = self.problem["differ"]
        if any(not differs(self.problem, jobs, other, differ) for other in self.others):
            return False
        return all(not better(o, floor, value_of(self.problem, jobs, o)) for o, floor in self.floors.items())

    def keep_above(self, objective: Objective, floor: int) -> None:
        """Ask that a value (engine unit) is no worse than ``floor``."""
        self.floors[objective] = floor
        for model in self._models:
            terms = model.measure(objective)
            if objective is Objective.CALM:
                model.at_most(terms, floor)
            else:
                model.at_least(terms, floor)

    def differ_from(self, other: tuple[Job, ...]) -> None:
        """Ask that the assigned hours differ enough from another design's."""
        self.others.append(other)
        for model in self._models:
            model.differ(classes_of(self.problem, other), self.problem["differ"])


def longest_walk(problem: Problem) -> int:
    """Return the longest walk between two places of movable tasks, in minutes."""
    places = sorted({c.task.place or "" for c in problem.classes})
    return max((problem.walk(a or None, b or None) for a in places for b in places), default=0)


def walkable(problem: Problem, shift: Shift) -> bool:
    """Tell whether a planned shift stands as it is, by the timetable rule of the checker."""
    alone = Job(id="job", shifts=(shift,))
    return not any(timetable.check(problem, (alone,)))


def classes_of(problem: Problem, jobs: tuple[Job, ...]) -> frozenset[int]:
    """Return the classes that a design takes."""
    return frozenset(i for _, i, _ in _triples(problem, jobs))


def differs(problem: Problem, one: tuple[Job, ...], other: tuple[Job, ...], percent: int) -> bool:
    """Tell whether two designs differ in at least ``percent`` of the assigned minutes of each."""
    mine, theirs = classes_of(problem, one), classes_of(problem, other)
    minutes = {i: problem.classes[i].total for i in mine | theirs}
    apart = 100 * sum(minutes[i] for i in mine ^ theirs)
    return all(apart >= percent * sum(minutes[i] for i in side) for side in (mine, theirs))


def _triples(problem: Problem, jobs: tuple[Job, ...]) -> list[tuple[int, int, bool]]:
    return [
        (j, problem.by_key[e.task, s.day].index, e.shared)
        for j, job in enumerate(jobs)
        for s in job.shifts
        for e in s.entries
    ]


def tighten(problem: Problem, jobs: tuple[Job, ...], days: Days) -> tuple[Job, ...]:
    """Take needless waiting out of shifts, one by one, while the checker stays content."""
    made = list(jobs)
    for number, job in enumerate(jobs):
        for position, shift in enumerate(job.shifts):
            classes = frozenset(problem.by_key[e.task, shift.day].index for e in shift.entries)
            shared = frozenset(problem.by_key[e.task, shift.day].index for e in shift.entries if e.shared)
            shorter = days.shift(classes, shared).shift
            if shorter is None or shorter.paid >= shift.paid:
                continue
            shifts = list(made[number].shifts)
            shifts[position] = shorter
            tried = [*made[:number], Job(id=job.id, shifts=tuple(shifts)), *made[number + 1 :]]
            if not refused(problem, tuple(tried)):
                made = tried
    return tuple(made)
