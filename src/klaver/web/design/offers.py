"""Completing a board around its pinned cards: asked in the queue, offered in words, laid only when somebody says so."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from klaver.design.board.records import LayJobs
from klaver.design.board.table import SteppedOnError
from klaver.design.compare import Plan, differences
from klaver.documents.comparison import Comparison
from klaver.documents.sketch import banner
from klaver.documents.voice import Voice
from klaver.language import tell
from klaver.web.accounts.permissions import may, needs
from klaver.web.design import find
from klaver.web.frame.reader import lang
from klaver.web.runs import queue
from klaver.web.runs.about_board import ToComplete, read_question
from klaver.web.store import boards
from klaver.web.store.models import Board, Run
from klaver.web.store.workplaces import at_version


@require_POST
@needs("run_design", find.board)
def complete(request: HttpRequest, row: Board) -> HttpResponse:
    """Put in the queue: fill this board around its pinned cards."""
    place = at_version(row.workplace, row.workplace_version)
    question = ToComplete(workplace=place, board=row.read())
    return redirect("run", queue.ask_board(row, question, request.user).pk)


@require_GET
@needs("see_design", find.run)
def offer(request: HttpRequest, row: Run) -> HttpResponse:
    """Show what completing would change on the board as it was when it was asked, or why it cannot be."""
    board = _asked(row)
    shown = {
        "run": row,
        "board": board,
        "row": row.workplace,
        "step": "design",
        "why": json.loads(row.told).get("why", {}).get(lang(), []),
        "moved_since": board.version != row.board_version,
        "allowed": may(request.user, "change_board", board),
        "may_ask": may(request.user, "run_design", board),
    }
    found = row.designs.first()
    if found is not None:
        asked, problem = read_question(row.question), boards.problem_of(board)
        jobs, voice = found.read().jobs, Voice(problem, lang())
        plans = Plan(problem, asked.board.jobs), Plan(problem, jobs)
        names = tell("table.as_it_was", lang()), tell("table.completed", lang())
        changes = differences(*plans)
        shown["same"] = not changes.elsewhere
        shown["blocks"] = Comparison((voice, voice), names, changes).blocks()
        shown["banner"] = banner(problem, [jobs], lang())
    return render(request, "design/offer.html", shown)


@require_POST
@needs("change_board", find.run)
def lay(request: HttpRequest, row: Run) -> HttpResponse:
    """Lay what was offered on the board, in one step; refused when anything on the board changed since."""
    board, found = _asked(row), row.designs.first()
    if found is None:
        raise Http404
    try:
        boards.act(board.pk, LayJobs(why="complete", jobs=found.read().jobs), row.board_version, request.user)
    except SteppedOnError:
        messages.error(request, tell("table.lay_refused", lang()))
        return redirect("offer", row.pk)
    messages.success(request, tell("table.laid", lang()))
    return redirect("board", board.pk)


def _asked(row: Run) -> Board:
    """Return the board that a run was asked to complete."""
    if row.kind != Run.Kind.COMPLETE or row.board is None or row.going:
        raise Http404
    return row.board
