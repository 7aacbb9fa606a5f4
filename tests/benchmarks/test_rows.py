"""Rows of a measurement grow run by run, say where they come from, and outlive what cannot change them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.rows import APART, ENGINE, Rows, code, commit, stamps

from benchmarks import page, rows


def test_a_new_row_takes_the_place_of_the_old_one_and_no_other(tmp_path: Path) -> None:
    kept = Rows(tmp_path / "kept.json", ("case", "seed"))
    kept.add("one", [{"case": "a", "seed": 1, "value": 5}, {"case": "a", "seed": 2, "value": 6}])
    kept.add("two", [{"case": "a", "seed": 1, "value": 7}])
    again = Rows(tmp_path / "kept.json", ("case", "seed"))
    assert [(r["seed"], r["value"], r["code"]) for r in again.every] == [(2, 6, "one"), (1, 7, "two")]
    assert again.has("two", case="a", seed=1)
    assert not again.has("one", case="a", seed=1)
    assert again.has("one", seed=2)
    assert again.has(None, case="a", seed=1)
    assert not again.has(None, case="b", seed=1)


def test_every_row_names_day_commit_and_machine(tmp_path: Path) -> None:
    kept = Rows(tmp_path / "kept.json", ("seed",))
    kept.add("code", [{"seed": 1}])
    (row,) = json.loads((tmp_path / "kept.json").read_text(encoding="utf-8"))["rows"]
    assert (row["date"], row["commit"], row["machine"]) == (page.today(), commit(), page.machine())
    assert page.today() in stamps(kept.every)
    assert stamps([]) == "Nothing was measured yet."


def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "house"
    for folder in ("design/rules", *ENGINE, *APART):
        (root / "src" / "klaver" / folder).mkdir(parents=True)
        (root / "src" / "klaver" / folder / "part.py").write_text("1", encoding="utf-8")
    monkeypatch.setattr(page, "ROOT", root)
    return root / "src" / "klaver" / "design"


def test_tuning_the_engine_asks_the_peer_nothing_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    design = house(tmp_path, monkeypatch)
    before = [code([], engine=engine) for engine in (True, False)]
    (design / "solve" / "part.py").write_text("2", encoding="utf-8")
    after = [code([], engine=engine) for engine in (True, False)]
    assert (before[0] == after[0], before[1] == after[1]) == (False, True)
    (design / "lines" / "part.py").write_text("2", encoding="utf-8")
    assert [code([], engine=engine) for engine in (True, False)] == after
    (design / "rules" / "part.py").write_text("2", encoding="utf-8")
    assert code([], engine=False) != after[1]


def test_another_machine_or_input_is_other_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house(tmp_path, monkeypatch)
    given = tmp_path / "input"
    given.write_text("1", encoding="utf-8")
    before = code([given], engine=True)
    given.write_text("2", encoding="utf-8")
    assert code([given], engine=True) != before
    monkeypatch.setattr(page, "machine", lambda: "another machine")
    assert code([given], engine=True) not in (before, "")


def test_outside_a_repository_there_is_no_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows.page, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert commit() == "-"
    monkeypatch.setenv("PATH", "")
    assert commit() == "-"
