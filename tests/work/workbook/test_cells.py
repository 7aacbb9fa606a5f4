"""A cell is understood as a person means it, or refused; a number is never guessed."""

from __future__ import annotations

import datetime as dt

import pytest

from klaver.values import Weekday
from klaver.work.records import Share
from klaver.work.workbook.cells import BadCell, parse
from klaver.work.workbook.layout import Column


def column(kind: str) -> Column:
    return Column(field="x", kind=kind, headings=("x", "x", "x"), help=(), required=False, width=10)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("int", "20", 20),
        ("int", 20.0, 20),
        ("level", "4", 4),
        ("bool", "Ja", True),
        ("bool", "non", False),
        ("bool", True, True),
        ("clock", "7u30", 450),
        ("clock", dt.time(7, 30), 450),
        ("clock", dt.timedelta(hours=7, minutes=30), 450),
        ("hm", "28:30", 1710),
        ("hm", dt.time(7, 30), 450),
        ("hm", "28,5", 1710),
        ("days", "1, 7", (Weekday.MONDAY, Weekday.SUNDAY)),
        ("doers", "nurse 60; aide 40", (Share(role="nurse", percent=60), Share(role="aide", percent=40))),
        ("choice:legal", " Free ", "free"),
        ("id", 12.0, "12"),
        ("text", "  ", None),
        ("int", None, None),
    ],
)
def test_what_a_person_types_is_understood(kind: str, typed: object, value: object) -> None:
    assert parse(column(kind), typed) == value


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("int", "7,5"), ("int", "1.000"), ("int", 7.5), ("int", True), ("int", -1), ("level", 5), ("level", "x"),
        ("bool", "maybe"), ("clock", "late"), ("clock", "7:75"), ("hm", "-5"), ("hm", "long"), ("days", "ma"),
        ("doers", "nurse"), ("doers", "nurse 0"), ("choice:legal", "perhaps"), ("id", "two words"),
        ("date", "1/2/26"), ("int", "=1+1"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(kind: str, typed: object) -> None:
    with pytest.raises(BadCell):
        parse(column(kind), typed)
