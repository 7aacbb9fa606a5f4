"""What a record does not allow, told at the cell: too large, too long, out of order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from klaver.work.workbook.cells import shorten

_TOLD = {
    "greater_than_equal": ("at_least", "ge"),
    "less_than_equal": ("at_most", "le"),
    "too_long": ("too_long", "max_length"),
    "too_short": ("too_short", "min_length"),
}


def told(error: Mapping[str, Any]) -> tuple[str, dict[str, str | int]]:
    """Return the message code and values for one error of pydantic."""
    given = "-" if error["type"] == "missing" else shorten(error["input"])
    if error["type"] in _TOLD:
        code, limit = _TOLD[error["type"]]
        return f"workbook.{code}", {"given": given, "limit": int(error["ctx"][limit])}
    return "workbook.value", {"given": given}


_FIELDS = {"kind": "source_kind", "date": "source_date", "by": "source_by", "note": "source_note"}


def cell_of(sheet: str, loc: tuple[int | str, ...], given: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return the sheet, field and row key of the value at a place in a record (``("window", "start")``).

    The row key tells which row of another sheet it is: the field of a source, the name of a volume; else it is empty.
    A level is judged when its cell is read, so no record refuses one.
    """
    first, rest = str(loc[0]), [str(p) for p in loc[1:]]
    last = rest[-1] if rest else ""
    if sheet == "tasks":
        return _task_cell(first, rest, last, given)
    if sheet == "scenarios" and first in ("families", "tasks"):
        return "volumes", "percent", rest[0]
    return sheet, first, ""


def _task_cell(first: str, rest: list[str], last: str, given: Mapping[str, Any]) -> tuple[str, str, str]:
    if first == "demand_reason":
        return "demands", first, ""
    if first == "sources":
        return "sources", _FIELDS.get(last, "field"), rest[0]
    if first == "times":
        return "tasks", "pattern" if given.get("pattern") is not None else f"day_{last}", ""
    inner = {
        "minutes": last,
        "window": f"window_{last}",
        "names": f"name_{last}",
        "language": f"language_{last}",
        "override": "override_comment",
        "source": _FIELDS.get(last, "source_kind"),
    }
    return "tasks", inner.get(first, first), ""
