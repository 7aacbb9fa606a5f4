"""People and jobs as Arrow tables: what SQL and a cluster count over, with the way back to columns.

A person is a row. ``p0`` to ``p2`` are the levels that are known, as words of :mod:`klaver.scale.profile_bits`; ``u0``
to ``u2`` have all four bits of every dimension that is not known, and ``a0`` to ``a2`` are the levels with every aid
that the person can use. The conditions stand in a column each, null when they are not known. Every number stays under
63 bits, because Spark has no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from klaver.matching.conditions import Condition
from klaver.matching.population import Question
from klaver.people.columns import CONDITIONS, DIMENSIONS, NOT_KNOWN, UNKNOWN, Columns, Levels, Names
from klaver.scale.ladder import SKILLS
from klaver.scale.profile_bits import BITS, PER_WORD, WORDS, encode
from klaver.values import Document

NOT_ASKED = -1
"""Stands in a table of jobs where a job asks nothing."""

NOBODY_HOLDS = 1 << 31
"""The bit of a permit that no person's words name: one more than there can be."""

_ROWS = 1 << 17
_KEY = b"klaver"
_FULL = (1 << BITS) - 1


class PeopleTable(Document):
    """What stands in a file of people beside its rows: the words behind the numbers of permits, families and zones."""

    schema_id: Literal["klaver/people-table/1"] = "klaver/people-table/1"
    permits: tuple[str, ...]
    families: tuple[str, ...]
    zones: tuple[str, ...]
    synthetic: bool = False

    def names(self) -> Names:
        """Return the words as the engines take them."""
        numbered = ({word: at for at, word in enumerate(words)} for words in (self.permits, self.families, self.zones))
        return Names(*numbered)


def words_named(prefix: str) -> tuple[str, ...]:
    """Return the names of the three columns of words that begin with a letter."""
    return tuple(f"{prefix}{at}" for at in range(WORDS))


def people_table(people: Columns, first: int = 0, *, pseudonyms: bool = False) -> pa.Table:
    """Return people as a table; ``first`` is the number of the first one, ``pseudonyms`` puts them in as well."""
    aided = people.aided()
    known = np.where(people.levels == UNKNOWN, 0, people.levels)
    unknown = np.where(people.levels == UNKNOWN, len(_THERMOMETER) - 1, 0)
    made = {"person": np.arange(first, first + people.count, dtype=np.int64)}
    for prefix, levels in (("p", known), ("u", unknown), ("a", np.where(aided == UNKNOWN, 0, aided))):
        made.update(zip(words_named(prefix), _words(levels), strict=True))
    told = {**dict(zip(CONDITIONS, people.conditions, strict=True)), "zone": people.zone}
    columns = {name: pa.array(values, pa.int64()) for name, values in made.items()}
    columns |= {name: pa.array(v, pa.int32(), mask=v == NOT_KNOWN) for name, v in told.items()}
    columns["aids"] = pa.array(people.aids, pa.int32())
    if pseudonyms and people.ids is not None:
        columns["pseudonym"] = pa.array(people.ids, pa.string())
    return pa.table(columns)


_THERMOMETER = np.array([(1 << level) - 1 for level in range(BITS + 1)], np.int64)


def _words(levels: npt.NDArray[np.integer]) -> Iterator[npt.NDArray[np.int64]]:
    for first in range(0, WORDS * PER_WORD, PER_WORD):
        rows = levels[first : first + PER_WORD]
        word = np.zeros(levels.shape[1], np.int64)
        for place, row in enumerate(rows):
            word |= _THERMOMETER[row] << (BITS * place)
        yield word


def columns_of(table: pa.Table, names: Names, *, aided: bool = False) -> Columns:
    """Return the people of a table as columns: as they stand, or with every aid that they can use as their own level.

    Every array is a copy: a table that comes from elsewhere cannot be written to, and compiled loops would be compiled
    once more for it.
    """
    levels = _levels(table, "a" if aided else "p")
    conditions = np.array([_filled(table, name) for name in CONDITIONS], np.int32)
    for name in ("excluded", "wanted"):
        conditions[CONDITIONS.index(name)] = _filled(table, name, 0)
    has_aids = not aided and "aids" in table.column_names
    aids = _filled(table, "aids", 0) if has_aids else np.zeros(table.num_rows, np.int32)
    ids = tuple(table.column("pseudonym").to_pylist()) if "pseudonym" in table.column_names else None
    return Columns(levels, aids, conditions, _filled(table, "zone"), names, ids)


def _levels(table: pa.Table, prefix: str) -> Levels:
    known, unknown = ([table.column(name).to_numpy() for name in words_named(letter)] for letter in (prefix, "u"))
    levels = np.empty((DIMENSIONS, table.num_rows), np.uint8)
    for at, row in enumerate(levels):
        word, place = divmod(at, PER_WORD)
        row[:] = np.bitwise_count(known[word] >> (BITS * place) & _FULL)
        row[unknown[word] >> (BITS * place) & _FULL != 0] = UNKNOWN
    return levels


def _filled(table: pa.Table, name: str, blank: int = NOT_KNOWN) -> npt.NDArray[np.int32]:
    return np.array(table.column(name).fill_null(blank).to_numpy(), np.int32)


