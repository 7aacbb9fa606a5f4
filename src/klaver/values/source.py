"""Where a value comes from: assumed, told, observed or measured, and when."""

from __future__ import annotations

from enum import StrEnum

from klaver.values.record import Record
from klaver.values.text import Day, Shown


class SourceKind(StrEnum):
    """How a value came to be known, weakest first."""

    ASSUMED = "assumed"
    TOLD = "told"
    OBSERVED = "observed"
    MEASURED = "measured"


class Source(Record):
    """The origin of a value. ``date`` is ISO ``YYYY-MM-DD``; ``by`` is a role, never a person's name."""

    kind: SourceKind
    date: Day | None = None
    by: Shown | None = None
    note: Shown | None = None


ASSUMED = Source(kind=SourceKind.ASSUMED)

ON_REQUEST = "--assume"
"""The ``by`` of a value that nobody was asked about and that was filled in because somebody wanted a number there."""
