"""Role: nobody's job is hollowed out: hours, recovery tasks, mean load and the staffing norm."""

from __future__ import annotations

from collections.abc import Iterator

from klaver.design.effects import RoleEffect, load_of, role_effects
from klaver.design.problem import Problem
from klaver.design.records import Breach, Job
from klaver.design.rules.lost import lost_terms
from klaver.design.rules.model import Model
from klaver.work.records import Role

NAME = "hollowing"
SCOPE = "role"


def post(model: Model, problem: Problem) -> None:
    """Bound what each role loses."""
    for role, now in zip(problem.workplace.roles, role_effects(problem, ()), strict=True):
        terms = lost_terms(model, problem, role.id)
        lost = [(c, t) for c, t, _ in terms]
        model.at_most(lost, hours_room(problem, now))
        floor = floor_room(role, now)
        if floor is not None:
            model.at_most(lost, floor * 100)
        model.at_most([(c, t) for c, t, task in terms if problem.tasks[task].recovery], recovery_room(problem, now))
        # burden <= cap x weighed of what stays: what leaves must take its part of the burden along
        cap = load_cap(problem, now)
        levels = [(c, t, load_of(problem.tasks[task])) for c, t, task in terms]
        burden = [(c * (cap - 1000 * level), t) for c, t, level in levels if level is not None]
        model.at_most(burden, cap * now.weighed_before - 1000 * now.burden_before)


def hours_room(problem: Problem, effect: RoleEffect) -> int:
    """Return the hundredths of minutes a week that may leave a role."""
    return effect.before * problem["hollow_hours"] // 100


def recovery_room(problem: Problem, effect: RoleEffect) -> int:
    """Return the hundredths of minutes of recovery that may leave a role."""
    return effect.recovery_before * (100 - problem["hollow_recovery"]) // 100


def floor_room(role: Role, effect: RoleEffect) -> int | None:
    """Return the minutes a week that the staffing norm lets a role lose; ``None`` without a norm.

    Where the contracted hours of the role are not known, its hours in the analysis are all that is sure.
    """
    if role.floor_week is None:
        return None
    hours = effect.before // 100 if role.hours_week is None else role.hours_week
    return max(0, hours - role.floor_week)


def load_cap(problem: Problem, effect: RoleEffect) -> int:
    """Return the highest mean load of what stays, per mille, rounded up: doing nothing is never too heavy."""
    percent = max(100, problem["hollow_load"])
    return -(-percent * 10 * effect.burden_before // max(1, effect.weighed_before))


def check(problem: Problem, jobs: tuple[Job, ...]) -> Iterator[Breach]:
    """Tell every role that would be hollowed out, and how."""
    for role, effect in zip(problem.workplace.roles, role_effects(problem, jobs), strict=True):
        for code, told in _told(problem, role, effect):
            yield Breach(rule=NAME, code=f"rule.{code}", values={"role": role.id, **told})


def _told(problem: Problem, role: Role, effect: RoleEffect) -> Iterator[tuple[str, dict[str, int]]]:
    if effect.lost > hours_room(problem, effect):
        yield "hollow_hours", {"found": -(-effect.lost * 100 // effect.before), "limit": problem["hollow_hours"]}
    floor = floor_room(role, effect)
    if floor is not None and effect.lost > floor * 100:
        yield "floor", {"found": -(-effect.lost // 100), "limit": floor}
    if effect.recovery_lost > recovery_room(problem, effect):
        yield "recovery", {"limit": problem["hollow_recovery"]}
    if 1000 * effect.burden_after > load_cap(problem, effect) * effect.weighed_after:
        yield "load", {"before": effect.load_before, "after": effect.load_after}
