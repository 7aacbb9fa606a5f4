"""The small model that a rule posts itself through; no rule knows which solver stands behind it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NewType, Protocol

from klaver.values import Weekday

Term = NewType("Term", int)
"""A handle on a number the engine decides: 0/1, or minutes."""

Sum = Iterable[tuple[int, Term]]
"""Pairs (coefficient, term)."""


class Model(Protocol):
    """What every engine offers to a rule."""

    def take(self, job: int, index: int) -> Term:
        """1 when the job does the class, alone or shared."""
        ...

    def share(self, job: int, index: int) -> Term:
        """1 when the job does the class together with a colleague."""
        ...

    def has(self, job: int, task: str) -> Term:
        """1 when the job does the task on at least one day."""
        ...

    def works(self, job: int, day: Weekday) -> Term:
        """1 when the job works that day."""
        ...

    def paid(self, job: int, day: Weekday) -> Term:
        """Paid minutes of the job that day."""
        ...

    def start(self, job: int, day: Weekday) -> Term:
        """Start of the shift in minutes after midnight (free when the job does not work)."""
        ...

    def end(self, job: int, day: Weekday) -> Term:
        """End of the shift in minutes after midnight (free when the job does not work)."""
        ...

    def flag(self) -> Term:
        """Return a new yes/no that the engine may choose."""
        ...

    def number(self, most: int) -> Term:
        """Return a new number from 0 to ``most`` that the engine may choose."""
        ...

    def at_most(self, terms: Sum, bound: int, when: Term | None = None) -> None:
        """Ask that the sum is at most ``bound`` (only when ``when`` is 1)."""
        ...

    def at_least(self, terms: Sum, bound: int, when: Term | None = None) -> None:
        """Ask that the sum is at least ``bound`` (only when ``when`` is 1)."""
        ...
