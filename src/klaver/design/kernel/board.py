"""A plan as arrays, and the moves on it: who does what, in which order, what every job and role makes of it.

A board is always true of itself: after each move the jobs that were touched are judged anew and the roles are kept up
by what changed, so that the worth of a plan is known at once whatever its size.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from klaver.design.kernel.compiled import entry, loops
from klaver.design.kernel.days import LONGEST, insert, settle, take_out
from klaver.design.kernel.judge import BROKEN, DOORS, MOMENTS, NEAR, PIECE, QUALITY, RELIEF, judge
from klaver.design.kernel.numbers import (
    GROUP,
    L_BLOCK,
    L_CRUMBS,
    L_JOBS,
    NEVER,
    ROLE,
    TIMES,
    TOTAL,
    WANTED,
    WEEKDAY,
)
from klaver.design.kernel.people import NOBODY

WORTHS = 9

IN_JOB = 8
"""Added to the number of a job in ``WANTED``: the class is asked in that very job."""

ALONE_IN = 4096
"""The same for a class that is asked in that very job and done there alone."""


class Board(NamedTuple):
    """Who does what (``owner`` and ``shared`` per class), the days (job, weekday), and what it all adds up to.

    ``sums`` are the minutes in jobs, the wishes not kept, the classes away from home, and what roles lose too much.
    """

    owner: np.ndarray
    shared: np.ndarray
    seq: np.ndarray
    many: np.ndarray
    at: np.ndarray
    span: np.ndarray
    worth: np.ndarray
    roles: np.ndarray
    freed: np.ndarray
    apart: np.ndarray
    sums: np.ndarray


G_RELIEF, G_DOORS, G_QUALITY, G_CALM, G_DOORS_FLOOR = range(5)
G_QUALITY_FLOOR, G_CALM_CEILING, G_RELIEF_FLOOR, G_DIFFER, G_COUNT_DOORS, G_HOLD, G_STAY = range(5, 12)
G_WHOLE, G_WHOLE_DOORS, G_WHOLE_QUALITY, G_WHOLE_CALM = range(12, 16)


class Aims(NamedTuple):
    """What a search is after: a weight per value, floors under each job, and plans to differ from.

    ``goal`` holds the numbers, by the places above; with ``G_HOLD`` the floors under each job must be kept, without it
    they are aimed at. ``others`` (plans, C) are the classes of those plans, ``theirs`` their minutes.
    """

    goal: np.ndarray
    home: np.ndarray
    others: np.ndarray
    theirs: np.ndarray


def empty(n, others: int) -> Board:  # type: ignore[no-untyped-def]
    """Return a board with no work in any job."""
    jobs, classes, roles = int(n.limits[L_JOBS]), len(n.cls), len(n.role_caps)
    return Board(
        owner=np.full(classes, NOBODY, np.int64),
        shared=np.zeros(classes, np.int8),
        seq=np.zeros((jobs, 7, LONGEST), np.int64),
        many=np.zeros((jobs, 7), np.int64),
        at=np.zeros((jobs, 7, LONGEST), np.int64),
        span=np.zeros((jobs, 7, 4), np.int64),
        worth=np.zeros((jobs, WORTHS), np.int64),
        roles=np.zeros((roles, 5), np.int64),
        freed=np.zeros(len(n.group_role), np.int64),
        apart=np.zeros(others, np.int64),
        sums=np.zeros(4, np.int64),
    )


@loops
def _broken_by_role(n, board, r):
    """Return by how many minutes one role loses too much, or gets back too little in one piece."""
    total = 0
    for k in range(2):
        over = board.roles[r, k] - n.role_caps[r, k]
        total += -(-over // 100) if over > 0 else 0
    over = board.roles[r, 2] - n.role_caps[r, 2]
    total += -(-over // 100_000) if over > 0 else 0
    crumbs = 100 * board.roles[r, 4] - n.limits[L_CRUMBS] * board.roles[r, 3]
    return total + (-(-crumbs // 10_000) if crumbs > 0 else 0)


@entry
def broken_by_roles(n, board):
    """Return by how many minutes roles lose too much, or get back too little in one piece."""
    total = 0
    for r in range(len(n.role_caps)):
        total += _broken_by_role(n, board, r)
    return total


@entry
def begin(n, aims, board, desk):
    """Bring everything that is added up in step with who does what."""
    board.roles[:] = 0
    board.freed[:] = 0
    board.sums[:] = 0
    board.sums[3] = broken_by_roles(n, board)
    for o in range(len(board.apart)):
        board.apart[o] = aims.theirs[o]
    for c in range(len(n.cls)):
        board.sums[1] += _unmet(n, c, NOBODY, 0)
        board.sums[2] += int(aims.home[c] != NOBODY)
        if board.owner[c] >= 0:
            job, shared = board.owner[c], board.shared[c]
            board.owner[c], board.shared[c] = NOBODY, 0
            give(n, aims, board, c, job, shared)
    for job in range(n.limits[L_JOBS]):
        judge_job(n, aims, board, desk, job)


@entry
def judge_job(n, aims, board, desk, job):
    """Judge one job anew."""
    judge(
        n,
        desk,
        board.seq[job],
        board.many[job],
        board.at[job],
        board.span[job],
        board.shared,
        n.holder[job],
        aims.goal[G_COUNT_DOORS],
        board.worth[job],
    )


@loops
def _unmet(n, c, owner, shared):
    """Tell whether a wish about a class, or what the law asks of it, is not kept."""
    if n.cls[c, WANTED] >= ALONE_IN:
        return int(owner != n.cls[c, WANTED] - ALONE_IN or shared != 0)
    if n.cls[c, WANTED] >= IN_JOB and owner != n.cls[c, WANTED] - IN_JOB:
        return 1
    if owner < 0:
        return int(n.cls[c, WANTED] > 0)
    return int(
        n.cls[c, WANTED] < 0 or (n.cls[c, WANTED] == 2 and shared != 0) or (n.cls[c, NEVER] == 2 and shared == 0)
    )


@entry
def give(n, aims, board, c, owner, shared):
    """Give a class to a job, alone or shared, or to nobody; the days are not touched."""
    was, was_shared = board.owner[c], board.shared[c]
    board.sums[1] += _unmet(n, c, owner, shared) - _unmet(n, c, was, was_shared)
    board.sums[2] += int(owner != aims.home[c]) - int(was != aims.home[c])
    before, after = was >= 0 and was_shared == 0, owner >= 0 and shared == 0
    board.owner[c], board.shared[c] = owner, shared
    if before != after:
        sign = 1 if after else -1
        for k in range(n.per_class[c, ROLE], n.per_class[c + 1, ROLE]):
            board.sums[3] -= _broken_by_role(n, board, n.role[k, 0])
        for k in range(n.per_class[c, ROLE], n.per_class[c + 1, ROLE]):
            r = n.role[k, 0]
            board.roles[r, 0] += sign * n.role[k, 1]
            board.roles[r, 1] += sign * n.role[k, 2]
            board.roles[r, 2] += sign * n.role[k, 3]
        for k in range(n.per_class[c, GROUP], n.per_class[c + 1, GROUP]):
            g = n.group[k, 0]
            r, old = n.group_role[g], board.freed[g]
            new = old + sign * n.group[k, 1]
            board.freed[g] = new
            board.roles[r, 3] += new - old
            board.roles[r, 4] += (new if new < n.limits[L_BLOCK] else 0) - (old if old < n.limits[L_BLOCK] else 0)
        for k in range(n.per_class[c, ROLE], n.per_class[c + 1, ROLE]):  # who gets a block back loses something too
            board.sums[3] += _broken_by_role(n, board, n.role[k, 0])
    if (was >= 0) != (owner >= 0):
        sign = 1 if owner >= 0 else -1
        board.sums[0] += sign * n.cls[c, TOTAL]
        for o in range(len(board.apart)):
            board.apart[o] += -sign * n.cls[c, TOTAL] if aims.others[o, c] else sign * n.cls[c, TOTAL]


@loops
def short_of_floors(aims, worth):
    """Return how far one job falls short of the floors, in the weights of broken rules."""
    doors = max(0, aims.goal[G_DOORS_FLOOR] - worth[DOORS])
    short = 3 * PIECE * doors - (min(2 * PIECE, worth[NEAR] * 2) if doors > 0 else 0)
    short += PIECE * max(0, aims.goal[G_QUALITY_FLOOR] - worth[QUALITY])
    return short + PIECE // 3 * max(0, worth[MOMENTS] - aims.goal[G_CALM_CEILING])


@loops
def broken_by_job(aims, worth):
    """Return what a job breaks, and how far it falls short of floors that it must keep."""
    return worth[BROKEN] + (short_of_floors(aims, worth) if aims.goal[G_HOLD] else 0)


@loops
def value_of_job(aims, worth):
    """Return the weighed values of a job, less what it falls short of floors that are aimed at."""
    goal = aims.goal
    value = goal[G_RELIEF] * worth[RELIEF] + goal[G_DOORS] * worth[DOORS] + goal[G_QUALITY] * worth[QUALITY]
    return value - goal[G_CALM] * worth[MOMENTS] - (0 if goal[G_HOLD] else 100 * short_of_floors(aims, worth))


@loops
def of_job(aims, worth, weight):
    """Return the cost of one job: what is broken, weighed, less its values and the way to doors nearly open."""
    return weight * broken_by_job(aims, worth) - value_of_job(aims, worth) - aims.goal[G_DOORS] * worth[NEAR] // 200


@loops
def _short_together(n, aims, board):
    """Return how far all jobs together fall short of the floors under the whole, weighed as one job's floors are."""
    doors = points = moments = 0
    for job in range(n.limits[L_JOBS]):
        doors += board.worth[job, DOORS]
        points += board.worth[job, QUALITY]
        moments += board.worth[job, MOMENTS]
    short = 3 * max(0, aims.goal[G_WHOLE_DOORS] - doors) + max(0, aims.goal[G_WHOLE_QUALITY] - points)
    return PIECE * short + PIECE // 3 * max(0, moments - aims.goal[G_WHOLE_CALM])


