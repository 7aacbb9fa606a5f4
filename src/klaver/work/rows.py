"""A workplace as rows per sheet, and back: plain values, no cells and no spreadsheet library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from klaver.values import Source
from klaver.work.records import Task, Workplace

Row = dict[str, Any]
Rows = dict[str, list[Row]]

SKILLS = ("listening", "speaking", "reading", "writing")
PLAIN_PLACE = ("id", "name", "setting", "lang", "synthetic", "cooperation", "entry_scale", "full_time_week", "note")
PLAIN_TASK = (
    "id",
    "name",
    "lang",
    "family",
    "place",
    "wait_days",
    "splittable",
    "left_undone",
    "separable",
    "legal",
    "legal_basis",
    "permit",
    "harm",
    "checked",
    "recovery",
    "valued",
    "unpleasant",
    "learning",
    "alone",
    "contact",
    "instructs",
    "posture",
    "note",
)


def to_rows(place: Workplace) -> Rows:
    """Return the rows of every sheet; ``None`` is an empty cell."""
    data = place.model_dump(mode="python")
    rows: Rows = {key: [dict(r) for r in data[key]] for key in ("units", "pay_scales", "walks", "orders", "links")}
    rows["workplace"] = [{k: data[k] for k in PLAIN_PLACE}]
    rows["places"] = [
        {"id": p.id, "label": p.label, **{f"demand_{n}": v for n, v in p.demands.items()}} for p in place.places
    ]
    rows["roles"] = [dict(r) for r in data["roles"]]
    rows["tasks"] = [task_row(t) for t in place.tasks]
    rows["demands"] = [
        {"task": t.id, "demand_reason": t.demand_reason, **{f"demand_{n}": v for n, v in t.demands.items()}}
        for t in place.tasks
        if t.demands or t.demand_reason
    ]
    rows["scenarios"] = [{"id": s.id, "label": s.label, "weeks": s.weeks} for s in place.scenarios]
    rows["volumes"] = [
        {"scenario": s.id, "kind": kind, "name": name, "percent": percent}
        for s in place.scenarios
        for kind, table in (("family", s.families), ("task", s.tasks))
        for name, percent in table.items()
    ]
    rows["agreements"] = [dict(a) for a in data["agreements"]]
    wishes = dict(data["wishes"])
    rows["pins"] = [dict(p) for p in wishes.pop("pins")]
    rows["wishes"] = [wishes] if any(v is not None for v in wishes.values()) else []
    rows["sources"] = [
        {"task": t.id, "field": field, **_source_row(source)}
        for t in place.tasks
        for field, source in t.sources.items()
    ]
    remarks = [("gap", n) for n in place.gaps_noted] + [("attribution", n) for n in place.attribution]
    rows["remarks"] = [{"kind": k, "text": t} for k, t in remarks]
    return rows


def _source_row(source: Source) -> Row:
    return {
        "source_kind": source.kind.value,
        "source_date": source.date,
        "source_by": source.by,
        "source_note": source.note,
    }


def task_row(task: Task) -> Row:
    """Return the row of one task on the sheet of the tasks."""
    row: Row = {k: getattr(task, k) for k in PLAIN_TASK}
    row |= {f"name_{lang}": text for lang, text in task.names.items()}
    row["doers"] = task.doers
    if task.minutes is not None:
        row |= {"low": task.minutes.low, "likely": task.minutes.likely, "high": task.minutes.high}
    if task.times is not None:
        # the pattern says it in words; where words cannot, the seven numbers do
        row |= {"pattern": task.times} if _even(task.times) else {f"day_{i}": n for i, n in enumerate(task.times)}
    if task.window is not None:
        row |= {"window_start": task.window.start, "window_end": task.window.end}
    if task.language is not None:
        row |= {f"language_{s}": getattr(task.language, s) for s in SKILLS}
        row["language_safety_reason"] = task.language.safety_reason
    if task.override is not None:
        row |= {"override": task.override.elementary, "override_comment": task.override.comment}
    return row | _source_row(task.source)


def _even(times: Sequence[int]) -> bool:
    return len({n for n in times if n}) == 1


def present(row: Mapping[str, Any], *fields: str) -> Row:
    """Return the given fields of a row that are not empty."""
    return {f: row[f] for f in fields if row.get(f) is not None}


def _source(row: Mapping[str, Any]) -> Row:
    names = {"source_kind": "kind", "source_date": "date", "source_by": "by", "source_note": "note"}
    return {"kind": "assumed"} | {names[k]: v for k, v in present(row, *names).items()}


def task_data(row: Mapping[str, Any], demands: Mapping[str, Any] | None, sources: Sequence[Mapping[str, Any]]) -> Row:
    """Return the data of one task record from its rows on three sheets."""
    data = present(row, *PLAIN_TASK)
    data["names"] = {lang: row[f"name_{lang}"] for lang in ("nl", "fr", "en") if row.get(f"name_{lang}")}
    data["doers"] = row.get("doers") or ()
    if row.get("likely") is not None:
        likely = row["likely"]
        data["minutes"] = {
            "low": likely if row.get("low") is None else row["low"],
            "likely": likely,
            "high": likely if row.get("high") is None else row["high"],
        }
    week = [row.get(f"day_{i}") for i in range(7)]
    if row.get("pattern") is not None:
        data["times"] = tuple(row["pattern"])
    elif all(n is not None for n in week):
        data["times"] = tuple(week)
    if row.get("window_start") is not None and row.get("window_end") is not None:
        data["window"] = {"start": row["window_start"], "end": row["window_end"]}
    language = {s: row[f"language_{s}"] for s in SKILLS if row.get(f"language_{s}") is not None}
    reason = row.get("language_safety_reason")
    if language or reason:
        data["language"] = {**language, "safety_reason": reason}
    if row.get("override") is not None:
        data["override"] = {"elementary": row["override"], "comment": row.get("override_comment") or ""}
    if demands is not None:
        data["demands"] = _levels(demands)
        data |= present(demands, "demand_reason")
    data["source"] = _source(row)
    data["sources"] = {s["field"]: _source(s) for s in sources}
    return data


def _levels(row: Mapping[str, Any]) -> dict[int, int]:
    found = {k: v for k, v in row.items() if k.startswith("demand_") and k != "demand_reason" and v is not None}
    return {int(k.removeprefix("demand_")): v for k, v in found.items()}


def place_data(row: Mapping[str, Any]) -> Row:
    """Return the data of one place record."""
    return {**present(row, "id", "label"), "demands": _levels(row)}


def scenario_data(row: Mapping[str, Any], volumes: Sequence[Mapping[str, Any]]) -> Row:
    """Return the data of one scenario with its volumes."""
    mine = [v for v in volumes if v.get("scenario") == row.get("id")]
    tables = {kind: {v["name"]: v["percent"] for v in mine if v["kind"] == kind} for kind in ("family", "task")}
    return {**present(row, "id", "label", "weeks"), "families": tables["family"], "tasks": tables["task"]}
