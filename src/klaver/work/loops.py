"""Contradictions in links between tasks: orders that run in a circle, tasks kept together and apart at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence


def cycles(orders: Sequence[tuple[str, str]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the circles in "first before second", each with the row (0-based) that closes it.

    A row closes a circle when the rows above it already lead from its second task back to its first. A task before
    itself is no circle here; it is a mistake of its own. The circle is told from first to first: ``("a", "b", "a")``.
    """
    after: dict[str, list[str]] = {}
    for row, (before, later) in enumerate(orders):
        if before == later:
            continue
        way = _way(after, later, before)
        if way:
            yield row, (before, *way)
        else:  # a row that closes a circle is set aside, so that each mistake is told once
            after.setdefault(before, []).append(later)


def clash(links: Iterable[tuple[str, str, str]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the rows (0-based) that keep two tasks apart although other rows keep them together, with that chain."""
    rows = list(links)
    beside: dict[str, list[str]] = {}
    for kind, one, other in rows:
        if kind == "together":
            beside.setdefault(one, []).append(other)
            beside.setdefault(other, []).append(one)
    for row, (kind, one, other) in enumerate(rows):
        if kind == "apart" and one != other:
            way = _way(beside, one, other)
            if way:
                yield row, way


def _way(steps: dict[str, list[str]], start: str, goal: str) -> tuple[str, ...]:
    """Return the shortest way from start to goal, both included, or nothing."""
    came: dict[str, str | None] = {start: None}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        if here == goal:
            way = [here]
            while (back := came[way[-1]]) is not None:
                way.append(back)
            return tuple(reversed(way))
        for step in steps.get(here, ()):
            if step not in came:
                came[step] = here
                queue.append(step)
    return ()
