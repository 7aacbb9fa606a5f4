"""The eight target groups and the aids that come with Klaver."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from klaver.people.records import Aid, Profile


def _rows(name: str, key: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((files("klaver.people") / name).read_text(encoding="utf-8"))[key]
    return found


@cache
def aids() -> dict[str, Aid]:
    """Return the shipped aids by id, in the order of the file."""
    found = (
        Aid.model_validate({**row, "raises": {int(n): levels for n, levels in row.get("raises", {}).items()}})
        for row in _rows("aids.toml", "aid")
    )
    return {a.id: a for a in found}


@cache
def profiles() -> tuple[Profile, ...]:
    """Return the eight target-group profiles, written as ranges with no person in them."""
    return tuple(_profile(row) for row in _rows("profiles.toml", "profile"))


def _profile(row: dict[str, Any]) -> Profile:
    levels = row.pop("levels")
    abilities = {int(n): dict(zip(("low", "likely", "high"), three, strict=True)) for n, three in levels.items()}
    return Profile.model_validate({**row, "abilities": abilities}, strict=False)
