"""Answers about one task, as plain data with a sentence in it."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from klaver.language import Language, day_name, tell

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from klaver.design.problem import Class
    from klaver.design.why.change import Change
    from klaver.design.why.force import Forced
    from klaver.design.why.here import Asking
    from klaver.design.why.out import Out
    from klaver.design.why.records import Reason
    from klaver.values import Weekday

INLINE = 3
"""Up to so many other tasks that move are told in one sentence; more of them stand on lines of their own."""

Row = dict[str, Any]
Told = dict[str, list[Row]]


def told_of_task(asking: Asking, ident: str, job: str | None, lang: Language, *, force: bool, change: bool) -> Told:
    """Return the reasons of a task; and, when asked, what it costs to force it and what would be enough."""
    from klaver.design.why.task import free, why

    reasons = why(asking.problem, asking.jobs, ident, asking)
    made: Told = {"reasons": [_data(r, tell_reason(r, lang)) for r in reasons if job is None or r.job in (None, job)]}
    numbers = [n for n, j in enumerate(asking.jobs) if job in (None, j.id)]
    classes = free(asking.problem, asking.jobs, ident)
    if force:
        made["force"] = told_forced(forced(asking, numbers, classes), lang)
    if change:
        made["changes"] = [
            row for n in numbers for row in _joined([r for c in classes for r in _enough(asking, n, c, lang)], lang)
        ]
    return made


def _data(found: Any, told: str) -> Row:
    plain = {k: v for k, v in asdict(found).items() if k not in ("problem", "jobs", "breaches")}
    if getattr(found, "breaches", ()):
        plain["breaches"] = [b.model_dump(mode="json") for b in found.breaches]
    return {k: v for k, v in plain.items() if v is not None and v not in ((), "")} | {"told": told}


def tell_reason(reason: Reason, lang: Language) -> str:
    """Tell one reason in a sentence."""
    from klaver.design.telling import tell_breach

    told = []
    for breach in reason.breaches:
        here = breach.job == reason.job  # the job and the day stand in the sentence already
        told.append(tell_breach(breach.model_copy(update={"job": None, "day": None}) if here else breach, lang))
    days = ", ".join(day_name(d, lang, short=True) for d in sorted(reason.days))
    return tell(
        reason.code,
        lang,
        job=reason.job or "",
        days=days,
        tasks=", ".join(reason.tasks),
        relief=reason.relief or 0,
        reason=tell("why.or", lang).join(t.rstrip(".") for t in told) if len(told) > 1 else "".join(told),
    )


def _days(days: Iterable[Weekday], lang: Language) -> str:
    return ", ".join(day_name(d, lang, short=True) for d in sorted(days))


def forced(
    asking: Asking, numbers: Iterable[int], classes: Sequence[Class], pinned: Collection[str] = ()
) -> list[Forced] | None:
    """Return what it costs to force classes of one task into each of some jobs; ``None`` when a day is too full.

    Tasks that are ``pinned`` stay where they are.
    """
    from klaver.design.why.force import Board

    if not classes:
        return []
    try:
        board = Board(asking.problem, asking.jobs, pinned)
    except ValueError:
        return None
    never = [c for c in classes if board.never(c)]
    parts = [part for part in ([c for c in classes if c not in never], never) if part]
    return [board.force(n, part) for n in numbers for part in parts]


def told_forced(found: Iterable[Forced] | None, lang: Language) -> list[Row]:
    """Return what forcing costs as rows; one row when a day is too full to look into it."""
    if found is None:
        return [{"code": "force.too_full", "told": tell("force.too_full", lang)}]
    return [_data(f, tell_forced(f, lang)) for f in found]


def tell_forced(found: Forced, lang: Language) -> str:
    """Tell what it costs to force a task, which other tasks move, and what is proved of it."""
    cost, better = found.cost or 0, found.code == "force.found" and (found.cost or 0) < 0
    values = {"job": found.job, "days": _days(found.days, lang), "cost": cost, "gain": -cost}
    count = len({task for task, _, _ in found.changed})
    parts = [tell("force.better" if better else found.code, lang, count=count, **values)]
    by: dict[tuple[str, str | None], list[Weekday]] = {}
    for task, day, job in found.changed:
        by.setdefault((task, job), []).append(day)
    for (task, job), days in by.items():
        code = "force.moves_back" if job is None else "force.moves_to"
        parts.append(tell(code, lang, task=task, days=_days(days, lang), job=job or ""))
    if found.least is not None:
        parts.append(tell("force.least", lang, least=found.least))
    elif found.code != "force.never":
        parts.append(tell("force.no_least", lang))
    if len(by) <= INLINE:
        return tell("force.and", lang).join(parts)
    return "\n".join((tell("force.and", lang).join((parts[0], parts[-1])), *(f"  - {part}" for part in parts[1:-1])))


def _enough(asking: Asking, number: int, found: Class, lang: Language) -> list[Row]:
    from klaver.design.why.change import changes
    from klaver.design.why.out import taking_out
    from klaver.design.why.records import POSSIBLE

    reasons = asking.reasons(number, found)
    if any(r.code == POSSIBLE for r in reasons):
        return []
    world = changes(asking, number, found, reasons)
    out = taking_out(asking, number, found, reasons)
    where = {"job": world.job, "days": [world.day]}
    rows = [where | _data(c, "") | _words("change.enough", change=tell_change(c, lang)) for c in world.found]
    if not rows:
        code = "change.none" if world.sure else "change.none_found"
        rows = [where | {"code": code} | _words(code)]
    return [*rows, where | _data(out, "") | {"code": "change.out"} | _words(*_out_words(out))]


def _words(code: str, values: Row | None = None, **more: str) -> Row:
    """Return what a row says but for its job and days, so that days of which the same is true are told together."""
    return {"says": (code, {**(values or {}), **more})}


def _joined(rows: list[Row], lang: Language) -> list[Row]:
    """Return the rows with those of several days made one where they say the same, each with its sentence."""
    made: list[Row] = []
    for row in rows:
        same = next((r for r in made if (r["says"], r["job"]) == (row["says"], row["job"])), None)
        if same is None:
            made.append(row)
        else:
            same["days"] = [*same["days"], *row["days"]]
    for row in made:
        code, values = row.pop("says")
        row.pop("day", None)
        row["told"] = tell(code, lang, job=row["job"], days=_days(row["days"], lang), **values)
    return made


def tell_change(change: Change, lang: Language) -> str:
    """Tell one change of the world."""
    from klaver.scale.dimensions import dimension

    subject = tell(f"choice.cooperation_{change.subject}", lang) if change.code == "change.form" else change.subject
    label = dimension(change.dimension).label[lang] if change.dimension is not None else ""
    return tell(change.code, lang, subject=subject, amount=change.amount, dimension=label)


def tell_out(out: Out, lang: Language) -> str:
    """Tell which other tasks would have to go, or that no two are enough."""
    code, values = _out_words(out)
    return tell(code, lang, job=out.job, days=_days([out.day], lang), **values)


def _out_words(out: Out) -> tuple[str, Row]:
    if not out.tasks:
        return ("change.no_out" if out.sure else "change.no_out_found"), {}
    costs = out.relief is not None and out.relief < 0
    return f"change.out_{'costs' if costs else 'gives'}", {
        "tasks": ", ".join(out.tasks),
        "relief": abs(out.relief or 0),
    }


def named(told: str, lang: Language) -> str:
    """Call the jobs in a sentence as the pages call them: ``job-1`` is Job 1."""
    return re.sub(r"\bjob-(\d+)\b", lambda found: tell("report.job_name", lang, number=found[1]), told)
