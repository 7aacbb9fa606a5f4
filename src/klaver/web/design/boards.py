"""Boards: cards that people move, and what each move does."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from klaver.design.board.table import SteppedOnError, by_hand
from klaver.documents.alternative import alternative
from klaver.documents.colleagues import colleagues
from klaver.documents.sketch import banner
from klaver.documents.voice import Voice
from klaver.language import tell, tell_fault
from klaver.values import Faults
from klaver.web.accounts.permissions import may, needs
from klaver.web.design import find
from klaver.web.design.commands import command_of
from klaver.web.design.shown import Shown, told_step
from klaver.web.design.views import answers
from klaver.web.frame.reader import lang
from klaver.web.store import boards
from klaver.web.store.agreements import told_counts
from klaver.web.store.models import Board, Design, Run, Workplace

ASKED = 5
"""Questions about a board to which the board leads back."""


@require_POST
@needs("change_board", find.workplace)
def make(request: HttpRequest, row: Workplace) -> HttpResponse:
    """Make a board: with an alternative on it, or empty."""
    found = _alternative(row, request.POST.get("design", ""))
    if found is None:
        asked, version, name = boards.ready(row), row.version, tell("web.board_empty", lang())
    else:
        asked, _ = answers(found.run)
        version, name = found.run.workplace_version, tell("web.board_of", lang(), number=found.number)
    made = boards.open_board(row, asked, found, version, name)
    return redirect("board", made.pk)


def _alternative(row: Workplace, given: str) -> Design | None:
    """Return the alternative that is asked; ``None`` when none is."""
    try:
        return row.designs.filter(pk=given).first() if given else None
    except ValidationError:  # no id at all
        raise Http404 from None


@require_GET
@needs("see_design", find.board)
def board(request: HttpRequest, row: Board) -> HttpResponse:
    """Show a board: the cards where they lie, and what that does."""
    return _page(request, row, "design/board.html")


@require_GET
@needs("see_design", find.board)
def plan(request: HttpRequest, row: Board) -> HttpResponse:
    """Show everything about the plan on a board, as the report tells it of an alternative."""
    asked, document = boards.problem_of(row), row.read()
    jobs = tuple(job for job in document.jobs if job.shifts)
    if not jobs:
        return redirect("board", row.pk)
    voice, found = Voice(asked, lang()), by_hand(asked, jobs, document.floors)
    blocks = [*alternative(voice, 1, found)[1:], *colleagues(voice, [found])]
    shown = {
        "board": row,
        "row": row.workplace,
        "step": "design",
        "blocks": blocks,
        "title": row.name,
        "banner": banner(asked, [jobs], lang()),
    }
    return render(request, "design/alternative.html", shown)


@require_POST
@needs("change_board", find.board)
def act(request: HttpRequest, row: Board) -> HttpResponse:
    """Do a command and show the board as it is then; what cannot be is said, and the board stays as it was."""
    said, bad = "", ""
    try:
        command, seen = command_of(request.POST)
        row, step = boards.act(row.pk, command, seen, request.user)
        said = told_step(boards.problem_of(row), row.read(), step, lang())
    except Faults as wrong:
        bad = " ".join(tell_fault(f, lang()) for f in wrong.faults)
    except SteppedOnError as wrong:
        bad = tell("web.board_changed_since", lang(), cards=", ".join(_card(k) for k in wrong.keys))
    if request.htmx:
        return _page(request, row, "design/_board.html", said, bad)
    (messages.error if bad else messages.success)(request, bad or said)
    return redirect("board", row.pk)


def _card(key: Any) -> str:
    return key if isinstance(key, str) else str(key[0])


def _page(request: HttpRequest, row: Board, template: str, said: str = "", bad: str = "") -> HttpResponse:
    row = Board.objects.select_related("workplace").get(pk=row.pk)
    shown = Shown(boards.problem_of(row), row.read(), lang())
    undo, redo = boards.undo_and_redo(boards.steps_of(row))
    return render(
        request,
        template,
        {
            "board": row,
            "row": row.workplace,
            "step": "design",
            "shown": shown,
            "undo": undo,
            "redo": redo,
            "said": said,
            "bad": bad,
            "allowed": may(request.user, "change_board", row),
            "agreed": told_counts(row, lang()),
            "may_ask": may(request.user, "run_design", row),
            "asked": row.runs.exclude(kind=Run.Kind.ASK)[:ASKED],
            "older": row.workplace_version < row.workplace.version,
        },
    )
