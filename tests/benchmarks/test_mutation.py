"""The mutation score counts every change that was tried, and never one that was not."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.mutation import begin, main, score, tally, text

from benchmarks import mutation, page

TOLD = """
    klaver.design.rules.pins.x_post__mutmut_1: killed
    klaver.design.rules.pins.x_post__mutmut_2: survived
    klaver.design.rules.pins.x_check__mutmut_1: not checked
    klaver.design.rules.hours.x_check__mutmut_7: timeout
    klaver.design.rules.hours.x_check__mutmut_8: no tests
    klaver.values.time.x_clock__mutmut_1: survived
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(mutation, "MUTANTS", tmp_path / "mutants")
    monkeypatch.setattr(mutation, "PAGE", tmp_path / "results" / "mutation.md")
    return tmp_path


def pretend(monkeypatch: pytest.MonkeyPatch, told: str) -> list[tuple[str, ...]]:
    asked: list[tuple[str, ...]] = []

    def run(*arguments: str) -> str:
        asked.append(arguments)
        return told if arguments[0] == "results" else ""

    monkeypatch.setattr(mutation, "mutmut", run)
    return asked


def test_changes_are_counted_by_rule_and_what_was_not_tried_is_left_out() -> None:
    assert tally(TOLD) == {"hours": {"timeout": 1, "no tests": 1}, "pins": {"killed": 1, "survived": 1}}


def test_a_change_that_no_test_reaches_is_unnoticed() -> None:
    assert score({"killed": 3, "no tests": 1}) == 0.75
    assert score({"killed": 1, "timeout": 1, "survived": 2}) == 0.5
    assert score({}) == 0


def test_the_page_has_a_row_for_every_rule_and_one_for_all() -> None:
    told = text(tally(TOLD), "2026-11-25")
    for part in ("| hours | 2 | 1 | 50.0 % |", "| pins | 2 | 1 | 50.0 % |", "| all | 4 | 2 | 50.0 % |", page.machine()):
        assert part in told


@pytest.mark.parametrize("told", [TOLD, TOLD.replace("survived", "killed"), ""])
def test_the_bar_is_short_below_ninety_percent(
    told: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pretend(monkeypatch, told)
    assert main(["--bars", "--quick"]) == 1
    assert capsys.readouterr().out.split()[2:] == [">=0.90", "short"]


def test_nine_of_ten_are_enough_and_only_the_full_run_writes_its_page(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = pretend(monkeypatch, TOLD.replace("no tests", "killed").replace("survived", "killed", 1))
    assert main(["--bars", "--quick"]) == 0
    assert capsys.readouterr().out == "mutation_score_rules 1.0000 >=0.90 ok\n"
    assert not (folder / "results").exists()
    assert main([]) == 0
    assert (folder / "results" / "mutation.md").read_text(encoding="utf-8") in capsys.readouterr().out
    runs = [a[3:] for a in asked if a[0] == "run"]
    assert runs == [(mutation.QUICK,), ()]


def test_what_was_measured_with_other_rules_or_tests_is_thrown_away(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin()
    measured = folder / "mutants" / "measured"
    measured.touch()
    begin()
    assert measured.exists()
    monkeypatch.setattr(page, "fingerprint", lambda inputs: "other tests")
    begin()
    assert not measured.exists()


def test_a_run_of_mutmut_that_fails_is_told_and_gives_no_score(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit, match="mutmut nonsense ended with 2"):
        mutation.mutmut("nonsense")
