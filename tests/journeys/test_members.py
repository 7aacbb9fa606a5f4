"""How a second person comes in: a link passed on by hand, a name, a passphrase; without barriers on any page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.journeys.conftest import watched
from tests.journeys.test_road import WORDS, narrow

from klaver.web.accounts import first, members
from klaver.web.accounts.models import Invitation, Membership, Organisation, Role, User


@pytest.mark.parametrize("scripts", [True, False])
def test_somebody_is_invited_comes_in_and_is_shown_out_again(
    page: Page,
    live_server: Any,
    new_context: Callable[..., BrowserContext],
    no_barriers: Callable[[Page], None],
    scripts: bool,
) -> None:
    house = Organisation.objects.create(name="De Linde")
    owner = User.objects.get(username=first.NAME) if first.waiting() else None
    assert owner is not None
    owner.set_password(WORDS)
    owner.save()
    Membership.objects.create(user=owner, organisation=house, role=Role.ADMINISTRATOR)
    page = new_context(java_script_enabled=scripts).new_page()
    foreign, problems = watched(page, live_server.url)
    page.goto(f"{live_server.url}/login/")
    page.get_by_label("Wachtzin").fill(WORDS)
    page.get_by_role("button", name="Aanmelden").click()
    page.get_by_role("link", name="Mensen met toegang").click()
    page.get_by_label("Uw eigen naam om u aan te melden").fill("An")
    page.get_by_label("Rol van wie u uitnodigt").select_option("Jobcoach")
    page.get_by_role("button", name="Maak de koppeling").click()
    link = page.get_by_label("De koppeling van de uitnodiging").input_value()
    expect(page.get_by_role("button", name="Trek in")).to_be_visible()

    other = new_context(java_script_enabled=scripts).new_page()
    other.goto(link)
    expect(other.get_by_text("Uw rol: Jobcoach.")).to_be_visible()
    other.get_by_label("Naam om u aan te melden").fill("Bilal")
    other.get_by_label("Wachtzin", exact=True).fill(WORDS)
    other.get_by_label("Wachtzin, nog eens").fill(WORDS)
    other.get_by_role("button", name="Binnengaan").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Uw werkplekken")
    expect(other.get_by_role("link", name="Mensen met toegang")).to_have_count(0)

    page.get_by_role("link", name="Mensen met toegang").click()
    page.get_by_label("Rol", exact=True).select_option("Ontwerper")
    page.get_by_role("button", name="Geef deze rol Bilal").click()
    expect(page.get_by_text("Bilal heeft nu een andere rol.")).to_be_visible()
    if scripts:
        no_barriers(page)
    page.get_by_text("Neem de toegang weg Bilal").click()
    page.get_by_role("button", name="Ja, neem de toegang weg").click()
    expect(page.get_by_text("Bilal heeft geen toegang meer.")).to_be_visible()
    other.goto(f"{live_server.url}/")
    expect(other.get_by_role("heading", level=1)).to_have_text("Aanmelden")
    assert (foreign, problems) == ([], [])


@pytest.mark.parametrize("lang", ["nl", "fr", "en"])
def test_no_page_of_access_has_a_barrier_or_sticks_out(
    page: Page,
    live_server: Any,
    people: dict[Role, User],
    house: Organisation,
    sign_in: Any,
    no_barriers: Callable[[Page], None],
    lang: str,
) -> None:
    sign_in(page.context, people[Role.ADMINISTRATOR])
    page.context.add_cookies([{"name": "django_language", "value": lang, "url": live_server.url}])
    secret = members.invite(house, Role.COACH, people[Role.ADMINISTRATOR], "An met een lange naam")
    address = f"{live_server.url}/organisations/{house.pk}/people/"

    def look() -> None:
        assert page.locator("html").get_attribute("lang") == lang
        for wide in (1280, 320):
            page.set_viewport_size({"width": wide, "height": 900})
            no_barriers(page)
            assert narrow(page), page.url

    page.goto(address)
    for summary in page.locator("summary").all():
        summary.click()
    look()
    page.locator("form.card-form button").click()  # the link is shown
    expect(page.locator("#link")).to_be_visible()
    look()
    page.goto(f"{live_server.url}/account/")
    look()
    page.locator("#id_before").fill("fout")
    page.locator("#id_passphrase").fill("kort")
    page.locator("#id_again").fill("anders")
    page.locator("form.card-form button").click()
    expect(page.locator(".errorlist").first).to_be_visible()
    look()
    page.goto(f"{live_server.url}/join/{secret}/")
    look()
    page.locator("#id_name").fill("An met een lange naam")
    page.locator("#id_passphrase").fill(WORDS)
    page.locator("#id_again").fill(WORDS)
    page.locator("form.card-form button").click()
    expect(page.locator(".errorlist").first).to_be_visible()
    look()
    assert Invitation.objects.count() == 2
    page.context.clear_cookies(name="sessionid")
    page.goto(f"{live_server.url}/login/")
    look()
