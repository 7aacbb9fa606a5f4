"""Many jobs beside people: for each person the jobs for which least is missing, exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from klaver.matching.doors import JobDemands, asks_language
from klaver.matching.kernels import kernels
from klaver.matching.population import WORTH
from klaver.matching.shards import LEVELS, pack
from klaver.people.columns import (
    CONDITIONS,
    DIMENSIONS,
    NOT_KNOWN,
    UNKNOWN,
    Columns,
    Names,
    Whole,
    of_profiles,
    slot_bit,
)
from klaver.people.records import MEANS, Means, Profile
from klaver.scale.ladder import SKILLS, STEPS

WEIGHT = 256
"""A level that is missing weighs more than all levels that stay unused together (36 x 4)."""

_DAYS, _LADDER, _FAMILIES = 28, 35, 31
"""Where days, language and task families begin in the two words of conditions, after day parts and permits."""

_LONGEST = 1 << 30

Words = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Near:
    """A job by name, what is missing and what stays unused, in levels: to order with, never to show."""

    job: str
    missing: int
    unused: int


class JobIndex:
    """Jobs as bit sets, so that what a person lacks for each of them is added up for 64 jobs at once.

    What is not known of a job or a person counts as no gap: a job is never hidden because something is unknown.

    Raises
    ------
    Faults
        When the jobs ask for more than 31 different permits, or are of more than 31 task families.
    """

    def __init__(self, jobs: Mapping[str, JobDemands], *, engine: str = "best") -> None:
        self.engine = engine
        self.names = tuple(jobs)
        given = list(jobs.values())
        levels = np.array([[j.levels.get(n, 0) for n in range(1, DIMENSIONS + 1)] for j in given], np.uint8)
        levels = levels.reshape(-1, DIMENSIONS)
        totals = levels.sum(axis=1, dtype=np.int32)
        self._numbers = np.lexsort((np.arange(len(given)), -totals)).astype(np.int32)
        self._totals, levels = totals[self._numbers], levels[self._numbers]
        rows = [pack(levels[:, at] >= level) for at in range(DIMENSIONS) for level in range(1, LEVELS + 1)]
        self._rows = np.array(rows, np.uint64).reshape(LEVELS * DIMENSIONS, -1)
        self._filled = self._rows.any(axis=1).astype(np.uint8)
        self._terms = Names()
        self._travels: list[Mapping[str, frozenset[Means]] | None] = []
        kinds: dict[tuple[int, ...], int] = {}
        listed = [kinds.setdefault(self._kind(given[at]), len(kinds)) for at in self._numbers]
        self._kinds = np.array(listed, np.int32)
        self._sizes = np.bincount(self._kinds, minlength=len(kinds)).astype(np.int32)
        self._kinds_bits = np.array([k[:2] for k in kinds], np.uint64).reshape(-1, 2).T.copy()
        self._kinds_spans = np.array([k[2:6] for k in kinds], np.int32).reshape(-1, 4).T.copy()
        self._kinds_travel = np.array([k[6] for k in kinds], np.int32)

    def _kind(self, job: JobDemands) -> tuple[int, ...]:
        """Return the conditions of a job in numbers: two words of bits, four minutes, and its travel table."""
        spans = (job.week, job.day_max, job.earliest, job.latest)
        return (*self._bits_of(job), *spans, self._travel_of(job.travel))

    def _bits_of(self, job: JobDemands) -> tuple[int, int]:
        ladder = 0
        if asks_language(job.language) or asks_language(job.language_hard):
            hard = job.language_hard or {}
            steps = (STEPS.index(hard.get(skill, "none")) for skill in SKILLS)
            ladder = sum(((1 << step) - 1) << (5 * at) for at, step in enumerate(steps))
        parts = sum(slot_bit(d, part) for d, part in job.day_parts)
        days = sum(1 << d for d in job.days)
        permits = self._terms.mask(self._terms.permits, job.permits)
        families = self._terms.mask(self._terms.families, job.families)
        return parts | days << _DAYS | ladder << _LADDER, permits | families << _FAMILIES

    def _travel_of(self, travel: Mapping[str, frozenset[Means]] | None) -> int:
        if travel not in self._travels:
            self._travels.append(travel)
        return self._travels.index(travel)

    def nearest(self, person: Profile, most: int) -> tuple[Near, ...]:
        """Return the ``most`` jobs that miss least, then leave least unused, among those whose conditions may be kept.

        With the aids that the person can use; ties in the order in which the jobs were given.
        """
        numbers, keys = self.nearest_of_all(of_profiles([person]), most)
        found = numbers[0] >= 0
        pairs = zip(numbers[0][found].tolist(), keys[0][found].tolist(), strict=True)
        return tuple(Near(self.names[at], *divmod(key, WEIGHT)) for at, key in pairs)

    def nearest_of_all(self, people: Columns, most: int) -> tuple[Places, Places]:
        """Return per person the numbers of the nearest jobs and their keys, shape (n, most); -1 where there is none."""
        many = min(most, len(self.names))
        numbers = np.full((people.count, many), -1, np.int32)
        keys = np.zeros((people.count, many), np.int32)
        levels = people.aided()
        few = self.engine == "best" and people.count * len(self.names) < WORTH
        kernels("plain" if few else self.engine).nearest_of_all(
            np.ascontiguousarray(np.where(levels == UNKNOWN, np.uint8(LEVELS), levels).T),
            self._held(people),
            _spans(people),
            self._reached(people),
            self._rows,
            self._filled,
            self._totals,
            self._numbers,
            self._kinds,
            self._sizes,
            self._kinds_bits,
            self._kinds_spans,
            self._kinds_travel,
            WEIGHT,
            numbers,
            keys,
        )
        return numbers, keys

    def _held(self, people: Columns) -> Words:
        """Return the two words of conditions that each person keeps or may keep."""
        found = {name: people.conditions[at] for at, name in enumerate(CONDITIONS)}
        parts = _or_all(found["day_parts"], 28)
        timed = (found["day_parts"] != NOT_KNOWN) & (found["days"] == NOT_KNOWN)
        days = np.where(timed, np.uint64(127), _or_all(found["days"], 7))
        ladder, in_part = np.zeros(people.count, np.uint64), np.zeros(people.count, np.bool_)
        thermometer = np.array([*((1 << s) - 1 for s in range(len(STEPS))), (1 << 5) - 1], np.uint64)
        for at, skill in enumerate(SKILLS):
            steps = found[f"language_{skill}"]
            ladder |= thermometer[steps] << np.uint64(5 * at)  # a step that is not known is the last entry
            in_part |= steps == NOT_KNOWN
        ladder[in_part] = (1 << 5 * len(SKILLS)) - 1  # a language that is known in part is not known
        first = parts | days << np.uint64(_DAYS) | ladder << np.uint64(_LADDER)
        permits = _renumbered(found["permits"], people.names.permits, self._terms.permits)
        permits[found["permits"] == NOT_KNOWN] = (1 << _FAMILIES) - 1
        unwanted = _renumbered(found["excluded"], people.names.families, self._terms.families)
        families = ~unwanted & np.uint64((1 << _FAMILIES) - 1)
        return np.ascontiguousarray(np.stack([first, permits | families << np.uint64(_FAMILIES)], axis=1))

    def _reached(self, people: Columns) -> npt.NDArray[np.uint8]:
        """Return per person and travel table whether the workplace may be reached, shape (n, tables)."""
        means = people.conditions[CONDITIONS.index("means")]
        unknown = (people.zone == NOT_KNOWN) | (means == NOT_KNOWN)
        made = np.ones((people.count, max(1, len(self._travels))), np.uint8)
        for at, travel in enumerate(self._travels):
            if travel is not None:
                zones = np.zeros(len(people.names.zones) + 1, np.int32)
                for zone, ways in travel.items():
                    if zone in people.names.zones:
                        zones[people.names.zones[zone]] = sum(1 << MEANS.index(m) for m in ways)
                made[:, at] = unknown | (zones[people.zone] & means != 0)
        return made


def _or_all(bits: Whole, many: int) -> Words:
    return np.where(bits == NOT_KNOWN, np.uint64((1 << many) - 1), bits.astype(np.uint64))


def _renumbered(bits: Whole, theirs: Mapping[str, int], ours: Mapping[str, int]) -> Words:
    made = np.zeros(len(bits), np.uint64)
    for word, bit in theirs.items():
        if word in ours:
            made |= (bits >> bit & 1).astype(np.uint64) << np.uint64(ours[word])
    return made


def _spans(people: Columns) -> npt.NDArray[np.int32]:
    """Return the bounds within which a job's week, longest day, start and end must lie, shape (n, 4, 2)."""
    found = {name: people.conditions[at] for at, name in enumerate(CONDITIONS)}
    made = np.zeros((people.count, 4, 2), np.int32)
    made[:, :, 1] = _LONGEST
    made[:, 0, 0] = np.maximum(found["week_min"], 0)
    made[:, 2, 0] = np.maximum(found["earliest"], 0)
    for at, name in ((0, "week_max"), (1, "day_max"), (3, "latest")):
        made[:, at, 1] = np.where(found[name] == NOT_KNOWN, _LONGEST, found[name])
    return made
