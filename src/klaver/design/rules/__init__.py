"""The rules of a good job: one file each, that posts itself, checks a finished design, and tells a breach as data."""

from collections.abc import Iterator
from typing import Protocol

from klaver.design.problem import Problem
from klaver.design.records import Breach, Job
from klaver.design.rules import (
    blocks,
    ceilings,
    company,
    displacement,
    hollowing,
    hours,
    learning,
    links,
    people_places,
    pins,
    postures,
    reserved,
    steady,
    timetable,
    unpleasant,
    variety,
    volumes,
    whole,
    working_time,
)
from klaver.design.rules.model import Model


class Rule(Protocol):
    """What every rule module offers."""

    NAME: str
    SCOPE: str

    def post(self, model: Model, problem: Problem) -> None:
        """Post the rule on a model."""
        ...

    def check(self, problem: Problem, jobs: tuple[Job, ...]) -> Iterator[Breach]:
        """Tell every breach in a finished design."""
        ...


RULES: tuple[Rule, ...] = (
    reserved,
    whole,
    hours,
    working_time,
    timetable,
    ceilings,
    links,
    people_places,
    variety,
    postures,
    company,
    learning,
    unpleasant,
    hollowing,
    displacement,
    blocks,
    volumes,
    steady,
    pins,
)
"""All rules, in the order in which breaches are told."""

NEVER_SET_ASIDE = frozenset({"reserved", "whole", "timetable", "hollowing", "displacement"})
"""Rules that no wish and no what-if may switch off in a design."""
