"""One definition, three engines: SQL and a cluster give the integers of the loops, person by person and job by job."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st
from tests.matching.drawn import crowds, jobs
from tests.matching.engines.made import crowds_as_columns, whole

from klaver.matching import arrow
from klaver.matching.doors import JobDemands
from klaver.matching.jobs import JobIndex
from klaver.matching.population import Population, question
from klaver.matching.reach import blockers, reach
from klaver.matching.spark import SparkPopulation, upload
from klaver.matching.tables import SqlPopulation, in_file, in_memory
from klaver.people.columns import Columns, of_profiles
from klaver.people.records import Profile

several_jobs = st.lists(jobs(), min_size=1, max_size=6)
FEW = 2 if find_spec("pyspark.core") else 8
"""Draws on a cluster: Spark itself takes seconds where Sail takes tenths."""

in_sql = settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to make a failure smaller would take minutes of SQL
)
on_a_cluster = settings(
    in_sql,
    max_examples=FEW,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def counted(population: Any, listed: list[JobDemands], support: int) -> list[list[int]]:
    """Return every integer that an engine gives about people beside jobs, alone and with their aids."""
    asked = [question(j) for j in listed]
    found = []
    for people in (population, population.aided):
        found += people.within(asked, support).tolist()
        found += people.blockers(asked[0]).tolist()
    return found


def nearest(index: JobIndex, people: Columns, most: int) -> list[tuple[int, int, int, int]]:
    numbers, keys = index.nearest_of_all(people, most)
    return [(at, place, int(numbers[at, place]), int(keys[at, place])) for at, place in np.argwhere(numbers >= 0)]


def rows(table: Any) -> list[tuple[int, int, int, int]]:
    return [(r["person"], r["place"], r["job"], r["key"]) for r in table.to_pylist()]


@in_sql
@given(crowd=crowds(), listed=several_jobs, support=st.integers(0, 7))
def test_sql_counts_what_the_loops_count(crowd: tuple[Profile, ...], listed: list[JobDemands], support: int) -> None:
    people = of_profiles(crowd)
    expected = counted(Population([people], engine="plain"), listed, support)
    assert counted(Population([people], engine="fast"), listed, support) == expected
    assert counted(in_memory([people]), listed, support) == expected


@in_sql
@given(people=crowds_as_columns(), listed=several_jobs, support=st.integers(0, 7), cut=st.integers(1, 299))
def test_sql_counts_a_register_of_which_things_are_half_known(
    people: Columns, listed: list[JobDemands], support: int, cut: int
) -> None:
    expected = counted(Population([people], engine="plain"), listed, support)
    parts = [people.take(rows) for rows in (slice(0, cut), slice(cut, None)) if people.take(rows).count]
    assert counted(in_memory(parts), listed, support) == expected
    event("somebody has a door" if np.sum(expected[0]) else "nobody has")


@in_sql
@given(people=crowds_as_columns(60), listed=several_jobs, most=st.integers(1, 4))
def test_sql_finds_the_same_jobs_nearest_with_equals_in_the_same_order(
    people: Columns, listed: list[JobDemands], most: int
) -> None:
    index = JobIndex({str(at): job for at, job in enumerate(listed)}, engine="plain")
    found = in_memory([people]).nearest([question(j) for j in listed], most)
    assert rows(found) == nearest(index, people, most)


@on_a_cluster
@given(people=crowds_as_columns(), listed=several_jobs, support=st.integers(0, 7))
def test_a_cluster_counts_what_one_machine_counts(
    session: Any, tmp_path: Path, people: Columns, listed: list[JobDemands], support: int
) -> None:
    expected = counted(Population([people], engine="plain"), listed, support)
    file = tmp_path / "people.parquet"
    arrow.write_people(file, [people.take(slice(0, 100)), people.take(slice(100, None))])
    frame = session.read.parquet(str(file)).repartition(2)
    names = arrow.about_people(file).names()
    assert counted(SparkPopulation(frame, names), listed, support) == expected
    frame.createOrReplaceTempView("people")
    assert counted(SqlPopulation(ibis.pyspark.connect(session).table("people"), names), listed, support) == expected


@on_a_cluster
@given(people=crowds_as_columns(60), listed=several_jobs, most=st.integers(1, 4))
def test_a_cluster_finds_the_same_jobs_nearest(
    session: Any, people: Columns, listed: list[JobDemands], most: int
) -> None:
    given_jobs = {str(at): job for at, job in enumerate(listed)}
    expected = nearest(JobIndex(given_jobs, engine="plain"), people, most)
    frame = session.createDataFrame(arrow.people_table(people))
    found = SparkPopulation(frame, people.names, engine="plain").nearest(given_jobs, most)
    assert sorted(rows(found.toArrow())) == expected
    frame.createOrReplaceTempView("people_near")
    sql = SqlPopulation(ibis.pyspark.connect(session).table("people_near"), people.names)
    assert rows(sql.nearest([question(j) for j in listed], most)) == expected


WIDE = JobDemands(levels=dict.fromkeys(range(1, 37), 4), week=600, day_max=180, latest=600)


@pytest.mark.parametrize("level", [0, 4])
def test_full_words_do_not_overflow(level: int) -> None:
    people = in_memory([whole(level)])
    assert people.within([question(WIDE)], 7)[0].tolist() == ([[0, 0], [0, 0]] if level == 0 else [[3, 3], [3, 3]])
    assert [key for *_, key in rows(people.nearest([question(WIDE)], 1))] == [0 if level == 4 else 256 * 144] * 3


def test_a_permit_that_no_one_has_heard_of_is_held_by_nobody_who_told_their_permits() -> None:
    job = replace(WIDE, levels={}, permits=("gas",))
    people = whole(4)
    people.conditions[11] = (3, 0, -1)
    assert in_memory([people]).within([question(job)], 0)[0].tolist() == [[0, 1], [0, 1]]


def test_a_job_that_is_not_known_in_full_is_surely_open_to_nobody() -> None:
    job = replace(WIDE, unknown=(7,))
    assert in_memory([whole(4)]).within([question(job)], 0)[0].tolist() == [[0, 3], [0, 3]]


def test_nobody_and_nothing_can_be_counted() -> None:
    nobody = whole(4).take(slice(0, 0))
    assert in_memory([nobody]).within([question(WIDE)], 3).tolist() == [[[0, 0], [0, 0]]]
    assert in_memory([]).count == 0
    assert in_memory([whole(4)]).within([], 3).shape == (0, 2, 2)
    with pytest.raises(ValueError, match="nobody"):
        upload(None, [])


@pytest.mark.parametrize("engine", [in_memory([whole(2)]), SparkPopulation(None, whole(2).names)])
def test_every_engine_refuses_more_support_than_can_be_counted(engine: Any) -> None:
    with pytest.raises(ValueError, match="0 to 7"):
        engine.within([question(WIDE)], 8)


def test_the_answers_about_jobs_are_those_of_one_machine_whoever_counts(session: Any, tmp_path: Path) -> None:
    people = whole(3, 40)
    people.levels[25, :15] = 1
    people.conditions[6, 5:9] = 120
    job = replace(WIDE, levels={26: 2})
    arrow.write_people(tmp_path / "people.parquet", [people])
    file = in_file(tmp_path / "people.parquet")
    cluster = SparkPopulation(session.read.parquet(str(tmp_path / "people.parquet")), people.names)
    machine = Population([people])
    assert (file.count, cluster.count) == (40, 40)
    assert reach(file, [job], 2) == reach(cluster, [job], 2) == reach(machine, [job], 2)
    assert blockers(file, job) == blockers(cluster, job) == blockers(machine, job)
    assert reach(machine, [job], 2)[0].now.sure == 25
