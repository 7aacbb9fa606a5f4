"""When a group cannot all have a job: who fits no job at all and why, or which few cannot have one at the same time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from klaver.design.problem import Problem
from klaver.design.solve.conflict import Conflict, conflict, possible
from klaver.design.solve.search import Effort
from klaver.design.solve.wishes import CONDITIONS, free, let_go, wishes_of
from klaver.people.records import Profile


@dataclass(frozen=True)
class Alone:
    """A person for whom no job is possible: the wishes that clash, and the person's own conditions among them."""

    person: Profile
    clash: Conflict
    conditions: tuple[str, ...]


@dataclass(frozen=True)
class Unseated:
    """Why a group cannot all have a job.

    ``alone`` are those for whom not even one job is possible. When there are none, ``together`` are persons who cannot
    have a job at the same time while any of them left out would make it possible (``confirmed`` when that was seen),
    and ``clash`` says with which wishes of the house.
    """

    alone: tuple[Alone, ...]
    together: tuple[Profile, ...] = ()
    confirmed: bool = True
    clash: Conflict | None = None


def unseated(asked: Problem, effort: Effort, tell: Callable[[int], None] = lambda tries: None) -> Unseated:
    """Return why a group cannot all have a job, as far as it can be proved; nobody is named without a proof."""
    alone = tuple(found for person in asked.group if (found := _alone(asked, person, effort)) is not None)
    if alone:
        return Unseated(alone)
    if possible(asked, effort) is not False:
        return Unseated(())
    kept, sure = list(asked.group), True
    for person in asked.group:
        rest = [p for p in kept if p is not person]
        answer = possible(replace(asked, group=tuple(rest)), effort) if rest else True
        if answer is False:
            kept = rest
        sure = sure and answer is not None
    together = tuple(kept)
    clash = conflict(replace(asked, group=together), effort, repair=False, tell=tell)
    return Unseated((), together, sure, clash)


def _alone(asked: Problem, person: Profile, effort: Effort) -> Alone | None:
    """Return why nobody can make one job for a person, or ``None`` when somebody can or it is not known."""
    wishes = asked.wishes.model_copy(update={"profile": person.id, "jobs": 1, "pins": ()})
    one = replace(asked, group=(), profiles=(*asked.profiles, person), wishes=wishes)
    if possible(one, effort) is not False:
        return None
    clash = conflict(one, effort, repair=False)
    if clash is None:
        return None
    return Alone(person, clash, _conditions(one, clash, effort))


def _conditions(one: Problem, clash: Conflict, effort: Effort) -> tuple[str, ...]:
    """Return the conditions of the person that the clash needs: each that is left out makes a job possible."""
    named = {w.key for w in clash.wishes}
    if "profile" not in named:
        return ()
    bare = let_go(one, [w.key for w in wishes_of(one) if w.key not in named])
    freed: list[str] = []
    assert bare.person is not None
    for code in CONDITIONS:
        looser = free(bare, bare.person, (*freed, code))
        if looser == bare or possible(looser, effort) is False:
            freed.append(code)
    return tuple(c for c in CONDITIONS if c not in freed)
