"""Ask next: the ten questions that decide most, of a workplace at once, of a board by the queue."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from klaver.design.asking import MANY, Question, questions
from klaver.documents.interview import Interview
from klaver.documents.writing import write_pages
from klaver.web.accounts.permissions import may, needs
from klaver.web.design import find
from klaver.web.frame.reader import lang
from klaver.web.runs import queue
from klaver.web.runs.about_board import ToAsk, jobs_of, problem_on, read_question
from klaver.web.store.boards import ready
from klaver.web.store.models import Board, Run, Workplace
from klaver.web.store.workplaces import at_version

TOLD = ("whom", "assumed", "hangs", "where")
"""What is told of a question besides itself: whom to ask, what is thought now, what hangs on it, where it goes."""


def _sheet(row: Workplace) -> tuple[Interview, int]:
    """Return the questions about all work that may move, as it is now; that takes a tenth of a second."""
    found = questions(ready(row), None)
    return Interview(ready(row), None, found[:MANY], lang()), len(found)


@require_GET
@needs("see_design", find.workplace)
def ask(request: HttpRequest, row: Workplace) -> HttpResponse:
    """Show the questions that decide most about a workplace without looking at a plan."""
    sheet, count = _sheet(row)
    return render(request, "design/ask.html", _shown(request, row, sheet, count))


@require_GET
@needs("see_design", find.workplace)
def sheet(request: HttpRequest, row: Workplace) -> HttpResponse:
    """Send the interview sheet of a workplace as PDF."""
    return _pdf(_sheet(row)[0])


@require_GET
@needs("see_design", find.board)
def board_questions(request: HttpRequest, row: Board) -> HttpResponse:
    """Show the last answer about a board, for which version it was given, or offer to ask."""
    last = row.runs.filter(kind=Run.Kind.ASK).select_related("board", "workplace").first()
    if last is not None and last.state == Run.State.DONE:
        return redirect("asked", last.pk)
    if last is not None and last.going:
        return redirect("run", last.pk)
    return render(request, "design/ask.html", _of_board(request, row, last))


@require_POST
@needs("run_design", find.board)
def ask_board(request: HttpRequest, row: Board) -> HttpResponse:
    """Put in the queue: which questions decide most about the jobs on this board."""
    place = at_version(row.workplace, row.workplace_version)
    return redirect("run", queue.ask_board(row, ToAsk(workplace=place, board=row.read()), request.user).pk)


@require_GET
@needs("see_design", find.run)
def asked(request: HttpRequest, row: Run) -> HttpResponse:
    """Show an answer about a board, and say what changed since it was given."""
    board, told = _answered(row), json.loads(row.told)
    shown = _of_board(request, board, row)
    if "answer" in told:
        shown |= _shown(request, row.workplace, _sheet_of(row), told["all"])
        shown |= {
            "moved_since": board.version != row.board_version,
            "older": row.workplace_version < row.workplace.version,
        }
    return render(request, "design/ask.html", shown)


@require_GET
@needs("see_design", find.run)
def asked_sheet(request: HttpRequest, row: Run) -> HttpResponse:
    """Send the interview sheet of an answer about a board as PDF."""
    _answered(row)
    if row.state != Run.State.DONE:
        raise Http404
    return _pdf(_sheet_of(row))


def _answered(row: Run) -> Board:
    if row.kind != Run.Kind.ASK or row.board is None or row.going:
        raise Http404
    return row.board


def _sheet_of(row: Run) -> Interview:
    about = read_question(row.question)
    found = [Question.model_validate_json(json.dumps(q)) for q in json.loads(row.told)["answer"]]
    return Interview(problem_on(about.workplace, about.board), jobs_of(about.board), found, lang())


def _shown(request: HttpRequest, row: Workplace, sheet: Interview, count: int) -> dict[str, Any]:
    told = [(t, [(sheet.say(f"head_{key}"), getattr(t, key)) for key in TOLD]) for t in sheet.questions()]
    more = count - len(sheet.found)
    return {
        "row": row,
        "step": "design",
        "sheet": sheet,
        "told": told,
        "more": more,
        "version": row.version,
        "may_fill": may(request.user, "change_workplace", row),
    }


def _of_board(request: HttpRequest, row: Board, run: Run | None) -> dict[str, Any]:
    """Return what a page says of a board: the last run, and whether the reader may ask again."""
    return {
        "row": row.workplace,
        "step": "design",
        "board": row,
        "run": run,
        "version": row.workplace_version,
        "allowed": may(request.user, "run_design", row),
    }


def _pdf(sheet: Interview) -> HttpResponse:
    with tempfile.TemporaryDirectory() as folder:
        _, pdf = write_pages(sheet.paper(), Path(folder, "ask"), localdate().isoformat())
        content = pdf.read_bytes()
    named = f'inline; filename="{sheet.problem.workplace.id}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": named})
