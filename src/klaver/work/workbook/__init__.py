"""A workplace in and out: as a workbook that people fill in, or as JSON; nothing is lost either way."""

from __future__ import annotations

from pathlib import Path

from klaver.language import Language
from klaver.work.records import Workplace
from klaver.work.workbook.beside import beside
from klaver.work.workbook.json_file import read_json
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
    return read_json(path) if path.suffix.lower() == ".json" else read_workbook(path)


def write_workplace(place: Workplace, path: Path, lang: Language) -> None:
    """Write a workplace to .xlsx, or to .json when the name ends so; write beside, then rename."""
    if path.suffix.lower() != ".json":
        write_workbook(place, path, lang)
        return
    with beside(path) as part:
        part.write_text(place.to_json(), encoding="utf-8")
