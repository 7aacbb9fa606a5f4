"""The sheets of a workbook as rows of values: found by name and heading, never by position; every bad cell told."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from klaver.language import LANGUAGES, Language, tell
from klaver.values import Fault
from klaver.work.rows import Row
from klaver.work.workbook.cells import BadCell, parse, shorten
from klaver.work.workbook.layout import Column, Sheet, sheets

NEEDED = ("workplace", "tasks")
OWN = "#"
"""A sheet or column whose name begins so is the user's own and is passed over."""

HEAD_ROWS = 5
"""The headings stand in one of the first rows; above them may stand a title."""


@dataclass
class Page:
    """One sheet as it stands in the file: its title, the heading of each field, and its rows by row number."""

    title: str
    headings: dict[str, str] = field(default_factory=dict)
    lines: list[tuple[int, Row]] = field(default_factory=list)
    bad: set[tuple[int, str]] = field(default_factory=set)


@dataclass
class Book:
    """All sheets of one file, and the mistakes found in its cells so far."""

    file: str
    lang: Language = "nl"
    pages: dict[str, Page] = field(default_factory=dict)
    wrong: list[Fault] = field(default_factory=list)
    unknown: bool = False

    def fault(self, code: str, key: str, row: int | None, name: str | None, /, **values: str | int) -> None:
        """Keep a mistake at a cell, named as the file names it; ``name`` is the field."""
        page = self.pages.get(key)
        column = page.headings.get(name or "", name) if page else name
        place = {"sheet": page.title if page else key, "row": row, "column": column}
        self.wrong.append(Fault(code=code, values=values, file=self.file, **place))  # type: ignore[arg-type]

    def absent(self) -> set[str]:
        """Return the sheets that are empty, stand there under a name that was not understood, or have no codes."""
        lost = {s.key for s in sheets() if s.key not in self.pages and self.unknown}
        lost |= {key for key in NEEDED if key not in self.pages or not self.pages[key].lines}
        codeless = {s.key for s in sheets() for c in s.columns if c.field == "id" and self._lacks(s.key, c.field)}
        return lost | codeless

    def _lacks(self, key: str, name: str) -> bool:
        return key in self.pages and name not in self.pages[key].headings


def read_pages(book: Any, file: str) -> Book:
    """Return every known sheet with its values and every mistake in sheets, headings and cells."""
    known = {name.casefold(): s for s in sheets() for name in s.names}
    read_me = {tell("workbook.read_me", lang).casefold() for lang in LANGUAGES}
    titles = {page.title.strip().casefold() for page in book.worksheets}
    made = Book(file, max(LANGUAGES, key=lambda lang: sum(s.name(lang).casefold() in titles for s in sheets())))
    for page in book.worksheets:
        page.reset_dimensions()
        name = page.title.strip().casefold()
        sheet = known.get(name)
        if sheet is None:
            if name not in read_me and not name.startswith(OWN) and any(_filled(r) for r in page.iter_rows()):
                made.unknown = True
                close = difflib.get_close_matches(name, list(known), 1)
                values: dict[str, str | int] = {"given": page.title, "close": _named(close, known)}
                made.wrong.append(Fault(code="workbook.unknown_sheet", values=values, file=file, sheet=page.title))
        elif sheet.key in made.pages:
            values = {"given": made.pages[sheet.key].title}
            made.wrong.append(Fault(code="workbook.sheet_twice", values=values, file=file, sheet=page.title))
        else:
            made.pages[sheet.key] = Page(page.title)
            _fill(made, sheet, list(page.iter_rows()))
    _missing(made)
    return made


def _missing(book: Book) -> None:
    for sheet in sheets():
        if sheet.key not in book.pages:
            if sheet.key in NEEDED:
                book.wrong.append(
                    Fault(code="workbook.no_sheet", values={"sheet": sheet.name(book.lang)}, file=book.file)
                )
            continue
        page = book.pages[sheet.key]
        if not page.lines and sheet.key in NEEDED:
            book.fault("workbook.empty_sheet", sheet.key, None, None)
        if sheet.key in ("workplace", "wishes"):
            for number, _ in page.lines[1:]:
                book.fault("workbook.one_row", sheet.key, number, None)


def _named(close: list[str], known: dict[str, Sheet]) -> str:
    return next((n for s in known.values() for n in s.names if close and n.casefold() == close[0]), "-")


def _fill(book: Book, sheet: Sheet, lines: Sequence[Sequence[Any]]) -> None:
    page = book.pages[sheet.key]
    by_heading = sheet.by_heading(book.lang)
    counts = [sum(_text(c.value).casefold() in by_heading for c in line) for line in lines[:HEAD_ROWS]]
    if not any(counts):
        if any(_filled(line) for line in lines):
            book.fault("workbook.no_headings", sheet.key, 1, None)
        return
    head = counts.index(max(counts))
    columns = _columns(book, sheet, lines[head], head + 1, by_heading)
    absent = [c for c in sheet.columns if c.required and c.field not in page.headings]
    if any(_filled(line) for line in lines[head + 1 :]):
        for column in absent:
            book.fault("workbook.no_column", sheet.key, head + 1, None, column=column.heading(book.lang))
    for number, line in enumerate(lines[head + 1 :], head + 2):
        if _filled(line):
            page.lines.append((number, _row(book, sheet.key, number, line, columns)))


def _columns(
    book: Book, sheet: Sheet, heads: Sequence[Any], row: int, by_heading: dict[str, Column]
) -> dict[int, Column | None]:
    """Return the column at each position; ``None`` for a column of the user's own."""
    page, columns = book.pages[sheet.key], dict[int, Column | None]()
    for at, cell in enumerate(heads):
        heading = _text(cell.value)
        column = by_heading.get(heading.casefold())
        if column is not None and column.field in page.headings:
            values: dict[str, str | int] = {"given": heading}
            book.fault("workbook.column_twice", sheet.key, row, heading, **values)
        elif column is not None:
            columns[at], page.headings[column.field] = column, heading
        elif heading.startswith(OWN):
            columns[at] = None
        elif heading:
            columns[at] = None
            close = difflib.get_close_matches(heading.casefold(), list(by_heading), 1)
            near = by_heading[close[0]].heading(book.lang) if close else "-"
            book.fault("workbook.unknown_column", sheet.key, row, heading, given=shorten(heading), close=near)
    return columns


def _row(book: Book, key: str, number: int, line: Sequence[Any], columns: dict[int, Column | None]) -> Row:
    page, row = book.pages[key], dict[str, Any]()
    for at, cell in enumerate(line):
        column = columns.get(at)
        if column is None:
            if at not in columns and _text(cell.value):
                letter = get_column_letter(at + 1)
                book.fault("workbook.no_heading", key, number, letter, given=shorten(cell.value))
            continue
        try:
            row[column.field] = _value(column, cell)
        except BadCell as bad:
            row[column.field] = None
            page.bad.add((number, column.field))
            book.fault(bad.code, key, number, column.field, **bad.values)
    for column in filter(None, columns.values()):
        if column.required and row.get(column.field) is None and (number, column.field) not in page.bad:
            page.bad.add((number, column.field))
            book.fault("workbook.required", key, number, column.field)
    return row


def _value(column: Column, cell: Any) -> Any:
    value = cell.value
    if getattr(cell, "data_type", "n") == "f":
        raise BadCell("workbook.formula", given=shorten(getattr(value, "text", value)))
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in (cell.number_format or ""):
        value = round(value * 100, 6)  # 80 % is kept as 0.8
    return parse(column, value)


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _filled(line: Iterable[Any]) -> bool:
    return any(_text(cell.value) for cell in line)
