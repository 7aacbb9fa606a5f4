"""What the line benchmark measures: instances of the public ALWABP collection, drawn by seed before any tuning.

The collection states no licence, so no part of it is kept here: it is read from ``../shared/data/alwabp`` beside the
project when it is there (``mrpritt/ALWABP``, see its SOURCE.md), and otherwise nothing is measured and that is said.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SEED = 2014
SMALL = ("heskia", "roszieg")
LARGE = ("tonge", "wee-mag")
DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "alwabp"

DRAWN = {
    "tonge": (13, 14, 21, 22, 26, 38, 42, 63, 66, 68, 72, 80),
    "wee-mag": (9, 12, 14, 29, 31, 38, 42, 46, 49, 55, 56, 57),
}
"""Twelve of each large family: six with few workers (1 to 40) and six with many (41 to 80)."""

OPEN = (38, 41, 42, 44, 45, 47, 49, 50, 51, 53, 54, 59, 71)
"""The instances of wee-mag whose recorded bounds leave a gap."""


@dataclass(frozen=True)
class Recorded:
    """The bounds that the collection records for one instance: of its authors, last changed in 2025."""

    family: str
    number: int
    low: int
    high: int


def drawn(seed: int = SEED) -> dict[str, tuple[int, ...]]:
    """Draw the large instances again."""
    chance = random.Random(seed)
    return {f: tuple(sorted(chance.sample(range(1, 41), 6)) + sorted(chance.sample(range(41, 81), 6))) for f in LARGE}


def sample() -> Iterator[tuple[str, int]]:
    """Yield family and number of all that is measured, the small ones first; an open one that was drawn comes once."""
    for family in SMALL:
        yield from ((family, number) for number in range(1, 81))
    for family in LARGE:
        yield from ((family, number) for number in DRAWN[family])
    yield from (("wee-mag", number) for number in OPEN if number not in DRAWN["wee-mag"])


def recorded(data: Path = DATA) -> dict[tuple[str, int], Recorded]:
    """Return the recorded bounds of every instance."""
    with (data / "data" / "instances.csv").open(encoding="utf-8", newline="") as stream:
        rows = [Recorded(r["name"], int(r["num"]), int(r["LB"]), int(r["UB"])) for r in csv.DictReader(stream)]
    return {(r.family, r.number): r for r in rows}


def instance(family: str, number: int, data: Path = DATA) -> tuple[list[list[int | None]], list[tuple[int, int]]]:
    """Return times (row a task, column a worker) and arcs of one instance, without any code of Klaver."""
    lines = (data / "instances" / family / str(number)).read_text(encoding="utf-8").splitlines()
    tasks = int(lines[0])
    times = [[None if cell == "Inf" else int(cell) for cell in line.split()] for line in lines[1 : tasks + 1]]
    pairs = [tuple(map(int, line.split())) for line in lines[tasks + 1 :] if line.strip()]
    return times, [(a - 1, b - 1) for a, b in pairs if a > 0]
