"""One cell: from what stands in the sheet to a value, and back to what a person would type."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from klaver.language import Language, tell
from klaver.language.spelling import plain
from klaver.language.weekdays import parse_days, parse_pattern, show_days, show_pattern
from klaver.values import Weekday, clock, parse_clock
from klaver.values.time import DAY
from klaver.work.records import Share
from klaver.work.workbook.layout import YES_NO, Column, choice_codes

_WHOLE = re.compile(r"^-?\d+$")
_NUMBER = re.compile(r"^-?\d+([.,]\d{1,2})?$")
_HOURS = re.compile(r"^(\d{1,5})[:hu]([0-5]\d)(?::00)?$")
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_IDENT = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")
_DOER = re.compile(r"^(\S+)\s+(\d{1,3})\s*%?$")
_DIMENSION = re.compile(r"^(.*?)[\s.]+(\d{1,2})$")
_ERROR = re.compile(r"^#[A-Z/0]+[!?A]?$")
_FIRST_DAY = dt.datetime(1899, 12, 31)  # noqa: DTZ001 - a cell has no time zone
_TIME_YEARS = 1900
_MAX_CLOCK = 2 * DAY


class BadCell(Exception):
    """A cell that cannot be read; ``code`` names the remedy (messages ``workbook``)."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def shorten(value: object) -> str:
    """Return what was typed, short enough for a sentence."""
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else text[:39] + "…"


def parse(column: Column, cell: object) -> Any:
    """Return the value of a cell; ``None`` when it is empty.

    Raises
    ------
    BadCell
        When the cell does not hold what the column asks.
    """
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, str) and cell.startswith("=") and column.kind != "text":
        raise BadCell("workbook.formula", given=shorten(cell))
    if isinstance(cell, str) and _ERROR.match(cell):
        raise BadCell("workbook.error_value", given=cell)
    kind = "choice" if column.choices else column.kind
    return _PARSERS[kind](column, cell)


def _text(_: Column, cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\r\n", "\n").replace("\r", "\n").strip()


def _ident(_: Column, cell: object) -> str:
    text = _text(_, cell)
    if not _IDENT.match(text):
        raise BadCell("workbook.ident", given=shorten(text))
    return text


def _int(column: Column, cell: object) -> int:
    value = _whole(cell)
    if value < 0:
        raise BadCell("workbook.negative", given=shorten(cell))
    return value


def _whole(cell: object) -> int:
    if isinstance(cell, int) and not isinstance(cell, bool):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    text = str(cell).strip()
    if isinstance(cell, bool) or not _WHOLE.match(text):
        raise BadCell("workbook.whole", given=shorten(text))
    return int(text)


def _level(_: Column, cell: object) -> int:
    try:
        value = _whole(cell)
    except BadCell:
        raise BadCell("workbook.level", given=shorten(cell)) from None
    if not 0 <= value <= 4:
        raise BadCell("workbook.level", given=value)
    return value


def _bool(_: Column, cell: object) -> bool:
    text = str(cell).strip().lower()
    for yes, no in YES_NO.values():
        if text in (yes, no):
            return text == yes
    if text in ("true", "false", "x"):
        return text != "false"
    raise BadCell("workbook.yes_no", given=shorten(text))


def _time_cell(cell: object) -> int | None:
    """Return the minutes of a cell that the spreadsheet keeps as a time, or ``None`` when it is no such cell."""
    if isinstance(cell, dt.datetime):
        if cell.year > _TIME_YEARS:
            raise BadCell("workbook.date_for_time", given=cell.date().isoformat())
        cell = cell - _FIRST_DAY
    if isinstance(cell, dt.time):
        cell = dt.timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second, microseconds=cell.microsecond)
    return round(cell.total_seconds() / 60) if isinstance(cell, dt.timedelta) else None


def _clock(_: Column, cell: object) -> int:
    minutes = _time_cell(cell)
    if isinstance(cell, float) and 0 < cell < 1:  # a time whose format was lost: a part of the day
        minutes = round(cell * DAY)
    if minutes is None:
        try:
            minutes = parse_clock(re.sub(r"(:\d\d):00$", r"\1", str(cell).strip()))
        except ValueError:
            raise BadCell("workbook.clock", given=shorten(cell)) from None
    if not 0 <= minutes <= _MAX_CLOCK:
        raise BadCell("workbook.clock", given=clock(minutes))
    return minutes


