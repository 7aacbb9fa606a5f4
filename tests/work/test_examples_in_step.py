"""The workbooks of the examples say what their sources say, so that nobody reads an old one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from klaver.work.starters import settings, start, workplace_from_toml
from klaver.work.workbook import read_workbook

FOLDER = Path(__file__).parents[2] / "examples"
EXAMPLES = ("ward", "school", "kitchen", "installation")
CODE = re.compile(r"[A-Z]\d\d")


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_workbook_of_an_example_holds_the_workplace_of_its_source(name: str) -> None:
    source = workplace_from_toml((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), {}, "nl")
    assert read_workbook(FOLDER / f"{name}.xlsx") == source


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_task_is_named_by_a_short_code_and_never_by_a_word_of_another_language(name: str) -> None:
    assert [t.id for t in read_workbook(FOLDER / f"{name}.xlsx").tasks if not CODE.fullmatch(t.id)] == []


@pytest.mark.parametrize("setting", settings())
def test_a_start_names_its_tasks_by_a_short_code_too(setting: str) -> None:
    assert [t.id for t in start(setting, {}, "nl").tasks if not CODE.fullmatch(t.id)] == []
