"""Where a value comes from: assumed, told, observed or measured, and when."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from klaver.values.record import Record


class SourceKind(StrEnum):
    """How a value came to be known, weakest first."""

    ASSUMED = "assumed"
    TOLD = "told"
    OBSERVED = "observed"
    MEASURED = "measured"


class Source(Record):
    """The origin of a value. ``date`` is ISO ``YYYY-MM-DD``; ``by`` is a role, never a person's name."""

    kind: SourceKind
    date: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    by: str | None = None
    note: str | None = None


ASSUMED = Source(kind=SourceKind.ASSUMED)
