"""Profiles as bits, so that thousands of demands can be laid beside thousands of abilities at once.

A level is a thermometer of four bits (level 3 is ``0111``), fifteen dimensions make a word of 60 bits, and three words
hold a profile. Work fits when the demand has no bit that the ability lacks.
"""

from __future__ import annotations

from collections.abc import Mapping

Words = tuple[int, int, int]

DIMENSIONS = 36
BITS = 4
PER_WORD = 15
WORDS = 3

_NIBBLE = (1 << BITS) - 1
_LEVELS = {(1 << level) - 1: level for level in range(BITS + 1)}


def encode(levels: Mapping[int, int], *, unknown: int | None = None) -> Words:
    """Write levels (0-4) per dimension (1-36) as three words.

    ``unknown`` is the level at which a dimension that is not known is read: 0 and 4 give the two bounds of an answer.
    It has no default, because unknown is not zero.

    Raises
    ------
    ValueError
        When a number or level is not on the scale, or a dimension is missing and ``unknown`` is not given.
    """
    if not levels.keys() <= set(range(1, DIMENSIONS + 1)):
        raise ValueError(f"no such dimension: {sorted(levels.keys() - set(range(1, DIMENSIONS + 1)))}")
    words = [0] * WORDS
    for number in range(1, DIMENSIONS + 1):
        level = levels.get(number, unknown)
        if level is None:
            raise ValueError(f"dimension {number} is not known: say at which level to read it")
        if level not in range(BITS + 1):
            raise ValueError(f"dimension {number}: level {level}")
        word, place = divmod(number - 1, PER_WORD)
        words[word] |= ((1 << level) - 1) << (BITS * place)
    return words[0], words[1], words[2]


def decode(words: Words) -> dict[int, int]:
    """Read three words back as the level of every dimension.

    Raises
    ------
    ValueError
        When the bits are no thermometer, or lie outside the 36 dimensions.
    """
    levels: dict[int, int] = {}
    for number in range(1, DIMENSIONS + 1):
        word, place = divmod(number - 1, PER_WORD)
        bits = words[word] >> (BITS * place) & _NIBBLE
        if bits not in _LEVELS:
            raise ValueError(f"dimension {number}: {bits:04b} is no level")
        levels[number] = _LEVELS[bits]
    if encode(levels) != words:
        raise ValueError("bits outside the 36 dimensions")
    return levels


def fits(demand_words: Words, ability_words: Words) -> bool:
    """Tell whether no dimension is asked above what is there."""
    return all(demand & ~ability == 0 for demand, ability in zip(demand_words, ability_words, strict=True))
