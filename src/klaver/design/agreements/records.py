"""What is stored of what people said about a design: a log of statements, each bound to the parts as they were then."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Literal

from pydantic import Field, model_validator

from klaver.values import Document, Record
from klaver.values.text import Day
from klaver.work.records import Ident, Note, Text


class Gate(StrEnum):
    """A decision point of the method, in the order in which they are told."""

    MANAGEMENT = "management"
    STAFF = "staff"
    PREVENTION = "prevention"
    HR = "hr"
    WORKER = "worker"


class Kind(StrEnum):
    """A part that people decide on; some there are once, others for each job, ``EFFECT`` for each role."""

    TASKS = "tasks"
    FREED = "freed"
    JOB = "job"
    TIMETABLE = "timetable"
    DEMANDS = "demands"
    MENTOR = "mentor"
    PAY = "pay"
    EFFECT = "effect"


class By(StrEnum):
    """In which function somebody speaks; never who it is."""

    MANAGEMENT = "management"
    HEAD = "head"
    COLLEAGUES = "colleagues"
    DELEGATE = "delegate"
    PREVENTION = "prevention"
    PHYSICIAN = "physician"
    HR = "hr"
    WORKER = "worker"
    COACH = "coach"


SPEAKS: dict[Gate, tuple[By, ...]] = {
    Gate.MANAGEMENT: (By.MANAGEMENT, By.HEAD),
    Gate.STAFF: (By.COLLEAGUES, By.DELEGATE, By.HEAD),
    Gate.PREVENTION: (By.PREVENTION, By.PHYSICIAN),
    Gate.HR: (By.HR, By.DELEGATE),
    Gate.WORKER: (By.WORKER, By.COACH),
}
"""Who can speak at a decision point."""

DECIDES: dict[Gate, tuple[Kind, ...]] = {
    Gate.MANAGEMENT: (Kind.JOB, Kind.FREED, Kind.MENTOR),
    Gate.STAFF: (Kind.TASKS, Kind.FREED, Kind.EFFECT),
    Gate.PREVENTION: (Kind.TASKS, Kind.TIMETABLE, Kind.DEMANDS),
    Gate.HR: (Kind.TIMETABLE, Kind.PAY, Kind.EFFECT),
    Gate.WORKER: (Kind.JOB, Kind.TIMETABLE, Kind.MENTOR, Kind.PAY),
}
"""On which parts a decision point decides."""


class Part(Record):
    """A named part of a design; ``of`` is the job or the role that it is about."""

    kind: Kind
    of: Ident | None = None

    @property
    def key(self) -> str:
        """The part in one word: ``timetable:job-1``."""
        return self.kind.value if self.of is None else f"{self.kind.value}:{self.of}"


class Fact(Record):
    """One thing that is so in a part: of a task, day, role, dimension or week of the job, or of the whole part.

    What ``what`` says decides how ``value`` is read: minutes a week, hundredths of minutes, digits of weekdays, words.
    """

    of: Literal["whole", "task", "day", "role", "dimension", "week"]
    id: str = ""
    what: str
    value: int | str


Facts = tuple[Fact, ...]


def print_of(facts: Sequence[Fact]) -> str:
    """Return the SHA-256 (hex) of what is so in a part."""
    data = [f.model_dump(mode="json") for f in facts]
    return sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()


class Named(Record):
    """A part as it was when somebody spoke about it; ``print`` names its content in the document."""

    part: Part
    print: str


class Statement(Record):
    """What somebody said at a decision point about named parts; a later one of the same function takes its place.

    ``not_asked`` takes an earlier statement back. An objection has words, and stays until its own function says
    otherwise.
    """

    do: Literal["say"] = "say"
    gate: Gate
    by: By
    role: Ident | None = None
    answer: Literal["agreed", "objects", "not_asked"]
    date: Day
    words: Note | None = None
    parts: tuple[Named, ...] = ()

    @model_validator(mode="after")
    def _sound(self) -> Statement:
        if self.by not in SPEAKS[self.gate]:
            raise ValueError("this function does not speak at this decision point")
        if (self.by is By.COLLEAGUES) != (self.role is not None):
            raise ValueError("colleagues speak for their role, others for none")
        if self.answer == "objects" and self.words is None:
            raise ValueError("an objection has words")
        if (self.answer == "not_asked") != (not self.parts):
            raise ValueError("an agreement or an objection names parts, nothing else does")
        return self

    @property
    def whose(self) -> tuple[str, ...]:
        """Whose word this is: a later one of the same takes its place."""
        return ("say", self.gate, self.by, self.role or "")


class Terms(Record):
    """What a house fills in about a job and no engine knows; the mentor is a function, never a person."""

    do: Literal["terms"] = "terms"
    job: Ident
    date: Day
    joint_committee: Text | None = None
    function_class: Text | None = None
    pay_scale: Text | None = None
    mentor: Text | None = None
    stand_in: Text | None = None

    @property
    def whose(self) -> tuple[str, ...]:
        """What this is about: later terms of the same job take its place."""
        return ("terms", self.job)


Entry = Annotated[Statement | Terms, Field(discriminator="do")]


class Agreements(Document):
    """Everything that was said about one design of a workplace, in the order in which it was said.

    ``contents`` holds each part that a statement names as it was then, by its print. The number of entries is the
    version of the document.
    """

    schema_id: Literal["klaver/agreements/1"] = "klaver/agreements/1"
    workplace: Ident
    entries: tuple[Entry, ...] = ()
    contents: dict[str, Facts] = {}

    @model_validator(mode="after")
    def _whole(self) -> Agreements:
        named = {n.print for e in self.entries if isinstance(e, Statement) for n in e.parts}
        if named != self.contents.keys():
            raise ValueError("the contents are those of the named parts")
        if any(print_of(facts) != found for found, facts in self.contents.items()):
            raise ValueError("a content is not what its print says")
        return self

    def terms(self) -> dict[str, Terms]:
        """Return the newest terms of each job."""
        return {e.job: e for e in self.entries if isinstance(e, Terms)}

    def standing(self, gate: Gate) -> tuple[Statement, ...]:
        """Return the newest statement of each function at a decision point, in the order in which they were made."""
        newest: dict[tuple[str, ...], Statement] = {}
        for entry in self.entries:
            if isinstance(entry, Statement) and entry.gate is gate:
                newest.pop(entry.whose, None)
                newest[entry.whose] = entry
        return tuple(e for e in newest.values() if e.answer != "not_asked")
