"""What a role loses, as terms that several role rules share."""

from __future__ import annotations

from klaver.design.problem import Problem
from klaver.design.rules.model import Model, Term


def lost_terms(model: Model, problem: Problem, role: str) -> list[tuple[int, Term, str]]:
    """Return (hundredths of minutes a week, term, task id) for what a role loses.

    A class that is taken counts and a shared one does not, so each class gives a plus and a minus term.
    """
    terms: list[tuple[int, Term, str]] = []
    for found in problem.classes:
        percent = sum(s.percent for s in found.task.doers if s.role == role)
        if percent and not found.task.left_undone:
            for job in range(problem.jobs):
                terms.append((found.given * percent, model.take(job, found.index), found.task.id))
                terms.append((-found.given * percent, model.share(job, found.index), found.task.id))
    return terms
