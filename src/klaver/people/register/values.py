"""A value that a workbook or a Parquet file keeps as a number or a time, as the text that a person would type."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal

from klaver.values.time import DAY

_FIRST_DAY = dt.datetime(1899, 12, 31)  # noqa: DTZ001 - a cell has no time zone
_TIME_YEARS = 1900


def text_of(value: object) -> str:
    """Return the text of a value; nothing, and what is no number, is blank.

    A number that a file keeps as a number is never ambiguous: 1.234 is written so that no one reads it as a thousand.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool | int):
        return str(value)
    if isinstance(value, float | Decimal):
        return _number(float(value))
    if isinstance(value, dt.datetime) and value.year <= _TIME_YEARS:  # a time of day past midnight
        value = value.replace(tzinfo=None) - _FIRST_DAY
    if isinstance(value, dt.time):
        value = dt.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    if isinstance(value, dt.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}" if 0 <= minutes <= 7 * DAY else str(minutes)
    return str(value)


def _number(value: float) -> str:
    if math.isnan(value):
        return ""
    if value.is_integer():
        return str(int(value))
    text = f"{value:.6f}".rstrip("0")
    whole, _, part = text.partition(".")
    return f"{whole}.{part.ljust(4, '0')}" if len(part) > 2 else text
