"""What the texts of a column mean, each read once however often it stands there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from klaver.people.columns import NOT_KNOWN, Whole
from klaver.people.register.cells import BadCell, Read
from klaver.people.register.mistakes import Values
from klaver.people.register.sources import Cells

REMEMBERED = 1 << 16
"""Distinct texts of a column that are remembered; a column with more is read text by text, in the same memory."""

WRONG = NOT_KNOWN - 1
_NEW = np.iinfo(np.int32).min
_END = "\n"


class Lookup(dict[str, int]):
    """The whole number of each text of a column, as it was first seen; -2 and below are kinds of mistakes.

    Parameters
    ----------
    read
        What reads a text; it raises :class:`BadCell` for one that does not belong there.
    short
        Whether most texts have one character, such as levels: then a column is read at once, not text by text.
    """

    def __init__(self, read: Read, *, short: bool = False) -> None:
        super().__init__()
        self.read, self.short = read, short
        self.wrong: list[str] = []
        self._signs = np.full(128, _NEW, np.int32)

    def __missing__(self, text: str) -> int:
        try:
            found = self.read(text)
        except BadCell as bad:
            if bad.code not in self.wrong:
                self.wrong.append(bad.code)
            found = WRONG - self.wrong.index(bad.code)
        if len(self) < REMEMBERED:
            self[text] = found
        return found

    def told(self, text: str) -> Values:
        """Return what fills the sentence about a wrong text."""
        try:
            self.read(text)
        except BadCell as bad:
            return bad.values
        return {}

    def numbers(self, cells: Cells) -> Whole:
        """Return the whole number of each cell."""
        if cells.at is not None:
            return self._each(cells.texts)[cells.at]
        found = self._at_once(cells.texts) if self.short else None
        return self._each(cells.texts) if found is None else found

    def _each(self, texts: Sequence[str]) -> Whole:
        return np.fromiter(map(self.__getitem__, texts), np.int32, len(texts))

    def _at_once(self, texts: Sequence[str]) -> Whole | None:
        """Return the numbers of texts of at most one character, or ``None`` when there is a longer one.

        The texts are joined with a sign that ends each of them; where the signs lie says how long each text is.
        """
        joined = _END.join(texts) + _END
        if len(joined) > 2 * len(texts) or not joined.isascii():
            return None
        signs = np.frombuffer(joined.encode("ascii"), np.uint8)
        ends = np.flatnonzero(signs == ord(_END))
        lengths = np.diff(ends, prepend=-1) - 1
        if len(ends) != len(texts) or lengths.max(initial=0) > 1:
            return None
        found = np.full(len(texts), NOT_KNOWN, np.int32)
        filled = lengths == 1
        found[filled] = self._of_signs(signs[ends[filled] - 1])
        return found

    def _of_signs(self, signs: npt.NDArray[np.uint8]) -> Whole:
        found = self._signs[signs]
        for sign in np.unique(signs[found == _NEW]).tolist():
            self._signs[sign] = self[chr(sign)]
            found = self._signs[signs]
        return found
