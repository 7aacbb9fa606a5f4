"""Commands that lay people beside jobs, one by one: what to ask, everyone in groups, the jobs for one person."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

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
    from klaver.matching.persons import OpenJob, Order


def questions(
    design_file: DesignFile,
    case: Case = None,
    people: Annotated[Path | None, typer.Option("--people", help="A file with the person in it.")] = None,
    person: Annotated[str | None, typer.Option("--person", help="The pseudonym of the person.")] = None,
    mapping: Mapping_ = None,
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
    found_jobs = asked(design_file, case, job)
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
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of the draw within a group.")] = 1,
    mapping: Mapping_ = None,
    travel: Travel = None,
    zone: Zone = None,
    job: OneJob = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> int:
    """Lay people beside jobs: everyone in groups for each job, or with --person the jobs for one person."""
    from klaver.matching.persons import groups, open_jobs

    told = language(lang)
    if order not in ("wish", "travel", "fewest_gaps"):
        raise Faults([Fault(code="reach.no_order", values={"order": order})])
    if people is None:
        raise Faults([Fault(code="reach.need_people")])
    found_jobs = asked(design_file, case, job, travel, zone)
    jobs = found_jobs.jobs
    chosen = named(crowd(people, mapping, told, example=found_jobs.example), person)
    if person is not None:
        _tell_open_jobs(open_jobs(chosen[0], jobs, most, _order(order)), told, as_json, as_csv)
        return 0
    everyone = {name: groups(demands, chosen, seed) for name, demands in jobs.items()}
    if as_json:
        print_json(
            {
                name: {g: [s.model_dump(mode="json") for s in several] for g, several in of.items()}
                for name, of in everyone.items()
            }
        )
    elif as_csv:
        flat = [[name, g, s.person] for name, of in everyone.items() for g, several in of.items() for s in several]
        print_csv(["job", "group", "person"], flat)
    else:
        from klaver.matching.telling import tell_somebody

        console = Console(highlight=False)
        for name, of in everyone.items():
            console.print(tell("reach.job", told, job=name, hours=hours(jobs[name].week, told)))
            for group, several in of.items():
                console.print(f"  {tell(f'reach.group_{group}', told)} ({len(several)})")
                for one in several:
                    console.print(f"    {tell_somebody(one, told)}")
            console.print()
    return 0


def _order(order: str) -> Order:
    return "travel" if order == "travel" else "fewest_gaps" if order == "fewest_gaps" else "wish"


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
