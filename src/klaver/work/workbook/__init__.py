"""A workplace in and out: as a workbook that people fill in, or as JSON; nothing is lost either way."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from klaver.language import Language
from klaver.values import Fault, Faults
from klaver.work.records import Workplace
from klaver.work.validate import faults
from klaver.work.workbook.reading import read_workbook
from klaver.work.workbook.writing import write_template, write_workbook

__all__ = ["read_workbook", "read_workplace", "write_template", "write_workbook", "write_workplace"]


def read_workplace(path: Path) -> Workplace:
    """Read a workplace from .xlsx or .json; a record in JSON is judged as strictly as a cell.

    Raises
    ------
    Faults
        With every mistake, located.
    """
    if path.suffix.lower() != ".json":
        return read_workbook(path)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise Faults([Fault(code="workbook.no_file", file=str(path))]) from None
    except (OSError, UnicodeDecodeError):
        raise Faults([Fault(code="workbook.not_json", file=path.name)]) from None
    try:
        place = Workplace.model_validate_json(text)
    except ValidationError as wrong:
        found = []
        for error in wrong.errors():
            where = ".".join(str(p) for p in error["loc"]) or "-"
            values: dict[str, str | int] = {"where": where, "given": str(error["input"])[:60]}
            found.append(Fault(code="workbook.json_value", values=values, file=path.name))
        raise Faults(found) from None
    wrong_sense = [f.model_copy(update={"file": path.name, "column": None}) for f in faults(place)]
    if wrong_sense:
        raise Faults(wrong_sense)
    return place


def write_workplace(place: Workplace, path: Path, lang: Language) -> None:
    """Write a workplace to .xlsx, or to .json when the name ends so; write beside, then rename."""
    if path.suffix.lower() != ".json":
        write_workbook(place, path, lang)
        return
    beside = path.with_name(path.name + ".part")
    beside.write_text(place.to_json(), encoding="utf-8")
    beside.replace(path)
