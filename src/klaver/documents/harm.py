"""What may leave without harm, task by task, and what stays with colleagues and why."""

from __future__ import annotations

from collections.abc import Sequence

from klaver.design.records import Design
from klaver.documents.blocks import Block, Cell, heading, table, text
from klaver.documents.sketch import DECISIVE
from klaver.documents.voice import Voice
from klaver.language import tell
from klaver.values import SourceKind
from klaver.work.elementary import guards
from klaver.work.records import Legal, Task


def moving(voice: Voice, designs: Sequence[Design]) -> dict[str, list[int]]:
    """Return the tasks that leave in some alternative, in the order of the analysis, with those alternatives."""
    found: dict[str, list[int]] = {}
    for task in voice.problem.workplace.tasks:
        into = [i for i, d in enumerate(designs, 1) if _does(d, task.id)]
        if into:
            found[task.id] = into
    return found


def _does(found: Design, task: str) -> bool:
    return any(e.task == task for j in found.jobs for s in j.shifts for e in s.entries)


def to_ask(voice: Voice, task: Task) -> list[str]:
    """Return what staff must still be asked about a task that leaves."""
    assumed = [f for f in DECISIVE if task.source_of(f).kind is SourceKind.ASSUMED]
    asked = [voice.say(f"ask_{f}") for f in assumed]
    missing = {"checked": task.checked is None, "recovery": task.recovery is None, "valued": task.valued is None}
    asked += [voice.say(f"ask_{f}") for f, gone in missing.items() if gone]
    asked += [voice.say("ask_keep")] if task.valued or task.recovery else []
    if task.legal is Legal.SUPERVISED:
        asked.append(voice.say("ask_supervised"))
    return asked + [voice.say("ask_guard", word=word) for word in guards(task).values()]


def asked_of(voice: Voice, designs: Sequence[Design]) -> tuple[int, int]:
    """Return of how many moving tasks something must still be asked, and how many move."""
    moved = moving(voice, designs)
    return sum(bool(to_ask(voice, voice.problem.tasks[t])) for t in moved), len(moved)


def harm(voice: Voice, designs: Sequence[Design]) -> list[Block]:
    """Return the chapter on what may leave without harm."""
    moved = moving(voice, designs)
    asked, count = asked_of(voice, designs)
    made = [heading(voice.say("harm")), text(voice.count("harm_intro", asked, moving=count))]
    rows = [_row(voice, voice.problem.tasks[t], into, len(designs)) for t, into in moved.items()]
    keys = ("task", "in_number", "may_anybody", "if_wrong", "checked", "recovery_head", "valued_head", "still_ask")
    heads = [voice.say(k) for k in keys]
    widths = [34, 8, 13, 13, 11, 11, 10, 20]
    made.append(table(voice.say("harm_table"), heads, rows, widths=widths, sheet=voice.say("sheet_harm")))
    return [*made, *_basis(voice, list(moved))]


def _row(voice: Voice, task: Task, into: list[int], designs: int) -> list[str | Cell]:
    numbers = voice.say("all") if len(into) == designs and designs > 1 else ", ".join(map(str, into))
    return [
        Cell(lead=task.id, text=voice.task(task)),
        numbers,
        voice.say(f"legal_{task.legal.value}"),
        voice.say("unknown") if task.harm is None else voice.say(f"harm_{task.harm}"),
        voice.yes_no(task.checked),
        voice.yes_no(task.recovery),
        voice.yes_no(task.valued),
        "; ".join(to_ask(voice, task)) or voice.say("nothing"),
    ]


def _basis(voice: Voice, moved: list[str]) -> list[Block]:
    by_basis: dict[str, list[str]] = {}
    for ident in moved:
        by_basis.setdefault(voice.problem.tasks[ident].legal_basis or voice.say("basis_unknown"), []).append(ident)
    rows = [[basis, ", ".join(tasks)] for basis, tasks in by_basis.items()]
    if not rows:
        return []
    heads = [voice.say("basis"), voice.say("tasks")]
    return [table(voice.say("basis_table"), heads, rows, widths=[50, 50], sheet=voice.say("sheet_basis"))]


def stays(voice: Voice, designs: Sequence[Design]) -> list[Block]:
    """Return the chapter on what stays with colleagues in every alternative, and why."""
    moved = moving(voice, designs)
    left: list[list[str | Cell]] = []
    for task in voice.problem.workplace.tasks:
        if task.id not in moved:
            code = voice.problem.why_not(task) or "report.not_chosen"
            roles = ", ".join(voice.role(s.role) for s in task.doers) or voice.say("unknown")
            left.append([tell(code, voice.lang), Cell(lead=task.id, text=voice.task(task)), roles])
    made = [heading(voice.say("stays"))]
    if not left:
        return [*made, text(voice.say("stays_nothing"))]
    left.sort(key=lambda row: str(row[0]))
    heads = [voice.say(k) for k in ("because", "task", "who_now")]
    return [*made, table(voice.say("stays_table"), heads, left, widths=[32, 44, 24], sheet=voice.say("sheet_stays"))]
