"""The command that prints wall cards."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.test_commands import run
from tests.documents.cases import tasks, ward

from klaver.work.records import Legal
from klaver.work.workbook import write_workplace


def test_the_cards_are_written_and_told(tmp_path: Path) -> None:
    case = tmp_path / "ward.xlsx"
    write_workplace(ward(), case, "en")
    code, told = run("cards", case, "--out", tmp_path / "out", "--lang", "en")
    assert code == 0, told
    assert [p.name for p in sorted((tmp_path / "out").iterdir())] == ["cards.html", "cards.pdf"]
    assert "cards.pdf" in told
    code, told = run("cards", case, "--out", tmp_path / "out", "--lang", "en", "--json")
    data = json.loads(told)
    assert {c["code"] for c in data["cards"]}.isdisjoint(data["left_out"])
    assert len(data["cards"]) + len(data["left_out"]) == len(ward().tasks)


def test_a_workplace_of_which_nothing_may_move_is_told_how_to_print_all(tmp_path: Path) -> None:
    case = tmp_path / "ward.xlsx"
    held = [t.model_copy(update={"legal": Legal.RESERVED, "legal_basis": "law", "override": None}) for t in tasks()]
    write_workplace(ward(*held), case, "en")
    code, told = run("cards", case, "--out", tmp_path / "out", "--lang", "en")
    assert code == 2
    assert "--all" in told
    assert not (tmp_path / "out").exists()
    assert run("cards", case, "--out", tmp_path / "out", "--all")[0] == 0
