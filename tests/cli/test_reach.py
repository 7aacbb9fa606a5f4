"""The commands about people: for whom, what keeps out, whom to ask what, everyone in groups; never a small count."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from tests.cli.test_commands import run
from tests.design.cases import ward

from klaver.people import profiles
from klaver.people.register.writing import write_synthetic
from klaver.work.workbook import write_workplace

PERSON = {
    "id": "k7",
    "kind": "person",
    "abilities": {str(n): {"low": 3, "likely": 3, "high": 3} for n in range(1, 37) if n not in (7, 10)},
    "wanted_families": ["meals"],
    "source": "coach",
    "date": "2026-11-25",
}
TRAVEL = "from_zone;to_zone;means\nz001;z010;bike car\nz002;z010;car\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small ward with designs, a person, a register of people who do not exist, and a travel table."""
    found = tmp_path_factory.mktemp("reach")
    place = ward().model_copy(update={"synthetic": True})
    write_workplace(place, found / "ward.xlsx", "en")
    code, told = run(
        "design", found / "ward.xlsx", "--out", found, "--rounds", 1, "--lang", "en", "--date", "2026-11-24"
    )
    assert code == 0, told
    (found / "people.json").write_text(json.dumps([PERSON, {**PERSON, "id": "k8"}]), encoding="utf-8")
    (found / "travel.csv").write_text(TRAVEL, encoding="utf-8")
    write_synthetic("mixed", 300, 1, found / "people.csv")
    return found


def data(*words: object) -> dict:
    code, told = run(*words, "--json")
    assert code == 0, told
    return json.loads(told)


@pytest.mark.parametrize("lang", ["nl", "fr", "en"])
def test_reach_tells_every_group_what_is_in_the_way_and_what_one_change_opens(folder: Path, lang: str) -> None:
    code, told = run("reach", folder / "design-1.json", "--lang", lang)
    assert code == 0, told
    flat = " ".join(told.split())
    assert all(p.names[lang].split()[0] in flat for p in profiles())  # type: ignore[index]
    found = data("reach", folder / "design-1.json")
    for job in found.values():
        assert len(job["doors"]) == len(profiles())
        for change in job["changes"]:
            assert change["opens"] and (change["aid"] is None) != (change["dimension"] is None)


def test_counts_of_a_register_come_in_bands_and_in_order(folder: Path) -> None:
    found = data("reach", folder / "design-1.json", "--people", folder / "people.csv", "--support", 3)
    assert found["people"] == [300, 300] and found["synthetic"]
    for job in found["jobs"].values():
        assert set(job) == {"now", "aided", "supported", "learning"}
        for ends in job.values():
            for low, high in ends.values():
                assert low % 5 == 0 and high == low + 4
            assert ends["sure"][0] <= ends["possible"][0]
        assert job["now"]["sure"][0] <= min(job["aided"]["sure"][0], job["supported"]["sure"][0])
    assert "together" not in found, "a sum of overlapping groups beside its parts shows a small one"
    for changes in found["changes"].values():
        lows = [c["then"][0] for c in changes]
        assert lows == sorted(lows, reverse=True)
        assert all(c["then"][0] > c["now"][0] for c in changes)
    code, told = run("reach", folder / "design-1.json", "--people", folder / "people.csv", "--lang", "nl")
    assert code == 0
    assert "VERZONNEN MENSEN" in told


def test_csv_holds_the_same_bands_as_json(folder: Path) -> None:
    words = ("reach", folder / "design-1.json", "--people", folder / "people.csv")
    rows = list(csv.DictReader(io.StringIO(run(*words, "--csv")[1]), delimiter=";"))
    found = data(*words)["jobs"]
    assert [(int(r["sure_low"]), int(r["sure_high"])) for r in rows] == [
        tuple(found[r["job"]][r["what"]]["sure"]) for r in rows
    ]


@pytest.mark.parametrize("people", [None, "people.csv"])
def test_blockers_tell_for_how_many_a_job_is_open_without_each(folder: Path, people: str | None) -> None:
    words = ["blockers", folder / "design-1.json", *(["--people", folder / people] if people else [])]
    found = data(*words)["blockers"]
    lows = [r["without"] if people is None else r["without"][0] for r in found]
    nows = [r["now"] if people is None else r["now"][0] for r in found]
    assert all(without >= now for without, now in zip(lows, nows, strict=True))
    assert run(*words, "--lang", "fr")[0] == 0
    assert run(*words, "--csv")[1].startswith("job;code;dimension;level;now;asked;without;lower")


