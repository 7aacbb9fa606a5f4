"""Try to refute a part of a line: prices at which what is left to do is worth more than the workers left can earn."""

from __future__ import annotations

import numpy as np

from klaver.design.lines.kernels.compiled import compiled
from klaver.design.lines.kernels.master import basics, dual, primal, right_side
from klaver.design.lines.kernels.price import BITS, dearest

SCALE = 100000.0
ENOUGH = 1e-3
FIRST = 0.05
REFUTED, POSSIBLE, LOST = 1, 0, -1
STEPS = 400000
EXCHANGES = 3000
COLUMNS = 800


@compiled
def refute(used, done0, done1, line, cycle, starts, tasks, workers, pool, sets, use, basis, inverse, prices, earned):
    """Return REFUTED with whole ``prices`` (n) and what each worker can earn (m); POSSIBLE; LOST when unsure.

    ``line`` is (times, above, below, clash). ``pool`` (2) counts columns and their tasks; new columns are added to
    ``starts``, ``tasks``, ``workers``, ``sets`` and ``use``. The basis is left where it ends.
    """
    m, n = line[0].shape
    r = n + m
    side = np.empty(r)
    value = np.empty(r)
    price = np.empty(r)
    way = np.empty(r)
    right_side(n, m, used, done0, done1, side)
    basics(inverse, side, value)
    spent = 0
    aim = FIRST
    while True:
        made = dual(n, use, starts, tasks, workers, basis, inverse, value, price, way, side, EXCHANGES - spent, aim)
        if made < 0:
            return LOST
        spent += made
        cost = _cost(n, price, side)
        if cost <= aim or spent >= EXCHANGES:
            break
        left, _new = _earn(
            n, used, line, cycle, starts, tasks, workers, pool, sets, use, price, side, prices, earned, False
        )
        if left > 0.0:
            _others(used, line, cycle, prices, earned)
            return REFUTED
        aim = max(cost, aim) * 1.5 + FIRST
    if not primal(n, use, starts, tasks, workers, basis, inverse, value, price, way, EXCHANGES):
        return LOST
    for _ in range(100):
        if _cost(n, price, side) < ENOUGH:
            return POSSIBLE
        left, new = _earn(
            n, used, line, cycle, starts, tasks, workers, pool, sets, use, price, side, prices, earned, True
        )
        if left > 0.0:
            _others(used, line, cycle, prices, earned)
            return REFUTED
        if new == 0 or pool[0] + m >= workers.shape[0] or pool[1] + m * n >= tasks.shape[0]:
            return LOST
        if not primal(n, use, starts, tasks, workers, basis, inverse, value, price, way, EXCHANGES):
            return LOST
    return LOST


@compiled
def _cost(n, price, side):
    """Return what prices are worth on a right-hand side; a task that is done counts for nothing."""
    cost = 0.0
    for k in range(side.shape[0]):
        if k >= n or side[k] > 0.0:
            cost += price[k] * side[k]
    return cost


@compiled
def _earn(n, used, line, cycle, starts, tasks, workers, pool, sets, use, price, side, prices, earned, add):
    """Round the prices to whole ones, find what every worker left can earn, and return what is left and new columns."""
    times, above, below, clash = line
    m = times.shape[0]
    found = np.zeros(2, np.int64)
    left = 0.0
    for t in range(n):
        prices[t] = 0.0
        if side[t] > 0.0 and price[t] > 0.0:
            prices[t] = np.floor(price[t] * SCALE + 0.5)
            left += prices[t]
    for w in range(m):
        earned[w] = 0.0
    _floors(use, starts, tasks, workers, prices, earned)
    new = 0
    for w in range(m):
        if (used >> w) & 1:
            continue
        found[0] = 0
        found[1] = 0
        worth, _whole = dearest(prices, times[w], clash[w], above, below, cycle, earned[w], STEPS, found)
        if worth > earned[w]:
            earned[w] = worth
            if add and worth > -price[n + w] * SCALE + 1.0 and (found[0] | found[1]) != 0:
                new += _add(n, w, found, starts, tasks, workers, pool, sets, use)
        left -= earned[w]
        if left <= 0.0 and not add:
            break
    return left, new


@compiled
def _others(used, line, cycle, prices, earned):
    """Set what workers who are used could earn at these prices, so that the row says something of other parts too."""
    times, above, below, clash = line
    found = np.zeros(2, np.int64)
    for w in range(times.shape[0]):
        if (used >> w) & 1:
            earned[w], _whole = dearest(prices, times[w], clash[w], above, below, cycle, 0.0, STEPS, found)


@compiled
def _floors(use, starts, tasks, workers, prices, earned):
    """Raise what each worker earns to the dearest set of the pool."""
    for h in range(1, use[0] + 1):
        c = use[h]
        worth = 0.0
        for k in range(starts[c], starts[c + 1]):
            worth += prices[tasks[k]]
        if worth > earned[workers[c]]:
            earned[workers[c]] = worth


@compiled
def _add(n, w, found, starts, tasks, workers, pool, sets, use):
    """Add a set to the pool; return how many were added."""
    c, at = pool[0], pool[1]
    for t in range(n):
        inside = (found[0] >> t) & 1 if t < BITS else (found[1] >> (t - BITS)) & 1
        if inside:
            tasks[at] = t
            at += 1
    workers[c] = w
    sets[c, 0] = found[0]
    sets[c, 1] = found[1]
    starts[c + 1] = at
    use[0] += 1
    use[use[0]] = c
    pool[0] = c + 1
    pool[1] = at
    return 1


@compiled
def earnings(line, cycle, prices, earned):
    """Set ``earned`` (rows, m) to what every worker can earn at each row of prices."""
    times, above, below, clash = line
    found = np.zeros(2, np.int64)
    for c in range(prices.shape[0]):
        for w in range(times.shape[0]):
            earned[c, w], _whole = dearest(prices[c], times[w], clash[w], above, below, cycle, 0.0, STEPS, found)


@compiled
def usable(used, done0, done1, pool, workers, sets, use):
    """List in ``use`` the columns of workers who are left that hold something still to do."""
    count = 0
    for c in range(pool[0] - 1, -1, -1):
        if count >= COLUMNS:
            break
        if (used >> workers[c]) & 1 == 0 and ((sets[c, 0] & ~done0) | (sets[c, 1] & ~done1)) != 0:
            count += 1
            use[count] = c
    use[0] = count
