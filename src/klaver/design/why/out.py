"""The fewest other tasks to give back to the colleagues, so that a task can be put in a job on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from klaver.design.effects import SETTLED, handover_coefficient, net_coefficient
from klaver.design.problem import Class
from klaver.design.why.here import Asking
from klaver.design.why.records import Reason
from klaver.values import Weekday

MOST_OUT = 2
"""Tasks that are taken out at most."""

NOT_BY_OTHERS = frozenset(
    f"rule.{code}" for code in ("may_not_instruct", "pin_out", "day_not_asked", "sunday", "supervised_alone")
)
"""Breaches of which no other task of the day is a part."""


OF_A_ROLE = frozenset({"rule.displacement", "rule.hollow_hours", "rule.floor", "rule.recovery"})
"""Breaches of what one role may lose: only its own tasks can be given back to it."""


@dataclass(frozen=True)
class Out:
    """Tasks to take out of a job on a day; none when no two of them are enough (``sure``: that is proved)."""

    job: str
    day: Weekday
    tasks: tuple[str, ...]
    sure: bool
    relief: int | None = None


def taking_out(asking: Asking, number: int, found: Class, reasons: Iterable[Reason]) -> Out:
    """Return the fewest tasks to take out; of as many those that cost the least relief.

    Parameters
    ----------
    reasons : iterable of Reason
        Why the class is not possible now: what cannot be mended so is not tried.
    """
    problem, job = asking.problem, asking.jobs[number].id
    reasons = list(reasons)
    if any(b.code in NOT_BY_OTHERS for r in reasons for b in r.breaches):
        return Out(job, found.day, (), True)
    put, sure = asking.put(number, found), True
    needed = asking.apart(put)
    needed += [frozenset(problem.by_key[t, found.day].index for t in r.tasks) for r in reasons if r.tasks]
    needed += [
        _of_role(asking, put.classes, str(b.values["role"])) for r in reasons for b in r.breaches if b.code in OF_A_ROLE
    ]
    cost = {i: _gain(asking, problem.classes[i]) if i not in put.shared else 0 for i in put.classes}
    others = sorted(put.classes - {found.index})
    for size in range(1, MOST_OUT + 1):
        for some in sorted(combinations(others, size), key=lambda s: (sum(cost[i] for i in s), s)):
            gone = frozenset(some)
            if not all(gone & core for core in needed):
                continue
            answer = asking.allowed(number, found, gone)
            if answer.answer:
                names = tuple(problem.classes[i].task.id for i in some)
                gain = cost[found.index] if found.index not in put.shared else 0
                return Out(job, found.day, names, True, (gain - sum(cost[i] for i in some)) // 100)
            sure = sure and answer.answer is False
    return Out(job, found.day, (), sure)


def _of_role(asking: Asking, classes: Iterable[int], role: str) -> frozenset[int]:
    tasks = ((i, asking.problem.classes[i].task) for i in classes)
    return frozenset(i for i, t in tasks if any(s.role == role for s in t.doers))


def _gain(asking: Asking, found: Class) -> int:
    problem = asking.problem
    return net_coefficient(problem, found.given, found.task, SETTLED) - handover_coefficient(problem, found.task)
