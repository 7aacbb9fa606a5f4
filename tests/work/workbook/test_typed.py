"""A task as the texts that a person types: read back as it was shown, with every mistake at its field."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.design.cases import task
from tests.work.drawn import workplaces

from klaver.language import LANGUAGES, Language
from klaver.values import Faults, Range
from klaver.work.records import Workplace
from klaver.work.workbook.typed import as_typed, columns, read_task, text

BEFORE = task("A", 30).model_copy(update={"minutes": Range(low=20, likely=30, high=40)})


def codes(given: dict[str, str]) -> list[tuple[str | None, str]]:
    with pytest.raises(Faults) as told:
        read_task(BEFORE, given, "nl")
    return [(f.column, f.code) for f in told.value.faults]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(place=workplaces(), lang=st.sampled_from(LANGUAGES))
def test_what_is_shown_of_any_task_reads_back_to_it(place: Workplace, lang: Language) -> None:
    for before in place.tasks:
        cells = as_typed(before)
        shown = {name: text(column, cells.get(name), lang) for name, column in columns("tasks").items()}
        shown |= {f"day_{n}": text(columns("tasks")[f"day_{n}"], t, lang) for n, t in enumerate(before.times or ())}
        assert read_task(before, shown, lang) == before


def test_what_is_not_typed_stays_as_it_was() -> None:
    assert read_task(BEFORE, {}, "nl") == BEFORE
    assert read_task(BEFORE, {"harm": "2"}, "nl") == BEFORE.model_copy(update={"harm": 2})


def test_all_mistakes_are_told_at_once() -> None:
    assert codes({"name": "", "likely": "lang", "window_start": "9:00", "window_end": "8:00", "harm": "7"}) == [
        ("name", "workbook.required"),
        ("likely", "workbook.whole"),
        ("window_end", "workbook.window_backwards"),
        ("harm", "workbook.at_most"),
    ]


def test_a_bound_that_was_typed_is_judged_and_one_that_was_not_follows() -> None:
    assert codes({"low": "25", "likely": "10", "high": "40"}) == [("low", "workbook.low_above")]
    moved = read_task(BEFORE, {"low": "20", "likely": "10", "high": "40"}, "nl")
    assert moved.minutes == Range(low=10, likely=10, high=40)
    moved = read_task(BEFORE, {"low": "20", "likely": "50", "high": "40"}, "nl")
    assert moved.minutes == Range(low=20, likely=50, high=50)


def test_minutes_that_are_known_exactly_show_one_number() -> None:
    cells = as_typed(task("A", 30))
    assert (cells["low"], cells["likely"], cells["high"]) == (None, 30, None)
