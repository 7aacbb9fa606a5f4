"""The papers for the meeting: what leaves, what stays, who said what, and every objection in full."""

from __future__ import annotations

import re
from typing import Any

import pypdfium2
import pytest
from tests.design.cases import entry, job, shift, task, window
from tests.documents.cases import LANGUAGES, asked, long_job, short_job, tables, tasks, ward, words
from tests.documents.test_formats import HOSTILE, hostile

from klaver.design.agreements.compare import Changed, Difference, decided, said
from klaver.design.agreements.records import Agreements, By, Gate, Kind, Named, Part, Statement, Terms, print_of
from klaver.design.problem import Problem
from klaver.design.records import Job
from klaver.documents.agreed import Agreed
from klaver.documents.blocks import Paper
from klaver.documents.consultation import consultation
from klaver.documents.function_sheet import function_sheet
from klaver.documents.html import to_html
from klaver.documents.meeting import papers
from klaver.documents.message import message
from klaver.documents.pdf import to_pdf
from klaver.documents.role_pages import role_pages
from klaver.documents.voice import Voice
from klaver.language import Language
from klaver.values import Range, Weekday
from klaver.work.records import Share

DAY = "2026-11-24"
WARD = asked(ward())
JOBS = (long_job(), job(ident="job-2"))
AGAINST = "Bedden opmaken doen wij graag samen. " * 40


def agreed(of: Problem = WARD, jobs: tuple[Job, ...] = JOBS, lang: Language = "nl", **more: Any) -> Agreed:
    return Agreed(Voice(of, lang), jobs, more.pop("made", Agreements(workplace="case")), **more)


def statement(there: Agreed, gate: Gate, by: By, *parts: Part, **more: Any) -> Statement:
    named = tuple(Named(part=p, print=print_of(there.now[p])) for p in parts or decided(gate, there.now))
    return Statement(**{"gate": gate, "by": by, "answer": "agreed", "date": DAY, "parts": named, **more})


def spoken(*jobs: Job, of: Problem = WARD) -> Agreements:
    """Return what was said when these jobs were on the table."""
    there = agreed(of, jobs or JOBS)
    carer = Part(kind=Kind.EFFECT, of="carer")
    given = [
        statement(there, Gate.MANAGEMENT, By.MANAGEMENT),
        statement(there, Gate.STAFF, By.COLLEAGUES, carer, role="carer", answer="objects", words=AGAINST.strip()),
        statement(there, Gate.HR, By.HR),
    ]
    made = Agreements(workplace="case")
    for one in given:
        made = said(made, one, there.now, len(made.entries))
    return made


def pages(paper: Paper) -> list[str]:
    document = pypdfium2.PdfDocument(to_pdf(paper, DAY))
    return [re.sub(r"\s+", " ", p.get_textpage().get_text_bounded()) for p in document]


# a page for each role


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_role_has_one_page(lang: Language) -> None:
    made = agreed(lang=lang)
    found = pages(role_pages(made))
    assert len(found) == len(WARD.workplace.roles) == 2
    assert "carer" in found[0]
    assert "cleaner" in found[1]


def test_a_role_sees_what_it_hands_over_when_and_how_it_is_known() -> None:
    paper = role_pages(agreed())
    (hands,) = tables(paper, "Wat u afgeeft")
    assert [c.whole for c in hands.rows[0]] == [
        "T01: waterkannen vullen",
        "Job 1: ma, di 08:00\N{EN DASH}09:18",
        "2,0\N{NO-BREAK SPACE}uur",
        "3,0\N{NO-BREAK SPACE}uur",
        "verteld",
    ]
    told = words(paper)
    assert "U krijgt 480 minuten per week terug (8,0\N{NO-BREAK SPACE}uur), ongeveer 240 op elke dag" in told
    assert "Voor alle knelpuntfuncties samen blijft na drie maanden" in told
    assert told.count("Afgesproken gebruik van die tijd: meer tijd aan bed") == 1
    assert "U geeft geen taken af." in told  # the cleaner


def test_a_role_that_is_no_shortage_is_told_nothing_of_what_is_left_for_those_that_are() -> None:
    mine = [t.model_copy(update={"doers": (Share(role="cleaner", percent=100),)}) for t in tasks()]
    told = words(role_pages(agreed(asked(ward(*mine)))))
    assert "U krijgt 480 minuten per week terug" in told
    assert "Voor alle knelpuntfuncties samen" not in told


