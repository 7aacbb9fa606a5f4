"""The moves of a search: one class, a whole task, one for another, a day less, a day like another.

A move touches two jobs at most, and writes down who did what before, so that it can be put back.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from klaver.design.kernel.board import NOBODY, Board, add, drop, give
from klaver.design.kernel.compiled import loops
from klaver.design.kernel.numbers import NEAR_TO, NEVER, OF, TASK, TOG, WEEKDAY

CHANGES = 512


class Memory(NamedTuple):
    """What a move may have to put back, and the best plan so far."""

    seq: np.ndarray
    many: np.ndarray
    at: np.ndarray
    span: np.ndarray
    worth: np.ndarray
    changed: np.ndarray
    made: np.ndarray
    dirty: np.ndarray
    chance: np.ndarray
    best: Board
    found: np.ndarray


def memory(board: Board, seed: int) -> Memory:
    """Return the memory of a search from a seed."""
    jobs = len(board.many)
    return Memory(
        seq=np.zeros((2, *board.seq.shape[1:]), np.int64),
        many=np.zeros((2, 7), np.int64),
        at=np.zeros((2, *board.at.shape[1:]), np.int64),
        span=np.zeros((2, 7, 4), np.int64),
        worth=np.zeros((2, board.worth.shape[1]), np.int64),
        changed=np.zeros((CHANGES, 3), np.int64),
        made=np.zeros(1, np.int64),
        dirty=np.ones(jobs, np.int8),
        chance=np.array([1 + (seed * 2654435761 + 12345) % 2147483645], np.int64),
        best=Board(*(a.copy() for a in board)),
        found=np.zeros(3, np.int64),
    )


@loops
def below(memory, top):
    """Draw a whole number from 0 to ``top`` - 1."""
    memory.chance[0] = memory.chance[0] * 48271 % 2147483647
    return memory.chance[0] % top


@loops
def keep(board, memory, place, job):
    """Keep a job as it is, to put it back."""
    memory.seq[place, :, :] = board.seq[job]
    memory.many[place, :] = board.many[job]
    memory.at[place, :, :] = board.at[job]
    memory.span[place, :, :] = board.span[job]
    memory.worth[place, :] = board.worth[job]


@loops
def put_back(board, memory, place, job):
    """Put a job back as it was kept."""
    board.seq[job, :, :] = memory.seq[place]
    board.many[job, :] = memory.many[place]
    board.at[job, :, :] = memory.at[place]
    board.span[job, :, :] = memory.span[place]
    board.worth[job, :] = memory.worth[place]


@loops
def note(board, memory, c):
    """Write down who did a class before it changes; tell whether there is room to write."""
    count = memory.made[0]
    if count >= CHANGES:
        return False
    memory.changed[count, 0], memory.changed[count, 1], memory.changed[count, 2] = c, board.owner[c], board.shared[c]
    memory.made[0] = count + 1
    return True


@loops
def _barred(n, c, job):
    """Tell whether a class is never for the one whose job it would be in."""
    holder = n.holder[job]
    return holder >= 0 and n.barred[holder, n.cls[c, TASK]] != 0


@loops
def into(n, aims, board, desk, memory, c, job, shared):
    """Move a class to a job, out of the job it is in; tell whether it fits."""
    if n.cls[c, NEVER] == 1 or _barred(n, c, job) or not note(board, memory, c):
        return False
    if board.owner[c] >= 0:
        drop(n, board, board.owner[c], c)
    give(n, aims, board, c, job, 1 if n.cls[c, NEVER] == 2 else shared)
    return add(n, board, desk, job, c)


@loops
def out(n, aims, board, memory, c):
    """Take a class out of its job."""
    if not note(board, memory, c):
        return False
    drop(n, board, board.owner[c], c)
    give(n, aims, board, c, NOBODY, 0)
    return True


@loops
def both(n, aims, board, desk, memory, c, job, shared, a, b):
    """Move a class and what must go with it; jobs other than ``a`` and ``b`` are not touched."""
    if not into(n, aims, board, desk, memory, c, job, shared):
        return False
    for k in range(n.per_class[c, TOG], n.per_class[c + 1, TOG]):
        other = n.tog[k]
        owner = board.owner[other]
        if owner != job and (owner < 0 or owner == a or owner == b):
            if not into(n, aims, board, desk, memory, other, job, 0):
                return False
    return True


@loops
def _of_job(n, board, memory, job):
    """Return a class that a job does, by chance; -1 when it does none."""
    total = 0
    for d in range(7):
        total += board.many[job, d]
    if total == 0:
        return -1
    k = below(memory, total)
    for d in range(7):
        if k < board.many[job, d]:
            return board.seq[job, d, k]
        k -= board.many[job, d]
    return -1


@loops
def _near(n, board, memory, c, job):
    """Return a class close to a class that ``job`` does not do, mostly on the same weekday; -1 when there is none."""
    t = n.cls[c, TASK]
    first, last = n.per_task[t, NEAR_TO], n.per_task[t + 1, NEAR_TO]
    if last == first or below(memory, 8) == 0:
        other = below(memory, len(n.cls))
        return other if n.cls[other, NEVER] != 1 and board.owner[other] != job else -1
    same_day = below(memory, 4)
    for _ in range(4):
        close = n.near[first + below(memory, last - first)]
        start, end = n.per_task[close, OF], n.per_task[close + 1, OF]
        other = n.of[start + below(memory, end - start)]
        if same_day:
            for k in range(start, end):
                if n.cls[n.of[k], WEEKDAY] == n.cls[c, WEEKDAY]:
                    other = n.of[k]
        if n.cls[other, NEVER] != 1 and board.owner[other] != job:
            return other
    return -1


@loops
def _one(n, aims, board, desk, memory, a, b, c):
    """One class: in, out, across, or from alone to shared and back."""
    if c < 0 or n.cls[c, NEVER] == 1:
        return False
    owner = board.owner[c]
    if owner < 0:
        return both(n, aims, board, desk, memory, c, a, 0, a, b)
    if owner != a and owner != b:
        return False
    what = below(memory, 3)
    if what == 0:
        return out(n, aims, board, memory, c)
    if what == 1 and a != b:
        return both(n, aims, board, desk, memory, c, a if owner == b else b, board.shared[c], a, b)
    if n.cls[c, NEVER] == 2 or not note(board, memory, c):
        return False
    give(n, aims, board, c, owner, 1 - board.shared[c])
    return True


@loops
def _task(n, aims, board, desk, memory, a, b, t):
    """A whole task: in on every day that the job works, or out."""
    inside = done = 0
    for k in range(n.per_task[t, OF], n.per_task[t + 1, OF]):
        inside += board.owner[n.of[k]] == a
    leave = inside > 0 and below(memory, 2) == 0
    for k in range(n.per_task[t, OF], n.per_task[t + 1, OF]):
        c = n.of[k]
        owner = board.owner[c]
        if leave:
            if owner == a:
                done += 1
                if not out(n, aims, board, memory, c):
                    return False
        elif owner != a and (owner < 0 or owner == b) and n.cls[c, NEVER] != 1 and board.many[a, n.cls[c, WEEKDAY]] > 0:
            done += 1
            if not both(n, aims, board, desk, memory, c, a, 0, a, b):
                return False
    return done > 0


@loops
def _exchange(n, aims, board, desk, memory, a, b, c, other):
    """One class of job ``a`` for another, of nobody or of job ``b``, which then gets the first."""
    from_b = board.owner[other] == b and a != b
    if not out(n, aims, board, memory, c) or not both(n, aims, board, desk, memory, other, a, 0, a, b):
        return False
    return not from_b or below(memory, 2) == 0 or both(n, aims, board, desk, memory, c, b, 0, a, b)


@loops
def _again(n, board, desk, memory, a):
    """The same work at another time of the day."""
    d = below(memory, 7)
    if board.many[a, d] < 2:
        return False
    c = board.seq[a, d, below(memory, board.many[a, d])]
    drop(n, board, a, c)
    return add(n, board, desk, a, c)


@loops
def _day_off(n, aims, board, memory, a):
    """A day less."""
    d = below(memory, 7)
    done = False
    while board.many[a, d] > 0:
        done = True
        if not out(n, aims, board, memory, board.seq[a, d, 0]):
            return False
    return done


@loops
def _day_like(n, aims, board, desk, memory, a, b):
    """A day with the tasks of another day of the job."""
    d, like = below(memory, 7), below(memory, 7)
    if d == like:
        return False
    done = False
    for i in range(board.many[a, like]):
        pattern = board.seq[a, like, i]
        t = n.cls[pattern, TASK]
        for k in range(n.per_task[t, OF], n.per_task[t + 1, OF]):
            c = n.of[k]
            free = board.owner[c] < 0 or (board.owner[c] == b and a != b)
            if n.cls[c, WEEKDAY] == d and free and n.cls[c, NEVER] != 1:
                done = True
                if not into(n, aims, board, desk, memory, c, a, board.shared[pattern]):
                    return False
    return done


@loops
def attempt(n, aims, board, desk, memory, a, b, kind, c, other):
    """Do one move on the board within jobs ``a`` and ``b``; tell whether there was one.

    ``c`` is a class of job ``a`` and ``other`` one close to it that is not in the job; -1 where there is none.
    """
    if other < 0 or kind >= 82:
        if kind < 86:
            return _again(n, board, desk, memory, a)
        if kind < 90:
            return _one(n, aims, board, desk, memory, a, b, c)
        if kind < 94:
            return _day_off(n, aims, board, memory, a)
        return _day_like(n, aims, board, desk, memory, a, b)
    if kind < 12:
        return both(n, aims, board, desk, memory, other, a, 0, a, b)
    if kind < 26:
        return _one(n, aims, board, desk, memory, a, b, c)
    if kind < 44:
        return _task(n, aims, board, desk, memory, a, b, n.cls[c if below(memory, 4) == 0 else other, TASK])
    return _exchange(n, aims, board, desk, memory, a, b, c, other)


@loops
def pick(n, board, memory, a, free_from, free_to):
    """Return a class of a job, one close to it, and the job that has that one; any class for an empty job."""
    c = _of_job(n, board, memory, a)
    if c < 0:
        other = below(memory, len(n.cls))
        return other, other if n.cls[other, NEVER] != 1 and board.owner[other] < 0 else -1, a
    other = _near(n, board, memory, c, a)
    b = a
    if other >= 0 and board.owner[other] >= 0:
        b = board.owner[other]
        if b < free_from or b >= free_to:
            return c, -1, a
    elif below(memory, 4) == 0:
        b = free_from + below(memory, free_to - free_from)
    return c, other, b
