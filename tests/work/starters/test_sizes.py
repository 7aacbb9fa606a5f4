"""A start fits the house: from a small unit to a large one no task overflows its window, and no minute is lost."""

from __future__ import annotations

import pytest

from klaver.language import LANGUAGES, Language
from klaver.work.records import Legal, Task, Workplace
from klaver.work.starters import settings, start, workplace_from_toml
from klaver.work.validate import faults, gaps
from klaver.work.wording import joined_verbs

Units = dict[str, int]

SIZES: tuple[tuple[str, Units], ...] = (
    ("nursing-home", {"residents": 15}),
    ("nursing-home", {"residents": 45}),
    ("nursing-home", {"residents": 61}),
    ("nursing-home", {"residents": 120}),
    ("primary-school", {"classes": 4, "nursery": 1}),  # about 80 pupils
    ("primary-school", {"classes": 18, "nursery": 7}),
    ("primary-school", {"classes": 28, "nursery": 10}),  # about 600 pupils
    ("hotel-kitchen", {"rooms": 20, "breakfasts": 30, "covers": 25, "deliveries": 2}),
    ("hotel-kitchen", {"rooms": 140, "breakfasts": 170, "covers": 90, "deliveries": 6}),
    ("hotel-kitchen", {"rooms": 300, "breakfasts": 420, "covers": 180, "deliveries": 12}),
    ("installation-firm", {"technicians": 4, "vans": 2, "sites": 2}),
    ("installation-firm", {"technicians": 20, "vans": 11, "sites": 7}),
    ("installation-firm", {"technicians": 45, "vans": 25, "sites": 15}),
)

YARD = """
[setting]
id = "yard"
name = { nl = "Depot", fr = "Dépôt", en = "Yard" }
units = [{ id = "vans", label = { nl = "Wagens", fr = "Véhicules", en = "Vans" }, default = 4 }]

[[task]]
id = "load"
name = { nl = "laden", fr = "charger", en = "load" }
family = "yard"
unit = "vans"
per_unit = [8, 10, 12]
window = ["07:00", "08:00"]

[[task]]
id = "tick"
name = { nl = "aftekenen", fr = "cocher", en = "tick off" }
family = "yard"
unit = "vans"
per_unit = [9, 11, 12]
window = ["07:00", "08:00"]

[[task]]
id = "drive"
name = { nl = "rijden", fr = "conduire", en = "drive" }
family = "yard"
legal = "reserved"
unit = "vans"
per_unit = [10, 30, 50]
window = ["08:00", "09:00"]

[[order]]
before = "load"
after = "drive"

[[link]]
kind = "together"
first = "load"
second = "tick"

[[link]]
kind = "apart"
first = "tick"
second = "load"

[[scenario]]
id = "peak"
label = { nl = "Piek", fr = "Pic", en = "Peak" }
weeks = 4
tasks = { load = 150 }
"""


def week(place: Workplace) -> int:
    """Return the likely minutes of a week."""
    return sum(t.minutes.likely * sum(t.times) for t in place.tasks if t.minutes and t.times)


def fits(task: Task) -> bool:
    """Tell whether a new worker at tempo 1.3 ends the task within its window."""
    return not task.minutes or not task.window or -(-task.minutes.likely * 130 // 100) <= task.window.length


@pytest.mark.parametrize(("setting", "units"), SIZES)
def test_a_house_of_any_size_starts_without_a_mistake_or_a_gap(setting: str, units: Units) -> None:
    place = start(setting, units)
    assert faults(place) == ()
    assert gaps(place) == ()


@pytest.mark.parametrize(("setting", "units"), SIZES)
def test_free_work_fits_its_window_at_the_pace_of_a_new_worker(setting: str, units: Units) -> None:
    assert [t.id for t in start(setting, units).tasks if t.legal is Legal.FREE and not fits(t)] == []


@pytest.mark.parametrize(("setting", "units"), SIZES)
def test_every_part_has_a_name_of_its_own_that_reads_as_the_whole(setting: str, units: Units) -> None:
    whole, tasks = start(setting, {}), start(setting, units).tasks
    for lang in LANGUAGES:
        names = [t.names[lang] for t in tasks]
        assert len(set(names)) == len(names)
        for part in (t for t in tasks if "." in t.id):
            name = whole.task(part.id.partition(".")[0]).names[lang]
            assert part.names[lang].startswith(f"{name} (")
            assert joined_verbs(part.names[lang], lang) == joined_verbs(name, lang)


def test_parts_add_up_to_the_work_of_the_whole_house() -> None:
    ordinary, large = (start("nursing-home", {"residents": n}) for n in (30, 120))
    parts = sum("." in t.id for t in large.tasks)
    assert parts >= 40
    assert week(large) == pytest.approx(4 * week(ordinary), rel=0.02)


def test_an_ordinary_house_is_not_cut_up() -> None:
    for setting in settings():
        assert [t.id for t in start(setting, {}).tasks if "." in t.id] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_task_that_overflows_is_cut_and_what_points_to_it_follows(lang: Language) -> None:
    place = workplace_from_toml(YARD, {"vans": 8}, lang)
    parts = ["load.1", "load.2", "tick.1", "tick.2"]
    assert [t.id for t in place.tasks] == [*parts, "drive"]
    assert [t.minutes.likely for t in place.tasks if t.minutes] == [40, 40, 44, 44, 240]
    assert [(o.before, o.after) for o in place.orders] == [("load.1", "drive"), ("load.2", "drive")]
    assert [(x.kind, x.first, x.second) for x in place.links] == [
        ("together", "load.1", "tick.1"),
        ("together", "load.2", "tick.2"),
        ("apart", "tick.1", "load.1"),
        ("apart", "tick.1", "load.2"),
        ("apart", "tick.2", "load.1"),
        ("apart", "tick.2", "load.2"),
    ]
    assert place.scenarios[0].tasks == {"load.1": 150, "load.2": 150}
    part = {"nl": "laden (deel 2 van 2)", "fr": "charger (partie 2 sur 2)", "en": "load (part 2 of 2)"}
    assert place.tasks[1].name == part[lang]
    assert place.tasks[1].names == part
