"""The command that explains a design: why a task is where it is, and why not elsewhere."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from klaver.cli.options import JsonOption, LangOption, language
from klaver.cli.stored import problem_of, stored
from klaver.language import Language, day_name, tell
from klaver.values import Fault, Faults

if TYPE_CHECKING:
    from klaver.design.records import Design
    from klaver.design.why.records import Reason


def explain(
    design_file: Annotated[Path, typer.Argument(help="A stored design.", metavar="DESIGN.json")],
    case: Annotated[Path, typer.Argument(help="A workplace: .xlsx or .json.", metavar="CASE.xlsx")],
    task: Annotated[list[str] | None, typer.Option("--task", help="Only this task; may be repeated.")] = None,
    job: Annotated[str | None, typer.Option("--job", help="Only this job of the design: job-1.")] = None,
    people: Annotated[
        Path | None,
        typer.Option("--people", help="Own groups instead of Klaver's eight; persons for --for."),
    ] = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> int:
    """Explain why a task is not in a new job, or what it would do there; without --task, every task left out."""
    from klaver.design.why.here import Asking
    from klaver.design.why.task import why

    told = language(lang)
    found = stored(design_file)
    asked = problem_of(found, case, people)
    faults = [Fault(code="wish.unknown_task", values={"task": t}) for t in task or [] if t not in asked.tasks]
    if job is not None and job not in {j.id for j in found.jobs}:
        known = ", ".join(j.id for j in found.jobs)
        faults.append(Fault(code="cli.unknown_job", values={"job": job, "known": known}))
    if faults:
        raise Faults(faults)
    asking = Asking(asked, found.jobs)
    rows: dict[str, dict[str, object]] = {}
    for ident in task or _left_out(found, [t.id for t in asked.workplace.tasks]):
        reasons = [r for r in why(asked, found.jobs, ident, asking) if job is None or r.job in (None, job)]
        rows[ident] = {"reasons": [_data(r, told) for r in reasons]}
        if not as_json:
            typer.echo(f"{ident}  {asked.tasks[ident].name_in(told)}")
            for reason in reasons:
                typer.echo(f"    {tell_reason(reason, told)}")
    if as_json:
        typer.echo(json.dumps({"tasks": rows}, ensure_ascii=False, indent=2))
    return 0


def _left_out(found: Design, every: list[str]) -> list[str]:
    done = {e.task for j in found.jobs for s in j.shifts for e in s.entries}
    return [t for t in every if t not in done]


def _data(reason: Reason, lang: Language) -> dict[str, object]:
    plain = asdict(reason) | {"breaches": [b.model_dump(mode="json") for b in reason.breaches]}
    return {k: v for k, v in plain.items() if v not in (None, (), [])} | {"told": tell_reason(reason, lang)}


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


COMMANDS = {"explain": explain}
