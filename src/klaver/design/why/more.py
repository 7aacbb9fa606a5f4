"""Why not one more job? Proved impossible by the fewest wishes, or what it would give back, or not decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from klaver.design.effects import relief_hundredths
from klaver.design.problem import Problem
from klaver.design.records import Job, Objective, Status
from klaver.design.solve.conflict import Conflict, conflict
from klaver.design.solve.day import Days
from klaver.design.solve.search import Effort, Search


@dataclass(frozen=True)
class OneMore:
    """The same wishes with one job more.

    ``code`` is ``more.impossible`` (proved; ``clash`` says by which wishes), ``more.found`` or ``more.open``. ``now``,
    ``found`` and ``most`` are net relief in minutes a week: of this design, of the best one found with a job more, and
    what none can be above.
    """

    code: str
    jobs: int
    now: int
    found: int | None = None
    most: int | None = None
    clash: Conflict | None = field(default=None, repr=False)


def one_more(
    problem: Problem, jobs: tuple[Job, ...], effort: Effort, tell: Callable[[int], None] = lambda tries: None
) -> OneMore:
    """Ask for a job more than a design has; ``tell`` is told the what-ifs looked at when that is impossible."""
    many = len(jobs) + 1
    asked = replace(problem, wishes=problem.wishes.model_copy(update={"jobs": many}))
    now = relief_hundredths(problem, jobs)
    search = Search(asked, Objective.RELIEF, Days(asked)).run(effort)
    most = None if search.bound is None else search.bound // 100
    if search.jobs is not None:
        return OneMore("more.found", many, now // 100, relief_hundredths(asked, search.jobs) // 100, most)
    if search.status is not Status.IMPOSSIBLE:
        return OneMore("more.open", many, now // 100, None, most)
    clash = conflict(asked, replace(effort, tell=lambda progress: None), repair=False, tell=tell)
    return OneMore("more.impossible", many, now // 100, clash=clash)
