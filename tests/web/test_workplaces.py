"""Workplaces in the browser: begun, read in, sent out, and never half-saved."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.cases import small

from klaver.web.accounts.models import Role, User
from klaver.web.store.models import Workplace, WorkplaceVersion
from klaver.web.store.workplaces import ChangedSinceError, at_version, replace
from klaver.work.workbook import read_workplace

BEGIN = {"which": "nursing-home", "nursing-home-setting": "nursing-home", "nursing-home-name": "Linde 2"}


def sent(content: bytes, name: str = "ward.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def as_json() -> SimpleUploadedFile:
    return sent(small().to_json().encode(), "small.json")


def test_a_workplace_begins_from_the_library_with_its_own_numbers(inside: Client) -> None:
    answer = inside.post("/workplaces/new/", BEGIN | {"nursing-home-unit_residents": "45"})
    row = Workplace.objects.get()
    assert answer.url == f"/workplaces/{row.pk}/"  # type: ignore[attr-defined]
    place = row.read()
    assert (row.name, place.name, place.units[0].count) == ("Linde 2", "Linde 2", 45)
    assert not place.synthetic
    assert row.versions.get().document == row.document
    page = inside.get(answer.url).content.decode()  # type: ignore[attr-defined]
    assert "Linde 2" in page
    assert f"<dd>{len(place.tasks)}</dd>" in page


@pytest.mark.parametrize("count", ["", "0", "-3", "many", "1000000"])
def test_a_number_that_cannot_be_is_told_and_nothing_is_saved(inside: Client, count: str) -> None:
    answer = inside.post("/workplaces/new/", BEGIN | {"nursing-home-unit_residents": count})
    assert answer.status_code == 400
    assert "errorlist" in answer.content.decode()
    assert not Workplace.objects.exists()


def test_what_is_sent_out_reads_back_to_the_same_document(inside: Client, place: Workplace, tmp_path: Path) -> None:
    answer = inside.get(f"/workplaces/{place.pk}/workbook/")
    path = tmp_path / "back.xlsx"
    path.write_bytes(answer.content)
    assert read_workplace(path) == place.read()
    again = inside.post("/workplaces/new/", {"which": "upload", "file": sent(answer.content)})
    assert again.status_code == 302
    assert Workplace.objects.exclude(pk=place.pk).get().read() == place.read()


def test_every_mistake_of_a_workbook_is_told_with_its_place_and_nothing_is_saved(
    inside: Client, place: Workplace
) -> None:
    book = openpyxl.load_workbook(BytesIO(inside.get(f"/workplaces/{place.pk}/workbook/").content))
    sheet = book["Taken"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for row in (3, 4):
        sheet.cell(row, heads["Minuten"]).value = "lang"
    held = BytesIO()
    book.save(held)
    page = inside.post("/workplaces/new/", {"which": "upload", "file": sent(held.getvalue(), "fout.xlsx")})
    told = page.content.decode()
    assert page.status_code == 400
    assert told.count("fout.xlsx") >= 2
    assert "rij 3" in told
    assert "rij 4" in told
    assert Workplace.objects.count() == 1
    replaced = inside.post(f"/workplaces/{place.pk}/", {"seen": 1, "file": sent(held.getvalue(), "fout.xlsx")})
    assert replaced.status_code == 400
    assert Workplace.objects.get().version == 1


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "leeg.xlsx"), (b"PK\x03\x04 broken", "stuk.xlsx"), (b"a;b", "tekst.csv"), (b"{", "half.json")],
)
def test_what_is_no_workplace_is_refused_in_words(inside: Client, content: bytes, name: str) -> None:
    page = inside.post("/workplaces/new/", {"which": "upload", "file": sent(content, name)})
    assert page.status_code == 400
    assert not Workplace.objects.exists()
    assert "Traceback" not in page.content.decode()


def test_the_name_of_a_file_is_told_and_never_used_as_a_path(inside: Client) -> None:
    page = inside.post("/workplaces/new/", {"which": "upload", "file": sent(b"nonsense", "../../<b>x</b>.xlsx")})
    told = page.content.decode()
    assert "<b>x" not in told
    assert page.status_code == 400


def test_a_file_larger_than_any_workbook_is_not_read(inside: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("klaver.web.analyse.forms.MOST_BYTES", 10)
    page = inside.post("/workplaces/new/", {"which": "upload", "file": as_json()})
    assert page.status_code == 400
    assert "te groot" in page.content.decode()


def test_a_workbook_takes_the_place_of_the_one_before_which_is_kept(
    inside: Client, place: Workplace, people: dict[Role, User]
) -> None:
    changed = small().model_copy(update={"name": "Nieuw"}).to_json().encode()
    answer = inside.post(f"/workplaces/{place.pk}/", {"seen": 1, "file": sent(changed, "x.json")})
    assert answer.status_code == 302
    row = Workplace.objects.get()
    assert (row.name, row.version) == ("Nieuw", 2)
    assert at_version(row, 1) == small()
    assert at_version(row, 2).name == "Nieuw"
    assert [v.by for v in WorkplaceVersion.objects.all()] == [people[Role.DESIGNER]] * 2


def test_nobody_overwrites_a_version_that_they_did_not_see(inside: Client, place: Workplace) -> None:
    replace(place, small().model_copy(update={"name": "Van een ander"}), None, 1)
    answer = inside.post(f"/workplaces/{place.pk}/", {"seen": 1, "file": as_json()})
    assert "intussen gewijzigd" in answer.content.decode()
    assert Workplace.objects.get().name == "Van een ander"
    with pytest.raises(ChangedSinceError):
        replace(place, small(), None, 1)


def test_every_task_is_shown_with_its_verdict_and_reason(inside: Client, place: Workplace) -> None:
    page = inside.get(f"/workplaces/{place.pk}/tasks/").content.decode()
    for task in small().tasks:
        assert f'<span class="code">{task.id}</span>' in page
    assert page.count("verdict-yes") == 13
    assert page.count("verdict-no") == 2


@pytest.mark.parametrize(
    ("lang", "words"), [("nl", "Uw werkplekken"), ("fr", "Vos lieux de travail"), ("en", "Your workplaces")]
)
def test_every_reader_has_a_language(inside: Client, lang: str, words: str) -> None:
    answer = inside.post("/language/setlang/", {"language": lang, "next": "/"})
    assert answer.url == "/"  # type: ignore[attr-defined]
    page = inside.get("/").content.decode()
    assert words in page
    assert f'<html lang="{lang}">' in page


def test_what_a_user_wrote_is_never_markup(inside: Client) -> None:
    wild = small().model_copy(update={"name": "<script>alert(1)</script>"}).to_json().encode()
    answer = inside.post("/workplaces/new/", {"which": "upload", "file": sent(wild, "x.json")})
    for address in ("/", answer.url, f"{answer.url}tasks/", f"{answer.url}design/"):  # type: ignore[attr-defined]
        assert "<script>alert" not in inside.get(address).content.decode()


@pytest.mark.parametrize("address", ["/nothing/", "/workplaces/00000000-0000-0000-0000-000000000000/"])
def test_what_is_not_there_is_said_in_words(inside: Client, address: str) -> None:
    page = inside.get(address)
    assert page.status_code == 404
    assert "Hier is niets" in page.content.decode()


def test_pages_may_load_nothing_from_elsewhere(inside: Client) -> None:
    policy = inside.get("/")["Content-Security-Policy"]
    parts = {p.split()[0]: p.split()[1:] for p in policy.split("; ")}
    assert parts["default-src"] == ["'none'"]
    assert parts["script-src"] == ["'self'"]
    assert parts["style-src"] == ["'self'"]
    assert parts["frame-ancestors"] == ["'none'"]
