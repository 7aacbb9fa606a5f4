"""Textbook problems are told to the engine without loss: its answer, counted on the problem, is the proved best."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import permutations, product
from pathlib import Path
from typing import Any

import pytest
from benchmarks.special import (
    Assignment,
    Case,
    Covering,
    Gap,
    answer,
    covering,
    question,
    read_assignment,
    read_gap,
    read_packing,
)
from benchmarks.special_cases import KINDS, SEEDS, bars, distance, every, main, text

from benchmarks import special_cases, special_drawn
from klaver.design.check import refused
from klaver.design.solve.search import Effort
from klaver.work.validate import faults

EFFORT = Effort(rounds=20, work=1.0)


# official formats


def test_an_assignment_problem_is_read_row_by_row() -> None:
    assert read_assignment(" 2\n 7 3\n 4\n 9\n") == Assignment(((7, 3), (4, 9)))


def test_generalised_assignment_is_read_alone_and_from_a_file_of_several() -> None:
    one = Gap(((1, 2, 3), (4, 5, 6)), ((5, 6, 7), (8, 9, 9)), (12, 13))
    told = "2 3\n1 2 3\n4 5 6\n5 6 7\n8 9 9\n12 13\n"
    assert read_gap(told) == (one,)
    assert read_gap(f"2\n{told}{told}", several=True, most=True) == (replace(one, most=True),) * 2


def test_a_packing_problem_is_turned_round() -> None:
    assert read_packing("3\n100\n60\n40\n35\n") == Covering(100, (60, 40, 35))


@pytest.mark.parametrize(
    ("read", "told", "says"),
    [
        (read_assignment, "2 1 2 3", "ends before"),
        (read_assignment, "1 5 6", "1 numbers stand behind"),
        (read_packing, "2 100 x 5", "whole numbers"),
        (read_gap, "2 3 1 2", "ends before"),
    ],
)
def test_a_file_that_is_too_short_too_long_or_no_numbers_is_told(read: Any, told: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read(told)


# optima by trying everything


def least_assignment(case: Assignment) -> int:
    return min(sum(row[m] for row, m in zip(case.costs, p, strict=True)) for p in permutations(range(len(case.costs))))


def best_gap(case: Gap) -> int | None:
    machines, items = len(case.capacities), len(case.costs[0])
    found = []
    for into in product(range(machines), repeat=items):
        used = [sum(case.loads[m][i] for i in range(items) if into[i] == m) for m in range(machines)]
        if all(u <= c for u, c in zip(used, case.capacities, strict=True)):
            found.append(sum(case.costs[m][i] for i, m in enumerate(into)))
    return (max if case.most else min)(found, default=None)


def most_bins(case: Covering) -> int:
    most = sum(case.weights) // case.capacity
    for bins in range(most, 0, -1):
        for into in product(range(bins), repeat=len(case.weights)):
            if all(
                sum(w for w, b in zip(case.weights, into, strict=True) if b == n) >= case.capacity for n in range(bins)
            ):
                return bins
    return 0


@pytest.mark.parametrize("seed", range(8))
def test_the_optimum_beside_the_engine_is_the_one_found_by_trying_everything(seed: int) -> None:
    chance = random.Random(seed)
    assigned = special_drawn.assignment(5, seed)
    assert special_drawn.optimum(assigned) == least_assignment(assigned)
    gap = special_drawn.gap(chance.choice("SCD"), 3, 5, seed)
    assert special_drawn.optimum(gap) == best_gap(gap)
    bins = Covering(100, tuple(chance.randint(20, 70) for _ in range(7)))
    assert special_drawn.optimum(bins) == most_bins(bins)


# the engine's answer


@pytest.mark.parametrize(
    "case",
    [
        special_drawn.assignment(4, 1),
        special_drawn.gap("C", 2, 5, 1),
        special_drawn.gap("S", 2, 5, 2),
        special_drawn.gap("D", 2, 4, 3),
        Covering(100, (60, 60, 50, 45, 30)),
        Covering(100, (20, 30)),
    ],
    ids=lambda case: type(case).__name__,
)
def test_the_engine_finds_the_proved_best_of_a_small_problem(case: Case) -> None:
    found = answer(case, EFFORT)
    assert found.value == special_drawn.optimum(case)
    assert found.proved


def test_more_machines_than_days_share_the_days() -> None:
    case = Gap(tuple((10 + m, 20 - m) for m in range(8)), ((2, 2),) * 8, (2,) * 8)
    found = answer(case, EFFORT)
    assert (found.value, found.proved) == (10 + 13, True)


def test_what_no_machine_can_hold_has_no_answer() -> None:
    found = answer(Gap(((1, 1), (1, 1)), ((5, 5), (9, 9)), (6, 8)), EFFORT)
    assert (found.value, found.proved) == (None, True)


def test_a_small_load_carries_a_worth_to_the_hundredth() -> None:
    asked = question(Gap(((1, 250),), ((3, 3),), (6,), most=True))
    assert faults(asked.workplace) == ()
    worth = {
        t: sum(c.given for c in classes) * asked.shortage_percent(asked.tasks[t])
        for t, classes in asked.by_task.items()
    }
    assert worth == {"i0-m0a": 0, "i1-m0a": 200, "i1-m0b": 49}
    assert refused(asked, ())


@pytest.mark.parametrize(
    ("case", "says"),
    [
        (Assignment(((101,),)), "costs from 1 to 100"),
        (Gap(((1, 500),), ((3, 3),), (6,), most=True), "3 minutes cannot be worth 499"),
        (Gap(((1,),) * 8, ((1,),) * 8, (900,) * 8), "8 machines leave 720 minutes"),
    ],
)
def test_what_a_question_cannot_hold_is_told(case: Assignment | Gap, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        question(case)


def test_more_work_than_a_day_holds_is_told() -> None:
    with pytest.raises(ValueError, match="1500 minutes of work do not fit a day"):
        covering(Covering(100, (50,) * 30), 2)


def test_a_question_without_any_order_to_find_is_settled_by_the_linear_part() -> None:
    case = special_drawn.assignment(30, 3)
    found = answer(case, Effort(rounds=3, work=1.0))
    assert (found.value, found.proved) == (special_drawn.optimum(case), True)


# the measurement


def row(kind: str, optimum: int | None, found: int | None) -> dict[str, Any]:
    return {"kind": kind, "size": "5", "seed": 1, "optimum": optimum, "found": found, "proved": True, "seconds": 1.0}


def test_a_distance_is_told_in_percent_and_no_answer_is_infinitely_far() -> None:
    told = [
        distance(row("", best, found)) for best, found in ((100, 101), (100, 100), (100, None), (None, None), (0, 3))
    ]
    assert told == [1.0, 0.0, float("inf"), 0.0, 100.0]


def test_a_bar_is_short_when_one_assignment_is_not_optimal() -> None:
    rows = [row("assignment", 10, 10), row("assignment", 10, 11), *[row("bin covering", 5, 5)] * 9]
    rows.append(row("bin covering", 500, 496))
    assert {b.name: b.ok for b in bars(rows)} == {
        "optimal_percent_assignment": False,
        "worst_percent_assignment": False,
        "optimal_percent_bin_covering": True,
        "worst_percent_bin_covering": True,
    }


def test_every_kind_is_asked_with_every_seed() -> None:
    assert len(list(every())) == len(SEEDS) * sum(len(kind.sizes) for kind in KINDS)


def test_the_full_run_goes_on_where_it_was_stopped(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []

    def measured(kind: Any, size: tuple[Any, ...], seed: int) -> dict[str, Any]:
        ran.append(kind.name)
        if len(ran) == 5:
            raise KeyboardInterrupt
        return row(kind.name, 7, 7) | {"size": " x ".join(map(str, size)), "seed": seed}

    monkeypatch.setattr(special_cases, "KEPT", tmp_path / "special.json")
    monkeypatch.setattr(special_cases, "measure", measured)
    with pytest.raises(KeyboardInterrupt):
        main([])
    assert main(["--bars"]) == 0
    asked = len(list(every()))
    assert len(ran) == asked + 1
    told = (tmp_path / "special.md").read_text(encoding="utf-8")
    assert f"{asked} of {asked} cases are measured" in told
    assert main(["--fresh"]) == 0
    assert len(ran) == 2 * asked + 1


def test_the_quick_run_writes_nothing(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(special_cases, "KEPT", tmp_path / "special.json")
    monkeypatch.setattr(special_cases, "measure", lambda kind, size, seed, seconds: row(kind.name, 7, 6))
    assert main(["--quick", "--bars"]) == 1
    assert "short" in capsys.readouterr().out
    assert main(["--quick"]) == 0
    assert not list(tmp_path.iterdir())


def test_the_page_says_what_was_measured_when_and_where() -> None:
    rows = [row("assignment", 10, 10) | {"date": "2026-11-25", "commit": "abc", "machine": "2 cores"}]
    told = text(rows)
    for part in ("Measured on 2026-11-25, at commit abc; 2 cores.", "| assignment | 5 | 1 | 1 | 1 | 0.00 % | 1.0 |"):
        assert part in told


def test_a_case_is_measured_from_draw_to_answer() -> None:
    found = special_cases.measure(KINDS[2], (5,), 1, seconds=20)
    assert found["found"] == found["optimum"]


def test_an_official_file_is_asked_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "gap.txt"
    file.write_text("2\n2 2\n5 7\n6 9\n1 1\n1 1\n1 1\n1 2\n3 4\n1 1\n1\n", encoding="utf-8")
    assert main(["--file", str(file)]) == 0
    told = capsys.readouterr().out
    assert "| gap-or-library | gap.txt | 2 | 2 | 2 | 0.00 % |" in told
    file.write_text("2\n2 2\n5", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["--file", str(file)])
    assert ended.value.code == 2
    assert "gap.txt: the file ends before the problem does" in capsys.readouterr().err
