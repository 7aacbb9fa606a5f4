"""Agreements in the browser: who may note what, what a move on the board does to them, and nothing typed is lost."""

from __future__ import annotations

import html
import json
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.utils.timezone import localdate
from tests.web.cases import answered, question

from klaver.design.agreements.records import Agreements as Document
from klaver.design.agreements.records import By, Gate, Kind, Named, Part, Statement, print_of
from klaver.design.board.records import MoveCards, TakeBack
from klaver.values import Weekday
from klaver.web.accounts.models import Role, User
from klaver.web.runs import queue
from klaver.web.store import agreements, boards
from klaver.web.store.models import Agreements, Board, Design, Run, Workplace

TODAY = localdate().isoformat()
FRI = Weekday.FRIDAY


@pytest.fixture
def full(place: Workplace) -> Board:
    """A board with a plan on it."""
    run = queue.ask(place, question(), None)
    Run.objects.update(state=Run.State.RUNNING)
    queue.finish(run, answered())
    asked = boards.ready(place)
    return boards.open_board(place, asked, Design.objects.get(), place.version, "Bord met plan")


def seen(board: Board, *keys: str) -> list[str]:
    """Return parts as a page shows them: with their prints."""
    found = agreements.of(board, "nl")
    return [f"{p.key}@{print_of(facts)}" for p, facts in found.now.items() if p.key in keys or not keys]


def said(board: Board) -> Document:
    return agreements.document_of(board)


def say(client: Client, board: Board, gate: str, *, at: int | None = None, **given: Any) -> Any:
    values = {"by": "head", "answer": "agreed", "date": TODAY, "parts": seen(board, "tasks")} | given
    sent = {f"{gate}-{k}": v for k, v in values.items()} | {"gate": gate}
    sent["seen"] = str(len(said(board).entries) if at is None else at)
    return client.post(f"/boards/{board.pk}/agreements/say/", sent)


def page(answer: Any) -> str:
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


def shown(client: Client, board: Board) -> str:
    answer = client.get(f"/boards/{board.pk}/agreements/")
    assert answer.status_code == 200
    return page(answer)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_what_was_said_is_noted_and_shown(inside: Client, full: Board) -> None:
    assert "Hier is nog niets gezegd." in shown(inside, full)
    answer = say(inside, full, "staff", by="colleagues:carer", parts=seen(full, "effect:carer"), words_said="Goed zo.")
    assert answer.status_code == 302
    told = shown(inside, full)
    assert "Genoteerd: carer (collega's), akkoord." in told
    assert 'In eigen woorden: "Goed zo."' in told
    (entry,) = said(full).entries
    assert isinstance(entry, Statement)
    assert (entry.role, entry.parts[0].part) == ("carer", Part(kind=Kind.EFFECT, of="carer"))
    row = Agreements.objects.get()
    assert (row.version, row.by) == (1, User.objects.get(username="designer"))


def test_a_move_reopens_what_it_changes_says_what_and_undoing_closes_it(inside: Client, full: Board) -> None:
    parts = [p for p in seen(full) if p.split(":")[0] in ("job", "timetable", "mentor", "pay")]
    say(inside, full, "worker", by="worker", parts=parts)
    assert "Bord: " not in shown(inside, full)
    assert "1 akkoord, 0 gewijzigd na het akkoord, 0 met bezwaar, 4 nog niet gevraagd" in shown(inside, full)
    spot = next(p for p in full.read().placed if p.spot.job == "job-1")
    boards.act(full.pk, MoveCards(task=spot.task, days=(spot.day,), job=None), 0, None)
    told = shown(inside, full)
    assert "0 akkoord, 1 gewijzigd na het akkoord" in told
    assert "Gewijzigd sindsdien, Job 1" in told
    assert "Afspraken: 0 akkoord, 1 gewijzigd" in page(inside.get(f"/boards/{full.pk}/"))
    boards.act(full.pk, TakeBack(step=1), 1, None)
    assert "1 akkoord, 0 gewijzigd na het akkoord" in shown(inside, full)


