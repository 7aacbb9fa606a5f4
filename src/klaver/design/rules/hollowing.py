"""Role: nobody's job is hollowed out: hours, recovery tasks, mean load and the staffing norm."""

from __future__ import annotations

from collections.abc import Iterator

from klaver.design.effects import load_of, role_effects, weekly_by_role
from klaver.design.problem import Problem
from klaver.design.records import Breach, Job
from klaver.design.rules.lost import lost_terms
from klaver.design.rules.model import Model, Term
from klaver.work.records import Role

NAME = "hollowing"
SCOPE = "role"


def post(model: Model, problem: Problem) -> None:
    """Bound what each role loses."""
    for role in problem.workplace.roles:
        lost = lost_terms(model, problem, role.id)
        if not lost:
            continue
        before = _before(problem, role)
        model.at_most([(c, t) for c, t, _ in lost], before * problem["hollow_hours"] // 100)
        if role.floor_week is not None and role.hours_week is not None:
            model.at_most([(c, t) for c, t, _ in lost], max(0, role.hours_week - role.floor_week) * 100)
        recovery = _before(problem, role, recovery=True)
        kept = [(c, t) for c, t, task in lost if problem.tasks[task].recovery]
        model.at_most(kept, recovery * (100 - problem["hollow_recovery"]) // 100)
        _post_load(model, problem, role, lost)


def _post_load(model: Model, problem: Problem, role: Role, lost: list[tuple[int, Term, str]]) -> None:
    """Mean load after <= limit x before, cleared of its division (all in whole numbers)."""
    weighed = weight = 0
    for task in problem.workplace.tasks:
        level, mine = load_of(task), weekly_by_role(task).get(role.id, 0)
        if level is not None:
            weighed, weight = weighed + level * mine, weight + mine
    if not weight:
        return
    # cap = limit% of weighed/weight;  sum over what stays of (level - cap) * minutes <= 0, per mille
    cap = problem["hollow_load"] * weighed * 10 // weight
    slack = cap * weight - 1000 * weighed
    terms = []
    for coefficient, term, ident in lost:
        level = load_of(problem.tasks[ident])
        if level is not None:
            terms.append((coefficient * (cap - 1000 * level), term))
    model.at_most(terms, slack)


def _before(problem: Problem, role: Role, *, recovery: bool = False) -> int:
    return sum(weekly_by_role(t).get(role.id, 0) for t in problem.workplace.tasks if t.recovery or not recovery)


def check(problem: Problem, jobs: tuple[Job, ...]) -> Iterator[Breach]:
    """Tell every role that would be hollowed out, and how."""
    for role, effect in zip(problem.workplace.roles, role_effects(problem, jobs), strict=True):
        if not effect.lost:
            continue
        values: dict[str, str | int] = {"role": role.id}
        if effect.lost > effect.before * problem["hollow_hours"] // 100:
            found = -(-effect.lost * 100 // effect.before) if effect.before else 100
            yield Breach(
                rule=NAME,
                code="rule.hollow_hours",
                values={**values, "found": found, "limit": problem["hollow_hours"]},
            )
        if role.floor_week is not None and role.hours_week is not None:
            room = max(0, role.hours_week - role.floor_week)
            if effect.lost > room * 100:
                found = -(-effect.lost // 100)
                yield Breach(rule=NAME, code="rule.floor", values={**values, "found": found, "limit": room})
        if effect.recovery_lost > effect.recovery_before * (100 - problem["hollow_recovery"]) // 100:
            yield Breach(rule=NAME, code="rule.recovery", values={**values, "limit": problem["hollow_recovery"]})
        if effect.load_after > -(-effect.load_before * problem["hollow_load"] // 100) + 1:
            yield Breach(
                rule=NAME,
                code="rule.load",
                values={**values, "before": effect.load_before, "after": effect.load_after},
            )
