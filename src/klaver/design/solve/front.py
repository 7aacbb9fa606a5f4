"""The front of net relief against other values: a walk of short searches along floors, each with a proved limit.

Every step asks the most net relief under floors that all jobs keep together, from the nearest plan that is known;
beside it limits for such floors are proved. Steps are of fixed work, so the same seed and the same number of steps make
the same front; stop and clock act between steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import product

from klaver.design.check import refused
from klaver.design.effects import floors_of, relief_hundredths, values_of
from klaver.design.fronts import Point, covers, spread, undominated
from klaver.design.kernel.lane import Lane
from klaver.design.problem import Problem
from klaver.design.records import Floors, Job, Objective, Searched, Status
from klaver.design.solve.day import CEILING_WORK, Days
from klaver.design.solve.effort import work_of_a_round
from klaver.design.solve.outer import POINTS, Outer
from klaver.design.solve.search import LANES, MOVES, Effort, Progress, above
from klaver.design.solve.toward import Toward, lowered

STEPS = 3
"""Steps for each point asked when nobody asks for more: one along the floors, the others where the most is open."""

START = 6
"""Rounds of the search for a first plan, as that of the alternatives."""

FINE = 90
"""Floors of one value for which a limit is proved; where it has more values than that, they lie farther apart."""

WORK = 2.5
"""Rounds' worth of work in one step: enough to cool down once and then again from the best."""

PAID = 90
"""Percent of the price of another value that a search pays for it."""

CLOSE, GOOD, NEAR = 3, 99, 4
"""Floors that lie so far apart are close; a plan of so many percent of its limit is good; a search close by is so many
times as short."""

LIMITS = 3
"""Limits that are proved beside one step."""


@dataclass(frozen=True)
class Walked:
    """What came of a walk: the plans by what they are worth, the proved limits by floors, and every step.

    ``limits`` gives the most hundredths of minutes of net relief for floors under the other objectives; ``None`` where
    no plan keeps them. ``axes`` are the floors of each, from that of the plan with the most relief to the strongest
    under which ``least`` may be possible: the minutes of relief that the house asks of every alternative.
    """

    of: tuple[Objective, ...]
    status: Status
    plans: dict[Point, tuple[Job, ...]]
    limits: dict[Point, int | None]
    axes: tuple[tuple[int, ...], ...]
    least: int
    floors: Floors
    searched: tuple[Searched, ...]

    def whole(self, floors: Point) -> Floors:
        """Return floors as a record."""
        return as_floors(self.of, floors)

    def limit(self, others: Point) -> int | None:
        """Return the most net relief that any plan can have which is as good as this in the other objectives."""
        known = [most for floors, most in self.limits.items() if covers(others, floors)]
        return None if not known or None in known else min(k for k in known if k is not None)

    def outer(self) -> list[Point]:
        """Return the corners of what no plan lies beyond; empty as long as a limit is missing."""
        if not self.limits:
            return []
        made = []
        for cell in product(*(range(len(axis)) for axis in self.axes)):
            floors = tuple(axis[i] for axis, i in zip(self.axes, cell, strict=True))
            most = self.limit(floors)
            if any(covers(floors, weaker) and least is None for weaker, least in self.limits.items()):
                continue
            if most is None:
                return []
            far = tuple(
                axis[i + 1] - 1 if i + 1 < len(axis) else axis[i] for axis, i in zip(self.axes, cell, strict=True)
            )
            made.append((most, *far))
        return undominated(made)


def signed(objective: Objective, value: int) -> int:
    """Return a value so that more is better."""
    return -value if objective is Objective.CALM else value


def as_floors(of: tuple[Objective, ...], floors: Point) -> Floors:
    """Return floors under the objectives after the first as a record."""
    return Floors(**{o.value: abs(f) for o, f in zip(of[1:], floors, strict=True)})


def work_of_a_step(problem: Problem) -> float:
    """Return the work of a step, to the thousandth that a receipt keeps."""
    return round(WORK * work_of_a_round(problem), 3)


