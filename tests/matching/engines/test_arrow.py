"""A file of people holds all that a register holds, travels to a worker, and is whole or not there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from tests.matching.engines.made import NAMES, crowds_as_columns

from klaver.matching import arrow
from klaver.matching.doors import JobDemands
from klaver.matching.population import Population, question
from klaver.people.columns import CONDITIONS, Columns
from klaver.scale.profile_bits import encode


def same(one: Columns, other: Columns) -> bool:
    pairs = ((getattr(one, name), getattr(other, name)) for name in ("levels", "aids", "conditions", "zone"))
    return all(np.array_equal(a, b) for a, b in pairs)


@settings(max_examples=40, deadline=None)
@given(people=crowds_as_columns(80))
def test_people_come_back_from_a_table_as_they_were(people: Columns) -> None:
    table = arrow.people_table(people, pseudonyms=True)
    again = arrow.columns_of(table, people.names)
    assert same(again, people)
    assert again.ids == people.ids
    assert np.array_equal(arrow.columns_of(table, people.names, aided=True).levels, people.aided())


@settings(max_examples=20, deadline=None)
@given(people=crowds_as_columns(20))
def test_words_are_those_of_the_scale(people: Columns) -> None:
    table = arrow.people_table(people)
    for row, levels in zip(table.to_pylist(), people.levels.T.tolist(), strict=True):
        known = {n: level for n, level in enumerate(levels, 1) if level <= 4}
        assert tuple(row[w] for w in ("p0", "p1", "p2")) == encode(known, unknown=0)
        highest = encode(known, unknown=4)
        assert tuple(row[p] | row[u] for p, u in (("p0", "u0"), ("p1", "u1"), ("p2", "u2"))) == highest


def people(many: int = 10) -> Columns:
    levels = np.arange(36 * many, dtype=np.uint8).reshape(36, many) % 5
    return Columns(
        levels, np.zeros(many, np.int32), np.full((len(CONDITIONS), many), 2, np.int32), np.ones(many, np.int32), NAMES
    )


def test_no_pseudonym_is_written_unless_it_is_asked_for(tmp_path: Path) -> None:
    with_ids = Columns(**{**people(3).__dict__, "ids": ("a", "b", "c")})
    arrow.write_people(tmp_path / "people.parquet", [with_ids])
    assert "pseudonym" not in pq.read_schema(tmp_path / "people.parquet").names
    arrow.write_people(tmp_path / "people.parquet", [with_ids], pseudonyms=True)
    assert next(arrow.read_people(tmp_path / "people.parquet")).ids == ("a", "b", "c")


def test_a_file_of_people_tells_its_words_and_whether_anybody_in_it_exists(tmp_path: Path) -> None:
    written = arrow.write_people(tmp_path / "people.parquet", [people(3), people(2)], synthetic=True)
    assert arrow.about_people(tmp_path / "people.parquet") == written
    assert written.synthetic
    assert written.names() == NAMES
    assert written.schema_id == "klaver/people-table/1"
    assert pq.read_table(tmp_path / "people.parquet")["person"].to_pylist() == [0, 1, 2, 3, 4]
    assert [p.name for p in tmp_path.iterdir()] == ["people.parquet"]


def test_a_stopped_writing_leaves_the_older_file_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "people.parquet"
    arrow.write_people(file, [people(3)])

    def parts():  # type: ignore[no-untyped-def]
        yield people(4)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        arrow.write_people(file, parts())
    assert [p.name for p in tmp_path.iterdir()] == ["people.parquet"]
    assert sum(part.count for part in arrow.read_people(file)) == 3


def test_nobody_is_no_file_and_another_file_holds_no_people(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nobody"):
        arrow.write_people(tmp_path / "none.parquet", [])
    pq.write_table(pa.table({"x": [1]}), tmp_path / "other.parquet")
    with pytest.raises(ValueError, match=r"other\.parquet is no file of people"):
        arrow.about_people(tmp_path / "other.parquet")


def test_a_travel_table_that_jobs_share_stands_there_once() -> None:
    travel = {"A": frozenset({"car"}), "elsewhere": frozenset({"car"})}
    listed = [question(JobDemands(levels={}, travel=t)) for t in (travel, None, travel, {"B": frozenset({"bike"})})]
    found = arrow.asked(listed, NAMES)
    assert found.jobs["asks_travel"].to_pylist() == [0, -1, 0, 1]
    assert found.ways.to_pylist() == [
        {"way_travel": 0, "way_zone": NAMES.zones["A"], "way_means": 0b01000},
        {"way_travel": 1, "way_zone": NAMES.zones["B"], "way_means": 0b00010},
    ]


WORKER = """
import pickle, sys
import pyarrow as pa
work = pickle.loads(sys.stdin.buffer.read())
batches = pa.ipc.open_stream(pa.memory_map(sys.argv[1])).read_all().to_batches()
assert not batches[0].column(0).to_numpy().flags.writeable
print([batch.to_pydict() for batch in work(batches)])
"""


def test_the_work_travels_to_a_worker_that_has_read_nothing_else_and_may_not_write(tmp_path: Path) -> None:
    cloudpickle = pytest.importorskip("pyspark.cloudpickle")
    from klaver.matching.spark import SparkPopulation

    seen = []

    class Frame:
        def select(self, *columns: str) -> Frame:
            return self

        def mapInArrow(self, work: object, schema: str) -> Frame:
            seen.append(work)
            return self

    table = arrow.people_table(people(70))
    with pa.ipc.new_stream(tmp_path / "batches", table.schema) as stream:
        stream.write_table(table, max_chunksize=30)
    job = JobDemands(levels={1: 2, 5: 3})
    with pytest.raises(AttributeError, match="groupBy"):
        SparkPopulation(Frame(), NAMES).within([question(job)], 3)
    command = [sys.executable, "-c", WORKER, str(tmp_path / "batches")]
    done = subprocess.run(command, input=cloudpickle.dumps(seen[0]), capture_output=True, check=True)
    found = eval(done.stdout)
    expected = Population([people(70)]).within([question(job)], 3)[0]
    assert [list(batch.values()) for batch in found] == [[[0], *([int(n)] for n in expected.flatten())]]
