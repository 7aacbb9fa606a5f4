"""Other ways to answer the same questions about the same people, each written as well as we can write it.

Every peer gets, ready made: levels as three words of 15 thermometers, as columns and as complements; all conditions of
all jobs folded into one word a person (one bit per distinct condition, so that one AND tests them all); and people of
whom everything is known apart from the others, so that it counts them once, as Klaver does. Building that is not timed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from klaver.matching import conditions as asking
from klaver.matching.jobs import WEIGHT
from klaver.matching.population import Question
from klaver.people.columns import CONDITIONS, DIMENSIONS, UNKNOWN, Columns
from klaver.scale.profile_bits import encode

Counts = npt.NDArray[np.int64]
Answer = Callable[[int], Counts]
"""Answers the first so many jobs: counts without shortfall and within three levels, at both ends: (jobs, 2, 2)."""

WITHIN = 3


@dataclass(frozen=True)
class Part:
    """People as a peer wants them: words (3, n), levels (36, n), and one word of conditions each."""

    words: npt.NDArray[np.uint64]
    levels: npt.NDArray[np.uint8]
    kept: npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Data:
    """People and jobs for the peers: those of whom everything is known, and the others at both ends."""

    complete: Part
    sure: Part
    possible: Part
    jobs: npt.NDArray[np.uint64]
    demands: npt.NDArray[np.uint8]
    asked: npt.NDArray[np.uint64]

    def parts(self) -> tuple[tuple[Part, tuple[int, ...]], ...]:
        """Return each part with the ends that it counts for."""
        return ((self.complete, (0, 1)), (self.sure, (0,)), (self.possible, (1,)))


def data(people: Columns, questions: list[Question]) -> Data:
    """Lay people and jobs out for the peers."""
    distinct = list(dict.fromkeys(c for q in questions for c in q.conditions))
    assert len(distinct) < 64, "one word has to hold every condition"
    table = people.conditions
    both = []
    for condition in distinct:
        if condition.code == "travel":
            means = table[CONDITIONS.index("means")]
            both.append(asking.travel_kept(condition, people.zone, means, people.names))
        else:
            both.append(asking.kept(condition, table, people.names))
    known = np.logical_and.reduce([(people.levels != UNKNOWN).all(axis=0), *(one == two for one, two in both)])
    ends = [_fold([pair[end] for pair in both], people.count) for end in (0, 1)]
    levels = [np.where(people.levels == UNKNOWN, np.uint8(fill), people.levels) for fill in (0, 4)]
    words = [_words(levels[end]) for end in (0, 1)]
    parts = [
        Part(*(np.ascontiguousarray(a[..., rows]) for a in (words[end], levels[end], ends[end])))
        for rows, end in ((known, 0), (~known, 0), (~known, 1))
    ]
    demands = np.zeros((len(questions), DIMENSIONS), np.uint8)
    for at, asked in enumerate(questions):
        for number, level in asked.levels:
            demands[at, number - 1] = level
    jobs = np.array([encode(dict(q.levels), unknown=0) for q in questions], np.uint64)
    bits = {c: at for at, c in enumerate(distinct)}
    asked_bits = np.array([sum(1 << bits[c] for c in q.conditions) for q in questions], np.uint64)
    return Data(*parts, jobs=jobs, demands=demands, asked=asked_bits)


def _fold(flags: list[npt.NDArray[np.bool_]], count: int) -> npt.NDArray[np.uint64]:
    made = np.zeros(count, np.uint64)
    for at, flag in enumerate(flags):
        made |= flag.astype(np.uint64) << np.uint64(at)
    return made


def _words(levels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint64]:
    made = np.zeros((3, levels.shape[1]), np.uint64)
    for at, row in enumerate(levels):
        word, place = divmod(at, 15)
        made[word] |= ((np.uint64(1) << row.astype(np.uint64)) - np.uint64(1)) << np.uint64(4 * place)
    return made


def _sum(d: Data, count: Callable[[Part, int], tuple[int, int]], many: int) -> Counts:
    out = np.zeros((many, 2, 2), np.int64)
    for part, ends in d.parts():
        for job in range(many):
            none, within = count(part, job)
            for end in ends:
                out[job, :, end] += none, within
    return out


def numpy_words(d: Data, block: int) -> Answer:
    """Count with ``bitwise_count`` on complements, in blocks of people and without new arrays."""
    kept = {id(p): (~p.words, ~p.kept) for p, _ in d.parts()}
    longest = max(p.kept.size for p, _ in d.parts())
    size = min(block, longest)
    hit, ones, short = np.empty(size, np.uint64), np.empty(size, np.uint8), np.empty(size, np.uint8)
    ok = np.empty(size, np.bool_)

    def count(part: Part, job: int) -> tuple[int, int]:
        words, conditions = kept[id(part)]
        none = within = 0
        for begin in range(0, conditions.size, size):
            n = min(size, conditions.size - begin)
            h, o, s, k = hit[:n], ones[:n], short[:n], ok[:n]
            first = True
            for word in range(3):
                if d.jobs[job, word]:
                    np.bitwise_and(words[word, begin : begin + n], d.jobs[job, word], out=h)
                    np.bitwise_count(h, out=s if first else o)
                    if not first:
                        np.add(s, o, out=s)
                    first = False
            if first:
                s[:] = 0
            np.bitwise_and(conditions[begin : begin + n], d.asked[job], out=h)
            np.equal(h, 0, out=k)
            s[~k] = 255
            none += n - int(np.count_nonzero(s))
            within += int(np.count_nonzero(s <= WITHIN))
        return none, within

    return lambda many: _sum(d, count, many)


def numpy_words_chosen(d: Data) -> Answer:
    """Test the conditions first and count only those who keep them."""
    kept = {id(p): (~p.words, ~p.kept) for p, _ in d.parts()}

    def count(part: Part, job: int) -> tuple[int, int]:
        words, conditions = kept[id(part)]
        rows = np.flatnonzero(conditions & d.asked[job] == 0)
        short = np.zeros(rows.size, np.uint8)
        for word in range(3):
            if d.jobs[job, word]:
                short += np.bitwise_count(words[word][rows] & d.jobs[job, word])
        return rows.size - int(np.count_nonzero(short)), int(np.count_nonzero(short <= WITHIN))

    return lambda many: _sum(d, count, many)


def numpy_columns(d: Data) -> Answer:
    """Add up the shortfall per dimension in bytes, leaving out dimensions that are not asked."""

    def count(part: Part, job: int) -> tuple[int, int]:
        short = np.zeros(part.kept.size, np.uint8)
        lacks = np.empty_like(short)
        for at in np.flatnonzero(d.demands[job]):
            level = d.demands[job, at]
            np.maximum(part.levels[at], level, out=lacks)
            np.subtract(lacks, part.levels[at], out=lacks)
            np.add(short, lacks, out=short)
        short[(part.kept & d.asked[job]) != d.asked[job]] = 255
        return short.size - int(np.count_nonzero(short)), int(np.count_nonzero(short <= WITHIN))

    return lambda many: _sum(d, count, many)


def numba_columns(d: Data) -> Answer:
    """Do the same in a compiled loop over blocks that stay in the nearest cache."""
    from numba import njit

    @njit(nogil=True)
    def loop(levels: Any, kept: Any, demands: Any, asked: Any, many: int, out: Any) -> None:
        wide = 2048
        short = np.empty(wide, np.uint8)
        for begin in range(0, kept.shape[0], wide):
            n = min(wide, kept.shape[0] - begin)
            for job in range(many):
                for i in range(n):
                    short[i] = 0
                for at in range(demands.shape[1]):
                    level = demands[job, at]
                    if level:
                        row = levels[at, begin : begin + n]
                        for i in range(n):
                            short[i] += np.uint8(max(level, row[i]) - row[i])
                none = 0
                within = 0
                want = asked[job]
                for i in range(n):
                    fits = (kept[begin + i] & want) == want
                    none += fits & (short[i] == 0)
                    within += fits & (short[i] <= WITHIN)
                out[job, 0] += none
                out[job, 1] += within

    def answer(many: int) -> Counts:
        made = np.zeros((many, 2, 2), np.int64)
        for part, ends in d.parts():
            out = np.zeros((many, 2), np.int64)
            loop(part.levels, part.kept, d.demands, d.asked, many, out)
            for end in ends:
                made[:, :, end] += out
        return made

    return answer


_SQL = " + ".join(f"bit_count(j{w} & ~p{w})::INT" for w in range(3))


def duckdb_sql(d: Data) -> Answer:
    """Ask DuckDB, one thread: a cross join of people and jobs, counted per job."""
    import duckdb
    import pandas as pd

    connection = duckdb.connect()
    connection.execute("set threads = 1")
    for at, (part, _) in enumerate(d.parts()):
        frame = pd.DataFrame({**{f"p{w}": part.words[w] for w in range(3)}, "kept": part.kept})
        connection.register("given", frame)
        connection.execute(f"create table people{at} as select * from given")
    jobs = {f"j{w}": d.jobs[:, w] for w in range(3)}
    connection.register("jobs_given", pd.DataFrame({"job": np.arange(len(d.jobs)), **jobs, "asked": d.asked}))
    connection.execute("create table jobs as select * from jobs_given")

    def answer(many: int) -> Counts:
        made = np.zeros((many, 2, 2), np.int64)
        for at, (_, ends) in enumerate(d.parts()):
            found = connection.execute(
                f"select job, count(*) filter (where s = 0), count(*) filter (where s <= {WITHIN}) from "
                f"(select job, {_SQL} as s from people{at}, jobs where job < {many} and (asked & ~kept) = 0) "
                "group by job"
            ).fetchall()
            for job, none, within in found:
                for end in ends:
                    made[job, :, end] += none, within
        return made

    return answer


def polars_expressions(d: Data) -> Answer:
    """Ask polars: one expression per job and count."""
    import polars as pl

    frames = [
        pl.DataFrame({**{f"p{w}": part.words[w] for w in range(3)}, "kept": part.kept}).lazy() for part, _ in d.parts()
    ]

    def answer(many: int) -> Counts:
        made = np.zeros((many, 2, 2), np.int64)
        asked = []
        for job in range(many):
            lacks = [~pl.col(f"p{w}") & pl.lit(int(d.jobs[job, w]), dtype=pl.UInt64) for w in range(3)]
            short = sum((x.bitwise_count_ones() for x in lacks[1:]), lacks[0].bitwise_count_ones())
            kept = (~pl.col("kept") & pl.lit(int(d.asked[job]), dtype=pl.UInt64)) == 0
            asked += [((short == 0) & kept).sum().alias(f"a{job}"), ((short <= WITHIN) & kept).sum().alias(f"b{job}")]
        for frame, (_, ends) in zip(frames, d.parts(), strict=True):
            found = frame.select(asked).collect().to_numpy().reshape(many, 2)
            for end in ends:
                made[:, :, end] += found
        return made

    return answer


def pandas_frame(d: Data) -> Answer:
    """Ask pandas, as most people would: levels in a frame, clipped and added up."""
    import pandas as pd

    frames = [(pd.DataFrame(part.levels.T.astype(np.int64)), part.kept) for part, _ in d.parts()]

    def answer(many: int) -> Counts:
        made = np.zeros((many, 2, 2), np.int64)
        for (frame, kept), (_, ends) in zip(frames, d.parts(), strict=True):
            for job in range(many):
                short = (d.demands[job].astype(np.int64) - frame).clip(lower=0).sum(axis=1).to_numpy()
                fits = (kept & d.asked[job]) == d.asked[job]
                for end in ends:
                    made[job, :, end] += int(((short == 0) & fits).sum()), int(((short <= WITHIN) & fits).sum())
        return made

    return answer


def numpy_open(d: Data, jobs: npt.NDArray[np.uint8]) -> Callable[[int], list[int]]:
    """Count who surely fits jobs of levels only, in bytes, with dimensions that are not asked left out."""
    levels = np.ascontiguousarray(np.concatenate([d.complete.levels, d.sure.levels], axis=1))

    def answer(many: int) -> list[int]:
        found = []
        for job in range(many):
            fits = np.ones(levels.shape[1], np.bool_)
            for at in np.flatnonzero(jobs[job]):
                fits &= levels[at] >= jobs[job, at]
            found.append(int(np.count_nonzero(fits)))
        return found

    return answer


def numpy_open_words(d: Data, words: npt.NDArray[np.uint64]) -> Callable[[int], list[int]]:
    """Count the same on three words a person, complements kept, no new arrays."""
    lacks = ~np.ascontiguousarray(np.concatenate([d.complete.words, d.sure.words], axis=1))
    hit, all_ = np.empty(lacks.shape[1], np.uint64), np.empty(lacks.shape[1], np.uint64)

    def answer(many: int) -> list[int]:
        found = []
        for job in range(many):
            np.bitwise_and(lacks[0], words[job, 0], out=all_)
            for word in (1, 2):
                np.bitwise_and(lacks[word], words[job, word], out=hit)
                np.bitwise_or(all_, hit, out=all_)
            found.append(all_.size - int(np.count_nonzero(all_)))
        return found

    return answer


def faiss_flat(d: Data, rows: int, many: int) -> Callable[[], npt.NDArray[np.int64]]:
    """Return the keys of the ``many`` nearest jobs by exact inner product, conditions as heavy bits; one thread."""
    import faiss

    faiss.omp_set_num_threads(1)
    heavy = 100_000
    people = np.concatenate([d.complete.words, d.possible.words], axis=1)[:, :rows]
    kept = np.concatenate([d.complete.kept, d.possible.kept])[:rows]
    used = int(d.asked.max()).bit_length()
    mine = _bits(people.T).astype(np.float32)
    jobs = _bits(d.jobs).astype(np.float32)
    totals = np.bitwise_count(d.jobs).sum(axis=1).astype(np.int64)
    wanted = np.bitwise_count(d.asked).astype(np.int64)
    asks = _flags(d.asked, used).astype(np.float32)
    vectors = np.concatenate([jobs, asks, -(WEIGHT * totals + heavy * wanted)[:, None].astype(np.float32)], axis=1)
    one = np.ones((rows, 1), np.float32)
    asking_ = np.concatenate([(WEIGHT + 1) * mine, heavy * _flags(kept, used).astype(np.float32), one], axis=1)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors))
    asking_ = np.ascontiguousarray(asking_)
    own = np.bitwise_count(people).sum(axis=0).astype(np.int64)

    def answer() -> npt.NDArray[np.int64]:
        values, _ = index.search(asking_, many)
        return own[:, None] - np.rint(values).astype(np.int64)

    return answer


def _bits(words: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
    return np.concatenate([_flags(words[:, w], 60) for w in range(words.shape[1])], axis=1)


def _flags(words: npt.NDArray[np.uint64], many: int) -> npt.NDArray[np.bool_]:
    return (words[:, None] >> np.arange(many, dtype=np.uint64) & np.uint64(1)).astype(np.bool_)