def write_people(
    path: Path, parts: Iterable[Columns], *, synthetic: bool = False, pseudonyms: bool = False
) -> PeopleTable:
    """Write people as Parquet, a part at a time, with what they share in the metadata; return that.

    The file is written beside its place and put there when it is whole.
    """
    beside = path.with_name(path.name + ".part")
    writer: pq.ParquetWriter | None = None
    first, names = 0, Names()
    try:
        for part in parts:
            table = people_table(part, first, pseudonyms=pseudonyms)
            writer = writer or pq.ParquetWriter(beside, table.schema, compression="zstd")
            writer.write_table(table, row_group_size=_ROWS)
            first, names = first + part.count, part.names
        if writer is None:
            raise ValueError("there is nobody to write")
        about = PeopleTable(
            permits=tuple(names.permits), families=tuple(names.families), zones=tuple(names.zones), synthetic=synthetic
        )
        writer.add_key_value_metadata({_KEY: about.model_dump_json().encode()})
        writer.close()
        beside.replace(path)
    finally:
        if writer is not None:
            writer.close()
        beside.unlink(missing_ok=True)
    return about


def about_people(path: Path) -> PeopleTable:
    """Return what stands in a file of people beside its rows.

    Raises
    ------
    ValueError
        When it is no file that :func:`write_people` has written.
    """
    stored = (pq.read_metadata(path).metadata or {}).get(_KEY)
    if stored is None:
        raise ValueError(f"{path.name} is no file of people")
    return PeopleTable.model_validate_json(stored)


def read_people(path: Path) -> Iterator[Columns]:
    """Yield the people of a file that :func:`write_people` has written, a part at a time."""
    names = about_people(path).names()
    with pq.ParquetFile(path) as stored:
        for batch in stored.iter_batches(batch_size=_ROWS):
            yield columns_of(pa.Table.from_batches([batch]), names)


@dataclass(frozen=True)
class Asked:
    """What jobs ask as two tables: a row per job, and a row per travel table and home zone with the means that serve.

    A travel table that several jobs share stands there once, under its number.
    """

    jobs: pa.Table
    ways: pa.Table


def asked(questions: Sequence[Question], names: Names) -> Asked:
    """Return what jobs ask in the numbers of a people table; jobs are numbered from 0."""
    travels: dict[tuple[tuple[str, int], ...], int] = {}
    rows = [_row(at, question, names, travels) for at, question in enumerate(questions)]
    jobs = pa.Table.from_pylist(rows, schema=JOBS)
    ways = [
        {"way_travel": number, "way_zone": names.zones[zone], "way_means": means}
        for reached, number in travels.items()
        for zone, means in reached
        if zone in names.zones
    ]
    return Asked(jobs, pa.Table.from_pylist(ways, schema=WAYS))


STEPS_ASKED = tuple(f"asks_{skill}" for skill in SKILLS)
"""The columns of the language ladder in a table of jobs."""

_WHOLE = (
    *("asks_week", "asks_day", "asks_days", "asks_earliest", "asks_latest", "asks_day_parts", "asks_travel"),
    *("asks_families", *STEPS_ASKED),
)

JOBS = pa.schema(
    [
        ("job", pa.int64()),
        ("answerable", pa.bool_()),
        *((name, pa.int64()) for name in words_named("d")),
        *((name, pa.int32()) for name in _WHOLE),
        ("asks_permits", pa.int64()),
    ]
)
"""The columns of a table of jobs: levels as words, what is asked of each condition, ``NOT_ASKED`` where nothing is."""

WAYS = pa.schema([("way_travel", pa.int32()), ("way_zone", pa.int32()), ("way_means", pa.int32())])
"""The columns of a table of travel."""


def _row(
    number: int, question: Question, names: Names, travels: dict[tuple[tuple[str, int], ...], int]
) -> dict[str, int | bool]:
    row: dict[str, int | bool] = dict.fromkeys((*_WHOLE, "asks_permits"), NOT_ASKED)
    row |= {"asks_day_parts": 0, "asks_families": 0}  # to ask no part of a day and no family is to ask nothing
    row |= {"job": number, "answerable": question.answerable}
    row |= dict(zip(words_named("d"), encode(dict(question.levels), unknown=0), strict=True))
    for condition in question.conditions:
        if condition.code == "travel":
            row["asks_travel"] = travels.setdefault(condition.reached, len(travels))
        else:
            row |= _values(condition, names)
    return row


def _values(condition: Condition, names: Names) -> dict[str, int]:
    numbers = condition.asked
    if condition.code == "hours":
        return {"asks_earliest": numbers[0], "asks_latest": numbers[1]}
    if condition.code == "permit":
        bits = [1 << names.permits[p] if p in names.permits else NOBODY_HOLDS for p, _ in condition.reached]
        return {"asks_permits": int(np.bitwise_or.reduce(bits))}
    if condition.code == "own_choice":
        return {"asks_families": sum(1 << names.families[f] for f, _ in condition.reached if f in names.families)}
    if condition.code == "language":
        return dict(zip(STEPS_ASKED, numbers, strict=True))
    return {f"asks_{condition.code}": numbers[0]}
