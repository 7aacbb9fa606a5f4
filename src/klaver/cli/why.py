"""The command that explains a design: why a task is where it is, and why not elsewhere."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from klaver.cli.designs import HoldersFile
from klaver.cli.groups import seated
from klaver.cli.options import JsonOption, LangOption, language
from klaver.cli.stored import problem_of, stored
from klaver.design.solve.effort import ROUNDS
from klaver.values import Fault, Faults

if TYPE_CHECKING:
    from klaver.design.records import Design
    from klaver.documents.whynot import Told


def explain(
    design_file: Annotated[Path, typer.Argument(help="A stored design.", metavar="DESIGN.json")],
    case: Annotated[Path, typer.Argument(help="A workplace: .xlsx or .json.", metavar="CASE.xlsx")],
    task: Annotated[list[str] | None, typer.Option("--task", help="Only this task; may be repeated.")] = None,
    job: Annotated[str | None, typer.Option("--job", help="Only this job of the design: job-1.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Also: what it costs to put the task in.")] = False,
    change: Annotated[bool, typer.Option("--change", help="Also: the smallest change that makes it possible.")] = False,
    one_more: Annotated[bool, typer.Option("--one-more", help="Why not one more job; some minutes.")] = False,
    rounds: Annotated[int, typer.Option("--rounds", min=1, help="Rounds of search for --one-more.")] = ROUNDS,
    people: Annotated[
        Path | None,
        typer.Option("--people", help="Own groups instead of Klaver's eight; persons for --for."),
    ] = None,
    holders: HoldersFile = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> int:
    """Explain why a task is not in a new job, or what it would do there; without --task, every task left out."""
    from klaver.cli.whynot import told_of_one_more
    from klaver.design.why.here import Asking
    from klaver.documents.whynot import told_of_task

    told = language(lang)
    found = stored(design_file)
    asked = seated(problem_of(found, case, people), found, holders, people)
    faults = [Fault(code="wish.unknown_task", values={"task": t}) for t in task or [] if t not in asked.tasks]
    if job is not None and job not in {j.id for j in found.jobs}:
        known = ", ".join(j.id for j in found.jobs)
        faults.append(Fault(code="cli.unknown_job", values={"job": job, "known": known}))
    if one_more and asked.group:
        faults.append(Fault(code="group.one_more"))
    if faults:
        raise Faults(faults)
    asking = Asking(asked, found.jobs)
    rows: dict[str, Told] = {}
    data: dict[str, object] = {"tasks": rows}
    every = task or ([] if one_more else _left_out(found, [t.id for t in asked.workplace.tasks]))
    for ident in every:
        rows[ident] = told_of_task(asking, ident, job, told, force=force, change=change)
        if not as_json:
            typer.echo(f"{ident}  {asked.tasks[ident].name_in(told)}")
            for row in (r for part in rows[ident].values() for r in part):
                typer.echo(textwrap.indent(row["told"], "    "))
    if one_more:
        data["one_more"] = more = told_of_one_more(asked, found, rounds, told)
        if not as_json:
            typer.echo(more["told"])
    if as_json:
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
    return 0


def _left_out(found: Design, every: list[str]) -> list[str]:
    done = {e.task for j in found.jobs for s in j.shifts for e in s.entries}
    return [t for t in every if t not in done]


COMMANDS = {"explain": explain}
