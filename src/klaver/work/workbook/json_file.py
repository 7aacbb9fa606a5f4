"""Read a workplace from JSON: every mistake at the list, place in the list and field where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from klaver.values import Fault, Faults
from klaver.work.records import Workplace
from klaver.work.validate import faults
from klaver.work.workbook.limits import told


def read_json(path: Path) -> Workplace:
    """Read a workplace from a JSON file.

    Raises
    ------
    Faults
        With every mistake of the records; when there is none, with every mistake that they make together.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise Faults([Fault(code="workbook.no_file", file=str(path))]) from None
    except OSError:
        raise Faults(
            [Fault(code="workbook.folder" if path.is_dir() else "workbook.no_access", file=path.name)]
        ) from None
    except UnicodeDecodeError:
        raise Faults([Fault(code="workbook.not_json", file=path.name)]) from None
    try:
        place = Workplace.model_validate_json(text)
    except ValidationError as wrong:
        raise Faults([_located(error, path.name) for error in wrong.errors()]) from None
    found = [f.model_copy(update={"file": path.name}) for f in faults(place)]
    if found:
        raise Faults(found)
    return place


def _located(error: Mapping[str, Any], file: str) -> Fault:
    where = list(error["loc"])
    if error["type"] == "json_invalid":
        return Fault(code="workbook.not_json", file=file)
    sheet, row = None, None
    if len(where) > 1 and isinstance(where[1], int):
        sheet, row = str(where[0]), where[1] + 1
        where = where[2:]
    column = ".".join(map(str, where)) or None
    known = {"missing": "json_missing", "extra_forbidden": "json_extra"}
    if error["type"] in known:
        return Fault(code=f"workbook.{known[error['type']]}", file=file, sheet=sheet, row=row, column=column)
    code, values = told(error)
    code = "workbook.json_value" if code == "workbook.value" else code
    return Fault(code=code, values=values, file=file, sheet=sheet, row=row, column=column)
