"""A line as a table: one row a task, one column a worker, and a column that says what comes before."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from klaver.design.lines.records import Line, LineTask
from klaver.design.lines.times import BadTime, in_one_unit, read_time, too_long
from klaver.language.spelling import plain
from klaver.values import Fault, Faults
from klaver.values.text import shown

_SIGNS = (";", "\t", ",")
_TASK = {"task", "taak", "tache"}
_NAME = {"name", "naam", "nom", "description", "omschrijving", "intitule"}
_AFTER = {"after", "na", "apres"}
_BETWEEN = re.compile(r"[\s,;+/]+")

Row = tuple[int, list[str]]


class _Table:
    """The cells with what was found wrong so far; rows are counted as an editor or a spreadsheet shows them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Fault] = []

    def wrong(self, code: str, row: int | None, column: str | None = None, **values: str | int) -> None:
        self.found.append(Fault(code=f"line.{code}", values=values, file=self.file, row=row, column=column))


def read_table(text: str, name: str, file: str) -> Line:
    """Read a line from CSV: ``;``, tab or ``,`` between the cells, headings on the first row.

    Raises
    ------
    Faults
        With every mistake of the table at its row and column.
    """
    seen = _Table(file)
    rows = _rows(text, seen)
    if not rows:
        raise Faults([*seen.found, Fault(code="line.empty", file=file)])
    (head_row, head), body = rows[0], rows[1:]
    task, label, after, workers = _headings(head, head_row, seen)
    if task is None:
        raise Faults(seen.found)
    whole = list(_fitted(body, len(head), seen))
    times = [[_time(cells[at], row, head[at], seen) for at in workers] for row, cells in whole]
    decimals, numbers = in_one_unit(times)
    known: dict[str, int] = {}
    tasks: list[LineTask] = []
    for (row, cells), mine in zip(whole, numbers, strict=True):
        ident = _ident(cells[task], row, head[task], known, seen)
        _judge(mine, row, ident, [head[at] for at in workers], seen)
        called = cells[label] if label is not None and cells[label] else None
        if not seen.found:
            tasks.append(LineTask(id=ident, name=called, times=mine))
    pairs = [] if after is None else list(_pairs(whole, task, after, head[after], known, seen))
    if seen.found:
        raise Faults(sorted(seen.found, key=lambda f: f.row or 0))
    people = tuple(head[at] for at in workers)
    return Line(name=name, decimals=decimals, workers=people, tasks=tuple(tasks), precedence=tuple(pairs))


def _rows(text: str, seen: _Table) -> list[Row]:
    """Return the rows that are not blank; the sign that cuts the first row into most cells stands between the cells."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    sign = max(_SIGNS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    rows: list[Row] = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((reader.line_num, [cell.strip() for cell in cells]))
    except csv.Error:
        seen.wrong("quote", reader.line_num)
    return rows


def _headings(head: Sequence[str], row: int, seen: _Table) -> tuple[int | None, int | None, int | None, list[int]]:
    """Return where the columns of task, name and "after" stand, and those of the workers."""
    places: dict[str, int] = {}
    workers: list[int] = []
    taken: set[str] = set()
    for at, heading in enumerate(head):
        word = plain(heading)
        kind = next((k for k, words in (("task", _TASK), ("name", _NAME), ("after", _AFTER)) if word in words), None)
        if not heading:
            seen.wrong("heading_blank", row, str(at + 1))
        elif (kind or heading) in taken:
            seen.wrong("heading_twice", row, heading)
        elif kind:
            places[kind] = at
        else:
            _shown(heading, row, str(at + 1), seen)
            workers.append(at)
        taken.add(kind or heading)
    if "task" not in places:
        seen.wrong("no_task_column", row)
    if not workers:
        seen.wrong("no_workers", row)
    return places.get("task"), places.get("name"), places.get("after"), workers


def _shown(text: str, row: int, column: str, seen: _Table) -> bool:
    try:
        shown(text)
    except ValueError:
        seen.wrong("unshown", row, column)
        return False
    return True


def _fitted(rows: Sequence[Row], width: int, seen: _Table) -> Iterator[Row]:
    """Yield the rows with as many cells as there are headings; others are told."""
    if not rows:
        seen.wrong("no_tasks", None)
    for row, cells in rows:
        if any(cells[width:]) or len(cells) < width:
            seen.wrong("cells", row, None, count=len(cells), headings=width)
        yield row, (cells + [""] * width)[:width]


def _time(cell: str, row: int, heading: str, seen: _Table) -> tuple[int, int] | None:
    try:
        return read_time(cell)
    except BadTime as wrong:
        seen.wrong(wrong.code, row, heading, given=cell[:40])
        return None


def _ident(cell: str, row: int, heading: str, known: dict[str, int], seen: _Table) -> str:
    if not cell:
        seen.wrong("task_blank", row, heading)
    elif cell in known:
        seen.wrong("task_again", row, heading, task=cell, first=known[cell])
    elif _shown(cell, row, heading, seen):
        known[cell] = row
    return cell


def _judge(times: Sequence[int | None], row: int, ident: str, workers: Sequence[str], seen: _Table) -> None:
    here = any(f.row == row for f in seen.found)
    if times and all(time is None for time in times) and not here:
        seen.wrong("nobody", row, None, task=ident)
    for worker, time in zip(workers, times, strict=True):
        if too_long(time):
            seen.wrong("long", row, worker)


def _pairs(
    rows: Sequence[Row], task: int, after: int, heading: str, known: dict[str, int], seen: _Table
) -> Iterator[tuple[str, str]]:
    """Yield what comes before what; a cell holds names of tasks with a blank, ``+`` or a comma between."""
    for row, cells in rows:
        named = [cells[after]] if cells[after] in known else [part for part in _BETWEEN.split(cells[after]) if part]
        for before in dict.fromkeys(named):
            if before not in known:
                seen.wrong("unknown_task", row, heading, task=before)
            elif before == cells[task]:
                seen.wrong("after_itself", row, heading, task=before)
            else:
                yield before, cells[task]
