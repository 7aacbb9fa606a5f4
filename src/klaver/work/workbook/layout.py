"""The workbook's sheets and columns, read once from ``layout.toml`` and used both ways."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import get_args

from klaver.language import LANGUAGES, Language, tell
from klaver.language.spelling import plain
from klaver.values import SourceKind
from klaver.work.records import Cefr, Contact, Cooperation, Legal, Posture, RoleKind

FIELDS = (
    "minutes", "times", "window", "place", "doers", "wait_days", "splittable", "left_undone", "separable", "legal",
    "harm", "checked", "recovery", "valued", "unpleasant", "learning", "alone", "contact", "instructs", "posture",
    "language", "demands",
)  # fmt: skip
"""The values of a task that may have an origin of their own."""

CHOICES: dict[str, tuple[str, ...]] = {
    "lang": LANGUAGES,
    "cooperation": tuple(Cooperation),
    "role_kind": tuple(RoleKind),
    "employer": ("host", "partner"),
    "source": tuple(SourceKind),
    "legal": tuple(Legal),
    "contact": tuple(Contact),
    "posture": tuple(Posture),
    "cefr": get_args(Cefr),
    "link": ("together", "apart"),
    "volume": ("family", "task"),
    "pin": ("into", "alone", "out"),
    "remark": ("gap", "attribution"),
    "field": FIELDS,
}

YES_NO: dict[str, tuple[str, str]] = {"nl": ("ja", "nee"), "fr": ("oui", "non"), "en": ("yes", "no")}


def word(kind: str, code: str, lang: Language) -> str:
    """Return the word that a cell shows for a code of a choice ("vrij" for ``free``)."""
    return tell(f"source.{code}" if kind == "source" else f"choice.{kind}_{code}", lang)


@cache
def choice_codes(column_kind: str) -> dict[str, str]:
    """Return the code for everything that may be typed: the words of the three languages, and the codes."""
    kind = column_kind.removeprefix("choice:")
    words = {plain(word(kind, code, lang)): code for code in CHOICES[kind] for lang in LANGUAGES}
    return words | {plain(code): str(code) for code in CHOICES[kind]}


@dataclass(frozen=True)
class Column:
    """One column: the field it fills, its kind, and heading and help per language."""

    field: str
    kind: str
    headings: tuple[str, ...]
    help: tuple[str, ...]
    required: bool
    width: int
    spoken: Language = "nl"

    def heading(self, lang: Language) -> str:
        """Return the heading in a language."""
        return self.headings[LANGUAGES.index(lang)]

    def help_in(self, lang: Language) -> str:
        """Return the explanation in a language; empty when the heading says enough."""
        return self.help[LANGUAGES.index(lang)] if self.help else ""

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the codes of a choice column."""
        return CHOICES[self.kind.removeprefix("choice:")] if self.kind.startswith("choice:") else ()

    def word(self, code: str, lang: Language) -> str:
        """Return the word for a code of this column."""
        return word(self.kind.removeprefix("choice:"), code, lang)

    def words(self, lang: Language) -> tuple[str, ...]:
        """Return the words to choose from."""
        return tuple(self.word(code, lang) for code in self.choices)

    def in_language(self, lang: Language) -> Column:
        """Return the column as it stands in a workbook of a language; mistakes then name its words."""
        return replace(self, spoken=lang)


@dataclass(frozen=True)
class Sheet:
    """One sheet: its key, its name per language and its columns."""

    key: str
    names: tuple[str, ...]
    columns: tuple[Column, ...]

    def name(self, lang: Language) -> str:
        """Return the sheet's name in a language."""
        return self.names[LANGUAGES.index(lang)]

    def by_heading(self, lang: Language) -> dict[str, Column]:
        """Return the columns by heading (small letters); the workbook's own language goes before the others."""
        order: Iterable[Language] = sorted(LANGUAGES, key=lambda other: other == lang)
        return {c.heading(other).casefold(): c.in_language(lang) for other in order for c in self.columns}


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
