"""Mistakes as they are read on the screen: a few in full, many by sheet and kind, and none left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.work.workbook.changing import Change, changed, put
from typer.testing import CliRunner

from klaver.cli.main import app
from klaver.cli.mistakes import IN_FULL, spans, told
from klaver.language import LANGUAGES, Language, tell_fault
from klaver.values import Fault
from klaver.work.starters import start


def whole(row: int, given: str, sheet: str = "Taken", column: str = "Minuten") -> Fault:
    return Fault(code="workbook.whole", values={"given": given}, file="w.xlsx", sheet=sheet, row=row, column=column)


def rows_in(line: str) -> set[int]:
    """Return the rows that a line names."""
    found = re.search(r"(?:rij|rijen) ([\d, -]+):", line)
    made: set[int] = set()
    for part in (found[1] if found else "").split(", "):
        first, _, last = part.partition("-")
        made |= set(range(int(first), int(last or first) + 1))
    return made


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_few_mistakes_each_have_a_line_with_their_whole_place(lang: Language) -> None:
    faults = [whole(r, "x") for r in range(2, 2 + IN_FULL)]
    assert told(faults, lang) == [tell_fault(f, lang) for f in faults]


def test_the_same_mistake_down_a_column_is_told_once_with_its_rows() -> None:
    faults = [whole(r, "twintig") for r in (*range(2, 20), 40)]
    head, line = told(faults, "nl")
    assert "Taken" in head and "19" in head
    assert "rijen 2-19, 40" in line and "twintig" in line


def test_two_hundred_mistakes_fit_on_a_screen_and_every_row_is_named() -> None:
    faults = [whole(r, f"{r} min") for r in range(2, 202)] + [whole(r, "y", "Plaatsen", "35") for r in range(2, 9)]
    lines = told(faults, "nl")
    assert len(lines) <= 25
    minutes = [line for line in lines if "kolom Minuten" in line]
    assert set().union(*map(rows_in, minutes)) == set(range(2, 202))
    places = [line for line in lines if "kolom 35" in line]
    assert set().union(*map(rows_in, places)) == set(range(2, 9))


def test_a_mistake_of_the_whole_sheet_or_file_has_no_row_but_is_told() -> None:
    lost = Fault(code="workbook.no_sheet", values={"sheet": "Taken"}, file="w.xlsx")
    empty = Fault(code="workbook.empty_sheet", file="w.xlsx", sheet="Taken")
    lines = told([lost, empty, *(whole(r, "x") for r in range(2, 20))], "nl")
    assert lines[0] == tell_fault(lost, "nl")
    assert lines[2].strip() == tell_fault(empty, "nl").partition(": ")[2]


def test_rows_are_written_as_spans() -> None:
    assert spans([5, 2, 3, 4, 9, 9]) == "2-5, 9"
    assert spans([7]) == "7"


def test_check_names_what_is_not_known_by_sheet_in_the_words_of_the_workbook(tmp_path: Path) -> None:
    minutes = ("Minutes", "Minutes low", "Minutes high")
    blank: tuple[Change, ...] = tuple(put("Tasks", name, None, row) for name in minutes for row in range(2, 14))
    place = start("nursing-home", {}, "en")
    path = changed(tmp_path / "w.xlsx", *blank, put("Demands", "26", None), place=place)
    result = CliRunner().invoke(app, ["check", str(path), "--lang", "nl"])
    assert result.exit_code == 0
    assert "minuten: 12 van de 64 taken (T01, T02, T03, T04, T05, T06, T07, T08 ...)" in result.output
    assert "taakeisen: 1 van de 64 taken (T01)" in result.output
    lines = [line.strip() for line in result.output.splitlines()]
    assert [line for line in lines if line.startswith("blad ")] == ["blad Taken", "blad Taakeisen"]
