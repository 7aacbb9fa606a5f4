"""Draft a workplace from the task list of an occupation in O*NET; what O*NET does not know stays a named gap."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path

from klaver.language import Language, number, tell
from klaver.occupations.onet_ratings import PER_WEEK, Rating, ratings, task_id
from klaver.occupations.onet_tables import CODE, Row, find, rows
from klaver.values import Fault, Faults, Range, Source, SourceKind
from klaver.values.source import ON_REQUEST
from klaver.work.records import Role, Share, Task, Workplace

ABILITIES = {
    "Oral Comprehension": 1,
    "Written Comprehension": 2,
    "Written Expression": 3,
    "Number Facility": 4,
    "Oral Expression": 5,
    "Selective Attention": 7,
    "Problem Sensitivity": 9,
    "Deductive Reasoning": 10,
    "Static Strength": 26,
    "Extent Flexibility": 28,
    "Finger Dexterity": 30,
    "Near Vision": 32,
}
"""O*NET abilities (level scale LV, 0-7) and the per-task dimension each of them speaks of."""

RECUT = (0, 1, 2, 2, 3, 4)
"""LV is cut at .5, 1.5 ... 4.5 into 0-5 (research on the data), and 0-5 is cut again onto Klaver's 0-4."""

ATTRIBUTION = (
    "Task list, ratings and ability levels from the O*NET Database, U.S. Department of Labor, Employment and Training "
    "Administration (USDOL/ETA), CC BY 4.0; levels were re-cut and marked assumed, everything else is Klaver's. Files: "
)


def draft(
    folders: Sequence[Path], occupation: str, assume: Mapping[str, int] | None = None, lang: Language = "en"
) -> Workplace:
    """Return a workplace with the tasks of an occupation, as O*NET words them; what Klaver adds is told in ``lang``.

    Where the table Task Ratings is there, it says what kind a task is and how often it is done.

    Parameters
    ----------
    folders : sequence of Path
        Folders with official files; tasks and abilities may lie in different ones, the last folder wins.
    occupation : str
        O*NET-SOC code, such as ``31-1131.00``.
    assume : mapping, optional
        ``minutes`` per occurrence and ``per_week`` occurrences to fill in where O*NET says nothing, shown as filled
        in on request. A legal status is never assumed.

    Raises
    ------
    Faults
        For folders that are not there, missing tables or headings, an unknown occupation, unknown assumptions.
    """
    assumed = dict(assume or {})
    faults = [Fault(code="onet.no_folder", file=str(f)) for f in folders if not f.is_dir()]
    unknown = assumed.keys() - {"minutes", "per_week"}
    faults += [Fault(code="onet.assume", values={"name": n}) for n in sorted(unknown)]
    faults += [
        Fault(code="onet.positive", values={"name": n}) for n, v in assumed.items() if v < 1 and n not in unknown
    ]
    tables = find(folders, "Task Statements")
    if not faults and not tables:
        faults.append(Fault(code="onet.no_tasks", values={"folders": ", ".join(f.name for f in folders)}))
    if faults:
        raise Faults(faults)
    found, used = _tasks(tables, occupation)
    if not found:
        raise Faults([_unknown(folders, occupation)])
    title = _title(folders, occupation)
    levels, ability_file, date = _levels(folders, occupation)
    reason = f"{ability_file}, {date or 'n/a'}, {occupation}" if ability_file else None
    rated, rating_file = ratings(folders, occupation)
    files = ", ".join(dict.fromkeys(p for p in (used, rating_file, ability_file) if p))
    tasks = tuple(_task(r, rated.get(task_id(r), Rating()), levels, reason, assumed, lang) for r in found)
    return Workplace(
        id="onet-" + occupation,
        name=title,
        setting="onet",
        lang="en",
        roles=(Role(id="source", label=title, occupation=occupation),),
        tasks=tasks,
        attribution=(ATTRIBUTION + files + ".",),
        gaps_noted=(tell("onet.gaps", lang), *_on_request(tasks, assumed, lang)),
    )


def _on_request(tasks: Sequence[Task], assumed: Mapping[str, int], lang: Language) -> list[str]:
    """Tell what was filled in because somebody asked for it, and for how many tasks."""
    made = []
    for name, field in (("minutes", "minutes"), ("per_week", "times")):
        count = sum(t.source_of(field).by == ON_REQUEST for t in tasks)
        if count:
            made.append(tell(f"onet.assumed_{name}", lang, count=count, number=assumed[name]))
    return made


