"""Wishes, the runs that answer them, and the alternatives that come of it."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from klaver.design.problem import Problem
from klaver.design.records import Design as Document
from klaver.design.solve.effort import ROUNDS
from klaver.documents.alternative import alternative as told_alternative
from klaver.documents.colleagues import colleagues
from klaver.documents.decision import decision
from klaver.documents.report import report as paper
from klaver.documents.sketch import banner
from klaver.documents.voice import Voice
from klaver.documents.writing import write_pages
from klaver.language import tell
from klaver.web.accounts.permissions import may, needs
from klaver.web.design import find
from klaver.web.design.forms import WishesForm
from klaver.web.frame.reader import lang
from klaver.web.runs import queue
from klaver.web.runs.about_board import read_question
from klaver.web.runs.question import Question
from klaver.web.store.boards import question, ready
from klaver.web.store.models import Design, Run, Workplace

HTMX_STOP = 286
"""The answer on which a page stops asking again."""

OUTCOMES = {Run.Kind.COMPLETE: "offer", Run.Kind.WHY: "explained", Run.Kind.ASK: "asked"}
"""Where what came of a run is shown, when it asked something about a board."""


@needs("see_design", find.workplace)
def wishes(request: HttpRequest, row: Workplace) -> HttpResponse:
    """Ask what the new jobs should be, and show what was asked before."""
    asked = ready(row)
    allowed = may(request.user, "run_design", row)
    low, high = asked.week
    usual = {"jobs": asked.jobs, "week_min": low / 60, "week_max": high / 60}
    form = WishesForm(request.POST or None, initial=usual)
    if request.method == "POST" and allowed and form.is_valid():
        place = asked.workplace.model_copy(update={"wishes": form.wishes(asked.wishes)})
        run = queue.ask(row, Question(workplace=place, on=localdate().isoformat(), rounds=ROUNDS), request.user)
        return redirect("run", run.pk)
    shown = {
        "row": row,
        "form": form,
        "allowed": allowed,
        "runs": row.runs.filter(kind=Run.Kind.SEARCH),
        "boards": row.boards.all(),
        "may_move": len(asked.classes),
        "step": "design",
    }
    return render(request, "design/wishes.html", shown)


@require_GET
@needs("see_design", find.run)
def run(request: HttpRequest, row: Run) -> HttpResponse:
    """Show how far a run is, and when it has ended what came of it."""
    shown = {
        "run": row,
        "row": row.workplace,
        "step": "design",
        "told": _told(row),
        "title": tell("web.run_title" if row.kind == Run.Kind.SEARCH else f"table.run_{row.kind}", lang()),
        "allowed": may(request.user, "run_design", row),
    }
    if not row.going and row.kind in OUTCOMES and not request.htmx:
        return redirect(OUTCOMES[row.kind], row.pk)
    if request.htmx and row.going:
        return render(request, "design/_progress.html", shown)
    if request.htmx:
        answer = HttpResponse(status=HTMX_STOP)
        answer["HX-Refresh"] = "true"
        return answer
    if not row.going and row.designs.exists():
        asked, found = answers(row)
        voice = Voice(asked, lang())
        shown |= {
            "blocks": decision(voice, found)[:-1],
            "designs": list(row.designs.all()),
            "banner": banner(asked, [d.jobs for d in found], lang()),
        }
    return render(request, "design/run.html", shown)


def answers(row: Run) -> tuple[Problem, list[Document]]:
    """Return the question of a run and its designs."""
    found = [d.read() for d in row.designs.all()]
    is_search = row.kind == Run.Kind.SEARCH
    asked = Question.model_validate_json(row.question) if is_search else read_question(row.question)
    first = found[0]
    loose = first.receipt.confirmed_only if first.receipt else False
    return question(asked.workplace.to_json(), first.wishes, first.parameters, loose), found


def _told(row: Run) -> dict[str, Any]:
    """Return in words what a run told last."""
    told = json.loads(row.told)
    if "aim" in told:
        told["words"] = _words(told)
    told["why"] = told.get("why", {}).get(lang(), [])
    return told


def _words(told: dict[str, Any]) -> str:
    aim, counted = told["aim"], {"round": told["round"], "rounds": told["rounds"]}
    if aim == "clash":
        return tell("web.run_clash", lang())
    if aim in OUTCOMES:
        return tell(f"table.doing_{aim}", lang(), **counted)
    return tell("cli.round", lang(), name=tell(f"cli.objective_{aim}", lang()), **counted)


@require_POST
@needs("run_design", find.run)
def stop(request: HttpRequest, row: Run) -> HttpResponse:
    """Ask a run to stop; what it has found is kept."""
    queue.stop(row)
    return redirect("run", row.pk)


@require_GET
@needs("see_design", find.run)
def report(request: HttpRequest, row: Run) -> HttpResponse:
    """Send the advice report of all alternatives as PDF."""
    if not row.designs.exists():
        raise Http404
    asked, found = answers(row)
    with tempfile.TemporaryDirectory() as folder:
        _, pdf = write_pages(paper(asked, found, lang()), Path(folder, "report"), localdate().isoformat())
        content = pdf.read_bytes()
    named = f'inline; filename="{asked.workplace.id}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": named})


@require_GET
@needs("see_design", find.design)
def alternative(request: HttpRequest, row: Design) -> HttpResponse:
    """Show one alternative: its jobs, for whom they are open, and what they do to the colleagues."""
    asked, _ = answers(row.run)
    found = row.read()
    voice = Voice(asked, lang())
    head, *told = told_alternative(voice, row.number, found)
    blocks, title = [*told, *colleagues(voice, [found])], head.text
    shown = {
        "design": row,
        "row": row.workplace,
        "step": "design",
        "blocks": blocks,
        "title": title,
        "banner": banner(asked, [found.jobs], lang()),
        "allowed": may(request.user, "change_board", row),
    }
    return render(request, "design/alternative.html", shown)
