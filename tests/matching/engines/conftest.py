"""A cluster to ask: Sail, which speaks Spark's protocol without Java, and Spark itself where it is installed."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest

WHY_NOT = {
    "java": "no Java here, so Spark itself is not asked",
    "spark": "all of Spark is not installed, only its client: in an environment of its own, pip install "
    "'klaver[spark-local]' in place of pyspark-client, and run these tests there",
}


@pytest.fixture(scope="session", params=["sail", "spark"])
def session(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A session on a cluster of this machine."""
    if request.param == "sail":
        yield from sail()
    else:
        yield from spark()


def sail() -> Iterator[Any]:
    os.environ.setdefault("RUST_LOG", "error")
    from pysail.spark import SparkConnectServer
    from pyspark.sql import SparkSession

    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    host, port = server.listening_address
    made = SparkSession.builder.remote(f"sc://{host}:{port}").create()
    yield made
    made.stop()
    server.stop()


def spark() -> Iterator[Any]:
    missing = "java" if shutil.which("java") is None else "spark" if find_spec("pyspark.core") is None else None
    if missing:
        pytest.skip(WHY_NOT[missing])
    os.environ.update(SPARK_LOCAL_IP="127.0.0.1", PYSPARK_PYTHON=sys.executable)
    from pyspark.sql import SparkSession

    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.sql.shuffle.partitions": "2",
        "spark.ui.enabled": "false",
    }
    with warnings.catch_warnings():
        # The server starts with these settings, and then the session is told that it cannot change them.
        warnings.filterwarnings("ignore", "Failed to set spark", UserWarning)
        made = SparkSession.builder.remote("local[2]").config(map=settings).getOrCreate()
    yield made
    made.stop()
