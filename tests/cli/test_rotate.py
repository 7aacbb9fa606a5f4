"""A rotation of half days, as it is typed: what is swapped, what it wins, or why nothing can."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.test_commands import run
from tests.design.test_half_days import designed, two_jobs

from klaver.design.half_days import HalfDays
from klaver.design.problem import Problem
from klaver.design.records import Design
from klaver.work.workbook import read_workplace, write_workplace


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A design of two jobs, and its workplace."""
    question, design = two_jobs()
    return stored(tmp_path, question, design)


def stored(folder: Path, question: Problem, design: Design) -> tuple[Path, Path]:
    case, path = folder / "case.xlsx", folder / "design.json"
    write_workplace(question.workplace, case, "en")
    print_of = read_workplace(case).fingerprint()
    path.write_text(design.model_copy(update={"workplace_print": print_of}).to_json())
    return path, case


def test_a_rotation_is_told_in_words_and_kept(files: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "rotation.json"
    code, told = run("rotate", *files, "--out", out, "--lang", "en")
    assert code == 0, told
    assert "Tuesday: job-1 and job-2 swap the whole day" in told
    assert "job-1: 8 different tasks instead of 4" in told
    assert HalfDays.model_validate_json(out.read_text()).swaps
    code, told = run("rotate", *files, "--by", "load", "--lang", "en", "--json")
    assert code == 0
    assert [m["hard_both"] for m in json.loads(told)["rotation"]["met"]] == [30, 30]


@pytest.mark.parametrize(("lang", "says"), [("nl", "Beurtrol over twee weken"), ("fr", "Rotation sur deux semaines")])
def test_a_rotation_is_told_in_each_language(files: tuple[Path, Path], lang: str, says: str) -> None:
    assert says in run("rotate", *files, "--lang", lang)[1]


def test_a_swap_that_wins_nothing_or_breaks_a_rule_is_not_made_and_why_is_told(tmp_path: Path) -> None:
    question, design = two_jobs()
    same = designed(question, design.jobs[0], design.jobs[0].model_copy(update={"id": "job-2"}))
    code, told = run("rotate", *stored(tmp_path, question, same), "--lang", "en")
    assert (code, told) == (3, "Swapping wins nothing here: what somebody would get, they have already.\n")
    question, design = two_jobs(shared_min=1)
    code, told = run("rotate", *stored(tmp_path, question, design), "--lang", "en")
    assert code == 3
    assert "This stands in the way most often:" in told
    assert "job-1: " in told.splitlines()[1]


def test_a_rotation_of_one_job_or_by_something_else_is_a_mistake(files: tuple[Path, Path], tmp_path: Path) -> None:
    code, told = run("rotate", *files, "--by", "beauty", "--lang", "en")
    assert code == 2
    assert "'beauty' does not exist for --by" in told
    question, design = two_jobs()
    one = design.model_copy(update={"jobs": design.jobs[:1]})
    code, told = run("rotate", *stored(tmp_path, question, one), "--lang", "en")
    assert code == 2
    assert "at least two jobs" in told
