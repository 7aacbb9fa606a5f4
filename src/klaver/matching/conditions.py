"""The conditions of a job as questions to a table of people: kept for sure, possibly kept, by subset tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from klaver.matching.doors import JobDemands, asks_language
from klaver.people.columns import CONDITIONS, NOT_KNOWN, Names, Whole, slot_bit
from klaver.people.records import MEANS, Means
from klaver.scale.ladder import SKILLS, STEPS

Flags = npt.NDArray[np.bool_]
Both = tuple[Flags, Flags]
"""Who keeps a condition for sure, and who may keep it."""


@dataclass(frozen=True)
class Condition:
    """One condition of a job: a code, and what is asked in numbers that can be compared and remembered."""

    code: str
    asked: tuple[int, ...] = ()
    reached: tuple[tuple[str, int], ...] = ()


def conditions_of(job: JobDemands) -> tuple[Condition, ...]:
    """Return the conditions of a job in a fixed order; one that everybody keeps is left out."""
    return tuple(_conditions(job))


def _conditions(job: JobDemands) -> Iterator[Condition]:
    yield Condition("week", (job.week,))
    yield Condition("day", (job.day_max,))
    yield Condition("days", (sum(1 << d for d in job.days),))
    yield Condition("hours", (job.earliest, job.latest))
    if job.day_parts:
        yield Condition("day_parts", (sum(slot_bit(d, part) for d, part in job.day_parts),))
    if job.travel is not None:
        yield Condition("travel", reached=_masks(job.travel))
    if job.permits:
        yield Condition("permit", reached=tuple((p, 0) for p in sorted(job.permits)))
    if job.families:
        yield Condition("own_choice", reached=tuple((f, 0) for f in sorted(job.families)))
    if asks_language(job.language) or asks_language(job.language_hard):
        hard = job.language_hard or {}
        yield Condition("language", tuple(STEPS.index(hard.get(skill, "none")) for skill in SKILLS))


def _masks(travel: Mapping[str, frozenset[Means]]) -> tuple[tuple[str, int], ...]:
    return tuple((zone, sum(1 << MEANS.index(m) for m in means)) for zone, means in sorted(travel.items()))


@cache
def _at(name: str) -> int:
    return CONDITIONS.index(name)


def kept(condition: Condition, table: Sequence[npt.NDArray[np.signedinteger]], names: Names) -> Both:
    """Return per row of a table of conditions whether a condition is kept: for sure, and possibly.

    Travel asks for a person's zone as well: see :func:`travel_kept`.
    """

    def column(name: str) -> Whole:
        return table[_at(name)].astype(np.int32, copy=False)

    asked = condition.asked
    if condition.code == "week":
        return _all(_least(column("week_min"), asked[0]), _most(column("week_max"), asked[0]))
    if condition.code == "day":
        return _most(column("day_max"), asked[0])
    if condition.code == "days":
        return _or_parts(column("day_parts"), _holds(column("days"), asked[0]))
    if condition.code == "hours":
        inside = _all(_least(column("earliest"), asked[0]), _most(column("latest"), asked[1]))
        return _or_parts(column("day_parts"), inside)
    if condition.code == "day_parts":
        held = column("day_parts")
        suits = (held == NOT_KNOWN) | (asked[0] & ~held == 0)
        return suits, suits
    if condition.code == "permit":
        return _permits(condition, column("permits"), names)
    if condition.code == "own_choice":
        unwanted = sum(1 << names.families[f] for f, _ in condition.reached if f in names.families)
        wanted = column("excluded") & unwanted == 0
        return wanted, wanted
    assert condition.code == "language"
    steps = [column(f"language_{skill}") for skill in SKILLS]
    known = np.logical_and.reduce([s != NOT_KNOWN for s in steps])
    enough = np.logical_and.reduce([s >= a for s, a in zip(steps, asked, strict=True)])
    return known & enough, ~known | enough


def _permits(condition: Condition, held: Whole, names: Names) -> Both:
    asked = [names.permits.get(p) for p, _ in condition.reached]
    bits = sum(1 << bit for bit in asked if bit is not None)
    known = held != NOT_KNOWN
    sure = known & (bits & ~held == 0) & (None not in asked)
    return sure, sure | ~known


def _least(low: Whole, asked: int) -> Both:
    return (low != NOT_KNOWN) & (low <= asked), low <= asked


def _most(high: Whole, asked: int) -> Both:
    enough = high >= asked
    return enough & (high != NOT_KNOWN), enough | (high == NOT_KNOWN)


def _holds(held: Whole, asked: int) -> Both:
    known = held != NOT_KNOWN
    inside = asked & ~held == 0
    return known & inside, ~known | inside


def _all(one: Both, other: Both) -> Both:
    return one[0] & other[0], one[1] & other[1]


def _or_parts(parts: Whole, found: Both) -> Both:
    """Who gave the parts of the day is not asked for days and hours: what is not known there counts as kept."""
    told = parts != NOT_KNOWN
    unknown = ~found[0] & found[1]
    return found[0] | (told & unknown), found[1]


def travel_kept(condition: Condition, zone: Whole, means: Whole, names: Names) -> Both:
    """Return per person whether the workplace can be reached from the home zone with the means that there are."""
    reached = np.zeros(len(names.zones) + 1, np.int32)  # the last entry is the zone that is not known
    for word, bits in condition.reached:
        if word in names.zones:
            reached[names.zones[word]] = bits
    known = (zone != NOT_KNOWN) & (means != NOT_KNOWN)
    sure = known & (reached[zone] & means != 0)
    return sure, sure | ~known
