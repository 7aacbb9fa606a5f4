"""What a file of people gives, whatever its form: a row of headings, and then batches of rows, column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from klaver.people.register.mistakes import Mistakes

BATCH = 1 << 14
"""Rows of one batch: few enough that the cells of a column stay near, many enough that a batch costs nothing itself."""


class Cells(NamedTuple):
    """The cells of one column of a batch: the texts themselves, or the place of each row's text among them."""

    texts: Sequence[str]
    at: npt.NDArray[np.intp] | None = None


@dataclass(frozen=True)
class Batch:
    """Some rows of a file: their numbers, as a spreadsheet shows them, and the columns that were asked for."""

    rows: Sequence[int]
    cells: Sequence[Cells]


class Source(Protocol):
    """A file of people that has been opened."""

    @property
    def header(self) -> Sequence[str]:
        """The headings, as they stand there."""

    @property
    def header_row(self) -> int | None:
        """The number of the row in which they stand, when they stand in a row."""

    @property
    def sheet(self) -> str | None:
        """The sheet, when the file has sheets."""

    @property
    def marked(self) -> bool:
        """Whether the file says in itself, beside its rows, that nobody in it exists."""

    def batches(self, wanted: Sequence[int], found: Mistakes) -> Iterator[Batch]:
        """Yield the rows with the columns at some places, telling what is wrong with whole rows."""
