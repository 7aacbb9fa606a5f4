"""The command ask: which questions decide most, printed and as an interview sheet to take along."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.padding import Padding

from klaver.cli.asked import Case, CsvOption, print_csv, print_json
from klaver.cli.options import JsonOption, LangOption, language
from klaver.cli.stored import problem_of, profiles_of, stored
from klaver.language import tell
from klaver.values import Fault, Faults

if TYPE_CHECKING:
    from klaver.design.asking import Question
    from klaver.design.problem import Problem
    from klaver.design.records import Job
    from klaver.documents.interview import Interview

File = Annotated[
    Path,
    typer.Argument(help="A stored design, or a workplace that has none yet.", metavar="DESIGN.json|CASE.xlsx"),
]


def ask(
    file: File,
    case: Case = None,
    many: Annotated[int | None, typer.Option("--many", min=1, help="How many questions; ten by default.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder for the interview sheet (PDF and HTML).")] = None,
    people: Annotated[Path | None, typer.Option("--people", help="Own groups instead of Klaver's eight.")] = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> int:
    """Ask next: the ten questions that decide most, and an interview sheet to take along.

    Every value that was only assumed is tried at both of its ends; the law and safety come first.

    Type the answers in the workbook, with their source, and ask again: what was told is not asked twice.

    With a design: klaver ask out/design-1.json --out out. Without one: klaver ask ward.xlsx.
    """
    from klaver.design.asking import MANY, questions
    from klaver.documents.interview import Interview

    told = language(lang)
    problem, jobs = _asked(file, case, people)
    every = questions(problem, jobs)
    found = every[: many or MANY]
    sheet = Interview(problem, jobs, found, told)
    written = [] if out is None else _write(sheet, out)
    if as_json:
        print_json(_data(sheet, found, len(every), written))
    elif as_csv:
        print_csv(HEADS, _rows(sheet, found))
    else:
        _print(sheet, len(every) - len(found), written)
    return 0


def _asked(file: Path, case: Path | None, people: Path | None) -> tuple[Problem, tuple[Job, ...] | None]:
    """Return what the questions are about: a design with its workplace, or a workplace alone."""
    if _is_design(file):
        found = stored(file)
        return problem_of(found, file.with_name("receipt.json") if case is None else case, people), found.jobs
    if case is not None:
        raise Faults([Fault(code="ask.two_workplaces", file=str(file))])
    from klaver.design.parameters import parameters
    from klaver.design.problem import problem
    from klaver.work.workbook import read_workplace

    place = read_workplace(file)
    found_people = profiles_of(people, place.wishes.profile)
    return problem(place, parameters(datetime.now(UTC).date().isoformat()), found_people), None


def _is_design(file: Path) -> bool:
    """Tell a design from a workplace: both may be JSON, and each names its schema."""
    if file.suffix.lower() != ".json":
        return False
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return True  # reading it as a design then tells what is wrong
    return not (isinstance(data, dict) and str(data.get("schema_id", "")).startswith("klaver/workplace/"))


def _write(sheet: Interview, out: Path) -> list[Path]:
    from klaver.documents.writing import write_pages

    return write_pages(sheet.paper(), out / "ask", datetime.now(UTC).date().isoformat())


def _print(sheet: Interview, more: int, written: Sequence[Path]) -> None:
    console = Console(highlight=False, markup=False)
    for line in sheet.opening():
        console.print(line)
    for told in sheet.questions():
        console.print(f"\n{told.number:2}. {' '.join(filter(None, (told.code, told.question)))}")
        for key in ("whom", "assumed", "hangs", "where"):
            console.print(Padding(f"{sheet.say(f'head_{key}')}: {getattr(told, key)}", (0, 0, 0, 4)))
    console.print()
    if more:
        console.print(sheet.say("more_one" if more == 1 else "more_many", count=more))
    if sheet.found and not written:
        console.print(sheet.say("sheet_hint"))
    if written:
        console.print(tell("cli.files", sheet.lang, folder=str(written[0].parent)))
        for path in written:
            console.print(f"  {path}")


def _data(sheet: Interview, found: Sequence[Question], all_of_them: int, written: Sequence[Path]) -> dict[str, object]:
    from klaver.design.spans import value_range

    margin = None if sheet.jobs is None else value_range(sheet.problem, sheet.jobs).model_dump()
    rows = [
        {**q.model_dump(mode="json"), "safety": q.safety, "told": t.model_dump()}
        for q, t in zip(found, sheet.questions(), strict=True)
    ]
    return {"relief": margin, "questions": rows, "in_all": all_of_them, "files": [str(p) for p in written]}


HEADS = ("number", "about", "task", "name", "whom", "question", "assumed", "hangs", "where")


def _rows(sheet: Interview, found: Sequence[Question]) -> list[list[object]]:
    """Return a line for every task of every question."""
    return [
        [
            t.number,
            q.about,
            name,
            sheet.voice.task(sheet.problem.tasks[name]),
            t.whom,
            t.question,
            t.assumed,
            t.hangs,
            t.where,
        ]
        for q, t in zip(found, sheet.questions(), strict=True)
        for name in q.tasks
    ]


COMMANDS = {"ask": ask}
