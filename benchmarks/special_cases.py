"""How often Klaver's engine finds the proved optimum of textbook problems, and how far it stays from it.

Assignment must always be optimal; generalised assignment and bin covering in nine of ten cases, and never more than one
percent away. ``--quick`` takes under 50 seconds and writes nothing; without it the measurement goes on where it was
stopped and rewrites ``benchmarks/results/special.md``. ``--file FILE --format NAME`` asks an official file instead.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that it can be called as a file

from benchmarks.rows import Made, Rows, code, stamps
from benchmarks.running import stopwatch
from benchmarks.special import Case, Covering, answer, read_assignment, read_gap, read_packing

from benchmarks import page, special_drawn
from klaver.design.solve.search import Effort

KEPT = page.RESULTS / "special.json"
KEY = ("kind", "size", "seed")
SECONDS = 60
WORK = 1.0
SEEDS = range(1, 6)


LARGEST_COVERING = 20
"""The items of a bin covering problem up to which its optimum is counted over all sets."""

FORMATS: dict[str, Callable[[str], tuple[Case, ...]]] = {
    "assignment": lambda text: (read_assignment(text),),
    "gap": lambda text: read_gap(text),
    "gap-or-library": lambda text: read_gap(text, several=True, most=True),
    "packing": lambda text: (read_packing(text),),
}


@dataclass(frozen=True)
class Kind:
    """One kind of problem: what must hold, and how to draw one of a size by seed."""

    name: str
    optimal: int
    away: float
    sizes: tuple[tuple[int | str, ...], ...]
    draw: Callable[..., Case]


KINDS = (
    Kind("assignment", 100, 0.0, ((5,), (10,), (15,), (20,)), special_drawn.assignment),
    Kind(
        "generalised assignment",
        90,
        1.0,
        (
            ("S", 3, 10),
            ("S", 5, 15),
            ("S", 5, 25),
            ("C", 3, 10),
            ("C", 5, 15),
            ("C", 5, 25),
            ("D", 3, 10),
            ("D", 5, 15),
        ),
        special_drawn.gap,
    ),
    Kind("bin covering", 90, 1.0, ((10,), (15,), (20,)), special_drawn.covering),
)


@dataclass(frozen=True)
class Bar:
    """One thing that must hold: a figure beside its target."""

    name: str
    figure: float
    target: str
    ok: bool


def every() -> Iterator[tuple[Kind, tuple[int | str, ...], int]]:
    """Yield every problem that is asked: of each size the first seeds that have an answer at all."""
    for kind in KINDS:
        for size in kind.sizes:
            for seed in SEEDS:
                yield kind, size, seed


def quick() -> Iterator[tuple[Kind, tuple[int | str, ...], int]]:
    """Yield one small problem of each kind, and one a little larger."""
    for kind in KINDS:
        for size in kind.sizes[:2]:
            yield kind, size, 1


def measure(kind: Kind, size: tuple[int | str, ...], seed: int, seconds: float = SECONDS) -> Made:
    """Draw a problem, prove its optimum, and ask the engine."""
    case = kind.draw(*size, seed)
    best = special_drawn.optimum(case)
    told = " x ".join(map(str, size))
    return {"kind": kind.name, "size": told, "seed": seed, "optimum": best} | _found(case, seconds)


def _found(case: Case, seconds: float) -> Made:
    """Ask the engine, and return what it found, whether it proved that, and the seconds it took."""
    clock = stopwatch()
    found = answer(case, Effort(rounds=100_000, work=WORK, seed=1, late=lambda: clock() >= seconds))
    return {"found": found.value, "proved": found.proved, "seconds": round(clock(), 1)}


def distance(row: Made) -> float:
    """Return how far a row is from the optimum, in percent; without an answer it is infinitely far."""
    best, found = row["optimum"], row["found"]
    if best is None or found is None:
        return 0.0 if best is found else float("inf")
    return 100 * abs(found - best) / abs(best) if best else 100.0 * (found != best)


def bars(rows: Sequence[Made]) -> list[Bar]:
    """Judge every kind that was measured: the share of optimal answers, and the worst distance."""
    judged = []
    for kind in KINDS:
        here = [distance(row) for row in rows if row["kind"] == kind.name]
        if here:
            name, share = kind.name.replace(" ", "_"), 100 * sum(d == 0 for d in here) / len(here)
            judged.append(Bar(f"optimal_percent_{name}", share, f">={kind.optimal}", share >= kind.optimal))
            judged.append(Bar(f"worst_percent_{name}", max(here), f"<={kind.away:g}", max(here) <= kind.away))
    return judged


def told(rows: Sequence[Made]) -> list[str]:
    """Return the table: each kind and size with how many were optimal, proved, the worst distance and the time."""
    lines = []
    for kind, size in dict.fromkeys((row["kind"], row["size"]) for row in rows):
        here = [row for row in rows if (row["kind"], row["size"]) == (kind, size)]
        optimal, proved = sum(distance(r) == 0 for r in here), sum(r["proved"] for r in here)
        worst, slowest = max(map(distance, here)), max(r["seconds"] for r in here)
        lines.append([kind, size, str(len(here)), str(optimal), str(proved), f"{worst:.2f} %", f"{slowest:.1f}"])
    head = ["problem", "size", "cases", "optimal", "proved by the engine", "worst distance", "slowest, seconds"]
    return page.table(head, lines)


def text(rows: Sequence[Made]) -> str:
    """Return the page of results."""
    asked = sum(1 for _ in every())
    judged = [[b.name, f"{b.figure:.2f}", b.target, "ok" if b.ok else "short"] for b in bars(rows)]
    parts = [
        "# Textbook problems through the engine",
        f"{stamps(rows)} {page.versions()}. {len(rows)} of {asked} cases are measured.",
        "Assignment, generalised assignment and bin covering are special cases of job design: a workplace whose rules"
        " are set aside but for a few (`benchmarks/special.py` says which, and how a price per pair is told in relief)."
        f" They run through the same search as a ward, at most {SECONDS} seconds each. The optimum is proved by other"
        " means, and what the engine found is counted on the problem itself. A bin more or less is far more than a"
        " percent here, so bin covering has to be right. How and why:"
        " [decision 12](../../docs/decisions/0012-textbook-problems-are-workplaces.md).",
        "\n".join(told(rows)),
        "## Bars\n\n" + "\n".join(page.table(["bar", "figure", "target", "ok or short"], judged)),
        "Sizes: items; class, machines x items; items. Made by `python benchmarks/special_cases.py`; the rows are in"
        " [special.json](special.json).",
    ]
    return "\n\n".join(parts) + "\n"


def full(fresh: bool) -> list[Made]:
    """Measure every case that is missing or was made by other code, keep each at once, and rewrite the page."""
    rows = Rows(KEPT, KEY)
    here = Path(__file__).resolve().parent
    mark = code(
        [here / name for name in ("special.py", "special_drawn.py", "special_cases.py", "drafting.py")], engine=True
    )
    for kind, size, seed in every():
        name = " x ".join(map(str, size))
        if fresh or not rows.has(mark, kind=kind.name, size=name, seed=seed):
            rows.add(mark, [_shown(measure(kind, size, seed))])
    page.save(KEPT.with_suffix(".md"), text(rows.every))
    return rows.every


def _shown(row: Made) -> Made:
    print(*(f"{name}={value}" for name, value in row.items()), file=sys.stderr)
    return row


def official(file: Path, named: str, seconds: float) -> list[Made]:
    """Ask every problem of an official file, and prove its optimum by other means where that is in reach."""
    rows = []
    for at, case in enumerate(FORMATS[named](file.read_text(encoding="utf-8")), 1):
        large = isinstance(case, Covering) and len(case.weights) > LARGEST_COVERING
        best = None if large else special_drawn.optimum(case)
        rows.append(_shown({"kind": named, "size": file.name, "seed": at, "optimum": best} | _found(case, seconds)))
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, tell, and judge when asked."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--quick", action="store_true", help="under 50 seconds; writes nothing")
    asked.add_argument("--bars", action="store_true", help="one line a bar; ends with 1 when one is short")
    asked.add_argument("--fresh", action="store_true", help="measure again what was kept")
    asked.add_argument("--file", type=Path, help="ask the problems of an official file; writes nothing")
    asked.add_argument("--format", choices=FORMATS, default="gap-or-library", help="how the file is written")
    given = asked.parse_args(arguments)
    if given.file:
        try:
            print("\n".join(told(official(given.file, given.format, SECONDS))))
        except (OSError, ValueError) as wrong:
            asked.error(f"{given.file}: {wrong}")
        return 0
    rows = [_shown(measure(*one, seconds=8)) for one in quick()] if given.quick else full(given.fresh)
    if not given.bars:
        print("\n".join(told(rows)))
        return 0
    judged = bars(rows)
    for bar in judged:
        print(bar.name, f"{bar.figure:.4f}", bar.target, "ok" if bar.ok else "short")
    return 0 if all(b.ok for b in judged) else 1


if __name__ == "__main__":
    sys.exit(main())
