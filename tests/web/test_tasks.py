"""Tasks corrected in the browser: the page holds the same document as the workbook, and nothing is half saved."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from tests.architecture.project import ROOT
from tests.web.cases import small
from tests.work.drawn import workplaces

from klaver.language import LANGUAGES
from klaver.values import Range, Source, SourceKind, Window
from klaver.web.accounts.models import Organisation, Role, User
from klaver.web.analyse.list_forms import TimesForm
from klaver.web.analyse.task_form import TaskForm
from klaver.web.analyse.week import week_fields
from klaver.web.frame.svg import day_svg
from klaver.web.store import workplaces as workplaces_of
from klaver.web.store.models import Workplace, WorkplaceVersion
from klaver.web.store.workplaces import add, at_version, replace
from klaver.work.editing import with_task, without_task
from klaver.work.passes import PASSES, Pass
from klaver.work.records import Legal, Scenario, Share, Task
from klaver.work.records import Workplace as Document
from klaver.work.starters import start
from klaver.work.workbook import read_workplace

EXAMPLES = ("ward", "school", "kitchen", "installation")


def filled(form: Any) -> dict[str, Any]:
    """Return what a browser sends when nothing is touched."""
    sent: dict[str, Any] = {}
    for name, field in form.fields.items():
        value = form.get_initial_for_field(field, name)
        if value is not None and value is not False and value != "":
            sent[name] = "on" if value is True else value
    return sent


def open_form(place: Workplace, ident: str, which: Pass | None = None) -> dict[str, Any]:
    """Return what the page of a task sends when nothing is touched."""
    base = place.read()
    return filled(TaskForm(base, base.task(ident), which)) | {"seen": place.version, "do": "save"}


def send(client: Client, place: Workplace, ident: str, which: str = "", /, **given: Any) -> Any:
    """Send the page of a task with some fields typed anew; ``None`` leaves a field out."""
    place.refresh_from_db()
    form = {k: v for k, v in (open_form(place, ident, which or None) | given).items() if v is not None}  # type: ignore[arg-type]
    query = f"?pass={which}" if which else ""
    return client.post(f"/workplaces/{place.pk}/task/{ident}/{query}", form)


def task_now(place: Workplace, ident: str) -> Task:
    return Workplace.objects.get(pk=place.pk).read().task(ident)


def held(page: Any, name: str) -> str:
    """Return the markup of a field, with what stands in it."""
    found = re.search(rf'<(?:input|textarea)[^>]*name="{name}"[^>]*>', page.content.decode())
    assert found, name
    return found[0]


def told_at(page: Any, name: str) -> str:
    """Return what is told at a field, as a browser ties the two together."""
    text = page.content.decode()
    found = re.search(rf'<ul class="errorlist[^"]*" id="id_{name}_error"><li>(.*?)</li>', text)
    return html.unescape(found[1]) if found else ""


CASES = [(None, lang) for lang in LANGUAGES] + [(which, "nl") for which in PASSES]


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize(("which", "lang"), CASES)
def test_a_page_that_is_sent_as_it_was_shown_holds_the_same_document(
    example: str, which: Pass | None, lang: str
) -> None:
    place = read_workplace(ROOT / "examples" / f"{example}.xlsx")
    with override(lang):
        for task in place.tasks[::3]:
            form = TaskForm(place, task, which, filled(TaskForm(place, task, which)))
            assert form.is_valid(), (task.id, form.errors)
            assert form.place == place


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(place=workplaces())
def test_the_page_of_any_task_holds_the_same_document(place: Document) -> None:
    for task in place.tasks:
        form = TaskForm(place, task, None, filled(TaskForm(place, task)))
        assert form.is_valid(), form.errors
        assert form.place == place


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_workbook_fetched_after_a_change_reads_back_to_what_the_page_holds(
    example: str, inside: Client, house: Organisation, tmp_path: Path
) -> None:
    row = add(house, read_workplace(ROOT / "examples" / f"{example}.xlsx"), None)
    for n, task in enumerate(row.read().tasks[:4]):
        answer = send(
            inside, row, task.id,
            name=f"nieuwe naam {n}", low="", likely="6", high="9", window_start="6u30", window_end="21:15", note="a; b",
            on_0="on", on_5="on", day_5=3, each=2, demand_26=n, valued="true", how_kind="observed", how_by="kok",
        )  # fmt: skip
        assert answer.status_code == 302
    path = tmp_path / "back.xlsx"
    path.write_bytes(inside.get(f"/workplaces/{row.pk}/workbook/").content)
    row.refresh_from_db()
    back = read_workplace(path)
    assert back == row.read()
    changed = back.tasks[3]
    assert (changed.name, changed.minutes) == ("nieuwe naam 3", Range(low=6, likely=6, high=9))
    assert (changed.window, changed.demands[26]) == (Window(start=390, end=1275), 3)
    assert changed.times is not None
    assert (changed.times[0], changed.times[5]) == (2, 3)
    assert changed.source_of("minutes").kind is SourceKind.OBSERVED


def test_what_is_changed_gets_the_source_that_is_named_and_the_rest_keeps_its_own(
    inside: Client, place: Workplace, people: dict[Role, User]
) -> None:
    before = task_now(place, "T02")
    answer = send(inside, place, "T02", likely="12", high="14", how_kind="observed", how_date="2026-11-30")
    assert answer.url.endswith("/tasks/#task-T02")
    now = task_now(place, "T02")
    assert now.minutes is not None
    assert (now.minutes.likely, now.minutes.high) == (12, 14)
    assert now.sources == {"minutes": Source(kind=SourceKind.OBSERVED, date="2026-11-30")}
    assert now.model_copy(update={"minutes": before.minutes, "sources": {}}) == before
    versions = WorkplaceVersion.objects.filter(workplace=place)
    assert [v.number for v in versions] == [1, 2]
    assert versions.last().by == people[Role.DESIGNER]  # type: ignore[union-attr]


def test_minutes_low_and_high_that_nobody_touched_follow_the_usual_ones(inside: Client, place: Workplace) -> None:
    for likely, low, high in (("12", 12, 40), ("44", 20, 44)):
        send(inside, place, "T02", low="20", likely="30", high="40")
        send(inside, place, "T02", likely=likely)
        assert task_now(place, "T02").minutes == Range(low=low, likely=int(likely), high=high)


def test_minutes_that_are_known_exactly_stay_so(inside: Client, place: Workplace) -> None:
    send(inside, place, "T02", likely="12")
    assert task_now(place, "T02").minutes == Range.exactly(12)


def test_who_does_a_task_is_told_in_shares_and_its_law_in_words(inside: Client, place: Workplace) -> None:
    send(inside, place, "T02", doer_carer=30, doer_cleaner=70, legal="permit", permit="rijbewijs-b", harm="3")
    now = task_now(place, "T02")
    assert now.doers == (Share(role="carer", percent=30), Share(role="cleaner", percent=70))
    assert (now.legal, now.permit, now.harm) == (Legal.PERMIT, "rijbewijs-b", 3)


def test_what_is_emptied_is_not_known_any_more(inside: Client, place: Workplace) -> None:
    none: dict[str, Any] = dict.fromkeys(
        ("likely", "low", "high", "window_start", "window_end", "harm", "demand_1"), ""
    )
    none |= {f"on_{d}": None for d in range(7)} | {"each": "", "doer_carer": "", "place": ""}
    send(inside, place, "T02", **none)
    now = task_now(place, "T02")
    assert (now.minutes, now.window, now.times, now.harm, now.place, now.doers) == (None,) * 5 + ((),)
    assert 1 not in now.demands
    assert inside.get(f"/workplaces/{place.pk}/tasks/").status_code == 200
    assert "T02" in inside.get(f"/workplaces/{place.pk}/task/T02/").content.decode()


def test_a_task_that_is_never_done_has_no_days(inside: Client, place: Workplace) -> None:
    send(inside, place, "T02", each=0, **{f"on_{d}": None for d in range(7)})
    assert task_now(place, "T02").times == (0,) * 7


def test_all_mistakes_are_told_each_at_its_field_and_nothing_is_saved(inside: Client, place: Workplace) -> None:
    page = send(
        inside, place, "T02",
        name="", likely="lang", window_start="25 uur", wait_days="-1", doer_carer=30, each=2, permit="a b",
        override="true", **{f"on_{d}": None for d in range(7)},
    )  # fmt: skip
    assert page.status_code == 400
    assert told_at(page, "name") == "Vul dit in."
    assert "'lang' is geen heel getal" in told_at(page, "likely")
    assert "'25 uur' is geen uur van de dag" in told_at(page, "window_start")
    assert "ligt onder nul" in told_at(page, "wait_days")
    assert "Op welke dagen?" in told_at(page, "each")
    assert "is geen code" in told_at(page, "permit")
    assert "vraagt een reden" in told_at(page, "override_comment")
    assert 'value="lang"' in held(page, "likely")
    assert Workplace.objects.get().version == 1


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"doer_carer": 30}, "doer_carer", "tellen op tot 30 %"),
        ({"likely": "60", "high": "60", "window_start": "10:00", "window_end": "10:30"}, "window_end", "duurt 60"),
        ({"legal": "permit"}, "permit", "Welk attest"),
        ({"window_end": ""}, "window_end", "maar één kant"),
        ({"window_start": "12:00", "window_end": "9:00"}, "window_end", "ligt niet na"),
        ({"low": "100"}, "low", "minuten laag is meer"),
        ({"likely": "", "high": "8"}, "likely", "geen gewone minuten"),
        ({"how_date": "morgen"}, "how_date", "geen datum"),
        ({"how_date": "2026-02-30", "name": ""}, "how_date", "geen datum"),
        ({"how_by": "kok\x07"}, "how_by", "past hier niet"),
        ({"doer_carer": 130}, "doer_carer", ""),
        ({"day_0": 0}, "each", "nul keer"),
        ({"each": 0}, "each", "nul keer"),
        ({"wait_days": "400"}, "wait_days", "hoogstens 366"),
        ({"name": "x" * 401}, "name", "te lang"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_field_and_saves_nothing(
    inside: Client, place: Workplace, given: dict[str, Any], field: str, said: str
) -> None:
    page = send(inside, place, "T02", **given)
    assert page.status_code == 400
    assert told_at(page, field)
    assert said in told_at(page, field)
    assert Workplace.objects.get().version == 1


def test_a_season_that_counts_with_a_kind_of_work_keeps_its_task(inside: Client, house: Organisation) -> None:
    place = small()
    alone = place.tasks[1].model_copy(update={"family": "pastry"})
    season = Scenario(id="zomer", label="Zomer", weeks=8, families={"pastry": 150})
    tasks = (place.tasks[0], alone, *place.tasks[2:])
    row = add(house, place.model_copy(update={"tasks": tasks, "scenarios": (season,)}), None)
    page = send(inside, row, alone.id, family="meals")
    assert "Een seizoen rekent met" in told_at(page, "family")


def test_what_was_confirmed_is_known_without_being_typed_again(inside: Client, house: Organisation) -> None:
    row = add(house, start("nursing-home", {"residents": 30}, "nl"), None)
    first = row.read().tasks[0]
    send(inside, row, first.id, ok_minutes="on", how_kind="told", how_by="hoofdverpleegkundige")
    now = task_now(row, first.id)
    assert now.minutes == first.minutes
    assert now.source_of("minutes").by == "hoofdverpleegkundige"
    assert now.source_of("times").kind is SourceKind.ASSUMED


def test_a_page_that_changes_nothing_makes_no_version(inside: Client, place: Workplace) -> None:
    answer = send(inside, place, "T02")
    assert "Er was niets gewijzigd." in inside.get(answer.url).content.decode()
    assert Workplace.objects.get().version == 1


def test_a_pass_shows_and_changes_only_what_it_can_answer(inside: Client, place: Workplace) -> None:
    page = inside.get(f"/workplaces/{place.pk}/task/T02/?pass=floor").content.decode()
    assert 'name="likely"' in page
    assert 'name="demand_1"' not in page
    send(inside, place, "T02", "floor", likely="9", demand_1="4")
    now = task_now(place, "T02")
    assert now.minutes is not None
    assert (now.minutes.likely, now.demands[1]) == (9, 1)


def test_one_walks_through_a_pass_and_sees_how_far_it_is(inside: Client, house: Organisation) -> None:
    row = add(house, start("nursing-home", {"residents": 30}, "nl"), None)
    page = inside.get(f"/workplaces/{row.pk}/tasks/").content.decode()
    total = len(row.read().tasks)
    assert f"0 van {total} gevraagd" in page
    first = re.search(r"/task/([^/]+)/[?]pass=floor", page)
    assert first
    here = first[1]
    for _ in range(3):
        answer = send(inside, row, here, "floor", ok_all="on", how_by="kok", do="next")
        found = re.search(r"/task/([^/]+)/[?]pass=floor", answer.url)
        assert found
        here = found[1]
    page = inside.get(f"/workplaces/{row.pk}/tasks/").content.decode()
    assert f"3 van {total} gevraagd" in page
    assert f"/task/{here}/?pass=floor" in page, "the walk goes on where it stopped"
    asked = inside.get(f"/workplaces/{row.pk}/task/{here}/?pass=floor")
    assert 'value="kok"' in held(asked, "how_by"), "who was asked is not typed again"


def test_the_last_task_of_a_pass_leads_back_to_the_list(inside: Client, place: Workplace) -> None:
    last = small().tasks[-1].id
    assert "/tasks/" in send(inside, place, last, "floor", do="next").url


def test_the_values_of_another_task_come_into_the_form_and_are_not_saved(inside: Client, place: Workplace) -> None:
    send(inside, place, "T03", likely="33", high="40", low="30", demand_26="4", harm="3")
    other = task_now(place, "T03")
    page = send(
        inside, place, "T02", do="copy", copy_from="T03", copy_part=["when", "demands", "law"], note="blijft staan"
    )
    assert page.status_code == 200
    assert 'value="33"' in held(page, "likely")
    assert "blijft staan" in page.content.decode()
    assert re.search(r'name="harm" value="1"[^>]*checked', page.content.decode()), "what is dangerous is never assumed"
    assert re.search(r'name="demand_26" value="4"[^>]*checked', page.content.decode())
    assert re.search(r'name="how_kind" value="assumed"[^>]*checked', page.content.decode())
    assert task_now(place, "T02").minutes != other.minutes
    assert Workplace.objects.get().version == 2


def test_a_person_decides_otherwise_with_a_reason(inside: Client, place: Workplace) -> None:
    send(inside, place, "T02", override="false", override_comment="Hier niet.")
    page = inside.get(f"/workplaces/{place.pk}/task/T02/").content.decode()
    assert "Eigen oordeel: Hier niet." in page
    assert "verdict-no" in page


def test_a_task_is_added_with_a_code_of_its_own(inside: Client, place: Workplace) -> None:
    given = {
        "seen": 1,
        "name": "planten water geven",
        "family": "upkeep",
        "likely": "20",
        "on_1": "on",
        "place": "room",
    }
    given |= {"window_start": "9:00", "window_end": "12:00", "doer_carer": 100, "legal": "free", "how_kind": "told"}
    answer = inside.post(f"/workplaces/{place.pk}/tasks/new/", given)
    assert answer.status_code == 302
    made = Workplace.objects.get().read().tasks[-1]
    assert (made.name, made.family, made.minutes) == ("planten water geven", "upkeep", Range.exactly(20))
    assert made.times == (0, 1, 0, 0, 0, 0, 0)
    assert (made.source.kind, made.sources) == (SourceKind.TOLD, {})
    assert made.id not in {t.id for t in small().tasks}
    page = inside.get(answer.url.partition("#")[0]).content.decode()
    assert "planten water geven" in page


def test_a_kind_of_work_that_nobody_foresaw_is_written(inside: Client, place: Workplace) -> None:
    send(inside, place, "T02", other_family="Dieren verzorgen")
    assert task_now(place, "T02").family == "dieren-verzorgen"
    page = inside.get(f"/workplaces/{place.pk}/task/T03/").content.decode()
    assert '<option value="dieren-verzorgen">dieren verzorgen</option>' in page


def test_a_task_that_is_only_named_can_be_added_and_asked_later(inside: Client, place: Workplace) -> None:
    page = inside.get(f"/workplaces/{place.pk}/tasks/new/")
    assert 'value="-"' not in held(page, "name")
    given = {"seen": 1, "name": "post halen", "how_kind": "assumed"}
    assert inside.post(f"/workplaces/{place.pk}/tasks/new/", given | {"name": ""}).status_code == 400
    answer = inside.post(f"/workplaces/{place.pk}/tasks/new/", {**given, "family": "office"})
    page = inside.get(answer.url.partition("#")[0])
    assert page.status_code == 200
    assert "post halen" in page.content.decode()


def test_a_task_goes_only_when_it_is_confirmed_and_older_versions_keep_it(inside: Client, place: Workplace) -> None:
    address = f"/workplaces/{place.pk}/task/T02/remove/"
    assert "oudere versies" in inside.get(address).content.decode()
    assert "T02" in {t.id for t in Workplace.objects.get().read().tasks}
    assert inside.post(address, {"seen": 1}).status_code == 302
    row = Workplace.objects.get()
    assert "T02" not in {t.id for t in row.read().tasks}
    assert at_version(row, 1) == small()
    assert inside.get(address).status_code == 404
    assert inside.get(f"/workplaces/{place.pk}/task/T02/").status_code == 404


def test_what_goes_along_with_a_task_is_said_before(inside: Client, place: Workplace) -> None:
    order = small().orders[0]
    page = inside.get(f"/workplaces/{place.pk}/task/{order.before}/remove/").content.decode()
    assert "<li>Volgorde</li>" in page


SOME = [t.id for t in small().tasks]


def times_sent(place: Workplace) -> dict[str, Any]:
    return filled(TimesForm(place.read())) | {"seen": place.version}


def test_minutes_and_days_of_all_tasks_are_saved_at_once(inside: Client, place: Workplace) -> None:
    sent = times_sent(place) | {
        f"{SOME[1]}_likely": "17",
        f"{SOME[1]}_high": "20",
        f"{SOME[2]}_each": 3,
        f"{SOME[3]}_ok": "on",
        "how_kind": "observed",
    }
    sent.pop(f"{SOME[4]}_on_0", None)
    assert inside.post(f"/workplaces/{place.pk}/tasks/times/", sent).status_code == 302
    row = Workplace.objects.get()
    before, now = small().tasks, row.read().tasks
    assert row.version == 2
    assert now[1].minutes is not None
    assert now[1].minutes.likely == 17
    assert set(now[1].sources) == {"minutes"}
    assert now[2].times == tuple(3 * (n > 0) for n in before[2].times or ())
    assert now[3].source_of("minutes").kind is SourceKind.OBSERVED
    assert now[4].times is not None
    assert now[4].times[0] == 0
    assert now[5:] == before[5:]


def test_a_large_house_is_corrected_on_one_page_too(inside: Client, house: Organisation) -> None:
    place = start("nursing-home", {"residents": 200}, "nl")
    more = [t.model_copy(update={"id": f"{t.id}{x}"}) for t in place.tasks for x in "bcd"]
    row = add(house, place.model_copy(update={"tasks": (*place.tasks, *more)}), None)
    last = more[-1].id
    sent = times_sent(row) | {f"{last}_ok": "on"}
    assert len(sent) > 2000
    assert inside.post(f"/workplaces/{row.pk}/tasks/times/", sent).status_code == 302
    assert task_now(row, last).source_of("minutes").kind is SourceKind.TOLD


def test_that_something_is_assumed_is_not_carried_to_the_next_page(inside: Client, place: Workplace) -> None:
    send(inside, place, "T02", likely="12", how_kind="assumed", how_by="kok")
    page = inside.get(f"/workplaces/{place.pk}/task/T03/").content.decode()
    assert re.search(r'name="how_kind" value="told"[^>]*checked', page)


def test_days_that_differ_in_number_stay_until_they_are_typed_anew(inside: Client, house: Organisation) -> None:
    uneven = small().tasks[1].model_copy(update={"times": (2, 0, 3, 0, 0, 0, 0)})
    row = add(house, with_task(small(), uneven), None)
    page = inside.get(f"/workplaces/{row.pk}/tasks/times/").content.decode()
    assert "2, 0, 3, 0, 0, 0, 0" in page
    inside.post(
        f"/workplaces/{row.pk}/tasks/times/",
        times_sent(row) | {f"{SOME[1]}_likely": "3", f"{SOME[1]}_low": "1", f"{SOME[1]}_high": "9"},
    )
    assert task_now(row, uneven.id).times == uneven.times
    row.refresh_from_db()
    inside.post(f"/workplaces/{row.pk}/tasks/times/", times_sent(row) | {f"{SOME[1]}_each": 4})
    assert task_now(row, uneven.id).times == (4, 0, 4, 0, 0, 0, 0)


def test_a_mistake_in_one_row_saves_no_row(inside: Client, place: Workplace) -> None:
    sent = times_sent(place) | {
        f"{SOME[1]}_likely": "17",
        f"{SOME[1]}_high": "9",
        f"{SOME[2]}_likely": "x",
        f"{SOME[3]}_each": 0,
        f"{SOME[0]}_likely": "900",
    }
    page = inside.post(f"/workplaces/{place.pk}/tasks/times/", sent | {f"{SOME[0]}_high": "900"})
    assert page.status_code == 400
    assert told_at(page, f"{SOME[1]}_high")
    assert told_at(page, f"{SOME[2]}_likely")
    assert told_at(page, f"{SOME[3]}_each")
    assert Workplace.objects.get().version == 1
    page = inside.post(
        f"/workplaces/{place.pk}/tasks/times/",
        times_sent(place) | {f"{SOME[1]}_likely": "900", f"{SOME[1]}_high": "900"},
    )
    assert "maar er zijn maar" in told_at(page, f"{SOME[1]}_likely")


def test_a_task_that_another_took_away_does_not_shift_what_was_typed(
    inside: Client, place: Workplace, people: dict[Role, User]
) -> None:
    mine = times_sent(place) | {f"{SOME[4]}_likely": "17", f"{SOME[5]}_likely": "18"}
    theirs = without_task(small(), SOME[2])
    changed = theirs.task(SOME[5]).model_copy(update={"minutes": Range.exactly(9)})
    replace(place, with_task(theirs, changed), people[Role.ADMINISTRATOR], 1)
    page = inside.post(f"/workplaces/{place.pk}/tasks/times/", mine)
    assert page.status_code == 409
    assert 'value="17"' in held(page, f"{SOME[4]}_likely")
    assert 'value="18"' in held(page, f"{SOME[5]}_likely")
    again = {k: v for k, v in mine.items() if not k.startswith(f"{SOME[2]}_")} | {"seen": 2}
    assert inside.post(f"/workplaces/{place.pk}/tasks/times/", again).status_code == 302
    now = Workplace.objects.get().read()
    assert [now.task(i).minutes for i in SOME[4:6]] == [Range.exactly(17), Range.exactly(18)]
    assert SOME[2] not in {t.id for t in now.tasks}


def together(client: Client, place: Workplace, /, **given: Any) -> Any:
    return client.post(f"/workplaces/{place.pk}/tasks/together/", {"seen": place.version, "how_kind": "told"} | given)


def test_several_tasks_are_changed_together(inside: Client, place: Workplace) -> None:
    assert inside.get(f"/workplaces/{place.pk}/tasks/together/").status_code == 200
    answer = together(
        inside, place, picked=["T02", "T03"], on_0="on", each=2, window_start="6:00", window_end="22:00",
        role="cleaner", place="store", demand="26", level="3",
    )  # fmt: skip
    assert answer.status_code == 302
    for ident in ("T02", "T03"):
        now = task_now(place, ident)
        assert now.times == (2, 0, 0, 0, 0, 0, 0)
        assert now.window == Window(start=360, end=1320)
        assert (now.doers, now.place, now.demands[26]) == ((Share(role="cleaner", percent=100),), "store", 3)
        assert set(now.sources) == {"times", "window", "doers", "place", "demands.26"}
    rest = [t for t in Workplace.objects.get().read().tasks if t.id not in ("T02", "T03")]
    assert rest == [t for t in small().tasks if t.id not in ("T02", "T03")]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"place": "store"}, "ten minste één taak"),
        ({"picked": ["T02"]}, "Vul in wat deze taken"),
        ({"picked": ["T02"], "demand": "26"}, "zowel een taakeis als een niveau"),
        ({"picked": ["T02"], "each": 2}, "Op welke dagen?"),
        ({"picked": ["T02"], "window_start": "6:00"}, "maar één kant"),
        ({"picked": ["T02"], "window_start": "6:00", "window_end": "5:00"}, "ligt niet na"),
        ({"picked": ["T02"], "window_start": "6:00", "window_end": "zes"}, "geen uur van de dag"),
        ({"picked": ["T02"], "window_start": "6:00", "window_end": "6:01"}, "maar er zijn maar 1 minuten"),
    ],
)
def test_what_cannot_be_changed_together_is_told(
    inside: Client, place: Workplace, given: dict[str, Any], said: str
) -> None:
    page = together(inside, place, **given)
    assert page.status_code == 400
    assert said in html.unescape(page.content.decode())
    assert Workplace.objects.get().version == 1


def test_tasks_of_the_library_are_ticked_in(inside: Client, house: Organisation) -> None:
    full = start("nursing-home", {"residents": 30}, "nl")
    row = add(house, without_task(full, full.tasks[2].id), None)
    other = add(house, without_task(without_task(full, full.tasks[2].id), full.tasks[3].id), None)
    inside.post(f"/workplaces/{other.pk}/tasks/library/", {"seen": 1, "picked": [full.tasks[3].id]})
    assert full.tasks[2].id not in {t.id for t in Workplace.objects.get(pk=other.pk).read().tasks}
    assert "library/" in inside.get(f"/workplaces/{row.pk}/tasks/").content.decode()
    address = f"/workplaces/{row.pk}/tasks/library/"
    assert full.tasks[2].name in inside.get(address).content.decode()
    assert inside.post(address, {"seen": 1}).status_code == 400
    assert inside.post(address, {"seen": 1, "picked": [full.tasks[2].id]}).status_code == 302
    row.refresh_from_db()
    assert row.read().tasks[-1] == full.tasks[2]
    assert "geen taken die hier nog niet staan" in inside.get(address).content.decode()


def by_other(place: Workplace, people: dict[Role, User], ident: str, /, **fields: Any) -> None:
    row = Workplace.objects.get(pk=place.pk)
    task = row.read().task(ident).model_copy(update=fields)
    replace(row, with_task(row.read(), task), people[Role.ADMINISTRATOR], row.version)


def stale(place: Workplace, ident: str, **given: Any) -> dict[str, Any]:
    """Return the form as it was opened before anybody else came by."""
    return open_form(place, ident) | given


def test_two_people_who_change_different_values_both_have_their_way(
    inside: Client, place: Workplace, people: dict[Role, User]
) -> None:
    mine = stale(place, "T02", low="10", likely="12", high="15")
    by_other(place, people, "T02", harm=2)
    by_other(place, people, "T03", harm=3)
    assert inside.post(f"/workplaces/{place.pk}/task/T02/", mine).status_code == 302
    row = Workplace.objects.get()
    assert row.version == 4
    assert row.read().task("T02").minutes == Range(low=10, likely=12, high=15)
    assert row.read().task("T02").harm == 2
    assert row.read().task("T03").harm == 3


def test_who_changed_the_same_value_is_shown_both_and_keeps_what_was_typed(
    inside: Client, place: Workplace, people: dict[Role, User]
) -> None:
    mine = stale(place, "T02", low="11", likely="12", high="13", note="van mij", how_by="kok")
    by_other(place, people, "T02", minutes=Range.exactly(40), harm=2)
    row = Workplace.objects.get()
    replace(row, with_task(row.read(), row.read().task("T03")), people[Role.DESIGNER], 2)
    page = inside.post(f"/workplaces/{place.pk}/task/T02/", mine)
    text = page.content.decode()
    assert page.status_code == 409
    assert "administrator heeft dit intussen ook gewijzigd" in text
    assert "<td>40, 40, 40</td><td>11, 12, 13</td>" in text
    assert 'value="12"' in held(page, "likely")
    assert "van mij" in text
    assert re.search(r'name="harm" value="2"[^>]*checked', text), "what only the other changed is taken over"
    assert Workplace.objects.get().version == 3
    again = mine | {"seen": 3, "harm": "2"}
    assert inside.post(f"/workplaces/{place.pk}/task/T02/", again).status_code == 302
    now = task_now(place, "T02")
    assert (now.minutes, now.harm, now.note) == (Range(low=11, likely=12, high=13), 2, "van mij")


def test_a_task_that_another_removed_meanwhile_can_be_put_back(
    inside: Client, place: Workplace, people: dict[Role, User]
) -> None:
    mine = stale(place, "T02", low="11", likely="12", high="13")
    replace(place, without_task(small(), "T02"), people[Role.ADMINISTRATOR], 1)
    page = inside.post(f"/workplaces/{place.pk}/task/T02/", mine)
    assert page.status_code == 409
    assert "verwijderd" in page.content.decode()
    assert 'value="12"' in held(page, "likely")
    assert inside.post(f"/workplaces/{place.pk}/task/T02/", mine | {"seen": 2}).status_code == 302
    assert task_now(place, "T02").minutes == Range(low=11, likely=12, high=13)


def test_what_was_ticked_is_still_ticked_after_a_clash(
    inside: Client, place: Workplace, people: dict[Role, User]
) -> None:
    by_other(place, people, "T02", times=(0, 0, 0, 0, 0, 0, 5))
    page = together(inside, place, picked=["T02", "T03"], on_0="on", each=2)
    assert page.status_code == 409
    text = page.content.decode()
    for ident in ("T02", "T03"):
        assert re.search(rf'name="picked" value="{ident}"[^>]*checked', text)
    assert "<td>5 x zondag</td><td>2 x maandag</td>" in text


def test_a_task_that_another_just_put_in_an_order_is_not_removed(
    inside: Client, place: Workplace, people: dict[Role, User]
) -> None:
    scenario = Scenario(id="zomer", label="Zomer", weeks=8, tasks={"T02": 50})
    replace(place, small().model_copy(update={"scenarios": (scenario,)}), people[Role.ADMINISTRATOR], 1)
    page = inside.post(f"/workplaces/{place.pk}/task/T02/remove/", {"seen": 1})
    assert page.status_code == 400
    assert "De taak 'T02' bestaat niet" in html.unescape(page.content.decode())
    assert Workplace.objects.get().version == 2


def test_what_does_not_go_together_is_told_and_nothing_is_saved(
    inside: Client, place: Workplace, people: dict[Role, User]
) -> None:
    mine = stale(place, "T02", low="50", likely="50", high="50")
    by_other(place, people, "T02", window=Window(start=600, end=620))
    page = inside.post(f"/workplaces/{place.pk}/task/T02/", mine)
    assert page.status_code == 400
    assert "duurt 50 minuten" in told_at(page, "window_end")
    assert Workplace.objects.get().version == 2


def test_a_change_that_comes_in_between_the_look_and_the_lock_is_looked_at_too(
    place: Workplace, people: dict[Role, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, came = workplaces_of.replace, []

    def replace_after_another(row: Workplace, document: Document, by: Any, seen: int) -> Workplace:
        if not came:
            came.append(True)
            other = with_task(small(), small().task("T03").model_copy(update={"harm": 3}))
            real(row, other, people[Role.ADMINISTRATOR], seen)
        return real(row, document, by, seen)

    monkeypatch.setattr(workplaces_of, "replace", replace_after_another)
    mine = with_task(small(), small().task("T02").model_copy(update={"harm": 2}))
    assert workplaces_of.change(place, mine, None, 1)
    now = Workplace.objects.get().read()
    assert (now.task("T02").harm, now.task("T03").harm) == (2, 3)


def test_a_task_that_never_was_is_not_there(inside: Client, place: Workplace) -> None:
    assert inside.post(f"/workplaces/{place.pk}/task/NEVER/", {"seen": 1}).status_code == 404


@pytest.mark.parametrize("seen", ["", "x", "0", "7", "9" * 5000])
def test_a_form_that_does_not_say_what_it_saw_is_not_read(inside: Client, place: Workplace, seen: str) -> None:
    answer = inside.post(f"/workplaces/{place.pk}/task/T02/", stale(place, "T02", seen=seen, likely="9"))
    assert answer.status_code == 400
    assert Workplace.objects.get().version == 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("part", ["task/T02/", "tasks/times/", "tasks/together/", "tasks/new/", "tasks/library/"])
def test_every_page_is_told_in_every_language(inside: Client, place: Workplace, part: str, lang: str) -> None:
    inside.post("/language/setlang/", {"language": lang, "next": "/"})
    assert f'<html lang="{lang}">' in inside.get(f"/workplaces/{place.pk}/{part}").content.decode()


def test_who_may_not_change_sees_the_tasks_without_ways_to_change_them(
    place: Workplace, people: dict[Role, User]
) -> None:
    client = Client()
    client.force_login(people[Role.DELEGATE])
    page = client.get(f"/workplaces/{place.pk}/tasks/").content.decode()
    assert "task T02" in page
    assert "/task/" not in page
    assert "/times/" not in page


def test_the_strip_of_a_day_shows_the_window_and_the_next_day_when_it_reaches_there() -> None:
    with override("nl"):
        assert 'x="200" y="0" width="80"' in day_svg(Window(start=600, end=840))
        assert "10:00-14:00" in day_svg(Window(start=600, end=840))
        assert 'x="220" y="0" width="40"' in day_svg(Window(start=1320, end=1560))
        assert day_svg(None) == ""


def test_weekdays_are_named_once_each() -> None:
    with override("nl"):
        labels = [f.label for f in week_fields(single=False).values()][:7]
    assert labels == ["ma", "di", "wo", "do", "vr", "za", "zo"]
