"""Commands that lay people beside jobs, one by one: what to ask, everyone in groups, the jobs for one person."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from klaver.cli.asked import (
    Case,
    CsvOption,
    DesignFile,
    Mapping_,
    OneJob,
    Travel,
    Zone,
    asked,
    print_csv,
    print_json,
)
from klaver.cli.crowds import crowd, named
from klaver.cli.options import JsonOption, LangOption, language
from klaver.language import Language, hours, tell
from klaver.values import Fault, Faults

if TYPE_CHECKING:
    from klaver.matching.persons import Gap, OpenJob, Order


def questions(
    design_file: DesignFile,
    case: Case = None,
    people: Annotated[Path | None, typer.Option("--people", help="A file with the person in it.")] = None,
    person: Annotated[str | None, typer.Option("--person", help="The pseudonym of the person.")] = None,
    mapping: Mapping_ = None,
    travel: Travel = None,
    zone: Zone = None,
    job: OneJob = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> int:
    """Tell what to ask one person about a job: only what the job asks and is not known yet."""
    from klaver.matching.persons import questions as asking
    from klaver.matching.telling import ask

    told = language(lang)
    if people is None or person is None:
        raise Faults([Fault(code="reach.name_person")])
    found_jobs = asked(design_file, case, job, travel, zone)
    someone = named(crowd(people, mapping, told, example=found_jobs.example), person)[0]
    rows = {name: asking(demands, someone) for name, demands in found_jobs.jobs.items()}
    if as_json:
        print_json({name: [q.model_dump(mode="json") for q in several] for name, several in rows.items()})
        return 0
    lines = [(name, q.of, ask(q, told)) for name, several in rows.items() for q in several]
    if as_csv:
        print_csv(["job", "of", "question"], [list(line) for line in lines])
        return 0
    console = Console(highlight=False)
    for name, several in rows.items():
        console.print(tell("reach.questions" if several else "reach.no_questions", told, job=name, person=someone.id))
        for number, question in enumerate(several, 1):
            console.print(f"  {number}. {ask(question, told)}")
    return 0


def match(
    design_file: DesignFile,
    case: Case = None,
    people: Annotated[Path | None, typer.Option("--people", help="The people: .json, .csv, .xlsx or .parquet.")] = None,
    person: Annotated[str | None, typer.Option("--person", help="Jobs for this person, by pseudonym.")] = None,
    order: Annotated[
        str, typer.Option("--order", help="What the person wants first: wish, travel, fewest_gaps.")
    ] = "wish",
    most: Annotated[int, typer.Option("--most", min=1, help="How many jobs to show a person.")] = 10,
    seed: Annotated[int | None, typer.Option("--seed", min=0, help="Draw again as before; else a new draw.")] = None,
    mapping: Mapping_ = None,
    travel: Travel = None,
    zone: Zone = None,
    job: OneJob = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> int:
    """Lay people beside jobs: everyone in groups; with --person the jobs for one; with --job too, line by line."""
    from klaver.matching.persons import gaps, groups, open_jobs

    told = language(lang)
    if order not in ("wish", "travel", "fewest_gaps"):
        raise Faults([Fault(code="reach.no_order", values={"order": order})])
    if order == "travel" and travel is None:
        raise Faults([Fault(code="reach.order_needs_travel")])
    if people is None:
        raise Faults([Fault(code="reach.need_people")])
    found_jobs = asked(design_file, case, job, travel, zone)
    jobs = found_jobs.jobs
    found = crowd(people, mapping, told, example=found_jobs.example)
    chosen = named(found, person)
    if person is not None and job is not None:
        _tell_gaps(gaps(jobs[job], chosen[0]), told, as_json, as_csv)
        return 0
    if person is not None:
        _tell_open_jobs(open_jobs(chosen[0], jobs, most, _order(order)), told, as_json, as_csv)
        return 0
    draw = secrets.randbelow(1_000_000) if seed is None else seed
    everyone = {name: groups(demands, chosen, f"{draw}/{name}") for name, demands in jobs.items()}
    if as_json:
        told_groups = {
            name: {g: [s.model_dump(mode="json") for s in several] for g, several in of.items()}
            for name, of in everyone.items()
        }
        print_json({"draw": draw, "synthetic": found.synthetic, "jobs": told_groups})
    elif as_csv:
        flat = [[name, g, s.person] for name, of in everyone.items() for g, several in of.items() for s in several]
        print_csv(["job", "group", "person"], flat)
    else:
        from klaver.matching.telling import tell_somebody

        console = Console(highlight=False)
        if found.synthetic:
            console.print(tell("reach.synthetic", told))
        for name, of in everyone.items():
            console.print(tell("reach.job", told, job=name, hours=hours(jobs[name].week, told)))
            for group, several in of.items():
                console.print(f"  {tell(f'reach.group_{group}', told)} ({len(several)})")
                for one in several:
                    console.print(Padding(tell_somebody(one, told), (0, 0, 0, 4)))
            console.print()
        console.print(tell("reach.draw", told, seed=draw))
        if travel is None:
            console.print(tell("reach.no_travel", told))
    return 0


def _order(order: str) -> Order:
    return "travel" if order == "travel" else "fewest_gaps" if order == "fewest_gaps" else "wish"


def _tell_gaps(found: Sequence[Gap], lang: Language, as_json: bool, as_csv: bool) -> None:
    """Tell one person beside one job, line by line; what is not asked has no line."""
    from klaver.matching.telling import tell_fit, tell_line

    rows = [[tell_line(g, lang), tell_fit(g, lang)] for g in found]
    if as_json:
        print_json([g.model_dump(mode="json") for g in found])
    elif as_csv:
        print_csv(["asked", "fit"], rows)
    else:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
        for row in rows:
            table.add_row(*row)
        Console(highlight=False).print(table)


def _tell_open_jobs(found: Sequence[OpenJob], lang: Language, as_json: bool, as_csv: bool) -> None:
    from klaver.matching.telling import tell_open_job

    if as_json:
        print_json([j.model_dump(mode="json") for j in found])
    elif as_csv:
        print_csv(["place", "job", "group"], [[j.place, j.job, j.group] for j in found])
    else:
        console = Console(highlight=False)
        if not found:
            console.print(tell("reach.no_jobs", lang))
        for one in found:
            console.print(f"{one.place}. {tell_open_job(one, lang)}")


COMMANDS = {"questions": questions, "match": match}
