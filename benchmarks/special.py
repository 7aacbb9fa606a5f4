"""Textbook problems asked of Klaver's own engine: assignment, generalised assignment, bin covering.

A special case of job design is a workplace like any other with most rules set aside, so it runs through the same code
as a ward. A price per pair fits because a pair may be a task of its own: what a pair is worth is the relief it gives,
what it takes is its minutes, and who takes it is a stretch of the week.

*Assignment*: one job on one day, a slot of one minute for each machine; a pair is a task whose window is that slot, and
every item is a family of tasks of which the job must have all. *Generalised assignment*: one job, a day (or a part of
one) for each machine, as long as its capacity; the pairs of one item stay apart, and again every family is asked.
*Bin covering*: a day of work in pieces, a job for each bin, the shortest week its capacity; asked for one more job
until no plan is found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from klaver.design.check import refused
from klaver.design.effects import relief_hundredths
from klaver.design.parameters import parameters
from klaver.design.problem import Problem, problem
from klaver.design.records import Job, Objective
from klaver.design.rules import RULES
from klaver.design.solve.day import Days
from klaver.design.solve.effort import work_of_a_round
from klaver.design.solve.search import Effort, Search
from klaver.scale.dimensions import TASK_NUMBERS
from klaver.values.time import DAY
from klaver.work.records import Workplace

RULES_ON = "2026-11-24"
WEEK = 7
Table = dict[str, Any]


@dataclass(frozen=True)
class Assignment:
    """Each item to another machine, at the least cost; ``costs[item][machine]`` from 1 to 100."""

    costs: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Gap:
    """Each item to one machine that has room for it; rows are machines. ``most`` when the costs are gains."""

    costs: tuple[tuple[int, ...], ...]
    loads: tuple[tuple[int, ...], ...]
    capacities: tuple[int, ...]
    most: bool = False


@dataclass(frozen=True)
class Covering:
    """As many bins as can be filled to their capacity at least."""

    capacity: int
    weights: tuple[int, ...]


Case = Assignment | Gap | Covering


@dataclass(frozen=True)
class Answer:
    """What the engine found, in the problem's own unit; ``None`` when it found no plan. ``proved`` when it said so."""

    value: int | None
    proved: bool


# the question


def _task(ident: str, family: str, minutes: int, window: tuple[int, int], day: int | None, percent: int) -> Table:
    """Return a plain movable task whose minute gives back ``percent`` hundredths of a minute."""
    doers = [("short", percent), ("other", 100 - percent)]
    return {
        "id": ident,
        "name": ident,
        "family": family,
        "place": "room",
        "doers": [{"role": role, "percent": share} for role, share in doers if share],
        "minutes": {"low": minutes, "likely": minutes, "high": minutes},
        "times": [int(day is None or day == d) for d in range(WEEK)],
        "window": {"start": window[0], "end": window[1]},
        "legal": "free",
        "harm": 0,
        "checked": True,
        "separable": True,
        "demands": dict.fromkeys(sorted(TASK_NUMBERS), 0),
        "source": {"kind": "told"},
    }


def _asked(
    tasks: list[Table], kept: set[str], values: dict[str, int], wishes: Table, links: Sequence[Table] = ()
) -> Problem:
    """Return the question with only some rules, and with nothing that comes off the relief again."""
    data = {
        "id": "special",
        "name": "special",
        "setting": "special",
        "synthetic": True,
        "cooperation": "enclave",
        "places": [{"id": "room", "label": "room"}],
        "roles": [{"id": "short", "label": "short", "shortage": True}, {"id": "other", "label": "other"}],
        "tasks": tasks,
        "links": list(links),
        "wishes": {"week_min": 0, "week_max": WEEK * DAY, "day_max": DAY, "tempo": 100} | wishes,
    }
    gone = frozenset(rule.NAME for rule in RULES if rule.NAME not in kept)
    plain = {"presence": 100, "productivity_13": 100, "take_back_13": 0, "handover": 0, "mentoring_13": 0}
    plain |= {"idle_day": 0, "work_before_break": 2 * DAY, "kinds_min": 0, "share_max": 100}
    shipped = parameters(RULES_ON)
    changed = [shipped.get(name).model_copy(update={"value": value}) for name, value in (plain | values).items()]
    return problem(Workplace.model_validate(data, strict=False), shipped.with_values(changed), without=gone)


