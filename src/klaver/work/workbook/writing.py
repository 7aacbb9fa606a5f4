"""Write a workplace as a workbook that a person can fill in: drop-downs, explanations, one language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import xlsxwriter

from klaver.language import Language, tell
from klaver.work.records import Workplace
from klaver.work.workbook.cells import show
from klaver.work.workbook.layout import YES_NO, Column, Sheet, sheets
from klaver.work.workbook.rows import Rows, to_rows

SPARE_ROWS = 300
"""Rows below the last one that also get drop-downs."""


def write_workbook(place: Workplace, path: Path, lang: Language) -> None:
    """Write a workplace to ``path``; the old file stays until the new one is whole."""
    _write(to_rows(place), path, lang)


def write_template(path: Path, lang: Language, *, with_examples: bool = True) -> None:
    """Write an empty workbook, with example rows when asked."""
    _write(_examples(lang) if with_examples else {}, path, lang)


def _write(rows: Rows, path: Path, lang: Language) -> None:
    beside = path.with_name(path.name + ".part")
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(beside), options)
    try:
        styles = {
            "head": book.add_format(
                {"bold": True, "bg_color": "#DCEBE3", "border": 1, "text_wrap": True, "valign": "top"}
            ),
            "must": book.add_format(
                {"bold": True, "bg_color": "#B7D8C6", "border": 1, "text_wrap": True, "valign": "top"}
            ),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "title": book.add_format({"bold": True, "font_size": 14}),
        }
        _read_me(book, styles, lang)
        for sheet in sheets():
            _sheet(book, styles, sheet, rows.get(sheet.key, []), lang)
    finally:
        book.close()
    beside.replace(path)


def _read_me(book: Any, styles: dict[str, Any], lang: Language) -> None:
    page = book.add_worksheet(tell("workbook.read_me", lang))
    page.set_column(0, 0, 100, styles["text"])
    page.write_string(0, 0, tell("workbook.title", lang), styles["title"])
    for line in range(1, 9):
        page.write_string(line, 0, tell(f"workbook.help_{line}", lang), styles["text"])


def _sheet(book: Any, styles: dict[str, Any], sheet: Sheet, rows: list[dict[str, Any]], lang: Language) -> None:
    page = book.add_worksheet(sheet.name(lang))
    page.freeze_panes(1, 2 if sheet.key in ("tasks", "demands") else 0)
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width, styles["text"])
        page.write_string(0, number, column.heading(lang), styles["must" if column.required else "head"])
        if column.help_in(lang):
            page.write_comment(0, number, column.help_in(lang), {"x_scale": 1.6, "author": "Klaver"})
        _choices(page, number, column, len(rows), lang)
        for at, row in enumerate(rows, 1):
            value = show(column, row.get(column.field), lang)
            if isinstance(value, int):
                page.write_number(at, number, value)
            elif value is not None:
                page.write_string(at, number, value)


def _choices(page: Any, number: int, column: Column, rows: int, lang: Language) -> None:
    allowed = column.choices or (YES_NO[lang] if column.kind == "bool" else ())
    if column.kind == "level":
        allowed = ("0", "1", "2", "3", "4")
    if allowed:
        rule = {"validate": "list", "source": list(allowed), "error_type": "warning"}
        page.data_validation(1, number, rows + SPARE_ROWS, number, rule)


def _examples(lang: Language) -> Rows:
    from klaver.work.workbook.sample import sample

    return to_rows(sample(lang))
