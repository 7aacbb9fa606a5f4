"""The tasks of a workplace in the browser: the list, one task, a walk through a pass, and many at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from klaver.documents.voice import Voice
from klaver.documents.wall import Wall, WallCard
from klaver.language import tell
from klaver.web.accounts.permissions import may, needs
from klaver.web.analyse.editing import HOW, EditForm, edited
from klaver.web.analyse.list_forms import LibraryForm, TimesForm, TogetherForm
from klaver.web.analyse.task_form import COPIED, TaskForm
from klaver.web.frame.reader import lang
from klaver.web.store.boards import ready
from klaver.web.store.models import Workplace as Row
from klaver.web.store.workplaces import at_version, find
from klaver.work.editing import goes_along, library, most_of, without_task
from klaver.work.elementary import elementary
from klaver.work.passes import PASSES, Pass, about, progress
from klaver.work.records import Task, Workplace
from klaver.work.workbook.layout import sheet


@dataclass(frozen=True)
class Judged:
    """A task with its card and what the elementary test says of it."""

    task: Task
    card: WallCard
    verdict: str
    reasons: list[str]
    overridden: bool


def judged(task: Task, card: WallCard) -> Judged:
    """Judge one task, with its reasons in words."""
    verdict = elementary(task)
    reasons = [tell(r.code, lang(), **r.values) for r in (*verdict.reasons, *verdict.marks)]
    return Judged(task, card, verdict.elementary, reasons, verdict.overridden)


def by_role(place: Workplace, tasks: Iterable[Task]) -> list[tuple[str, list[Task]]]:
    """Return tasks by the role that does most of each now, in the order of the roles; those of nobody last."""
    groups: dict[str | None, list[Task]] = {r.id: [] for r in place.roles} | {None: []}
    for task in tasks:
        role = most_of(place, task)
        groups[role.id if role else None].append(task)
    names = {r.id: r.label for r in place.roles}
    nobody = tell("analyse.no_role", lang())
    return [(names[r] if r else nobody, found) for r, found in groups.items() if found]


@require_GET
@needs("see_workplace", find)
def tasks(request: HttpRequest, row: Row) -> HttpResponse:
    """Show every task by the role that does it: what is known of it, what was asked, and what can be done with it."""
    voice = Voice(ready(row), lang())
    place = voice.problem.workplace
    cards = {card.code: card for card in Wall(voice, every=True).cards()}
    groups = [(name, [judged(t, cards[t.id]) for t in found]) for name, found in by_role(place, place.tasks)]
    passes = [(which, progress(place, which), _first(place, which)) for which in PASSES]
    change = may(request.user, "change_workplace", row)
    shown = {"row": row, "groups": groups, "passes": passes, "change": change, "step": "analyse"}
    return render(request, "analyse/tasks.html", {**shown, "more": change and bool(library(place, lang()))})


def _order(place: Workplace, which: Pass) -> list[str]:
    """Return the tasks of a pass in the order in which one walks through them."""
    return [t.id for _, found in by_role(place, about(place, which)) for t in found]


def _first(place: Workplace, which: Pass) -> str | None:
    """Return the first task of a pass of which something was not asked yet, else the first of all."""
    order = _order(place, which)
    left = [i for i in order if not progress(place.model_copy(update={"tasks": (place.task(i),)}), which).asked]
    return next(iter([*left, *order]), None)


def _next(place: Workplace, which: Pass, ident: str) -> str | None:
    order = _order(place, which)
    everything = [t.id for _, found in by_role(place, place.tasks) for t in found]
    after = everything[everything.index(ident) + 1 :] if ident in everything else []
    return next((i for i in after if i in order), None)


def _task(place: Workplace, ident: str) -> Task:
    try:
        return place.task(ident)
    except KeyError:
        raise Http404 from None


def _once(row: Row, code: str) -> Task:
    """Return a task that was removed, as it stood last."""
    for version in row.versions.order_by("-number"):
        found = [t for t in at_version(row, version.number).tasks if t.id == code]
        if found:
            return found[0]
    raise Http404


@needs("change_workplace", find)
def task(request: HttpRequest, row: Row, code: str) -> HttpResponse:
    """Change one task, all of it or what a pass asks; with *next* one walks on without going back to the list."""
    given = request.GET.get("pass", "")
    which = cast(Pass, given) if given in PASSES else None
    kept: dict[str, Task] = {}

    def make(base: Workplace, data: QueryDict | None) -> EditForm:
        # a task that another removed meanwhile keeps its form, and comes back when the form is sent again
        if any(t.id == code for t in base.tasks):
            kept[code] = base.task(code)
        elif code not in kept:
            kept[code] = _once(row, code) if data else _task(base, code)
        form = TaskForm(base, kept[code], which, data, request.session.get(HOW))
        if data and data.get("do") == "copy":
            other = _task(base, data.get("copy_from", code))
            made = form.copied(other, data.getlist("copy_part"), data)
            return TaskForm(base, kept[code], which, made, request.session.get(HOW))
        return form

    def then(form: EditForm) -> str:
        onward = _next(form.place, which, code) if which and request.POST.get("do") == "next" else None
        if onward:
            return f"{reverse('task', args=[row.pk, onward])}?pass={which}"
        return f"{reverse('tasks', args=[row.pk])}#task-{code}"

    def more(form: EditForm) -> dict[str, Any]:
        shown = cast(TaskForm, form)
        verdict = elementary(shown.task)
        reasons = [tell(r.code, lang(), **r.values) for r in (*verdict.reasons, *verdict.marks)]
        parts = [s for s in shown.sections() if s.key in COPIED]
        return {
            "task": shown.task,
            "name": shown.task.name_in(lang()),
            "sections": shown.sections(),
            "parts": parts,
            "others": [t for t in shown.base.tasks if t.id != code],
            "verdict": verdict.elementary,
            "reasons": reasons,
            "which": which,
            "progress": progress(form.base, which) if which else None,
            "skip": _next(form.base, which, code) if which else None,
        }

    return edited(request, row, make, "analyse/task.html", then, more)


@needs("change_workplace", find)
def new_task(request: HttpRequest, row: Row) -> HttpResponse:
    """Add a task."""

    def make(base: Workplace, data: QueryDict | None) -> EditForm:
        return TaskForm(base, None, None, data, request.session.get(HOW))

    def more(form: EditForm) -> dict[str, Any]:
        return {"sections": cast(TaskForm, form).sections(), "new": True}

    def then(form: EditForm) -> str:
        return f"{reverse('tasks', args=[row.pk])}#task-{cast(TaskForm, form).task.id}"

    return edited(request, row, make, "analyse/task.html", then, more)


@needs("change_workplace", find)
def remove_task(request: HttpRequest, row: Row, code: str) -> HttpResponse:
    """Remove a task after asking once; what names it goes with it, and older versions keep it."""
    found = _task(row.read(), code)

    class Removal(EditForm):
        def made(self) -> Workplace:
            return without_task(self.base, code)

    def make(base: Workplace, data: QueryDict | None) -> EditForm:
        return Removal(base, data)

    names = [sheet(key).name(lang()) for key in goes_along(row.read(), code)]
    shown = {"task": found, "name": found.name_in(lang()), "along": names}
    return edited(request, row, make, "analyse/remove.html", lambda _: reverse("tasks", args=[row.pk]), lambda _: shown)


@needs("change_workplace", find)
def times(request: HttpRequest, row: Row) -> HttpResponse:
    """Change minutes and days of all tasks on one page."""

    def make(base: Workplace, data: QueryDict | None) -> EditForm:
        return TimesForm(base, data, request.session.get(HOW))

    def more(form: EditForm) -> dict[str, Any]:
        lines = cast(TimesForm, form)
        return {
            "groups": [(name, [lines.line(t.id) for t in found]) for name, found in by_role(form.base, form.base.tasks)]
        }

    return edited(request, row, make, "analyse/times.html", lambda _: reverse("tasks", args=[row.pk]), more)


@needs("change_workplace", find)
def together(request: HttpRequest, row: Row) -> HttpResponse:
    """Give several tasks the same days, times, role, place or demand."""

    def make(base: Workplace, data: QueryDict | None) -> EditForm:
        return TogetherForm(base, data, request.session.get(HOW))

    def more(form: EditForm) -> dict[str, Any]:
        ticks = {t.data["value"]: t for t in form["picked"].subwidgets}
        found = by_role(form.base, form.base.tasks)
        days = [form[f"on_{d}"] for d in range(7)]
        return {"groups": [(name, [ticks[t.id] for t in some]) for name, some in found], "days": days}

    return edited(request, row, make, "analyse/together.html", lambda _: reverse("tasks", args=[row.pk]), more)


@needs("change_workplace", find)
def from_library(request: HttpRequest, row: Row) -> HttpResponse:
    """Tick tasks of the library in."""
    return edited(request, row, LibraryForm, "analyse/library.html", lambda _: reverse("tasks", args=[row.pk]))