def test_the_board_says_nothing_of_agreements_while_there_are_none(inside: Client, full: Board) -> None:
    told = page(inside.get(f"/boards/{full.pk}/"))
    assert "Afspraken: " not in told
    assert "Afspraken bekijken en noteren" in told


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"answer": "objects", "words_said": " "}, "Schrijf wat het bezwaar is."),
        ({"parts": []}, "Kies ten minste één onderdeel"),
        ({"date": "2999-01-01"}, "Deze dag moet nog komen."),
        ({"words_said": "bel\x07"}, "een teken in dat niet getoond kan worden"),
        ({"date": ""}, "Dit veld is verplicht"),
        ({"by": "worker"}, "worker"),
        ({"parts": ["tasks"]}, "tasks"),
    ],
)
def test_a_mistake_saves_nothing_and_keeps_what_was_typed(
    inside: Client, full: Board, given: dict[str, Any], told: str
) -> None:
    answer = say(inside, full, "staff", **({"words_said": "Wat ik typte"} | given))
    assert answer.status_code == 400
    assert told in page(answer)
    if "words_said" not in given:
        assert "Wat ik typte" in page(answer)
    assert not Agreements.objects.exists()


def test_all_mistakes_are_told_at_once(inside: Client, full: Board) -> None:
    told = page(say(inside, full, "staff", answer="objects", parts=[], date="2999-01-01"))
    assert all(w in told for w in ("wat het bezwaar is", "ten minste één onderdeel", "moet nog komen"))


def test_nobody_agrees_to_what_changed_while_they_looked(inside: Client, full: Board) -> None:
    looked = seen(full, "job:job-1")
    spot = next(p for p in full.read().placed if p.spot.job == "job-1")
    boards.act(full.pk, MoveCards(task=spot.task, days=(spot.day,), job=None), 0, None)
    answer = say(inside, full, "worker", by="worker", parts=looked, words_said="Past voor mij")
    assert answer.status_code == 400
    told = page(answer)
    assert 'de taken en de uren" is gewijzigd sinds u keek' in told
    assert "Past voor mij" in told
    assert not Agreements.objects.exists()


def test_who_comes_second_for_the_same_function_sees_both_and_may_save_again(inside: Client, full: Board) -> None:
    say(inside, full, "staff", words_said="Van de ene")
    answer = say(inside, full, "staff", at=0, words_said="Van de andere")
    told = page(answer)
    assert answer.status_code == 400
    assert "voor dezelfde functie iets anders genoteerd" in told
    assert "Van de ene" in told
    assert "Van de andere" in told
    assert len(said(full).entries) == 1
    assert say(inside, full, "staff", words_said="Van de andere").status_code == 302
    assert 'In eigen woorden: "Van de ene"' not in shown(inside, full)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"gate": "kitchen"},
        {
            "gate": "staff",
            "staff-by": "head",
            "staff-answer": "agreed",
            "staff-date": TODAY,
            "staff-parts": ["huh@x"],
            "seen": "x",
        },
    ],
)
def test_what_cannot_be_read_is_told(inside: Client, full: Board, sent: dict[str, Any]) -> None:
    answer = inside.post(f"/boards/{full.pk}/agreements/say/", sent, follow=True)
    assert "Dit is niet te lezen." in page(answer)
    assert not Agreements.objects.exists()


def test_an_earlier_word_is_taken_back(inside: Client, full: Board) -> None:
    say(inside, full, "staff")
    say(inside, full, "staff", answer="not_asked", parts=seen(full, "tasks"))
    assert said(full).entries[1].parts == ()  # type: ignore[union-attr]
    assert "0 akkoord" in shown(inside, full)


def test_who_notes_the_word_of_a_worker_is_told_who_reads_it(inside: Client, full: Board) -> None:
    assert shown(inside, full).count("ook de werkgever en de collega's lezen dit") == 1


@pytest.mark.django_db(transaction=True)
def test_many_who_note_at_the_same_time_lose_no_word(full: Board) -> None:
    now = agreements.of(full, "nl").now
    part = Part(kind=Kind.TASKS)
    named = (Named(part=part, print=print_of(now[part])),)
    given = [(Gate.STAFF, By.HEAD), (Gate.STAFF, By.DELEGATE), (Gate.PREVENTION, By.PREVENTION)]
    given += [(Gate.PREVENTION, By.PHYSICIAN)]

    def hand(at: tuple[Gate, By]) -> None:
        one = Statement(gate=at[0], by=at[1], answer="agreed", date=TODAY, parts=named)
        agreements.add(full.pk, one, 0, None)
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(hand, given))
    assert {(e.gate, e.by) for e in said(full).entries} == set(given)  # type: ignore[union-attr]
    assert Agreements.objects.get().version == 4


# who may what


