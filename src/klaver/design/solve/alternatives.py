"""Two to four alternatives: each best in a named objective, none dominated, all clearly different."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from klaver.design.check import breaches
from klaver.design.effects import floors_of, relief_range, values_of
from klaver.design.problem import Problem
from klaver.design.records import Design, Floors, Job, Objective, Receipt, Searched, Status, Values
from klaver.design.solve.assignment import Cut
from klaver.design.solve.compact import without_loose_breaks
from klaver.design.solve.day import Days
from klaver.design.solve.search import Effort, Found, Search, above, better, differs, value_of
from klaver.design.solve.toward import Toward, lowered

START = 3
"""How many times the rounds of one search the way to the floors may take; it ends when it is there."""

ORDER = (Objective.RELIEF, Objective.DOORS, Objective.QUALITY, Objective.CALM)


@dataclass(frozen=True)
class Answer:
    """All that came of one question: the designs, or why there are none; and how many were asked.

    ``fewer`` says why there are fewer than asked; ``floors_lowered`` that no design was found which keeps the floors as
    the house set them.
    """

    status: Status
    designs: tuple[Design, ...]
    asked: int
    receipt: Receipt
    fewer: str | None = None
    floors_lowered: bool = False

    @property
    def rounds(self) -> int:
        """Rounds of search in all."""
        return self.receipt.rounds


def design(problem: Problem, receipt: Receipt, effort: Effort, asked: int = 4) -> Answer:
    """Search the alternatives of a problem.

    When nothing is possible with the rules that the house has not confirmed, they become warnings and the search is
    done again. The first search (most net relief) decides on *impossible*.
    """
    answer = _Run(problem, receipt, effort, asked).answer()
    if answer.status is Status.IMPOSSIBLE and not problem.confirmed_only:
        loose = replace(problem, confirmed_only=True)
        second = _Run(loose, receipt.model_copy(update={"confirmed_only": True}), effort, asked).answer()
        if second.designs:
            return second
    return answer


def again(problem: Problem, receipt: Receipt, effort: Effort) -> Answer:
    """Run the very searches of a receipt, round for round; seed and work are the receipt's too."""
    same = replace(effort, seed=receipt.seed, work=receipt.round_work / 1000)
    script = receipt.searches
    return _Run(problem, receipt.model_copy(update={"searches": ()}), same, receipt.alternatives, script).answer()


