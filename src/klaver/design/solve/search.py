"""One search in rounds of fixed length: two lanes of annealing on the kernel and, beside them, the exact model.

The lanes find plans; the model proves how good a plan can be, as far as it is small enough to be built. Whatever they
find is judged by the checker before it counts.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from ortools.sat.python import cp_model

from klaver.design.check import refused
from klaver.design.effects import doors, quality_points, relief_hundredths, values_of
from klaver.design.kernel.board import Aims
from klaver.design.kernel.lane import Lane
from klaver.design.problem import Problem
from klaver.design.records import Floors, Job, Objective, Shift, Status
from klaver.design.rules.ceilings import open_limits
from klaver.design.solve.assignment import Assignment, Cut, minutes_of, triples
from klaver.design.solve.compact import tighten
from klaver.design.solve.day import Days, Limits, keeps, order_limits, strictest
from klaver.design.solve.solver import Plan, plan_of, solve
from klaver.values import Weekday

LANES = 2
"""Lanes of annealing beside the exact model; always as many, so that threads change the time and not the result."""

MOVES = 120_000
"""Moves of each lane for a unit of work."""

EXACT, SPANS = 20_000, 12_000
"""Pairs of occurrences with a walk between them, and occurrences, up to which the exact model is built."""

FIRST = 0.25
"""The part of a round after which a search for something good enough looks up, doubling each time."""


@dataclass(frozen=True)
class Progress:
    """Told after every round: which objective, which round, the best value so far and its bound.

    Without an objective the search is still for a good start.
    """

    objective: Objective | None
    round: int
    rounds: int
    value: int | None
    bound: int | None


@dataclass(frozen=True)
class Effort:
    """How much work: rounds, deterministic work per round, the seed, and who may end it between rounds.

    ``stop`` is a person's wish, ``late`` the clock's; ``threads`` changes the time a round takes, not its result.
    """

    rounds: int = 4
    work: float = 1.0
    seed: int = 1
    threads: int = 2
    stop: Callable[[], bool] = lambda: False
    late: Callable[[], bool] = lambda: False
    tell: Callable[[Progress], None] = lambda progress: None


@dataclass
class Found:
    """What a search found: the best checked plan, a proved bound (unit of ``value_of``), and how sure that is."""

    objective: Objective
    status: Status
    jobs: tuple[Job, ...] | None
    value: int | None
    bound: int | None
    rounds: int
    undecided: int = 0
    cuts: list[Cut] = field(default_factory=list)
    values: list[int | None] = field(default_factory=list)


def value_of(problem: Problem, jobs: tuple[Job, ...], objective: Objective) -> int:
    """Return a design's value in the unit of the engine: relief in hundredths of minutes."""
    if objective is Objective.RELIEF:
        return relief_hundredths(problem, jobs)
    return int(getattr(values_of(problem, jobs), objective.value))


def better(objective: Objective, one: float, other: float | None) -> bool:
    """Tell whether a value is better: more, or for the moments that change hands fewer."""
    return other is None or (one < other if objective is Objective.CALM else one > other)


