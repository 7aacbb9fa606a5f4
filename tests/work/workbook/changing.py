"""Change a good workbook the way people break one: a cell, a heading, a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import openpyxl

from klaver.work.records import Workplace
from klaver.work.workbook import write_workplace
from klaver.work.workbook.sample import sample

Change = Callable[[Any], None]


def cell(book: Any, sheet: str, heading: str, row: int = 2) -> Any:
    """Return the cell under a heading; a dimension is named by its number."""
    page = book[sheet]
    names = [str(c.value) for c in page[1]]
    wanted = next(n for n in names if (n.split()[0] if heading.isdecimal() else n) == heading)
    return page.cell(row, names.index(wanted) + 1)


def put(sheet: str, heading: str, value: object, row: int = 2) -> Change:
    """Write a value into a cell."""

    def change(book: Any) -> None:
        cell(book, sheet, heading, row).value = value

    return change


def rows(sheet: str, *lines: Iterable[object]) -> Change:
    """Write whole rows below the headings of a sheet."""

    def change(book: Any) -> None:
        for number, line in enumerate(lines, 2):
            for column, value in enumerate(line, 1):
                book[sheet].cell(number, column).value = value

    return change


def renamed(sheet: str, title: str) -> Change:
    """Give a sheet another name."""

    def change(book: Any) -> None:
        book[sheet].title = title

    return change


def changed(path: Path, *changes: Change, place: Workplace | None = None) -> Path:
    """Write a good workbook in English to ``path``, then change it."""
    write_workplace(place or sample("en"), path, "en")
    book = openpyxl.load_workbook(path)
    for change in changes:
        change(book)
    book.save(path)
    return path
