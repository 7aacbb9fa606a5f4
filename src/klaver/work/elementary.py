"""The elementary test: can this task be done without the scarce qualification? One test for all of Klaver."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from klaver.scale.dimensions import TASK_NUMBERS
from klaver.values import Record, SourceKind
from klaver.work.records import Legal, Task
from klaver.work.wording import guard_words, joined_verbs

CEILING = 3
"""Highest level that an elementary task may ask on a per-task dimension (Klaver's own choice; a caller may differ)."""

SERIOUS = 3
"""Harm from which a professional must check the work."""

Answer = Literal["yes", "no", "ask"]


class Reason(Record):
    """One reason, mark or question: a message code (``elementary.*`` or ``gap.*``) with its values."""

    code: str
    values: dict[str, str | int] = {}


class Verdict(Record):
    """The answer for one task.

    ``reasons`` say why it is *no* or *ask*, or who decided otherwise; ``marks`` never exclude, they must be kept in
    mind; ``questions`` are what to ask so that nothing stays open. ``overridden`` is true when a person's own verdict
    stands; what the test itself found then moves to the marks.
    """

    elementary: Answer
    reasons: tuple[Reason, ...] = ()
    marks: tuple[Reason, ...] = ()
    questions: tuple[Reason, ...] = ()
    overridden: bool = False


def elementary(task: Task, ceiling: int = CEILING) -> Verdict:
    """Judge one task.

    *No*: reserved by law, serious harm that nobody checks, a per-task demand above ``ceiling``, or not separable.
    *Ask*: the legal status, the harm, a check on serious harm or the times are not known, or a guard word stands in a
    task whose legal status is only assumed to be free. A person's override wins over all of this but the law: it does
    not make a reserved task free, and it does not answer what the law says where nobody has looked.

    Source: ``research/domain.md`` 1.4, after the Dutch work analysis of UWV and Maastricht University.
    """
    no = tuple(_exclusions(task, ceiling))
    open_points = tuple(_open(task))
    marks, questions = tuple(_marks(task)), tuple(_questions(task))
    answer: Answer = "no" if no else "ask" if open_points else "yes"
    if task.override is None or task.legal is Legal.RESERVED:
        return Verdict(elementary=answer, reasons=no or open_points, marks=marks, questions=questions)
    decided = Reason(code="elementary.overridden", values={"comment": task.override.comment})
    law = tuple(r for r in open_points if r.code == "elementary.legal_unknown")
    if task.override.elementary and law:
        kept = tuple(r for r in (*no, *open_points) if r not in law)
        return Verdict(elementary="ask", reasons=law, marks=(decided, *kept, *marks), questions=questions)
    answer = "yes" if task.override.elementary else "no"
    found = (*no, *open_points, *marks)
    return Verdict(elementary=answer, reasons=(decided,), marks=found, questions=questions, overridden=True)


def guards(task: Task) -> dict[str, str]:
    """Return the guards that the task's name touches, each with the word that touched it."""
    found: dict[str, str] = {}
    for lang, name in _names(task):
        for guard, word in guard_words(name, lang).items():
            found.setdefault(guard, word)
    return found


def composite(task: Task) -> tuple[str, ...]:
    """Return the parts of a name that holds several tasks ("clear the tables, wash up"), or nothing."""
    return joined_verbs(task.name, task.lang)


def _names(task: Task) -> list[tuple[str, str]]:
    return [(task.lang, task.name), *sorted(task.names.items())]


def _exclusions(task: Task, ceiling: int) -> Iterator[Reason]:
    if task.legal is Legal.RESERVED:
        yield Reason(code="elementary.reserved", values={"basis": task.legal_basis or "-"})
    if task.harm == SERIOUS and task.checked is False:
        yield Reason(code="elementary.harm")
    for number in sorted(TASK_NUMBERS & task.demands.keys()):
        if task.demands[number] > ceiling:
            values: dict[str, str | int] = {"dimension": number, "level": task.demands[number], "ceiling": ceiling}
            yield Reason(code="elementary.demand", values=values)
    if task.separable is False:
        yield Reason(code="elementary.inseparable")


def _open(task: Task) -> Iterator[Reason]:
    if task.legal is Legal.UNKNOWN:
        yield Reason(code="elementary.legal_unknown")
    if task.legal is Legal.FREE and _assumed_free(task):
        for guard, word in guards(task).items():
            yield Reason(code="elementary.guard", values={"guard": guard, "word": word})
    if task.harm is None:
        yield Reason(code="elementary.harm_unknown")
    if task.harm == SERIOUS and task.checked is None:
        yield Reason(code="elementary.check_unknown")
    for field in ("minutes", "times", "window"):
        if getattr(task, field) is None:
            yield Reason(code=f"elementary.{field}_unknown")


def _assumed_free(task: Task) -> bool:
    return task.source_of("legal").kind is SourceKind.ASSUMED


def _marks(task: Task) -> Iterator[Reason]:
    simple = {
        "supervised": task.legal is Legal.SUPERVISED,
        "recovery": task.recovery,
        "valued": task.valued,
        "left_undone": task.left_undone,
        "separable_unknown": task.separable is None,
    }
    if task.legal is Legal.PERMIT:
        yield Reason(code="elementary.permit", values={"permit": task.permit or "-"})
    for code, present in simple.items():
        if present:
            yield Reason(code=f"elementary.{code}")
    parts = composite(task)
    if parts:
        yield Reason(code="elementary.composite", values={"parts": " | ".join(parts), "count": len(parts)})
    doubted = task.legal is Legal.FREE and _assumed_free(task)  # then the guard is a reason, not a mark
    if task.legal is not Legal.RESERVED and not doubted:
        for guard, word in guards(task).items():
            yield Reason(code="elementary.guard_mark", values={"guard": guard, "word": word})


def _questions(task: Task) -> Iterator[Reason]:
    values: dict[str, str | int] = {"subject": task.id, "name": task.name}
    missing = {
        "legal": task.legal is Legal.UNKNOWN or (task.legal is Legal.FREE and _assumed_free(task) and guards(task)),
        "harm": task.harm is None,
        "checked": task.harm == SERIOUS and task.checked is None,
        "minutes": task.minutes is None,
        "times": task.times is None,
        "window": task.window is None,
        "separable": task.separable is None,
        "recovery": task.recovery is None,
        "valued": task.valued is None,
    }
    for field, is_missing in missing.items():
        if is_missing:
            yield Reason(code=f"gap.{field}", values=values)
