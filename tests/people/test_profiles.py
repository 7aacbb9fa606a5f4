"""The eight groups: ranges with hours, travel and language, told with respect in three languages, and no person."""

from __future__ import annotations

import re

import pytest

from klaver.language import LANGUAGES
from klaver.people import Profile, profiles
from klaver.scale.ladder import SKILLS, STEPS

UNKIND = re.compile(
    r"versleten|traag|zwak|lijd|slachtoffer|gehandicapt|invalide|probleem|\busé|\blent\b|faible|souffr|handicapé|worn|slow|"
    r"suffer|weak|normal|trouw|loyal|fidèle",
    re.IGNORECASE,
)


@pytest.mark.parametrize("profile", profiles(), ids=lambda p: p.id)
def test_a_group_has_hours_travel_language_and_a_range_for_every_dimension(profile: Profile) -> None:
    assert profile.kind == "group"
    assert set(profile.abilities) == set(range(1, 37))
    assert any(a.low < a.high for a in profile.abilities.values())
    assert profile.language is not None
    hours = (profile.week_min, profile.week_max, profile.day_max, profile.days, profile.earliest, profile.latest)
    assert None not in hours
    assert profile.travel is not None


@pytest.mark.parametrize("profile", profiles(), ids=lambda p: p.id)
def test_a_group_is_told_in_three_languages_and_with_respect(profile: Profile) -> None:
    assert profile.travel is not None
    for lang in LANGUAGES:
        assert profile.name_in(lang) == profile.names[lang]
        assert profile.travel[lang]
        assert not UNKIND.search(f"{profile.id} {profile.names[lang]} {profile.about[lang]}")


def test_there_are_eight_groups_and_the_agreed_ones_are_among_them() -> None:
    found = {p.id: p for p in profiles()}
    assert len(found) == 8
    for ident, step in (("newcomer-a1", "A1"), ("newcomer-a2", "A2")):
        newcomer = found[ident]
        assert newcomer.language is not None
        assert max((getattr(newcomer.language, s) for s in SKILLS), key=STEPS.index) == step
        assert all(a.likely >= 3 for a in newcomer.abilities.values())
    assert found["low-endurance"].abilities[23].likely <= 1
    assert found["intellectual-disability"].abilities[9].likely <= 1
    assert "long-out-of-work" in found


def test_a_group_without_a_name_in_a_language_is_told_by_another_name_it_has() -> None:
    only_dutch = profiles()[0].model_copy(update={"names": {"nl": "Mensen"}})
    assert only_dutch.name_in("fr") == "Mensen"
