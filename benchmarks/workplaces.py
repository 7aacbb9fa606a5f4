"""A seeded generator of whole workplaces and their people, frozen before the engine is tuned on them.

Five settings, ten seeds, four sizes: a ward of 100 tasks, a department of 500, a hospital of 2,000, a region of 10,000.
A task is drawn near a mould (``moulds.json``, cast from the examples), so what hangs together in a real analysis hangs
together here. Larger sizes are departments side by side, each with its own places and roles and a way to a shared
hall, and a few tasks of the whole house. In every department jobs are planted (``planting.py``): that a design with the
jobs that are asked is possible is known beforehand. Nobody in these workplaces exists.

``python benchmarks/workplaces.py`` writes the page of calibration; ``--prints`` compares with the frozen fingerprints.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that it can be called as a file

from benchmarks.departments import Part, Table, department
from benchmarks.drafting import FLAGS, STEP, Draft, Draw
from benchmarks.planting import Planted

from benchmarks import page
from klaver.design.records import Entry, Job, Shift
from klaver.people.records import Profile
from klaver.values import Document, Weekday
from klaver.work.records import Workplace

HERE = Path(__file__).resolve().parent
SEEDS = range(1, 11)
NUMBERS = (1, 2, 3, 4, 5, 7, 9, 10, 14, 16, 17, 20, 26, 27, 28, 29, 30, 32, 36)

Size = Literal["ward", "department", "hospital", "region"]
Setting = Literal["nursing-home", "primary-school", "hotel-kitchen", "installation-firm", "hospital-logistics"]


@dataclass(frozen=True)
class Shape:
    """How large a workplace is: parts side by side, tasks in each, tasks of the whole house, jobs, people, ways."""

    parts: int
    tasks: int
    house: int
    jobs: int
    people: int
    way: tuple[int, int] = (0, 0)
    site: int = 0
    """Parts on one site; between sites lie ``FAR_AWAY`` minutes."""


SIZES: dict[Size, Shape] = {
    "ward": Shape(parts=1, tasks=100, house=0, jobs=6, people=60),
    "department": Shape(parts=5, tasks=98, house=10, jobs=20, people=100, way=(2, 5)),
    "hospital": Shape(parts=25, tasks=79, house=25, jobs=60, people=500, way=(3, 9)),
    "region": Shape(parts=125, tasks=79, house=125, jobs=300, people=2000, way=(3, 9), site=25),
}
FAR_AWAY = (25, 50)
WEEK = (720, 1920)
"""Hours asked of every job: 12 to 32 a week, in minutes."""


@cache
def _cast() -> Table:
    held: Table = json.loads((HERE / "moulds.json").read_text(encoding="utf-8"))
    return held


def moulds() -> dict[str, Table]:
    """Return the moulds of every setting."""
    held: dict[str, Table] = _cast()["settings"]
    return held


@cache
def settings() -> tuple[Setting, ...]:
    """Return the five settings."""
    return tuple(moulds())  # type: ignore[arg-type]


@dataclass(frozen=True)
class Made:
    """A workplace with the plan that was planted in it; no method that is measured may see the plan."""

    workplace: Workplace
    planted: tuple[Job, ...]


def workplace(setting: Setting, size: Size, seed: int) -> Workplace:
    """Return a generated workplace, the same to the byte wherever and whenever it is made."""
    return made(setting, size, seed).workplace


def made(setting: Setting, size: Size, seed: int) -> Made:
    """Return a generated workplace and the plan planted in it."""
    mould, shape = moulds()[setting], SIZES[size]
    name = f"{setting}/{size}/{seed}"
    parts = [department(f"{name}/{n}", mould, f"d{n}", shape.tasks, _jobs(shape, n)) for n in range(1, shape.parts + 1)]
    if shape.house:
        parts.append(department(f"{name}/house", mould, "house", shape.house, 0))
    draw = Draw(f"{name}/whole")
    data: Table = {
        "id": f"{setting}-{size}-{seed}",
        "name": f"{setting}, {size} {seed} (synthetic)",
        "setting": setting,
        "synthetic": True,
        "units": _times(mould["units"], sum(len(p.tasks) for p in parts) / len(mould["tasks"])),
        "pay_scales": mould["pay_scales"],
        "entry_scale": mould["entry_scale"],
        "full_time_week": mould["full_time_week"],
        "places": [p for part in parts for p in part.places],
        "walks": [w for part in parts for w in part.walks] + _ways(draw, parts, shape),
        "roles": [r for part in parts for r in part.roles],
        "tasks": [_task(t) for part in parts for t in part.tasks],
        "orders": [{"before": a, "after": b} for part in parts for a, b in part.orders],
        "links": [{"kind": k, "first": a, "second": b} for part in parts for k, a, b in part.links],
        "scenarios": [_scenario(draw, s) for s in mould["scenarios"]],
        "agreements": [a for part in parts for a in part.agreements],
        "wishes": {"jobs": shape.jobs, "week_min": WEEK[0], "week_max": WEEK[1]}
        | ({"days": mould["days"]} if mould["days"] else {}),
        "note": "Generated for measurements; no such place, no such people.",
    }
    jobs = [job for part in parts for job in part.planted]
    return Made(Workplace.model_validate(data, strict=False), tuple(_job(n, j) for n, j in enumerate(jobs, 1)))


def size_of(place: Workplace) -> Size | None:
    """Return the size of a generated workplace, ``None`` of any other."""
    return next((s for s in SIZES if place.synthetic and place.id.startswith(f"{place.setting}-{s}-")), None)


def _jobs(shape: Shape, part: int) -> int:
    """Return how many jobs are planted in a part: the first ones have one more when they cannot all have as many."""
    each, more = divmod(shape.jobs, shape.parts)
    return each + (part <= more)


def _times(units: list[Table], factor: float) -> list[Table]:
    return [{**u, "count": max(1, int(u["count"] * factor))} for u in units]


# the whole


def _ways(draw: Draw, parts: list[Part], shape: Shape) -> list[Table]:
    """Join the departments by their first places to the hall of their site, and the sites to each other."""
    if len(parts) == 1:
        return []
    doors = [part.places[0]["id"] for part in parts]
    made, halls = [], [doors[-1]]
    for n, door in enumerate(doors[:-1]):
        if shape.site and n and n % shape.site == 0:
            made.append({"start": doors[-1], "end": door, "minutes": draw.between(*FAR_AWAY)})
            halls.append(door)
        else:
            made.append({"start": halls[-1], "end": door, "minutes": draw.between(*shape.way)})
    return made


def _scenario(draw: Draw, row: Table) -> Table:
    return {
        **row,
        "families": {f: p and max(STEP, p + STEP * draw.near(2)) for f, p in sorted(row.get("families", {}).items())},
    }


def _task(made: Draft) -> Table:
    mould = made.mould
    kept = ("family", "legal", "permit", "harm", "wait_days", "contact", "posture", "language")
    told = {True: "told", False: "assumed"}[mould["told"]]
    return {key: mould[key] for key in kept if mould.get(key) is not None} | {
        "id": made.id,
        "name": made.name,
        "place": made.place,
        "doers": [{"role": role, "percent": percent} for role, percent in made.doers],
        "minutes": dict(zip(("low", "likely", "high"), made.minutes, strict=True)),
        "times": made.times,
        "window": {"start": made.start, "end": made.end},
        "instructs": made.instructs,
        "demands": {n: int(level) for n, level in zip(NUMBERS, made.levels, strict=True) if level != "-"},
        "source": {"kind": told},
        **{f: v == "y" for f, v in zip(FLAGS, mould["flags"], strict=True) if v != "-"},
    }


def _job(number: int, job: Planted) -> Job:
    shifts = []
    for day, line in sorted(job.days.items()):
        entries = tuple(Entry(task=d.task.id, start=d.start, end=d.end, shared=d.shared) for d in line)
        shifts.append(Shift(day=Weekday(day), start=line[0].start, end=line[-1].end, entries=entries))
    return Job(id=f"job-{number}", shifts=tuple(shifts))


# people


def people(setting: Setting, size: Size, seed: int) -> tuple[Profile, ...]:
    """Return people who do not exist, each near one of the target groups; the pseudonym is all that names them."""
    draw = Draw(f"{setting}/{size}/{seed}/people")
    families = sorted({t["family"] for t in moulds()[setting]["tasks"]})
    return tuple(_person(draw, n, draw.one(_cast()["people"]), families) for n in range(1, SIZES[size].people + 1))


def _person(draw: Draw, number: int, group: Table, families: list[str]) -> Profile:
    levels: dict[int, Table] = {}
    for dimension, (low, likely, high) in ((int(n), map(int, told)) for n, told in group["abilities"].items()):
        level = likely if draw.hits(60) else draw.between(low, high)
        if not draw.hits(3):
            levels[dimension] = {"low": level, "likely": level, "high": level}
    days = [d for d in range(6 if draw.hits(25) else 5) if d != 2 or not draw.hits(15)]
    data = {
        "id": f"syn-{number:04d}",
        "kind": "person",
        "abilities": levels,
        "aids": [aid for aid in group["aids"] if draw.hits(70)],
        "language": group.get("language"),
        "week_min": group["week_min"],
        "week_max": group["week_max"] - 60 * draw.between(0, 6),
        "day_max": group["day_max"],
        "days": days,
        "earliest": group["earliest"] + 30 * draw.near(2),
        "latest": group["latest"] + 30 * draw.near(2),
        "permits": None if draw.hits(5) else ["driving_b"] if draw.hits(45) else [],
        "excluded_families": [draw.one(families)] if draw.hits(10) else [],
        "source": "generated; nobody real",
        "date": "2026-11-24",
    }
    return Profile.model_validate(data, strict=False)


# the freeze

PRINTS = HERE / "workplaces.prints.json"


def sample() -> tuple[tuple[Setting, Size, int], ...]:
    """Draw the sample that is measured: three wards of each of two settings, and a hospital.

    It was drawn and committed with the generator, before the engine was tuned on anything generated.
    """
    draw = Draw("the sample of 2026-11-25")
    chosen = draw.shuffled(settings())
    wards = [(setting, seed) for setting in chosen[:2] for seed in sorted(draw.shuffled(SEEDS)[:3])]
    return (*((s, "ward", n) for s, n in wards), (draw.one(chosen), "hospital", draw.one(SEEDS)))


def fingerprint(documents: Sequence[Document]) -> str:
    """Return a print of documents; a field that is added to the record later changes nothing."""
    made = sha256()
    for document in documents:
        told = document.model_dump(mode="json", exclude_defaults=True)
        made.update(json.dumps(told, sort_keys=True, ensure_ascii=False).encode())
    return made.hexdigest()


def printed(setting: Setting, size: Size, seed: int) -> str:
    """Return the print of a workplace and its people."""
    return fingerprint([workplace(setting, size, seed), *people(setting, size, seed)])


def held(size: Size) -> range:
    """Return the seeds of which a print is kept: three of a ward, the first of the larger ones."""
    return SEEDS[:3] if size == "ward" else SEEDS[:1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page of calibration, or make the prints and tell whether they are those that were frozen."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--quick", action="store_true", help="under 50 seconds; compares the wards and writes nothing")
    asked.add_argument("--prints", action="store_true", help="compare every print that was frozen; writes nothing")
    given = asked.parse_args(arguments)
    if not given.quick and not given.prints:
        from benchmarks import calibration

        page.save(calibration.PAGE, calibration.text())
        return 0
    every = [f"{s}/{size}/{n}" for size in SIZES for s in settings() for n in held(size)]
    every = [name for name in every if not given.quick or "/ward/" in name]
    frozen = page.load(PRINTS)
    wrong = []
    for name in every:
        setting, size, seed = name.split("/")
        ok = printed(setting, size, int(seed)) == frozen.get(name)  # type: ignore[arg-type]
        wrong += [] if ok else [name]
        print(name, "ok" if ok else "short")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
