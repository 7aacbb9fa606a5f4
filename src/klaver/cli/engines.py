"""Where people are counted: on this machine, in DuckDB, or on a cluster; the integers are the same."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from klaver.values import Fault, Faults

if TYPE_CHECKING:
    from klaver.cli.crowds import Crowd
    from klaver.matching.reach import People

ENGINES = ("local", "duckdb", "spark")


def people_on(engine: str, found: Crowd, remote: str | None) -> People:
    """Return the people of a register, ready to be counted on an engine.

    Raises
    ------
    Faults
        When the engine is not known or not installed, or a cluster has no address or does not answer.
    """
    from klaver.matching.population import Population

    if engine not in ENGINES:
        raise Faults([Fault(code="reach.no_engine", values={"engine": engine})])
    if engine == "local":
        return Population(found.parts(keep_ids=False), threads=os.cpu_count() or 1)
    return _in_duckdb(found) if engine == "duckdb" else _on_a_cluster(found, remote)


def _in_duckdb(found: Crowd) -> People:
    try:
        from klaver.matching.tables import in_memory
    except ImportError:
        raise Faults([Fault(code="reach.needs_extra", values={"extra": "sql"})]) from None
    return in_memory(found.parts(keep_ids=False))


def _on_a_cluster(found: Crowd, remote: str | None) -> People:
    if remote is None:
        raise Faults([Fault(code="reach.no_remote")])
    try:
        from klaver.matching.spark import connect, upload
    except ImportError:
        raise Faults([Fault(code="reach.needs_extra", values={"extra": "spark"})]) from None
    try:
        session = connect(remote)
    except (OSError, ValueError):
        raise Faults([Fault(code="reach.no_cluster", values={"remote": remote})]) from None
    return upload(session, found.parts(keep_ids=False))
