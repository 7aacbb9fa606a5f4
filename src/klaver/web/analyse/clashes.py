"""What two people made of the same value, side by side in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from klaver.language import Language, tell
from klaver.language.weekdays import show_pattern
from klaver.values import Source
from klaver.work.merging import Clash
from klaver.work.passes import CELLS
from klaver.work.records import Workplace
from klaver.work.workbook.cells import show
from klaver.work.workbook.layout import Column, sheets
from klaver.work.workbook.typed import columns, task_cells


@dataclass(frozen=True)
class ClashRow:
    """One value: of what, what the other made of it, and what stands in the form."""

    what: str
    theirs: str
    mine: str


def clash_rows(clashes: tuple[Clash, ...], mine: Workplace, theirs: Workplace, lang: Language) -> list[ClashRow]:
    """Return a row for each value that both changed."""
    return [ClashRow(_what(c, theirs, lang), _said(c, theirs, lang), _said(c, mine, lang)) for c in clashes]


def source_words(source: Source, lang: Language) -> str:
    """Tell where a value comes from: the word, the day, the role and the note."""
    parts = (tell(f"source.{source.kind.value}", lang), source.date, source.by, source.note)
    return ", ".join(part for part in parts if part)


def _record(clash: Clash, place: Workplace) -> Any:
    records = getattr(place, clash.sheet)
    found = [r for r in records if getattr(r, "id", None) == clash.ident] if isinstance(records, tuple) else []
    return found[0] if found else None


def _what(clash: Clash, place: Workplace, lang: Language) -> str:
    named = {s.key: s.name(lang) for s in sheets()}
    head = named.get(clash.sheet) or columns("workplace")[clash.sheet].heading(lang)
    cells = _cells(clash)
    word = tell("analyse.clash_source", lang) if clash.field.startswith("sources") else ""
    return " · ".join(filter(None, (head, clash.ident, cells[0].heading(lang) if cells else "", word)))


def _cells(clash: Clash) -> list[Column]:
    """Return the columns in which a value stands."""
    value = clash.field.removeprefix("sources.").replace("names.", "name_")
    known = columns(clash.sheet) if clash.sheet in {s.key for s in sheets()} else {}
    cell = (value.replace("demands.", "demand_"),)
    found = CELLS.get(value, cell) if clash.sheet == "tasks" else cell
    return [known[field] for field in found if field in known]


def _said(clash: Clash, place: Workplace, lang: Language) -> str:
    if clash.sheet in columns("workplace"):
        return _shown(columns("workplace")[clash.sheet], getattr(place, clash.sheet), lang)
    record, cells = _record(clash, place), _cells(clash)
    if clash.ident and record is None:
        return tell("analyse.clash_gone", lang)
    name, _, key = clash.field.partition(".")
    if name == "sources":
        return source_words(record.source_of(key), lang)
    if not cells:
        return tell("analyse.clash_there", lang)
    if clash.field == "times":
        return _week(record.times, lang)
    row = task_cells(record) if clash.sheet == "tasks" else {**dict(record), **_levels(record)}
    return ", ".join(_shown(column, row.get(column.field), lang) for column in cells)


def _shown(column: Column, value: Any, lang: Language) -> str:
    said = show(column, value, lang)
    return tell("analyse.not_asked", lang) if said is None else str(said)


def _levels(record: Any) -> dict[str, int]:
    return {f"demand_{n}": level for n, level in getattr(record, "demands", {}).items()}


def _week(times: Any, lang: Language) -> str:
    if times is None:
        return tell("analyse.not_asked", lang)
    return show_pattern(times, lang) or ", ".join(map(str, times))
