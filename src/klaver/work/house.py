"""Roles, places, pay scales and units of a workplace as lists that are typed: changed, added to, and taken from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from klaver.language import Language
from klaver.values import Fault, Faults
from klaver.work.editing import code_for
from klaver.work.records import PayScale, Place, Role, Unit, Walk, Workplace
from klaver.work.rows import Row, place_data, present
from klaver.work.workbook.typed import made_of, read_cells

Listed = Literal["roles", "places", "pay_scales", "units"]

MODELS: dict[Listed, type[Role] | type[Place] | type[PayScale] | type[Unit]] = {
    "roles": Role,
    "places": Place,
    "pay_scales": PayScale,
    "units": Unit,
}
"""The lists whose records have a code and a name, each with its record."""


def cells(key: Listed, record: Any) -> Row:
    """Return the values of a record by the field of their column."""
    levels = {f"demand_{n}": level for n, level in getattr(record, "demands", {}).items()}
    return {**{k: v for k, v in dict(record).items() if k != "demands"}, **levels}


def with_list(place: Workplace, key: Listed, given: Sequence[Mapping[str, str]], lang: Language) -> Workplace:
    """Return the workplace with a list as it was typed; a record without a code is new and gets one from its name.

    Raises
    ------
    Faults
        With every mistake at its row (from 1) and field.
    """
    shape: Callable[[Row], Row] = place_data if key == "places" else _present
    taken = [r["id"] for r in given if r.get("id")]
    made, wrong = list[Any](), list[Fault]()
    for number, texts in enumerate(given, 1):
        code = texts.get("id") or code_for(texts.get("label", ""), taken)
        taken.append(code)
        row, bad = read_cells(key, {**texts, "id": code}, lang)
        try:
            made.append(made_of(MODELS[key], shape(row), key, row, bad))
        except Faults as told:
            wrong += [f.model_copy(update={"row": number}) for f in told.faults]
    if wrong:
        raise Faults(wrong)
    return place.model_copy(update={key: tuple(made)})


def with_walks(place: Workplace, minutes: Mapping[tuple[str, str], int | None]) -> Workplace:
    """Return the workplace with the minutes between pairs of its places; a way without minutes is not known."""
    known = {p.id for p in place.places}
    asked = {frozenset(pair): m for pair, m in minutes.items()}
    kept = [
        w if asked.get(frozenset((w.start, w.end)), w.minutes) == w.minutes else _walk(w, asked)
        for w in place.walks
        if {w.start, w.end} <= known
    ]
    there = {frozenset((w.start, w.end)) for w in place.walks}
    new = [
        Walk(start=a, end=b, minutes=m)
        for (a, b), m in minutes.items()
        if m is not None and frozenset((a, b)) not in there and {a, b} <= known
    ]
    return place.model_copy(update={"walks": (*(w for w in kept if w is not None), *new)})


def _walk(walk: Walk, asked: Mapping[frozenset[str], int | None]) -> Walk | None:
    minutes = asked[frozenset((walk.start, walk.end))]
    return None if minutes is None else walk.model_copy(update={"minutes": minutes})


def _present(row: Row) -> Row:
    return present(row, *row)
