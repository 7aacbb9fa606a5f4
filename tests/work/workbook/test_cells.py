"""A cell is understood as a person means it, or refused; a number is never guessed."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest

from klaver.values import Weekday
from klaver.values.time import WORKING_DAYS
from klaver.work.records import Share
from klaver.work.workbook.cells import BadCell, parse
from klaver.work.workbook.layout import Column

moment = partial(dt.datetime, tzinfo=None)


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
        ("days", "ma, wo", (Weekday.MONDAY, Weekday.WEDNESDAY)),
        ("days", "ma-vr", WORKING_DAYS),
        ("days", "lundi au vendredi", WORKING_DAYS),
        ("days", "Monday and Sunday", (Weekday.MONDAY, Weekday.SUNDAY)),
        ("days", "maandag tot woensdag en zondag", (*WORKING_DAYS[:3], Weekday.SUNDAY)),
        ("days", "1-5", WORKING_DAYS),
        ("pattern", "Elke dag", (1,) * 7),
        ("pattern", "alle dagen", (1,) * 7),
        ("pattern", "2 x weekdagen", (2, 2, 2, 2, 2, 0, 0)),
        ("pattern", "3 fois chaque jour", (3,) * 7),
        ("pattern", "weekend", (0, 0, 0, 0, 0, 1, 1)),
        ("pattern", "mardi", (0, 1, 0, 0, 0, 0, 0)),
        ("field", "Taakeisen 26", "demands.26"),
        ("field", "gevolg van fout", "harm"),
        ("field", "demands.7", "demands.7"),
        ("choice:legal", "Vrij", "free"),
        ("choice:legal", "réservé", "reserved"),
        ("choice:posture", "EN MARCHANT", "walking"),
        ("doers", "carer", (Share(role="carer", percent=100),)),
        ("doers", "nurse 60 %; aide 40;", (Share(role="nurse", percent=60), Share(role="aide", percent=40))),
        ("bool", "x", True),
        ("clock", 0.3125, 450),
        ("clock", "07:30:00", 450),
        ("clock", moment(1899, 12, 31, 7, 30), 450),
        ("clock", moment(1900, 1, 1, 1, 0), 1500),
        ("clock", dt.time(7, 29, 59, 999_999), 450),
        ("hm", dt.timedelta(hours=420), 25_200),
        ("hm", moment(1900, 1, 1, 14, 0), 2280),
        ("hm", "38u00", 2280),
        ("hm", 38.0, 2280),
        ("hm", 7, 420),
        ("money", "€ 32,50", 3250),
        ("money", 32.5, 3250),
        ("date", moment(2026, 2, 3), "2026-02-03"),
        ("date", "2026-02-03", "2026-02-03"),
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
        ("days", "ma, di"), ("days", "vr-ma"),
        ("days", "1-3-5"), ("days", "8"), ("days", "m"), ("days", ","), ("pattern", "vaak"),
        ("pattern", "100 x elke dag"),
        ("hm", 1.583333), ("clock", 7), ("clock", 30.0), ("clock", dt.timedelta(hours=49)), ("clock", "25"),
        ("clock", moment(2026, 7, 30)), ("money", "-3"), ("money", "much"), ("date", "2026-02-30"),
        ("date", 46000),
        ("field", "colour"), ("field", "harm 3"), ("text", "#N/A"), ("int", "#DIV/0!"), ("doers", "nurse 50; aide"),
        ("doers", "nurse 0"), ("choice:legal", "perhaps"), ("id", "two words"),
        ("date", "1/2/26"), ("int", "=1+1"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(kind: str, typed: object) -> None:
    with pytest.raises(BadCell):
        parse(column(kind), typed)
