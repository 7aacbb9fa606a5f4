"""Doors, questions and people in groups, told in a sentence; what is told of a person is never a figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from klaver.language import Language, tell
from klaver.matching.doors import Barrier, Door, Question
from klaver.matching.persons import Gap, OpenJob, Somebody
from klaver.people import aids
from klaver.scale.dimensions import dimension
from klaver.scale.questions import question as about

EXPLAINED = 3
"""Up to so many barriers a door tells what the work asks; more of them are only named."""


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


def ask(question: Question, lang: Language) -> str:
    """Return a question as it is put to the person, or to somebody who knows the work."""
    if question.dimension is not None:
        asked = about(question.dimension)
        return asked.ask[lang] if question.of == "person" else asked.question[lang]
    return tell(f"people.question_{question.code}", lang, tasks=", ".join(question.tasks))


def tell_state(found: Door, lang: Language) -> str:
    """Tell the state of a door in a word or two."""
    return tell(f"door.state_{found.status}", lang)


def tell_rest(found: Door, lang: Language, *, person: bool = False) -> str:
    """Tell with what a door is open, what to ask or to learn, or what shuts it."""
    said = tell_barriers(found.barriers, lang)
    said += _with(found.aids, lang)
    said += tell_questions(found.questions, lang)
    if not any(b.code == "language" for b in found.barriers):
        said += _to_learn(found.learnable, lang)
    if not person:
        if found.status == "shut" and found.possible:
            said.append(tell("door.part_open", lang))
        elif found.status != "shut" and not found.sure and not found.questions:
            said.append(tell("door.part_shut", lang))
    return "; ".join(said)


def tell_barriers(barriers: tuple[Barrier, ...], lang: Language) -> list[str]:
    """Tell what is in the way: a few barriers with what the work asks, many by name only."""
    return [_barrier(b, lang, len(barriers) <= EXPLAINED) for b in barriers]


def _barrier(found: Barrier, lang: Language, explained: bool) -> str:
    if found.dimension is None or found.asked is None:
        return tell(f"door.barrier_{found.code}", lang)
    scale = dimension(found.dimension)
    if not explained:
        return scale.label[lang]
    return tell("door.barrier_demand", lang, what=scale.label[lang], asked=scale.anchors[lang][found.asked])


def _with(used: tuple[str, ...], lang: Language) -> list[str]:
    names = ", ".join(aids()[a].names[lang] for a in used)
    return [tell("door.with_aids", lang, aids=names)] if used else []


def _to_learn(learnable: Mapping[str, int], lang: Language) -> list[str]:
    steps = ", ".join(
        tell(f"door.learn_step_{'one' if n == 1 else 'many'}", lang, count=n, skill=tell(f"door.skill_{s}", lang))
        for s, n in learnable.items()
    )
    return [tell("door.to_learn", lang, what=steps)] if steps else []


def tell_somebody(found: Somebody, lang: Language) -> str:
    """Tell a person in a group: the pseudonym, a wish for this work, and what opens or shuts the door."""
    said = [tell("door.asked_for_it", lang)] if found.wish else []
    said += _with(found.aids, lang) + list(tell_questions(found.questions, lang))
    said += _to_learn(found.learnable, lang) + tell_barriers(found.barriers[:EXPLAINED], lang)
    if len(found.barriers) > EXPLAINED:
        said.append(tell("door.more", lang, count=len(found.barriers) - EXPLAINED))
    return f"{found.person}: {'; '.join(said)}" if said else found.person


def tell_line(found: Gap, lang: Language) -> str:
    """Tell what one line of a job asks."""
    if found.dimension is not None:
        scale = dimension(found.dimension)
        return scale.label[lang] if found.asked is None else f"{scale.label[lang]}: {scale.anchors[lang][found.asked]}"
    if found.code.startswith("language_"):
        return tell("door.language_skill", lang, skill=tell(f"door.{found.code.replace('language_', 'skill_')}", lang))
    if found.fit == "unknown":
        return tell(f"people.about_{found.code}", lang, tasks="")
    return tell(f"door.barrier_{found.code}", lang)


def tell_fit(found: Gap, lang: Language) -> str:
    """Tell how a person fits one line: in words, with the aids or the steps that close the gap."""
    said = tell(f"door.fit_{found.fit}", lang)
    if found.steps:
        return tell(f"door.learn_step_{'one' if found.steps == 1 else 'many'}", lang, count=found.steps, skill=said)
    return " ".join([said, *_with(found.aids, lang)])


def tell_open_job(found: OpenJob, lang: Language) -> str:
    """Tell a job to the person it is shown to."""
    said = [tell(f"reach.group_{found.group}", lang), *_with(found.aids, lang)]
    said += [*tell_questions(found.questions, lang), *_to_learn(found.learnable, lang)]
    return f"{found.job}: {'; '.join([*said, *tell_barriers(found.barriers, lang)])}"
