"""The advice report tells first what is decided, tells it honestly, and tells each thing once."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.design.cases import entry, job, shift, task, workplace
from tests.documents.cases import (
    LANGUAGES,
    asked,
    design,
    long_job,
    short_job,
    tables,
    tasks,
    two,
    ward,
    words,
)

from klaver.design.effects import Relief, relief
from klaver.design.records import Breach, Design, Floors, Objective, Status
from klaver.documents.alternative import closing
from klaver.documents.annex import authority, threshold
from klaver.documents.assumed import assumed
from klaver.documents.report import report
from klaver.documents.unchanged import changeable
from klaver.documents.voice import Voice, shorten
from klaver.language import hours, tell
from klaver.values import Range, Weekday
from klaver.work.records import Agreement, Legal, Share


def test_net_relief_and_its_agreed_use_come_before_anything_else() -> None:
    first = report(*two(), "nl").blocks[0]
    assert first.kind == "strong"
    assert first.items[0].startswith("Netto lucht voor het knelpunt")
    assert first.items[1] == "Afgesproken gebruik van die tijd: meer tijd aan bed"
    assert "geen besparing" in first.items[2]


def test_a_use_that_is_not_agreed_is_asked_for() -> None:
    place = ward()
    place = place.model_copy(update={"wishes": place.wishes.model_copy(update={"use_of_freed_time": None})})
    assert "Nog niet afgesproken" in report(*two(place), "nl").blocks[0].items[1]


def test_a_week_in_which_the_ward_pays_is_told_with_its_hours() -> None:
    of = asked(ward(), mentoring_1=300)
    found = design(of, long_job())
    assert relief(of, found.jobs, 1).net < 0 < relief(of, found.jobs, 13).net
    told = report(of, [found], "nl").blocks[0].items
    hours = Voice(of, "nl").hours(-relief(of, found.jobs, 1).net)
    assert [line for line in told if "kost" in line] == [
        f"In week 1 kost dit de ploeg meer tijd dan het oplevert: {hours} per week."
    ]


def test_every_alternative_that_costs_time_is_named_with_its_week() -> None:
    of = asked(ward(), mentoring_1=300)
    designs = [design(of, long_job()), design(of, short_job())]
    line = next(line for line in report(of, designs, "en").blocks[0].items if "costs" in line)
    assert "week 1" in line
    assert "possibility 1: " in line
    assert "possibility 2: " in line


@pytest.mark.parametrize("many", [False, True])
def test_relief_that_is_no_relief_is_called_so(many: bool) -> None:
    of = asked(ward(), mentoring_1=900, mentoring_13=900, mentoring_52=900)
    designs = [design(of, long_job()), *([design(of, short_job())] if many else [])]
    first = report(of, designs, "nl").blocks[0].items[0]
    assert "geen lucht" in first or "geeft lucht" in first
    assert first.startswith("Geen enkele mogelijkheid" if many else "Dit geeft geen lucht")


def test_the_relief_table_adds_up_for_a_reader_with_a_pencil() -> None:
    of, designs = two()
    for table in tables(report(of, designs, "nl"), "Bruto naar netto"):
        for column in (1, 2, 3):
            figures = [row[column].value for row in table.rows]
            assert None not in figures
            assert round(sum(f for f in figures[:-1] if f is not None), 1) == figures[-1]


@pytest.mark.parametrize("gross", range(2121, 2133))
def test_the_relief_table_rounds_gross_and_net_as_every_other_page_does(gross: int) -> None:
    found = Relief(gross=gross, absence=256, learning=187, take_back=84, handover=70, mentoring=135)
    told = closing(found)
    assert hours(told["gross"], "nl") == hours(found.gross, "nl")
    assert hours(told["net"], "nl") == hours(found.net, "nl")
    assert sum(v for k, v in told.items() if k != "net") == told["net"]


@pytest.mark.parametrize(
    ("shortage", "said"), [(True, "uur per week."), (False, "(geen knelpunt"), (None, "(niet gekend of dit")]
)
def test_hours_of_a_role_say_whether_it_is_a_shortage_and_that_this_is_not_known(
    shortage: bool | None, said: str
) -> None:
    place = ward()
    roles = tuple(r.model_copy(update={"shortage": shortage}) for r in place.roles)
    told = words(report(*two(place.model_copy(update={"roles": roles})), "nl")).replace("\N{NO-BREAK SPACE}", " ")
    line = next(line for line in told.splitlines() if line.startswith("Wiens uren gaan weg"))
    assert said in line


def test_no_new_job_stands_beside_the_alternatives_with_what_it_means() -> None:
    of, designs = two()
    paper = report(of, designs, "nl")
    beside = tables(paper, "Keuze")[0]
    assert beside.headers[-1] == "Geen nieuwe job: deze job verandert"
    assert {row[-1].text for row in beside.rows} == {"geen", "geen job", "0,0\N{NO-BREAK SPACE}uur", "0"}
    count, minutes = changeable(Voice(of, "nl"))
    assert count > 0
    choose = next(i for b in paper.blocks if b.kind == "list" for i in b.items if "geen nieuwe job" in i)
    assert f"{count} taken ({Voice(of, 'nl').hours(minutes)} per week)" in choose
    ways = {row[1].text for row in tables(paper, "Geen nieuwe job")[0].rows}
    assert any("wachten" in w for w in ways)
    assert any("ligt vast" in w for w in ways)


def test_what_is_still_to_be_asked_counts_the_tasks_that_move_and_not_those_that_could() -> None:
    told = words(report(*two(ward(*tasks(recovery=None))), "nl"))
    assert "Bij 4 van de 4 taken die in een mogelijkheid verhuizen, is er nog iets te vragen" in told


def test_a_role_that_already_takes_part_is_named_as_a_way_without_a_new_job() -> None:
    both = (Share(role="carer", percent=50), Share(role="cleaner", percent=50))
    of = asked(ward(task("A", 60, doers=both)))
    found = design(of, job(shift(entry("A", "08:00", 78))))
    rows = tables(report(of, [found], "en"), "No new job")[0].rows
    assert [row[1].text for row in rows] == [
        "another role already takes part and can take over more, if it has the time"
    ]
    assert rows[0][2].value == 2.5


def test_a_ward_without_shortage_says_that_nothing_can_be_done_otherwise_for_it() -> None:
    place = ward()
    roles = tuple(r.model_copy(update={"shortage": False}) for r in place.roles)
    of = asked(place.model_copy(update={"roles": roles}))
    assert "geen taak van een knelpuntfunctie" in words(report(of, [design(of, long_job())], "nl"))


def test_each_alternative_is_recommended_for_what_it_is_best_in() -> None:
    of, designs = two()
    told = [i for b in report(of, designs, "en").blocks if b.kind == "list" for i in b.items if i.startswith("Choose")]
    assert "time for the shortage role" in told[0]
    assert "as little as possible may change" in told[1]
    assert "as many people as possible" in told[1]
    assert told[2].startswith("Choose no new job")


def test_the_strongest_figure_of_a_row_stands_out() -> None:
    of, designs = two()
    rows = {row[0].text: row for row in tables(report(of, designs, "en"), "Choice")[0].rows}
    assert [c.strong for c in rows["Net relief a week, week 13"][1:]] == [True, False, False]
    assert [c.strong for c in rows["Task moments that change hands"][1:]] == [False, True, False]


def test_a_job_that_fails_at_the_high_minutes_is_called_tight() -> None:
    loose = report(*two(), "nl")
    assert "krap" not in words(loose).replace("Krap wil zeggen", "").replace("Krappe jobs", "")
    wide = [t.model_copy(update={"minutes": Range(low=60, likely=60, high=400)}) for t in tasks()]
    tight = report(*two(ward(*wide)), "nl")
    assert "uur per week, krap)" in words(tight).replace("\N{NO-BREAK SPACE}", " ")
    assert any("krappe jobs" in i for b in tight.blocks if b.kind == "list" for i in b.items)


def test_a_moving_task_tells_what_the_law_the_analysis_and_staff_say_of_it() -> None:
    changed = {"harm": 2, "recovery": True, "valued": None, "checked": None}
    of, designs = two(ward(*tasks(**changed)))
    row = next(r for r in tables(report(of, designs, "nl"), "Zonder schade")[0].rows if r[0].lead == "T03")
    assert [c.text for c in row[1:7]] == ["alle", "ja", "schade, te herstellen", "niet gekend", "ja", "niet gekend"]
    assert "doe je dit graag?" in row[7].text
    assert "kijkt iemand dit na?" in row[7].text
    assert "willen jullie dit houden?" in row[7].text


def test_what_is_assumed_or_supervised_is_still_to_be_asked_per_task() -> None:
    changed = {"source": {"kind": "assumed"}, "legal": Legal.SUPERVISED, "name": "medicatie klaarzetten"}
    of = asked(ward(*tasks(**changed)))
    found = design(of, long_job())
    asks = tables(report(of, [found], "nl"), "Zonder schade")[0].rows[0][7].text
    for words_ in ("klopt het dat iedereen dit mag?", "kloppen de uren?", "wie is er dan bij?", '"medicatie"'):
        assert words_ in asks


def test_the_legal_basis_of_a_task_is_told_once_with_the_tasks_that_rest_on_it() -> None:
    of, designs = two()
    rows = tables(report(of, designs, "nl"), "Wettelijke status")[0].rows
    assert [(r[0].text, r[1].text) for r in rows] == [("free here", "T01, T02, T03, T04")]


def test_what_stays_is_told_with_the_reason() -> None:
    rows = tables(report(*two(), "nl"), "Wat blijft")[0].rows
    assert {r[1].lead: r[0].text for r in rows} == {
        "N1": "wettelijk voorbehouden",
        "N2": "mag verhuizen, maar past in geen van de mogelijkheden",
    }


def test_when_every_task_moves_the_report_says_so() -> None:
    of = asked(ward(*tasks()[:4]))
    assert "Elke taak verhuist" in words(report(of, [design(of, long_job())], "nl"))


def test_every_role_has_a_page_of_its_own_with_room_for_objections() -> None:
    of, designs = two()
    paper = report(of, designs, "nl")
    kinds = [(b.kind, b.text) for b in paper.blocks]
    assert sum(k == "write" for k, _ in kinds) == len(of.workplace.roles)
    start = kinds.index(("heading", "Functie: carer"))
    end = kinds.index(("heading", "Functie: cleaner"))
    assert ("page", "") in kinds[start:end]


def test_a_role_sees_before_and_after_beside_each_other() -> None:
    of, designs = two()
    rows = {
        r[0].text: [c.value for c in r[1:]] for r in tables(report(of, designs, "nl"), "Functies voor en na")[0].rows
    }
    now, first, second = rows["Uren in deze analyse"]
    assert now is not None
    assert first is not None
    assert second is not None
    assert first == now - 8
    assert second == now - 2
    heavy = [rows[k] for k in rows if k.startswith("waarvan")]
    assert [round(sum(v for v in column if v is not None), 1) for column in zip(*heavy, strict=True)] == [
        now, first, second,
    ]  # fmt: skip
    assert rows["Vrijgekomen in bruikbare blokken"][0] == 0


def test_a_role_that_loses_nothing_is_told_so_and_shown_without_alternatives() -> None:
    of, designs = two()
    found = next(t for t in tables(report(of, designs, "nl"), "Functies voor en na") if len(t.headers) == 2)
    assert found.keys == (("Functie", "cleaner"),)
    assert found.text == "Nu, en ook na elke mogelijkheid"


@pytest.mark.parametrize(
    ("floor", "said"), [(5000, "er is ruimte voor"), (5900, "maar er is maar ruimte voor"), (None, "niet ingevuld")]
)
def test_the_staffing_norm_is_kept_broken_or_asked_for(floor: int | None, said: str) -> None:
    place = ward()
    roles = tuple(r.model_copy(update={"floor_week": floor, "headcount": 1}) for r in place.roles)
    told = words(report(*two(place.model_copy(update={"roles": roles})), "nl"))
    assert said in told
    assert "1 medewerker;" in told


def test_a_role_paid_no_more_than_the_new_job_names_its_agreement() -> None:
    agreed = Agreement(role="cleaner", minutes_week=60, parties="directie en vakbond.", date="2026-03-01")
    told = words(report(*two(ward(agreements=(agreed,))), "nl"))
    assert "verdient niet meer dan de nieuwe job" in told
    assert "Afgesproken op 01/03/2026: hoogstens 1,0\N{NO-BREAK SPACE}uur per week" in told
    assert "(directie en vakbond)." in told


def test_unknown_work_is_not_called_light() -> None:
    of, designs = two(ward(*tasks(demands={})))
    told = words(report(of, designs, "nl"))
    assert "waarvan zwaarte niet gekend" in told


def test_a_sketch_names_its_reasons_and_where_they_are() -> None:
    of, designs = two(ward(*tasks(source={"kind": "assumed"})))
    told = words(report(of, designs, "nl"))
    assert "Aangenomen uren: T01, T02, T03, T04." in told
    assert "Meer dan 20 % van de tijd" in told
    assert [r[2].value for r in tables(report(of, designs, "nl"), "Aangenomen")[0].rows] == [100, 100]


def test_a_design_that_was_told_is_no_sketch() -> None:
    paper = report(*two(), "nl")
    assert paper.banner == ""
    assert "Geen enkele mogelijkheid is een schets" in words(paper)


def test_a_rule_to_confirm_names_the_job_as_readers_know_it() -> None:
    of = asked(ward())
    warned = Breach(rule="x", code="rule.sunday", job="job-1", day=Weekday.SUNDAY, warning=True)
    whole = Breach(rule="x", code="rule.sunday", warning=True)
    found = design(of, long_job(), warnings=(warned, whole))
    lines = [i for b in assumed(Voice(of, "nl"), [found]) if b.kind == "list" for i in b.items]
    assert "Mogelijkheid 1, Job 1, zondag: Er wordt op zondag gewerkt." in lines
    assert any("Regels" in i or "regels" in i for b in report(of, [found], "nl").blocks for i in b.items)


def test_technical_words_stand_in_the_annex_only_after_plain_ones() -> None:
    of = asked(ward())
    found = [design(of, long_job(), status=s, bound=600) for s in Status]
    blocks = report(of, found, "nl").blocks
    start = next(i for i, b in enumerate(blocks) if b.text.startswith("Bijlage"))
    before = " ".join(
        words_
        for b in blocks[:start]
        for words_ in (b.text, *b.items, *b.headers, *(c.whole for r in b.rows for c in r))
    )
    for technical in ("bewezen", "startgetal", "vingerafdruk", "optima", "solver", found[0].fingerprint()[:12]):
        assert technical not in before.lower()
    assert blocks[start + 2].kind == "list"
    assert blocks[start + 2].items[0].startswith("Bewezen")


def test_the_annex_tells_values_in_the_unit_of_their_aim() -> None:
    of, designs = two()
    rows = tables(report(of, designs, "en"), "How sure")[0].rows
    assert rows[0][2].unit == "h"
    assert rows[1][2].unit == ""
    assert rows[0][3].text == "not proved"


def test_floors_are_told_and_floors_that_were_lowered_are_told_first() -> None:
    of = asked(ward())
    kept = Floors(relief=300, doors=1, quality=4, calm=40)
    held = report(of, [design(of, long_job(), floors=kept)], "nl")
    assert "verlaagd" not in words(held)
    assert "Mogelijkheid 1: minstens 5,0\N{NO-BREAK SPACE}uur netto lucht per week; elke job open" in words(held)
    for lower in ({"doors": 0}, {"quality": 3}, {"calm": 41}, {"calm": None}):
        loose = report(of, [design(of, long_job(), floors=kept.model_copy(update=lower))], "nl")
        assert any("verlaagd" in i for b in loose.blocks if b.kind == "list" for i in b.items)
        assert "minstens 0 van de groepen" not in words(loose)
    assert "Mogelijkheid 1: geen ondergrens" in words(report(of, [design(of, long_job())], "nl"))


def test_a_report_without_receipt_or_groups_is_complete_and_names_its_sources() -> None:
    of = replace(asked(ward(attribution=("O*NET 30.0",), gaps_noted=("nog te bellen",))), profiles=())
    paper = report(of, [design(of, long_job(), receipt=None)], "nl")
    told = words(paper)
    assert "O*NET 30.0" in told
    assert "nog te bellen" in told
    assert "startgetal" not in told
    assert "Deuren die niet dicht zijn" not in told
    assert tables(paper, "Voor wie") == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_shipped_threshold_is_told_in_the_language_of_the_report(lang: str) -> None:
    voice = Voice(asked(ward()), lang)  # type: ignore[arg-type]
    for found in voice.problem.parameters.values.values():
        assert threshold(voice, found) != f"{found.name} ({found.unit})", found.name
        if lang != "en":
            assert authority(voice, found) != found.source, found.source


def test_a_threshold_of_a_house_keeps_its_own_words() -> None:
    voice = Voice(asked(ward()), "nl")
    own = voice.problem.parameters.get("tempo").model_copy(update={"name": "own", "unit": "stuks", "source": "cao"})
    assert threshold(voice, own) == "own (stuks)"
    assert authority(voice, own) == "cao"


def test_kinds_of_work_have_a_name_and_own_kinds_keep_theirs() -> None:
    voice = Voice(asked(ward()), "fr")
    assert voice.family("meals") == "repas"
    assert voice.family("own-kind_x") == "own kind x"
    assert voice.titled(1, long_job()) == "Emploi 1 : repas et linge"


def test_days_and_times_are_told_shortly() -> None:
    voice = Voice(asked(ward()), "nl")
    assert voice.days([Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY]) == "ma\N{EN DASH}wo"
    assert voice.days([Weekday.MONDAY, Weekday.WEDNESDAY]) == "ma, wo"
    split = job(shift(entry("T01", "08:00", 30), entry("T01", "08:30", 30), entry("T01", "10:00", 30)))
    assert voice.when(split, "T01") == "ma 08:00\N{EN DASH}09:00 + 10:00\N{EN DASH}10:30"
    assert shorten("abcdef", 4) == "abc\N{HORIZONTAL ELLIPSIS}"
    assert voice.role(None) == "niet gekend"


def test_twenty_jobs_are_told_in_tables_of_readable_width() -> None:
    of = asked(ward())
    found = design(of, *(short_job(f"job-{n}") for n in range(1, 21)))
    paper = report(of, [found], "nl")
    assert all(len(b.headers) <= 9 for b in paper.blocks)
    assert "20 jobs, samen" in words(paper)
    assert "Job 20" in words(paper)


def test_one_job_is_told_in_the_singular() -> None:
    of = asked(ward())
    assert "1 job van" in words(report(of, [design(of, long_job())], "nl"))


def test_three_jobs_are_told_with_the_hours_of_each() -> None:
    of = asked(ward())
    found = design(of, long_job(), short_job("job-2"))
    assert " + " in tables(report(of, [found], "nl"), "Keuze")[0].rows[0][1].text


def test_dutch_french_and_english_reports_hold_no_word_of_another() -> None:
    own: dict[str, str] = {lang: words(report(*two(ward(name="X")), lang)) for lang in LANGUAGES}  # type: ignore[arg-type]
    marks = {
        "nl": r"\b(taken|mogelijkheid|zonder|collega's|niet)\b",
        "fr": r"\b(par semaine|tâches|possibilité|sans|collègues|aucune?)\b",
        "en": r"\b(a week|tasks|possibility|without|colleagues|nobody)\b",
    }
    for lang, told in own.items():
        for other, pattern in marks.items():
            hit = re.search(pattern, told, re.IGNORECASE)
            assert bool(hit) == (lang == other), f"{lang}: {hit}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_code_of_the_program_stands_in_a_report(lang: str) -> None:
    told = words(report(*two(), lang))  # type: ignore[arg-type]
    assert not re.search(r"\b(job-\d|with_aid|to_ask|own_choice|other_role|likely|None|True|False)\b", told)
    assert "{" not in told


def test_numbers_follow_the_language() -> None:
    of = asked(ward())
    assert Voice(of, "nl").hours(-390) == "\N{MINUS SIGN}6,5\N{NO-BREAK SPACE}uur"
    assert Voice(of, "fr").hours(390) == "6,5\N{NO-BREAK SPACE}h"
    assert Voice(of, "en").hours(390) == "6.5\N{NO-BREAK SPACE}h"
    assert tell("report.date", "nl", day="01", month="02", year="2026") == "01/02/2026"


def test_objectives_of_the_engine_all_have_words() -> None:
    of = asked(ward())
    found: Design = design(of, long_job(), best=tuple(Objective))
    assert words(report(of, [found], "fr")).count(", ou si ") == 3


def test_a_workplace_without_anything_else_still_gives_a_report() -> None:
    of = asked(workplace(task("T03", 60), wishes=ward().wishes, name="x"))
    paper = report(of, [design(of, job(shift(entry("T03", "08:00", 78))))], "nl")
    assert paper.title == "Advies nieuwe jobs: x"
