"""Everything that holds on the one file holds on PostgreSQL: the tests of the workbench once more, on that database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.architecture.project import ROOT
from tests.web import postgresql

HERE = Path(__file__)
APART = (HERE, HERE.with_name("test_serving.py"))
"""This module, and the one that serves a data folder of its own."""

ENGINE = "not counting_process and not wishes_that_clash and not who_stops_a_search"
"""Left out too: tests of the search more than of the database, which take long."""


@postgresql.needed
@pytest.mark.slow
def test_the_workbench_keeps_its_promises_on_postgresql() -> None:
    """All of ``tests/web`` but what stands apart: about a minute."""
    with postgresql.cluster() as url:
        asked = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-cov", "-k", ENGINE, str(HERE.parent)]
        asked += [f"--ignore={path}" for path in APART]
        mine = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "COV", "KLAVER_DATA"))}
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *asked],
            cwd=ROOT,
            env=mine | {"DATABASE_URL": url},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stdout + done.stderr
