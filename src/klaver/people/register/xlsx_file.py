"""A register as a workbook: the one sheet that holds it, read row by row; a formula is refused."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from klaver.people.register.mistakes import Mistakes
from klaver.people.register.sources import BATCH, Batch, Cells
from klaver.people.register.values import text_of
from klaver.values import Fault, Faults

MOST_BESIDE = 300_000_000
"""More bytes than this unpacked beside the sheets (which are read row by row) is no register."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HEAD = 1 << 20
_Row = Sequence[object]


class XlsxFile:
    """A workbook of which the sheet with the register has been found.

    Parameters
    ----------
    known
        Tells whether a heading is one that is looked for: the sheet with most of them is the register.
    sheet
        The sheet to read, when the house has said so.

    Raises
    ------
    Faults
        When it is no workbook, has no such sheet, no headings, or two sheets that could be the register.
    """

    header_row = 1
    marked = False

    def __init__(self, path: Path, known: Callable[[str], bool], sheet: str | None) -> None:
        self.path = path
        _look(path)
        with _open(path) as book:
            heads = {ws.title: _texts(next(_rows(ws, path), ())) for ws in book.worksheets}
        if sheet is not None and sheet not in heads:
            _refuse("sheet_missing", path, sheet=sheet, sheets=", ".join(heads))
        counted = {name: sum(map(known, head)) for name, head in heads.items()}
        best = sheet if sheet is not None else max(counted, key=lambda name: counted[name], default="")
        if sheet is None and sum(count > 0 for count in counted.values()) > 1:
            _refuse("which_sheet", path, sheets=", ".join(n for n, count in counted.items() if count))
        self.sheet = best
        self.header = _without_tail(heads.get(best, ()))
        if not self.header:
            _refuse("no_headings", path)

    def batches(self, wanted: Sequence[int], found: Mistakes) -> Iterator[Batch]:
        """Yield the rows; cells to the right of the headings are told."""
        width, number = len(self.header), 1
        with _open(self.path) as book:
            rows = _rows(book[self.sheet], self.path)
            next(rows, ())
            taken: list[tuple[str, ...]] = []
            for row in rows:
                number += 1
                cells = _texts(row)
                if any(cell.strip() for cell in cells[width:]):
                    found.cell(-1, None, "beside", number)
                taken.append((*cells[:width], *[""] * (width - len(cells))))
                if len(taken) == BATCH:
                    yield _batch(taken, number, wanted)
                    taken = []
            if taken:
                yield _batch(taken, number, wanted)


def _batch(taken: Sequence[tuple[str, ...]], last: int, wanted: Sequence[int]) -> Batch:
    columns = list(zip(*taken, strict=True))
    return Batch(range(last + 1 - len(taken), last + 1), [Cells(columns[at]) for at in wanted])


def _texts(row: _Row) -> tuple[str, ...]:
    return tuple(map(text_of, row))


def _without_tail(head: Sequence[str]) -> tuple[str, ...]:
    last = max((at for at, cell in enumerate(head) if cell.strip()), default=-1)
    return tuple(head[: last + 1])


def _look(path: Path) -> None:
    """Refuse what is no workbook, with how to make it one."""
    with path.open("rb") as stream:
        start = stream.read(_HEAD)
    if start.startswith(_OLD_OFFICE):
        _refuse("password" if _ENCRYPTED in path.read_bytes() else "old_excel", path, area="workbook")
    if not start.strip():
        _refuse("no_headings", path)
    try:
        with zipfile.ZipFile(path) as packed:
            sizes = {info.filename: info.file_size for info in packed.infolist()}
    except (zipfile.BadZipFile, OSError):
        _refuse("not_a_workbook", path, area="workbook")
    if "xl/workbook.xml" not in sizes:
        _refuse("open_document" if "content.xml" in sizes else "not_a_workbook", path, area="workbook")
    if sum(size for name, size in sizes.items() if not name.startswith("xl/worksheets/")) > MOST_BESIDE:
        _refuse("large_workbook", path)


@contextmanager
def _open(path: Path) -> Iterator[Any]:
    import openpyxl

    with warnings.catch_warnings():  # what openpyxl cannot keep (pictures, lists) is not read anyway
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(path, read_only=True, data_only=False)
        except Exception:  # openpyxl fails in many ways on a damaged file; to the user they are one
            _refuse("not_a_workbook", path, area="workbook")
    try:
        yield book
    finally:
        book.close()


def _rows(sheet: Any, path: Path) -> Iterator[_Row]:
    """Yield the rows of a sheet; the size that the file claims for it is not believed."""
    sheet.reset_dimensions()
    rows = sheet.iter_rows(values_only=True)
    while True:
        try:
            row = next(rows, None)
        except Exception:  # as above: a damaged sheet
            _refuse("not_a_workbook", path, area="workbook")
        if row is None:
            return
        yield row


def _refuse(code: str, path: Path, *, area: str = "register", **values: str) -> NoReturn:
    raise Faults([Fault(code=f"{area}.{code}", values=dict(values), file=path.name)])