class Walk:
    """One walk along a front; ``of`` are the objectives, net relief first."""

    def __init__(self, problem: Problem, effort: Effort, of: tuple[Objective, ...], points: int) -> None:
        self.problem, self.effort, self.of, self.points = problem, effort, of, points
        self.days = Days(problem)
        self.plans: dict[Point, tuple[Job, ...]] = {}
        self.limits: dict[Point, int | None] = {}
        self.axes: tuple[tuple[int, ...], ...] = ()
        self.floors = Floors()
        self.least = 0
        self.searched: list[Searched] = []
        self._priced: dict[Point, int] = {}
        self._tries: dict[Point, int] = {}
        self._open: list[Point] = []

    def walk(self, steps: int | None = None) -> Walked:
        """Take the steps, ``effort.rounds`` for each point; what is found when somebody stops is kept.

        With ``steps`` that many are taken, whatever the clock says.
        """
        asked = floors_of(self.problem)
        toward = Toward(self.problem, self.days, asked)
        late = self.effort.late if steps is None else lambda: False
        effort = replace(self.effort, rounds=START, late=late)
        start = toward.run(effort, until=lambda jobs: above(self.problem, jobs, asked))
        if start.jobs is None:
            return self._walked(start.status)
        self.floors = lowered(self.problem, asked, start.jobs)
        self._keep(start.jobs)
        most = self.effort.rounds * self.points if steps is None else steps
        status = Status.FEASIBLE
        for objective, whole in self._steps():
            if len(self.searched) >= most:
                break
            if self.effort.stop() or late():
                status = Status.STOPPED if self.effort.stop() else status
                break
            self._step(objective, whole)
            best = max(p[0] for p in self.plans)
            self.effort.tell(Progress(objective, len(self.searched), most, best, None))
        return self._walked(status)

    def _walked(self, status: Status) -> Walked:
        kept = undominated(p for p in self.plans if p[0] >= 100 * self.least)
        plans = {p: self.plans[p] for p in kept}
        return Walked(
            self.of, status, plans, dict(self.limits), self.axes, self.least, self.floors, tuple(self.searched)
        )

    # which steps

    def _steps(self) -> Iterator[tuple[Objective, Floors]]:
        """Yield the ends, then the points asked, then wherever the most is open between what is found and proved."""
        yield Objective.RELIEF, Floors()
        for other in self.of[1:]:
            yield other, Floors()
            yield other, Floors(relief=max(p[0] for p in self.plans) // 100)
        most = max(p[0] for p in self.plans) // 100
        self.least = most * self.problem["floor_relief"] // 100 if most > 0 else most
        self._lay()
        many = round(self.points ** (1 / (len(self.of) - 1)))
        for floors in product(*(spread(axis[0], axis[-1], many) for axis in self.axes)):
            yield Objective.RELIEF, self._whole(floors)
        while True:
            yield Objective.RELIEF, self._whole(self._widest())

    def _reached(self, place: int) -> int:
        return max(p[place] for p in self.plans if p[0] >= 100 * self.least)

    def _lay(self) -> None:
        """Lay out the floors for which limits are proved: from those of the plan with the most relief to the last."""
        ends = []
        for n in range(1, len(self.of)):
            weakest = max(undominated(self.plans))[n]
            strongest = self._possible(n, weakest)
            far = -(-(strongest - weakest) // round(FINE ** (1 / (len(self.of) - 1))))
            ends.append((*range(weakest, strongest, max(1, far)), strongest))
        self.axes = tuple(ends)
        self._open = sorted(product(*self.axes), key=lambda f: sum(f))

    def _possible(self, place: int, weakest: int) -> int:
        """Return the strongest floor of one objective under which as much relief as the house asks may be possible."""
        other, jobs = self.of[place], self.problem.jobs
        farthest = {
            Objective.DOORS: jobs * len(self.problem.profiles),
            Objective.QUALITY: POINTS * jobs,
            Objective.CALM: 0,
        }
        low, high = max(weakest, self._reached(place)), farthest[other]
        while low < high:
            middle = -(-(low + high) // 2)
            most = self._bound(as_floors((self.of[0], other), (middle,)))
            if most is None or most < 100 * self.least:
                high = middle - 1
            else:
                low = middle
        return low

    def _whole(self, floors: Point) -> Floors:
        return as_floors(self.of, floors)

    def _widest(self) -> Point:
        """Return the floors with the most between what is proved and what is found, less where it was tried before."""

        def open_at(floors: Point) -> tuple[float, Point]:
            most = self.limits.get(floors)
            if most is None:
                return -1.0, floors
            return (most - max(self._inner(floors), 0)) / (1 + self._tries.get(floors, 0)), floors

        return max(open_at(f) for f in product(*self.axes))[1]

    def _inner(self, floors: Point) -> int:
        return max((p[0] for p in self.plans if covers(p[1:], floors)), default=0)

    # one step

    def _step(self, objective: Objective, whole: Floors) -> None:
        kernel, seed = self.days.kernel, self.effort.seed + len(self.searched)
        floors = tuple(signed(o, getattr(whole, o.value) or 0) for o in self.of[1:])
        asked = self.floors.model_copy(update={"relief": whole.relief})
        prices = self._prices(floors) if self.axes else None
        aims = kernel.aims(objective, asked, whole=whole, prices=prices)
        lanes = [Lane(kernel, aims, LANES * seed + n) for n in range(LANES)]
        for lane, jobs in zip(lanes, self._starts(objective, whole, floors), strict=True):
            board = kernel.board(jobs, aims)
            if board is not None:
                lane.start_from(board)
        moves = int(self.effort.work * MOVES)
        due, self._open = self._open[:LIMITS], self._open[LIMITS:]
        with ThreadPoolExecutor(max_workers=self.effort.threads) as pool:
            near = bool(self.axes) and not self._tries.get(floors) and self._is_near(floors)
            going = [pool.submit(lane.go_near if near else lane.go, moves // NEAR if near else moves) for lane in lanes]
            proved = [(f, pool.submit(self._bound, self._whole(f))) for f in due]
            for done in going:
                done.result()
            self.limits |= {f: done.result() for f, done in proved}
        self._tries[floors] = self._tries.get(floors, 0) + 1
        for lane in lanes:
            if lane.best is not None:
                self._keep(kernel.design(lane.best))
        found = self._inner(floors) if objective is Objective.RELIEF and floors != () else None
        self.searched.append(Searched(objective=objective, floors=whole, rounds=1, values=(found,)))

    def _prices(self, floors: Point) -> dict[Objective, int]:
        """Return what one more of each other value costs here in net relief, told by the linear limits, less a part.

        A search that pays a little less than the price goes up to the floor and has no wall before it.
        """
        here = self._linear(floors)
        found = {}
        for n, other in enumerate(self.of[1:]):
            farther = tuple(f + (k == n) for k, f in enumerate(floors))
            found[other] = max(0, here - self._linear(farther)) * PAID // 100
        return found

    def _linear(self, floors: Point) -> int:
        if floors not in self._priced:
            self._priced[floors] = max(0, Outer(self.days.kernel.numbers, self._whole(floors), self.floors).priced())
        return self._priced[floors]

    def _is_near(self, floors: Point) -> bool:
        """Tell whether a plan close by is nearly as good as is proved: then a short search around it will do."""
        for point in self.plans:
            most = self.limits.get(point[1:])
            close = sum(abs(f - o) for f, o in zip(floors, point[1:], strict=True)) <= CLOSE
            if close and most is not None and 100 * point[0] >= GOOD * most:
                return True
        return False

    def _starts(self, objective: Objective, whole: Floors, floors: Point) -> list[tuple[Job, ...]]:
        """Return where the lanes begin: the best plan that keeps the floors, and the nearest that does not."""
        plans = sorted(self.plans, reverse=True)
        if objective is not Objective.RELIEF:
            place = self.of.index(objective)
            return [self.plans[max(plans, key=lambda p: (p[place], p))]] * LANES
        keeping = [p for p in plans if covers(p[1:], floors) or whole == Floors()]
        beyond = [p for p in plans if p not in keeping]
        one = keeping[0] if keeping else None
        other = min(beyond, key=lambda p: sum(max(0, f - o) for f, o in zip(floors, p[1:], strict=True)), default=None)
        first, second = one or other, other or one
        assert first is not None and second is not None
        return [self.plans[first], self.plans[second]]

    def _keep(self, jobs: tuple[Job, ...]) -> None:
        """Remember a plan that the checker lets pass."""
        if not refused(self.problem, jobs) and above(self.problem, jobs, self.floors):
            worth = values_of(self.problem, jobs)
            others = (signed(o, getattr(worth, o.value)) for o in self.of[1:])
            self.plans.setdefault((relief_hundredths(self.problem, jobs), *others), jobs)

    def _bound(self, whole: Floors) -> int | None:
        return Outer(self.days.kernel.numbers, whole, self.floors).bound(CEILING_WORK)
