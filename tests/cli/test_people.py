"""``klaver people``: a register checked without showing anybody, and people who do not exist."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.people.register.made import csv
from typer.testing import CliRunner

from klaver.cli.main import app
from klaver.cli.people import _ends, _lines
from klaver.cli.progress import counting
from klaver.language import LANGUAGES
from klaver.people.register.layout import columns

ROWS = "id;reading;pace;aids\n" + "".join(f"p{n};{n % 5 if n % 10 else ''};;\n" for n in range(60))


def run(*words: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(w) for w in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_counts_of_a_real_register_are_told_as_bands(tmp_path: Path) -> None:
    code, told, _ = run("people", "check", csv(tmp_path, ROWS), "--json")
    assert code == 0
    found = json.loads(told)
    assert (found["people"], found["synthetic"]) == ([60, 64], False)
    assert found["columns"] == [
        {"name": "reading", "known": [50, 54], "unknown": [6, 14]},
        {"name": "pace", "known": [0, 4], "unknown": [56, 64]},
        {"name": "aids", "known": [0, 4], "unknown": None},
    ]
    assert "lifting" in found["missing"] and "reading" not in found["missing"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_register_is_shown_in_the_words_of_the_reader(tmp_path: Path, lang: str) -> None:
    ours = tmp_path / "ours.toml"
    ours.write_text('[rename]\nReads = "reading"\n[recode.levels]\n1 = 0\n2 = 4\n9 = ""\n', encoding="utf-8")
    path = csv(tmp_path, "id;Reads\np1;1\np2;2\np3;9\n")
    code, told, _ = run("people", "check", path, "--mapping", ours, "--lang", lang)
    assert code == 0
    word = {"nl": "niet gekend", "fr": "inconnu", "en": "not known"}[lang]
    assert f"1 → 0, 2 → 4, 9 → {word}" in told
    assert {"nl": "Lezen", "fr": "Lire", "en": "Reading"}[lang] in told
    assert "p1" not in told


@given(st.integers(5, 400), st.data())
def test_no_count_of_a_real_register_proves_that_one_to_four_people_are_left_out(
    people: int, data: st.DataObject
) -> None:
    """Who reads the answer looks for all registers that give it; some of them must leave out nobody or five."""
    known = data.draw(st.integers(0, people))

    def answer(people: int, known: int) -> list[object]:
        register = SimpleNamespace(synthetic=False)
        summary = SimpleNamespace(register=register, people=people, lines=lambda: [(columns()["reading"], known)])
        return [_ends(summary, people), *_lines(summary)]  # type: ignore[arg-type]

    given = answer(people, known)
    worlds = [
        n - k
        for n in range(max(0, people - 10), people + 10)
        for k in range(max(0, known - 10), min(n, known + 10) + 1)
        if answer(n, k) == given
    ]
    assert people - known in worlds
    assert any(left == 0 or left >= 5 for left in worlds)


def test_made_up_people_are_written_checked_and_counted_exactly(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    code, told, _ = run("people", "synthesise", "--n", 300, "--seed", 3, "--kind", "survey", path, "--lang", "nl")
    assert (code, path.name in told, "300" in told) == (0, True, True)
    code, told, _ = run("people", "check", path, "--json")
    found = json.loads(told)
    assert (code, found["people"], found["synthetic"], found["missing"]) == (0, [300, 300], True, [])
    assert [c["known"] for c in found["columns"] if c["name"] == "zone"] == [[300, 300]]
    assert run("people", "check", path, "--lang", "en")[0] == 0


def test_a_mistake_ends_with_two_and_an_unknown_kind_is_one(tmp_path: Path) -> None:
    assert run("people", "check", tmp_path / "none.csv", "--lang", "en")[0] == 2
    assert run("people", "synthesise", tmp_path / "p.json", "--lang", "en")[0] == 2
    assert run("people", "synthesise", "--kind", "real", tmp_path / "p.csv")[0] == 2
    assert run("people", "synthesise", "--n", 0, tmp_path / "p.csv")[0] == 2
    assert list(tmp_path.iterdir()) == []


def test_away_from_a_terminal_no_progress_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with counting("reading") as count:
        count(3)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("total", [None, 10])
def test_on_a_terminal_the_progress_stands_on_stderr(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, total: int | None
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    with counting("reading people.csv", total) as count:
        count(10)
    told = capsys.readouterr()
    assert told.out == ""
    assert "reading people.csv" in told.err


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_ends_with_130_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    words = ["people", "synthesise", "--n", "30000000", str(path), "--lang", "en"]
    command = [sys.executable, "-X", "faulthandler", "-m", "klaver", *words]
    # Tests that run in the background may ignore Ctrl-C, and a child would ignore it with them.
    listening = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    beside = path.with_name("people.csv.part")
    for last in (False, True):  # a process that did not begin to write is asked where it stands, and one more is begun
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=listening) as process:
            try:
                for _ in range(600):
                    if process.poll() is not None or (beside.exists() and beside.stat().st_size > 0):
                        break
                    time.sleep(0.1)
                begun = beside.exists()
                process.send_signal(signal.SIGINT if begun else signal.SIGABRT)
                _, told = process.communicate(timeout=60)
            finally:
                process.kill()
        assert begun or not last, f"{process.returncode}: {told}"
        if begun:
            break
    assert process.returncode == 130
    assert "Nothing is half written" in told and "Traceback" not in told
    assert list(tmp_path.iterdir()) == []
