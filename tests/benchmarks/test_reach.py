"""The peers of the reach benchmark answer the same question, and a bar that is not met is told as short."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pytest

from benchmarks import reach, reach_peers
from klaver.matching.population import Population, question
from klaver.people.columns import joined
from klaver.people.synthetic import synthetic_people

PEERS = {
    "numpy_words": lambda d: reach_peers.numpy_words(d, 512),
    "numpy_words_chosen": reach_peers.numpy_words_chosen,
    "numpy_columns": reach_peers.numpy_columns,
    "duckdb_sql": reach_peers.duckdb_sql,
    "pandas_frame": reach_peers.pandas_frame,
}


@pytest.mark.parametrize("name", PEERS)
def test_a_peer_gives_the_integers_of_klaver(name: str) -> None:
    if name == "duckdb_sql" and find_spec("duckdb") is None:
        pytest.skip("no DuckDB: pip install 'klaver[sql]'")
    people = joined(list(synthetic_people("mixed", 3000, 1, keep_ids=False)))
    jobs = [question(j) for j in reach.reference_jobs(6)]
    counts = PEERS[name](reach_peers.data(people, jobs))(len(jobs))
    assert np.array_equal(counts, Population([people], engine="plain").within(jobs, reach_peers.WITHIN))


def test_a_bar_is_ok_or_short_on_its_own_side() -> None:
    figures = {"reach_vs_duckdb": 81.0, "move_vs_recomputing": 159.0, "peak_gb": 1.5, "bytes_a_person": 33.0}
    told = {b.name: b.ok for b in reach.bars(figures)}
    assert told == {
        "reach_vs_duckdb": True,
        "move_vs_recomputing": False,
        "bytes_a_person": False,
        "peak_gb": True,
    }
    assert reach.bars({"peak_gb": 2.5})[0].line() == "peak_gb 2.50 <=2 short"
