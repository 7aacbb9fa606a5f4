"""Small changes to a work analysis: each takes a workplace and gives the changed one, and loses nothing unsaid."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from klaver.language import Language
from klaver.language.spelling import plain
from klaver.values import Faults, Source
from klaver.work.passes import VALUES, held
from klaver.work.records import Ident, Role, Task, Workplace
from klaver.work.starters import settings, start, starter_units
from klaver.work.validate import faults

LONGEST_ID = 24
"""Signs of a code that is made of a name; a record allows 40."""


def whole(place: Workplace) -> Workplace:
    """Return the workplace when it makes sense.

    Raises
    ------
    Faults
        With every mistake in its references and sums.
    """
    found = faults(place)
    if found:
        raise Faults(found)
    return place


def from_source(before: Task, after: Task, how: Source, confirmed: Collection[str] = ()) -> Task:
    """Return ``after`` with the origin ``how`` for every value that differs from ``before`` or was confirmed."""
    sources = dict(after.sources)
    for value in VALUES:
        if value in confirmed or held(before, value) != held(after, value):
            sources[value] = how
    kept = {v: s for v, s in sources.items() if v in before.sources or v in confirmed or s != after.source_of(v)}
    return after.model_copy(update={"sources": kept})


def renamed(before: Task, after: Task) -> Task:
    """Return ``after`` with a new name also standing where its own language repeats the name."""
    if before.name == after.name or after.lang not in after.names or before.names != after.names:
        return after
    return after.model_copy(update={"names": {**after.names, after.lang: after.name}})


def with_task(place: Workplace, task: Task) -> Workplace:
    """Return the workplace with a task in the place of the one with its id, or at the end when there is none."""
    known = any(t.id == task.id for t in place.tasks)
    tasks = tuple(task if t.id == task.id else t for t in place.tasks)
    return place.model_copy(update={"tasks": tasks if known else (*place.tasks, task)})


def goes_along(place: Workplace, ident: Ident) -> tuple[str, ...]:
    """Return the lists that lose a row when a task is removed: what names it goes with it."""
    left = without_task(place, ident)
    parts = {
        "orders": (place.orders, left.orders),
        "links": (place.links, left.links),
        "pins": (place.wishes.pins, left.wishes.pins),
        "volumes": (place.scenarios, left.scenarios),
    }
    return tuple(name for name, (before, after) in parts.items() if before != after)


def without_task(place: Workplace, ident: Ident) -> Workplace:
    """Return the workplace without a task and without what names it: order, links, wishes, volumes of its season."""
    tasks = tuple(t for t in place.tasks if t.id != ident)
    families = {t.family for t in tasks}
    scenarios = tuple(
        s.model_copy(
            update={
                "tasks": {k: v for k, v in s.tasks.items() if k != ident},
                "families": {k: v for k, v in s.families.items() if k in families},
            }
        )
        for s in place.scenarios
    )
    pins = tuple(p for p in place.wishes.pins if p.task != ident)
    return place.model_copy(
        update={
            "tasks": tasks,
            "orders": tuple(o for o in place.orders if ident not in (o.before, o.after)),
            "links": tuple(k for k in place.links if ident not in (k.first, k.second)),
            "scenarios": scenarios,
            "wishes": place.wishes.model_copy(update={"pins": pins}),
        }
    )


def set_together(place: Workplace, idents: Collection[str], values: Mapping[str, Any], how: Source) -> Workplace:
    """Return the workplace with the same values in several tasks; ``demands.<number>`` names one demand."""
    for task in place.tasks:
        if task.id in idents:
            demands = {int(v.partition(".")[2]): level for v, level in values.items() if v.startswith("demands.")}
            plain_ones = {v: given for v, given in values.items() if not v.startswith("demands.")}
            after = task.model_copy(update={**plain_ones, "demands": {**task.demands, **demands}})
            place = with_task(place, from_source(task, after, how, values))
    return place


def library(place: Workplace, lang: Language) -> tuple[Task, ...]:
    """Return the tasks that the library has for this setting and this workplace has not, in its numbers."""
    if place.setting not in settings():
        return ()
    usual = starter_units(place.setting)
    counts = usual | {u.id: u.count for u in place.units if u.id in usual}
    known = {t.id for t in place.tasks}
    return tuple(_fitting(place, t) for t in start(place.setting, counts, lang).tasks if t.id not in known)


def _fitting(place: Workplace, task: Task) -> Task:
    """Return a task of the library without roles and places that this workplace does not have."""
    roles, places = {r.id for r in place.roles}, {p.id for p in place.places}
    fits = all(share.role in roles for share in task.doers)
    return task.model_copy(
        update={
            "doers": task.doers if fits else (),
            "place": task.place if task.place in places else None,
            "instructs": task.instructs if task.instructs in roles else None,
        }
    )


def next_code(place: Workplace) -> Ident:
    """Return a code for a new task: ``T`` and the first number that no task bears."""
    known = {t.id.casefold() for t in place.tasks}
    return next(code for n in range(1, len(known) + 2) if (code := f"T{n:02d}").casefold() not in known)


def code_for(name: str, taken: Iterable[str]) -> str:
    """Return a code for a new role or place that is not taken: its name in plain letters, with a number when needed."""
    stem = re.sub(r"[^a-z0-9]+", "-", plain(name)).strip("-")[:LONGEST_ID].rstrip("-") or "x"
    known = {t.casefold() for t in taken}
    numbered = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(known) + 2))
    return next(code for code in numbered if code not in known)


def most_of(place: Workplace, task: Task) -> Role | None:
    """Return the role that does most of a task now; ``None`` when nobody said."""
    shares = sorted(task.doers, key=lambda share: -share.percent)
    return place.role(shares[0].role) if shares else None
