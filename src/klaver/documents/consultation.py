"""The consultation file: who agreed to what, what changed since, what was not asked, and every objection in full."""

from __future__ import annotations

from klaver.design.agreements.compare import STATES, GateState, Held, objections
from klaver.design.agreements.records import Part, Statement
from klaver.design.effects import role_effects
from klaver.documents.agreed import Agreed
from klaver.documents.blocks import Block, Cell, Paper, bullets, heading, strong, table, text, write
from klaver.documents.sketch import banner
from klaver.documents.voice import shorten

LONGEST = 90
"""Signs of a workplace's name in a title."""


def consultation(agreed: Agreed) -> Paper:
    """Return the consultation file of a design."""
    voice, say = agreed.voice, agreed.say
    use = voice.problem.wishes.use_of_freed_time
    freed = voice.say("use", use=use) if use else voice.say("use_open")
    blocks = [
        strong(freed, voice.say("no_savings"), agreed.counts()),
        text(say("file_how")),
        _overview(agreed),
        heading(say("file_objections")),
        *_objections(agreed),
    ]
    for gate in agreed.gates:
        blocks += _gate(agreed, gate)
    blocks += [heading(say("file_about")), *_about(agreed), heading(say("file_log")), _log(agreed)]
    blocks.append(write(say("file_write"), 6))
    marks = banner(voice.problem, [agreed.working], voice.lang) if agreed.working else ""
    title = say("file_title", name=shorten(voice.problem.workplace.name, LONGEST))
    return Paper(form="report", title=title, lang=voice.lang, banner=marks, blocks=tuple(blocks))


def _overview(agreed: Agreed) -> Block:
    rows: list[list[str | Cell]] = [
        [
            Cell(text=agreed.say(f"gate_{p.gate.value}")),
            Cell(text=agreed.say(f"state_{p.state}"), strong=True),
            *(agreed.voice.figure(p.count(s)) for s in reversed(STATES)),
        ]
        for p in agreed.gates
    ]
    heads = [agreed.say("head_gate"), agreed.say("head_state"), *(agreed.say(f"state_{s}") for s in reversed(STATES))]
    caption, sheet = agreed.say("file_gates"), agreed.say("sheet_gates")
    return table(caption, heads, rows, widths=[28, 20, 13, 13, 13, 13], sheet=sheet)


def _objections(agreed: Agreed) -> list[Block]:
    found = objections(agreed.gates)
    if not found:
        return [text(agreed.say("file_no_objections"))]
    return [strong(*agreed.held(one)) for one in found]


def _gate(agreed: Agreed, gate: GateState) -> list[Block]:
    say = agreed.say
    name = say("stayed", name=say(f"gate_{gate.gate.value}"), facts=say(f"state_{gate.state}"))
    made = [heading(name), text(say(f"about_{gate.gate.value}"))]
    if not gate.held:
        made.append(text(say("nothing_said")))
    for one in gate.held:
        made += said(agreed, one)
    left = [part for part, state in gate.parts if state == "not_asked"]
    return [*made, text(say("open_parts", parts=agreed.parts(left)))] if left else made


def said(agreed: Agreed, held: Held, only: Part | None = None) -> list[Block]:
    """Return one statement with what changed since, in full, or as far as it is about one part."""
    made = [strong(*agreed.held(held, covers=only is None))]
    for changed in (c for c in held.changed if only in (None, c.part)):
        made += [text(agreed.say("changed_in", part=agreed.part(changed.part))), bullets(agreed.changes(changed))]
    return made


def _about(agreed: Agreed) -> list[Block]:
    voice = agreed.voice
    rows: list[list[str | Cell]] = [
        [
            agreed.job(job.id),
            voice.time(job.week),
            voice.days([s.day for s in job.shifts]),
            voice.span(min(s.start for s in job.shifts), max(s.end for s in job.shifts)),
        ]
        for job in agreed.working
    ]
    heads = [voice.say(k) for k in ("job_head", "hours_week", "working_days", "between")]
    jobs = table(agreed.say("file_jobs"), heads, rows, widths=[46, 18, 18, 18], sheet=voice.say("sheet_jobs"))
    roles: list[list[str | Cell]] = []
    for effect in role_effects(voice.problem, agreed.working):
        before, lost = effect.before / 100, effect.lost / 100
        label = voice.problem.workplace.role(effect.role).label
        roles.append([label, voice.time(before), voice.time(before - lost), voice.time(-lost)])
    heads = [voice.say("role_head"), *(agreed.say(f"head_{k}") for k in ("now", "then", "difference"))]
    caption, sheet = agreed.say("file_roles"), voice.say("sheet_colleagues")
    return [jobs, table(caption, heads, roles, widths=[40, 20, 20, 20], sheet=sheet)]


def _log(agreed: Agreed) -> Block:
    rows: list[list[str | Cell]] = [
        [
            agreed.voice.date(one.date),
            agreed.say(f"gate_{one.gate.value}"),
            agreed.who(one),
            agreed.say(f"answer_{one.answer}"),
            one.words or "",
        ]
        for one in agreed.agreements.entries
        if isinstance(one, Statement)
    ]
    if not rows:
        return text(agreed.say("file_log_empty"))
    heads = [agreed.say(f"head_{k}") for k in ("date", "gate", "who", "answer", "words")]
    return table(agreed.say("file_log"), heads, rows, widths=[13, 20, 18, 17, 32], sheet=agreed.say("sheet_said"))