def _tasks(tables: Sequence[Path], occupation: str) -> tuple[list[Row], str]:
    for path in tables:
        found = list(rows(path, (CODE, "Task ID", "Task"), occupation))
        if found:
            return found, path.name
    return [], ""


def _title(folders: Sequence[Path], occupation: str) -> str:
    for path in find(folders, "Occupation Data"):
        for row in rows(path, (CODE, "Title"), occupation):
            return row.get("Title", occupation)
    return occupation


def _unknown(folders: Sequence[Path], occupation: str) -> Fault:
    titles = {r[CODE]: r.get("Title", "") for p in find(folders, "Occupation Data") for r in rows(p, (CODE, "Title"))}
    near = difflib.get_close_matches(occupation, titles, 4, 0.5)
    shown = "; ".join(f"{c} {titles[c]}" for c in near) or "-"
    return Fault(code="onet.unknown_occupation", values={"code": occupation, "near": shown})


def _levels(folders: Sequence[Path], occupation: str) -> tuple[dict[int, int], str, str]:
    needed = (CODE, "Element Name", "Scale ID", "Data Value")
    for path in find(folders, "Abilities"):
        levels: dict[int, int] = {}
        date, faults = "", []
        for row in rows(path, needed, occupation):
            number = ABILITIES.get(row.get("Element Name", ""))
            if number is None or row.get("Scale ID") != "LV" or row.get("Not Relevant") == "Y":
                continue
            try:
                value = float(row["Data Value"])
            except (KeyError, ValueError):
                given = row.get("Data Value", "-")
                values: dict[str, str | int] = {"given": given, "element": row["Element Name"]}
                faults.append(Fault(code="onet.number", values=values, file=path.name))
                continue
            levels[number] = RECUT[min(5, int(value + 0.5))]
            date = row.get("Date", date)
        if faults:
            raise Faults(faults)
        if levels:
            return levels, path.name, date
    return {}, "", ""


def _task(
    row: Row,
    rating: Rating,
    levels: dict[int, int],
    reason: str | None,
    assumed: Mapping[str, int],
    lang: Language,
) -> Task:
    usual = rating.usual
    minutes, week = assumed.get("minutes"), PER_WEEK.get(usual or 0)
    asked = Source(kind=SourceKind.ASSUMED, by=ON_REQUEST, note=tell("onet.asked", lang))
    sources = {"minutes": asked} if minutes is not None else {}
    if week is not None:
        sources["times"] = Source(kind=SourceKind.ASSUMED, note=tell("onet.rated", lang, usual=_usual(rating, lang)))
    elif usual is None and "per_week" in assumed:
        week, sources["times"] = assumed["per_week"], asked
    return Task(
        id="T" + task_id(row),
        name=row["Task"][:400],
        lang="en",
        family="onet",
        doers=(Share(role="source", percent=100),),
        minutes=None if minutes is None else Range(low=minutes // 2, likely=minutes, high=minutes * 3 // 2),
        times=None if week is None else _spread(week),
        demands=levels,
        demand_reason=reason,
        sources=sources,
        note=_note(row, rating, lang),
    )


def _usual(rating: Rating, lang: Language) -> str:
    return tell(f"onet.frequency_{rating.usual}", lang)


def _note(row: Row, rating: Rating, lang: Language) -> str:
    """Tell the kind of a task and, where rated, its frequency, relevance and importance."""
    kind = row.get("Task Type") or rating.kind or "unrated"
    told = [tell(f"onet.kind_{kind.lower()}", lang)]
    if rating.usual is not None:
        told.append(tell("onet.usual", lang, usual=_usual(rating, lang)))
    if rating.relevance is not None:
        told.append(tell("onet.relevance", lang, percent=round(rating.relevance)))
    if rating.importance is not None:
        told.append(tell("onet.importance", lang, points=number(rating.importance, lang)))
    if rating.few:
        told.append(tell("onet.few", lang))
    return "O*NET: " + "; ".join(told) + "."


def _spread(week: int) -> tuple[int, int, int, int, int, int, int]:
    """Spread occurrences over the week, Monday to Friday first; over five days a week the rest goes round again."""
    each, rest = divmod(week, 5)
    days = [each + (i < rest) for i in range(5)]
    return (days[0], days[1], days[2], days[3], days[4], 0, 0)
