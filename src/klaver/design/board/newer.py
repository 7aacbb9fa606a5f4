"""A board brought to a newer version of its workplace: what is gone goes out, what is new lies with its role."""

from __future__ import annotations

from dataclasses import dataclass

from klaver.design.board.records import Board, MoveCards, PinCards, Spot
from klaver.design.board.table import Table, laid
from klaver.design.problem import Problem
from klaver.values import Weekday
from klaver.work.records import Wishes, Workplace

Card = tuple[str, Weekday]


@dataclass(frozen=True)
class Brought:
    """The board on the newer version, and what that did.

    ``gone`` are tasks that were in a job and are no longer there, ``locked`` tasks that may be in no job any more or
    are not done on these days, ``new`` tasks that the older version did not have, ``waiting`` cards without a place in
    the day.
    """

    board: Board
    gone: tuple[str, ...]
    locked: tuple[Card, ...]
    new: tuple[str, ...]
    waiting: tuple[Card, ...]


def wishes_on(wishes: Wishes, place: Workplace) -> Wishes:
    """Return wishes without those about tasks that a workplace does not have."""
    known = {t.id for t in place.tasks}
    return wishes.model_copy(update={"pins": tuple(p for p in wishes.pins if p.task in known)})


def brought(old: Problem, new: Problem, board: Board) -> Brought:
    """Lay the cards of a board anew on a newer version of its workplace, in the same jobs; days are timed again.

    Pins and names of jobs are kept.
    """
    empty = laid(new, None)
    kept = tuple(j.model_copy(update={"shifts": ()}) for j in board.jobs)
    table = Table(new, empty.model_copy(update={"jobs": kept, "floors": board.floors, "titles": board.titles}))
    gone, locked = list[str](), list[Card]()
    for (task, day), spot in _in_order(board):
        if task not in new.tasks:
            gone.append(task)
        elif spot.job is not None and (task, day) not in new.by_key:
            locked.append((task, day))
        else:
            _put(table, task, day, spot)
    made = table.board
    return Brought(
        board=made,
        gone=tuple(dict.fromkeys(gone)),
        locked=tuple(locked),
        new=tuple(t.id for t in new.workplace.tasks if t.id not in old.tasks),
        waiting=tuple(sorted((p.task, p.day) for p in made.placed if p.spot.waiting)),
    )


def _in_order(board: Board) -> list[tuple[Card, Spot]]:
    """Return the cards as the clock has them in their jobs, so that a day that still fits fills up as it was."""
    starts = {(e.task, s.day): e.start for j in board.jobs for s in reversed(j.shifts) for e in reversed(s.entries)}
    return sorted(board.spots().items(), key=lambda one: (starts.get(one[0], 10_000), one[0]))


def _put(table: Table, task: str, day: Weekday, spot: Spot) -> None:
    if spot.job is not None:
        table.do(MoveCards(task=task, days=(day,), job=spot.job, shared=spot.shared), 0)
    times = table.problem.tasks[task].times
    if spot.pinned and (times is None or times[day]):
        table.do(PinCards(task=task, days=(day,), pinned=True), 0)
