"""Workplaces and answers for the tests of the workbench."""

from __future__ import annotations

from functools import cache

from tests.design.cases import ON, ward

from klaver.web.runs.question import Question, Told, answer
from klaver.work.records import Role, Workplace


def small() -> Workplace:
    """Return the small ward, with a role that nobody can take over, and named in Dutch."""
    place = ward()
    return place.model_copy(update={"roles": (*place.roles, Role(id="cook", label="Kok"))})


def question(rounds: int = 1, alternatives: int = 1) -> Question:
    """Return a question about the small ward that is answered soon."""
    return Question(workplace=small(), on=ON, rounds=rounds, alternatives=alternatives)


@cache
def answered() -> Told:
    """Return the answer to it, counted once."""
    return answer(question(), lambda told: None, lambda: False)
