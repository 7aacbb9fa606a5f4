"""Two people changed one workplace at the same time: what one of them touched alone is kept, the rest is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from klaver.values import Record
from klaver.work.records import Workplace

_GONE = object()
"""Stands for something that is not there."""


class Clash(Record):
    """A value that both changed, each in another way: the list it stands in, its id there, and the field."""

    sheet: str
    ident: str = ""
    field: str = ""


def merge(before: Workplace, mine: Workplace, theirs: Workplace) -> tuple[Workplace, tuple[Clash, ...]]:
    """Return ``theirs`` with what ``mine`` changed since ``before``, and every value that both changed.

    A record with an id is compared field by field, a table key by key; anything else is one value. Where both changed
    a value, mine stands in the result.
    """
    found: list[tuple[str, ...]] = []
    made = _value((), (before, mine, theirs), found)
    clashes = (Clash(sheet=path[0], ident="".join(path[1:2]), field=".".join(path[2:])) for path in found)
    return made, tuple(clashes)


def _value(path: tuple[str, ...], sides: tuple[Any, Any, Any], found: list[tuple[str, ...]]) -> Any:
    before, mine, theirs = sides
    if mine == theirs or theirs == before:
        return mine
    if mine == before:
        return theirs
    if all(map(_has_id, sides)):
        return mine.model_copy(update=_table(path, *(_fields(side) for side in sides), found=found))
    if all(isinstance(side, Mapping) for side in sides):
        return _table(path, before, mine, theirs, found=found)
    if all(isinstance(side, tuple) and all(map(_has_id, side)) for side in sides):
        by_id = ({record.id: record for record in side} for side in sides)
        return tuple(_table(path, *by_id, found=found).values())
    found.append(path)
    return mine


def _table(path: tuple[str, ...], *sides: Mapping[Any, Any], found: list[tuple[str, ...]]) -> dict[Any, Any]:
    """Merge key by key, in their order and then mine; a key that went on one side and changed on the other clashes."""
    before, mine, theirs = sides
    made = {}
    for key in dict.fromkeys((*theirs, *mine)):
        three = (before.get(key, _GONE), mine.get(key, _GONE), theirs.get(key, _GONE))
        made[key] = _value((*path, str(key)), three, found)
    return {key: value for key, value in made.items() if value is not _GONE}


def _fields(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in type(record).model_fields}


def _has_id(value: Any) -> bool:
    return isinstance(value, Record) and "id" in type(value).model_fields
