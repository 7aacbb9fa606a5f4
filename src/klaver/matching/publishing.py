"""Counts of people as they may be published: in bands, so that no small group shows, nor the difference of two answers.

Every published number is the lower edge of a band of five. Take answers of which one group lies within another (a job
with a task more is open to part of the people of the job without it). Setting every count to the lower edge of its
band keeps that order, and then every difference is a multiple of five. So no chain of such answers proves that a group
counts one to four people. The same holds for those who are left out: they may be none at all, or five and more.

That covers one answer, two answers, and any row of groups that lie one within the other. It does not cover groups that
overlap: from four answers about two tasks, with each, with both and with neither, bounds of a common part can be worked
out. Publish few answers about one register, from one travel table.
"""

from __future__ import annotations

from klaver.values import Record

STEP = 5
"""Nothing under five is told."""

SMALL = 50
"""With fewer people than this the bands are wider."""

_EDGES = (0, 5, 10, 20, 30, 40, 50)


class Band(Record):
    """A count as it is published: at least ``low``, at most ``high``."""

    low: int
    high: int


def band(count: int, people: int) -> Band:
    """Return the band of a count among ``people``."""
    if people < SMALL:
        low = max(e for e in _EDGES if e <= count)
        return Band(low=low, high=min(e for e in _EDGES if e > low) - 1)
    low = count - count % STEP
    return Band(low=low, high=low + STEP - 1)
