"""Reach: for how many people a job is open, what keeps the others out, and what one change would open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from klaver.matching.conditions import conditions_of
from klaver.matching.doors import JobDemands
from klaver.matching.population import Population, Question, question
from klaver.people.reading import aids
from klaver.scale.dimensions import PLACE_NUMBERS, TASK_NUMBERS
from klaver.scale.ladder import SKILLS, STEPS
from klaver.values import Record
from klaver.work.records import Place, Task


class People(Protocol):
    """People that can be counted, wherever they are: what an engine has to answer."""

    @property
    def count(self) -> int:
        """How many people there are."""
        ...

    @property
    def aided(self) -> People:
        """The same people with every aid that they can use."""
        ...

    def within(self, questions: Sequence[Question], support: int) -> npt.NDArray[np.int64]:
        """Return per question how many people it is open to: shape (questions, 2, 2)."""
        ...

    def blockers(self, asked: Question) -> npt.NDArray[np.int64]:
        """Return for each level and then each condition of a question who lacks exactly that: shape (asked, 3)."""
        ...


class Ends(Record):
    """A count between two ends: sure with what is known, possible when every unknown turns out well."""

    sure: int
    possible: int


class Reach(Record):
    """For how many people a job is open.

    ``now``: as it stands. ``aided``: with the aids that people can use. ``supported``: as it stands, with at most
    ``support`` levels of support in all. ``learning``: of ``aided``, those who still have language to learn.
    """

    people: int
    support: int
    now: Ends
    aided: Ends
    supported: Ends
    learning: Ends


class Blocker(Record):
    """One thing a job asks, and the people for whom everything else is surely right.

    ``code`` is "demand" with a dimension and the level asked, or the code of a condition. ``shut``: this is known to
    be in the way; ``ask``: it is not known; ``lower``: of those shut, how many it would be open to one level lower.
    """

    code: str
    dimension: int | None = None
    level: int | None = None
    shut: int
    ask: int
    lower: int | None = None


class Opening(Record):
    """What a change at the workplace would open: an aid for everybody, or a demand one level lower."""

    aid: str | None = None
    dimension: int | None = None
    now: Ends
    then: Ends


def reach(population: People, jobs: Sequence[JobDemands], support: int = 0) -> tuple[Reach, ...]:
    """Return for how many people each job is open.

    Parameters
    ----------
    support
        Levels of support, 0 to 7: how much a person may lack over all dimensions together.

    Raises
    ------
    ValueError
        When ``support`` is not 0 to 7.
    """
    asked = [question(j) for j in jobs]
    plain = population.within(asked, support)
    aided = population.aided.within(asked, 0)
    fluent = population.aided.within([_fluent(j, q) for j, q in zip(jobs, asked, strict=True)], 0)
    return tuple(
        Reach(
            people=population.count,
            support=support,
            now=_ends(plain[at, 0]),
            aided=_ends(aided[at, 0]),
            supported=_ends(plain[at, 1]),
            learning=Ends(
                sure=int(aided[at, 0, 0] - fluent[at, 0, 0]), possible=int(aided[at, 0, 1] - fluent[at, 0, 0])
            ),
        )
        for at in range(len(jobs))
    )


def _ends(pair: Iterable[int]) -> Ends:
    sure, possible = (int(n) for n in pair)
    return Ends(sure=sure, possible=possible)


def _fluent(job: JobDemands, asked: Question) -> Question:
    """Ask the language of the job as if it could not be learned."""
    needs = [n for n in (job.language, job.language_hard) if n is not None]
    language = {s: max((n.get(s, "none") for n in needs), key=STEPS.index, default="none") for s in SKILLS}
    return replace(asked, conditions=conditions_of(replace(job, language=language, language_hard=language)))


def tasks_question(tasks: Iterable[Task], places: Mapping[str, Place]) -> Question:
    """Return what tasks ask before there is a timetable: their levels, those of their places, and their conditions.

    That is necessary and not enough: what the day asks as a whole, and its hours, come with a job.
    """
    levels: dict[int, int] = {}
    unknown = False
    chosen = list(tasks)
    for task in chosen:
        place = places.get(task.place) if task.place is not None else None
        for numbers, demands in ((TASK_NUMBERS, task.demands), (PLACE_NUMBERS, place.demands if place else {})):
            unknown |= not numbers <= demands.keys()
            for number in numbers & demands.keys():
                levels[number] = max(levels.get(number, 0), demands[number])
    hard = [t.language for t in chosen if t.language is not None and t.language.safety_reason]
    every = [t.language for t in chosen if t.language is not None]
    job = JobDemands(
        levels=levels,
        language={s: max((getattr(n, s) for n in every), key=STEPS.index, default="none") for s in SKILLS},
        language_hard={s: max((getattr(n, s) for n in hard), key=STEPS.index, default="none") for s in SKILLS},
        permits=tuple(sorted({t.permit for t in chosen if t.permit})),
        families=tuple(sorted({t.family for t in chosen})),
    )
    kept = tuple(c for c in conditions_of(job) if c.code in ("permit", "own_choice", "language"))
    spoken = all(t.language is not None for t in chosen)
    return Question(question(job).levels, kept, not unknown and spoken)


def blockers(population: People, job: JobDemands) -> tuple[Blocker, ...]:
    """Return what keeps people out who would surely be in but for exactly that, with the aids that they can use.

    What keeps most people out comes first; what keeps nobody out is left out. While something of the work itself is
    not known, nobody is surely in but for one thing, so there are none.
    """
    asked = question(job)
    if not asked.answerable:
        return ()
    counts = population.aided.blockers(asked)
    found = []
    for (number, level), (shut, ask, lower) in zip(asked.levels, counts.tolist(), strict=False):
        found.append(Blocker(code="demand", dimension=number, level=level, shut=shut, ask=ask, lower=lower))
    for condition, (shut, ask, _) in zip(asked.conditions, counts[len(asked.levels) :].tolist(), strict=True):
        found.append(Blocker(code=condition.code, shut=shut, ask=ask))
    counted = [b for b in found if b.shut or b.ask]
    return tuple(sorted(counted, key=lambda b: (-b.shut, -b.ask)))


def openings(population: People, job: JobDemands) -> tuple[Opening, ...]:
    """Return what every aid at the workplace, and every demand one level lower, would open; the most first.

    An aid at the workplace is there for everybody: it lowers what the job asks.
    """
    asked = question(job)
    levels = dict(asked.levels)
    changes: list[tuple[str | None, int | None, dict[int, int]]] = [
        (None, number, {**levels, number: level - 1}) for number, level in asked.levels
    ]
    for aid in aids().values():
        if aid.raises.keys() & levels.keys():
            lowered = {n: max(0, level - aid.raises.get(n, 0)) for n, level in levels.items()}
            changes.append((aid.id, None, lowered))
    questions = [replace(asked, levels=_asked(lowered)) for _, _, lowered in changes]
    counts = population.aided.within([asked, *questions], 0)[:, 0]
    now = _ends(counts[0])
    found = [
        Opening(aid=aid, dimension=number, now=now, then=_ends(count))
        for (aid, number, _), count in zip(changes, counts[1:], strict=True)
    ]
    useful = [o for o in found if o.then != now]
    return tuple(sorted(useful, key=lambda o: (-o.then.sure, -o.then.possible)))


def _asked(levels: Mapping[int, int]) -> tuple[tuple[int, int], ...]:
    return tuple((number, level) for number, level in levels.items() if level > 0)


def coverage(population: Population, jobs: Sequence[JobDemands]) -> Ends:
    """Return how many people have at least one of these jobs open to them, with the aids that they can use."""
    asked = [question(j) for j in jobs]
    everyone = population.aided
    return Ends(sure=everyone.anyone(asked, sure=True), possible=everyone.anyone(asked, sure=False))
