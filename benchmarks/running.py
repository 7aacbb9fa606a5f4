"""One measurement: a method on a workplace, alone in a process of its own, on a given number of cores."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.plain_cpsat import Point

from klaver.design.problem import Problem


@dataclass(frozen=True)
class Course:
    """How value and bound of one run went, in the order of time, and how many solutions the checker refused."""

    points: tuple[Point, ...]
    refused: int = 0

    def at(self, seconds: float) -> Point:
        """Return what was known after so many seconds."""
        known = [p for p in self.points if p.seconds <= seconds]
        return known[-1] if known else Point(seconds, None, None)


Method = Callable[[Problem, float, int, int], Course]
"""(problem, seconds, cores, seed) to the course of a run; importable by name, because another process calls it."""


def alone(method: Method, case: Callable[[Path], Problem], path: Path, seconds: float, cores: int, seed: int) -> Course:
    """Run a method in a fresh process that may use ``cores`` cores and no more, and return its course.

    The workplace is read before the clock starts; building the model counts.
    """
    spawning = multiprocessing.get_context("spawn")
    here, there = spawning.Pipe(duplex=False)
    process = spawning.Process(target=_run, args=(there, method, case, path, seconds, cores, seed))
    process.start()
    there.close()
    try:
        course = here.recv()
    except EOFError:
        raise RuntimeError(f"{method.__name__} on {path.name} ended without an answer") from None
    finally:
        process.join()
    assert isinstance(course, Course)
    return course


def _run(
    answer: multiprocessing.connection.Connection,
    method: Method,
    case: Callable[[Path], Problem],
    path: Path,
    seconds: float,
    cores: int,
    seed: int,
) -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, usable()[:cores])
    answer.send(method(case(path), seconds, cores, seed))
    answer.close()


def usable() -> Sequence[int]:
    """Return the cores that this process may use."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)


def stopwatch() -> Callable[[], float]:
    """Return a clock of seconds since now."""
    begun = time.perf_counter()
    return lambda: time.perf_counter() - begun
