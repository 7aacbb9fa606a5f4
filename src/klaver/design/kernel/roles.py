"""What the roles of the sitting staff lose and get back, as arrays."""

from __future__ import annotations

import numpy as np

from klaver.design.effects import freed_groups, load_of, role_effects, role_part
from klaver.design.kernel.people import NO_LIMIT
from klaver.design.problem import Problem
from klaver.design.rules import displacement, hollowing


class Roles:
    """What each role loses by a class, and how much it may lose: hours, recovery, load.

    ``terms`` gives per class (role, hundredths of minutes, those of recovery, burden); ``caps`` (R, 3) the most.
    """

    def __init__(self, problem: Problem) -> None:
        at = {r.id: n for n, r in enumerate(problem.workplace.roles)}
        now = role_effects(problem, ())
        level = {r.id: hollowing.load_cap(problem, e) for r, e in zip(problem.workplace.roles, now, strict=True)}
        self.terms: list[list[tuple[int, int, int, int]]] = []
        for found in problem.classes:
            per: dict[str, int] = {}
            for share in found.task.doers if not found.task.left_undone else ():
                per[share.role] = per.get(share.role, 0) + found.given * share.percent
            load = load_of(found.task)
            self.terms.append(
                [
                    (
                        at[role],
                        lost,
                        lost if found.task.recovery else 0,
                        0 if load is None else lost * (level[role] - 1000 * load),
                    )
                    for role, lost in per.items()
                    if role in at
                ]
            )
        caps = []
        for role, effect in zip(problem.workplace.roles, now, strict=True):
            most = NO_LIMIT
            kept, burden = NO_LIMIT, 1 << 60
            if not problem.skips(hollowing.NAME):
                floor = hollowing.floor_room(role, effect)
                most = min(hollowing.hours_room(problem, effect), NO_LIMIT if floor is None else floor * 100)
                kept = hollowing.recovery_room(problem, effect)
                burden = level[role.id] * effect.weighed_before - 1000 * effect.burden_before
            if problem.workplace.low_threshold(role) and not problem.skips(displacement.NAME):
                most = min(most, displacement.agreed(problem, role.id) * 100)
            caps.append((most, kept, burden))
        self.caps = np.array(caps, np.int64).reshape(len(caps), 3)


class Groups:
    """The stretches of a day in which a shortage role may get time back, and what each class gives to them."""

    def __init__(self, problem: Problem) -> None:
        at = {r.id: n for n, r in enumerate(problem.workplace.roles)}
        self.terms: list[list[tuple[int, int]]] = [[] for _ in problem.classes]
        self.role: list[int] = []
        if problem.skips("blocks"):
            return
        for role, groups in freed_groups(problem).items():
            for group in groups:
                for index in group:
                    self.terms[index].append((len(self.role), role_part(problem.classes[index], role)))
                self.role.append(at[role])
