"""Read a line from a file: Klaver's own JSON, a table as CSV, or one of three formats of public collections."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from pydantic import ValidationError

from klaver.design.lines import collections, table
from klaver.design.lines.records import Line
from klaver.design.lines.validate import faults
from klaver.values import Fault, Faults

_TABLES = {".csv", ".tsv"}
_SECTIONS = {".alb": collections.read_alb, ".in2": collections.read_in2}


def read_line(path: Path, stations: int | None = None) -> Line:
    """Read a line; the ending says the form: ``.json``, ``.csv``, ``.tsv``, ``.alb``, ``.in2``, else ALWABP.

    ``stations`` is how many equal workers a file without workers gets (``.alb`` and ``.in2``).

    Raises
    ------
    Faults
        With every mistake of the file, each with row and column where it has one.
    """
    text = _text(path)
    ending, name = path.suffix.lower(), path.name
    if ending == ".json":
        return from_json(text, name)
    if ending in _TABLES:
        return _whole(table.read_table, text, path)
    if ending in _SECTIONS:
        if stations is None:
            raise Faults([Fault(code="line.stations_needed", file=name)])
        read, many = _SECTIONS[ending], stations
        return _whole(lambda text, name, file: read(text, name, file, many), text, path)
    return _whole(collections.read_alwabp, text, path)


def _whole(read: Callable[[str, str, str], Line], text: str, path: Path) -> Line:
    line = read(text, path.stem or path.name, path.name)
    found = [f.model_copy(update={"file": path.name, "sheet": None, "row": None}) for f in faults(line)]
    if found:
        raise Faults(found)
    return line


def from_json(text: str, name: str) -> Line:
    """Return a line from its document; every place that cannot be read is told."""
    try:
        line = Line.model_validate_json(text)
    except ValidationError as wrong:
        raise Faults([_located(dict(error), name) for error in wrong.errors()]) from None
    found = [f.model_copy(update={"file": name}) for f in faults(line)]
    if found:
        raise Faults(found)
    return line


def _located(error: dict[str, object], file: str) -> Fault:
    where = error["loc"]
    kind = str(error["type"])
    if kind == "json_invalid":
        return Fault(code="line.not_json", file=file)
    assert isinstance(where, tuple)
    place: dict[str, str | int | None] = {"sheet": None, "row": None}
    if len(where) > 1 and isinstance(where[1], int):
        place = {"sheet": str(where[0]), "row": where[1] + 1}
        where = where[2:]
    column = ".".join(str(part + 1 if isinstance(part, int) else part) for part in where) or None
    code = {"missing": "json_missing", "extra_forbidden": "json_extra"}.get(kind, "json_value")
    given = json.dumps(error.get("input"), ensure_ascii=False, default=str)[:60]
    values: dict[str, str | int] = {"given": given} if code == "json_value" else {}
    return Fault(code=f"line.{code}", values=values, file=file, column=column, **place)  # type: ignore[arg-type]


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise Faults([Fault(code="line.no_file", file=str(path))]) from None
    except OSError:
        raise Faults([Fault(code="line.folder" if path.is_dir() else "line.no_access", file=path.name)]) from None
    if b"\0" in raw:
        raise Faults([Fault(code="line.no_text", file=path.name)])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
