"""One alternative: what colleagues get back, for whom the jobs are open, and the week of each job."""

from __future__ import annotations

from klaver.design.effects import WEEKS, Relief, lost_by_role, relief
from klaver.design.facts import job_tasks
from klaver.design.records import Design, Job
from klaver.design.steadiness import steadiness
from klaver.documents.blocks import PAGE, Block, Cell, heading, table, text
from klaver.documents.decision import costs
from klaver.documents.doorways import for_whom, language_reach
from klaver.documents.picture import week_picture
from klaver.documents.tight import is_tight
from klaver.documents.voice import Voice, minutes_by_task
from klaver.language import day_name, tell

LINES = ("absence", "learning", "take_back", "handover", "mentoring")
"""What comes off the minutes given away, in the order in which it is told."""

WHOSE = {True: "whose_short", False: "whose_other", None: "whose_unknown"}
"""How the hours of a role are told, by whether it is a shortage."""


def alternative(voice: Voice, number: int, found: Design) -> list[Block]:
    """Return the chapter of one alternative."""
    names = voice.say("and").join(tell(f"cli.objective_{o}", voice.lang) for o in found.best_in or ("middle",))
    key = ((voice.say("number_head"), str(number)),)
    made = [heading(voice.say("alternative", number=number, best=names)), *_relief(voice, found, key)]
    drawn = steadiness(voice.problem, found.jobs)
    made.append(text(voice.say("steady", kept=drawn.kept, weeks=drawn.weeks, over=drawn.over, short=drawn.short)))
    made += [*language_reach(voice, found, key), *for_whom(voice, found, key)]
    for position, job in enumerate(found.jobs, 1):
        made += [PAGE, *_job(voice, found, position, job, (*key, (voice.say("job_head"), voice.job(position))))]
    return made


def _relief(voice: Voice, found: Design, key: tuple[tuple[str, str], ...]) -> list[Block]:
    weeks = [relief(voice.problem, found.jobs, w) for w in WEEKS]
    told = [closing(w) for w in weeks]
    rows: list[list[str | Cell]] = []
    for name in ("gross", *LINES, "net"):
        label = voice.say(f"line_{name}")
        last = name == "net"
        rows.append([label, *(voice.time(t[name], strong=last) for t in told)])
    heads = [voice.say("per_week"), *(voice.say("week_n", n=w) for w in WEEKS)]
    caption, sheet = voice.say("relief_table"), voice.say("sheet_relief")
    made = [table(caption, heads, rows, widths=[40, 20, 20, 20], sheet=sheet, keys=key)]
    made += [text(line) for line in costs(voice, [found])]
    return [*made, text(_whose(voice, found))]


def closing(found: Relief) -> dict[str, int]:
    """Return gross, what comes off (negative) and net in minutes, each a whole tenth of an hour, adding up exactly.

    The largest part takes what the rounding leaves, so that a reader who adds the lines finds the last one.
    """
    parts = {name: -_told(getattr(found, name)) for name in LINES}
    gross, net = _told(found.gross), _told(found.net)
    largest = min(LINES, key=lambda name: parts[name])
    parts[largest] += net - gross - sum(parts.values())
    return {"gross": gross, **parts, "net": net}


def _told(minutes: int) -> int:
    """Return minutes as a whole tenth of an hour, rounded as hours are told everywhere else."""
    return 6 * round(10 * round(minutes / 60, 1))


def _whose(voice: Voice, found: Design) -> str:
    lost = lost_by_role(voice.problem, found.jobs)
    parts = []
    for role in voice.problem.workplace.roles:
        minutes = sum(lost.get(role.id, {}).values()) / 100
        if minutes:
            code = WHOSE[role.shortage]
            parts.append(voice.say(code, role=role.label, hours=voice.hours(minutes)))
    return voice.say("whose", parts="; ".join(parts) or voice.say("nobody_hours"))


def _job(voice: Voice, found: Design, position: int, job: Job, keys: tuple[tuple[str, str], ...]) -> list[Block]:
    code = "job_tight" if is_tight(voice.problem, job) else "job_long"
    titled = voice.say(code, name=voice.titled(position, job), hours=voice.hours(job.week))
    return [heading(titled, 2), *week_of(voice, voice.job(position), job, found.jobs, keys)]


def week_of(
    voice: Voice, name: str, job: Job, beside: tuple[Job, ...], keys: tuple[tuple[str, str], ...] = ()
) -> list[Block]:
    """Return the week of a job as a picture, and as tables of its working days and its tasks."""
    days: list[list[str | Cell]] = [
        [
            day_name(s.day, voice.lang),
            voice.span(s.start, s.end),
            ", ".join(voice.span(p.start, p.end) for p in s.pauses) or voice.say("no_break"),
            voice.time(s.paid),
        ]
        for s in job.shifts
    ]
    heads = [voice.say(k) for k in ("day", "from_to", "break", "paid")]
    caption, sheet = voice.say("days_of", name=name), voice.say("sheet_days")
    worked = table(caption, heads, days, widths=[25, 25, 30, 20], sheet=sheet, keys=keys)
    return [week_picture(voice, name, job, beside), worked, _package(voice, name, job, keys)]


def _package(voice: Voice, name: str, job: Job, keys: tuple[tuple[str, str], ...]) -> Block:
    minutes = minutes_by_task(job)
    shared = {e.task for s in job.shifts for e in s.entries if e.shared}
    rows: list[list[str | Cell]] = [
        [
            Cell(lead=t.id, text=voice.task(t)),
            voice.when(job, t.id),
            voice.say("together" if t.id in shared else "alone"),
            voice.time(minutes[t.id]),
            tell(f"source.{t.source_of('minutes').kind.value}", voice.lang),
        ]
        for t in job_tasks(voice.problem, job)
    ]
    heads = [voice.say(k) for k in ("task", "when", "with_whom", "hours_week", "minutes_are")]
    caption, sheet = voice.say("package_of", name=name), voice.say("sheet_package")
    return table(caption, heads, rows, widths=[33, 34, 12, 10, 13], sheet=sheet, keys=keys)