def test_a_role_sees_what_is_done_together_apart_from_what_leaves() -> None:
    paper = role_pages(agreed(jobs=(long_job(shared=True),)))
    (together,) = tables(paper, "Wat u samen doet met de nieuwe collega")
    assert [row[0].lead for row in together.rows] == ["T01"]
    (hands,) = tables(paper, "Wat u afgeeft")
    assert [row[0].lead for row in hands.rows] == ["T02", "T03", "T04"]


def test_a_role_sees_what_it_keeps_wholly_and_what_nobody_timed() -> None:
    untimed = task("N3", 10).model_copy(update={"minutes": None})
    other = task("C1", 60, family="cleaning", doers=({"role": "cleaner", "percent": 100},))
    paper = role_pages(agreed(asked(ward(*tasks(), untimed, other))))
    kept = "\n".join(i for b in paper.blocks if b.kind == "list" for i in b.items)
    assert "waterkannen vullen" not in kept  # of it something leaves: what stays is in the table
    assert "task N1 (40,0\N{NO-BREAK SPACE}uur)" in kept
    assert "task N3 (uren niet gekend)" in kept
    assert "task C1 (5,0\N{NO-BREAK SPACE}uur)" in kept


def test_a_role_that_keeps_no_task_wholly_is_asked_whether_that_is_right() -> None:
    told = words(role_pages(agreed(asked(ward(*tasks()[:4])))))
    assert told.count("Van elke taak in deze analyse gaat er iets weg. Klopt dat?") == 1
    assert "Wat u helemaal houdt" not in told


def test_a_page_says_what_its_role_said_and_what_changed_in_it_alone() -> None:
    told = words(role_pages(agreed(jobs=(short_job(), JOBS[1]), made=spoken())))
    assert AGAINST.strip() in told
    assert "Gewijzigd sindsdien, carer: wat er verandert:" in told
    assert "Weg: T01 waterkannen vullen (afgegeven per week 2,0\N{NO-BREAK SPACE}uur)" in told
    assert "het uurrooster:" not in told
    not_asked = "Aan de collega's van deze functie is nog niet gevraagd"
    assert told.count(not_asked) == 1  # the cleaner, for whom only the personnel department spoke
    assert words(role_pages(agreed())).count(not_asked) == 2


def test_the_largest_role_flows_on_in_letters_that_can_be_read() -> None:
    many = [task(f"T{n:02d}", 10, name=f"{n} " + "lange naam " * 30 + "x") for n in range(40)]
    day = shift(*(entry(t.id, f"{7 + n // 4:02d}:{n % 4 * 15:02d}", 13) for n, t in enumerate(many)))
    found = pages(role_pages(agreed(asked(ward(*many)), (job(day),))))
    assert len(found) > 2
    assert all(f"T{n:02d}" in " ".join(found) for n in range(40))


# the consultation file


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_file_tells_every_gate_and_prints_an_objection_to_its_last_word(lang: Language) -> None:
    made = agreed(jobs=(short_job(), JOBS[1]), made=spoken(), lang=lang)
    paper = consultation(made)
    told = words(paper)
    assert [p.state for p in made.gates] == ["changed", "objects", "not_asked", "changed", "not_asked"]
    for gate in made.gates:
        assert made.say(f"gate_{gate.gate.value}") in told
        assert made.say(f"state_{gate.state}") in told
    assert AGAINST.strip() in told
    printed = " ".join(pages(paper))
    assert printed.count("Bedden opmaken doen wij graag samen.") >= 40
    assert f'<html lang="{lang}">' in to_html(paper)


def test_the_file_says_what_was_agreed_to_what_changed_and_what_was_not_asked() -> None:
    told = words(consultation(agreed(jobs=(short_job(), JOBS[1]), made=spoken())))
    assert "0 akkoord, 2 gewijzigd na het akkoord, 1 met bezwaar, 2 nog niet gevraagd" in told
    assert "directie, 24/11/2026: akkoord" in told
    assert "Erbij: vr (van - tot 08:00\N{EN DASH}10:48)" in told
    assert "Uren per week was 10,9\N{NO-BREAK SPACE}uur, is nu 2,8\N{NO-BREAK SPACE}uur" in told
    assert "Nog niet gevraagd: Takenlijst: wie mag wat, hoelang en wanneer" in told
    assert told.index("Afgesproken gebruik van die tijd: meer tijd aan bed") < told.index("Deze uren zijn geen")