class _Run:
    """The searches of one question, one after the other."""

    def __init__(
        self,
        problem: Problem,
        receipt: Receipt,
        effort: Effort,
        asked: int,
        script: Sequence[Searched] | None = None,
    ) -> None:
        self.problem, self.receipt, self.effort, self.asked, self.script = problem, receipt, effort, asked, script
        self.days = Days(problem)
        self.cuts: list[Cut] = []
        self.kept: list[tuple[Found, tuple[Job, ...], Floors]] = []
        self.searched: list[Searched] = []

    def answer(self) -> Answer:
        """Run the searches and name what came of them."""
        asked = floors_of(self.problem)
        start = self._start(asked)
        if start.jobs is None:
            return Answer(start.status, (), self.asked, self._receipt())
        floors = lowered(self.problem, asked, start.jobs)
        low = floors != asked
        first = self._search(Objective.RELIEF, floors, start.jobs)
        if first.jobs is None:
            raise AssertionError("a search never loses the design it started from")
        fewer, stopped = None, self._ended(first)
        most = value_of(self.problem, first.jobs, Objective.RELIEF) // 100
        relief = most * self.problem["floor_relief"] // 100 if most > 0 else most
        floors = floors.model_copy(update={"relief": relief})
        for objective in self._others():
            if stopped:
                break
            found = self._search(objective, floors)
            stopped = self._ended(found)
            if found.jobs is None:
                fewer = "proved" if found.status is Status.IMPOSSIBLE else "not_found"
        for kept in self._dominated():
            if stopped:
                break
            self.kept.remove(kept)
            found = self._search(kept[0].objective, kept[2])
            stopped = self._ended(found)
            if found.jobs is None:
                fewer = fewer or "dominated"
        designs = self._named()
        if len(designs) < min(self.asked, len(self.kept)):
            fewer = fewer or "dominated"
        status = Status.STOPPED if stopped and self.effort.stop() else designs[0].status
        fewer = fewer if len(designs) < self.asked else None
        return Answer(status, designs, self.asked, self._receipt(), fewer, low)

    def _others(self) -> tuple[Objective, ...]:
        return tuple(o for o in ORDER[1 : self.asked] if o is not Objective.DOORS or self.problem.profiles)

    def _ended(self, found: Found) -> bool:
        """Tell whether a person or the clock ended the search; a repeated run ends where its script does."""
        if self.script is not None:
            return len(self.searched) >= len(self.script)
        return found.status is Status.STOPPED or self.effort.stop() or self.effort.late()

    def _start(self, floors: Floors) -> Found:
        """Look for a design that keeps the floors, or else one that falls short of them by little."""
        toward = Toward(self.problem, self.days, floors)
        return self._run(toward, None, floors, START, until=lambda jobs: above(self.problem, jobs, floors))

    def _search(self, objective: Objective, floors: Floors, start: tuple[Job, ...] | None = None) -> Found:
        search = Search(self.problem, objective, self.days, self.cuts)
        search.keep_above(floors)
        for _, jobs, _ in self.kept:
            search.differ_from(jobs)
        start = self.kept[-1][1] if self.kept else start
        if start is not None:
            search.start_from(start)
        found = self._run(search, objective, floors)
        if found.jobs is not None:
            self.kept.append((found, found.jobs, floors))
        return found

    def _run(
        self,
        search: Search,
        objective: Objective | None,
        floors: Floors,
        times: int = 1,
        until: Callable[[tuple[Job, ...]], bool] | None = None,
    ) -> Found:
        effort = replace(self.effort, rounds=self.effort.rounds * times)
        if self.script is not None:
            effort = replace(effort, rounds=self.script[len(self.searched)].rounds)
        found = search.run(effort, until=until)
        self.cuts = list(dict.fromkeys([*self.cuts, *found.cuts]))
        values = tuple(found.values)
        self.searched.append(Searched(objective=objective, floors=floors, rounds=found.rounds, values=values))
        return found

    def _receipt(self) -> Receipt:
        return self.receipt.model_copy(update={"searches": tuple(self.searched)})

    def _dominated(self) -> list[tuple[Found, tuple[Job, ...], Floors]]:
        """Return what a later search beat in every value: it is looked for once more, from the later one."""
        worth = [values_of(self.problem, jobs) for _, jobs, _ in self.kept]
        return [kept for kept, mine in zip(self.kept, worth, strict=True) if any(dominates(v, mine) for v in worth)]

    def _named(self) -> tuple[Design, ...]:
        """Keep the designs that are best in at least one objective and dominated by none."""
        pool = [(found, jobs, floors, values_of(self.problem, jobs)) for found, jobs, floors in self.kept]
        made: list[Design] = []
        for found, jobs, floors, values in pool:
            others = [v for *_, v in pool if v is not values]
            best = best_in(values, others)
            if best and not any(dominates(v, values) for v in others):
                made.append(self._design(found, jobs, floors, values, best))
        return tuple(sorted(made, key=lambda design: ORDER.index(design.objective)))

    def _design(
        self, found: Found, jobs: tuple[Job, ...], floors: Floors, values: Values, best: tuple[Objective, ...]
    ) -> Design:
        problem = self.problem
        own = found.objective if found.objective in best else best[0]
        bound = found.bound if own is found.objective else None
        if own is Objective.RELIEF and bound is not None:
            bound //= 100
        proved = found.status is Status.OPTIMAL and own is found.objective
        return Design(
            workplace=problem.workplace.id,
            workplace_print=problem.workplace.fingerprint(),
            wishes=problem.wishes,
            parameters=problem.parameters,
            jobs=without_loose_breaks(problem, jobs),
            objective=own,
            best_in=best,
            status=Status.OPTIMAL if proved else Status.FEASIBLE,
            values=values,
            bound=getattr(values, own.value) if proved else bound,
            relief=relief_range(problem, jobs),
            floors=floors,
            undecided=found.undecided,
            warnings=tuple(b for b in breaches(problem, jobs) if b.warning),
            receipt=self._receipt(),
        )


def best_in(values: Values, others: Sequence[Values]) -> tuple[Objective, ...]:
    """Return the objectives in which none of the others is better."""
    return tuple(o for o in ORDER if not any(_beats(o, v, values) for v in others))


def _beats(objective: Objective, one: Values, other: Values) -> bool:
    return better(objective, getattr(one, objective.value), getattr(other, objective.value))


def dominates(one: Values, other: Values) -> bool:
    """Tell whether ``one`` is at least as good in all four values and better in one."""
    return not any(_beats(o, other, one) for o in ORDER) and any(_beats(o, one, other) for o in ORDER)


def different_enough(problem: Problem, designs: Sequence[Design]) -> bool:
    """Tell whether any two designs differ in the share of assigned hours that the house asks."""
    pairs = ((a, b) for i, a in enumerate(designs) for b in designs[i + 1 :])
    return all(differs(problem, a.jobs, b.jobs, problem["differ"]) for a, b in pairs)
