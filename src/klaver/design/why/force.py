"""What it costs to force a task into a job: the best good plan near, and what no plan at all can do better."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from klaver.design.effects import relief_hundredths
from klaver.design.kernel.hand import Hand, Move
from klaver.design.kernel.mend import LIGHT, repair
from klaver.design.kernel.numbers import NEVER
from klaver.design.problem import Class, Problem
from klaver.design.records import Job
from klaver.design.solve.ceiling import Ceiling
from klaver.values import Weekday
from klaver.work.records import Legal


@dataclass(frozen=True)
class Forced:
    """A task forced into a job on some days.

    ``code`` says whether a good plan near was found (``force.found``), none was found (``force.not_found``, which is no
    proof), or none exists because the task may never be in a job (``force.never``). ``cost`` is net relief lost in
    minutes a week, below zero when the plan near is the better one; ``least`` what it costs in any plan at all with the
    task in a new job, however the rest is done; ``None`` where nothing is proved. ``changed`` are the other tasks that
    go elsewhere: to a job, or back to the colleagues.
    """

    code: str
    job: str
    days: tuple[Weekday, ...]
    cost: int | None = None
    least: int | None = None
    changed: tuple[tuple[str, Weekday, str | None], ...] = ()
    jobs: tuple[Job, ...] = field(default=(), repr=False)


class Board:
    """A design on a board, on which tasks are forced into jobs; the board itself stays as it is.

    Tasks that are ``pinned`` stay where they are.

    Raises
    ------
    ValueError
        When a day of the design is too full for a board.
    """

    def __init__(self, problem: Problem, jobs: Sequence[Job], pinned: Collection[str] = ()) -> None:
        self.problem, self.jobs, self.pinned = problem, tuple(jobs), pinned
        self.hand = Hand.of(problem, jobs)
        self.now = relief_hundredths(problem, self.jobs)

    @cached_property
    def _ceiling(self) -> Ceiling:
        return Ceiling(self.hand.kernel.numbers)

    def force(self, number: int, classes: Sequence[Class]) -> Forced:
        """Put classes of one task in a job and repair the plan around them."""
        named, days = [j.id for j in self.jobs], tuple(c.day for c in classes)
        if any(self.never(c) for c in classes):
            return Forced("force.never", named[number], days)
        least = self.least([c.index for c in classes])
        together = any(c.task.legal is Legal.SUPERVISED for c in classes)
        move = Move(classes[0].task.id, days, number, together)
        found = repair(self.hand, move, [t for t in self.pinned if t != move.task], care=LIGHT)
        if found is None:
            return Forced("force.not_found", named[number], days, least=least)
        jobs = tuple(j.model_copy(update={"id": i}) for j, i in zip(found.jobs, named, strict=True))
        cost = self.now - relief_hundredths(self.problem, jobs)
        moved = tuple((t, d, None if j is None else named[j]) for t, d, j in found.changed)
        return Forced("force.found", named[number], days, _minutes(cost), least, moved, jobs)

    def never(self, found: Class) -> bool:
        """Tell whether a class can be in no new job, whatever the plan."""
        return bool(self.hand.kernel.numbers.cls[found.index, NEVER] == 1)

    def least(self, classes: Sequence[int]) -> int | None:
        """Return the minutes that are lost at least in any plan with classes in a job; ``None``: nothing is proved.

        What is given back now, less the most that all jobs together can give with these classes in a job.
        """
        lost = self.now - self._ceiling.taking(classes).priced()
        return _minutes(lost) if lost >= 100 else None  # less than a minute is nothing to tell


def _minutes(hundredths: int) -> int:
    """Return minutes toward zero, so that neither a cost nor a bound on it is told too large."""
    return hundredths // 100 if hundredths >= 0 else -(-hundredths // 100)
