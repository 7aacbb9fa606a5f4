"""One page for each role of the sitting staff: what it hands over, does together, keeps and gets back."""

from __future__ import annotations

from collections import defaultdict

from klaver.design.agreements.records import Kind, Part
from klaver.design.board.table import by_hand
from klaver.design.effects import lost_by_role, moved, relief_range, role_effects, weekly_by_role
from klaver.documents.agreed import Agreed
from klaver.documents.blocks import PAGE, Block, Cell, Paper, bullets, heading, strong, table, text, write
from klaver.documents.colleagues import before_after
from klaver.documents.consultation import LONGEST, said
from klaver.documents.sketch import banner
from klaver.documents.voice import shorten
from klaver.language import tell
from klaver.work.records import Role, Task

TOLD = ("hours_in", "heavy", "light", "recovery")
"""What is told before and after; the report has the rest."""


def role_pages(agreed: Agreed) -> Paper:
    """Return a page for each role."""
    voice = agreed.voice
    blocks: list[Block] = []
    for position, role in enumerate(voice.problem.workplace.roles):
        blocks += [PAGE] if position else []
        blocks += _Page(agreed, role).blocks()
    marks = banner(voice.problem, [agreed.working], voice.lang) if agreed.working else ""
    title = agreed.say("role_title", name=shorten(voice.problem.workplace.name, LONGEST))
    return Paper(form="page", title=title, lang=voice.lang, banner=marks, blocks=tuple(blocks))


class _Page:
    def __init__(self, agreed: Agreed, role: Role) -> None:
        self.agreed, self.role, self.say, self.voice = agreed, role, agreed.say, agreed.voice
        self.problem, self.jobs = agreed.voice.problem, agreed.working
        self.lost = lost_by_role(self.problem, self.jobs).get(role.id, {})
        self.effect = next(e for e in role_effects(self.problem, self.jobs) if e.role == role.id)
        self.moved = moved(self.problem, self.jobs)

    def blocks(self) -> list[Block]:
        return [
            heading(self.voice.say("role", name=self.role.label)),
            *self._back(),
            *self._hands(),
            *self._together(),
            *self._before_after(),
            *self._keeps(),
            heading(self.say("role_said"), 2),
            *self._said(),
            write(self.say("role_write"), 3),
        ]

    def _mine(self, task: Task) -> bool:
        return any(share.role == self.role.id for share in task.doers)

    def _back(self) -> list[Block]:
        """Tell what comes back, in minutes, what comes off it, and what it is for."""
        if not self.effect.lost:
            return []
        days = len({day for (task, day), shared in self.moved.items() if task in self.lost and not shared})
        minutes = round(self.effect.lost / 100)
        each, hours = round(minutes / days), self.voice.hours(minutes)
        lines = [self.say("role_back", minutes=minutes, each=each, hours=hours), self.say("role_back_whole")]
        if self.role.shortage:
            left = {k: self.voice.hours(v) for k, v in relief_range(self.problem, self.jobs).model_dump().items()}
            lines.append(self.say("role_costs", net=left["likely"], low=left["low"], high=left["high"]))
        use = self.problem.wishes.use_of_freed_time
        return [strong(*lines, self.voice.say("use", use=use) if use else self.voice.say("use_open"))]

    def _hands(self) -> list[Block]:
        if not self.lost:
            return [text(self.say("role_hands_nothing"))]
        rows: list[list[str | Cell]] = [
            [
                self._named(t),
                self._when(t.id, shared=False),
                self.voice.time(self.lost[t.id] / 100),
                self.voice.time(self._left(t) / 100),
                self._source(t),
            ]
            for t in self.problem.workplace.tasks
            if t.id in self.lost
        ]
        heads = [
            self.voice.say("task"),
            self.voice.say("when"),
            *(self.say(f"head_{k}") for k in ("leaves", "left", "said")),
        ]
        caption = self.say("role_hands")
        return [table(caption, heads, rows, widths=[32, 38, 9, 9, 12], sheet=caption)]

    def _together(self) -> list[Block]:
        shared = {task for (task, _), together in self.moved.items() if together}
        rows: list[list[str | Cell]] = [
            [self._named(t), self._when(t.id, shared=True), self._source(t)]
            for t in self.problem.workplace.tasks
            if t.id in shared and self._mine(t)
        ]
        if not rows:
            return [text(self.say("role_together_nothing"))]
        heads = [self.voice.say("task"), self.voice.say("when"), self.say("head_said")]
        caption = self.say("role_together")
        return [table(caption, heads, rows, widths=[42, 42, 16], sheet=caption)]

    def _before_after(self) -> list[Block]:
        """Return hours, heavy and light work, and moments of rest, before and after."""
        if not self.effect.lost:
            return []
        found = by_hand(self.problem, self.jobs)
        told = {self.voice.say(code) for code in TOLD}
        rows = [row for row in before_after(self.voice, self.role, [found], [self.effect]) if row[0] in told]
        heads = [self.voice.say("per_week"), *(self.say(f"head_{k}") for k in ("now", "then"))]
        return [table(self.voice.say("per_week"), heads, rows, widths=[56, 22, 22], sheet=self.say("head_then"))]

    def _left(self, task: Task) -> int:
        """Return the hundredths of minutes a week of a task that stay with this role."""
        return weekly_by_role(task).get(self.role.id, 0) - self.lost.get(task.id, 0)

    def _keeps(self) -> list[Block]:
        """Tell what stays wholly, by kind of work, with the hours of this role."""
        by_family: dict[str, list[str]] = defaultdict(list)
        for task in self.problem.workplace.tasks:
            name = shorten(self.voice.task(task), LONGEST)
            if self._mine(task) and not task.left_undone and (task.minutes is None or task.times is None):
                by_family[task.family].append(self.say("role_keep_unknown", name=name))
            elif self._left(task) and task.id not in self.lost:
                hours = self.voice.hours(self._left(task) / 100)
                by_family[task.family].append(self.say("role_keep_one", name=name, hours=hours))
        if not by_family:
            return [text(self.say("role_keeps_nothing"))] if self.lost else []
        lines = [
            self.say("stayed", name=self.voice.family(family).capitalize(), facts="; ".join(names))
            for family, names in by_family.items()
        ]
        return [heading(self.say("role_keeps"), 2), bullets(lines)]

    def _said(self) -> list[Block]:
        part = Part(kind=Kind.EFFECT, of=self.role.id)
        about = [one for p in self.agreed.gates for one in p.held if any(n.part == part for n in one.statement.parts)]
        made = [block for one in about for block in said(self.agreed, one, part)]
        asked = any(one.statement.role == self.role.id for one in about)
        return made if asked else [text(self.say("role_not_said")), *made]

    def _named(self, task: Task) -> Cell:
        return Cell(lead=task.id, text=shorten(self.voice.task(task), LONGEST))

    def _when(self, task: str, *, shared: bool) -> str:
        """Tell in which job, on which days and between which times of day a task is done, alone or together."""
        told = []
        for position, job in enumerate(self.agreed.jobs, 1):
            mine = [(s.day, e) for s in job.shifts for e in s.entries if e.task == task and e.shared is shared]
            if mine:
                span = self.voice.span(min(e.start for _, e in mine), max(e.end for _, e in mine))
                told.append(f"{self.voice.job(position)}: {self.voice.days(sorted({d for d, _ in mine}))} {span}")
        return "; ".join(told)

    def _source(self, task: Task) -> str:
        return tell(f"source.{task.source_of('minutes').kind.value}", self.voice.lang)
