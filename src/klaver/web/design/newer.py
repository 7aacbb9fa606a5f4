"""A board whose workplace has a newer version: what bringing it there would change, and doing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from klaver.design.board.newer import Brought, Card
from klaver.documents.voice import Voice
from klaver.language import tell
from klaver.web.accounts.permissions import needs
from klaver.web.design import find
from klaver.web.frame.reader import lang
from klaver.web.store import boards
from klaver.web.store.models import Board


@needs("change_board", find.board)
def newer(request: HttpRequest, row: Board) -> HttpResponse:
    """Show what changes on the newest version of the workplace; when asked, make a board there beside this one."""
    if row.workplace_version >= row.workplace.version:
        messages.success(request, tell("table.newest", lang()))
        return redirect("board", row.pk)
    old, new, found = boards.brought_to_newest(row)
    if request.method == "POST":
        name = tell("table.newer_name", lang(), name=row.name, version=row.workplace.version)[:200]
        made = boards.copy(row, name, found.board, row.workplace.version)
        messages.success(request, tell("table.brought", lang(), name=row.name))
        return redirect("board", made.pk)
    parts = _parts(Voice(old, lang()), Voice(new, lang()), found)
    shown = {"board": row, "row": row.workplace, "step": "design", "parts": parts}
    return render(request, "design/newer.html", shown)


def _parts(old: Voice, new: Voice, found: Brought) -> list[tuple[str, list[str]]]:
    """Tell each kind of change with the tasks it is about; kinds without any are left out."""
    parts = [
        ("newer_gone", [_name(old, t) for t in found.gone]),
        ("newer_locked", _cards(new, found.locked)),
        ("newer_new", [_name(new, t) for t in found.new]),
        ("newer_waiting", _cards(new, found.waiting)),
    ]
    return [(tell(f"table.{code}", lang()), names) for code, names in parts if names]


def _cards(voice: Voice, cards: tuple[Card, ...]) -> list[str]:
    tasks = dict.fromkeys(task for task, _ in cards)
    return [f"{_name(voice, t)} ({voice.days([d for task, d in cards if task == t])})" for t in tasks]


def _name(voice: Voice, task: str) -> str:
    return f"{task} {voice.task(voice.problem.tasks[task])}"
