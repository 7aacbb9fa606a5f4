"""The nearest good plan by every small change in turn: the best single one, else the best pair, until none helps."""

from __future__ import annotations

from klaver.design.kernel.board import G_STAY, IN_JOB, NOBODY, add, all_broken, drop, give, judge_job, of_job, of_plan
from klaver.design.kernel.compiled import entry, loops
from klaver.design.kernel.moves import both, into, keep, note, out, put_back
from klaver.design.kernel.numbers import NEVER, OF, TASK, WANTED, WEEKDAY

OUT, IN, ACROSS, TOGETHER, AGAIN, EXCHANGE, TASK_OUT, TASK_ACROSS = range(8)
TRIED = 5
"""Where changes are counted, behind the five numbers of the one that was found."""


@loops
def _cost(n, aims, board, weight, free):
    """Return what the plan costs as far as the free jobs can change it."""
    total = of_plan(n, aims, board, weight) + aims.goal[G_STAY] * board.sums[2]
    for job in range(free):
        total += of_job(aims, board.worth[job], weight)
    return total


@loops
def _whole(n, aims, board, desk, memory, task, a, b):
    """Take a whole task out of job ``a``, or put it in job ``b`` when that is another."""
    for k in range(n.per_task[task, OF], n.per_task[task + 1, OF]):
        c = n.of[k]
        if board.owner[c] == a:
            if b == a and not out(n, aims, board, memory, c):
                return False
            if b != a and not into(n, aims, board, desk, memory, c, b, board.shared[c]):
                return False
    return True


@loops
def _do(n, aims, board, desk, memory, kind, c, other, a, b):
    """Do one change, judged; tell whether it could be done. It can be put back either way."""
    keep(board, memory, 0, a)
    if b != a:
        keep(board, memory, 1, b)
    memory.made[0] = 0
    if kind == OUT:
        done = out(n, aims, board, memory, c)
    elif kind == IN:
        done = both(n, aims, board, desk, memory, c, a, 0, a, b)
    elif kind == ACROSS:
        done = into(n, aims, board, desk, memory, c, b, board.shared[c])
    elif kind == TOGETHER:
        done = note(board, memory, c)
        if done:
            give(n, aims, board, c, a, 1 - board.shared[c])
    elif kind == AGAIN:
        drop(n, board, a, c)
        done = add(n, board, desk, a, c)
    elif kind >= TASK_OUT:
        done = _whole(n, aims, board, desk, memory, n.cls[c, TASK], a, b)
    else:
        done = out(n, aims, board, memory, c) and both(n, aims, board, desk, memory, other, a, 0, a, b)
    if done:
        judge_job(n, aims, board, desk, a)
        if b != a:
            judge_job(n, aims, board, desk, b)
    return done


@loops
def _undo(n, aims, board, memory, a, b):
    """Put back what was done."""
    for k in range(memory.made[0] - 1, -1, -1):
        give(n, aims, board, memory.changed[k, 0], memory.changed[k, 1], memory.changed[k, 2])
    put_back(board, memory, 0, a)
    if b != a:
        put_back(board, memory, 1, b)


@loops
def _tried(n, aims, board, desk, memory, weight, free, kind, c, other, a, b, least, found):
    """Try one change and count it; note it when it leaves the plan cheaper than ``least``."""
    found[TRIED] += 1
    if _do(n, aims, board, desk, memory, kind, c, other, a, b):
        cost = _cost(n, aims, board, weight, free)
        if cost < least:
            least = cost
            found[0], found[1], found[2], found[3], found[4] = kind, c, other, a, b
    _undo(n, aims, board, memory, a, b)
    return least


@loops
def _is_first(n, board, c, a):
    """Tell whether a class is the first of its task in job ``a``, of several that may all leave it."""
    count, task = 0, n.cls[c, TASK]
    for k in range(n.per_task[task, OF], n.per_task[task + 1, OF]):
        if board.owner[n.of[k]] == a:
            if n.cls[n.of[k], WANTED] != 0 or (count == 0 and n.of[k] != c):
                return False
            count += 1
    return count > 1


