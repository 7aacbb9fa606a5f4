"""When wishes cannot all be met: the smallest confirmed set that clashes, and the cheapest repair."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations, product

from klaver.design.problem import Problem
from klaver.design.records import Objective, Status
from klaver.design.solve.day import Days
from klaver.design.solve.search import Effort, Search
from klaver.design.solve.wishes import Wish, drop, dropping, ease, let_go, steps, wishes_of

MOST_CHANGES, MOST_CLASHES, MOST_TRIES, MOST_ASKED = 3, 24, 60, 500
"""Wishes a repair changes, clashes it looks at, mixes of steps it tries before a larger one, what-ifs in all."""

ROUNDS = 4
"""Rounds that a what-if gets at least: the first are short, and most answer in the first."""

Way = tuple[int, int | None]


@dataclass(frozen=True)
class Repair:
    """Wishes changed so that a design exists: (wish, new value or ``None`` when let go), and steps in all.

    ``cheapest`` is false when a smaller change was not decided.
    """

    changes: tuple[tuple[Wish, int | None], ...]
    steps: int
    problem: Problem = field(repr=False)
    cheapest: bool


@dataclass(frozen=True)
class Conflict:
    """A set of wishes that cannot be met together; leaving out any one of them makes it possible.

    ``confirmed`` is false when a leave-one-out search ended without an answer: then that wish may be unneeded.
    """

    wishes: tuple[Wish, ...]
    confirmed: bool
    repair: Repair | None


def possible(asked: Problem, effort: Effort) -> bool | None:
    """Tell whether a design exists: yes (one was found and checked), no (proved), or ``None`` (not known)."""
    if not asked.classes:
        return False
    quiet = replace(effort, rounds=max(ROUNDS, effort.rounds), tell=lambda progress: None)
    found = Search(asked, Objective.CALM, Days(asked)).run(quiet, any_will_do=True)
    if found.jobs is not None:
        return True
    return False if found.status is Status.IMPOSSIBLE else None


def conflict(
    asked: Problem, effort: Effort, *, repair: bool = True, tell: Callable[[int], None] = lambda tries: None
) -> Conflict | None:
    """Return a smallest clash among the wishes of an impossible problem, or ``None`` when it is not impossible.

    ``tell`` is told the number of what-ifs looked at, so that waiting has a face.
    """
    search = _Clash(asked, effort, tell)
    if search.without(frozenset()) is not False:
        return None
    kept, confirmed = search.needed(search.smallest())
    found = search.repair(kept) if repair else None
    if search.hopeless:  # no change of any wish mends this one, so it is the reason
        kept, confirmed = search.needed(search.hopeless)
    return Conflict(tuple(w for w in search.every if w in kept), confirmed, found)


class _Clash:
    """The what-ifs of one impossible problem, each asked once."""

    def __init__(self, asked: Problem, effort: Effort, tell: Callable[[int], None]) -> None:
        self.asked, self.effort, self.tell = asked, effort, tell
        self._known: dict[object, bool | None] = {}
        self.hopeless: list[Wish] = []

    @cached_property
    def every(self) -> tuple[Wish, ...]:
        """All wishes."""
        return wishes_of(self.asked)

    def without(self, gone: frozenset[str]) -> bool | None:
        """Tell whether a design exists without some wishes."""
        return self._ask(gone, lambda: let_go(self.asked, gone))

    def only(self, kept: Iterable[Wish]) -> bool | None:
        """Tell whether a design exists with no wish but these."""
        left = {w.key for w in kept}
        return self.without(frozenset(w.key for w in self.every if w.key not in left))

    def _ask(self, key: object, made: Callable[[], Problem]) -> bool | None:
        if key not in self._known:
            if self.effort.stop() or self.effort.late() or len(self._known) >= MOST_ASKED:
                return None
            self.tell(len(self._known) + 1)
            self._known[key] = possible(made(), self.effort)
        return self._known[key]

    def smallest(self) -> list[Wish]:
        """Return a clash of few wishes by halving (after Junker's QuickXplain), those named first preferred."""
        return self._halve([], False, list(self.every))

    def needed(self, clash: Sequence[Wish]) -> tuple[list[Wish], bool]:
        """Return the wishes of a clash that it needs, and whether leaving out any one of them was seen to be enough."""
        kept = list(clash)
        while True:
            answers = {wish: self.only(w for w in kept if w is not wish) for wish in kept}
            spare = next((w for w, answer in answers.items() if answer is False), None)
            if spare is None:
                return kept, self.only(kept) is False and all(answers.values())
            kept.remove(spare)  # an undecided what-if kept a wish that is not needed

    def _halve(self, given: list[Wish], grown: bool, rest: list[Wish]) -> list[Wish]:
        if (grown or not rest) and self.only(given) is False:
            return []
        if len(rest) <= 1:
            return rest
        one, two = rest[: len(rest) // 2], rest[len(rest) // 2 :]
        later = self._halve([*given, *one], True, two)
        return [*self._halve([*given, *later], bool(later), one), *later]

    def repair(self, kept: Sequence[Wish]) -> Repair | None:
        """Return the repair with the fewest wishes changed and, among these, the fewest steps.

        A repair changes a wish of every clash. One that still does not do shows the next clash (hitting sets after
        Reiter, met one by one), so a change of two wishes is only looked for when no change of one is enough.
        """
        clashes, sure = [frozenset(kept)], True
        for size in range(1, MOST_CHANGES + 1):
            best: Repair | None = None
            seen: set[frozenset[Wish]] = set()
            self.hopeless = next(([*c] for c in clashes if not any(self._ways(w) for w in c)), [])
            if self.hopeless:
                return None
            while (chosen := self._next(clashes, size, seen)) is not None:
                seen.add(chosen)
                loosest = {w: self._ways(w)[-1][1] for w in chosen}
                answer = self._changed(loosest)
                if answer:
                    best = self._fewest(sorted(chosen, key=self.every.index), best, sure)
                elif answer is False and len(clashes) < MOST_CLASHES:
                    clashes.append(self._clash_of(loosest))
                else:
                    sure = sure and answer is not None
            if best is not None:
                return best
        return None

    def _next(self, clashes: list[frozenset[Wish]], size: int, seen: set[frozenset[Wish]]) -> frozenset[Wish] | None:
        """Return the next set of wishes that takes something out of every clash, those with few ways first."""
        wishes = [w for w in self.every if self._ways(w) and any(_mends(w, c) for c in clashes)]
        sets = (frozenset(c) for c in combinations(sorted(wishes, key=lambda w: len(self._ways(w))), size))
        return next((s for s in sets if s not in seen and all(any(_mends(w, c) for w in s) for c in clashes)), None)

    def _clash_of(self, changes: dict[Wish, int | None]) -> frozenset[Wish]:
        """Return a smallest clash of what is left after changes."""
        rest = _Clash(self._apply(changes), self.effort, lambda tries: self.tell(len(self._known) + tries))
        keys = {w.key for w in rest.smallest()}
        return frozenset(w for w in self.every if w.key in keys and w not in changes)

    def _fewest(self, chosen: Sequence[Wish], best: Repair | None, sure: bool) -> Repair | None:
        """Change these wishes by as few steps as do, fewer than ``best``; the loosest of all is known to do."""
        mixed = sorted(product(*map(self._ways, chosen)), key=_count)
        loosest, mixed = mixed[-1], [m for m in mixed if best is None or _count(m) < best.steps]
        if len(mixed) > MOST_TRIES and len(chosen) > 1:
            mixed, sure = [*mixed[:MOST_TRIES], *([] if best else [loosest])], False
        low, high = 0, len(mixed)
        while low < high:  # along one wish more steps never hurt, so halve; mixes of more are tried in turn
            middle = (low + high) // 2 if len(chosen) == 1 else low
            changes = {w: value for w, (_, value) in zip(chosen, mixed[middle], strict=True)}
            answer = self._changed(changes)
            sure = sure and answer is not None
            if answer:
                best, high = Repair(tuple(changes.items()), _count(mixed[middle]), self._apply(changes), sure), middle
                low = low if len(chosen) == 1 else high
            else:
                low = middle + 1
        return best and replace(best, cheapest=best.cheapest and sure)

    def _ways(self, wish: Wish) -> list[Way]:
        """Return the ways to change a wish, the loosest last: (steps, new value or ``None`` when let go)."""
        count = dropping(wish)
        ways: list[Way] = [(n, value) for n, value in enumerate(steps(self.asked, wish), 1)]
        return ways if count is None else [*ways, (count, None)]

    def _changed(self, changes: dict[Wish, int | None]) -> bool | None:
        key = frozenset((w.key, v) for w, v in changes.items())
        return self._ask(("changed", key), lambda: self._apply(changes))

    def _apply(self, changes: dict[Wish, int | None]) -> Problem:
        eased = ease(self.asked, {w.key: value for w, value in changes.items() if value is not None})
        return drop(eased, (w.key for w, value in changes.items() if value is None))


def _count(mix: Iterable[Way]) -> int:
    return sum(steps for steps, _ in mix)


def _mends(wish: Wish, clash: frozenset[Wish]) -> bool:
    """Tell whether changing a wish can mend a clash; a profile that is let go takes its levels along."""
    return wish in clash or (wish.key == "profile" and any(w.dimension is not None for w in clash))
