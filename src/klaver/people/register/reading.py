"""A register of people, opened and then read part by part; with one mistake in it nothing of it is used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from klaver.people.columns import Columns, Names, joined
from klaver.people.register.csv_file import CsvFile
from klaver.people.register.headings import Chosen, choose, name_of
from klaver.people.register.mapping import RegisterMapping
from klaver.people.register.mistakes import Mistakes
from klaver.people.register.parquet_file import ParquetFile
from klaver.people.register.people import Reading
from klaver.people.register.sources import Source
from klaver.people.register.xlsx_file import XlsxFile
from klaver.values import Fault, Faults

PART = 1 << 17
"""People of one part, unless another size is asked."""

ENDINGS = (".csv", ".txt", ".tsv", ".xlsx", ".parquet")


@dataclass(frozen=True)
class Register:
    """A register of which the headings have been read.

    ``synthetic`` says that nobody in it exists: it has the column or the mark that says so, and every row is checked.
    ``chosen`` are the columns that are read.
    """

    path: Path
    mapping: RegisterMapping
    source: Source
    chosen: tuple[Chosen, ...]
    synthetic: bool
    names: Names = field(default_factory=Names)
    _headings: Mistakes = field(default_factory=lambda: Mistakes(""), repr=False)

    def parts(
        self, *, size: int = PART, keep_ids: bool = True, tell: Callable[[int], None] = lambda _: None
    ) -> Iterator[Columns]:
        """Yield the people, part by part, in memory for one part and 12 bytes more for each person read.

        Parameters
        ----------
        size
            The least number of people in a part; the last one may be smaller.
        keep_ids
            Whether each part holds the pseudonyms; a count of millions needs none. Without a column ``id`` a person is
            ``row-`` and the number of the row.
        tell
            Called with the number of rows read so far; what it raises stops the reading.

        Raises
        ------
        Faults
            At the end of the file, with every mistake in it. From the first mistake on no part is yielded; the parts
            before it are not to be used.
        """
        found = self._headings.copy()
        reading = Reading(self.chosen, self.mapping, self.names, found, keep_ids=keep_ids)
        held: list[Columns] = []
        people = rows = 0
        for batch in self.source.batches([c.position for c in self.chosen], found):
            made = reading.people(batch)
            rows += len(batch.rows)
            people += made.count
            tell(rows)
            if found:
                held = []
                continue
            held.append(made)
            if sum(part.count for part in held) >= size:
                yield joined(held)
                held = []
        reading.tell_twice()
        if not people and not found:
            found.heading("nobody")
        if found:
            raise found.faults()
        if held and (last := joined(held)).count:
            yield last

    def recoded(self) -> dict[str, dict[str, str]]:
        """Return the tables of the mapping file that hold for a column of this register, by their name."""
        read = {c.column.name for c in self.chosen if c.column}
        tables = self.mapping.recode
        return {name: table for name, table in tables.items() if any(self.mapping.recoded(c) is table for c in read)}


def open_register(path: Path, mapping: RegisterMapping | None = None) -> Register:
    """Open a register: CSV, XLSX or Parquet, by the ending of its name.

    Mistakes in the headings and in the mapping file are told with those of the cells, when the register is read.

    Raises
    ------
    Faults
        When the file cannot be read at all, or has no heading that is known.
    """
    mapping = mapping or RegisterMapping()
    source = _source(path, mapping)
    found = Mistakes(path.name, source.sheet)
    found.add(mapping.wrong)
    chosen = tuple(choose(source.header, source.header_row, mapping, found))
    if not any(c.column for c in chosen):  # the first row may be a person: nothing of it is repeated
        raise Faults([*mapping.wrong, Fault(code="register.no_known", file=path.name, sheet=source.sheet)])
    marked = any(c.column is not None and c.column.kind == "mark" for c in chosen)
    return Register(path, mapping, source, chosen, source.marked or marked, _headings=found)


def _source(path: Path, mapping: RegisterMapping) -> Source:
    def known(heading: str) -> bool:
        return name_of(heading, mapping) is not None

    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise Faults([Fault(code="register.ending", values={"known": ", ".join(ENDINGS)}, file=path.name)])
    if path.is_dir():
        raise Faults([Fault(code="workbook.folder", file=path.name)])
    try:
        path.open("rb").close()
    except FileNotFoundError:
        raise Faults([Fault(code="workbook.no_file", file=str(path))]) from None
    except OSError:
        raise Faults([Fault(code="workbook.no_access", file=str(path))]) from None
    if ending == ".xlsx":
        return XlsxFile(path, known, mapping.sheet)
    return ParquetFile(path) if ending == ".parquet" else CsvFile(path, known)


def refuse_as_evidence(register: Register, *, example: bool) -> None:
    """Refuse people who do not exist as evidence about a workplace that does.

    Parameters
    ----------
    example
        Whether the workplace is synthetic itself (``Workplace.synthetic``).

    Raises
    ------
    Faults
        When the register is synthetic and the workplace is not.
    """
    if register.synthetic and not example:
        raise Faults([Fault(code="register.synthetic_evidence", file=register.path.name)])