@loops
def _best(n, aims, board, desk, memory, weight, free, inward, exchanges, most, least, found):
    """Return the cost of the best single change when it is less than ``least``; which one is noted in ``found``.

    Without ``inward`` only what is asked comes in. Exchanges end when ``most`` changes were tried in all.
    """
    for a in range(free):
        for c in range(len(n.cls)):
            owner, wanted = board.owner[c], n.cls[c, WANTED]
            comes = wanted == IN_JOB + a or (inward and wanted == 0)
            if owner == NOBODY and comes and n.cls[c, NEVER] != 1:
                least = _tried(n, aims, board, desk, memory, weight, free, IN, c, -1, a, a, least, found)
            if owner != a:
                continue
            least = _tried(n, aims, board, desk, memory, weight, free, AGAIN, c, -1, a, a, least, found)
            if n.cls[c, NEVER] != 2:
                least = _tried(n, aims, board, desk, memory, weight, free, TOGETHER, c, -1, a, a, least, found)
            if wanted != 0:
                continue
            least = _tried(n, aims, board, desk, memory, weight, free, OUT, c, -1, a, a, least, found)
            whole = _is_first(n, board, c, a)
            if whole:
                least = _tried(n, aims, board, desk, memory, weight, free, TASK_OUT, c, -1, a, a, least, found)
            for b in range(free):
                if b != a:
                    least = _tried(n, aims, board, desk, memory, weight, free, ACROSS, c, -1, a, b, least, found)
                    if whole:
                        least = _tried(
                            n, aims, board, desk, memory, weight, free, TASK_ACROSS, c, -1, a, b, least, found
                        )
            if exchanges:
                for other in range(len(n.cls)):
                    if found[TRIED] >= most:
                        break
                    fits = board.owner[other] == NOBODY and n.cls[other, WEEKDAY] == n.cls[c, WEEKDAY]
                    if fits and n.cls[other, NEVER] != 1 and n.cls[other, WANTED] == 0:
                        least = _tried(
                            n, aims, board, desk, memory, weight, free, EXCHANGE, c, other, a, a, least, found
                        )
    return least


@entry
def descend(n, aims, board, desk, memory, deep, weight, free, most, first, found):
    """Change the board for the better until no single change helps, and while something is broken no pair either.

    Only the jobs before ``free`` are touched. A pair begins with a class that leaves its job. First it is mended with
    what is there and what is asked, then what else could come in is looked at. After ``most`` changes no
    exchange and no pair is tried any more, so that a large house answers as soon as a ward. ``memory`` and ``deep`` are
    for putting back; ``first`` and ``found`` hold six numbers each. Return what is still broken.
    """
    now, mended = _cost(n, aims, board, weight, free), False
    while True:
        best = _best(n, aims, board, desk, memory, weight, free, mended, mended, most, now, found)
        if best < now:
            _do(n, aims, board, desk, memory, found[0], found[1], found[2], found[3], found[4])
            now = best
            continue
        if all_broken(n, aims, board) == 0:
            if mended:
                return 0
            mended = True
            continue
        least, left = now, -1
        for c in range(len(n.cls)):
            a = board.owner[c]
            if a < 0 or a >= free or n.cls[c, WANTED] != 0 or (mended and found[TRIED] >= most):
                continue
            if _do(n, aims, board, desk, memory, OUT, c, -1, a, a):
                cost = _best(n, aims, board, desk, deep, weight, free, mended, False, most, least, found)
                if cost < least:
                    least, left = cost, c
                    first[:] = found
            _undo(n, aims, board, memory, a, a)
        if left < 0 and mended:
            return all_broken(n, aims, board)
        if left < 0:
            mended = True
            continue
        _do(n, aims, board, desk, memory, OUT, left, -1, board.owner[left], board.owner[left])
        _do(n, aims, board, desk, memory, first[0], first[1], first[2], first[3], first[4])
        now = least
