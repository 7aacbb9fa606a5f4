"""The page of defaults says what ships: a number that is changed and not told here is found."""

from __future__ import annotations

from pathlib import Path

from tests.design.cases import ON

from klaver.design.parameters import parameters
from klaver.documents.defaults import page
from klaver.scale.composed import composed_facts

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "defaults.md"


def test_the_page_of_defaults_is_in_step_with_what_ships() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m klaver.documents.defaults"


def test_every_default_stands_there_with_value_unit_source_certainty_and_who_may_change_it() -> None:
    rows = {line.split("`")[1]: line for line in page().splitlines() if line.startswith("| `")}
    shipped = parameters(ON).values
    assert set(rows) == set(shipped)
    for name, p in shipped.items():
        for told in (f"| {p.value} |", p.unit, p.source, p.certainty.value, p.who_may_change):
            assert told in rows[name]
        assert f"| {p.certainty.value} | {'yes' if p.confirmed else 'no'} |" in rows[name]
    for fact in composed_facts():
        assert f"| {fact.dimension} | `{fact.fact}` | {', '.join(map(str, fact.thresholds))} |" in page()
