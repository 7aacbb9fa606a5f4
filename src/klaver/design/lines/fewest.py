"""The fewest workers for a cycle time: one after the other left out, and what is impossible with fewer proved."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from klaver.design.lines.arrays import NEVER, arrays, stations
from klaver.design.lines.check import breaches, loads
from klaver.design.lines.effort import Effort
from klaver.design.lines.layers import Layers, Verdict, twins
from klaver.design.lines.limits import least_workers
from klaver.design.lines.records import Line, LineCertificate, LinePlan, Station
from klaver.design.lines.search import Answer, certified, fits, receipt
from klaver.design.lines.start import Anneals
from klaver.design.records import Status

TRIES = 2
"""Rounds of annealing for each worker who might be left out."""


def plan_fewest(line: Line, cycle: int, effort: Effort) -> Answer:
    """Return a plan for as few workers as were found to reach a cycle time, and what is proved about their number."""
    bound, proofs = least_workers(line, cycle), list[LineCertificate]()
    found = _annealed(line, cycle, effort)
    while found is not None and len(found) > bound and effort.goes_on():
        fewer = _without_one(line, found, cycle, effort)
        if fewer is None:
            break
        found = fewer
    count = len(line.workers) + 1 if found is None else len(found)
    if fits(line):
        with ThreadPoolExecutor(2) as pool:
            while bound < count and effort.goes_on():
                layers = _filled(line, cycle, count - 1, effort, pool, count, bound)
                if layers.verdict is Verdict.POSSIBLE:
                    place, worker = layers.placed()
                    found = tuple(s for s in stations(line, place, worker) if s.tasks)
                    count = len(found)
                elif layers.verdict is Verdict.IMPOSSIBLE:
                    bound = count
                    proofs.append(certificate(line, cycle, count - 1, layers))
    if found is None:
        proved = bound > len(line.workers)
        ended = Status.STOPPED if effort.stop() else Status.OUT_OF_TIME
        return Answer(Status.IMPOSSIBLE if proved else ended, None)
    ended = Status.STOPPED if effort.stop() else Status.FEASIBLE
    status = Status.OPTIMAL if count == bound else ended
    wrong = breaches(line, found, everybody=False)
    assert not wrong, wrong
    plan = LinePlan(
        line=line.fingerprint(),
        aim="workers",
        within=cycle,
        stations=found,
        cycle=max(load or 0 for load in loads(line, found)),
        status=status,
        bound=bound,
        receipt=receipt(line, effort),
    )
    return Answer(status, plan, next(filter(None, (certified(line, proof) for proof in proofs)), None))


def certificate(line: Line, cycle: int, workers: int, layers: Layers) -> LineCertificate:
    """Return the prices of a search as a certificate."""
    rows = tuple(tuple(row) for row in layers.prices())
    return LineCertificate(line=line.fingerprint(), cycle=cycle, workers=workers, prices=rows)


def _filled(
    line: Line, cycle: int, most: int, effort: Effort, pool: ThreadPoolExecutor, count: int, bound: int
) -> Layers:
    """Fill stations of at most so many workers until it is decided or no round may begin."""
    form = arrays(line)
    layers = Layers(form, cycle, twins(form), most)
    while layers.undecided() and effort.goes_on():
        layers.round(pool)
        effort.round(count if count <= len(line.workers) else None, bound)
    return layers


def _annealed(line: Line, cycle: int, effort: Effort, tries: int = 8) -> tuple[Station, ...] | None:
    """Return the stations of a plan for all workers of a line within a cycle time, without those that do nothing."""
    form = arrays(line)
    anneals, best = Anneals(form, effort.seed), (NEVER, form.order, form.order)
    for number in range(tries):
        if best[0] <= cycle or not effort.goes_on():
            break
        best = min(best, anneals.round(number, best), key=lambda placed: placed[0])
        effort.round(None, 0)
    if best[0] > cycle:
        return None
    return tuple(s for s in stations(line, best[1], best[2]) if s.tasks)


def _without_one(line: Line, found: tuple[Station, ...], cycle: int, effort: Effort) -> tuple[Station, ...] | None:
    """Return a plan for one worker fewer, leaving out in turn each who is there; ``None`` when none was found."""
    there = [station.worker for station in found]
    busy = dict(zip(there, loads(line, found), strict=True))
    for out in sorted(there, key=lambda name: (busy[name] or 0, name)):
        if not effort.goes_on():
            return None
        part = restricted(line, [name for name in line.workers if name in there and name != out])
        fewer = None if part is None else _annealed(part, cycle, effort, TRIES)
        if fewer is not None:
            return fewer
    return None


def restricted(line: Line, workers: list[str]) -> Line | None:
    """Return the line with some of its workers; ``None`` when nobody of them can do one of the tasks."""
    at = [line.workers.index(name) for name in workers]
    tasks = tuple(t.model_copy(update={"times": tuple(t.times[w] for w in at)}) for t in line.tasks)
    if not workers or any(all(time is None for time in t.times) for t in tasks):
        return None
    return line.model_copy(update={"workers": tuple(workers), "tasks": tasks})
