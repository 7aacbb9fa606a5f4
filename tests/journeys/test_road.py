"""The road from the first link to a board, as somebody walks it; and every page without barriers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from tests.web.cases import answered

from klaver.web.accounts import first
from klaver.web.accounts.models import Role, User
from klaver.web.runs import queue
from klaver.web.store.models import Board, Design, Run, Workplace

WORDS = "vier gewone woorden hier"


def pages(run: Run, board: Board) -> list[str]:
    place, design = run.workplace_id, Design.objects.get().pk
    about = (f"/workplaces/{place}/{part}" for part in ("", "tasks/", "design/"))
    return ["/", "/workplaces/new/", *about, f"/runs/{run.pk}/", f"/designs/{design}/", f"/boards/{board.pk}/"]


def narrow(page: Page) -> bool:
    """Tell whether nothing sticks out to the side."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_from_the_first_link_to_a_board_with_cards(page: Page, live_server: Any) -> None:
    page.goto(f"{live_server.url}/start/{first.token()}/")
    page.get_by_label("Naam van uw organisatie").fill("De Linde")
    page.get_by_label("Wachtzin", exact=True).fill(WORDS)
    page.get_by_label("Wachtzin, nog eens").fill(WORDS)
    page.get_by_label("Voorbeelden toevoegen").uncheck()
    page.get_by_role("button", name="Beginnen").click()
    expect(page.get_by_text("Er is nog geen werkplek.")).to_be_visible()
    page.get_by_role("link", name="Nieuwe werkplek").click()
    page.get_by_role("button", name="Begin hiermee Woonzorgcentrum, afdeling").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Woonzorgcentrum, afdeling")
    page.get_by_role("link", name="Naar de ontwerpen").click()
    page.get_by_role("button", name="Zoek mogelijkheden").click()
    expect(page.get_by_text("Wacht op zijn beurt.")).to_be_visible()
    run = queue.claim()
    assert run is not None
    expect(page.get_by_text("Klaver zoekt.")).to_be_visible()
    queue.finish(run, {"status": "impossible", "designs": [], "why": {"nl": ["Te weinig uren."], "fr": [], "en": []}})
    expect(page.get_by_text("Te weinig uren.")).to_be_visible()
    page.get_by_role("link", name="Andere wensen").click()
    page.get_by_role("button", name="Begin met een leeg bord").click()
    expect(page.get_by_text("Nog leeg. Verplaats hier taken naartoe.").first).to_be_visible()


def test_a_possibility_is_looked_at_and_laid_on_the_board(designer: Page, live_server: Any, run: Run) -> None:
    designer.goto(f"{live_server.url}/runs/{run.pk}/")
    designer.get_by_role("link", name="Bekijk Mogelijkheid 1").click()
    expect(designer.get_by_role("img").nth(1)).to_be_visible()
    designer.get_by_role("button", name="Leg op het bord").click()
    expect(designer.get_by_text("Alles past: geen enkele regel is gebroken.")).to_be_visible()
    jobs = Design.objects.get().read().jobs
    cards = designer.locator(".jobs .card").count()
    assert cards >= len({e.task for j in jobs for s in j.shifts for e in s.entries})
    designer.get_by_role("link", name="Alles over dit plan").click()
    expect(designer.get_by_role("link", name="Terug naar het bord")).to_be_visible()


def test_a_broken_workbook_is_told_and_its_mended_form_read(
    designer: Page, live_server: Any, place: Workplace, tmp_path: Any
) -> None:
    designer.goto(f"{live_server.url}/workplaces/{place.pk}/")
    with designer.expect_download() as sent:
        designer.get_by_role("link", name="Werkmap ophalen").click()
    path = tmp_path / "werk.xlsx"
    sent.value.save_as(path)
    book = openpyxl.load_workbook(path)
    sheet = book["Taken"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    kept = sheet.cell(3, heads["Minuten"]).value
    sheet.cell(3, heads["Minuten"]).value = "lang"
    book.save(path)
    designer.get_by_label("Bestand").set_input_files(path)
    designer.get_by_role("button", name="Deze werkmap inlezen").click()
    expect(designer.get_by_role("alert")).to_contain_text("rij 3")
    sheet.cell(3, heads["Minuten"]).value = kept
    book.save(path)
    designer.get_by_label("Bestand").set_input_files(path)
    designer.get_by_role("button", name="Deze werkmap inlezen").click()
    expect(designer.get_by_text("De werkmap is ingelezen.")).to_be_visible()
    assert Workplace.objects.get().version == 2


@pytest.mark.parametrize("lang", ["nl", "fr", "en"])
def test_no_page_has_a_barrier_or_sticks_out(
    designer: Page, live_server: Any, run: Run, board: Board, no_barriers: Callable[[Page], None], lang: str
) -> None:
    context = designer.context
    context.add_cookies([{"name": "django_language", "value": lang, "url": live_server.url}])
    for address in pages(run, board):
        designer.set_viewport_size({"width": 1280, "height": 900})
        designer.goto(live_server.url + address)
        assert designer.locator("html").get_attribute("lang") == lang
        no_barriers(designer)
        designer.set_viewport_size({"width": 320, "height": 700})
        assert narrow(designer), address


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.DESIGNER])
def test_no_page_has_a_barrier_for_any_role(
    page: Page,
    live_server: Any,
    people: dict[Role, User],
    run: Run,
    board: Board,
    sign_in: Any,
    no_barriers: Any,
    role: Role,
) -> None:
    sign_in(page.context, people[role])
    for address in pages(run, board):
        answer = page.goto(live_server.url + address)
        assert answer is not None
        if answer.status == 200:
            no_barriers(page)


def test_no_page_has_a_barrier_in_trouble(
    page: Page,
    live_server: Any,
    people: dict[Role, User],
    place: Workplace,
    board: Board,
    sign_in: Any,
    no_barriers: Callable[[Page], None],
) -> None:
    page.goto(f"{live_server.url}/login/")
    no_barriers(page)
    page.get_by_label("Wachtzin").fill("fout")
    page.get_by_role("button", name="Aanmelden").click()
    no_barriers(page)
    sign_in(page.context, people[Role.DESIGNER])
    page.goto(f"{live_server.url}/workplaces/{place.pk}/design/")
    page.get_by_label("Hoeveel nieuwe jobs?").fill("2")
    page.get_by_label("Minste uren per week").fill("30")
    page.get_by_label("Meeste uren per week").fill("20")
    page.get_by_role("button", name="Zoek mogelijkheden").click()
    expect(page.get_by_text("De meeste uren zijn minder dan de minste.")).to_be_visible()
    no_barriers(page)
    page.goto(f"{live_server.url}/boards/{board.pk}/")
    for summary in page.locator("summary").all()[:4]:
        summary.click()
    no_barriers(page)


def test_an_answer_shows_itself_without_being_asked(designer: Page, live_server: Any, place: Workplace) -> None:
    from tests.web.cases import question

    run = queue.ask(place, question(), None)
    designer.goto(f"{live_server.url}/runs/{run.pk}/")
    queue.claim()
    queue.finish(run, answered())
    expect(designer.get_by_role("heading", name="Mogelijkheid 1")).to_be_visible()