def test_a_file_before_anybody_spoke_says_so() -> None:
    told = words(consultation(agreed(jobs=(job(), JOBS[1]))))
    assert "Niemand heeft een bezwaar laten noteren." in told
    assert "Er is nog niets genoteerd." in told
    no_use = ward(wishes=ward().wishes.model_copy(update={"use_of_freed_time": None}))
    assert "Nog niet afgesproken: waarvoor gebruiken" in words(consultation(agreed(asked(no_use))))


# the function sheet


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sheet_holds_what_pay_is_set_on_and_leaves_room_for_what_is_not_known(lang: Language) -> None:
    made = agreed(lang=lang)
    paper = function_sheet(made, 1)
    assert any(b.kind == "week" for b in paper.blocks)
    (fields,) = tables(paper, made.say("sheet_fields"))
    values = [row[1].text for row in fields.rows]
    assert values.count(made.say("not_filled")) == 4
    assert "low" in values
    assert "carer" in values
    assert len(pages(paper)) <= 3


def test_a_sheet_says_what_the_house_filled_in_and_who_agreed() -> None:
    terms = Terms(job="job-1", date=DAY, joint_committee="PC 330", function_class="IFIC 6", mentor="kok")
    there = agreed(made=spoken())
    made = said(spoken(), terms, there.now, 3)
    told = words(function_sheet(agreed(made=made, titles={"job-1": "Linnen en zo"}), 1))
    assert all(part in told for part in ("PC 330", "IFIC 6", "kok", "Job 1: Linnen en zo", "Preventie"))
    assert "Gewijzigd na het akkoord" in told


def test_a_sheet_tells_demands_in_words_with_what_is_not_known() -> None:
    told = words(function_sheet(agreed(), 1))
    assert "Nederlands, luisteren (A2): Verstaat een korte, gewone opdracht over bekend werk." in told
    assert "Op de andere punten vraagt het werk weinig of niets." in told
    vague = asked(ward(*tasks(demands={}, language=None, instructs=None)))
    assert "Nog niet gekend: " in words(function_sheet(agreed(vague), 1))


def test_in_an_enclave_the_own_supervisor_gives_the_orders() -> None:
    told = words(function_sheet(agreed(asked(ward(cooperation="enclave"))), 1))
    assert "alleen de eigen begeleider van het maatwerkbedrijf" in told


# the message


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_message_is_one_page_in_short_sentences(lang: Language) -> None:
    paper = message("Linde", lang)
    assert len(pages(paper)) == 1
    sentences = [s for b in paper.blocks for line in (b.text, *b.items) for s in re.split(r"[.?!:]\s*", line) if s]
    assert all(len(s.split()) <= 24 for s in sentences), max(sentences, key=lambda s: len(s.split()))


# all papers of one design


def test_there_is_a_paper_for_each_need_and_a_sheet_for_each_job_with_work() -> None:
    assert list(papers(agreed())) == ["message", "interview", "cards", "roles", "consultation", "function-1"]
    assert list(papers(agreed(jobs=(job(),)))) == ["message", "interview", "cards", "consultation"]
    reserved = asked(ward(task("N1", 60, legal="reserved", legal_basis="wet")))
    assert list(papers(agreed(reserved, ()))) == ["message", "interview", "consultation"]


def test_the_interview_sheet_is_about_the_design_or_the_workplace_without_one() -> None:
    assumed = asked(ward(*tasks(source={"kind": "assumed"})))
    _, with_jobs = papers(agreed(assumed))["interview"]
    _, without = papers(agreed(assumed, (job(),)))["interview"]
    assert words(with_jobs()) != words(without())
    assert with_jobs().form == "interview"


def test_the_longest_objection_is_printed_to_its_last_word_in_every_paper_that_holds_it() -> None:
    there = agreed()
    longest = "WWWW " * 798 + "einde"
    carer = Part(kind=Kind.EFFECT, of="carer")
    one = statement(there, Gate.STAFF, By.COLLEAGUES, carer, role="carer", answer="objects", words=longest)
    made = agreed(made=said(Agreements(workplace="case"), one, there.now, 0))
    for paper, times in ((consultation(made), 3), (role_pages(made), 1)):
        printed = " ".join(pages(paper))
        assert printed.count("einde") == times
        assert printed.count("WWWW") >= 790 * times


