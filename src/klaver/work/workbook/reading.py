"""Read a workbook: every mistake at once, each with its sheet, row, column and remedy; then the workplace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from klaver.values import Fault, Faults
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
from klaver.work.rows import Row, place_data, present, scenario_data, task_data
from klaver.work.validate import sense
from klaver.work.workbook.limits import cell_of, told
from klaver.work.workbook.opening import open_book
from klaver.work.workbook.pages import Book, read_pages
from klaver.work.workbook.rowsense import judge_rows

Rows = dict[tuple[str, str], int]
"""Row numbers by sheet and by what tells the row apart on it."""

_LISTS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("units", Unit),
    ("pay_scales", PayScale),
    ("walks", Walk),
    ("roles", Role),
    ("orders", Order),
    ("links", Link),
    ("agreements", Agreement),
)


def read_workbook(path: Path) -> Workplace:
    """Read a workplace from an .xlsx file.

    Raises
    ------
    Faults
        With every mistake of the file: sheet, row, column, what is wrong and what to write instead.
    """
    opened = open_book(path)
    try:
        book = read_pages(opened, path.name)
    finally:
        opened.close()
    judge_rows(book)
    place = _Maker(book).workplace()
    lines = {key: page.lines for key, page in book.pages.items()}
    for wrong in sense(lines, book.absent()):
        book.fault(wrong.code, wrong.sheet or "", wrong.row, wrong.column, **wrong.values)
    if book.wrong or place is None:
        raise Faults(_in_order(book))
    return place


def _in_order(book: Book) -> list[Fault]:
    """Return the mistakes as one walks through the file; one that was told in two ways is told once."""
    titles = {page.title: at for at, page in enumerate(book.pages.values())}
    columns = {(p.title, h): at for p in book.pages.values() for at, h in enumerate(p.headings.values())}

    def place(fault: Fault) -> tuple[int, int, int]:
        at = columns.get((fault.sheet or "", fault.column or ""), -1)
        return titles.get(fault.sheet or "", -1), fault.row or 0, at

    once = {fault.model_dump_json(): fault for fault in book.wrong}
    return sorted(once.values(), key=place)


class _Maker:
    """Makes the records of one book, and tells at its cell what a record does not allow."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def workplace(self) -> Workplace | None:
        """Return the workplace, or ``None`` when a mistake was found."""
        data: Row = {key: self._all(key, model) for key, model in _LISTS}
        data["places"] = self._all("places", Place, place_data)
        data["tasks"] = self._tasks()
        data["scenarios"] = self._scenarios()
        data["wishes"] = self._wishes()
        for kind, name in (("gap", "gaps_noted"), ("attribution", "attribution")):
            data[name] = tuple(r.get("text") for _, r in self._lines("remarks") if r.get("kind") == kind)
        for number, row in self._lines("workplace")[:1]:
            made = self._make("workplace", number, Workplace, {**_present(row), **data}, row)
            if isinstance(made, Workplace) and not self.book.wrong:
                return made
        return None

    def _lines(self, key: str) -> list[tuple[int, Row]]:
        return self.book.pages[key].lines if key in self.book.pages else []

    def _all(self, key: str, model: type[BaseModel], shape: Callable[[Row], Row] | None = None) -> tuple[Any, ...]:
        made = (self._make(key, n, model, (shape or _present)(row), row) for n, row in self._lines(key))
        return tuple(m for m in made if m is not None)

    def _make(
        self, key: str, number: int, model: type[BaseModel], data: Row, row: Row, more: Rows | None = None
    ) -> Any:
        """Return the record, or ``None`` after telling why not. ``more`` are the rows on other sheets it draws on."""
        try:
            return model.model_validate(data, strict=False)
        except ValidationError as error:
            for problem in error.errors():
                sheet, name, which = cell_of(key, problem["loc"], row)
                at = (more or {}).get((sheet, which), number)
                if not self._is_told(sheet, at, name):
                    code, values = told(problem)
                    self.book.fault(code, sheet, at, name, **values)
            return None

    def _is_told(self, sheet: str, number: int, name: str) -> bool:
        """Tell whether the cell was found bad, or its column missing, when it was read."""
        page = self.book.pages[sheet]
        return (number, name) in page.bad or name not in page.headings

    def _tasks(self) -> tuple[Task, ...]:
        demands, sources = self._by("demands", "task"), self._by("sources", "task")
        made = []
        for number, row in self._lines("tasks"):
            ident = str(row.get("id"))
            asked = demands.get(ident, [])[:1]
            origins = [(n, r) for n, r in sources.get(ident, []) if r.get("field")]
            data = task_data(row, asked[0][1] if asked else None, [r for _, r in origins])
            more: Rows = {("demands", ""): asked[0][0]} if asked else {}
            more |= {("sources", r["field"]): n for n, r in origins}
            made.append(self._make("tasks", number, Task, data, row, more))
        return tuple(t for t in made if t is not None)

    def _by(self, key: str, name: str) -> dict[str, list[tuple[int, Row]]]:
        found: dict[str, list[tuple[int, Row]]] = defaultdict(list)
        for number, row in self._lines(key):
            found[str(row.get(name))].append((number, row))
        return found

    def _scenarios(self) -> tuple[Scenario, ...]:
        made = []
        volumes = self._by("volumes", "scenario")
        for number, row in self._lines("scenarios"):
            mine = volumes.get(str(row.get("id")), [])
            whole = [(n, v) for n, v in mine if all(v.get(k) is not None for k in ("kind", "name", "percent"))]
            data = scenario_data(row, [v for _, v in whole])
            more = {("volumes", v["name"]): n for n, v in whole}
            made.append(self._make("scenarios", number, Scenario, data, row, more))
        return tuple(s for s in made if s is not None)

    def _wishes(self) -> Wishes:
        pins = self._all("pins", Pin)
        for number, row in self._lines("wishes")[:1]:
            made = self._make("wishes", number, Wishes, {**_present(row), "pins": pins}, row)
            return made if isinstance(made, Wishes) else Wishes()
        return Wishes(pins=pins)


def _present(row: Row) -> Row:
    return present(row, *row)
