"""Mistakes as a person reads them: a few in full, many by sheet and by kind, never a wall of lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from klaver.language import Language, tell, tell_fault
from klaver.values import Fault

IN_FULL = 10
"""Up to this many mistakes each have a line with their whole place."""

SHOWN = 3
"""How many different things that were typed are shown of one kind of mistake; of the others the rows are named."""


def told(faults: Sequence[Fault], lang: Language) -> list[str]:
    """Return the lines for all mistakes; every one of them is named with its sheet, row and column."""
    if len(faults) <= IN_FULL:
        return [tell_fault(f, lang) for f in faults]
    lines: list[str] = []
    for (file, sheet), on_sheet in groupby(faults, key=lambda f: (f.file, f.sheet)):
        mine = list(on_sheet)
        if sheet is None:  # of a file without sheets: what has no row stands on its own
            lines += [tell_fault(f, lang) for f in mine if f.row is None]
            mine = [f for f in mine if f.row is not None]
            if not mine:
                continue
            lines.append(tell("cli.mistakes_in", lang, file=file or "-", count=len(mine)))
        else:
            lines.append(tell("cli.mistakes_on", lang, file=file or "-", sheet=sheet, count=len(mine)))
        for kind in _kinds(mine):
            lines += [f"  {line}" for line in _kind(kind, lang)]
    return lines


def _kinds(faults: Iterable[Fault]) -> Iterator[list[Fault]]:
    """Yield the mistakes of one kind in one column together, kinds in the order in which they first appear."""
    found: dict[tuple[str | None, str], list[Fault]] = {}
    for fault in faults:
        found.setdefault((fault.column, fault.code), []).append(fault)
    yield from found.values()


def _kind(faults: Sequence[Fault], lang: Language) -> Iterator[str]:
    rows: dict[str, list[int]] = {}
    for fault in faults:
        rows.setdefault(tell(fault.code, lang, **fault.values), []).extend(_row(fault))
    for sentence, at in list(rows.items())[:SHOWN]:
        yield _line(faults[0].column, at, sentence, lang)
    rest = [row for at in list(rows.values())[SHOWN:] for row in at]
    if rest:
        yield _line(faults[0].column, rest, tell("cli.same_kind", lang, count=len(rest)), lang)


def _row(fault: Fault) -> list[int]:
    return [] if fault.row is None else [fault.row]


def _line(column: str | None, rows: Sequence[int], sentence: str, lang: Language) -> str:
    place = [tell("place.column", lang, column=column)] if column else []
    if len(rows) == 1:
        place.append(tell("place.row", lang, row=rows[0]))
    elif rows:
        place.append(tell("place.rows", lang, rows=spans(rows)))
    return f"{', '.join(place)}: {sentence}" if place else sentence


def spans(rows: Iterable[int]) -> str:
    """Write row numbers as spans: ``2, 5, 7-20``."""
    made: list[list[int]] = []
    for row in sorted(set(rows)):
        if made and row == made[-1][-1] + 1:
            made[-1] = [made[-1][0], row]
        else:
            made.append([row])
    return ", ".join("-".join(map(str, span)) for span in made)
