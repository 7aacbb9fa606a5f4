"""What every command shares: the language, and how a path or a pair is read."""

from __future__ import annotations

import os
from enum import StrEnum
from importlib.resources import files
from typing import Annotated

import typer

from klaver.language import LANGUAGES, Language
from klaver.values import Fault, Faults


class Lang(StrEnum):
    """The languages of Klaver."""

    NL = "nl"
    FR = "fr"
    EN = "en"


LangOption = Annotated[Lang | None, typer.Option("--lang", help="Language of what you read: nl, fr or en.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]


def known_settings() -> str:
    """Return the settings of the task library as one line of help.

    Read from the names of the files: ``--help`` answers before anything of the library itself is imported.
    """
    folder = files("klaver").joinpath("work", "starters")
    return ", ".join(sorted(p.name.removesuffix(".toml") for p in folder.iterdir() if p.name.endswith(".toml")))


def language(lang: Lang | None) -> Language:
    """Return the asked language, else that of the locale, else Dutch."""
    if lang is not None:
        return lang.value
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        code = os.environ.get(name, "")[:2].lower()
        if code in LANGUAGES:
            return code
    return "nl"


def pairs(given: list[str], example: str) -> dict[str, int]:
    """Read ``name=number`` options.

    Raises
    ------
    Faults
        For every pair that is not ``name=whole number``.
    """
    made: dict[str, int] = {}
    faults: list[Fault] = []
    for text in given:
        for part in text.split(","):
            name, _, value = part.partition("=")
            if name.strip() and value.strip().isdigit():
                made[name.strip()] = int(value)
            else:
                faults.append(Fault(code="cli.pair", values={"given": part, "example": example}))
    if faults:
        raise Faults(faults)
    return made
