"""Circles in the order of tasks: each is told once, at the row that closes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from klaver.values import Fault


def circles(orders: Sequence[tuple[int, dict[str, Any]]]) -> Iterator[Fault]:
    """Tell every row whose step closes a circle with the steps above it."""
    after: dict[str, list[str]] = {}
    for number, row in orders:
        first, then = row.get("before"), row.get("after")
        if first is None or then is None:
            continue
        way = _way(then, first, after)
        if way is None:
            after.setdefault(first, []).append(then)
        else:
            tasks = " → ".join((*way, way[0]))
            yield Fault(code="work.cycle", values={"tasks": tasks}, sheet="orders", row=number, column="after")


def _way(start: str, goal: str, after: dict[str, list[str]]) -> list[str] | None:
    """Return the shortest way from ``start`` to ``goal`` along the steps, both included, or ``None``."""
    came: dict[str, str | None] = {start: None}
    front = [start]
    while front and goal not in came:
        steps = [(task, then) for task in front for then in after.get(task, ()) if then not in came]
        came.update({then: task for task, then in reversed(steps)})
        front = list(dict.fromkeys(then for _, then in steps))
    if goal not in came:
        return None
    way: list[str] = []
    step: str | None = goal
    while step is not None:
        way.append(step)
        step = came[step]
    return way[::-1]
