"""The language ladder: steps in order, told for every skill, a gap to learn and never below zero."""

from __future__ import annotations

from itertools import product

import pytest

from klaver.language.tell import LANGUAGES
from klaver.scale.ladder import SKILLS, STEPS, steps_missing
from klaver.scale.ladder_texts import descriptor


def test_the_steps_rise_from_none_to_c1() -> None:
    assert STEPS == ("none", "A1", "A2", "B1", "B2", "C1")


@pytest.mark.parametrize(("asked", "has", "missing"), [("B1", "A1", 2), ("A2", "A2", 0), ("C1", "none", 5)])
def test_the_gap_is_counted_in_steps(asked: str, has: str, missing: int) -> None:
    assert steps_missing(asked, has) == missing


def test_knowing_more_than_is_asked_is_no_gap() -> None:
    assert all(steps_missing(a, h) == 0 for a, h in product(STEPS, STEPS) if STEPS.index(h) >= STEPS.index(a))


def test_a_step_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        steps_missing("Z9", "A1")
    with pytest.raises(KeyError):
        descriptor("singing", "A1", "nl")


def test_every_step_of_every_skill_is_told_in_three_languages() -> None:
    told = [descriptor(s, step, lang) for s, step, lang in product(SKILLS, STEPS, LANGUAGES)]
    assert all(text.endswith(".") for text in told)
    assert len(set(told)) == len(told)
