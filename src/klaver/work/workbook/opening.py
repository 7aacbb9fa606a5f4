"""Open a file that claims to be a workbook, and find its sheets, headings and rows by name, never by position."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from klaver.language import LANGUAGES, Language
from klaver.values import Fault, Faults
from klaver.work.wording import plain
from klaver.work.workbook.cells import Cell, Refused, Value, read, shown
from klaver.work.workbook.layout import FORM, LISTS, READ_ME, SHEETS, Column, Sheet, headings, titles

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_BYTES = 300 * 1024 * 1024
"""Largest size of a workbook when unpacked; a real one stays far below it."""

MOST_ROWS = 20_000
"""Most rows with something in them that one sheet may have."""

HEAD_ROWS = 20
"""Rows from the top in which the headings are looked for."""

ASIDE = "#"
"""A sheet, heading or row that begins with this sign is not read."""

Grid = dict[int, dict[int, tuple[Cell, str]]]


@dataclass
class Row:
    """One row as read: its values by column code, and the columns whose cells were refused."""

    sheet: Sheet
    title: str
    number: int
    values: dict[str, Value] = field(default_factory=dict)
    bad: set[str] = field(default_factory=set)
    heads: Mapping[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def fault(self, code: str, column: str | None = None, values: Mapping[str, str | int] | None = None) -> Fault:
        """Return a fault at this row, in the column with this code."""
        heading = None if column is None else self.heads.get(column, column)
        number = self.lines.get(column or "", self.number)
        return Fault(code=code, values=dict(values or {}), sheet=self.title, row=number, column=heading)


@dataclass
class Opened:
    """What was found in a file: rows per sheet, the language of its headings, and every mistake so far."""

    lang: Language
    rows: dict[str, list[Row]]
    faults: list[Fault]


def open_workbook(path: Path) -> Opened:
    """Read the cells of a workbook.

    Raises
    ------
    Faults
        When the file is not a workbook that can be opened; mistakes inside it are collected in the result.
    """
    sheets = _load(path)
    lang = _language(list(sheets))
    opened = Opened(lang, {s.code: [] for s in SHEETS}, [])
    known: dict[str, str] = {}
    for other in (lang, *LANGUAGES):
        known = {**titles(other), **known}
    seen: dict[str, str] = {}
    for title, grid in sheets.items():
        code = known.get(plain(title))
        if code is None and not title.startswith(ASIDE):
            names = [s.title(lang) for s in SHEETS]
            values: dict[str, str | int] = {"title": title, "closest": _closest(title, names)}
            opened.faults.append(Fault(code="workbook.unknown_sheet", values=values, sheet=title))
        elif code in seen:
            values = {"title": title, "other": seen[code]}
            opened.faults.append(Fault(code="workbook.sheet_twice", values=values, sheet=title))
        elif code not in (None, READ_ME, LISTS):
            seen[code] = title
            one = next(s for s in SHEETS if s.code == code)
            opened.rows[code] = list(_read_sheet(one, title, grid, opened))
    for one in SHEETS:
        if one.required and one.code not in seen:
            opened.faults.append(Fault(code="workbook.missing_sheet", values={"title": one.title(lang)}))
    return opened


def _load(path: Path) -> dict[str, Grid]:
    from openpyxl import load_workbook

    data = _bytes(path)
    _check_package(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what another program added and Klaver does not use
            book = load_workbook(BytesIO(data), data_only=False, keep_links=False)
    except Exception:  # the reader of a broken package can fail in any way
        raise Faults([Fault(code="workbook.unreadable")]) from None
    return {sheet.title: _grid(sheet) for sheet in book.worksheets}


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Faults([Fault(code="workbook.no_file", values={"file": str(path)})]) from None
    except OSError:
        raise Faults([Fault(code="workbook.no_access", values={"file": str(path)})]) from None


def _check_package(data: bytes) -> None:
    code = None
    if not data:
        code = "empty_file"
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        code = "protected"
    else:
        try:
            with zipfile.ZipFile(BytesIO(data)) as package:
                names = package.namelist()
                if sum(i.file_size for i in package.infolist()) > MOST_BYTES:
                    code = "too_large"
                elif "[Content_Types].xml" not in names or not any(n.startswith("xl/") for n in names):
                    code = "other_package"
                elif any(i.flag_bits & 1 for i in package.infolist()):
                    code = "protected"
        except Exception:  # a broken package can fail in any way
            code = "no_workbook"
    if code is not None:
        raise Faults([Fault(code=f"workbook.{code}")])


def _grid(sheet: Worksheet) -> Grid:
    grid: Grid = {}
    for (row, column), cell in sorted(sheet._cells.items()):
        value = cell.value
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        kind = str(cell.data_type)
        grid.setdefault(row, {})[column] = (value if kind != "f" else str(value), kind)
    return grid


def _language(names: Sequence[str]) -> Language:
    found = {plain(name) for name in names}
    return max(LANGUAGES, key=lambda lang: len(found & titles(lang).keys()))


def _closest(word: str, names: Sequence[str]) -> str:
    by_plain = {plain(name): name for name in names}
    near = get_close_matches(plain(word), by_plain, n=1, cutoff=0.0)
    return by_plain[near[0]] if near else names[0]


def _read_sheet(one: Sheet, title: str, grid: Grid, opened: Opened) -> Iterator[Row]:
    columns = FORM if one.form else one.columns
    if len(grid) > MOST_ROWS:
        opened.faults.append(Fault(code="workbook.rows", values={"most": MOST_ROWS, "count": len(grid)}, sheet=title))
        return
    known = headings(columns, opened.lang)
    tops = [n for n in sorted(grid) if n <= HEAD_ROWS]
    top = max(tops, key=lambda n: (sum(plain(str(v)) in known for v, _ in grid[n].values()), -n), default=0)
    if not any(plain(str(v)) in known for v, _ in grid.get(top, {}).values()):
        if grid or one.required:
            first = columns[0].heading(opened.lang)
            opened.faults.append(Fault(code="workbook.no_headings", values={"heading": first}, sheet=title))
        return
    placed = _columns(columns, known, title, top, grid[top], opened)
    _loose(title, grid, top, set(grid[top]), opened)
    below = [n for n in sorted(grid) if n > top and not _is_aside(grid[n], placed)]
    heads = {c.code: str(grid[top][at][0]).strip() for at, c in placed.items()}
    if one.form:
        yield _read_form(one, title, below, grid, placed, opened)
        return
    for number in below:
        row = Row(one, title, number, heads=heads)
        _read_cells(row, [(c, grid[number][at]) for at, c in placed.items() if at in grid[number]], opened)
        if row.values or row.bad:
            _require(row, opened)
            yield row


def _is_aside(cells: dict[int, tuple[Cell, str]], placed: dict[int, Column]) -> bool:
    first = min(set(cells) & set(placed), default=None)
    return first is not None and str(cells[first][0]).strip().startswith(ASIDE)


def _columns(
    columns: tuple[Column, ...],
    known: Mapping[str, Column],
    title: str,
    top: int,
    cells: dict[int, tuple[Cell, str]],
    opened: Opened,
) -> dict[int, Column]:
    """Place the columns by their headings; tell headings that are unknown, double or missing."""
    placed: dict[int, Column] = {}
    for at, (value, _) in sorted(cells.items()):
        text = str(value).strip()
        column = known.get(plain(text))
        place = {"sheet": title, "row": top, "column": shown(text)}
        if text.startswith(ASIDE):
            continue
        if column is None:
            names = [c.heading(opened.lang) for c in columns]
            values: dict[str, str | int] = {"heading": shown(text), "closest": _closest(text, names)}
            opened.faults.append(Fault.model_validate({"code": "workbook.unknown_heading", "values": values, **place}))
        elif column in placed.values():
            values = {"heading": shown(text)}
            opened.faults.append(Fault.model_validate({"code": "workbook.heading_twice", "values": values, **place}))
        else:
            placed[at] = column
    needed = columns[:2] if columns == FORM else tuple(c for c in columns if c.required)
    for column in needed:
        if column not in placed.values():
            values = {"heading": column.heading(opened.lang)}
            opened.faults.append(Fault(code="workbook.missing_heading", values=values, sheet=title, row=top))
    return placed


def _loose(title: str, grid: Grid, top: int, headed: set[int], opened: Opened) -> None:
    """Tell values below an empty heading, once per column: they would be lost in silence."""
    from openpyxl.utils import get_column_letter

    told: set[int] = set()
    for number in sorted(grid):
        for at in sorted(grid[number]) if number > top else ():
            if at not in headed | told:
                told.add(at)
                values: dict[str, str | int] = {"value": shown(grid[number][at][0])}
                letter = get_column_letter(at)
                fault = Fault(code="workbook.no_heading", values=values, sheet=title, row=number, column=letter)
                opened.faults.append(fault)


def _read_cells(row: Row, cells: Sequence[tuple[Column, tuple[Cell, str]]], opened: Opened) -> None:
    for column, (value, kind) in cells:
        try:
            if kind == "f":
                raise Refused("formula", value=shown(value))
            if kind == "e":
                raise Refused("error_cell", value=shown(value))
            row.values[column.code] = read(value, column, opened.lang)
        except Refused as refused:
            row.bad.add(column.code)
            opened.faults.append(row.fault(refused.code, column.code, refused.values))


def _require(row: Row, opened: Opened) -> None:
    for column in row.sheet.columns:
        if column.required and column.code not in row.values and column.code not in row.bad:
            row.bad.add(column.code)
            heading = row.heads.get(column.code)
            if heading is not None or row.sheet.form:  # a missing heading was told once for the whole sheet
                values = {"heading": column.heading(opened.lang)}
                opened.faults.append(row.fault("workbook.blank", column.code, values))


def _read_form(
    one: Sheet, title: str, numbers: Sequence[int], grid: Grid, placed: Mapping[int, Column], opened: Opened
) -> Row:
    """Read a form: one field per row, found by its name in the first column."""
    at = {column.code: place for place, column in placed.items()}
    known = headings(one.columns, opened.lang)
    row = Row(one, title, min(numbers, default=2), heads={c.code: c.heading(opened.lang) for c in one.columns})
    for number in numbers:
        label, _ = grid[number].get(at.get("form_field", -1), ("", "s"))
        value = grid[number].get(at.get("form_value", -1))
        column = known.get(plain(str(label)))
        if column is None:
            names = [c.heading(opened.lang) for c in one.columns]
            values: dict[str, str | int] = {"heading": shown(label), "closest": _closest(str(label), names)}
            fault = Fault(code="workbook.unknown_field", values=values, sheet=title, row=number)
            opened.faults.append(fault)
        elif column.code in row.lines:
            values = {"heading": shown(label)}
            opened.faults.append(Fault(code="workbook.heading_twice", values=values, sheet=title, row=number))
        else:
            row.lines[column.code] = number
            if value is not None:
                _read_cells(row, [(column, value)], opened)
    _require(row, opened)
    return row
