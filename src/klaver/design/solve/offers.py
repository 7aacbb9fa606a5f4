"""A front as a document, and the designs it offers: its corners and its knee."""

from __future__ import annotations

from klaver.design.check import breaches
from klaver.design.effects import relief_range, values_of
from klaver.design.fronts import Point, corners, covered, knee
from klaver.design.problem import Problem
from klaver.design.records import (
    Design,
    Front,
    FrontLimit,
    FrontPoint,
    Objective,
    Receipt,
    Status,
)
from klaver.design.solve.alternatives import best_in
from klaver.design.solve.compact import without_loose_breaks
from klaver.design.solve.front import Walk, Walked, signed
from klaver.design.solve.search import Effort

KNEE = "knee"
"""The name of the point from which going on costs most."""


def front(
    problem: Problem,
    receipt: Receipt,
    effort: Effort,
    of: tuple[Objective, ...],
    points: int,
    steps: int | None = None,
) -> tuple[Status, Front | None]:
    """Walk the front of some objectives, net relief first, and return it with the status of the search.

    With ``steps`` exactly so many are taken, whatever the clock says: a front is made again from its receipt.
    """
    walked = Walk(problem, effort, of, points).walk(steps)
    if not walked.plans:
        return walked.status, None
    return walked.status, _front(problem, receipt, walked)


def _front(problem: Problem, receipt: Receipt, walked: Walked) -> Front:
    found = list(walked.plans)
    names = _names(found, walked.of)
    made = []
    for place, point in enumerate(found):
        jobs, bound = walked.plans[point], walked.limit(point[1:])
        made.append(
            FrontPoint(
                jobs=without_loose_breaks(problem, jobs),
                values=values_of(problem, jobs),
                relief=relief_range(problem, jobs),
                bound=None if bound is None else bound // 100,
                named=tuple(name for name, at in names if at == place),
            )
        )
    return Front(
        workplace=problem.workplace.id,
        workplace_print=problem.workplace.fingerprint(),
        wishes=problem.wishes,
        parameters=problem.parameters,
        of=walked.of,
        floors=walked.floors,
        points=tuple(made),
        limits=tuple(
            FrontLimit(floors=walked.whole(floors), bound=None if most is None else most // 100)
            for floors, most in sorted(walked.limits.items())
        ),
        covered=share_covered(walked),
        receipt=receipt.model_copy(update={"searches": walked.searched}),
    )


def share_covered(walked: Walked) -> int | None:
    """Return how many thousandths of what is not proved out of reach the plans cover, rounded down."""
    outer = walked.outer()
    if not outer:
        return None
    reference: Point = (100 * walked.least, *(axis[0] - 1 for axis in walked.axes))
    most = covered(outer, reference)
    return 1000 * covered(walked.plans, reference) // most if most else None


def _names(found: list[Point], of: tuple[Objective, ...]) -> list[tuple[str, int]]:
    named = [(o.value, at) for o, at in zip(of, corners(found), strict=True)]
    middle = knee(found)
    return named if middle is None else [*named, (KNEE, middle)]


def offered(problem: Problem, found: Front) -> tuple[Design, ...]:
    """Return the corners and the knee as designs, from the most net relief to the least."""
    named = [p for p in found.points if p.named]
    made = []
    for point in named:
        best = best_in(point.values, [p.values for p in named if p is not point])
        made.append(
            Design(
                workplace=found.workplace,
                workplace_print=found.workplace_print,
                wishes=found.wishes,
                parameters=found.parameters,
                jobs=point.jobs,
                objective=best[0] if best else Objective.RELIEF,
                best_in=best,
                status=Status.FEASIBLE,
                values=point.values,
                bound=None,  # the bound of a point holds under floors on all jobs together, and stands in the front
                relief=point.relief,
                floors=found.floors,
                warnings=tuple(b for b in breaches(problem, point.jobs) if b.warning),
                receipt=found.receipt,
            )
        )
    return tuple(made)


def step_from(one: FrontPoint, other: FrontPoint, of: tuple[Objective, ...]) -> dict[Objective, int]:
    """Return by how much ``other`` is better than ``one`` in each objective; less than nothing where it is worse."""

    def of_value(point: FrontPoint, objective: Objective) -> int:
        return signed(objective, getattr(point.values, objective.value))

    return {o: of_value(other, o) - of_value(one, o) for o in of}
