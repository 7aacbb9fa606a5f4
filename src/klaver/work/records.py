"""What is known of a workplace: roles, places, tasks, links, volume scenarios; no person in it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, TypeVar

from pydantic import Field

from klaver.values import Document, Range, Record, Source, Weekday, Window
from klaver.values.source import ASSUMED
from klaver.values.text import Day, Shown

Ident = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")]
"""An identifier inside one workplace: letters, digits, ``_ . -``, at most 40 characters."""

Text = Annotated[Shown, Field(max_length=400)]
Note = Annotated[Shown, Field(max_length=4000)]
Level = Annotated[int, Field(ge=0, le=4)]
Percent = Annotated[int, Field(ge=0, le=100)]
TimesPerDay = Annotated[int, Field(ge=0, le=96)]
Week = tuple[TimesPerDay, TimesPerDay, TimesPerDay, TimesPerDay, TimesPerDay, TimesPerDay, TimesPerDay]
"""Times a day on Monday ... Sunday."""


_Named = TypeVar("_Named", "Task", "Role")


class Legal(StrEnum):
    """May somebody without the qualification do this task *in this setting*?"""

    FREE = "free"
    SUPERVISED = "supervised"
    PERMIT = "permit"
    RESERVED = "reserved"
    UNKNOWN = "unknown"


class Contact(StrEnum):
    """Whom the worker meets during the task."""

    NONE = "none"
    COLLEAGUES = "colleagues"
    CLIENTS = "clients"


class Posture(StrEnum):
    """The posture that most of the task is done in."""

    STANDING = "standing"
    SITTING = "sitting"
    WALKING = "walking"
    MIXED = "mixed"


class RoleKind(StrEnum):
    """How the hours of a role are engaged; agency and student hours count as colleagues."""

    STAFF = "staff"
    AGENCY = "agency"
    STUDENT = "student"
    VOLUNTEER = "volunteer"


class Cooperation(StrEnum):
    """The form in which the new worker is engaged; who may instruct follows from it."""

    DIRECT = "direct"
    ENCLAVE = "enclave"
    SERVICES = "services"
    SECONDMENT = "secondment"


class Unit(Record):
    """What the work is counted in: 30 residents, 12 classes, 4 vans."""

    id: Ident
    label: Text
    count: Annotated[int, Field(ge=1, le=100_000)]


class PayScale(Record):
    """A pay scale of the house; ``rank`` orders them, lowest first."""

    id: Ident
    label: Text
    rank: Annotated[int, Field(ge=0, le=100)]


class Place(Record):
    """Where tasks are done; ``demands`` are the per-place dimensions (number: level)."""

    id: Ident
    label: Text
    demands: dict[int, Level] = {}


class Walk(Record):
    """Minutes to walk between two places, either way."""

    start: Ident
    end: Ident
    minutes: Annotated[int, Field(ge=0, le=240)]


class Role(Record):
    """A role of the sitting staff. A role held by one person is merged or costed by scale, never timed.

    ``hours_week`` are the contracted hours of the whole role, in minutes a week; ``floor_week`` is the staffing
    norm in minutes a week; ``hourly_cost`` is in cents; ``shortage`` is unknown when ``None``.
    """

    id: Ident
    label: Text
    kind: RoleKind = RoleKind.STAFF
    occupation: Text | None = None
    headcount: Annotated[int, Field(ge=0, le=100_000)] | None = None
    hours_week: Annotated[int, Field(ge=0)] | None = None
    floor_week: Annotated[int, Field(ge=0)] | None = None
    pay_scale: Ident | None = None
    hourly_cost: Annotated[int, Field(ge=0)] | None = None
    shortage: bool | None = None
    may_instruct: bool = True
    employer: Literal["host", "partner"] = "host"


class Share(Record):
    """The part of a task's minutes that a role does now, in percent."""

    role: Ident
    percent: Annotated[int, Field(ge=1, le=100)]


Cefr = Literal["none", "A1", "A2", "B1", "B2", "C1"]


class LanguageNeed(Record):
    """The language that a task asks, as CEFR steps: a learnable gap unless a safety reason is written."""

    listening: Cefr = "none"
    speaking: Cefr = "none"
    reading: Cefr = "none"
    writing: Cefr = "none"
    safety_reason: Note | None = None


class Override(Record):
    """A person's verdict on the elementary test, with the comment that explains it."""

    elementary: bool
    comment: Annotated[Shown, Field(min_length=3, max_length=2000)]


class Task(Record):
    """One task as it is done now.

    Times are the sitting colleague's. ``minutes`` is per occurrence; ``times`` is occurrences a day per weekday;
    ``window`` is earliest start and latest end. ``None`` means *not known*, never zero and never "any". ``harm`` is
    the consequence of an error: 0 none, 1 nuisance, 2 harm that is noticed and put right, 3 serious. ``wait_days``:
    how many days the task can wait. ``source`` holds for every value of the task except the fields in ``sources``.
    """

    id: Ident
    name: Text
    lang: Literal["nl", "fr", "en"] = "nl"
    names: dict[Literal["nl", "fr", "en"], Text] = {}
    family: Ident
    place: Ident | None = None
    doers: tuple[Share, ...] = ()
    minutes: Range | None = None
    times: Week | None = None
    window: Window | None = None
    wait_days: Annotated[int, Field(ge=0, le=366)] | None = None
    splittable: bool | None = None
    left_undone: bool | None = None
    separable: bool | None = None
    legal: Legal = Legal.UNKNOWN
    legal_basis: Note | None = None
    permit: Ident | None = None
    harm: Annotated[int, Field(ge=0, le=3)] | None = None
    checked: bool | None = None
    recovery: bool | None = None
    valued: bool | None = None
    unpleasant: bool | None = None
    learning: bool | None = None
    alone: bool | None = None
    contact: Contact | None = None
    instructs: Ident | None = None
    posture: Posture | None = None
    demands: dict[int, Level] = {}
    demand_reason: Note | None = None
    language: LanguageNeed | None = None
    override: Override | None = None
    source: Source = ASSUMED
    sources: dict[str, Source] = {}
    note: Note | None = None

    def source_of(self, field: str) -> Source:
        """Return where the value of ``field`` comes from; demands are ``demands`` or ``demands.<number>``."""
        if field in self.sources:
            return self.sources[field]
        if "." in field:
            return self.source_of(field.split(".", 1)[0])
        return self.source

    def name_in(self, lang: Literal["nl", "fr", "en"]) -> str:
        """Return the task's name in a language when somebody gave it, else as it was written."""
        return self.names.get(lang, self.name)


