"""People as bit sets: for every dimension and level one set of who reaches it; a register is a row of shards.

A shard holds half a million people, 64 a word. Row ``4 * (dimension - 1) + level - 1`` is who has at least that level,
surely; row ``144 + dimension - 1`` is of whom that dimension is not known; then come everybody and nobody. That is 23
bytes a person, and the conditions, in a table of distinct rows that all shards share, add 5 to 8. People with the same
conditions stand together, so that a whole stretch of them is passed by when a job's hours do not suit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from klaver.matching import conditions as asking
from klaver.matching.conditions import Condition, Flags
from klaver.people.columns import CONDITIONS, DIMENSIONS, Columns, Names, Whole, joined
from klaver.people.reading import aids

Words = npt.NDArray[np.uint64]

LEVELS = 4
SIZE = 1 << 19
"""People from which a shard is full."""

EVERYBODY = Condition("everybody")
"""What is asked of people when nothing is: to be one of them."""

_REMEMBERED = 128
"""Bit sets of conditions that a shard keeps."""

EVERYBODY_ROW = LEVELS * DIMENSIONS + DIMENSIONS
NOBODY_ROW = EVERYBODY_ROW + 1


def level_row(dimension: int, level: int) -> int:
    """Return the row of who has at least a level (1-4) of a dimension (1-36)."""
    return LEVELS * (dimension - 1) + level - 1


def unknown_row(dimension: int) -> int:
    """Return the row of those of whom a dimension is not known."""
    return LEVELS * DIMENSIONS + dimension - 1


def pack(flags: Flags) -> Words:
    """Return flags as words of 64 bits, the first flag in the lowest bit; what is left over is 0."""
    padded = np.zeros(-(-len(flags) // 64) * 8, np.uint8)
    found = np.packbits(flags, bitorder="little")
    padded[: len(found)] = found
    return padded.view("<u8").astype(np.uint64, copy=False)


_TOGETHER = (
    "day_parts",
    "week_max",
    "week_min",
    "latest",
    "earliest",
    "days",
    "language_listening",
    "permits",
    "day_max",
)
"""The conditions by which people are put together, the one that shuts out most first."""


@dataclass
class Table:
    """The distinct combinations of conditions of all people, shared by the shards; it grows while they are made."""

    count: int = 0
    _numbers: dict[bytes, int] = field(default_factory=dict)
    _rows: list[Whole] = field(default_factory=list)
    _found: list[npt.NDArray[np.signedinteger]] | None = None

    def rows(self) -> list[npt.NDArray[np.signedinteger]]:
        """Return the combinations: one array per condition, each as small as its numbers allow."""
        if self._found is None:
            none = np.empty((len(CONDITIONS), 0), np.int32)
            whole = np.concatenate([none, *self._rows], axis=1)
            small = ((row >= -(1 << 15)).all() and (row < 1 << 15).all() for row in whole)
            self._found = [row.astype(np.int16 if fits else np.int32) for row, fits in zip(whole, small, strict=True)]
        return self._found

    @property
    def size(self) -> int:
        """Bytes that the combinations take."""
        return sum(row.nbytes for row in self.rows())

    def finish(self) -> None:
        """Forget what was needed to add combinations."""
        self.rows()
        self._numbers, self._rows = {}, []

    def number(self, distinct: Whole) -> npt.NDArray[np.uint32]:
        """Return the number of each combination, adding those that are new."""
        keys = [row.tobytes() for row in np.ascontiguousarray(distinct.T)]
        fresh = [at for at, key in enumerate(keys) if key not in self._numbers]
        if fresh:
            self._rows.append(distinct[:, fresh])
            self._numbers.update({keys[at]: self.count + n for n, at in enumerate(fresh)})
            self.count, self._found = self.count + len(fresh), None
        return np.array([self._numbers[key] for key in keys], np.uint32)


def _distinct(conditions: Whole) -> tuple[Whole, npt.NDArray[np.intp]]:
    """Return the distinct combinations, put together as ``_TOGETHER`` says, and which one each person has.

    One condition after the other, so that the numbers stay small.
    """
    first = [CONDITIONS.index(name) for name in _TOGETHER]
    order = [*first, *(at for at in range(len(CONDITIONS)) if at not in first)]
    codes = np.zeros(conditions.shape[1], np.int64)
    for row in conditions[order]:
        values, at = np.unique(row, return_inverse=True)
        codes = np.unique(codes * len(values) + at, return_inverse=True)[1]
    _, where, inverse = np.unique(codes, return_index=True, return_inverse=True)
    return conditions[:, where], inverse


@dataclass
class Remembered:
    """The bit sets of conditions that were asked before: two rows each, who keeps it surely and who possibly.

    ``unsure`` are the conditions of which, up to the edge of a shard, some answer is unknown.
    """

    places: dict[Condition, int] = field(default_factory=dict)
    unsure: set[Condition] = field(default_factory=set)
    bits: Words = field(default_factory=lambda: np.empty((0, 0), np.uint64))

    def room(self, more: int, words: int) -> Words:
        """Return the rows for some more bit sets; the rows that were given out before stay as they are."""
        used = 2 * len(self.places)
        if not used or used + more > len(self.bits):
            wider = np.empty((2 * (used + more), words), np.uint64)
            if used:
                wider[:used] = self.bits[:used]
            self.bits = wider
        return self.bits[used : used + more]


@dataclass
class Shard:
    """Some hundred thousands of people as bit sets.

    ``complete`` people, of whom every level is known, come first: for them only a condition can be unknown.
    ``ids`` are their pseudonyms in that order, when they are kept.
    """

    rows: Words
    held: dict[str, Words]
    terms: npt.NDArray[np.uint32]
    zone: npt.NDArray[np.int16] | Whole
    table: Table
    names: Names
    count: int
    complete: int
    ids: tuple[str, ...] | None = None
    _asked: Remembered = field(default_factory=Remembered, repr=False)
    _cards: list[int] | None = field(default=None, repr=False)

    @property
    def words(self) -> int:
        """How many words a bit set has."""
        return int(self.rows.shape[1])

    @property
    def size(self) -> int:
        """Bytes that the index of this shard takes; the bit sets of conditions that are remembered come on top."""
        parts = (self.rows, self.terms, self.zone, *self.held.values())
        return sum(p.nbytes for p in parts)

    def cards(self) -> list[int]:
        """Return how many people each row holds."""
        if self._cards is None:
            self._cards = [int(np.bitwise_count(row).sum()) for row in self.rows]
        return self._cards

    def kept(self, condition: Condition, *, sure: bool) -> Words:
        """Return who keeps a condition, surely or possibly."""
        bits, at = self.keeping((condition,))
        found: Words = bits[at[condition] + (0 if sure else 1)]
        return found

    def keeping(self, conditions: Sequence[Condition]) -> tuple[Words, dict[Condition, int]]:
        """Return the bit sets of conditions and where each one's stand: first who keeps it surely, then possibly.

        What was asked before is remembered, up to a number; what was given out stays as it was.
        """
        asked = self._asked
        fresh = [c for c in dict.fromkeys(conditions) if c not in asked.places]
        if fresh:
            if len(asked.places) + len(fresh) > _REMEMBERED:
                asked.places, fresh = {}, list(dict.fromkeys(conditions))
            made = [pack(flags) for c in fresh for flags in self._keeping(c)]
            asked.room(len(made), self.words)[:] = made
            asked.places.update({c: 2 * (len(asked.places) + n) for n, c in enumerate(fresh)})
            pairs = zip(fresh, made[::2], made[1::2], strict=True)
            asked.unsure.update(c for c, one, two in pairs if not np.array_equal(one[: self.edge], two[: self.edge]))
        return asked.bits, asked.places

    @property
    def edge(self) -> int:
        """Words of people of whom every level is known."""
        return self.complete // 64

    def alike(self, conditions: Iterable[Condition]) -> bool:
        """Tell whether up to the edge no answer to these conditions, asked before, is unknown."""
        return not self._asked.unsure.intersection(conditions)

    def _keeping(self, condition: Condition) -> asking.Both:
        if condition == EVERYBODY:
            return (np.ones(self.count, np.bool_),) * 2
        if condition.code == "travel":
            means = self.table.rows()[CONDITIONS.index("means")][self.terms]
            return asking.travel_kept(condition, self.zone.astype(np.int32), means, self.names)
        first, second = asking.kept(condition, self.table.rows(), self.names)
        return first[self.terms], second[self.terms]

    def aided(self) -> Shard:
        """Return the same people with every aid that they can use; what is not known stays so.

        Conditions are the same for both, so they remember what was asked together.
        """
        if not self.held:
            return self
        rows = self.rows.copy()
        raising: dict[int, list[tuple[str, int]]] = {}
        for aid in self.held:
            for number, levels in aids()[aid].raises.items():
                raising.setdefault(number, []).append((aid, levels))
        for number, several in raising.items():
            known = ~self.rows[unknown_row(number)]
            for aid, levels in several:
                for level in range(1, LEVELS + 1):
                    before = level - levels
                    base = known if before < 1 else self.rows[level_row(number, before)]
                    rows[level_row(number, level)] |= self.held[aid] & base
        return replace(self, rows=rows, _cards=None)


def shard(columns: Columns, table: Table) -> Shard:
    """Make a shard of people; those of whom every level is known come first, and the same conditions together."""
    complete = (columns.levels <= LEVELS).all(axis=0)
    distinct, inverse = _distinct(columns.conditions)
    order = np.lexsort((inverse, ~complete))
    columns, terms = columns.take(order), table.number(distinct)[inverse[order]]
    words = -(-columns.count // 64)
    rows = np.empty((NOBODY_ROW + 1, words), np.uint64)
    rows[EVERYBODY_ROW], rows[NOBODY_ROW] = ~np.uint64(0), 0
    for number, levels in enumerate(columns.levels, 1):
        known = levels <= LEVELS
        rows[unknown_row(number)] = pack(~known)
        for level in range(1, LEVELS + 1):
            rows[level_row(number, level)] = pack(known & (levels >= level))
    held = {
        aid: pack(columns.aids >> bit & 1 == 1)
        for bit, aid in enumerate(aids())
        if bool((columns.aids >> bit & 1).any())
    }
    zone = columns.zone.astype(np.int16) if len(columns.names.zones) < (1 << 15) else columns.zone
    return Shard(rows, held, terms, zone, table, columns.names, columns.count, int(complete.sum()), columns.ids)


def shards(parts: Iterable[Columns], table: Table) -> Iterable[Shard]:
    """Make shards of half a million people, or somewhat more, from parts of any size, one after the other."""
    waiting: list[Columns] = []
    for part in parts:
        for begin in range(0, part.count, SIZE):
            waiting.append(part.take(slice(begin, begin + SIZE)))
            if sum(w.count for w in waiting) >= SIZE:
                yield shard(joined(waiting), table)
                waiting = []
    if waiting:
        yield shard(joined(waiting), table)
