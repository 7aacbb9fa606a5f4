"""Start a workplace from the task library: a complete sketch in which every value is marked assumed.

A text that stands in three languages is told in the one that is asked for; a task names the ground of its legal status
by a key of ``[basis]``; minutes, hours and the number of jobs follow from the units.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from klaver.language import LANGUAGES, Language
from klaver.values import Fault, Faults, parse_clock
from klaver.work.records import Task, Unit, Workplace
from klaver.work.starters.parts import in_parts

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


@dataclass(frozen=True)
class StarterHead:
    """What is asked to begin with a setting: its name and what it counts, each with the usual number."""

    name: str
    units: tuple[Unit, ...]


def starter_head(setting: str, lang: Language) -> StarterHead:
    """Return the name of a setting and its units in a language."""
    head = _told(tomllib.loads(_text(setting))["setting"], lang)
    return StarterHead(
        head["name"], tuple(Unit(id=u["id"], label=u["label"], count=u["default"]) for u in head["units"])
    )


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
    raw = tomllib.loads(text)
    usual = {u["id"]: u["default"] for u in raw["setting"]["units"]}
    counts = {unit: units.get(unit, number) for unit, number in usual.items()}
    raw = in_parts(raw, usual, counts)
    data = _told(raw, lang)
    head, basis = data["setting"], data.get("basis", {})
    tasks = [_task(row, told, basis, counts, lang) for row, told in zip(raw["task"], data["task"], strict=True)]
    return Workplace.model_validate(
        {
            "id": head["id"],
            "name": head["name"],
            "setting": head.get("setting", head["id"]),
            "lang": lang,
            "synthetic": head.get("synthetic", False),
            "cooperation": head.get("cooperation", "direct"),
            "units": [{"id": u["id"], "label": u["label"], "count": counts[u["id"]]} for u in head["units"]],
            "pay_scales": data.get("pay_scale", []),
            "entry_scale": head.get("entry_scale"),
            "full_time_week": head.get("full_time_week"),
            "places": [{**p, "demands": _levels(p.get("demands", {}))} for p in data.get("place", [])],
            "walks": data.get("walk", []),
            "roles": [_role(r, counts) for r in data.get("role", [])],
            "tasks": tasks,
            "orders": data.get("order", []),
            "links": data.get("link", []),
            "scenarios": data.get("scenario", []),
            "agreements": data.get("agreement", []),
            "wishes": _wishes(data.get("wishes", {}), counts),
            "note": head.get("note"),
        },
        strict=False,
    )


def _told(value: Any, lang: Language) -> Any:
    """Return the value with every text that stands in three languages told in one."""
    if isinstance(value, list):
        return [_told(v, lang) for v in value]
    if not isinstance(value, dict):
        return value
    return value[lang] if set(value) == set(LANGUAGES) else {k: _told(v, lang) for k, v in value.items()}


def _levels(table: Mapping[str, int]) -> dict[int, int]:
    return {int(n): level for n, level in table.items()}


def _role(row: Table, counts: Mapping[str, int]) -> Table:
    per_unit, share = row.pop("hours_per_unit", None), row.pop("floor_share", None)
    if per_unit is not None:
        row["hours_week"] = per_unit["minutes"] * counts[per_unit["unit"]]
    if share is not None and row.get("hours_week") is not None:
        row["floor_week"] = row["hours_week"] * share // 100
    return row


def _wishes(row: Table, counts: Mapping[str, int]) -> Table:
    """Return the wishes; a small house asks for fewer jobs (``jobs_per``: one for each so many units)."""
    per = row.pop("jobs_per", None)
    if per is not None:
        row["jobs"] = max(1, min(per["most"], counts[per["unit"]] // per["each"]))
    return row


def _task(row: Table, told: Table, basis: Mapping[str, str], counts: Mapping[str, int], lang: Language) -> Task:
    made: Table = {k: told[k] for k in _TASK_FIELDS if k in told}
    made |= {"name": told["name"], "names": row["name"], "lang": lang, "doers": row.get("doers", ())}
    if "legal_basis" in row:
        made["legal_basis"] = basis.get(row["legal_basis"], row["legal_basis"])
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
    made["demand_reason"] = told.get("reason")
    return Task.model_validate(made, strict=False)
