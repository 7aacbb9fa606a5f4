"""Start a workplace from the task library: a complete sketch in which every value is marked assumed."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from klaver.language import Language
from klaver.values import Fault, Faults, parse_clock
from klaver.work.records import Task, Workplace

Table = dict[str, Any]
_TASK_FIELDS = [
    "id",
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
    "language",
    "source",
    "sources",
    "note",
    "override",
]


@cache
def settings() -> tuple[str, ...]:
    """Return the settings of the task library."""
    return tuple(sorted(p.name[:-5] for p in files("klaver.work.starters").iterdir() if p.name.endswith(".toml")))


def starter_units(setting: str) -> dict[str, int]:
    """Return the units that a setting counts in, with the number taken when none is given."""
    return {u["id"]: u["default"] for u in tomllib.loads(_text(setting))["setting"]["units"]}


def _text(setting: str) -> str:
    return (files("klaver.work.starters") / f"{setting}.toml").read_text(encoding="utf-8")


def start(setting: str, units: Mapping[str, int], lang: Language = "nl") -> Workplace:
    """Return the workplace of a setting for this many units.

    Raises
    ------
    Faults
        For an unknown setting, unknown units and numbers that are not positive, all at once.
    """
    if setting not in settings():
        known = ", ".join(settings())
        raise Faults([Fault(code="starter.unknown_setting", values={"setting": setting, "known": known})])
    known_units = starter_units(setting)
    faults = [
        Fault(code="starter.unknown_unit", values={"unit": u, "known": ", ".join(known_units)})
        for u in units
        if u not in known_units
    ]
    faults += [Fault(code="starter.not_positive", values={"unit": u, "count": n}) for u, n in units.items() if n < 1]
    if faults:
        raise Faults(faults)
    return workplace_from_toml(_text(setting), units, lang)


def workplace_from_toml(text: str, units: Mapping[str, int], lang: Language = "nl") -> Workplace:
    """Return the workplace of a TOML text in the library's format; minutes per unit are multiplied out."""
    data = tomllib.loads(text)
    head = data["setting"]
    counts = {u["id"]: units.get(u["id"], u["default"]) for u in head["units"]}
    made: Table = {key: [_told(r, lang) for r in data.get(key, [])] for key in ("pay_scale", "walk", "order", "link")}
    roles = [_role(_told(r, lang), counts) for r in data.get("role", [])]
    return Workplace.model_validate(
        {
            "id": head["id"],
            "name": head["name"][lang],
            "setting": head.get("setting", head["id"]),
            "lang": lang,
            "synthetic": head.get("synthetic", False),
            "cooperation": head.get("cooperation", "direct"),
            "units": [{"id": u["id"], "label": u["label"][lang], "count": counts[u["id"]]} for u in head["units"]],
            "pay_scales": made["pay_scale"],
            "entry_scale": head.get("entry_scale"),
            "full_time_week": head.get("full_time_week"),
            "places": [{**_told(p, lang), "demands": _levels(p.get("demands", {}))} for p in data.get("place", [])],
            "walks": made["walk"],
            "roles": roles,
            "tasks": [_task(t, counts, lang) for t in data["task"]],
            "orders": made["order"],
            "links": made["link"],
            "scenarios": [_told(s, lang) for s in data.get("scenario", [])],
            "agreements": data.get("agreement", []),
            "wishes": data.get("wishes", {}),
            "note": head.get("note"),
        },
        strict=False,
    )


def _told(row: Mapping[str, Any], lang: Language) -> Table:
    return {k: v[lang] if k == "label" and isinstance(v, dict) else v for k, v in row.items()}


def _levels(table: Mapping[str, int]) -> dict[int, int]:
    return {int(n): level for n, level in table.items()}


def _role(row: Table, counts: Mapping[str, int]) -> Table:
    per_unit, share = row.pop("hours_per_unit", None), row.pop("floor_share", None)
    if per_unit is not None:
        row["hours_week"] = per_unit["minutes"] * counts[per_unit["unit"]]
    if share is not None and row.get("hours_week") is not None:
        row["floor_week"] = row["hours_week"] * share // 100
    return row


def _task(row: Mapping[str, Any], counts: Mapping[str, int], lang: Language) -> Task:
    made: Table = {k: row[k] for k in _TASK_FIELDS if k in row}
    made |= {"name": row["name"][lang], "names": row["name"], "lang": lang, "doers": row.get("doers", ())}
    if "per_unit" in row:
        each = [math.ceil(m * counts[row["unit"]] - 1e-9) for m in row["per_unit"]]
        made["minutes"] = dict(zip(("low", "likely", "high"), each, strict=True))
    elif "minutes" in row:
        made["minutes"] = dict(zip(("low", "likely", "high"), row["minutes"], strict=True))
    if "times" in row:
        made["times"] = row["times"]
    if "window" in row:
        first, last = map(parse_clock, row["window"])
        made["window"] = {"start": first, "end": last}
    made["demands"] = _levels(row.get("demands", {}))
    made["demand_reason"] = row.get("reason")
    return Task.model_validate(made, strict=False)
