"""The function sheet of a job, for whoever sets function class and pay: tasks, week, demands, orders, guidance."""

from __future__ import annotations

from klaver.design.agreements.parts import PAY, entry_scale
from klaver.design.agreements.records import Terms
from klaver.design.effects import WEEKS, job_language
from klaver.design.facts import instructors, job_levels, job_tasks
from klaver.design.records import Job
from klaver.documents.agreed import Agreed
from klaver.documents.alternative import week_of
from klaver.documents.blocks import Block, Cell, Paper, bullets, heading, strong, table, text
from klaver.documents.consultation import LONGEST
from klaver.documents.sketch import banner
from klaver.documents.voice import shorten
from klaver.language import tell
from klaver.scale.dimensions import dimension
from klaver.scale.ladder_texts import descriptor
from klaver.work.records import Cooperation

ASKED = 2
"""A demand is told from this level on; below it the work asks little."""


def function_sheet(agreed: Agreed, position: int) -> Paper:
    """Return the function sheet of a job that has work, by its place (from 1)."""
    voice, job = agreed.voice, agreed.jobs[position - 1]
    where = shorten(voice.problem.workplace.name, LONGEST)
    days = voice.days([s.day for s in job.shifts])
    blocks = [
        strong(agreed.say("sheet_where", hours=voice.hours(job.week), days=days)),
        _fields(agreed, job),
        *week_of(voice, voice.job(position), job, agreed.working),
        *_demands(agreed, job),
        heading(agreed.say("sheet_agreed")),
        _agreed(agreed, job),
    ]
    title = agreed.say("sheet_title", job=agreed.job(job.id), where=where)
    marks = banner(voice.problem, [(job,)], voice.lang)
    return Paper(form="report", title=title, lang=voice.lang, banner=marks, blocks=tuple(blocks))


def _fields(agreed: Agreed, job: Job) -> Block:
    """Return what a house fills in about the job, with room where it has not; and who leads and guides."""
    place = agreed.voice.problem.workplace
    terms = agreed.agreements.terms().get(job.id)
    known = {f: _filled(terms, f) for f in (*PAY, "mentor", "stand_in")}
    known["pay_scale"] = known["pay_scale"] or entry_scale(agreed.voice.problem)
    rows = {agreed.say(f"what_{f}"): value for f, value in known.items()}
    rows[agreed.say("sheet_orders")] = _orders(agreed, job)
    rows[agreed.say("sheet_form")] = tell(f"choice.cooperation_{place.cooperation.value}", agreed.voice.lang)
    minutes = {f"minutes_{w}": agreed.voice.problem[f"mentoring_{w}"] * len(job.shifts) for w in WEEKS}
    rows[agreed.say("sheet_guidance")] = agreed.say("sheet_guidance_weeks", **minutes)
    empty = agreed.say("not_filled")
    cells = [[name[0].upper() + name[1:], value or empty] for name, value in rows.items()]
    caption = agreed.say("sheet_fields")
    heads = [agreed.say("head_field"), agreed.say("head_value")]
    return table(caption, heads, cells, widths=[36, 64], sheet=caption)


def _filled(terms: Terms | None, field: str) -> str | None:
    return None if terms is None else getattr(terms, field)


def _orders(agreed: Agreed, job: Job) -> str | None:
    problem = agreed.voice.problem
    if problem.workplace.cooperation is Cooperation.ENCLAVE:
        return agreed.say("sheet_orders_enclave")
    return ", ".join(r.label for r in problem.workplace.roles if r.id in instructors(problem, job)) or None


def _demands(agreed: Agreed, job: Job) -> list[Block]:
    """Tell in words what the work asks of a person, the language of the workplace with it."""
    voice = agreed.voice
    levels, unknown = job_levels(voice.problem, job)
    told = [
        agreed.say("sheet_demand_one", name=dimension(n).label[voice.lang], anchor=dimension(n).anchors[voice.lang][at])
        for n, at in levels.items()
        if at >= ASKED
    ]
    steps, _ = job_language(job_tasks(voice.problem, job))
    tongue = voice.say(f"language_{voice.problem.workplace.lang}")
    for skill in ("listening", "speaking", "reading", "writing"):
        if steps[skill] != "none":
            name = f"{tongue}, {tell(f'door.skill_{skill}', voice.lang)} ({steps[skill]})"
            told.append(agreed.say("sheet_demand_one", name=name, anchor=descriptor(skill, steps[skill], voice.lang)))
    made = [heading(agreed.say("sheet_demands"))]
    made.append(bullets(told) if told else text(agreed.say("sheet_demands_little")))
    if any(at < ASKED for at in levels.values()):
        made.append(text(agreed.say("sheet_demands_low")))
    names = ", ".join(dimension(n).label[voice.lang] for n in sorted(unknown))
    return [*made, text(agreed.say("sheet_demands_unknown", names=names))] if names else made


def _agreed(agreed: Agreed, job: Job) -> Block:
    """Return every decision point with the state of the parts of this job."""
    rows: list[list[str | Cell]] = [
        [agreed.say(f"gate_{p.gate.value}"), agreed.part(part), Cell(text=agreed.say(f"state_{state}"))]
        for p in agreed.gates
        for part, state in p.parts
        if part.of == job.id
    ]
    heads = [agreed.say(f"head_{k}") for k in ("gate", "part", "state")]
    return table(agreed.say("file_gates"), heads, rows, widths=[32, 44, 24], sheet=agreed.say("sheet_gates"))