def test_a_staff_delegate_notes_their_own_word_and_no_other(people: dict[Role, User], full: Board) -> None:
    client = browser(people[Role.DELEGATE])
    told = shown(client, full)
    assert told.count("Noteer wat gezegd is") == 4  # two forms, each with its name for who listens
    assert "leidinggevende</option>" not in told
    assert "Gegevens van Job" not in told
    against = {"by": "delegate", "answer": "objects", "words_said": "De koffieronde houden wij."}
    assert say(client, full, "staff", **against).status_code == 302
    assert say(client, full, "staff", by="head").status_code == 400
    assert "Dit is niet te lezen." in page(client.get(say(client, full, "worker", by="worker").url))
    assert client.post(f"/boards/{full.pk}/agreements/terms/", {"job": "job-1"}).status_code == 403
    assert [e.by.value for e in said(full).entries] == ["delegate"]  # type: ignore[union-attr]


def test_an_employer_reads_the_agreements_and_notes_nothing(people: dict[Role, User], full: Board) -> None:
    client = browser(people[Role.EMPLOYER])
    told = shown(client, full)
    assert "Noteer wat gezegd is" not in told
    assert say(client, full, "management", by="management").status_code == 403
    assert not Agreements.objects.exists()


@pytest.mark.parametrize("role", list(Role))
def test_lists_of_agreements_show_what_may_be_seen(
    role: Role, inside: Client, people: dict[Role, User], stranger: User, full: Board
) -> None:
    say(inside, full, "staff")
    row = Agreements.objects.get()
    assert (row in Agreements.objects.visible_to(people[role])) == (role is not Role.EVALUATOR)
    assert row not in Agreements.objects.visible_to(stranger)
    assert row.organisation_id == full.organisation_id


# function class, pay and guidance


def test_what_the_house_fills_in_is_a_part_that_reopens(inside: Client, full: Board) -> None:
    say(inside, full, "hr", by="hr", parts=seen(full, "pay:job-1"))
    sent = {"job": "job-1", "seen": "1", "job-1-function_class": "IFIC 6", "job-1-mentor": " logistiek assistent "}
    answer = inside.post(f"/boards/{full.pk}/agreements/terms/", sent, follow=True)
    told = page(answer)
    assert "De gegevens van Job 1" in told
    assert "Functieklasse (IFIC) was niets, is nu IFIC 6" in told
    assert said(full).terms()["job-1"].mentor == "logistiek assistent"


def test_who_fills_in_second_is_told_what_the_other_wrote(inside: Client, full: Board) -> None:
    address = f"/boards/{full.pk}/agreements/terms/"
    inside.post(address, {"job": "job-1", "seen": "0", "job-1-mentor": "kok"})
    answer = inside.post(address, {"job": "job-1", "seen": "0", "job-1-mentor": "verpleegkundige"})
    assert answer.status_code == 400
    assert "collega-begeleider kok" in page(answer)
    assert 'value="verpleegkundige"' in page(answer)
    inside.post(address, {"job": "job-2", "seen": "0", "job-2-mentor": ""})
    answer = inside.post(address, {"job": "job-2", "seen": "0", "job-2-mentor": "x"})
    assert "intussen gewijzigd: niets" in page(answer)
    assert said(full).terms()["job-1"].mentor == "kok"


def test_a_mistake_in_what_a_house_fills_in_saves_nothing(inside: Client, full: Board) -> None:
    address = f"/boards/{full.pk}/agreements/terms/"
    assert inside.post(address, {"job": "job-1", "job-1-mentor": "x" * 401}).status_code == 400
    assert "niet te lezen" in page(inside.post(address, {"job": "job-9"}, follow=True))
    assert not Agreements.objects.exists()


# another board, and the file


def test_agreements_are_taken_over_and_say_what_is_different(
    inside: Client, place: Workplace, board: Board, full: Board
) -> None:
    assert "Overnemen van een ander bord" not in shown(inside, board)
    say(inside, full, "staff", parts=seen(full, "tasks", "effect:carer"))
    assert f"Neem over van {full.name}" in shown(inside, board)
    address = f"/boards/{board.pk}/agreements/take-over/"
    told = page(inside.post(address, {"board": str(full.pk)}, follow=True))
    assert "zijn overgenomen" in told
    assert "Gewijzigd sindsdien, carer" in told
    assert "niet te lezen" in page(inside.post(address, {"board": str(full.pk)}, follow=True))
    assert not agreements.take_over(board.pk, full, None)
    assert len(said(board).entries) == 1


def test_the_file_holds_the_document(inside: Client, full: Board) -> None:
    say(inside, full, "staff")
    answer = inside.get(f"/boards/{full.pk}/agreements.json")
    assert json.loads(answer.content)["schema_id"] == "klaver/agreements/1"
    assert Document.model_validate_json(answer.content) == said(full)


