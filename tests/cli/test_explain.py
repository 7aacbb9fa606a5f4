"""The answers to why, as a person reads them and as a program does: in three languages, without a solver's words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.design.cases import MONDAY, asked, entry, job, shift, task, window, workplace
from tests.documents.cases import design
from typer.testing import CliRunner

from klaver.cli.main import app
from klaver.cli.whynot import told_of_one_more
from klaver.design.why.force import Forced
from klaver.design.why.here import Asking
from klaver.documents.whynot import _joined, tell_forced, told_of_task
from klaver.language import LANGUAGES, Language
from klaver.values import Weekday
from klaver.work.records import Wishes
from klaver.work.workbook import write_workplace

SOLVER = re.compile(r"\b(cp-?sat|constraint|infeasib|solver|optimal|bound|kernel|presolve|\{|\})", re.IGNORECASE)
"""Words that say nothing to who reads an answer."""


def place() -> object:
    tight = [task(i, 60, MONDAY, window=window("09:00", "10:50"), contact="clients") for i in ("A", "B")]
    return workplace(*tight, task("C", 30, MONDAY, contact="clients"), task("N", 60, MONDAY, legal="reserved"))


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A workplace and a design of one task."""
    folder = tmp_path_factory.mktemp("explain")
    problem = asked(place())
    write_workplace(problem.workplace, folder / "case.xlsx", "en")
    made = design(problem, job(shift(entry("A", "09:00", 60))))
    (folder / "design.json").write_text(made.to_json(), encoding="utf-8")
    return folder / "design.json", folder / "case.xlsx"


def run(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(w) for w in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_reasons_costs_and_changes_are_data_with_a_sentence_each(stored: tuple[Path, Path]) -> None:
    code, told = run("explain", *stored, "--task", "B", "--force", "--change", "--json", "--lang", "en")
    assert code == 0
    found = json.loads(told)["tasks"]["B"]
    assert [(r["code"], r["tasks"]) for r in found["reasons"]] == [("why.no_room", ["A"])]
    assert {r["code"] for r in found["changes"]} == {"change.window_earlier", "change.out"}
    assert found["changes"][0]["steps"] == 1
    assert found["force"][0]["code"] == "force.found"
    assert all(row["told"] for rows in found.values() for row in rows)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_answer_is_told_without_the_words_of_a_solver(stored: tuple[Path, Path], lang: Language) -> None:
    code, told = run("explain", *stored, "--force", "--change", "--lang", lang)
    assert code == 0
    assert not SOLVER.search(told), told
    assert {"B ", "C ", "N "} <= {line[:2] for line in told.splitlines()}


def test_days_of_which_the_same_is_true_are_told_in_one_sentence() -> None:
    rows = [
        {"job": "job-1", "days": [day], "code": "change.none", "says": ("change.none", {})}
        for day in (Weekday.MONDAY, Weekday.TUESDAY)
    ]
    other = {"job": "job-1", "days": [Weekday.MONDAY], "code": "change.out", "says": ("change.no_out", {})}
    found = _joined([rows[0], other, rows[1]], "en")
    assert [(r["code"], r["days"]) for r in found] == [
        ("change.none", [Weekday.MONDAY, Weekday.TUESDAY]),
        ("change.out", [Weekday.MONDAY]),
    ]
    assert found[0]["told"] == "job-1 on Mon, Tue: no single small change is enough"


def test_many_tasks_that_move_along_stand_on_lines_of_their_own() -> None:
    def forced(count: int) -> Forced:
        changed = tuple((f"T{n}", Weekday.MONDAY, None) for n in range(count))
        return Forced("force.found", "job-1", (Weekday.MONDAY,), cost=5, changed=changed)

    assert "\n" not in tell_forced(forced(3), "en")
    lines = tell_forced(forced(4), "en").splitlines()
    assert len(lines) == 5
    assert lines[1] == "  - T0 on Mon back to the colleagues"


def test_only_one_job_is_asked_about_and_an_unknown_one_is_a_mistake(stored: tuple[Path, Path]) -> None:
    assert run("explain", *stored, "--job", "job-1", "--task", "C")[0] == 0
    assert run("explain", *stored, "--job", "job-7")[0] == 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_possible_needs_no_change(lang: Language) -> None:
    problem = asked(place())
    asking = Asking(problem, (job(shift(entry("A", "09:00", 60))),))
    told = told_of_task(asking, "C", "job-1", lang, force=False, change=True)
    assert [r["code"] for r in told["reasons"]] == ["why.possible"]
    assert told["changes"] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_more_job_names_the_wishes_that_stand_in_the_way(lang: Language) -> None:
    wishes = Wishes(jobs=1, week_min=90, week_max=200, day_max=300)
    small = workplace(*(task(i, 60, MONDAY, contact="clients") for i in ("A", "B")))
    problem = asked(small, wishes, idle_day=20)
    made = design(problem, job(shift(entry("A", "09:00", 60), entry("B", "10:00", 60))))
    told = told_of_one_more(problem, made, 2, lang)
    assert told["code"] == "more.impossible"
    assert {w["wish"] for w in told["conflict"]} == {"jobs", "week_min"}
    assert told["confirmed"]
    assert not SOLVER.search(told["told"])
