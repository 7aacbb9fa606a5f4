"""The exact day: can one person do these classes, walking, waiting and breaks included, and in how little time?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ortools.sat.python import cp_model

from klaver.design.facts import REST, shift_facts, work_of
from klaver.design.kernel.plan import Kernel
from klaver.design.problem import Class, Problem
from klaver.design.records import Entry, Pause, Shift
from klaver.design.rules.timetable import allowed_waiting, without_break
from klaver.design.solve.ceiling import Ceiling
from klaver.people.records import Profile
from klaver.scale.composed import limit_of
from klaver.values import Weekday
from klaver.values.time import closed
from klaver.work.records import Posture

WORK = 1.5
"""Deterministic work allowed for one day; a day that is not settled by then is told as undecided."""

CEILING_WORK = 0.3
"""Deterministic work to sharpen the bound on all jobs together."""

Limits = frozenset[tuple[str, int]]
"""Facts that lie in the order of a day (longest stretch standing, changes of task ...) with their highest value.

``ends`` is the end of the shift, ``starts`` its start counted backwards: at most -420 is not before seven o'clock.
``out_720_1080`` is 1 when the shift has work between noon and six. ``paid`` are the paid minutes, ``least`` the same
counted backwards, ``waiting`` those that are not work.
"""

ORDER_FACTS = {"stand_run": 23, "sit_run": 24, "walk_run": 25, "alone_run": 12, "changes_day": 13}
"""The facts of ``klaver.scale.composed`` that two timetables of the same tasks may differ in, with their dimension."""

NO_LIMITS: Limits = frozenset()


def order_limits(profile: Profile, has: Mapping[int, int], day: Weekday) -> Limits:
    """Return what a profile asks of the order of a weekday and of its hours, at the given levels."""
    known = {fact: limit_of(fact, has[n]) for fact, n in ORDER_FACTS.items() if n in has}
    known["starts"] = None if profile.earliest is None else -profile.earliest
    known["ends"] = profile.latest
    slots = profile.slots()
    if slots is not None:
        known |= {f"{_OUT}{first}_{last}": 0 for first, last in closed(slots, day)}
    return frozenset((fact, limit) for fact, limit in known.items() if limit is not None)


def strictest(several: Iterable[Limits]) -> Limits:
    """Return the limits that keep all of several."""
    lowest: dict[str, int] = {}
    for fact, limit in (pair for limits in several for pair in limits):
        lowest[fact] = min(limit, lowest.get(fact, limit))
    return frozenset(lowest.items())


def keeps(problem: Problem, shift: Shift, limits: Limits) -> bool:
    """Tell whether a timetable keeps limits on its order."""
    waiting = shift.paid - work_of(shift.entries)
    facts = {"starts": -shift.start, "ends": shift.end, "paid": shift.paid, "least": -shift.paid, "waiting": waiting}
    if any(fact in ORDER_FACTS for fact, _ in limits):
        facts |= shift_facts(problem, shift)
    return all(
        _touches(shift, fact) <= limit if fact.startswith(_OUT) else facts[fact] <= limit for fact, limit in limits
    )


_OUT = "out_"


def _stretch(fact: str) -> tuple[int, int]:
    first, last = fact.removeprefix(_OUT).split("_")
    return int(first), int(last)


def _touches(shift: Shift, fact: str) -> int:
    first, last = _stretch(fact)
    return int(shift.start < last and first < shift.end)


@dataclass(frozen=True)
class Answer:
    """What is known of a day: a shift, or a proof that there is none, or neither (``shift`` and ``proved`` empty)."""

    shift: Shift | None
    proved: bool


class Days:
    """Settles days, and remembers them: a set of classes is asked once."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._shifts: dict[object, Answer] = {}
        self._impossible: dict[object, bool] = {}

    @cached_property
    def kernel(self) -> Kernel:
        """The same problem as arrays, made once for all searches."""
        return Kernel(self.problem)

    @cached_property
    def most_relief(self) -> int | None:
        """The most net relief there can be (hundredths of minutes a week); ``None`` when no plan is possible."""
        return Ceiling(self.kernel.numbers).bound(CEILING_WORK)

    def shift(
        self,
        classes: frozenset[int],
        shared: frozenset[int],
        paid: int | None = None,
        limits: Limits = NO_LIMITS,
    ) -> Answer:
        """Find a shift of exactly ``paid`` minutes for the classes of one day; without ``paid``, a short one."""
        key = (classes, shared, paid, limits)
        if key not in self._shifts:
            model = _DayModel(self.problem, sorted(classes), shared, limits)
            work = sum(b.work for b in model.blocks)
            model.cp.add(model.paid <= min(self.problem.day_max, work + allowed_waiting(self.problem)))
            if paid is None:
                model.cp.minimize(model.paid)
            else:
                model.cp.add(model.paid == paid)
            status, solver = _run(model.cp, WORK if paid is not None else WORK / 10)
            found = model.read(solver, shared) if status in _FOUND else None
            self._shifts[key] = Answer(found, status in (cp_model.OPTIMAL, cp_model.INFEASIBLE))
        return self._shifts[key]

    def decide(
        self, classes: frozenset[int], shared: frozenset[int], limits: Limits = NO_LIMITS, work: float = WORK
    ) -> Answer:
        """Tell whether there is any timetable within the limits; that there is none is decided twice, in two ways.

        The second way takes the question as it was written, so that no shortening of it has to be believed.
        """
        model = _DayModel(self.problem, sorted(classes), shared, limits)
        status, solver = _run(model.cp, work)
        if status in _FOUND:
            return Answer(model.read(solver, shared), True)
        if status == cp_model.INFEASIBLE:
            status, _ = _run(model.cp, work, presolve=False)
        return Answer(None, status == cp_model.INFEASIBLE)

    def impossible(self, classes: frozenset[int], limits: Limits = NO_LIMITS) -> bool:
        """Tell whether it is proved that nobody can do these classes on one day, within any hours, shared or not."""
        key = (classes, limits)
        if key not in self._impossible:
            free = frozenset((fact, limit) for fact, limit in limits if fact != "alone_run")
            status, _ = _run(_DayModel(self.problem, sorted(classes), frozenset(), free).cp, WORK)
            self._impossible[key] = status == cp_model.INFEASIBLE
        return self._impossible[key]

    def core(self, classes: frozenset[int], limits: Limits = NO_LIMITS) -> frozenset[int]:
        """Return an impossible subset of an impossible set from which no class can be left out."""
        core = classes
        for index in sorted(classes, key=lambda i: (-self._slack(i), i)):
            if len(core) > 1 and self.impossible(core - {index}, limits):
                core = core - {index}
        return core

    def _slack(self, index: int) -> int:
        found = self.problem.classes[index]
        return found.window.length - found.total


