"""The page about a cluster does what it says: its own lines are run, on a cluster of this machine."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.architecture.project import ROOT

from klaver.matching import spark
from klaver.matching.doors import JobDemands

PAGE = ROOT / "docs" / "how-to" / "reach-on-a-cluster.md"


def test_the_page_about_a_cluster_does_what_it_says(
    session: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written, of_design, *asked = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    rows = "".join(f"p{n};{n % 5};{n % 3};19;38\n" for n in range(60))
    (tmp_path / "people.csv").write_text("id;reading;lifting;hours_min;hours_max\n" + rows, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(spark, "connect", lambda remote: session)
    jobs = {"job-1": JobDemands(levels={3: 2, 26: 2}, week=1380), "job-2": JobDemands(levels={}, week=1380)}
    here: dict[str, Any] = {"jobs": jobs}
    assert "from klaver.cli.asked import asked" in of_design
    for lines in (written, *asked):
        exec(lines.replace('"people.parquet")', f'"{tmp_path}/people.parquet")'), here)
    told = capsys.readouterr().out
    assert "job-2 low=0 high=4 low=60 high=64" in told, "every condition but the hours is unknown"
    assert "SELECT" in told
