"""The picture of a job's week: every weekday a line of coloured bars against the clock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from klaver.design.facts import job_tasks
from klaver.design.records import Job, Shift
from klaver.documents.blocks import Bar, Block, Lane, Week
from klaver.documents.voice import Voice
from klaver.language import day_name
from klaver.values import clock

SHADES = 8
"""Kinds of work beyond these share a shade; the label of the bar tells them apart."""

LETTER = 13
"""Room that one letter of a label takes, in thousandths of the width."""


def week_picture(voice: Voice, name: str, job: Job, beside: Sequence[Job]) -> Block:
    """Return the picture of a job's week, on the same clock as the jobs beside it.

    The same data stands in the tables of working days and tasks; the picture's ``alt`` says so.
    """
    first = min((s.start for j in beside for s in j.shifts), default=480) // 60 * 60
    last = -(-max((s.end for j in beside for s in j.shifts), default=960) // 60) * 60
    hours = (last - first) // 60
    step = 60 if hours <= 12 else 120

    def at(minute: int) -> int:
        return round(1000 * (minute - first) / (last - first))

    families = sorted({t.family for t in voice.problem.workplace.tasks})
    shades = {f: i % SHADES for i, f in enumerate(families)}

    def bars(shift: Shift) -> tuple[Bar, ...]:
        made = [Bar(start=at(shift.start), width=at(shift.end) - at(shift.start), kind="present")]
        for entry in shift.entries:
            kind: Literal["shared", "work"] = "shared" if entry.shared else "work"
            width = at(entry.end) - at(entry.start)
            label = entry.task if len(entry.task) * LETTER + 4 <= width else ""
            shade = shades[voice.problem.tasks[entry.task].family]
            made.append(Bar(start=at(entry.start), width=width, label=label, kind=kind, shade=shade))
        for pause in shift.pauses:
            made.append(Bar(start=at(pause.start), width=at(pause.end) - at(pause.start), kind="pause"))
        return tuple(made)

    lanes = [Lane(name=day_name(s.day, voice.lang), hours=voice.span(s.start, s.end), bars=bars(s)) for s in job.shifts]
    kinds = {t.family for t in job_tasks(voice.problem, job)}
    legend = [(shades[f], voice.family(f)) for f in families if f in kinds]
    shown = {b.kind for lane in lanes for b in lane.bars}
    marks = [(k, voice.say(f"mark_{k}")) for k in ("shared", "pause", "present") if k in shown]
    days = ", ".join(f"{lane.name} {lane.hours}" for lane in lanes)
    alt = voice.say("picture", name=name, days=days, kinds=", ".join(label for _, label in legend))
    ticks = tuple((at(m), clock(m)) for m in range(first, last + 1, step))
    week = Week(alt=alt, ticks=ticks, lanes=tuple(lanes), legend=tuple(legend), marks=tuple(marks))
    return Block(kind="week", text=voice.say("timetable_of", name=name), week=week)
