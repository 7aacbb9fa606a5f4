"""The composed dimensions: what a job's timetable makes of tasks that fit one by one."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class ComposedFact:
    """A fact of a timetable that decides the level of a dimension.

    ``thresholds`` t0..t3: the level is at most l while the fact is at most ``t_l``; above t3 it is 4. ``scope`` is
    "day" (the worst day counts) or "job". Values are assumed and confirmed by a person.
    """

    dimension: int
    fact: str
    scope: str
    unit: str
    thresholds: tuple[int, int, int, int]
    source: str


@cache
def composed_facts() -> tuple[ComposedFact, ...]:
    """Return all facts with their thresholds, in the order of the dimensions."""
    text = (files("klaver.scale") / "composed.toml").read_text(encoding="utf-8")
    return tuple(ComposedFact(**{**row, "thresholds": tuple(row["thresholds"])}) for row in tomllib.loads(text)["fact"])


@cache
def _by_code() -> dict[str, ComposedFact]:
    return {f.fact: f for f in composed_facts()}


def level_of(fact: str, value: int) -> int:
    """Return the level (0-4) that a value of a fact asks."""
    return next((level for level, most in enumerate(_by_code()[fact].thresholds) if value <= most), 4)


def limit_of(fact: str, level: int) -> int | None:
    """Return the largest value of a fact that an ability level allows; ``None`` at level 4, which has no limit."""
    return None if level >= 4 else _by_code()[fact].thresholds[level]


def composed_levels(facts: Mapping[str, int]) -> dict[int, int]:
    """Return the level per composed dimension: the highest over its facts.

    A dimension of which a fact is missing is left out: half of what decides a level does not tell it.

    Raises
    ------
    KeyError
        When a fact does not exist.
    """
    found: dict[int, list[int]] = {}
    for code, value in facts.items():
        found.setdefault(_by_code()[code].dimension, []).append(level_of(code, value))
    asked = Counter(f.dimension for f in composed_facts())
    return {number: max(levels) for number, levels in found.items() if len(levels) == asked[number]}
