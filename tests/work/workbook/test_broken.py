"""A broken workbook gives its mistakes at their cells with a remedy; it never crashes and never half-reads."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.work.workbook.changing import Change, cell, changed, put, renamed, rows

from klaver.language import LANGUAGES, tell_fault
from klaver.values import Fault, Faults
from klaver.work.workbook import read_workbook, read_workplace, write_template, write_workplace
from klaver.work.workbook.sample import sample

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")

Broken = Callable[..., tuple[Fault, ...]]


def mistakes(path: Path) -> tuple[Fault, ...]:
    before = path.read_bytes()
    with pytest.raises(Faults) as caught:
        read_workplace(path)
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    for fault in caught.value.faults:
        assert all(tell_fault(fault, lang) for lang in LANGUAGES)
    return caught.value.faults


@pytest.fixture
def broken(tmp_path: Path) -> Broken:
    return lambda *changes: mistakes(changed(tmp_path / "ward.xlsx", *changes))


def headed(sheet: str, column: int, value: object, row: int = 1) -> Change:
    def change(book: Any) -> None:
        book[sheet].cell(row, column).value = value

    return change


def copied(sheet: str) -> Change:
    def change(book: Any) -> None:
        book.copy_worksheet(book[sheet]).title = "Rôles" if sheet == "x" else "Functies"

    return change


def emptied(sheet: str) -> Change:
    def change(book: Any) -> None:
        book[sheet].delete_rows(1, 50)

    return change


def headless(sheet: str) -> Change:
    def change(book: Any) -> None:
        book[sheet].delete_rows(1)

    return change


def without(sheet: str, heading: str) -> Change:
    def change(book: Any) -> None:
        book[sheet].delete_cols(cell(book, sheet, heading).column)

    return change


HUGE = "x" * 401

CELLS: list[tuple[tuple[Change, ...], str, str, int | None, str | None]] = [
    ((put("Tasks", "Minutes low", 70),), "workbook.low_above", "Tasks", 2, "Minutes low"),
    ((put("Tasks", "Minutes high", 10),), "workbook.high_below", "Tasks", 2, "Minutes high"),
    ((put("Tasks", "Minutes", None),), "workbook.likely_missing", "Tasks", 2, "Minutes"),
    ((put("Tasks", "Earliest", None),), "workbook.half_window", "Tasks", 2, "Earliest"),
    ((put("Tasks", "Latest", None),), "workbook.half_window", "Tasks", 2, "Latest"),
    ((put("Tasks", "Latest", "08:00"),), "workbook.window_backwards", "Tasks", 2, "Latest"),
    ((put("Tasks", "How often", None), put("Tasks", "Tue", 1)), "workbook.day_blank", "Tasks", 2, "Mon"),
    ((put("Tasks", "Tue", 3),), "workbook.pattern_differs", "Tasks", 2, "Tue"),
    ((put("Tasks", "How often", "often"),), "workbook.days", "Tasks", 2, "How often"),
    ((put("Tasks", "How often", "97 x every day"),), "workbook.at_most", "Tasks", 2, "How often"),
    ((put("Tasks", "Why (decided)", "so said the team"),), "workbook.verdict_missing", "Tasks", 2,
     "Elementary after all"),
    ((put("Tasks", "Elementary after all", "yes"),), "workbook.comment_missing", "Tasks", 2, "Why (decided)"),
    ((put("Tasks", "Elementary after all", "yes"), put("Tasks", "Why (decided)", "ok")), "workbook.too_short",
     "Tasks", 2, "Why (decided)"),
    ((put("Tasks", "Task", HUGE),), "workbook.too_long", "Tasks", 2, "Task"),
    ((put("Tasks", "Name fr", HUGE),), "workbook.too_long", "Tasks", 2, "Name fr"),
    ((put("Tasks", "Task", "a\x7fb"),), "workbook.value", "Tasks", 2, "Task"),
    ((put("Tasks", "Task", None),), "workbook.required", "Tasks", 2, "Task"),
    ((put("Tasks", "Harm if wrong", 4),), "workbook.at_most", "Tasks", 2, "Harm if wrong"),
    ((put("Tasks", "Legal status", "perhaps"),), "workbook.choice", "Tasks", 2, "Legal status"),
    ((put("Tasks", "Source date", "2026-02-30"),), "workbook.date", "Tasks", 2, "Source date"),
    ((put("Tasks", "Earliest", dt.date(2026, 7, 30)),), "workbook.date_for_time", "Tasks", 2, "Earliest"),
    ((put("Tasks", "Task", "#REF!"),), "workbook.error_value", "Tasks", 2, "Task"),
    ((put("Tasks", "Done by", "carer 60; carer 40"),), "work.role_twice", "Tasks", 2, "Done by"),
    ((put("Tasks", "Done by", "carer 60"),), "work.shares", "Tasks", 2, "Done by"),
    ((put("Tasks", "Place", "roms"),), "work.unknown_place", "Tasks", 2, "Place"),
    ((put("Tasks", "Legal status", "with a permit"),), "work.permit_unnamed", "Tasks", 2, "Permit"),
    ((put("Roles", "Pay scale", "S9"),), "work.unknown_pay_scale", "Roles", 2, "Pay scale"),
    ((put("Workplace", "Pay scale of the new job", "S9"),), "work.unknown_pay_scale", "Workplace", 2,
     "Pay scale of the new job"),
    ((rows("Sources", ("T1", "minutes", "told", "2026-11-01", "nurse", "a\x7fb")),), "workbook.value", "Sources", 2,
     "Source note"),
    ((put("Demands", "Reason", "a\x7fb"),), "workbook.value", "Demands", 2, "Reason"),
    ((put("Units", "Count", 0),), "workbook.at_least", "Units", 2, "Count"),
    ((rows("Walks", ("rooms", "cellar", 2)),), "work.unknown_place", "Walks", 2, "To"),
    ((rows("Walks", ("rooms", "rooms", 2), ("rooms", "rooms", 3)),), "work.walk_twice", "Walks", 3, "To"),
    ((rows("Together and apart", ("together", "T1", "T1")),), "work.link_self", "Together and apart", 2, "Task 2"),
    ((rows("Together and apart", ("together", "T1", "T2"), ("apart", "T2", "T1")),), "work.together_apart",
     "Together and apart", 3, "Kind"),
    ((rows("Order", ("T1", "T1")),), "work.cycle", "Order", 2, "Then"),
    ((rows("Seasons", ("s", "Summer", 54)),), "workbook.at_most", "Seasons", 2, "Weeks"),
    ((rows("Work by season", ("s", "family", "linen", 90)),), "work.unknown_scenario", "Work by season", 2, "Season"),
    ((rows("Seasons", ("s", "S", 9)), rows("Work by season", ("s", "family", "linen", 5), ("s", "family", "x", 5))),
     "work.unknown_family", "Work by season", 3, "Code"),
    ((rows("Seasons", ("s", "S", 9)), rows("Work by season", ("s", "task", "T1", 5), ("s", "task", "T9", 5))),
     "work.unknown_task", "Work by season", 3, "Code"),
    ((rows("Seasons", ("s", "S", 9)), rows("Work by season", ("s", "task", "T2", 1), ("s", "task", "T1", 1001))),
     "workbook.at_most", "Work by season", 3, "Percent"),
    ((rows("Agreements", ("boss", "2:00", "union", "2026-01-02")),), "work.unknown_role", "Agreements", 2, "Role"),
    ((rows("Wishes", (2, "15:00", "25:00"), (3, "1:00", "2:00")),), "workbook.one_row", "Wishes", 3, None),
    ((put("Wishes", "Tempo", 90),), "workbook.at_least", "Wishes", 2, "Tempo"),
    ((rows("Wishes per task", ("T9", "to a new job")),), "work.unknown_task", "Wishes per task", 2, "Task"),
    ((rows("Sources", ("T1", "minutes", "told"), ("T1", "minutes", "observed")),), "work.duplicate", "Sources", 3,
     "Field"),
    ((rows("Sources", ("T1", "demands 23", "told"),),), "work.dimension", "Sources", 2, "Field"),
    ((rows("Sources", ("T1", "colour", "told"),),), "workbook.choice", "Sources", 2, "Field"),
    ((rows("Sources", ("T1", "minutes", "told"), ("T1", "harm if wrong", "told", "2026-13-01")),), "workbook.date",
     "Sources", 3, "Source date"),
    ((put("Demands", "Task", "T1", 3),), "work.duplicate", "Demands", 3, "Task"),
    ((put("Demands", "Reason", "y" * 4001),), "workbook.too_long", "Demands", 2, "Reason"),
    ((headed("Tasks", 70, "Colour"), headed("Tasks", 70, "red", 2)), "workbook.unknown_column", "Tasks", 1, "Colour"),
    ((headed("Tasks", 70, "red", 2),), "workbook.no_heading", "Tasks", 2, "BR"),
    ((headed("Roles", 30, "Name"),), "workbook.column_twice", "Roles", 1, "Name"),
    ((without("Roles", "Name"),), "workbook.no_column", "Roles", 1, None),
    ((without("Roles", "Code"),), "workbook.no_column", "Roles", 1, None),
    ((headless("Roles"),), "workbook.no_headings", "Roles", 1, None),
    ((copied("Roles"),), "workbook.sheet_twice", "Functies", None, None),
    ((emptied("Tasks"),), "workbook.empty_sheet", "Tasks", None, None),
    ((renamed("Walks", "Wallks"), headed("Wallks", 1, "x", 5)), "workbook.unknown_sheet", "Wallks", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "code", "sheet", "row", "column"), CELLS)
def test_a_mistake_is_told_at_its_cell_and_brings_no_other_with_it(
    broken: Broken, changes: tuple[Change, ...], code: str, sheet: str, row: int | None, column: str | None
) -> None:
    found = [(f.code, f.sheet, f.row, f.column) for f in broken(*changes)]
    assert found == [(code, sheet, row, column)]


def test_a_blank_weekday_beside_a_filled_one_is_never_taken_for_zero(broken: Broken) -> None:
    (fault,) = broken(put("Tasks", "How often", None), *(put("Tasks", d, 1) for d in ("Mon", "Tue", "Wed")))
    assert fault.values["days"] == "Thursday, Friday, Saturday, Sunday"


def test_a_written_zero_is_a_zero_and_seven_blanks_are_not_known(tmp_path: Path) -> None:
    path = tmp_path / "ward.xlsx"
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    changed(path, put("Tasks", "How often", None), *(put("Tasks", d, 1 if d == "Mon" else 0) for d in days))
    assert read_workbook(path).task("T1").times == (1, 0, 0, 0, 0, 0, 0)
    assert read_workbook(path).task("T2").times is None
    changed(path, put("Tasks", "Mon", 1))
    assert read_workbook(path).task("T1").times == (1,) * 7  # the pattern and the number agree


def test_an_unknown_name_is_answered_with_the_nearest_known_ones_first(broken: Broken) -> None:
    (fault,) = broken(put("Tasks", "Done by", "carrer 100"))
    assert str(fault.values["known"]).startswith("carer")


def test_a_sheet_that_was_not_understood_does_not_make_everything_that_names_it_wrong(broken: Broken) -> None:
    assert [f.code for f in broken(renamed("Roles", "Rolls"))] == ["workbook.unknown_sheet"]


def test_circles_that_share_no_step_are_each_told_once(broken: Broken) -> None:
    found = broken(rows("Order", ("T1", "T2"), ("T2", "T1"), ("T2", "T2")))
    assert [(f.row, f.values["tasks"]) for f in found] == [(3, "T1 → T2 → T1"), (4, "T2 → T2")]


def zipped(name: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr(name, "no workbook")
    return held.getvalue()


def corrupt() -> bytes:
    held = bytearray(zipped("xl/workbook.xml"))
    held[held.index(b"no workbook")] ^= 1
    return bytes(held)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b" \n", "empty_file"),
        (b"no workbook", "not_a_workbook"),
        (b"Code;Taak;Minuten\nT1;bedden;20\n", "text_file"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "old_excel"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (zipped("letter.txt"), "not_a_workbook"),
        (zipped("content.xml"), "open_document"),
        (zipped("xl/workbook.xml"), "not_a_workbook"),
        (corrupt(), "not_a_workbook"),
    ],
)
def test_what_is_no_workbook_is_called_what_it_is(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "ward.xlsx"
    path.write_bytes(content)
    (fault,) = mistakes(path)
    assert (fault.code, fault.file) == (f"workbook.{code}", "ward.xlsx")


def test_a_file_that_swells_beyond_reason_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "ward.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "x")
        with package.open("xl/large.xml", "w") as large:
            for _ in range(301):
                large.write(b"0" * 1_000_000)
    assert [f.code for f in mistakes(path)] == ["workbook.too_large"]


@pytest.mark.parametrize("ending", ["xlsx", "json"])
def test_a_file_that_is_not_there_a_folder_and_a_locked_file_are_named(
    tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"ward.{ending}"
    with pytest.raises(Faults, match=r"workbook\.no_file"):
        read_workplace(path)
    path.mkdir()
    with pytest.raises(Faults, match=r"workbook\.folder"):
        read_workplace(path)
    path.rmdir()
    write_workplace(sample("nl"), path, "nl")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refuse)
    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(Faults, match=r"workbook\.no_access"):
        read_workplace(path)


def test_what_cannot_be_written_is_said_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, code in (("ward.csv", "ending"), ("ward", "ending"), ("none/ward.xlsx", "no_folder")):
        with pytest.raises(Faults, match=f"workbook.{code}"):
            write_template(tmp_path / name, "nl")
    (tmp_path / "ward.xlsx").mkdir()
    with pytest.raises(Faults, match=r"workbook\.cannot_write"):
        write_workplace(sample("nl"), tmp_path / "ward.xlsx", "nl")
    monkeypatch.setattr(Path, "write_text", lambda *_, **__: (_ for _ in ()).throw(PermissionError()))
    with pytest.raises(Faults, match=r"workbook\.cannot_write"):
        write_workplace(sample("nl"), tmp_path / "ward.json", "nl")
    assert [p.name for p in tmp_path.iterdir()] == ["ward.xlsx"]


JSON = [
    ('"low": 50', '"low": 5000', "workbook.json_value", "tasks", 1, "minutes"),
    ('"start": 540', '"start": -1', "workbook.at_least", "tasks", 1, "window.start"),
    ('"schema_id"', '"colour": 1, "schema_id"', "workbook.json_extra", None, None, "colour"),
    ('"setting": "nursing-home",', "", "workbook.json_missing", None, None, "setting"),
    ('"full_time_week": 2280', '"full_time_week": 1', "workbook.at_least", None, None, "full_time_week"),
    ('"place": "rooms"', '"place": "roms"', "work.unknown_place", "tasks", 1, "place"),
    ('"id": "T2"', '"id": "T1"', "work.duplicate", "tasks", 2, "id"),
    ("{", "", "workbook.not_json", None, None, None),
]


@pytest.mark.parametrize(("old", "new", "code", "sheet", "row", "column"), JSON)
def test_a_mistake_in_json_is_told_at_its_list_place_and_field(
    tmp_path: Path, old: str, new: str, code: str, sheet: str | None, row: int | None, column: str | None
) -> None:
    path = tmp_path / "ward.json"
    text = " ".join(sample("en").to_json().split()).replace("{ ", "{")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert [(f.code, f.sheet, f.row, f.column) for f in mistakes(path)] == [(code, sheet, row, column)]


def test_a_file_in_another_encoding_is_said_not_to_be_json(tmp_path: Path) -> None:
    path = tmp_path / "ward.json"
    path.write_bytes(b"\xff\xfe\xfa")
    assert [f.code for f in mistakes(path)] == ["workbook.not_json"]
