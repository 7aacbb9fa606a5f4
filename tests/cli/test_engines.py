"""``klaver reach --engine``: the same answer from DuckDB and from a cluster, and a sentence when there is none."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from tests.matching.engines.made import whole

from klaver.cli.engines import ENGINES, people_on
from klaver.matching.doors import JobDemands
from klaver.matching.reach import blockers, openings, reach
from klaver.values import Faults

JOBS = {
    "job-1": JobDemands(levels={26: 2}, week=600, day_max=180, latest=600),
    "job-2": JobDemands(levels={1: 4}, week=600, day_max=180, latest=600, language_unknown=("T1",)),
}


def crowd() -> Any:
    """Return people in two parts, as a register gives them."""
    some, others = whole(3, 40), whole(4, 30)
    some.levels[25, :15] = 1
    some.aids[:5] = 1 << 3
    return SimpleNamespace(parts=lambda *, keep_ids: iter((some, others)))


@pytest.fixture(scope="module")
def remote() -> Iterator[str]:
    os.environ.setdefault("RUST_LOG", "error")
    from pysail.spark import SparkConnectServer

    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    host, port = server.listening_address
    yield f"sc://{host}:{port}"
    server.stop()


def test_every_engine_of_the_command_gives_the_same_answers(remote: str) -> None:
    local, duckdb, spark = (people_on(engine, crowd(), remote) for engine in ENGINES)
    for ask in (lambda p: reach(p, list(JOBS.values()), 2), lambda p: blockers(p, JOBS["job-1"])):
        assert ask(local) == ask(duckdb) == ask(spark)
    assert openings(local, JOBS["job-1"]) == openings(duckdb, JOBS["job-1"])
    job, unsure = reach(local, list(JOBS.values()))
    assert job.people == 70
    assert (job.now.sure, job.aided.sure) == (55, 60)
    assert (unsure.now.sure, unsure.now.possible) == (0, 30)


def refused(engine: str, remote: str | None = None) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(Faults) as told:
        people_on(engine, crowd(), remote)
    [fault] = told.value.faults
    return fault.code, fault.values


def test_an_engine_that_is_not_there_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused("abacus")[0] == "reach.no_engine"
    monkeypatch.setitem(sys.modules, "klaver.matching.tables", None)
    assert refused("duckdb") == ("reach.needs_extra", {"extra": "sql"})
    monkeypatch.setitem(sys.modules, "klaver.matching.spark", None)
    assert refused("spark", "sc://127.0.0.1:15002") == ("reach.needs_extra", {"extra": "spark"})


@pytest.mark.parametrize("address", ["somewhere", "sc://", "http://127.0.0.1"])
def test_what_is_no_address_of_a_cluster_is_told(address: str) -> None:
    assert refused("spark", address) == ("reach.no_cluster", {"remote": address})


def test_a_cluster_that_does_not_answer_is_told_at_once() -> None:
    assert refused("spark")[0] == "reach.no_remote"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert refused("spark", f"sc://127.0.0.1:{port}")[0] == "reach.no_cluster"
