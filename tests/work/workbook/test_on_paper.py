"""The workbook as it is seen and printed: no text hidden behind a row too low, headings on every page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from klaver.language import LANGUAGES, Language
from klaver.work.starters import start
from klaver.work.workbook import write_workbook
from klaver.work.workbook.layout import sheet, sheets

POINTS = 15


def book(folder: Path, lang: Language) -> Any:
    write_workbook(start("nursing-home", {}, lang), folder / "w.xlsx", lang)
    return openpyxl.load_workbook(folder / "w.xlsx")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_row_is_high_enough_for_its_longest_text(lang: Language, tmp_path: Path) -> None:
    pages = book(tmp_path, lang).worksheets[1:]
    for page, told in zip(pages, sheets(), strict=True):
        for row in page.iter_rows():
            room = (page.row_dimensions[row[0].row].height or POINTS) / POINTS
            for cell, column in zip(row, told.columns, strict=False):
                assert len(str(cell.value or "")) <= room * column.width, (page.title, cell.coordinate)


def test_a_row_of_short_texts_keeps_the_usual_height(tmp_path: Path) -> None:
    page = book(tmp_path, "nl")[sheet("walks").name("nl")]
    assert {page.row_dimensions[row].height for row in range(2, 11)} <= {None, POINTS}


def test_every_printed_page_repeats_the_headings_and_the_tasks_their_names(tmp_path: Path) -> None:
    made = book(tmp_path, "nl")
    for page in made.worksheets[1:]:
        assert page.print_title_rows == "$1:$1"
        assert page.page_setup.orientation == "landscape"
    tasks = made[sheet("tasks").name("nl")]
    assert tasks.print_title_cols == "$A:$B"
    assert int(tasks.page_setup.fitToWidth) == 4