# the papers


def test_every_paper_is_sent_as_it_is_asked(inside: Client, full: Board) -> None:
    say(inside, full, "staff", answer="objects", words_said="Dit bezwaar staat voluit.")
    listed = page(inside.get(f"/boards/{full.pk}/papers/"))
    links = re.findall(rf'href="(/boards/{full.pk}/papers/[^"]+\.\w+)"', listed)
    assert len(links) == 2 * len({link.rsplit(".", 1)[0] for link in links}) + 1
    assert {
        "message.pdf",
        "cards.pdf",
        "interview.pdf",
        "roles.html",
        "consultation.xlsx",
        "function-1.pdf",
        "function-2.html",
    } <= {link.rsplit("/", 1)[1] for link in links}
    for link in links:
        answer = inside.get(link)
        assert answer.status_code == 200
        start = {"pdf": b"%PDF", "html": b"<!doctype html>", "xlsx": b"PK"}[link.rsplit(".", 1)[1]]
        assert answer.content.startswith(start), link
    file = pypdfium2.PdfDocument(inside.get(f"/boards/{full.pk}/papers/consultation.pdf").content)
    assert "Dit bezwaar staat voluit." in file[0].get_textpage().get_text_bounded()


def test_a_paper_that_is_not_there_is_not_found(inside: Client, board: Board) -> None:
    listed = page(inside.get(f"/boards/{board.pk}/papers/"))
    assert "Functiebeschrijving" not in listed
    assert "Eén bladzijde per functie" not in listed
    assert inside.get(f"/boards/{board.pk}/papers/roles.pdf").status_code == 404
    assert inside.get(f"/boards/{board.pk}/papers/message.docx").status_code == 404
    assert inside.get(f"/boards/{board.pk}/papers/consultation.pdf").status_code == 200


# the wall


def wall(client: Client, board: Board, lines: str, at: int = 0) -> Any:
    return client.post(f"/boards/{board.pk}/wall/", {"lines": lines, "seen": str(at)})


def test_a_wall_is_laid_in_one_step_that_is_undone_in_one(inside: Client, board: Board) -> None:
    assert "De muur inlezen" in page(inside.get(f"/boards/{board.pk}/"))
    answer = wall(inside, board, "T02, T03 = job 1\r\nT08 = samen met job 2")
    assert answer.url == f"/boards/{board.pk}/"
    assert "De muur is ingelezen: 3 taken liggen anders." in page(inside.get(answer.url))
    spots = Board.objects.get(pk=board.pk).read().spots()
    assert {(t, s.job, s.shared) for (t, _), s in spots.items()} == {
        ("T02", "job-1", False),
        ("T03", "job-1", False),
        ("T08", "job-2", True),
    }
    inside.post(f"/boards/{board.pk}/act/", {"do": "undo", "step": "1", "seen": "1"})
    assert Board.objects.get(pk=board.pk).read().spots() == {}


def test_a_wall_with_a_wrong_line_moves_nothing_and_keeps_what_was_typed(inside: Client, board: Board) -> None:
    answer = wall(inside, board, "T02 = job 1\nN1 = job 1\nT03 = zolder", at=0)
    assert answer.status_code == 400
    told = page(answer)
    assert "Regel 2: N1 kan in geen nieuwe job: wettelijk voorbehouden." in told
    assert 'Regel 3: "zolder" is geen plaats.' in told
    assert "T03 = zolder</textarea>" in told
    assert Board.objects.get(pk=board.pk).version == 0


def test_a_wall_that_others_moved_under_is_told_and_can_be_sent_again(inside: Client, board: Board) -> None:
    boards.act(board.pk, MoveCards(task="T02", days=(FRI,), job="job-2"), 0, None)
    told = page(wall(inside, board, "T02 = job 1"))
    assert "Iemand anders heeft dit intussen gewijzigd: T02" in told
    assert 'form="wall-form" name="seen" value="1"' in told
    assert wall(inside, board, "T02 = job 1", at=1).status_code == 302


def test_a_wall_is_read_in_the_language_of_the_page(inside: Client, board: Board) -> None:
    inside.cookies["django_language"] = "fr"
    assert "reste" in page(inside.get(f"/boards/{board.pk}/wall/"))
    assert wall(inside, board, "T02 = ensemble avec emploi 1\nT03 = E 2\nT04 = job 1").status_code == 302
    assert inside.post(f"/boards/{board.pk}/wall/", {"lines": "T05 = S 1", "seen": "x"}).status_code == 400
