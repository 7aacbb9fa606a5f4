"""Times as people write them: ``7,5`` or ``7.5``; ``-``, ``Inf`` or nothing where a worker cannot do a task."""

from __future__ import annotations

import re
from collections.abc import Iterable

from klaver.design.lines.records import MOST_TIME

MOST_DECIMALS = 3
_CANNOT = {"", "-", "–", "—", "inf", "infinity", "∞"}
_NUMBER = re.compile(r"\d{1,7}(?:[.,](\d+))?")
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


class BadTime(ValueError):
    """A cell that is no time; ``code`` names what is wrong with it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_time(text: str) -> tuple[int, int] | None:
    """Return a time as (digits, decimals), ``None`` when the cell says that the worker cannot do the task.

    Raises
    ------
    BadTime
        When it is no number from zero up, could be read in two ways (``1.250``), or has more than three decimals.
    """
    text = text.strip()
    if text.casefold() in _CANNOT:
        return None
    if _AMBIGUOUS.fullmatch(text):
        raise BadTime("ambiguous")
    found = _NUMBER.fullmatch(text)
    if not found:
        raise BadTime("time")
    behind = (found[1] or "").rstrip("0")
    if len(behind) > MOST_DECIMALS:
        raise BadTime("decimals")
    before = re.split(r"[.,]", text)[0]
    return int(before + behind), len(behind)


def in_one_unit(times: Iterable[Iterable[tuple[int, int] | None]]) -> tuple[int, list[tuple[int | None, ...]]]:
    """Return the most decimals that any time has, and all times as whole numbers of that unit."""
    rows = [list(row) for row in times]
    most = max((time[1] for row in rows for time in row if time), default=0)
    return most, [tuple(None if t is None else t[0] * 10 ** (most - t[1]) for t in row) for row in rows]


def too_long(time: int | None) -> bool:
    """Tell whether a time is above what a line can hold."""
    return time is not None and time > MOST_TIME


def written(time: int, decimals: int, lang: str) -> str:
    """Write a time of a line as it was meant: 75 with one decimal is ``7,5``, in English ``7.5``; 70 is ``7``."""
    if not decimals:
        return str(time)
    text = f"{time // 10**decimals}.{time % 10**decimals:0{decimals}d}".rstrip("0").removesuffix(".")
    return text if lang == "en" else text.replace(".", ",")
