"""Before and after for every role of the sitting staff: one page each, all alternatives beside each other."""

from __future__ import annotations

from collections.abc import Sequence

from klaver.design.effects import LOAD_DIMENSIONS, RoleEffect, crumbs, lost_by_role, role_effects, weekly_by_role
from klaver.design.records import Design
from klaver.documents.blocks import PAGE, Block, Cell, heading, table, text, write
from klaver.documents.voice import Voice
from klaver.work.records import Role, Task

WEIGHTS = ("heavy", "middling", "light", "not_known")
HEAVY, LIGHT = 3, 1
"""Work is heavy from this level of some demand that weighs on staff, light up to that level of all of them."""


def weight(task: Task) -> str:
    """Return how heavy a task is for who does it; a task of which no level is known is not light."""
    known = [task.demands[n] for n in LOAD_DIMENSIONS if n in task.demands]
    if any(level >= HEAVY for level in known):
        return "heavy"
    if not known:
        return "not_known"
    return "light" if max(known) <= LIGHT else "middling"


def colleagues(voice: Voice, designs: Sequence[Design]) -> list[Block]:
    """Return the chapter with one page for every role."""
    made = [heading(voice.say("colleagues")), text(voice.say("colleagues_intro"))]
    effects = [{e.role: e for e in role_effects(voice.problem, d.jobs)} for d in designs]
    for position, role in enumerate(voice.problem.workplace.roles):
        made += [PAGE] if position else []
        made += _role(voice, role, designs, [e[role.id] for e in effects])
    return made


def _role(voice: Voice, role: Role, designs: Sequence[Design], effects: list[RoleEffect]) -> list[Block]:
    made = [heading(voice.say("role", name=role.label), 2), text(_about(voice, role))]
    key = ((voice.say("role_head"), role.label),)
    if not any(e.lost for e in effects):
        made.append(text(voice.say("role_nothing")))
        designs, effects = designs[:0], effects[:1]
    heads = [voice.say("now"), *_numbers(voice, designs)]
    widths = [34, *[66 // len(heads)] * len(heads)]
    rows = before_after(voice, role, designs, effects)
    caption, sheet = voice.say("before_after" if designs else "as_before"), voice.say("sheet_colleagues")
    made.append(table(caption, [voice.say("per_week"), *heads], rows, widths=widths, sheet=sheet, keys=key))
    if designs:
        made.append(_leaves(voice, role, designs, key))
        made.append(text(_room(voice, role, max(e.lost for e in effects) / 100)))
    made += [text(line) for line in _agreed(voice, role)]
    return [*made, write(voice.say("objection"), 5)]


def _numbers(voice: Voice, designs: Sequence[Design]) -> list[str]:
    """Return the heads of the columns of the alternatives."""
    return [str(i) for i in range(1, len(designs) + 1)]


def _about(voice: Voice, role: Role) -> str:
    known = [voice.count("people", role.headcount)] if role.headcount else []
    if role.hours_week:
        known.append(voice.say("contract", hours=voice.hours(role.hours_week)))
    known.append(voice.say({True: "is_short", False: "not_short", None: "short_unknown"}[role.shortage]))
    return "; ".join(known)[0].upper() + "; ".join(known)[1:] + "."


def before_after(
    voice: Voice, role: Role, designs: Sequence[Design], effects: list[RoleEffect]
) -> list[list[str | Cell]]:
    """Return the rows of a role now and after each design: hours, heavy and light work, rest, and blocks that free."""
    one = effects[0]
    effects = effects[: len(designs)]
    rows: list[list[str | Cell]] = [
        _hours(voice, "hours_in", one.before, [e.before - e.lost for e in effects]),
    ]
    before, after = _by_weight(voice, role, designs)
    rows += [_hours(voice, w, before[w], [a[w] for a in after]) for w in WEIGHTS if before[w]]
    rows.append(_hours(voice, "recovery", one.recovery_before, [e.recovery_before - e.recovery_lost for e in effects]))
    rows.append(
        _hours(voice, "unpleasant", one.unpleasant_before, [e.unpleasant_before - e.unpleasant_lost for e in effects])
    )
    if one.load_before:
        index = [voice.figure(round(100 * e.load_after / e.load_before)) for e in effects]
        rows.append([voice.say("load"), voice.figure(100), *index])
    freed = [crumbs(voice.problem, d.jobs).get(role.id, (0, 0)) for d in designs]
    if any(total for total, _ in freed):
        zero = voice.time(0)
        rows.append([voice.say("blocks"), zero, *(voice.time((total - small) / 100) for total, small in freed)])
        rows.append([voice.say("crumbs"), zero, *(voice.time(small / 100) for _, small in freed)])
    return rows


def _hours(voice: Voice, code: str, before: float, after: list[int]) -> list[str | Cell]:
    return [voice.say(code), voice.time(before / 100), *(voice.time(a / 100) for a in after)]


def _by_weight(voice: Voice, role: Role, designs: Sequence[Design]) -> tuple[dict[str, int], list[dict[str, int]]]:
    """Return the hundredths of minutes a week of a role in heavy, middling and light work, now and after."""
    before = dict.fromkeys(WEIGHTS, 0)
    for task in voice.problem.workplace.tasks:
        before[weight(task)] += weekly_by_role(task).get(role.id, 0)
    after = []
    for found in designs:
        left = dict(before)
        for ident, gone in lost_by_role(voice.problem, found.jobs).get(role.id, {}).items():
            left[weight(voice.problem.tasks[ident])] -= gone
        after.append(left)
    return before, after


def _leaves(voice: Voice, role: Role, designs: Sequence[Design], key: tuple[tuple[str, str], ...]) -> Block:
    gone = [lost_by_role(voice.problem, d.jobs).get(role.id, {}) for d in designs]
    families = list(dict.fromkeys(t.family for t in voice.problem.workplace.tasks if any(t.id in g for g in gone)))
    rows: list[list[str | Cell]] = []
    for family in families:
        minutes = [sum(m for t, m in g.items() if voice.problem.tasks[t].family == family) for g in gone]
        rows.append([voice.family(family), *(voice.time(m / 100) for m in minutes)])
    heads = [voice.say("kind_of_work"), *_numbers(voice, designs)]
    widths = [34, *[66 // len(designs)] * len(designs)]
    return table(voice.say("leaves"), heads, rows, widths=widths, sheet=voice.say("sheet_leaves"), keys=key)


def _room(voice: Voice, role: Role, lost: float) -> str:
    if role.floor_week is None or role.hours_week is None:
        return voice.say("norm_unknown")
    room = role.hours_week - role.floor_week
    code = "norm_kept" if lost <= room else "norm_broken"
    return voice.say(code, norm=voice.hours(role.floor_week), room=voice.hours(room), lost=voice.hours(lost))


def _agreed(voice: Voice, role: Role) -> list[str]:
    place = voice.problem.workplace
    told = [voice.say("low_threshold")] if place.low_threshold(role) else []
    mine = [a for a in place.agreements if a.role == role.id]
    return told + [
        voice.say(
            "agreement", hours=voice.hours(a.minutes_week), parties=a.parties.rstrip(". "), date=voice.date(a.date)
        )
        for a in mine
    ]
