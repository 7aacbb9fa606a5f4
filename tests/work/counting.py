"""How many cells a designer fills in, counted in the starters and the workbook themselves.

The cells are counted; the seconds are estimates made before anybody was timed, and the page says so.
The tables of ``docs/explanation/data-entry.md`` are these, and ``test_data_entry`` compares them.
"""

from __future__ import annotations

from dataclasses import dataclass

from klaver.scale.dimensions import PLACE_NUMBERS, TASK_NUMBERS
from klaver.work.elementary import elementary
from klaver.work.records import Legal, Workplace
from klaver.work.rows import to_rows
from klaver.work.starters import settings, start
from klaver.work.workbook.layout import sheet

EXCEPTIONS = 3
"""Levels that differ from what the start says, of the 19 of one task (research: 2 to 4)."""

LOOK, FLOOR, STATUS, TABLE, PLACE, CELL = 10, 20, 8, 40, 10, 2
"""Seconds: look at a task; its minutes and times; its status; its levels; a place; a sticker carried over."""

FILL_DOWN, QUESTIONS, UNIT = 60, 600, 20
"""Seconds: fill three columns down; ten decisive questions to the staff; a number asked for once."""


@dataclass(frozen=True)
class Step:
    """One step of the work: what is asked, how often, how many cells each time, and the seconds it takes in all."""

    name: str
    asked: int
    cells_each: int
    seconds: int

    @property
    def cells(self) -> int:
        """Cells filled in or corrected."""
        return self.asked * self.cells_each


def record(place: Workplace) -> tuple[int, int]:
    """Return the cells that the two big sheets offer for all tasks, and those of all sheets that the start fills in."""
    columns = len(sheet("tasks").columns) + len(sheet("demands").columns)
    given = [value for rows in to_rows(place).values() for row in rows for value in row.values()]
    return len(place.tasks) * columns, sum(value is not None and value != () for value in given)


def sketch(place: Workplace) -> list[Step]:
    """Return the steps to a sketch of this house: its numbers, and a look at every task."""
    return [
        Step("name and units", 1 + len(place.units), 1, UNIT * (1 + len(place.units))),
        Step("keep or drop each task", len(place.tasks), 0, LOOK * len(place.tasks)),
    ]


def told(place: Workplace) -> list[Step]:
    """Return the steps to a workplace that was told by the floor."""
    levels = f"{EXCEPTIONS} of the {len(TASK_NUMBERS)} levels, the rest stands"
    moving = [t for t in place.tasks if elementary(t).elementary == "yes"]
    asked = [t for t in place.tasks if t.legal is not Legal.RESERVED]
    return [
        *sketch(place),
        Step("roles: headcount, hours, staffing norm", len(place.roles), 3, UNIT * len(place.roles)),
        Step("minutes, how often, earliest, latest", len(asked), 4, FLOOR * len(asked)),
        Step("may anybody do it, harm, can it wait", len(place.tasks), 3, STATUS * len(place.tasks)),
        Step(levels, len(moving), EXCEPTIONS, TABLE * len(moving)),
        Step(f"levels of a place, {len(PLACE_NUMBERS)} each, given", len(place.places), 1, PLACE * len(place.places)),
        Step("stickers of the staff: air, heavy or dirty, left undone", len(moving), 3, 3 * CELL * len(moving)),
        Step("source, date and role, filled down", len(place.tasks), 3, FILL_DOWN),
        Step("ten decisive questions", 10, 1, QUESTIONS),
    ]  # fmt: skip


def minutes(steps: list[Step]) -> int:
    """Return the minutes of some steps, rounded up."""
    return -(-sum(s.seconds for s in steps) // 60)


def tables() -> list[str]:
    """Return the lines of the page's tables."""
    made = [
        "| start | tasks | cells the record offers | cells the start fills in | cells to type for a sketch | minutes "
        "| cells to type when told | minutes |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for setting in settings():
        place = start(setting, {})
        offered, given = record(place)
        short, long = sketch(place), told(place)
        cells = [len(place.tasks), offered, given, sum(s.cells for s in short), minutes(short)]
        cells += [sum(s.cells for s in long), minutes(long)]
        made.append(f"| {setting} | " + " | ".join(map(str, cells)) + " |")
    for setting in settings():
        made += ["", f"### {setting}", "", "| step | asked | cells each | cells | minutes |", "|---|---|---|---|---|"]
        for step in told(start(setting, {})):
            made.append(f"| {step.name} | {step.asked} | {step.cells_each} | {step.cells} | {step.seconds / 60:.1f} |")
    return made
