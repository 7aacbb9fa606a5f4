"""The loader: a setting and a number of units give a complete workplace, and every mistake is told at once."""

from __future__ import annotations

import pytest

from klaver.language import LANGUAGES, Language
from klaver.language.tell import tell_fault
from klaver.values import Faults, Range, SourceKind, Window
from klaver.work.records import Contact, Legal, Posture
from klaver.work.starters import settings, start, starter_units, workplace_from_toml
from klaver.work.validate import faults

SMALL = """
[basis]
plain = { nl = "Geen rijbewijs nodig", fr = "Sans permis", en = "No licence needed" }

[setting]
id = "shop"
name = { nl = "Winkel", fr = "Magasin", en = "Shop" }
units = [{ id = "vans", label = { nl = "Wagens", fr = "Véhicules", en = "Vans" }, default = 4 }]

[[place]]
id = "yard"
label = { nl = "Koer", fr = "Cour", en = "Yard" }
demands = { 21 = 1, 35 = 3 }

[[role]]
id = "driver"
label = { nl = "Chauffeur", fr = "Chauffeur", en = "Driver" }
hours_per_unit = { unit = "vans", minutes = 1000 }
floor_share = 75
occupation = { nl = "Bestuurder", fr = "Conducteur", en = "Driver" }

[[role]]
id = "clerk"
label = { nl = "Bediende", fr = "Employé", en = "Clerk" }
hours_week = 1140

[[task]]
id = "load"
name = { nl = "Laden", fr = "Charger", en = "Load" }
family = "yard"
place = "yard"
doers = [{ role = "driver", percent = 100 }]
unit = "vans"
per_unit = [0.8, 1.1, 2.5]
times = [1, 1, 1, 1, 1, 0, 0]
window = ["07:00", "08:30"]
legal = "free"
contact = "none"
posture = "mixed"
legal_basis = "plain"
demands = { 26 = 3 }
reason = { nl = "Dozen", fr = "Caisses", en = "Boxes" }

[[task]]
id = "sweep"
name = { nl = "Vegen", fr = "Balayer", en = "Sweep" }
family = "yard"
legal_basis = "eigen afspraak"
minutes = [10, 15, 20]

[[task]]
id = "post"
name = { nl = "Post", fr = "Courrier", en = "Post" }
family = "office"

[wishes]
jobs_per = { unit = "vans", each = 3, most = 2 }
"""


def codes(wrong: Faults) -> list[str]:
    return [f.code for f in wrong.faults]


@pytest.mark.parametrize("setting", ["nursing-home", "primary-school", "hotel-kitchen", "installation-firm"])
def test_the_library_has_this_setting(setting: str) -> None:
    assert setting in settings()


@pytest.mark.parametrize("setting", settings())
def test_every_setting_says_what_it_counts_in_and_how_many_it_takes_by_itself(setting: str) -> None:
    units = starter_units(setting)
    assert units
    assert {u.id: u.count for u in start(setting, {}).units} == units


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("setting", settings())
def test_every_setting_starts_without_a_mistake_in_every_language(setting: str, lang: Language) -> None:
    made = start(setting, {}, lang)
    assert made.lang == lang
    assert faults(made) == ()
    assert all(t.lang == lang and t.name == t.names[lang] for t in made.tasks)


def test_texts_come_in_the_language_that_was_asked_for() -> None:
    made = workplace_from_toml(SMALL, {}, "fr")
    assert made.name == "Magasin"
    assert made.units[0].label == "Véhicules"
    assert made.places[0].label == "Cour"
    assert made.roles[1].label == "Employé"
    assert made.roles[0].occupation == "Conducteur"
    assert (made.task("load").demand_reason, made.task("load").legal_basis) == ("Caisses", "Sans permis")
    assert made.task("load").names == {"nl": "Laden", "fr": "Charger", "en": "Load"}


def test_minutes_per_unit_are_multiplied_and_rounded_up_to_whole_minutes() -> None:
    assert workplace_from_toml(SMALL, {"vans": 3}).task("load").minutes == Range(low=3, likely=4, high=8)


