"""A wall of cards, written down in lines, laid on a board in one step."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from klaver.design.board.table import SteppedOnError
from klaver.design.board.wall import Words, read_wall
from klaver.language import LANGUAGES, tell
from klaver.values import Fault, Faults
from klaver.web.accounts.permissions import needs
from klaver.web.design import find
from klaver.web.design.shown import told_step
from klaver.web.frame.reader import lang
from klaver.web.store import boards
from klaver.web.store.models import Board


@needs("change_board", find.board)
def wall(request: HttpRequest, row: Board) -> HttpResponse:
    """Read in a wall; when a line is wrong nothing moves, and what was typed stays."""
    lines, wrong = request.POST.get("lines", ""), None
    if request.method == "POST":
        asked = boards.problem_of(row)
        try:
            command = read_wall(asked, row.read(), lines, _words())
            row, step = boards.act(row.pk, command, _seen(request), request.user)
        except Faults as told:
            wrong = told
        except SteppedOnError as stepped:
            cards = ", ".join(sorted({key if isinstance(key, str) else key[0] for key in stepped.keys}))
            wrong = Faults([Fault(code="web.board_changed_since", values={"cards": cards})])
        else:
            messages.success(request, told_step(asked, row.read(), step, lang()))
            return redirect("board", row.pk)
        row.refresh_from_db()
    shown = {"board": row, "row": row.workplace, "step": "design", "lines": lines, "wrong": wrong, "page": True}
    return render(request, "design/wall.html", shown, status=400 if wrong else 200)


def _seen(request: HttpRequest) -> int:
    given = request.POST.get("seen", "")
    return int(given) if given.isdecimal() else 0


def _words() -> Words:
    """Return the words of the reader's language, letters included, and the whole words of the others."""

    def said(code: str) -> frozenset[str]:
        mine = _split(tell(f"agree.wall_words_{code}", lang()))
        return mine | {w for other in LANGUAGES for w in _split(tell(f"agree.wall_words_{code}", other)) if len(w) > 1}

    return Words(stays=said("stays"), together=said("together"), job=said("job"))


def _split(words: str) -> frozenset[str]:
    return frozenset(w.strip() for w in words.split(","))
