"""A file of an organisation's own profiles: read whole, or refused with every mistake and without repeating it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from klaver.language import LANGUAGES, tell_fault
from klaver.people import aids, for_design, profiles, read_people
from klaver.people.records import Profile
from klaver.values import Fault, Faults

SECRET = "autisme van Jan Peeters"

GOOD: dict[str, Any] = {
    "id": "p7",
    "kind": "person",
    "abilities": {"1": {"low": 2, "likely": 2, "high": 2}},
    "source": "the person",
    "date": "2026-11-24",
}


def write(folder: Path, data: object) -> Path:
    path = folder / "people.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def mistakes(folder: Path, data: object) -> tuple[Fault, ...]:
    with pytest.raises(Faults) as wrong:
        read_people(write(folder, data))
    return wrong.value.faults


def test_profiles_come_back_as_they_were_written(tmp_path: Path) -> None:
    path = write(tmp_path, "[" + ",".join(p.to_json() for p in profiles()) + "]")
    assert read_people(path) == profiles()
    assert read_people(write(tmp_path, profiles()[0].to_json())) == profiles()[:1]
    path.write_bytes(b"\xef\xbb\xbf" + profiles()[0].to_json().encode())
    assert read_people(path) == profiles()[:1]


def test_what_is_left_out_is_not_known(tmp_path: Path) -> None:
    (found,) = read_people(write(tmp_path, GOOD))
    assert [found.week_min, found.week_max, found.day_max, found.days, found.earliest, found.latest] == [None] * 6
    assert (found.language, found.permits, found.travel) == (None, None, None)
    assert found.name_in("nl") == "p7"


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"id": SECRET}, "people.expect_id", "id"),
    ({"kind": SECRET}, "people.expect_kind", "kind"),
    ({"names": {"nl": SECRET}}, "people.expect_names", "names"),
    ({"about": {"nl": SECRET}}, "people.expect_about", "about"),
    ({"kind": "group", "names": {SECRET: "x"}}, "people.expect_names", "names ?"),
    ({"kind": "group", "names": {"nl": ""}}, "people.expect_names", "names nl"),
    ({"abilities": {SECRET: {"low": 1, "likely": 1, "high": 1}}}, "people.expect_abilities", "abilities ?"),
    ({"abilities": {"37": {"low": 1, "likely": 1, "high": 1}}}, "people.expect_abilities", "abilities 37"),
    ({"abilities": {"1": {"low": 3, "likely": 1, "high": 4}}}, "people.expect_abilities", "abilities 1 likely"),
    ({"abilities": {"1": {"low": 1, "likely": 3, "high": 2}}}, "people.expect_abilities", "abilities 1 high"),
    ({"abilities": {"1": {"low": 1, "likely": 1, "high": 9}}}, "people.expect_abilities", "abilities 1 high"),
    ({"abilities": {"1": {"low": SECRET, "likely": 1, "high": 1}}}, "people.expect_abilities", "abilities 1 low"),
    ({"aids": [SECRET]}, "people.expect_aids", "aids (1)"),
    ({"aids": ["stool", "magic"]}, "people.expect_aids", "aids (2)"),
    ({"aids": ["stool", "stool"]}, "people.expect_aids", "aids"),
    ({"language": {"listening": SECRET}}, "people.expect_language", "language listening"),
    ({"language": {"listening": "A1"}}, "people.expect_language", "language speaking"),
    ({"week_min": -1}, "people.expect_week_min", "week_min"),
    ({"week_min": 600, "week_max": 599}, "people.expect_week_max", "week_max"),
    ({"week_max": 7.5}, "people.expect_week_max", "week_max"),
    ({"day_max": SECRET}, "people.expect_day_max", "day_max"),
    ({"days": [0, 1, 0]}, "people.expect_days", "days"),
    ({"days": []}, "people.expect_days", "days"),
    ({"days": [0, 7]}, "people.expect_days", "days (2)"),
    ({"earliest": 1441}, "people.expect_earliest", "earliest"),
    ({"earliest": 600, "latest": 600}, "people.expect_latest", "latest"),
    ({"permits": [SECRET]}, "people.expect_permits", "permits (1)"),
    ({"permits": ["B", "B"]}, "people.expect_permits", "permits"),
    ({"excluded_families": [SECRET]}, "people.expect_excluded_families", "excluded_families (1)"),
    ({"travel": SECRET}, "people.expect_travel", "travel"),
    ({"source": ""}, "people.expect_source", "source"),
    ({"date": "2026-13-01"}, "people.expect_date", "date"),
    ({"date": "20261124"}, "people.expect_date", "date"),
    ({"schema_id": "klaver/profile/9"}, "people.expect_schema_id", "schema_id"),
]


@pytest.mark.parametrize(("bent", "code", "where"), WRONG, ids=lambda v: str(v)[:40])
def test_a_mistake_is_told_by_its_place_and_what_belongs_there(
    tmp_path: Path, bent: dict[str, Any], code: str, where: str
) -> None:
    found = mistakes(tmp_path, [GOOD | {"id": "p1"}, GOOD | bent])
    assert (code, 2, where) in [(f.code, f.values["number"], f.values["where"]) for f in found]
    for lang in LANGUAGES:
        assert all(SECRET not in tell_fault(f, lang) for f in found)
    assert SECRET not in repr(found)


def test_a_field_that_klaver_does_not_know_is_told_by_its_position(tmp_path: Path) -> None:
    inner = {"low": 1, "likely": 1, "high": 1, SECRET: SECRET}
    outer, deep = mistakes(tmp_path, [GOOD | {SECRET: 1}, GOOD | {"id": "p8", "abilities": {"4": inner}}])
    assert (outer.code, outer.values["where"], outer.values["position"]) == ("people.unknown_field", "-", 6)
    assert (deep.values["where"], deep.values["position"]) == ("abilities 4", 4)
    assert SECRET not in repr((outer, deep))


def test_every_mistake_of_a_file_is_told_at_once_and_once(tmp_path: Path) -> None:
    bad = {**GOOD, "week_min": 9, "week_max": 3, "earliest": 9, "latest": 3, "days": [1, 1], "date": "soon"}
    found = mistakes(tmp_path, [GOOD, bad, 7, "x", None, GOOD])
    assert [(f.values.get("number"), f.code.removeprefix("people.")) for f in found] == [
        (2, "expect_week_max"),
        (2, "expect_days"),
        (2, "expect_latest"),
        (2, "expect_date"),
        (3, "expect_profile"),
        (4, "expect_profile"),
        (5, "expect_profile"),
        (None, "twice"),
    ]
    assert found[-1].values == {"numbers": "1, 2, 6"}
    assert {f.file for f in found} == {"people.json"}


def test_what_is_missing_is_told_by_its_place(tmp_path: Path) -> None:
    found = mistakes(tmp_path, {})
    assert [f.values["where"] for f in found] == ["id", "kind", "source", "date"]


def test_a_field_that_stands_there_twice_is_not_read_in_silence(tmp_path: Path) -> None:
    text = json.dumps(GOOD)
    twice = mistakes(tmp_path, text.replace('"low": 2', '"low": 2, "low": 0').replace('{"id"', '{"id": "a", "id"', 1))
    assert [(f.code, f.values["where"]) for f in twice] == [
        ("people.field_twice", "-"),
        ("people.field_twice", "abilities 1"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "people.no_file"),
        (b"\xff\xfe\x00", "people.not_utf8"),
        (b"{", "people.not_json"),
        (b"", "people.not_json"),
        (b"[]", "people.no_profile"),
        (b"12", "people.no_profile"),
        (b'"autisme"', "people.no_profile"),
        (b"null", "people.no_profile"),
        (b"9" * 5000, "people.no_profile"),
        (b"[" * 100_000, "people.no_profile"),
    ],
)
def test_a_file_without_a_profile_is_refused_with_what_to_do(tmp_path: Path, content: bytes | None, code: str) -> None:
    path = tmp_path / "people.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Faults) as wrong:
        read_people(path)
    (found,) = wrong.value.faults
    assert found.code == code
    assert all("autisme" not in tell_fault(found, lang) for lang in LANGUAGES)


def test_a_deep_or_odd_document_ends_in_a_mistake_and_not_in_a_fault_of_klaver(tmp_path: Path) -> None:
    nested: Any = 1
    for _ in range(300):
        nested = {"a": nested}
    assert mistakes(tmp_path, GOOD | {"abilities": nested})
    assert mistakes(tmp_path, '[{"id": "\\ud800"}]')


@pytest.mark.parametrize("field", Profile.model_fields)
def test_every_field_says_what_belongs_there(field: str) -> None:
    fault = Fault(code=f"people.expect_{field}", values={"number": 1, "where": field, "known": "stool"})
    assert len({tell_fault(fault, lang) for lang in LANGUAGES}) == 3


def person(ident: str) -> Profile:
    return Profile.model_validate_json(json.dumps(GOOD | {"id": ident}))


def test_a_design_for_nobody_in_particular_says_nothing_of_a_person() -> None:
    group = profiles()[3]
    assert for_design([person("p1"), group, person("p2")], None) == (group,)
    assert for_design([person("p1")], None) == profiles()


def test_a_design_for_a_person_looks_at_that_person_and_at_groups() -> None:
    group = profiles()[3]
    assert for_design([person("p1"), group, person("p2")], "p2") == (group, person("p2"))
    assert for_design([person("p1")], "p9") == profiles()
    assert [p.kind for p in for_design([person("low-endurance")], "low-endurance")].count("person") == 1


def test_the_aids_of_the_shipped_profiles_exist() -> None:
    assert all(set(p.aids) <= set(aids()) for p in profiles())
