"""The page on data entry counts what the starters and the workbook hold; aims are kept or said to be missed."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.work.counting import minutes, record, sketch, tables, told

from klaver.work.starters import settings, start

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "data-entry.md"


def test_the_page_says_what_is_counted() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    assert [line for line in tables() if line and line not in lines] == []


@pytest.mark.parametrize("setting", settings())
def test_a_sketch_takes_a_handful_of_cells_and_a_quarter_of_an_hour(setting: str) -> None:
    steps = sketch(start(setting, {}))
    assert sum(s.cells for s in steps) <= 5
    assert minutes(steps) <= 15


def test_a_told_ward_takes_an_hour_and_a_half_and_a_fifth_of_the_cells_of_the_record() -> None:
    place = start("nursing-home", {})
    steps = told(place)
    assert minutes(steps) <= 90
    assert sum(s.cells for s in steps) * 5 <= record(place)[0]


@pytest.mark.parametrize("setting", ["hotel-kitchen", "installation-firm", "primary-school"])
def test_a_start_of_eighty_tasks_takes_longer_and_the_page_admits_it(setting: str) -> None:
    place = start(setting, {})
    longer = minutes(told(place))
    assert longer > 90
    at_sixty_tasks = f"about {round(longer * 60 / len(place.tasks))} minutes"
    assert at_sixty_tasks in " ".join(PAGE.read_text(encoding="utf-8").split())
