"""The linear program over sets without gaps, in a dense inverse: how much of a line cannot be covered.

Rows are tasks (each to be covered once, what is left uncovered costs 1) and workers (one set each). Columns of the pool
are sets; before them stand, by number: ``t`` uncovered, ``n + t`` covered more than once, ``2 n + w`` a worker without
a set. Costs never change: from one part of a line to another only the right-hand side does, so the basis of one is a
start for the next.
"""

from __future__ import annotations

import numpy as np

from klaver.design.lines.kernels.compiled import compiled

TINY = 1e-7
SMALL = 1e-8


@compiled
def right_side(n, m, used, done0, done1, side):
    """Write the right-hand side for a part of the line; a little is added so that no two rows tie."""
    for t in range(n):
        gone = (done0 >> t) & 1 if t < 60 else (done1 >> (t - 60)) & 1
        side[t] = -1.0 if gone == 1 else 1.0 + 1e-6 * ((t * 7919) % 101) / 101.0
    for w in range(m):
        side[n + w] = 0.0 if (used >> w) & 1 else 1.0


@compiled
def tilt(c):
    """Return what a column of the pool costs: next to nothing, but not the same, so that no two of them tie."""
    return 1e-5 * (1.0 + ((c * 7919) % 1009) / 1009.0)


@compiled
def duals(n, basis, inverse, price):
    """Set ``price`` to the prices of all rows: the rows of the inverse, each times what its basic column costs."""
    r = inverse.shape[0]
    first = n + r
    for k in range(r):
        price[k] = 0.0
    for i in range(r):
        if basis[i] < n:
            for k in range(r):
                price[k] += inverse[i, k]
        elif basis[i] >= first:
            cost = tilt(basis[i] - first)
            for k in range(r):
                price[k] += cost * inverse[i, k]


@compiled
def basics(inverse, side, value):
    """Set ``value`` to the inverse times the right-hand side."""
    r = inverse.shape[0]
    for i in range(r):
        total = 0.0
        for k in range(r):
            total += inverse[i, k] * side[k]
        value[i] = total


@compiled
def column(n, j, starts, tasks, workers, inverse, out):
    """Set ``out`` to the inverse times column j."""
    r = inverse.shape[0]
    m = r - n
    if j < n:
        for i in range(r):
            out[i] = inverse[i, j]
    elif j < 2 * n:
        for i in range(r):
            out[i] = -inverse[i, j - n]
    elif j < 2 * n + m:
        for i in range(r):
            out[i] = inverse[i, j - n]
    else:
        c = j - 2 * n - m
        w = n + workers[c]
        for i in range(r):
            total = inverse[i, w]
            for k in range(starts[c], starts[c + 1]):
                total += inverse[i, tasks[k]]
            out[i] = total


@compiled
def pivot(row, way, inverse, value):
    """Exchange the basic column of a row for the one whose column in the inverse is ``way``."""
    r = inverse.shape[0]
    part = 1.0 / way[row]
    for k in range(r):
        inverse[row, k] *= part
    value[row] *= part
    for i in range(r):
        if i != row and way[i] != 0.0:
            times = way[i]
            for k in range(r):
                inverse[i, k] -= times * inverse[row, k]
            value[i] -= times * value[row]


@compiled
def primal(n, use, starts, tasks, workers, basis, inverse, value, price, way, most):
    """Exchange columns until none lowers the cost; return whether that was reached within ``most`` exchanges.

    ``use`` lists the columns of the pool that may come in, behind their number in ``use[0]``.
    """
    r = inverse.shape[0]
    m = r - n
    duals(n, basis, inverse, price)
    for _ in range(most):
        least = -SMALL
        enter = -1
        for t in range(n):
            if 1.0 - price[t] < least:
                least = 1.0 - price[t]
                enter = t
            if price[t] < least:
                least = price[t]
                enter = n + t
        for w in range(m):
            if -price[n + w] < least:
                least = -price[n + w]
                enter = 2 * n + w
        for k in range(1, use[0] + 1):
            c = use[k]
            cost = tilt(c) - price[n + workers[c]]
            for h in range(starts[c], starts[c + 1]):
                cost -= price[tasks[h]]
            if cost < least:
                least = cost
                enter = 2 * n + m + c
        if enter < 0:
            return True
        column(n, enter, starts, tasks, workers, inverse, way)
        leave = -1
        ratio = 0.0
        for i in range(r):
            if way[i] > TINY:
                here = max(0.0, value[i]) / way[i]
                if leave < 0 or here < ratio - 1e-12 or (here <= ratio + 1e-12 and way[i] > way[leave]):
                    ratio = here
                    leave = i
        if leave < 0:
            return False
        step = least / way[leave]
        for k in range(r):
            price[k] += step * inverse[leave, k]
        pivot(leave, way, inverse, value)
        basis[leave] = enter
    return False


