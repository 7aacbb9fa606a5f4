"""The page of the register tells what the reader does: it is made from the specification and kept in step."""

from __future__ import annotations

from pathlib import Path

from klaver.people.register.layout import columns, headings, key
from klaver.people.register.reference import page
from klaver.scale.dimensions import dimensions

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "register.md"


def test_the_page_is_in_step_with_the_specification() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m klaver.people.register.reference > " + str(PAGE)


def test_every_column_stands_on_the_page() -> None:
    told = page()
    assert all(f"| `{name}` |" in told for name, column in columns().items() if column.kind != "parts")
    assert "| `parts_mon` to `parts_sun` |" in told


def test_no_heading_means_two_columns() -> None:
    assert len(columns()) == len({key(name) for name in columns()})
    assert len(headings()) == len(columns()) + len(dimensions())
    assert {f"d{d.number:02d}": d.code for d in dimensions()}.items() <= headings().items()
