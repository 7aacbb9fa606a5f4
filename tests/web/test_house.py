"""Roles, places, pay scales and units corrected in the browser, as the workbook holds them."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from tests.architecture.project import ROOT
from tests.web.cases import small
from tests.web.test_tasks import filled, told_at
from tests.work.drawn import workplaces

from klaver.language import LANGUAGES
from klaver.web.accounts.models import Role, User
from klaver.web.analyse.clashes import clash_rows
from klaver.web.analyse.house_forms import ListsForm
from klaver.web.store.models import Workplace
from klaver.web.store.workplaces import replace
from klaver.work.editing import with_task, without_task
from klaver.work.house import Listed
from klaver.work.merging import Clash
from klaver.work.records import Walk
from klaver.work.records import Workplace as Document
from klaver.work.workbook import read_workplace

KEYS: dict[str, tuple[Listed, ...]] = {"roles": ("roles",), "places": ("places",), "house": ("units", "pay_scales")}


def sent(place: Workplace, page: str, **given: Any) -> dict[str, Any]:
    form = filled(ListsForm(KEYS[page], place.read())) | {"seen": place.version} | given
    return {k: v for k, v in form.items() if v is not None}


def send(client: Client, place: Workplace, page: str, /, **given: Any) -> Any:
    place.refresh_from_db()
    return client.post(f"/workplaces/{place.pk}/{page}/", sent(place, page, **given))


def now() -> Document:
    return Workplace.objects.get().read()


@pytest.mark.parametrize("page", KEYS)
@pytest.mark.parametrize("example", ["ward", "school", "kitchen", "installation"])
def test_a_page_that_is_sent_as_it_was_shown_holds_the_same_document(example: str, page: str) -> None:
    place = read_workplace(ROOT / "examples" / f"{example}.xlsx")
    for lang in LANGUAGES:
        with override(lang):
            form = ListsForm(KEYS[page], place, filled(ListsForm(KEYS[page], place)))  # type: ignore[arg-type]
            assert form.is_valid(), form.errors
            assert form.place == place


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(place=workplaces())
def test_the_lists_of_any_workplace_hold_the_same_document(place: Document) -> None:
    for keys in KEYS.values():
        form = ListsForm(keys, place, filled(ListsForm(keys, place)))  # type: ignore[arg-type]
        assert form.is_valid(), form.errors
        assert form.place == place


def test_a_role_is_corrected_and_another_added(inside: Client, place: Workplace) -> None:
    answer = send(
        inside, place, "roles",
        roles_carer_label="Zorgkundige", roles_carer_hours_week="420:30",
        roles_carer_hourly_cost="32,50", roles_carer_shortage="false",
        roles__label="Jobstudent", roles__kind="student",
    )  # fmt: skip
    assert answer.url.endswith("/roles/")
    first, *_, last = now().roles
    assert (first.label, first.hours_week, first.hourly_cost, first.shortage) == ("Zorgkundige", 25230, 3250, False)
    assert (last.id, last.label, last.kind) == ("jobstudent", "Jobstudent", "student")
    assert len(now().roles) == 4


def test_a_role_that_nobody_names_goes_and_one_that_is_used_stays(inside: Client, place: Workplace) -> None:
    assert send(inside, place, "roles", roles_cook_drop="on").status_code == 302
    assert [r.id for r in now().roles] == ["carer", "cleaner"]
    page = send(inside, place, "roles", roles_carer_drop="on")
    assert page.status_code == 400
    text = html.unescape(page.content.decode())
    assert "'carer' wordt nog gebruikt in: N1" in text or "'carer' wordt nog gebruikt in: T" in text
    assert text.count("'carer' wordt nog gebruikt") == 1
    assert "carer" in {r.id for r in now().roles}


def test_all_mistakes_of_a_list_are_told_each_at_its_field(inside: Client, place: Workplace) -> None:
    page = send(
        inside,
        place,
        "roles",
        roles_carer_label="",
        roles_cleaner_hours_week="veel",
        roles_cook_drop="on",
        roles__headcount="3",
    )
    assert page.status_code == 400
    assert told_at(page, "roles_carer_label") == "Vul dit in."
    assert "geen aantal uren" in told_at(page, "roles_cleaner_hours_week")
    assert told_at(page, "roles__label") == "Vul dit in."
    assert now() == small()


def test_a_place_is_asked_once_and_its_walks_with_it(inside: Client, place: Workplace) -> None:
    send(inside, place, "places", places_room_demand_34="4", places__label="Tuin", **{"walk_room:store": "7"})
    made = now()
    assert made.places[0].demands[34] == 4
    assert made.places[2].id == "tuin"
    assert made.walks == (Walk(start="room", end="store", minutes=7),)
    send(inside, place, "places", **{"walk_room:store": "", "walk_store:tuin": "4"})
    assert now().walks == (Walk(start="store", end="tuin", minutes=4),)
    send(inside, place, "places", places_tuin_drop="on", **{"walk_store:tuin": "4"})
    assert now().walks == ()
    assert told_at(send(inside, place, "places", **{"walk_room:store": "300"}), "walk_room:store")


def test_the_workplace_itself_is_corrected(inside: Client, place: Workplace) -> None:
    send(
        inside, place, "house",
        name="Linde 3", full_time_week="36:00", note="Nota", units__label="Bewoners", units__count="45",
        pay_scales__label="Midden", pay_scales__rank="3",
    )  # fmt: skip
    made = now()
    assert (made.name, made.full_time_week, made.note) == ("Linde 3", 2160, "Nota")
    assert Workplace.objects.get().name == "Linde 3"
    assert (made.units[0].id, made.units[0].count) == ("bewoners", 45)
    assert made.pay_scales[2].id == "midden"
    page = send(inside, place, "house", name="", full_time_week="een week", pay_scales_low_rank="x")
    assert told_at(page, "name")
    assert told_at(page, "full_time_week")
    assert told_at(page, "pay_scales_low_rank")
    page = send(inside, place, "house", pay_scales_low_drop="on", pay_scales_high_drop="on")
    text = html.unescape(page.content.decode())
    assert "'low' wordt nog gebruikt in: Functies" in text
    assert "Werkplek" in text
    assert told_at(send(inside, place, "house", full_time_week="0:10"), "full_time_week")


def test_two_who_change_the_same_role_are_shown_both(
    inside: Client, place: Workplace, people: dict[Role, User]
) -> None:
    mine = sent(place, "roles", roles_carer_hours_week="90:00", roles_cleaner_label="Schoonmaak")
    other = small()
    changed = other.roles[0].model_copy(update={"hours_week": 60, "headcount": 9})
    replace(place, other.model_copy(update={"roles": (changed, *other.roles[1:])}), people[Role.ADMINISTRATOR], 1)
    page = inside.post(f"/workplaces/{place.pk}/roles/", mine)
    assert page.status_code == 409
    text = page.content.decode()
    assert "<td>01:00</td><td>90:00</td>" in text
    assert 'name="roles_carer_headcount" value="9"' in text
    assert 'value="Schoonmaak"' in text
    again = mine | {"seen": 2, "roles_carer_headcount": "9"}
    assert inside.post(f"/workplaces/{place.pk}/roles/", again).status_code == 302
    assert (now().roles[0].hours_week, now().roles[0].headcount) == (5400, 9)


def test_what_both_changed_is_told_in_words_whatever_it_is() -> None:
    mine = small()
    task = mine.task("T02")
    mine = with_task(mine, task.model_copy(update={"times": (2, 0, 3, 0, 0, 0, 0), "minutes": None}))
    theirs = with_task(small(), task.model_copy(update={"times": None, "names": {"fr": "dresser"}}))
    clashes = [
        Clash(sheet="tasks", ident="T02", field="times"),
        Clash(sheet="tasks", ident="T02", field="minutes"),
        Clash(sheet="tasks", ident="T02", field="demands.26"),
        Clash(sheet="tasks", ident="T02", field="names.fr"),
        Clash(sheet="tasks", ident="T02", field="sources.minutes"),
        Clash(sheet="tasks", ident="T02"),
        Clash(sheet="tasks", ident="GONE"),
        Clash(sheet="places", ident="room", field="demands.34"),
        Clash(sheet="orders"),
        Clash(sheet="name"),
    ]
    rows = clash_rows(tuple(clashes), mine, theirs, "nl")
    assert [(r.theirs, r.mine) for r in rows] == [
        ("nog niet gevraagd", "2, 0, 3, 0, 0, 0, 0"),
        ("30, 30, 30", "nog niet gevraagd, nog niet gevraagd, nog niet gevraagd"),
        ("1", "1"),
        ("dresser", "nog niet gevraagd"),
        ("verteld, 2026-11-24", "verteld, 2026-11-24"),
        ("gewijzigd", "gewijzigd"),
        ("verwijderd", "verwijderd"),
        ("1", "1"),
        ("gewijzigd", "gewijzigd"),
        ("case", "case"),
    ]
    assert rows[0].what.startswith("Taken · T02 · ")
    assert rows[4].what.endswith("bron")


def test_removing_what_another_changed_is_told_first(
    inside: Client, place: Workplace, people: dict[Role, User]
) -> None:
    other = with_task(small(), small().task("T02").model_copy(update={"harm": 3}))
    replace(place, other, people[Role.ADMINISTRATOR], 1)
    page = inside.post(f"/workplaces/{place.pk}/task/T02/remove/", {"seen": 1})
    assert page.status_code == 409
    assert "<td>gewijzigd</td><td>verwijderd</td>" in page.content.decode()
    assert inside.post(f"/workplaces/{place.pk}/task/T02/remove/", {"seen": 2}).status_code == 302
    assert now() == without_task(other, "T02")


@pytest.mark.parametrize("page", KEYS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_is_told_in_every_language(inside: Client, place: Workplace, page: str, lang: str) -> None:
    inside.post("/language/setlang/", {"language": lang, "next": "/"})
    assert f'<html lang="{lang}">' in inside.get(f"/workplaces/{place.pk}/{page}/").content.decode()
