"""A population that can be asked, exactly and at once, for how many of its people a job is open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from klaver.matching.conditions import Condition, conditions_of
from klaver.matching.doors import JobDemands
from klaver.matching.kernels import ROWS_TOGETHER, kernels
from klaver.matching.shards import (
    EVERYBODY,
    EVERYBODY_ROW,
    NOBODY_ROW,
    Shard,
    Table,
    Words,
    level_row,
    shards,
    unknown_row,
)
from klaver.people.columns import Columns

MOST_SUPPORT = 7
"""Levels of support that can be counted."""

WORTH = 100_000_000
"""Pairs of a person and a question that are asked before it pays to load or compile the loops."""

_TWO_PLANES = 3

Counts = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Question:
    """What is asked of people by one job: levels per dimension, and conditions.

    ``answerable`` is ``False`` while something of the work itself is not known: then the job is open to nobody for
    sure.
    """

    levels: tuple[tuple[int, int], ...]
    conditions: tuple[Condition, ...]
    answerable: bool = True


def question(job: JobDemands) -> Question:
    """Return what a job asks of people, ready to be counted."""
    levels = tuple(sorted((n, level) for n, level in job.levels.items() if level > 0))
    return Question(levels, conditions_of(job), not job.unknown and not job.language_unknown)


@dataclass(frozen=True)
class Plan:
    """Questions laid out for one shard, one after the other in flat arrays.

    ``rows`` are level rows, rarest first within a job and filled up to a multiple of eight with the row of everybody;
    ``unknown`` the row of who is not known there. ``conditions`` holds bit sets; ``which`` names those of each job at
    the sure end, and the next one is the same at the possible end; ``alike`` when up to the edge that is no
    difference.
    """

    rows: Places
    unknown: Places
    starts: Places
    conditions: Words
    which: Places
    which_starts: Places
    alike: bool


_KNOWN = np.empty(0, np.int32)
"""The rows of who is not known, at the sure end."""


def plan(shard: Shard, questions: Sequence[Question], support: int) -> Plan:
    """Lay out questions for a shard; a shortfall of up to ``support`` levels is seen in so many rows from the top."""
    cards = shard.cards()
    rows: list[int] = []
    unknown: list[int] = []
    starts, which_starts = [0], [0]
    asked: list[Condition] = []
    for one in questions:
        mine = [
            (cards[row], row, unknown_row(number))
            for number, level in one.levels
            for row in range(level_row(number, max(1, level - support)), level_row(number, level) + 1)
        ]
        mine.sort()
        rows += [row for _, row, _ in mine]
        unknown += [row for _, _, row in mine]
        short = -len(mine) % ROWS_TOGETHER
        rows += [EVERYBODY_ROW] * short
        unknown += [NOBODY_ROW] * short
        starts.append(len(rows))
        asked += one.conditions or (EVERYBODY,)
        which_starts.append(len(asked))
    bits, at = shard.keeping(asked)
    return Plan(
        rows=np.array(rows, np.int32),
        unknown=np.array(unknown, np.int32),
        starts=np.array(starts, np.int32),
        conditions=bits,
        which=np.array([at[c] for c in asked], np.int32),
        which_starts=np.array(which_starts, np.int32),
        alike=shard.alike(asked),
    )


class Population:
    """People in shards, ready to be counted.

    Parameters
    ----------
    parts
        People as columns, in parts of any size; each is read once and then let go.
    engine : {"best", "plain", "fast"}
        Which counting loops; the integers are the same. The best are numpy's until so much has been asked that it pays
        to compile.
    threads
        How many shards are counted at the same time.
    tell
        Called with the number of people after every shard; what it raises stops the loading.
    """

    def __init__(
        self,
        parts: Iterable[Columns],
        *,
        engine: str = "best",
        threads: int = 1,
        tell: Callable[[int], None] = lambda _: None,
    ) -> None:
        self.table = Table()
        self._engine = engine
        self._asked = 0
        self.threads = threads
        self.shards: list[Shard] = []
        self.count = 0
        for made in shards(parts, self.table):
            self.shards.append(made)
            self.count += made.count
            tell(self.count)
        self.table.finish()

    @property
    def size(self) -> int:
        """Bytes of the index: all shards and the table of conditions."""
        return sum(s.size for s in self.shards) + self.table.size

    def engine(self, questions: int) -> str:
        """Return which loops count so many questions more."""
        self._asked += questions * self.count
        return "plain" if self._engine == "best" and self._asked < WORTH else self._engine

    @cached_property
    def aided(self) -> Population:
        """The same people with every aid that they can use."""
        made = Population((), engine=self._engine, threads=self.threads)
        made.table, made.count = self.table, self.count
        made.shards = [s.aided() for s in self.shards]
        return made

    def within(self, questions: Sequence[Question], support: int) -> Counts:
        """Return per question how many people it is open to: shape (questions, 2, 2).

        The second axis is no shortfall, and at most ``support`` levels in all; the third sure, and possible.

        Raises
        ------
        ValueError
            When ``support`` is not 0 to 7.
        """
        if not 0 <= support <= MOST_SUPPORT:
            raise ValueError(f"support is 0 to {MOST_SUPPORT}")
        engine = self.engine(len(questions))
        found = self._sum(lambda shard: _within(shard, plan(shard, questions, support), support, engine))
        counts = found if found is not None else np.zeros((len(questions), 2, 2), np.int64)
        counts[[not q.answerable for q in questions], :, 0] = 0
        return counts

    def blockers(self, asked: Question) -> Counts:
        """Return for each level and then each condition of a question who lacks exactly that: shape (asked, 3).

        The columns: it is known to be in the way; it is not known; it is in the way, and one level lower it would not
        be. Everything else is surely met.
        """
        engine = self.engine(1)
        found = self._sum(lambda shard: _blockers(shard, asked, engine))
        return found if found is not None else np.zeros((len(asked.levels) + len(asked.conditions), 3), np.int64)

    def fitting(self, asked: Question, *, sure: bool) -> list[Words]:
        """Return the people to whom a question is open, as a bit set per shard."""
        return [_fitting(shard, asked, sure=sure) for shard in self.shards]

    def anyone(self, questions: Sequence[Question], *, sure: bool) -> int:
        """Return how many people have at least one of the questions open to them."""
        total = 0
        for shard in self.shards:
            found = np.zeros(shard.words, np.uint64)
            for asked in questions:
                found |= _fitting(shard, asked, sure=sure)
            total += int(np.bitwise_count(found).sum())
        return total

    def _sum(self, ask: Callable[[Shard], Counts]) -> Counts | None:
        if self.threads > 1 and len(self.shards) > 1:
            with ThreadPoolExecutor(self.threads) as pool:
                found = list(pool.map(ask, self.shards))
        else:
            found = [ask(s) for s in self.shards]
        return np.sum(found, axis=0, dtype=np.int64) if found else None


def _within(shard: Shard, laid: Plan, support: int, engine: str) -> Counts:
    loops = kernels(engine)
    jobs = len(laid.starts) - 1
    alike, sure, possible = (np.zeros((jobs, 2), np.int64) for _ in range(3))
    edge = shard.edge

    def count(unknown: Places, which: Places, first: int, last: int, out: Counts) -> None:
        if first == last:
            return
        front = (shard.rows, laid.rows, unknown, laid.starts, laid.conditions, which, laid.which_starts)
        if support == 0:
            loops.count_open(*front, first, last, out)
        else:
            loop = loops.count_within if support <= _TWO_PLANES else loops.count_within_seven
            loop(*front, support, first, last, out)

    if laid.alike:
        count(_KNOWN, laid.which, 0, edge, alike)
    else:
        count(_KNOWN, laid.which, 0, edge, sure)
        count(_KNOWN, laid.which + 1, 0, edge, possible)
    count(_KNOWN, laid.which, edge, shard.words, sure)
    count(laid.unknown, laid.which + 1, edge, shard.words, possible)
    found = np.stack([alike + sure, alike + possible], axis=2)
    if support == 0:
        found[:, 1] = found[:, 0]
    return found


def _blockers(shard: Shard, asked: Question, engine: str) -> Counts:
    cards = shard.cards()
    order = sorted(range(len(asked.levels)), key=lambda k: cards[level_row(*asked.levels[k])])
    levels = [asked.levels[k] for k in order]
    bits, at = shard.keeping(asked.conditions)
    sure = np.array([at[c] for c in asked.conditions], np.int32)
    found = np.zeros((len(levels) + len(sure), 3), np.int64)
    kernels(engine).count_blockers(
        shard.rows,
        np.array([level_row(n, level) for n, level in levels], np.int32),
        np.array([unknown_row(n) for n, _ in levels], np.int32),
        np.array([level_row(n, level - 1) if level > 1 else -1 for n, level in levels], np.int32),
        bits,
        sure,
        sure + 1,
        shard.edge,
        shard.words,
        found,
    )
    out = found.copy()
    out[order] = found[: len(order)]
    return out


def _fitting(shard: Shard, asked: Question, *, sure: bool) -> Words:
    if sure and not asked.answerable:
        return np.zeros(shard.words, np.uint64)
    found: Words = np.bitwise_and.reduce([shard.kept(c, sure=sure) for c in asked.conditions or (EVERYBODY,)])
    for number, level in asked.levels:
        row = shard.rows[level_row(number, level)]
        found = found & (row if sure else row | shard.rows[unknown_row(number)])
    return found
