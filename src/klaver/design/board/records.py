"""What is stored of a board: where every card lies, the timetable it gives, and each step that led there."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from klaver.design.records import Floors, Job, Shift
from klaver.values import Document, Record, Weekday
from klaver.values.dated import Parameters
from klaver.work.records import Ident, Text, Wishes


class Spot(Record):
    """Where a card lies: with its role (no job), or in a job, alone or done together with a colleague.

    ``waiting``: the day of the job has no timetable yet with this card in it. ``pinned``: it stays where it is when
    Klaver changes the rest; a card pinned with its role is never proposed for a job.
    """

    job: Ident | None = None
    shared: bool = False
    waiting: bool = False
    pinned: bool = False

    def decided(self) -> tuple[str | None, bool, bool]:
        """Return what people decided of a card; whether it waits follows from the rest of its day."""
        return self.job, self.shared, self.pinned


HOME = Spot()
"""Where every card lies that nobody moved."""


class Placed(Record):
    """A card (a task on a weekday) that does not lie loose with its role."""

    task: Ident
    day: Weekday
    spot: Spot


class Board(Document):
    """A design that people change by hand.

    ``jobs`` hold the timetable of every card that has a place in it; ``placed`` every card that is in a job or pinned.
    All other tasks stay with their roles. ``titles`` are names that people gave to jobs. ``confirmed_only`` when rules
    that the house has not confirmed only warn (see ``Receipt``).
    """

    schema_id: Literal["klaver/board/1"] = "klaver/board/1"
    workplace: Ident
    workplace_print: str
    wishes: Wishes
    parameters: Parameters
    confirmed_only: bool = False
    floors: Floors = Floors()
    jobs: tuple[Job, ...]
    placed: tuple[Placed, ...] = ()
    titles: dict[Ident, Text] = {}

    def spots(self) -> dict[tuple[str, Weekday], Spot]:
        """Return where every placed card lies."""
        return {(p.task, p.day): p.spot for p in self.placed}

    def waiting(self) -> tuple[tuple[str, str, Weekday], ...]:
        """Return the cards (job, task, weekday) that lie in a job without a place in its timetable."""
        placed = [(p.spot.job, p) for p in self.placed if p.spot.waiting]
        return tuple((job, p.task, p.day) for job, p in placed if job is not None)


class MoveCards(Record):
    """Put a task on some weekdays into a job, alone or together with a colleague, or back with its role."""

    do: Literal["move"] = "move"
    task: Ident
    days: tuple[Weekday, ...]
    job: Ident | None
    shared: bool = False


class PinCards(Record):
    """Let a task on some weekdays stay where it is, or loosen it again."""

    do: Literal["pin"] = "pin"
    task: Ident
    days: tuple[Weekday, ...]
    pinned: bool


class LayJobs(Record):
    """Lay a whole plan on the board: a repair, an offer, or what was completed around the pins."""

    do: Literal["lay"] = "lay"
    why: Literal["repair", "better", "complete"]
    jobs: tuple[Job, ...]


class LayWall(Record):
    """Put cards where they hang on a wall, all in one step."""

    do: Literal["wall"] = "wall"
    moves: Annotated[tuple[MoveCards, ...], Field(min_length=1)]


class NameJob(Record):
    """Give a job a name of its own, or take it away."""

    do: Literal["name"] = "name"
    job: Ident
    title: Text | None


class TakeBack(Record):
    """Undo a step, named by its number; taking back such a step does it again."""

    do: Literal["undo"] = "undo"
    step: int


Command = Annotated[MoveCards | PinCards | LayJobs | LayWall | NameJob | TakeBack, Field(discriminator="do")]


class Change(Record):
    """One card that a step changed."""

    task: Ident
    day: Weekday
    before: Spot
    after: Spot


class DayChange(Record):
    """One working day of a job that a step changed; ``None`` where the job did not work that day."""

    job: Ident
    day: Weekday
    before: Shift | None
    after: Shift | None


class TitleChange(Record):
    """The name of a job that a step changed."""

    job: Ident
    before: Text | None
    after: Text | None


class Step(Record):
    """What a command did, enough to take it back; ``number`` counts the steps of a board from 1."""

    number: int
    command: Command
    cards: tuple[Change, ...] = ()
    days: tuple[DayChange, ...] = ()
    titles: tuple[TitleChange, ...] = ()

    def touches(self) -> frozenset[tuple[str, Weekday] | str]:
        """Return what people changed by a step: cards, and jobs whose name it changed.

        That a card has no place in its day, or has one again, follows from the other cards: nobody touched it.
        """
        cards = {(c.task, c.day) for c in self.cards if c.before.decided() != c.after.decided()}
        return frozenset(cards | {t.job for t in self.titles})
