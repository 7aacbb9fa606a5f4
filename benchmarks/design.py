"""Value and bound of a design after some seconds: Klaver beside a plain CP-SAT model of the same question.

Both get the same workplace, the same rules, the same cores and no hints; one after the other, each in a process of its
own. Every value is the checker's. ``--quick`` takes under 50 seconds and writes nothing; without it the whole
measurement goes on where it was stopped and rewrites ``benchmarks/results/design.md``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that it can be called as a file

from benchmarks.plain_cpsat import Point
from benchmarks.running import Course, alone, stopwatch

from benchmarks import page, plain_cpsat
from klaver.design.parameters import parameters
from klaver.design.problem import Problem, problem
from klaver.design.records import Objective
from klaver.design.solve.day import Days
from klaver.design.solve.search import Effort, Progress, Search
from klaver.people import profiles
from klaver.work.workbook import read_workplace

EXAMPLES = ("ward", "school")
RULES_ON = "2026-11-24"
WORK = 0.5
"""Deterministic work of one of Klaver's rounds; a short one is read more often."""

KEPT = page.RESULTS / "design.json"


@dataclass(frozen=True)
class Plan:
    """What is measured: the moments at which value and bound are read, the cores, and the seeds."""

    moments: tuple[int, ...]
    cores: tuple[int, ...]
    seeds: tuple[int, ...]


QUICK = Plan(moments=(7,), cores=(2,), seeds=(1,))
FULL = Plan(moments=(10, 60), cores=(1, 2), seeds=(1, 2, 3))


@dataclass(frozen=True)
class Row:
    """One reading: hundredths of minutes of net relief a week, ``None`` where nothing was known yet."""

    example: str
    method: str
    cores: int
    seed: int
    seconds: int
    value: int | None
    bound: int | None
    refused: int


@dataclass(frozen=True)
class Bar:
    """One thing that must hold: a figure beside its target, and the limit that no method can pass."""

    name: str
    figure: float
    target: str
    ok: bool
    limit: float | None


def case(path: Path) -> Problem:
    """Return the question of a workplace, with the rules of a fixed day and Klaver's own profiles."""
    return problem(read_workplace(path), parameters(RULES_ON), profiles())


def klaver(asked: Problem, seconds: float, cores: int, seed: int) -> Course:
    """Search the most net relief in rounds until the time is over; a round that ends late does not count."""
    clock = stopwatch()
    points: list[Point] = []

    def tell(progress: Progress) -> None:
        points.append(Point(clock(), progress.value, progress.bound))

    effort = Effort(rounds=100_000, work=WORK, seed=seed, threads=cores, stop=lambda: clock() >= seconds, tell=tell)
    Search(asked, Objective.RELIEF, Days(asked)).run(effort)
    return Course(tuple(points))


def plain(asked: Problem, seconds: float, cores: int, seed: int) -> Course:
    """Solve the frozen plain model with as many workers as cores."""
    found = plain_cpsat.solve(asked, seconds, cores, stopwatch(), seed)
    return Course(found.points, found.refused)


METHODS = {"klaver": klaver, "plain": plain}
WHAT = ("value", "bound")


def measure(plan: Plan, kept: Sequence[Row], run: Callable[..., Course] = alone) -> Iterator[list[Row]]:
    """Yield the rows of one run after the other; what is kept already is not run again."""
    known = {(r.example, r.method, r.cores, r.seed) for r in kept}
    for seed in plan.seeds:
        for example in EXAMPLES:
            for cores in plan.cores:
                for name, method in METHODS.items():
                    if (example, name, cores, seed) not in known:
                        path = page.ROOT / "examples" / f"{example}.xlsx"
                        course = run(method, case, path, max(plan.moments), cores, seed)
                        yield [_row(example, name, cores, seed, second, course) for second in plan.moments]


def _row(example: str, method: str, cores: int, seed: int, second: int, course: Course) -> Row:
    point = course.at(second)
    return Row(example, method, cores, seed, second, point.value, point.bound, course.refused)


def pairs(rows: Sequence[Row]) -> Iterator[tuple[tuple[str, int, int], dict[str, list[Row]]]]:
    """Yield (example, cores, seconds) with the rows of each method there."""
    for key in dict.fromkeys((r.example, r.cores, r.seconds) for r in rows):
        here = [r for r in rows if (r.example, r.cores, r.seconds) == key]
        yield key, {name: [r for r in here if r.method == name] for name in METHODS}


def bars(rows: Sequence[Row]) -> list[Bar]:
    """Klaver's value is no lower and its bound no higher than the peer's, on equal cores after equal seconds.

    The limit beside a ratio is proved: no value is above the example's lowest bound, no bound below its best value.
    """
    made = []
    for (example, cores, seconds), by in pairs(rows):
        place = f"{example}_{cores}_cores_{seconds}_s"
        here = [r for r in rows if r.example == example]
        best = max((r.value for r in here if r.value is not None), default=None)
        lowest = min((r.bound for r in here if r.bound is not None), default=None)
        value, bound = ({name: _mean([getattr(r, what) for r in by[name]]) for name in METHODS} for what in WHAT)
        ratio = _ratio(value["klaver"], value["plain"], unknown=0.0)
        made.append(Bar(f"value_ratio_{place}", ratio, ">=1", ratio >= 1, _limit(lowest, value["plain"])))
        ratio = _ratio(bound["klaver"], bound["plain"], unknown=float("inf"))
        made.append(Bar(f"bound_ratio_{place}", ratio, "<=1", ratio <= 1, _limit(best, bound["plain"])))
    return made


