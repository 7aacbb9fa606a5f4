"""What a line is: tasks in an order, workers each with a time of their own, and a plan of who stands where."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from klaver.design.records import Status
from klaver.values import Document, Record
from klaver.values.text import Shown

MOST_TIME = 1_000_000
"""The longest time of a task, in units of the line."""

Time = Annotated[int, Field(ge=0, le=MOST_TIME)]
Price = Annotated[int, Field(ge=0, le=MOST_TIME)]


class LineTask(Record):
    """One task of a line: its time for each worker, in the order of the workers; ``None`` when that worker cannot.

    ``id`` is how the plan and the order name it, ``name`` what people call it.
    """

    id: Shown
    name: Shown | None = None
    times: tuple[Time | None, ...]


class Line(Document):
    """A line: its workers, its tasks and what comes before what.

    Times are whole numbers; with ``decimals`` 1 the number 75 stands for 7.5 of whatever the times were written in.
    A pair (a, b) of ``precedence`` says that a is done at the station of b or at one before it.
    """

    schema_id: Literal["klaver/line/1"] = "klaver/line/1"
    name: Shown
    decimals: Annotated[int, Field(ge=0, le=3)] = 0
    workers: tuple[Shown, ...]
    tasks: tuple[LineTask, ...]
    precedence: tuple[tuple[str, str], ...] = ()

    def arcs(self) -> tuple[tuple[int, int], ...]:
        """Return the precedence as pairs of places in ``tasks``."""
        at = {task.id: place for place, task in enumerate(self.tasks)}
        return tuple((at[a], at[b]) for a, b in self.precedence)


class Station(Record):
    """One station: the worker who stands there and the tasks done there, in the order of the line."""

    worker: str
    tasks: tuple[str, ...]


class LineReceipt(Record):
    """How a plan was made, enough to make it again: the line by fingerprint, seed, rounds of search, versions."""

    line: str
    seed: int
    rounds: int
    versions: dict[str, str] = {}


class LinePlan(Document):
    """A plan: the stations in the order of the line, and what is proved about it.

    ``aim`` is what was made small: the ``cycle`` time for all workers, or the number of ``workers`` within a cycle
    time ``within``. ``cycle`` is the load of the fullest station; no plan has less than ``bound``, in
    the unit of the aim.
    """

    schema_id: Literal["klaver/line-plan/1"] = "klaver/line-plan/1"
    line: str
    aim: Literal["cycle", "workers"] = "cycle"
    within: int | None = None
    stations: tuple[Station, ...]
    cycle: int
    status: Status
    bound: int
    receipt: LineReceipt | None = None


class Period(Record):
    """One period of a rotation: a whole plan of stations and its cycle time."""

    stations: tuple[Station, ...]
    cycle: int


class LineRotation(Document):
    """Plans for periods that follow one another, so that every worker meets more tasks.

    No period has a cycle time above ``most``; ``met`` tells for each worker how many different tasks all periods hold.
    """

    schema_id: Literal["klaver/line-rotation/1"] = "klaver/line-rotation/1"
    line: str
    most: int
    periods: tuple[Period, ...]
    met: tuple[int, ...]
    receipt: LineReceipt | None = None


class LineCertificate(Document):
    """Why no plan has a cycle time of ``cycle`` or less with so many ``workers``: prices that anybody can check.

    A row of ``prices`` has a whole number for each task. Whoever checks it works out what each worker can earn at most
    within the cycle time; what is left of the line is impossible when its prices add up to more than the workers left
    can earn. ``backwards`` when the stations are filled from the end of the line.
    """

    schema_id: Literal["klaver/line-certificate/1"] = "klaver/line-certificate/1"
    line: str
    cycle: int
    workers: int
    backwards: bool = False
    prices: tuple[tuple[Price, ...], ...]
