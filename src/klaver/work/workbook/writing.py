"""Write a workplace as a workbook that a person can fill in: drop-downs, explanations, one language."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import xlsxwriter

from klaver.language import Language, tell
from klaver.language.weekdays import offered
from klaver.scale.dimensions import dimension
from klaver.work.records import Workplace
from klaver.work.rows import Rows, to_rows
from klaver.work.workbook.beside import beside
from klaver.work.workbook.cells import show
from klaver.work.workbook.layout import YES_NO, Column, Sheet, sheets

SPARE_ROWS = 300
"""Rows below the last one that also get drop-downs."""

HELP_LINES = 11
A4 = 9
"""The number of this paper in a spreadsheet."""

PAGES_WIDE = 4
"""The sheet of tasks is printed over so many pages side by side, each with the code and the name at the left."""

LONGEST_LIST = 255
"""Characters that a spreadsheet allows in a drop-down written into the sheet."""


LINE = 15
"""Points of one line; a spreadsheet that does not fit rows to their text by itself is helped with a height."""

MOST_LINES = 12


def write_workbook(place: Workplace, path: Path, lang: Language) -> None:
    """Write a workplace to ``path``; the old file stays until the new one is whole."""
    _write(to_rows(place), path, lang)


def write_template(path: Path, lang: Language, *, with_examples: bool = True) -> None:
    """Write an empty workbook, with example rows when asked."""
    _write(_examples(lang) if with_examples else {}, path, lang)


def _write(rows: Rows, path: Path, lang: Language) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with beside(path) as part:
        book = xlsxwriter.Workbook(str(part), options)
        try:
            styles = {name: book.add_format(look) for name, look in _LOOKS.items()}
            _read_me(book, styles, lang)
            for sheet in sheets():
                _sheet(book, styles, sheet, rows.get(sheet.key, []), lang)
        finally:
            book.close()


_HEAD = {"bold": True, "border": 1, "text_wrap": True, "valign": "top"}
_LOOKS: dict[str, dict[str, Any]] = {
    "head": {**_HEAD, "bg_color": "#DCEBE3"},
    "must": {**_HEAD, "bg_color": "#B7D8C6"},
    "cell": {"text_wrap": True, "valign": "top"},
    "text": {"text_wrap": True, "valign": "top", "num_format": "@"},
    "title": {"bold": True, "font_size": 14},
}
"""How cells look. Words and codes are kept as text, so that a spreadsheet does not make a date of "1-2"."""

_WORDS = ("text", "id", "doers", "pattern", "days", "field")


def _read_me(book: Any, styles: dict[str, Any], lang: Language) -> None:
    page = book.add_worksheet(tell("workbook.read_me", lang))
    page.set_column(0, 0, 100, styles["text"])
    page.write_string(0, 0, tell("workbook.title", lang), styles["title"])
    page.set_landscape()
    for line in range(1, HELP_LINES + 1):
        told = tell(f"workbook.help_{line}", lang)
        _fit(page, line, [(told, 100)])
        page.write_string(line, 0, told, styles["text"])


def _sheet(book: Any, styles: dict[str, Any], sheet: Sheet, rows: list[dict[str, Any]], lang: Language) -> None:
    page = book.add_worksheet(sheet.name(lang))
    page.freeze_panes(1, 2 if sheet.key in ("tasks", "demands") else 0)
    _printing(page, sheet)
    _fit(page, 0, [(c.heading(lang), c.width * 0.85) for c in sheet.columns])  # bold letters are wider
    for at, row in enumerate(rows, 1):
        _fit(page, at, [(show(c, row.get(c.field), lang), c.width) for c in sheet.columns])
    for number, column in enumerate(sheet.columns):
        wordy = column.kind in _WORDS or bool(column.choices)
        page.set_column(number, number, column.width, styles["text" if wordy else "cell"])
        page.write_string(0, number, column.heading(lang), styles["must" if column.required else "head"])
        told = explanation(column, lang)
        if told:
            page.write_comment(0, number, told, {"x_scale": 2, "y_scale": 1 + len(told) / 160, "author": "Klaver"})
        _choices(page, number, column, len(rows), lang)
        for at, row in enumerate(rows, 1):
            value = show(column, row.get(column.field), lang)
            if isinstance(value, int):
                page.write_number(at, number, value)
            elif value is not None:
                page.write_string(at, number, value)


def _printing(page: Any, sheet: Sheet) -> None:
    """Set up the printed page: headings on each, a wide sheet over several with its codes and names at the left."""
    page.set_landscape()
    page.set_paper(A4)
    page.repeat_rows(0)
    page.fit_to_pages(PAGES_WIDE if sheet.key == "tasks" else 1, 0)
    if sheet.key == "tasks":
        page.repeat_columns(0, 1)


def _fit(page: Any, row: int, cells: Iterable[tuple[object, float]]) -> None:
    """Make a row as high as its longest text needs; a row of one line keeps the height of the sheet."""
    lines = max(_lines_of(value, width) for value, width in cells)
    if lines > 1:
        page.set_row(row, LINE * min(lines, MOST_LINES))


def _lines_of(value: object, width: float) -> int:
    """Return the lines that a text takes in a column of so many letters; only a word that is too long is broken."""
    lines = 0
    for part in str("" if value is None else value).split("\n"):
        lines, used = lines + 1, 0
        for word in part.split():
            if used and used + 1 + len(word) > width:
                lines, used = lines + 1, 0
            used += len(word) + bool(used)
            while used > width:
                lines, used = lines + 1, used - int(width)
    return lines


def explanation(column: Column, lang: Language) -> str:
    """Return what the heading's note says: the help, and for a dimension what each level means."""
    name, _, number = column.field.partition("_")
    if name != "demand" or not number.isdecimal():
        return column.help_in(lang)
    anchors = dimension(int(number)).anchors[lang]
    return "\n".join([column.help_in(lang), *(f"{level} = {said}" for level, said in enumerate(anchors))])


def _choices(page: Any, number: int, column: Column, rows: int, lang: Language) -> None:
    offer = {"bool": YES_NO[lang], "level": tuple("01234"), "pattern": offered(lang)}
    allowed = column.words(lang) or offer.get(column.kind, ())
    if allowed and len(",".join(allowed)) <= LONGEST_LIST:
        rule = {"validate": "list", "source": list(allowed), "error_type": "warning"}
        page.data_validation(1, number, rows + SPARE_ROWS, number, rule)


def _examples(lang: Language) -> Rows:
    from klaver.work.workbook.sample import sample

    return to_rows(sample(lang))
