"""From the board to agreements and papers and back, and the wall read in; without scripts, narrow, without barriers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.test_road import narrow

from klaver.values import Weekday
from klaver.web.accounts.models import Role, User
from klaver.web.store import agreements, boards
from klaver.web.store.models import Board, Design, Run, Workplace

PAGES = ("agreements/", "papers/", "wall/")


@pytest.fixture
def full(place: Workplace, run: Run) -> Board:
    """A board with a plan on it."""
    return boards.open_board(place, boards.ready(place), Design.objects.get(), place.version, "Bord met plan")


def note(page: Page, gate: str, *parts: str, answer: str, by: str = "", words: str = "") -> None:
    """Note what was said at a decision point."""
    section = page.get_by_role("region", name=gate)
    if not section.locator("details[open]").count():
        section.locator("summary").click()
    if by:
        section.get_by_label("In welke functie?").select_option(by)
    section.get_by_label(answer, exact=True).check()
    for part in parts:
        section.get_by_label(part).check()
    section.get_by_label("In eigen woorden").fill(words)
    section.get_by_role("button", name="Bewaar").click()


def test_an_agreement_is_reopened_by_a_move_and_closed_by_undoing_it(
    designer: Page, live_server: Any, full: Board
) -> None:
    designer.goto(f"{live_server.url}/boards/{full.pk}/")
    designer.get_by_role("link", name="Afspraken bekijken en noteren").click()
    note(designer, "Zittende medewerkers", "carer: wat er verandert", answer="akkoord", by="carer (collega's)")
    expect(designer.get_by_text("Genoteerd: carer (collega's), akkoord.")).to_be_visible()
    designer.get_by_role("link", name="Naar het bord").click()
    expect(designer.get_by_text("Afspraken: 0 akkoord, 0 gewijzigd")).to_be_visible()
    card = designer.locator(".jobs .card").first
    code = card.get_attribute("data-task")
    card.locator("summary").click()
    with designer.expect_response("**/act/"):
        card.get_by_role("button", name="Terug naar de collega's").click()
    expect(designer.get_by_text("Afspraken: 0 akkoord, 1 gewijzigd na het akkoord")).to_be_visible()
    designer.get_by_role("link", name="Afspraken bekijken en noteren").click()
    section = designer.get_by_role("region", name="Zittende medewerkers")
    expect(section.get_by_role("heading")).to_contain_text("Gewijzigd na het akkoord")
    expect(section.get_by_role("listitem").filter(has_text=f"{code} ").first).to_be_visible()
    designer.go_back()
    with designer.expect_response("**/act/"):
        designer.get_by_role("button", name="Maak ongedaan").click()
    expect(designer.get_by_text("Afspraken: 0 akkoord, 0 gewijzigd")).to_be_visible()


def test_a_delegate_objects_and_the_objection_is_in_the_file(
    page: Page, live_server: Any, people: dict[Role, User], full: Board, sign_in: Any
) -> None:
    sign_in(page.context, people[Role.DELEGATE])
    page.goto(f"{live_server.url}/boards/{full.pk}/agreements/")
    expect(page.locator("details")).to_have_count(2)
    note(page, "Zittende medewerkers", "Takenlijst", answer="heeft bezwaar", words="")
    expect(page.get_by_text("Schrijf wat het bezwaar is.")).to_be_visible()
    section = page.get_by_role("region", name="Zittende medewerkers")
    expect(section.get_by_label("Takenlijst")).to_be_checked()
    note(page, "Zittende medewerkers", answer="heeft bezwaar", words="De koffieronde houden wij.")
    expect(section.get_by_role("heading")).to_contain_text("Bezwaar")
    expect(section.get_by_text('In eigen woorden: "De koffieronde houden wij."')).to_be_visible()
    page.get_by_role("link", name="Papieren voor het overleg").click()
    with page.expect_download() as sent:
        page.get_by_role("link", name="webpagina Overlegdossier").click()
    assert "De koffieronde houden wij." in sent.value.path().read_text(encoding="utf-8")


def test_a_wall_is_read_in_and_moves_on_the_board_count_as_seen(designer: Page, live_server: Any, board: Board) -> None:
    designer.goto(f"{live_server.url}/boards/{board.pk}/")
    designer.get_by_text("De muur inlezen").click()
    designer.get_by_label("Wat hangt waar?").fill("T02-T04 = job 2\nT08 = samen met job 1")
    card = designer.locator("[data-task=T02]")
    card.locator("summary").click()
    with designer.expect_response("**/act/"):
        card.get_by_role("button", name="Job 1", exact=True).click()
    expect(designer.get_by_label("Wat hangt waar?")).to_have_value("T02-T04 = job 2\nT08 = samen met job 1")
    designer.get_by_role("button", name="Leg de kaarten zo").click()
    expect(designer.get_by_text("De muur is ingelezen: 4 taken liggen anders.")).to_be_visible()
    spots = Board.objects.get(pk=board.pk).read().spots()
    assert {spots[t, Weekday.MONDAY].job for t in ("T02", "T03", "T04")} == {"job-2"}
    designer.get_by_role("button", name="Maak ongedaan").click()
    expect(designer.locator("[data-to=job-1] [data-task=T02]")).to_be_visible()


def test_all_of_it_works_without_scripts(
    new_context: Callable[..., Any], people: dict[Role, User], full: Board, live_server: Any, sign_in: Any
) -> None:
    context = new_context(java_script_enabled=False)
    sign_in(context, people[Role.DESIGNER])
    page = context.new_page()
    page.goto(f"{live_server.url}/boards/{full.pk}/agreements/")
    note(page, "Directie", "Job 1: begeleiding", answer="akkoord")
    expect(page.get_by_text("Genoteerd: directie, akkoord.")).to_be_visible()
    page.get_by_text("Gegevens van Job 1").click()
    page.get_by_label("Functieklasse (IFIC)").first.fill("IFIC 6")
    page.get_by_role("button", name="Bewaar").and_(page.locator("[open] button")).click()
    expect(page.get_by_text("De gegevens van Job 1: maaltijden en linnen zijn bewaard.")).to_be_visible()
    page.goto(f"{live_server.url}/boards/{full.pk}/")
    page.get_by_text("De muur inlezen").click()
    page.get_by_label("Wat hangt waar?").fill("T02 = zolder")
    page.get_by_role("button", name="Leg de kaarten zo").click()
    expect(page.get_by_role("alert")).to_contain_text('Regel 1: "zolder" is geen plaats.')
    page.get_by_label("Wat hangt waar?").fill("T14 = job 1")
    page.get_by_role("button", name="Leg de kaarten zo").click()
    expect(page.get_by_text("De muur is ingelezen: 1 taken liggen anders.")).to_be_visible()
    assert len(agreements.document_of(full).entries) == 2


@pytest.mark.parametrize("lang", ["nl", "fr", "en"])
def test_no_page_has_a_barrier_or_sticks_out(
    designer: Page, live_server: Any, full: Board, no_barriers: Callable[[Page], None], lang: str
) -> None:
    home = f"{live_server.url}/boards/{full.pk}/"
    designer.goto(f"{home}agreements/")
    note(designer, "Zittende medewerkers", "Takenlijst", answer="heeft bezwaar", words="Nee. " * 40)
    designer.context.add_cookies([{"name": "django_language", "value": lang, "url": live_server.url}])
    for address in PAGES:
        designer.goto(home + address)
        designer.evaluate("document.querySelectorAll('main details').forEach((d) => { d.open = true; })")
        assert designer.locator("html").get_attribute("lang") == lang
        no_barriers(designer)
        designer.set_viewport_size({"width": 320, "height": 700})
        assert narrow(designer), address
        designer.set_viewport_size({"width": 1280, "height": 900})


def test_no_page_has_a_barrier_in_trouble(
    designer: Page, live_server: Any, full: Board, no_barriers: Callable[[Page], None]
) -> None:
    home = f"{live_server.url}/boards/{full.pk}/"
    designer.goto(f"{home}agreements/")
    note(designer, "Preventie", answer="heeft bezwaar", words="")
    expect(designer.get_by_text("Kies ten minste één onderdeel waarover dit gaat.")).to_be_visible()
    no_barriers(designer)
    designer.goto(f"{home}wall/")
    designer.get_by_label("Wat hangt waar?").fill("huh")
    designer.get_by_role("button", name="Leg de kaarten zo").click()
    expect(designer.get_by_role("alert")).to_be_visible()
    no_barriers(designer)
    designer.set_viewport_size({"width": 320, "height": 700})
    assert narrow(designer)


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.DESIGNER])
def test_no_page_has_a_barrier_for_any_role(
    page: Page, live_server: Any, people: dict[Role, User], full: Board, sign_in: Any, no_barriers: Any, role: Role
) -> None:
    sign_in(page.context, people[role])
    for address in PAGES:
        answer = page.goto(f"{live_server.url}/boards/{full.pk}/{address}")
        assert answer is not None
        if answer.status == 200:
            no_barriers(page)
