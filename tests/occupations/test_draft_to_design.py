"""From an official task list to a design: what O*NET does not know is filled in by a designer, and jobs follow."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.occupations.test_onet import ABILITIES, DATA, TASKS

from klaver.design.check import breaches
from klaver.design.parameters import parameters
from klaver.design.problem import problem
from klaver.design.records import Receipt
from klaver.design.solve.alternatives import design
from klaver.design.solve.search import Effort
from klaver.documents.sketch import banner, is_sketch
from klaver.language import LANGUAGES
from klaver.occupations.onet import draft
from klaver.people import profiles
from klaver.scale.dimensions import TASK_NUMBERS
from klaver.values import Source, SourceKind, Window
from klaver.values.source import ON_REQUEST
from klaver.work.elementary import guards
from klaver.work.records import Contact, Legal, Place, Posture, Role, Task, Wishes, Workplace
from klaver.work.validate import faults, gaps
from klaver.work.workbook import read_workplace, write_workplace

ON = "2026-11-24"
TOLD = Source(kind=SourceKind.TOLD, date=ON, by="team leader")
REAL = (DATA / "onet-30.0-reserialised", DATA / "onet-29.2-excel")
CODES = ("31-1131.00", "39-9011.00", "35-2012.00")
GARDEN = (
    "Water the plants.", "Sweep the paths.", "Fill pots with soil.", "Label the pots.", "Rake the leaves.",
    "Wash the tools.", "Stack empty crates.", "Sort seeds by colour.", "Weed the beds.", "Wipe the benches.",
    "Count the trays.", "Tie up the tomatoes.", "Load the cart.", "Trim the edges.",
)  # fmt: skip


def garden(folder: Path) -> Path:
    """Write a task list of our own in the official layout."""
    folder.mkdir()
    tasks = [TASKS, *(("11-1.00", str(n), name, "Core") for n, name in enumerate(GARDEN, 1))]
    levels = [ABILITIES, ("11-1.00", "Static Strength", "LV", "1.2", "n/a", "08/2025")]
    titles = [("O*NET-SOC Code", "Title"), ("11-1.00", "Plant keepers")]
    for name, lines in (("Task Statements", tasks), ("Abilities", levels), ("Occupation Data", titles)):
        (folder / f"{name}.txt").write_text("\n".join("\t".join(x) for x in lines) + "\n", encoding="utf-8")
    return folder


def filled(place: Workplace) -> Workplace:
    """Fill the gaps as a designer would: tasks with a guard stay with the profession, the rest is told free."""
    return place.model_copy(
        update={
            "places": (Place(id="floor", label="Floor", demands={21: 1, 33: 1, 34: 1, 35: 0}),),
            "roles": (Role(id="source", label="Colleagues", hours_week=20 * 2280, shortage=True, headcount=20),),
            "tasks": tuple(_answered(t, n) for n, t in enumerate(place.tasks)),
            "wishes": Wishes(jobs=1, week_min=760, week_max=1200),
        }
    )


def _answered(task: Task, number: int) -> Task:
    levels = {n: min(2, task.demands.get(n, 1)) for n in sorted(TASK_NUMBERS)}
    known = task.model_copy(
        update={
            "legal": Legal.FREE,
            "sources": {**task.sources, "legal": TOLD},
            "harm": 1,
            "separable": True,
            "splittable": True,
            "place": "floor",
            "window": Window(start=8 * 60, end=17 * 60),
            "contact": (Contact.CLIENTS, Contact.COLLEAGUES, Contact.NONE)[number % 3],
            "posture": (Posture.STANDING, Posture.WALKING, Posture.SITTING, Posture.MIXED)[number % 4],
            "learning": number % 5 == 0,
            "instructs": "source",
            "family": f"family-{number % 4}",
            "demands": levels,
        }
    )
    if guards(known):
        return known.model_copy(update={"legal": Legal.RESERVED, "legal_basis": "Asked: stays with the profession."})
    return known


def check_road(place: Workplace, tmp_path: Path) -> None:
    """Walk the road: gaps named, a workbook filled in, read back, and a design that holds."""
    assert {"window", "legal", "place", "harm"} <= {g.field for g in gaps(place)}
    write_workplace(filled(place), tmp_path / "draft.xlsx", "en")
    full = read_workplace(tmp_path / "draft.xlsx")
    assert faults(full) == ()
    assert gaps(full) == ()
    asked = problem(full, parameters(ON), profiles())
    receipt = Receipt(workplace="w", people="p", seed=1, round_work=800, alternatives=1, versions={}, parameters_on=ON)
    answer = design(asked, receipt, Effort(rounds=1, work=0.8), 1)
    assert answer.designs, answer.status
    jobs = answer.designs[0].jobs
    assert not [b for b in breaches(asked, jobs) if not b.warning]
    assert is_sketch(asked, jobs)
    for lang, word in zip(LANGUAGES, ("OP VRAAG", "SUR DEMANDE", "ON REQUEST"), strict=True):
        assert word in banner(asked, [jobs], lang)
    moved = {e.task for job in jobs for s in job.shifts for e in s.entries}
    assert all(full.task(i).source_of("minutes").by == ON_REQUEST for i in moved)
    reserved = {t.id for t in full.tasks if t.legal is Legal.RESERVED}
    assert not moved & reserved


def test_a_task_list_of_our_own_becomes_a_design_that_says_what_was_filled_in_on_request(tmp_path: Path) -> None:
    check_road(draft([garden(tmp_path / "g")], "11-1.00", {"minutes": 20, "per_week": 10}), tmp_path)


@pytest.mark.parametrize("code", CODES)
def test_an_official_task_list_becomes_a_design(code: str, tmp_path: Path) -> None:
    if not all(f.is_dir() for f in REAL):
        pytest.skip("the O*NET files are not there (../shared/data)")
    check_road(draft(REAL, code, {"minutes": 20, "per_week": 10}), tmp_path)
