"""Role: the time that shortage roles get back comes in usable blocks, not in crumbs."""

from __future__ import annotations

from collections.abc import Iterator

from klaver.design.effects import crumbs, freed_groups, role_part
from klaver.design.problem import Problem
from klaver.design.records import Breach, Job
from klaver.design.rules.model import Model, Term

NAME = "blocks"
SCOPE = "role"


def post(model: Model, problem: Problem) -> None:
    """Crumbs of a group count unless the group reaches a block; crumbs stay under their share."""
    least = problem["block"] * 100
    for role, groups in freed_groups(problem).items():
        rest: list[tuple[int, Term]] = []
        everything: list[tuple[int, Term]] = []
        for group in groups:
            freed = _freed(model, problem, role, group)
            everything += freed
            largest = sum(c for c, _ in freed if c > 0)
            if min((c for c, _ in freed if c > 0), default=least) >= least:
                continue
            block = model.flag()
            model.at_least([*freed, (-least, block)], 0)
            # An own number for the crumbs of this group: at least what is freed, unless it is a block.
            small = [(1 << k, model.flag()) for k in range(least.bit_length())]
            model.at_most([*freed, *((-c, t) for c, t in small), (-largest, block)], 0)
            rest += small
        limit = problem["crumbs_max"]
        if rest:
            model.at_most([*((100 * c, t) for c, t in rest), *((-limit * c, t) for c, t in everything)], 0)


def _freed(model: Model, problem: Problem, role: str, group: list[int]) -> list[tuple[int, Term]]:
    terms: list[tuple[int, Term]] = []
    for index in group:
        part = role_part(problem.classes[index], role)
        for job in range(problem.jobs):
            terms += [(part, model.take(job, index)), (-part, model.share(job, index))]
    return terms


def check(problem: Problem, jobs: tuple[Job, ...]) -> Iterator[Breach]:
    """Tell every shortage role whose freed time is mostly crumbs."""
    for role, (total, small) in crumbs(problem, jobs).items():
        if small * 100 > problem["crumbs_max"] * total:
            values: dict[str, str | int] = {
                "role": role,
                "found": -(-small * 100 // total),
                "limit": problem["crumbs_max"],
            }
            yield Breach(rule=NAME, code="rule.crumbs", values=values)
