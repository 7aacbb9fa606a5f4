"""Questions are told to those who can answer them, in every language."""

from __future__ import annotations

import pytest

from klaver.language.tell import LANGUAGES, Language
from klaver.matching.doors import Question
from klaver.matching.telling import tell_questions

CODES = ("week", "day", "days", "hours", "permit", "language")


def test_the_person_and_the_workplace_are_asked_apart() -> None:
    found = (
        Question(code="demand", of="person", dimension=23),
        Question(code="week", of="person"),
        Question(code="task_language", of="work", tasks=("T1", "T2")),
    )
    person, work = tell_questions(found, "nl")
    assert person == "vraag de persoon of de coach naar: Staan, uren per week"
    assert work == "ga na op de werkplek: welke taal deze taken vragen: T1, T2"
    assert tell_questions((), "nl") == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_condition_can_be_asked_in_every_language(lang: Language) -> None:
    told = {tell_questions((Question(code=c, of="person"),), lang) for c in CODES}
    assert len(told) == len(CODES)
