"""The command that lets the holders of two jobs swap half days every second week."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from klaver.cli.designs import Case, DesignFile, HoldersFile, People
from klaver.cli.ending import NO, NO_ANSWER
from klaver.cli.groups import seated
from klaver.cli.options import JsonOption, LangOption, language
from klaver.cli.stored import problem_of, stored
from klaver.language import Language, day_name, hours, tell
from klaver.values import Fault, Faults

if TYPE_CHECKING:
    from klaver.design.half_days import HalfDays, Met
    from klaver.design.rotating import Rotated


def rotate(
    design_file: DesignFile,
    case: Case,
    out: Annotated[Path | None, typer.Option("--out", help="File for the rotation (.json).")] = None,
    by: Annotated[str, typer.Option("--by", help="tasks: meet more tasks; load: spread heavy work.")] = "tasks",
    people: People = None,
    holders: HoldersFile = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Stop after about this many seconds.")] = 120,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> int:
    """Let two by two jobs swap half days every second week, so that people meet more tasks; exit 3 when none can."""
    from klaver.design.rotating import rotate as search

    told = language(lang)
    if by not in ("tasks", "load"):
        raise Faults([Fault(code="rotate.no_aim", values={"by": by})])
    found = stored(design_file)
    if len(found.jobs) < 2:
        raise Faults([Fault(code="rotate.one_job", file=str(design_file))])
    asked = seated(problem_of(found, case, people), found, holders, people)
    ends = time.monotonic() + limit
    answer = search(asked, found, "load" if by == "load" else "tasks", lambda: time.monotonic() < ends)
    if out is not None and answer.rotation is not None:
        beside = out.with_name(out.name + ".part")
        beside.write_text(answer.rotation.to_json(), encoding="utf-8")
        beside.replace(out)
    if as_json:
        typer.echo(json.dumps(_data(answer), ensure_ascii=False, indent=2))
    else:
        _show(answer, told)
    if answer.rotation is not None:
        return 0
    return NO if answer.every else NO_ANSWER


def _data(answer: Rotated) -> dict[str, object]:
    found = answer.rotation
    return {
        "rotation": None if found is None else found.model_dump(mode="json"),
        "why": [b.model_dump(mode="json") for b in answer.why],
        "every": answer.every,
    }


def _show(answer: Rotated, lang: Language) -> None:
    from klaver.design.telling import tell_breach

    if answer.rotation is not None:
        _show_rotation(answer.rotation, lang)
    elif answer.why:
        typer.echo(tell("rotate.why_not", lang))
        for breach in answer.why:
            typer.echo(f"  - {tell_breach(breach, lang)}")
    elif answer.every:
        typer.echo(tell("rotate.nothing_new", lang))
    if not answer.every:
        typer.echo(tell("rotate.not_every", lang))


def _show_rotation(found: HalfDays, lang: Language) -> None:
    typer.echo(tell("rotate.heading", lang))
    for swap in found.swaps:
        one, other = swap.jobs
        typer.echo(f"  {tell(f'rotate.swap_{swap.half}', lang, day=day_name(swap.day, lang), one=one, other=other)}")
    touched = {job for swap in found.swaps for job in swap.jobs}
    for mine in found.met:
        typer.echo(f"  {_met(mine, lang) if mine.job in touched else tell('rotate.same', lang, job=mine.job)}")
    typer.echo(tell("rotate.kept", lang))


def _met(mine: Met, lang: Language) -> str:
    before, after = hours(mine.hard, lang), hours(mine.hard_both, lang)
    return tell("rotate.met", lang, job=mine.job, tasks=mine.tasks, both=mine.tasks_both, hard=before, hard_both=after)


COMMANDS = {"rotate": rotate}
