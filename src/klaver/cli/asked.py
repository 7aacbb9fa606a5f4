"""What the commands about people share: the jobs of a stored design, their options, and answers as JSON or CSV."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from klaver.cli.stored import problem_of, stored
from klaver.values import Fault, Faults

if TYPE_CHECKING:
    from klaver.matching.doors import JobDemands

DesignFile = Annotated[Path, typer.Argument(help="A stored design.", metavar="DESIGN.json")]
Case = Annotated[
    Path | None,
    typer.Argument(help="The workplace; by default the one in receipt.json beside it.", metavar="[CASE.xlsx]"),
]
People = Annotated[
    Path | None,
    typer.Option("--people", help="Profiles (.json) or a register (.csv, .xlsx, .parquet); else Klaver's groups."),
]
Mapping_ = Annotated[Path | None, typer.Option("--mapping", help="How the columns of the register are called.")]
Travel = Annotated[Path | None, typer.Option("--travel", help="Which home zones reach which, and how (.csv).")]
Zone = Annotated[str | None, typer.Option("--zone", help="The zone of the workplace, as in the travel table.")]
OneJob = Annotated[str | None, typer.Option("--job", help="Only this job, such as job-1.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="Print the answer as CSV.")]


@dataclass(frozen=True)
class Asked:
    """What each job of a stored design asks, and whether its workplace is an example."""

    jobs: dict[str, JobDemands]
    example: bool


def asked(
    path: Path, case: Path | None, only: str | None, travel: Path | None = None, zone: str | None = None
) -> Asked:
    """Read a stored design; the way to the workplace is part of its jobs when a travel table is given."""
    from klaver.design.effects import demands_of

    found = stored(path)
    problem = problem_of(found, path.with_name("receipt.json") if case is None else case, None)
    jobs = {j.id: demands_of(problem, j) for j in found.jobs}
    if only is not None and only not in jobs:
        raise Faults([Fault(code="reach.no_job", values={"job": only, "known": ", ".join(jobs)})])
    if (travel is None) != (zone is None):
        raise Faults([Fault(code="reach.travel_and_zone")])
    if travel is not None and zone is not None:
        from klaver.people.travel import read_travel

        ways = read_travel(travel).to(zone)
        jobs = {name: replace(job, zone=zone, travel=ways) for name, job in jobs.items()}
    return Asked({n: j for n, j in jobs.items() if only in (None, n)}, problem.workplace.synthetic)


def print_json(data: object) -> None:
    """Print an answer as JSON."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))


def print_csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print an answer as CSV, with a semicolon between cells."""
    writer = csv.writer(sys.stdout, delimiter=";", lineterminator="\n")
    writer.writerow(heads)
    writer.writerows(rows)
