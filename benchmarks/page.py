"""What every page of results tells beside its figures: the day, the machine without its name, and the versions."""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.running import usable

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"
MEASURED = ("design", "matching", "people", "scale", "values", "work")
"""The rooms of Klaver whose code can change a figure."""


def today() -> str:
    """Return the date of today."""
    return datetime.now(UTC).date().isoformat()


def machine() -> str:
    """Return cores, processor and memory; never a name or a folder."""
    told = Path("/proc/cpuinfo")
    models = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    model = next((line.partition(":")[2].strip() for line in models if line.startswith("model name")), "")
    parts = [f"{len(usable())} cores", model or platform.machine()]
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        parts.append(f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB memory")
    return ", ".join(parts)


def versions(*names: str) -> str:
    """Return the versions that matter for a figure: of Python, Klaver and its solver, and of the packages named."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("klaver", "ortools", "pydantic", *names))
    return f"Python {platform.python_version()}, {packages}"


def fingerprint(inputs: Iterable[Path]) -> str:
    """Return a print of all that can change a figure: code, peers, inputs, machine and versions."""
    code = [p for room in MEASURED for p in (ROOT / "src" / "klaver" / room).rglob("*") if p.suffix in (".py", ".toml")]
    peers = [p for p in (ROOT / "benchmarks").glob("*.py") if p.name != "page.py"]
    made = hashlib.sha256(f"{machine()} {versions('ortools', 'pydantic')}".encode())
    for path in sorted([*code, *peers, *inputs]):
        made.update(path.name.encode() + path.read_bytes())
    return made.hexdigest()


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table in Markdown; all columns but the first are figures."""
    rules = ["---", *("---:" for _ in head[1:])]
    return [f"| {' | '.join(cells)} |" for cells in (head, rules, *rows)]


def load(path: Path) -> dict[str, Any]:
    """Return a kept file of results, empty when there is none."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def save(path: Path, text: str) -> None:
    """Write beside, then rename, so that a stop leaves nothing half-written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(path.suffix + ".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
