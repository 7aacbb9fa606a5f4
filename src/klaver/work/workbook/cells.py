"""One cell: from what stands in the sheet to a value, and back to what a person would type."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from klaver.language import Language
from klaver.values import Weekday, clock, parse_clock
from klaver.work.records import Share
from klaver.work.workbook.layout import YES_NO, Column

_WHOLE = re.compile(r"^-?\d+$")
_NUMBER = re.compile(r"^-?\d+([.,]\d+)?$")
_HOURS = re.compile(r"^(\d{1,5}):([0-5]\d)$")
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_IDENT = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")
_DOER = re.compile(r"^(\S+)\s+(\d{1,3})\s*%?$")


class BadCell(Exception):
    """A cell that cannot be read; ``code`` names the remedy (messages ``workbook``)."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code, self.values = code, values


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
        raise BadCell("workbook.formula", given=cell[:40])
    kind = "choice" if column.choices else column.kind
    return _PARSERS[kind](column, cell)


def _text(_: Column, cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _ident(_: Column, cell: object) -> str:
    text = _text(_, cell)
    if not _IDENT.match(text):
        raise BadCell("workbook.ident", given=text[:40])
    return text


def _int(column: Column, cell: object) -> int:
    value = _whole(cell)
    if value < 0:
        raise BadCell("workbook.negative", given=str(cell)[:40])
    return value


def _whole(cell: object) -> int:
    if isinstance(cell, bool):
        raise BadCell("workbook.whole", given=str(cell))
    if isinstance(cell, int):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    text = str(cell).strip()
    if not _WHOLE.match(text):
        raise BadCell("workbook.whole", given=text[:40])
    return int(text)


def _level(_: Column, cell: object) -> int:
    try:
        value = _whole(cell)
    except BadCell:
        raise BadCell("workbook.level", given=str(cell)[:40]) from None
    if not 0 <= value <= 4:
        raise BadCell("workbook.level", given=value)
    return value


def _bool(_: Column, cell: object) -> bool:
    text = str(cell).strip().lower()
    for yes, no in YES_NO.values():
        if text in (yes, no):
            return text == yes
    if text in ("true", "false"):
        return text == "true"
    raise BadCell("workbook.yes_no", given=text[:40])


def _clock(_: Column, cell: object) -> int:
    if isinstance(cell, dt.datetime):
        cell = cell.time()
    if isinstance(cell, dt.time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, dt.timedelta):
        return int(cell.total_seconds() // 60)
    try:
        return parse_clock(str(cell))
    except ValueError:
        raise BadCell("workbook.clock", given=str(cell)[:40]) from None


def _hm(_: Column, cell: object) -> int:
    if isinstance(cell, dt.time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, dt.timedelta):
        return int(cell.total_seconds() // 60)
    text = str(cell).strip()
    found = _HOURS.match(text)
    if found:
        return int(found[1]) * 60 + int(found[2])
    if _NUMBER.match(text):
        value = float(text.replace(",", ".")) * 60
        if value < 0:
            raise BadCell("workbook.negative", given=text[:40])
        return round(value)
    raise BadCell("workbook.hours", given=text[:40])


def _money(_: Column, cell: object) -> int:
    text = str(cell).strip().removeprefix("€").strip()
    if not _NUMBER.match(text) or text.startswith("-"):
        raise BadCell("workbook.money", given=text[:40])
    return round(float(text.replace(",", ".")) * 100)


def _date(_: Column, cell: object) -> str:
    if isinstance(cell, dt.datetime | dt.date):
        return cell.strftime("%Y-%m-%d")
    text = str(cell).strip()
    if not _DATE.match(text):
        raise BadCell("workbook.date", given=text[:40])
    return text


def _days(_: Column, cell: object) -> tuple[Weekday, ...]:
    parts = re.split(r"[\s,;]+", _text(_, cell))
    if not all(p in set("1234567") and p for p in parts):
        raise BadCell("workbook.days", given=str(cell)[:40])
    return tuple(Weekday(int(p) - 1) for p in parts)


def _doers(_: Column, cell: object) -> tuple[Share, ...]:
    shares = []
    for part in str(cell).split(";"):
        found = _DOER.match(part.strip())
        if not found or not 1 <= int(found[2]) <= 100 or not _IDENT.match(found[1]):
            raise BadCell("workbook.doers", given=part.strip()[:40])
        shares.append(Share(role=found[1], percent=int(found[2])))
    return tuple(shares)


def _choice(column: Column, cell: object) -> str:
    text = str(cell).strip()
    known = {c.lower(): c for c in column.choices}
    if text.lower() not in known:
        raise BadCell("workbook.choice", given=text[:40], known=", ".join(column.choices))
    return known[text.lower()]


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
    "doers": _doers,
    "choice": _choice,
}


def show(column: Column, value: Any, lang: Language) -> str | int | None:
    """Return what is written in the cell for a value."""
    if value is None:
        return None
    if column.kind == "bool":
        return YES_NO[lang][0 if value else 1]
    if column.kind in ("clock", "hm"):
        return clock(value)
    if column.kind == "money":
        text = f"{value // 100}.{value % 100:02d}"
        return text if lang == "en" else text.replace(".", ",")
    if column.kind == "days":
        return ", ".join(str(int(d) + 1) for d in value) or None
    if column.kind == "doers":
        return "; ".join(f"{s.role} {s.percent}" for s in _shares(value)) or None
    return value if isinstance(value, int) else str(value)


def _shares(value: Sequence[Share]) -> Sequence[Share]:
    return value
