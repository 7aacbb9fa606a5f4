"""Small lines for the tests, and a slow, obvious answer for each."""

from __future__ import annotations

import random
from itertools import permutations

from klaver.design.lines.records import Line, LineTask


def line(times: list[list[int | None]], pairs: list[tuple[int, int]] = [], decimals: int = 0) -> Line:  # noqa: B006
    """Return a line of tasks t0, t1 ... and workers w0, w1 ...; a row of times for each task."""
    return Line(
        name="small",
        decimals=decimals,
        workers=tuple(f"w{at}" for at in range(len(times[0]))),
        tasks=tuple(LineTask(id=f"t{at}", times=tuple(row)) for at, row in enumerate(times)),
        precedence=tuple((f"t{a}", f"t{b}") for a, b in pairs),
    )


def any_line(seed: int, most_tasks: int = 7, most_workers: int = 3, equal: bool = False) -> Line:
    """Return a small line drawn by seed; about one time in six a worker cannot do a task."""
    chance = random.Random(seed)
    tasks, workers = chance.randint(2, most_tasks), chance.randint(1, most_workers)
    times: list[list[int | None]] = []
    for _ in range(tasks):
        row: list[int | None] = [None if chance.random() < 0.16 else chance.randint(0, 12) for _ in range(workers)]
        if equal:
            row = [chance.randint(1, 9)] * workers
        if all(time is None for time in row):
            row[0] = 5
        times.append(row)
    pairs = [(a, b) for a in range(tasks) for b in range(a + 1, tasks) if chance.random() < 0.3]
    return line(times, pairs)


def least(found: Line) -> int | None:
    """Return the least cycle time by trying every order of workers and every place of each task; ``None`` if none."""
    best: int | None = None
    count, arcs = len(found.workers), found.arcs()
    before: list[list[int]] = [[a for a, b in arcs if b == t] for t in range(len(found.tasks))]
    for order in permutations(range(count)):
        states: list[tuple[tuple[int, ...], tuple[int, ...]]] = [((), (0,) * count)]
        for t, task in enumerate(found.tasks):
            grown = []
            for places, loads in states:
                for s in range(max((places[a] for a in before[t]), default=0), count):
                    time = task.times[order[s]]
                    if time is not None and (best is None or loads[s] + time < best):
                        grown.append(((*places, s), (*loads[:s], loads[s] + time, *loads[s + 1 :])))
            states = grown
        best = min([best, *(max(loads) for _, loads in states)] if best is not None else
                   [max(loads) for _, loads in states], default=best)  # fmt: skip
    return best
