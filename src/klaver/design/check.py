"""The checker: judges every design, whoever made it, without a solver."""

from __future__ import annotations

from klaver.design.effects import values_of
from klaver.design.problem import Problem
from klaver.design.records import Breach, Design, Job
from klaver.design.rules import RULES


def breaches(problem: Problem, jobs: tuple[Job, ...]) -> tuple[Breach, ...]:
    """Return every breach of every rule, warnings included, in the order of the rules."""
    found: list[Breach] = []
    for rule in RULES:
        if not problem.skips(rule.NAME):
            told = list(rule.check(problem, jobs))
            found += told
            if any(b.code == "rule.unknown_task" for b in told):
                break  # nothing can be said of a task that does not exist
    return tuple(found)


def broken(problem: Problem, jobs: tuple[Job, ...]) -> tuple[Breach, ...]:
    """Return the breaches that make a design unusable: all but warnings."""
    return tuple(b for b in breaches(problem, jobs) if not b.warning)


def refused(problem: Problem, jobs: tuple[Job, ...]) -> tuple[Breach, ...]:
    """Return the breaches for which the engine drops a plan: warnings too, until nothing is possible without them."""
    return broken(problem, jobs) if problem.confirmed_only else breaches(problem, jobs)


def verify(problem: Problem, design: Design) -> tuple[Breach, ...]:
    """Judge a stored design: the rules, the values it claims, and that it was made for this workplace.

    Returns
    -------
    tuple of Breach
        Empty when the design holds; warnings are left out (they stand in ``design.warnings``).
    """
    found = list(broken(problem, design.jobs))
    if design.workplace_print != problem.workplace.fingerprint():
        found.append(Breach(rule="receipt", code="rule.other_workplace"))
    if not any(b.code == "rule.unknown_task" for b in found):
        real = values_of(problem, design.jobs)
        for name in ("relief", "doors", "quality", "calm", "to_ask"):
            claimed, true = getattr(design.values, name), getattr(real, name)
            if claimed != true:
                told: dict[str, str | int] = {"value": name, "claimed": claimed, "found": true}
                found.append(Breach(rule="values", code="rule.value_claimed", values=told))
    return tuple(found)
