"""The thresholds of job design: dated, sourced, and changeable by the house that uses them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from klaver.values.dated import Parameters, read_parameters


@cache
def parameters(on: str) -> Parameters:
    """Return the shipped parameters in force on the ISO date ``on``."""
    return read_parameters((files("klaver.design") / "parameters.toml").read_text(encoding="utf-8"), on)
