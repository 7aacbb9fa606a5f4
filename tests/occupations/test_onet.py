"""A draft from the official O*NET files: every task, nothing invented, gaps named."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from typer.testing import CliRunner

from klaver.cli.main import app
from klaver.occupations.onet import draft
from klaver.values import Faults, SourceKind
from klaver.values.source import ON_REQUEST
from klaver.work.records import Legal
from klaver.work.validate import gaps

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
TASKS = ("O*NET-SOC Code", "Task ID", "Task", "Task Type")
ABILITIES = ("O*NET-SOC Code", "Element Name", "Scale ID", "Data Value", "Not Relevant", "Date")


def text_folder(folder: Path) -> Path:
    """Write a folder in the text layout with two own tasks."""
    folder.mkdir()
    tasks = [TASKS, ("11-1.00", "7", "Water the plants.", "Core"), ("11-1.00", "8", "Count the pots.", "n/a")]
    levels = [
        ABILITIES,
        ("11-1.00", "Static Strength", "LV", "3.62", "n/a", "08/2025"),
        ("11-1.00", "Near Vision", "LV", "2.0", "Y", "08/2025"),
        ("11-1.00", "Oral Expression", "IM", "4.0", "n/a", "08/2025"),
    ]
    titles = [("O*NET-SOC Code", "Title"), ("11-1.00", "Plant keepers")]
    for name, lines in (("Task Statements", tasks), ("Abilities", levels), ("Occupation Data", titles)):
        (folder / f"{name}.txt").write_text("\n".join("\t".join(x) for x in lines) + "\n", encoding="utf-8")
    return folder


def test_both_layouts_give_the_same_tasks(tmp_path: Path) -> None:
    text = text_folder(tmp_path / "text")
    excel = tmp_path / "excel"
    excel.mkdir()
    with xlsxwriter.Workbook(str(excel / "Task Statements.xlsx")) as book:
        page = book.add_worksheet("Task Statements")
        page.write_row(0, 0, ("O*NET-SOC Code", "Title", "Task ID", "Task", "Task Type"))
        page.write_row(1, 0, ("11-1.00", "Plant keepers", 7, "Water the plants.", "Core"))
        page.write_row(2, 0, ("11-1.00", "Plant keepers", 8, "Count the pots.", None))
    assert draft([text, excel], "11-1.00").tasks == draft([text], "11-1.00").tasks


def test_what_is_not_known_stays_a_gap_and_is_never_assumed_free(tmp_path: Path) -> None:
    place = draft([text_folder(tmp_path / "o")], "11-1.00", {"minutes": 20, "per_week": 7})
    first = place.tasks[0]
    assert first.demands == {26: 3}
    assert (first.minutes and first.minutes.likely, first.times) == (20, (2, 2, 1, 1, 1, 0, 0))
    assert first.source_of("minutes").by == ON_REQUEST
    assert place.gaps_noted[1:] == (
        "Filled in on request for 2 tasks: 20 minutes each time. Nobody was asked.",
        "Filled in on request for 2 tasks: 7 times a week. Nobody was asked.",
    )
    assert all(t.legal is Legal.UNKNOWN and t.source.kind is SourceKind.ASSUMED for t in place.tasks)
    assert {"window", "legal", "place"} <= {g.field for g in gaps(place)}


def test_every_mistake_is_told(tmp_path: Path) -> None:
    good = text_folder(tmp_path / "o")
    cases: list[tuple[list[Path], str, dict[str, int], str]] = [
        ([tmp_path / "none"], "11-1.00", {}, "onet.no_folder"),
        ([tmp_path], "11-1.00", {}, "onet.no_tasks"),
        ([good], "11-2.00", {}, "onet.unknown_occupation"),
        ([good], "11-1.00", {"legal": 1}, "onet.assume"),
        ([good], "11-1.00", {"minutes": 0}, "onet.positive"),
    ]
    for folders, code, assume, expected in cases:
        with pytest.raises(Faults) as wrong:
            draft(folders, code, assume)
        assert expected in {f.code for f in wrong.value.faults}
    (good / "Abilities.txt").write_text("\t".join(ABILITIES) + "\n11-1.00\tNear Vision\tLV\tmuch\t\t\n")
    with pytest.raises(Faults, match=r"onet\.number"):
        draft([good], "11-1.00")
    (good / "Abilities.txt").write_text("\t".join(ABILITIES) + "\n11-1.00\tNear Vision\tLV\n")
    with pytest.raises(Faults, match=r"onet\.number"):
        draft([good], "11-1.00")
    (good / "Abilities.txt").unlink()
    assert draft([good], "11-1.00").tasks[0].demands == {}
    (good / "Task Statements.txt").write_text("Task\nx\n")
    with pytest.raises(Faults, match=r"onet\.columns"):
        draft([good], "11-1.00")
    (good / "Task Statements.txt").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(Faults, match=r"onet\.unreadable"):
        draft([good], "11-1.00")
    (good / "Task Statements.txt").unlink()
    (good / "Task Statements.xlsx").write_bytes(b"no workbook")
    with pytest.raises(Faults, match=r"onet\.unreadable"):
        draft([good], "11-1.00")


def test_an_occupation_without_a_title_is_called_by_its_code(tmp_path: Path) -> None:
    folder = text_folder(tmp_path / "o")
    (folder / "Occupation Data.txt").write_text("O*NET-SOC Code\tTitle\n11-1.00\tn/a\n", encoding="utf-8")
    assert draft([folder], "11-1.00").name == "11-1.00"
    (folder / "Occupation Data.txt").unlink()
    assert draft([folder], "11-1.00").name == "11-1.00"


@pytest.mark.parametrize(("code", "tasks"), [("31-1131.00", 33), ("39-9011.00", 24), ("35-2012.00", 17)])
def test_the_official_files_give_every_task_of_an_occupation(code: str, tasks: int, tmp_path: Path) -> None:
    folders = [DATA / "onet-30.0-reserialised", DATA / "onet-29.2-excel"]
    if not all(f.is_dir() for f in folders):
        pytest.skip("the O*NET files are not there (../shared/data)")
    out = tmp_path / "draft.xlsx"
    words = ["draft", str(out), "--onet", str(folders[0]), "--onet", str(folders[1]), "--occupation", code]
    assert CliRunner().invoke(app, [*words, "--lang", "en"]).exit_code == 0
    place = draft(folders, code)
    assert len(place.tasks) == tasks
    assert len(place.tasks[0].demands) >= 10
    assert CliRunner().invoke(app, ["check", str(out), "--lang", "en"]).exit_code == 0