def test_whatever_a_user_wrote_stays_text_in_every_paper() -> None:
    place = hostile()
    there = agreed(asked(place), titles={"job-1": HOSTILE["typst"]})
    one = statement(there, Gate.STAFF, By.DELEGATE, answer="objects", words=HOSTILE["html"])
    made = said(Agreements(workplace="case"), one, there.now, 0)
    terms = Terms(job="job-1", date=DAY, mentor=HOSTILE["formula"], function_class=HOSTILE["arabic"])
    made = said(made, terms, there.now, 1)
    for _, make in papers(agreed(asked(place), titles={"job-1": HOSTILE["typst"]}, made=made)).values():
        assert pages(make())
        assert "<script>" not in to_html(make())


# how a difference is told


def difference(of: str, ident: str, what: str, before: Any, after: Any) -> str:
    one = Difference(of=of, id=ident, what=what, before=before, after=after)
    (line,) = agreed().changes(Changed(part=Part(kind=Kind.TASKS), differences=(one,)))
    return line.replace("\N{EN DASH}", "-").replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("task", "T01", "legal", "free", "reserved"), "mag iedereen dit? was ja, is nu nee"),
        (("task", "T01", "duration", "10-10", "10-20"), "minuten per keer was 10, is nu 10-20"),
        (("task", "T01", "times", "1,1,1,1,1,0,0", "2,0,0,0,0,0,1"), "dagen was weekdagen, is nu ma 2, zo 1"),
        (("task", "T01", "times", "1,1,1,1,1,1,1", "0,0,0,0,0,0,0"), "dagen was elke dag, is nu niets"),
        (("task", "T01", "window", "420-480", None), "uren was 07:00-08:00, is nu niets"),
        (("task", "T01", "recovery", "no", "yes"), "rustmoment was nee, is nu ja"),
        (("task", "T01", "days", "0", "012"), "alleen op was ma, is nu ma-wo"),
        (("task", "T01", "at", "0:420-450,0:450-480", "0:420-450,0:450-480,2:60-90"), "wanneer: erbij wo 01:00-01:30"),
        (("task", "T01", "at", "0:420-450,1:450-480", "1:450-480"), "wanneer: weg ma 07:00-07:30"),
        (("task", "T01", "at", "0:420-450", "1:420-450"), "wanneer was ma 07:00-07:30, is nu di 07:00-07:30"),
        (("task", "weg", "lost", 6000, 12000), "weg: afgegeven per week was 1,0 uur, is nu 2,0 uur"),
        (("role", "carer", "instructs", None, "yes"), "carer: geeft opdrachten was niets, is nu ja"),
        (("role", "kok", "instructs", None, "yes"), "kok: geeft opdrachten"),
        (("week", "13", "minutes", 40, 60), "week 13: per week was 40 min., is nu 60 min."),
        (("dimension", "7", "level", 1, 2), " was "),
        (("dimension", "7", "unknown", "yes", None), "niet gekend was niet gekend, is nu niets"),
        (
            ("day", "4", "breaks", None, "600-630,700-710"),
            "vr: onbetaalde pauze was niets, is nu 10:00-10:30, 11:40-11:50",
        ),
        (("whole", "", "pay_scale", "14", "15"), "Loonschaal was 14, is nu 15"),
    ],
)
def test_a_difference_is_told_in_words(given: Any, told: str) -> None:
    assert told in difference(*given)


def test_a_part_of_what_is_no_longer_there_keeps_a_name() -> None:
    there = agreed()
    assert there.part(Part(kind=Kind.JOB, of="job-9")) == "job-9 (bestaat niet meer): de taken en de uren"
    assert there.part(Part(kind=Kind.JOB, of="job-2")) == "Job 2: de taken en de uren"
    assert there.part(Part(kind=Kind.EFFECT, of="kok")) == "kok: wat er verandert"
    waiting = agreed(jobs=(job(), JOBS[1]), waiting=[("job-1", "T01", Weekday.MONDAY)], made=spoken())
    told = words(consultation(waiting))
    assert "nog geen plaats in het rooster op was niets, is nu ma" in told


def test_a_slower_task_is_told_with_its_new_time() -> None:
    first, *rest = tasks()
    slower = first.model_copy(update={"minutes": Range(low=60, likely=70, high=90), "window": window("07:00", "19:00")})
    there = agreed()
    one = statement(there, Gate.STAFF, By.HEAD, Part(kind=Kind.TASKS))
    made = said(Agreements(workplace="case"), one, there.now, 0)
    told = words(consultation(agreed(asked(ward(slower, *rest)), made=made)))
    assert "T01 waterkannen vullen: minuten per keer was 60, is nu 60-90; uren was 07:00" in told
