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
    raise Faults([Fault(code="reach.needs_extra", values={"extra": engine})])
