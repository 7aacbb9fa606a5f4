"""Workplaces: the list, a new one, and what is known of its tasks."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from klaver.language import tell
from klaver.values import Faults, SourceKind
from klaver.web.accounts.models import Organisation
from klaver.web.accounts.permissions import MAY, may, needs
from klaver.web.analyse.forms import UploadForm, read_upload, starters
from klaver.web.frame.reader import lang
from klaver.web.store.models import Workplace
from klaver.web.store.workplaces import ChangedSinceError, add, find, replace
from klaver.work.elementary import elementary
from klaver.work.workbook import write_workbook


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the workplaces of the reader, and how far each is on the road."""
    rows = list(Workplace.objects.visible_to(request.user).prefetch_related("designs", "boards"))
    return render(request, "analyse/home.html", {"rows": rows, "may_make": _where(request) is not None})


def _where(request: HttpRequest) -> Organisation | None:
    """Return the organisation in which the reader may make a workplace."""
    mine = [org for org, role in request.user.roles.items() if role in MAY["make_workplace"]]
    return Organisation.objects.filter(pk__in=mine).order_by("created").first()


def new(request: HttpRequest) -> HttpResponse:
    """Begin a workplace: from the library, or from a workbook; of mistakes nothing is saved, all are told."""
    where = _where(request)
    if where is None:
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else None
    begun, upload, wrong = starters(sent), UploadForm(), None
    for form in begun:
        if form.is_bound and form.is_valid():
            return redirect("workplace", add(where, form.workplace(), request.user).pk)
    if request.method == "POST" and request.POST.get("which") == "upload":
        upload = UploadForm(request.POST, request.FILES)
        if upload.is_valid():
            try:
                place = read_upload(upload.cleaned_data["file"])
            except Faults as told:
                wrong = told
            else:
                return redirect("workplace", add(where, place, request.user).pk)
    bad = wrong is not None or any(f.errors for f in [*begun, upload])
    return render(
        request, "analyse/new.html", {"starters": begun, "upload": upload, "wrong": wrong}, status=400 if bad else 200
    )


@needs("see_workplace", find)
def workplace(request: HttpRequest, row: Workplace) -> HttpResponse:
    """Show one workplace: what is known, what is not, and what to do next; a workbook may take its place."""
    change = may(request.user, "change_workplace", row)
    upload, wrong = UploadForm(), None
    if request.method == "POST":
        if not change:
            raise PermissionDenied
        upload = UploadForm(request.POST, request.FILES)
        if upload.is_valid():
            try:
                place = read_upload(upload.cleaned_data["file"])
                replace(row, place, request.user, _number(request.POST.get("seen")))
            except Faults as told:
                wrong = told
            except ChangedSinceError:
                messages.error(request, tell("web.workplace_changed", lang()))
            else:
                messages.success(request, tell("web.workplace_saved", lang()))
                return redirect("workplace", row.pk)
    place = row.read()
    verdicts = Counter(elementary(t).elementary for t in place.tasks)
    sources = Counter(t.source_of("minutes").kind for t in place.tasks)
    shown = {
        "row": row,
        "place": place,
        "verdicts": verdicts,
        "wrong": wrong,
        "upload": upload,
        "change": change,
        "assumed": sources[SourceKind.ASSUMED],
        "step": "analyse",
        "designs": row.designs.count(),
        "boards": row.boards.all(),
    }
    return render(request, "analyse/workplace.html", shown, status=400 if wrong or upload.errors else 200)


@require_GET
@needs("see_workplace", find)
def workbook(request: HttpRequest, row: Workplace) -> HttpResponse:
    """Send the workplace as a workbook that reads back to the same document."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "workplace.xlsx")
        write_workbook(row.read(), path, lang())
        content = path.read_bytes()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    named = f"{row.read().id}.xlsx"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{named}"'})


def _number(given: str | None) -> int:
    return int(given) if given and given.isdecimal() else 0
