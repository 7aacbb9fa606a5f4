"""The best rotation of half days: every way in which two jobs can swap is looked at, and then who swaps with whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import combinations, product
from typing import Literal

from klaver.design.half_days import (
    Half,
    HalfDays,
    Swap,
    hard_minutes,
    judge,
    met,
    second_week,
    shut_by,
    swapped,
    too_little_rest,
)
from klaver.design.problem import Problem
from klaver.design.records import Breach, Design, Job, Shift
from klaver.design.rules import RULES
from klaver.values import Weekday

Aim = Literal["tasks", "load"]
Pair = tuple[int, int]

HALVES: tuple[Half, ...] = ("before", "after", "whole")
PAIRED = 12
"""Up to so many jobs, who swaps with whom is the best of all ways; with more, the best pair goes first."""

MOST_TRIES = 2000
"""Second weeks of one pair that are judged; what wins most comes first."""

REASONS = 3
"""How many different reasons are told when nothing can be swapped."""

OF_A_JOB = tuple(r for r in RULES if r.SCOPE in ("task", "job-day", "job"))
"""The rules that look at one job; roles and the plan see no difference when others do the same work."""


@dataclass(frozen=True)
class Rotated:
    """A rotation, or why there is none: what stands in the way of most swaps; nothing when no swap wins anything.

    ``every`` is false when not everything could be looked at.
    """

    rotation: HalfDays | None
    why: tuple[Breach, ...] = ()
    every: bool = True


@dataclass(frozen=True)
class _Option:
    """One day of two jobs in the second week, by a swap or (without ``half``) as it was."""

    half: Half | None
    day: Weekday
    shifts: tuple[Shift | None, Shift | None]
    tasks: tuple[frozenset[str], frozenset[str]]
    hard: tuple[int, int]


@dataclass
class _Search:
    problem: Problem
    design: Design
    aim: Aim
    goes_on: Callable[[], bool]
    every: bool = True
    met: Counter[str] = field(default_factory=Counter)
    first: dict[str, Breach] = field(default_factory=dict)

    def note(self, breach: Breach) -> None:
        """Remember what stood in the way of a swap that wins something."""
        self.met[breach.code] += 1
        self.first.setdefault(breach.code, breach)

    @property
    def reasons(self) -> tuple[Breach, ...]:
        """What stood in the way most often."""
        return tuple(self.first[code] for code, _ in self.met.most_common(REASONS))


def rotate(problem: Problem, design: Design, aim: Aim = "tasks", goes_on: Callable[[], bool] = lambda: True) -> Rotated:
    """Return the rotation in which two by two holders swap half days.

    With the aim *tasks* whoever swaps meets more different tasks, and the one who gains least gains most; with
    *load* the heavier load of heavy and unpleasant work in a pair gets as small as can be. Of equal ways the one with
    the fewest swaps is kept.
    """
    search = _Search(problem, design, aim, goes_on)
    found: dict[Pair, tuple[int, tuple[Swap, ...]]] = {}
    for pair in combinations(range(len(design.jobs)), 2):
        if not goes_on():
            search.every = False
            break
        best = _best_of(search, *pair)
        if best is not None:
            found[pair] = best
    chosen = couples(len(design.jobs), {pair: worth for pair, (worth, _) in found.items()})
    swaps = tuple(sorted((s for pair in chosen for s in found[pair][1]), key=lambda s: (s.day, s.jobs)))
    if not swaps:
        return Rotated(None, search.reasons, search.every)
    jobs = second_week(design.jobs, swaps)
    assert jobs is not None
    told = met(problem, design.jobs, jobs)
    rotation = HalfDays(design=design.fingerprint(), swaps=swaps, jobs=jobs, met=told)
    wrong = judge(problem, design, rotation)
    assert not wrong, wrong
    return Rotated(rotation, (), search.every)


# two jobs


def _best_of(search: _Search, a: int, b: int) -> tuple[int, tuple[Swap, ...]] | None:
    """Return what the best swaps of two jobs win, and these swaps."""
    jobs, problem = search.design.jobs, search.problem
    both = jobs[a], jobs[b]
    of_two = replace(problem, group=(problem.group[a], problem.group[b])) if problem.group else problem
    own = tuple(frozenset(e.task for s in j.shifts for e in s.entries) for j in both)
    if search.aim == "tasks" and (own[0] <= own[1] or own[1] <= own[0]):
        return None  # somebody has nothing to meet
    days = [list(_options(search, of_two, both, day)) for day in Weekday]
    hard = tuple(hard_minutes(problem, [e for s in j.shifts for e in s.entries]) for j in both)
    ways = []
    for number, way in enumerate(product(*days)):
        gain = _gain(search.aim, way, (own[0], own[1]), (hard[0], hard[1]))
        if gain > (0, 0):
            ways.append((gain, -sum(o.half is not None for o in way), -number, way))
    ways.sort(key=lambda w: w[:3], reverse=True)
    for tried, ((_, total), _, _, way) in enumerate(ways):
        if tried == MOST_TRIES or not search.goes_on():
            search.every = False
            return None
        breach = next(_wrong(of_two, both, way, search.problem.holders != ()), None)
        if breach is None:
            names = (both[0].id, both[1].id)
            return total, tuple(Swap(day=o.day, jobs=names, half=o.half) for o in way if o.half is not None)
        search.note(breach)
    return None


def _options(search: _Search, problem: Problem, both: tuple[Job, Job], day: Weekday) -> Iterator[_Option]:
    """Yield what the second week may hold on a day: as it was, and each swap that keeps the rules of that day."""
    one, other = (next((s for s in j.shifts if s.day is day), None) for j in both)
    yield _option(problem, None, day, (one, other))
    for half in HALVES:
        made = swapped(one, other, half)
        if made is None:
            continue
        breach = next((b for n, shift in enumerate(made) for b in _of_the_day(problem, both[n].id, shift)), None)
        if breach is None:
            yield _option(problem, half, day, made)
        else:
            search.note(breach)


def _option(problem: Problem, half: Half | None, day: Weekday, shifts: tuple[Shift | None, Shift | None]) -> _Option:
    entries = [() if s is None else s.entries for s in shifts]
    tasks = [frozenset(e.task for e in several) for several in entries]
    hard = [hard_minutes(problem, several) for several in entries]
    return _Option(half, day, shifts, (tasks[0], tasks[1]), (hard[0], hard[1]))


def _of_the_day(problem: Problem, ident: str, shift: Shift | None) -> Iterator[Breach]:
    """Yield the breaches that a day makes by itself, whatever stands beside it in the week."""
    if shift is not None:
        alone = (Job(id=ident, shifts=(shift,)),)
        for rule in OF_A_JOB:
            if not problem.skips(rule.NAME) and rule.NAME != "ceilings":
                yield from (b for b in rule.check(problem, alone) if b.day is not None and _counts(problem, b))


def _counts(problem: Problem, breach: Breach) -> bool:
    return not (breach.warning and problem.confirmed_only)


def _gain(
    aim: Aim, way: tuple[_Option, ...], own: tuple[frozenset[str], frozenset[str]], hard: tuple[int, int]
) -> tuple[int, int]:
    """Return what a second week wins, the first figure before the second; both zero when it wins nothing."""
    if aim == "tasks":
        new = [len(frozenset().union(*(o.tasks[n] for o in way)) - own[n]) for n in (0, 1)]
        return (min(new), sum(new)) if min(new) else (0, 0)
    both = [(hard[n] + sum(o.hard[n] for o in way)) // 2 for n in (0, 1)]
    less = max(hard) - max(both)
    return (less, less) if less > 0 else (0, 0)


def _wrong(problem: Problem, both: tuple[Job, Job], way: tuple[_Option, ...], named: bool) -> Iterator[Breach]:
    """Yield what is wrong with a second week of two jobs, and with both weeks for the people they are for."""
    after = tuple(
        Job(id=job.id, shifts=tuple(s for o in way if (s := o.shifts[n]) is not None)) for n, job in enumerate(both)
    )
    for rule in OF_A_JOB:
        if not problem.skips(rule.NAME) and (named or rule.NAME != "ceilings"):
            yield from (b for b in rule.check(problem, after) if _counts(problem, b))
    for n, (own, other) in enumerate(zip(both, after, strict=True)):
        if not other.shifts:
            yield Breach(rule="whole", code="rule.shifts_mixed", job=own.id)
            return
        yield from too_little_rest(problem, own, other)
        yield from shut_by(problem, n, own, other)


# who swaps with whom


def couples(jobs: int, worth: Mapping[Pair, int]) -> tuple[Pair, ...]:
    """Return pairs of jobs, none in two pairs, that are worth most together."""
    if jobs > PAIRED:
        chosen: list[Pair] = []
        for pair in sorted(worth, key=lambda p: (-worth[p], p)):
            if not {n for p in chosen for n in p} & set(pair):
                chosen.append(pair)
        return tuple(chosen)

    @cache
    def best(free: int) -> tuple[int, tuple[Pair, ...]]:
        if not free:
            return 0, ()
        a = (free & -free).bit_length() - 1
        rest = free & (free - 1)
        most = best(rest)
        for b in range(a + 1, jobs):
            if rest >> b & 1 and (a, b) in worth:
                value, pairs = best(rest & ~(1 << b))
                most = max(most, (value + worth[a, b], ((a, b), *pairs)), key=lambda found: found[0])
        return most

    return best((1 << jobs) - 1)[1]
