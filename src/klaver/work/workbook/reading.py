"""Read a workbook: by heading, never by position; every mistake at once, with its cell and its remedy."""

from __future__ import annotations

import difflib
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import openpyxl
from pydantic import BaseModel, ValidationError

from klaver.values import Fault, Faults, Record
from klaver.work.records import (
    Agreement,
    Link,
    Order,
    PayScale,
    Pin,
    Place,
    Role,
    Scenario,
    Task,
    Unit,
    Walk,
    Wishes,
    Workplace,
)
from klaver.work.validate import faults as sense
from klaver.work.workbook.cells import BadCell, parse
from klaver.work.workbook.layout import Sheet, sheets
from klaver.work.workbook.rows import Row, place_data, present, scenario_data, task_data

Found = dict[str, list[tuple[int, Row]]]
_NEEDED = ("workplace", "tasks")


def read_workbook(path: Path) -> Workplace:
    """Read a workplace from an .xlsx file.

    Raises
    ------
    Faults
        With every mistake of the file: sheet, row, column, what is wrong and what to write instead.
    """
    book = _open(path)
    rows, wrong, names = _rows(book, path.name)
    reader = _Reader(rows, wrong, names, path.name)
    place = reader.workplace()
    if reader.wrong or place is None:
        raise Faults(reader.wrong)
    located = [reader.locate(f) for f in sense(place)]
    if located:
        raise Faults(located)
    return place


def _open(path: Path) -> Any:
    try:
        with zipfile.ZipFile(path) as packed:
            if packed.testzip() is not None or "xl/workbook.xml" not in packed.namelist():
                raise Faults([Fault(code="workbook.not_a_workbook", file=path.name)])
        return openpyxl.load_workbook(path, data_only=False)
    except FileNotFoundError:
        raise Faults([Fault(code="workbook.no_file", file=str(path))]) from None
    except Faults:
        raise
    except Exception:  # openpyxl fails in many ways on a damaged file; to the user they are one
        raise Faults([Fault(code="workbook.not_a_workbook", file=path.name)]) from None


def _rows(book: Any, file: str) -> tuple[Found, list[Fault], dict[str, str]]:
    known = {name.casefold(): s for s in sheets() for name in s.names}
    rows: Found = defaultdict(list)
    wrong: list[Fault] = []
    names: dict[str, str] = {}
    first = True
    for page in book.worksheets:
        sheet = known.get(page.title.strip().casefold())
        if sheet is None:
            if not first:
                close = difflib.get_close_matches(page.title.casefold(), list(known), 1)
                values: dict[str, str | int] = {"given": page.title, "close": close[0] if close else "-"}
                wrong.append(Fault(code="workbook.unknown_sheet", values=values, file=file, sheet=page.title))
            first = False
            continue
        first = False
        names[sheet.key] = page.title
        rows[sheet.key] = _sheet_rows(page, sheet, file, wrong)
    for key in _NEEDED:
        if key not in names:
            missing = " / ".join(next(s for s in sheets() if s.key == key).names)
            wrong.append(Fault(code="workbook.no_sheet", values={"sheet": missing}, file=file))
        elif not rows[key]:
            wrong.append(Fault(code="workbook.empty_sheet", file=file, sheet=names[key]))
    return rows, wrong, names


def _sheet_rows(page: Any, sheet: Sheet, file: str, wrong: list[Fault]) -> list[tuple[int, Row]]:
    by_heading = {h.casefold(): c for c in sheet.columns for h in c.headings}
    columns: dict[int, Any] = {}
    lines = page.iter_rows()
    for cell in next(lines, ()):
        heading = "" if cell.value is None else str(cell.value).strip()
        column = by_heading.get(heading.casefold())
        if column is not None:
            columns[cell.column] = column
        elif heading:
            close = difflib.get_close_matches(heading.casefold(), list(by_heading), 1)
            values: dict[str, str | int] = {"given": heading, "close": close[0] if close else "-"}
            wrong.append(Fault(code="workbook.unknown_column", values=values, file=file, sheet=page.title, row=1))
    absent = [c for c in sheet.columns if c.required and c not in columns.values()]
    for column in absent:
        values = {"column": " / ".join(column.headings)}
        wrong.append(Fault(code="workbook.no_column", values=values, file=file, sheet=page.title, row=1))
    made: list[tuple[int, Row]] = []
    for line in lines:
        if any(_filled(c.value) for c in line):
            made.append((line[0].row, _row(line, columns, file, page.title, wrong)))
    return made


