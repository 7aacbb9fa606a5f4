"""Many people as columns: what the reach engine counts over; one row per person, nothing in it names anybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal

import numpy as np
import numpy.typing as npt

from klaver.people.reading import aids
from klaver.people.records import MEANS, Ability, LanguageHeld, Profile
from klaver.scale.ladder import SKILLS, STEPS
from klaver.values import Fault, Faults
from klaver.values.time import DAY_PARTS, Weekday

DIMENSIONS = 36
UNKNOWN = 255
"""The level of an ability that is not known."""

NOT_KNOWN = -1
"""A condition that is not known."""

MOST_WORDS = 31
"""Different permits, and different task families, that fit in a number of 32 bits."""

Levels = npt.NDArray[np.uint8]
Whole = npt.NDArray[np.int32]

CONDITIONS = (
    *(f"language_{skill}" for skill in SKILLS),
    "week_min",
    "week_max",
    "day_max",
    "earliest",
    "latest",
    "days",
    "day_parts",
    "permits",
    "excluded",
    "wanted",
    "means",
)
"""The conditions and what was asked for, in one table of distinct rows: few people have a combination of their own."""


@dataclass
class Names:
    """The words behind the numbers of permits, task families and zones; it grows while a register is read."""

    permits: dict[str, int] = field(default_factory=dict)
    families: dict[str, int] = field(default_factory=dict)
    zones: dict[str, int] = field(default_factory=dict)

    @staticmethod
    def mask(table: dict[str, int], words: Iterable[str]) -> int:
        """Return words as bits, giving a bit to a word that is new.

        Raises
        ------
        Faults
            When there are more than 31 different words.
        """
        bits = 0
        for word in words:
            bit = table.setdefault(word, len(table))
            if bit >= MOST_WORDS:
                raise Faults([Fault(code="people.too_many_words", values={"most": MOST_WORDS})])
            bits |= 1 << bit
        return bits

    def zone(self, word: str) -> int:
        """Return the number of a zone, giving one to a zone that is new."""
        return self.zones.setdefault(word, len(self.zones))


@dataclass(frozen=True)
class Columns:
    """People as columns.

    Attributes
    ----------
    levels
        Shape (36, n): ability 0-4, or 255 where it is not known.
    aids
        Shape (n,): bit a is set when the person can use aid a of :func:`klaver.people.aids`, in that order.
    conditions
        Shape (15, n), in the order of ``CONDITIONS``: steps of the language ladder 0-5, minutes, bits; -1 is not known.
        ``days`` has a bit per weekday, ``day_parts`` one per weekday and part (four per day, Monday's night first).
    zone
        Shape (n,): number of the home zone in ``names``; -1 is not known.
    """

    levels: Levels
    aids: Whole
    conditions: Whole
    zone: Whole
    names: Names
    ids: tuple[str, ...] | None = None

    @property
    def count(self) -> int:
        """How many people there are."""
        return int(self.zone.shape[0])

    def aided(self) -> Levels:
        """Return the levels with every aid that each person can use; what is not known stays so."""
        raised = np.zeros_like(self.levels)
        for bit, aid in enumerate(aids().values()):
            uses = self.aids >> bit & 1 == 1
            for number, levels in aid.raises.items():
                np.maximum(raised[number - 1], np.where(uses, np.uint8(levels), np.uint8(0)), out=raised[number - 1])
        return np.where(self.levels == UNKNOWN, self.levels, np.minimum(self.levels + raised, 4)).astype(np.uint8)

    def take(self, rows: slice | npt.NDArray[np.intp]) -> Columns:
        """Return some of the people, in the order of ``rows``."""
        ids = None
        if self.ids is not None:
            chosen = range(self.count)[rows] if isinstance(rows, slice) else rows
            ids = tuple(self.ids[i] for i in chosen)
        at = (slice(None), rows)
        return Columns(self.levels[at], self.aids[rows], self.conditions[at], self.zone[rows], self.names, ids)


def joined(parts: Sequence[Columns]) -> Columns:
    """Put parts of one population one after the other; they share their names."""
    if len(parts) == 1:
        return parts[0]
    named = [p.ids for p in parts if p.ids is not None]
    return Columns(
        np.concatenate([p.levels for p in parts], axis=1),
        np.concatenate([p.aids for p in parts]),
        np.concatenate([p.conditions for p in parts], axis=1),
        np.concatenate([p.zone for p in parts]),
        parts[0].names,
        tuple(chain.from_iterable(named)) if len(named) == len(parts) else None,
    )


def slot_bit(day: int, part: str) -> int:
    """Return the bit of a part of a weekday."""
    return 1 << (day * len(DAY_PARTS) + DAY_PARTS.index(part))


def of_profiles(
    profiles: Sequence[Profile], names: Names | None = None, end: Literal["low", "likely", "high"] = "likely"
) -> Columns:
    """Return profiles as columns, with their abilities at one end of the range."""
    names = names or Names()
    order = {aid: bit for bit, aid in enumerate(aids())}
    levels = np.full((DIMENSIONS, len(profiles)), UNKNOWN, np.uint8)
    conditions = np.full((len(CONDITIONS), len(profiles)), NOT_KNOWN, np.int32)
    held, zone = np.zeros(len(profiles), np.int32), np.full(len(profiles), NOT_KNOWN, np.int32)
    for at, profile in enumerate(profiles):
        for number, ability in profile.abilities.items():
            levels[number - 1, at] = getattr(ability, end)
        conditions[:, at] = _conditions(profile, names)
        held[at] = sum(1 << order[a] for a in profile.aids)
        zone[at] = NOT_KNOWN if profile.zone is None else names.zone(profile.zone)
    return Columns(levels, held, conditions, zone, names, tuple(p.id for p in profiles))


def _conditions(profile: Profile, names: Names) -> list[int]:
    held, slots = profile.language, profile.slots()
    return [
        *(NOT_KNOWN if held is None else STEPS.index(getattr(held, skill)) for skill in SKILLS),
        *(NOT_KNOWN if v is None else v for v in (profile.week_min, profile.week_max, profile.day_max)),
        *(NOT_KNOWN if v is None else v for v in (profile.earliest, profile.latest)),
        NOT_KNOWN if profile.days is None else sum(1 << d for d in profile.days),
        NOT_KNOWN if slots is None else sum(slot_bit(d, part) for d, part in slots),
        NOT_KNOWN if profile.permits is None else names.mask(names.permits, profile.permits),
        names.mask(names.families, profile.excluded_families),
        names.mask(names.families, profile.wanted_families),
        NOT_KNOWN if profile.means is None else sum(1 << MEANS.index(m) for m in profile.means),
    ]


def profile_of(columns: Columns, row: int, *, source: str, date: str) -> Profile:
    """Return one person of a register as a profile, to be laid beside a job line by line."""
    found = dict(zip(CONDITIONS, columns.conditions[:, row].tolist(), strict=True))
    known = {name: value for name, value in found.items() if value != NOT_KNOWN}
    steps = [known.get(f"language_{skill}") for skill in SKILLS]
    numbered = {number: int(level) for number, level in enumerate(columns.levels[:, row], 1) if level != UNKNOWN}
    zone = int(columns.zone[row])
    return Profile.model_validate(
        {
            "id": columns.ids[row] if columns.ids is not None else f"row-{row + 1}",
            "kind": "person",
            "abilities": {n: Ability(low=level, likely=level, high=level) for n, level in numbered.items()},
            "aids": tuple(aid for bit, aid in enumerate(aids()) if int(columns.aids[row]) >> bit & 1),
            "language": None
            if None in steps
            else LanguageHeld.model_validate(
                {k: STEPS[s] for k, s in zip(SKILLS, steps, strict=True) if s is not None}
            ),
            **{name: known.get(name) for name in ("week_min", "week_max", "day_max", "earliest", "latest")},
            "days": _days(known.get("days")),
            "day_parts": _parts(known.get("day_parts")),
            "permits": _words(columns.names.permits, known.get("permits")),
            "excluded_families": _words(columns.names.families, known.get("excluded", 0)) or (),
            "wanted_families": _words(columns.names.families, known.get("wanted", 0)) or (),
            "means": None if "means" not in known else tuple(m for b, m in enumerate(MEANS) if known["means"] >> b & 1),
            "zone": None if zone == NOT_KNOWN else list(columns.names.zones)[zone],
            "source": source,
            "date": date,
        }
    )


def _days(bits: int | None) -> tuple[Weekday, ...] | None:
    return None if bits is None else tuple(d for d in Weekday if bits >> d & 1)


def _parts(bits: int | None) -> dict[int, tuple[str, ...]] | None:
    if bits is None:
        return None
    found = {int(d): tuple(part for part in DAY_PARTS if bits & slot_bit(d, part)) for d in Weekday}
    return {day: parts for day, parts in found.items() if parts}


def _words(table: dict[str, int], bits: int | None) -> tuple[str, ...] | None:
    return None if bits is None else tuple(word for word, bit in table.items() if bits >> bit & 1)