@dataclass(frozen=True)
class _Block:
    index: int
    task: str
    work: int
    earliest: int
    latest: int
    place: str | None


_FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)


def _run(model: Any, work: float, *, presolve: bool = True) -> tuple[Any, Any]:
    solver = cp_model.CpSolver()
    solver.parameters.cp_model_presolve = presolve
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.max_deterministic_time = work
    return solver.solve(model), solver


class _DayModel:
    """One day as a circuit through its blocks, with a break that may fall anywhere between two of them."""

    def __init__(self, problem: Problem, indexes: list[int], shared: frozenset[int], limits: Limits) -> None:
        self.problem = problem
        self.cp = cp_model.CpModel()
        found = [problem.classes[i] for i in indexes]
        self.day = found[0].day
        self.blocks = [b for c in found for b in _blocks(c)]
        cp, blocks = self.cp, self.blocks
        waiting = allowed_waiting(problem)  # a shift may begin or end with it
        first, last = max(0, min(b.earliest for b in blocks) - waiting), max(b.latest for b in blocks) + waiting
        self.starts = [cp.new_int_var(b.earliest, b.latest - b.work, f"at{i}") for i, b in enumerate(blocks)]
        self.start, self.end = cp.new_int_var(first, last, "start"), cp.new_int_var(first, last, "end")
        minutes = problem["break_minutes"]
        self.pause = cp.new_bool_var("pause")
        self.pause_at = cp.new_int_var(first, last, "pause_at")
        self.paid = cp.new_int_var(0, last - first, "paid")
        cp.add(self.paid == self.end - self.start - minutes * self.pause)
        self.arcs: dict[tuple[int, int], Any] = {}
        self._one_at_a_time(minutes)
        self._breaks(minutes)
        self._circuit(minutes)
        self._order()
        for fact, limit in sorted(limits):
            self._limit(fact, limit, shared)

    def _one_at_a_time(self, minutes: int) -> None:
        """Say again what the circuit says, in the words that the solver draws most from."""
        cp = self.cp
        spans = [
            cp.new_fixed_size_interval_var(at, b.work, f"do{i}")
            for i, (at, b) in enumerate(zip(self.starts, self.blocks, strict=True))
        ]
        spans.append(cp.new_optional_fixed_size_interval_var(self.pause_at, minutes, self.pause, "rest"))
        cp.add_no_overlap(spans)
        cp.add(self.paid >= sum(b.work for b in self.blocks))

    def _breaks(self, minutes: int) -> None:
        cp, limit = self.cp, without_break(self.problem)
        cp.add(self.end - self.start <= limit).only_enforce_if(~self.pause)
        cp.add(self.pause_at - self.start <= limit).only_enforce_if(self.pause)
        cp.add(self.pause_at >= self.start).only_enforce_if(self.pause)
        cp.add(self.end - self.pause_at - minutes <= limit).only_enforce_if(self.pause)

    def _circuit(self, minutes: int) -> None:
        """Node 0 is the door, 1..n the blocks; the break lies on one of the arcs between blocks."""
        cp, blocks, n = self.cp, self.blocks, len(self.blocks)
        arcs: list[Any] = []
        on_arc: list[Any] = []
        for i in range(n):
            first, last = cp.new_bool_var(f"first{i}"), cp.new_bool_var(f"last{i}")
            arcs += [(0, i + 1, first), (i + 1, 0, last)]
            cp.add(self.start <= self.starts[i])
            cp.add(self.end >= self.starts[i] + blocks[i].work)
            for j in range(n):
                if i != j:
                    self._arc(i, j, minutes, arcs, on_arc)
        cp.add_circuit(arcs)
        cp.add_exactly_one([*on_arc, ~self.pause])

    def _arc(self, i: int, j: int, minutes: int, arcs: list[Any], on_arc: list[Any]) -> None:
        cp, one, two = self.cp, self.blocks[i], self.blocks[j]
        walk = self.problem.walk(one.place, two.place)
        if one.earliest + one.work + walk > two.latest - two.work:
            return
        if one.index == two.index and i > j:
            return  # occurrences of one task come in their own order
        used, rest = cp.new_bool_var(f"arc{i}_{j}"), cp.new_bool_var(f"rest{i}_{j}")
        arcs.append((i + 1, j + 1, used))
        self.arcs[i, j] = used
        on_arc.append(rest)
        cp.add_implication(rest, used)
        leave = self.starts[i] + one.work
        cp.add(self.starts[j] >= leave + walk).only_enforce_if(used)
        cp.add(self.starts[j] >= leave + walk + minutes).only_enforce_if(rest)
        cp.add(self.pause_at >= leave).only_enforce_if(rest)
        cp.add(self.pause_at + minutes <= self.starts[j]).only_enforce_if(rest)

    def _order(self) -> None:
        by_task: dict[str, list[int]] = {}
        for i, block in enumerate(self.blocks):
            by_task.setdefault(block.task, []).append(i)
        for order in self.problem.workplace.orders:
            for i in by_task.get(order.before, ()):
                for j in by_task.get(order.after, ()):
                    self.cp.add(self.starts[i] + self.blocks[i].work <= self.starts[j])

    def _limit(self, fact: str, limit: int, shared: frozenset[int]) -> None:
        """Keep a fact that lies in the order of the day at most at ``limit``."""
        cp, blocks = self.cp, self.blocks
        if fact in ("starts", "ends"):
            cp.add((self.end if fact == "ends" else -self.start) <= limit)
            return
        if fact in ("paid", "least", "waiting"):
            work = sum(b.work for b in blocks)
            cp.add(-self.paid <= limit if fact == "least" else self.paid <= limit + (work if fact == "waiting" else 0))
            return
        if fact.startswith(_OUT):
            first, last = _stretch(fact)
            before = cp.new_bool_var(fact)
            cp.add(self.end <= first).only_enforce_if(before)
            cp.add(self.start >= last).only_enforce_if(~before)
            return
        if fact == "changes_day":
            cp.add(sum(a for (i, j), a in self.arcs.items() if blocks[i].task != blocks[j].task) <= limit)
            return
        counted = {i for i, b in enumerate(blocks) if self._counts(fact, b, shared)}
        if sum(blocks[i].work for i in counted) <= limit:
            return
        run = {i: cp.new_int_var(blocks[i].work, max(limit, blocks[i].work), f"{fact}{i}") for i in sorted(counted)}
        for i, total in run.items():
            cp.add(total <= limit)
            for j in run.keys() - {i}:
                if (i, j) in self.arcs:
                    rested = cp.new_bool_var(f"{fact}{i}_{j}")
                    cp.add(self.starts[j] >= self.starts[i] + blocks[i].work + REST).only_enforce_if(rested)
                    cp.add(run[j] >= total + blocks[j].work).only_enforce_if([self.arcs[i, j], ~rested])

    def _counts(self, fact: str, block: _Block, shared: frozenset[int]) -> bool:
        task = self.problem.classes[block.index].task
        if fact == "alone_run":
            return bool(task.alone) and block.index not in shared
        return task.posture is {"stand_run": Posture.STANDING, "sit_run": Posture.SITTING}.get(fact, Posture.WALKING)

    def read(self, solver: Any, shared: frozenset[int]) -> Shift:
        """Return the shift that the solver found, entries in the order of the clock."""
        entries = sorted(
            (
                Entry(
                    task=b.task,
                    start=solver.value(at),
                    end=solver.value(at) + b.work,
                    shared=b.index in shared,
                )
                for b, at in zip(self.blocks, self.starts, strict=True)
            ),
            key=lambda e: (e.start, e.task),
        )
        at = solver.value(self.pause_at)
        pause = Pause(start=at, end=at + self.problem["break_minutes"])
        return Shift(
            day=self.day,
            start=solver.value(self.start),
            end=solver.value(self.end),
            pauses=(pause,) if solver.value(self.pause) else (),
            entries=tuple(entries),
        )


def _blocks(found: Class) -> list[_Block]:
    return [
        _Block(found.index, found.task.id, found.work, found.window.start, found.window.end, found.task.place)
        for _ in range(found.times)
    ]
