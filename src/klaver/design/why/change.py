"""The smallest change of the world that makes room for a task: an aid, hours, somebody who may give the orders.

A change is one thing by the fixed steps of the house. The changed workplace is built, and the question asked again.
Neither the law nor what protects the colleagues is ever changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from klaver.design.effects import LOAD_DIMENSIONS
from klaver.design.problem import Class, Problem
from klaver.design.solve.wishes import HOUR, QUARTER, ease
from klaver.design.why.here import Asking, laid
from klaver.design.why.records import OPEN, Reason
from klaver.scale.dimensions import TASK_NUMBERS
from klaver.values import Weekday, Window
from klaver.values.time import DAY
from klaver.work.elementary import elementary
from klaver.work.records import Cooperation, Task, Workplace

QUARTERS = 4
"""Most quarters of an hour that a window opens earlier or closes later, or a day grows longer."""

WINDOWS, DAYS, WEEK, AID, DEMAND, PEOPLE, GIVER, FORM = (
    *("window", "day", "week", "aid", "demand", "people", "giver", "form"),
)
"""Kinds of changes: hours of a task, a day, a week; an aid for the person or on the task; who gives the orders."""

EVERY = frozenset({WINDOWS, DAYS, WEEK, AID, DEMAND, PEOPLE, GIVER, FORM})

MENDS: dict[str, frozenset[str]] = {
    "rule.waiting": frozenset({WINDOWS}),
    "rule.week_long": frozenset({WEEK, WINDOWS}),
    "rule.day_long": frozenset({DAYS, WINDOWS}),
    "rule.week_short": frozenset({WINDOWS}),
    "rule.third_of_full_time": frozenset({WINDOWS}),
    "rule.shift_min": frozenset({WINDOWS}),
    "rule.night_start": frozenset({WINDOWS}),
    "rule.rest_day": frozenset({WINDOWS}),
    "rule.crumbs": frozenset({WINDOWS}),
    "rule.may_not_instruct": frozenset({GIVER, FORM}),
    "rule.instructors": frozenset({PEOPLE}),
    "rule.load": frozenset({DEMAND}),
    "rule.ceiling": frozenset({AID, DEMAND, WINDOWS}),
}
"""Which kinds of changes can mend a breach; a breach that is not here is mended by none of them."""


@dataclass(frozen=True)
class Change:
    """One change: a message code of ``change``, what it is made to, and by how many steps; ``problem`` has it in it."""

    code: str
    kind: str
    steps: int
    subject: str = ""
    amount: int = 0
    dimension: int | None = None
    problem: Problem | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class Changes:
    """The smallest change of each kind that is enough; ``sure`` when of none a smaller one was left undecided."""

    job: str
    day: Weekday
    found: tuple[Change, ...]
    sure: bool


def changes(asking: Asking, number: int, found: Class, reasons: Iterable[Reason]) -> Changes:
    """Return the smallest change of each kind that makes a class possible in a job, the fewest steps first."""
    reasons = list(reasons)
    kinds = frozenset.intersection(EVERY, *(_kinds(r) for r in reasons))
    best: dict[str, Change] = {}
    sure = True
    for one in sorted(_candidates(asking, number, found, reasons, kinds), key=lambda c: c.steps):
        if one.kind not in best:
            answer = again(asking, number, found, one)
            sure = sure and answer is not None
            if answer:
                best[one.kind] = one
    return Changes(asking.jobs[number].id, found.day, tuple(best.values()), sure)


def again(asking: Asking, number: int, found: Class, change: Change) -> bool | None:
    """Ask the question in the changed workplace; the whole plan has to be good there, not this day alone."""
    assert change.problem is not None
    there = Asking(change.problem, asking.jobs, asking.room.numbers, asking.excused)
    same = change.problem.by_key.get((found.task.id, found.day))
    return False if same is None else there.allowed(number, same).answer


def _kinds(reason: Reason) -> frozenset[str]:
    if reason.code in ("why.no_room", "why.no_room_alone"):
        return frozenset({WINDOWS})
    if reason.code == OPEN:
        return EVERY
    found = [MENDS.get(b.code, frozenset()) for b in reason.breaches]
    if reason.code == "why.breaks_one_of":
        return frozenset().union(*found)
    return frozenset.intersection(EVERY, *found) if found else frozenset()


def _candidates(
    asking: Asking, number: int, found: Class, reasons: list[Reason], kinds: frozenset[str]
) -> Iterator[Change]:
    problem, task = asking.problem, found.task
    if WINDOWS in kinds:
        yield from _windows(asking, number, found, reasons)
    if DAYS in kinds:
        for n in range(1, QUARTERS + 1):
            value = problem.day_max + QUARTER * n
            yield Change("change.day", DAYS, n, "", QUARTER * n, None, ease(problem, {"day_max": value}))
    if WEEK in kinds:
        longer = ease(problem, {"week_max": problem.week[1] + HOUR})
        yield Change("change.week", WEEK, 1, "", HOUR, None, longer)
    if PEOPLE in kinds:
        more = ease(problem, {"instructors": problem["instructors_max"] + 1})
        yield Change("change.people", PEOPLE, 1, "", 1, None, more)
    if GIVER in kinds and task.instructs is not None:
        roles = tuple(
            r.model_copy(update={"may_instruct": True}) if r.id == task.instructs else r
            for r in problem.workplace.roles
        )
        yield Change("change.giver", GIVER, 1, task.instructs, 1, None, _place(problem, roles=roles))
    if FORM in kinds:
        for form in Cooperation:
            if form is not problem.workplace.cooperation:
                yield Change("change.form", FORM, 1, form.value, 1, None, _place(problem, cooperation=form))
    numbers = sorted(_dimensions(reasons))
    person = problem.person  # whose each job of a group is, is kept apart, and no aid is named here
    if AID in kinds and person is not None:
        has = problem.limits[person.id]
        for n in (n for n in numbers if n in has and has[n] < 4):
            yield Change("change.aid", AID, 1, person.id, 1, n, ease(problem, {f"level:{n}": has[n] + 1}))
    if DEMAND in kinds:
        for n in (n for n in numbers if n in TASK_NUMBERS and task.demands.get(n, 0) > 0):
            lower = task.model_copy(update={"demands": {**task.demands, n: task.demands[n] - 1}})
            yield Change("change.demand", DEMAND, 1, task.id, 1, n, _with_task(problem, lower))


def _windows(asking: Asking, number: int, found: Class, reasons: list[Reason]) -> Iterator[Change]:
    """Yield longer windows of the tasks that matter; of none whose longest window leaves the hours impossible."""
    problem, put = asking.problem, asking.put(number, found)
    needed = {t for r in reasons for t in r.tasks} | {found.task.id}
    every = {problem.classes[i].task.id for i in put.classes}
    held = any(r.code in ("why.no_room", "why.no_room_alone") for r in reasons)
    for ident in sorted(needed if held else every, key=lambda t: (t != found.task.id, problem.order[t])):
        task = problem.tasks[ident]
        if not _may_help(asking, number, found, _longer(problem, task, QUARTERS, QUARTERS)):
            continue
        for n in range(1, QUARTERS + 1):
            for code, early, late in (("earlier", n, 0), ("later", 0, n), ("both", n, n)):
                bent = _longer(problem, task, early, late)
                steps = early + late
                yield Change(f"change.window_{code}", WINDOWS, steps, ident, QUARTER * n, None, bent)


def _may_help(asking: Asking, number: int, found: Class, changed: Problem) -> bool:
    """Tell whether the hours of the day are not proved impossible in a changed workplace."""
    there = Asking(changed, asking.jobs, asking.room.numbers, asking.excused)
    same = changed.by_key.get((found.task.id, found.day))
    if same is None:
        return False
    put = there.put(number, same)
    return there.hours(put, there.asked(put, laid(changed, put))).answer is not False


def _longer(problem: Problem, task: Task, early: int, late: int) -> Problem:
    """Return the problem with a task that may begin so many quarters earlier and end so many later."""
    assert task.window is not None
    start = max(0, task.window.start - QUARTER * early)
    end = max(task.window.end, min(2 * DAY, task.window.end + QUARTER * late))
    return _with_task(problem, task.model_copy(update={"window": Window(start=start, end=end)}))


def _with_task(problem: Problem, changed: Task) -> Problem:
    tasks = tuple(changed if t.id == changed.id else t for t in problem.workplace.tasks)
    bent = _place(problem, tasks=tasks)
    return replace(bent, verdicts={**problem.verdicts, changed.id: elementary(changed)})


def _place(problem: Problem, **fields: object) -> Problem:
    place: Workplace = problem.workplace.model_copy(update=fields)
    return replace(problem, workplace=place)


def _dimensions(reasons: Iterable[Reason]) -> set[int]:
    """Return the dimensions on which the reasons say that too much is asked."""
    found: set[int] = set()
    for breach in (b for r in reasons for b in r.breaches):
        named = str(breach.values.get("barriers", "")).split(", ")
        found |= {int(b) for b in named if b.isdigit()}
        if breach.code == "rule.load":
            found |= set(LOAD_DIMENSIONS)
    return found
