"""The workbooks of the examples say what their sources say, so that nobody reads an old one."""

from __future__ import annotations

from pathlib import Path

import pytest

from klaver.work.starters import workplace_from_toml
from klaver.work.workbook import read_workbook

FOLDER = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize("name", ["ward", "school"])
def test_the_workbook_of_an_example_holds_the_workplace_of_its_source(name: str) -> None:
    source = workplace_from_toml((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), {}, "nl")
    assert read_workbook(FOLDER / f"{name}.xlsx") == source
