"""The official O*NET files, text or Excel: found in folders, read by heading, never by position."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl

from klaver.values import Fault, Faults

Row = dict[str, str]
CODE = "O*NET-SOC Code"


def find(folders: Sequence[Path], name: str) -> list[Path]:
    """Return the files of a table, those of the last folder first; text before Excel within a folder."""
    paths = (f / f"{name}{ending}" for f in reversed(folders) for ending in (".txt", ".xlsx"))
    return [p for p in paths if p.is_file()]


def rows(path: Path, needed: Sequence[str], occupation: str | None = None) -> Iterator[Row]:
    """Yield the rows of a table as text by heading; ``n/a`` and empty cells are left out.

    Raises
    ------
    Faults
        When headings are missing or the file cannot be read.
    """
    lines = _text(path) if path.suffix == ".txt" else _excel(path)
    heads = next(lines, ())
    missing = [n for n in needed if n not in heads]
    if missing:
        raise Faults([Fault(code="onet.columns", values={"columns": ", ".join(missing)}, file=path.name)])
    at = heads.index(CODE) if CODE in heads else None
    for line in lines:
        if occupation is None or at is None or (len(line) > at and line[at] == occupation):
            yield {h: v for h, v in zip(heads, line, strict=False) if v not in ("", "n/a")}


def _text(path: Path) -> Iterator[tuple[str, ...]]:
    try:
        with path.open(encoding="utf-8", newline="") as source:
            for line in csv.reader(source, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield tuple(line)
    except UnicodeDecodeError:
        raise Faults([Fault(code="onet.unreadable", file=path.name)]) from None


def _excel(path: Path) -> Iterator[tuple[str, ...]]:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception:  # a damaged file fails in many ways; to the user they are one
        raise Faults([Fault(code="onet.unreadable", file=path.name)]) from None
    try:
        for line in book.worksheets[0].iter_rows(values_only=True):
            yield tuple("" if v is None else str(v) for v in line)
    finally:
        book.close()
