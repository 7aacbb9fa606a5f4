"""The counting loops on a cluster: every worker counts its own people, and what they counted is added up.

People lie in a table of :mod:`klaver.matching.arrow` that the workers can read. Spark hands it out in batches of Arrow;
a batch becomes a shard, and the shard is counted with the loops of :mod:`klaver.matching.population`, so that the
integers are those of one machine. Klaver has to be installed on the workers, in the version of the driver.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyspark.sql import SparkSession
from pyspark.sql import functions as sql

from klaver.matching.arrow import columns_of, people_table, words_named
from klaver.matching.doors import JobDemands
from klaver.matching.jobs import JobIndex
from klaver.matching.population import MOST_SUPPORT, Counts, Population, Question
from klaver.people.columns import CONDITIONS, Columns, Names

Batches = Iterable[pa.RecordBatch]
Work = Callable[[Batches], Iterator[pa.RecordBatch]]
"""What a worker does with its batches."""

Frame = Any
"""A DataFrame of Spark."""

PEOPLE_AT_ONCE = 1 << 17
"""Batches are gathered until there are so many people: one shard of them is counted faster than many small ones."""

_PORT = 15002
"""Where Spark Connect listens when the address does not say."""

_PATIENCE = 5
"""Seconds in which a cluster has to answer."""

_ENDS = ("open_sure", "open_possible", "within_sure", "within_possible")
_BLOCKED = ("shut", "ask", "lower")


def connect(remote: str) -> Any:
    """Return a session on a cluster that listens to Spark Connect, by its address (``sc://host:port``).

    ``local[2]`` starts all of Spark on this machine, with two threads; that needs the extra ``spark-local``.

    Raises
    ------
    ValueError
        When it is no address.
    OSError
        When nobody answers there; the client itself would go on trying for minutes.
    """
    if not remote.startswith("local"):
        address = urlsplit(remote)
        if address.scheme != "sc" or not address.hostname:
            raise ValueError("an address of Spark Connect is needed, such as sc://host:15002")
        socket.create_connection((address.hostname, address.port or _PORT), timeout=_PATIENCE).close()
    return SparkSession.builder.remote(remote).getOrCreate()


def upload(session: Any, parts: Iterable[Columns]) -> SparkPopulation:
    """Return people of this machine as people of a cluster, for as long as the session lasts; no pseudonym goes along.

    This is for a register of some hundred thousands. A larger one is written once with
    :func:`klaver.matching.arrow.write_people` to where the workers can read it.

    Raises
    ------
    ValueError
        When there is nobody.
    """
    people, names, first = None, Names(), 0
    for part in parts:
        frame = session.createDataFrame(people_table(part, first))
        people = frame if people is None else people.union(frame)
        names, first = part.names, first + part.count
    if people is None:
        raise ValueError("there is nobody to upload")
    return SparkPopulation(people, names)


class SparkPopulation:
    """People on a cluster; they answer as :class:`klaver.matching.population.Population` does.

    Parameters
    ----------
    people
        A DataFrame with the columns of :func:`klaver.matching.arrow.people_table`.
    names
        The words behind its numbers; they travel to every worker with what is asked.
    aided
        Read people with every aid that they can use.
    engine : {"best", "plain", "fast"}
        Which counting loops the workers use; the integers are the same.
    """

    def __init__(self, people: Frame, names: Names, *, aided: bool = False, engine: str = "best") -> None:
        self._people, self._names, self._is_aided, self._engine = people, names, aided, engine

    @cached_property
    def count(self) -> int:
        """How many people there are."""
        return int(self._people.count())

    @property
    def aided(self) -> SparkPopulation:
        """The same people with every aid that they can use."""
        return SparkPopulation(self._people, self._names, aided=True, engine=self._engine)

    def within(self, questions: Sequence[Question], support: int) -> Counts:
        """Do as :meth:`klaver.matching.population.Population.within`.

        Raises
        ------
        ValueError
            When ``support`` is not 0 to 7.
        """
        if not 0 <= support <= MOST_SUPPORT:
            raise ValueError(f"support is 0 to {MOST_SUPPORT}")
        asked, engine = tuple(questions), self._engine

        def count(people: Columns) -> Counts:
            return Population([people], engine=engine).within(asked, support).reshape(-1, len(_ENDS))

        work = _counting(count, _ENDS, self._reading())
        return self._sum(work, len(asked), _ENDS).reshape(-1, 2, 2)

    def blockers(self, asked: Question) -> Counts:
        """Do as :meth:`klaver.matching.population.Population.blockers`."""
        engine = self._engine
        work = _counting(lambda people: Population([people], engine=engine).blockers(asked), _BLOCKED, self._reading())
        return self._sum(work, len(asked.levels) + len(asked.conditions), _BLOCKED)

    def nearest(self, jobs: Mapping[str, JobDemands], most: int) -> Frame:
        """Return per person the nearest jobs by number, as :class:`klaver.matching.jobs.JobIndex` finds them.

        With every aid that people can use. A DataFrame with the columns ``person``, ``place``, ``job`` and ``key``; a
        person stands in one shard, so that the answers of the shards are laid together and nothing is merged.
        """
        given, engine, aided = dict(jobs), self._engine, self.aided
        reading = aided._reading()

        def find(batches: Batches) -> Iterator[pa.RecordBatch]:
            index = JobIndex(given, engine=engine)
            for table in _gathered(batches):
                numbers, keys = index.nearest_of_all(reading(table), most)
                at, place = np.nonzero(numbers >= 0)
                person = table.column("person").to_numpy()[at]
                yield _batch({"person": person, "place": place, "job": numbers[at, place], "key": keys[at, place]})

        return aided._rows().mapInArrow(find, "person long, place long, job long, key long")

    def _rows(self) -> Frame:
        words = (*words_named("a" if self._is_aided else "p"), *words_named("u"))
        return self._people.select("person", *words, *CONDITIONS, "zone")

    def _reading(self) -> Callable[[pa.Table], Columns]:
        names, aided = self._names, self._is_aided
        return lambda table: columns_of(table, names, aided=aided)

    def _sum(self, work: Work, many: int, columns: Sequence[str]) -> Counts:
        shape = ", ".join(f"{name} long" for name in ("row", *columns))
        parts = self._rows().mapInArrow(work, shape)
        found = parts.groupBy("row").agg(*(sql.sum(name).alias(name) for name in columns)).toArrow()
        counts = np.zeros((many, len(columns)), np.int64)
        counts[found["row"].to_numpy()] = np.stack([found[name].to_numpy() for name in columns], axis=1)
        return counts


def _counting(
    count: Callable[[Columns], Counts], columns: Sequence[str], reading: Callable[[pa.Table], Columns]
) -> Work:
    """Return the work of adding up what is counted of each shard; people who are not there yield nothing."""

    def work(batches: Batches) -> Iterator[pa.RecordBatch]:
        counts: Counts | None = None
        for table in _gathered(batches):
            more = count(reading(table))
            counts = more if counts is None else counts + more
        if counts is not None:
            yield _batch({"row": np.arange(len(counts)), **dict(zip(columns, counts.T, strict=True))})

    return work


def _gathered(batches: Batches) -> Iterator[pa.Table]:
    """Lay batches together until there are people enough for a shard."""
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        waiting.append(batch)
        if sum(b.num_rows for b in waiting) >= PEOPLE_AT_ONCE:
            yield pa.Table.from_batches(waiting)
            waiting = []
    if waiting:
        yield pa.Table.from_batches(waiting)


def _batch(columns: Mapping[str, npt.NDArray[np.integer]]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict({name: pa.array(values, pa.int64()) for name, values in columns.items()})
