"""The papers for the meeting about a board."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from klaver.documents.blocks import Paper
from klaver.documents.html import to_html
from klaver.documents.meeting import papers as meeting
from klaver.documents.pdf import to_pdf
from klaver.documents.writing import write_tables
from klaver.web.accounts.permissions import needs
from klaver.web.design import find
from klaver.web.frame.reader import lang
from klaver.web.store import agreements
from klaver.web.store.models import Board

FORMS = {
    "pdf": ("application/pdf", "inline"),
    "html": ("text/html; charset=utf-8", "attachment"),  # it carries its own style, which a page here may not
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "attachment"),
}
"""How each form of a paper is sent; only the consultation file has tables that are worth a workbook."""


@require_GET
@needs("see_design", find.board)
def papers(request: HttpRequest, row: Board) -> HttpResponse:
    """Show every paper that there is about a board."""
    found = [
        {"name": name, "title": title, "forms": [f for f in FORMS if f != "xlsx" or name == "consultation"]}
        for name, (title, _) in meeting(agreements.of(row, lang())).items()
    ]
    return render(
        request, "design/papers.html", {"board": row, "row": row.workplace, "step": "design", "papers": found}
    )


@require_GET
@needs("see_design", find.board)
def paper(request: HttpRequest, row: Board, name: str, form: str) -> HttpResponse:
    """Send one paper."""
    _, make = meeting(agreements.of(row, lang())).get(name, ("", None))
    if make is None or form not in FORMS:
        raise Http404
    kind, shown = FORMS[form]
    named = f'{shown}; filename="{name}.{form}"'
    return HttpResponse(_made(make(), form), content_type=kind, headers={"Content-Disposition": named})


def _made(given: Paper, form: str) -> Any:
    day = localdate().isoformat()
    if form == "pdf":
        return to_pdf(given, day)
    if form == "html":
        return to_html(given)
    with tempfile.TemporaryDirectory() as folder:
        return write_tables(given, Path(folder, "paper"), day).read_bytes()
