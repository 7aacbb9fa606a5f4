"""Wall cards: every task on a card to cut out, eight to a page, and a sheet on which the wall is written down again.

Around a table people move cards between *stays*, *together* and *new job* before anything stands in a computer. The
last sheet takes what hangs on the wall, code by code, so that nothing has to be copied from a photo.
"""

from __future__ import annotations

from collections.abc import Sequence

from klaver.documents.blocks import PAGE, Block, Cell, Paper, heading, table, text
from klaver.documents.voice import Voice, shorten
from klaver.language import tell
from klaver.language.weekdays import show_pattern
from klaver.values import Record, SourceKind, Weekday
from klaver.work.elementary import elementary
from klaver.work.records import Legal, Task

NAME, ROLES = 110, 2
"""Signs of a name on a card, and so many roles of those who do the task now."""

SIDE_BY_SIDE = 2
"""Columns of codes on the sheet to write the wall down."""

STICKERS = ("air", "heavy", "undone")
"""What staff say of a task with a sticker: it would give them air, it is heavy or dirty, it is often left undone."""

SHOWN = ("minutes", "times", "window", "legal")
"""The values on a card of which it is said that they are assumed."""


class WallCard(Record):
    """One task on the wall, in words; ``assumed`` names what nobody told or saw, empty when all was."""

    code: str
    name: str
    time: str
    whom: str
    marks: tuple[str, ...] = ()
    assumed: str = ""


class Wall:
    """The cards of a workplace in one language; a task reserved by law stays off the wall unless ``every`` is asked."""

    def __init__(self, voice: Voice, *, every: bool = False) -> None:
        self.voice, self.lang, self.place = voice, voice.lang, voice.problem.workplace
        tasks = self.place.tasks
        self.left_out = () if every else tuple(t for t in tasks if elementary(t).elementary == "no")
        self.tasks = tuple(t for t in tasks if t not in self.left_out)

    def say(self, code: str, **values: object) -> str:
        """Tell a sentence of the cards."""
        return tell(f"wall.{code}", self.lang, **values)

    def cards(self) -> tuple[WallCard, ...]:
        """Return a card for each task, in the order of the analysis."""
        return tuple(map(self._card, self.tasks))

    def paper(self) -> Paper:
        """Return the cards to cut out, and on the pages behind them the sheet to write the wall down."""
        stickers = tuple(self.say(f"sticker_{s}") for s in STICKERS)
        lanes = tuple(self.say(f"lane_{lane}") for lane in ("stays", "together", "job"))
        rows = tuple(
            (
                Cell(lead=c.code, text=c.name),
                Cell(text=c.time),
                Cell(text=c.whom),
                Cell(text=" · ".join(c.marks)),
                Cell(text=c.assumed),
            )
            for c in self.cards()
        )
        cards = Block(kind="cards", text=self.say("goes_to"), headers=lanes, items=stickers, rows=rows)
        blocks = [text(self.say("how")), cards, PAGE, heading(self.say("written_down")), text(self.say("written_how"))]
        blocks.append(self._codes())
        if self.left_out:
            blocks.append(text(self._not_on_the_wall()))
        banner = tell("report.synthetic", self.lang) if self.place.synthetic else ""
        title = self.say("title", name=shorten(self.place.name, NAME))
        return Paper(form="wall", title=title, lang=self.lang, banner=banner, blocks=tuple(blocks))

    def _not_on_the_wall(self) -> str:
        codes = ", ".join(t.id for t in self.left_out)
        return self.say("left_out_one" if len(self.left_out) == 1 else "left_out_many", codes=codes)

    def _codes(self) -> Block:
        """Return all codes with room for a place, in columns that are read downwards."""
        deep = -(-len(self.tasks) // SIDE_BY_SIDE)
        rows: list[list[str | Cell]] = []
        for at in range(deep):
            row: list[str | Cell] = []
            for column in range(SIDE_BY_SIDE):
                here = self.tasks[column * deep + at : column * deep + at + 1]
                row += (
                    [Cell(lead=here[0].id, text=shorten(self.voice.task(here[0]), NAME // 2)), ""] if here else ["", ""]
                )
            rows.append(row)
        heads = [self.voice.say("task"), self.say("place")] * SIDE_BY_SIDE
        return table(self.say("table"), heads, rows, widths=[38, 12] * SIDE_BY_SIDE, sheet=self.say("table"))

    def _card(self, task: Task) -> WallCard:
        return WallCard(
            code=task.id,
            name=shorten(self.voice.task(task), NAME),
            time=" · ".join(filter(None, (self.minutes(task), self._days(task), self.window(task), self._where(task)))),
            whom=self._whom(task),
            marks=tuple(self._marks(task)),
            assumed=self._assumed(task),
        )

    def minutes(self, task: Task) -> str:
        """Tell how long a task takes each time."""
        if task.minutes is None:
            return self.say("minutes_unknown")
        low, likely, high = task.minutes.low, task.minutes.likely, task.minutes.high
        return self.say("minutes", likely=likely) if low == high else self.say("minutes_range", low=low, high=high)

    def _days(self, task: Task) -> str:
        if task.times is None:
            return self.say("times_unknown")
        found = [d for d in Weekday if task.times[d]]
        if not found:
            return self.say("never")
        most = max(task.times)
        pattern = show_pattern(task.times, self.lang) or self.voice.days(found)
        alike = all(task.times[d] == most for d in found)
        return pattern if most == 1 or not alike or show_pattern(task.times, self.lang) else f"{most} × {pattern}"

    def window(self, task: Task) -> str:
        """Tell between which times of day a task is done; empty where that is not known."""
        return "" if task.window is None else self.voice.span(task.window.start, task.window.end)

    def _where(self, task: Task) -> str:
        return next((p.label for p in self.place.places if p.id == task.place), "")

    def _whom(self, task: Task) -> str:
        ranked = sorted(task.doers, key=lambda share: -share.percent)[:ROLES]
        return self.say("now", roles=", ".join(self.voice.role(s.role) for s in ranked)) if ranked else ""

    def _marks(self, task: Task) -> Sequence[str]:
        legal = {Legal.RESERVED: "reserved", Legal.SUPERVISED: "supervised", Legal.PERMIT: "permit"}
        found = [legal[task.legal]] if task.legal in legal else []
        found += [f for f in ("left_undone", "valued", "unpleasant", "learning", "recovery") if getattr(task, f)]
        found += ["ask"] if elementary(task).elementary == "ask" else []
        return [self.say(f"mark_{code}") for code in found]

    def _assumed(self, task: Task) -> str:
        fields = [f for f in SHOWN if task.source_of(f).kind is SourceKind.ASSUMED and getattr(task, f) is not None]
        return self.say("assumed", parts=", ".join(self.say(f"part_{f}") for f in fields)) if fields else ""
