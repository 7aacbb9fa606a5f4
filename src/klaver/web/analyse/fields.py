"""A form field for a column of the workbook: choices stand in words, and what was typed is read as a cell is."""

from __future__ import annotations

from typing import Any

from django import forms

from klaver.language import Language, tell
from klaver.language.tell import messages
from klaver.scale.dimensions import dimension
from klaver.scale.questions import question
from klaver.values import Fault
from klaver.work.records import Workplace
from klaver.work.workbook.layout import YES_NO, Column

LONG = {"note", "legal_basis", "demand_reason", "override_comment", "language_safety_reason"}
"""Columns in which somebody writes sentences."""

NAMED = {"place": "places", "instructs": "roles", "pay_scale": "pay_scales", "entry_scale": "pay_scales"}
"""Columns that name a record of the workplace, each with the list in which it stands."""

LISTED = {"choice:cefr", "choice:lang", "choice:cooperation"}
"""Choices that stand in a list that opens; the others all stand on the page."""

OWN_HELP = {"legal", "may_instruct"}
SAID_BY_CHOICES = {"harm", "kind", "employer"}
"""Columns whose help speaks of cells: told in other words here, or said by the choices themselves."""

HARMS = range(4)
INSTEAD = {"workbook.required", "workbook.half_window", "work.permit_unnamed", "work.unknown_family"}
"""Mistakes that a form tells in words of its own: there is no cell and no column."""


def field_for(column: Column, place: Workplace, lang: Language) -> forms.Field:
    """Return the field in which the values of a column are chosen or typed."""
    name, _, number = column.field.partition("_")
    level = int(number) if name == "demand" and number.isdecimal() else None
    label, helped = column.heading(lang), column.help_in(lang)
    choices = _choices(column, place, level, lang)
    if choices is None:
        keys = {"inputmode": "numeric"} if column.kind == "int" else {}
        widget = forms.Textarea(attrs={"rows": 3}) if column.field in LONG else forms.TextInput(attrs=keys)
        return forms.CharField(required=False, label=label, help_text=helped, widget=widget)
    if level is not None:
        label, helped = dimension(level).label[lang], question(level).question[lang]
    listed = column.kind == "id" or column.kind in LISTED
    widget_class = forms.Select if listed else forms.RadioSelect
    if column.field in OWN_HELP:
        helped = tell(f"analyse.{column.field}_help", lang)
    elif listed or column.field in SAID_BY_CHOICES:
        helped = ""
    return forms.ChoiceField(required=False, label=label, help_text=helped, choices=choices, widget=widget_class)


def _choices(column: Column, place: Workplace, level: int | None, lang: Language) -> list[tuple[str, str]] | None:
    """Return the choices of a column, first what is known and then that it is not; ``None`` where one types."""
    not_asked = ("", tell("analyse.not_asked", lang))
    if column.field in NAMED:
        return [not_asked, *((r.id, r.label) for r in getattr(place, NAMED[column.field]))]
    if column.field == "family":
        return families(place, lang)
    if column.field == "harm":
        return [*((str(n), tell(f"analyse.harm_{n}", lang)) for n in HARMS), not_asked]
    if level is not None:
        return [*((str(n), said) for n, said in enumerate(dimension(level).anchors[lang])), not_asked]
    if column.kind == "bool":
        yes, no = YES_NO[lang]
        known = [("true", yes), ("false", no)]
        return known if column.field == "may_instruct" else [*known, not_asked]
    if column.choices:
        known = [(str(code), column.word(code, lang)) for code in column.choices]
        if column.field in ("legal", "lang", "kind", "employer", "cooperation"):
            return known
        return [not_asked, *known] if column.kind in LISTED else [*known, not_asked]
    return None


def families(place: Workplace, lang: Language) -> list[tuple[str, str]]:
    """Return the kinds of work that this workplace and the library know, in words, in the order of the alphabet."""
    known = messages("family")
    codes = dict.fromkeys([*(t.family for t in place.tasks), *known])
    named = ((c, known[c][lang] if c in known else c.replace("_", " ").replace("-", " ")) for c in codes)
    return sorted(named, key=lambda pair: pair[1].casefold())


def fault_words(fault: Fault, lang: Language) -> str:
    """Tell a mistake beside its field."""
    code = f"analyse.{fault.code.partition('.')[2]}" if fault.code in INSTEAD else fault.code
    return tell(code, lang, **fault.values)


def typed(value: Any) -> str:
    """Return what a field holds as it would be typed."""
    return "" if value is None else str(value)
