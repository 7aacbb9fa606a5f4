"""Text that a page, a cell and a file can all show: not blank, no blanks around it, no control characters."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field

_UNSHOWN = {"Cc", "Cs"}
_NO_XML = {"\ufffe", "\uffff"}


def shown(text: str) -> str:
    """Return the text when every form in which Klaver keeps it can hold it.

    Raises
    ------
    ValueError
        When it is blank, has blanks around it, or holds a character that no workbook can hold.
    """
    if not text or text != text.strip():
        raise ValueError("blank, or blanks around it")
    if any((unicodedata.category(c) in _UNSHOWN and c not in "\n\t") or c in _NO_XML for c in text):
        raise ValueError("a character that cannot be shown")
    return text


def _calendar(text: str) -> str:
    dt.date.fromisoformat(text)
    return text


Shown = Annotated[str, AfterValidator(shown)]
"""Text as a person wrote it, fit to be shown and stored anywhere."""

Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_calendar)]
"""A day of the calendar, ISO ``YYYY-MM-DD``."""