class Search:
    """A search for the best design in one objective, with floors and differences posted beforehand."""

    def __init__(self, problem: Problem, objective: Objective, days: Days, cuts: Iterable[Cut] = ()) -> None:
        self.problem, self.objective, self.days = problem, objective, days
        self.model = Assignment(problem) if is_small(problem) else None
        self.cuts: list[Cut] = []
        self.best: tuple[Job, ...] | None = None
        self.value: int | None = None
        self.bound: int | None = None
        self.undecided = 0
        self.floors = Floors()
        self.others: list[tuple[Job, ...]] = []
        self._lanes: list[Lane] = []
        self._aimed, self._capped = True, False
        self._known = tuple(cuts)
        self._start: tuple[Job, ...] | None = None
        self._fixed = all(c.window.end - c.window.start == c.work for c in problem.classes)

    @property
    def told(self) -> Objective | None:
        """The objective that progress names."""
        return self.objective

    def start_from(self, jobs: tuple[Job, ...]) -> None:
        """Begin at a known design, which counts as found when it keeps what this search was asked before."""
        if self.model is not None:
            self.model.hint(jobs)
        self._start = jobs
        if self.allowed(jobs):
            self.best, self.value = jobs, self.worth(jobs)

    def worth(self, jobs: tuple[Job, ...]) -> int:
        """Return what a design is worth to this search."""
        return value_of(self.problem, jobs, self.objective)

    def aim(self) -> None:
        """Tell the model what to make as good as can be."""
        if self.model is not None:
            self.model.aim(self.objective)

    def aims(self) -> Aims:
        """Return the same for the lanes, with the floors and the plans to differ from."""
        others = [classes_of(self.problem, o) for o in self.others]
        return self.days.kernel.aims(self.objective, self.floors, others)

    def keep_above(self, floors: Floors) -> None:
        """Ask floors under the values: net relief of the plan, the others of every job."""
        self.floors, model = floors, self.model
        if model is None:
            return
        if floors.relief is not None:
            model.at_least(model.total(Objective.RELIEF), floors.relief * 100)
        for job in range(self.problem.jobs):
            for objective, floor in ((Objective.DOORS, floors.doors), (Objective.QUALITY, floors.quality)):
                if floor:
                    model.at_least(model.measure(objective, job), floor)
            if floors.calm is not None:
                model.at_most(model.measure(Objective.CALM, job), floors.calm)

    def differ_from(self, other: tuple[Job, ...]) -> None:
        """Ask that the assigned hours differ enough from another design's."""
        self.others.append(other)
        if self.model is not None:
            self.model.differ(classes_of(self.problem, other), self.problem["differ"])

    def run(
        self, effort: Effort, *, any_will_do: bool = False, until: Callable[[tuple[Job, ...]], bool] | None = None
    ) -> Found:
        """Run the rounds; stop early when the best design is proved, is good enough, or somebody asks to stop.

        With ``any_will_do`` the first checked design ends the search: the question is only whether there is one.
        """
        if any_will_do:
            until = _good_enough
        self._aimed = not any_will_do
        if self._aimed:
            self.aim()
        for cut in self._known:
            self._cut(cut)
        self._open_lanes(effort.seed)
        status, done = Status.OUT_OF_TIME, 0
        values: list[int | None] = []
        for done in range(1, effort.rounds + 1):
            if effort.stop() or effort.late():
                done -= 1
                status = Status.STOPPED if effort.stop() else status
                break
            work = effort.work if until is None else min(effort.work, effort.work * FIRST * 2 ** (done - 1))
            status = self._round(effort, work, effort.seed + done)
            values.append(self.value)
            effort.tell(Progress(self.told, done, effort.rounds, self.value, self.bound))
            if status in (Status.OPTIMAL, Status.IMPOSSIBLE) or (until and self.best and until(self.best)):
                break
        cuts = list(self.cuts)
        return Found(self.objective, status, self.best, self.value, self.bound, done, self.undecided, cuts, values)

    def _open_lanes(self, seed: int) -> None:
        kernel = self.days.kernel
        if kernel.hopeless:
            return
        aims = self.aims()
        self._lanes = [Lane(kernel, aims, LANES * seed + n) for n in range(LANES)]
        start = self.best or self._start
        board = None if start is None else kernel.board(start, aims)
        if board is not None:
            for lane in self._lanes:
                lane.start_from(board)

    def _round(self, effort: Effort, work: float, seed: int) -> Status:
        """Let the lanes and the model go on, each for the same work; where any plan will do, the lanes come first."""
        moves = int(work * MOVES)
        with ThreadPoolExecutor(max_workers=effort.threads) as pool:
            capped = pool.submit(self._cap) if self.bound is None else None
            going = [pool.submit(lane.go, moves) for lane in self._lanes]
            if not self._aimed:
                self._gather(going)
                if self.best is not None:
                    return Status.FEASIBLE
            how = {"first": not self._aimed, "linear": self._fixed}
            exact = None if self.model is None else pool.submit(solve, self.model.cp, work, seed, **how)
            if self._aimed:
                self._gather(going)
            if capped is not None:
                capped.result()
            if exact is None:
                return self._known_of()
            return self._learn(*exact.result())

    def _cap(self) -> None:
        """Take the bound on all jobs together, where net relief is aimed at and the model has none yet."""
        if self._aimed and self.objective is Objective.RELIEF and self.told is Objective.RELIEF:
            self._capped = True
            self.bound = self.days.most_relief

    def _known_of(self) -> Status:
        """Tell what is known where the exact model was too large to build."""
        if self.best is None:
            return Status.IMPOSSIBLE if self._capped and self.bound is None else Status.OUT_OF_TIME
        return Status.OPTIMAL if self.value == self.bound else Status.FEASIBLE

    def _gather(self, going: Iterable[Future[None]]) -> None:
        """Keep the best plan of every lane."""
        for lane, done in zip(self._lanes, going, strict=True):
            done.result()
            if lane.best is not None:
                jobs = self.days.kernel.design(lane.best)
                if not refused(self.problem, jobs):
                    self._keep(jobs)

    def _learn(self, outcome: Any, solver: Any) -> Status:
        """Take a bound, a plan or a proof from the model."""
        assert self.model is not None
        if outcome == cp_model.INFEASIBLE:
            if self.best is not None:
                return Status.FEASIBLE
            return Status.OUT_OF_TIME if self.undecided else Status.IMPOSSIBLE
        if self._aimed and (outcome != cp_model.UNKNOWN or solver.response_proto.num_booleans):
            self._keep_bound(solver.best_objective_bound)  # work that ends before the search begins tells a bound of 0
        if outcome in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self._settle(plan_of(solver))
        if self.best is None:
            return Status.OUT_OF_TIME
        self.model.hint(self.best)
        return Status.OPTIMAL if self.value == self.bound and not self.undecided else Status.FEASIBLE

    def _keep_bound(self, told: float) -> None:
        if not math.isfinite(told) or self.undecided:
            return  # after an undecided day the model lacks a plan, and its bound proves nothing
        least = self.objective is Objective.CALM
        bound = math.ceil(told - 1e-6) if least else math.floor(told + 1e-6)
        if self.bound is None:
            self.bound = bound
        else:
            self.bound = max(self.bound, bound) if least else min(self.bound, bound)

    # from a plan to a checked design

    def _settle(self, plan: Plan) -> None:
        """Keep a plan of the model when it is good; what is learned goes into the model, or the plan is left out."""
        assert self.model is not None
        learned: list[Cut] = []
        jobs = tuple(self._ordered(plan, number, job, learned) for number, job in enumerate(self.model.read(plan)))
        for cut in learned:
            self.undecided += cut.exact
            self._cut(cut)
        if refused(self.problem, jobs):
            if not learned:
                self.undecided += 1  # another timetable of this plan might do, so nothing is proved from here on
                self.model.leave_out(jobs)
            return
        self._keep(tighten(self.problem, jobs))

    def _keep(self, jobs: tuple[Job, ...]) -> None:
        """Remember a good design when it keeps what was asked and is the best."""
        if self.allowed(jobs):
            value = self.worth(jobs)
            if better(self.objective, value, self.value):
                self.best, self.value = jobs, value

    def _ordered(self, plan: Plan, number: int, job: Job, learned: list[Cut]) -> Job:
        """Put every day of a job in an order that the people for whom the plan calls it open can keep."""
        shifts = [self._day(shift, self._asked(plan, number, shift.day), learned, number) for shift in job.shifts]
        return job.model_copy(update={"shifts": tuple(shifts)})

    def _asked(self, plan: Plan, number: int, day: Weekday) -> dict[str | None, Limits]:
        """Return the limits on the order of a day: of the named profile (``None``), and of those it is open for."""
        assert self.model is not None
        asked: dict[str | None, Limits] = {}
        holder = self.problem.holder(number)
        if holder is not None:
            asked[None] = order_limits(holder, self.problem.limits[holder.id], day)
        for profile in self.problem.profiles:
            flag = self.model.opened(number, profile.id)
            if flag is not None and plan(self.model[flag]):
                asked[profile.id] = order_limits(profile, open_limits(self.problem, profile), day)
        return asked

    def _day(self, shift: Shift, asked: dict[str | None, Limits], learned: list[Cut], number: int) -> Shift:
        limits = strictest(asked.values())
        if keeps(self.problem, shift, limits):
            return shift
        indexes = {self.problem.by_key[e.task, shift.day].index: e.shared for e in shift.entries}
        classes, shared = frozenset(indexes), frozenset(i for i, s in indexes.items() if s)
        answer = self.days.shift(classes, shared, shift.paid, limits)
        if answer.shift is not None:
            return answer.shift
        for profile, theirs in asked.items():
            if not keeps(self.problem, shift, theirs):
                proved = self.days.impossible(classes, theirs)
                core = self.days.core(classes, theirs) if proved else classes
                own = number if profile is None and self.problem.group else None
                learned.append(Cut(core, profile, exact=not proved, job=own))
        return shift

    def _cut(self, cut: Cut) -> None:
        if cut not in self.cuts:
            self.cuts.append(cut)
            if self.model is not None:
                self.model.cut(cut)

    def allowed(self, jobs: tuple[Job, ...]) -> bool:
        """Tell whether a design keeps the floors and differences that this search was given."""
        differ = self.problem["differ"]
        apart = all(differs(self.problem, jobs, other, differ) for other in self.others)
        return apart and above(self.problem, jobs, self.floors)


