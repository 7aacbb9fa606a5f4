"""The anchors of the composed dimensions name, in every language, exactly the limits that the code uses."""

from __future__ import annotations

import re

import pytest

from klaver.language.tell import LANGUAGES, Language
from klaver.scale.composed import composed_facts
from klaver.scale.dimensions import COMPOSED_NUMBERS, dimension

WORDS: dict[Language, dict[str, int]] = {
    "nl": {"één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "tien": 10,
           "veertien": 14, "vijftien": 15, "zestien": 16, "veertig": 40},
    "fr": {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
           "dix": 10, "quatorze": 14, "quinze": 15, "seize": 16, "quarante": 40},
    "en": {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10,
           "fourteen": 14, "fifteen": 15, "sixteen": 16, "forty": 40},
}  # fmt: skip

PHRASES: dict[Language, dict[str, str]] = {
    "nl": {"anderhalf uur": "90 min", "half uur": "30 min", "aan één stuk": ""},
    "fr": {"une heure et demie": "90 min", "demi-heure": "30 min", "de suite": ""},
    "en": {"an hour and a half": "90 min", "half an hour": "30 min", "at a time": ""},
}
"""Ways of saying that hide a number, or that hold a number word which is none."""

HOURS = re.compile(r"(\d+) (?:uur|heures?|h|hours?)\b")


def amounts(text: str, lang: Language) -> set[int]:
    """Return the amounts that an anchor names; times in minutes."""
    for phrase, meant in PHRASES[lang].items():
        text = text.replace(phrase, meant)
    text = re.sub(r"\b(?:een|une) (?=30 min)", "", text)
    text = re.sub(r"\w+", lambda word: str(WORDS[lang].get(word[0], word[0])), text)
    # an hour of the clock ("één vast uur") is counted, not timed, unless the anchor says how long
    if lang == "nl":
        text = re.sub(r"(\d+) vaste? uur|(\d+) vaste uren", lambda m: m[1] or m[2], text)
    if lang == "fr":
        text = re.sub(r"(\d+) heures? fixes?", r"\1", text)
    hours = {60 * int(n) for n in HOURS.findall(text)}
    return hours | {int(n) for n in re.findall(r"\d+", HOURS.sub("", text))}


def limits(number: int, level: int) -> set[int]:
    """Return the limits that the code uses for a level of a dimension."""
    return {f.thresholds[level] for f in composed_facts() if f.dimension == number}


ONE_AT_TIMES = (19, 1)
"""Level 1 of taking direction is one trusted person at times: less than one fixed person, so no limit of its own."""

NAMED = [(n, level) for n in sorted(COMPOSED_NUMBERS) for level in (1, 2, 3) if (n, level) != ONE_AT_TIMES]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("number", "level"), NAMED)
def test_an_anchor_names_exactly_the_limits_that_the_code_uses(number: int, level: int, lang: Language) -> None:
    """A person who says yes to half an hour at a time must not be judged at a quarter."""
    assert amounts(dimension(number).anchors[lang][level], lang) == limits(number, level)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("number", sorted(COMPOSED_NUMBERS))
def test_the_highest_anchor_names_no_other_limit_than_the_one_it_passes(number: int, lang: Language) -> None:
    assert amounts(dimension(number).anchors[lang][4], lang) <= limits(number, 3)


def test_the_lowest_anchor_asks_nothing() -> None:
    assert all(limits(n, 0) == {0} for n in COMPOSED_NUMBERS)
    assert limits(*ONE_AT_TIMES) == {0}


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("nl", "1 uur aan één stuk, 4 uur per dag", {60, 240}),
        ("nl", "één vast uur per dag", {1}),
        ("fr", "30 min de suite, une heure et demie", {30, 90}),
        ("fr", "jusqu'à une demi-heure par jour", {30}),
        ("fr", "jusqu'à trois heures fixes", {3}),
        ("en", "up to an hour and a half a day", {90}),
        ("en", "every day the same", set()),
    ],
)
def test_amounts_are_read_as_a_person_reads_them(lang: Language, text: str, found: set[int]) -> None:
    assert amounts(text, lang) == found
