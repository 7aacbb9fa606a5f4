"""Casts the moulds of the generator of workplaces from the examples, once: what they hold is frozen afterwards.

A mould is a task of an example without its explanations. Four settings come from the examples; the fifth, logistics in
a hospital, is a table of its own (``hospital.txt``). The generator reads ``moulds.json`` and nothing else, so a better
example changes no measured workplace.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that it can be called as a file

from benchmarks.drafting import FLAGS

from benchmarks import page
from klaver.design.parameters import parameters
from klaver.design.problem import problem
from klaver.people import profiles
from klaver.people.records import Profile
from klaver.scale.dimensions import TASK_NUMBERS
from klaver.work.records import Task, Workplace
from klaver.work.starters.reading import workplace_from_toml

HERE = Path(__file__).resolve().parent
MOULDS = HERE / "moulds.json"
EXAMPLES = {
    "nursing-home": "ward",
    "primary-school": "school",
    "hotel-kitchen": "kitchen",
    "installation-firm": "installation",
}
OWN = "hospital-logistics"
RULES_ON = "2026-11-24"

_TOLD = {"names", "lang", "legal_basis", "demand_reason", "note", "sources", "source"}

Table = dict[str, Any]


def example(setting: str) -> Workplace:
    """Return the example that a setting is cast from; of the fifth setting its own table."""
    if setting == OWN:
        return hospital((HERE / "hospital.txt").read_text(encoding="utf-8"))
    path = page.ROOT / "examples" / f"{EXAMPLES[setting]}.toml"
    return workplace_from_toml(path.read_text(encoding="utf-8"), {})


def cast(place: Workplace) -> Table:
    """Return what the generator needs of a workplace, as plain data."""
    bare = place.model_copy(update={"tasks": tuple(map(_bare, place.tasks))})
    asked = problem(bare, parameters(RULES_ON))
    held = bare.model_dump(mode="json", exclude_defaults=True, exclude={"tasks"})
    kept = ("setting", "units", "pay_scales", "entry_scale", "full_time_week", "places", "walks", "roles", "scenarios")
    made = {key: held[key] for key in kept if key in held}
    made["agreements"] = [{"role": a.role, "minutes_week": a.minutes_week} for a in place.agreements]
    made["days"] = [int(d) for d in place.wishes.days or ()]
    made["orders"] = len(place.orders)
    made["links"] = {kind: sum(link.kind == kind for link in place.links) for kind in ("apart", "together")}
    made["tasks"] = [
        _mould(task) | {"movable": asked.why_not(task) is None}
        for task in bare.tasks
        if None not in (task.minutes, task.times, task.window)
    ]
    return made


NUMBERS = tuple(sorted(TASK_NUMBERS))


def _mould(task: Task) -> Table:
    """Return a task in short: flags in a row as yes, no or not known, levels of the per-task dimensions as digits."""
    assert task.minutes is not None
    assert task.times is not None
    assert task.window is not None
    kept = ("id", "name", "family", "place", "legal", "permit", "harm", "wait_days", "contact", "instructs", "posture")
    told = task.model_dump(mode="json", include=set(kept), exclude_none=True)
    return {key: told[key] for key in kept if key in told} | {
        "doers": [[d.role, d.percent] for d in task.doers],
        "minutes": [task.minutes.low, task.minutes.likely, task.minutes.high],
        "times": list(task.times),
        "window": [task.window.start, task.window.end],
        "flags": "".join({True: "y", False: "n", None: "-"}[getattr(task, field)] for field in FLAGS),
        "demands": "".join(str(task.demands.get(n, "-")) for n in NUMBERS),
        "language": None if task.language is None else task.language.model_dump(exclude_defaults=True),
        "told": task.source_of("legal").kind != "assumed",
    }


def _bare(task: Task) -> Task:
    told = task.model_dump(exclude_defaults=True, exclude=_TOLD)
    sources = {k: {"kind": s.kind} for k, s in task.sources.items() if k == "legal"}
    return Task.model_validate({**told, "source": {"kind": task.source.kind}, "sources": sources}, strict=False)


# the table of the fifth setting

_MARKS = {"c": "checked", "r": "recovery", "v": "valued", "u": "unpleasant", "l": "learning", "a": "alone"}
_ROLES = (
    ("nurse", "Verpleegkundige", True, "nursing", 16_000),
    ("aid", "Zorgkundige", True, "care", 14_000),
    ("pharmacy_assistant", "Apotheekassistent", True, "care", 4_560),
    ("sterile_tech", "Medewerker sterilisatie", True, "care", 4_560),
    ("lab_tech", "Laborant", True, "nursing", 3_800),
    ("dietician", "Dietist", True, "nursing", 2_280),
    ("pharmacist", "Apotheker", True, "leading", 2_280),
    ("receptionist", "Onthaal en dossiers", False, "administration", 4_560),
    ("logistics", "Logistiek medewerker", False, "entry", 6_840),
    ("logistics_lead", "Ploegbaas logistiek", False, "administration", 2_280),
    ("transport_lead", "Coordinator vervoer", False, "administration", 2_280),
    ("kitchen_lead", "Verantwoordelijke keuken", False, "administration", 2_280),
    ("head_nurse", "Hoofdverpleegkundige", True, "leading", 2_280),
)
_PLACES = ("ward_a", "ward_b", "ward_c", "bed_centre", "linen", "kitchen", "lab", "pharmacy", "sterile", "dock")
_HALLS = ("reception", "archive")
_SCENARIOS = (
    ("ordinary", 36, {}),
    ("flu", 9, {"beds": 120, "linen": 120, "samples": 125, "transport": 110, "care": 115}),
    ("summer", 7, {"beds": 75, "linen": 80, "sterile": 65, "meals": 85, "transport": 80, "office": 85, "samples": 85}),
)


def hospital(text: str) -> Workplace:
    """Return the fifth setting from its table."""
    rows = [[c.strip() for c in line.split("|")] for line in text.splitlines() if line and not line.startswith("#")]
    places = (*_PLACES, *_HALLS)
    walks = [
        {"start": one, "end": two, "minutes": 2 if {one, two} <= set(_PLACES[:3]) else 3 + (i * 7 + j * 3) % 6}
        for i, one in enumerate(places)
        for j, two in enumerate(places[:i])
    ]
    scales = ("entry", "administration", "care", "nursing", "leading")
    data: Table = {
        "id": OWN,
        "name": OWN,
        "setting": OWN,
        "synthetic": True,
        "units": [{"id": "beds", "label": "Bedden", "count": 90}],
        "pay_scales": [{"id": s, "label": s, "rank": n} for n, s in enumerate(scales, 1)],
        "entry_scale": "entry",
        "full_time_week": 2280,
        "places": [
            {
                "id": p,
                "label": p,
                "demands": {21: 1 + (p in _HALLS), 33: 1 + (n == 9), 34: 1 + n % 2, 35: (n > 5) + n % 2},
            }
            for n, p in enumerate(places)
        ],
        "walks": walks,
        "roles": [
            {"id": i, "label": label, "shortage": short, "pay_scale": scale, "hours_week": hours}
            for i, label, short, scale, hours in _ROLES
        ],
        "tasks": [_row(row) for row in rows],
        "orders": [
            {"before": "H05", "after": "H08"},
            {"before": "H10", "after": "H11"},
            {"before": "H28", "after": "H29"},
        ],
        "links": [
            {"kind": "apart", "first": "H33", "second": "H10"},
            {"kind": "together", "first": "H19", "second": "H23"},
        ],
        "scenarios": [{"id": i, "label": i, "weeks": weeks, "families": fam} for i, weeks, fam in _SCENARIOS],
        "agreements": [{"role": "logistics", "minutes_week": 60, "parties": "-", "date": RULES_ON}],
    }
    return Workplace.model_validate(data, strict=False)


def _row(cells: list[str]) -> Table:
    ident, name, family, place, doers, minutes, times, window, marks, contact, posture, instructs, language, demands = (
        cells
    )
    first, last = (int(t[:2]) * 60 + int(t[3:]) for t in window.split("-"))
    low, likely, high = map(int, minutes.split())
    legal = "reserved" if "R" in marks else "supervised" if "S" in marks else "free"
    steps = zip(("listening", "speaking", "reading", "writing"), language.split(), strict=True)
    return {
        "id": ident,
        "name": name,
        "family": family,
        "place": place,
        "doers": [{"role": d.split()[0], "percent": int(d.split()[1])} for d in doers.split(", ")],
        "minutes": {"low": low, "likely": likely, "high": high},
        "times": [int(t) for t in times],
        "window": {"start": first, "end": last},
        "splittable": "p" in marks,
        "left_undone": "x" in marks,
        "separable": "i" not in marks,
        "legal": legal,
        "harm": next(int(m) for m in marks if m.isdigit()),
        **{field: mark in marks for mark, field in _MARKS.items()},
        "contact": contact,
        "posture": posture,
        "instructs": None if instructs == "-" else instructs,
        "language": {skill: step for skill, step in steps if step != "-"},
        "demands": dict(zip(sorted(TASK_NUMBERS), map(int, demands), strict=True)),
        "source": {"kind": "told"},
    }


def main() -> int:
    """Cast every setting and write the file, one row a line."""
    held = {setting: cast(example(setting)) for setting in (*EXAMPLES, OWN)}
    page.save(MOULDS, _lines({"settings": held, "people": [_group(p) for p in profiles()]}) + "\n")
    return 0


def _group(profile: Profile) -> Table:
    """Return a target group in short: low, likely and high level of each ability, hours, language and aids."""
    kept = {"id", "aids", "language", "week_min", "week_max", "day_max", "earliest", "latest"}
    levels = {n: "".join(str(level) for level in (a.low, a.likely, a.high)) for n, a in profile.abilities.items()}
    return profile.model_dump(mode="json", include=kept, exclude_none=True) | {"abilities": levels}


def _lines(value: Any, depth: int = 0) -> str:
    """Return JSON with a row of a list on each line."""
    if depth < 3 and isinstance(value, dict):
        inner = ",\n".join(f"{json.dumps(k)}: {_lines(v, depth + 1)}" for k, v in value.items())
        return f"{{\n{inner}\n}}"
    if depth in (1, 3) and isinstance(value, list):
        return "[\n" + ",\n".join(json.dumps(v, ensure_ascii=False) for v in value) + "\n]"
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
