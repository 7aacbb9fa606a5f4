"""What a group of people, or one person, can do and wants; no names, no diagnoses, no national numbers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from klaver.values import Document, Record, Weekday
from klaver.values.time import DayPart

Level = Annotated[int, Field(ge=0, le=4)]
Cefr = Literal["none", "A1", "A2", "B1", "B2", "C1"]
Texts = dict[Literal["nl", "fr", "en"], Annotated[str, Field(min_length=1, max_length=400)]]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")]
Means = Literal["foot", "bike", "public_transport", "car", "shuttle"]
MEANS: tuple[Means, ...] = ("foot", "bike", "public_transport", "car", "shuttle")
"""How somebody can get to work; a shuttle is transport that is laid on for workers."""
DayNumber = Annotated[int, Field(ge=0, le=6)]
WeekMinutes = Annotated[int, Field(ge=0, le=10_080)]


def _not_below(value: int | None, floor: object, *, equal: bool = True) -> None:
    if value is not None and isinstance(floor, int) and (value < floor or (value == floor and not equal)):
        raise ValueError("the second bound lies below the first")


class Ability(Record):
    """An ability as a range over a group; a known person has three equal levels."""

    low: Level
    likely: Level
    high: Level

    @field_validator("likely", "high")
    @classmethod
    def _rising(cls, value: int, info: ValidationInfo) -> int:
        _not_below(value, info.data.get("low" if info.field_name == "likely" else "likely"))
        return value


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
    """A target group written as ranges, or one person under a pseudonym.

    ``None`` means *not known*, never zero and never "any"; a missing ability is not known either. What is not known
    becomes a question: it opens no door and shuts none. Hours are paid minutes a week and a day; ``earliest`` and
    ``latest`` minutes after midnight; ``aids`` are those that can be used; ``excluded_families`` the kinds of work
    that are not wanted, ``wanted_families`` those that were asked for. ``day_parts`` are the parts of each weekday that
    suit; who gives them need give no days and no earliest and latest hour. ``zone`` is where somebody lives, in the
    house's own codes, and ``means`` are the ways to get to work. A person has no names and no description: the
    pseudonym is all that is kept.
    """

    schema_id: Literal["klaver/profile/1"] = "klaver/profile/1"
    id: Code
    kind: Literal["group", "person"]
    names: Texts = {}
    about: Texts = {}
    abilities: dict[Annotated[int, Field(ge=1, le=36)], Ability] = {}
    aids: tuple[Code, ...] = ()
    language: LanguageHeld | None = None
    week_min: WeekMinutes | None = None
    week_max: WeekMinutes | None = None
    day_max: Annotated[int, Field(ge=0, le=1440)] | None = None
    days: Annotated[tuple[Weekday, ...], Field(min_length=1)] | None = None
    earliest: Annotated[int, Field(ge=0, le=1440)] | None = None
    latest: Annotated[int, Field(ge=0, le=2880)] | None = None
    day_parts: Annotated[dict[DayNumber, tuple[DayPart, ...]], Field(min_length=1)] | None = None
    permits: tuple[Code, ...] | None = None
    excluded_families: tuple[Code, ...] = ()
    wanted_families: tuple[Code, ...] = ()
    travel: Texts | None = None
    zone: Code | None = None
    means: Annotated[tuple[Means, ...], Field(min_length=1)] | None = None
    source: Annotated[str, Field(min_length=1, max_length=400)]
    date: str

    @field_validator("names", "about")
    @classmethod
    def _a_person_stays_unnamed(cls, value: Texts, info: ValidationInfo) -> Texts:
        if value and info.data.get("kind") == "person":
            raise ValueError("a person is kept under the pseudonym only")
        return value

    @field_validator("week_max")
    @classmethod
    def _week_rises(cls, value: int | None, info: ValidationInfo) -> int | None:
        _not_below(value, info.data.get("week_min"))
        return value

    @field_validator("latest")
    @classmethod
    def _day_ends_after_it_starts(cls, value: int | None, info: ValidationInfo) -> int | None:
        _not_below(value, info.data.get("earliest"), equal=False)
        return value

    @field_validator("day_parts")
    @classmethod
    def _each_part_once(cls, value: dict[int, tuple[DayPart, ...]] | None) -> dict[int, tuple[DayPart, ...]] | None:
        if value is not None and any(len(set(parts)) < len(parts) or not parts for parts in value.values()):
            raise ValueError("a day has parts, each once")
        return value

    @field_validator("aids", "days", "permits", "excluded_families", "wanted_families", "means")
    @classmethod
    def _each_once(cls, value: tuple[str | int, ...] | None) -> tuple[str | int, ...] | None:
        if value is not None and len(set(value)) < len(value):
            raise ValueError("something stands there twice")
        return value

    @field_validator("date")
    @classmethod
    def _is_a_day(cls, value: str) -> str:
        if date.fromisoformat(value).isoformat() != value:
            raise ValueError("yyyy-mm-dd is needed")
        return value

    def slots(self) -> frozenset[tuple[Weekday, DayPart]] | None:
        """Return the parts of days that suit, or ``None`` when they were not asked in parts."""
        given = self.day_parts
        return None if given is None else frozenset((Weekday(d), part) for d, parts in given.items() for part in parts)

    def name_in(self, lang: Literal["nl", "fr", "en"]) -> str:
        """Return a group's name in a language, else any name it has, else the id; a person is its pseudonym."""
        return self.names.get(lang) or next(iter(self.names.values()), self.id)
