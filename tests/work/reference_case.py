"""The reference case as it stands in the research: 17 tasks of a ward of 30 residents, with their exact windows."""

from __future__ import annotations

from klaver.scale.dimensions import TASK_NUMBERS
from klaver.values import Range, Window, parse_clock
from klaver.work.records import Contact, Legal, Place, Posture, Role, Share, Task, Week, Workplace

ANY = "07:00-20:00"
DAILY: Week = (1, 1, 1, 1, 1, 1, 1)
WEEKDAYS: Week = (1, 1, 1, 1, 1, 0, 0)

REFERENCE: dict[str, tuple[str, int, Week, str]] = {
    "T01": ("fill and bring water jugs", 45, DAILY, "09:30-10:30"),
    "T02": ("prepare the breakfast trolley", 30, DAILY, "07:00-07:45"),
    "T03": ("clear breakfast", 40, DAILY, "09:00-10:00"),
    "T04": ("make empty beds", 60, DAILY, "09:30-11:30"),
    "T05": ("change bed linen by plan", 40, WEEKDAYS, "09:30-12:00"),
    "T06": ("put clean laundry in wardrobes", 90, (0, 1, 0, 1, 0, 0, 0), "10:00-16:00"),
    "T07": ("collect soiled laundry", 20, DAILY, "10:00-12:00"),
    "T08": ("refill care trolleys", 30, DAILY, "13:00-14:30"),
    "T09": ("count the stock with a scanner", 45, (0, 0, 1, 0, 0, 0, 0), ANY),
    "T10": ("set the lunch tables", 25, DAILY, "11:15-11:45"),
    "T11": ("serve lunch by the diet list", 45, DAILY, "11:45-12:45"),
    "T12": ("go along to the hairdresser", 15, (2, 2, 2, 2, 2, 0, 0), "09:00-16:00"),
    "T13": ("coffee round", 40, DAILY, "14:30-15:30"),
    "T14": ("tidy the living room", 20, (2, 2, 2, 2, 2, 2, 2), ANY),
    "T15": ("clean wheelchairs", 10, (3, 3, 3, 3, 3, 0, 0), ANY),
    "T16": ("empty the bins", 20, DAILY, ANY),
    "T17": ("set up for an activity", 45, (1, 0, 1, 0, 1, 0, 0), "13:30-16:00"),
}
"""Name, minutes, times on each weekday, window."""

JOB = (*(f"T{n:02d}" for n in range(1, 11)), "T15", "T16")
"""The tasks of the job that the research draws from it, on working days."""


def window_of(ident: str) -> Window:
    """Return the exact window of a task."""
    start, end = map(parse_clock, REFERENCE[ident][3].split("-"))
    return Window(start=start, end=end)


def reference_ward() -> Workplace:
    """Return the case as a workplace; what the research leaves open is answered so that every task may move."""
    return Workplace(
        id="reference",
        name="Reference case",
        setting="nursing-home",
        lang="en",
        synthetic=True,
        places=(Place(id="ward", label="Ward", demands={21: 1, 33: 1, 34: 1, 35: 0}),),
        roles=(Role(id="carer", label="Carer", hours_week=22_800, headcount=12, shortage=True),),
        tasks=tuple(map(_task, REFERENCE)),
    )


def _task(ident: str) -> Task:
    name, minutes, times, _ = REFERENCE[ident]
    return Task(
        id=ident,
        name=name,
        lang="en",
        family="ward",
        place="ward",
        doers=(Share(role="carer", percent=100),),
        minutes=Range.exactly(minutes),
        times=times,
        window=window_of(ident),
        legal=Legal.FREE,
        harm=2 if ident == "T11" else 1,
        separable=True,
        contact=Contact.COLLEAGUES,
        posture=Posture.MIXED,
        demands=dict.fromkeys(sorted(TASK_NUMBERS), 1),
        recovery=ident == "T13",
    )
