"""The draws behind the generator of workplaces, and a task in the making.

Only ``random.Random.random`` is used, seeded with a text, and only plain arithmetic on it: those two give the same
numbers on every machine, under every hash seed and in every version of Python.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

TEMPO = 130
"""Minutes of a new worker per 100 of a colleague: the default, frozen here."""

STEP = 5
"""Windows begin and end on five minutes, as people tell them."""

FLAGS = ("splittable", "left_undone", "separable", "checked", "recovery", "valued", "unpleasant", "learning", "alone")
"""The yes and no of a mould, in the order in which they stand in it."""

_Item = TypeVar("_Item")


class Draw:
    """A stream of chances that belongs to a text, such as ``hotel-kitchen/ward/3``."""

    def __init__(self, text: str) -> None:
        self._next = random.Random(text).random

    def below(self, limit: int) -> int:
        """Return a whole number from 0 up to, not with, ``limit``."""
        return int(self._next() * limit)

    def between(self, low: int, high: int) -> int:
        """Return a whole number from ``low`` to ``high``, both included."""
        return low + self.below(high - low + 1)

    def near(self, spread: int) -> int:
        """Return a whole number around zero, at most ``spread`` away, more often near than far."""
        far = (self.below(spread + 1) * self.between(0, 100) + 50) // 100
        return far if self.hits(50) else -far

    def hits(self, percent: int) -> bool:
        """Tell whether something that happens in so many of a hundred cases happens."""
        return self.below(100) < percent

    def one(self, items: Sequence[_Item]) -> _Item:
        """Return one of the items."""
        return items[self.below(len(items))]

    def shuffled(self, items: Sequence[_Item]) -> list[_Item]:
        """Return the items in another order."""
        left, made = list(items), []
        while left:
            made.append(left.pop(self.below(len(left))))
        return made


@dataclass
class Draft:
    """A task in the making: what is drawn anew, and the mould that holds the rest."""

    id: str
    name: str
    mould: dict[str, Any]
    place: str
    doers: list[tuple[str, int]]
    minutes: tuple[int, int, int]
    times: tuple[int, ...]
    start: int
    end: int
    levels: str
    instructs: str | None
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    """When a planted job does it, by weekday."""

    @property
    def movable(self) -> bool:
        """Tell whether the task may go to a new job (the elementary test says yes)."""
        return bool(self.mould["movable"])

    @property
    def work(self) -> int:
        """Minutes of one occurrence on the new worker's clock, rounded up."""
        return -(-self.minutes[1] * TEMPO // 100)

    @property
    def middle(self) -> int:
        """The middle of the window, in minutes after midnight."""
        return (self.start + self.end) // 2

    def is_(self, flag: str) -> bool:
        """Tell whether a flag of the mould is known and yes."""
        return bool(self.mould["flags"][FLAGS.index(flag)] == "y")


def draft(draw: Draw, mould: dict[str, Any], ident: str, copy: int, own: str) -> Draft:
    """Return a task near its mould: other minutes, days, window and shares, and some levels one step away.

    ``own`` is put before the names of places and roles, so that every department has its own.
    """
    factor = 100 + draw.near(30)
    low, likely, high = (max(1, (m * factor + 50) // 100) for m in mould["minutes"])
    likely = max(5, low, likely)
    minutes = (min(low, likely), likely, max(high, likely))
    times = tuple(mould["times"])
    worked = sum(n > 0 for n in times[:5])
    if worked < 5 and not any(times[5:]) and max(times) == 1 and draw.hits(50):
        turn = draw.below(5)
        times = (*times[turn:5], *times[:turn], *times[5:])
    start, end = _window(
        draw, *mould["window"], -(-likely * TEMPO // 100) * max(1, *times) if mould["movable"] else likely
    )
    doers = [(f"{own}.{role}", percent) for role, percent in mould["doers"]]
    if len(doers) > 1:
        step = min(STEP * draw.between(-2, 2), doers[-1][1] - STEP)
        moved = step if doers[0][1] + step >= STEP else 0
        doers[0], doers[-1] = (doers[0][0], doers[0][1] + moved), (doers[-1][0], doers[-1][1] - moved)
    levels = "".join(_level(draw, level) for level in mould["demands"])
    instructs = f"{own}.{mould['instructs']}" if "instructs" in mould else None
    name = mould["name"] if copy == 1 else f"{mould['name']} ({copy})"
    place = f"{own}.{mould['place']}"
    return Draft(ident, name, mould, place, doers, minutes, times, start, end, levels, instructs)


def _window(draw: Draw, first: int, last: int, least: int) -> tuple[int, int]:
    """Return a window near another, long enough for the work in it."""
    length = (last - first) * (100 + draw.near(20)) // 100
    length = -(-max(length, least) // STEP) * STEP
    start = first // STEP * STEP + STEP * draw.near(9)
    start = min(max(0, start), max(0, max(1440, last) - length))
    return start, start + length


def _level(draw: Draw, level: str) -> str:
    """Return a level, seldom one step lower or higher; what shuts a task out (4) stays, and nothing new does."""
    if level in "-04" or not draw.hits(10):
        return level
    return str(int(level) - 1 if level == "3" or draw.hits(60) else int(level) + 1)
