"""Cards move by mouse, by finger, by keyboard and by a plain form; what happens is spoken, and the focus stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import watched

from klaver.values import Weekday
from klaver.web.accounts.models import Role, User
from klaver.web.store.models import Board


def where(board: Board, task: str) -> set[str | None]:
    spots = Board.objects.get(pk=board.pk).read().spots()
    return {spots[task, d].job if (task, d) in spots else None for d in Weekday}


@pytest.fixture
def on(designer: Page, live_server: Any, board: Board) -> Page:
    designer.goto(f"{live_server.url}/boards/{board.pk}/")
    return designer


def center(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + min(box["height"] / 2, 30)


def test_a_card_is_dragged_with_the_mouse(on: Page, board: Board) -> None:
    x, y = center(on, "[data-task=T02] .name")
    to_x, to_y = center(on, "[data-to=job-1]")
    on.mouse.move(x, y)
    on.mouse.down()
    on.mouse.move(x + 10, y + 10)
    on.mouse.move(to_x, to_y, steps=6)
    with on.expect_response("**/act/"):
        on.mouse.up()
    expect(on.locator("#spoken")).to_have_text("T02 task T02 ligt nu in Job 1.")
    assert where(board, "T02") == {"job-1"}
    expect(on.locator("[data-to=job-1] [data-task=T02] .grip")).to_be_focused()


def test_escape_while_dragging_moves_nothing(on: Page, board: Board) -> None:
    x, y = center(on, "[data-task=T02] .name")
    on.mouse.move(x, y)
    on.mouse.down()
    on.mouse.move(x + 60, y + 60, steps=3)
    on.keyboard.press("Escape")
    on.mouse.up()
    expect(on.locator("#spoken")).to_have_text("Niet verplaatst.")
    assert where(board, "T02") == {None}
    expect(on.locator(".ghost")).to_have_count(0)


def test_a_card_is_moved_with_the_keyboard_alone(on: Page, board: Board) -> None:
    grip = on.locator("[data-task=T02] .grip")
    grip.focus()
    on.keyboard.press("Enter")
    expect(grip).to_have_attribute("aria-pressed", "true")
    expect(on.locator("#spoken")).to_contain_text("Opgenomen: T02 task T02.")
    spoken = on.locator("#spoken")
    for _ in range(12):
        on.keyboard.press("ArrowDown")
        on.wait_for_timeout(60)
        if spoken.text_content() == "Boven Job 2.":
            break
    with on.expect_response("**/act/"):
        on.keyboard.press("Enter")
    expect(spoken).to_have_text("T02 task T02 ligt nu in Job 2.")
    expect(on.locator("[data-task=T02] .grip")).to_be_focused()
    assert where(board, "T02") == {"job-2"}
    on.keyboard.press("Enter")
    on.keyboard.press("Escape")
    expect(spoken).to_have_text("Niet verplaatst.")
    assert where(board, "T02") == {"job-2"}


def test_a_finger_rests_then_drags_and_a_short_touch_scrolls(
    new_context: Callable[..., Any], people: dict[Role, User], board: Board, live_server: Any, sign_in: Any
) -> None:
    context = new_context(has_touch=True, viewport={"width": 800, "height": 1000})
    sign_in(context, people[Role.DESIGNER])
    page = context.new_page()
    foreign, problems = watched(page, live_server.url)
    page.goto(f"{live_server.url}/boards/{board.pk}/")
    page.locator("[data-to=job-1]").scroll_into_view_if_needed()
    touch = context.new_cdp_session(page)
    start = center(page, "[data-task=T14] .name")
    end = center(page, "[data-to=job-1]")
    page.evaluate("window.scrollTo(0, 0)")

    def send(kind: str, *points: tuple[float, float]) -> None:
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    page.locator("[data-task=T14]").scroll_into_view_if_needed()
    page.evaluate("window.scrollBy(0, 300)")
    start, end = center(page, "[data-task=T14] .name"), center(page, "[data-to=job-1]")
    send("touchStart", start)
    page.wait_for_timeout(500)
    for part in range(1, 9):
        send("touchMove", (start[0] + (end[0] - start[0]) * part / 8, start[1] + (end[1] - start[1]) * part / 8))
    with page.expect_response("**/act/"):
        send("touchEnd")
    expect(page.locator("[data-to=job-1] [data-task=T14]")).to_be_visible()
    assert where(board, "T14") == {"job-1"}
    assert not foreign
    assert not problems


def test_some_days_are_moved_with_a_form(on: Page, board: Board) -> None:
    card = on.locator("[data-task=T02]")
    card.locator("summary").click()
    for day in ("za", "zo"):
        card.get_by_label(day).uncheck()
    with on.expect_response("**/act/"):
        card.get_by_role("button", name="Job 1", exact=True).click()
    expect(on.locator("[data-to=job-1] [data-task=T02]")).to_contain_text("ma di wo do vr")
    spots = Board.objects.get().read().spots()
    assert {d for _, d in spots} == set(list(Weekday)[:5])


def test_undo_and_redo_keep_the_focus_on_something_that_works(on: Page, board: Board) -> None:
    card = on.locator("[data-task=T02]")
    card.locator("summary").click()
    with on.expect_response("**/act/"):
        card.get_by_role("button", name="Job 1", exact=True).click()
    with on.expect_response("**/act/"):
        on.get_by_role("button", name="Maak ongedaan").click()
    expect(on.get_by_role("button", name="Doe opnieuw")).to_be_focused()
    assert where(board, "T02") == {None}
    with on.expect_response("**/act/"):
        on.keyboard.press("Enter")
    expect(on.get_by_role("button", name="Maak ongedaan")).to_be_focused()
    assert where(board, "T02") == {"job-1"}


def test_everything_works_without_scripts(
    new_context: Callable[..., Any], people: dict[Role, User], board: Board, live_server: Any, sign_in: Any
) -> None:
    context = new_context(java_script_enabled=False)
    sign_in(context, people[Role.DESIGNER])
    page = context.new_page()
    page.goto(f"{live_server.url}/boards/{board.pk}/")
    expect(page.locator(".grip").first).to_be_hidden()
    card = page.locator("[data-task=T02]")
    card.locator("summary").click()
    card.get_by_role("button", name="Job 1, samen met een collega").click()
    expect(page.get_by_text("T02 task T02 ligt nu in Job 1, samen met een collega.")).to_be_visible()
    page.get_by_role("button", name="Maak ongedaan").click()
    expect(page.get_by_text("De stap is teruggenomen.")).to_be_visible()
    assert where(board, "T02") == {None}


def test_two_screens_on_one_board_lose_no_card(
    on: Page, new_context: Callable[..., Any], people: dict[Role, User], board: Board, live_server: Any, sign_in: Any
) -> None:
    context = new_context()
    sign_in(context, people[Role.ADMINISTRATOR])
    other = context.new_page()
    other.goto(f"{live_server.url}/boards/{board.pk}/")
    for page, task, job in ((on, "T02", "Job 1"), (other, "T03", "Job 2")):
        page.locator(f"[data-task={task}] summary").click()
        with page.expect_response("**/act/"):
            page.locator(f"[data-task={task}]").get_by_role("button", name=job, exact=True).click()
    assert (where(board, "T02"), where(board, "T03")) == ({"job-1"}, {"job-2"})
    on.locator("[data-task=T03] summary").click()
    with on.expect_response("**/act/"):
        on.locator("[data-task=T03]").get_by_role("button", name="Job 1", exact=True).click()
    expect(on.get_by_role("alert")).to_contain_text("Iemand anders heeft dit intussen gewijzigd: T03")
    expect(on.locator("[data-to=job-2] [data-task=T03]")).to_be_visible()
    assert where(board, "T03") == {"job-2"}
