"""Commands about designs: design, verify, compare, replay."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from klaver.cli.clash import conflict_data
from klaver.cli.ending import NO, NO_ANSWER, STOPPED
from klaver.cli.groups import chosen, made_again, no_seats, parted, seated, show_holders, write_holders
from klaver.cli.options import JsonOption, LangOption, language
from klaver.cli.progress import tell_when_cold
from klaver.cli.stopping import Stop
from klaver.cli.stored import problem_of, profiles_of, stored, written
from klaver.design.solve.effort import ROUNDS, work_of_a_round
from klaver.language import Language, hours, number, tell
from klaver.values import Fault, Faults

if TYPE_CHECKING:
    from klaver.design.problem import Problem
    from klaver.design.records import Design
    from klaver.design.solve.alternatives import Answer
    from klaver.design.solve.search import Effort, Progress
    from klaver.work.records import Wishes, Workplace

Case = Annotated[Path, typer.Argument(help="A workplace: .xlsx or .json.", metavar="CASE.xlsx")]
DesignFile = Annotated[Path, typer.Argument(help="A stored design.", metavar="DESIGN.json")]
People = Annotated[
    Path | None,
    typer.Option("--people", help="Own groups instead of Klaver's eight; persons for --for."),
]
HoldersFile = Annotated[Path | None, typer.Option("--holders", help="Who holds which job of a group's design.")]
WEEKS_APART = 3
"""Up to so many jobs, the table of alternatives tells the hours of each."""
WHAT_IFS = 5
"""Progress of the search for a clash is told after so many what-ifs."""


def wishes_of(place: Workplace, jobs: int | None, hours_asked: str | None, person: str | None) -> Wishes:
    """Return the wishes of a workplace with what was asked on the command line."""
    changed: dict[str, object] = {}
    if jobs is not None:
        changed["jobs"] = jobs
    if hours_asked is not None:
        low, dash, high = hours_asked.replace(",", ".").partition("-")
        try:
            changed["week_min"] = round(float(low) * 60)
            changed["week_max"] = round(float(high if dash else low) * 60)
        except ValueError:
            raise Faults([Fault(code="cli.hours", values={"given": hours_asked})]) from None
    if person is not None:
        changed["profile"] = person
    return place.wishes.model_copy(update=changed)


def rounds_told(lang: Language, quiet: bool) -> Callable[[Progress], None]:
    """Return what tells a round on the screen, beside the answer."""
    console = Console(stderr=True, highlight=False)

    def told(progress: Progress) -> None:
        if not quiet:
            name = tell(f"cli.objective_{progress.objective.value if progress.objective else 'start'}", lang)
            console.print(tell("cli.round", lang, name=name, round=progress.round, rounds=progress.rounds))

    return told


def design(
    case: Case,
    out: Annotated[Path, typer.Option("--out", help="Folder for the report and the designs.")],
    jobs: Annotated[int | None, typer.Option("--jobs", min=1, max=1000, help="How many new jobs.")] = None,
    hours_asked: Annotated[str | None, typer.Option("--hours", help="Paid hours a week: 15-25.")] = None,
    people: People = None,
    person: Annotated[
        list[str] | None,
        typer.Option("--for", help="A group whose limits every job keeps, or persons: a job for each."),
    ] = None,
    for_all: Annotated[Path | None, typer.Option("--for-all", help="A job for each person of this file.")] = None,
    alternatives: Annotated[int, typer.Option("--alternatives", min=1, max=4, help="How many to look for.")] = 4,
    steady: Annotated[
        bool, typer.Option("--steady", help="Every job keeps its hours, also when some tasks take more or less time.")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Stop after about this many seconds.")] = 300,
    rounds: Annotated[int, typer.Option("--rounds", min=1, help="Rounds of search for each alternative.")] = ROUNDS,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of the search.")] = 1,
    on: Annotated[str | None, typer.Option("--date", help="Date of the rules (yyyy-mm-dd); today by default.")] = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> int:
    """Design new jobs for a workplace: two to four alternatives, judged, with report and cards."""
    from klaver.design.parameters import parameters
    from klaver.design.problem import problem
    from klaver.design.receipts import receipt_of
    from klaver.design.records import Status
    from klaver.design.rules.steady import asking
    from klaver.design.solve.alternatives import design as search
    from klaver.design.solve.search import Effort
    from klaver.work.workbook import read_workplace

    told = language(lang)
    place = read_workplace(case)
    day = on or datetime.now(UTC).date().isoformat()
    asked_for = place.wishes.profile
    group = chosen(person or ([asked_for] if asked_for and for_all is None else []), for_all, people, jobs)
    one = person[0] if person and not group else None
    wishes = wishes_of(place, len(group) or jobs, hours_asked, one)
    wishes = wishes.model_copy(update={"profile": None}) if group else wishes
    place = place.model_copy(update={"wishes": wishes})
    found = profiles_of(people, place.wishes.profile)
    values = asking(parameters(day)) if steady else parameters(day)
    asked = problem(place, values, found, group=group)
    work = work_of_a_round(asked)
    tell_when_cold(told, as_json)
    ends = time.monotonic() + limit
    stopped = Stop()
    effort = Effort(
        rounds=rounds,
        work=work,
        seed=seed,
        stop=lambda: stopped.asked,
        late=lambda: time.monotonic() > ends,
        tell=rounds_told(told, as_json),
    )
    with stopped:
        answer = search(asked, receipt_of(place, found, seed, alternatives, day, work), effort, alternatives)
    if not answer.designs and group and answer.status is not Status.STOPPED:
        return no_seats(asked, effort, limit, told, as_json)
    if not answer.designs:
        return _no_design(asked, answer, effort, told, as_json)
    answer, holders = parted(asked, answer) if group else (answer, ())
    _save(asked, answer, out, told)
    folder = write_holders(holders, out) if group else None
    _show(asked, answer, out, told, as_json)
    if folder is not None and not as_json:
        show_holders(holders, folder, told)
    return STOPPED if answer.status is Status.STOPPED else 0


def _no_design(asked: Problem, answer: Answer, effort: Effort, lang: Language, as_json: bool) -> int:
    from dataclasses import replace

    from klaver.design.records import Status
    from klaver.design.solve.conflict import conflict
    from klaver.documents.clash import clash_lines

    if answer.status is Status.STOPPED:
        typer.echo(tell("cli.stopped_empty", lang), err=True)
        return STOPPED
    if answer.status is not Status.IMPOSSIBLE:
        typer.echo(tell("cli.no_answer", lang), err=True)
        return NO_ANSWER
    if not as_json:
        typer.echo(tell("cli.why_impossible", lang), err=True)

    def looked(tries: int) -> None:
        if tries % WHAT_IFS == 0 and not as_json:
            typer.echo(tell("cli.what_ifs", lang, count=tries), err=True)

    clash = conflict(replace(asked, confirmed_only=True), effort, tell=looked)
    if as_json:
        typer.echo(json.dumps(conflict_data(clash), ensure_ascii=False, indent=2))
    else:
        for line in clash_lines(clash, {t.id: t.name_in(lang) for t in asked.workplace.tasks}, lang):
            typer.echo(line)
    return NO


def _save(asked: Problem, answer: Answer, out: Path, lang: Language) -> None:
    from klaver.documents import write_all

    out.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    for position, found in enumerate(answer.designs, 1):
        written(out / f"design-{position}.json", found.to_json())
    receipt = answer.designs[0].receipt
    data = {
        "made": now.isoformat(timespec="seconds"),
        "receipt": receipt.model_dump(mode="json") if receipt else None,
        "designs": {f"design-{i}.json": d.fingerprint() for i, d in enumerate(answer.designs, 1)},
        "rounds": answer.rounds,
        "workplace": asked.workplace.model_dump(mode="json"),
    }
    written(out / "receipt.json", json.dumps(data, indent=2, sort_keys=True) + "\n")
    write_all(asked, answer.designs, out, lang, now.date().isoformat())


def _show(asked: Problem, answer: Answer, out: Path, lang: Language, as_json: bool) -> None:
    if as_json:
        rows = [
            {**_row(d), "steady": _steady(asked, d), "file": f"design-{i}.json"}
            for i, d in enumerate(answer.designs, 1)
        ]
        data = {"status": answer.status.value, "alternatives": rows, "fewer": answer.fewer, "folder": str(out)}
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    _table(answer.designs, lang)
    for number_of, found in enumerate(answer.designs, 1):
        typer.echo(tell("cli.steady", lang, number=number_of, **_steady(asked, found)))
    if answer.fewer is not None:
        typer.echo(tell(f"cli.fewer_{answer.fewer}", lang, found=len(answer.designs), asked=answer.asked))
    if answer.floors_lowered:
        typer.echo(tell("cli.floors_lowered", lang))
    if any(d.warnings for d in answer.designs):
        typer.echo(tell("cli.warnings", lang))
    typer.echo(tell("cli.files", lang, folder=str(out)))
    for path in sorted(out.iterdir()):
        typer.echo(f"  {path}")


def _row(found: Design) -> dict[str, object]:
    return {
        "best_in": [o.value for o in found.best_in],
        "jobs": len(found.jobs),
        "hours": [round(j.week / 60, 1) for j in found.jobs],
        "values": found.values.model_dump(),
        "relief_range": found.relief.model_dump(),
        "status": found.status.value,
        "bound": found.bound,
    }


def _steady(asked: Problem, found: Design) -> dict[str, int]:
    """Return of how many drawn weeks every job keeps its hours."""
    from klaver.design.steadiness import steadiness

    drawn = steadiness(asked, found.jobs)
    return {"weeks": drawn.weeks, "kept": drawn.kept, "over": drawn.over, "short": drawn.short}


def _table(designs: Sequence[Design], lang: Language) -> None:
    """Print the figures side by side and, below, what each is best in: 80 columns are enough."""
    table = Table(box=None, pad_edge=False)
    for key in ("alternative", "week", "relief", "doors", "quality", "calm"):
        table.add_column(tell(f"cli.{key}", lang))
    best = []
    for position, found in enumerate(designs, 1):
        low, high = (number(m / 60, lang) for m in (found.relief.low, found.relief.high))
        relief = f"{hours(found.relief.likely, lang)} ({low} - {high})"
        values = (found.values.doors, found.values.quality, found.values.calm)
        table.add_row(str(position), _weeks(found, lang), relief, *map(str, values))
        names = ", ".join(tell(f"cli.objective_{o}", lang) for o in (found.best_in or ("middle",)))
        best.append(f"  {position}: {names} ({tell(f'cli.status_{found.status.value}', lang)})")
    console = Console(highlight=False)
    console.print(table)
    console.print(tell("cli.best_in", lang), *best, sep="\n")


def _weeks(found: Design, lang: Language) -> str:
    """Tell the hours of every job, or of more than three jobs their number and sum."""
    if len(found.jobs) <= WEEKS_APART:
        return " + ".join(number(j.week / 60, lang) for j in found.jobs)
    return tell("cli.weeks", lang, count=len(found.jobs), hours=number(sum(j.week for j in found.jobs) / 60, lang))


def verify(
    design_file: DesignFile,
    case: Case,
    people: People = None,
    holders: HoldersFile = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> int:
    """Judge a stored design with the checker: every breach, told; exit 3 when there is one."""
    from klaver.design.check import verify as judge
    from klaver.design.telling import tell_breach

    told = language(lang)
    found = stored(design_file)
    breaches = judge(seated(problem_of(found, case, people), found, holders, people), found)
    if as_json:
        typer.echo(json.dumps({"breaches": [b.model_dump(mode="json") for b in breaches]}, indent=2))
    elif not breaches:
        typer.echo(tell("cli.holds", told, file=design_file.name))
    else:
        for breach in breaches:
            typer.echo(tell_breach(breach, told))
    return NO if breaches else 0


def compare(
    design_files: Annotated[list[Path], typer.Argument(help="Two or more stored designs.", metavar="DESIGN.json ...")],
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> int:
    """Lay stored designs side by side, each value on its own."""
    found = [stored(p) for p in design_files]
    if as_json:
        rows = [{**_row(d), "file": str(p)} for d, p in zip(found, design_files, strict=True)]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        _table(found, language(lang))
    return 0


def replay(
    design_file: DesignFile,
    case: Annotated[
        Path | None,
        typer.Argument(help="The workplace; by default the one in receipt.json beside it.", metavar="[CASE.xlsx]"),
    ] = None,
    people: People = None,
    holders: HoldersFile = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> int:
    """Make a design again from its receipt and say whether it is the same, byte for byte; exit 3 when it is not."""
    from klaver.design.solve.search import Effort

    told = language(lang)
    found = stored(design_file)
    tell_when_cold(told, as_json)
    if found.receipt is None:
        raise Faults([Fault(code="cli.no_receipt", file=str(design_file))])
    asked = problem_of(found, design_file.with_name("receipt.json") if case is None else case, people)
    made = made_again(seated(asked, found, holders, people), found.receipt, Effort(), holders)
    same = any(d.to_json() == found.to_json() for d in made.designs)
    differs = None if same else found.receipt.parts_at(made.receipt) or made.receipt.rounds
    if as_json:
        typer.echo(json.dumps({"same": same, "differs_at_round": differs}))
    elif differs is None:
        typer.echo(tell("cli.same", told))
    else:
        typer.echo(tell("cli.differs", told, round=differs))
    return 0 if same else NO


COMMANDS = {"design": design, "verify": verify, "compare": compare, "replay": replay}
