"""The definition of reach in SQL, once, for every engine that Ibis speaks to: DuckDB here, Spark on a cluster.

Whether a condition is kept is true, false or null, as SQL knows it: *and* is false as soon as one is false, and null
when something is not known. At the sure end null counts as broken, at the possible end as kept. A level that is missing
is a bit that the job asks and the person lacks. This is for data that must not leave its database, and for whoever
wants to check the compiled loops with something that shares no line with them.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import add, and_
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pyarrow as pa

from klaver.matching import arrow
from klaver.matching.arrow import words_named
from klaver.matching.jobs import WEIGHT
from klaver.matching.population import MOST_SUPPORT, Counts, Question
from klaver.people.columns import CONDITIONS, Columns, Names, of_profiles
from klaver.scale.ladder import SKILLS
from klaver.scale.profile_bits import BITS, PER_WORD

Expression = Any
"""A column or a value of Ibis, which does not say what type it is."""

CONDITION_CODES = ("week", "day", "days", "hours", "day_parts", "travel", "permit", "own_choice", "language")
"""The conditions of a job; the place of a code here is its number in an answer about blockers."""

_LOWEST_BITS = sum(1 << (BITS * place) for place in range(PER_WORD))


@ibis.udf.scalar.builtin(name="bit_count", signature=(("int64",), "int8"))
def _bit_count(word: int) -> int:
    """Count bits with the function that DuckDB and Spark have under one name; DuckDB gives a number of 8 bits."""
    raise NotImplementedError


def _ones(words: Iterable[Expression]) -> Expression:
    """Return how many bits of several words are set; each count is widened first, since 8 bits hold no 180."""
    return reduce(add, (_bit_count(word).cast("int32") for word in words))


@dataclass(frozen=True)
class Pairs:
    """Every person beside every job.

    Parameters
    ----------
    people, jobs, ways
        Tables of Ibis as :mod:`klaver.matching.arrow` makes them.
    aided
        Read people with every aid that they can use.
    """

    people: Expression
    jobs: Expression
    ways: Expression
    aided: bool = False

    @cached_property
    def _table(self) -> Expression:
        own = words_named("a" if self.aided else "p")
        known = {k: self.people[name] for k, name in zip(words_named("k"), own, strict=True)}
        people = self.people.select("person", *CONDITIONS, "zone", *words_named("u"), **known)
        there = [("asks_travel", "way_travel"), ("zone", "way_zone")]
        return people.cross_join(self.jobs).left_join(self.ways, there)

    def _short(self, *, sure: bool) -> list[Expression]:
        """Return the bits that are asked and not there, per word.

        Never ``~(a | b)``: Ibis writes that without the brackets, and it means something else then.
        """
        t = self._table
        words = [t[d] & ~t[k] for d, k in zip(words_named("d"), words_named("k"), strict=True)]
        return words if sure else [word & ~t[u] for word, u in zip(words, words_named("u"), strict=True)]

    def _unused(self) -> list[Expression]:
        """Return the bits that are or may be there and are not asked, per word."""
        t = self._table
        letters = (words_named(letter) for letter in "kud")
        return [(t[k] | t[u]) & ~t[d] for k, u, d in zip(*letters, strict=True)]

    def reach(self, support: int) -> Expression:
        """Return per job its number and how many people it is open to, as it stands and with some levels of support."""
        kept, answerable = reduce(and_, self._kept().values()), self._table.answerable
        sure, possible = kept.fill_null(False) & answerable, kept.fill_null(True)
        laid = self._table.select(
            "job",
            sure=sure,
            possible=possible,
            lacks=_ones(self._short(sure=True)),
            may_lack=_ones(self._short(sure=False)),
        )
        return laid.group_by("job").agg(
            open_sure=(laid.sure & (laid.lacks == 0)).sum(),
            open_possible=(laid.possible & (laid.may_lack == 0)).sum(),
            within_sure=(laid.sure & (laid.lacks <= support)).sum(),
            within_possible=(laid.possible & (laid.may_lack <= support)).sum(),
        )

    def blockers(self) -> Expression:
        """Return per job and single requirement that is not surely met how many people lack only that.

        A requirement is a ``dimension``, or a ``condition`` by its place in ``CONDITION_CODES``; the other is -1. The
        counts: it is known to be in the way, it is not known, and one level lower it would not be in the way.
        """
        short = self._short(sure=True)
        lacking = [_lowest(word) for word in short]
        kept = self._kept()
        broken = [(~state.fill_null(False)).cast("int32") for state in kept.values()]
        unknown = _ones(s & self._table[u] for s, u in zip(short, words_named("u"), strict=True))
        laid = self._table.select(
            "job",
            dimensions=_ones(lacking),
            conditions=reduce(add, broken),
            dimension=reduce(add, (_number(word, at) for at, word in enumerate(lacking))),
            condition=reduce(add, (one * at for at, one in enumerate(broken))),
            levels=_ones(short),
            not_known=(unknown > 0) | reduce(and_, kept.values()).isnull(),
        )
        only = laid.filter(laid.dimensions + laid.conditions == 1)
        only = only.mutate(
            dimension=(only.dimensions == 1).ifelse(only.dimension, -1),
            condition=(only.conditions == 1).ifelse(only.condition, -1),
        )
        return only.group_by("job", "dimension", "condition").agg(
            shut=(~only.not_known).sum(),
            ask=only.not_known.sum(),
            lower=(~only.not_known & (only.dimensions == 1) & (only.levels == 1)).sum(),
        )

    def nearest(self, most: int) -> Expression:
        """Return per person the jobs that lack least, then leave least unused, equals in the order of their numbers.

        Only jobs of which the conditions may be kept; what is not known is no gap. ``place`` counts from 0.
        """
        laid = self._table.select(
            "person",
            "job",
            possible=reduce(and_, self._kept().values()).fill_null(True),
            key=_ones(self._short(sure=False)) * WEIGHT + _ones(self._unused()),
        )
        near = laid.filter(laid.possible)
        own = ibis.window(group_by=near.person, order_by=[near.key, near.job])
        placed = near.select("person", "job", "key", place=ibis.row_number().over(own))
        return placed.filter(placed.place < most)

    def _kept(self) -> dict[str, Expression]:
        """Return per condition whether it is kept: true, false, or null when that is not known."""
        t = self._table
        steps = [t[f"language_{skill}"] for skill in SKILLS]
        enough = [step >= t[asks] for step, asks in zip(steps, arrow.STEPS_ASKED, strict=True)]
        way = t.zone.isnull().ifelse(ibis.null("boolean"), (t.way_means.fill_null(0) & t.means) != 0)
        inside = (t.earliest <= t.asks_earliest) & (t.latest >= t.asks_latest)
        states = {
            "week": _if_asked(t.asks_week, (t.week_min <= t.asks_week) & (t.week_max >= t.asks_week)),
            "day": _if_asked(t.asks_day, t.day_max >= t.asks_day),
            "days": _if_asked(t.asks_days, self._or_parts(_among(t.asks_days, t.days))),
            "hours": _if_asked(t.asks_earliest, self._or_parts(inside)),
            "day_parts": _among(t.asks_day_parts, t.day_parts).fill_null(True),
            "travel": _if_asked(t.asks_travel, way),
            "permit": _if_asked(t.asks_permits, _among(t.asks_permits, t.permits.cast("int64"))),
            "own_choice": (t.asks_families & t.excluded.fill_null(0)) == 0,
            # Of somebody whose language is known in part it is not known.
            "language": _if_asked(
                t[arrow.STEPS_ASKED[0]],
                reduce(add, steps).isnull().ifelse(ibis.null("boolean"), reduce(and_, enough)),
            ),
        }
        assert tuple(states) == CONDITION_CODES
        return states

    def _or_parts(self, state: Expression) -> Expression:
        """Who gave the parts of the day is not asked for days and hours: what is not known there counts as kept."""
        return state | (state.isnull() & self._table.day_parts.notnull())


def _if_asked(asks: Expression, state: Expression) -> Expression:
    return (asks < 0) | state


def _among(asks: Expression, held: Expression) -> Expression:
    return (asks & ~held) == 0


def _lowest(word: Expression) -> Expression:
    """Return a word with the lowest bit of every dimension of which any bit is set."""
    folded = word | (word >> 1)
    return (folded | (folded >> 2)) & ibis.literal(_LOWEST_BITS, "int64")


def _number(word: Expression, at: int) -> Expression:
    """Return the dimension of the single lowest bit of a word, 0 when there is none."""
    below = _bit_count(word - 1).cast("int32")  # bits under it: four for every dimension before
    return (word == 0).ifelse(0, (below >> (BITS // 2)) + (at * PER_WORD + 1))


class SqlPopulation:
    """People in a table that a database holds; it answers as :class:`klaver.matching.population.Population` does.

    Parameters
    ----------
    people
        A table of Ibis with the columns of :func:`klaver.matching.arrow.people_table`.
    names
        The words behind its numbers.
    aided
        Read people with every aid that they can use.
    """

    def __init__(self, people: Expression, names: Names, *, aided: bool = False) -> None:
        self._people, self._names, self._is_aided = people, names, aided

    @cached_property
    def count(self) -> int:
        """How many people there are."""
        return int(self._people.count().execute())

    @property
    def aided(self) -> SqlPopulation:
        """The same people with every aid that they can use."""
        return SqlPopulation(self._people, self._names, aided=True)

    def pairs(self, questions: Sequence[Question]) -> Pairs:
        """Return these people beside jobs."""
        made = arrow.asked(questions, self._names)
        return Pairs(self._people, ibis.memtable(made.jobs), ibis.memtable(made.ways), self._is_aided)

    def within(self, questions: Sequence[Question], support: int) -> Counts:
        """Do as :meth:`klaver.matching.population.Population.within`.

        Raises
        ------
        ValueError
            When ``support`` is not 0 to 7.
        """
        if not 0 <= support <= MOST_SUPPORT:
            raise ValueError(f"support is 0 to {MOST_SUPPORT}")
        found = _answer(self.pairs(questions).reach(support))
        counts = np.zeros((len(questions), 2, 2), np.int64)
        ends = ("open_sure", "open_possible", "within_sure", "within_possible")
        counts[found["job"].to_numpy()] = np.stack([found[e].to_numpy() for e in ends], axis=1).reshape(-1, 2, 2)
        return counts

    def blockers(self, asked: Question) -> Counts:
        """Do as :meth:`klaver.matching.population.Population.blockers`."""
        at = {("dimension", n): row for row, (n, _) in enumerate(asked.levels)}
        at |= {("condition", CONDITION_CODES.index(c.code)): row for row, c in enumerate(asked.conditions, len(at))}
        counts = np.zeros((len(at), 3), np.int64)
        for row in _answer(self.pairs([asked]).blockers()).to_pylist():
            kind = "dimension" if row["dimension"] > 0 else "condition"
            counts[at[kind, row[kind]]] = row["shut"], row["ask"], row["lower"]
        return counts

    def nearest(self, questions: Sequence[Question], most: int) -> pa.Table:
        """Return per person the nearest jobs by number, as :class:`klaver.matching.jobs.JobIndex` finds them.

        With every aid that people can use. Columns ``person``, ``place``, ``job``, ``key``, in that order.
        """
        near = self.aided.pairs(questions).nearest(most)
        return _answer(near.order_by("person", "place").select("person", "place", "job", "key"))


def _answer(expression: Expression) -> pa.Table:
    with warnings.catch_warnings():
        # Ibis asks the client of Spark not to check the types of a table of jobs, and hears that it never does.
        warnings.filterwarnings("ignore", "'verifySchema' is ignored", UserWarning)
        return expression.to_pyarrow()


def in_memory(parts: Iterable[Columns]) -> SqlPopulation:
    """Return people in a DuckDB of their own, in memory."""
    connection = ibis.duckdb.connect()
    names, first = Names(), 0
    connection.create_table("people", arrow.people_table(of_profiles(())))
    for part in parts:
        connection.insert("people", arrow.people_table(part, first))
        names, first = part.names, first + part.count
    return SqlPopulation(connection.table("people"), names)


def in_file(path: Path) -> SqlPopulation:
    """Return the people of a file of :func:`klaver.matching.arrow.write_people`, read by DuckDB when it is asked."""
    return SqlPopulation(ibis.duckdb.connect().read_parquet(path), arrow.about_people(path).names())
