"""A board under the hand: after each move the exact answer at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from klaver.design.kernel.board import (
    Aims,
    Board,
    add,
    broken_by_roles,
    drop,
    give,
    judge_job,
)
from klaver.design.kernel.decide import NO, YES, decide
from klaver.design.kernel.judge import BROKEN, DOORS, MOMENTS, QUALITY, RELIEF, RULES
from klaver.design.kernel.numbers import NEVER, TIMES, WEEKDAY
from klaver.design.kernel.people import NOBODY
from klaver.design.kernel.plan import Kernel
from klaver.design.problem import Class, Problem
from klaver.design.records import Floors, Job, Objective, Values
from klaver.values import Weekday

NO_FLOORS = Floors()


@dataclass(frozen=True)
class Move:
    """A task on some weekdays, into a job (its place on the board) or out of all (``None``), alone or shared."""

    task: str
    days: tuple[Weekday, ...]
    job: int | None
    shared: bool = False


@dataclass(frozen=True)
class Day:
    """A day of which no timetable is known: ``possible`` is ``False`` when there is none, ``None`` when not decided."""

    job: int
    day: Weekday
    possible: bool | None


@dataclass(frozen=True)
class Reply:
    """What is so after a move.

    ``broken`` names per job the rules that it breaks, as the kernel counts them (``None`` for what lies between jobs);
    ``days`` the days without a timetable. ``values`` are those of the days that have one.
    """

    values: Values
    broken: Mapping[int | None, tuple[str, ...]]
    days: tuple[Day, ...]

    @property
    def good(self) -> bool:
        """Tell whether nothing is broken and every day has a timetable."""
        return not self.broken and not self.days


@dataclass
class Hand:
    """A design on a board, ready to be changed; the jobs keep their places.

    ``known`` remembers what the checker counted of each job, as long as the board is there.
    """

    problem: Problem
    kernel: Kernel
    aims: Aims
    board: Board
    lost: dict[tuple[int, Weekday], bool | None] = field(default_factory=dict)
    waiting: dict[tuple[int, Weekday], frozenset[int]] = field(default_factory=dict)
    known: dict[Job, tuple[int, int, int]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, problem: Problem, jobs: Sequence[Job], kernel: Kernel | None = None, floors: Floors = NO_FLOORS
    ) -> Hand:
        """Lay a design on a board; ``floors`` under each job are what a repair keeps where it can.

        Raises
        ------
        ValueError
            When a day holds more moments than a board has room for.
        """
        kernel = kernel or Kernel(problem)
        aims = kernel.aims(Objective.RELIEF, floors.model_copy(update={"relief": None}), doors=True)
        board = kernel.board(jobs, aims)
        if board is None:
            raise ValueError("a day of this design is too full for a board")
        return cls(problem, kernel, aims, board)

    def move(self, move: Move) -> Reply:
        """Do a move and say what is so; nothing is refused, and nothing else is touched."""
        touched = set()
        for found in self.classes(move):
            touched |= self._put(found.index, NOBODY if move.job is None else move.job, int(move.shared))
        for job in touched:
            judge_job(self.kernel.numbers, self.aims, self.board, self.kernel.desk, job)
        return self.reply()

    def classes(self, move: Move) -> list[Class]:
        """Return what a move is about: the classes of its task on its days."""
        found = [self.problem.by_key.get((move.task, day)) for day in move.days]
        return [c for c in found if c is not None]

    def _put(self, c: int, job: int, shared: int) -> set[int]:
        """Put a class where it is asked; a day in which it finds no place is decided, or left open."""
        n, board = self.kernel.numbers, self.board
        was, day = int(board.owner[c]), Weekday(int(n.cls[c, WEEKDAY]))
        if was >= 0:
            if c in self.waiting.get((was, day), ()):
                self._wait(was, day, self.waiting[was, day] - {c})
            else:
                drop(n, board, was, c)
                self._wait(was, day, self.waiting.get((was, day), frozenset()))
        give(n, self.aims, board, c, job, shared)
        if job >= 0:
            self._wait(job, day, self.waiting.get((job, day), frozenset()) | {c})
        return {j for j in (was, job) if j >= 0}

    def _wait(self, job: int, day: Weekday, outside: frozenset[int]) -> None:
        """Try to place what waits outside a day's timetable; what cannot be placed is told."""
        n, board = self.kernel.numbers, self.board
        left = set(outside)
        for c in sorted(outside):
            kept = [a.copy() for a in (board.seq[job, day], board.at[job, day], board.span[job, day])]
            many = int(board.many[job, day])
            if add(n, board, self.kernel.desk, job, c):
                left.discard(c)
            else:
                board.seq[job, day], board.at[job, day], board.span[job, day] = kept
                board.many[job, day] = many
        self.waiting.pop((job, day), None)
        self.lost.pop((job, day), None)
        if left:
            self._decide(job, day, frozenset(left))

    def _decide(self, job: int, day: Weekday, left: frozenset[int]) -> None:
        n, board = self.kernel.numbers, self.board
        many = int(board.many[job, day])
        whole = [*board.seq[job, day, :many].tolist(), *(c for c in sorted(left) for _ in range(n.cls[c, TIMES]))]
        seq, at, span = np.array(whole, np.int64), np.zeros(len(whole), np.int64), np.zeros(4, np.int64)
        said = decide(n, seq, len(whole), at, span) if len(whole) <= board.seq.shape[2] else NO
        if said == YES:
            board.seq[job, day, : len(whole)], board.at[job, day, : len(whole)] = seq, at
            board.span[job, day], board.many[job, day] = span, len(whole)
            return
        self.waiting[job, day] = left
        self.lost[job, day] = False if said == NO else None

    def reply(self) -> Reply:
        """Say what is so on the board now."""
        n, board = self.kernel.numbers, self.board
        broken: dict[int | None, tuple[str, ...]] = {}
        for job in range(self.kernel.jobs):
            if board.worth[job, BROKEN]:
                judge_job(n, self.aims, board, self.kernel.desk, job)
                broken[job] = tuple(RULES[i] for i in np.flatnonzero(self.kernel.desk.broken))
        never = any(n.cls[c, NEVER] == 1 for c in np.flatnonzero(board.owner >= 0).tolist())
        told = (
            ("roles", broken_by_roles(n, board)),
            ("wishes", board.sums[1] or self.kernel.hopeless),
            ("never", never),
        )
        if any(is_so for _, is_so in told):
            broken[None] = tuple(name for name, is_so in told if is_so)
        days = tuple(Day(job, day, possible) for (job, day), possible in sorted(self.lost.items()))
        worth = board.worth.sum(axis=0)
        values = Values(
            relief=int(worth[RELIEF]) // 100,
            doors=int(worth[DOORS]),
            quality=int(worth[QUALITY]),
            calm=int(worth[MOMENTS]),
        )
        return Reply(values, broken, days)

    def jobs(self) -> tuple[Job, ...]:
        """Return the jobs as they are on the board, in its order; what found no place is left out."""
        made = []
        for job in range(self.kernel.jobs):
            days = (Weekday(d) for d in range(7) if self.board.many[job, d])
            shifts = tuple(self.kernel.shift(self.board, job, d) for d in days)
            made.append(Job(id=f"job-{job + 1}", shifts=shifts))
        return tuple(made)
