"""The 36 dimensions: what work asks and what a person can do, told with the same words on both sides."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

TASK_NUMBERS = frozenset({*range(1, 6), 7, 9, 10, 14, 16, 17, 20, *range(26, 31), 32, 36})
"""Asked per task: the job asks the highest of its tasks."""

PLACE_NUMBERS = frozenset({21, 33, 34, 35})
"""Asked once per place."""

COMPOSED_NUMBERS = frozenset({6, 8, 11, 12, 13, 15, 18, 19, 22, 23, 24, 25, 31})
"""Computed from the job's timetable and confirmed by a person."""


@dataclass(frozen=True)
class Dimension:
    """One dimension: number, code, ICF identifiers, label and the five anchors (level 0-4) per language."""

    number: int
    code: str
    icf: tuple[str, ...]
    label: dict[str, str]
    anchors: dict[str, tuple[str, str, str, str, str]]

    @property
    def kind(self) -> str:
        """Return "task", "place" or "composed"."""
        if self.number in TASK_NUMBERS:
            return "task"
        return "place" if self.number in PLACE_NUMBERS else "composed"


@cache
def dimensions() -> tuple[Dimension, ...]:
    """Return the 36 dimensions in order."""
    text = (files("klaver.scale") / "dimensions.toml").read_text(encoding="utf-8")
    return tuple(_dimension(row) for row in tomllib.loads(text)["dimension"])


def _dimension(row: dict[str, object]) -> Dimension:
    anchors = row["anchors"]
    assert isinstance(anchors, dict)
    told = {lang: tuple(texts) for lang, texts in anchors.items()}
    return Dimension(**{**row, "icf": tuple(row["icf"]), "anchors": told})  # type: ignore[arg-type]


def dimension(number: int) -> Dimension:
    """Return the dimension with this number (1-36)."""
    return dimensions()[number - 1]


@cache
def _codes() -> dict[str, Dimension]:
    return {d.code: d for d in dimensions()}


def by_code(code: str) -> Dimension:
    """Return the dimension with this code (``KeyError`` when there is none)."""
    return _codes()[code]
