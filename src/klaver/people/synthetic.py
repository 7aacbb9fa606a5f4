"""People who do not exist, for tests, examples and benchmarks: structured as a register is, the same for every seed.

Nothing here is estimated from real people. Three kinds, each with another degree of likeness between people: *survey*
(seven latent factors and noise: hardly two are alike), *register* (occupation, education, age and a health condition:
many are alike), and *mixed* (a register in which a third have been looked at one by one, and of some a level is not
known). The shares of the conditions follow the measured prototypes of the reach engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from klaver.people.columns import CONDITIONS, DIMENSIONS, NOT_KNOWN, UNKNOWN, Columns, Names, Whole, joined, slot_bit
from klaver.people.reading import aids
from klaver.people.records import MEANS
from klaver.people.register.reading import PART
from klaver.scale.ladder import SKILLS
from klaver.values.time import ALL_DAYS, DAY_PARTS, WORKING_DAYS

Kind = Literal["register", "survey", "mixed"]
KINDS: tuple[Kind, ...] = get_args(Kind)

BLOCK = 1 << 14
"""People who are drawn together. A block is drawn whole, with a chance of its own: parts and numbers change nobody."""

FACTORS = 7
OCCUPATIONS = 436
HEALTH = 60
ZONES = 300

PERMITS = ("driving_b", "driving_c", "driving_ce", "forklift", "crossing_guard")
FAMILIES = ("care", "cleaning", "linen", "meals", "people", "transport")

_Rng = np.random.Generator
_Levels = npt.NDArray[np.int16]
_FACTOR = np.arange(DIMENSIONS) % FACTORS


def synthetic_names() -> Names:
    """Return the words behind the numbers, the same for every population."""
    return Names(
        permits={word: at for at, word in enumerate(PERMITS)},
        families={word: at for at, word in enumerate(FAMILIES)},
        zones={f"z{number + 1:03d}": number for number in range(ZONES)},
    )


def synthetic_people(
    kind: Kind, count: int, seed: int, *, size: int = PART, keep_ids: bool = True
) -> Iterator[Columns]:
    """Yield people who do not exist, in parts of ``size`` (the last one may be smaller).

    The first thousand of a population are the same people however many follow, and in whatever parts they come. The
    draws are those of numpy: another version of it may give others.
    """
    names, world = synthetic_names(), _world(kind, seed)
    held: Columns | None = None
    for block in range(-(-count // BLOCK)):
        first = block * BLOCK
        rng = np.random.default_rng([seed, KINDS.index(kind), 1 + block])
        ids = tuple(f"syn-{n + 1:06d}" for n in range(first, first + BLOCK)) if keep_ids else None
        made = _block(world, rng, names, ids).take(slice(0, count - first))
        held = made if held is None else joined([held, made])
        while held.count >= size:
            yield held.take(slice(0, size))
            held = held.take(slice(size, None))
    if held is not None and held.count:
        yield held


@dataclass(frozen=True)
class _World:
    """What is drawn once for a population: what an occupation asks, what a health condition takes, how factors load."""

    kind: Kind
    base: _Levels
    health: _Levels
    held: Whole
    loadings: npt.NDArray[np.float64]
    middle: npt.NDArray[np.float64]


def _world(kind: Kind, seed: int) -> _World:
    rng = np.random.default_rng([seed, KINDS.index(kind), 0])
    occupation = rng.standard_normal((OCCUPATIONS, FACTORS))
    noise = 0.4 * rng.standard_normal((OCCUPATIONS, DIMENSIONS))
    base = np.clip(np.rint(3.3 + 0.45 * occupation[:, _FACTOR] + noise), 1, 4).astype(np.int16)
    health = np.zeros((HEALTH, DIMENSIONS), np.int16)
    for row in health:
        row[rng.choice(DIMENSIONS, rng.integers(2, 9), replace=False)] = rng.integers(1, 4)
    loadings = 0.25 * rng.standard_normal((DIMENSIONS, FACTORS))
    loadings[np.arange(DIMENSIONS), _FACTOR] += 0.9
    middle = 3.1 + 0.4 * rng.standard_normal(DIMENSIONS)
    return _World(kind, base, health, _aids_of(health), loadings, middle)


def _aids_of(health: _Levels) -> Whole:
    """Return the aids that help with each health condition: up to three that raise what it takes."""
    found = np.zeros(len(health), np.int32)
    for at, row in enumerate(health):
        useful = [bit for bit, aid in enumerate(aids().values()) if any(row[n - 1] for n in aid.raises)]
        found[at] = sum(1 << bit for bit in useful[:3])
    return found


def _block(world: _World, rng: _Rng, names: Names, ids: tuple[str, ...] | None) -> Columns:
    ill = rng.random(BLOCK) < 0.30
    condition = rng.choice(HEALTH, BLOCK, p=_falling(HEALTH, 0.7))
    levels = _survey(world, rng) if world.kind == "survey" else _occupied(world, rng, ill, condition)
    if world.kind == "mixed":
        _deviate(levels, rng)
    known = np.clip(levels, 0, 4).astype(np.uint8)
    if world.kind != "register":
        asked = np.flatnonzero(rng.random(BLOCK) < 0.05)
        known[asked, rng.integers(0, DIMENSIONS, len(asked))] = UNKNOWN
    held = np.where(ill & (rng.random(BLOCK) < 0.6), world.held[condition], 0).astype(np.int32)
    zone = np.minimum(ZONES * rng.beta(1, 1.6, BLOCK), ZONES - 1).astype(np.int32)
    return Columns(np.ascontiguousarray(known.T), held, _conditions(rng), zone, names, ids)


def _survey(world: _World, rng: _Rng) -> _Levels:
    shared = 0.6 * rng.standard_normal((BLOCK, 1))
    drawn = (0.8 * rng.standard_normal((BLOCK, FACTORS)) + shared) @ world.loadings.T
    noise = 0.7 * rng.standard_normal((BLOCK, DIMENSIONS))
    return np.rint(0.72 * (drawn + noise) + world.middle).astype(np.int16)


def _occupied(world: _World, rng: _Rng, ill: npt.NDArray[np.bool_], condition: npt.NDArray[np.int64]) -> _Levels:
    """Draw levels from an occupation, moved by education, age and, for who is ill, a health condition."""
    odd = np.arange(DIMENSIONS) % 2 == 1
    education, age = np.zeros((3, DIMENSIONS), np.int16), np.zeros((4, DIMENSIONS), np.int16)
    education[0, (_FACTOR == 0) | ((_FACTOR == 1) & ~odd)] = -1
    education[2, _FACTOR == 0] = 1
    age[3, _FACTOR == 2] = -1
    age[0, (_FACTOR == 3) & odd] = -1
    levels = world.base[rng.choice(OCCUPATIONS, BLOCK, p=_falling(OCCUPATIONS, 0.9))]
    levels = levels + education[rng.choice(3, BLOCK, p=(0.45, 0.38, 0.17))]
    levels += age[rng.choice(4, BLOCK, p=(0.20, 0.35, 0.30, 0.15))]
    worse = rng.integers(0, 2, BLOCK).astype(np.int16)
    taken = world.health[condition]
    taken = taken + (taken > 0) * worse[:, None]
    return levels - np.where(ill[:, None], taken, np.int16(0))


def _deviate(levels: _Levels, rng: _Rng) -> None:
    """Give a third of the people one to six levels of their own, as somebody who was looked at one by one has."""
    own = np.flatnonzero(rng.random(BLOCK) < 0.35)
    many = rng.integers(1, 7, len(own))
    for time in range(6):
        who = own[many > time]
        levels[who, rng.integers(0, DIMENSIONS, len(who))] += rng.choice((-2, -1, 1), len(who), p=(0.3, 0.5, 0.2))


def _falling(many: int, power: float) -> npt.NDArray[np.float64]:
    """Return shares that fall as the rank to a power: a few are common, many are rare."""
    shares = 1 / np.arange(1, many + 1) ** power
    return np.asarray(shares / shares.sum())


_GAPS = np.array([(0, 0, 0, 0), (0, 1, 0, 1), (0, 0, 1, 1), (0, 1, 2, 2)], np.int32)
"""Steps that speaking, reading and writing lie behind listening, for who does not have the language in full."""

_WEEKS = np.array([(19, 38), (8, 38), (8, 32), (8, 24), (36, 38)], np.int32) * 60
_DAYS = np.array([8, 6, 4], np.int32) * 60

_PATTERNS = (
    (0.15, ALL_DAYS, DAY_PARTS, (0, 30)),
    (0.20, WORKING_DAYS, DAY_PARTS[1:], (6, 22)),
    (0.25, WORKING_DAYS, DAY_PARTS[1:3], (8, 17)),
    (0.15, WORKING_DAYS, DAY_PARTS[1:3], (6, 18)),
    (0.10, tuple(d for d in WORKING_DAYS if d != 2), DAY_PARTS[1:3], (7, 18)),
    (0.10, ALL_DAYS[:6], DAY_PARTS[1:], (6, 22)),
    (0.05, ALL_DAYS, DAY_PARTS[2:], (12, 24)),
)
"""Share, days, parts of the day, and the same in hours: earliest start and latest end."""

_WAYS: tuple[tuple[float, tuple[str, ...]], ...] = (
    (0.05, ("foot",)),
    (0.12, ("foot", "bike")),
    (0.23, ("foot", "public_transport", "shuttle")),
    (0.30, ("foot", "bike", "public_transport")),
    (0.20, ("foot", "bike", "car")),
    (0.10, ("foot", "bike", "public_transport", "car", "shuttle")),
)


def _conditions(rng: _Rng) -> Whole:
    found = np.full((len(CONDITIONS), BLOCK), NOT_KNOWN, np.int32)

    def fill(name: str, values: npt.ArrayLike) -> None:
        found[CONDITIONS.index(name)] = values

    top = rng.random(BLOCK) < 0.72
    step = np.where(top, 5, rng.integers(0, 6, BLOCK))
    behind = _GAPS[rng.choice(len(_GAPS), BLOCK, p=(0.4, 0.3, 0.2, 0.1))]
    for at, skill in enumerate(SKILLS):
        fill(f"language_{skill}", np.maximum(0, step - np.where(top, 0, behind[:, at])))
    week = _WEEKS[rng.choice(len(_WEEKS), BLOCK, p=(0.45, 0.20, 0.15, 0.12, 0.08))]
    fill("week_min", week[:, 0])
    fill("week_max", week[:, 1])
    fill("day_max", _DAYS[rng.choice(3, BLOCK, p=(0.75, 0.15, 0.10))])
    _times(rng, found)
    held = (rng.random(BLOCK) < 0.62) * 0b1 | (rng.random(BLOCK) < 0.05) * 0b111
    fill("permits", held | (rng.random(BLOCK) < 0.08) * 0b1000 | (rng.random(BLOCK) < 0.02) * 0b10000)
    fill("excluded", _unwanted(rng))
    fill("wanted", 0)
    ways = np.array([sum(1 << MEANS.index(m) for m in MEANS if m in way) for _, way in _WAYS])
    fill("means", ways[rng.choice(len(_WAYS), BLOCK, p=[share for share, _ in _WAYS])])
    return found


def _times(rng: _Rng, found: Whole) -> None:
    """Draw when work suits: told in parts of the day by most, in days and hours by the others."""
    drawn = rng.choice(len(_PATTERNS), BLOCK, p=[share for share, *_ in _PATTERNS])
    in_parts = rng.random(BLOCK) < 0.6
    slots = np.array([sum(slot_bit(d, part) for d in days for part in parts) for _, days, parts, _ in _PATTERNS])
    days = np.array([sum(1 << d for d in days) for _, days, _, _ in _PATTERNS])
    hours = np.array([span for *_, span in _PATTERNS]) * 60
    found[CONDITIONS.index("day_parts")] = np.where(in_parts, slots[drawn], NOT_KNOWN)
    found[CONDITIONS.index("days")] = np.where(in_parts, NOT_KNOWN, days[drawn])
    found[CONDITIONS.index("earliest")] = np.where(in_parts, NOT_KNOWN, hours[drawn, 0])
    found[CONDITIONS.index("latest")] = np.where(in_parts, NOT_KNOWN, hours[drawn, 1])


def _unwanted(rng: _Rng) -> npt.NDArray[np.int64]:
    """Draw what is not wanted: nothing by most, one family of tasks by some, two by a few."""
    one = [1 << at for at in range(len(FAMILIES))]
    sets = np.array([0, *one, one[0] | one[4], one[1] | one[2], one[3] | one[5]])
    return np.asarray(sets[rng.choice(len(sets), BLOCK, p=(0.85, *[0.02] * 6, *[0.01] * 3))])
