"""Small exact values that every room of Klaver shares: records, minutes, ranges, sources, faults."""

from klaver.values.faults import Fault, Faults
from klaver.values.ranges import Range
from klaver.values.record import Document, Record
from klaver.values.source import Source, SourceKind
from klaver.values.time import Weekday, Window, clock, parse_clock

__all__ = [
    "Document",
    "Fault",
    "Faults",
    "Range",
    "Record",
    "Source",
    "SourceKind",
    "Weekday",
    "Window",
    "clock",
    "parse_clock",
]
