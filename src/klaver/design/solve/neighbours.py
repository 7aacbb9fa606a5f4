"""Improving a plan piece by piece: most of it stays as it is, one part is planned anew."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ortools.sat.python import cp_model

from klaver.design.solve.assignment import Assignment, Cut

PIECE = 0.1
"""Deterministic work for one part of a plan."""

FAMILIES = 3
"""Task families that are planned anew together."""


@dataclass(frozen=True)
class Plan:
    """A solution of the model: the value of every variable, and what it is worth to the model."""

    values: tuple[int, ...]
    worth: float

    def __call__(self, variable: Any) -> int:
        return self.values[int(variable.index)]


def solve(
    model: Any, work: float, seed: int, *, first: bool = False, light: bool = False, known: bool = False
) -> tuple[Any, Any]:
    """Run the solver on one thread for at most ``work``; with ``first``, up to its first solution.

    ``light`` spares the preparations that pay on a whole model and not on a small part of one; ``known`` keeps
    everything that the model has a hint for.
    """
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = work
    solver.parameters.stop_after_first_solution = first
    solver.parameters.fix_variables_to_their_hinted_value = known
    if light:
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.symmetry_level = 0
        solver.parameters.linearization_level = 0
    return solver.solve(model), solver


def plan_of(solver: Any) -> Plan:
    """Return the solution that a solver holds."""
    return Plan(tuple(solver.response_proto.solution), float(solver.objective_value))


def first_plan(model: Assignment, work: float, seed: int, *, known: bool) -> tuple[Plan | None, float]:
    """Return the first plan that the solver meets, and the work it took; a ``known`` design is tried as it is."""
    used = 0.0
    for kept in (True, False) if known else (False,):
        status, solver = solve(model.cp, work - used, seed, first=True, known=kept)
        used += solver.response_proto.deterministic_time
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return plan_of(solver), used
    return None, used


def improve(
    model: Assignment,
    plan: Plan,
    work: float,
    seed: int,
    *,
    best: float | None,
    better: Callable[[float, float], bool],
    holds: Callable[[Plan, list[Cut]], bool],
) -> tuple[Plan, list[Cut]]:
    """Plan parts anew until ``work`` is used or the worth is the ``best`` there can be; return the last plan.

    ``holds`` tells whether a plan can be kept day by day and adds what it learned, which the next parts then know; it
    is returned too, because the model itself may be in use elsewhere and must not change here.
    """
    rng = random.Random(seed)
    learned: list[Cut] = []
    fresh = parts(model, rng)
    while work > 0 and plan.worth != best:
        piece = model.cp.clone()
        for cut in learned:
            model.cut(cut, piece)
        _keep(piece, plan, next(fresh))
        status, solver = solve(piece, min(PIECE, work), seed, light=True)
        work -= max(solver.response_proto.deterministic_time, PIECE / 20)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) and better(solver.objective_value, plan.worth):
            found = plan_of(solver)
            plan = found if holds(found, learned) else plan
    return plan, learned


def parts(model: Assignment, rng: random.Random) -> Iterator[list[int]]:
    """Yield, without end, the variables that stay: all but one or two days, a job, or some task families."""
    problem = model.problem
    jobs, days = range(problem.jobs), problem.days
    families = sorted({c.task.family for c in problem.classes})
    while True:
        for many in (1, 2):
            fresh = rng.sample(days, min(many, len(days)))
            yield [v.index for j in jobs for d in days if d not in fresh for v in model.variables_of(j, d)]
        one = rng.choice(jobs)
        day = set(rng.sample(days, min(4, len(days)))) if problem.jobs == 1 else set(days)
        yield [v.index for j in jobs for d in days if j != one or d not in day for v in model.variables_of(j, d)]
        chosen = rng.sample(families, min(FAMILIES, len(families)))
        kept = [c.index for c in problem.classes if c.task.family not in chosen]
        yield [model[t].index for j in jobs for i in kept for t in (model.take(j, i), model.share(j, i))]


def _keep(piece: Any, plan: Plan, kept: Sequence[int]) -> None:
    """Fix the variables that stay, and start the others from the plan."""
    piece.clear_hints()
    hint = piece.proto.solution_hint
    for index, value in enumerate(plan.values):
        hint.vars.append(index)
        hint.values.append(value)
    for index in kept:
        domain = piece.proto.variables[index].domain
        domain[0] = domain[len(domain) - 1] = plan.values[index]
