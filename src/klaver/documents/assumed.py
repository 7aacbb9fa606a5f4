"""What is assumed, what makes this a sketch, and which rules a house must still confirm."""

from __future__ import annotations

from collections.abc import Sequence

from klaver.design.records import Breach, Design
from klaver.design.telling import tell_breach
from klaver.documents.blocks import Block, Cell, bullets, heading, table, text
from klaver.documents.sketch import assumed_percent, is_sketch, sketch_reasons
from klaver.documents.voice import Voice


def assumed(voice: Voice, designs: Sequence[Design]) -> list[Block]:
    """Return the chapter on what is assumed."""
    made = [heading(voice.say("assumed"))]
    sketches = [i for i, d in enumerate(designs, 1) if is_sketch(voice.problem, d.jobs)]
    if sketches:
        made.append(text(voice.say("assumed_sketch", numbers=", ".join(map(str, sketches)))))
        reasons = [r for i in sketches for r in sketch_reasons(voice.problem, designs[i - 1].jobs, voice.lang)]
        made.append(bullets(list(dict.fromkeys(reasons))))
        made.append(text(voice.say("ask_next", number=sketches[0])))
    else:
        made.append(text(voice.say("assumed_no_sketch")))
    rows: list[list[str | Cell]] = [
        [str(i), voice.titled(p, job), voice.figure(assumed_percent(voice.problem, job), "%")]
        for i, d in enumerate(designs, 1)
        for p, job in enumerate(d.jobs, 1)
        if assumed_percent(voice.problem, job)
    ]
    heads = [voice.say(k) for k in ("number_head", "job_head", "assumed_percent")]
    caption, sheet = voice.say("assumed_table"), voice.say("sheet_assumed")
    if rows:
        made.append(table(caption, heads, rows, widths=[15, 55, 30], sheet=sheet))
    else:
        made.append(text(voice.say("assumed_nothing")))
    made += [text(voice.say("assumed_always")), bullets(_always(voice))]
    return [*made, *_rules(voice, designs)]


def _always(voice: Voice) -> list[str]:
    told = [
        voice.say("assumed_tempo", percent=voice.problem.tempo - 100),
        voice.say("assumed_presence", percent=voice.problem["presence"]),
    ]
    if any(p.kind == "group" for p in voice.problem.profiles):
        told.append(voice.say("assumed_groups"))
    return [*told, *voice.problem.workplace.gaps_noted]


def _rules(voice: Voice, designs: Sequence[Design]) -> list[Block]:
    told = [
        voice.say("warned", number=i, rule=tell_breach(_named(voice, d, b), voice.lang))
        for i, d in enumerate(designs, 1)
        for b in d.warnings
    ]
    return [text(voice.say("warnings")), bullets(told)] if told else []


def _named(voice: Voice, found: Design, breach: Breach) -> Breach:
    names = {job.id: voice.job(position) for position, job in enumerate(found.jobs, 1)}
    return breach.model_copy(update={"job": names[breach.job]}) if breach.job in names else breach
