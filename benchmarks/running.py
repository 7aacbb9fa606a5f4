"""One measurement: a method on a workplace, alone in a process of its own, on a given number of cores."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.plain_cpsat import Point

from klaver.design.problem import Problem


@dataclass(frozen=True)
class Course:
    """How value and bound of one run went, in the order of time, and how many solutions the checker refused."""

    points: tuple[Point, ...]
    refused: int = 0
    peak: int | None = None
    """The most memory of the process, in MiB; known where the run was alone."""

    @property
    def first(self) -> float | None:
        """The seconds after which there was a plan."""
        return next((p.seconds for p in self.points if p.value is not None), None)

    def at(self, seconds: float) -> Point:
        """Return what was known after so many seconds."""
        known = [p for p in self.points if p.seconds <= seconds]
        return known[-1] if known else Point(seconds, None, None)


Method = Callable[[Problem, float, int, int], Course]
"""(problem, seconds, cores, seed) to the course of a run; importable by name, because another process calls it."""


def alone(
    method: Method,
    case: Callable[[Path], Problem],
    path: Path,
    seconds: float,
    cores: int,
    seed: int,
    grace: float | None = None,
    memory: int | None = None,
) -> Course:
    """Run a method in a fresh process that may use ``cores`` cores and no more, and return its course.

    The workplace is read before the clock starts; building the model counts.

    Parameters
    ----------
    grace : float, optional
        Seconds over its own after which a run is ended; without it a run is waited for.
    memory : int, optional
        Percent of the machine's memory that a run may take; without it there is no limit.

    Raises
    ------
    RuntimeError
        When the process ends without an answer: it failed, took too long, or asked too much memory.
    """
    spawning = multiprocessing.get_context("spawn")
    here, there = spawning.Pipe(duplex=False)
    process = spawning.Process(target=_run, args=(there, memory, method, case, path, seconds, cores, seed))
    process.start()
    there.close()
    told = f"{method.__name__} on {path.name}"
    try:
        if grace is not None and not here.poll(seconds + grace):
            raise RuntimeError(f"{told} did not end within {seconds + grace:.0f} seconds")
        course = here.recv()
    except EOFError:
        raise RuntimeError(f"{told} ended without an answer") from None
    finally:
        if grace is not None and process.is_alive():
            process.join(1)
            process.kill()
        process.join()
    if not isinstance(course, Course):
        raise RuntimeError(f"{told} asked more than {memory} % of the memory")
    return course


def _run(
    answer: multiprocessing.connection.Connection,
    memory: int | None,
    method: Method,
    case: Callable[[Path], Problem],
    path: Path,
    seconds: float,
    cores: int,
    seed: int,
) -> None:
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, usable()[:cores])
    if memory is not None:
        import resource

        most = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") * memory // 100
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    try:
        answer.send(replace(method(case(path), seconds, cores, seed), peak=_peak()))
    except MemoryError:
        answer.send(None)
    answer.close()


def _end_with(parent: int) -> None:
    """End this process when the one that asked for it is gone: what is left running would disturb the next run."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _peak() -> int | None:
    """Return the most memory that this process had, in MiB; ``None`` where that is not told."""
    try:
        import resource
    except ImportError:
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def usable() -> Sequence[int]:
    """Return the cores that this process may use."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)


def stopwatch() -> Callable[[], float]:
    """Return a clock of seconds since now."""
    begun = time.perf_counter()
    return lambda: time.perf_counter() - begun