def _hm(_: Column, cell: object) -> int:
    minutes = _time_cell(cell)
    if minutes is not None:
        return minutes
    text = str(cell).strip().lower()
    found = _HOURS.match(text)
    if found:
        return int(found[1]) * 60 + int(found[2])
    if _NUMBER.match(text.removesuffix(".0")):
        value = float(text.replace(",", ".")) * 60
        if value < 0:
            raise BadCell("workbook.negative", given=shorten(text))
        return round(value)
    raise BadCell("workbook.hours", given=shorten(text))


def _money(_: Column, cell: object) -> int:
    text = str(cell).strip().removeprefix("€").removesuffix("€").strip()
    if not _NUMBER.match(text) or text.startswith("-"):
        raise BadCell("workbook.money", given=shorten(text))
    return round(float(text.replace(",", ".")) * 100)


def _date(_: Column, cell: object) -> str:
    if isinstance(cell, dt.datetime | dt.date):
        return cell.strftime("%Y-%m-%d")
    text = str(cell).strip()
    try:
        if _DATE.match(text):
            return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise BadCell("workbook.date", given=shorten(text))


def _days(_: Column, cell: object) -> tuple[Weekday, ...]:
    days = parse_days(_text(_, cell))
    if days is None:
        raise BadCell("workbook.days", given=shorten(cell))
    return days


def _pattern(_: Column, cell: object) -> tuple[int, ...]:
    times = parse_pattern(_text(_, cell))
    if times is None:
        raise BadCell("workbook.days", given=shorten(cell))
    return times


def _doers(_: Column, cell: object) -> tuple[Share, ...]:
    parts = [p.strip() for p in str(cell).strip().strip(";").split(";")]
    if len(parts) == 1 and _IDENT.match(parts[0]):
        return (Share(role=parts[0], percent=100),)
    shares = []
    for part in parts:
        found = _DOER.match(part)
        if not found or not 1 <= int(found[2]) <= 100 or not _IDENT.match(found[1]):
            raise BadCell("workbook.doers", given=shorten(part))
        shares.append(Share(role=found[1], percent=int(found[2])))
    return tuple(shares)


def _choice(column: Column, cell: object) -> str:
    known = choice_codes(column.kind)
    code = known.get(plain(str(cell)))
    if code is None:
        raise BadCell("workbook.choice", given=shorten(cell), known=", ".join(column.words(column.spoken)))
    return code


def _field(column: Column, cell: object) -> str:
    """Read the name of a task's value; a single demand is told with its number: "taakeisen 26"."""
    known, text = choice_codes("choice:field"), plain(str(cell))
    if text in known:
        return known[text]
    found = _DIMENSION.match(text)
    if found and known.get(found[1]) == "demands":
        return f"demands.{int(found[2])}"
    words = ", ".join(dict.fromkeys(known.values()))
    raise BadCell("workbook.choice", given=shorten(cell), known=words)


_PARSERS = {
    "text": _text,
    "id": _ident,
    "int": _int,
    "level": _level,
    "bool": _bool,
    "clock": _clock,
    "hm": _hm,
    "money": _money,
    "date": _date,
    "days": _days,
    "pattern": _pattern,
    "doers": _doers,
    "choice": _choice,
    "field": _field,
}


def show(column: Column, value: Any, lang: Language) -> str | int | None:
    """Return what is written in the cell for a value."""
    if value is None:
        return None
    if column.choices:
        return column.word(str(value), lang)
    return _SHOWN[column.kind](value, lang) if column.kind in _SHOWN else _as_is(value)


def _as_is(value: Any) -> str | int:
    return value if isinstance(value, int) else str(value)


def _show_money(cents: int, lang: Language) -> str:
    text = f"{cents // 100}.{cents % 100:02d}"
    return text if lang == "en" else text.replace(".", ",")


def _show_field(field: str, lang: Language) -> str:
    name, _, number = field.partition(".")
    word = tell(f"choice.field_{name}", lang)
    return f"{word} {number}" if number else word


_SHOWN: dict[str, Callable[[Any, Language], str | None]] = {
    "bool": lambda value, lang: YES_NO[lang][0 if value else 1],
    "clock": lambda value, _: clock(value),
    "hm": lambda value, _: clock(value),
    "money": _show_money,
    "days": lambda value, lang: show_days(value, lang) or None,
    "pattern": show_pattern,
    "doers": lambda value, _: "; ".join(f"{s.role} {s.percent}" for s in value) or None,
    "field": _show_field,
}
