"""Two boards or possibilities of one workplace side by side, and a board kept under a name of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from klaver.design.compare import Plan, differences
from klaver.documents.comparison import Comparison
from klaver.documents.sketch import banner
from klaver.documents.voice import Voice
from klaver.language import tell
from klaver.web.accounts.permissions import needs
from klaver.web.design import find
from klaver.web.design.views import answers
from klaver.web.frame.forms import Worded
from klaver.web.frame.reader import lang
from klaver.web.store import boards
from klaver.web.store.models import Board, Design, Run, Workplace


@dataclass(frozen=True)
class Choice:
    """A board or a possibility that can be laid beside another: how a form sends it, its name, and where it stands."""

    key: str
    name: str
    address: str
    row: Board | Design

    def plan(self) -> Plan:
        """Return its question and its jobs."""
        if isinstance(self.row, Board):
            return Plan(boards.problem_of(self.row), self.row.read().jobs)
        return Plan(answers(self.row.run)[0], self.row.read().jobs)


def choices(row: Workplace) -> list[Choice]:
    """Return everything of a workplace that can be compared: its boards, then its possibilities by search."""
    found = [Choice(f"b-{b.pk}", b.name, "board", b) for b in row.boards.select_related("workplace")]
    designs = row.designs.filter(run__kind=Run.Kind.SEARCH).select_related("run").order_by("-run__created", "number")
    for one in designs:
        name = tell("table.possibility", lang(), number=one.number, date=f"{one.run.created:%d-%m-%Y %H:%M}")
        found.append(Choice(f"d-{one.pk}", name, "alternative", one))
    return found


class PairForm(Worded):
    """Which two are compared."""

    one = forms.ChoiceField()
    other = forms.ChoiceField()

    words = "table.pair"

    def __init__(self, found: list[Choice], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("one", "other"):
            self.fields[name].choices = [(c.key, c.name) for c in found]

    def clean(self) -> None:
        """Refuse to compare a thing with itself."""
        if self.cleaned_data.get("one") and self.cleaned_data["one"] == self.cleaned_data.get("other"):
            self.add_error("other", self.say("same"))


@require_GET
@needs("see_design", find.workplace)
def compare(request: HttpRequest, row: Workplace) -> HttpResponse:
    """Lay two plans of a workplace side by side in words."""
    found = choices(row)
    asked = {"one": request.GET.get("one"), "other": request.GET.get("other")}
    form = PairForm(found, asked if asked["other"] else None, initial=asked)
    shown: dict[str, Any] = {"row": row, "step": "design", "form": form, "enough": len(found) > 1}
    if form.is_valid():
        by_key = {c.key: c for c in found}
        pair = by_key[form.cleaned_data["one"]], by_key[form.cleaned_data["other"]]
        shown |= {"pair": pair} | _beside(*pair)
    return render(request, "design/compare.html", shown)


def _beside(one: Choice, other: Choice) -> dict[str, Any]:
    mine, theirs = one.plan(), other.plan()
    voices = Voice(mine.problem, lang()), Voice(theirs.problem, lang())
    told = Comparison(voices, (one.name, other.name), differences(mine, theirs))
    marks = [banner(p.problem, [p.jobs], lang()) for p in (mine, theirs) if any(j.shifts for j in p.jobs)]
    return {
        "blocks": told.blocks(),
        "banner": " ".join(dict.fromkeys(filter(None, marks))),
        "versions": mine.problem.workplace.fingerprint() != theirs.problem.workplace.fingerprint(),
    }


class NameForm(Worded):
    """The name under which a board is kept."""

    name = forms.CharField(max_length=200)

    words = "table.keep"


@needs("change_board", find.board)
def keep(request: HttpRequest, row: Board) -> HttpResponse:
    """Keep a board as it is now under a name of its own; the board itself goes on."""
    form = NameForm(request.POST or None, initial={"name": tell("table.kept_name", lang(), name=row.name)[:200]})
    if request.method == "POST" and form.is_valid():
        made = boards.copy(row, form.cleaned_data["name"])
        messages.success(request, tell("table.kept", lang(), name=made.name))
        return redirect("board", made.pk)
    return render(request, "design/keep.html", {"board": row, "row": row.workplace, "step": "design", "form": form})
