"""Near a board: a repair after a move that leaves the rest where it is, and a better plan with little else changed.

What goes elsewhere has a price, high at first. Only when nothing that is worth enough is found is it lowered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from klaver.design.check import refused
from klaver.design.effects import values_of
from klaver.design.kernel.anneal import ODDS, anneal
from klaver.design.kernel.board import (
    G_CALM_CEILING,
    G_DOORS_FLOOR,
    G_QUALITY_FLOOR,
    G_STAY,
    IN_JOB,
    Aims,
    Board,
    add,
    begin,
    drop,
    empty,
    give,
    value_of,
)
from klaver.design.kernel.descend import descend
from klaver.design.kernel.hand import Hand, Move
from klaver.design.kernel.judge import DOORS, QUALITY
from klaver.design.kernel.moves import memory
from klaver.design.kernel.numbers import NEVER, WANTED, WEEKDAY, Numbers
from klaver.design.kernel.people import NO_LIMIT, NOBODY
from klaver.design.records import Job, Values
from klaver.values import Weekday

STAYS = (4000, 1500, 500)
"""What each class counts that goes elsewhere, in hundredths of minutes of net relief: from high to low."""

ENOUGH = 98
"""Percent of the net relief before the move that a repair is worth, where that can be."""

FEW = 10
"""Tasks that may go elsewhere in a repair, and in an offer, where that can be."""

LOOKED = 120_000
"""Moves of one look for something better."""

ALIKE = 40
"""A small change costs one for every profile, and as much as so many."""


@dataclass(frozen=True)
class Care:
    """How much a repair looks around.

    ``moves`` of one search by chance, ``vain`` times as many where small changes alone repair nothing; ``tries`` is
    what the small changes may cost together; ``twice`` when a second look follows where the first was nearly good.
    """

    moves: int = 15_000
    vain: int = 3
    tries: int = 4_000_000
    twice: bool = True


FULL = Care()
LIGHT = Care(moves=3_000, vain=1, tries=600_000, twice=False)
"""For a question asked in passing: what it costs to force a task."""

WARM, COLD, WEIGHT = 250, 20, 1_000


@dataclass(frozen=True)
class Repair:
    """A good design near a board: its jobs in the order of the board, and what went elsewhere (job or nobody).

    ``shared`` is what stays in its job, or was moved there, and is now done together with a colleague or no longer.
    """

    jobs: tuple[Job, ...]
    values: Values
    changed: tuple[tuple[str, Weekday, int | None], ...] = ()
    shared: tuple[tuple[str, Weekday, bool], ...] = ()

    @property
    def tasks(self) -> int:
        """How many different tasks go otherwise."""
        return len({task for task, _, _ in (*self.changed, *self.shared)})


def repair(hand: Hand, move: Move, pinned: Collection[str] = (), seed: int = 1, care: Care = FULL) -> Repair | None:
    """Return a good design with a move done and as little else changed as keeps its worth; the board is not touched.

    Only the jobs that the move touches and the tasks of nobody change, and no task that is ``pinned``: that stays
    where it is, in its job or with the colleagues. ``None`` when no good design was found.
    """
    n = hand.kernel.numbers
    asked = {c.index: int(move.shared) for c in hand.classes(move)}
    if move.job is not None and any(n.cls[c, NEVER] == 1 for c in asked):
        return None
    touched = {int(hand.board.owner[c]) for c in asked} | {NOBODY if move.job is None else move.job}
    places = sorted(j for j in touched if j >= 0)
    order = [*places, *(j for j in range(hand.kernel.jobs) if j not in places)]
    place = {NOBODY: NOBODY} | {job: at for at, job in enumerate(order)}
    held = _held(hand, pinned, place)
    to = NOBODY if move.job is None else place[move.job]
    held.cls[list(asked), WANTED] = -1 if to == NOBODY else IN_JOB + to
    home = np.array([place[int(j)] for j in hand.board.owner], np.int64)
    before = value_of(n, hand.aims, hand.board)
    found: Repair | None = None
    for aims in _asking(hand, home):
        near = _Near(hand, held, aims, asked, order, len(places), seed, care.tries)
        board = _moved(hand, held, aims, asked, order, to)
        for stay in STAYS:
            made = near.descended(board, stay)
            if made is None or 100 * 100 * made.values.relief < ENOUGH * before:
                made = _best_of(made, near.annealed(board, stay, care.moves if made else care.vain * care.moves))
            found = _best_of(found, made)
            if found is None or _is_enough(found, before):
                break
        if found is not None and care.twice and not _is_enough(found, before):
            board, again = _moved(hand, held, aims, asked, order, to), replace(near, seed=seed + 1)
            for stay in STAYS:
                found = _best_of(found, again.annealed(board, stay, care.vain * care.moves))
                if found is not None and _is_enough(found, before):
                    break
        if found is not None:
            return found
    return None


def better(hand: Hand, pinned: Collection[str] = (), most: int = FEW, seed: int = 1) -> Repair | None:
    """Look for a good design near the board that is worth more, with at most so many tasks elsewhere.

    It has as many open doors and points for quality as the board, in all and at the least of the jobs. It is an offer:
    the board is not touched. ``None`` when none was found.
    """
    jobs = list(range(hand.kernel.jobs))
    held = _held(hand, pinned, {j: j for j in (NOBODY, *jobs)})
    aims = hand.aims._replace(goal=hand.aims.goal.copy(), home=hand.board.owner.copy())
    aims.goal[G_DOORS_FLOOR] = hand.board.worth[:, DOORS].min()
    aims.goal[G_QUALITY_FLOOR] = hand.board.worth[:, QUALITY].min()
    near = _Near(hand, held, aims, {}, jobs, len(jobs), seed)
    board = Board(*(a.copy() for a in hand.board))
    begin(held, aims, board, hand.kernel.desk)
    now = hand.reply().values
    offered, worth = None, now.relief
    for stay in STAYS:
        made = near.annealed(board, stay, LOOKED)
        if made is None or made.values.doors < now.doors or made.values.quality < now.quality:
            continue
        if made.tasks <= most and made.values.relief > worth:
            offered, worth = made, made.values.relief
    return offered


def _held(hand: Hand, pinned: Collection[str], place: dict[int, int]) -> Numbers:
    """Return the numbers with every pinned task asked where it is."""
    cls = hand.kernel.numbers.cls.copy()
    for task in pinned:
        for c in hand.problem.by_task.get(task, ()):
            owner = place[int(hand.board.owner[c.index])]
            cls[c.index, WANTED] = -1 if owner == NOBODY else IN_JOB + owner
    order = [job for job, _ in sorted(((j, at) for j, at in place.items() if j != NOBODY), key=lambda pair: pair[1])]
    return hand.kernel.numbers._replace(cls=cls, holder=hand.kernel.numbers.holder[order])


def _asking(hand: Hand, home: np.ndarray) -> Iterable[Aims]:
    """Yield the aims with the floors of the board, and without them when it has any."""
    yield hand.aims._replace(goal=hand.aims.goal.copy(), home=home)
    goal = hand.aims.goal.copy()
    goal[G_DOORS_FLOOR] = goal[G_QUALITY_FLOOR] = 0
    goal[G_CALM_CEILING] = NO_LIMIT
    if (goal != hand.aims.goal).any():
        yield hand.aims._replace(goal=goal, home=home)


def _moved(hand: Hand, held: Numbers, aims: Aims, asked: Mapping[int, int], order: Sequence[int], to: int) -> Board:
    """Return the board with the touched jobs first, and the move done as far as the days allow."""
    desk = hand.kernel.desk
    board = empty(held, 0)
    board.owner[:], board.shared[:] = aims.home, hand.board.shared
    for at, job in enumerate(order):
        board.seq[at], board.many[at] = hand.board.seq[job], hand.board.many[job]
        board.at[at], board.span[at] = hand.board.at[job], hand.board.span[job]
    board.owner[[c for outside in hand.waiting.values() for c in outside]] = NOBODY
    begin(held, aims, board, desk)
    for c, shared in asked.items():
        if board.owner[c] >= 0:
            drop(held, board, board.owner[c], c)
            give(held, aims, board, c, NOBODY, 0)
        if to != NOBODY and (_put(hand, held, board, to, c) or _cleared(hand, held, aims, board, to, c)):
            give(held, aims, board, c, to, shared)
    begin(held, aims, board, desk)
    return board


def _put(hand: Hand, held: Numbers, board: Board, job: int, c: int) -> bool:
    """Put a class into its day of a job; when it finds no place the day is as it was."""
    day = held.cls[c, WEEKDAY]
    kept = [part[job, day].copy() for part in (board.seq, board.at, board.span)]
    many = int(board.many[job, day])
    if add(held, board, hand.kernel.desk, job, c):
        return True
    board.seq[job, day], board.at[job, day], board.span[job, day] = kept
    board.many[job, day] = many
    return False


def _cleared(hand: Hand, held: Numbers, aims: Aims, board: Board, job: int, c: int) -> bool:
    """Make room for a class on its day of a job: it comes first, then the others return while they find a place."""
    day = held.cls[c, WEEKDAY]
    here = np.flatnonzero((board.owner == job) & (held.cls[:, WEEKDAY] == day) & (held.cls[:, WANTED] == 0)).tolist()
    for other in here:
        drop(held, board, job, other)
    fits = _put(hand, held, board, job, c)
    for other in here:
        if not _put(hand, held, board, job, other):
            give(held, aims, board, other, NOBODY, 0)
    return fits


def _is_enough(found: Repair, before: int) -> bool:
    """Tell whether a repair changes few tasks and keeps what a repair keeps where that can be."""
    return found.tasks <= FEW and 100 * 100 * found.values.relief >= ENOUGH * before


def _best_of(one: Repair | None, other: Repair | None) -> Repair | None:
    """Return what changes few tasks and of those what is worth more, or what there is."""
    found = [r for r in (one, other) if r is not None]
    return max(found, key=lambda r: (r.tasks <= FEW, r.values.relief), default=None)


@dataclass(frozen=True)
class _Near:
    """A search near a board: the jobs before ``free`` in ``order`` may change, ``asked`` is what was moved."""

    hand: Hand
    held: Numbers
    aims: Aims
    asked: Mapping[int, int]
    order: Sequence[int]
    free: int
    seed: int
    tries: int = FULL.tries

    def descended(self, board: Board, stay: int) -> Repair | None:
        """Change the board for the better, small change by small change; a design when it then keeps all."""
        self.aims.goal[G_STAY] = stay
        kept, deep = memory(board, self.seed), memory(board, self.seed)
        first, found = np.zeros((2, 6), np.int64)
        desk, weight = self.hand.kernel.desk, max(WEIGHT, 2 * stay)
        most = self.tries // (ALIKE + len(self.hand.problem.profiles))
        broken = descend(self.held, self.aims, board, desk, kept, deep, weight, self.free, most, first, found)
        return None if broken else self._made(board)

    def annealed(self, board: Board, stay: int, moves: int) -> Repair | None:
        """Look around by chance from a copy of the board; the best design that keeps all."""
        self.aims.goal[G_STAY] = stay
        copy = Board(*(a.copy() for a in board))
        kept = memory(copy, self.seed)
        warm, weight = max(WARM, stay // 2), max(WEIGHT, 2 * stay)
        desk = self.hand.kernel.desk
        anneal(self.held, self.aims, copy, desk, kept, ODDS, moves, warm, COLD, weight, 0, max(1, self.free))
        return self._made(kept.best) if kept.found[0] else None

    def _made(self, best: Board) -> Repair | None:
        """Return the design of a board when the checker has nothing against it."""
        hand, place = self.hand, {job: at for at, job in enumerate(self.order)}
        made = []
        for job in range(hand.kernel.jobs):
            days = (Weekday(d) for d in range(7) if best.many[place[job], d])
            shifts = tuple(hand.kernel.shift(best, place[job], d) for d in days)
            made.append(Job(id=f"job-{job + 1}", shifts=shifts))
        jobs = tuple(made)
        if refused(hand.problem, jobs):
            return None
        changed, shared = [], []
        for c, one in enumerate(hand.problem.classes):
            now, was = int(best.owner[c]), int(hand.board.owner[c])
            whose = self.order[now] if now >= 0 else NOBODY
            before = self.asked.get(c, int(hand.board.shared[c]))
            if whose != was and c not in self.asked:
                changed.append((one.task.id, one.day, whose if whose >= 0 else None))
            elif now >= 0 and int(best.shared[c]) != before:
                shared.append((one.task.id, one.day, bool(best.shared[c])))
        return Repair(jobs, values_of(hand.problem, jobs, hand.known), tuple(changed), tuple(shared))
