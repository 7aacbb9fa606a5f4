"""The command that prints the papers for the meeting."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.test_commands import run
from tests.documents.cases import asked, design, long_job, ward

from klaver.design.agreements.compare import decided, said
from klaver.design.agreements.parts import contents
from klaver.design.agreements.records import Agreements, By, Gate, Named, Statement, print_of
from klaver.work.workbook import write_workplace

PAPERS = ["cards", "consultation", "function-1", "interview", "message", "roles"]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    case, found = tmp_path / "ward.xlsx", tmp_path / "design.json"
    write_workplace(ward(), case, "en")
    found.write_text(design(asked(ward()), long_job()).to_json(), encoding="utf-8")
    return found, case


def agreements(folder: Path, workplace: str = "case") -> Path:
    now = contents(asked(ward()), (long_job(),), {})
    named = tuple(Named(part=p, print=print_of(now[p])) for p in decided(Gate.WORKER, now))
    one = Statement(gate=Gate.WORKER, by=By.WORKER, answer="agreed", date="2026-11-24", parts=named)
    path = folder / "agreements.json"
    path.write_text(said(Agreements(workplace=workplace), one, now, 0).to_json(), encoding="utf-8")
    return path


def test_every_paper_is_written_and_told(files: tuple[Path, Path], tmp_path: Path) -> None:
    code, told = run("papers", *files, "--out", tmp_path / "out", "--lang", "en")
    assert code == 0, told
    written = sorted(p.name for p in (tmp_path / "out").iterdir())
    assert written == sorted([f"{n}.{f}" for n in PAPERS for f in ("html", "pdf")] + ["consultation.xlsx"])
    assert "0 agreed, 0 changed since agreed, 0 with an objection, 5 not asked yet" in told
    assert "roles.pdf" in told


def test_what_was_said_is_laid_beside_the_design(files: tuple[Path, Path], tmp_path: Path) -> None:
    said_of = agreements(tmp_path)
    code, told = run("papers", *files, "--agreements", said_of, "--out", tmp_path / "out", "--json")
    assert code == 0, told
    states = {p["gate"]: p["state"] for p in json.loads(told)["gates"]}
    assert states["worker"] == "agreed"
    assert states["hr"] == "not_asked"


def test_a_file_that_holds_no_agreements_of_this_workplace_is_told_and_nothing_is_written(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    for given, words in (
        (tmp_path / "none.json", "none.json"),
        (files[0], "no file of agreements"),
        (files[1], "no file of agreements"),
        (agreements(tmp_path, "elsewhere"), "'elsewhere'"),
    ):
        code, told = run("papers", *files, "--agreements", given, "--out", out, "--lang", "en")
        assert code == 2, told
        assert words in told
    assert not out.exists()
