"""The benchmark is honest and can be stopped: what is kept is not run again, what is unknown never counts as won."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from benchmarks.design import EXAMPLES, FULL, METHODS, QUICK, Plan, Row, bars, klaver, main, measure, plain, text
from benchmarks.plain_cpsat import Point
from benchmarks.running import Course, alone
from tests.design.cases import MONDAY, asked, task, workplace

from benchmarks import design, page
from klaver.design.problem import Problem

SMALL = Plan(moments=(10, 60), cores=(1, 2), seeds=(1,))
POINTS = (Point(2.0, None, 900), Point(9.5, 500, 800), Point(40.0, 600, 700))


def row(method: str, value: int | None, bound: int | None, **fields: Any) -> Row:
    return replace(Row("ward", method, 2, 1, 10, value, bound, 0), **fields)


class Runs:
    """Stands in for a process: gives every method the same course and remembers what was run."""

    def __init__(self, course: Course) -> None:
        self.course, self.seen = course, list[tuple[str, str, float, int, int]]()

    def __call__(self, method: Any, case: Any, path: Path, seconds: float, cores: int, seed: int) -> Course:
        self.seen.append((method.__name__, path.stem, seconds, cores, seed))
        return self.course


@pytest.mark.parametrize(
    ("seconds", "value", "bound"), [(1, None, None), (9, None, 900), (10, 500, 800), (60, 600, 700)]
)
def test_a_course_tells_what_was_known_at_a_moment_and_nothing_of_later(
    seconds: int, value: int | None, bound: int | None
) -> None:
    point = Course(POINTS).at(seconds)
    assert (point.value, point.bound) == (value, bound)


def test_both_methods_get_every_example_seed_cores_and_second() -> None:
    runs = Runs(Course(POINTS, refused=3))
    rows = [r for new in measure(SMALL, (), runs) for r in new]
    assert len(runs.seen) == len(EXAMPLES) * len(METHODS) * 2
    for name in METHODS:
        assert {(p, s, c) for m, p, s, c, _ in runs.seen if m == name} == {(e, 60, c) for e in EXAMPLES for c in (1, 2)}
    assert {(r.seconds, r.value, r.bound) for r in rows} == {(10, 500, 800), (60, 600, 700)}
    assert {r.refused for r in rows} == {3}


def test_what_is_kept_is_not_run_again() -> None:
    first = Runs(Course(POINTS))
    kept = [r for new in list(measure(SMALL, (), first))[:3] for r in new]
    second = Runs(Course(POINTS))
    list(measure(SMALL, kept, second))
    assert len(second.seen) == len(first.seen) - 3
    assert not set(first.seen[:3]) & set(second.seen)


def test_a_bar_is_short_when_klaver_is_behind_or_knows_nothing() -> None:
    def ok(*rows: Row) -> list[bool]:
        return [b.ok for b in bars(rows)]

    assert ok(row("klaver", 500, 700), row("plain", 500, 700)) == [True, True]
    assert ok(row("klaver", 499, 701), row("plain", 500, 700)) == [False, False]
    assert ok(row("klaver", None, None), row("plain", 500, 700)) == [False, False]
    assert ok(row("klaver", None, None), row("plain", None, None)) == [False, False]
    assert ok(row("klaver", 500, 700), row("plain", None, None)) == [True, True]


def test_one_seed_without_a_value_is_no_value_at_all() -> None:
    rows = [
        row("klaver", 900, 950),
        row("klaver", None, 950, seed=2),
        row("plain", 1, 960),
        row("plain", 1, 960, seed=2),
    ]
    assert [b.ok for b in bars(rows)] == [False, True]


def test_the_limit_beside_a_ratio_is_what_the_proved_bounds_and_the_best_value_leave() -> None:
    rows = [row("klaver", 550, 880), row("plain", 500, 1000), row("plain", 800, 880, seconds=60)]
    value, bound = bars(rows)[:2]
    assert (value.figure, value.limit) == (550 / 500, 880 / 500)
    assert (bound.figure, bound.limit) == (880 / 1000, 800 / 1000)


def test_the_page_names_date_machine_versions_cores_and_both_figures() -> None:
    rows = [row("klaver", 90_000, 120_000), row("plain", 60_000, 132_000, refused=2)]
    told = text(rows, "2026-11-25")
    for part in ("2026-11-25", page.machine(), page.versions(), "refused 2 solutions"):
        assert part in told
    assert "| ward | klaver | 2 | 10 | 15.00 | 20.00 | 25.0 % |" in told
    assert "| ward | plain | 2 | 10 | 10.00 | 22.00 | 54.5 % |" in told
    assert "| value_ratio_ward_2_cores_10_s | 1.5000 | >=1 | 2.0000 | ok |" in told


def test_the_page_says_what_is_not_known_and_how_far_the_seeds_lie_apart() -> None:
    rows = [row("klaver", 6000, 12_000), row("klaver", 12_000, 12_000, seed=2), row("plain", None, None)]
    told = text(rows, "2026-11-25")
    assert "| 1.50 (1.00 to 2.00) | 2.00 (2.00 to 2.00) | 25.0 % |" in told
    assert "| none yet | none yet | - |" in told


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(design, "KEPT", tmp_path / "results" / "design.json")
    return tmp_path / "results"


def pretend(monkeypatch: pytest.MonkeyPatch, course: Callable[[str], Course]) -> list[str]:
    ran: list[str] = []

    def run(method: Any, *asked: object) -> Course:
        ran.append(method.__name__)
        return course(method.__name__)

    monkeypatch.setattr(measure, "__defaults__", (run,))
    return ran


def test_the_full_run_writes_its_page_once_and_goes_on_from_what_is_kept(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = pretend(monkeypatch, lambda name: Course(POINTS))
    assert main([]) == 0
    runs = len(FULL.seeds) * len(FULL.cores) * len(EXAMPLES) * len(METHODS)
    assert len(ran) == runs
    assert sorted(p.name for p in kept.iterdir()) == ["design.json", "design.md"]
    stored = json.loads((kept / "design.json").read_text(encoding="utf-8"))
    assert len(stored["rows"]) == runs * len(FULL.moments)
    assert stored["machine"] == page.machine()
    assert (kept / "design.md").read_text(encoding="utf-8").startswith("# Design")
    main([])
    assert len(ran) == runs
    main(["--fresh"])
    assert len(ran) == 2 * runs


def test_rows_of_other_code_or_another_machine_are_measured_again(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = pretend(monkeypatch, lambda name: Course(POINTS))
    main([])
    runs = len(ran)
    monkeypatch.setattr(page, "machine", lambda: "another machine")
    main([])
    assert len(ran) == 2 * runs


@pytest.mark.parametrize(("ours", "ends"), [(POINTS, 0), ((Point(1.0, 499, 900),), 1)])
def test_bars_are_one_line_each_and_the_end_tells_whether_one_is_short(
    ours: tuple[Point, ...],
    ends: int,
    kept: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    theirs = (Point(1.0, 500, 900),)
    pretend(monkeypatch, lambda name: Course(theirs if name == "plain" else ours))
    monkeypatch.setattr(design, "QUICK", replace(QUICK, moments=(60,)))
    assert main(["--quick", "--bars"]) == ends
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert len(lines) == 2 * len(EXAMPLES)
    assert {len(line) for line in lines} == {4}
    assert ("short" in {line[3] for line in lines}) is bool(ends)
    assert not kept.exists()


def small(path: Path) -> Problem:
    tasks = (task("A", 60, MONDAY, contact="clients"), task("B", 30, MONDAY, contact="clients"))
    return asked(workplace(*tasks))


@pytest.mark.parametrize("method", [klaver, plain])
def test_a_run_in_a_process_of_its_own_proves_the_most_that_can_be_given_back(method: Any) -> None:
    course = alone(method, small, Path("small"), 30, 1, 1)
    last = course.at(30)
    assert last.value == last.bound
    assert last.value is not None
    assert last.value > 0


def breaks(problem: Problem, seconds: float, cores: int, seed: int) -> Course:
    raise SystemExit(0)


def test_a_run_that_ends_without_an_answer_is_no_result() -> None:
    with pytest.raises(RuntimeError, match="breaks on small ended without an answer"):
        alone(breaks, small, Path("small"), 1, 1, 1)
