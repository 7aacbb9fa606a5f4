"""A register with forty mistakes of twelve kinds: forty places, three languages, exit 2, and nothing is loaded."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.people.register.made import csv
from typer.testing import CliRunner

from klaver.cli.main import app
from klaver.language import LANGUAGES, Language

HEAD = "id;reading;pace;lang_reading;hours_min;hours_max;earliest;latest;days;aids;permits;zone;means"
GOOD = "p{n};3;2;A2;10;20;7:30;16:00;1 2 3;stool;driving_b;9000;bike"
SECRET = "Jan Peeters"

WRONG = (  # kind, column, what stands there instead, in how many rows
    ("level", "reading", "5", 5),
    ("level", "pace", "x", 4),
    ("step", "lang_reading", "D1", 4),
    ("hours", "hours_min", "veel", 4),
    ("ambiguous", "hours_max", "1,234", 3),
    ("max_below_min", "hours_max", "9,5", 3),
    ("clock", "earliest", "vroeg", 3),
    ("days", "days", "8", 3),
    ("aids", "aids", "stoel", 3),
    ("codes", "permits", "rijbewijs(B)", 2),
    ("zone", "zone", "Veldstraat 1", 2),
    ("means", "means", "boot", 2),
    ("id_name", "id", SECRET, 2),
)


@pytest.fixture
def forty(tmp_path: Path) -> tuple[Path, set[tuple[str, int, str]]]:
    """Write the register, a good row after each wrong one; return it and where which mistake is."""
    lines, told = [HEAD], set()
    for code, column, given, times in WRONG:
        for _ in range(times):
            cells = GOOD.format(n=len(lines)).split(";")
            cells[HEAD.split(";").index(column)] = given
            lines.append(";".join(cells))
            told.add((f"register.{code}", len(lines), column))
            lines.append(GOOD.format(n=len(lines)))
    return csv(tmp_path, "\n".join(lines) + "\n"), told


def test_the_file_holds_forty_mistakes_of_twelve_kinds(forty: tuple[Path, set[tuple[str, int, str]]]) -> None:
    assert len(forty[1]) == 40
    assert len({code for code, _, _ in forty[1]}) == 12


@pytest.mark.parametrize("lang", LANGUAGES)
def test_forty_mistakes_have_forty_places_in_every_language(
    forty: tuple[Path, set[tuple[str, int, str]]], lang: Language
) -> None:
    path, expected = forty
    result = CliRunner().invoke(app, ["people", "check", str(path), "--lang", lang, "--json"])
    assert result.exit_code == 2
    faults = json.loads(result.stdout)["faults"]
    assert {(f["code"], f["row"], f["column"]) for f in faults} == expected
    assert len(faults) == 40
    for fault in faults:
        assert fault["file"] == "people.csv"
        assert f"{fault['row']}" in fault["told"] and fault["column"] in fault["told"]
        assert len(fault["told"]) > 40
    assert SECRET not in result.output and "Veldstraat" not in result.output


@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_the_screen_each_of_the_forty_is_named_by_column_and_row(
    forty: tuple[Path, set[tuple[str, int, str]]], lang: Language
) -> None:
    path, expected = forty
    result = CliRunner().invoke(app, ["people", "check", str(path), "--lang", lang])
    assert result.exit_code == 2
    assert "Traceback" not in result.output and SECRET not in result.output
    assert result.stdout == ""
    named: set[tuple[int, str]] = set()
    for line in result.stderr.splitlines():
        found = re.match(r"  (?:kolom|colonne|column) (\w+), (?:rij|rijen|ligne|lignes|row|rows) ([\d, -]+):", line)
        for part in found[2].split(", ") if found else []:
            first, _, last = part.partition("-")
            named |= {(row, found[1]) for row in range(int(first), int(last or first) + 1)}
    assert named == {(row, column) for _, row, column in expected}
    assert len(result.stderr.splitlines()) < 40


def test_with_the_mistakes_mended_it_is_read(tmp_path: Path) -> None:
    path = csv(tmp_path, "\n".join([HEAD, *(GOOD.format(n=n) for n in range(40))]) + "\n")
    result = CliRunner().invoke(app, ["people", "check", str(path), "--lang", "nl"])
    assert result.exit_code == 0
    assert "40-49 mensen" in result.stdout
