"""A paper's tables as a workbook; a text that looks like a formula stays text."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from klaver.documents.blocks import Paper


def write_sheet(paper: Paper, path: Path) -> None:
    """Write every table of a paper on a sheet of its own, in order."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        head = book.add_format({"bold": True, "bg_color": "#DCEBE3", "text_wrap": True, "border": 1})
        cell = book.add_format({"text_wrap": True, "valign": "top"})
        trail: list[str] = []
        for number, block in enumerate(paper.blocks):
            if block.kind == "heading":
                trail = [*trail[: block.level - 1], block.text]
            if block.kind != "table":
                continue
            page = book.add_worksheet(f"{number}")
            page.write_string(0, 0, " · ".join([paper.banner or paper.title, *trail, block.text]))
            for column, text in enumerate(block.headers):
                widest = max((len(r[column]) for r in block.rows), default=8)
                page.set_column(column, column, min(60, max(10, widest)), cell)
                page.write_string(2, column, text, head)
            for at, row in enumerate(block.rows, 3):
                for column, text in enumerate(row):
                    page.write_string(at, column, text, cell)
            page.freeze_panes(3, 0)
