"""The workbook's sheets and columns, read once from ``layout.toml`` and used both ways."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from klaver.language import LANGUAGES, Language

CHOICES: dict[str, tuple[str, ...]] = {
    "lang": ("nl", "fr", "en"),
    "cooperation": ("direct", "enclave", "services", "secondment"),
    "role_kind": ("staff", "agency", "student", "volunteer"),
    "employer": ("host", "partner"),
    "source": ("assumed", "told", "observed", "measured"),
    "legal": ("free", "supervised", "permit", "reserved", "unknown"),
    "contact": ("none", "colleagues", "clients"),
    "posture": ("standing", "sitting", "walking", "mixed"),
    "cefr": ("none", "A1", "A2", "B1", "B2", "C1"),
    "link": ("together", "apart"),
    "volume": ("family", "task"),
    "pin": ("into", "out"),
    "remark": ("gap", "attribution"),
}

YES_NO: dict[str, tuple[str, str]] = {"nl": ("ja", "nee"), "fr": ("oui", "non"), "en": ("yes", "no")}


@dataclass(frozen=True)
class Column:
    """One column: the field it fills, its kind, and heading and help per language."""

    field: str
    kind: str
    headings: tuple[str, ...]
    help: tuple[str, ...]
    required: bool
    width: int

    def heading(self, lang: Language) -> str:
        """Return the heading in a language."""
        return self.headings[LANGUAGES.index(lang)]

    def help_in(self, lang: Language) -> str:
        """Return the explanation in a language; empty when the heading says enough."""
        return self.help[LANGUAGES.index(lang)] if self.help else ""

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the allowed words of a choice column."""
        return CHOICES[self.kind.removeprefix("choice:")] if self.kind.startswith("choice:") else ()


@dataclass(frozen=True)
class Sheet:
    """One sheet: its key, its name per language and its columns."""

    key: str
    names: tuple[str, ...]
    columns: tuple[Column, ...]

    def name(self, lang: Language) -> str:
        """Return the sheet's name in a language."""
        return self.names[LANGUAGES.index(lang)]


@cache
def sheets() -> tuple[Sheet, ...]:
    """Return all sheets in the order of the workbook."""
    text = (files("klaver.work.workbook") / "layout.toml").read_text(encoding="utf-8")
    return tuple(
        Sheet(row["key"], tuple(row["names"]), tuple(_column(c) for c in row["column"]))
        for row in tomllib.loads(text)["sheet"]
    )


def _column(row: dict[str, object]) -> Column:
    headings, told = row["headings"], row.get("help", [])
    assert isinstance(headings, list) and isinstance(told, list)
    width = row["width"]
    assert isinstance(width, int)
    return Column(str(row["field"]), str(row["kind"]), tuple(headings), tuple(told), bool(row.get("required")), width)


def sheet(key: str) -> Sheet:
    """Return the sheet with this key."""
    return next(s for s in sheets() if s.key == key)
