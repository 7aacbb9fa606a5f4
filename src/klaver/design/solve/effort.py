"""How much work a search gets: an ordinary ward a fixed amount, a large house more."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from klaver.design.problem import Problem

ROUNDS = 2
"""Rounds of search for each alternative when nobody asks for more."""

WORK = 0.8
"""Deterministic work of a round for an ordinary question."""

ORDINARY = 300
"""Tasks times weekdays of an ordinary ward or school. Measured: a first plan for 512 of them and two jobs takes 2.0."""

MOST = 20
"""How many times the work of an ordinary round one may take: between rounds the clock and a person are heard."""


def work_of_a_round(asked: Problem) -> float:
    """Return the work of a round, to the thousandth that a receipt keeps.

    A question grows with the square of what may move and with the jobs; and a round of a large house ends
    within about a minute.
    """
    return round(WORK * min(MOST, max(1.0, (len(asked.classes) / ORDINARY) ** 2 * asked.jobs / 2)), 3)
