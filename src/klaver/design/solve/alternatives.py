"""Two to four alternatives: each best in a named objective, none dominated, all clearly different."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from klaver.design.check import breaches
from klaver.design.effects import relief_range, values_of
from klaver.design.problem import Problem
from klaver.design.records import Design, Job, Objective, Receipt, Status, Values
from klaver.design.solve.day import Days
from klaver.design.solve.search import Effort, Found, Search, better, differs, tighten, value_of

ORDER = (Objective.RELIEF, Objective.DOORS, Objective.QUALITY, Objective.CALM)


@dataclass(frozen=True)
class Answer:
    """All that came of one question: the designs, or why there are none; and how many were asked."""

    status: Status
    designs: tuple[Design, ...]
    asked: int
    fewer: str | None = None
    rounds: int = 0
    confirmed_only: bool = False


def design(problem: Problem, receipt: Receipt, effort: Effort, asked: int = 4) -> Answer:
    """Search the alternatives of a problem.

    When nothing is possible with the rules that the house has not confirmed, they become warnings and the search is
    done again. The first search (most net relief) decides on *impossible*.
    """
    answer = _design(problem, receipt, effort, asked)
    if answer.status is Status.IMPOSSIBLE and not problem.confirmed_only:
        loose = replace(problem, confirmed_only=True)
        second = _design(loose, receipt, effort, asked)
        if second.designs:
            return replace(second, confirmed_only=True)
    return answer


def _design(problem: Problem, receipt: Receipt, effort: Effort, asked: int) -> Answer:
    days = Days(problem)
    first = Search(problem, Objective.RELIEF, days).run(effort)
    if first.jobs is None:
        return Answer(first.status, (), asked, rounds=first.rounds)
    best = tighten(problem, first.jobs, days)
    kept: list[tuple[Found, tuple[Job, ...]]] = [(first, best)]
    stopped, fewer, rounds = effort.stop(), None, first.rounds
    for objective in ORDER[1:asked]:
        if stopped:
            break
        found = _next(problem, objective, kept, days, effort)
        rounds += found.rounds
        stopped = found.status is Status.STOPPED
        if found.jobs is None:
            fewer = "proved" if found.status is Status.IMPOSSIBLE else "not_found"
            continue
        kept.append((found, tighten(problem, found.jobs, days)))
    designs = _named(problem, kept, receipt)
    if len(designs) < min(asked, len(kept)):
        fewer = fewer or "dominated"
    status = Status.STOPPED if stopped else designs[0].status
    return Answer(status, designs, asked, fewer if len(designs) < asked else None, rounds)


def _next(
    problem: Problem,
    objective: Objective,
    kept: Sequence[tuple[Found, tuple[Job, ...]]],
    days: Days,
    effort: Effort,
) -> Found:
    search = Search(problem, objective, days, kept[0][0].cuts)
    most = value_of(problem, kept[0][1], Objective.RELIEF)
    floor = most * problem["floor_relief"] // 100 if most > 0 else most
    search.keep_above(Objective.RELIEF, floor)
    for _, jobs in kept:
        search.differ_from(jobs)
    return search.run(effort)


def _named(problem: Problem, kept: Sequence[tuple[Found, tuple[Job, ...]]], receipt: Receipt) -> tuple[Design, ...]:
    """Keep the designs that are best in at least one objective and dominated by none."""
    pool = [(found, jobs, values_of(problem, jobs)) for found, jobs in kept]
    made: list[Design] = []
    for found, jobs, values in pool:
        others = [v for _, _, v in pool if v is not values]
        best_in = tuple(o for o in ORDER if not any(_beats(o, v, values) for v in others))
        if best_in and not any(dominates(v, values) for v in others):
            made.append(_design_of(problem, found, jobs, values, best_in, receipt))
    return tuple(made)


def _beats(objective: Objective, one: Values, other: Values) -> bool:
    return better(objective, getattr(one, objective.value), getattr(other, objective.value))


def dominates(one: Values, other: Values) -> bool:
    """Tell whether ``one`` is at least as good in all four values and better in one."""
    return not any(_beats(o, other, one) for o in ORDER) and any(_beats(o, one, other) for o in ORDER)


def _design_of(
    problem: Problem,
    found: Found,
    jobs: tuple[Job, ...],
    values: Values,
    best_in: tuple[Objective, ...],
    receipt: Receipt,
) -> Design:
    own = found.objective if found.objective in best_in else best_in[0]
    bound = found.bound if own is found.objective else None
    worth = getattr(values, own.value)
    if own is Objective.RELIEF and bound is not None:
        bound //= 100
    return Design(
        workplace=problem.workplace.id,
        workplace_print=problem.workplace.fingerprint(),
        wishes=problem.wishes,
        parameters=problem.parameters,
        jobs=jobs,
        objective=own,
        best_in=best_in,
        status=found.status if bound is not None else Status.FEASIBLE,
        values=values,
        bound=worth if found.status is Status.OPTIMAL and own is found.objective else bound,
        relief=relief_range(problem, jobs),
        undecided=found.undecided,
        warnings=tuple(b for b in breaches(problem, jobs) if b.warning),
        receipt=receipt,
    )


def different_enough(problem: Problem, designs: Sequence[Design]) -> bool:
    """Tell whether any two designs differ in the share of assigned hours that the house asks."""
    pairs = ((a, b) for i, a in enumerate(designs) for b in designs[i + 1 :])
    return all(differs(problem, a.jobs, b.jobs, problem["differ"]) for a, b in pairs)
