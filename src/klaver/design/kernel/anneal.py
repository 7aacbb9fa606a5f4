"""Better and better plans by small moves, some of them backwards: annealing, in whole numbers alone.

Chance comes from one small generator and the odds of a step backwards from a table of whole numbers, so that the same
seed gives the same plan on every machine.
"""

from __future__ import annotations

import math

import numpy as np

from klaver.design.kernel.board import (
    G_STAY,
    begin,
    broken_by_job,
    give,
    judge_job,
    of_job,
    of_plan,
    value_of,
    value_of_job,
)
from klaver.design.kernel.compiled import entry, loops
from klaver.design.kernel.moves import attempt, below, keep, pick, put_back
from klaver.design.kernel.numbers import L_JOBS

ODDS = np.array([round(-65536 * math.log((i + 0.5) / 1024)) for i in range(1024)], np.int64)
"""How far a step backwards may go, in parts of 65536 of the warmth, for each of 1024 equal chances."""


@entry
def anneal(n, aims, board, desk, memory, odds, steps, warm, cold, weight, free_from, free_to):
    """Do ``steps`` moves while the warmth falls from ``warm`` to ``cold``; the best plan that keeps all is remembered.

    Only the jobs from ``free_from`` to before ``free_to`` are touched. ``memory.found`` holds whether one was found,
    its value, and how often the board kept all.
    """
    jobs = free_to - free_from
    weighed = of_plan(n, aims, board, weight)
    broken, value = 0, value_of(n, aims, board)
    for job in range(n.limits[L_JOBS]):
        broken += broken_by_job(aims, board.worth[job])
    if broken + weighed == 0 and (memory.found[0] == 0 or value > memory.found[1]):
        _remember(n, board, memory, value)
    for step in range(steps):
        heat = warm + (cold - warm) * step // steps
        a = free_from + below(memory, jobs)
        c, other, b = pick(n, board, memory, a, free_from, free_to)
        keep(board, memory, 0, a)
        before = weighed + of_job(aims, board.worth[a], weight)
        if b != a:
            keep(board, memory, 1, b)
            before += of_job(aims, board.worth[b], weight)
        memory.made[0] = 0
        away = board.sums[2]
        if c >= 0 and attempt(n, aims, board, desk, memory, a, b, below(memory, 100), c, other):
            judge_job(n, aims, board, desk, a)
            if b != a:
                judge_job(n, aims, board, desk, b)
            now = of_plan(n, aims, board, weight)
            after = now + of_job(aims, board.worth[a], weight)
            if b != a:
                after += of_job(aims, board.worth[b], weight)
            after += aims.goal[G_STAY] * (board.sums[2] - away)
            if after - before <= odds[below(memory, 1024)] * heat >> 16:
                weighed = now
                value -= aims.goal[G_STAY] * (board.sums[2] - away)
                for place in range(1 if a == b else 2):
                    job = b if place else a
                    memory.dirty[job] = 1
                    old, new = memory.worth[place], board.worth[job]
                    broken += broken_by_job(aims, new) - broken_by_job(aims, old)
                    value += value_of_job(aims, new) - value_of_job(aims, old)
                if broken + weighed == 0:
                    memory.found[2] += 1
                    if memory.found[0] == 0 or value > memory.found[1]:
                        _remember(n, board, memory, value)
                continue
        for k in range(memory.made[0] - 1, -1, -1):
            give(n, aims, board, memory.changed[k, 0], memory.changed[k, 1], memory.changed[k, 2])
        put_back(board, memory, 0, a)
        if b != a:
            put_back(board, memory, 1, b)


@loops
def _remember(n, board, memory, value):
    """Keep the plan on the board as the best, touching only the jobs that changed since the last time."""
    best = memory.best
    best.owner[:] = board.owner
    best.shared[:] = board.shared
    for job in range(n.limits[L_JOBS]):
        if memory.dirty[job]:
            best.seq[job, :, :] = board.seq[job]
            best.many[job, :] = board.many[job]
            best.at[job, :, :] = board.at[job]
            best.span[job, :, :] = board.span[job]
            best.worth[job, :] = board.worth[job]
            memory.dirty[job] = 0
    memory.found[0], memory.found[1] = 1, value


@entry
def back_to_best(n, aims, board, desk, memory):
    """Put the best plan so far on the board."""
    best = memory.best
    board.owner[:] = best.owner
    board.shared[:] = best.shared
    board.seq[:] = best.seq
    board.many[:] = best.many
    board.at[:] = best.at
    board.span[:] = best.span
    memory.dirty[:] = 0
    begin(n, aims, board, desk)
