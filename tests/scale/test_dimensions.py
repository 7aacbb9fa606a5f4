"""The 36 dimensions are complete, in three languages, and the anchors say what the thresholds say."""

from __future__ import annotations

import re

import pytest
from pydantic import ValidationError

from klaver.language.tell import LANGUAGES
from klaver.scale.composed import ComposedFact, composed_facts
from klaver.scale.dimensions import (
    COMPOSED_NUMBERS,
    PLACE_NUMBERS,
    TASK_NUMBERS,
    Dimension,
    by_code,
    dimension,
    dimensions,
)
from klaver.scale.questions import Question, question, questions

ALL = range(1, 37)


def test_there_are_36_dimensions_in_order_each_with_its_own_code() -> None:
    assert [d.number for d in dimensions()] == list(ALL)
    assert len({d.code for d in dimensions()}) == 36
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", d.code) for d in dimensions())


def test_a_dimension_is_of_one_kind_and_no_dimension_has_none() -> None:
    kinds = [TASK_NUMBERS, PLACE_NUMBERS, COMPOSED_NUMBERS]
    assert sorted(n for kind in kinds for n in kind) == list(ALL)
    named = {"task": TASK_NUMBERS, "place": PLACE_NUMBERS, "composed": COMPOSED_NUMBERS}
    assert all(d.number in named[d.kind] for d in dimensions())


@pytest.mark.parametrize("found", dimensions(), ids=lambda d: d.code)
def test_every_dimension_is_told_in_three_languages_with_five_different_anchors(found: Dimension) -> None:
    assert set(found.label) == set(found.anchors) == set(LANGUAGES)
    for lang in LANGUAGES:
        assert found.label[lang].strip()
        assert len(set(found.anchors[lang])) == 5
        assert all(text.strip() for text in found.anchors[lang])


@pytest.mark.parametrize("found", dimensions(), ids=lambda d: d.code)
def test_every_dimension_refers_to_icf_by_identifier_only(found: Dimension) -> None:
    assert found.icf
    assert all(re.fullmatch(r"[bde]\d{3,4}", code) for code in found.icf)


def test_a_dimension_is_found_by_number_and_by_code() -> None:
    assert dimension(23).code == "standing"
    assert by_code("standing").number == 23
    with pytest.raises(KeyError):
        by_code("charm")


@pytest.mark.parametrize("number", ALL)
def test_the_designer_and_the_person_are_asked_in_three_languages(number: int) -> None:
    found = question(number)
    for lang in LANGUAGES:
        assert found.question[lang].endswith("?")
        assert found.ask[lang].endswith("?")
        assert found.question[lang] != found.ask[lang]


def test_there_is_one_question_per_dimension_and_none_beyond() -> None:
    assert [q.number for q in questions()] == list(ALL)
    with pytest.raises(KeyError):
        question(37)


def test_a_question_that_misses_a_language_is_refused() -> None:
    whole = {"nl": "?", "fr": "?", "en": "?"}
    with pytest.raises(ValidationError, match="or not at all"):
        Question.model_validate({"number": 1, "family": "body", "question": {"nl": "?"}, "ask": whole}, strict=False)


NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10,
    "fourteen": 14, "fifteen": 15, "sixteen": 16, "forty": 40,
}  # fmt: skip


def amounts(anchor: str) -> set[int]:
    """Return the amounts an English anchor names, hours as minutes and also as they stand."""
    text = anchor.replace("an hour and a half", "90 minutes").replace("half an hour", "30 minutes")
    text = re.sub(r"[a-z]+", lambda word: str(NUMBERS.get(word[0], word[0])), text)
    hours = {60 * int(n) for n in re.findall(r"(\d+) h(?:ours?)?\b", text)}
    return hours | {int(n) for n in re.findall(r"\d+", text)}


@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize("fact", composed_facts(), ids=lambda f: f.fact)
def test_an_anchor_names_the_limit_that_its_threshold_sets(fact: ComposedFact, level: int) -> None:
    """A person who says yes to "45 minutes at a time" must not be judged at 30."""
    limit = fact.thresholds[level]
    assert limit == 0 or limit in amounts(dimension(fact.dimension).anchors["en"][level])
