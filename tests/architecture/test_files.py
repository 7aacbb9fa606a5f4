"""The files can be given to anybody: no machine in them, packages hashed, links that lead somewhere."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from tests.architecture.project import ROOT, text_files

LOCKS = ("requirements.txt", "requirements-test.txt")

# Written in two halves, so that this page does not accuse itself.
MACHINE = re.compile(
    "|".join(
        (
            r"(?<![\w.*}/~-])/" + r"(?:work|root|opt|mnt|home/\w+|Users/\w+)/",
            r"[A-Z]:\\" + r"Users\\",
            r"(?:pypi|pythonhosted)" + r"\.org",
            r"registry\." + r"npmjs",
            r"://[^/\s\"'@]+:[^/\s\"'@]+" + "@",
            r"\b(?:10\.\d+|192\.168|172\.(?:1[6-9]|2\d|3[01]))" + r"\.\d+\.\d+\b",
        )
    )
)
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX)\b")


def packages(lock: str) -> dict[str, list[str]]:
    """Return the lines that belong to each package of a lock, by ``name==version``."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / lock).read_text(encoding="utf-8").splitlines():
        if line and not line[0].isspace():
            name = line.replace(", ", ",").split(" ")[0]  # a package with two extras
            found[f"{name} {line.partition(';')[2]}"] = lines = [line]
        elif line.strip():
            lines.append(line.strip())
    return found


def test_no_host_and_no_machine_is_named() -> None:
    named = [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in text_files()
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE.search(line)
    ]
    assert not named, "\n".join(named)


@pytest.mark.parametrize(
    "line",
    [
        "cd /wo" + "rk/main",
        "see /ro" + "ot/.cache/x",
        "--index https://user:se" + "cret@example.test/simple",
        "http://192.1" + "68.1.7:8000",
    ],
)
def test_a_machine_would_be_noticed(line: str) -> None:
    assert MACHINE.search(line)


@pytest.mark.parametrize("line", ["src/klaver/work/records.py", "klaver/work/1", "tests/work/", "10.17.0"])
def test_the_rooms_of_the_house_are_no_machine(line: str) -> None:
    assert not MACHINE.search(line)


def test_nothing_is_left_unfinished() -> None:
    marks = [name for name, text in text_files() if not name.startswith("requirements") and UNFINISHED.search(text)]
    assert not marks


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_is_fixed_and_hashed(lock: str) -> None:
    found = packages(lock)
    assert len(found) > 20
    for name, lines in found.items():
        assert "==" in name, name
        assert any("--hash=sha256:" in line for line in lines), name


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*(?:-i|-f|--(?:extra-)?index-url|--find-links)\b", text, re.MULTILINE)


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups, extras = project["dependency-groups"], project["project"]["optional-dependencies"]
    always = [*project["project"]["dependencies"], *groups["build"]]
    more = [groups["test"], groups["bench"], *(extras[name] for name in ("fast", "postgres", "sql", "spark"))]
    asked = {LOCKS[0]: always, LOCKS[1]: [*always, *(line for lines in more for line in lines)]}
    for lock, lines in asked.items():
        locked = {re.split(r"==|\[", name)[0].lower() for name in packages(lock)}
        wanted = {re.split(r"[\s<>=~!;\[]", line)[0].lower() for line in lines}
        assert wanted <= locked, f"{lock}: run  python3 dev.py lock"


def test_the_small_lock_is_part_of_the_large_one() -> None:
    small, large = (
        {re.sub(r"\[.*?\]", "", line) for line in packages(lock)} for lock in LOCKS
    )  # the large lock may ask a package for an extra part; version and package are the same
    assert small <= large


def test_every_link_between_pages_leads_somewhere() -> None:
    dead = []
    for name, text in text_files():
        if not name.endswith(".md"):
            continue
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            path = target.partition("#")[0]
            if path and "://" not in path and not ((ROOT / name).parent / path).exists():
                dead.append(f"{name}: {target}")
    assert not dead


def test_every_decision_is_numbered_in_turn_and_listed() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    for number, page in enumerate(pages, 1):
        assert page.name.startswith(f"{number:04d}-")
        assert page.read_text(encoding="utf-8").startswith(f"# {number}. ")
        assert f"decisions/{page.name}" in index


def test_every_picture_tells_what_it_shows() -> None:
    for picture in sorted((ROOT / "docs" / "pictures").glob("*.svg")):
        text = picture.read_text(encoding="utf-8")
        assert 'role="img"' in text, picture.name
        assert re.search(r"<title id=\"\w+\">\S", text), picture.name
        assert re.search(r"<desc id=\"\w+\">\S", text), picture.name


def test_the_program_for_build_machines_can_be_run() -> None:
    program = Path(ROOT, ".ci", "run")
    assert program.read_text(encoding="utf-8").startswith("#!/usr/bin/env bash\n")
    assert program.stat().st_mode & 0o111
