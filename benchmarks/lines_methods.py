"""The two methods of the line benchmark, and the judge of both."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.lines_sample import instance

from benchmarks import plain_line
from klaver.design.lines.check import breaches, loads
from klaver.design.lines.effort import Effort
from klaver.design.lines.limits import least_cycle
from klaver.design.lines.proof import Unproved, check
from klaver.design.lines.records import Line, LineTask, Station

CORES = 2
MOMENTS = (1, 10, 60)
"""Seconds after which the value is read."""


def question(kind: str, family: str, number: int) -> Line:
    """Return an instance as a line; of "equal" every worker has, for each task, the time of the quickest."""
    times, arcs = instance(family, number)
    if kind == "equal":
        times = [[min(t for t in row if t is not None)] * len(row) for row in times]
    return Line(
        name=f"{family} {number}",
        workers=tuple(f"w{at}" for at in range(1, len(times[0]) + 1)),
        tasks=tuple(LineTask(id=str(at), times=tuple(row)) for at, row in enumerate(times, 1)),
        precedence=tuple((str(a + 1), str(b + 1)) for a, b in arcs),
    )


def judged(line: Line, stations: Sequence[Station]) -> int | None:
    """Return the cycle time that the independent checker accepts."""
    if breaches(line, stations):
        return None
    return max(load or 0 for load in loads(line, stations))


def klaver(line: Line, seconds: int) -> dict[str, Any]:
    """Plan with Klaver; the proof is checked by its checker."""
    from klaver.design.lines.search import plan_line

    begun = time.perf_counter()
    course: list[tuple[float, int]] = []

    def tell(_round: int, value: int | None, _bound: int) -> None:
        if value is not None:
            course.append((time.perf_counter() - begun, value))

    answer = plan_line(line, Effort(late=lambda: time.perf_counter() - begun > seconds, tell=tell))
    spent = time.perf_counter() - begun
    made = {"seconds": spent, "value": None, "bound": 0, "certified": least_cycle(line), "checked_s": 0.0}
    if answer.plan is not None:
        made |= {"value": judged(line, answer.plan.stations), "bound": answer.plan.bound}
    if answer.certificate is not None:
        begun = time.perf_counter()
        try:
            check(line, answer.certificate)
            made["certified"] = max(least_cycle(line), answer.certificate.cycle + 1)
        except Unproved as wrong:
            print(f"{line.name}: certificate refused, {wrong.why}", file=sys.stderr)
        made["checked_s"] = time.perf_counter() - begun
    return made | {"at": [_at(course, moment, made["value"], spent) for moment in MOMENTS]}


def plain(line: Line, seconds: int) -> dict[str, Any]:
    """Solve the frozen plain model."""
    times = [task.times for task in line.tasks]
    begun = time.perf_counter()
    found = plain_line.solve(times, line.arcs(), seconds, CORES, lambda: time.perf_counter() - begun)
    spent = time.perf_counter() - begun
    value = None
    if found.stations is not None:
        stations = [
            Station(worker=line.workers[w], tasks=tuple(line.tasks[t].id for t in tasks)) for w, tasks in found.stations
        ]
        value = judged(line, stations)
    course = [(p.seconds, p.value) for p in found.points if p.value is not None]
    at = [_at(course, moment, value, spent) for moment in MOMENTS]
    return {"seconds": spent, "value": value, "bound": found.bound or 0, "at": at, "certified": None, "checked_s": 0.0}


def _at(course: Sequence[tuple[float, int]], moment: int, last: int | None, spent: float) -> int | None:
    known = [value for seconds, value in course if seconds <= moment]
    return last if spent <= moment else min(known, default=None)


METHODS: dict[str, Callable[[Line, int], dict[str, Any]]] = {"klaver": klaver, "plain": plain}
