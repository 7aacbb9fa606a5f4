"""Command ``papers``: what people need on the table when they decide about a design."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from klaver.cli.designs import Case, DesignFile, HoldersFile, People
from klaver.cli.groups import seated
from klaver.cli.options import JsonOption, LangOption, language
from klaver.cli.stored import document, problem_of, stored
from klaver.language import tell
from klaver.values import Fault, Faults

if TYPE_CHECKING:
    from klaver.design.agreements.records import Agreements
    from klaver.design.records import Design


def papers(
    design_file: DesignFile,
    case: Case,
    out: Annotated[Path, typer.Option("--out", help="Folder for the papers (PDF, HTML, and tables as XLSX).")],
    agreements_file: Annotated[
        Path | None, typer.Option("--agreements", help="What was said of this design; nothing by default.")
    ] = None,
    people: People = None,
    holders: HoldersFile = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> int:
    """Print the papers for the meeting: message, interview, wall cards, pages per role, consultation file, functions.

    With --agreements the consultation file says who agreed to what, and what this design has changed since.
    """
    from klaver.documents.agreed import Agreed
    from klaver.documents.meeting import papers as meeting
    from klaver.documents.voice import Voice
    from klaver.documents.writing import write_pages, write_tables

    told = language(lang)
    found = stored(design_file)
    asked = seated(problem_of(found, case, people), found, holders, people)
    agreed = Agreed(Voice(asked, told), found.jobs, _agreements(agreements_file, found))
    day = datetime.now(UTC).date().isoformat()
    written = []
    for name, (_, make) in meeting(agreed).items():
        paper = make()
        written += write_pages(paper, out / name, day)
        if name == "consultation":
            written.append(write_tables(paper, out / name, day))
    if as_json:
        gates = [p.model_dump(mode="json") for p in agreed.gates]
        typer.echo(json.dumps({"gates": gates, "files": [str(p) for p in written]}, ensure_ascii=False, indent=2))
        return 0
    typer.echo(agreed.counts())
    typer.echo(tell("cli.files", told, folder=str(out)))
    for path in written:
        typer.echo(f"  {path}")
    return 0


def _agreements(path: Path | None, found: Design) -> Agreements:
    """Read what was said; every place that cannot be read is told."""
    from klaver.design.agreements.records import Agreements

    if path is None:
        return Agreements(workplace=found.workplace)
    read = document(path, Agreements, "agree.not_agreements")
    if read.workplace != found.workplace:
        values: dict[str, str | int] = {"theirs": read.workplace, "ours": found.workplace}
        raise Faults([Fault(code="agree.other_workplace", values=values, file=str(path))])
    return read


COMMANDS = {"papers": papers}
