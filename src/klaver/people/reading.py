"""Profiles and aids: those shipped with Klaver, and a file of an organisation's own."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from klaver.people.records import Ability, Aid, LanguageHeld, Profile
from klaver.values import Fault, Faults


@cache
def aids() -> dict[str, Aid]:
    """Return the shipped aids by id."""
    text = (files("klaver.people") / "aids.toml").read_text(encoding="utf-8")
    found = (Aid.model_validate({**row, "raises": _numbers(row["raises"])}) for row in tomllib.loads(text)["aid"])
    return {a.id: a for a in found}


def _numbers(table: dict[str, int]) -> dict[int, int]:
    return {int(k): v for k, v in table.items()}


@cache
def profiles() -> tuple[Profile, ...]:
    """Return the eight target-group profiles, written as ranges with no person in them."""
    text = (files("klaver.people") / "profiles.toml").read_text(encoding="utf-8")
    return tuple(_profile(row) for row in tomllib.loads(text)["profile"])


def _profile(row: dict[str, object]) -> Profile:
    levels = row.pop("levels")
    assert isinstance(levels, dict)
    abilities = {int(n): Ability(low=a, likely=b, high=c) for n, (a, b, c) in levels.items()}
    return Profile.model_validate({**row, "abilities": abilities}, strict=False)


def for_design(found: Iterable[Profile], person: str | None) -> tuple[Profile, ...]:
    """Return whom a design may look at: the groups, and of the persons only the one it is made for.

    A design that is made for nobody in particular is read by a whole workplace; it says nothing of a person. Without
    groups of one's own, Klaver's eight stand in.
    """
    given = tuple(found)
    groups = [p for p in given if p.kind == "group"] or profiles()
    asked = [p for p in given if p.kind == "person" and p.id == person]
    return tuple({p.id: p for p in (*groups, *asked)}.values())


def read_people(path: Path) -> tuple[Profile, ...]:
    """Read one profile or a list of profiles from a JSON file.

    A mistake is told by its place and by what is expected there. What stands in the file is never repeated: it may
    be sensitive, and an error is read by others than the one who wrote the file.

    Raises
    ------
    Faults
        For every mistake, with its place in the document; nothing is loaded then.
    """
    rows = _rows(path)
    found: list[Profile] = []
    told: list[Fault] = []
    for number, row in enumerate(rows, 1):
        told += _twice_in(row, number)
        told += _unknown_aids(row, number)
        try:
            found.append(Profile.model_validate_json(json.dumps(row)))
        except ValidationError as wrong:
            told += [_fault(row, number, error["type"], error["loc"]) for error in wrong.errors(include_input=False)]
    told += _same_code(rows)
    if told:
        raise Faults([f.model_copy(update={"file": path.name}) for n, f in enumerate(told) if f not in told[:n]])
    return tuple(found)


class _Object(dict[str, object]):
    """A JSON object that remembers whether a field stood in it twice."""

    twice = False


def _object(pairs: list[tuple[str, object]]) -> _Object:
    made = _Object(pairs)
    made.twice = len(made) < len(pairs)
    return made


def _rows(path: Path) -> list[object]:
    try:
        data = json.loads(path.read_bytes().decode("utf-8-sig"), object_pairs_hook=_object)
    except OSError:
        raise Faults([Fault(code="people.no_file", file=str(path))]) from None
    except UnicodeDecodeError:
        raise Faults([Fault(code="people.not_utf8", file=path.name)]) from None
    except json.JSONDecodeError as wrong:
        raise Faults([Fault(code="people.not_json", values={"line": wrong.lineno}, file=path.name)]) from None
    except (ValueError, RecursionError):  # a number of thousands of digits, or thousands of brackets
        raise Faults([Fault(code="people.no_profile", file=path.name)]) from None
    rows = data if isinstance(data, list) else [data]
    if not rows or not isinstance(data, list | dict):
        raise Faults([Fault(code="people.no_profile", file=path.name)])
    return rows


_INNER = {*Ability.model_fields, *LanguageHeld.model_fields, "nl", "fr", "en"}
_PLAIN_NUMBERS = {str(n) for n in range(100)}


def _place(parts: Iterable[int | str]) -> str:
    """Return a place made of Klaver's own words and numbers; a word of the file itself becomes a question mark."""
    known = Profile.model_fields.keys() | _INNER | _PLAIN_NUMBERS
    shown = [f"({p + 1})" if isinstance(p, int) else p if p in known else "?" for p in parts if p != "[key]"]
    return " ".join(shown)


def _fault(row: object, number: int, kind: str, where: tuple[int | str, ...]) -> Fault:
    if kind == "extra_forbidden":
        *inside, key = where
        holder = row
        for part in inside:
            holder = holder[part]  # type: ignore[index]
        place = _place(inside) or "-"
        position = list(holder).index(key) + 1  # type: ignore[call-overload]
        return Fault(
            code="people.unknown_field",
            values={"number": number, "where": place, "position": position, "known": ", ".join(Profile.model_fields)},
        )
    field = where[0] if where and where[0] in Profile.model_fields else "profile"
    values: dict[str, str | int] = {"number": number, "where": _place(where)}
    if field == "aids":
        values["known"] = ", ".join(sorted(aids()))
    return Fault(code=f"people.expect_{field}", values=values)


_DEEPEST = 3
"""A profile has no deeper fields than abilities, a dimension, a level."""


def _twice_in(row: object, number: int, where: tuple[int | str, ...] = ()) -> Iterator[Fault]:
    if isinstance(row, _Object) and len(where) < _DEEPEST:
        if row.twice:
            yield Fault(code="people.field_twice", values={"number": number, "where": _place(where) or "-"})
        for key, inner in row.items():
            yield from _twice_in(inner, number, (*where, key))


def _unknown_aids(row: object, number: int) -> Iterator[Fault]:
    given = row.get("aids") if isinstance(row, dict) else None
    for position, aid in enumerate(given if isinstance(given, list) else ()):
        if isinstance(aid, str) and aid not in aids():
            yield _fault(row, number, "no such aid", ("aids", position))


def _same_code(rows: list[object]) -> Iterator[Fault]:
    codes: dict[str, list[int]] = {}
    for number, row in enumerate(rows, 1):
        code = row.get("id") if isinstance(row, dict) else None
        if isinstance(code, str):
            codes.setdefault(code, []).append(number)
    for numbers in codes.values():
        if len(numbers) > 1:
            yield Fault(code="people.twice", values={"numbers": ", ".join(map(str, numbers))})
