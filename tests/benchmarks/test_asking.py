"""The benchmark of ask next draws truths inside the ranges, and a page says ok or short as its figure is."""

from __future__ import annotations

from random import Random

from tests.documents.test_interview import interview, of

from benchmarks import asking
from klaver.design.doubt import ends
from klaver.design.spans import value_range


def test_a_truth_lies_between_the_ends_and_is_told() -> None:
    asked, found = of(), interview("en", 100).found
    truth = asking.drawn(asked, found, Random(1), 0.5)
    for (name, field), task in truth.items():
        pair = ends(asked, asked.tasks[name], field)
        assert pair is not None
        assert ends(asked, task, field) is None
        if field == "minutes":
            assert pair[0].minutes and pair[1].minutes and task.minutes
            assert pair[0].minutes.likely <= task.minutes.likely <= pair[1].minutes.likely


def test_all_answers_leave_no_width_and_ten_chosen_no_more_than_none() -> None:
    sheet = interview("en", 100)
    assert sheet.jobs is not None
    truth = asking.drawn(of(), sheet.found, Random(2), 0.9)
    assert value_range(asking.answered(of(), truth, sheet.found), sheet.jobs).width == 0
    row = asking.measured("ward", of(), sheet.jobs, 3, 0.9)
    assert row.chosen <= row.random <= row.before


def test_the_page_says_short_when_the_chosen_are_not_worth_twice_the_random() -> None:
    row = asking.Row("ward", 40, 1000, 300.0, 500.0)
    assert "short" in asking.written([row], [row], [row], 5)
    assert "| ok |" in asking.written([asking.Row("ward", 40, 1000, 100.0, 500.0)], [row], [row], 5)
