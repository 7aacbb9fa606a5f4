"""Weekdays, clock times and windows; a time of day is a whole number of minutes after midnight."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from klaver.values.record import Record

DAY = 24 * 60
"""Minutes in a day."""

Minute = Annotated[int, Field(ge=0, le=2 * DAY)]
"""A time of day in minutes after midnight; above 1440 it lies on the next day."""


class Weekday(IntEnum):
    """A day of the week, Monday first; serialised as its number 0-6."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


DayPart = Literal["night", "morning", "afternoon", "evening"]
DAY_PARTS: tuple[DayPart, ...] = ("night", "morning", "afternoon", "evening")
"""The four parts of a day, six hours each, from midnight."""

PART = DAY // len(DAY_PARTS)
"""Minutes in a part of the day."""

WORKING_DAYS = tuple(Weekday)[:5]
ALL_DAYS = tuple(Weekday)

_CLOCK = re.compile(r"^\s*(\d{1,2})\s*[:.hu]\s*(\d{2})?\s*$")


class Window(Record):
    """The stretch of the day in which a task must lie: ``start`` is the earliest start, ``end`` the latest end."""

    start: Minute
    end: Minute

    @model_validator(mode="after")
    def _ordered(self) -> Window:
        if self.end <= self.start:
            raise ValueError("a window ends after it starts")
        return self

    @property
    def length(self) -> int:
        """Minutes between earliest start and latest end."""
        return self.end - self.start

    def overlaps(self, other: Window) -> bool:
        """Tell whether the two windows share at least one minute."""
        return self.start < other.end and other.start < self.end


def day_parts(day: Weekday, start: int, end: int) -> frozenset[tuple[Weekday, DayPart]]:
    """Return the parts of days in which work from ``start`` to ``end`` (minutes after midnight of ``day``) lies."""
    touched = range(start // PART, -(-end // PART))
    per_day = len(DAY_PARTS)
    return frozenset((Weekday((day + n // per_day) % 7), DAY_PARTS[n % per_day]) for n in touched)


def closed(slots: frozenset[tuple[Weekday, DayPart]], day: Weekday) -> list[tuple[int, int]]:
    """Return the stretches outside ``slots``, in minutes after midnight of ``day``, up to the end of the next day."""
    made: list[tuple[int, int]] = []
    for n in range(2 * len(DAY_PARTS)):
        part = (Weekday((day + n // len(DAY_PARTS)) % 7), DAY_PARTS[n % len(DAY_PARTS)])
        if part not in slots:
            start = made.pop()[0] if made and made[-1][1] == n * PART else n * PART
            made.append((start, (n + 1) * PART))
    return made


def clock(minute: int) -> str:
    """Write minutes after midnight as ``HH:MM`` (``1500`` gives ``25:00``, one hour past midnight)."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def parse_clock(text: str) -> int:
    """Read ``7:30``, ``07.30``, ``7u30``, ``7h`` as minutes after midnight.

    Raises
    ------
    ValueError
        When the text is no time of day or lies after 48:00.
    """
    found = _CLOCK.match(text.lower())
    if not found:
        raise ValueError(text)
    hours, minutes = int(found[1]), int(found[2] or 0)
    if minutes > 59 or hours * 60 + minutes > 2 * DAY:
        raise ValueError(text)
    return hours * 60 + minutes
