"""The commands, as a person types them, from a start to a verified and replayed design."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from tests.design.cases import ward
from tests.design.reference import example_job, whole_ward
from tests.documents.cases import asked, design, long_job
from tests.documents.cases import ward as small
from typer.testing import CliRunner

from klaver.cli.main import app
from klaver.design.records import Breach, Objective
from klaver.design.why.records import Reason
from klaver.design.why.task import grouped
from klaver.documents.whynot import tell_reason
from klaver.language import Language, day_name
from klaver.values import Range, Weekday
from klaver.work.records import Legal, Wishes
from klaver.work.starters import settings
from klaver.work.workbook import write_workplace

runner = CliRunner()


def run(*words: object) -> tuple[int, str]:
    """Run a command; return its exit code and everything it printed."""
    result = runner.invoke(app, [str(w) for w in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A small ward and its designs, made once."""
    folder = tmp_path_factory.mktemp("ward")
    case, out = folder / "ward.xlsx", folder / "out"
    write_workplace(ward(), case, "en")
    code, told = run("design", case, "--out", out, "--rounds", 1, "--lang", "en", "--date", "2026-11-24")
    assert code == 0, told
    assert "report.pdf" in told
    return case, out


def test_a_design_holds_for_the_checker_and_is_made_again_to_the_letter(made: tuple[Path, Path]) -> None:
    case, out = made
    for file in sorted(out.glob("design-*.json")):
        assert run("verify", file, case, "--lang", "en")[0] == 0
    code, told = run("replay", out / "design-1.json", case, "--lang", "en")
    assert (code, told.strip()) == (0, "The same, to the letter.")


def test_a_design_is_made_again_from_its_folder_alone_and_a_difference_is_placed(
    made: tuple[Path, Path], tmp_path: Path
) -> None:
    _, out = made
    for name in ("design-1.json", "receipt.json"):
        shutil.copy(out / name, tmp_path)
    data = json.loads((tmp_path / "design-1.json").read_text())
    data["receipt"]["seed"] += 1
    data["receipt"]["searches"][0]["values"][0] = -1
    (tmp_path / "design-1.json").write_text(json.dumps(data))
    code, told = run("replay", tmp_path / "design-1.json", "--lang", "en", "--json")
    assert (code, json.loads(told)) == (3, {"same": False, "differs_at_round": 1})
    (tmp_path / "receipt.json").write_text("{}")
    code, told = run("replay", tmp_path / "design-1.json", "--lang", "en")
    assert code == 2
    assert "receipt.json" in told


def test_a_changed_design_is_caught_and_told(made: tuple[Path, Path], tmp_path: Path) -> None:
    case, out = made
    data = json.loads((out / "design-1.json").read_text())
    data["jobs"][0]["shifts"][0]["entries"][0]["start"] -= 200
    data["values"]["relief"] += 60
    bent = tmp_path / "bent.json"
    bent.write_text(json.dumps(data))
    code, told = run("verify", bent, case, "--json")
    codes = {b["code"] for b in json.loads(told)["breaches"]}
    assert code == 3
    assert {"rule.wrong_length", "rule.value_claimed"} <= codes
    assert run("verify", bent, case, "--lang", "nl")[0] == 3


