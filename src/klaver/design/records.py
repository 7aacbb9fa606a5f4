"""What a design is: jobs with a timetable, its status, its values and the receipt of how it was made."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from klaver.values import Document, Range, Record, Weekday
from klaver.values.dated import Parameters
from klaver.work.records import Wishes


class Status(StrEnum):
    """What is known of an answer; ``INVALID`` input never gets this far (see ``Faults``)."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    IMPOSSIBLE = "impossible"
    OUT_OF_TIME = "out_of_time"
    STOPPED = "stopped"


class Objective(StrEnum):
    """The named objectives; each alternative is best in one of them."""

    RELIEF = "relief"
    DOORS = "doors"
    QUALITY = "quality"
    CALM = "calm"


class Entry(Record):
    """One occurrence of a task in a timetable; ``start`` and ``end`` in minutes after midnight."""

    task: str
    start: int
    end: int
    shared: bool = False


class Pause(Record):
    """An unpaid break in a shift, in minutes after midnight."""

    start: int
    end: int


class Shift(Record):
    """One working day of one job: from ``start`` to ``end``; entries in the order of the clock."""

    day: Weekday
    start: int
    end: int
    pauses: tuple[Pause, ...] = ()
    entries: tuple[Entry, ...]

    @property
    def paid(self) -> int:
        """Minutes from start to end less the unpaid breaks; waiting and walking are paid."""
        return self.end - self.start - sum(p.end - p.start for p in self.pauses)


class Job(Record):
    """A new job: its shifts, Monday first."""

    id: str
    shifts: tuple[Shift, ...]

    @property
    def week(self) -> int:
        """Paid minutes a week."""
        return sum(s.paid for s in self.shifts)


class Values(Record):
    """The four values of a design.

    Net relief in minutes a week, open doors (job and profile), quality points, moments that change hands. Beside
    the open doors stand those ``to_ask``: they are neither open nor shut and are never aimed at.
    """

    relief: int
    doors: int
    quality: int
    calm: int
    to_ask: int = 0


class Floors(Record):
    """What every alternative keeps whatever it is best in; ``None`` where nothing is asked.

    ``relief`` is net minutes a week of the whole design; per job: for how many profiles it is open, quality points,
    and the most moments a week that change hands.
    """

    relief: int | None = None
    doors: int | None = None
    quality: int | None = None
    calm: int | None = None


class Breach(Record):
    """A rule that a design breaks, as data; ``warning`` when the rule is not confirmed for this house."""

    rule: str
    code: str
    values: dict[str, str | int] = {}
    job: str | None = None
    day: Weekday | None = None
    warning: bool = False


class Searched(Record):
    """One search that was run: what it aimed at, the floors it kept, the rounds it took.

    Without an objective it aimed at the floors themselves. ``values`` is the best value after each round.
    """

    objective: Objective | None
    floors: Floors
    rounds: int
    values: tuple[int | None, ...] = ()


class Receipt(Record):
    """How a design was made, enough to make it again byte for byte.

    ``workplace`` and ``people`` are fingerprints; ``confirmed_only`` when rules that the house has not confirmed only
    warned, because nothing was possible with them; ``round_work`` is thousandths of deterministic work.
    """

    workplace: str
    people: str
    seed: int
    round_work: int
    alternatives: int
    versions: dict[str, str]
    parameters_on: str
    confirmed_only: bool = False
    searches: tuple[Searched, ...] = ()

    @property
    def rounds(self) -> int:
        """Rounds of search in all."""
        return sum(s.rounds for s in self.searches)

    def parts_at(self, other: Receipt) -> int | None:
        """Return the first round (from 1, over all searches) in which two runs differ; ``None`` when none does."""
        mine, theirs = ([v for s in r.searches for v in s.values] for r in (self, other))
        pairs = zip(mine, theirs, strict=False)
        first = next((n for n, (one, two) in enumerate(pairs, 1) if one != two), None)
        if first is None and len(mine) != len(theirs):
            return min(len(mine), len(theirs)) + 1
        return first


class Design(Document):
    """One design of one workplace: what the checker judges and the documents tell.

    ``workplace_print`` is the fingerprint of the workplace document; ``best_in`` the objectives in which no other
    alternative is better; ``bound`` is the proved limit of its own objective (same unit as its value) among the designs
    that keep ``floors`` and differ enough from the alternatives before it.
    """

    schema_id: Literal["klaver/design/1"] = "klaver/design/1"
    workplace: str
    workplace_print: str
    wishes: Wishes
    parameters: Parameters
    jobs: tuple[Job, ...]
    objective: Objective
    best_in: tuple[Objective, ...]
    status: Status
    values: Values
    bound: int | None
    relief: Range
    floors: Floors = Floors()
    undecided: int = 0
    warnings: tuple[Breach, ...] = ()
    receipt: Receipt | None = None


class FrontPoint(Record):
    """One plan of a front: what it is worth, and the most net relief of any plan as good in the other objectives.

    ``bound`` is in minutes a week, ``None`` while it is not proved; ``named`` are the objectives in which no plan of
    the front is better, and ``knee`` where it lies farthest beyond the straight line between those.
    """

    jobs: tuple[Job, ...]
    values: Values
    relief: Range
    bound: int | None
    named: tuple[str, ...] = ()


class FrontLimit(Record):
    """Proved: plans that keep these floors under all jobs together have at most so much net relief (minutes a week).

    ``None`` where no plan keeps them.
    """

    floors: Floors
    bound: int | None


class Front(Document):
    """The plans of which none is better in all of some objectives, and what is proved about the plans beyond them.

    ``of`` are the objectives, net relief first; ``floors`` what every job keeps besides; ``covered`` how many
    thousandths of what is not proved out of reach the plans cover, counted from no net relief and from one worse than
    the plan with the most relief in every other objective (``None`` while a limit is missing).
    """

    schema_id: Literal["klaver/front/1"] = "klaver/front/1"
    workplace: str
    workplace_print: str
    wishes: Wishes
    parameters: Parameters
    of: tuple[Objective, ...]
    floors: Floors
    points: tuple[FrontPoint, ...]
    limits: tuple[FrontLimit, ...]
    covered: int | None
    receipt: Receipt
