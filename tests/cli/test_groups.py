"""A job for each person of a group, as it is typed: the designs without people, and whose each job is apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.test_commands import run
from tests.design.cases import task, workplace
from tests.matching.test_doors import person

from klaver.cli import groups
from klaver.design.solve.conflict import Conflict
from klaver.design.solve.seats import Unseated
from klaver.design.solve.wishes import Wish
from klaver.people import Profile
from klaver.work.records import Wishes
from klaver.work.workbook import write_workplace


def people(folder: Path, *group: Profile) -> Path:
    path = folder / "people.json"
    path.write_text(json.dumps([p.model_dump(mode="json") for p in group]))
    return path


def place(folder: Path) -> Path:
    """A workplace with work in the morning and in the evening, enough of each for one short job."""
    wide = {"contact": "colleagues", "learning": True, "posture": "mixed"}
    kinds = ("meals", "linen", "people", "stock")
    tasks = [
        task(f"{part}-{kind}", 60, (1,) * 5 + (0, 0), family=kind, window={"start": a, "end": b}, **wide)
        for part, a, b in (("am", 450, 760), ("pm", 900, 1190))
        for kind in kinds
    ]
    case = folder / "case.xlsx"
    write_workplace(workplace(*tasks, wishes=Wishes(week_min=760, week_max=1500)), case, "en")
    return case


EARLY, LATE = person(id="early-1", latest=800), person(id="late-1", earliest=850)
SETTING = ("--lang", "en", "--date", "2026-11-24", "--rounds", 1, "--alternatives", 2)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path, str]:
    """A design for two persons, made once."""
    folder = tmp_path_factory.mktemp("group")
    case, file, out = place(folder), people(folder, LATE, EARLY), folder / "out"
    code, told = run("design", case, "--out", out, "--people", file, "--for", "late-1", "--for", "early-1", *SETTING)
    assert code == 0, told
    return case, file, out, told


def test_who_holds_which_job_is_told_and_kept_apart_from_the_designs(made: tuple[Path, Path, Path, str]) -> None:
    _, _, out, told = made
    assert "late-1 (Open" in told
    assert "is no part of the design that you share" in told
    for path in out.iterdir():
        if path.is_file():
            assert b"late-1" not in path.read_bytes(), path.name
    kept = json.loads((out / "people" / "holders-1.json").read_text())
    assert {s["person"] for s in kept["seats"]} == {"late-1", "early-1"}


def test_a_design_of_a_group_is_judged_and_made_again_with_its_document(made: tuple[Path, Path, Path, str]) -> None:
    case, file, out, _ = made
    beside = ("--people", file, "--holders", out / "people" / "holders-1.json", "--lang", "en")
    assert run("verify", out / "design-1.json", case, *beside)[0] == 0
    assert run("replay", out / "design-1.json", case, *beside)[0] == 0
    kept = json.loads((out / "people" / "holders-1.json").read_text())
    for one, other in zip(kept["seats"], kept["seats"][::-1], strict=True):
        one["turned"] = other["person"]
    for seat in kept["seats"]:
        seat["person"] = seat.pop("turned")
    turned = file.with_name("turned.json")
    turned.write_text(json.dumps(kept))
    code, told = run("verify", out / "design-1.json", case, "--people", file, "--holders", turned, "--lang", "en")
    assert code == 3
    assert "early-1" in told
    turned.write_text("{}")
    code, told = run("verify", out / "design-1.json", case, "--people", file, "--holders", turned, "--lang", "en")
    assert (code, "not a document about who holds which job" in told) == (2, True)


def test_everybody_of_a_file_can_be_asked_at_once(made: tuple[Path, Path, Path, str], tmp_path: Path) -> None:
    case, file, _, _ = made
    code, told = run("design", case, "--out", tmp_path, "--for-all", file, *SETTING, "--json")
    assert code == 0, told
    assert {a["jobs"] for a in json.loads(told)["alternatives"]} == {2}


def test_whoever_fits_no_job_is_named_and_why(made: tuple[Path, Path, Path, str], tmp_path: Path) -> None:
    case = made[0]
    file = people(tmp_path, EARLY, person(id="night-1", earliest=1300))
    asked = ("design", case, "--out", tmp_path / "out", "--for-all", file, *SETTING)
    code, told = run(*asked)
    assert code == 3
    assert "For night-1 there is no job at all" in told
    assert "night-1: start or end time" in told
    assert "early-1" not in told
    code, told = run(*asked, "--json")
    assert code == 3
    assert [a["person"] for a in json.loads(told)["alone"]] == ["night-1"]


def test_persons_who_cannot_have_a_job_at_the_same_time_are_named_together(capsys: pytest.CaptureFixture[str]) -> None:
    clash = Conflict((Wish("week_min", "760", "week_min"),), True, None)
    for sure, says in ((True, "Without any one of them it can."), (False, "They may be fewer")):
        groups._tell_unseated(Unseated((), (EARLY, LATE), sure, clash), {}, "en")
        told = capsys.readouterr().out
        assert "cannot be done together for: early-1, late-1." in told
        assert says in told
        assert "at least 12.7" in told
    groups._tell_unseated(Unseated(()), {}, "en")
    assert "--limit" in capsys.readouterr().out


def test_a_group_that_cannot_be_read_is_told_before_anything_is_searched(
    made: tuple[Path, Path, Path, str], tmp_path: Path
) -> None:
    case, file, _, _ = made
    start = ("design", case, "--out", tmp_path / "out", "--people", file, "--lang", "en")
    for words, says in (
        (("--for", "late-1", "--for", "nobody"), "'nobody' is not in the file"),
        (("--for", "late-1", "--for", "late-1"), "stands there twice"),
        (("--for", "late-1", "--for", "early-1", "--jobs", 3), "here that makes 2, not 3"),
    ):
        code, told = run(*start, *words)
        assert code == 2
        assert says in told.replace("\n", " ")
    none = tmp_path / "none.json"
    none.write_text("[]")
    assert run("design", case, "--out", tmp_path / "out", "--for-all", none, "--lang", "en")[0] == 2
