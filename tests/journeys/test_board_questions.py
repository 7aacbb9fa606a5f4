"""What one asks at the board, as somebody walks it: why, complete, compare, keep, ask next, to the newest version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.test_road import narrow
from tests.web.cases import about, answered_run, told

from klaver.design.board.records import MoveCards, PinCards
from klaver.values import Weekday
from klaver.web.accounts.models import Role, User
from klaver.web.runs import queue
from klaver.web.store import boards
from klaver.web.store.models import Board, Run
from klaver.web.store.workplaces import replace

MON = Weekday.MONDAY


@pytest.fixture
def on(designer: Page, live_server: Any, board: Board) -> Page:
    boards.act(board.pk, MoveCards(task="T02", days=(MON,), job="job-2"), 0, None)
    boards.act(board.pk, PinCards(task="T02", days=(MON,), pinned=True), 1, None)
    designer.goto(f"{live_server.url}/boards/{board.pk}/")
    return designer


def answer(kind: str) -> None:
    """Let the run that was just asked be answered, by the same question asked for less."""
    run = queue.claim()
    assert run is not None
    assert run.kind == kind
    assert run.board is not None
    queue.finish(run, told(about(run.board, kind).model_dump_json()))


def test_from_a_card_to_why_and_further(on: Page, no_barriers: Callable[[Page], None]) -> None:
    card = on.locator(".jobs [data-task=T02]")
    card.locator("summary").focus()
    on.keyboard.press("Enter")
    card.get_by_role("link", name="Waarom? T02").focus()
    on.keyboard.press("Enter")
    expect(on.get_by_role("heading", level=1)).to_have_text("Waarom ligt T02 task T02 hier?")
    expect(on.get_by_text("Op ma zit ze in Job 2.")).to_be_visible()
    no_barriers(on)
    on.get_by_role("button", name="Zoek verder").click()
    expect(on.get_by_text("Wacht op zijn beurt.")).to_be_visible()
    no_barriers(on)
    answer("why")
    expect(on.get_by_role("heading", level=1)).to_have_text("Wat nodig is voor T02 task T02")
    no_barriers(on)


def test_a_board_is_completed_looked_at_laid_and_taken_back(on: Page, no_barriers: Callable[[Page], None]) -> None:
    before = Board.objects.get().read()
    on.get_by_role("button", name="Vul het bord aan").click()
    expect(on.get_by_role("heading", level=1)).to_have_text("Het bord aanvullen")
    answer("complete")
    expect(on.get_by_role("heading", level=1)).to_have_text("Zo kan het bord aangevuld worden")
    expect(on.get_by_role("table", name="Taken die anders liggen")).to_be_visible()
    no_barriers(on)
    on.set_viewport_size({"width": 320, "height": 800})
    assert narrow(on)
    on.set_viewport_size({"width": 1280, "height": 800})
    on.get_by_role("button", name="Leg het op het bord").click()
    expect(on.get_by_text("Het bord is aangevuld.")).to_be_visible()
    expect(on.locator("[data-to=job-2] [data-task=T02].pinned")).to_be_visible()
    with on.expect_response("**/act/"):
        on.get_by_role("button", name="Maak ongedaan").click()
    assert Board.objects.get().read().spots() == before.spots()


def test_a_board_is_kept_and_laid_beside_itself(on: Page, no_barriers: Callable[[Page], None]) -> None:
    on.get_by_role("link", name="Bewaar als mogelijkheid").click()
    on.get_by_label("Naam").fill("  ")
    on.get_by_role("button", name="Bewaar").click()
    expect(on.locator(".errorlist")).to_be_visible()
    no_barriers(on)
    on.get_by_label("Naam").fill("Voor de lente")
    on.get_by_role("button", name="Bewaar").click()
    expect(on.get_by_text("Bewaard als Voor de lente.")).to_be_visible()
    on.get_by_role("link", name="Leg naast een ander").click()
    on.get_by_role("button", name="Vergelijk").click()
    expect(on.get_by_text("Kies twee verschillende.")).to_be_visible()
    no_barriers(on)
    on.get_by_label("Het tweede").select_option("Bord")
    on.get_by_role("button", name="Vergelijk").click()
    expect(on.get_by_text("Elke taak ligt in beide op dezelfde plaats.")).to_be_visible()
    no_barriers(on)


def test_every_page_of_a_question_is_narrow_and_without_barriers(
    on: Page, live_server: Any, board: Board, no_barriers: Callable[[Page], None]
) -> None:
    board.refresh_from_db()
    runs = {kind: answered_run(board, kind).pk for kind in ("why", "ask", "complete")}
    replace(board.workplace, board.workplace.read().model_copy(update={"name": "Anders"}), None, 1)
    parts = ("", "why/T02/", "why/N1/", "questions/", "keep/", "newer/")
    addresses = [f"/boards/{board.pk}/{part}" for part in parts]
    addresses += [f"/runs/{runs['why']}/why/", f"/runs/{runs['complete']}/offer/"]
    addresses += [f"/workplaces/{board.workplace_id}/{part}/" for part in ("ask", "compare")]
    on.set_viewport_size({"width": 320, "height": 800})
    for address in addresses:
        on.goto(live_server.url + address)
        assert narrow(on), address
        no_barriers(on)


def test_completing_works_without_scripts_and_is_refused_when_somebody_moved_a_card(
    new_context: Callable[..., Any], people: dict[Role, User], board: Board, live_server: Any, sign_in: Any
) -> None:
    context = new_context(java_script_enabled=False)
    sign_in(context, people[Role.DESIGNER])
    page = context.new_page()
    page.goto(f"{live_server.url}/boards/{board.pk}/")
    page.get_by_role("button", name="Vul het bord aan").click()
    answer("complete")
    page.get_by_role("link", name="Kijk opnieuw").click()
    boards.act(board.pk, MoveCards(task="T02", days=(MON,), job="job-2"), 0, None)
    before = Board.objects.get().document
    page.get_by_role("button", name="Leg het op het bord").click()
    expect(page.get_by_text("Niet gedaan: iemand heeft het bord gewijzigd")).to_be_visible()
    assert Board.objects.get().document == before
    page.get_by_role("button", name="Vraag het opnieuw").click()
    assert Run.objects.filter(state=Run.State.QUEUED).count() == 1