def is_small(problem: Problem) -> bool:
    """Tell whether the exact model is small enough to be built.

    Occurrences in one place are kept apart by one constraint, whatever their number; each pair with a walk between them
    asks an order of its own.
    """
    if problem.jobs * sum(c.times for c in problem.classes) > SPANS:
        return False
    per_day: dict[Weekday, Counter[str | None]] = {}
    for found in problem.classes:
        per_day.setdefault(found.day, Counter())[found.task.place] += found.times
    walks = (n * m for day in per_day.values() for (a, n), (b, m) in combinations(day.items(), 2) if problem.walk(a, b))
    return problem.jobs * sum(walks) <= EXACT


def _good_enough(jobs: tuple[Job, ...]) -> bool:
    """Any checked design will do."""
    return bool(jobs)


def above(problem: Problem, jobs: tuple[Job, ...], floors: Floors) -> bool:
    """Tell whether a design keeps floors under its values."""
    if floors.relief is not None and relief_hundredths(problem, jobs) < floors.relief * 100:
        return False
    for job in jobs:
        open_for, points, moments = reached(problem, job)
        if open_for < (floors.doors or 0) or points < (floors.quality or 0):
            return False
        if floors.calm is not None and moments > floors.calm:
            return False
    return True


def reached(problem: Problem, job: Job) -> tuple[int, int, int]:
    """Return for how many profiles a job is open, its points of quality, and the moments that change hands for it."""
    moments = len({(e.task, s.day) for s in job.shifts for e in s.entries})
    return sum(d.is_open for d in doors(problem, job)), sum(quality_points(problem, job).values()), moments


def classes_of(problem: Problem, jobs: tuple[Job, ...]) -> frozenset[int]:
    """Return the classes that a design takes."""
    return frozenset(i for _, i, _ in triples(problem, jobs))


def differs(problem: Problem, one: tuple[Job, ...], other: tuple[Job, ...], percent: int) -> bool:
    """Tell whether two designs differ in at least ``percent`` of the assigned minutes of each."""
    mine, theirs = classes_of(problem, one), classes_of(problem, other)
    apart = 100 * minutes_of(problem, mine ^ theirs)
    return all(apart >= percent * minutes_of(problem, side) for side in (mine, theirs))
