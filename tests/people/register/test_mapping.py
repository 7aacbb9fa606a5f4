"""A house's own columns and scales: what the guide shows works, and nothing is guessed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.people.register.made import csv, mistakes, people, where, xlsx

from klaver.language import LANGUAGES, tell_fault
from klaver.people.columns import CONDITIONS, UNKNOWN
from klaver.people.register import RegisterMapping, open_register, read_mapping
from klaver.people.travel import read_travel
from klaver.values import Faults

GUIDE = Path(__file__).parents[3] / "docs" / "how-to" / "register.md"


def shown(kind: str, number: int) -> str:
    """Return one of the examples in the guide."""
    return re.findall(rf"```{kind}\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)[number]


def mapping(folder: Path, text: str) -> RegisterMapping:
    path = folder / "ours.toml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path)


def test_the_first_example_of_the_guide_is_a_register(tmp_path: Path) -> None:
    found = people(csv(tmp_path, shown("csv", 0)))
    assert found.ids == ("a7f3", "b210", "c9e4")
    assert found.levels[25].tolist() == [2, UNKNOWN, 0]


def test_the_columns_of_the_guide_are_renamed_and_left_out(tmp_path: Path) -> None:
    ours = mapping(tmp_path, shown("toml", 0))
    head = ["Client code", "Reads", "Lifts and carries", "Most hours", "District", "Remarks", "coach"]
    row = ["p1", 3, 2, 24, 9000, "free text that is not read", "x"]
    for page in ("People", "Old"):
        path = xlsx(tmp_path, [head, row], page, "Notes")
        if page == "Old":
            with pytest.raises(Faults) as wrong:
                open_register(path, ours)
            assert [f.code for f in wrong.value.faults] == ["register.sheet_missing"]
            continue
        found = people(path, ours)
        assert (found.ids, found.names.zones) == (("p1",), {"9000": 0})
        assert (found.levels[1, 0], found.levels[25, 0]) == (3, 2)


def test_icf_qualifiers_become_levels_the_other_way_round(tmp_path: Path) -> None:
    ours = mapping(tmp_path, shown("toml", 1))
    rows = "".join(f"p{q}{n};{q};\n" for n, q in enumerate("0123489"))
    found = people(csv(tmp_path, "id;d166;d430\n" + rows), ours)
    assert found.levels[1].tolist() == [4, 3, 2, 1, 0, UNKNOWN, UNKNOWN]
    assert (found.levels[25] == UNKNOWN).all()
    assert where(csv(tmp_path, "id;d166;d430\np1;5;\np2;;7.5\n"), ours) == {
        ("unmapped", 2, "d166"),
        ("unmapped", 3, "d430"),
    }


def test_a_house_scale_from_one_to_five_becomes_zero_to_four(tmp_path: Path) -> None:
    ours = mapping(tmp_path, shown("toml", 2))
    head = "id;reading;pace;lifting;lang_reading\n"
    found = people(csv(tmp_path, head + "p1;1;5;Up to 10 kg;C2\np2;3.0;;to be seen;0\n"), ours)
    assert found.levels[[1, 13, 25]].tolist() == [[0, 2], [4, UNKNOWN], [2, UNKNOWN]]
    assert found.conditions[CONDITIONS.index("language_reading")].tolist() == [5, 0]
    assert where(csv(tmp_path, head + "p1;0;6;2;\n"), ours) == {
        ("unmapped", 2, "reading"),
        ("unmapped", 2, "pace"),
        ("unmapped", 2, "lifting"),
    }


def test_the_travel_table_of_the_guide_adds_up(tmp_path: Path) -> None:
    table = read_travel(csv(tmp_path, shown("csv", 1)))
    reached = table.to("9050")
    assert (reached["9820"], len(reached["9050"])) == ({"car", "bike"}, 5)


def test_what_is_recoded_is_told_table_by_table(tmp_path: Path) -> None:
    ours = mapping(tmp_path, shown("toml", 2))
    register = open_register(csv(tmp_path, "id;reading\np1;3\n"), ours)
    assert list(register.recoded()) == ["levels"]
    assert register.recoded()["levels"]["5"] == "4"


def test_every_mistake_of_a_mapping_file_is_told_with_those_of_the_register(tmp_path: Path) -> None:
    ours = mapping(
        tmp_path,
        """
        renam = { a = "b" }
        ignore = "Remarks"
        sheet = 3
        [rename]
        "Reads" = "raeding"
        "Nowhere" = "pace"
        [recode]
        zone = 4
        [recode.levels]
        1 = 5
        2 = "x"
        3 = true
        "" = 4
        [recode.raeding]
        1 = 1
        [recode.id]
        a = "b"
        """,
    )
    found = mistakes(csv(tmp_path, "id;reading;Reads\np1;1;1\np2;9;1\n"), ours)
    told = [(f.code.removeprefix("register."), f.file, f.values.get("at", f.column)) for f in found]
    assert told == [
        ("mapping_table", "ours.toml", "renam"),
        ("mapping_sheet", "ours.toml", "sheet"),
        ("mapping_column", "ours.toml", "rename.Reads"),
        ("mapping_ignore", "ours.toml", "ignore"),
        ("mapping_no_table", "ours.toml", "recode.zone"),
        ("level", "ours.toml", "recode.levels.1"),
        ("level", "ours.toml", "recode.levels.2"),
        ("level", "ours.toml", "recode.levels.3"),
        ("mapping_blank", "ours.toml", "recode.levels."),
        ("mapping_column", "ours.toml", "recode.raeding"),
        ("mapping_never", "ours.toml", "recode.id"),
        ("unknown_column", "people.csv", "Reads"),
        ("mapping_heading", "people.csv", None),
        ("unmapped", "people.csv", "reading"),
    ]
    for lang in LANGUAGES:
        assert all(tell_fault(f, lang) for f in found)


def test_a_mapping_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "old.toml").write_bytes("[rename]\n\"é\" = 'id'".encode("cp1252"))
    (tmp_path / "twice.toml").write_text("[rename]\na = 'id'\na = 'zone'\n", encoding="utf-8")
    for name, code, row in (
        ("none.toml", "workbook.no_file", None),
        ("folder.toml", "workbook.folder", None),
        ("old.toml", "register.mapping_utf8", None),
        ("twice.toml", "register.mapping_toml", 3),
    ):
        with pytest.raises(Faults) as wrong:
            read_mapping(tmp_path / name)
        assert [(f.code, f.row) for f in wrong.value.faults] == [(code, row)]


def test_a_column_that_is_renamed_and_also_there_is_told(tmp_path: Path) -> None:
    ours = mapping(tmp_path, '[rename]\nReads = "reading"\n')
    assert where(csv(tmp_path, "id;Reads;reading\np1;3;3\n"), ours) == {("column_twice", 1, "reading")}


def test_a_heading_of_the_house_goes_before_a_name_of_klaver(tmp_path: Path) -> None:
    """A house may call its column of endurance "pace"; the mapping file decides."""
    ours = mapping(tmp_path, 'ignore = ["reading"]\n[rename]\npace = "endurance"\n')
    found = people(csv(tmp_path, "id;pace;reading\np1;3;anything\n"), ours)
    assert (found.levels[30, 0], found.levels[13, 0], found.levels[1, 0]) == (3, UNKNOWN, UNKNOWN)


def test_what_differs_in_capitals_only_cannot_mean_two_things(tmp_path: Path) -> None:
    ours = mapping(tmp_path, '[rename]\n"Reads" = "reading"\n"READS" = "pace"\n[recode.levels]\na = 1\n" A" = 2\n')
    assert [(f.code, f.values["at"]) for f in ours.wrong] == [
        ("register.mapping_twice", "rename.reads"),
        ("register.mapping_twice", "recode.levels.a"),
    ]
