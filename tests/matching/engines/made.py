"""People as columns: drawn denser than profiles can be, also half known as in a register; and people all alike."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from tests.matching.drawn import FAMILIES, PERMITS, ZONES

from klaver.people import aids
from klaver.people.columns import CONDITIONS, NOT_KNOWN, UNKNOWN, Columns, Names
from klaver.people.records import MEANS

NAMES = Names(*({word: at for at, word in enumerate(words)} for words in (PERMITS, FAMILIES, ZONES)))

DRAWN = {
    **{f"language_{skill}": range(6) for skill in ("listening", "speaking", "reading", "writing")},
    "week_min": (0, 600, 1140),
    "week_max": (600, 1140, 2280),
    "day_max": (180, 240, 480),
    "earliest": (0, 360, 480),
    "latest": (600, 1080, 1440),
    "days": (0b0011111, 0b1111111, 0b0000111, 0),
    "day_parts": ((1 << 28) - 1, 0x0222222, 0),
    "permits": range(1 << len(PERMITS)),
    "excluded": (0, 0, 0, 1, 2),
    "wanted": (0, 0, 4),
    "means": (1 << MEANS.index("car"), 1 << MEANS.index("foot"), 0b00110),
}
"""What a person may have told of each condition."""


@st.composite
def crowds_as_columns(draw: st.DrawFn, most: int = 300) -> Columns:
    """Draw how many people there are, how much is not known of them, and the seed of the rest."""
    many = draw(st.integers(1, most))
    unknown = draw(st.sampled_from((0.0, 0.02, 0.3)))
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    levels = chance.choice(np.array([0, 1, 2, 3, 4, 4, 4], np.uint8), (36, many))
    levels[chance.random(levels.shape) < unknown] = UNKNOWN
    told = [chance.choice(np.array(DRAWN[name], np.int32), many) for name in CONDITIONS]
    zone = chance.integers(0, len(ZONES), many, np.int32)
    for name, values in (*zip(CONDITIONS, told, strict=True), ("zone", zone)):
        if name == "day_parts":
            values[chance.random(many) < 0.7] = NOT_KNOWN
        elif name not in ("excluded", "wanted"):
            values[chance.random(many) < unknown] = NOT_KNOWN
    held = chance.integers(0, 1 << len(aids()), many, np.int32) & chance.integers(0, 1 << len(aids()), many, np.int32)
    return Columns(levels, held, np.array(told, np.int32), zone, NAMES, tuple(f"p{at}" for at in range(many)))


def whole(level: int, many: int = 3) -> Columns:
    """Return people who keep every condition and have one level throughout."""
    told = (5, 5, 5, 5, 0, 10_080, 1440, 0, 2880, 127, (1 << 28) - 1, 3, 0, 0, 31)
    conditions = np.repeat(np.array(told, np.int32)[:, None], many, axis=1)
    levels = np.full((36, many), level, np.uint8)
    return Columns(levels, np.zeros(many, np.int32), conditions, np.zeros(many, np.int32), NAMES)
