"""Limits that follow from the times alone: what every plan needs at least, without any search."""

from __future__ import annotations

from klaver.design.lines.records import Line


def least_cycle(line: Line) -> int:
    """Return a cycle time that no plan for all workers can go below.

    Every task is done by somebody, at best by who is quickest; and the work is spread over the workers at best evenly.
    """
    quickest = [min(time for time in task.times if time is not None) for task in line.tasks]
    return max(max(quickest), -(-sum(quickest) // len(line.workers)))


def least_workers(line: Line, cycle: int) -> int:
    """Return a number of workers that no plan within a cycle time can go below."""
    quickest = [min(time for time in task.times if time is not None) for task in line.tasks]
    return max(1, -(-sum(quickest) // cycle) if cycle else 1)
