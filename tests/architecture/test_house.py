"""The house stands as planned: who knows whom, how large a module may grow, what no package may be called."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.architecture.project import ROOT, SOURCE, files, modules

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}


def contract(name: str) -> dict[str, list[str]]:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return next(c for c in config["tool"]["importlinter"]["contracts"] if c["id"] == name)


def test_a_room_knows_only_the_rooms_below_it_and_only_the_solving_rooms_know_a_solver() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_room_stands_in_brackets_exactly_as_long_as_it_is_not_built() -> None:
    rooms = [room.strip() for layer in contract("rooms")["layers"] for room in layer.split("|")]
    firm = {room for room in rooms if not room.startswith("(")}
    standing = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert firm == standing, "change the brackets in pyproject.toml, contract 'rooms'"


def test_no_module_has_two_subjects() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): count
        for path in [*modules(), ROOT / "dev.py"]
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long, f"over 400 lines: {long}"


def test_every_module_says_in_its_first_line_what_it_is_for() -> None:
    silent = [
        path.relative_to(ROOT).as_posix()
        for path in modules()
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent, f"no first line: {silent}"


def test_nothing_is_called_utils() -> None:
    vague = [
        path.relative_to(ROOT).as_posix()
        for folder in (SOURCE, ROOT / "tests")
        for path in files(folder)
        if EMPTY_NAMES & {*path.relative_to(ROOT).parent.parts, path.stem}
    ]
    assert not vague, f"a helper lives with the concept it helps: {vague}"


def test_no_solver_is_imported_by_the_command_line_before_it_is_needed() -> None:
    """``klaver --help`` answers at once because heavy packages wait until a command asks for them."""
    heavy = (
        "ortools",
        "pandas",
        "numpy",
        "typst",
        "openpyxl",
        "xlsxwriter",
        "numba",
        "duckdb",
        "ibis",
        "pyspark",
        "pyarrow",
    )
    ask = (
        "import importlib.util, sys\n"
        "if importlib.util.find_spec('klaver.cli.main'): import klaver.cli.main\n"
        f"print(*[name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
