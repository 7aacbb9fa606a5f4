"""Commands about a line: plan who stands where and does what, and judge a stored plan with its proof."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from klaver.cli.ending import NO, NO_ANSWER, STOPPED
from klaver.cli.options import JsonOption, LangOption, language
from klaver.cli.stopping import Stop
from klaver.cli.stored import document as read_document
from klaver.language import Language, tell
from klaver.values import Document, Fault, Faults

if TYPE_CHECKING:
    from klaver.design.lines.effort import Effort, Tell
    from klaver.design.lines.records import Line, LineCertificate, LinePlan, LineRotation, Station
    from klaver.design.lines.search import Answer
    from klaver.design.records import Breach

ROUNDS_APART = 32
"""Progress is told after rounds 1, 2, 4, 8, 16 and from then on after so many."""

NO_FILE = "line.no_file"

HELP = (
    "A packing or assembly line: who stands at which station and does what there.\n\n"
    "Every worker has times of their own, and tasks they cannot do. Write a table with one row for each task: a column "
    "'task', a column 'after' with the tasks that come before it, and a column for each worker with the time "
    "(7,5 or 7.5; - when this worker cannot do it). Save it as line.csv; klaver line solve line.csv --out out."
)


def solve(
    file: Annotated[
        Path,
        typer.Argument(help="A line: .csv, .json, or of a public collection (ALWABP, .alb, .IN2).", metavar="FILE"),
    ],
    out: Annotated[Path, typer.Option("--out", help="Folder for line.json, plan.json and what goes with it.")],
    stations: Annotated[
        int | None, typer.Option("--stations", min=1, max=60, help="How many equal workers a .alb or .IN2 file gets.")
    ] = None,
    fewest: Annotated[
        bool, typer.Option("--workers-fewest", help="As few workers as possible for the time of --cycle.")
    ] = False,
    cycle: Annotated[
        str | None, typer.Option("--cycle", help="Time between two pieces that must be reached: 45 or 7,5.")
    ] = None,
    periods: Annotated[
        int | None, typer.Option("--rotate", min=2, max=60, help="So many periods, in which everyone meets more tasks.")
    ] = None,
    tolerance: Annotated[
        int, typer.Option("--tolerance", min=0, max=100, help="How many percent slower a period of --rotate may be.")
    ] = 5,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Stop after about this many seconds.")] = 60,
    rounds: Annotated[
        int | None, typer.Option("--rounds", min=1, help="Stop after so many rounds: the same plan on every machine.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of the search.")] = 1,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> int:
    """Plan a line: the least time between two pieces for these workers, and what is proved about it.

    The fullest station sets the pace of a line. Klaver looks for a plan in which that station has the least work, and
    tries to prove that no plan is faster; the proof is a small file that 'klaver line verify' checks on its own.
    """
    from klaver.design.lines.fewest import plan_fewest
    from klaver.design.lines.reading import read_line
    from klaver.design.lines.rotation import rotate
    from klaver.design.lines.search import plan_line

    told = language(lang)
    line = read_line(file, stations)
    within = _within(line, fewest, cycle, periods)
    stopped = Stop()
    effort = _effort(limit, rounds, seed, stopped, _told(line, told, as_json, fewest))
    with stopped:
        answer = plan_line(line, effort) if within is None else plan_fewest(line, within, effort)
        if answer.plan is None:
            return _no_plan(line, answer, within, told, as_json)
        rotation = None
        if periods is not None:
            quiet = _effort(limit, None, seed, stopped, lambda *_: None)
            rotation = rotate(line, answer.plan, periods, tolerance, quiet)
    _save(out, line, {"plan": answer.plan, "certificate": answer.certificate, "rotation": rotation})
    if as_json:
        typer.echo((answer.plan if rotation is None else rotation).to_json(), nl=False)
    elif rotation is not None:
        _show_rotation(line, rotation, told)
    else:
        _show(line, answer.plan, told)
    return STOPPED if stopped.asked else 0


def _within(line: Line, fewest: bool, cycle: str | None, periods: int | None) -> int | None:
    """Return the cycle time that was asked, in the unit of the line."""
    from klaver.design.lines.times import BadTime, read_time

    if not fewest:
        if cycle is not None:
            raise Faults([Fault(code="line.cycle_alone")])
        return None
    if cycle is None:
        raise Faults([Fault(code="line.cycle_needed")])
    if periods is not None:
        raise Faults([Fault(code="line.rotate_all")])
    try:
        found = read_time(cycle)
    except BadTime:
        found = None
    if found is None or not found[0]:
        raise Faults([Fault(code="line.cycle_bad", values={"given": cycle})])
    if found[1] > line.decimals:
        raise Faults([Fault(code="line.cycle_fine", values={"given": cycle, "decimals": line.decimals})])
    scale: int = 10 ** (line.decimals - found[1])
    return found[0] * scale


def _effort(limit: int, rounds: int | None, seed: int, stopped: Stop, tell_: Tell) -> Effort:
    from klaver.design.lines.effort import Effort

    ends = time.monotonic() + limit
    return Effort(
        seed=seed, rounds=rounds, stop=lambda: stopped.asked, late=lambda: time.monotonic() > ends, tell=tell_
    )


def _told(line: Line, lang: Language, quiet: bool, fewest: bool) -> Tell:
    console = Console(stderr=True, highlight=False)

    def told(number: int, value: int | None, bound: int) -> None:
        if quiet or (number & (number - 1) and number % ROUNDS_APART):
            return
        if value is None:
            console.print(tell("line.round_empty", lang, round=number))
        elif fewest:
            console.print(tell("line.round_workers", lang, round=number, value=value, bound=bound))
        else:
            ends = {"value": _time(line, value, lang), "bound": _time(line, bound, lang)}
            console.print(tell("line.round", lang, round=number, **ends))

    return told


def _time(line: Line, time_: int, lang: Language) -> str:
    from klaver.design.lines.times import written

    return written(time_, line.decimals, lang)


def _no_plan(line: Line, answer: Answer, within: int | None, lang: Language, as_json: bool) -> int:
    from klaver.design.records import Status

    no = "impossible_order" if within is None else "impossible"
    ends = {Status.STOPPED: ("none_stopped", STOPPED), Status.IMPOSSIBLE: (no, NO)}
    code, ending = ends.get(answer.status, ("none_in_time", NO_ANSWER))
    sentence = tell(f"line.{code}", lang, within=_time(line, within or 0, lang))
    if as_json:
        typer.echo(json.dumps({"status": answer.status.value, "told": sentence}, ensure_ascii=False))
    else:
        typer.echo(sentence, err=True)
    return ending


def _save(out: Path, line: Line, found: dict[str, Document | None]) -> None:
    """Write what was found beside the line; what an earlier run left there and is no longer true is taken away."""
    out.mkdir(parents=True, exist_ok=True)
    for name, document in {"line": line, **found}.items():
        path = out / f"{name}.json"
        if document is None:
            path.unlink(missing_ok=True)
            continue
        beside = path.with_name(path.name + ".part")
        beside.write_text(document.to_json(), encoding="utf-8")
        beside.replace(path)


def _show_rotation(line: Line, rotation: LineRotation, lang: Language) -> None:
    console = Console(highlight=False)
    for number, period in enumerate(rotation.periods, 1):
        console.print(tell("line.period", lang, period=number, cycle=_time(line, period.cycle, lang)))
        print_stations(line, period.stations, period.cycle, lang)
        console.print()
    console.print(tell("line.met", lang, periods=len(rotation.periods)))
    for w, (worker, count) in enumerate(zip(line.workers, rotation.met, strict=True)):
        most = sum(task.times[w] is not None for task in line.tasks)
        console.print(f"  {tell('line.met_row', lang, worker=worker, count=count, most=most)}")


def _show(line: Line, plan: LinePlan, lang: Language) -> None:
    print_stations(line, plan.stations, plan.cycle, lang)
    known = "optimal" if plan.status.value == "optimal" else "feasible"
    console = Console(highlight=False)
    if plan.within is not None:
        ends = {"count": len(plan.stations), "within": _time(line, plan.within, lang), "bound": plan.bound}
        console.print(tell(f"line.summary_workers_{known}", lang, **ends))
        return
    times = {"cycle": _time(line, plan.cycle, lang), "bound": _time(line, plan.bound, lang)}
    console.print(tell(f"line.summary_{known}", lang, **times))


def print_stations(line: Line, stations: Sequence[Station], cycle: int, lang: Language) -> None:
    """Print who stands where, what is done there in which order, and how much time stays free."""
    from klaver.design.lines.check import loads

    names = {t.id: f"{t.id} {t.name}" if t.name else t.id for t in line.tasks}
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for key, right in (("station", True), ("worker", False), ("tasks", False), ("time_head", True), ("free", True)):
        table.add_column(tell(f"line.{key}", lang), justify="right" if right else "left", overflow="fold")
    for at, (station, load) in enumerate(zip(stations, loads(line, stations), strict=True), 1):
        done = ", ".join(names[t] for t in station.tasks) or tell("line.nothing", lang)
        spent = load or 0
        table.add_row(str(at), station.worker, done, _time(line, spent, lang), _time(line, cycle - spent, lang))
    Console(highlight=False).print(table)


def verify(
    plan_file: Annotated[Path, typer.Argument(help="A stored plan.", metavar="PLAN.json")],
    certificate_file: Annotated[
        Path | None, typer.Argument(help="The proof of its bound.", metavar="[CERTIFICATE.json]")
    ] = None,
    line_file: Annotated[
        Path | None, typer.Option("--line", help="The line; by default line.json beside the plan.")
    ] = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> int:
    """Judge a stored plan, and the proof of its bound when it is given, without searching; exit 3 when one is wrong.

    The proof is checked in whole numbers by a program that knows nothing of the search. Where the proof of the plan's
    own bound is too long for that, the file holds that of a lower one, and both are told.
    """
    from klaver.design.lines.check import judge
    from klaver.design.lines.limits import least_cycle, least_workers
    from klaver.design.lines.reading import read_line
    from klaver.design.lines.records import LineCertificate, LinePlan
    from klaver.design.telling import tell_breach

    told = language(lang)
    plan = read_document(plan_file, LinePlan, "line.not_a_plan", NO_FILE)
    line = read_line(line_file or plan_file.with_name("line.json"))
    found = judge(line, plan)
    proved = least_cycle(line) if plan.within is None else least_workers(line, plan.within)
    if certificate_file is not None:
        certificate = read_document(certificate_file, LineCertificate, "line.not_a_certificate", NO_FILE)
        proved = max(proved, certificate.cycle + 1 if plan.within is None else certificate.workers + 1)
        found += _proof(line, plan, certificate, told)
    if as_json:
        data = {
            "breaches": [b.model_dump(mode="json") for b in found],
            "bound": plan.bound,
            "proved": None if found else proved,
        }
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        for breach in found:
            typer.echo(tell_breach(breach, told))
        if not found:
            typer.echo(tell("line.holds", told, cycle=_time(line, plan.cycle, told)))
            ends = [str(b) if plan.aim == "workers" else _time(line, b, told) for b in (proved, plan.bound)]
            typer.echo(tell("line.proved" if plan.aim == "cycle" else "line.proved_workers", told, bound=ends[0]))
            if proved < plan.bound:
                typer.echo(tell("line.proved_more", told, bound=ends[1]))
    return NO if found else 0


def _proof(line: Line, plan: LinePlan, certificate: LineCertificate, lang: Language) -> list[Breach]:
    """Check a certificate; return what is wrong with it."""
    from klaver.design.lines.proof import Unproved, check
    from klaver.design.records import Breach

    cycle = _time(line, certificate.cycle, lang)
    try:
        check(line, certificate)
        if plan.within is None:
            fits = certificate.cycle < plan.cycle and certificate.workers == len(line.workers)
        else:
            fits = certificate.cycle == plan.within and certificate.workers < len(plan.stations)
        if not fits:
            raise Unproved("workers")
    except Unproved as wrong:
        values: dict[str, str | int] = {"cycle": cycle, "why": tell(f"line.why_{wrong.why}", lang)}
        return [Breach(rule="line", code="line.breach_proof", values=values)]
    return []


COMMANDS: dict[str, Callable[..., int]] = {"solve": solve, "verify": verify}
