"""Look for the least cycle time of a line: annealing in rounds, then proof, and what is known at the end."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version

from klaver.design.lines.arrays import NEVER, arrays, stations
from klaver.design.lines.check import breaches, loads
from klaver.design.lines.effort import Effort
from klaver.design.lines.limits import least_cycle
from klaver.design.lines.records import Line, LineCertificate, LinePlan, LineReceipt
from klaver.design.lines.start import Anneals, Placed
from klaver.design.records import Status

ROUNDS = 40
"""Rounds of annealing without a better plan, after which it ends."""


@dataclass(frozen=True)
class Answer:
    """A plan, and the certificate of its bound when the times alone do not show it; no plan when none was found."""

    status: Status
    plan: LinePlan | None
    certificate: LineCertificate | None = None


def receipt(line: Line, effort: Effort) -> LineReceipt:
    """Return how a plan was made."""
    versions = {name: version(name) for name in ("klaver", "numpy")}
    return LineReceipt(line=line.fingerprint(), seed=effort.seed, rounds=effort.done, versions=versions)


def plan_line(line: Line, effort: Effort) -> Answer:
    """Return the best plan found for all workers of a line, with what is proved about it."""
    form = arrays(line)
    bound = least_cycle(line)
    anneals, best, idle = Anneals(form, effort.seed), (NEVER, form.order, form.order), 0
    while best[0] > bound and idle < ROUNDS and effort.goes_on():
        found = anneals.round(effort.done, best[0] - 1)
        idle = 0 if found[0] < best[0] else idle + 1
        best = min(best, found, key=lambda placed: placed[0])
        effort.round(best[0] if best[0] < NEVER else None, bound)
    status = Status.STOPPED if effort.stop() else Status.OUT_OF_TIME
    if best[0] == NEVER:
        return Answer(status, None)
    if best[0] == bound:
        status = Status.OPTIMAL
    elif not effort.stop():
        status = Status.FEASIBLE
    return Answer(status, made(line, best, status, bound, effort))


def made(line: Line, best: Placed, status: Status, bound: int, effort: Effort) -> LinePlan:
    """Return a plan as a document, once the judge has nothing against it."""
    found = stations(line, best[1], best[2])
    wrong = breaches(line, found)
    assert not wrong, wrong
    cycle = max(load or 0 for load in loads(line, found))
    return LinePlan(
        line=line.fingerprint(),
        stations=found,
        cycle=cycle,
        status=status,
        bound=bound,
        receipt=receipt(line, effort),
    )
