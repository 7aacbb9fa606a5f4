"""How long a search for a line may go on: rounds of fixed work, and the clock between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Tell = Callable[[int, int | None, int], None]
"""Told after a round: its number, the best value so far (``None`` when there is none) and the bound."""


@dataclass
class Effort:
    """``rounds`` is the most rounds (``None``: until proved, late or stopped); stop and late are asked between them."""

    seed: int = 1
    rounds: int | None = None
    stop: Callable[[], bool] = lambda: False
    late: Callable[[], bool] = lambda: False
    tell: Tell = lambda _round, _value, _bound: None
    done: int = 0

    def goes_on(self) -> bool:
        """Tell whether another round may begin."""
        return not self.stop() and not self.late() and (self.rounds is None or self.done < self.rounds)

    def round(self, value: int | None, bound: int) -> None:
        """Count a round that was finished, and tell it."""
        self.done += 1
        self.tell(self.done, value, bound)
