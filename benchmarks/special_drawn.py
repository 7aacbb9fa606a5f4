"""Textbook problems drawn by seed, with an optimum that is proved by other means than the engine."""

from __future__ import annotations

import numpy as np
from benchmarks.drafting import Draw
from benchmarks.special import Assignment, Case, Covering, Gap
from ortools.sat.python import cp_model


def assignment(many: int, seed: int) -> Assignment:
    """Draw costs from 1 to 100, as in the OR-Library."""
    draw = Draw(f"assignment/{many}/{seed}")
    return Assignment(tuple(tuple(draw.between(1, 100) for _ in range(many)) for _ in range(many)))


def gap(kind: str, machines: int, items: int, seed: int) -> Gap:
    """Draw a problem of class C or D of the literature (loads 5 to 25, or 1 to 100 against the costs), or a small one.

    The small class (``S``) counts gains from 15 to 25; all have capacities of eight tenths of the mean load.
    What no machines can hold together is drawn anew.
    """
    attempt = 0
    while True:
        made = _gap_drawn(Draw(f"gap/{kind}/{machines}/{items}/{seed}/{attempt}"), kind, machines, items)
        if _gap(made) is not None:
            return made
        attempt += 1


def _gap_drawn(draw: Draw, kind: str, machines: int, items: int) -> Gap:
    low, high = (1, 100) if kind == "D" else (5, 25)
    loads = tuple(tuple(draw.between(low, high) for _ in range(items)) for _ in range(machines))
    if kind == "D":
        costs = tuple(tuple(111 - load + draw.between(-10, 10) for load in row) for row in loads)
    else:
        least, most = (15, 25) if kind == "S" else (10, 50)
        costs = tuple(tuple(draw.between(least, most) for _ in range(items)) for _ in range(machines))
    capacities = tuple(sum(row) * 8 // (10 * machines) for row in loads)
    return Gap(costs, loads, capacities, most=kind == "S")


def covering(items: int, seed: int) -> Covering:
    """Draw weights of 20 to 100 and bins of 150, cut down to what fits in a day."""
    draw = Draw(f"covering/{items}/{seed}")
    weights: list[int] = []
    while len(weights) < items and sum(weights) <= 1_300:
        weights.append(draw.between(20, 100))
    return Covering(150, tuple(weights))


def optimum(case: Case) -> int | None:
    """Return the proved best, ``None`` when there is no answer at all.

    Assignment is proved by prices, generalised assignment by CP-SAT, bin covering over all sets of items.
    """
    if isinstance(case, Assignment):
        return _assigned(case.costs)
    return _gap(case) if isinstance(case, Gap) else _covering(case)


def _assigned(costs: tuple[tuple[int, ...], ...]) -> int:
    """Return the least cost by cheapest augmenting paths; the prices it ends with prove it, and are checked."""
    many = len(costs)
    row_price, price = [0] * many, [0] * (many + 1)
    holder = [-1] * (many + 1)
    for item in range(many):
        holder[many], at = item, many
        nearest, before = [10**9] * many, [many] * many
        seen = [False] * (many + 1)
        while holder[at] != -1:
            seen[at] = True
            row, step, then = holder[at], 10**9, many
            for machine in (m for m in range(many) if not seen[m]):
                slack = costs[row][machine] - row_price[row] - price[machine]
                if slack < nearest[machine]:
                    nearest[machine], before[machine] = slack, at
                if nearest[machine] < step:
                    step, then = nearest[machine], machine
            for machine in range(many + 1):
                if seen[machine]:
                    row_price[holder[machine]] += step
                    price[machine] -= step
                elif machine < many:
                    nearest[machine] -= step
            at = then
        while at != many:
            holder[at], at = holder[before[at]], before[at]
    total = sum(costs[holder[m]][m] for m in range(many))
    cheap = all(row_price[i] + price[m] <= costs[i][m] for i in range(many) for m in range(many))
    if not cheap or sum(row_price) + sum(price[:many]) != total:
        raise AssertionError("the prices do not prove the assignment")
    return total


def _gap(case: Gap) -> int | None:
    model = cp_model.CpModel()
    machines, items = range(len(case.capacities)), range(len(case.costs[0]))
    gives = {(m, i): model.new_bool_var("") for m in machines for i in items}
    for i in items:
        model.add_exactly_one(gives[m, i] for m in machines)
    for m in machines:
        model.add(sum(case.loads[m][i] * gives[m, i] for i in items) <= case.capacities[m])
    total = sum(case.costs[m][i] * gives[m, i] for m in machines for i in items)
    (model.maximize if case.most else model.minimize)(total)
    return _proved(model)


def _covering(case: Covering) -> int:
    """Return the most bins, over every set of items: so many filled, and then as much as can be in the next one.

    A bin more is worth more than whatever lies in an open one, so the best of a set is all that has to be kept.
    """
    items, base = len(case.weights), 2 * max(case.capacity, *case.weights)
    sets = np.arange(1 << items)
    many = sum((sets >> n) & 1 for n in range(items))
    best = np.zeros(1 << items, np.int64)
    for size in range(1, items + 1):
        here = sets[many == size]
        for n, weight in enumerate(case.weights):
            holding = here[(here >> n) & 1 == 1]
            bins, fill = np.divmod(best[holding ^ (1 << n)], base)
            fill = fill + weight
            new = np.where(fill >= case.capacity, (bins + 1) * base, bins * base + fill)
            best[holding] = np.maximum(best[holding], new)
    return int(best.max() // base)


def _proved(model: cp_model.CpModel) -> int | None:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = 60
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    if status != cp_model.OPTIMAL:
        raise RuntimeError("no proof within the work that is allowed")
    return int(solver.objective_value)
