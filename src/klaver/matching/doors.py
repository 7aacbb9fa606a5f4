"""For whom a job is open, open with an aid, to be asked, or shut, and by what; nobody is scored or ranked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, TypeVar

from klaver.people.reading import aids
from klaver.people.records import Means, Profile
from klaver.scale.ladder import SKILLS, steps_missing
from klaver.values import Record, Weekday
from klaver.values.time import DayPart

Status = Literal["open", "with_aid", "to_ask", "shut"]
OPEN: frozenset[Status] = frozenset({"open", "with_aid"})
"""What counts as an open door."""

_T = TypeVar("_T")


@dataclass(frozen=True)
class JobDemands:
    """What a job asks: levels per dimension, hours, days, language, conditions; and what of it is not known.

    ``unknown`` are dimensions of which some level is not known, ``language_unknown`` tasks of which the language is
    not known. ``day_parts`` are the parts of days in which there is work. ``zone`` is where the workplace is, and
    ``travel`` gives per home zone the means that reach it in time; ``None`` when nobody has said, and then travel is
    not judged. ``language`` is the step asked per skill; ``language_hard`` the same of the tasks with a written safety
    reason. Hours are paid minutes; ``earliest`` and ``latest`` minutes after midnight.
    """

    levels: Mapping[int, int]
    unknown: tuple[int, ...] = ()
    week: int = 0
    day_max: int = 0
    earliest: int = 0
    latest: int = 1440
    days: tuple[Weekday, ...] = ()
    day_parts: frozenset[tuple[Weekday, DayPart]] = frozenset()
    zone: str | None = None
    travel: Mapping[str, frozenset[Means]] | None = None
    language: Mapping[str, str] | None = None
    language_hard: Mapping[str, str] | None = None
    language_unknown: tuple[str, ...] = ()
    permits: tuple[str, ...] = ()
    families: tuple[str, ...] = ()


class Barrier(Record):
    """One thing that shuts a door: a dimension asked above what is there, or a condition by its code."""

    code: str
    dimension: int | None = None
    asked: int | None = None
    has: int | None = None


class Question(Record):
    """One thing that is not known: a dimension, a condition by its code, or the language of named tasks.

    ``of`` says who can answer: the person (or the coach), or somebody who knows the work.
    """

    code: str
    of: Literal["person", "work"]
    dimension: int | None = None
    tasks: tuple[str, ...] = ()


class Door(Record):
    """The answer for one profile.

    The status is that of the likely levels: *shut* when something known stands in the way, whatever aid is used;
    else *to_ask* when anything is not known; else *open*, or *with_aid* with the fewest aids that open it.

    ``sure``: the door is open or open with an aid (so nothing is unknown), and also at the low end of the range,
    with no other aid than those named. ``possible``: at the high end of the range nothing known shuts the door,
    whatever aid is used. What is sure is open, and what is not shut is possible. Both qualify this very answer: a
    door that is open for part of a group may be open for all of it with an aid.

    ``aids`` is empty when the door is shut. ``learnable`` are the language steps still to learn, per skill.
    """

    profile: str
    status: Status
    aids: tuple[str, ...] = ()
    barriers: tuple[Barrier, ...] = ()
    questions: tuple[Question, ...] = ()
    learnable: dict[str, int] = {}
    sure: bool = False
    possible: bool = False

    @property
    def is_open(self) -> bool:
        """Tell whether the door is open, alone or with the named aids; a question is no yes."""
        return self.status in OPEN


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
    """Lay a job beside a profile.

    Missing language is a gap to learn, unless a written safety reason makes it hard. What is not known, of the
    person or of the work, never shuts a door and never opens one: it is a question.
    """
    known = condition_states(demands, profile)
    has = limits(profile)
    barriers = tuple(Barrier(code=code) for code, kept in known.items() if kept is False)
    conditions_kept = not barriers
    barriers += tuple(
        Barrier(code="demand", dimension=n, asked=demands.levels[n], has=has[n]) for n in _short(demands, has)
    )
    questions = (*_questions(demands, profile), *_open_conditions(demands, known))
    used = () if barriers else fewest_aids(demands, profile)
    status: Status = "shut" if barriers else "to_ask" if questions else "with_aid" if used else "open"
    return Door(
        profile=profile.id,
        status=status,
        aids=used,
        barriers=barriers,
        questions=questions,
        learnable=missing_language(demands.language, profile) or {},
        sure=status in OPEN and not _short(demands, _limits(profile, "low", used)),
        possible=conditions_kept and not _short(demands, limits(profile, "high")),
    )


def _short(demands: JobDemands, has: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(sorted(n for n, level in demands.levels.items() if n in has and level > has[n]))


def _questions(demands: JobDemands, profile: Profile) -> tuple[Question, ...]:
    """Return the dimensions to ask about: of the person what the job asks, of the work what it may ask."""
    asked = {n for n, level in demands.levels.items() if level >= 1}
    person = sorted(asked - profile.abilities.keys())
    return (
        *(Question(code="demand", of="person", dimension=n) for n in person),
        *(Question(code="demand", of="work", dimension=n) for n in sorted(set(demands.unknown))),
    )


def _open_conditions(demands: JobDemands, known: Mapping[str, bool | None]) -> tuple[Question, ...]:
    found = tuple(Question(code=code, of="person") for code, kept in known.items() if kept is None)
    if demands.language_unknown:
        found += (Question(code="task_language", of="work", tasks=demands.language_unknown),)
    return found


def condition_states(demands: JobDemands, profile: Profile) -> dict[str, bool | None]:
    """Return per condition whether it is kept, broken (``False``) or not known (``None``)."""
    p, week = profile, demands.week
    return {
        "week": _both(_known(p.week_min, lambda low: low <= week), _known(p.week_max, lambda high: week <= high)),
        "day": _known(p.day_max, lambda most: demands.day_max <= most),
        "days": _in_time(p, _known(p.days, lambda days: set(demands.days) <= set(days))),
        "hours": _in_time(
            p,
            _both(
                _known(p.earliest, lambda start: start <= demands.earliest),
                _known(p.latest, lambda end: demands.latest <= end),
            ),
        ),
        "day_parts": p.day_parts is None or demands.day_parts <= (p.slots() or frozenset()),
        "travel": travel_kept(demands.travel, p.zone, p.means),
        "permit": _known(p.permits, lambda held: set(demands.permits) <= set(held)) if demands.permits else True,
        "own_choice": not set(demands.families) & set(p.excluded_families),
        "language": _language_kept(demands, p),
    }


def _known(value: _T | None, test: Callable[[_T], bool]) -> bool | None:
    return None if value is None else test(value)


def _in_time(profile: Profile, kept: bool | None) -> bool | None:
    """Who gave the parts of the day need not be asked for days and hours as well."""
    return True if kept is None and profile.day_parts is not None else kept


def travel_kept(
    reached: Mapping[str, frozenset[Means]] | None, zone: str | None, means: tuple[Means, ...] | None
) -> bool | None:
    """Tell whether somebody can get to the workplace; ``None`` when the zone or the means are not known."""
    if reached is None:
        return True
    if zone is None or means is None:
        return None
    return not reached.get(zone, frozenset()).isdisjoint(means)


def _both(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _language_kept(demands: JobDemands, profile: Profile) -> bool | None:
    """A gap in what safety asks breaks the condition; any need is a question while the language held is not known."""
    if asks_language(demands.language) or asks_language(demands.language_hard):
        missing = missing_language(demands.language_hard, profile)
        return None if missing is None else not missing
    return True


def asks_language(need: Mapping[str, str] | None) -> bool:
    """Tell whether any skill of the language of the workplace is asked."""
    return need is not None and any(need[skill] != "none" for skill in SKILLS)


def missing_language(need: Mapping[str, str] | None, profile: Profile) -> dict[str, int] | None:
    """Return the steps still to learn per skill; ``None`` while the language held is not known."""
    if profile.language is None:
        return None
    if need is None:
        return {}
    missing = {s: steps_missing(need[s], getattr(profile.language, s)) for s in SKILLS}
    return {skill: steps for skill, steps in missing.items() if steps}


def fewest_aids(demands: JobDemands, profile: Profile) -> tuple[str, ...]:
    """Return the fewest aids that open the door; among equals the first in the profile's order."""
    short = set(_short(demands, _limits(profile, "likely", ())))
    useful = [a for a in profile.aids if short & aids()[a].raises.keys()]
    tried = (used for many in range(len(useful) + 1) for used in combinations(useful, many))
    return next(used for used in tried if not _short(demands, _limits(profile, "likely", used)))
