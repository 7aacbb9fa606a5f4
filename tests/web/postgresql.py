"""A PostgreSQL of the tests' own: made in a temporary folder, reached over a socket in it, gone afterwards."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

INSTALL = "on Debian: apt-get install postgresql; and pip install 'klaver[postgres]'"
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=")
"""Nothing here has to survive a loss of power, and nobody comes in over the network."""


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest where there are several; ``None`` without them."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    kept = [p for p in Path("/usr/lib/postgresql").glob("*/bin") if (p / "initdb").exists()]
    return max(kept, key=lambda p: int(p.parent.name), default=None)


missing = programs() is None or find_spec("psycopg") is None

needed = pytest.mark.skipif(
    missing and os.environ.get("CI") != "true", reason=f"PostgreSQL or psycopg is missing; {INSTALL}"
)
"""Marks what asks PostgreSQL: skipped with a reason where it is missing, but on a build machine it must run."""


@contextmanager
def cluster() -> Iterator[str]:
    """Start a PostgreSQL and yield the address of an empty database in it."""
    bin_folder = programs()
    assert bin_folder, f"these tests need PostgreSQL; {INSTALL}"
    folder = tempfile.mkdtemp(prefix="klaver-pg-")
    whose: dict[str, Any] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to be run by root
        whose = {"user": "postgres", "group": "postgres", "extra_groups": []}
        shutil.chown(folder, "postgres", "postgres")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "cwd": folder}
    make = [bin_folder / "initdb", "--pgdata=data", "--username=klaver", "--auth=trust", "--encoding=UTF8", "--no-sync"]
    options = [part for option in QUICK for part in ("-c", option)]
    try:
        subprocess.run(make, check=True, **quiet, **whose)  # type: ignore[call-overload]
        command = [bin_folder / "postgres", "-D", "data", "-k", folder, *options]
        log = {**quiet, "stderr": subprocess.DEVNULL}
        with subprocess.Popen(command, **log, **whose) as server:  # type: ignore[call-overload]
            try:
                _create(bin_folder, folder)
                yield f"postgresql://klaver@/klaver?host={folder}"
            finally:
                server.send_signal(signal.SIGINT)  # ends every connection, then itself
                server.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _create(bin_folder: Path, folder: str) -> None:
    """Make the database as soon as the server answers."""
    command = [bin_folder / "createdb", "--host", folder, "--username=klaver", "klaver"]
    last = time.monotonic() + 30
    while (made := subprocess.run(command, capture_output=True, text=True, check=False)).returncode:
        assert time.monotonic() < last, made.stderr
        time.sleep(0.1)
