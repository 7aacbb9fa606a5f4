"""The first pages of the report: net relief and its use first, then which alternative to choose for what."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from klaver.design.effects import QUALITY, WEEKS, doors, floors_of, quality_points, relief
from klaver.design.records import Design, Objective
from klaver.documents.blocks import Block, Cell, bullets, contents, heading, strong, table, text
from klaver.documents.harm import asked_of
from klaver.documents.sketch import is_sketch
from klaver.documents.tight import is_tight
from klaver.documents.unchanged import changeable
from klaver.documents.voice import Voice

POINTS = len(QUALITY)
"""Quality points that one job can have."""

SIDE_BY_SIDE = 8
"""Jobs whose quality one table shows beside each other."""


def decision(voice: Voice, designs: Sequence[Design]) -> list[Block]:
    """Return what a meeting needs to choose, in the order in which it is asked."""
    made = [strong(*_first(voice, designs)), heading(voice.say("choice")), bullets(_choose(voice, designs))]
    made += [text(voice.say("no_best")), _side_by_side(voice, designs), text(voice.say("side_by_side_note"))]
    made += [heading(voice.say("before_deciding")), bullets(_open_points(voice, designs))]
    return [*made, _in_short(voice, designs), *_quality(voice, designs), contents(voice.say("contents"))]


def _first(voice: Voice, designs: Sequence[Design]) -> list[str]:
    likely = sorted(d.relief.likely for d in designs)
    if likely[0] == likely[-1]:
        low, high = min(d.relief.low for d in designs), max(d.relief.high for d in designs)
        code = "relief_first" if likely[0] > 0 else "relief_none"
        first = voice.say(code, hours=voice.hours(likely[0]), low=voice.hours(low), high=voice.hours(high))
    else:
        code = "relief_first_many" if likely[-1] > 0 else "relief_none_many"
        first = voice.say(code, low=voice.hours(likely[0]), high=voice.hours(likely[-1]))
    use = voice.problem.wishes.use_of_freed_time
    agreed = voice.say("use", use=use) if use else voice.say("use_open")
    return [first, agreed, voice.say("no_savings"), *costs(voice, designs)]


def costs(voice: Voice, designs: Sequence[Design]) -> list[str]:
    """Tell in which week which alternative costs colleagues time instead of giving it back."""
    told = []
    for week in WEEKS:
        nets = [(i, relief(voice.problem, d.jobs, week).net) for i, d in enumerate(designs, 1)]
        negative = [(i, -net) for i, net in nets if net < 0]
        if negative and len(designs) == 1:
            told.append(voice.say("costs_one", week=week, hours=voice.hours(negative[0][1])))
        elif negative:
            each = "; ".join(voice.say("costs_part", number=i, hours=voice.hours(m)) for i, m in negative)
            told.append(voice.say("costs_many", week=week, each=each))
    return told


def _choose(voice: Voice, designs: Sequence[Design]) -> list[str]:
    told = []
    for number, found in enumerate(designs, 1):
        values = {
            "hours": voice.hours(found.relief.likely),
            "doors": found.values.doors,
            "all_doors": len(found.jobs) * len(voice.problem.profiles),
            "points": found.values.quality,
            "all_points": POINTS * len(found.jobs),
            "moments": found.values.calm,
        }
        wants = [voice.say(f"choose_{o}", **values) for o in found.best_in or ("middle",)]
        told.append(voice.say("choose", number=number, wants=voice.say("or").join(wants)))
    tasks, minutes = changeable(voice)
    return [*told, voice.say("choose_none", tasks=tasks, hours=voice.hours(minutes))]


def _side_by_side(voice: Voice, designs: Sequence[Design]) -> Block:
    weeks = {w: [relief(voice.problem, d.jobs, w).net for d in designs] for w in WEEKS}
    zero = voice.time(0)

    def row(code: str, cells: Sequence[str | Cell], none: str | Cell) -> list[str | Cell]:
        return [voice.say(f"row_{code}"), *cells, none]

    def part(value: int, per_job: int, found: Design, strong: bool) -> Cell:
        return voice.figure(value, voice.say("of", count=per_job * len(found.jobs)), strong=strong)

    def best(objective: Objective, make: Callable[[Design, bool], Cell]) -> list[Cell]:
        return [make(d, objective in d.best_in) for d in designs]

    rows = [
        row("jobs", [_jobs(voice, d) for d in designs], voice.say("none")),
        row("week_1", [voice.time(m) for m in weeks[1]], zero),
        row("week_13", best(Objective.RELIEF, lambda d, b: voice.time(d.relief.likely, strong=b)), zero),
        row("low", [voice.time(d.relief.low) for d in designs], zero),
        row("high", [voice.time(d.relief.high) for d in designs], zero),
        row("week_52", [voice.time(m) for m in weeks[52]], zero),
    ]
    no_job = voice.say("no_job")
    groups, points = len(voice.problem.profiles), POINTS
    if groups:
        rows.append(row("doors", best(Objective.DOORS, lambda d, b: part(d.values.doors, groups, d, b)), no_job))
        rows.append(row("to_ask", [voice.figure(d.values.to_ask) for d in designs], no_job))
    rows += [
        row("quality", best(Objective.QUALITY, lambda d, b: part(d.values.quality, points, d, b)), no_job),
        row("calm", best(Objective.CALM, lambda d, b: voice.figure(d.values.calm, strong=b)), voice.figure(0)),
        row("tight", [_tight(voice, d) for d in designs], no_job),
        row("sketch", [voice.yes_no(is_sketch(voice.problem, d.jobs)) for d in designs], no_job),
    ]
    heads = [voice.say("number_head"), *map(str, range(1, len(designs) + 1)), voice.say("no_new_job")]
    caption = voice.say("alternatives")
    widths = [26, *[13] * len(designs), 16]
    return table(caption, heads, rows, widths=widths, sheet=voice.say("sheet_choice"))


def _in_short(voice: Voice, designs: Sequence[Design]) -> Block:
    """Return every new job on one line: what, how much, when, and for how many groups it is open."""
    rows: list[list[str | Cell]] = []
    groups = len(voice.problem.profiles)
    for number, found in enumerate(designs, 1):
        for position, job in enumerate(found.jobs, 1):
            first, last = min(s.start for s in job.shifts), max(s.end for s in job.shifts)
            days = voice.days([s.day for s in job.shifts])
            opened = sum(d.is_open for d in doors(voice.problem, job))
            of = voice.figure(opened, voice.say("of", count=groups))
            row: list[str | Cell] = [
                str(number),
                voice.titled(position, job),
                voice.time(job.week),
                days,
                voice.span(first, last),
                of,
            ]
            rows.append(row)
    heads = [voice.say(k) for k in ("number_head", "job_head", "hours_week", "working_days", "between", "doors_head")]
    caption, sheet = voice.say("in_short"), voice.say("sheet_jobs")
    return table(caption, heads, rows, widths=[14, 38, 12, 16, 16, 12], sheet=sheet)


def _quality(voice: Voice, designs: Sequence[Design]) -> list[Block]:
    """Return the quality checklist of every job: yes or no for each point, never a grade."""
    jobs = [(n, p, job) for n, d in enumerate(designs, 1) for p, job in enumerate(d.jobs, 1)]
    made = []
    for first in range(0, len(jobs), SIDE_BY_SIDE):
        some = [(n, p, quality_points(voice.problem, job)) for n, p, job in jobs[first : first + SIDE_BY_SIDE]]
        heads = [voice.say("point"), *(f"{n}.{p}" for n, p, _ in some)]
        rows = [[voice.say(f"point_{q}"), *(voice.yes_no(points[q]) for _, _, points in some)] for q in QUALITY]
        widths = [40, *[60 // len(some)] * len(some)]
        made.append(table(voice.say("quality"), heads, rows, widths=widths, sheet=voice.say("sheet_quality")))
    return made


def _jobs(voice: Voice, found: Design) -> str:
    total = voice.hours(sum(j.week for j in found.jobs))
    if len(found.jobs) == 1 or len(found.jobs) > 3:
        return voice.count("jobs_total", len(found.jobs), hours=total)
    return " + ".join([*(voice.number(j.week / 60) for j in found.jobs[:-1]), voice.hours(found.jobs[-1].week)])


def _tight(voice: Voice, found: Design) -> str:
    names = [voice.job(i) for i, j in enumerate(found.jobs, 1) if is_tight(voice.problem, j)]
    return ", ".join(names) or voice.say("none")


def _open_points(voice: Voice, designs: Sequence[Design]) -> list[str]:
    told = []
    if any(is_sketch(voice.problem, d.jobs) for d in designs):
        told.append(voice.say("open_sketch", chapter=voice.say("assumed")))
    asked, moving = asked_of(voice, designs)
    if asked:
        told.append(voice.count("open_ask", asked, moving=moving, chapter=voice.say("harm")))
    if any(is_tight(voice.problem, j) for d in designs for j in d.jobs):
        told.append(voice.say("open_tight"))
    if any(_lowered(voice, d) for d in designs):
        told.append(voice.say("floors_lowered"))
    if any(d.warnings for d in designs):
        told.append(voice.say("open_rules", chapter=voice.say("assumed")))
    return [*told, voice.say("open_people")]


def _lowered(voice: Voice, found: Design) -> bool:
    """Tell whether a design was held to less than the floors of the house."""
    return found.floors.model_copy(update={"relief": None}) != floors_of(voice.problem)
