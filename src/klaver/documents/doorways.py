"""For whom a job is open, with which aid, after which question, or shut by what; and how much language it asks."""

from __future__ import annotations

from klaver.design.effects import doors
from klaver.design.facts import job_tasks
from klaver.design.records import Design, Job
from klaver.documents.blocks import Block, Cell, table
from klaver.documents.voice import Voice, minutes_by_task
from klaver.matching.doors import Door
from klaver.matching.language_reach import step_of
from klaver.matching.telling import tell_rest, tell_state
from klaver.scale.ladder import STEPS
from klaver.work.records import Task

SIDE_BY_SIDE = 2
"""Jobs whose doors one table shows beside each other."""

REACHED = ("none", "A1", "A2", "B1")
"""The language steps at which the report says how much of a job is within reach."""


def for_whom(voice: Voice, found: Design, key: tuple[tuple[str, str], ...]) -> list[Block]:
    """Return for every profile and job whether the door is open, and by what it is not."""
    if not voice.problem.profiles:
        return []
    made = []
    opened = [{d.profile: d for d in doors(voice.problem, j)} for j in found.jobs]
    for first in range(0, len(opened), SIDE_BY_SIDE):
        some = opened[first : first + SIDE_BY_SIDE]
        heads = [voice.say("group"), *(voice.job(first + i) for i in range(1, len(some) + 1))]
        rows: list[list[str | Cell]] = [
            [p.name_in(voice.lang), *(tell_door(voice, of[p.id], person=p.kind == "person") for of in some)]
            for p in voice.problem.profiles
        ]
        widths = [24, *[76 // len(some)] * len(some)]
        caption, sheet = voice.say("for_whom"), voice.say("sheet_doors")
        made.append(table(caption, heads, rows, widths=widths, sheet=sheet, keys=key))
    return made


def tell_door(voice: Voice, found: Door, *, person: bool = False) -> Cell:
    """Tell one door: its state first, then with what, after which question, or by what; never a score."""
    return Cell(lead=tell_state(found, voice.lang), text=tell_rest(found, voice.lang, person=person))


def reach(job_minutes: dict[str, int], tasks: tuple[Task, ...], step: str) -> int:
    """Return the minutes a week of a job's tasks whose language is within reach at a step."""
    within = STEPS[: STEPS.index(step) + 1]
    return sum(job_minutes[t.id] for t in tasks if step_of(t) in within)


def language_reach(voice: Voice, found: Design, key: tuple[tuple[str, str], ...]) -> list[Block]:
    """Return how many hours of each job are within reach at each language step."""
    rows = [_reach_row(voice, position, job) for position, job in enumerate(found.jobs, 1)]
    heads = [voice.say("job_head"), *(voice.say(f"reach_{s}") for s in REACHED), voice.say("reach_unknown")]
    heads.append(voice.say("reach_all"))
    caption = voice.say("reach_table", language=voice.say(f"language_{voice.problem.workplace.lang}"))
    widths = [16, 14, 14, 14, 14, 14, 14]
    return [table(caption, heads, rows, widths=widths, sheet=voice.say("sheet_reach"), keys=key)]


def _reach_row(voice: Voice, position: int, job: Job) -> list[str | Cell]:
    tasks, minutes = job_tasks(voice.problem, job), minutes_by_task(job)
    unknown = sum(minutes[t.id] for t in tasks if step_of(t) is None)
    within = [voice.time(reach(minutes, tasks, s)) for s in REACHED]
    return [voice.job(position), *within, voice.time(unknown), voice.time(sum(minutes.values()))]
