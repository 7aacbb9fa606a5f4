"""What every form that changes a workplace has: how one knows it, the mistakes at their fields, and what others did."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import localdate

from klaver.language import tell
from klaver.values import Fault, Faults, Source, SourceKind
from klaver.web.analyse.clashes import clash_rows
from klaver.web.analyse.fields import fault_words, typed
from klaver.web.frame.forms import Worded
from klaver.web.frame.reader import lang
from klaver.web.store.models import Workplace as Row
from klaver.web.store.workplaces import ClashedError, at_version, change
from klaver.work.records import Workplace
from klaver.work.workbook.typed import made_of, read_cells

LONGEST_NUMBER = 10
"""Digits from which no number is that of a version."""

HOW = "how"
"""What a session remembers of the origin that was named last, so that nobody says it again at every task."""


class EditForm(Worded):
    """A form about a workplace; ``place`` is what becomes of it once the form is valid."""

    words = "analyse.form"
    sourced = False
    how = Source(kind=SourceKind.TOLD)
    place: Workplace

    def __init__(self, base: Workplace, data: QueryDict | None = None, how: dict[str, str] | None = None) -> None:
        super().__init__(data, use_required_attribute=False)
        self.base, self.lang = base, lang()
        if self.sourced:
            self.fields |= self._how()
            self.initial |= {f"how_{k}": v for k, v in (how or {"kind": SourceKind.TOLD.value}).items()}
            self.initial["how_date"] = localdate().isoformat()

    def _how(self) -> dict[str, forms.Field]:
        kinds = [(kind.value, tell(f"source.{kind.value}", self.lang)) for kind in SourceKind]
        made: dict[str, forms.Field] = {
            "how_kind": forms.ChoiceField(choices=kinds, widget=forms.RadioSelect),
            "how_date": forms.CharField(required=False, widget=forms.DateInput(attrs={"type": "date"})),
            "how_by": forms.CharField(required=False, max_length=200),
            "how_note": forms.CharField(required=False, max_length=400),
        }
        for name, field in made.items():
            field.label = tell(f"analyse.{name}", self.lang)
        made["how_by"].help_text = tell("analyse.how_by_help", self.lang)
        return made

    def _source(self) -> Source:
        given = {f"source_{k}": str(self.cleaned_data.get(f"how_{k}") or "") for k in ("kind", "date", "by", "note")}
        row, wrong = read_cells("tasks", given, self.lang)
        data = {name.removeprefix("source_"): value for name, value in row.items() if value is not None}
        return made_of(Source, {"kind": SourceKind.TOLD, **data}, "tasks", row, wrong)

    def clean(self) -> dict[str, Any]:
        """Make the workplace; every mistake goes to its field."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            if self.sourced:
                self.how = self._source()
        except Faults as wrong:
            for fault in wrong.faults:
                self.add_error(f"how_{str(fault.column).removeprefix('source_')}", fault_words(fault, self.lang))
        try:
            self.place = self.made()
        except Faults as wrong:
            self.show(wrong)
        return data

    @abstractmethod
    def made(self) -> Workplace:
        """Return the workplace with what was asked.

        Raises
        ------
        Faults
            With every mistake; with none when they were put at their fields already.
        """

    def show(self, wrong: Faults) -> None:
        """Show every mistake at its field, and above the form what belongs to none."""
        for fault in wrong.faults:
            at = self.field_of(fault)
            self.add_error(at if at in self.fields else None, fault_words(fault, self.lang))

    def field_of(self, fault: Fault) -> str | None:
        """Return the field of this form in which a mistake was made."""
        return fault.column

    def rebased(self, fresh: EditForm) -> QueryDict:
        """Return what was sent, with the newest value wherever it only repeats what was seen; ``fresh`` holds them."""
        made = QueryDict(mutable=True)
        for name, field in fresh.fields.items():
            was = self.get_initial_for_field(field, name)
            given = field.widget.value_from_datadict(self.data, self.files, name)
            value = fresh.get_initial_for_field(field, name) if typed(given) == typed(was) else given
            if isinstance(field, forms.BooleanField):
                made.update({name: "on"} if value else {})
            elif isinstance(value, list):
                made.setlist(name, value)
            else:
                made[name] = typed(value)
        return made


Make = Callable[[Workplace, QueryDict | None], EditForm]


def edited(
    request: HttpRequest,
    row: Row,
    make: Make,
    page: str,
    then: Callable[[EditForm], str],
    more: Callable[[EditForm], dict[str, Any]] = lambda form: {},
) -> HttpResponse:
    """Show a form about a workplace, or save what it makes of it and go on to ``then``.

    Of mistakes nothing is saved. When somebody else changed the same values since, nothing is saved either: both are
    shown, and the form keeps what was typed so that it can be sent again.
    """
    seen, base = _seen(request, row)
    form = make(base, request.POST if request.method == "POST" else None)
    clash: dict[str, Any] = {}
    copying = request.POST.get("do") == "copy"
    if request.method == "POST" and not copying and form.is_valid():
        remember(request, form)
        try:
            changed = change(row, form.place, request.user, seen)
        except Faults as wrong:
            form.show(wrong)
        except ClashedError as told:
            theirs = at_version(row, told.latest)
            clash = {"first": told.first, "rows": clash_rows(told.clashes, told.mine, theirs, lang())}
            seen, form = told.latest, make(theirs, form.rebased(make(theirs, None)))
        else:
            said = "saved" if changed else "nothing_changed"
            messages.success(request, tell(f"analyse.{said}", lang()))
            return redirect(then(form))
    shown = {"row": row, "form": form, "seen": seen, "clash": clash, "step": "analyse", **more(form)}
    status = 409 if clash else 400 if form.errors and not copying else 200
    return render(request, page, shown, status=status)


def _seen(request: HttpRequest, row: Row) -> tuple[int, Workplace]:
    if request.method != "POST":
        return row.version, row.read()
    given = request.POST.get("seen", "")
    number = int(given) if given.isdecimal() and len(given) < LONGEST_NUMBER else 0
    if not row.versions.filter(number=number).exists():
        raise BadRequest
    return number, at_version(row, number)


def remember(request: HttpRequest, form: EditForm) -> None:
    """Keep the origin that was named, for the next page of this visit; that something is assumed is said each time."""
    if form.sourced and form.how.kind is not SourceKind.ASSUMED:
        request.session[HOW] = {"kind": form.how.kind.value, "by": form.how.by or ""}
