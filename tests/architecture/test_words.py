"""Whatever Klaver says, it says in Dutch, French and English, with the same fields in each."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from string import Formatter

import pytest
from tests.architecture.project import ROOT, SOURCE

LANGUAGES = {"nl", "fr", "en"}
AREAS = sorted((SOURCE / "language" / "messages").glob("*.toml"))
GLOSSARY = ROOT / "docs" / "reference" / "glossary.md"


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def rows(page: str) -> list[list[str]]:
    """Return the cells of every row of every table, without the rules under the heads."""
    lines = [line.strip() for line in page.splitlines() if line.strip().startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]


@pytest.mark.parametrize("area", AREAS, ids=lambda path: path.stem)
def test_every_message_has_three_languages_with_the_same_fields(area: Path) -> None:
    for name, told in tomllib.loads(area.read_text(encoding="utf-8")).items():
        assert set(told) == LANGUAGES, f"{area.stem}.{name}"
        assert all(text.strip() for text in told.values()), f"{area.stem}.{name} is empty in a language"
        asked = {lang: fields(text) for lang, text in told.items()}
        assert asked["nl"] == asked["fr"] == asked["en"], f"{area.stem}.{name}: {asked}"
        assert "" not in asked["nl"], f"{area.stem}.{name}: a field has no name"


def test_there_are_messages() -> None:
    assert AREAS


def test_every_word_of_the_glossary_has_three_languages_a_meaning_and_one_home() -> None:
    table = rows(GLOSSARY.read_text(encoding="utf-8"))
    words = [row for row in table if row[0] != "code"]
    assert len(words) > 50
    for row in words:
        assert len(row) == 5, row
        assert all(row), row
    codes = [row[0] for row in words]
    assert len(codes) == len(set(codes)), sorted(code for code in codes if codes.count(code) > 1)


def test_every_head_of_the_glossary_names_the_same_five_columns() -> None:
    heads = [row for row in rows(GLOSSARY.read_text(encoding="utf-8")) if row[0] == "code"]
    assert heads
    assert all(row == ["code", "nl", "fr", "en", "meaning"] for row in heads)
