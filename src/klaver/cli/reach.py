"""Commands about how many: for whom a job is open and what keeps others out; counts of a register come in bands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from klaver.cli.asked import (
    Case,
    CsvOption,
    DesignFile,
    Mapping_,
    OneJob,
    People,
    Travel,
    Zone,
    asked,
    print_csv,
    print_json,
)
from klaver.cli.crowds import Crowd, crowd
from klaver.cli.options import JsonOption, LangOption, language
from klaver.language import Language, hours, tell
from klaver.values import Fault, Faults

if TYPE_CHECKING:
    from klaver.matching.doors import Barrier, Door, JobDemands
    from klaver.matching.persons import Change
    from klaver.matching.reach import Ends, Opening
    from klaver.people.records import Profile

OFTEN = 5
"""Barriers that are named for all profiles together."""

MOST_ROWS = 10
"""Barriers that a table names for each job."""


def reach(
    design_file: DesignFile,
    case: Case = None,
    people: People = None,
    support: Annotated[int, typer.Option("--support", min=0, max=7, help="Levels of support that can be given.")] = 0,
    engine: Annotated[str, typer.Option("--engine", help="local, duckdb or spark.")] = "local",
    remote: Annotated[str | None, typer.Option("--remote", help="Address of the cluster for --engine spark.")] = None,
    mapping: Mapping_ = None,
    travel: Travel = None,
    zone: Zone = None,
    job: OneJob = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> int:
    """Tell for whom each job is open, what keeps others out, and what one change would open."""
    told = language(lang)
    found_jobs = asked(design_file, case, job, travel, zone)
    found = crowd(people, mapping, told, example=found_jobs.example)
    if found.groups:
        if support or engine != "local":
            raise Faults([Fault(code="reach.only_people")])
        _tell_profiles(found_jobs.jobs, found.profiles, told, as_json, as_csv)
    else:
        _tell_counts(found_jobs.jobs, found, support, engine, remote, told, as_json, as_csv)
    if not found_jobs.jobs and not as_json and not as_csv:
        typer.echo(tell("reach.no_jobs_in_design", told))
    return 0


def _tell_profiles(
    jobs: Mapping[str, JobDemands], profiles: Sequence[Profile], lang: Language, as_json: bool, as_csv: bool
) -> None:
    from klaver.matching.doors import door
    from klaver.matching.persons import changes

    doors = {name: [door(job, p) for p in profiles] for name, job in jobs.items()}
    opened = {name: changes(job, profiles) for name, job in jobs.items()}
    if as_json:
        rows = {
            name: {
                "doors": [d.model_dump(mode="json") for d in doors[name]],
                "changes": [c.model_dump(mode="json") for c in opened[name]],
            }
            for name in jobs
        }
        print_json(rows)
    elif as_csv:
        rows_ = [[name, d.profile, d.status, "+".join(d.aids)] for name in jobs for d in doors[name]]
        print_csv(["job", "profile", "door", "aids"], rows_)
    else:
        names = {p.id: p.name_in(lang) for p in profiles}
        for name, job in jobs.items():
            _tell_job(name, job, doors[name], opened[name], names, lang)


def _tell_job(
    name: str,
    job: JobDemands,
    doors: Sequence[Door],
    opened: Sequence[Change],
    names: Mapping[str, str],
    lang: Language,
) -> None:
    console = Console(highlight=False)
    console.print(tell("reach.job", lang, job=name, hours=hours(job.week, lang)))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for key in ("who", "door"):
        table.add_column(tell(f"reach.{key}", lang), overflow="fold")
    for found in doors:
        table.add_row(names[found.profile], _door(found, lang))
    console.print(table)
    shut = Counter(_barrier(b, lang) for d in doors for b in d.barriers)
    if not shut:
        console.print(tell("reach.shut_to_nobody", lang))
    else:
        often = ", ".join(f"{what} ({count})" for what, count in shut.most_common(OFTEN))
        console.print(tell("reach.most_often", lang, what=often))
    if opened:
        console.print(tell("reach.one_change", lang))
        for change in opened:
            who = ", ".join(names[p] for p in change.opens)
            console.print(f"  {_change(change.aid, change.dimension, lang)}: {who}")
    elif shut:
        console.print(tell("reach.no_change", lang))
    console.print()


def _barrier(found: Barrier, lang: Language) -> str:
    from klaver.scale.dimensions import dimension

    return dimension(found.dimension).label[lang] if found.dimension else tell(f"door.barrier_{found.code}", lang)


def _change(aid: str | None, dimension: int | None, lang: Language) -> str:
    from klaver.people import aids
    from klaver.scale.dimensions import dimension as scale

    if aid is not None:
        return aids()[aid].names[lang]
    assert dimension is not None
    return tell("reach.lower", lang, what=scale(dimension).label[lang])


def _door(found: Door, lang: Language) -> str:
    from klaver.matching.telling import tell_rest, tell_state

    rest = tell_rest(found, lang)
    return f"{tell_state(found, lang)}: {rest}" if rest else tell_state(found, lang)


def _tell_counts(
    jobs: Mapping[str, JobDemands],
    found: Crowd,
    support: int,
    engine: str,
    remote: str | None,
    lang: Language,
    as_json: bool,
    as_csv: bool,
) -> None:
    from klaver.cli.engines import people_on
    from klaver.matching.publishing import SMALL
    from klaver.matching.reach import openings
    from klaver.matching.reach import reach as reaching

    crowd_ = people_on(engine, found, remote)
    people = crowd_.count
    counted = dict(zip(jobs, reaching(crowd_, list(jobs.values()), support), strict=True))
    shown = [w for w in WAYS if w != "supported" or support]
    bands = {n: {w: _bands(getattr(a, w), people) for w in shown} for n, a in counted.items()}
    few = people < SMALL
    opened = {n: [] if few else _opened(openings(crowd_, job), people) for n, job in jobs.items()}
    if as_json:
        head = {"people": _everybody(people, found), "support": support, "synthetic": found.synthetic}
        print_json({**head, "jobs": bands, "changes": opened})
    elif as_csv:
        flat = [[n, w, *ends["sure"], *ends["possible"]] for n, of in bands.items() for w, ends in of.items()]
        print_csv(["job", "what", "sure_low", "sure_high", "possible_low", "possible_high"], flat)
    else:
        console = Console(highlight=False)
        if found.synthetic:
            console.print(tell("reach.synthetic", lang))
        console.print(_count_table(bands, support, lang))
        for name, changes in opened.items():
            if changes:
                console.print(tell("reach.would_open", lang, job=name))
            for change in changes[:OFTEN]:
                told = [f"{_change(change['aid'], change['dimension'], lang)}:"]
                told += [tell("reach.from_to", lang, now=_flat(change["now"]), then=_flat(change["then"]))]
                console.print("  ", *told)
        _tell_people(console, found, people, lang)
        if all(j.travel is None for j in jobs.values()):
            console.print(tell("reach.no_travel", lang))


def _everybody(people: int, found: Crowd) -> list[int]:
    """Return how many people there are: exactly when nobody of them exists, else in a band."""
    from klaver.matching.publishing import band

    told = band(people, people)
    return [people, people] if found.synthetic or found.groups else [told.low, told.high]


def _tell_people(console: Console, found: Crowd, people: int, lang: Language) -> None:
    from klaver.matching.publishing import SMALL

    if found.groups:
        console.print(tell("reach.groups_counted", lang, people=people))
        return
    low, high = _everybody(people, found)
    console.print(tell("reach.bands", lang, people=low if low == high else f"{low}-{high}"))
    if people < SMALL:
        console.print(tell("reach.few", lang, few=SMALL))


WAYS = ("now", "aided", "learning", "supported")
"""How a job can be open, in the order in which it is told."""


def _count_table(bands: Mapping[str, Mapping[str, Mapping[str, Sequence[int]]]], support: int, lang: Language) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for key in ("job_head", "how", "sure", "possible"):
        table.add_column(tell(f"reach.{key}", lang))
    for name, of in bands.items():
        for way, ends in of.items():
            texts = (_flat(ends[end]) for end in ("sure", "possible"))
            table.add_row(name if way == "now" else "", tell(f"reach.{way}", lang, support=support), *texts)
    return table


def _opened(found: Sequence[Opening], people: int) -> list[dict[str, Any]]:
    """Return what one change would surely open, in bands; what stays within its band tells nothing and is left out.

    The order is that of the bands, then of the changes themselves: that of exact counts would tell more.
    """
    rows = [
        {
            "aid": o.aid,
            "dimension": o.dimension,
            "now": list(_bands(o.now, people)["sure"]),
            "then": list(_bands(o.then, people)["sure"]),
        }
        for o in found
    ]
    kept = [r for r in rows if r["then"] != r["now"]]
    return sorted(kept, key=lambda r: (-r["then"][0], r["aid"] or "", r["dimension"] or 0))


def _bands(ends: Ends, people: int) -> dict[str, list[int]]:
    from klaver.matching.publishing import band

    made = {"sure": band(ends.sure, people), "possible": band(ends.possible, people)}
    return {end: [b.low, b.high] for end, b in made.items()}


def blockers(
    design_file: DesignFile,
    case: Case = None,
    people: People = None,
    mapping: Mapping_ = None,
    travel: Travel = None,
    zone: Zone = None,
    job: OneJob = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> int:
    """Tell which single thing keeps most people out of each job, and for how many it would be open without it."""
    from klaver.matching.doors import asks_language
    from klaver.matching.population import Population
    from klaver.matching.publishing import SMALL, band
    from klaver.matching.reach import blockers as blocking
    from klaver.matching.reach import reach as reaching

    told = language(lang)
    found_jobs = asked(design_file, case, job, travel, zone)
    jobs = found_jobs.jobs
    found = crowd(people, mapping, told, example=found_jobs.example)
    population = Population(found.parts(keep_ids=False))

    def shown(count: int) -> int | list[int]:
        told_as = band(count, population.count)
        return count if found.groups else [told_as.low, told_as.high]

    rows: list[dict[str, Any]] = []
    for name, demands in jobs.items() if found.groups or population.count >= SMALL else ():
        now = reaching(population, [demands])[0].aided.sure
        for one in blocking(population, demands):
            counts = {"now": now, "asked": now + one.ask, "without": now + one.shut + one.ask}
            if one.lower is not None and one.level is not None and one.level > 1:
                counts["lower"] = now + one.lower
            head = {"job": name, "code": one.code, "dimension": one.dimension, "level": one.level}
            rows.append(
                {**head, "safety": asks_language(demands.language_hard), **{k: shown(v) for k, v in counts.items()}}
            )
    if not found.groups:  # the order of exact counts would tell more than the bands
        rows.sort(key=lambda r: (list(jobs).index(r["job"]), -r["without"][0], r["dimension"] or 99, r["code"]))
        rows = [r for r in rows if r["without"] != r["now"]]
    unknown = [name for name, demands in jobs.items() if demands.unknown or demands.language_unknown]
    if as_json:
        kept = [{k: v for k, v in r.items() if k != "safety"} for r in rows]
        print_json({"people": _everybody(population.count, found), "synthetic": found.synthetic, "blockers": kept})
    elif as_csv:
        heads = ["job", "code", "dimension", "level", "now", "asked", "without", "lower"]
        print_csv(heads, [[_flat(r.get(h)) for h in heads] for r in rows])
    else:
        _tell_blockers(rows, unknown, told, population.count, found)
    return 0


def _flat(value: object) -> str:
    if isinstance(value, list):
        return "-".join(map(str, value))
    return "" if value is None else str(value)


def _tell_blockers(
    rows: Iterable[dict[str, Any]], unknown: Sequence[str], lang: Language, people: int, found: Crowd
) -> None:
    console = Console(highlight=False)
    if found.synthetic:
        console.print(tell("reach.synthetic", lang))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for key in ("job_head", "barrier", "now_head", "asked_head", "lower_head", "without"):
        table.add_column(tell(f"reach.{key}", lang))
    shown: Counter[str] = Counter()
    for row in rows:
        shown[row["job"]] += 1
        if shown[row["job"]] <= MOST_ROWS:
            counts = (_flat(row.get(key)) for key in ("now", "asked", "lower", "without"))
            table.add_row(row["job"], _what(row, lang), *counts)
    if shown:
        console.print(table)
    elif found.groups or people:
        console.print(tell("reach.no_barrier" if found.groups else "reach.no_barrier_of_five", lang))
    if any(count > MOST_ROWS for count in shown.values()):
        console.print(tell("reach.more_barriers", lang, most=MOST_ROWS))
    if unknown:
        console.print(tell("reach.work_first", lang, jobs=", ".join(unknown)))
    _tell_people(console, found, people, lang)


def _what(row: Mapping[str, Any], lang: Language) -> str:
    from klaver.scale.dimensions import dimension

    if row["dimension"]:
        return dimension(row["dimension"]).label[lang]
    if row["code"] == "language" and not row["safety"]:  # nobody is shut out by it: it is only not known
        return tell("people.about_language", lang)
    return tell(f"door.barrier_{row['code']}", lang)


COMMANDS = {"reach": reach, "blockers": blockers}
