"""Dated parameters: a rule's number with its unit, validity, source and certainty; never a silent default."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from klaver.values.faults import Fault, Faults
from klaver.values.record import Record


class Certainty(StrEnum):
    """How far a parameter can be relied on."""

    CERTAIN = "certain"
    GOOD = "good"
    CONFLICTING = "conflicting"
    ASSUMED = "assumed"


class Parameter(Record):
    """One value in force from ``valid_from`` until the day before ``valid_to`` (both ISO dates; ``None`` is open).

    ``derogation`` says when the rule may be departed from; ``confirmed`` turns a warning into a hard rule.
    """

    name: str
    value: int
    unit: str
    valid_from: str
    valid_to: str | None = None
    source: str
    certainty: Certainty
    derogation: str | None = None
    confirmed: bool = False
    who_may_change: str

    def in_force(self, on: str) -> bool:
        """Tell whether the value is in force on the ISO date ``on``."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


class Parameters(Record):
    """The parameters in force on one date, by name; an organisation's own values replace the shipped ones."""

    on: str
    values: dict[str, Parameter]

    def __getitem__(self, name: str) -> int:
        return self.get(name).value

    def get(self, name: str) -> Parameter:
        """Return the parameter in force.

        Raises
        ------
        Faults
            With code ``parameter.none_in_force`` when no value is in force on the date.
        """
        if name not in self.values:
            raise Faults([Fault(code="parameter.none_in_force", values={"name": name, "on": self.on})])
        return self.values[name]

    def with_values(self, changed: Iterable[Parameter]) -> Parameters:
        """Return a copy in which the given parameters replace those of the same name."""
        return Parameters(on=self.on, values={**self.values, **{p.name: p for p in changed}})


def read_parameters(text: str, on: str) -> Parameters:
    """Read ``[[parameter]]`` tables from TOML text and keep those in force on the ISO date ``on``.

    Raises
    ------
    Faults
        When ``on`` is no date, or two values of one name are in force at once.
    """
    try:
        date.fromisoformat(on)
    except ValueError:
        raise Faults([Fault(code="parameter.bad_date", values={"on": on})]) from None
    kept: dict[str, Parameter] = {}
    for row in tomllib.loads(text)["parameter"]:
        found = Parameter.model_validate(row, strict=False)
        if found.in_force(on):
            if found.name in kept:
                raise Faults([Fault(code="parameter.two_in_force", values={"name": found.name, "on": on})])
            kept[found.name] = found
    return Parameters(on=on, values=kept)
