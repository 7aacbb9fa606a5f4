"""The locked packages work together in one process; installing them says nothing about that."""

from __future__ import annotations

import ibis
import pandas as pd
import pyarrow as pa
from ortools.sat.python import cp_model


def test_the_solver_and_sql_share_a_process() -> None:
    model = cp_model.CpModel()
    most = model.new_int_var(0, 7, "most")
    model.maximize(most)
    solver = cp_model.CpSolver()
    connection = ibis.duckdb.connect()
    connection.create_table("jobs", pa.table({"job": [1, 2], "hours": [19, 38]}))
    assert solver.solve(model) == cp_model.OPTIMAL
    assert connection.table("jobs").hours.sum().execute() == 57


def test_ibis_speaks_to_the_duckdb_that_is_locked() -> None:
    """Newer versions of DuckDB and sqlglot may be installed beside this Ibis; then just these calls fail."""
    connection = ibis.duckdb.connect()
    connection.create_table("from_arrow", pa.table({"x": [1, 2, 3]}))
    connection.create_table("from_pandas", pd.DataFrame({"x": [4, 5]}))
    assert sorted(connection.list_tables()) == ["from_arrow", "from_pandas"]
    assert connection.sql("SELECT SUM(x) AS total FROM from_arrow").to_pyarrow().to_pylist() == [{"total": 6}]
    table = connection.table("from_pandas")
    assert table.sql("SELECT x + 1 AS y FROM from_pandas").order_by("y").execute()["y"].tolist() == [5, 6]
    assert sum(batch.num_rows for batch in table.to_pyarrow_batches()) == 2
    connection.drop_table("from_pandas")
    assert connection.list_tables() == ["from_arrow"]


def test_the_tests_count_with_compiled_loops_too() -> None:
    from klaver.matching.kernels import kernels

    assert kernels("best") is kernels("fast"), "the test lock holds numba"
