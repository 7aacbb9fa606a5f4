"""Task Ratings: frequency becomes times a week, the kind of a task its note; work rarer than weekly stays a gap."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from tests.occupations.test_onet import text_folder

from klaver.language import LANGUAGES, Language
from klaver.occupations.onet import draft
from klaver.occupations.onet_ratings import Rating, ratings
from klaver.values import Faults, SourceKind
from klaver.values.source import ON_REQUEST
from klaver.work.workbook import read_workplace, write_workplace

HEADS = (
    "O*NET-SOC Code", "Task ID", "Scale ID", "Category", "Data Value", "N", "Standard Error", "Lower CI Bound",
    "Upper CI Bound", "Recommend Suppress", "Date", "Domain Source",
)  # fmt: skip

Line = tuple[str, str, str, str]
"""Task, scale, category and value of one row."""

DAILY: Sequence[Line] = (
    ("7", "RT", "n/a", "81.20"), ("7", "IM", "n/a", "3.90"), ("7", "FT", "1", "0"), ("7", "FT", "2", "4.5"),
    ("7", "FT", "3", "10"), ("7", "FT", "4", "20.5"), ("7", "FT", "5", "45"), ("7", "FT", "6", "15"),
    ("7", "FT", "7", "5"),
)  # fmt: skip
YEARLY: Sequence[Line] = (("8", "RT", "n/a", "40"), ("8", "IM", "n/a", "3.2"), ("8", "FT", "1", "100"))


def rated(folder: Path, lines: Sequence[Line], few: str = "N") -> Path:
    """Write a folder in the text layout with our own ratings of its two tasks."""
    text_folder(folder)
    told = [HEADS, *(("11-1.00", *line, "40", "0.1", "1", "5", few, "08/2025", "Incumbent") for line in lines)]
    (folder / "Task Ratings.txt").write_text("\n".join("\t".join(x) for x in told) + "\n", encoding="utf-8")
    return folder


def test_the_middle_answer_says_how_often_a_task_is_done(tmp_path: Path) -> None:
    first = draft([rated(tmp_path / "o", DAILY)], "11-1.00").tasks[0]
    assert first.times == (1, 1, 1, 1, 1, 0, 0)
    source = first.source_of("times")
    assert (source.kind, source.by) == (SourceKind.ASSUMED, None)
    assert source.note == "O*NET Task Ratings, middle answer: daily"


@pytest.mark.parametrize(
    ("category", "times"),
    [
        (1, None), (2, None), (3, None),
        (4, (1, 1, 0, 0, 0, 0, 0)), (5, (1, 1, 1, 1, 1, 0, 0)), (6, (3, 3, 3, 3, 3, 0, 0)), (7, (8, 8, 8, 8, 8, 0, 0)),
    ],
)  # fmt: skip
def test_each_category_of_frequency_has_its_week_and_work_rarer_than_weekly_has_none(
    category: int, times: tuple[int, ...] | None, tmp_path: Path
) -> None:
    folder = rated(tmp_path / "o", [("7", "FT", str(category), "100")])
    assert draft([folder], "11-1.00").tasks[0].times == times


def test_half_of_the_answers_is_enough_to_be_the_middle() -> None:
    assert Rating(percents={3: 50.0, 6: 50.0}).usual == 3
    assert Rating(percents={3: 49.9, 6: 50.1}).usual == 6
    assert Rating(percents={5: 0.0}).usual is None
    assert Rating().usual is None


def test_a_rating_goes_before_a_number_that_was_asked_for(tmp_path: Path) -> None:
    one, two = draft([rated(tmp_path / "o", DAILY)], "11-1.00", {"per_week": 10}).tasks
    assert (one.times, one.source_of("times").by) == ((1, 1, 1, 1, 1, 0, 0), None)
    assert (two.times, two.source_of("times").by) == ((2, 2, 2, 2, 2, 0, 0), ON_REQUEST)
    rare = draft([rated(tmp_path / "p", YEARLY)], "11-1.00", {"per_week": 10})
    assert rare.tasks[1].times is None, "O*NET says that it is done once a year"
    assert rare.gaps_noted[1:] == ("Filled in on request for 1 tasks: 10 times a week. Nobody was asked.",)


def test_what_the_ratings_say_stands_in_the_note_of_the_task(tmp_path: Path) -> None:
    one, two = draft([rated(tmp_path / "o", [*DAILY, *YEARLY])], "11-1.00", None, "nl").tasks
    assert one.note == (
        "O*NET: kerntaak; meestal elke dag; hoort bij het werk van 81 % van wie antwoordde; belang 3,9 op 5."
    )
    assert two.note is not None
    assert two.note.startswith("O*NET: bijkomende taak; meestal één keer per jaar of minder")


def test_a_task_is_core_by_the_rule_of_the_source_when_its_type_is_not_given() -> None:
    assert Rating(importance=3.0, relevance=67.0).kind == "Core"
    assert Rating(importance=2.9, relevance=67.0).kind == "Supplemental"
    assert Rating(importance=3.0, relevance=66.9).kind == "Supplemental"
    assert Rating(importance=3.0).kind is None
    assert Rating(relevance=80.0).kind is None


def test_few_answers_are_flagged_and_not_dropped(tmp_path: Path) -> None:
    first = draft([rated(tmp_path / "o", DAILY, few="Y")], "11-1.00").tasks[0]
    assert first.times is not None
    assert first.note is not None
    assert first.note.endswith("few answers, use with care.")


def test_both_layouts_of_the_ratings_say_the_same(tmp_path: Path) -> None:
    text = rated(tmp_path / "text", DAILY)
    excel = text_folder(tmp_path / "excel")
    with xlsxwriter.Workbook(str(excel / "Task Ratings.xlsx")) as book:
        page = book.add_worksheet("Task Ratings")
        page.write_row(0, 0, ("O*NET-SOC Code", "Title", "Task ID", "Task", "Scale ID", "Category", "Data Value"))
        for at, (task, scale, category, value) in enumerate(DAILY, 1):
            number = None if category == "n/a" else int(category)
            line = ("11-1.00", "Plant keepers", int(task), "Water the plants.", scale, number, float(value))
            page.write_row(at, 0, line)
    assert draft([excel], "11-1.00").tasks == draft([text], "11-1.00").tasks


def test_ratings_of_other_occupations_leave_the_search_to_the_next_folder(tmp_path: Path) -> None:
    good, other = rated(tmp_path / "a", DAILY), rated(tmp_path / "b", [])
    assert ratings([good, other], "11-1.00")[1] == "Task Ratings.txt"
    assert ratings([other], "11-1.00") == ({}, "")


@pytest.mark.parametrize("line", [("7", "FT", "8", "100"), ("7", "FT", "n/a", "100"), ("7", "IM", "n/a", "high")])
def test_a_value_that_is_no_number_or_no_category_is_told(line: Line, tmp_path: Path) -> None:
    with pytest.raises(Faults) as wrong:
        draft([rated(tmp_path / "o", [*DAILY, line])], "11-1.00")
    assert [(f.code, f.values["element"], f.file) for f in wrong.value.faults] == [
        ("onet.number", "7", "Task Ratings.txt")
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_rated_draft_goes_through_a_workbook_in_every_language(lang: Language, tmp_path: Path) -> None:
    place = draft([rated(tmp_path / "o", [*DAILY, *YEARLY])], "11-1.00", {"minutes": 20, "per_week": 3}, lang)
    write_workplace(place, tmp_path / "draft.xlsx", lang)
    assert read_workplace(tmp_path / "draft.xlsx") == place
