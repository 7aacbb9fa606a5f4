"""The 36 dimensions are complete, in three languages, and the anchors say what the thresholds say."""

from __future__ import annotations

import re

import pytest
from pydantic import ValidationError

from klaver.language.tell import LANGUAGES
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
