"""Workbooks as they come back from people: saved by another program, reordered, titled, with notes of their own."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.work.workbook.changing import Change, cell, changed, put, renamed

from klaver.language import LANGUAGES, Language
from klaver.language.spelling import plain
from klaver.values import Faults
from klaver.work.records import Task
from klaver.work.workbook import read_workbook, write_workplace
from klaver.work.workbook.layout import CHOICES, choice_codes, sheets, word
from klaver.work.workbook.sample import sample
from klaver.work.workbook.writing import HELP_LINES, explanation

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")
HERE = Path(__file__).parent


def test_a_workbook_saved_by_libreoffice_says_the_same() -> None:
    """Times are time cells, a percent is text, a number is text; a title, an own sheet, a hidden and a moved one."""
    assert read_workbook(HERE / "saved-by-libreoffice.xlsx") == sample("en")


def reversed_columns(sheet: str) -> Change:
    def change(book: Any) -> None:
        page = book[sheet]
        lines = [[c.value for c in line] for line in page.iter_rows()]
        page.delete_rows(1, page.max_row)
        for line in lines:
            page.append(line[::-1])

    return change


def titled(sheet: str) -> Change:
    def change(book: Any) -> None:
        page = book[sheet]
        page.insert_rows(1, 3)
        page["A1"] = "My ward, autumn"
        page.merge_cells("A1:F2")

    return change


def own(book: Any) -> None:
    notes = book.create_sheet("# notes", 0)
    notes["A1"], notes["A2"] = "ask the head nurse", "=1+1"
    book.create_sheet("Sheet9")
    page = book["Tasks"]
    for row, value in enumerate(("#checked", "yes", "=A1"), 1):
        page.cell(row, page.max_column if row > 1 else page.max_column + 1).value = value


def hidden(book: Any) -> None:
    book["Roles"].sheet_state = "hidden"
    book["Tasks"].column_dimensions["C"].hidden = True
    book["Tasks"].row_dimensions[2].hidden = True


def spaced(book: Any) -> None:
    book["Roles"].title = " Roles "
    for text, heading in (("T1 ", "Code"), ("  make the beds", "Task"), (" 60", "Minutes"), ("FREE ", "Legal status")):
        cell(book, "Tasks", heading).value = text


def percents(book: Any) -> None:
    book["Seasons"].append(("s", "Summer", 9))
    book["Work by season"].append(("s", "family", "linen", 0.8))
    book["Work by season"]["D2"].number_format = "0%"


@pytest.mark.parametrize(
    "change", [reversed_columns("Tasks"), reversed_columns("Demands"), titled("Tasks"), own, hidden, spaced]
)
def test_what_people_do_to_a_workbook_does_not_change_what_it_says(tmp_path: Path, change: Change) -> None:
    assert read_workbook(changed(tmp_path / "ward.xlsx", change)) == sample("en")


def test_a_percent_cell_is_read_as_the_percent_that_it_shows(tmp_path: Path) -> None:
    place = read_workbook(changed(tmp_path / "ward.xlsx", percents))
    assert place.scenarios[0].families == {"linen": 80}


def test_another_ending_does_not_matter_when_the_file_is_a_workbook(tmp_path: Path) -> None:
    path = changed(tmp_path / "ward.xlsx", renamed("Read me", "Explications"))
    assert read_workbook(path.rename(tmp_path / "ward.xls")) == sample("en")


def test_the_words_of_the_three_languages_and_the_codes_may_stand_side_by_side(tmp_path: Path) -> None:
    for said in ("vrij", "libre", "free"):
        path = changed(tmp_path / "ward.xlsx", put("Tasks", "Legal status", said))
        assert read_workbook(path) == sample("en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_cells_speak_the_language_of_the_workbook_and_offer_its_words(tmp_path: Path, lang: Language) -> None:
    path = tmp_path / "ward.xlsx"
    write_workplace(sample(lang), path, lang)
    book = openpyxl.load_workbook(path)
    tasks = next(s for s in sheets() if s.key == "tasks")
    page = book[tasks.name(lang)]
    heads = [c.value for c in page[1]]
    row = dict(zip(heads, [c.value for c in page[2]], strict=True))
    by_field = {c.field: c.heading(lang) for c in tasks.columns}
    assert row[by_field["legal"]] == {"nl": "vrij", "fr": "libre", "en": "free"}[lang]
    assert row[by_field["pattern"]] == {"nl": "elke dag", "fr": "chaque jour", "en": "every day"}[lang]
    assert row[by_field["source_kind"]] == {"nl": "aangenomen", "fr": "supposé", "en": "assumed"}[lang]
    offered = {str(v.formula1).strip('"').split(",")[0] for v in page.data_validations.dataValidation}
    assert {word("legal", "free", lang), word("posture", "standing", lang)} <= offered
    assert {"nl": "elke dag", "fr": "chaque jour", "en": "every day"}[lang] in offered
    page = book.worksheets[0]
    assert page.max_row == HELP_LINES + 1


@pytest.mark.parametrize("kind", CHOICES)
def test_no_word_means_two_things_in_one_column(kind: str) -> None:
    for code in CHOICES[kind]:
        for lang in LANGUAGES:
            assert choice_codes(f"choice:{kind}")[plain(word(kind, code, lang))] == code
        assert choice_codes(f"choice:{kind}")[plain(code)] == code


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_heading_means_two_columns_in_one_language(lang: Language) -> None:
    for sheet in sheets():
        headings = [c.heading(lang).casefold() for c in sheet.columns]
        assert len(set(headings)) == len(headings), sheet.key
        assert all(c.heading(lang) == c.heading(lang).strip() for c in sheet.columns)


def test_the_heading_of_a_dimension_says_what_each_level_means() -> None:
    column = next(c for s in sheets() if s.key == "demands" for c in s.columns if c.field == "demand_26")
    for lang in LANGUAGES:
        assert [line[:4] for line in explanation(column, lang).splitlines()[1:]] == [f"{n} = " for n in range(5)]


@pytest.mark.slow
def test_ten_thousand_rows_are_read_or_refused_within_a_minute(tmp_path: Path) -> None:
    base = sample("en")
    tasks = tuple(base.tasks[0].model_copy(update={"id": f"T{n}"}) for n in range(10_000))
    path = tmp_path / "ward.xlsx"
    write_workplace(base.model_copy(update={"tasks": tasks}), path, "en")
    before = time.process_time()
    assert len(read_workbook(path).tasks) == 10_000
    assert time.process_time() - before < 60


def test_rows_without_anything_in_them_are_no_tasks(tmp_path: Path) -> None:
    path = changed(tmp_path / "ward.xlsx", put("Tasks", "Code", " ", 200), put("Tasks", "Task", None, 5000))
    assert [type(t) for t in read_workbook(path).tasks] == [Task, Task]


def test_a_workbook_in_two_languages_is_read_by_the_language_of_its_sheets(tmp_path: Path) -> None:
    """In French "ma." is Tuesday; a Dutch workbook has "ma" for Monday: the language of the sheets decides."""
    path = tmp_path / "ward.xlsx"
    place = sample("fr")
    odd = place.tasks[0].model_copy(update={"times": (3, 0, 1, 0, 0, 0, 2)})
    for lang in LANGUAGES:
        write_workplace(place.model_copy(update={"tasks": (odd, place.tasks[1])}), path, lang)
        assert read_workbook(path).tasks[0].times == (3, 0, 1, 0, 0, 0, 2)


def test_a_choice_that_is_refused_lists_the_words_of_the_workbook(tmp_path: Path) -> None:
    with pytest.raises(Faults) as caught:
        read_workbook(changed(tmp_path / "ward.xlsx", put("Tasks", "Legal status", "misschien")))
    assert str(caught.value.faults[0].values["known"]).startswith("free, supervised, with a permit")
