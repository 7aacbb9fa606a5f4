"""Open the file of a workbook, or say what it is instead and how to save it."""

from __future__ import annotations

import io
import warnings
import zipfile
from pathlib import Path
from typing import Any, NoReturn

import openpyxl

from klaver.values import Fault, Faults

MOST_BYTES = 300_000_000
"""More than this unpacked is no work analysis (a hundred thousand rows are far below it)."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def open_book(path: Path) -> Any:
    """Return the open workbook (openpyxl, values as typed, read row by row).

    Raises
    ------
    Faults
        When there is no file, no right to read it, or it is something else than a workbook.
    """
    held = io.BytesIO(_content(path))
    try:
        with zipfile.ZipFile(held) as packed:
            names = packed.namelist()
            if "xl/workbook.xml" not in names:
                _refuse("open_document" if "content.xml" in names else "not_a_workbook", path)
            if sum(i.file_size for i in packed.infolist()) > MOST_BYTES:
                _refuse("too_large", path)
            if packed.testzip() is not None:
                _refuse("not_a_workbook", path)
        with warnings.catch_warnings():  # what openpyxl cannot keep (pictures, lists) is not read anyway
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(held, read_only=True, data_only=False)
    except Faults:
        raise
    except Exception:  # openpyxl fails in many ways on a damaged file; to the user they are one
        _refuse("not_a_workbook", path)


def _content(path: Path) -> bytes:
    if path.is_dir():
        _refuse("folder", path)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise Faults([Fault(code="workbook.no_file", file=str(path))]) from None
    except OSError:
        _refuse("no_access", path)
    if content.startswith(_OLD_OFFICE):
        _refuse("password" if _ENCRYPTED in content else "old_excel", path)
    if not content.strip():
        _refuse("empty_file", path)
    if not content.startswith(b"PK"):
        _refuse("text_file" if _is_text(content) else "not_a_workbook", path)
    return content


def _is_text(content: bytes) -> bool:
    return b"\0" not in content[:4096] and any(mark in content[:4096] for mark in (b";", b",", b"\t"))


def _refuse(code: str, path: Path) -> NoReturn:
    raise Faults([Fault(code=f"workbook.{code}", file=path.name)])
