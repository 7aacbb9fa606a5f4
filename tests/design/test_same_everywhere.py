"""The same receipt gives the same design, byte for byte, wherever and however it is run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.design.cases import ward

from klaver.work.workbook import write_workplace

ROOT = Path(__file__).parents[2]

RUN = """
import hashlib, sys
from pathlib import Path
from klaver.design.parameters import parameters
from klaver.design.problem import problem
from klaver.design.records import Receipt
from klaver.design.solve.alternatives import design
from klaver.design.solve.search import Effort
from klaver.people import profiles
from klaver.work.workbook import read_workplace

asked = problem(read_workplace(Path(sys.argv[1])), parameters("2026-11-24"), profiles())
threads, seed = map(int, sys.argv[2:])
receipt = Receipt(
    workplace="", people="", seed=seed, round_work=200, alternatives=2, versions={}, parameters_on="2026-11-24"
)
answer = design(asked, receipt, Effort(rounds=2, work=0.2, seed=seed, threads=threads), 2)
assert answer.designs
print(hashlib.sha256("".join(d.to_json() for d in answer.designs).encode()).hexdigest())
"""

WAYS: dict[str, tuple[dict[str, str], int]] = {
    "one thread": ({"PYTHONHASHSEED": "0"}, 1),
    "another order of sets, Turkish, Auckland": (
        {"PYTHONHASHSEED": "4711", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Pacific/Auckland"},
        2,
    ),
}


def print_of(case: Path, folder: Path, surroundings: dict[str, str], threads: int, seed: int = 1) -> str:
    folder.mkdir()
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **surroundings}
    command = [sys.executable, "-c", RUN, str(case), str(threads), str(seed)]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("same")
    write_workplace(ward(), folder / "ward.json", "nl")
    return folder / "ward.json", print_of(folder / "ward.json", folder / "plain", {"PYTHONHASHSEED": "1"}, 2)


@pytest.mark.parametrize("way", WAYS)
def test_the_designs_are_the_same_to_the_byte(way: str, plain: tuple[Path, str], tmp_path: Path) -> None:
    case, expected = plain
    assert print_of(case, tmp_path / "elsewhere", *WAYS[way]) == expected


def test_the_designs_are_the_same_to_the_byte_on_a_busy_machine(plain: tuple[Path, str], tmp_path: Path) -> None:
    case, expected = plain
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2)]
    try:
        assert print_of(case, tmp_path / "busy", {}, 2) == expected
    finally:
        for process in busy:
            process.kill()
            process.wait()


def test_another_seed_is_another_search(plain: tuple[Path, str], tmp_path: Path) -> None:
    case, expected = plain
    assert print_of(case, tmp_path / "seed", {}, 2, seed=2) != expected
