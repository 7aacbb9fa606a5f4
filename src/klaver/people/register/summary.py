"""What a register holds, column by column: how many people are known there and how many not, never one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from klaver.language import Language, tell
from klaver.people.columns import CONDITIONS, NOT_KNOWN, UNKNOWN, Columns
from klaver.people.register.layout import Column, columns
from klaver.people.register.reading import Register
from klaver.scale.dimensions import dimension

NO_UNKNOWN = ("aids", "not_wanted", "wanted")
"""Columns in which blank is nothing, so that nobody is unknown there."""


def meaning(column: Column, lang: Language) -> str:
    """Return what stands in a column."""
    return dimension(column.number).label[lang] if column.kind == "level" else tell(column.message, lang)


@dataclass
class Summary:
    """How many people a register holds, and of how many each column is known."""

    register: Register
    people: int = 0
    known: dict[str, int] = field(default_factory=dict)

    def add(self, part: Columns) -> None:
        """Count a part."""
        self.people += part.count
        for column in self._counted():
            self.known[column.name] = self.known.get(column.name, 0) + int(_known(part, column).sum())

    def lines(self) -> Iterator[tuple[Column, int]]:
        """Yield each column that is in the file with of how many people something is known there."""
        for column in self._counted():
            yield column, self.known.get(column.name, 0)

    def missing(self) -> list[str]:
        """Return the columns that the file does not have: nothing is known there of anybody."""
        there = {c.column.name for c in self.register.chosen if c.column}
        return [c.name for c in columns().values() if c.name not in there and c.kind not in ("id", "mark")]

    def _counted(self) -> Iterator[Column]:
        """Yield the columns of the file that can be unknown; the seven days are one, told on Monday."""
        for chosen in self.register.chosen:
            column = chosen.column
            if column is None or column.kind in ("id", "mark") or (column.kind == "parts" and column.number):
                continue
            yield columns()[column.name]


def _known(part: Columns, column: Column) -> npt.NDArray[np.bool_]:
    known: npt.NDArray[np.bool_]
    if column.kind == "level":
        known = part.levels[column.number - 1] != UNKNOWN
    elif column.kind == "aids":
        known = part.aids != 0
    elif column.kind == "zone":
        known = part.zone != NOT_KNOWN
    elif column.condition in ("excluded", "wanted"):
        known = part.conditions[CONDITIONS.index(column.condition)] > 0
    else:
        known = part.conditions[CONDITIONS.index(column.condition)] != NOT_KNOWN
    return known
