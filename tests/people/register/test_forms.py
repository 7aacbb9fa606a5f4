"""A register as a workbook or as Parquet reads as the same people as CSV, and says what no register is."""

from __future__ import annotations

import builtins
import datetime as dt
import shutil
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.people.register.made import csv, mistakes, parquet, people, where, words, xlsx

from klaver.language import LANGUAGES, tell_fault
from klaver.people.columns import CONDITIONS, UNKNOWN
from klaver.people.register import open_register
from klaver.values import Faults

HEAD = ("id", "reading", "lang_reading", "hours_max", "earliest", "days", "zone", "permits")
ROWS: tuple[tuple[object, ...], ...] = (
    ("p1", 3, "A2", 7.5, dt.time(7, 30), 123, 9000, "driving_b forklift"),
    ("p2", 4.0, None, 38, None, "ma, wo", "9050", "-"),
    ("p3", None, "none", 7.125, dt.time(0, 0), None, None, None),
)


def of_csv(folder: Path) -> list[tuple[object, ...]]:
    text = "p1;3;A2;7,5;7:30;1 2 3;9000;driving_b forklift\np2;4;;38;;1 3;9050;-\np3;;none;7:08;0:00;;;\n"
    return words(people(csv(folder, ";".join(HEAD) + "\n" + text)))


def faults(path: Path) -> list[str]:
    with pytest.raises(Faults) as wrong:
        open_register(path)
    return [f.code for f in wrong.value.faults]


def test_a_workbook_reads_as_the_same_people_as_csv(tmp_path: Path) -> None:
    assert words(people(xlsx(tmp_path, [HEAD, *ROWS]))) == of_csv(tmp_path)


def test_parquet_reads_as_the_same_people_as_csv(tmp_path: Path) -> None:
    table: dict[str, Any] = {name: [row[at] for row in ROWS] for at, name in enumerate(HEAD)}
    table["reading"] = [3, 4, None]
    table["days"] = ["123", "ma, wo", None]
    table["zone"] = ["9000", "9050", None]
    assert words(people(parquet(tmp_path, table))) == of_csv(tmp_path)


def test_parquet_may_hold_numbers_of_any_kind_and_what_is_no_number_is_unknown(tmp_path: Path) -> None:
    table = {"id": [1, 2, 3], "reading": [3.0, float("nan"), None], "hours_max": [Decimal("7.50"), None, Decimal(38)]}
    found = people(parquet(tmp_path, table))
    assert found.ids == ("1", "2", "3")
    assert found.levels[1].tolist() == [3, UNKNOWN, UNKNOWN]
    assert found.conditions[CONDITIONS.index("week_max")].tolist() == [450, -1, 2280]


def test_a_wrong_cell_of_a_workbook_is_told_with_its_sheet(tmp_path: Path) -> None:
    rows = [HEAD, ROWS[0], [], ("p2", "=1+1", None, None, None, dt.date(2026, 5, 1), None, None, "beside")]
    found = mistakes(xlsx(tmp_path, rows))
    assert {(f.code, f.sheet, f.row, f.column) for f in found} == {
        ("register.formula", "Register", 4, "reading"),
        ("register.date", "Register", 4, "days"),
        ("register.beside", "Register", 4, None),
    }


def test_a_wrong_cell_of_parquet_is_told_with_the_number_of_its_row(tmp_path: Path) -> None:
    table = {"id": ["p1", "p2", "p1"], "reading": [3, 7, 9], "aids": [["stool"], None, None]}
    assert where(parquet(tmp_path, table)) == {
        ("level", 2, "reading"),
        ("level", 3, "reading"),
        ("id_twice", 3, "id"),
        ("nested", None, "aids"),
    }


def test_of_more_sheets_the_one_with_the_headings_is_read(tmp_path: Path) -> None:
    assert people(xlsx(tmp_path, [HEAD, *ROWS], "Blad1", "Uitleg")).count == 3
    path = xlsx(tmp_path, [HEAD, *ROWS])
    import openpyxl

    book = openpyxl.load_workbook(path)
    book.create_sheet("Old").append(list(HEAD))
    book.save(path)
    assert faults(path) == ["register.which_sheet"]


def test_what_is_no_workbook_says_how_to_make_it_one(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    for content, code in (
        (b"", "register.no_headings"),
        (b"id;reading\n", "workbook.not_a_workbook"),
        (b"\xd0\xcf\x11\xe0 old", "workbook.old_excel"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "workbook.password"),
    ):
        path.write_bytes(content)
        assert faults(path) == [code]
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("content.xml", "<x/>")
    assert faults(path) == ["workbook.open_document"]
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("xl/workbook.xml", "<x")
    assert faults(path) == ["workbook.not_a_workbook"]
    assert faults(xlsx(tmp_path, [[]])) == ["register.no_headings"]
    assert where(xlsx(tmp_path, [HEAD])) == {("nobody", None, None)}


def test_a_workbook_of_many_rows_is_read_batch_by_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("klaver.people.register.xlsx_file.BATCH", 4)
    rows = [("id", "reading"), *((f"p{n}", n % 5) for n in range(10))]
    told: list[int] = []
    parts = list(open_register(xlsx(tmp_path, rows)).parts(size=5, tell=told.append))
    assert [part.count for part in parts] == [8, 2]
    assert told == [4, 8, 10]


def test_a_workbook_that_unpacks_to_no_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("klaver.people.register.xlsx_file.MOST_BESIDE", 1000)
    assert faults(xlsx(tmp_path, [HEAD, *ROWS])) == ["register.large_workbook"]


def test_a_damaged_sheet_is_no_crash(tmp_path: Path) -> None:
    path, broken = xlsx(tmp_path, [HEAD, *ROWS]), tmp_path / "broken.xlsx"
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(broken, "w") as packed:
        for info in whole.infolist():
            content = whole.read(info)
            packed.writestr(info, content[:-80] if "worksheets/" in info.filename else content)
    with pytest.raises(Faults) as wrong:
        list(open_register(broken).parts())
    assert [f.code for f in wrong.value.faults] == ["workbook.not_a_workbook"]


def test_what_is_no_parquet_says_so(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="Parquet needs pyarrow (extra sql)")
    path = tmp_path / "people.parquet"
    path.write_bytes(b"PAR1 nothing PAR1")
    assert faults(path) == ["register.not_parquet"]
    assert faults(parquet(tmp_path, {})) == ["register.no_headings"]
    whole = parquet(tmp_path, {"id": [f"p{n}" for n in range(5000)], "reading": [n % 5 for n in range(5000)]})
    content = whole.read_bytes()
    whole.write_bytes(content[:50] + b"\xff" * 400 + content[450:])
    with pytest.raises(Faults):
        list(open_register(whole).parts())


def test_without_pyarrow_parquet_is_refused_with_the_line_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def missing(name: str, *args: Any, **options: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *args, **options)

    monkeypatch.setattr(builtins, "__import__", missing)
    path = csv(tmp_path, "PAR1", "people.parquet")
    with pytest.raises(Faults) as wrong:
        open_register(path)
    (fault,) = wrong.value.faults
    assert all("pip install klaver[sql]" in tell_fault(fault, lang) for lang in LANGUAGES)


def test_the_name_decides_and_capitals_in_it_do_not(tmp_path: Path) -> None:
    path = xlsx(tmp_path, [HEAD, *ROWS])
    shutil.copy(path, tmp_path / "PEOPLE.XLSX")
    assert people(tmp_path / "PEOPLE.XLSX").count == 3
    shutil.copy(path, tmp_path / "people.csv")
    assert faults(tmp_path / "people.csv") == ["register.not_text"]
