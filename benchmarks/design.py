"""Value and bound of a design after some seconds: Klaver beside a plain CP-SAT model of the same question.

Both get the same workplace, the same rules, the same cores and no hints; one after the other, each in a process of its
own. Every value is the checker's. Asked are two examples and the sample of generated workplaces. ``--quick`` takes
under 50 seconds and writes nothing; without it the whole measurement goes on where it was stopped and rewrites
``benchmarks/results/design.md``; ``--examples``, ``--sample`` and ``--largest`` measure
one of the three.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that it can be called as a file

from benchmarks.design_bars import FIRST_PLAN, LARGEST, METHODS, Row, bars, hours, read, text, told
from benchmarks.plain_cpsat import Point
from benchmarks.rows import Rows, code
from benchmarks.running import Course, Method, alone, stopwatch
from benchmarks.workplaces import SEEDS, SIZES, Setting, Size, people, sample, settings, size_of, workplace

from benchmarks import page, plain_cpsat
from klaver.design.kernel.lane import prepare
from klaver.design.parameters import parameters
from klaver.design.problem import Problem, problem
from klaver.design.records import Objective
from klaver.design.solve.day import Days
from klaver.design.solve.search import Effort, Progress, Search
from klaver.people import profiles
from klaver.work.workbook import read_workplace

EXAMPLES = ("ward", "school")
SAMPLE = tuple(f"{setting}/{size}/{seed}" for setting, size, seed in sample())
RULES_ON = "2026-11-24"
WORK = 0.5
"""Deterministic work of one of Klaver's rounds; a short one is read more often."""

KEPT = page.RESULTS / "design.json"
KEY = ("case", "method", "cores", "seed", "seconds")
MINUTE = 60
GRACE = 180
"""Seconds after which a run that does not come to its end is ended: building a model knows no clock."""

ENOUGH = {"ward": 5, "hospital": 25, LARGEST: 100}
"""The gap in percent at which nothing more is asked of Klaver, by the size of a generated workplace."""

MEMORY = 75
"""Percent of the machine's memory that a run may take."""


@dataclass(frozen=True)
class Plan:
    """What is measured of one case: the moments of each method, the cores, and the seeds."""

    case: str
    klaver: tuple[int, ...]
    plain: tuple[int, ...]
    cores: tuple[int, ...]
    seeds: tuple[int, ...]

    def moments(self, method: str) -> tuple[int, ...]:
        """Return the moments at which a method is read."""
        return self.klaver if method == "klaver" else self.plain

    @property
    def rows(self) -> int:
        """How many rows this makes."""
        return len(self.cores) * len(self.seeds) * (len(self.klaver) + len(self.plain))


def _example(case: str, moments: tuple[int, ...], cores: tuple[int, ...], seeds: tuple[int, ...]) -> Plan:
    return Plan(case, moments, moments, cores, seeds)


def _sampled(case: str) -> Plan:
    if "/ward/" in case:
        return Plan(case, (10, 60, 600), (10, 60, 600), (2,), (1,))
    return Plan(case, (60, 600, 1800), (60, 600), (2,), (1,))


QUICK = (_example("ward", (10,), (2,), (1,)), _example(SAMPLE[0], (4,), (2,), (1,)))
FULL = tuple(_example(e, (10, 60), (1, 2), (1, 2, 3)) for e in EXAMPLES)
DRAWN = tuple(map(_sampled, SAMPLE))
REGION = (Plan(f"nursing-home/{LARGEST}/1", (FIRST_PLAN,), (), (2,), (1,)),)


def case(path: Path) -> Problem:
    """Return the question of a workbook, or of a generated workplace named as ``setting/size/seed``.

    The rules are those of a fixed day; who is looked at are Klaver's own profiles, or the people generated with it.
    """
    if path.suffix:
        return problem(read_workplace(path), parameters(RULES_ON), profiles())
    setting, size, seed = path.parts[-3:]
    if setting not in settings() or size not in SIZES or int(seed) not in SEEDS:
        raise ValueError(f"no generated workplace {path}")
    named = cast(Setting, setting), cast(Size, size), int(seed)
    return problem(workplace(*named), parameters(RULES_ON), people(*named))


def klaver(asked: Problem, seconds: float, cores: int, seed: int) -> Course:
    """Search the most net relief in rounds until the time is over; a round that ends late does not count.

    On a generated workplace the search ends once the gap is under what is asked in the end (``ENOUGH``).
    """
    prepare(
        Days(case(page.ROOT / "examples" / "ward.xlsx")).kernel
    )  # what is compiled once on a machine is not counted
    clock = stopwatch()
    points: list[Point] = []
    most = ENOUGH.get(size_of(asked.workplace) or "")

    def tell(progress: Progress) -> None:
        points.append(Point(clock(), progress.value, progress.bound))

    def over() -> bool:
        return clock() >= seconds or (clock() >= MINUTE and bool(points) and _near(points[-1], most))

    effort = Effort(rounds=100_000, work=WORK, seed=seed, threads=cores, stop=over, tell=tell)
    Search(asked, Objective.RELIEF, Days(asked)).run(effort)
    return Course(tuple(points))


def _near(last: Point, most: int | None) -> bool:
    """Tell whether value and bound lie so close that nothing more is asked."""
    if most is None or last.value is None or last.bound is None:
        return False
    return (last.bound - last.value) * 100 <= most * last.bound


