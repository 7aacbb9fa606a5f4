"""The reference ward as a question for the engine: with its care, and with what the rules of good work look at."""

from __future__ import annotations

from tests.design.cases import DAILY, task
from tests.work.reference_case import JOB, reference_ward

from klaver.values.time import WORKING_DAYS
from klaver.work.records import Pin, Workplace

CARE = {"N1": 480, "N2": 90, "N3": 60, "N4": 60}
"""Minutes a day of care, medication, feeding and recording, all reserved for professionals."""

FAMILIES = {
    "meals": ("T01", "T02", "T03", "T10", "T11"),
    "linen": ("T04", "T05", "T06", "T07"),
    "stock": ("T08", "T09"),
    "people": ("T12", "T13", "T17"),
    "cleaning": ("T14", "T15", "T16"),
}


def whole_ward() -> Workplace:
    """Return the reference case with families, a learning step and the care that stays."""
    case = reference_ward()
    family = {ident: name for name, idents in FAMILIES.items() for ident in idents}
    tasks = [t.model_copy(update={"family": family[t.id], "learning": t.id == "T09"}) for t in case.tasks]
    care = [task(i, m, DAILY, legal="reserved", family="care", place="ward") for i, m in CARE.items()]
    return case.model_copy(update={"tasks": (*tasks, *care)})


def example_job() -> tuple[Pin, ...]:
    """Return the wish that one job does all tasks of the example job on working days, alone."""
    return tuple(Pin(task=t, kind="alone", days=WORKING_DAYS) for t in JOB)
