"""What tasks rest on, each on its own page: roles, places and the walks between them, pay scales and units."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from klaver.web.accounts.permissions import needs
from klaver.web.analyse.editing import EditForm, edited
from klaver.web.analyse.house_forms import ListsForm
from klaver.web.frame.reader import lang
from klaver.web.store.models import Workplace as Row
from klaver.web.store.workplaces import find
from klaver.work.house import Listed
from klaver.work.records import Workplace
from klaver.work.workbook.layout import sheet


@needs("change_workplace", find)
def roles(request: HttpRequest, row: Row) -> HttpResponse:
    """Change the roles of the sitting staff."""
    return _lists(request, row, "roles", ("roles",))


@needs("change_workplace", find)
def places(request: HttpRequest, row: Row) -> HttpResponse:
    """Change the places, what each asks of a person, and the walks between them."""
    return _lists(request, row, "places", ("places",))


@needs("change_workplace", find)
def house(request: HttpRequest, row: Row) -> HttpResponse:
    """Change the workplace itself: its name, its week, what it counts in and its pay scales."""
    return _lists(request, row, "house", ("units", "pay_scales"))


def _lists(request: HttpRequest, row: Row, page: str, keys: tuple[Listed, ...]) -> HttpResponse:
    def make(base: Workplace, data: QueryDict | None) -> EditForm:
        return ListsForm(keys, base, data)

    def more(form: EditForm) -> dict[str, Any]:
        shown = cast(ListsForm, form)
        return {
            "page": page,
            "title": f"analyse.{page}_title",
            "body": f"analyse.{page}_body",
            "plain": [shown[name] for name in shown.plain],
            "lists": [(sheet(key).name(lang()), shown.entries(key)) for key in keys],
            "walks": [shown[f"walk_{a}:{b}"] for a, b in shown.pairs],
        }

    return edited(request, row, make, "analyse/lists.html", lambda _: reverse(page, args=[row.pk]), more)
