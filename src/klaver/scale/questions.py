"""What to ask about each dimension: of the designer about the work, of the person or the coach about the person."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import Field, model_validator

from klaver.language.tell import LANGUAGES, Language
from klaver.values import Record

Family = Literal["understanding", "thinking", "self_management", "people", "body", "senses_environment"]
Told = Annotated[str, Field(min_length=1)]


class Question(Record):
    """The questions about one dimension, told in every language.

    ``question`` asks the designer what the work asks; ``ask`` asks the person, or the coach, what goes well. The
    ``family`` groups dimensions on a page; it plays no part in any verdict.
    """

    number: Annotated[int, Field(ge=1, le=36)]
    family: Family
    question: dict[Language, Told]
    ask: dict[Language, Told]

    @model_validator(mode="after")
    def _told_in_every_language(self) -> Question:
        if set(self.question) != set(LANGUAGES) or set(self.ask) != set(LANGUAGES):
            raise ValueError(f"dimension {self.number} is asked in nl, fr and en, or not at all")
        return self


@cache
def questions() -> tuple[Question, ...]:
    """Return the questions in the order of the dimensions."""
    text = (files("klaver.scale") / "questions.toml").read_text(encoding="utf-8")
    return tuple(Question.model_validate(row, strict=False) for row in tomllib.loads(text)["question"])


@cache
def _by_number() -> dict[int, Question]:
    return {q.number: q for q in questions()}


def question(number: int) -> Question:
    """Return the questions about the dimension with this number, 1-36 (``KeyError`` when there is none)."""
    return _by_number()[number]