def test_a_design_of_another_workplace_is_refused(made: tuple[Path, Path], tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    write_workplace(ward().model_copy(update={"name": "other"}), other, "en")
    code, told = run("verify", made[1] / "design-1.json", other, "--lang", "en")
    assert code == 3
    assert "another version" in told


def test_explain_compare_and_json_answer(made: tuple[Path, Path]) -> None:
    case, out = made
    code, told = run("explain", out / "design-1.json", case, "--lang", "en")
    assert code == 0
    assert "reserved by law" in told
    code, told = run("explain", out / "design-1.json", case, "--task", "N1", "--task", "T13", "--json", "--lang", "fr")
    assert [r["told"] for r in json.loads(told)["tasks"]["N1"]["reasons"]] == ["réservée par la loi"]
    files = sorted(out.glob("design-*.json"))
    assert run("compare", *files, "--lang", "nl")[0] == 0
    assert len(json.loads(run("compare", *files, "--json")[1])) == len(files)
    assert run("explain", out / "design-1.json", case, "--task", "X9")[0] == 2


@pytest.mark.parametrize("lang", ["nl", "fr", "en"])
def test_a_reason_is_told_once_with_its_days_and_the_mildest_figure(lang: Language) -> None:
    long = [
        Breach(rule="hours", code="rule.week_long", values={"found": m, "limit": 1500}, job="job-1")
        for m in (1561, 1538)
    ]
    told = grouped(
        [
            Reason("why.breaks", "job-1", (d,), breaches=(b,))
            for d, b in zip((Weekday.MONDAY, Weekday.FRIDAY), long, strict=True)
        ]
    )
    (sentence,) = [tell_reason(r, lang) for r in told]
    assert "1538" in sentence and "1561" not in sentence
    assert sentence.count("job-1") == 1
    assert all(day_name(d, lang, short=True) in sentence for d in (Weekday.MONDAY, Weekday.FRIDAY))
    other = Reason("why.breaks", "job-1", (Weekday.MONDAY,), breaches=(long[0].model_copy(update={"job": "job-2"}),))
    assert "job-2: " in tell_reason(other, lang)


@pytest.mark.parametrize("jobs", [1, 3, 4])
@pytest.mark.parametrize("lang", ["nl", "fr", "en"])
def test_alternatives_stand_side_by_side_on_a_screen_of_80_columns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, jobs: int
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    relief, many = Range(low=-600, likely=3000, high=5900), [long_job()] * jobs
    aims = [*Objective]
    stored = [design(asked(small()), *many, best=(aim,), relief=relief) for aim in aims]
    stored[0] = design(asked(small()), *many, best=tuple(aims), relief=relief)
    files = [tmp_path / f"{i}.json" for i in range(len(stored))]
    for file, found in zip(files, stored, strict=True):
        file.write_text(found.to_json(), encoding="utf-8")
    code, told = run("compare", *files, "--lang", lang)
    lines = told.splitlines()
    assert code == 0
    assert max(map(len, lines)) <= 80
    assert [line.split()[0] for line in lines[1:5]] == ["1", "2", "3", "4"]
    assert all("-10" in line and "98" in line for line in lines[1:5])
    assert sum(line.startswith(("  2: ", "  3: ", "  4: ")) and line.endswith(")") for line in lines) == 3


@pytest.mark.parametrize("lang", ["nl", "fr", "en"])
def test_the_report_says_sketch_or_example_on_every_page(made: tuple[Path, Path], tmp_path: Path, lang: str) -> None:
    case, _out = made
    told = run("design", case, "--out", tmp_path, "--rounds", 1, "--alternatives", 1, "--lang", lang, "--json")
    assert told[0] == 0
    mark = {"nl": "VERZONNEN", "fr": "FICTIF", "en": "SYNTHETIC"}[lang]
    pdf = pypdfium2.PdfDocument(tmp_path / "report.pdf")
    assert all(mark in page.get_textpage().get_text_range() for page in pdf)
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert f'<html lang="{lang}">' in html
    assert "&#34;" in html or "<main>" in html


def test_wishes_that_clash_end_in_three_with_the_clash_and_a_repair(tmp_path: Path) -> None:
    case = tmp_path / "ward.json"
    write_workplace(ward(), case, "en")
    code, told = run("design", case, "--out", tmp_path / "o", "--jobs", 3, "--hours", "30-38", "--rounds", 1, "--json")
    found = json.loads(told[told.index("{") :])
    assert code == 3
    assert "jobs" in {w["wish"] for w in found["conflict"]}
    assert not (tmp_path / "o").exists()


def test_a_morning_of_too_much_is_told_with_the_names_of_its_tasks_and_what_to_change(tmp_path: Path) -> None:
    place = whole_ward()
    case = tmp_path / "ward.xlsx"
    wishes = Wishes(jobs=1, week_min=0, week_max=2280, tempo=100, pins=example_job())
    write_workplace(place.model_copy(update={"wishes": wishes}), case, "en")
    code, told = run("design", case, "--out", tmp_path / "o", "--rounds", 1, "--lang", "en", "--date", "2026-11-24")
    assert code == 3
    assert "T04 (make empty beds)" in told and "T05 (change bed linen by plan)" in told
    assert re.search(r"drop .task T0\d", told), told


def test_the_help_of_start_names_every_setting_of_the_library() -> None:
    told = " ".join(run("start", "--help")[1].replace("│", " ").split())
    assert [setting for setting in settings() if setting not in told] == []


def test_a_start_is_a_workplace_that_checks_and_whose_tasks_are_judged(tmp_path: Path) -> None:
    out = tmp_path / "start.xlsx"
    assert run("start", "nursing-home", out, "--units", "residents=30", "--lang", "nl")[0] == 0
    assert run("check", out, "--lang", "fr")[0] == 0
    assert json.loads(run("check", out, "--json")[1])["tasks"] >= 60
    assert run("elementary", out, "--lang", "en")[0] == 0
    rows = json.loads(run("elementary", out, "--json")[1])
    assert {r["elementary"] for r in rows} >= {"yes", "no"}


@pytest.mark.parametrize(
    "words",
    [
        ("start", "moon-base", "x.xlsx"),
        ("start", "nursing-home", "x.xlsx", "--units", "beds=3"),
        ("start", "nursing-home", "x.xlsx", "--units", "residents"),
        ("check", "not-there.xlsx"),
        ("verify", "not-there.json", "not-there.xlsx"),
        ("design", "not-there.json", "--out", "x"),
    ],
)
def test_a_mistake_ends_in_two_with_a_sentence_and_no_traceback(words: tuple[str, ...], tmp_path: Path) -> None:
    code, told = run(*words, "--lang", "en")
    assert code == 2
    assert "Traceback" not in told
    assert told.strip()


def test_hours_that_cannot_be_read_and_unknown_profiles_are_told(tmp_path: Path) -> None:
    case = tmp_path / "ward.json"
    write_workplace(ward(), case, "en")
    for words in (("--hours", "many"), ("--hours", "30-20"), ("--for", "nobody"), ("--date", "tomorrow")):
        assert run("design", case, "--out", tmp_path / "o", *words)[0] == 2


def test_template_and_schemas_are_written(tmp_path: Path) -> None:
    langs: tuple[Language, ...] = ("nl", "fr", "en")
    for lang in langs:
        path = tmp_path / f"{lang}.xlsx"
        assert run("template", path, "--lang", lang)[0] == 0
        assert run("check", path, "--lang", lang)[0] == 0
    assert run("template", tmp_path / "bare.xlsx", "--no-examples")[0] == 0
    assert run("schema", tmp_path / "schemas")[0] == 0
    assert len(list((tmp_path / "schemas").iterdir())) == 5
    assert run("schema")[0] == 0
    assert run("--version")[0] == 0


MARKS = {"source": "Zbron-van-de-coach", "travel": "Zbakfiets", "other": "Zandere-collega", "group": "Zgroepszin"}
"""Words that stand in a people file and may not stand anywhere else."""


def people_file(path: Path) -> Path:
    """A group, the person a design is made for, and a colleague of that person."""
    level = {"low": 3, "likely": 3, "high": 3}
    shared = {"kind": "person", "date": "2026-11-01", "abilities": {str(n): level for n in range(1, 37)}}
    hers = {**shared, "id": "linde-7", "source": MARKS["source"], "travel": {"nl": MARKS["travel"]}, "permits": []}
    his = {**shared, "id": MARKS["other"], "source": MARKS["source"]}
    names = {"nl": "Groep op school", "en": "Group at school"}
    group = {**shared, "kind": "group", "id": "school-group", "names": names, "about": {"nl": MARKS["group"]}}
    path.write_text(json.dumps([{**group, "source": MARKS["source"]}, hers, his]), encoding="utf-8")
    return path


def everything_in(folder: Path) -> dict[str, str]:
    """Return the text of every output file, unpacked and with the text of PDF pages."""
    found = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        if path.suffix == ".pdf":
            found[path.name] = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as packed:
                found[path.name] = "".join(packed.read(n).decode("utf-8", "replace") for n in packed.namelist())
        else:
            found[path.name] = path.read_text(encoding="utf-8")
    return found


def test_a_job_for_one_person_names_nobody_but_in_the_document_that_says_whose_it_is(tmp_path: Path) -> None:
    case, out, people = tmp_path / "ward.xlsx", tmp_path / "out", people_file(tmp_path / "people.json")
    write_workplace(ward(), case, "nl")
    asked = ("--people", people, "--for", "linde-7", "--lang", "nl")
    code, told = run("design", case, "--out", out, "--rounds", 1, "--alternatives", 1, *asked)
    assert code == 0, told
    written = everything_in(out)
    assert {".html", ".pdf", ".xlsx", ".json"} <= {Path(name).suffix for name in written}
    assert "linde-7" in written.pop("holders-1.json")
    assert all("linde-7" not in text for text in written.values())
    assert "Groep op school" in written["report.html"]
    found, beside = out / "design-1.json", ("--people", people, "--holders", out / "people" / "holders-1.json")
    assert json.loads(written["design-1.json"])["wishes"]["jobs"] == 1
    code, verified = run("verify", found, case, *beside, "--lang", "nl")
    assert code == 0, verified
    code, explained = run("explain", found, case, *beside, "--json")
    assert code == 0, explained
    assert run("explain", found, case, *beside, "--one-more")[0] == 2
    for name, text in {**written, "told": told + verified + explained}.items():
        assert not [mark for mark in MARKS.values() if mark in text], name


def test_a_person_named_in_the_wishes_of_the_workplace_is_no_part_of_the_design(tmp_path: Path) -> None:
    case, out, people = tmp_path / "ward.json", tmp_path / "out", people_file(tmp_path / "people.json")
    place = ward()
    named = place.model_copy(update={"wishes": place.wishes.model_copy(update={"profile": "linde-7"})})
    case.write_text(named.to_json(), encoding="utf-8")
    short = ("--rounds", 1, "--alternatives", 1, "--lang", "nl")
    code, told = run("design", case, "--out", out, "--people", people, *short)
    assert code == 0, told
    assert [name for name, text in everything_in(out).items() if "linde-7" in text] == ["holders-1.json"]


def test_a_design_for_nobody_in_particular_says_nothing_of_any_person(tmp_path: Path) -> None:
    case, out, people = tmp_path / "ward.xlsx", tmp_path / "out", people_file(tmp_path / "people.json")
    write_workplace(ward(), case, "en")
    short = ("--rounds", 1, "--alternatives", 1, "--lang", "en")
    code, told = run("design", case, "--out", out, "--people", people, *short)
    assert code == 0, told
    assert all("linde-7" not in text for text in everything_in(out).values())


@pytest.mark.parametrize("lang", ["nl", "fr", "en"])
def test_a_broken_people_file_is_told_in_three_languages_and_never_repeated(tmp_path: Path, lang: Language) -> None:
    case, people = tmp_path / "ward.xlsx", tmp_path / "people.json"
    write_workplace(ward(), case, "en")
    secret = "Zdepressie"
    wrong = {"id": f"{secret} x", "kind": secret, secret: secret, "week_min": 9, "week_max": 5, "source": [secret]}
    people.write_text(json.dumps([wrong, [secret], secret]), encoding="utf-8")
    code, told = run("design", case, "--out", tmp_path / "out", "--people", people, "--lang", lang)
    assert code == 2
    assert "week_max" in told
    assert secret not in told
    assert not (tmp_path / "out").exists()
    people.write_text("[]", encoding="utf-8")
    code, told = run("design", case, "--out", tmp_path / "out", "--people", people, "--lang", lang, "--json")
    assert code == 2
    assert "people.no_profile" in told


@pytest.mark.parametrize("lang", ["nl", "fr", "en"])
def test_an_occupation_that_the_files_do_not_know_is_told_and_writes_nothing(lang: str, tmp_path: Path) -> None:
    folder = tmp_path / "onet"
    folder.mkdir()
    lines = ("O*NET-SOC Code\tTask ID\tTask\tTask Type", "31-1131.00\t1\tWash hands.\tCore")
    (folder / "Task Statements.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    out = tmp_path / "draft.xlsx"
    code, told = run("draft", "--onet", folder, "--occupation", "31-1014.00", out, "--lang", lang)
    assert code == 2
    assert "31-1014.00" in told
    assert not out.exists()


def test_a_move_is_answered_mended_and_saved_as_a_design_that_holds(made: tuple[Path, Path], tmp_path: Path) -> None:
    case, out = made
    design_file, saved = out / "design-1.json", tmp_path / "new" / "moved.json"
    job = json.loads(design_file.read_text())["jobs"][0]
    task, day = job["shifts"][0]["entries"][0]["task"], job["shifts"][0]["day"]
    words = ("move", design_file, case, "--task", task, "--to", "out", "--out", saved)
    code, told = run(*words, "--better", "--json")
    assert code == 0, told
    data = json.loads(told)
    assert data["after"] is not None or data["repair"] is not None
    assert run("verify", saved, case)[0] == 0
    assert task not in {e["task"] for s in json.loads(saved.read_text())["jobs"][0]["shifts"] for e in s["entries"]}
    for lang in ("nl", "fr", "en"):
        code, told = run(*words, "--days", day_name(Weekday(day), lang), "--pin", task, "--better", "--lang", lang)
        assert code in (0, 3)
        assert task in told


def test_a_move_that_cannot_be_is_told_with_all_its_mistakes_and_nothing_is_written(
    made: tuple[Path, Path], tmp_path: Path
) -> None:
    case, out = made
    saved = tmp_path / "moved.json"
    words = ("move", out / "design-1.json", case, "--out", saved)
    code, told = run(*words, "--task", "NIX", "--to", "job-9", "--days", "someday", "--lang", "en")
    assert code == 2
    assert "NIX" in told and "job-9" in told and "someday" in told
    reserved = next(t for t in ward().tasks if t.legal is Legal.RESERVED)
    code, told = run(*words, "--task", reserved.id, "--to", "job-1", "--lang", "en")
    assert code == 2
    assert "reserved by law" in told
    left = next(t.id for t in ward().tasks if t.id not in (out / "design-1.json").read_text())
    code, told = run(*words, "--task", left, "--to", "out", "--lang", "en")
    assert (code, "already" in told) == (2, True)
    assert not saved.exists()


def test_a_front_is_not_drawn_for_one_person(tmp_path: Path) -> None:
    case, people = tmp_path / "ward.xlsx", people_file(tmp_path / "people.json")
    write_workplace(ward(), case, "en")
    code, told = run("front", case, "--out", tmp_path / "o", "--people", people, "--for", "linde-7", "--lang", "en")
    assert code == 2
    assert "linde-7" not in told
    assert "klaver design --for" in told
    assert not (tmp_path / "o").exists()


def test_a_front_is_told_in_words_saved_and_made_again_by_the_same_number_of_steps(
    made: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("klaver.design.solve.front.WORK", 0.1)
    monkeypatch.setattr("klaver.design.solve.front.FINE", 6)
    case, out = made[0], tmp_path / "front"
    asked_for = ("--points", 2, "--steps", 4, "--date", "2026-11-24", "--lang", "en")
    code, told = run("front", case, "--out", out, *asked_for)
    assert code == 0, told
    assert "most relief" in told and "From 'most relief' to" in told
    first = (out / "front.json").read_text(encoding="utf-8")
    for file in sorted(out.glob("design-*.json")):
        assert run("verify", file, case, "--lang", "en")[0] == 0
    code, told = run("front", case, "--out", out, *asked_for, "--json")
    assert code == 0 and (out / "front.json").read_text(encoding="utf-8") == first
    assert json.loads(told[told.index("{") :])["of"] == ["relief", "calm"]
    code, told = run("front", case, "--out", out, "--of", "calm,doors", "--lang", "en")
    assert code == 2 and "no choice of objectives" in told
