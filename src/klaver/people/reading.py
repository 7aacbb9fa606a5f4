"""Read an organisation's own profiles, or a named person's, from a JSON file, with every mistake located."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from klaver.language import Language, tell
from klaver.people.profiles import aids
from klaver.people.records import Profile
from klaver.values import Fault, Faults

NATIONAL_NUMBER = re.compile(r"(?<!\d)\d{2}[.\s]?\d{2}[.\s]?\d{2}[-.\s]?\d{3}[-.\s]?\d{2}(?!\d)")
"""Eleven digits as the Belgian national number is written, with or without its signs."""

_OWN_MESSAGE = {
    "missing": "people.missing",
    "extra_forbidden": "people.no_such_field",
    "range_crossed": "people.range_crossed",
    "week_crossed": "people.week_crossed",
    "times_crossed": "people.times_crossed",
    "undated": "people.undated",
}


def read_people(path: Path) -> tuple[Profile, ...]:
    """Read one profile or a list of profiles from a JSON file.

    Raises
    ------
    Faults
        For every mistake, with the number of the profile and the field; nothing is loaded then. What was given is
        not repeated when it may be a name, a diagnosis or a national number.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise Faults([Fault(code="people.no_file", file=path.name)]) from None
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise Faults([Fault(code="people.not_json", file=path.name)]) from None
    rows = data if isinstance(data, list) else [data]
    found: list[Profile] = []
    faults: list[Fault] = [] if rows else [Fault(code="people.none", file=path.name)]
    for number, row in enumerate(rows, 1):
        private = tuple(_private(row, number, path.name))
        faults += private
        try:
            profile = Profile.model_validate_json(json.dumps(row))
        except ValidationError as wrong:
            hidden = {str(f.values["where"]) for f in private}
            faults += [f for f in _faults(wrong, number, path.name) if f.values["where"] not in hidden]
        else:
            faults += _unknown_aids(profile, number, path.name)
            found.append(profile)
    counted = Counter(p.id for p in found)
    faults += [Fault(code="people.twice", values={"id": i}, file=path.name) for i, n in counted.items() if n > 1]
    if faults:
        raise Faults(faults)
    return tuple(found)


def _faults(wrong: ValidationError, number: int, file: str) -> Iterator[Fault]:
    for error in wrong.errors(include_url=False):
        where = ".".join(str(part) for part in error["loc"] if part != "[key]") or "-"
        code = "people.missing" if error["input"] is None else _OWN_MESSAGE.get(error["type"], "people.wrong")
        values: dict[str, str | int] = {"where": where, "number": number}
        if code == "people.wrong":
            values["given"] = str(error["input"])[:60]
        yield Fault(code=code, values=values, file=file)


def _private(value: Any, number: int, file: str, where: tuple[str, ...] = ()) -> Iterator[Fault]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _private(inner, number, file, (*where, str(key)))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _private(inner, number, file, (*where, str(place)))
    elif isinstance(value, str | int) and NATIONAL_NUMBER.search(str(value)):
        values: dict[str, str | int] = {"where": ".".join(where) or "-", "number": number}
        yield Fault(code="people.national_number", values=values, file=file)


def _unknown_aids(profile: Profile, number: int, file: str) -> Iterator[Fault]:
    for aid in profile.aids:
        if aid not in aids():
            values: dict[str, str | int] = {"aid": aid, "number": number, "known": ", ".join(sorted(aids()))}
            yield Fault(code="people.unknown_aid", values=values, file=file)


def person_template(lang: Language) -> str:
    """Return the JSON of one person to fill in: every ability unknown, every ``null`` still to be given.

    Read back untouched, it gives one mistake for each field that nobody may assume.
    """
    asked = dict.fromkeys(
        ("week_min", "week_max", "day_max", "days", "earliest", "latest", "permits", "language"), None
    )
    row = {
        "schema_id": "klaver/profile/1",
        "id": "person-1",
        "kind": "person",
        "names": {lang: tell("people.pseudonym", lang)},
        "abilities": {},
        "aids": [],
        "excluded_families": [],
        "source": {"kind": "told", "date": None, "by": tell("people.by", lang)},
        **asked,
    }
    return json.dumps(row, ensure_ascii=False, indent=2) + "\n"
