"""Agreements about a board: who agreed to what, what changed since, and where somebody objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from klaver.design.agreements.compare import GateState, Held
from klaver.design.agreements.records import Terms
from klaver.documents.agreed import Agreed
from klaver.language import tell
from klaver.values import Faults
from klaver.web.accounts.permissions import may, needs
from klaver.web.design import find
from klaver.web.design.agreement_forms import FIELDS, TermsForm, part_of, say_forms
from klaver.web.frame.reader import lang
from klaver.web.store import agreements as store
from klaver.web.store.models import Board


@require_GET
@needs("see_design", find.board)
def agreements(request: HttpRequest, row: Board) -> HttpResponse:
    """Show every decision point as it is now."""
    return _page(request, row)


@require_GET
@needs("see_design", find.board)
def document(request: HttpRequest, row: Board) -> HttpResponse:
    """Send the agreements as the document that a file holds."""
    sent = HttpResponse(store.document_of(row).to_json(), content_type="application/json")
    sent["Content-Disposition"] = 'attachment; filename="agreements.json"'
    return sent


@require_POST
@needs("object", find.board)
def say(request: HttpRequest, row: Board) -> HttpResponse:
    """Note what somebody said; of a mistake nothing is noted, and what was typed stays in the form."""
    agreed = store.of(row, lang())
    forms = say_forms(agreed, may(request.user, "record_agreement", row), own=True, sent=request.POST)
    form = next((f for f in forms.values() if f is not None and f.is_bound), None)
    if form is None:
        return _unreadable(request, row)
    if not form.is_valid():
        return _page(request, row, sent=request.POST)
    try:
        statement = form.statement()
        store.add(row.pk, statement, _seen(request), request.user)
    except ValueError:
        return _unreadable(request, row)
    except Faults as wrong:
        return _page(request, row, wrong=_named(agreed, wrong), sent=request.POST)
    answer = agreed.say(f"answer_{statement.answer}")
    messages.success(request, agreed.say("saved", who=agreed.who(statement), answer=answer))
    return redirect("agreements", row.pk)


@require_POST
@needs("record_agreement", find.board)
def terms(request: HttpRequest, row: Board) -> HttpResponse:
    """Keep what a house fills in about a job."""
    agreed = store.of(row, lang())
    job = next((j.id for j in agreed.jobs if j.id == request.POST.get("job")), None)
    if job is None:
        return _unreadable(request, row)
    form = TermsForm(agreed, job, request.POST)
    if not form.is_valid():
        return _page(request, row, sent=request.POST)
    try:
        store.add(row.pk, form.terms(), _seen(request), request.user)
    except Faults as wrong:
        return _page(request, row, wrong=_theirs(agreed, job, wrong), sent=request.POST)
    messages.success(request, agreed.say("terms_saved", job=form.name))
    return redirect("agreements", row.pk)


@require_POST
@needs("record_agreement", find.board)
def take_over(request: HttpRequest, row: Board) -> HttpResponse:
    """Copy the agreements of another board of the workplace to a board that has none."""
    chosen = next((b for b in store.lendable(row) if str(b.pk) == request.POST.get("board")), None)
    if chosen is None or not store.take_over(row.pk, chosen, request.user):
        return _unreadable(request, row)
    messages.success(request, tell("agree.taken_over", lang(), board=chosen.name))
    return redirect("agreements", row.pk)


def _seen(request: HttpRequest) -> int:
    """Return how many entries were seen; of what cannot be read, none."""
    given = request.POST.get("seen", "")
    return int(given) if given.isdecimal() else 0


def _unreadable(request: HttpRequest, row: Board) -> HttpResponse:
    messages.error(request, tell("agree.unreadable", lang()))
    return redirect("agreements", row.pk)


def _named(agreed: Agreed, wrong: Faults) -> Faults:
    """Return the mistakes with parts called by their names."""
    return Faults(
        f.model_copy(update={"values": {k: agreed.part(part_of(str(v))) for k, v in f.values.items()}})
        for f in wrong.faults
    )


def _theirs(agreed: Agreed, job: str, wrong: Faults) -> Faults:
    """Return the mistakes with what another filled in about the job."""
    known = agreed.agreements.terms()[job]
    theirs = "; ".join(_filled(agreed, known)) or agreed.say("no_value")
    return Faults(f.model_copy(update={"values": {"theirs": theirs}}) for f in wrong.faults)


def _filled(agreed: Agreed, known: Terms) -> Iterable[str]:
    for field in FIELDS:
        if getattr(known, field):
            yield agreed.say("fact", what=agreed.say(f"what_{field}"), value=getattr(known, field))


def _page(
    request: HttpRequest, row: Board, wrong: Faults | None = None, sent: Mapping[str, Any] | None = None
) -> HttpResponse:
    row = get_object_or_404(Board.objects.select_related("workplace"), pk=row.pk)
    agreed = store.of(row, lang())
    every, own = may(request.user, "record_agreement", row), may(request.user, "object", row)
    forms = say_forms(agreed, every, own, sent)
    gates = [{**_told(agreed, p), "form": forms[p.gate]} for p in agreed.gates]
    jobs = [job.id for job in agreed.working] if every else []
    shown = {
        "board": row,
        "row": row.workplace,
        "step": "design",
        "gates": gates,
        "counts": agreed.counts(),
        "seen": len(agreed.agreements.entries),
        "terms": [TermsForm(agreed, j, sent if sent is not None and sent.get("job") == j else None) for j in jobs],
        "others": store.lendable(row) if every else [],
        "wrong": wrong,
    }
    return render(request, "design/agreements.html", shown, status=200 if sent is None else 400)


def _told(agreed: Agreed, gate: GateState) -> dict[str, Any]:
    """Return a decision point in words."""

    def changed(one: Held) -> list[tuple[str, list[str]]]:
        return [(agreed.part(c.part), agreed.changes(c)) for c in one.changed]

    return {
        "state": gate,
        "name": agreed.say(f"gate_{gate.gate.value}"),
        "told": agreed.say(f"state_{gate.state}"),
        "about": agreed.say(f"about_{gate.gate.value}"),
        "held": [(one, agreed.held(one), changed(one)) for one in gate.held],
        "open": agreed.parts(part for part, state in gate.parts if state == "not_asked"),
    }
