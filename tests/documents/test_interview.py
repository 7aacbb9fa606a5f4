"""The interview sheet: one page of questions, a list to tick, in three languages, nothing to look up."""

from __future__ import annotations

from functools import cache

import pypdfium2
import pytest
from tests.documents.cases import LANGUAGES, asked, long_job, tasks, ward, words

from klaver.design.asking import MANY, questions
from klaver.design.problem import Problem
from klaver.documents.html import to_html
from klaver.documents.interview import BOX, Interview
from klaver.documents.pdf import to_pdf
from klaver.language import Language
from klaver.values import Range, SourceKind
from klaver.values.source import ASSUMED
from klaver.work.records import Legal, Task
from klaver.work.workbook.layout import sheet


def assumed(task: Task) -> Task:
    """The same task with nothing told, high levels and minutes that are not sure."""
    minutes = Range(low=40, likely=60, high=80)
    doubted = {
        "minutes": minutes,
        "demands": {**task.demands, 16: 3},
        "harm": 2,
        "checked": None,
        "times": (2, 2, 0, 0, 0, 0, 0),
    }
    return task.model_copy(update={"source": ASSUMED, **(doubted if task.id.startswith("T") else {})})


@cache
def of() -> Problem:
    return asked(ward(*map(assumed, tasks())))


def interview(lang: Language, many: int = MANY) -> Interview:
    jobs = (long_job(),)
    return Interview(of(), jobs, questions(of(), jobs)[:many], lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_questions_are_one_page_and_the_list_the_next(lang: Language) -> None:
    paper = interview(lang).paper()
    pages = [p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(to_pdf(paper, "2026-11-24"))]
    assert len(pages) == 2
    assert paper.banner in pages[0].replace("\r\n", " ")
    html = to_html(paper)
    assert "A4 landscape" in html
    assert f'<html lang="{lang}">' in html


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_question_says_whom_to_ask_and_names_a_sheet_and_its_columns(lang: Language) -> None:
    headings = {c.heading(lang) for key in ("tasks", "demands") for c in sheet(key).columns}
    found = interview(lang, 100)
    told = found.questions()
    assert [t.number for t in told] == list(range(1, len(told) + 1))
    for line, question in zip(told, found.found, strict=True):
        assert all((line.whom, line.question, line.assumed, line.answer, line.where)), line
        assert "{" not in line.model_dump_json().replace('{"', "")
        assert sheet("demands" if question.about == "demands" else "tasks").name(lang) in line.where
        assert question.about == "demands" or any(h in line.where for h in headings)
        assert line.hangs or question.breaks


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_list_has_a_box_for_each_of_its_tasks_and_for_no_other(lang: Language) -> None:
    found = interview(lang, 100)
    boxes = words(found.paper()).count(BOX)
    singles = sum(t.answer.count(BOX) for t in found.questions())
    listed = sum(len(q.tasks) for q, t in zip(found.found, found.questions(), strict=True) if t.short)
    assert boxes - singles == listed


def test_the_margin_and_the_hours_are_told_as_people_write_them() -> None:
    opening = " ".join(interview("nl").opening())
    assert "netto lucht tussen" in opening
    assert "tussen 0,0 en" in words(interview("nl").paper())


def test_when_all_was_told_the_sheet_says_so() -> None:
    jobs = (long_job(),)
    paper = Interview(of(), jobs, (), "en").paper()
    assert "Nothing left to ask" in words(paper)
    assert len(pypdfium2.PdfDocument(to_pdf(paper, "2026-11-24"))) == 1


def test_of_an_example_the_sheet_says_so_and_without_a_design_it_says_what_is_counted() -> None:
    place = of().workplace.model_copy(update={"synthetic": True})
    problem = asked(place)
    paper = Interview(problem, None, questions(problem, None)[:3], "en").paper()
    assert "SYNTHETIC" in paper.banner
    assert "no design yet" in words(paper)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_first_draft_in_which_nothing_is_known_is_asked_about_too(lang: Language) -> None:
    gone = {"legal": Legal.UNKNOWN, "legal_basis": None, "harm": None, "minutes": None, "window": None, "times": None}
    problem = asked(ward(*(t.model_copy(update=gone) for t in map(assumed, tasks()))))
    found = Interview(problem, None, questions(problem, None), lang)
    told = found.questions()
    assert {t.assumed.split(";")[0] for t in told} == {found.say("assumed_unknown")}
    assert {t.hangs for t in told} == {found.say("hangs_unknown")}
    assert to_pdf(found.paper(), "2026-11-24")


def test_a_name_with_signs_of_markup_stays_text() -> None:
    odd = [t.model_copy(update={"name": '<b>#let x = "1"</b>'}) if t.id == "T01" else t for t in map(assumed, tasks())]
    problem, jobs = asked(ward(*odd)), (long_job(),)
    paper = Interview(problem, jobs, questions(problem, jobs), "en").paper()
    assert "<b>" not in to_html(paper)
    assert to_pdf(paper, "2026-11-24")


def test_the_source_of_every_assumed_task_is_still_assumed() -> None:
    assert {t.source.kind for t in of().workplace.tasks} == {SourceKind.ASSUMED}
