"""Write a file beside its place and move it there when it is whole; what cannot be written is said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xlsxwriter.exceptions import FileCreateError

from klaver.values import Fault, Faults

ENDINGS = (".xlsx", ".json")


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Give a path beside ``path`` to write to; it takes the place of ``path`` only when all went well.

    Raises
    ------
    Faults
        When the name has another ending, the folder is not there, or the file cannot be written.
    """
    if path.suffix.lower() not in ENDINGS:
        raise Faults([Fault(code="workbook.ending", file=path.name)])
    if not path.parent.is_dir():
        raise Faults([Fault(code="workbook.no_folder", file=str(path))])
    part = path.with_name(path.name + ".part")
    try:
        yield part
        part.replace(path)
    except (OSError, FileCreateError):
        raise Faults([Fault(code="workbook.cannot_write", file=path.name)]) from None
    finally:
        part.unlink(missing_ok=True)
