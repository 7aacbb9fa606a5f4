"""What nobody told of a task, and how far it may be off: the two ends between which the answer lies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from klaver.design.problem import Problem
from klaver.values import Range, Source, SourceKind, Window
from klaver.values.time import DAY
from klaver.work.elementary import CEILING, SERIOUS, elementary
from klaver.work.records import Contact, Legal, Posture, Share, Task

WINDOW = 30
"""Minutes by which an assumed earliest start or latest end may be off, and never over a quarter of the time between."""

SHARE = 20
"""Percent points by which an assumed share of a task between roles may be off."""

TOLD = Source(kind=SourceKind.TOLD)

FIGURES = ("minutes", "times", "window", "doers")
"""What is asked task by task: every task has its own figures."""

JUDGED = ("legal", "harm", "separable", "left_undone", "demands")
"""What a verdict or the relief rests on: asked of several tasks at once, as a list to go through."""

RULED = ("recovery", "contact", "alone", "learning", "unpleasant", "posture")
"""What only rules of a good job look at: asked of several tasks at once too."""

FIELDS = (*JUDGED, *FIGURES, *RULED)
"""Everything that can be asked. A question about harm asks at once whether a colleague checks the work."""

_TOGETHER: Mapping[str, tuple[str, ...]] = {"harm": ("harm", "checked")}


def parts_of(field: str) -> tuple[str, ...]:
    """Return the fields of a task that one question fills in."""
    return _TOGETHER.get(field, (field,))


def is_open(task: Task, field: str) -> bool:
    """Tell whether nobody said a value: it is not known, or it is only assumed."""
    value = getattr(task, field.split(".")[0])
    unknown = value is None or value is Legal.UNKNOWN or value == ()
    return unknown or task.source_of(field).kind is SourceKind.ASSUMED


def told(task: Task, field: str, **values: object) -> Task:
    """Return the task as it stands once somebody has told these values of a field."""
    sources = {f: s for f, s in task.sources.items() if f.split(".")[0] not in parts_of(field)}
    return task.model_copy(update={**values, "sources": {**sources, **dict.fromkeys(parts_of(field), TOLD)}})


Pair = tuple[Task, Task]


def ends(problem: Problem, task: Task, field: str) -> Pair | None:
    """Return the task at the unfavourable and at the favourable end of what may be so; ``None`` when nothing may.

    A figure with a range moves between its low and its high. What is assumed without one may be off by one step: a
    level by one, a number of times by one a day where it is more than one, an earliest start or latest end by
    ``WINDOW``, a share by ``SHARE``. A yes may turn out a no, a task that is free may turn out reserved.
    """
    if not any(is_open(task, f) for f in parts_of(field)):
        return None
    values = _ENDS[field](problem, task)
    if values is None:
        return None
    low, high = (told(task, field, **v) for v in values)
    return low, high


Values = tuple[dict[str, object], dict[str, object]]


def _minutes(_: Problem, task: Task) -> Values | None:
    if task.minutes is None or not task.minutes.width:
        return None
    return {"minutes": Range.exactly(task.minutes.low)}, {"minutes": Range.exactly(task.minutes.high)}


def _times(_: Problem, task: Task) -> Values | None:
    if task.times is None or max(task.times) < 2:
        return None
    low, high = (tuple(n + step if n > 1 else n for n in task.times) for step in (-1, 1))
    return {"times": low}, {"times": high}


def _window(_: Problem, task: Task) -> Values | None:
    if task.window is None:
        return None
    start, end = task.window.start, task.window.end
    step = min(WINDOW, task.window.length // 4)
    narrow, wide = (start + step, end - step), (max(0, start - step), min(2 * DAY, end + step))
    return {"window": Window(start=narrow[0], end=narrow[1])}, {"window": Window(start=wide[0], end=wide[1])}


def _doers(problem: Problem, task: Task) -> Values | None:
    short = {r.id for r in problem.workplace.roles if r.shortage}
    now = sum(s.percent for s in task.doers if s.role in short)
    if not 0 < now < 100:
        return None
    low, high = max(0, now - SHARE), min(100, now + SHARE)
    return {"doers": shares(task, short, low)}, {"doers": shares(task, short, high)}


def shares(task: Task, short: Iterable[str], percent: int) -> tuple[Share, ...]:
    """Return the doers of a task when the shortage roles among them do ``percent`` of it, in the same proportions."""
    short = set(short)
    made: dict[str, int] = {}
    for mine, total in ((True, percent), (False, 100 - percent)):
        side = [s for s in task.doers if (s.role in short) is mine]
        left, weight = total, sum(s.percent for s in side)
        for s in side:
            made[s.role] = left * s.percent // weight
            left, weight = left - made[s.role], weight - s.percent
    return tuple(Share(role=r, percent=p) for r, p in made.items() if p)


def _legal(_: Problem, task: Task) -> Values | None:
    if task.legal is Legal.RESERVED:
        return None
    better = task.legal if task.legal is Legal.PERMIT else Legal.FREE
    return {"legal": Legal.RESERVED}, {"legal": better}


def _harm(_: Problem, task: Task) -> Values:
    known = task.harm
    harm = SERIOUS if known is None else min(SERIOUS, known + 1) if is_open(task, "harm") else known
    unchecked, checked = (False, True) if is_open(task, "checked") else (task.checked, task.checked)
    return {"harm": harm, "checked": unchecked}, {"harm": 1 if known is None else known, "checked": checked}


def _demands(_: Problem, task: Task) -> Values | None:
    high = {n: CEILING + 1 for n, level in task.demands.items() if level == CEILING and is_open(task, f"demands.{n}")}
    return ({"demands": {**task.demands, **high}}, {}) if high else None


def _either(field: str, worse: object, better: object) -> Callable[[Problem, Task], Values]:
    return lambda _problem, _task: ({field: worse}, {field: better})


def _contact(_: Problem, task: Task) -> Values:
    return {"contact": Contact.NONE}, {"contact": Contact.COLLEAGUES if task.contact is None else task.contact}


_ENDS: Mapping[str, Callable[[Problem, Task], Values | None]] = {
    "minutes": _minutes,
    "times": _times,
    "window": _window,
    "doers": _doers,
    "legal": _legal,
    "harm": _harm,
    "demands": _demands,
    "separable": _either("separable", False, True),
    "left_undone": _either("left_undone", True, False),
    "recovery": _either("recovery", True, False),
    "learning": _either("learning", False, True),
    "unpleasant": _either("unpleasant", True, False),
    "alone": _either("alone", True, False),
    "posture": _either("posture", Posture.STANDING, Posture.MIXED),
    "contact": _contact,
}


def changed(problem: Problem, tasks: Iterable[Task]) -> Problem:
    """Return the problem with other tasks in place of those of the same name."""
    new = {t.id: t for t in tasks}
    place = problem.workplace.model_copy(update={"tasks": tuple(new.get(t.id, t) for t in problem.workplace.tasks)})
    verdicts = {**problem.verdicts, **{t.id: elementary(t) for t in new.values()}}
    return replace(problem, workplace=place, verdicts=verdicts)