def _filled(value: object) -> bool:
    return value is not None and bool(str(value).strip())


def _row(line: Any, columns: dict[int, Any], file: str, title: str, wrong: list[Fault]) -> Row:
    row: Row = {}
    for cell in line:
        column = columns.get(cell.column)
        if column is None:
            continue
        place = {"file": file, "sheet": title, "row": cell.row, "column": _heading(cell, column)}
        try:
            if cell.data_type == "f":
                raise BadCell("workbook.formula", given=str(cell.value)[:40])
            row[column.field] = parse(column, cell.value)
        except BadCell as bad:
            row[column.field] = None
            row.setdefault("_bad", set()).add(column.field)
            wrong.append(Fault(code=bad.code, values=bad.values, **place))
        if column.required and row[column.field] is None and column.field not in row.get("_bad", ()):
            wrong.append(Fault(code="workbook.required", **place))
    return row


def _heading(cell: Any, column: Any) -> str:
    return str(cell.parent.cell(row=1, column=cell.column).value or column.field)


class _Reader:
    """Builds the workplace from parsed rows, and remembers on which row everything stands."""

    def __init__(self, rows: Found, wrong: list[Fault], names: dict[str, str], file: str) -> None:
        self.rows, self.wrong, self.names, self.file = rows, wrong, names, file
        self.at: dict[tuple[str, str], int] = {}

    def workplace(self) -> Workplace | None:
        """Return the workplace, or ``None`` when its own rows cannot be read."""
        data: Row = {
            "units": self._all("units", Unit),
            "pay_scales": self._all("pay_scales", PayScale),
            "places": self._all("places", Place, place_data),
            "walks": self._all("walks", Walk),
            "roles": self._all("roles", Role),
            "tasks": self._tasks(),
            "orders": self._all("orders", Order),
            "links": self._all("links", Link),
            "scenarios": self._scenarios(),
            "agreements": self._all("agreements", Agreement),
            "wishes": self._wishes(),
        }
        for key, field in (("gap", "gaps_noted"), ("attribution", "attribution")):
            data[field] = tuple(r["text"] for _, r in self.rows.get("remarks", []) if r.get("kind") == key)
        head = self.rows.get("workplace") or []
        if not head or self.wrong:
            return None
        number, row = head[0]
        made = self._make("workplace", number, Workplace, {**_clean(row), **data})
        return made if isinstance(made, Workplace) else None

    def _all(self, key: str, model: type[Record], shape: Any = None) -> tuple[Any, ...]:
        made = []
        for number, row in self.rows.get(key, []):
            if row.get("id"):
                self._once(key, str(row["id"]), number)
            data = shape(row) if shape else _clean(row)
            record = self._make(key, number, model, data, row)
            if record is not None:
                made.append(record)
        return tuple(made)

    def _once(self, key: str, ident: str, number: int) -> None:
        if (key, ident) in self.at:
            values: dict[str, str | int] = {"id": ident, "row": self.at[key, ident]}
            self._fault("workbook.duplicate", values, key, number)
        self.at.setdefault((key, ident), number)

    def _make(self, key: str, number: int, model: type[BaseModel], data: Row, row: Row | None = None) -> Any:
        if row and row.get("_bad"):
            return None
        try:
            return model.model_validate(data, strict=False)
        except ValidationError as error:
            for problem in error.errors():
                field = str(problem["loc"][0]) if problem["loc"] else "-"
                missing = problem["type"] == "missing"
                if missing and row is not None:
                    continue  # already told as an empty required cell
                values: dict[str, str | int] = {"field": field, "given": str(problem["input"])[:40]}
                self._fault("workbook.value", values, key, number)
            return None

    def _tasks(self) -> tuple[Task, ...]:
        demands = self._by_task("demands")
        sources = self._by_task("sources")
        made = []
        for number, row in self.rows.get("tasks", []):
            ident = str(row.get("id") or "")
            if ident:
                self._once("tasks", ident, number)
            self._task_sense(number, row)
            asked = demands.get(ident, [])
            bad = any(d.get("_bad") for _, d in asked) or any(s.get("_bad") for _, s in sources.get(ident, []))
            data = task_data(row, asked[0][1] if asked else None, [s for _, s in sources.get(ident, [])])
            record = None if bad else self._make("tasks", number, Task, data, row)
            if record is not None:
                made.append(record)
        return tuple(made)

    def _task_sense(self, number: int, row: Row) -> None:
        low, likely, high = row.get("low"), row.get("likely"), row.get("high")
        bad = row.get("_bad", set())
        if likely is not None and not (low if low is not None else likely) <= likely <= (
            high if high is not None else likely
        ):
            self._fault("workbook.range", {}, "tasks", number)
            bad = row["_bad"] = {*bad, "low"}
        start, end = row.get("window_start"), row.get("window_end")
        if (start is None) != (end is None) and not bad & {"window_start", "window_end"}:
            self._fault("workbook.half_window", {}, "tasks", number)
        if start is not None and end is not None and end <= start:
            self._fault("workbook.window_backwards", {}, "tasks", number)
            row["_bad"] = {*bad, "window_start"}

    def _by_task(self, key: str) -> dict[str, list[tuple[int, Row]]]:
        tasks = {str(r.get("id")) for _, r in self.rows.get("tasks", [])}
        found: dict[str, list[tuple[int, Row]]] = defaultdict(list)
        for number, row in self.rows.get(key, []):
            ident = str(row.get("task"))
            if row.get("task") and ident not in tasks:
                self._fault("workbook.unknown_task", {"id": ident}, key, number)
            if key == "demands" and found.get(ident):
                values: dict[str, str | int] = {"id": ident, "row": found[ident][0][0]}
                self._fault("workbook.duplicate", values, key, number)
            found[ident].append((number, row))
        return found

    def _scenarios(self) -> tuple[Scenario, ...]:
        volumes = [v for _, v in self.rows.get("volumes", []) if not v.get("_bad")]
        known = {r.get("id") for _, r in self.rows.get("scenarios", [])}
        for number, row in self.rows.get("volumes", []):
            if row.get("scenario") and row["scenario"] not in known:
                self._fault("workbook.unknown_scenario", {"id": str(row["scenario"])}, "volumes", number)
        whole = [v for v in volumes if all(v.get(k) is not None for k in ("scenario", "kind", "name", "percent"))]
        return self._all("scenarios", Scenario, lambda row: scenario_data(row, whole))

    def _wishes(self) -> Wishes:
        rows = self.rows.get("wishes") or [(0, {})]
        pins = self._all("pins", Pin)
        made = self._make("wishes", rows[0][0], Wishes, {**_clean(rows[0][1]), "pins": pins}, rows[0][1])
        return made if isinstance(made, Wishes) else Wishes()

    def _fault(self, code: str, values: dict[str, str | int], key: str, number: int) -> None:
        sheet = self.names.get(key, key)
        self.wrong.append(Fault(code=code, values=values, file=self.file, sheet=sheet, row=number))

    def locate(self, fault: Fault) -> Fault:
        """Give a fault about a record its sheet and row in this file."""
        key, _, ident = (fault.column or "").partition(":")
        row = self.at.get((key, ident))
        if row is None:
            row = next((n for n, r in self.rows.get(key, []) if ident in map(str, r.values())), None)
        place = {"file": self.file, "sheet": self.names.get(key), "row": row, "column": None}
        return fault.model_copy(update=place)


def _clean(row: Row) -> Row:
    return present(row, *(k for k in row if k != "_bad"))
