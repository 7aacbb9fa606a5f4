"""A quantity that is not known exactly: low, likely, high, in whole units."""

from __future__ import annotations

from pydantic import model_validator

from klaver.values.record import Record


class Range(Record):
    """Low, likely and high value of one quantity; the unit is that of the field that holds it."""

    low: int
    likely: int
    high: int

    @model_validator(mode="after")
    def _ordered(self) -> Range:
        if not self.low <= self.likely <= self.high:
            raise ValueError("low <= likely <= high is needed")
        return self

    @classmethod
    def exactly(cls, value: int) -> Range:
        """Return the range of a value that is known: low, likely and high are equal."""
        return cls(low=value, likely=value, high=value)

    @property
    def width(self) -> int:
        """High minus low: zero when the value is known."""
        return self.high - self.low
