"""For whom a job is open, open with an aid, to be asked, or shut, and by what; nobody is scored or ranked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from klaver.people.reading import aids
from klaver.people.records import Profile
from klaver.scale.ladder import SKILLS, steps_missing
from klaver.values import Record, Weekday

Status = Literal["open", "with_aid", "to_ask", "shut"]


@dataclass(frozen=True)
class JobDemands:
    """What a job asks: levels per dimension (those not known in ``unknown``), hours, days, language, conditions."""

    levels: Mapping[int, int]
    unknown: tuple[int, ...] = ()
    week: int = 0
    day_max: int = 0
    earliest: int = 0
    latest: int = 1440
    days: tuple[Weekday, ...] = ()
    language: Mapping[str, str] | None = None
    language_hard: bool = False
    permits: tuple[str, ...] = ()
    families: tuple[str, ...] = ()


class Barrier(Record):
    """One thing that shuts a door: a dimension asked above what is there, or a condition by its code."""

    code: str
    dimension: int | None = None
    asked: int | None = None
    has: int | None = None


class Door(Record):
    """The answer for one profile. ``sure``: also at the low end of the range; ``possible``: at the high end.

    ``learnable`` are the language steps still to learn, per skill; ``questions`` the dimensions to ask about.
    """

    profile: str
    status: Status
    aids: tuple[str, ...] = ()
    barriers: tuple[Barrier, ...] = ()
    questions: tuple[int, ...] = ()
    learnable: dict[str, int] = {}
    sure: bool = False
    possible: bool = False

    @property
    def is_open(self) -> bool:
        """Tell whether the door is open, alone or with the named aids."""
        return self.status != "shut"


def limits(profile: Profile, end: Literal["low", "likely", "high"] = "likely") -> dict[int, int]:
    """Return the highest level at which the door is open, per known dimension, with all usable aids."""
    return _limits(profile, end, profile.aids)


def _limits(profile: Profile, end: str, used: tuple[str, ...]) -> dict[int, int]:
    raised: dict[int, int] = {}
    for aid in used:
        for number, levels in aids()[aid].raises.items():
            raised[number] = max(raised.get(number, 0), levels)
    return {n: min(4, getattr(a, end) + raised.get(n, 0)) for n, a in profile.abilities.items()}


def door(demands: JobDemands, profile: Profile) -> Door:
    """Lay a job beside a profile, at its likely levels.

    Missing language is a gap to learn, unless a written safety reason makes it hard. An unknown ability never shuts
    a door and never opens one: it is a question.
    """
    conditions = _conditions(demands, profile)
    short = _short(demands, limits(profile))
    barriers = (*conditions, *_barriers(demands, limits(profile), short))
    asked = {n for n, level in demands.levels.items() if level >= 1}
    questions = tuple(sorted((asked - profile.abilities.keys()) | (set(demands.unknown) & set(range(1, 37)))))
    learnable = _language(demands, profile)
    if demands.language_hard and learnable:
        barriers = (*barriers, Barrier(code="language"))
    used = () if barriers else _fewest_aids(demands, profile)
    status: Status = "shut" if barriers else "to_ask" if questions else "with_aid" if used else "open"
    ends = {end: not _short(demands, _limits(profile, end, profile.aids)) for end in ("low", "high")}
    no_condition = not conditions and not (demands.language_hard and learnable)
    return Door(
        profile=profile.id,
        status=status,
        aids=used,
        barriers=barriers,
        questions=questions,
        learnable=learnable,
        sure=ends["low"] and no_condition and not questions,
        possible=ends["high"] and no_condition,
    )


def _short(demands: JobDemands, has: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(sorted(n for n, level in demands.levels.items() if n in has and level > has[n]))


def _barriers(demands: JobDemands, has: Mapping[int, int], short: tuple[int, ...]) -> tuple[Barrier, ...]:
    return tuple(Barrier(code="demand", dimension=n, asked=demands.levels[n], has=has[n]) for n in short)


def _conditions(demands: JobDemands, profile: Profile) -> tuple[Barrier, ...]:
    found = {
        "week": profile.week_min <= demands.week <= profile.week_max,
        "day": demands.day_max <= profile.day_max,
        "days": set(demands.days) <= set(profile.days),
        "hours": profile.earliest <= demands.earliest and demands.latest <= profile.latest,
        "permit": set(demands.permits) <= set(profile.permits),
        "own_choice": not set(demands.families) & set(profile.excluded_families),
    }
    return tuple(Barrier(code=code) for code, kept in found.items() if not kept)


def _language(demands: JobDemands, profile: Profile) -> dict[str, int]:
    if demands.language is None or profile.language is None:
        return {}
    missing = {s: steps_missing(demands.language[s], getattr(profile.language, s)) for s in SKILLS}
    return {skill: steps for skill, steps in missing.items() if steps}


def _fewest_aids(demands: JobDemands, profile: Profile) -> tuple[str, ...]:
    """Return the fewest aids that open the door; among equals the first in the profile's order."""
    for many in range(len(profile.aids) + 1):
        for used in combinations(profile.aids, many):
            if not _short(demands, _limits(profile, "likely", used)):
                return used
    raise AssertionError("all aids together open a door without barriers")


def task_step(asked: Mapping[str, str] | None) -> str:
    """Return the lowest CEFR step at which a task's language is within reach; "none" when it asks none."""
    steps = ("none", "A1", "A2", "B1", "B2", "C1")
    return max((asked or {}).values(), key=steps.index, default="none")
