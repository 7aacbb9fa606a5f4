"""A register as CSV: ``;``, ``,`` or tab between the cells, utf-8 or cp1252, read in batches."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

from klaver.people.register.mistakes import Mistakes
from klaver.people.register.sources import BATCH, Batch, Cells
from klaver.values import Fault, Faults

_SIGNS = (";", ",", "\t")
_SEP = "sep="
"""A first line that Excel puts there for itself, with the sign behind it."""

_CHUNK = 1 << 20
_TEXT = 1 << 21
"""Characters that are cut into cells at once: some ten thousand rows."""

_QUOTE = '"'
_HEAD = 1 << 18
"""Characters among which the headings must end."""


class CsvFile:
    """A CSV file of which the headings have been read.

    Parameters
    ----------
    known
        Tells whether a heading is one that is looked for; it decides which sign stands between the cells.

    Raises
    ------
    Faults
        When it cannot be read as text, has no headings, or could be cut into cells in two ways.
    """

    sheet = None
    marked = False
    _broken = False

    def __init__(self, path: Path, known: Callable[[str], bool]) -> None:
        self.path = path
        self.encoding = _encoding(path)
        with path.open(encoding=self.encoding, newline="") as stream:
            head = stream.read(_HEAD)
        line, _, rest = head.partition("\n")
        self.header_row = 1
        signs: tuple[str, ...] = _SIGNS
        if line[: len(_SEP)].lower() == _SEP and len(line.rstrip("\r")) == len(_SEP) + 1:
            self.header_row, signs, head = 2, (line[len(_SEP)],), rest
        self.sign, self.header = _headings(head, signs, known, path)

    def batches(self, wanted: Sequence[int], found: Mistakes) -> Iterator[Batch]:
        """Yield the rows; a row with too few or too many cells is told, and read as a blank one.

        Where no quotation mark stands, a text is cut into cells at once, which is several times as fast as row by row.
        From the first quotation mark on, and where rows have not the same number of cells, Python's csv module reads.
        """
        number = self.header_row
        self._broken = False
        with self.path.open(encoding=self.encoding, newline="") as stream:
            self._skip(stream)
            for text in _whole_rows(stream):
                columns = None if _QUOTE in text else _cut(text, self.sign, len(self.header))
                if columns is not None:
                    first, number = number + 1, number + len(columns[0])
                    yield Batch(range(first, number + 1), [Cells(columns[at]) for at in wanted])
                    continue
                lines = io.StringIO(text, newline="")
                for batch in self._careful(chain(lines, stream) if _QUOTE in text else lines, number, wanted, found):
                    number = batch.rows[-1]
                    yield batch
                if self._broken:
                    return

    def _skip(self, stream: TextIO) -> None:
        rows = csv.reader(stream, delimiter=self.sign, strict=True)
        for _ in range(self.header_row):
            next(rows)

    def _careful(self, lines: Iterable[str], number: int, wanted: Sequence[int], found: Mistakes) -> Iterator[Batch]:
        """Yield the rows of some lines that follow the row with a number."""
        width = len(self.header)
        rows = csv.reader(lines, delimiter=self.sign, strict=True)
        while not self._broken:
            taken: list[list[str]] = []
            try:
                taken.extend(islice(rows, BATCH))
            except csv.Error:  # what was read before it is in ``taken``
                self._broken = True
                found.cell(-1, None, "quote", number + len(taken) + 1)
            if not taken:
                return
            first, number = number + 1, number + len(taken)
            if set(map(len, taken)) != {width}:
                taken = [_fitted(row, width, first + at, found) for at, row in enumerate(taken)]
            columns = list(zip(*taken, strict=True))
            yield Batch(range(first, number + 1), [Cells(columns[at]) for at in wanted])


def _whole_rows(stream: TextIO) -> Iterator[str]:
    """Yield texts that end where a line ends; what is read from the stream meanwhile by another is its own."""
    while text := stream.read(_TEXT):
        yield text + stream.readline()


def _cut(text: str, sign: str, width: int) -> list[Sequence[str]] | None:
    """Return the columns of a text without quotation marks, or ``None`` when its rows have other numbers of cells."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if "\r" in text:
        return None
    if not text.endswith("\n"):
        text += "\n"
    cells = text.replace("\n", "\n" + sign).split(sign)
    cells.pop()
    last = cells[width - 1 :: width]
    # The end of a line stands in the last cell of its row; when all of them do, every row has all its cells.
    if len(cells) != len(last) * width or text.count("\n") != len(last) or not all(c.endswith("\n") for c in last):
        return None
    return [*(cells[at::width] for at in range(width - 1)), [cell[:-1] for cell in last]]


def _fitted(row: list[str], width: int, number: int, found: Mistakes) -> list[str]:
    if len(row) == width:
        return row
    if len(row) > width and not any(cell.strip() for cell in row[width:]):
        return row[:width]
    if row:  # a line with nothing on it is nobody
        found.cell(-1, None, "cells", number, cells=len(row), columns=width)
    return [""] * width


def _encoding(path: Path) -> str:
    """Return utf-8 when the whole file is, else cp1252; a file is looked through once for it, which is fast."""
    utf8: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
    is_1252 = True
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            if b"\0" in chunk:
                raise Faults([Fault(code="register.not_text", file=path.name)])
            utf8 = _still(utf8, chunk)
            is_1252 = is_1252 and not any(code in chunk for code in _NOT_1252)
    is_utf8 = _still(utf8, b"", final=True) is not None
    if not is_utf8 and not is_1252:
        raise Faults([Fault(code="register.encoding", file=path.name)])
    return "utf-8-sig" if is_utf8 else "cp1252"


def _still(
    utf8: codecs.IncrementalDecoder | None, chunk: bytes, *, final: bool = False
) -> codecs.IncrementalDecoder | None:
    """Return the decoder as long as everything so far is utf-8."""
    if utf8 is None or (chunk.isascii() and not final and not utf8.getstate()[0]):
        return utf8
    try:
        utf8.decode(chunk, final)
    except UnicodeDecodeError:
        return None
    return utf8


_NOT_1252 = tuple(bytes([code]) for code in (0x81, 0x8D, 0x8F, 0x90, 0x9D))


def _headings(head: str, signs: Sequence[str], known: Callable[[str], bool], path: Path) -> tuple[str, tuple[str, ...]]:
    """Return the sign between the cells and the headings: the way of cutting in which most headings are known."""
    ways = []
    for sign in signs:
        try:
            cells = next(csv.reader(io.StringIO(head, newline=""), delimiter=sign, strict=True), [])
        except csv.Error:
            continue
        ways.append((sum(map(known, cells)), len(cells), sign, tuple(cells)))
    ways.sort(key=lambda way: way[:2], reverse=True)
    if not ways or not any(cell.strip() for cell in ways[0][3]):
        raise Faults([Fault(code="register.no_headings", file=path.name)])
    if len(ways) > 1 and ways[0][:2] == ways[1][:2] and ways[0][1] > 1:
        raise Faults([Fault(code="register.delimiter", file=path.name)])
    return ways[0][2], ways[0][3]
