"""What a group of people, or one person, can do and wants; no names, no diagnoses, no national numbers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from klaver.values import Document, Record, Weekday

Level = Annotated[int, Field(ge=0, le=4)]
Cefr = Literal["none", "A1", "A2", "B1", "B2", "C1"]
Texts = dict[Literal["nl", "fr", "en"], str]


class Ability(Record):
    """An ability as a range over a group; a known person has three equal levels."""

    low: Level
    likely: Level
    high: Level

    @model_validator(mode="after")
    def _ordered(self) -> Ability:
        if not self.low <= self.likely <= self.high:
            raise ValueError("low <= likely <= high is needed")
        return self


class LanguageHeld(Record):
    """The CEFR step of each skill in the language of the workplace."""

    listening: Cefr
    speaking: Cefr
    reading: Cefr
    writing: Cefr


class Aid(Record):
    """Something that raises what is possible: organisation, technical, or guidance; ``raises`` per dimension."""

    id: str
    kind: Literal["organisation", "technical", "guidance"]
    names: Texts
    raises: dict[int, Annotated[int, Field(ge=1, le=4)]]


class Profile(Document):
    """A target group written as ranges, or one person under a pseudonym. A missing ability is unknown.

    Hours are paid minutes; ``earliest`` and ``latest`` minutes after midnight; ``aids`` are those that can be used.
    """

    schema_id: Literal["klaver/profile/1"] = "klaver/profile/1"
    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")]
    kind: Literal["group", "person"]
    names: Texts
    about: Texts = {}
    abilities: dict[Annotated[int, Field(ge=1, le=36)], Ability]
    aids: tuple[str, ...] = ()
    language: LanguageHeld | None = None
    week_min: Annotated[int, Field(ge=0)] = 0
    week_max: Annotated[int, Field(ge=0, le=10_080)] = 2280
    day_max: Annotated[int, Field(ge=0, le=1440)] = 480
    days: tuple[Weekday, ...] = tuple(Weekday)
    earliest: Annotated[int, Field(ge=0, le=1440)] = 0
    latest: Annotated[int, Field(ge=0, le=2880)] = 1440
    permits: tuple[str, ...] = ()
    excluded_families: tuple[str, ...] = ()
    travel: str | None = None
    source: str
    date: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]

    def name_in(self, lang: Literal["nl", "fr", "en"]) -> str:
        """Return the name in a language, else any name it has, else the id."""
        return self.names.get(lang) or next(iter(self.names.values()), self.id)
