"""``klaver line``: a table becomes a plan that a floor coach can read, and mistakes end with 2."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.design.lines.cases import line
from typer.testing import CliRunner

from klaver.cli.main import app

TABLE = "taak;na;An;Bert;Celia\nA;;7,5;3;-\nB;A;4;5;6\nC;A;-;2;3,5\nD;B C;6;4;5\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "line.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def run(*words: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["line", *map(str, words)])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.parametrize(("lang", "word"), [("nl", "plaats"), ("fr", "poste"), ("en", "station")])
def test_a_plan_is_printed_in_the_words_of_the_floor_and_verified(table: Path, lang: str, word: str) -> None:
    out = table.parent / "out"
    code, told, _ = run("solve", table, "--out", out, "--rounds", 2, "--lang", lang)
    assert code == 0
    assert word in told
    assert all(name in told for name in ("An", "Bert", "Celia"))
    code, told, _ = run("verify", out / "plan.json", "--lang", lang)
    assert code == 0
    assert "5" in told


def test_the_proof_of_a_plan_is_checked_on_its_own(tmp_path: Path) -> None:
    path, out = tmp_path / "line.json", tmp_path / "out"
    path.write_text(line([[5, 5], [5, 5], [5, 5]]).to_json(), encoding="utf-8")
    assert run("solve", path, "--out", out)[0] == 0
    assert run("verify", out / "plan.json", out / "certificate.json", "--lang", "nl")[0] == 0
    proof = json.loads((out / "certificate.json").read_text(encoding="utf-8"))
    proof["cycle"] += 1
    (out / "certificate.json").write_text(json.dumps(proof), encoding="utf-8")
    code, told, _ = run("verify", out / "plan.json", out / "certificate.json", "--lang", "nl")
    assert code == 3
    assert "bewijs" in told


def test_a_changed_plan_is_refused_with_3(table: Path) -> None:
    out = table.parent / "out"
    assert run("solve", table, "--out", out, "--rounds", 1, "--json")[0] == 0
    plan = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    plan["cycle"] -= 1
    (out / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    code, told, _ = run("verify", out / "plan.json", "--json")
    assert code == 3
    assert json.loads(told)["breaches"][0]["code"] == "line.breach_cycle"


def test_mistakes_end_with_2_and_write_nothing(tmp_path: Path) -> None:
    path = tmp_path / "line.csv"
    path.write_text("taak;An\nA;snel\nB;-\n", encoding="utf-8")
    code, _, told = run("solve", path, "--out", tmp_path / "out", "--lang", "nl")
    assert code == 2
    assert "rij 2" in told
    assert "rij 3" in told
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_no_plan_ends_with_2(table: Path) -> None:
    assert run("verify", table)[0] == 2
    assert run("verify", table.parent / "none.json")[0] == 2


def test_fewer_workers_for_a_pace_are_planned_and_verified(table: Path) -> None:
    out = table.parent / "out"
    code, told, _ = run("solve", table, "--out", out, "--workers-fewest", "--cycle", "9,5", "--lang", "nl")
    assert code == 0
    assert "2 medewerkers" in told
    assert run("verify", out / "plan.json", "--lang", "nl")[0] == 0
    assert run("solve", table, "--out", out, "--workers-fewest", "--cycle", "2")[0] == 3


@pytest.mark.parametrize(
    "words",
    [
        ("--workers-fewest",),
        ("--cycle", "7"),
        ("--workers-fewest", "--cycle", "fast"),
        ("--workers-fewest", "--cycle", "7,25"),
        ("--workers-fewest", "--cycle", "9", "--rotate", "2"),
    ],
)
def test_options_that_do_not_go_together_end_with_2(table: Path, words: tuple[str, ...]) -> None:
    assert run("solve", table, "--out", table.parent / "out", *words)[0] == 2


def test_a_rotation_tells_what_everyone_meets(table: Path) -> None:
    out = table.parent / "out"
    code, told, _ = run("solve", table, "--out", out, "--rotate", 3, "--tolerance", 40, "--lang", "en")
    assert code == 0
    assert "Period 3" in told
    assert "Celia: " in told
    assert (out / "rotation.json").exists()
