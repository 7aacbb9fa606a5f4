"""Role: no hours are taken from people paid no more than the new job, unless a recorded agreement allows it."""

from __future__ import annotations

from collections.abc import Iterator

from klaver.design.effects import role_effects
from klaver.design.problem import Problem
from klaver.design.records import Breach, Job
from klaver.design.rules.lost import lost_terms
from klaver.design.rules.model import Model

NAME = "displacement"
SCOPE = "role"


def agreed(problem: Problem, role: str) -> int:
    """Return the minutes a week that recorded agreements let a role lose."""
    return sum(a.minutes_week for a in problem.workplace.agreements if a.role == role)


def post(model: Model, problem: Problem) -> None:
    """Bound what each low-threshold role loses by its agreement."""
    for role in problem.workplace.roles:
        if problem.workplace.low_threshold(role):
            lost = lost_terms(model, problem, role.id)
            model.at_most([(c, t) for c, t, _ in lost], agreed(problem, role.id) * 100)


def check(problem: Problem, jobs: tuple[Job, ...]) -> Iterator[Breach]:
    """Tell every low-threshold role that loses more than was agreed."""
    for role, effect in zip(problem.workplace.roles, role_effects(problem, jobs), strict=True):
        if problem.workplace.low_threshold(role) and effect.lost > agreed(problem, role.id) * 100:
            values: dict[str, str | int] = {
                "role": role.id,
                "found": -(-effect.lost // 100),
                "limit": agreed(problem, role.id),
            }
            yield Breach(rule=NAME, code="rule.displacement", values=values)
