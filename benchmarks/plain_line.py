"""The peer of the line benchmark: a line with its workers as one plain CP-SAT model.

This is what a good modeller would write straight from the question, and it was frozen before anything of
``klaver.design.lines`` was written: it is changed only when the question itself changes, and it shares nothing with
Klaver. ``x[w, t]`` says that worker w does task t; the positions of the workers are all different; the station of a
task is the position of its worker, tied by enforced equalities; the load of a worker is no more than the cycle time.
No hints are given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ortools.sat.python import cp_model

Times = Sequence[Sequence[int | None]]
"""Time of each task (row) for each worker (column); ``None`` when the worker cannot do it."""

Arcs = Sequence[tuple[int, int]]
"""Pairs (a, b) of tasks: a is done at the station of b or at an earlier one."""


@dataclass(frozen=True)
class Point:
    """What was known at a moment: seconds since the start, cycle time of a solution, and proved bound."""

    seconds: float
    value: int | None
    bound: int | None


@dataclass(frozen=True)
class Outcome:
    """The solver's last word: stations in order as (worker, tasks), the bound, and how both came about."""

    status: str
    stations: tuple[tuple[int, tuple[int, ...]], ...] | None
    value: int | None
    bound: int | None
    points: tuple[Point, ...]


class _Told(cp_model.CpSolverSolutionCallback):
    def __init__(self, clock: Callable[[], float]) -> None:
        super().__init__()
        self._clock = clock
        self.points: list[Point] = []

    def on_solution_callback(self) -> None:
        bound = round(self.best_objective_bound)
        self.points.append(Point(self._clock(), round(self.objective_value), bound))


def solve(times: Times, arcs: Arcs, seconds: float, cores: int, clock: Callable[[], float], seed: int = 1) -> Outcome:
    """Look for the least cycle time in so many seconds, with as many workers of the solver as cores."""
    tasks, workers = range(len(times)), range(len(times[0]))
    cp = cp_model.CpModel()
    most = sum(max(p for p in row if p is not None) for row in times)
    cycle = cp.new_int_var(0, most, "cycle")
    done: dict[tuple[int, int], Any] = {}
    position = [cp.new_int_var(0, len(workers) - 1, f"position_{w}") for w in workers]
    station = [cp.new_int_var(0, len(workers) - 1, f"station_{t}") for t in tasks]
    cp.add_all_different(position)
    for t in tasks:
        able = [w for w in workers if times[t][w] is not None]
        for w in able:
            done[w, t] = cp.new_bool_var(f"does_{w}_{t}")
            cp.add(station[t] == position[w]).only_enforce_if(done[w, t])
        cp.add_exactly_one(done[w, t] for w in able)
    for a, b in arcs:
        cp.add(station[a] <= station[b])
    for w in workers:
        cp.add(sum(times[t][w] * done[w, t] for t in tasks if (w, t) in done) <= cycle)
    cp.minimize(cycle)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.01, seconds - clock())
    solver.parameters.num_workers = cores
    solver.parameters.random_seed = seed
    told = _Told(clock)
    status = solver.solve(cp, told)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    bound = round(solver.best_objective_bound)
    value = round(solver.objective_value) if found else None
    points = (*told.points, Point(clock(), value, bound))
    if not found:
        return Outcome(solver.status_name(status), None, None, bound, points)
    order = sorted(workers, key=lambda w: solver.value(position[w]))
    stations = tuple((w, tuple(t for t in tasks if (w, t) in done and solver.value(done[w, t]))) for w in order)
    return Outcome(solver.status_name(status), stations, value, bound, points)
