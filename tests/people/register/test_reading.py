"""A register as CSV: read as people write it, blank is unknown, and whatever could mean two things is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.people.register.made import csv, people, text, where

from klaver.people.columns import CONDITIONS, NOT_KNOWN, UNKNOWN, Columns, profile_of, slot_bit
from klaver.people.register import open_register
from klaver.people.register.csv_file import _TEXT
from klaver.people.register.layout import columns
from klaver.values import Faults

ONE = {
    "id": "p1",
    "reading": 3,
    "lifting": 0,
    "aids": "stool+timer",
    "lang_listening": "A2",
    "lang_speaking": "a1",
    "lang_reading": "none",
    "lang_writing": "-",
    "hours_min": "7,5",
    "hours_max": "19",
    "hours_day_max": "7:30",
    "earliest": "7u30",
    "latest": "17.15",
    "days": "ma, wo",
    "permits": "driving_b",
    "not_wanted": "linen meals",
    "wanted": "cleaning",
    "zone": "9000",
    "means": "bike + car",
}


def condition(found: Columns, name: str, at: int = 0) -> int:
    return int(found.conditions[CONDITIONS.index(name), at])


def test_a_person_is_read_as_it_was_written(tmp_path: Path) -> None:
    person = profile_of(people(csv(tmp_path, [ONE])), 0, source="a test", date="2026-11-24")
    assert {n: a.likely for n, a in person.abilities.items()} == {2: 3, 26: 0}
    assert person.aids == ("stool", "timer")
    assert person.language is not None
    assert list(person.language.model_dump().values()) == ["A2", "A1", "none", "none"]
    assert (person.week_min, person.week_max, person.day_max) == (450, 1140, 450)
    assert (person.earliest, person.latest, person.days) == (450, 1035, (0, 2))
    assert (person.permits, person.excluded_families) == (("driving_b",), ("linen", "meals"))
    assert person.wanted_families == ("cleaning",)
    assert (person.zone, person.means) == ("9000", ("bike", "car"))


def test_what_is_blank_or_has_no_column_is_unknown_and_never_zero(tmp_path: Path) -> None:
    blank = {**dict.fromkeys(ONE, ""), "id": "p1"}
    for rows in ([blank], [{"id": "p1", "reading": ""}]):
        found = people(csv(tmp_path, rows))
        assert (found.levels == UNKNOWN).all()
        assert found.zone[0] == NOT_KNOWN
        assert {condition(found, name) for name in CONDITIONS if name not in ("excluded", "wanted")} == {NOT_KNOWN}
        assert (condition(found, "excluded"), condition(found, "wanted")) == (0, 0)


@pytest.mark.parametrize("sign", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_of_three_signs_may_stand_between_the_cells(tmp_path: Path, sign: str, end: str) -> None:
    rows = [{"id": "p1", "reading": 3, "hours_max": "7.5"}, {"id": "p2", "reading": "", "hours_max": "8"}]
    found = people(csv(tmp_path, text(rows, sign).replace("\n", end)))
    assert found.ids == ("p1", "p2")
    assert found.levels[1].tolist() == [3, UNKNOWN]
    assert found.conditions[CONDITIONS.index("week_max")].tolist() == [450, 480]


def test_a_comma_in_a_number_needs_quotation_marks_between_commas(tmp_path: Path) -> None:
    found = people(csv(tmp_path, 'id,hours_max\np1,"7,5"\np2,8\n'))
    assert found.conditions[CONDITIONS.index("week_max")].tolist() == [450, 480]


def test_the_line_that_excel_writes_for_itself_is_no_heading(tmp_path: Path) -> None:
    path = csv(tmp_path, "sep=,\r\nid,reading\r\np1,3\r\np2,x\r\n")
    assert where(path) == {("level", 4, "reading")}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_letters_may_be_utf8_with_or_without_mark_or_cp1252(tmp_path: Path, encoding: str) -> None:
    path = csv(tmp_path, "id;reading;Préférences\np1;3;\n".encode(encoding))
    assert where(path) == {("unknown_column", 1, "Préférences")}
    path = csv(tmp_path, "ID;reading;parts_mon\n".encode(encoding))
    assert open_register(path).source.header == ("ID", "reading", "parts_mon")
    week = ";".join(f"parts_{d}" for d in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    path = csv(tmp_path, f"id;{week}\np1;après-midi;-;-;-;-;-;soirée\n".encode(encoding))
    assert condition(people(path), "day_parts") == slot_bit(0, "afternoon") | slot_bit(6, "evening")


def test_a_file_that_is_no_text_is_told_how_to_be_saved(tmp_path: Path) -> None:
    for content, code in (
        ("id;reading\n".encode("utf-16"), "register.not_text"),
        (b"id;reading\np1;\x81\n", "register.encoding"),
        (b"", "register.no_headings"),
        (b"\n;\n", "register.no_headings"),
        (b"x;a,b\np1;3\n", "register.delimiter"),
    ):
        with pytest.raises(Faults) as wrong:
            open_register(csv(tmp_path, content))
        assert [f.code for f in wrong.value.faults] == [code]


def test_a_file_with_headings_only_holds_nobody_and_says_so(tmp_path: Path) -> None:
    assert where(csv(tmp_path, "id;reading\n")) == {("nobody", None, None)}
    assert where(csv(tmp_path, "id;reading\n;\n\n")) == {("nobody", None, None)}


def test_a_blank_row_is_nobody_and_keeps_its_number(tmp_path: Path) -> None:
    path = csv(tmp_path, "id;reading\np1;3\n\n;\n ; \np2;4\n")
    assert people(path).ids == ("p1", "p2")
    assert where(csv(tmp_path, "id;reading\np1;3\n\n;\np2;x\n")) == {("level", 5, "reading")}


def test_without_pseudonyms_a_person_is_the_number_of_the_row(tmp_path: Path) -> None:
    path = csv(tmp_path, "reading\n3\n\n4\n")
    assert people(path).ids == ("row-2", "row-4")
    assert people(path, keep_ids=False).ids is None


@pytest.mark.parametrize(
    ("given", "minutes"),
    [
        ("7,5", 450),
        ("7.5", 450),
        ("38", 2280),
        ("0,75", 45),
        ("0,125", 8),
        ("7:36", 456),
        ("7u36", 456),
        ("7.3333", 440),
    ],
)
def test_hours_are_read_with_a_comma_or_a_point(tmp_path: Path, given: str, minutes: int) -> None:
    assert condition(people(csv(tmp_path, [{"id": "p1", "hours_max": given}])), "week_max") == minutes


@pytest.mark.parametrize("given", ["1,234", "1.234", "12,500", "168.000"])
def test_a_number_that_could_be_a_thousand_is_a_mistake(tmp_path: Path, given: str) -> None:
    assert where(csv(tmp_path, [{"id": "p1", "hours_max": given}])) == {("ambiguous", 2, "hours_max")}


WRONG = [
    ("reading", "5", "level"),
    ("reading", "-1", "level"),
    ("reading", "2.5", "level"),
    ("reading", "2024-05-01", "date"),
    ("reading", "#N/A", "error_value"),
    ("reading", "=A1+1", "formula"),
    ("lang_reading", "C2", "step"),
    ("lang_reading", "2", "step"),
    ("hours_min", "veel", "hours"),
    ("hours_min", "-4", "hours"),
    ("hours_min", "1,234.5", "hours"),
    ("hours_max", "169", "hours_many"),
    ("hours_day_max", "24.5", "hours_many"),
    ("earliest", "7.5", "clock"),
    ("earliest", "25:00", "clock_late"),
    ("latest", "49:00", "clock"),
    ("days", "ma", "days"),
    ("days", "0 1", "days"),
    ("aids", "stool,timer", "aids"),
    ("aids", "magic", "aids"),
    ("permits", "rijbewijs (B)", "codes"),
    ("zone", "Veldstraat 1", "zone"),
    ("means", "boat", "means"),
    ("synthetic", "yes", "mark"),
]


@pytest.mark.parametrize(("column", "given", "code"), WRONG)
def test_a_cell_that_does_not_belong_is_told_by_row_and_column(
    tmp_path: Path, column: str, given: str, code: str
) -> None:
    rows = [{"id": "p1", "pace": 2, column: ""}, {"id": "p2", "pace": 2, column: given}]
    if column == "synthetic":
        rows[0][column] = "synthetic"
    assert where(csv(tmp_path, rows)) == {(code, 3, column)}


def test_level_three_may_be_written_as_a_number_with_decimals_of_zero(tmp_path: Path) -> None:
    found = people(csv(tmp_path, "id;reading\np1;3.0\np2;3,00\np3; 3 \n"))
    assert found.levels[1].tolist() == [3, 3, 3]


def test_hours_and_times_must_rise(tmp_path: Path) -> None:
    head = "id;hours_min;hours_max;earliest;latest\n"
    path = csv(tmp_path, head + "p1;20;19;8:00;8:00\np2;19;19;8:00;8:01\np3;;19;;8:00\np4;20;;8:00;\n")
    assert where(path) == {("max_below_min", 2, "hours_max"), ("ends_early", 2, "latest")}
    assert people(csv(tmp_path, head + "p2;19;19;22:00;30:00\n")).count == 1


def week(*cells: str) -> str:
    return "id;" + ";".join(c.name for c in columns().values() if c.kind == "parts") + "\np1;" + ";".join(cells) + "\n"


def test_parts_of_the_day_are_told_in_three_languages(tmp_path: Path) -> None:
    found = people(csv(tmp_path, week("voormiddag namiddag", "matin+soir", "all", "night", "-", "geen", "aucun")))
    expected = [
        ("morning", "afternoon"),
        ("morning", "evening"),
        ("night", "morning", "afternoon", "evening"),
        ("night",),
    ]
    bits = sum(slot_bit(day, part) for day, parts in enumerate(expected) for part in parts)
    assert condition(found, "day_parts") == bits


def test_a_blank_day_beside_a_filled_one_is_a_mistake_and_no_zero(tmp_path: Path) -> None:
    assert where(csv(tmp_path, week("all", "", "-", "-", "", "-", "-"))) == {
        ("parts_blank", 2, "parts_tue"),
        ("parts_blank", 2, "parts_fri"),
    }
    assert where(csv(tmp_path, week(*["-"] * 7))) == {("parts_none", 2, "parts_mon")}
    assert condition(people(csv(tmp_path, week(*[""] * 7))), "day_parts") == NOT_KNOWN
    assert where(csv(tmp_path, week("all", "sometimes", "-", "-", "-", "-", "-"))) == {("parts", 2, "parts_tue")}
    path = csv(tmp_path, "id;parts_mon;parts_sun\np1;all;-\n")
    assert ("parts_columns", 1, None) in where(path)


def test_a_column_that_klaver_does_not_know_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    with pytest.raises(Faults) as wrong:
        list(open_register(csv(tmp_path, "id;raeding;Lezen;Dossier nr\np1;3;3;\n")).parts())
    near = {f.column: f.values["near"] for f in wrong.value.faults}
    assert near == {"raeding": "reading", "Lezen": "reading", "Dossier nr": "-"}


def test_headings_are_known_by_code_number_capitals_and_blanks(tmp_path: Path) -> None:
    found = people(csv(tmp_path, "ID;D02;Fine hands;LANG-READING\np1;3;4;A1\n"))
    assert (found.levels[1, 0], found.levels[29, 0], condition(found, "language_reading")) == (3, 4, 1)


def test_a_file_without_headings_loses_no_person_in_silence_and_repeats_none(tmp_path: Path) -> None:
    for first in ("2;3;4", "Jan Peeters;3;4"):
        with pytest.raises(Faults) as wrong:
            open_register(csv(tmp_path, f"{first}\n2;3;3\n"))
        assert [(f.code, f.column, f.values) for f in wrong.value.faults] == [("register.no_known", None, {})]


def test_a_heading_that_stands_there_twice_is_told(tmp_path: Path) -> None:
    assert where(csv(tmp_path, "id;reading;Reading;d02\np1;3;3;3\n")) == {
        ("column_twice", 1, "Reading"),
        ("column_twice", 1, "d02"),
    }


def test_a_column_without_heading_may_only_be_blank(tmp_path: Path) -> None:
    assert people(csv(tmp_path, "id;reading;\np1;3;\n")).count == 1
    assert where(csv(tmp_path, "id;reading;\np1;3;\np2;3;x\n")) == {("no_heading", 3, "C")}


def test_a_row_with_another_number_of_cells_is_told(tmp_path: Path) -> None:
    path = csv(tmp_path, "id;reading;pace\np1;3;3\np2;3\np3;3;3;\np4;3;3;9\n")
    assert where(path) == {("cells", 3, None), ("cells", 5, None)}


def test_a_quotation_mark_that_is_never_closed_is_told_with_what_came_before_it(tmp_path: Path) -> None:
    path = csv(tmp_path, 'id;reading\np1;9\np2;"3\np3;3\n')
    assert where(path) == {("level", 2, "reading"), ("quote", 3, None)}


def test_a_text_in_quotation_marks_may_hold_signs_and_line_ends(tmp_path: Path) -> None:
    found = people(csv(tmp_path, 'id;reading;aids\n"p1";"3";"stool\ntimer"\np2;4;\n'))
    assert found.levels[1].tolist() == [3, 4]
    assert found.ids == ("p1", "p2")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("85073003328", "id_national"),
        ("85.07.30-033.28", "id_national"),
        ("85 07 30 033 28", "id_national"),
        ("rr-85073003328", "id_national"),
        ("00010100105", "id_national"),
        ("jan.peeters@example.be", "id_mail"),
        ("Jan Peeters", "id_name"),
        ("p#1", "id_code"),
        ("_p1", "id_code"),
        ("x" * 41, "id_code"),
        ("", "id_blank"),
    ],
)
def test_a_pseudonym_by_which_a_person_is_known_is_refused_and_never_repeated(
    tmp_path: Path, given: str, code: str
) -> None:
    path = csv(tmp_path, [{"id": "p1", "reading": 3}, {"id": given, "reading": 3}])
    assert where(path) == {(code, 3, "id")}
    with pytest.raises(Faults) as wrong:
        list(open_register(path).parts())
    assert not given or given not in str([f.model_dump() for f in wrong.value.faults])


def test_eleven_digits_that_check_nothing_are_a_pseudonym(tmp_path: Path) -> None:
    ids = ("85073003329", "12345678901", "a" * 40, "f3c1-0093")
    assert people(csv(tmp_path, [{"id": i, "reading": 3} for i in ids])).ids == ids


def test_a_pseudonym_that_stands_there_twice_is_told_with_the_first_row(tmp_path: Path) -> None:
    path = csv(tmp_path, "id;reading\np1;3\np2;3\np1;3\n p1 ;3\n")
    with pytest.raises(Faults) as wrong:
        list(open_register(path).parts())
    assert [(f.code, f.row, f.values) for f in wrong.value.faults] == [
        ("register.id_twice", 4, {"first": 2}),
        ("register.id_twice", 5, {"first": 2}),
    ]


def test_parts_are_bounded_and_hold_everybody_once(tmp_path: Path) -> None:
    rows = "".join(f"p{n};{n % 5}\n" for n in range(500_000))
    path = csv(tmp_path, "id;reading\n" + rows)
    assert len(rows) > 2 * _TEXT
    told: list[int] = []
    parts = list(open_register(path).parts(size=150_000, tell=told.append))
    assert all(150_000 <= part.count < 150_000 + _TEXT // 3 for part in parts[:-1])
    assert [i for part in parts for i in part.ids or ()] == [f"p{n}" for n in range(500_000)]
    assert told == sorted(told) and told[-1] == 500_000


def test_reading_can_be_stopped_halfway(tmp_path: Path) -> None:
    path = csv(tmp_path, "id;reading\n" + "".join(f"p{n};3\n" for n in range(600_000)))
    seen = []

    def stop(rows: int) -> None:
        seen.append(rows)
        if rows > 300_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(open_register(path).parts(tell=stop))
    assert seen[-1] < 600_000


def test_from_the_first_mistake_on_nobody_is_handed_out(tmp_path: Path) -> None:
    rows = "".join(f"p{n};3\n" for n in range(400_000))
    path = csv(tmp_path, "id;reading\n" + rows + "x;9\n" + rows.replace("p", "q"))
    handed = []
    with pytest.raises(Faults) as wrong:
        for part in open_register(path).parts(size=1):
            handed.append(part.count)
    assert sum(handed) <= 400_000
    assert [(f.code, f.row) for f in wrong.value.faults] == [("register.level", 400_002)]
    path = csv(tmp_path, "id;raeding\n" + rows)
    handed.clear()
    with pytest.raises(Faults):
        handed.extend(part.count for part in open_register(path).parts(size=1))
    assert not handed


def test_a_million_wrong_cells_are_counted_and_only_the_first_are_named(tmp_path: Path) -> None:
    path = csv(tmp_path, "id;reading\n" + "".join(f"p{n};x{n}\n" for n in range(100_000)))
    with pytest.raises(Faults) as wrong:
        list(open_register(path).parts())
    *named, rest = wrong.value.faults
    assert [f.row for f in named] == list(range(2, 102))
    assert (rest.code, rest.values, rest.column) == ("register.more", {"count": 99_900}, "reading")


def test_free_text_is_never_repeated(tmp_path: Path) -> None:
    secret = "autisme-van-Jan"
    rows = [{name: secret for name in (*ONE, "reading", "synthetic") if name != "id"} | {"id": "p1"}]
    with pytest.raises(Faults) as wrong:
        list(open_register(csv(tmp_path, rows)).parts())
    assert len(wrong.value.faults) >= len(ONE) - 5
    assert secret not in str([f.model_dump() for f in wrong.value.faults])


def test_a_column_holds_as_many_different_codes_and_zones_as_can_be_kept_and_says_when_there_are_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = [{"id": f"p{n}", "permits": f"c{n}", "not_wanted": f"f{n}"} for n in range(31)]
    assert people(csv(tmp_path, full)).count == 31
    more = [*full, {"id": "x", "permits": "c31 c1", "not_wanted": "f30"}, {"id": "y", "permits": "c1"}]
    assert where(csv(tmp_path, more)) == {("many_codes", 33, "permits")}
    monkeypatch.setattr("klaver.people.register.cells.MOST_ZONES", 2)
    zones = [{"id": f"p{n}", "zone": zone} for n, zone in enumerate("abcab")]
    assert where(csv(tmp_path, zones)) == {("many_zones", 4, "zone")}


def test_more_different_texts_than_are_remembered_are_still_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("klaver.people.register.lookup.REMEMBERED", 3)
    rows = [{"id": f"p{n}", "hours_max": n, "reading": n} for n in range(5)]
    found = people(csv(tmp_path, rows))
    assert found.conditions[CONDITIONS.index("week_max")].tolist() == [0, 60, 120, 180, 240]
    assert found.levels[1].tolist() == [0, 1, 2, 3, 4]


def test_the_last_line_may_have_no_end(tmp_path: Path) -> None:
    assert people(csv(tmp_path, "id;reading\np1;3\np2;4")).levels[1].tolist() == [3, 4]


def test_a_text_that_is_longer_than_any_cell_is_told_and_read_no_further(tmp_path: Path) -> None:
    path = csv(tmp_path, "id;reading\np1;9\np2;3;4\np3;" + "x" * 140_000 + "\np4;9\n")
    assert where(path) == {("level", 2, "reading"), ("cells", 3, None), ("quote", 4, None)}


def test_headings_may_stand_in_quotation_marks_and_hold_a_sign(tmp_path: Path) -> None:
    path = csv(tmp_path, '"id";"Remarks; more";"reading"\np1;;3\n')
    assert where(path) == {("unknown_column", 1, "Remarks; more")}
    with pytest.raises(Faults) as wrong:
        open_register(csv(tmp_path, '"id" x;"a\n'))
    assert [f.code for f in wrong.value.faults] == ["register.no_headings"]


def test_a_file_that_is_not_there_or_no_register_says_so(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for name, code in (
        ("none.csv", "workbook.no_file"),
        ("people.json", "register.ending"),
        ("folder.csv", "workbook.folder"),
    ):
        with pytest.raises(Faults) as wrong:
            open_register(tmp_path / name)
        assert [f.code for f in wrong.value.faults] == [code]
