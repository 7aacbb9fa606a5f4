"""``klaver ask``: for a stored design, for a workplace without one, and what it says when it cannot answer."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from tests.cli.test_commands import run
from tests.documents.cases import asked, design, long_job, ward
from tests.documents.test_interview import assumed

from klaver.design.doubt import TOLD
from klaver.work.records import Workplace
from klaver.work.workbook import read_workplace, write_workplace


def place() -> Workplace:
    usual = ward()
    return usual.model_copy(update={"tasks": tuple(map(assumed, usual.tasks))})


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A stored design and its workbook."""
    case, stored = tmp_path / "ward.xlsx", tmp_path / "design-1.json"
    write_workplace(place(), case, "nl")
    stored.write_text(design(asked(read_workplace(case)), long_job()).to_json(), encoding="utf-8")
    return stored, case


@pytest.mark.parametrize(("lang", "said"), [("nl", "Aan wie"), ("fr", "À qui"), ("en", "Ask whom")])
def test_the_list_is_printed_and_the_sheet_is_written(
    files: tuple[Path, Path], tmp_path: Path, lang: str, said: str
) -> None:
    code, told = run("ask", *files, "--out", tmp_path / "sheets", "--lang", lang)
    assert code == 0
    assert said in told
    assert sorted(p.name for p in (tmp_path / "sheets").iterdir()) == ["ask.html", "ask.pdf"]
    assert run("ask", *files, "--lang", lang)[1].count(said) == 10


def test_json_and_csv_hold_the_same_questions(files: tuple[Path, Path]) -> None:
    code, told = run("ask", *files, "--json", "--many", 3, "--lang", "en")
    data = json.loads(told)
    assert code == 0
    assert len(data["questions"]) == 3
    assert data["in_all"] > 3
    assert data["relief"]["low"] < data["relief"]["likely"] < data["relief"]["high"]
    rows = list(csv.DictReader(io.StringIO(run("ask", *files, "--csv", "--many", 3, "--lang", "en")[1]), delimiter=";"))
    assert [r["task"] for r in rows] == [t for q in data["questions"] for t in q["tasks"]]


def test_an_answer_in_the_workbook_is_not_asked_again(files: tuple[Path, Path]) -> None:
    stored, case = files
    first = json.loads(run("ask", stored, case, "--json", "--many", 1)[1])["questions"][0]
    assert first["about"] == "legal"
    told = place()
    answered = tuple(t.model_copy(update={"sources": {"legal": TOLD}}) for t in told.tasks)
    write_workplace(told.model_copy(update={"tasks": answered}), case, "nl")
    after = json.loads(run("ask", stored, case, "--json", "--many", 99)[1])["questions"]
    assert "legal" not in {q["about"] for q in after}


def test_a_workplace_without_a_design_is_asked_about_as_workbook_and_as_json(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    for suffix in (".xlsx", ".json"):
        case = tmp_path / f"other{suffix}"
        write_workplace(place(), case, "en")
        code, told = run("ask", case, "--lang", "en")
        assert code == 0
        assert "no design yet" in told


def test_mistakes_end_in_two_with_a_sentence(files: tuple[Path, Path], tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    for words in (("ask", files[1], files[1]), ("ask", tmp_path / "none.json"), ("ask", broken), ("ask", files[0])):
        code, told = run(*words, "--lang", "en")
        assert code == 2, words
        assert told.strip()
        assert "Traceback" not in told


def test_the_report_of_a_sketch_says_how_to_ask_next(files: tuple[Path, Path]) -> None:
    from tests.documents.cases import words

    from klaver.documents.report import report

    problem = asked(read_workplace(files[1]))
    paper = report(problem, [design(problem, long_job())], "en")
    assert "klaver ask design-1.json" in words(paper)
