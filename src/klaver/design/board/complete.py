"""Completing a board: the best plan found that leaves every pinned card where it lies, or which wishes clash."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from klaver.design.board.records import HOME, Board, Spot
from klaver.design.check import refused
from klaver.design.effects import floors_of
from klaver.design.kernel.board import ALONE_IN, G_STAY, IN_JOB, Aims, begin, drop, give
from klaver.design.kernel.board import Board as Laid
from klaver.design.kernel.hand import NO_FLOORS
from klaver.design.kernel.lane import Lane
from klaver.design.kernel.numbers import NEVER, WANTED
from klaver.design.kernel.people import NOBODY
from klaver.design.kernel.plan import Kernel
from klaver.design.problem import Problem
from klaver.design.records import Floors, Job, Objective
from klaver.design.solve.compact import without_loose_breaks
from klaver.design.solve.conflict import Conflict, conflict
from klaver.design.solve.search import MOVES, Effort, Progress
from klaver.values import Weekday
from klaver.work.records import Pin

SHARED = 2
"""What ``NEVER`` says of a class that a job may only share."""

STAY = 200
"""What a card that goes elsewhere is worth at least, in hundredths of minutes of net relief: not all is turned over."""

LANES = 2
"""Searches by chance beside each other, the better one counts."""


@dataclass(frozen=True)
class Completed:
    """What came of completing: the jobs in the order of the board, or why there are none.

    ``floors`` are those of the house when the plan keeps them. ``clash`` is the smallest set of wishes and pins that
    cannot be kept together; ``None`` beside no jobs means that nothing was found, which proves nothing. ``stopped``
    when a person ended it.
    """

    jobs: tuple[Job, ...] | None
    floors: Floors = NO_FLOORS
    clash: Conflict | None = None
    stopped: bool = False


def complete(problem: Problem, board: Board, effort: Effort, clashing: Callable[[], None] = lambda: None) -> Completed:
    """Fill a board around its pinned cards; rounds, work and seed decide the answer, stop is heard between rounds.

    First with the floors of the house under every job, then without them, then with unconfirmed rules as warnings.
    ``clashing`` is called when nothing was found and the clash is looked for.
    """
    ways = [(problem, floors_of(problem)), (problem, NO_FLOORS)]
    if not problem.confirmed_only:
        ways.append((replace(problem, confirmed_only=True), NO_FLOORS))
    for asked, floors in ways:
        jobs = _searched(asked, board, floors, effort)
        if jobs is not None or effort.stop():
            return Completed(jobs, floors, stopped=effort.stop())
    held = problem.wishes.model_copy(update={"pins": (*problem.wishes.pins, *pins_of(board))})
    clashing()
    clash = conflict(replace(problem, wishes=held, confirmed_only=True), effort)
    return Completed(None, clash=clash, stopped=effort.stop())


def pins_of(board: Board) -> Iterator[Pin]:
    """Yield the pinned cards as wishes about their tasks; in which job of several is no part of such a wish."""
    days: dict[tuple[str, str], list[Weekday]] = {}
    for placed in board.placed:
        if placed.spot.pinned:
            days.setdefault((placed.task, _kind(placed.spot)), []).append(placed.day)
    for (task, kind), on in days.items():
        yield Pin.model_validate({"task": task, "kind": kind, "days": tuple(on)})


def _kind(spot: Spot) -> str:
    return "out" if spot.job is None else "into" if spot.shared else "alone"


def _searched(problem: Problem, board: Board, floors: Floors, effort: Effort) -> tuple[Job, ...] | None:
    """Return the jobs of the best plan that the checker has nothing against, named as on the board."""
    kernel = _held(problem, board)
    if kernel.hopeless:
        return None
    aims = kernel.aims(Objective.RELIEF, floors)
    start = kernel.board(board.jobs, aims)
    if start is None:
        return None
    aims = aims._replace(home=start.owner.copy())
    aims.goal[G_STAY] = STAY
    begin(kernel.numbers, aims, start, kernel.desk)
    lanes = [_Lane(kernel, aims, LANES * effort.seed + n, start) for n in range(LANES)]
    for done in range(1, effort.rounds + 1):
        if effort.stop():
            break
        for lane in lanes:
            lane.go(int(effort.work * MOVES))
        value = max((lane.value for lane in lanes if lane.best is not None), default=None)
        effort.tell(Progress(Objective.RELIEF, done, effort.rounds, value, None))
    for lane in sorted((one for one in lanes if one.best is not None), key=lambda one: -one.value):
        jobs = _named(kernel, lane.best, board)
        if not refused(problem, jobs):
            return without_loose_breaks(problem, jobs)
    return None


def _held(problem: Problem, board: Board) -> Kernel:
    """Return the kernel in which every pinned card is asked in the very place where it lies."""
    kernel, spots = Kernel(problem), board.spots()
    places = {job.id: at for at, job in enumerate(board.jobs)}
    cls = kernel.numbers.cls.copy()
    for found in problem.classes:
        spot = spots.get((found.task.id, found.day), HOME)
        if not spot.pinned:
            continue
        if spot.job is None:
            cls[found.index, WANTED] = -1
        elif spot.shared:
            cls[found.index, WANTED] = IN_JOB + places[spot.job]
            cls[found.index, NEVER] = cls[found.index, NEVER] or SHARED
        else:
            cls[found.index, WANTED] = ALONE_IN + places[spot.job]
    kernel.numbers = kernel.numbers._replace(cls=cls)
    return kernel


class _Lane(Lane):
    """A search that begins from the board, and anew from what is pinned on it."""

    def __init__(self, kernel: Kernel, aims: Aims, seed: int, start: Laid) -> None:
        self._start = start
        super().__init__(kernel, aims, seed)
        self.start_from(start)

    def _empty(self) -> Laid:
        made, n = Laid(*(a.copy() for a in self._start)), self.kernel.numbers
        for c in range(len(n.cls)):
            owner = int(made.owner[c])
            if owner != NOBODY and n.cls[c, WANTED] == 0:
                drop(n, made, owner, c)
                give(n, self.aims, made, c, NOBODY, 0)
        begin(n, self.aims, made, self._desk)
        return made


def _named(kernel: Kernel, made: Laid | None, board: Board) -> tuple[Job, ...]:
    assert made is not None
    jobs = []
    for at, old in enumerate(board.jobs):
        days = (Weekday(d) for d in range(7) if made.many[at, d])
        jobs.append(Job(id=old.id, shifts=tuple(kernel.shift(made, at, d) for d in days)))
    return tuple(jobs)
