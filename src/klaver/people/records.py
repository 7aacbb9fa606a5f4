"""What a group of people, or one person, can do and wants; no names, no diagnoses, no national numbers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from klaver.values import Document, Record, Source, Weekday

Level = Annotated[int, Field(ge=0, le=4)]
Number = Annotated[int, Field(ge=1, le=36)]
"""The number of a dimension."""

Ident = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")]
Cefr = Literal["none", "A1", "A2", "B1", "B2", "C1"]
Skill = Literal["listening", "speaking", "reading", "writing"]
Texts = dict[Literal["nl", "fr", "en"], Annotated[str, Field(min_length=1, max_length=400)]]
"""A text in the languages in which somebody wrote it."""


class Ability(Record):
    """An ability as a range over a group; somebody whose ability is known has three equal levels (0-4)."""

    low: Level
    likely: Level
    high: Level

    @model_validator(mode="after")
    def _ordered(self) -> Ability:
        if not self.low <= self.likely <= self.high:
            raise PydanticCustomError("range_crossed", "low <= likely <= high is needed")
        return self


class LanguageHeld(Record):
    """The CEFR step of each skill in the language of the workplace."""

    listening: Cefr
    speaking: Cefr
    reading: Cefr
    writing: Cefr


class Aid(Record):
    """Something that lets people do more: a way of organising, a tool, or guidance.

    ``raises`` is in levels per dimension. ``language`` is in steps of the language ladder that the aid bridges while
    somebody is still learning; it never stands in for language that is asked for safety.
    """

    id: Ident
    kind: Literal["organisation", "technical", "guidance"]
    names: Texts
    raises: dict[Number, Annotated[int, Field(ge=1, le=4)]] = {}
    language: dict[Skill, Annotated[int, Field(ge=1, le=5)]] = {}
    note: Texts = {}


class Profile(Document):
    """A target group written as ranges, or one person under a pseudonym.

    A missing ability is unknown, and so is a missing ``language``. Hours are paid minutes, ``earliest`` and
    ``latest`` minutes after midnight; they have no default, because nobody's hours are assumed. ``aids`` are those
    that can be used. ``permits`` are those that are held; ``excluded_families`` is work that is not wanted, without
    a reason.
    """

    schema_id: Literal["klaver/profile/1"] = "klaver/profile/1"
    id: Ident
    kind: Literal["group", "person"]
    names: Annotated[Texts, Field(min_length=1)]
    about: Texts = {}
    abilities: dict[Number, Ability]
    aids: tuple[str, ...] = ()
    language: LanguageHeld | None = None
    week_min: Annotated[int, Field(ge=0, le=10_080)]
    week_max: Annotated[int, Field(ge=0, le=10_080)]
    day_max: Annotated[int, Field(ge=0, le=1440)]
    days: tuple[Weekday, ...]
    earliest: Annotated[int, Field(ge=0, le=1440)]
    latest: Annotated[int, Field(ge=0, le=2880)]
    permits: tuple[str, ...]
    excluded_families: tuple[str, ...] = ()
    travel: Texts = {}
    source: Source

    @model_validator(mode="after")
    def _sensible(self) -> Profile:
        if self.week_min > self.week_max:
            raise PydanticCustomError("week_crossed", "week_min is above week_max")
        if self.earliest >= self.latest:
            raise PydanticCustomError("times_crossed", "earliest is not before latest")
        if self.source.date is None:
            raise PydanticCustomError("undated", "a profile says when it was written")
        return self

    def name_in(self, lang: Literal["nl", "fr", "en"]) -> str:
        """Return the name of the group, or the pseudonym, in a language, else as it was written."""
        return self.names.get(lang) or next(iter(self.names.values()))