@entry
def of_plan(n, aims, board, weight):
    """Return the cost of what lies between the jobs: roles, wishes, the floor under the whole, other plans."""
    broken = board.sums[3] + PIECE * board.sums[1]
    if aims.goal[G_RELIEF_FLOOR] > -(1 << 40):
        relief = 0
        for job in range(n.limits[L_JOBS]):
            relief += board.worth[job, RELIEF]
        broken += -(-max(0, aims.goal[G_RELIEF_FLOOR] - relief) // 100)
    if aims.goal[G_WHOLE]:
        broken += _short_together(n, aims, board)
    for o in range(len(board.apart)):
        for side in (board.sums[0], aims.theirs[o]):
            broken += -(-max(0, aims.goal[G_DIFFER] * side - 100 * board.apart[o]) // 100)
    return weight * broken


@entry
def all_broken(n, aims, board):
    """Return everything that is broken or short, all jobs and the plan: nothing when the plan keeps all."""
    total = of_plan(n, aims, board, 1)
    for job in range(n.limits[L_JOBS]):
        total += broken_by_job(aims, board.worth[job])
    return total


@entry
def value_of(n, aims, board):
    """Return the weighed values of the plan, less what is not where it was."""
    total = -aims.goal[G_STAY] * board.sums[2]
    for job in range(n.limits[L_JOBS]):
        total += value_of_job(aims, board.worth[job])
    return total


@entry
def add(n, board, desk, job, c):
    """Put a class with all its occurrences into its day of a job; tell whether it fits. The owner is not changed."""
    d = n.cls[c, WEEKDAY]
    seq, many = board.seq[job, d], board.many[job, d]
    for _ in range(n.cls[c, TIMES]):
        grown = insert(n, seq, many, c, desk.row)
        if grown < 0:
            return False
        many = grown
    board.many[job, d] = many
    return settle(n, seq, many, board.at[job, d], board.span[job, d])


@entry
def drop(n, board, job, c):
    """Take a class out of its day of a job. The owner is not changed."""
    d = n.cls[c, WEEKDAY]
    board.many[job, d] = take_out(board.seq[job, d], board.many[job, d], c)
    settle(n, board.seq[job, d], board.many[job, d], board.at[job, d], board.span[job, d])
