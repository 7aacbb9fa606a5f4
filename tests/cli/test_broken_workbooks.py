"""Ten broken workbooks, two mistakes in each: both are told with sheet, row, column and remedy; nothing is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.work.workbook.changing import Change, changed, put, renamed, rows
from typer.testing import CliRunner

from klaver.cli.main import app

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")

Place = tuple[str, str | None, int | None, str | None]

BROKEN: dict[str, tuple[tuple[Change, ...], set[Place]]] = {
    "a sheet with a wrong name": (
        (renamed("Tasks", "Taskz"), renamed("Roles", "Rolls")),
        {
            ("workbook.unknown_sheet", "Taskz", None, None),
            ("workbook.unknown_sheet", "Rolls", None, None),
            ("workbook.no_sheet", None, None, None),
        },
    ),
    "words where minutes should be": (
        (put("Tasks", "Minutes", "twenty"), put("Tasks", "Minutes", "7,5", 3)),
        {("workbook.whole", "Tasks", 2, "Minutes"), ("workbook.whole", "Tasks", 3, "Minutes")},
    ),
    "a window shorter than its task": (
        (put("Tasks", "Latest", "09:05"), put("Tasks", "Earliest", "10:00", 3)),
        {("work.window_short", "Tasks", 2, "Latest"), ("workbook.half_window", "Tasks", 3, "Latest")},
    ),
    "a circle in the order": (
        (rows("Order", ("T1", "T2"), ("T2", "T1"), ("T2", "T9")),),
        {("work.cycle", "Order", 3, "Then"), ("work.unknown_task", "Order", 4, "Then")},
    ),
    "a code that stands twice": (
        (put("Tasks", "Code", "T1", 3), put("Roles", "Code", "carer", 3), put("Roles", "Name", "again", 3)),
        {("work.duplicate", "Tasks", 3, "Code"), ("work.duplicate", "Roles", 3, "Code")},
    ),
    "an unknown role": (
        (put("Tasks", "Done by", "wizard 100"), put("Tasks", "Instructed by", "nobody", 3)),
        {("work.unknown_role", "Tasks", 2, "Done by"), ("work.unknown_role", "Tasks", 3, "Instructed by")},
    ),
    "hours below zero": (
        (put("Roles", "Hours a week", -5), put("Tasks", "Minutes", "-20")),
        {("workbook.negative", "Roles", 2, "Hours a week"), ("workbook.negative", "Tasks", 2, "Minutes")},
    ),
    "level seven": (
        (put("Demands", "26", 7), put("Places", "35", "-1")),
        {("workbook.level", "Demands", 2, "26 Lifting"), ("workbook.level", "Places", 2, "35 Cold, heat, wet")},
    ),
    "a formula": (
        (put("Tasks", "Minutes", "=1+1"), put("Units", "Count", "=SUM(A1:A3)")),
        {("workbook.formula", "Tasks", 2, "Minutes"), ("workbook.formula", "Units", 2, "Count")},
    ),
}


def told(path: Path, *words: object) -> set[Place]:
    """Run a command in both forms; return the places of the mistakes, which both forms told."""
    result = CliRunner().invoke(app, [str(w) for w in words if w != "--json"])
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    asked = CliRunner().invoke(app, ["check", str(path), "--lang", "en", "--json"])
    assert asked.exit_code == 2
    faults = json.loads(asked.stdout)["faults"]
    for fault in faults:
        assert fault["told"] in result.output
        for name, word in (("sheet", "sheet"), ("row", "row"), ("column", "column")):
            assert fault[name] is None or f"{word} {fault[name]}" in fault["told"]
    return {(f["code"], f["sheet"], f["row"], f["column"]) for f in faults}


@pytest.mark.parametrize("name", BROKEN)
def test_every_mistake_of_a_broken_workbook_is_told_at_once_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    changes, expected = BROKEN[name]
    path = changed(tmp_path / "ward.xlsx", *changes)
    before = path.read_bytes()
    assert told(path, "check", path, "--lang", "en") == expected
    assert told(path, "design", path, "--out", tmp_path / "out", "--lang", "en") == expected
    assert [p.name for p in tmp_path.iterdir()] == ["ward.xlsx"]
    assert path.read_bytes() == before


def test_an_empty_file_is_said_to_be_empty_and_an_empty_workbook_to_lack_its_sheets(tmp_path: Path) -> None:
    path = tmp_path / "ward.xlsx"
    path.write_bytes(b"")
    assert told(path, "design", path, "--out", tmp_path / "out", "--lang", "en") == {
        ("workbook.empty_file", None, None, None)
    }
    changed(path, *(renamed(s, f"#{s}") for s in ("Workplace", "Tasks")))
    assert told(path, "design", path, "--out", tmp_path / "out", "--lang", "en") == {
        ("workbook.no_sheet", None, None, None)
    }
    assert [p.name for p in tmp_path.iterdir()] == ["ward.xlsx"]


def test_mistakes_of_every_kind_are_told_together_in_the_order_of_the_sheets(tmp_path: Path) -> None:
    changes = [change for made, _ in BROKEN.values() for change in made][3:]
    path = changed(tmp_path / "ward.xlsx", *changes)
    shown = CliRunner().invoke(app, ["check", str(path), "--lang", "en"])
    assert shown.exit_code == 2
    asked = CliRunner().invoke(app, ["check", str(path), "--lang", "en", "--json"])
    faults = json.loads(asked.stdout)["faults"]
    assert {f["code"] for f in faults} >= {
        "work.cycle", "work.duplicate", "work.unknown_role", "workbook.negative", "workbook.level", "workbook.formula",
    }  # fmt: skip
    assert all(f["told"].partition(f"column {f['column']}: ")[2] in shown.output for f in faults)
    assert f"{len(faults)} mistakes" in shown.output
    sheets = [f["sheet"] for f in faults]
    assert sheets == sorted(sheets, key=["Units", "Places", "Roles", "Tasks", "Demands", "Order"].index)