@compiled
def squares(row):
    """Return the sum of the squares of a row, added up in four parts."""
    r = row.shape[0]
    a, b, c, d = 0.0, 0.0, 0.0, 0.0
    last = r - r % 4
    for k in range(0, last, 4):
        a += row[k] * row[k]
        b += row[k + 1] * row[k + 1]
        c += row[k + 2] * row[k + 2]
        d += row[k + 3] * row[k + 3]
    for k in range(last, r):
        a += row[k] * row[k]
    return (a + b) + (c + d)


@compiled
def dual(n, use, starts, tasks, workers, basis, inverse, value, price, way, side, most, aim):
    """Exchange columns until no basic one is below zero, no cost ever below it; return how many exchanges, or -1.

    It also ends as soon as the prices are worth more than ``aim`` on the right-hand side ``side``. Columns that cost
    less than nothing at the start are left for ``primal``.
    """
    r = inverse.shape[0]
    m = r - n
    count = 0
    spare = np.empty(use[0] + 1)
    slope = np.empty(use[0] + 1)
    live = np.empty(use[0] + 1, np.int64)
    weight = np.empty(r)
    for i in range(r):
        weight[i] = squares(inverse[i])
    cost_now = 0.0
    duals(n, basis, inverse, price)
    for k in range(1, use[0] + 1):
        c = use[k]
        cost = tilt(c) - price[n + workers[c]]
        for h in range(starts[c], starts[c + 1]):
            cost -= price[tasks[h]]
        if cost > -SMALL:
            spare[count] = cost
            live[count] = c
            count += 1
    for k in range(r):
        cost_now += price[k] * side[k]
    for made in range(most):
        if cost_now > aim:
            return made
        leave = -1
        most_below = 0.0
        for i in range(r):
            if value[i] < -SMALL:
                below = value[i] * value[i] / weight[i]
                if below > most_below:
                    most_below = below
                    leave = i
        if leave < 0:
            return made
        row = inverse[leave]
        enter = -1
        ratio = 0.0
        size = 0.0
        cost = 0.0
        for t in range(n):
            a = row[t]
            if a < -TINY:
                here = max(0.0, 1.0 - price[t]) / -a
                if enter < 0 or here < ratio - 1e-12 or (here <= ratio + 1e-12 and -a > size):
                    ratio, enter, size, cost = here, t, -a, 1.0 - price[t]
            elif a > TINY:
                here = max(0.0, price[t]) / a
                if enter < 0 or here < ratio - 1e-12 or (here <= ratio + 1e-12 and a > size):
                    ratio, enter, size, cost = here, n + t, a, price[t]
        for w in range(m):
            a = row[n + w]
            if a < -TINY:
                here = max(0.0, -price[n + w]) / -a
                if enter < 0 or here < ratio - 1e-12 or (here <= ratio + 1e-12 and -a > size):
                    ratio, enter, size, cost = here, 2 * n + w, -a, -price[n + w]
        for k in range(count):
            c = live[k]
            a = row[n + workers[c]]
            for h in range(starts[c], starts[c + 1]):
                a += row[tasks[h]]
            slope[k] = a
            if a < -TINY:
                here = max(0.0, spare[k]) / -a
                if enter < 0 or here < ratio - 1e-12 or (here <= ratio + 1e-12 and -a > size):
                    ratio, enter, size, cost = here, 2 * n + m + c, -a, spare[k]
        if enter < 0:
            return -1
        column(n, enter, starts, tasks, workers, inverse, way)
        if abs(way[leave]) < TINY:
            return -1
        step = cost / way[leave]
        for k in range(count):
            spare[k] -= step * slope[k]
        for k in range(r):
            price[k] += step * row[k]
        cost_now += step * value[leave]
        pivot(leave, way, inverse, value)
        basis[leave] = enter
        for i in range(r):
            if way[i] != 0.0:
                weight[i] = squares(inverse[i])
    return -1


@compiled
def refactor(n, starts, tasks, workers, basis, inverse):
    """Set ``inverse`` to the inverse of the basis; return whether there is one."""
    r = basis.shape[0]
    m = r - n
    full = np.zeros((r, 2 * r))
    for i in range(r):
        j = basis[i]
        if j < n:
            full[j, i] = 1.0
        elif j < 2 * n:
            full[j - n, i] = -1.0
        elif j < 2 * n + m:
            full[j - n, i] = 1.0
        else:
            c = j - 2 * n - m
            full[n + workers[c], i] = 1.0
            for k in range(starts[c], starts[c + 1]):
                full[tasks[k], i] = 1.0
        full[i, r + i] = 1.0
    for i in range(r):
        top = i
        for k in range(i + 1, r):
            if abs(full[k, i]) > abs(full[top, i]):
                top = k
        if abs(full[top, i]) < 1e-10:
            return False
        if top != i:
            for k in range(2 * r):
                full[i, k], full[top, k] = full[top, k], full[i, k]
        part = 1.0 / full[i, i]
        for k in range(2 * r):
            full[i, k] *= part
        for h in range(r):
            if h != i and full[h, i] != 0.0:
                times = full[h, i]
                for k in range(2 * r):
                    full[h, k] -= times * full[i, k]
    for i in range(r):
        for k in range(r):
            inverse[i, k] = full[i, r + k]
    return True