def _ratio(ours: float | None, theirs: float | None, unknown: float) -> float:
    if ours is None:
        return unknown
    return 1.0 if theirs is None or not theirs else ours / theirs


def _limit(most: float | None, theirs: float | None) -> float | None:
    return None if most is None or not theirs else most / theirs


def _mean(figures: Sequence[int | None]) -> float | None:
    """Return the mean, ``None`` when one of them is not known."""
    return None if None in figures or not figures else mean(f for f in figures if f is not None)


def told(rows: Sequence[Row]) -> list[str]:
    """Return the table of all rows: the mean over the seeds, with the lowest and the highest."""
    lines = []
    for (example, cores, seconds), by in pairs(rows):
        for name, mine in by.items():
            value, bound = (_hours([getattr(r, what) for r in mine]) for what in WHAT)
            lines.append([example, name, str(cores), str(seconds), value, bound, _gap(mine)])
    head = ["example", "method", "cores", "seconds", "net relief, hours a week", "bound", "gap"]
    return page.table(head, lines)


def _hours(figures: Sequence[int | None]) -> str:
    middle = _mean(figures)
    if middle is None:
        return "none yet"
    known = [f / 6000 for f in figures if f is not None]
    spread = f" ({min(known):.2f} to {max(known):.2f})" if len(known) > 1 else ""
    return f"{middle / 6000:.2f}{spread}"


def _gap(rows: Sequence[Row]) -> str:
    value, bound = _mean([r.value for r in rows]), _mean([r.bound for r in rows])
    return "-" if value is None or not bound else f"{100 * (bound - value) / bound:.1f} %"


def text(rows: Sequence[Row], date: str) -> str:
    """Return the page of results."""
    judged = [[b.name, f"{b.figure:.4f}", b.target, _known(b.limit), "ok" if b.ok else "short"] for b in bars(rows)]
    seeds = len({r.seed for r in rows})
    parts = [
        "# Design: value and bound after some seconds",
        f"Measured on {date}; {page.machine()}; {page.versions()}.",
        "Asked: the most net relief on the two synthetic examples, with all rules on and the timetable included. Beside"
        " Klaver stands a plain CP-SAT model of the same question (`benchmarks/plain_cpsat.py`), written and frozen"
        " before the engine was tuned; it was mended since only where it asked more than the rules do. Both had the"
        " same cores and no hints and ran one after the other in this same run, each in a process of its own; reading"
        " the workbook is not counted, building the model is. Values are the checker's; each figure is the mean of"
        f" {seeds} seed{'s' if seeds > 1 else ''}, with the lowest and the highest. The bound is proved by each method"
        " itself; the gap is what lies between, in percent of the bound. Klaver is read at the end of its rounds (of"
        f" {WORK} units of work), the peer at every solution. These are times of one machine: take the order, not the"
        " digits.",
        "\n".join(told(rows)),
        f"The checker refused {sum(r.refused for r in rows)} solutions of the plain model.",
        "## Bars\n\nKlaver's figure as a part of the peer's, on equal cores after equal seconds. The limit is how far"
        " any method could get: the lowest bound that one of them proved for the example, or the best value, as a part"
        " of the same figure of the peer.",
        "\n".join(page.table(["bar", "ratio", "target", "limit", "ok or short"], judged)),
        "Made by `python benchmarks/design.py`; the rows are in [design.json](design.json).",
    ]
    return "\n\n".join(parts) + "\n"


def _known(limit: float | None) -> str:
    return "-" if limit is None else f"{limit:.4f}"


def full(fresh: bool) -> list[Row]:
    """Measure everything that is not kept yet, keep every row at once, and rewrite the page at the end."""
    mark = page.fingerprint(page.ROOT / "examples" / f"{e}.xlsx" for e in EXAMPLES)
    kept = {} if fresh else page.load(KEPT)
    rows = [Row(**r) for r in kept["rows"]] if kept.get("fingerprint") == mark else []
    date = kept["date"] if rows else page.today()
    for new in measure(FULL, rows):
        rows += new
        _progress(new)
        record = {
            "date": date,
            "machine": page.machine(),
            "versions": page.versions(),
            "fingerprint": mark,
        }
        page.save(KEPT, json.dumps(record | {"rows": [asdict(r) for r in rows]}, indent=1) + "\n")
    page.save(KEPT.with_suffix(".md"), text(rows, date))
    return rows


def quick() -> list[Row]:
    """Measure a little and write nothing."""
    rows: list[Row] = []
    for new in measure(QUICK, ()):
        rows += new
        _progress(new)
    return rows


def _progress(rows: Sequence[Row]) -> None:
    for r in rows:
        figures = f"value {_hours([r.value])}, bound {_hours([r.bound])}"
        print(f"{r.example} {r.method} cores={r.cores} seed={r.seed} {r.seconds} s: {figures}", file=sys.stderr)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, tell, and judge when asked."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--quick", action="store_true", help="under 50 seconds; writes nothing")
    asked.add_argument("--bars", action="store_true", help="one line a bar; ends with 1 when one is short")
    asked.add_argument("--fresh", action="store_true", help="measure again what was kept")
    given = asked.parse_args(arguments)
    rows = quick() if given.quick else full(given.fresh)
    if not given.bars:
        print("\n".join(told(rows)))
        return 0
    judged = bars(rows)
    for bar in judged:
        print(bar.name, f"{bar.figure:.4f}", bar.target, "ok" if bar.ok else "short")
    return 0 if all(b.ok for b in judged) else 1


if __name__ == "__main__":
    sys.exit(main())
