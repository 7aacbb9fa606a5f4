"""Command ``move``: a task to another job or back to its colleagues, what that does, and a repair that is offered."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from klaver.cli.designs import Case, DesignFile, HoldersFile, People
from klaver.cli.ending import NO
from klaver.cli.groups import seated
from klaver.cli.options import JsonOption, LangOption, language
from klaver.cli.progress import tell_when_cold
from klaver.cli.stored import problem_of, stored, written
from klaver.language import Language, day_name, number, tell
from klaver.language.weekdays import parse_days
from klaver.values import Fault, Faults, Weekday

if TYPE_CHECKING:
    from klaver.design.kernel.hand import Hand, Move, Reply
    from klaver.design.kernel.mend import Repair
    from klaver.design.problem import Problem
    from klaver.design.records import Breach, Design, Job, Values

OUT = "out"
TOGETHER, ALONE = -1, -2


def move(
    design_file: DesignFile,
    case: Case,
    task: Annotated[str, typer.Option("--task", help="The task that moves: its code.")],
    to: Annotated[str, typer.Option("--to", help="job-1, job-2 ..., or out: back to the colleagues.")],
    days: Annotated[str | None, typer.Option("--days", help="Only on these days: 'mo-we', 'weekdays' ...")] = None,
    shared: Annotated[bool, typer.Option("--shared", help="Done together with a colleague.")] = False,
    pin: Annotated[
        list[str] | None, typer.Option("--pin", help="This task stays where it is; may be repeated.")
    ] = None,
    better: Annotated[bool, typer.Option("--better", help="Then look whether little more change gives more.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="File for the design after the move (and repair).")] = None,
    people: People = None,
    holders: HoldersFile = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> int:
    """Move one task on a design: what it does at once, and the smallest repair when something no longer fits.

    Ends with 3 when the move breaks something and no repair was found.
    """
    from klaver.design.board.table import by_hand
    from klaver.design.check import refused
    from klaver.design.kernel.hand import Hand
    from klaver.design.kernel.mend import repair

    told = language(lang)
    found = stored(design_file)
    asked = seated(problem_of(found, case, people), found, holders, people)
    moved = _asked(asked, found, (task, to, days, shared), pin or [], told)
    tell_when_cold(told, as_json)
    before = Hand.of(asked, found.jobs, floors=found.floors)
    board = Hand.of(asked, found.jobs, before.kernel, found.floors)
    reply, after = _answered(asked, board, moved)
    against = () if reply.days else refused(asked, after)
    good = not reply.days and not against
    mended = None if good else repair(before, moved, pin or ())
    if good:
        board = Hand.of(asked, after, before.kernel, found.floors)
    offered = _offer(asked, board, good, mended, [*(pin or []), task]) if better else None
    if as_json:
        typer.echo(json.dumps(_data(found, reply, against, mended, offered), ensure_ascii=False, indent=2))
    else:
        _tell(asked, found, moved, reply, against, mended, told)
        if better:
            _tell_offer(asked, offered, told)
    jobs = offered.jobs if offered else after if good else mended.jobs if mended else None
    if out is not None and jobs is not None:
        made = by_hand(asked, jobs, found.floors)
        written(out, made.model_copy(update={"objective": found.objective, "undecided": found.undecided}).to_json())
        if not as_json:
            typer.echo(tell("move.written", told, file=str(out)))
    return 0 if jobs is not None else NO


def _asked(
    asked: Problem, found: Design, given: tuple[str, str, str | None, bool], pins: list[str], lang: Language
) -> Move:
    """Read the move; everything that is wrong with it is told at once."""
    from klaver.design.kernel.hand import Move

    task, to, days, shared = given
    unknown = [t for t in [task, *pins] if t not in asked.tasks]
    faults = [Fault(code="wish.unknown_task", values={"task": t}) for t in unknown]
    names = [job.id for job in found.jobs]
    if to not in (*names, OUT):
        faults.append(Fault(code="move.unknown_job", values={"given": to, "known": ", ".join([*names, OUT])}))
    chosen = asked.days if days is None else parse_days(days)
    if chosen is None:
        faults.append(Fault(code="move.days", values={"given": days or ""}))
    if task not in unknown and to != OUT:
        code = asked.why_not(asked.tasks[task])
        on = [d for d in chosen or () if (task, d) in asked.by_key]
        if code is not None:
            faults.append(Fault(code="move.may_not", values={"task": task, "why": tell(code, lang)}))
        elif chosen is not None and not on:
            faults.append(Fault(code="move.not_done_then", values={"task": task}))
    if not faults and _is_there(found, task, to, tuple(chosen or ()), shared):
        faults.append(Fault(code="move.already", values={"task": task}))
    if faults:
        raise Faults(faults)
    return Move(task, tuple(chosen or ()), None if to == OUT else names.index(to), shared)


def _is_there(found: Design, task: str, to: str, days: tuple[Weekday, ...], shared: bool) -> bool:
    """Tell whether nothing would move."""
    held = {(s.day, job.id): e.shared for job in found.jobs for s in job.shifts for e in s.entries if e.task == task}
    there = [held.get((day, to)) for day in days]
    if to == OUT:
        return not any(day in days for day, _ in held)
    return all(one is shared for one in there)


def _answered(asked: Problem, board: Hand, moved: Move) -> tuple[Reply, tuple[Job, ...]]:
    """Do the move and say what is so; a day that stays open at once gets a second, exact look."""
    from klaver.design.effects import values_of
    from klaver.design.solve.day import Days
    from klaver.design.solve.settle import settle

    reply = board.move(moved)
    if all(d.possible is False for d in reply.days):
        return reply, board.jobs()
    settled = settle(board, Days(asked), reply)
    return replace(settled.reply, values=values_of(asked, settled.jobs)), settled.jobs


def _offer(asked: Problem, board: Hand, good: bool, repair: Repair | None, pins: list[str]) -> Repair | None:
    """Look for more from the board as it is after the move and its repair."""
    from klaver.design.kernel.hand import Hand
    from klaver.design.kernel.mend import better

    if not good and repair is None:
        return None
    start = board if good or repair is None else Hand.of(asked, repair.jobs, board.kernel)
    return better(start, pins)


# what is told


def _data(
    found: Design, reply: Reply, against: tuple[Breach, ...], repair: Repair | None, offered: Repair | None
) -> dict[str, object]:
    return {
        "before": found.values.model_dump(),
        "after": None if reply.days else reply.values.model_dump(exclude={"to_ask"}),
        "breaches": [b.model_dump(mode="json") for b in against],
        "days": [{"job": found.jobs[d.job].id, "day": d.day.name.lower(), "possible": d.possible} for d in reply.days],
        "repair": _repair_data(found, repair),
        "better": _repair_data(found, offered),
    }


def _repair_data(found: Design, repair: Repair | None) -> dict[str, object] | None:
    if repair is None:
        return None
    rows = [
        {"task": task, "day": day.name.lower(), "to": OUT if job is None else found.jobs[job].id}
        for task, day, job in repair.changed
    ]
    together = [{"task": task, "day": day.name.lower(), "shared": shared} for task, day, shared in repair.shared]
    return {"values": repair.values.model_dump(), "changed": rows, "together": together}


def _tell(
    asked: Problem,
    found: Design,
    moved: Move,
    reply: Reply,
    against: tuple[Breach, ...],
    repair: Repair | None,
    lang: Language,
) -> None:
    from klaver.design.telling import tell_breach

    on = [d for d in moved.days if any(c.day is d for c in asked.by_task.get(moved.task, ()))]
    where = tell("move.out", lang) if moved.job is None else found.jobs[moved.job].id
    name = f"{moved.task} {asked.tasks[moved.task].name_in(lang)}"
    typer.echo(tell("move.title", lang, task=name, days=_days(on, lang), to=where))
    for day in reply.days:
        code = "move.day_impossible" if day.possible is False else "move.day_open"
        typer.echo("  " + tell(code, lang, job=found.jobs[day.job].id, day=day_name(day.day, lang)))
    for breach in against:
        typer.echo("  " + tell_breach(breach, lang))
    if not reply.days:
        _tell_values(found.values, reply.values, lang)
    if not reply.days and not against:
        typer.echo(tell("move.good", lang))
    elif repair is None:
        typer.echo(tell("move.no_repair", lang))
    else:
        typer.echo(tell("move.repair", lang))
        _tell_repair(asked, found.values, repair, lang)


def _tell_offer(asked: Problem, offered: Repair | None, lang: Language) -> None:
    if offered is None:
        typer.echo(tell("move.nothing_better", lang))
        return
    typer.echo(tell("move.better", lang))
    _tell_repair(asked, None, offered, lang)


def _tell_repair(asked: Problem, before: Values | None, repair: Repair, lang: Language) -> None:
    by: dict[tuple[str, int | None], list[Weekday]] = {}
    for task, day, job in repair.changed:
        by.setdefault((task, job), []).append(day)
    for task, day, together in repair.shared:
        by.setdefault((task, TOGETHER if together else ALONE), []).append(day)
    for (task, to), days in by.items():
        code = {None: "goes_out", TOGETHER: "together", ALONE: "alone"}.get(to, "goes_in")
        name = f"{task} {asked.tasks[task].name_in(lang)}"
        typer.echo("  " + tell(f"move.{code}", lang, task=name, days=_days(days, lang), job=f"job-{(to or 0) + 1}"))
    _tell_values(before, repair.values, lang)


def _tell_values(before: Values | None, after: Values, lang: Language) -> None:
    for name in ("relief", "doors", "quality", "calm"):
        now, was = getattr(after, name), None if before is None else getattr(before, name)
        shown = [number(v / 60, lang) if name == "relief" else str(v) for v in (now, was) if v is not None]
        code = "move.value" if was is None or was == now else "move.value_was"
        typer.echo("  " + tell(code, lang, name=tell(f"move.{name}", lang), now=shown[0], was=shown[-1]))


def _days(days: list[Weekday], lang: Language) -> str:
    return ", ".join(day_name(d, lang, short=True) for d in sorted(days))


COMMANDS = {"move": move}
