"""The way to the floors: the plan that falls least short of them, from which every other search can start."""

from __future__ import annotations

from klaver.design.kernel.board import Aims
from klaver.design.problem import Problem
from klaver.design.records import Floors, Job, Objective
from klaver.design.solve.day import Days
from klaver.design.solve.search import Search, reached

DOOR, POINT, MOMENT = 10, 3, 1
"""What it weighs to fall short by one door, one point of quality, or one moment too many that changes hands."""


class Toward(Search):
    """A search for a plan that falls short of the floors as little as can be; it ends at nothing short."""

    def __init__(self, problem: Problem, days: Days, floors: Floors) -> None:
        super().__init__(problem, Objective.CALM, days)
        self.floors_asked = floors

    @property
    def told(self) -> None:
        """Progress names no objective yet."""
        return None

    def aims(self) -> Aims:
        """Return the floors as what the lanes come as near to as they can."""
        return self.days.kernel.aims(None, self.floors_asked, hold=False)

    def aim(self) -> None:
        """Make what is missing, weighed, as little as can be."""
        model, short = self.model, []
        if model is None:
            return
        for job in range(self.problem.jobs):
            for objective, floor, weight in (
                (Objective.DOORS, self.floors_asked.doors, DOOR),
                (Objective.QUALITY, self.floors_asked.quality, POINT),
            ):
                if floor:
                    missing = model.number(floor)
                    model.at_least([*model.measure(objective, job), (1, missing)], floor)
                    short.append((weight, missing))
            if self.floors_asked.calm is not None:
                over = model.number(len(self.problem.classes))
                model.at_most([*model.measure(Objective.CALM, job), (-1, over)], self.floors_asked.calm)
                short.append((MOMENT, over))
        model.least(short)

    def worth(self, jobs: tuple[Job, ...]) -> int:
        """Return how far a design falls short."""
        return sum(_short(self.problem, job, self.floors_asked) for job in jobs)


def _short(problem: Problem, job: Job, floors: Floors) -> int:
    open_for, points, moments = reached(problem, job)
    short = DOOR * max(0, (floors.doors or 0) - open_for) + POINT * max(0, (floors.quality or 0) - points)
    return short + MOMENT * (0 if floors.calm is None else max(0, moments - floors.calm))


def lowered(problem: Problem, floors: Floors, jobs: tuple[Job, ...]) -> Floors:
    """Return the floors as far as a design keeps them."""
    open_for, points, moments = zip(*(reached(problem, job) for job in jobs), strict=True)
    return Floors(
        doors=floors.doors and min(floors.doors, *open_for),
        quality=floors.quality and min(floors.quality, *points),
        calm=None if floors.calm is None else max(floors.calm, *moments),
    )
