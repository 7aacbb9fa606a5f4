"""Commands about a workplace: start, template, check, elementary, schema."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from klaver.cli.options import JsonOption, LangOption, known_settings, language, pairs
from klaver.language import Language, tell

if TYPE_CHECKING:
    from klaver.work.validate import Gap

SHOWN = 8
"""How many tasks of one gap are named."""

Workbook = Annotated[Path, typer.Argument(help="A workplace: .xlsx or .json.", metavar="CASE.xlsx")]
Out = Annotated[Path, typer.Argument(help="Where to write (.xlsx or .json).", metavar="OUT.xlsx")]


def start(
    setting: Annotated[str, typer.Argument(help=f"One of {known_settings()}.")],
    out: Out,
    units: Annotated[list[str] | None, typer.Option("--units", help="For example residents=30.")] = None,
    lang: LangOption = None,
) -> None:
    """Start a workplace from the task library: a complete sketch, every value marked assumed."""
    from klaver.work.starters import start as begin
    from klaver.work.workbook import write_workplace

    told = language(lang)
    place = begin(setting, pairs(units or [], "residents=30"), told)
    write_workplace(place, out, told)
    typer.echo(tell("cli.started", told, tasks=len(place.tasks), file=str(out)))


def template(
    out: Out,
    lang: LangOption = None,
    examples: Annotated[bool, typer.Option(help="Put example rows in every sheet.")] = True,
) -> None:
    """Write an empty workbook with explanations, drop-downs and example rows."""
    from klaver.work.workbook import write_template

    write_template(out, language(lang), with_examples=examples)
    typer.echo(tell("cli.written", language(lang), file=str(out)))


def check(case: Workbook, lang: LangOption = None, as_json: JsonOption = False) -> int:
    """Check a workplace: every mistake with its place and remedy, and what is not known yet."""
    from klaver.work.validate import gaps
    from klaver.work.workbook import read_workplace

    told = language(lang)
    place = read_workplace(case)
    open_gaps = gaps(place)
    if as_json:
        rows = [{"task": g.task, "field": g.field} for g in open_gaps]
        typer.echo(json.dumps({"tasks": len(place.tasks), "gaps": rows}, ensure_ascii=False, indent=2))
        return 0
    assumed = sum(t.source.kind == "assumed" for t in place.tasks)
    typer.echo(tell("cli.checked", told, file=case.name, tasks=len(place.tasks), assumed=assumed))
    if open_gaps:
        typer.echo(tell("cli.gaps", told))
    for line in _gaps_by_sheet(open_gaps, len(place.tasks), told):
        typer.echo(line)
    return 0


def _gaps_by_sheet(gaps: Sequence[Gap], tasks: int, lang: Language) -> Iterator[str]:
    from klaver.work.workbook.layout import sheet

    for key in ("tasks", "demands"):
        by_field: dict[str, list[str]] = {}
        for gap in (g for g in gaps if (g.field == "demands") == (key == "demands")):
            by_field.setdefault(gap.field, []).append(gap.task)
        if by_field:
            yield "  " + tell("cli.gaps_on", lang, sheet=sheet(key).name(lang))
        for field, idents in by_field.items():
            shown = ", ".join(idents[:SHOWN]) + (" ..." if len(idents) > SHOWN else "")
            name = tell(f"choice.field_{field}", lang)
            yield "    " + tell("cli.gap", lang, field=name, count=len(idents), all=tasks, tasks=shown)


def elementary(case: Workbook, lang: LangOption = None, as_json: JsonOption = False) -> int:
    """Show which tasks are elementary, and why or why not."""
    from klaver.work.elementary import elementary as judge
    from klaver.work.workbook import read_workplace

    told = language(lang)
    place = read_workplace(case)
    verdicts = [(t, judge(t)) for t in place.tasks]
    if as_json:
        rows = [
            {
                "task": t.id,
                "name": t.name_in(told),
                "elementary": v.elementary,
                "reasons": [tell(r.code, told, **r.values) for r in (*v.reasons, *v.marks)],
            }
            for t, v in verdicts
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    table = Table(box=None, pad_edge=False)
    for key in ("cli.task", "cli.verdict", "cli.reasons"):
        table.add_column(tell(key, told), overflow="fold")
    for task, verdict in verdicts:
        why = "; ".join(tell(r.code, told, **r.values) for r in (*verdict.reasons, *verdict.marks))
        table.add_row(
            f"{task.id}  {task.name_in(told)}",
            tell(f"cli.verdict_{verdict.elementary}", told) + (" *" if verdict.overridden else ""),
            why,
        )
    Console(highlight=False).print(table)
    return 0


def draft(
    out: Out,
    onet: Annotated[list[Path], typer.Option("--onet", help="Folder with official O*NET files; may be repeated.")],
    occupation: Annotated[str, typer.Option("--occupation", help="O*NET-SOC code, such as 31-1131.00.")],
    assume: Annotated[
        list[str] | None,
        typer.Option(
            "--assume", help="Numbers where O*NET has none, shown as filled in on request: minutes=20,per_week=5."
        ),
    ] = None,
    lang: LangOption = None,
) -> None:
    """Draft a workplace from the official task list of an occupation; what O*NET does not know stays a gap."""
    from klaver.occupations.onet import draft as from_onet
    from klaver.work.workbook import write_workplace

    told = language(lang)
    place = from_onet(onet, occupation, pairs(assume or [], "minutes=20"), told)
    write_workplace(place, out, told)
    typer.echo(tell("cli.drafted", told, tasks=len(place.tasks), file=str(out)))
    for line in place.gaps_noted[1:]:
        typer.echo(line)


def schema(
    folder: Annotated[Path | None, typer.Argument(help="Where to write the JSON Schemas.", metavar="FOLDER")] = None,
) -> None:
    """Publish the JSON Schemas of everything that Klaver stores."""
    from klaver.design.agreements.records import Agreements
    from klaver.design.board.records import Board
    from klaver.design.records import Design
    from klaver.people.records import Profile
    from klaver.work.records import Workplace

    for document in (Workplace, Design, Board, Agreements, Profile):
        name = document.model_fields["schema_id"].default
        text = json.dumps({"$id": name, **document.model_json_schema()}, indent=2, ensure_ascii=False) + "\n"
        if folder is None:
            typer.echo(text)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / (name.replace("/", "-") + ".schema.json")
            path.write_text(text, encoding="utf-8")
            typer.echo(str(path))


COMMANDS = {
    "start": start,
    "template": template,
    "check": check,
    "elementary": elementary,
    "draft": draft,
    "schema": schema,
}
