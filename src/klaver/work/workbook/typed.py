"""One record as the texts that a person types, column by column: shown, and read with every mistake at its field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from klaver.language import Language
from klaver.values import Fault, Faults
from klaver.work.records import Task
from klaver.work.rows import Row, task_data, task_row
from klaver.work.workbook.cells import BadCell, parse, show
from klaver.work.workbook.layout import Column, sheet
from klaver.work.workbook.limits import cell_of, told
from klaver.work.workbook.rowsense import DAYS, disagreements

_Made = TypeVar("_Made", bound=BaseModel)


def text(column: Column, value: Any, lang: Language) -> str:
    """Return what stands in a field for a value; a choice is told by its code, a yes or no by ``true`` or ``false``."""
    if value is None:
        return ""
    if column.kind == "bool":
        return "true" if value else "false"
    said = value if column.choices else show(column, value, lang)
    return "" if said is None else str(said)


def task_cells(task: Task) -> Row:
    """Return all values of a task by the field of their column, its demands beside the rest."""
    demands = {f"demand_{number}": level for number, level in task.demands.items()}
    return {**task_row(task), **demands, "demand_reason": task.demand_reason}


def as_typed(task: Task) -> Row:
    """Return the values as a person would type them: minutes low or high that equal the usual ones stay blank."""
    cells = task_cells(task)
    same = {name: None for name in ("low", "high") if cells.get(name) == cells.get("likely")}
    return {**cells, **same}


def columns(key: str) -> dict[str, Column]:
    """Return the columns of a sheet by field; those of the tasks hold their demands too."""
    found = [*sheet(key).columns, *(sheet("demands").columns[1:] if key == "tasks" else ())]
    return {column.field: column for column in found}


def read_cells(key: str, given: Mapping[str, str], lang: Language) -> tuple[Row, list[Fault]]:
    """Return the values of the fields that were typed, and every mistake in them at its field."""
    row, wrong = dict[str, Any](), list[Fault]()
    for field, column in columns(key).items():
        if field not in given:
            continue
        row[field] = None
        try:
            row[field] = parse(column.in_language(lang), given[field])
            if column.required and row[field] is None:
                raise BadCell("workbook.required")
        except BadCell as bad:
            wrong.append(Fault(code=bad.code, values=bad.values, sheet=key, column=field))
    return row, wrong


def read_task(before: Task, given: Mapping[str, str], lang: Language) -> Task:
    """Return the task with what was typed in the place of what it held; where values come from is left as it was.

    Minutes low or high that stand as they were follow usual minutes that are typed beyond them.

    Raises
    ------
    Faults
        With every mistake at the field of its column.
    """
    row, wrong = read_cells("tasks", given, lang)
    if row.keys() & {*DAYS}:
        row["pattern"] = None
    _move_along(row, before)
    cells = {**task_cells(before), **row}
    bad = {str(f.column) for f in wrong}
    for code, field, values in disagreements(cells, bad):
        wrong.append(Fault(code=f"workbook.{code}", values=values, sheet="tasks", column=field))
    made = made_of(Task, task_data(cells, cells, ()), "tasks", cells, wrong)
    return made.model_copy(update={"source": before.source, "sources": before.sources})


def _move_along(row: Row, before: Task) -> None:
    """Let a bound of the minutes that nobody touched follow when the usual minutes are typed beyond it."""
    likely = row.get("likely")
    if before.minutes is None or likely is None or likely == before.minutes.likely:
        return
    if row.get("low") == before.minutes.low > likely:
        row["low"] = likely
    if row.get("high") == before.minutes.high < likely:
        row["high"] = likely


def made_of(model: type[_Made], data: Row, key: str, cells: Row, wrong: Iterable[Fault]) -> _Made:
    """Return the record of what was read.

    Raises
    ------
    Faults
        With the mistakes ``wrong`` that were found before, and what the record does not allow.
    """
    found = list(wrong)
    bad = {f.column for f in found}
    try:
        made = model.model_validate(data, strict=False)
    except ValidationError as error:
        for problem in error.errors():
            _, field, _ = cell_of(key, problem["loc"], cells)
            if field not in bad:
                code, values = told(problem)
                found.append(Fault(code=code, values=values, sheet=key, column=field))
        raise Faults(found) from None
    if found:
        raise Faults(found)
    return made
