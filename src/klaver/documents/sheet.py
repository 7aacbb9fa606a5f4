"""A paper's tables as a workbook: figures are numbers, and a text that looks like a formula stays text."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from klaver.documents.blocks import Block, Cell, Paper

HEAD = 2
"""The row of the column heads; above it the sheet says what it is, and that it is a sketch."""

LONGEST = 32_000
"""A cell of a workbook holds hardly more signs than this."""


def write_sheet(paper: Paper, path: Path, stamp: str) -> None:
    """Write the tables of a paper: those of one kind on one sheet, each row led by its keys.

    ``stamp`` is the paper's ISO date, so that the same paper gives the same bytes.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    groups: dict[tuple[str, tuple[str, ...]], list[Block]] = {}
    for block in paper.blocks:
        if block.kind == "table":
            groups.setdefault((block.sheet, block.headers), []).append(block)
    with xlsxwriter.Workbook(str(path), options) as book:
        made = datetime.fromisoformat(f"{stamp}T00:00:00")
        book.set_properties({"title": paper.title, "comments": paper.banner, "created": made})
        forms = _Forms(book)
        for number, ((name, _), tables) in enumerate(groups.items(), 1):
            _fill(book.add_worksheet(sheet_name(name, number)), paper, name, tables, forms)


def sheet_name(name: str, number: int) -> str:
    """Return a name that a workbook allows: numbered, at most 31 signs, without the signs it refuses."""
    allowed = re.sub(r"[][:*?/\\]", " ", name)
    return f"{number} {allowed}"[:31].strip().strip("'")


class _Forms:
    """The formats of a workbook, one per unit and number of decimals."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[str, Any] = {}
        self.title = book.add_format({"bold": True, "font_size": 13})
        self.banner = book.add_format({"bold": True, "font_color": "#7A2E0A"})
        self.head = book.add_format(
            {"bold": True, "bg_color": "#DCEBE3", "text_wrap": True, "border": 1, "valign": "top"}
        )
        self.words = book.add_format({"text_wrap": True, "valign": "top"})

    def figure(self, cell: Cell) -> Any:
        """Return the format of a figure: its decimals, and its unit as text behind the number."""
        digits = "0." + "0" * cell.decimals if cell.decimals else "0"
        unit = cell.unit.replace('"', "")
        form = f'{digits}" {unit}"' if unit else digits
        if form not in self._made:
            self._made[form] = self._book.add_format({"num_format": form, "valign": "top"})
        return self._made[form]


def _fill(page: Any, paper: Paper, name: str, tables: list[Block], forms: _Forms) -> None:
    keys = [key for key, _ in tables[0].keys]
    heads = [*keys, *tables[0].headers]
    rows = [[*(Cell(text=v) for _, v in t.keys), *row] for t in tables for row in t.rows]
    page.write_string(0, 0, f"{name} \N{MIDDLE DOT} {paper.title}", forms.title)
    page.write_string(1, 0, paper.banner, forms.banner)
    for column, head in enumerate(heads):
        widest = max((len(r[column].whole) for r in rows), default=8)
        page.set_column(column, column, min(60, max(9, widest + 2, len(head) + 2)))
        page.write_string(HEAD, column, head, forms.head)
    for at, row in enumerate(rows, HEAD + 1):
        for column, cell in enumerate(row):
            if cell.value is None:
                page.write_string(at, column, cell.whole[:LONGEST], forms.words)
            else:
                page.write_number(at, column, cell.value, forms.figure(cell))
    page.freeze_panes(HEAD + 1, 0)
    page.autofilter(HEAD, 0, HEAD + len(rows), len(heads) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, HEAD)