def test_people_who_do_not_exist_are_no_evidence_for_a_workplace_that_does(folder: Path, tmp_path: Path) -> None:
    receipt = json.loads((folder / "receipt.json").read_text(encoding="utf-8"))
    receipt["workplace"]["synthetic"] = False
    (tmp_path / "receipt.json").write_text(json.dumps(receipt), encoding="utf-8")
    (tmp_path / "design-1.json").write_bytes((folder / "design-1.json").read_bytes())
    code, told = run("reach", tmp_path / "design-1.json", "--people", folder / "people.csv", "--lang", "en")
    assert code == 2
    assert "people.csv" in told


def test_only_what_is_not_known_is_asked_and_it_fits_on_half_a_page(folder: Path) -> None:
    words = ("questions", folder / "design-1.json", "--people", folder / "people.json", "--person", "k7")
    code, told = run(*words, "--lang", "en", "--job", "job-1")
    assert code == 0
    assert len(told.splitlines()) <= 30
    asked = data(*words, "--job", "job-1")["job-1"]
    assert {q["dimension"] for q in asked if q["of"] == "person"} <= {None, 7, 10}
    assert "week" in {q["code"] for q in asked}
    assert run(*words, "--csv")[1].startswith("job;of;question")


def test_everyone_is_in_a_group_and_a_person_sees_jobs_in_the_own_order(folder: Path) -> None:
    words = ("match", folder / "design-1.json", "--people", folder / "people.csv")
    groups = data(*words, "--seed", 5)
    assert groups == data(*words, "--seed", 5), "a draw can be repeated"
    assert groups["synthetic"]
    for of in groups["jobs"].values():
        assert sum(map(len, of.values())) == 300
        assert all(b["has"] is None for several in of.values() for one in several for b in one["barriers"])
    assert "syn-000001" in run(*words, "--lang", "nl")[1]
    assert run(*words, "--csv")[1].startswith("job;group;person")
    one = ("match", folder / "design-1.json", "--people", folder / "people.json", "--person", "k7")
    near = ("--travel", folder / "travel.csv", "--zone", "z010")
    for order in (("wish",), ("travel", *near), ("fewest_gaps",)):
        code, told = run(*one, "--order", *order)
        assert code == 0, told
    code, told = run(*one, "--job", "job-1", "--lang", "en")
    assert code == 0
    assert "fits" in told and "to be asked" in told
    assert run(*one, "--job", "job-1", "--csv")[1].startswith("asked;fit")


def test_people_in_a_file_of_profiles_are_counted_in_bands_and_never_called_a_description(folder: Path) -> None:
    many = [{**PERSON, "id": f"k{n}"} for n in range(60)]
    (folder / "sixty.json").write_text(json.dumps(many), encoding="utf-8")
    words = ("--people", folder / "sixty.json")
    found = data("reach", folder / "design-1.json", *words, "--support", 2)
    assert found["people"] == [60, 64]
    assert data("blockers", folder / "design-1.json", *words)["people"] == [60, 64]
    code, told = run("blockers", folder / "design-1.json", "--people", folder / "people.json", "--lang", "en")
    assert code == 0
    assert "fewer than 50" in told and "written descriptions" not in told


def test_travel_counts_when_a_table_and_a_zone_are_given(folder: Path) -> None:
    words = ("reach", folder / "design-1.json", "--people", folder / "people.csv")
    free = data(*words)["jobs"]
    far = data(*words, "--travel", folder / "travel.csv", "--zone", "z010")["jobs"]
    assert all(far[j]["now"]["sure"][0] <= free[j]["now"]["sure"][0] for j in free)


@pytest.mark.parametrize(
    "words",
    [
        ("reach", "--job", "job-9"),
        ("reach", "--zone", "z010"),
        ("reach", "--people", "people.csv", "--engine", "abacus"),
        ("reach", "--people", "nowhere.csv"),
        ("reach", "--support", "3"),
        ("match", "--people", "people.json", "--order", "travel"),
        ("questions",),
        ("questions", "--people", "people.json", "--person", "nobody"),
        ("match",),
        ("match", "--people", "people.json", "--person", "k7", "--order", "salary"),
    ],
)
def test_a_mistake_is_told_with_its_remedy_and_no_traceback(folder: Path, words: tuple[str, ...]) -> None:
    command, *rest = words
    given = [folder / w if w.endswith((".csv", ".json")) else w for w in rest]
    code, told = run(command, folder / "design-1.json", *given, "--lang", "en")
    assert code == 2
    assert told.strip() and "Traceback" not in told
