"""The command front: what each further step in one objective costs in another, with every point proved."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from klaver.cli.designs import Case, People, rounds_told, wishes_of
from klaver.cli.ending import NO_ANSWER, STOPPED
from klaver.cli.options import JsonOption, LangOption, language
from klaver.cli.stopping import Stop
from klaver.cli.stored import profiles_of, written
from klaver.language import Language, hours, tell
from klaver.values import Fault, Faults

if TYPE_CHECKING:
    from collections.abc import Sequence

    from klaver.design.problem import Problem
    from klaver.design.records import Design, Front, FrontPoint, Objective

OBJECTIVES = ("relief", "doors", "quality", "calm")


def front(
    case: Case,
    out: Annotated[Path, typer.Option("--out", help="Folder for front.json, the designs and the report.")],
    of: Annotated[str, typer.Option("--of", help="relief and one or two of doors, quality, calm.")] = "relief,calm",
    points: Annotated[int, typer.Option("--points", min=2, max=60, help="How many points to look for.")] = 15,
    jobs: Annotated[int | None, typer.Option("--jobs", min=1, max=1000, help="How many new jobs.")] = None,
    hours_asked: Annotated[str | None, typer.Option("--hours", help="Paid hours a week: 15-25.")] = None,
    people: People = None,
    person: Annotated[str | None, typer.Option("--for", help="Group whose limits every job keeps.")] = None,
    steady: Annotated[
        bool, typer.Option("--steady", help="Every job keeps its hours, also when some tasks take more or less time.")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Stop after about this many seconds.")] = 300,
    steps: Annotated[
        int | None, typer.Option("--steps", min=1, help="Take exactly so many steps: the same front every time.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of the search.")] = 1,
    on: Annotated[str | None, typer.Option("--date", help="Date of the rules (yyyy-mm-dd); today by default.")] = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> int:
    """What does more of one cost in another? The plans of which none is better in both, each with its limit.

    Every point is a whole design. Beside it stands what no plan can pass that is as good in the other objectives. The
    report holds the ends of the front and its knee: the point from which going on costs most.
    """
    from klaver.design.parameters import parameters
    from klaver.design.problem import problem
    from klaver.design.receipts import receipt_of
    from klaver.design.records import Status
    from klaver.design.rules.steady import asking
    from klaver.design.solve.front import STEPS, work_of_a_step
    from klaver.design.solve.offers import front as walk
    from klaver.design.solve.offers import offered
    from klaver.design.solve.search import Effort
    from klaver.work.workbook import read_workplace

    told, asked_of = language(lang), _objectives(of)
    place = read_workplace(case)
    day = on or datetime.now(UTC).date().isoformat()
    place = place.model_copy(update={"wishes": wishes_of(place, jobs, hours_asked, person)})
    found = profiles_of(people, place.wishes.profile)
    if any(p.kind == "person" and p.id == place.wishes.profile for p in found):
        raise Faults([Fault(code="group.no_front")])
    asked = problem(place, asking(parameters(day)) if steady else parameters(day), found)
    work = work_of_a_step(asked)
    ends, stopped = time.monotonic() + limit, Stop()
    effort = Effort(
        rounds=STEPS,
        work=work,
        seed=seed,
        stop=lambda: stopped.asked,
        late=lambda: time.monotonic() > ends,
        tell=rounds_told(told, as_json),
    )
    with stopped:
        status, made = walk(asked, receipt_of(place, found, seed, points, day, work), effort, asked_of, points, steps)
    if made is None:
        typer.echo(tell("cli.stopped_empty" if status is Status.STOPPED else "cli.no_answer", told), err=True)
        return STOPPED if status is Status.STOPPED else NO_ANSWER
    designs = offered(asked, made)
    _save(asked, made, designs, out, told)
    _show(made, designs, out, told, as_json)
    return STOPPED if status is Status.STOPPED else 0


def _objectives(of: str) -> tuple[Objective, ...]:
    from klaver.design.records import Objective

    names = [name.strip() for name in of.split(",")]
    others = [name for name in names if name != "relief"]
    good = "relief" in names and len(set(names)) == len(names) and set(names) <= set(OBJECTIVES)
    if not good or not 1 <= len(others) <= 2:
        raise Faults([Fault(code="cli.front_of", values={"given": of})])
    return (Objective.RELIEF, *(Objective(name) for name in others))


def _save(asked: Problem, made: Front, designs: Sequence[Design], out: Path, lang: Language) -> None:
    from klaver.documents import write_all

    out.mkdir(parents=True, exist_ok=True)
    written(out / "front.json", made.to_json())
    for position, found in enumerate(designs, 1):
        written(out / f"design-{position}.json", found.to_json())
    write_all(asked, designs, out, lang, datetime.now(UTC).date().isoformat())


def _show(made: Front, designs: Sequence[Design], out: Path, lang: Language, as_json: bool) -> None:
    if as_json:
        rows = [
            {
                "values": p.values.model_dump(),
                "relief_range": p.relief.model_dump(),
                "bound": p.bound,
                "named": list(p.named),
                "file": _file(p, designs),
            }
            for p in made.points
        ]
        data = {"of": [o.value for o in made.of], "points": rows, "covered": made.covered, "folder": str(out)}
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False)
    console.print(_table(made, designs, lang))
    for line in in_words(made, lang):
        console.print(line)
    if made.covered is not None:
        console.print(tell("front.covered", lang, percent=made.covered // 10))
    console.print(tell("cli.files", lang, folder=str(out)))
    for path in sorted(out.iterdir()):
        console.print(f"  {path}")


def _file(point: FrontPoint, designs: Sequence[Design]) -> str | None:
    at = next((i for i, d in enumerate(designs, 1) if d.jobs == point.jobs), None)
    return None if at is None else f"design-{at}.json"


def _table(made: Front, designs: Sequence[Design], lang: Language) -> Table:
    table = Table(box=None, pad_edge=False)
    for key in (
        "cli.relief",
        "front.at_most",
        "cli.doors",
        "cli.quality",
        "cli.calm",
        "cli.alternative",
        "front.place",
    ):
        table.add_column(tell(key, lang))
    for point in made.points:
        file = _file(point, designs) or ""
        table.add_row(
            hours(point.values.relief, lang),
            "-" if point.bound is None else hours(point.bound, lang),
            *(str(v) for v in (point.values.doors, point.values.quality, point.values.calm)),
            file.removeprefix("design-").removesuffix(".json"),
            ", ".join(tell(f"front.{name}", lang) for name in point.named),
        )
    return table


def in_words(made: Front, lang: Language) -> list[str]:
    """Return, from each named point to the next, what is won and what it costs."""
    from klaver.design.solve.offers import step_from

    named = [p for p in made.points if p.named]
    told = []
    for one, other in pairwise(named):
        parts = [_change(o.value, by, lang) for o, by in step_from(one, other, made.of).items() if by]
        if parts:
            names = (", ".join(tell(f"front.{n}", lang) for n in p.named) for p in (one, other))
            first, second = names
            told.append(tell("front.step", lang, one=first, other=second, changes=", ".join(parts)))
    return told


def _change(objective: str, by: int, lang: Language) -> str:
    """Tell one change; moments that change hands are counted below zero, so more of them is worse."""
    count = hours(abs(by), lang) if objective == "relief" else str(abs(by))
    return tell(f"front.{objective}_{'better' if by > 0 else 'worse'}", lang, count=count)


COMMANDS = {"front": front}
