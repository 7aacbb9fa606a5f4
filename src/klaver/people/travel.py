"""From which home zone a workplace can be reached in time, and how: a table of a house's own, as CSV."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from klaver.people.records import MEANS, Means
from klaver.people.register.cells import CODE, means_of
from klaver.people.register.csv_file import CsvFile
from klaver.people.register.layout import key
from klaver.people.register.mistakes import Mistakes
from klaver.values import Fault, Faults

COLUMNS = ("from_zone", "to_zone", "means")


@dataclass(frozen=True)
class TravelTable:
    """Which means reach one zone from another within a time that is acceptable; who says so is the house."""

    file: str
    reached: Mapping[str, Mapping[str, frozenset[Means]]]
    """Per zone of a workplace, per home zone."""

    zones: frozenset[str]

    def to(self, zone: str) -> dict[str, frozenset[Means]]:
        """Return per home zone the means that reach a workplace in a zone; its own zone is reached by all of them.

        Raises
        ------
        Faults
            When the table does not know the zone: then nobody has said who can get there.
        """
        if zone not in self.zones:
            raise Faults([Fault(code="register.travel_no_zone", values={"zone": zone}, file=self.file)])
        return {**self.reached.get(zone, {}), zone: frozenset(MEANS)}


def read_travel(path: Path) -> TravelTable:
    """Read a travel table: columns ``from_zone``, ``to_zone`` and ``means``; rows of the same pair add up.

    Raises
    ------
    Faults
        For every mistake, with its row and column; nothing is loaded then.
    """
    source = _opened(path)
    found = Mistakes(path.name)
    header = [key(h) for h in source.header]
    missing = [name for name in COLUMNS if header.count(name) != 1]
    if missing:
        found.heading("travel_columns", source.header_row, missing=", ".join(missing))
        raise found.faults()
    places = [header.index(name) for name in COLUMNS]
    reached: dict[str, dict[str, frozenset[Means]]] = {}
    for batch in source.batches(places, found):
        for row, *cells in zip(batch.rows, *(c.texts for c in batch.cells), strict=True):
            start, end, means = (cell.strip() for cell in cells)
            if start or end or means:
                _add(reached, row, (start, end, means), places, found)
    if found:
        raise found.faults()
    zones = {*reached, *(start for starts in reached.values() for start in starts)}
    return TravelTable(path.name, reached, frozenset(zones))


def _add(
    reached: dict[str, dict[str, frozenset[Means]]],
    row: int,
    cells: tuple[str, str, str],
    places: list[int],
    found: Mistakes,
) -> None:
    wrong = False
    for at, (name, cell) in enumerate(zip(COLUMNS, cells, strict=True)):
        code = "travel_blank" if not cell else "zone" if name != "means" and not CODE.fullmatch(cell) else None
        if name == "means" and cell and means_of(cell) is None:
            found.cell(places[at], name, "means", row, known=", ".join(MEANS))
            wrong = True
        elif code:
            found.cell(places[at], name, code, row)
            wrong = True
    if not wrong:
        starts = reached.setdefault(cells[1], {})
        starts[cells[0]] = starts.get(cells[0], frozenset()) | (means_of(cells[2]) or frozenset())


def _opened(path: Path) -> CsvFile:
    try:
        return CsvFile(path, lambda heading: key(heading) in COLUMNS)
    except FileNotFoundError:
        raise Faults([Fault(code="workbook.no_file", file=str(path))]) from None
    except IsADirectoryError:
        raise Faults([Fault(code="workbook.folder", file=str(path))]) from None
    except OSError:
        raise Faults([Fault(code="workbook.no_access", file=str(path))]) from None
