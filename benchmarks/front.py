"""Fronts and steady jobs: how much of what is not proved out of reach is covered, how often jobs keep their hours.

Asked is net relief against the moments that change hands, fifteen points, on the example ward and on a generated one;
and the most net relief with and without steady jobs. Counted is processor time, so that a machine with other work gives
the same figure. ``--quick`` takes under 50 seconds, asks less and writes nothing; ``--bars`` prints a line per bar and
fails when one is short; without ``--quick`` the page ``benchmarks/results/front.md`` is written anew.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that it can be called as a file

from benchmarks.design import case, place_of
from benchmarks.running import stopwatch

from benchmarks import page
from klaver.design.kernel.lane import prepare
from klaver.design.problem import Problem
from klaver.design.records import Objective
from klaver.design.rules.steady import asking
from klaver.design.solve.day import Days
from klaver.design.solve.effort import work_of_a_round
from klaver.design.solve.front import Walk, Walked, work_of_a_step
from klaver.design.solve.offers import share_covered
from klaver.design.solve.search import Effort, Search
from klaver.design.steadiness import steadiness

CASES = ("ward", "nursing-home/ward/1")
STEADY = (*CASES, "school", "kitchen", "primary-school/ward/2")
ROUNDS = 12
"""Rounds of search on each side of a pair."""

OF = (Objective.RELIEF, Objective.CALM)
POINTS = 15
CORES, MINUTES = 2, 5
COVERED = 980
"""Thousandths of the hypervolume of the proved front that the plans must cover."""

WEEKS, LOST = 180, 5
"""Of 200 drawn weeks, those in which every job must keep its hours; percent of net relief that this may cost."""

KEPT = page.RESULTS / "front.md"


@dataclass(frozen=True)
class Bar:
    """One bar: what was found, what is asked, and whether it is reached."""

    name: str
    value: str
    target: str
    ok: bool

    def __str__(self) -> str:
        return f"{self.name} {self.value} {self.target} {'ok' if self.ok else 'short'}"


@dataclass(frozen=True)
class Run:
    """One front with the processor seconds and the seconds by the clock that it took."""

    case: str
    walked: Walked
    busy: float
    took: float

    @property
    def covered(self) -> float:
        """Percent of the hypervolume of the proved front; nothing while a limit is missing."""
        return (share_covered(self.walked) or 0) / 10


@dataclass(frozen=True)
class Pair:
    """The most net relief found with and without steady jobs, in hundredths of minutes, and the weeks each keeps."""

    case: str
    plain: int
    steady: int
    plain_weeks: int
    steady_weeks: int

    @property
    def lost(self) -> float:
        """Percent of the net relief that steady jobs cost; below zero when they were the luckier search."""
        return 100 * (self.plain - self.steady) / self.plain if self.plain else 100.0


def busy() -> float:
    """Return the processor seconds of this process, all its threads together."""
    times = os.times()
    return times.user + times.system


def walk(name: str, points: int, late: Callable[[float, float], bool], work: float = 1.0) -> Run:
    """Walk one front; ``late`` is asked between steps with the processor seconds and the seconds since the start."""
    asked: Problem = case(place_of(name))
    prepare(Days(asked).kernel)  # what is compiled once on a machine is not counted
    clock, before = stopwatch(), busy()
    effort = Effort(
        rounds=100,
        work=round(work * work_of_a_step(asked), 3),
        threads=CORES,
        late=lambda: late(busy() - before, clock()),
    )
    found = Walk(asked, effort, OF, points).walk()
    return Run(name, found, busy() - before, clock())


def pair(name: str, rounds: int, work: float = 1.0) -> Pair:
    """Search the most net relief twice with the same work, without and with steady jobs."""
    plain: Problem = case(place_of(name))
    found = []
    for asked in (plain, replace(plain, parameters=asking(plain.parameters))):
        effort = Effort(rounds=rounds, work=work * work_of_a_round(asked), threads=CORES)
        best = Search(asked, Objective.RELIEF, Days(asked)).run(effort)
        weeks = steadiness(asked, best.jobs).kept if best.jobs else 0
        found.append((best.value or 0, weeks))
    (first, weeks), (second, more) = found
    return Pair(name, first, second, weeks, more)


def full() -> list[Run]:
    """Walk every case within the processor time of five minutes on two cores."""
    most = 60.0 * MINUTES * CORES
    return [walk(name, POINTS, lambda used, _: used >= most) for name in CASES]


def quick() -> list[Run]:
    """Walk a few points of the example ward, with short steps, by the clock."""
    return [walk(CASES[0], 5, lambda _, took: took >= 25, work=0.2)]


def bars(runs: Sequence[Run], pairs: Sequence[Pair] = ()) -> list[Bar]:
    """Judge every front and every pair."""
    made = []
    for run in runs:
        name = run.case.replace("/", "_")
        made.append(
            Bar(f"front_covered_percent_{name}", f"{run.covered:.1f}", f">={COVERED / 10:.0f}", run.covered >= 98)
        )
        many = len(run.walked.plans)
        made.append(Bar(f"front_points_{name}", str(many), f">={POINTS}", many >= POINTS))
    for found in pairs:
        name, weeks = found.case.replace("/", "_"), found.steady_weeks
        made.append(Bar(f"steady_weeks_of_200_{name}", str(weeks), f">={WEEKS}", weeks >= WEEKS))
        made.append(Bar(f"steady_lost_percent_{name}", f"{found.lost:.1f}", f"<={LOST}", found.lost <= LOST))
    return made


def told(run: Run) -> list[str]:
    """Return the table of one front."""
    rows = []
    for point in sorted(run.walked.plans, reverse=True):
        most = run.walked.limit(point[1:])
        gap = "-" if not most else f"{100 * (most - point[0]) / most:.1f} %"
        rows.append(
            [
                f"{point[0] / 6000:.2f}",
                "-" if most is None else f"{most / 6000:.2f}",
                gap,
                *(str(-v) for v in point[1:]),
            ]
        )
    return page.table(["net relief, hours a week", "at most", "gap", "moments that change hands"], rows)


def pairs_told(pairs: Sequence[Pair]) -> list[str]:
    """Return the table of all pairs."""
    head = ["case", "net relief, hours a week", "weeks of 200", "steady: net relief", "steady: weeks of 200", "lost"]
    rows = []
    for p in pairs:
        figures = (f"{p.plain / 6000:.2f}", str(p.plain_weeks), f"{p.steady / 6000:.2f}", str(p.steady_weeks))
        rows.append([p.case, *figures, f"{p.lost:.1f} %"])
    return page.table(head, rows)


def text(runs: Sequence[Run], pairs: Sequence[Pair]) -> str:
    """Return the page of results."""
    parts = [
        "# Fronts and steady jobs",
        f"{page.today()}, {page.machine()}. {page.versions('numba')}.",
        "Net relief against the moments a week that change hands. For every number of moments the most net relief is"
        " proved with all jobs taken together (`solve/outer.py`); plans come from short searches along those numbers."
        " *Covered* is the hypervolume of the plans as a part of that of the proved limits. It is counted from the"
        " relief that the house asks of every alternative (half of the most) and from one moment more than the plan"
        " with the most relief has: what lies outside is never offered. Every whole number of moments has its own"
        " limit, so fifteen points on their own could not cover a front of forty numbers; the walk goes on between them"
        f" until {MINUTES} minutes on {CORES} cores are used, counted in processor time.",
    ]
    for run in runs:
        steps = len(run.walked.searched)
        parts.append(
            f"## {run.case}\n\nCovered: {run.covered:.1f} %. {len(run.walked.plans)} plans, {steps} steps,"
            f" {run.busy:.0f} processor seconds, {run.took:.0f} seconds by the clock."
        )
        parts.append("\n".join(told(run)))
    parts += [
        "## Steady jobs\n\nThe most net relief with and without steady jobs, the same rounds of search for both"
        f" ({ROUNDS} each, seed 1). In a drawn week every task takes a time between its least and its most, in a season"
        " drawn by its length; counted are the weeks in which every job keeps its hours.",
        "\n".join(pairs_told(pairs)),
    ]
    rows = [[b.name, b.value, b.target, "ok" if b.ok else "short"] for b in bars(runs, pairs)]
    parts.append("## Bars\n\n" + "\n".join(page.table(["bar", "figure", "target", "ok or short"], rows)))
    parts.append("Made by `python benchmarks/front.py`.")
    return "\n\n".join(parts) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print or write what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="under 50 seconds; writes nothing")
    parser.add_argument("--bars", action="store_true", help="a line per bar; exit 1 when one is short")
    chosen = parser.parse_args(arguments)
    if chosen.quick:
        made = bars(quick(), [pair(CASES[0], 2, 0.5)])
    else:
        pairs = [pair(name, ROUNDS) for name in STEADY]
        runs = full()
        made = bars(runs, pairs)
        page.save(KEPT, text(runs, pairs))
    for bar in made:
        print(bar)
    return int(chosen.bars and not all(b.ok for b in made))


if __name__ == "__main__":
    sys.exit(main())
