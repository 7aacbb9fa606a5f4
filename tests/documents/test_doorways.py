"""A door is told with its state first, and then with what, after which question, or by what."""

from __future__ import annotations

import pytest
from tests.design.cases import task
from tests.documents.cases import asked, design, long_job, tables, two, ward

from klaver.documents.doorways import reach, tell_door
from klaver.documents.report import report
from klaver.documents.voice import Voice
from klaver.matching.doors import Barrier, Door, Question
from klaver.matching.language_reach import step_of
from klaver.work.records import LanguageNeed


@pytest.fixture(scope="module")
def voice() -> Voice:
    return Voice(asked(ward()), "nl")


def test_an_open_door_for_the_whole_group_needs_no_more_words(voice: Voice) -> None:
    assert tell_door(voice, Door(profile="p", status="open", sure=True, possible=True)).whole == "Open"


def test_a_door_that_some_of_the_group_cannot_pass_says_so(voice: Voice) -> None:
    told = tell_door(voice, Door(profile="p", status="open", possible=True))
    assert told.text == "voor een deel van de groep nog te zwaar"


def test_a_door_with_an_aid_names_the_aid(voice: Voice) -> None:
    told = tell_door(voice, Door(profile="p", status="with_aid", aids=("buddy",), sure=True, possible=True))
    assert told.whole == "Open met hulp: met vaste collega-begeleider dichtbij"


def test_a_shut_door_names_what_shuts_it_in_the_words_of_the_scale(voice: Voice) -> None:
    barriers = (Barrier(code="week"), Barrier(code="demand", dimension=2, asked=2, has=1))
    told = tell_door(voice, Door(profile="p", status="shut", barriers=barriers, possible=True))
    assert told.lead == "Dicht door"
    assert told.text == ("aantal uren per week; Lezen (etiketten en namen); voor een deel van de groep wel haalbaar")


def test_a_door_with_many_barriers_only_names_them(voice: Voice) -> None:
    barriers = tuple(Barrier(code="demand", dimension=n, asked=2, has=1) for n in (1, 2, 3, 4))
    told = tell_door(voice, Door(profile="p", status="shut", barriers=barriers))
    assert told.text == "Gesproken opdracht begrijpen; Lezen; Schrijven, noteren; Rekenen, tellen"


def test_what_is_not_known_is_a_question_about_a_dimension_or_a_condition(voice: Voice) -> None:
    reading = Question(code="demand", of="person", dimension=2)
    found = Door(profile="p", status="to_ask", questions=(reading,), possible=True)
    assert tell_door(voice, found).whole == "Te vragen: vraag de persoon of de coach naar: Lezen"
    work = Question(code="task_language", of="work", tasks=("T1",))
    mixed = found.model_copy(update={"questions": (reading, Question(code="week", of="person"), work)})
    person = "vraag de persoon of de coach naar: Lezen, uren per week"
    assert tell_door(voice, mixed).text == f"{person}; ga na op de werkplek: welke taal deze taken vragen: T1"


def test_language_still_to_learn_is_told_in_steps(voice: Voice) -> None:
    found = Door(profile="p", status="open", learnable={"listening": 1, "speaking": 2}, sure=True, possible=True)
    assert tell_door(voice, found).text == "taal te leren: luisteren 1 stap, spreken 2 stappen"


def test_language_that_is_a_matter_of_safety_is_not_told_twice(voice: Voice) -> None:
    found = Door(profile="p", status="shut", barriers=(Barrier(code="language"),), learnable={"reading": 1})
    assert tell_door(voice, found).text == "taal, om de veiligheid"


def test_a_person_is_no_group(voice: Voice) -> None:
    shut = Door(profile="p", status="shut", barriers=(Barrier(code="days"),), possible=True)
    assert tell_door(voice, shut, person=True).text == "werkdagen"
    assert tell_door(voice, Door(profile="p", status="open", possible=True), person=True).text == ""


def test_a_task_of_which_nobody_said_the_language_is_not_within_reach_of_all() -> None:
    silent, easy = task("A", 10, language=None), task("B", 10, language=LanguageNeed())
    hard = task("C", 10, language=LanguageNeed(listening="A1", reading="B2"))
    assert [step_of(t) for t in (silent, easy, hard)] == [None, "none", "B2"]
    minutes = {"A": 100, "B": 20, "C": 3}
    assert [reach(minutes, (silent, easy, hard), s) for s in ("none", "A1", "B1", "B2")] == [20, 20, 20, 23]


def test_hours_within_reach_grow_with_the_language_and_the_unknown_is_a_column_of_its_own() -> None:
    of, designs = two()
    row = tables(report(of, designs, "nl"), "Taal")[0].rows[0]
    assert [c.value for c in row[1:]] == [2.6, 2.6, 5.2, 5.2, 5.2, 10.4]


def test_every_group_has_one_answer_for_every_job() -> None:
    of = asked(ward())
    for table in tables(report(of, [design(of, long_job())], "fr"), "Pour qui"):
        assert len(table.rows) == len(of.profiles)
        assert all(row[1].lead in ("Ouverte", "Ouverte avec aide", "À demander", "Fermée par") for row in table.rows)
