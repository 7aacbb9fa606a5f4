"""What is still to be asked about a door, told in a sentence for each of those who can answer."""

from __future__ import annotations

from collections.abc import Iterable

from klaver.language import Language, tell
from klaver.matching.doors import Question
from klaver.scale.dimensions import dimension


def tell_questions(questions: Iterable[Question], lang: Language) -> tuple[str, ...]:
    """Return at most two sentences: what to ask the person or the coach, and what to find out at the workplace."""
    told: dict[str, list[str]] = {"person": [], "work": []}
    for question in questions:
        told[question.of].append(_about(question, lang))
    return tuple(tell(f"people.ask_{who}", lang, what=", ".join(what)) for who, what in told.items() if what)


def _about(question: Question, lang: Language) -> str:
    if question.dimension is not None:
        return dimension(question.dimension).label[lang]
    return tell(f"people.about_{question.code}", lang, tasks=", ".join(question.tasks))
