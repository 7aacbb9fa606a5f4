"""No new job, this job changes: what could be done otherwise by those who are there now, told honestly."""

from __future__ import annotations

from dataclasses import dataclass

from klaver.design.effects import weekly_by_role
from klaver.documents.blocks import Block, Cell, heading, strong, table, text
from klaver.documents.voice import Voice
from klaver.work.records import Role, Task

FREE_CHOICE = 120
"""Minutes of choice in the day from which a task can be done at another moment (Klaver's assumption)."""

WAYS = ("other_role", "other_day", "other_time", "fixed")
"""What can change about a task without a new job; the first that holds is told."""


@dataclass(frozen=True)
class Change:
    """The tasks of one shortage role that can change in one way, with the role's minutes a week in them."""

    role: Role
    way: str
    tasks: tuple[Task, ...]
    minutes: float


def way(voice: Voice, task: Task) -> str:
    """Return in which way a task of a shortage role can be done otherwise by those who are there now."""
    roles = [voice.problem.workplace.role(s.role) for s in task.doers]
    if any(r.shortage is False for r in roles):
        return "other_role"
    if task.wait_days:
        return "other_day"
    if task.window and task.minutes and task.window.length - task.minutes.likely >= FREE_CHOICE:
        return "other_time"
    return "fixed"


def changes(voice: Voice) -> list[Change]:
    """Return, for every shortage role, what can change about the tasks that anybody may do."""
    found = []
    for role in (r for r in voice.problem.workplace.roles if r.shortage):
        minutes = {
            t.id: weekly_by_role(t).get(role.id, 0) / 100
            for t in voice.problem.workplace.tasks
            if voice.problem.why_not(t) is None
        }
        for name in WAYS:
            mine = tuple(t for t in voice.problem.workplace.tasks if minutes.get(t.id) and way(voice, t) == name)
            if mine:
                found.append(Change(role, name, mine, sum(minutes[t.id] for t in mine)))
    return found


def changeable(voice: Voice) -> tuple[int, float]:
    """Return how many tasks of shortage roles can be done otherwise, and the minutes a week of those roles."""
    able = [c for c in changes(voice) if c.way != "fixed"]
    return len({t.id for c in able for t in c.tasks}), sum(c.minutes for c in able)


def unchanged(voice: Voice) -> list[Block]:
    """Return the chapter about going without a new job."""
    rows: list[list[str | Cell]] = [
        [
            c.role.label,
            voice.say(f"way_{c.way}"),
            voice.time(c.minutes),
            "; ".join(voice.task(t) for t in c.tasks),
        ]
        for c in changes(voice)
    ]
    made = [heading(voice.say("unchanged")), strong(voice.say("unchanged_relief"), voice.say("unchanged_means"))]
    if not rows:
        return [*made, text(voice.say("unchanged_nothing"))]
    heads = [voice.say(k) for k in ("role_head", "way_head", "hours_week", "tasks")]
    sheet = voice.say("sheet_unchanged")
    return [*made, table(voice.say("unchanged_table"), heads, rows, widths=[16, 24, 11, 49], sheet=sheet)]
