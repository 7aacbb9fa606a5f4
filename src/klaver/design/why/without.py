"""What a task does where it is: what is lost, and what no longer holds, when its colleagues take it back."""

from __future__ import annotations

from dataclasses import dataclass

from klaver.design.effects import relief_hundredths
from klaver.design.kernel.hand import Hand, Move
from klaver.design.problem import Problem
from klaver.design.records import Breach, Job
from klaver.design.why.here import Asking
from klaver.values import Weekday


@dataclass(frozen=True)
class Without:
    """A plan without one task: net minutes a week that it loses, what it breaks that was kept, and the plan itself."""

    relief: int
    breaches: tuple[Breach, ...]
    jobs: tuple[Job, ...]


def without(problem: Problem, jobs: tuple[Job, ...], task: str) -> Without:
    """Give a task back to its colleagues on every day, as a board does it.

    Raises
    ------
    ValueError
        When a day holds more moments than a board has room for.
    """
    hand = Hand.of(problem, jobs)
    hand.move(Move(task, tuple(Weekday), None))
    left = tuple(j.model_copy(update={"id": old.id}) for j, old in zip(hand.jobs(), jobs, strict=False))
    lost = relief_hundredths(problem, jobs) - relief_hundredths(problem, left)
    return Without(lost // 100, Asking(problem, jobs).fresh(left), left)
