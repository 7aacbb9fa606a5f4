"""Hand-made designs for the tests of the documents: nothing is solved here."""

from __future__ import annotations

from typing import Any

from tests.design.cases import ON, entry, job, shift, task, window, workplace

from klaver.design.effects import relief_range, values_of
from klaver.design.parameters import parameters
from klaver.design.problem import Problem, problem
from klaver.design.records import Design, Floors, Job, Objective, Receipt, Searched, Status
from klaver.documents.blocks import Block, Paper
from klaver.people import profiles
from klaver.values import Weekday
from klaver.work.records import LanguageNeed, Task, Wishes, Workplace

LANGUAGES = ("nl", "fr", "en")
TOLD = {
    "T01": {"name": "waterkannen vullen", "language": LanguageNeed(listening="A2", speaking="A1"), "learning": True},
    "T02": {"name": "ontbijtkar klaarzetten", "place": "store", "language": LanguageNeed()},
    "T03": {"name": "bedden opmaken", "family": "linen", "contact": "clients", "instructs": "carer", "language": None},
    "T04": {"name": "vuile was verzamelen", "family": "own-kind", "unpleasant": True, "wait_days": 2, "language": None},
}


def tasks(**changed: Any) -> list[Task]:
    """Return four tasks that move and two that stay; ``changed`` holds for the four."""
    made = [task(ident, 60, **{**fields, **changed}) for ident, fields in TOLD.items()]
    care = {"legal": "reserved", "family": "care", "legal_basis": "wet"}
    return [*made, task("N1", 480, **care), task("N2", 30, window=window("07:00", "07:40"))]


def ward(*mine: Task, **fields: Any) -> Workplace:
    """Return a workplace of these tasks, or of the usual ones."""
    wishes = Wishes(jobs=1, week_min=0, week_max=6000, day_max=900, use_of_freed_time="meer tijd aan bed")
    return workplace(*(mine or tasks()), **{"name": "Linde", "wishes": wishes, "synthetic": False, **fields})


def asked(place: Workplace, **changed: int) -> Problem:
    """Return the problem of a workplace with the shipped parameters, some of them changed, and the eight groups."""
    found = parameters(ON)
    found = found.with_values(found.get(n).model_copy(update={"value": v}) for n, v in changed.items())
    return problem(place, found, profiles(), place.wishes)


def long_job(*, shared: bool = False) -> Job:
    """Return a job of two days with a break; the tasks take 78 minutes at the new worker's tempo."""

    def day(day: Weekday) -> Any:
        first = entry("T01", "08:00", 78, shared=shared)
        rest = (entry("T02", "09:25", 78), entry("T03", "11:20", 78), entry("T04", "12:40", 78))
        return shift(first, *rest, day=day, pause=("10:45", 30))

    return job(day(Weekday.MONDAY), day(Weekday.TUESDAY))


def short_job(ident: str = "job-1") -> Job:
    """Return a job of one morning."""
    return job(shift(entry("T03", "08:00", 78), entry("T04", "09:30", 78), day=Weekday.FRIDAY), ident=ident)


def design(of: Problem, *jobs: Job, best: tuple[Objective, ...] = (Objective.RELIEF,), **fields: Any) -> Design:
    """Return a design with the checker's own values, as the engine would store it."""
    given: dict[str, Any] = {
        "workplace": of.workplace.id,
        "workplace_print": of.workplace.fingerprint(),
        "wishes": of.wishes,
        "parameters": of.parameters,
        "jobs": jobs,
        "objective": best[0],
        "best_in": best,
        "status": Status.FEASIBLE,
        "values": values_of(of, jobs),
        "bound": None,
        "relief": relief_range(of, jobs),
        "receipt": Receipt(
            workplace="a" * 64,
            people="b" * 64,
            seed=1,
            round_work=2000,
            alternatives=2,
            versions={"klaver": "0.1.0"},
            parameters_on=ON,
            searches=(Searched(objective=best[0], floors=Floors(), rounds=3),),
        ),
    }
    return Design(**{**given, **fields})


def two(place: Workplace | None = None) -> tuple[Problem, list[Design]]:
    """Return a problem with two designs."""
    of = asked(place or ward())
    return of, [design(of, long_job()), design(of, short_job(), best=(Objective.CALM, Objective.DOORS))]


def tables(paper: Paper, sheet: str) -> list[Block]:
    """Return the tables of a paper that a workbook puts on this sheet."""
    return [b for b in paper.blocks if b.kind == "table" and b.sheet == sheet]


def words(paper: Paper) -> str:
    """Return everything a paper says."""
    said = [paper.title, paper.banner]
    for b in paper.blocks:
        said += [b.text, *b.items, *b.headers, *(c.whole for row in b.rows for c in row)]
        if b.week:
            said += [b.week.alt, *(label for _, label in b.week.legend), *(label for _, label in b.week.marks)]
    return "\n".join(said)
