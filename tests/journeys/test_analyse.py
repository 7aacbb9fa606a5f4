"""Correcting the work analysis in a browser: on a tablet on the ward, at 320 px, without scripts, and in trouble."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.journeys.test_road import narrow
from tests.web.cases import small

from klaver.values import Range, SourceKind
from klaver.web.accounts.models import Organisation, Role, User
from klaver.web.store.models import Workplace
from klaver.web.store.workplaces import add, replace
from klaver.work.editing import with_task
from klaver.work.starters import start

PAGES = (
    "tasks/", "task/T02/", "task/T02/?pass=desk", "task/T02/?pass=floor", "task/T02/?pass=table", "task/T02/remove/",
    "tasks/new/", "tasks/times/", "tasks/together/", "tasks/library/", "roles/", "places/", "house/",
)  # fmt: skip


@pytest.mark.parametrize("part", PAGES)
def test_no_page_of_the_analysis_has_a_barrier_or_sticks_out(
    designer: Page, live_server: Any, place: Workplace, no_barriers: Callable[[Page], None], part: str
) -> None:
    for lang in ("nl", "fr"):
        cookie = {"name": "django_language", "value": lang, "url": live_server.url}
        designer.context.add_cookies([cookie])  # type: ignore[list-item]
        designer.set_viewport_size({"width": 320, "height": 700})
        designer.goto(f"{live_server.url}/workplaces/{place.pk}/{part}")
        for summary in designer.locator("summary").all():
            summary.click()
        assert narrow(designer)
        no_barriers(designer)
    designer.set_viewport_size({"width": 1280, "height": 900})
    no_barriers(designer)


def test_who_begins_from_the_library_corrects_minutes_and_days_on_one_page(
    designer: Page, live_server: Any, house: Organisation
) -> None:
    row = add(house, start("nursing-home", {"residents": 30}, "nl"), None)
    designer.set_viewport_size({"width": 320, "height": 700})
    designer.goto(f"{live_server.url}/workplaces/{row.pk}/")
    designer.get_by_role("link", name="Bekijk de taken").click()
    designer.get_by_role("link", name="Minuten en dagen van alle taken").click()
    ten = row.read().tasks[:10]
    for n, task in enumerate(ten):
        line = designer.get_by_role("group", name=task.id)
        line.get_by_label("Gewoon").fill(str(10 + n))
        line.get_by_text("zo", exact=True).click()
    designer.get_by_text("gezien", exact=True).click()
    designer.get_by_role("button", name="Alles bewaren").click()
    expect(designer.get_by_text("Bewaard. De vorige versie blijft ook bewaard.")).to_be_visible()
    now = Workplace.objects.get().read()
    for n, task in enumerate(ten):
        changed = now.task(task.id)
        assert changed.minutes is not None
        assert changed.minutes.likely == 10 + n
        assert changed.times is not None
        assert task.times is not None
        assert (changed.times[6] > 0) is (task.times[6] == 0)
        assert changed.source_of("times").kind is SourceKind.OBSERVED
    assert now.tasks[10:] == row.read().tasks[10:]


def test_a_round_on_the_floor_goes_from_task_to_task_without_typing_anything_twice(
    designer: Page, live_server: Any, house: Organisation
) -> None:
    row = add(house, start("nursing-home", {"residents": 30}, "nl"), None)
    total = len(row.read().tasks)
    designer.set_viewport_size({"width": 820, "height": 1180})
    designer.goto(f"{live_server.url}/workplaces/{row.pk}/tasks/")
    designer.get_by_role("listitem").filter(has_text="Op de werkvloer").get_by_role("link").click()
    heading = designer.get_by_role("heading", level=1)
    first = heading.inner_text()
    expect(designer.get_by_text(f"0 van {total} gevraagd")).to_be_visible()
    designer.get_by_role("textbox", name="Wie zei of zag het?").fill("hoofdverpleegkundige")
    designer.get_by_label("Alles op deze pagina is gevraagd").check()
    designer.get_by_role("button", name="Bewaren en naar de volgende taak").click()
    expect(heading).not_to_have_text(first)
    expect(designer.get_by_text(f"1 van {total} gevraagd")).to_be_visible()
    expect(designer.get_by_role("textbox", name="Wie zei of zag het?")).to_have_value("hoofdverpleegkundige")


def test_mistakes_are_told_at_their_fields_and_what_was_typed_is_kept(
    designer: Page, live_server: Any, place: Workplace, no_barriers: Callable[[Page], None]
) -> None:
    designer.goto(f"{live_server.url}/workplaces/{place.pk}/task/T02/")
    minutes = designer.get_by_label("Minuten", exact=True)
    minutes.fill("lang")
    designer.get_by_role("textbox", name="Klaar tegen").fill("nooit")
    designer.get_by_role("button", name="Bewaren").click()
    expect(designer.get_by_text("Er is nog niets bewaard.")).to_be_visible()
    expect(minutes).to_have_value("lang")
    expect(minutes).to_have_attribute("aria-invalid", "true")
    expect(designer.get_by_text("'nooit' is geen uur van de dag.")).to_be_visible()
    no_barriers(designer)
    assert Workplace.objects.get().version == 1


def test_two_people_at_once_see_both_and_lose_nothing(
    designer: Page, live_server: Any, place: Workplace, people: dict[Role, User], no_barriers: Callable[[Page], None]
) -> None:
    designer.goto(f"{live_server.url}/workplaces/{place.pk}/task/T02/")
    other = small().task("T02").model_copy(update={"minutes": Range.exactly(40), "harm": 3})
    replace(place, with_task(small(), other), people[Role.ADMINISTRATOR], 1)
    designer.get_by_label("Minuten", exact=True).fill("35")
    designer.get_by_role("button", name="Bewaren").click()
    expect(designer.get_by_role("alert")).to_contain_text("administrator heeft dit intussen ook gewijzigd")
    expect(designer.get_by_label("Minuten", exact=True)).to_have_value("35")
    expect(designer.get_by_label("ernstige schade")).to_be_checked()
    no_barriers(designer)
    designer.get_by_role("button", name="Bewaren").click()
    expect(designer.get_by_text("Bewaard.")).to_be_visible()
    now = Workplace.objects.get().read().task("T02")
    assert now.minutes is not None
    assert (now.minutes.likely, now.harm) == (35, 3)


def test_without_scripts_a_task_is_added_corrected_and_removed(
    new_context: Callable[..., BrowserContext],
    live_server: Any,
    place: Workplace,
    people: dict[Role, User],
    sign_in: Any,
) -> None:
    context = new_context(java_script_enabled=False)
    sign_in(context, people[Role.DESIGNER])
    page = context.new_page()
    page.goto(f"{live_server.url}/workplaces/{place.pk}/tasks/")
    page.get_by_role("link", name="Taak toevoegen").click()
    page.get_by_label("Taak", exact=True).fill("planten water geven")
    page.get_by_label("Minuten", exact=True).fill("15")
    page.get_by_text("ma", exact=True).click()
    page.get_by_role("button", name="Bewaren").click()
    page.get_by_role("link", name="planten water geven").click()
    page.get_by_label("Minuten", exact=True).fill("20")
    page.get_by_role("button", name="Bewaren").click()
    made = Workplace.objects.get().read().tasks[-1]
    assert (made.name, made.minutes, made.times) == ("planten water geven", Range.exactly(20), (1, 0, 0, 0, 0, 0, 0))
    page.get_by_role("link", name="planten water geven").click()
    page.get_by_role("link", name="Deze taak verwijderen").click()
    page.get_by_role("button", name="Ja, verwijderen").click()
    assert Workplace.objects.get().read() == small()


def test_values_of_another_task_and_the_same_for_several(designer: Page, live_server: Any, place: Workplace) -> None:
    designer.goto(f"{live_server.url}/workplaces/{place.pk}/task/T02/")
    designer.get_by_text("Overnemen van een andere taak").click()
    designer.get_by_label("Van welke taak?").select_option("T03")
    designer.get_by_role("group", name="Wat neemt u over?").get_by_text("Wanneer en hoe lang").click()
    designer.get_by_role("button", name="In het formulier zetten").click()
    lasts = small().task("T03").minutes
    assert lasts is not None
    expect(designer.get_by_label("Minuten", exact=True)).to_have_value(str(lasts.likely))
    assert Workplace.objects.get().version == 1
    designer.goto(f"{live_server.url}/workplaces/{place.pk}/tasks/together/")
    for code in ("T02", "T03"):
        designer.get_by_label(code).check()
    designer.get_by_label("Plaats").select_option("store")
    designer.get_by_role("button", name="In deze taken zetten").click()
    expect(designer.get_by_text("Bewaard.")).to_be_visible()
    assert [Workplace.objects.get().read().task(code).place for code in ("T02", "T03")] == ["store", "store"]
