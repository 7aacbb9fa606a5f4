"""The solver on one thread, with work that is counted and not timed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ortools.sat.python import cp_model


@dataclass(frozen=True)
class Plan:
    """A solution of the model: the value of every variable."""

    values: tuple[int, ...]

    def __call__(self, variable: Any) -> int:
        return self.values[int(variable.index)]


def solve(model: Any, work: float, seed: int, *, first: bool = False, linear: bool = False) -> tuple[Any, Any]:
    """Run the solver on one thread for at most ``work``; with ``first``, up to its first solution.

    With ``linear`` every constraint is told to the linear part as well: right where nothing has an order to find.
    """
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = work
    if linear:
        solver.parameters.linearization_level = 2
    solver.parameters.stop_after_first_solution = first
    return solver.solve(model), solver


def plan_of(solver: Any) -> Plan:
    """Return the solution that a solver holds."""
    return Plan(tuple(solver.response_proto.solution))
