"""The first row of a register: which column stands where, and what no column of Klaver's is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from klaver.people.register.layout import DAYS, Column, columns, headings, key, spoken
from klaver.people.register.mapping import RegisterMapping, nearest
from klaver.people.register.mistakes import Mistakes

_LETTERS = 26


@dataclass(frozen=True)
class Chosen:
    """A column of the file that is read: its place from 0, its heading, and what it is.

    Without heading it is nothing (``None``), and every cell of it must be blank.
    """

    position: int
    heading: str
    column: Column | None


def name_of(heading: str, mapping: RegisterMapping) -> str | None:
    """Return the name of the column for a heading; the mapping file goes before Klaver's own names."""
    said = key(heading)
    return mapping.renamed.get(said) or headings().get(said)


def letter(position: int) -> str:
    """Return the letters by which a spreadsheet calls a column."""
    text, left = "", position + 1
    while left:
        left, at = divmod(left - 1, _LETTERS)
        text = chr(ord("A") + at) + text
    return text


def choose(header: Sequence[str], row: int | None, mapping: RegisterMapping, found: Mistakes) -> list[Chosen]:
    """Return the columns to read, and tell what is wrong with the headings."""
    chosen = []
    for position, given in enumerate(header):
        said = key(given)
        if said in mapping.ignore:
            continue
        if not given.strip():
            chosen.append(Chosen(position, letter(position), None))
            continue
        name = name_of(given, mapping)
        if name is None:
            found.heading("unknown_column", row, given.strip(), near=nearest(given, spoken()))
        else:
            chosen.append(Chosen(position, given.strip(), columns()[name]))
    _twice(chosen, row, found)
    _half_a_week(chosen, row, found)
    _not_there(header, mapping, found)
    return chosen


def _twice(chosen: Sequence[Chosen], row: int | None, found: Mistakes) -> None:
    counted = Counter(c.column.name for c in chosen if c.column)
    for name in (n for n, count in counted.items() if count > 1):
        same = [c for c in chosen if c.column and c.column.name == name]
        for again in same[1:]:
            found.heading(
                "column_twice", row, again.heading, name=name, first=letter(same[0].position), at=letter(again.position)
            )


def _half_a_week(chosen: Sequence[Chosen], row: int | None, found: Mistakes) -> None:
    given = {c.column.number for c in chosen if c.column and c.column.kind == "parts"}
    if given and len(given) < len(DAYS):
        lost = ", ".join(f"parts_{day}" for number, day in enumerate(DAYS) if number not in given)
        found.heading("parts_columns", row, missing=lost)


def _not_there(header: Sequence[str], mapping: RegisterMapping, found: Mistakes) -> None:
    there = {key(h): h.strip() for h in header if h.strip()}
    for heading, name in mapping.rename.items():
        if key(heading) not in there:
            found.heading("mapping_heading", near=nearest(heading, there), name=name, heading=heading)
