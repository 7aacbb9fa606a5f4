"""A real browser on a real server; no request leaves the machine and nothing is said on the console."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.web.cases import answered, question
from tests.web.conftest import (  # noqa: F401
    _nothing_remembered,
    board,
    django_db_setup,
    house,
    inside,
    people,
    place,
)

from klaver.web.accounts.models import Role, User
from klaver.web.runs import queue
from klaver.web.store.models import Run, Workplace

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("KLAVER_CHROMIUM") or next((p for n in NAMES if (p := shutil.which(n))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts and CHROMIUM is None and os.environ.get("CI") != "true":
            item.add_marker(pytest.mark.skip(reason="no browser; on Debian: apt-get install chromium"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "the journeys need Chromium; on Debian: apt-get install chromium"
    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Open a browser of its own, Dutch and without movement."""
    made: list[BrowserContext] = []

    def new(**asked: Any) -> BrowserContext:
        made.append(browser.new_context(locale="nl-BE", reduced_motion="reduce", **asked))
        return made[-1]

    yield new
    for context in made:
        context.close()


def _is_wrong(message: Any) -> bool:
    """Tell whether a message is more than that a page was refused: the browser says so of every answer from 400 on."""
    return not message.text.startswith("Failed to load resource: the server responded with a status of 4")


def watched(page: Page, home: str) -> tuple[list[str], list[str]]:
    """Return the lists in which foreign requests and words on the console are put down as they come."""
    foreign: list[str] = []
    problems: list[str] = []

    def pass_on(route: Any) -> None:
        if route.request.url.startswith((home, "data:", "blob:")):
            route.continue_()
        else:
            foreign.append(route.request.url)
            route.abort()

    page.route("**/*", pass_on)
    page.on("console", lambda m: problems.append(m.text) if m.type in ("error", "warning") and _is_wrong(m) else None)
    page.on("pageerror", lambda e: problems.append(str(e)))
    return foreign, problems


@pytest.fixture
def page(new_context: Callable[..., BrowserContext], live_server: Any) -> Iterator[Page]:
    page = new_context().new_page()
    foreign, problems = watched(page, live_server.url)
    yield page
    assert not foreign
    assert not problems


@pytest.fixture
def sign_in(live_server: Any) -> Callable[[BrowserContext, User], None]:
    """Give a browser the session of a user."""

    def sign(context: BrowserContext, user: User) -> None:
        client = Client()
        client.force_login(user)
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])

    return sign


@pytest.fixture
def designer(page: Page, people: dict[Role, User], sign_in: Any) -> Page:  # noqa: F811
    """A designer's page."""
    sign_in(page.context, people[Role.DESIGNER])
    return page


@pytest.fixture
def run(place: Workplace) -> Run:  # noqa: F811
    """A search that was answered."""
    asked = queue.ask(place, question(), None)
    Run.objects.update(state=Run.State.RUNNING)
    queue.finish(asked, answered())
    return Run.objects.get()


@pytest.fixture
def no_barriers() -> Callable[[Page], None]:
    """Let axe look at a page, and find nothing."""

    def look(page: Page) -> None:
        found = Axe().run(page, options={"runOnly": RULES})
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"

    return look
