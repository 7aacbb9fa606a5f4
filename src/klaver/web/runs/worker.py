"""Who works the queue off: one run at a time, each in a process of its own that may die without harm."""

from __future__ import annotations

import json
import multiprocessing
import time
from collections.abc import Callable

from django.db import close_old_connections

from klaver.web.runs import queue
from klaver.web.runs.question import Told, child
from klaver.web.store.models import Run

LOOK = 0.5
"""Seconds between two looks at the queue, and between two beats."""


def work(ending: Callable[[], bool]) -> None:
    """Work off runs until somebody says that it ends; the run at hand is then given back to the queue."""
    while not ending():
        close_old_connections()
        run = queue.claim()
        if run is None:
            time.sleep(LOOK)
        else:
            search(run, ending)


def search(run: Run, ending: Callable[[], bool]) -> None:
    """Let a process of its own answer one run, and pass on what it tells."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=child, args=(there, run.question), daemon=True)
    process.start()
    there.close()
    made = _listen(run, here, ending)
    here.close()
    if made is None:
        process.kill()
        queue.give_back(run)
    else:
        queue.finish(run, made)
    process.join()


def _listen(run: Run, line: multiprocessing.connection.Connection, ending: Callable[[], bool]) -> Told | None:
    """Return the answer; ``None`` when the process died or this worker ends."""
    told: Told | None = None
    while not ending():
        try:
            while line.poll(LOOK):
                told = json.loads(line.recv())
                if "answer" in told:
                    return dict(told["answer"])
                queue.beat(run, told)
            if queue.beat(run, None):
                line.send("stop")
        except (EOFError, OSError):
            return None
    return None
