"""The command cards: every task on a card to cut out, for a wall and a table full of people."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from klaver.cli.options import JsonOption, LangOption, language
from klaver.language import tell
from klaver.values import Fault, Faults


def cards(
    case: Annotated[Path, typer.Argument(help="A workplace: .xlsx or .json.", metavar="CASE.xlsx")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the cards (PDF and HTML).")],
    every: Annotated[bool, typer.Option("--all", help="Also the tasks that cannot move.")] = False,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> int:
    """Print every task on a card, eight to a page, and a sheet on which the wall is written down again.

    For the meeting in which staff say what gives them air, and cards move between stays, together and new job.
    """
    from klaver.design.parameters import parameters
    from klaver.design.problem import problem
    from klaver.documents.voice import Voice
    from klaver.documents.wall import Wall
    from klaver.documents.writing import write_pages
    from klaver.people import profiles
    from klaver.work.workbook import read_workplace

    told = language(lang)
    day = datetime.now(UTC).date().isoformat()
    wall = Wall(Voice(problem(read_workplace(case), parameters(day), profiles()), told), every=every)
    if not wall.tasks:
        raise Faults([Fault(code="wall.none_left", file=str(case))])
    written = write_pages(wall.paper(), out / "cards", day)
    if as_json:
        rows = [card.model_dump(mode="json") for card in wall.cards()]
        data = {"cards": rows, "left_out": [t.id for t in wall.left_out], "files": [str(p) for p in written]}
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return 0
    typer.echo(tell("cli.files", told, folder=str(out)))
    for path in written:
        typer.echo(f"  {path}")
    return 0


COMMANDS = {"cards": cards}
