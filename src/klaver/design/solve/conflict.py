"""When wishes cannot all be met: the smallest confirmed set that clashes, and the cheapest repair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from klaver.design.problem import Problem, problem
from klaver.design.records import Objective, Status
from klaver.design.solve.day import Days
from klaver.design.solve.search import Effort, Search
from klaver.work.records import Link, Wishes

QUALITY_RULES = frozenset({"variety", "postures", "company", "learning", "unpleasant", "people_places"})


@dataclass(frozen=True)
class Wish:
    """One thing that is asked; ``code`` and ``value`` tell it (messages ``wish.*``)."""

    code: str
    value: str
    key: str


@dataclass(frozen=True)
class Repair:
    """Wishes changed so that a design exists: (wish, new value or ``None`` when dropped), and steps in all."""

    changes: tuple[tuple[Wish, str | None], ...]
    steps: int
    problem: Problem


@dataclass(frozen=True)
class Conflict:
    """A set of wishes that cannot be met together; leaving out any one of them makes it possible.

    ``confirmed`` is false when a leave-one-out search ended without an answer: then that wish may be unneeded.
    """

    wishes: tuple[Wish, ...]
    confirmed: bool
    repair: Repair | None


def wishes_of(asked: Problem) -> tuple[Wish, ...]:
    """Return everything that is asked and could be changed, one wish each."""
    w, (low, high) = asked.wishes, asked.week
    found = [
        Wish("jobs", str(asked.jobs), "jobs"),
        Wish("week_min", str(low), "week_min"),
        Wish("week_max", str(high), "week_max"),
        Wish("day_max", str(asked.day_max), "day_max"),
    ]
    if w.days is not None:
        found.append(Wish("days", ", ".join(str(int(d) + 1) for d in w.days), "days"))
    if w.profile is not None:
        found.append(Wish("profile", w.profile, "profile"))
    for number, pin in enumerate(w.pins):
        found.append(Wish(f"pin_{pin.kind}", pin.task, f"pin:{number}"))
    for number, link in enumerate(asked.workplace.links):
        found.append(Wish(link.kind, f"{link.first}, {link.second}", f"link:{number}"))
    found += [Wish("quality", "", "quality"), Wish("law", "", "law"), Wish("hollowing", "", "hollowing")]
    return tuple(found)


def without(asked: Problem, dropped: frozenset[str]) -> Problem:
    """Return the problem with the wishes of these keys let go (hollowing only to name it, never in a design)."""
    w = asked.wishes
    low, high = asked.week
    changed = Wishes(
        jobs=1 if "jobs" in dropped else asked.jobs,
        week_min=0 if "week_min" in dropped else low,
        week_max=7 * 1440 if "week_max" in dropped else high,
        day_max=1440 if "day_max" in dropped else asked.day_max,
        days=None if "days" in dropped else w.days,
        tempo=w.tempo,
        profile=None if "profile" in dropped else w.profile,
        pins=tuple(p for i, p in enumerate(w.pins) if f"pin:{i}" not in dropped),
        use_of_freed_time=w.use_of_freed_time,
    )
    links = tuple(k for i, k in enumerate(asked.workplace.links) if f"link:{i}" not in dropped)
    aside = set(asked.without)
    if "quality" in dropped:
        aside |= QUALITY_RULES
    if "law" in dropped:
        aside.add("working_time")
    if "hollowing" in dropped:
        aside |= {"hollowing", "displacement", "blocks"}
    return _again(asked, changed, links, frozenset(aside))


def _again(asked: Problem, wishes: Wishes, links: Sequence[Link], aside: frozenset[str]) -> Problem:
    place = asked.workplace.model_copy(update={"links": tuple(links), "wishes": wishes})
    return problem(
        place,
        asked.parameters,
        asked.profiles,
        wishes,
        without=aside,
        confirmed_only=asked.confirmed_only,
    )


def possible(asked: Problem, effort: Effort) -> bool | None:
    """Tell whether a design exists: yes (one was found and checked), no (proved), or ``None`` (not known)."""
    found = Search(asked, Objective.CALM, Days(asked)).run(
        replace(effort, tell=lambda progress: None), any_will_do=True
    )
    if found.jobs is not None:
        return True
    return False if found.status is Status.IMPOSSIBLE else None


def conflict(asked: Problem, effort: Effort, *, repair: bool = True) -> Conflict | None:
    """Return a smallest clash among the wishes of an impossible problem, or ``None`` when it is not impossible.

    Wishes are left out one by one, the ones about single tasks last; what is left cannot lose another wish.
    """
    if possible(asked, effort) is not False:
        return None
    every = wishes_of(asked)
    kept = list(every)
    confirmed = True
    for wish in sorted(every, key=lambda w: w.key.startswith("pin:")):
        dropped = frozenset(w.key for w in every if w not in kept) | {wish.key}
        answer = possible(without(asked, dropped), effort)
        if answer is False:
            kept.remove(wish)
        elif answer is None:
            confirmed = False
    found = _cheapest(asked, kept, effort) if repair else None
    return Conflict(tuple(kept), confirmed, found)


STEPS = {"jobs": 1, "week_min": 60, "week_max": 60, "day_max": 15}
"""One step of each wish: 1 job, 1 hour a week, 15 minutes a day."""

MOST_STEPS = 12


def _cheapest(asked: Problem, kept: Sequence[Wish], effort: Effort) -> Repair | None:
    """Try one wish before two, few steps before many."""
    for many in (1, 2):
        options: list[tuple[int, tuple[tuple[Wish, str | None], ...]]] = []
        for group in combinations(kept, many):
            for changes in product(*(list(_changes(asked, w)) for w in group)):
                steps = sum(s for s, _ in changes)
                options.append((steps, tuple((w, c) for w, (_, c) in zip(group, changes, strict=True))))
        for steps, changed in sorted(options, key=lambda o: o[0])[:40]:
            tried = _apply(asked, changed)
            if tried is not None and possible(tried, effort):
                return Repair(changed, steps, tried)
    return None


def _changes(asked: Problem, wish: Wish) -> Iterator[tuple[int, str | None]]:
    """Yield (steps, new value); dropping a wish about one task or pair is one step."""
    if wish.key == "jobs":
        yield from ((n, str(asked.jobs - n)) for n in range(1, asked.jobs))
    elif wish.key == "week_min":
        yield from _down(int(wish.value), 60)
    elif wish.key in ("week_max", "day_max"):
        step = STEPS[wish.key]
        yield from ((n, str(int(wish.value) + n * step)) for n in range(1, MOST_STEPS + 1))
    elif wish.key.startswith(("pin:", "link:")) or wish.key in ("profile", "days"):
        yield 1, None


def _down(value: int, step: int) -> Iterator[tuple[int, str | None]]:
    yield from ((n, str(value - n * step)) for n in range(1, MOST_STEPS + 1) if value - n * step >= 0)


def _apply(asked: Problem, changes: Sequence[tuple[Wish, str | None]]) -> Problem | None:
    """Return the problem after the changes; a design for it is a design for the user."""
    dropped = frozenset(w.key for w, new in changes if new is None)
    base = without(asked, dropped)
    fields = {w.key: int(new) for w, new in changes if new is not None}
    wishes = base.wishes.model_copy(update=fields)
    if wishes.week_min is not None and wishes.week_max is not None and wishes.week_min > wishes.week_max:
        return None
    return _again(base, wishes, base.workplace.links, base.without)
