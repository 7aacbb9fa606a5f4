"""A document as blocks, told once; every format renders the same blocks and the same figures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BeforeValidator

from klaver.values import Record


def plain(words: object) -> object:
    """Return words on one line: no line breaks, no control signs, no signs that turn the reading direction around."""
    if not isinstance(words, str):
        return words
    kept = (" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in words if c not in _TURNS)
    return re.sub(" +", " ", "".join(kept)).strip(" ")


_TURNS = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0xFEFF, 0xFFFE, 0xFFFF)))

Line = Annotated[str, BeforeValidator(plain)]
"""Text for a reader, on one line, whatever a user wrote."""


class Cell(Record):
    """One cell of a table: words, or a figure with its unit that a workbook keeps as a number.

    ``lead`` are the words that must be seen first; ``strong`` marks a figure that stands out.
    """

    text: Line
    lead: Line = ""
    value: float | None = None
    unit: str = ""
    decimals: int = 0
    strong: bool = False

    @property
    def whole(self) -> str:
        """All words of the cell on one line."""
        return f"{self.lead}: {self.text}" if self.lead and self.text else self.lead or self.text


class Bar(Record):
    """A stretch of a day in a picture: where it starts and how wide it is, in thousandths of the width."""

    start: int
    width: int
    label: Line = ""
    kind: Literal["work", "shared", "pause", "present"]
    shade: int = 0


class Lane(Record):
    """One day in a picture: its name, its hours, and its stretches of time."""

    name: Line
    hours: Line
    bars: tuple[Bar, ...]


class Week(Record):
    """A week against the clock; ``alt`` tells in words what the picture shows."""

    alt: Line
    ticks: tuple[tuple[int, str], ...]
    lanes: tuple[Lane, ...]
    legend: tuple[tuple[int, Line], ...]
    marks: tuple[tuple[Literal["shared", "pause", "present"], Line], ...]


class Block(Record):
    """One part of a document.

    ``page`` starts a new page, ``contents`` lists the chapters, ``column`` starts the next column of a card, ``write``
    leaves room to write by hand. ``cards`` are to be cut out: each row is one, ``items`` are its stickers, ``headers``
    the places it can go to. ``sheet`` and ``keys`` say where a table stands in a workbook: tables of one sheet
    follow each other, each row led by its keys. ``widths`` are relative.
    """

    kind: Literal["heading", "text", "strong", "list", "table", "week", "page", "contents", "column", "write", "cards"]
    text: Line = ""
    level: int = 1
    items: tuple[Line, ...] = ()
    headers: tuple[Line, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    widths: tuple[int, ...] = ()
    sheet: Line = ""
    keys: tuple[tuple[Line, Line], ...] = ()
    week: Week | None = None

    @property
    def figures(self) -> frozenset[int]:
        """The columns that hold figures: they and their heads stand to the right."""
        return frozenset(i for row in self.rows for i, cell in enumerate(row) if cell.value is not None)


class Paper(Record):
    """A whole document in one language; ``banner`` stands on every page (sketch, synthetic example).

    The parts of an ``interview`` (on its side) and of a ``page`` (upright) are each one page, in letters that fit.
    """

    form: Literal["report", "card", "interview", "wall", "page"]
    title: Line
    lang: Literal["nl", "fr", "en"]
    banner: Line
    blocks: tuple[Block, ...]


def heading(text: str, level: int = 1) -> Block:
    """Return a heading; levels follow each other without a gap."""
    return Block(kind="heading", text=text, level=level)


def text(words: str) -> Block:
    """Return a paragraph."""
    return Block(kind="text", text=words)


def strong(*lines: str) -> Block:
    """Return lines that must be seen first."""
    return Block(kind="strong", items=lines)


def bullets(items: Sequence[str]) -> Block:
    """Return a list."""
    return Block(kind="list", items=tuple(items))


def write(words: str, lines: int) -> Block:
    """Return room of some lines to write by hand, with words above it."""
    return Block(kind="write", text=words, level=lines)


def contents(words: str) -> Block:
    """Return the list of chapters under a heading of its own."""
    return Block(kind="contents", text=words)


def table(
    caption: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[str | Cell]],
    *,
    widths: Sequence[int],
    sheet: str,
    keys: Sequence[tuple[str, str]] = (),
) -> Block:
    """Return a table with its caption and a header row; a workbook puts it on the sheet with this name."""
    cells = tuple(tuple(c if isinstance(c, Cell) else Cell(text=c) for c in row) for row in rows)
    return Block(
        kind="table",
        text=caption,
        headers=tuple(headers),
        rows=cells,
        widths=tuple(widths),
        sheet=sheet,
        keys=tuple(keys),
    )


PAGE = Block(kind="page")
COLUMN = Block(kind="column")
