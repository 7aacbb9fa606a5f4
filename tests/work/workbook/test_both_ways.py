"""A workplace goes out and comes back the same, in every language and in both forms."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.architecture.project import ROOT
from tests.work.drawn import workplaces

from klaver.language import LANGUAGES, Language
from klaver.work.records import Workplace
from klaver.work.validate import faults
from klaver.work.workbook import read_workplace, write_template, write_workplace
from klaver.work.workbook.sample import sample

EXAMPLES = ("ward", "school")


@pytest.fixture(scope="module", params=EXAMPLES)
def example(request: pytest.FixtureRequest) -> Workplace:
    return read_workplace(ROOT / "examples" / f"{request.param}.xlsx")


@pytest.mark.parametrize("ending", ["xlsx", "json"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_example_comes_back_as_it_went(example: Workplace, lang: Language, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"case.{ending}"
    write_workplace(example, path, lang)
    assert read_workplace(path) == example
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(place=workplaces(), lang=st.sampled_from(LANGUAGES))
def test_any_workplace_comes_back_as_it_went_in_every_language_and_both_forms(place: Workplace, lang: Language) -> None:
    assert faults(place) == ()
    with tempfile.TemporaryDirectory() as folder:
        for ending in ("xlsx", "json"):
            path = Path(folder, f"case.{ending}")
            write_workplace(place, path, lang)
            assert read_workplace(path) == place


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_template_with_its_examples_is_a_workplace(lang: Language, tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx", lang, with_examples=True)
    assert read_workplace(tmp_path / "t.xlsx") == sample(lang)
