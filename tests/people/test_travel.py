"""A travel table of a house: read whole or not at all, and within one zone everything reaches."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.people.register.made import csv

from klaver.language import LANGUAGES, tell_fault
from klaver.people.records import MEANS
from klaver.people.travel import read_travel
from klaver.values import Faults

HEAD = "from_zone;to_zone;means\n"


def mistakes(path: Path) -> list[tuple[str, int | None, str | None]]:
    with pytest.raises(Faults) as wrong:
        read_travel(path)
    assert all(tell_fault(f, lang) for f in wrong.value.faults for lang in LANGUAGES)
    return [(f.code, f.row, f.column) for f in wrong.value.faults]


def test_it_gives_per_home_zone_the_means_that_reach_the_workplace(tmp_path: Path) -> None:
    table = read_travel(csv(tmp_path, HEAD + "a;w;bike + car\nb;w;foot\n\nb;w;public_transport\na;v;car\n"))
    assert table.to("w") == {
        "a": frozenset({"bike", "car"}),
        "b": frozenset({"foot", "public_transport"}),
        "w": frozenset(MEANS),
    }
    assert set(table.to("v")) == {"a", "v"}


def test_the_workplace_s_own_zone_is_reached_by_every_means_whatever_the_table_says(tmp_path: Path) -> None:
    table = read_travel(csv(tmp_path, "TO ZONE,from-zone,Means\nw,w,foot\n"))
    assert table.to("w") == {"w": frozenset(MEANS)}


def test_a_zone_from_which_people_only_leave_is_known_and_reached_from_nowhere_else(tmp_path: Path) -> None:
    assert set(read_travel(csv(tmp_path, HEAD + "a;w;car\n")).to("a")) == {"a"}


def test_a_workplace_that_the_table_does_not_know_is_a_mistake_and_not_out_of_reach(tmp_path: Path) -> None:
    table = read_travel(csv(tmp_path, HEAD + "a;w;car\n"))
    with pytest.raises(Faults) as wrong:
        table.to("x")
    assert [(f.code, f.values) for f in wrong.value.faults] == [("register.travel_no_zone", {"zone": "x"})]


def test_every_mistake_is_told_at_its_cell(tmp_path: Path) -> None:
    assert mistakes(csv(tmp_path, HEAD + "a;w;boat\nVeldstraat 1;w;\n;w;car\na;;car\na;w\n")) == [
        ("register.cells", 6, None),
        ("register.travel_blank", 4, "from_zone"),
        ("register.zone", 3, "from_zone"),
        ("register.travel_blank", 5, "to_zone"),
        ("register.means", 2, "means"),
        ("register.travel_blank", 3, "means"),
    ]


def test_its_three_columns_must_be_there_once(tmp_path: Path) -> None:
    assert mistakes(csv(tmp_path, "from_zone;to;means\na;w;car\n")) == [("register.travel_columns", 1, None)]
    assert mistakes(csv(tmp_path, "from_zone;to_zone;means;means\na;w;car;foot\n"))[0][0] == "register.travel_columns"


def test_a_table_that_is_not_there_says_so(tmp_path: Path) -> None:
    assert mistakes(tmp_path / "none.csv") == [("workbook.no_file", None, None)]
    assert mistakes(tmp_path) == [("workbook.folder", None, None)]
    assert mistakes(csv(tmp_path, "")) == [("register.no_headings", None, None)]
