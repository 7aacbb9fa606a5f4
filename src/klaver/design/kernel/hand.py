"""A board under the hand: after each move the exact answer at once, and a repair that leaves the rest where it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from klaver.design.check import refused
from klaver.design.effects import values_of
from klaver.design.kernel.anneal import ODDS, anneal
from klaver.design.kernel.board import (
    G_STAY,
    IN_JOB,
    Aims,
    Board,
    add,
    begin,
    broken_by_roles,
    drop,
    empty,
    give,
    judge_job,
)
from klaver.design.kernel.decide import NO, YES, decide
from klaver.design.kernel.judge import BROKEN, DOORS, MOMENTS, QUALITY, RELIEF, RULES
from klaver.design.kernel.moves import memory
from klaver.design.kernel.numbers import NEVER, TIMES, WANTED, WEEKDAY
from klaver.design.kernel.people import NOBODY
from klaver.design.kernel.plan import Kernel
from klaver.design.problem import Class, Problem
from klaver.design.records import Floors, Job, Objective, Values
from klaver.values import Weekday

STAY = 300
"""What each class counts that a repair puts elsewhere, in hundredths of minutes of net relief."""

MOVES, MORE = 15_000, 2
"""Moves of a repair, and how often as many again when nothing good was found yet."""

WARM, COLD, WEIGHT = 250, 20, 1_000


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


@dataclass(frozen=True)
class Repair:
    """A good design near a board: its jobs in the order of the board, and what went elsewhere (job or nobody)."""

    jobs: tuple[Job, ...]
    values: Values
    changed: tuple[tuple[str, Weekday, int | None], ...] = ()

    @property
    def tasks(self) -> int:
        """How many different tasks went elsewhere."""
        return len({task for task, _, _ in self.changed})


@dataclass
class Hand:
    """A design on a board, ready to be changed; the jobs keep their places."""

    problem: Problem
    kernel: Kernel
    aims: Aims
    board: Board
    lost: dict[tuple[int, Weekday], bool | None] = field(default_factory=dict)
    waiting: dict[tuple[int, Weekday], frozenset[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, problem: Problem, jobs: Sequence[Job], kernel: Kernel | None = None) -> Hand:
        """Lay a design on a board.

        Raises
        ------
        ValueError
            When a day holds more moments than a board has room for.
        """
        kernel = kernel or Kernel(problem)
        aims = kernel.aims(Objective.RELIEF, Floors(), doors=True)
        board = kernel.board(jobs, aims)
        if board is None:
            raise ValueError("a day of this design is too full for a board")
        return cls(problem, kernel, aims, board)

    def move(self, move: Move) -> Reply:
        """Do a move and say what is so; nothing is refused, and nothing else is touched."""
        touched = set()
        for found in self._classes(move):
            touched |= self._put(found.index, NOBODY if move.job is None else move.job, int(move.shared))
        for job in touched:
            judge_job(self.kernel.numbers, self.aims, self.board, self.kernel.desk, job)
        return self.reply()

    def _classes(self, move: Move) -> list[Class]:
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

    def repair(self, move: Move, seed: int = 1) -> Repair | None:
        """Return the best good design found with a move done and little else changed; the board is not touched.

        Only the jobs that the move touches and the tasks of nobody change.
        """
        n = self.kernel.numbers
        asked = [c.index for c in self._classes(move)]
        cls = n.cls.copy()
        touched = {int(self.board.owner[c]) for c in asked} | {NOBODY if move.job is None else move.job}
        if move.job is not None and any(cls[c, NEVER] == 1 for c in asked):
            return None
        places = sorted(j for j in touched if j >= 0)
        order = [*places, *(j for j in range(self.kernel.jobs) if j not in places)]
        for c in asked:
            cls[c, WANTED] = -1 if move.job is None else IN_JOB + order.index(move.job)
        held = n._replace(cls=cls, holder=n.holder[order])
        back = {job: place for place, job in enumerate(order)}
        home = np.array([back.get(int(j), NOBODY) for j in self.board.owner], np.int64)
        goal = self.aims.goal.copy()
        goal[G_STAY] = STAY
        aims = self.aims._replace(goal=goal, home=home)
        board = empty(held, 0)
        board.owner[:], board.shared[:] = home, self.board.shared
        for place, job in enumerate(order):
            board.seq[place], board.many[place] = self.board.seq[job], self.board.many[job]
            board.at[place], board.span[place] = self.board.at[job], self.board.span[job]
        board.owner[[c for outside in self.waiting.values() for c in outside]] = NOBODY
        begin(held, aims, board, self.kernel.desk)
        for c in asked:
            if board.owner[c] >= 0:
                drop(held, board, board.owner[c], c)
                give(held, aims, board, c, NOBODY, 0)
            if move.job is not None and add(held, board, self.kernel.desk, back[move.job], c):
                give(held, aims, board, c, back[move.job], int(move.shared))
        begin(held, aims, board, self.kernel.desk)
        kept = memory(board, seed)
        for _ in range(1 + MORE):
            anneal(held, aims, board, self.kernel.desk, kept, ODDS, MOVES, WARM, COLD, WEIGHT, 0, max(1, len(places)))
            if kept.found[0]:
                break
        return self._repaired(kept.best, order, set(asked)) if kept.found[0] else None

    def _repaired(self, best: Board, order: list[int], asked: set[int]) -> Repair | None:
        place = {job: p for p, job in enumerate(order)}
        made = []
        for job in range(self.kernel.jobs):
            days = (Weekday(d) for d in range(7) if best.many[place[job], d])
            shifts = tuple(self.kernel.shift(best, place[job], d) for d in days)
            made.append(Job(id=f"job-{job + 1}", shifts=shifts))
        jobs = tuple(made)
        if refused(self.problem, jobs):
            return None
        changed = []
        for c, found in enumerate(self.problem.classes):
            now, was = int(best.owner[c]), int(self.board.owner[c])
            whose = order[now] if now >= 0 else NOBODY
            if whose != was and c not in asked:
                changed.append((found.task.id, found.day, whose if whose >= 0 else None))
        return Repair(jobs, values_of(self.problem, jobs), tuple(changed))
