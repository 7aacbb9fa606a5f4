"""Rows of a measurement that grows run by run: each with the day, the commit and the machine it was made on.

A row stays until it is measured again. It is measured again when the code behind it is another one: of a peer that is
the question alone, of Klaver the engine too, so that tuning the engine never asks the peer anew.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import page

ENGINE = ("design/solve", "design/kernel")
"""The folders that a peer does not use."""

APART = ("design/lines",)
"""The folders that have measurements of their own."""

Made = dict[str, Any]


def commit() -> str:
    """Return the commit that is measured, with a plus when something was changed since; ``-`` outside a repository."""
    try:
        told = subprocess.run(
            ["git", "describe", "--always", "--dirty=+"],
            cwd=page.ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return "-"
    return told.stdout.strip() or "-"


def code(files: Iterable[Path], *, engine: bool) -> str:
    """Return a print of all that can change a figure: rooms, files named, machine and versions.

    Parameters
    ----------
    files : iterable of Path
        The benchmark's own files that matter, and what they read.
    engine : bool
        Whether the folders of Klaver's engine count: not for a peer.
    """
    rooms = [page.ROOT / "src" / "klaver" / room for room in page.MEASURED]
    every = [p for room in rooms for p in room.rglob("*") if p.suffix in (".py", ".toml")]
    left = [page.ROOT / "src" / "klaver" / folder for folder in (*APART, *(() if engine else ENGINE))]
    kept = [p for p in every if not any(folder in p.parents for folder in left)]
    made = hashlib.sha256(f"{page.machine()} {page.versions()}".encode())
    for path in sorted([*kept, *files]):
        made.update(path.name.encode() + path.read_bytes())
    return made.hexdigest()[:16]


class Rows:
    """The rows in a file of results, found by their key; written after every change."""

    def __init__(self, path: Path, key: Sequence[str]) -> None:
        self.path, self.key = path, tuple(key)
        self.every: list[Made] = page.load(path).get("rows", [])
        self.stamp = {"date": page.today(), "commit": commit(), "machine": page.machine()}

    def has(self, code: str | None, **key: Any) -> bool:
        """Tell whether a row of this key was made by this very code; with ``None``, whether there is one at all."""
        return any(code in (None, row["code"]) and self._is(row, key) for row in self.every)

    def add(self, code: str, new: Sequence[Made]) -> None:
        """Put rows in the place of those with the same key, stamped with day, commit and machine."""
        stamp = {"code": code, **self.stamp}
        for row in new:
            key = {name: row[name] for name in self.key}
            self.every = [old for old in self.every if not self._is(old, key)]
            self.every.append(row | stamp)
        told = ",\n".join(json.dumps(row, ensure_ascii=False) for row in self.every)
        page.save(self.path, '{"rows": [\n' + told + "\n]}\n")

    def _is(self, row: Made, key: Made) -> bool:
        return all(row[name] == value for name, value in key.items())


def stamps(rows: Iterable[Made]) -> str:
    """Return in one sentence when, from which commits and on which machines rows were made."""
    rows = list(rows)
    told = [" and ".join(dict.fromkeys(str(row[name]) for row in rows)) for name in ("date", "commit", "machine")]
    return f"Measured on {told[0]}, at commit {told[1]}; {told[2]}." if rows else "Nothing was measured yet."
