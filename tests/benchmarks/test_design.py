"""The benchmark is honest and can be stopped: what is kept is not run again, what is unknown never counts as won."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from benchmarks.design import (
    DRAWN,
    EXAMPLES,
    FULL,
    REGION,
    SAMPLE,
    Plan,
    case,
    klaver,
    main,
    marks,
    measure,
    place_of,
    plain,
)
from benchmarks.design_bars import METHODS, Row, bars, text
from benchmarks.plain_cpsat import Point
from benchmarks.running import Course, alone
from tests.design.cases import MONDAY, asked, task, workplace

from benchmarks import design, page
from klaver.design.problem import Problem

SMALL = tuple(Plan(e, (10, 60), (10, 60), (1, 2), (1,)) for e in EXAMPLES)
POINTS = (Point(2.0, None, 900), Point(9.5, 500, 800), Point(40.0, 600, 700))


def row(method: str, value: int | None, bound: int | None, **fields: Any) -> Row:
    return replace(Row("ward", method, 2, 1, 10, value, bound, 0), **fields)


class Runs:
    """Stands in for a process: gives every method the same course and remembers what was run."""

    def __init__(self, course: Course) -> None:
        self.course, self.seen = course, list[tuple[str, str, float, int, int]]()

    def __call__(self, method: Any, case: Any, path: Path, seconds: float, cores: int, seed: int, *_: Any) -> Course:
        self.seen.append((method.__name__, path.stem, seconds, cores, seed))
        return self.course


def never(case: str, method: str, cores: int, seed: int) -> bool:
    """Nothing is kept yet."""
    return False


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
    rows = [r for new in measure(SMALL, never, runs) for r in new]
    assert len(runs.seen) == len(EXAMPLES) * len(METHODS) * 2
    for name in METHODS:
        assert {(p, s, c) for m, p, s, c, _ in runs.seen if m == name} == {(e, 60, c) for e in EXAMPLES for c in (1, 2)}
    assert {(r.seconds, r.value, r.bound) for r in rows} == {(10, 500, 800), (60, 600, 700)}
    assert {r.refused for r in rows} == {3}


def test_what_is_kept_is_not_run_again() -> None:
    first = Runs(Course(POINTS))
    kept = [(new[0].case, new[0].method, new[0].cores, new[0].seed) for new in list(measure(SMALL, never, first))[:3]]
    second = Runs(Course(POINTS))
    list(measure(SMALL, lambda *run: run in kept, second))
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


def generated(name: str, method: str, seconds: int, value: int | None, bound: int | None, took: float = 60.0) -> Row:
    return Row(name, method, 2, 1, seconds, value, bound, 0, took)


WARDS = [name for name in SAMPLE if "/ward/" in name]
HOSPITAL = SAMPLE[-1]


def judged(*rows: Row) -> dict[str, tuple[float, bool]]:
    return {b.name: (b.figure, b.ok) for b in bars(rows)}


def test_four_wards_in_five_must_come_within_the_gap_and_an_unknown_gap_is_missed() -> None:
    near = [generated(w, "klaver", 60, 900, 1000) for w in WARDS]
    name = "wards_within_10_percent_60_s"
    assert judged(*near)[name] == (100.0, True)
    assert judged(*near[:5], replace(near[5], value=899))[name] == (100 * 5 / 6, True)
    assert judged(*near[:4], *(replace(r, value=None) for r in near[4:]))[name] == (100 * 4 / 6, False)
    late = [replace(r, seconds=600) for r in near]
    assert judged(*late)["wards_within_5_percent_600_s"] == (0.0, False)


def test_ten_seconds_of_klaver_are_laid_beside_ten_minutes_of_the_peer() -> None:
    name = "wards_value_10_s_reaches_plain_600_s"
    mine = [generated(w, "klaver", 10, 800, 1000) for w in WARDS]
    theirs = [generated(w, "plain", 600, 800, 1000) for w in WARDS]
    assert judged(*mine, *theirs)[name] == (100.0, True)
    assert judged(*mine, *theirs[:5], replace(theirs[5], value=801))[name] == (100 * 5 / 6, False)
    assert judged(*mine, *theirs[:5], replace(theirs[5], value=None))[name] == (100.0, True)
    assert judged(replace(mine[0], value=None), replace(theirs[0], value=None))[name] == (0.0, False)
    assert name not in judged(*mine)


@pytest.mark.parametrize(
    ("ours", "theirs", "figure", "ok"),
    [(115, 100, 1.15, True), (114, 100, 1.14, False), (5, None, float("inf"), True), (None, None, 0.0, False)],
)
def test_a_hospital_asks_a_sixth_more_than_the_peer_or_any_plan_where_it_has_none(
    ours: int | None, theirs: int | None, figure: float, ok: bool
) -> None:
    found = judged(generated(HOSPITAL, "klaver", 60, ours, 200), generated(HOSPITAL, "plain", 600, theirs, 200))
    assert found["hospital_value_60_s_beside_plain_600_s"] == (figure, ok)


def test_the_gap_of_a_hospital_and_the_minutes_of_the_sample_are_bars() -> None:
    row = generated(HOSPITAL, "klaver", 1800, 750, 1000, took=1800)
    told = judged(row, replace(row, seconds=60), generated(WARDS[0], "plain", 600, 1, 2, took=600))
    assert told["hospital_gap_percent_1800_s"] == (25.0, True)
    assert told["sample_minutes"] == (40.0, True)
    assert judged(replace(row, value=None, took=6001))["sample_minutes"] == (6001 / 60, False)
    assert "sample_minutes" not in judged(generated(WARDS[0], "klaver", 60, 1, 2))
    assert judged(replace(row, value=None))["hospital_gap_percent_1800_s"] == (float("inf"), False)


def stamped(*rows: Row) -> list[dict[str, Any]]:
    stamp = {"code": "c", "date": "2026-11-25", "commit": "abc1234", "machine": page.machine()}
    return [asdict(row) | stamp for row in rows]


def test_the_page_names_date_commit_machine_versions_cores_and_both_figures() -> None:
    rows = stamped(row("klaver", 90_000, 120_000), row("plain", 60_000, 132_000, refused=2))
    told = text(rows, 89)
    for part in ("2026-11-25", "abc1234", page.machine(), page.versions(), "refused 2 solutions", "2 of 89 rows"):
        assert part in told
    assert "| ward | klaver | 2 | 10 | 15.00 | 20.00 | 25.0 % |" in told
    assert "| ward | plain | 2 | 10 | 10.00 | 22.00 | 54.5 % |" in told
    assert "| value_ratio_ward_2_cores_10_s | 1.5000 | >=1 | 2.0000 | ok |" in told
    assert "Not measured yet." in told


def test_the_page_says_what_is_not_known_and_how_far_the_seeds_lie_apart() -> None:
    ended = replace(generated(HOSPITAL, "plain", 600, None, None), ended="plain asked more than 75 % of the memory")
    rows = [row("klaver", 6000, 12_000), row("klaver", 12_000, 12_000, seed=2), row("plain", None, None), ended]
    told = text(stamped(*rows), 89)
    assert "| 1.50 (1.00 to 2.00) | 2.00 (2.00 to 2.00) | 25.0 % |" in told
    assert "| none yet | none yet | - |" in told
    assert f"{HOSPITAL} plain: plain asked more than 75 % of the memory." in told


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


RUNS = sum(len(p.seeds) * len(p.cores) * len(METHODS) for p in (*FULL, *DRAWN)) + len(REGION)


def test_the_full_run_writes_its_page_once_and_goes_on_from_what_is_kept(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = pretend(monkeypatch, lambda name: Course(POINTS))
    assert main([]) == 0
    assert len(ran) == RUNS
    assert sorted(p.name for p in kept.iterdir()) == ["design.json", "design.md"]
    stored = json.loads((kept / "design.json").read_text(encoding="utf-8"))["rows"]
    assert len(stored) == sum(p.rows for p in (*FULL, *DRAWN, *REGION))
    assert {row["machine"] for row in stored} == {page.machine()}
    assert f"{len(stored)} of {len(stored)} rows are measured" in (kept / "design.md").read_text(encoding="utf-8")
    main([])
    assert len(ran) == RUNS
    main(["--fresh"])
    assert len(ran) == 2 * RUNS


def test_examples_and_sample_can_be_measured_alone(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = pretend(monkeypatch, lambda name: Course(POINTS))
    main(["--sample"])
    assert len(ran) == len(SAMPLE) * len(METHODS)
    main(["--examples"])
    assert len(ran) == RUNS - len(REGION)
    main(["--largest"])
    assert len(ran) == RUNS


def test_only_what_has_no_row_can_be_asked_whatever_code_made_the_others(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = pretend(monkeypatch, lambda name: Course(POINTS))
    main(["--sample"])
    monkeypatch.setattr(design, "marks", lambda: dict.fromkeys(METHODS, "other code"))
    main(["--sample", "--missing"])
    assert len(ran) == len(SAMPLE) * len(METHODS)
    main(["--sample"])
    assert len(ran) == 2 * len(SAMPLE) * len(METHODS)


def test_of_the_largest_house_a_plan_is_asked_in_time_and_in_memory() -> None:
    made = row("klaver", 5, 7, case="region/region/1", seconds=300)
    for first, peak, ok in ((299.0, 4096, (True, True)), (301.0, 4097, (False, False)), (None, None, (False, False))):
        judged = [b for b in bars([replace(made, first=first, peak=peak)]) if b.name.startswith("region")]
        assert tuple(b.ok for b in judged) == ok
    told = text(stamped(replace(made, first=72.4, peak=700)), 90)
    assert "| region/region/1 | 72 | 0.00 | 0.00 | 700 |" in told
    assert "region_first_plan_s" in told


def test_a_run_alone_tells_its_first_plan_and_its_memory() -> None:
    assert Course((Point(1, None, 9), Point(2, 5, 9), Point(3, 6, 9))).first == 2
    assert Course((Point(1, None, 9),)).first is None


def test_what_ended_without_an_answer_is_a_row_that_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*asked: object) -> Course:
        raise RuntimeError("plain on 1 ended without an answer")

    rows = [r for new in measure(DRAWN[-1:], never, fails) for r in new]
    assert {(r.value, r.bound, r.ended) for r in rows} == {(None, None, "plain on 1 ended without an answer")}


def test_rows_of_another_machine_are_measured_again(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = pretend(monkeypatch, lambda name: Course(POINTS))
    main(["--examples"])
    runs = len(ran)
    monkeypatch.setattr(page, "machine", lambda: "another machine")
    main(["--examples"])
    assert len(ran) == 2 * runs


def test_another_engine_asks_the_peer_nothing_anew(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = pretend(monkeypatch, lambda name: Course(POINTS))
    main(["--examples"])
    runs = len(ran)
    monkeypatch.setattr(design, "marks", lambda: now)
    now = marks() | {"klaver": "another engine"}
    main(["--examples"])
    assert ran[runs:] == ["klaver"] * (runs // 2)


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
    quick = tuple(Plan(e, (60,), (60,), (2,), (1,)) for e in EXAMPLES)
    monkeypatch.setattr(design, "QUICK", quick)
    assert main(["--quick", "--bars"]) == ends
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert len(lines) == 2 * len(EXAMPLES)
    assert {len(line) for line in lines} == {4}
    assert ("short" in {line[3] for line in lines}) is bool(ends)
    assert not kept.exists()


def test_a_generated_workplace_is_asked_with_its_people_and_an_unknown_one_is_refused() -> None:
    asked = case(place_of(WARDS[0]))
    assert (asked.workplace.id, len(asked.profiles), asked.jobs) == (WARDS[0].replace("/", "-"), 60, 6)
    with pytest.raises(ValueError, match="no generated workplace"):
        case(Path("hotel-kitchen/ward/99"))


def test_the_search_of_a_generated_ward_ends_once_nothing_more_is_asked() -> None:
    most = design.ENOUGH["ward"]
    near = [design._near(Point(70.0, value, 1000), most) for value in (949, 950, None)]
    assert near == [False, True, False]
    assert not design._near(Point(70.0, 1000, 1000), None)


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


def starves(problem: Problem, seconds: float, cores: int, seed: int) -> Course:
    raise MemoryError


def dawdles(problem: Problem, seconds: float, cores: int, seed: int) -> Course:
    time.sleep(60)
    return Course(())


def test_a_run_that_asks_too_much_memory_or_time_says_so() -> None:
    with pytest.raises(RuntimeError, match="starves on small asked more than 75 % of the memory"):
        alone(starves, small, Path("small"), 1, 1, 1, 30, 75)
    with pytest.raises(RuntimeError, match="dawdles on small did not end within 2 seconds"):
        alone(dawdles, small, Path("small"), 1, 1, 1, 1, 75)


def test_a_run_ends_when_the_measurement_that_asked_for_it_is_gone() -> None:
    script = "import os; from benchmarks.running import _end_with; _end_with(os.getppid() + 1)"
    ended = subprocess.run([sys.executable, "-c", script], timeout=60)
    assert ended.returncode == 1