def test_a_product_that_is_whole_is_not_rounded_up_by_the_dust_of_fractions() -> None:
    found = workplace_from_toml(SMALL, {"vans": 30}).task("load").minutes
    assert found == Range(low=24, likely=33, high=75)  # 1.1 x 30 is 33.000000000000004 to a computer


def test_fixed_minutes_do_not_grow_with_the_units() -> None:
    assert workplace_from_toml(SMALL, {"vans": 30}).task("sweep").minutes == Range(low=10, likely=15, high=20)


def test_the_hours_of_a_role_and_its_floor_follow_from_the_units() -> None:
    driver, clerk = workplace_from_toml(SMALL, {"vans": 5}).roles
    assert (driver.hours_week, driver.floor_week) == (5000, 3750)
    assert (clerk.hours_week, clerk.floor_week) == (1140, None)


def test_what_the_file_does_not_say_stays_unknown_and_is_never_zero() -> None:
    post = workplace_from_toml(SMALL, {}).task("post")
    assert (post.minutes, post.times, post.window, post.harm, post.contact) == (None, None, None, None, None)
    assert post.legal is Legal.UNKNOWN
    assert post.demands == {}


def test_what_the_file_says_is_read_as_what_it_is() -> None:
    load = workplace_from_toml(SMALL, {}).task("load")
    assert load.window == Window(start=420, end=510)
    assert load.times == (1, 1, 1, 1, 1, 0, 0)
    assert (load.contact, load.posture, load.legal) == (Contact.NONE, Posture.MIXED, Legal.FREE)
    assert (load.demands, load.demand_reason) == ({26: 3}, "Dozen")
    assert load.source.kind is SourceKind.ASSUMED


def test_a_ground_that_is_no_key_is_the_text_itself() -> None:
    assert workplace_from_toml(SMALL, {}, "fr").task("sweep").legal_basis == "eigen afspraak"


def test_a_small_house_asks_for_fewer_jobs_but_never_for_none() -> None:
    assert [workplace_from_toml(SMALL, {"vans": n}).wishes.jobs for n in (1, 3, 5, 6, 60)] == [1, 1, 1, 2, 2]


@pytest.mark.parametrize("setting", settings())
def test_reasons_grounds_and_notes_are_written_in_the_three_languages(setting: str) -> None:
    made = {lang: start(setting, {}, lang) for lang in LANGUAGES}
    for task in made["nl"].tasks:
        told = [made[lang].task(task.id) for lang in LANGUAGES]
        for field in ("demand_reason", "legal_basis", "note"):
            texts = [getattr(t, field) for t in told]
            assert texts == [None] * 3 or len(set(texts)) == 3, (task.id, field, texts)
    for at, link in enumerate(made["nl"].links):
        assert link.reason
        assert len({made[lang].links[at].reason for lang in LANGUAGES}) == 3


def test_an_unknown_setting_names_the_settings_there_are() -> None:
    with pytest.raises(Faults) as caught:
        start("hospital", {})
    assert codes(caught.value) == ["starter.unknown_setting"]
    assert "nursing-home" in tell_fault(caught.value.faults[0], "nl")


def test_all_mistakes_in_the_units_are_told_at_once() -> None:
    with pytest.raises(Faults) as caught:
        start("nursing-home", {"residents": 0, "vans": -3, "classes": 2})
    told = [(f.code, f.values["unit"]) for f in caught.value.faults]
    assert sorted(told) == [
        ("starter.not_positive", "residents"),
        ("starter.not_positive", "vans"),
        ("starter.unknown_unit", "classes"),
        ("starter.unknown_unit", "vans"),
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_mistake_has_a_sentence_in_every_language(lang: Language) -> None:
    for setting, units in (("hospital", {}), ("nursing-home", {"residents": 0, "vans": 1})):
        with pytest.raises(Faults) as caught:
            start(setting, units)
        assert all(tell_fault(f, lang) for f in caught.value.faults)
