"""Registers as a test writes them: a few rows as CSV, as a workbook or as Parquet; and people as plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from klaver.people.columns import CONDITIONS, NOT_KNOWN, UNKNOWN, Columns, joined
from klaver.people.register import RegisterMapping, open_register
from klaver.values import Fault, Faults

Rows = Sequence[Mapping[str, object]]


def text(rows: Rows, sign: str = ";") -> str:
    """Return rows as CSV; the headings are those of the first row."""
    lines = [sign.join(rows[0]), *(sign.join(str(row.get(name, "")) for name in rows[0]) for row in rows)]
    return "\n".join(lines) + "\n"


def csv(folder: Path, content: str | bytes | Rows, name: str = "people.csv") -> Path:
    path = folder / name
    if not isinstance(content, str | bytes):
        content = text(content)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def xlsx(folder: Path, rows: Sequence[Sequence[object]], sheet: str = "Register", *more: str) -> Path:
    """Write rows, headings first, as a workbook."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for other in more:
        book.create_sheet(other)
    path = folder / "people.xlsx"
    book.save(path)
    return path


def parquet(folder: Path, table: Mapping[str, Sequence[object]], **metadata: str) -> Path:
    pa = pytest.importorskip("pyarrow", reason="Parquet needs pyarrow (extra sql)")
    import pyarrow.parquet as pq

    path = folder / "people.parquet"
    made = pa.table({name: pa.array(list(values)) for name, values in table.items()})
    pq.write_table(made.replace_schema_metadata(metadata or None), path)
    return path


def people(path: Path, mapping: RegisterMapping | None = None, **options: Any) -> Columns:
    """Return everybody in a register."""
    return joined(list(open_register(path, mapping).parts(**options)))


def mistakes(path: Path, mapping: RegisterMapping | None = None) -> tuple[Fault, ...]:
    """Return what is wrong in a register; nobody may have been loaded from it."""
    loaded = []
    with pytest.raises(Faults) as wrong:
        loaded = [part.count for part in open_register(path, mapping).parts()]
    assert loaded == []
    return wrong.value.faults


def where(path: Path, mapping: RegisterMapping | None = None) -> set[tuple[str, int | None, str | None]]:
    """Return the code, row and column of everything that is wrong."""
    found = [(f.code.removeprefix("register."), f.row, f.column) for f in mistakes(path, mapping)]
    assert len(found) == len(set(found)), "something is told twice"
    return set(found)


def words(columns: Columns) -> list[tuple[object, ...]]:
    """Return people in words, so that they can be compared whatever bits the words have."""
    tables = {"permits": columns.names.permits, "excluded": columns.names.families, "wanted": columns.names.families}
    zones = list(columns.names.zones)

    def condition(name: str, value: int) -> object:
        if value == NOT_KNOWN or name not in tables:
            return value
        return frozenset(word for word, bit in tables[name].items() if value >> bit & 1)

    return [
        (
            columns.ids[at] if columns.ids is not None else None,
            tuple(None if level == UNKNOWN else int(level) for level in columns.levels[:, at]),
            int(columns.aids[at]),
            tuple(condition(name, int(v)) for name, v in zip(CONDITIONS, columns.conditions[:, at], strict=True)),
            None if columns.zone[at] == NOT_KNOWN else zones[columns.zone[at]],
        )
        for at in range(columns.count)
    ]
