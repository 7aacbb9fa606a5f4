"""Mistakes in what a user gave: a code with values, a place, and all of them at once."""

from __future__ import annotations

from collections.abc import Iterable

from klaver.values.record import Record


class Fault(Record):
    """One mistake, as data; the sentence for it lives in ``klaver.language`` under the same code.

    ``code`` names the message (``workbook.level_out_of_scale``), ``values`` fill it. The place is as exact as it is
    known: file, sheet, row (1-based, as a spreadsheet shows it), column (heading or letter), or a path in a document.
    """

    code: str
    values: dict[str, str | int] = {}
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None


class Faults(Exception):
    """All mistakes found in one input; the caller shows every one of them and ends with exit code 2."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{f.code} {f.values}" for f in self.faults))
