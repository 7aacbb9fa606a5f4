"""Profiles and aids: those shipped with Klaver, and a file of an organisation's own."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from klaver.people.records import Ability, Aid, Profile
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


def read_people(path: Path) -> tuple[Profile, ...]:
    """Read one profile or a list of profiles from a JSON file.

    Raises
    ------
    Faults
        For every mistake, with its place in the document; nothing is loaded then.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise Faults([Fault(code="people.no_file", file=str(path))]) from None
    except (UnicodeDecodeError, json.JSONDecodeError):
        raise Faults([Fault(code="people.not_json", file=str(path))]) from None
    rows = data if isinstance(data, list) else [data]
    found: list[Profile] = []
    faults: list[Fault] = []
    for number, row in enumerate(rows, 1):
        try:
            found.append(Profile.model_validate_json(json.dumps(row)))
        except ValidationError as wrong:
            for error in wrong.errors():
                where = ".".join(str(p) for p in error["loc"]) or "-"
                values: dict[str, str | int] = {"where": where, "given": str(error["input"])[:60], "number": number}
                faults.append(Fault(code="people.wrong", values=values, file=path.name))
    for number, profile in enumerate(found, 1):
        for aid in profile.aids:
            if aid not in aids():
                values = {"aid": aid, "number": number, "known": ", ".join(sorted(aids()))}
                faults.append(Fault(code="people.unknown_aid", values=values, file=path.name))
    twice = {p.id for p in found if sum(q.id == p.id for q in found) > 1}
    faults += [Fault(code="people.twice", values={"id": i}, file=path.name) for i in sorted(twice)]
    if faults:
        raise Faults(faults)
    return tuple(found)