def question(case: Assignment | Gap) -> Problem:
    """Return a problem as a question of job design."""
    return _assignment(case) if isinstance(case, Assignment) else _gap(case)


def _assignment(case: Assignment) -> Problem:
    many = len(case.costs)
    if many > DAY or not all(1 <= c <= 100 for row in case.costs for c in row):
        raise ValueError(f"at most {DAY} items, and costs from 1 to 100")
    tasks = [
        _task(f"i{item}-m{machine}", f"i{item}", 1, (machine, machine + 1), 0, 100 - cost)
        for item, row in enumerate(case.costs)
        for machine, cost in enumerate(row)
    ]
    links = [
        {"kind": "apart", "first": f"i{one}-m{machine}", "second": f"i{two}-m{machine}"}
        for machine in range(many)
        for two in range(many)
        for one in range(two)
    ]
    kept = {"whole", "timetable", "links", "variety"}
    return _asked(tasks, kept, {"families_min": many}, {"jobs": 1, "days": [0]}, links)


def _gap(case: Gap) -> Problem:
    machines, items = len(case.capacities), len(case.costs[0])
    parts = -(-machines // WEEK)
    length = DAY // parts
    if max(case.capacities) > length:
        raise ValueError(f"{machines} machines leave {length} minutes for each; one asks {max(case.capacities)}")
    tasks: list[Table] = []
    links: list[Table] = []
    for item in range(items):
        first: list[str] = []
        for machine in range(machines):
            begin = machine // WEEK * length
            window = (begin, begin + case.capacities[machine])
            load = case.loads[machine][item]
            if load > case.capacities[machine]:
                continue
            made = _pair(f"i{item}-m{machine}", f"i{item}", load, _worth(case, machine, item), window, machine % WEEK)
            links += [{"kind": "apart", "first": one, "second": made[0]["id"]} for one in first]
            links += [{"kind": "together", "first": made[0]["id"], "second": more["id"]} for more in made[1:]]
            first.append(made[0]["id"])
            tasks += made
    values = {"families_min": items, "idle_day": 0 if parts == 1 else DAY}
    wishes = {"jobs": 1, "days": list(range(min(machines, WEEK)))}
    return _asked(tasks, {"whole", "timetable", "links", "variety"}, values, wishes, links)


def _worth(case: Gap, machine: int, item: int) -> int:
    """Return what a pair is worth, never below zero: its gain above the smallest, or what it saves on the dearest."""
    every = [c for row in case.costs for c in row]
    own = case.costs[machine][item]
    return own - min(every) if case.most else max(every) - own


def _pair(ident: str, family: str, load: int, worth: int, window: tuple[int, int], day: int) -> list[Table]:
    """Return tasks that together take ``load`` minutes and give back ``worth`` hundredths.

    A whole minute gives a hundred and one more minute the rest; minutes that give nothing fill up the load. Small loads
    cannot carry a large worth, and no official instance asks that.
    """
    full, rest = divmod(worth, 100)
    if load < full + (rest > 0):
        raise ValueError(f"{load} minutes cannot be worth {worth}")
    parts = [(full, 100), (int(rest > 0), rest), (load - full - (rest > 0), 0)]
    parts = [(minutes, percent) for minutes, percent in parts if minutes]
    return [
        _task(f"{ident}{'abc'[n]}", family, minutes, window, day, percent) for n, (minutes, percent) in enumerate(parts)
    ]


def covering(case: Covering, bins: int) -> Problem:
    """Return the question whether so many bins can be covered."""
    day = sum(case.weights)
    if day > DAY:
        raise ValueError(f"{day} minutes of work do not fit a day")
    tasks = [_task(f"i{n}", "i", weight, (0, DAY), 0, 0) for n, weight in enumerate(case.weights)]
    wishes = {"jobs": bins, "days": [0], "week_min": case.capacity}
    return _asked(tasks, {"whole", "timetable", "hours"}, {}, wishes)


# the answer


def answer(case: Case, effort: Effort) -> Answer:
    """Ask the engine, and read its checked design as an answer to the problem."""
    if isinstance(case, Covering):
        return _covered(case, effort)
    asked = question(case)
    rounds = replace(effort, work=max(effort.work, work_of_a_round(asked)))
    found = Search(asked, Objective.RELIEF, Days(asked)).run(rounds)
    if found.jobs is None or refused(asked, found.jobs):
        return Answer(None, found.status.value == "impossible")
    return Answer(_cost(case, asked, found.jobs), found.status.value == "optimal")


def _cost(case: Assignment | Gap, asked: Problem, jobs: tuple[Job, ...]) -> int:
    """Return the cost of the pairs in a design, counted on the problem itself; a pair done together gives nothing."""
    entries = [e for job in jobs for s in job.shifts for e in s.entries]
    pairs = {e.task.rstrip("abc") for e in entries}
    together = any(e.shared for e in entries)
    numbers = [tuple(int(part[1:]) for part in pair.split("-")) for pair in sorted(pairs)]
    if len({item for item, _ in numbers}) != len(numbers):
        raise AssertionError("an item stands in a design twice")
    if isinstance(case, Assignment):
        cost = sum(case.costs[item][machine] for item, machine in numbers)
        gives = {f"i{item}-m{machine}": 100 - case.costs[item][machine] for item, machine in numbers}
    else:
        cost = sum(case.costs[machine][item] for item, machine in numbers)
        gives = {f"i{item}-m{machine}": _worth(case, machine, item) for item, machine in numbers}
    if not together and sum(gives.values()) != relief_hundredths(asked, jobs):
        raise AssertionError("the design is worth something else than its pairs")
    return cost


def _covered(case: Covering, effort: Effort) -> Answer:
    """Ask for one more bin at a time; more than the weights can fill is never asked."""
    best, proved = 0, True
    most = sum(case.weights) // case.capacity
    while best < most:
        asked = covering(case, best + 1)
        found = Search(asked, Objective.RELIEF, Days(asked)).run(effort, any_will_do=True)
        if found.jobs is None:
            proved = found.status.value == "impossible"
            break
        best = best + 1
    return Answer(best, proved)


# official formats


def read_assignment(text: str) -> Assignment:
    """Read an assignment problem of the OR-Library: the number of items, then the costs row by row."""
    numbers = _numbers(text)
    many = _next(numbers)
    made = Assignment(_rows(numbers, many, many))
    _end(numbers)
    return made


def read_gap(text: str, *, several: bool = False, most: bool = False) -> tuple[Gap, ...]:
    """Read generalised assignment: machines and items, costs, loads, capacities.

    Parameters
    ----------
    several : bool
        The OR-Library puts the number of problems first; other collections have one problem a file and no number.
    most : bool
        Costs are gains, as in the small problems of the OR-Library.
    """
    numbers = _numbers(text)
    made = []
    for _ in range(_next(numbers) if several else 1):
        machines, items = _next(numbers), _next(numbers)
        costs, loads = _rows(numbers, machines, items), _rows(numbers, machines, items)
        made.append(Gap(costs, loads, _rows(numbers, 1, machines)[0], most))
    _end(numbers)
    return tuple(made)


def read_packing(text: str) -> Covering:
    """Read a bin packing problem of BPPLIB (items, capacity, weights), turned round: bins are covered, not packed."""
    numbers = _numbers(text)
    many, capacity = _next(numbers), _next(numbers)
    made = Covering(capacity, _rows(numbers, 1, many)[0])
    _end(numbers)
    return made


def _numbers(text: str) -> list[int]:
    try:
        return [int(word) for word in text.split()][::-1]
    except ValueError as wrong:
        raise ValueError(f"whole numbers are needed: {wrong}") from None


def _next(numbers: list[int]) -> int:
    if not numbers:
        raise ValueError("the file ends before the problem does")
    return numbers.pop()


def _rows(numbers: list[int], rows: int, width: int) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(_next(numbers) for _ in range(width)) for _ in range(rows))


def _end(numbers: list[int]) -> None:
    if numbers:
        raise ValueError(f"{len(numbers)} numbers stand behind the problem")
