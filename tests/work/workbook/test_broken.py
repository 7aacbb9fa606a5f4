"""A broken workbook gives its mistakes with sheet and row and a remedy; it never crashes and never half-reads."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from klaver.language import LANGUAGES, tell_fault
from klaver.values import Fault, Faults
from klaver.work.workbook import read_workbook, write_workplace
from klaver.work.workbook.sample import sample

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")

Change = Callable[[Any], None]


def cell(book: Any, sheet: str, heading: str, row: int = 2) -> Any:
    """Return the cell under a heading; a dimension is named by its number."""
    page = book[sheet]
    names = [str(c.value) for c in page[1]]
    wanted = next(n for n in names if (n.split()[0] if heading.isdecimal() else n) == heading)
    return page.cell(row, names.index(wanted) + 1)


def put(sheet: str, heading: str, value: object, row: int = 2) -> Change:
    def change(book: Any) -> None:
        cell(book, sheet, heading, row).value = value

    return change


def both_ways(book: Any) -> None:
    page = book["Order"]
    for row, pair in enumerate((("T1", "T2"), ("T2", "T1")), 2):
        page.cell(row, 1).value, page.cell(row, 2).value = pair


def renamed(book: Any) -> None:
    book["Tasks"].title = "Taskz"


def mistakes(path: Path) -> tuple[Fault, ...]:
    before = path.read_bytes()
    with pytest.raises(Faults) as caught:
        read_workbook(path)
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    for fault in caught.value.faults:
        assert all(tell_fault(fault, lang) for lang in LANGUAGES)
    return caught.value.faults


@pytest.fixture
def broken(tmp_path: Path) -> Callable[..., tuple[Fault, ...]]:
    def make(*changes: Change) -> tuple[Fault, ...]:
        path = tmp_path / "ward.xlsx"
        write_workplace(sample("en"), path, "en")
        book = openpyxl.load_workbook(path)
        for change in changes:
            change(book)
        book.save(path)
        return mistakes(path)

    return make


@pytest.mark.parametrize(
    ("change", "code", "sheet", "row"),
    [
        (renamed, "workbook.unknown_sheet", "Taskz", None),
        (put("Tasks", "Minutes", "twenty"), "workbook.whole", "Tasks", 2),
        (put("Tasks", "Minutes", "7,5"), "workbook.whole", "Tasks", 2),
        (put("Tasks", "Latest", "09:05"), "work.window_short", "Tasks", 2),
        (both_ways, "work.cycle", "Order", 2),
        (put("Tasks", "Code", "T1", 3), "workbook.duplicate", "Tasks", 3),
        (put("Tasks", "Done by", "wizard 100"), "work.unknown_role", "Tasks", 2),
        (put("Tasks", "Minutes", -5), "workbook.negative", "Tasks", 2),
        (put("Demands", "26", 7), "workbook.level", "Demands", 2),
        (put("Tasks", "Minutes", "=1+1"), "workbook.formula", "Tasks", 2),
    ],
)
def test_a_mistake_in_a_cell_is_found_on_its_sheet_and_row(
    broken: Callable[..., tuple[Fault, ...]], change: Change, code: str, sheet: str, row: int | None
) -> None:
    assert [(f.sheet, f.row) for f in broken(change) if f.code == code] == [(sheet, row)]


def test_several_mistakes_in_cells_are_told_at_once(broken: Callable[..., tuple[Fault, ...]]) -> None:
    found = broken(put("Tasks", "Minutes", "x"), put("Roles", "Code", "a b"), put("Tasks", "Latest", "late"))
    assert {(f.sheet, f.column) for f in found} >= {("Tasks", "Minutes"), ("Roles", "Code"), ("Tasks", "Latest")}


def zipped(name: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr(name, "no workbook")
    return held.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"no workbook", b"\xd0\xcf\x11\xe0" + b"0" * 600, zipped("letter.txt"), zipped("xl/workbook.xml")],
    ids=["empty", "text", "with a password", "another package", "a hollow package"],
)
def test_what_is_no_workbook_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ward.xlsx"
    path.write_bytes(content)
    (fault,) = mistakes(path)
    assert (fault.code, fault.file) == ("workbook.not_a_workbook", "ward.xlsx")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Faults) as caught:
        read_workbook(tmp_path / "nothing.xlsx")
    assert caught.value.faults[0].code == "workbook.no_file"
