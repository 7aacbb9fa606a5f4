"""A plan is judged by the line alone, and what the search gives is good."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.design.lines.cases import any_line, least, line

from klaver.design.lines.check import breaches, judge
from klaver.design.lines.effort import Effort
from klaver.design.lines.records import LinePlan, Station
from klaver.design.lines.search import plan_line
from klaver.design.records import Status
from klaver.language import tell
from klaver.language.tell import LANGUAGES

CASE = line([[3, 5], [4, None], [2, 2], [6, 3]], [(0, 2), (1, 3)])
STATIONS = (Station(worker="w0", tasks=("t0", "t1")), Station(worker="w1", tasks=("t2", "t3")))


def plan(**changed: object) -> LinePlan:
    good = LinePlan(line=CASE.fingerprint(), stations=STATIONS, cycle=7, status=Status.FEASIBLE, bound=5)
    return good.model_copy(update=changed)


def test_a_good_plan_has_no_breach() -> None:
    assert judge(CASE, plan()) == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"stations": STATIONS[::-1]}, "breach_order"),
        ({"stations": STATIONS[:1]}, "breach_no_station"),
        ({"stations": (*STATIONS, STATIONS[0])}, "breach_worker_twice"),
        ({"stations": (*STATIONS, Station(worker="x", tasks=()))}, "breach_unknown_worker"),
        ({"stations": (STATIONS[0], Station(worker="w1", tasks=("t2",)))}, "breach_task_missing"),
        ({"stations": (STATIONS[0], Station(worker="w1", tasks=("t2", "t3", "t0")))}, "breach_task_twice"),
        ({"stations": (STATIONS[0], Station(worker="w1", tasks=("t2", "t3", "t9")))}, "breach_unknown_task"),
        (
            {"stations": (Station(worker="w1", tasks=("t0", "t1")), Station(worker="w0", tasks=("t2", "t3")))},
            "breach_cannot",
        ),
        ({"cycle": 6}, "breach_cycle"),
        ({"bound": 8}, "breach_bound"),
        ({"line": "0"}, "breach_other_line"),
        ({"aim": "workers", "within": 6}, "breach_within"),
    ],
)
def test_every_breach_is_named_and_told(changed: dict[str, object], code: str) -> None:
    found = judge(CASE, plan(**changed))
    assert f"line.{code}" in [b.code for b in found]
    for breach in found:
        assert all(tell(breach.code, lang, **breach.values) for lang in LANGUAGES)


@pytest.mark.parametrize("seed", range(25))
def test_the_search_finds_the_least_cycle_time_of_small_lines(seed: int) -> None:
    case = any_line(seed)
    answer = plan_line(case, Effort())
    known = least(case)
    if answer.plan is None:
        assert known is None
    else:
        assert answer.plan.cycle == known
        assert answer.plan.bound <= answer.plan.cycle
        assert breaches(case, answer.plan.stations) == []


ASK = """
import sys
from tests.design.lines.cases import any_line
from klaver.design.lines.effort import Effort
from klaver.design.lines.search import plan_line
answer = plan_line(any_line(5, 14, 4), Effort(rounds=3))
sys.stdout.write(answer.plan.to_json())
"""


def test_the_same_receipt_gives_the_same_plan_whatever_the_hash_seed_the_locale_and_the_folder(tmp_path: Path) -> None:
    made = set()
    for seed, lang, folder in (("0", "C", tmp_path), ("77", "fr_BE.UTF-8", Path.cwd())):
        there = os.pathsep.join([str(Path.cwd()), str(Path.cwd() / "src")])
        env = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": lang, "PYTHONPATH": there}
        done = subprocess.run([sys.executable, "-c", ASK], cwd=folder, env=env, capture_output=True, check=True)
        made.add(done.stdout)
    assert len(made) == 1


def test_without_compiled_loops_the_search_goes_the_same_way() -> None:
    told = []
    for plain in ({"NUMBA_DISABLE_JIT": "1"}, {}):
        env = {**os.environ, **plain, "PYTHONPATH": os.pathsep.join([str(Path.cwd()), str(Path.cwd() / "src")])}
        command = [sys.executable, "-m", "tests.design.lines.digest"]
        told.append(subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout)
    assert told[0] == told[1] != ""