def plain(asked: Problem, seconds: float, cores: int, seed: int) -> Course:
    """Solve the frozen plain model with as many workers as cores."""
    found = plain_cpsat.solve(asked, seconds, cores, stopwatch(), seed)
    return Course(found.points, found.refused)


RUN: dict[str, Method] = {"klaver": klaver, "plain": plain}


def place_of(name: str) -> Path:
    """Return where a case is found: the workbook of an example, or the name of a generated workplace."""
    return Path(name) if "/" in name else page.ROOT / "examples" / f"{name}.xlsx"


def marks() -> dict[str, str]:
    """Return per method the print of the code behind its rows: the engine is none of the peer's."""
    here = Path(__file__).resolve().parent
    names = ("design.py", "running.py", "drafting.py", "departments.py", "planting.py", "workplaces.py", "moulds.json")
    common = [*(here / name for name in names), *(place_of(e) for e in EXAMPLES)]
    return {"klaver": code(common, engine=True), "plain": code([*common, here / "plain_cpsat.py"], engine=False)}


Known = Callable[[str, str, int, int], bool]
"""Whether the run of (case, method, cores, seed) is kept already."""


def measure(plans: Sequence[Plan], known: Known, run: Callable[..., Course] = alone) -> Iterator[list[Row]]:
    """Yield the rows of one run after the other; what is kept already is not run again."""
    for plan, seed, cores, name in ((p, s, c, n) for p in plans for s in p.seeds for c in p.cores for n in METHODS):
        if plan.moments(name) and not known(plan.case, name, cores, seed):
            clock, ended = stopwatch(), ""
            longest = max(plan.moments(name))
            try:
                course = run(RUN[name], case, place_of(plan.case), longest, cores, seed, GRACE, MEMORY)
            except RuntimeError as wrong:
                course, ended = Course(()), str(wrong)
            took = round(clock(), 1)
            yield [_row(plan.case, name, cores, seed, s, course, took, ended) for s in plan.moments(name)]


def _row(case: str, method: str, cores: int, seed: int, second: int, course: Course, took: float, ended: str) -> Row:
    point = course.at(second)
    known = (point.value, point.bound, course.refused, took, ended, course.first, course.peak)
    return Row(case, method, cores, seed, second, *known)


def full(plans: Sequence[Plan], fresh: bool = False, missing: bool = False) -> list[Row]:
    """Measure what is missing or was made by other code, keep every row at once, and rewrite the page at the end.

    With ``fresh`` everything is measured again, with ``missing`` only what has no row at all.
    """
    rows, mark = Rows(KEPT, KEY), marks()

    def known(case: str, method: str, cores: int, seed: int) -> bool:
        moments = next(plan for plan in plans if plan.case == case).moments(method)
        key = {"case": case, "method": method, "cores": cores, "seed": seed}
        made_by = None if missing else mark[method]
        return not fresh and all(rows.has(made_by, seconds=s, **key) for s in moments)

    for new in measure(plans, known):
        rows.add(mark[new[0].method], [asdict(row) for row in new])
        _progress(new)
    page.save(KEPT.with_suffix(".md"), text(rows.every, sum(plan.rows for plan in (*FULL, *DRAWN, *REGION))))
    asked = {plan.case for plan in plans}
    return [row for row in read(rows.every) if row.case in asked]


def quick() -> list[Row]:
    """Measure a little and write nothing."""
    rows: list[Row] = []
    for new in measure(QUICK, lambda case, method, cores, seed: False):
        rows += new
        _progress(new)
    return rows


def _progress(rows: Sequence[Row]) -> None:
    for r in rows:
        figures = f"value {hours([r.value])}, bound {hours([r.bound])}{', ' if r.ended else ''}{r.ended}"
        print(f"{r.case} {r.method} cores={r.cores} seed={r.seed} {r.seconds} s: {figures}", file=sys.stderr)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, tell, and judge when asked."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--quick", action="store_true", help="under 50 seconds; writes nothing")
    asked.add_argument("--bars", action="store_true", help="one line a bar; ends with 1 when one is short")
    asked.add_argument("--fresh", action="store_true", help="measure again what was kept")
    only = asked.add_mutually_exclusive_group()
    only.add_argument("--examples", action="store_true", help="the two examples alone (about 25 minutes)")
    only.add_argument("--largest", action="store_true", help="the house of 10,000 tasks alone (under 10 minutes)")
    only.add_argument("--sample", action="store_true", help="the generated sample alone (under 100 minutes)")
    asked.add_argument(
        "--missing", action="store_true", help="only what has no row at all, whatever code made the others"
    )
    given = asked.parse_args(arguments)
    parts = ((given.sample, DRAWN), (given.examples, FULL), (given.largest, REGION))
    plans = next((part for asked_for, part in parts if asked_for), (*FULL, *DRAWN, *REGION))
    rows = quick() if given.quick else full(plans, given.fresh, given.missing)
    if not given.bars:
        print("\n".join(told(rows)))
        return 0
    judged = bars(rows)
    for bar in judged:
        print(bar.name, f"{bar.figure:.4f}", bar.target, "ok" if bar.ok else "short")
    return 0 if all(b.ok for b in judged) else 1


if __name__ == "__main__":
    sys.exit(main())