class Order(Record):
    """``before`` is finished before ``after`` starts, on every day on which both are done."""

    before: Ident
    after: Ident


class Link(Record):
    """Two tasks that must stay with one worker (``together``) or never be one worker's (``apart``)."""

    kind: Literal["together", "apart"]
    first: Ident
    second: Ident
    reason: Note | None = None


class Scenario(Record):
    """A volume of work in part of the year: percent of the normal minutes, per task family or task.

    A family or task that is not named keeps 100 %. A named task wins over its family.
    """

    id: Ident
    label: Text
    weeks: Annotated[int, Field(ge=1, le=53)]
    families: dict[Ident, Annotated[int, Field(ge=0, le=1000)]] = {}
    tasks: dict[Ident, Annotated[int, Field(ge=0, le=1000)]] = {}

    def percent(self, task: Task) -> int:
        """Return the volume of a task in this scenario, in percent of normal."""
        return self.tasks.get(task.id, self.families.get(task.family, 100))


class Agreement(Record):
    """A recorded agreement that ``role`` may lose up to ``minutes_week`` of its hours to the new jobs."""

    role: Ident
    minutes_week: Annotated[int, Field(ge=0)]
    parties: Note
    date: Day


class Pin(Record):
    """A wish about one task on these weekdays.

    It must go to a new job (``into``, perhaps done together with a colleague), must be done there ``alone`` so that
    the colleague is free, or may not go (``out``).
    """

    task: Ident
    kind: Literal["into", "alone", "out"]
    days: tuple[Weekday, ...] = ()


class Wishes(Record):
    """What is asked of the new jobs. Hours and times are on the new worker's clock, in minutes.

    ``None`` takes the default parameter. ``profile`` names a target-group profile whose limits every job must keep.
    """

    jobs: Annotated[int, Field(ge=1, le=1000)] | None = None
    week_min: Annotated[int, Field(ge=0, le=10_080)] | None = None
    week_max: Annotated[int, Field(ge=0, le=10_080)] | None = None
    day_max: Annotated[int, Field(ge=0, le=1_440)] | None = None
    days: Annotated[tuple[Weekday, ...], Field(min_length=1)] | None = None
    tempo: Annotated[int, Field(ge=100, le=300)] | None = None
    profile: Ident | None = None
    pins: tuple[Pin, ...] = ()
    use_of_freed_time: Note | None = None


class Workplace(Document):
    """One workplace, complete: the document that the workbook, the JSON file and the database all hold."""

    schema_id: Literal["klaver/workplace/1"] = "klaver/workplace/1"
    id: Ident
    name: Text
    setting: Ident
    lang: Literal["nl", "fr", "en"] = "nl"
    synthetic: bool = False
    cooperation: Cooperation = Cooperation.DIRECT
    units: tuple[Unit, ...] = ()
    pay_scales: tuple[PayScale, ...] = ()
    entry_scale: Ident | None = None
    full_time_week: Annotated[int, Field(ge=60, le=10_080)] | None = None
    places: tuple[Place, ...] = ()
    walks: tuple[Walk, ...] = ()
    roles: tuple[Role, ...] = ()
    tasks: tuple[Task, ...] = ()
    orders: tuple[Order, ...] = ()
    links: tuple[Link, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    wishes: Wishes = Wishes()
    gaps_noted: tuple[Note, ...] = ()
    attribution: tuple[Note, ...] = ()
    note: Note | None = None

    def task(self, ident: str) -> Task:
        """Return the task with this id (``KeyError`` when there is none)."""
        return _find(self.tasks, ident)

    def role(self, ident: str) -> Role:
        """Return the role with this id (``KeyError`` when there is none)."""
        return _find(self.roles, ident)

    def low_threshold(self, role: Role) -> bool:
        """Tell whether a role is paid no more than the new job would be; unknown scales count as low-threshold."""
        ranks = {s.id: s.rank for s in self.pay_scales}
        if role.pay_scale not in ranks or self.entry_scale not in ranks:
            return role.shortage is not True
        return ranks[role.pay_scale] <= ranks[self.entry_scale]

    def walking(self, start: str | None, end: str | None) -> int:
        """Return the minutes to walk between two places; 0 when a place or the distance is not known."""
        if start == end or start is None or end is None:
            return 0
        pair = {start, end}
        return next((w.minutes for w in self.walks if {w.start, w.end} == pair), 0)


def _find(items: tuple[_Named, ...], ident: str) -> _Named:
    for item in items:
        if item.id == ident:
            return item
    raise KeyError(ident)
