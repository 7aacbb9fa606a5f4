"""What one asks at a board in the browser: told in words, offered and never imposed, and asked again when it is old."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from tests.design.cases import task
from tests.web.cases import about, answered, answered_run, question, told

from klaver.design.board.records import MoveCards, PinCards
from klaver.values import Weekday
from klaver.web.accounts.models import Role, User
from klaver.web.design import why
from klaver.web.runs import about_board, queue
from klaver.web.runs.about_board import ToAsk, ToComplete, ToExplain, answer_board, read_question
from klaver.web.runs.question import answer_any
from klaver.web.store import boards
from klaver.web.store.models import Board, Run, Workplace
from klaver.web.store.workplaces import replace

MON = Weekday.MONDAY
DAILY = tuple(Weekday)
State = Run.State


@pytest.fixture
def full(place: Workplace) -> Board:
    """A board with an alternative on it."""
    run = queue.ask(place, question(), None)
    Run.objects.update(state=State.RUNNING)
    queue.finish(run, answered())
    found = run.designs.get()
    return boards.open_board(place, boards.ready(place), found, place.version, "Vol bord")


@pytest.fixture
def pinned(board: Board) -> Board:
    """A board with a pinned card in a job, and one pinned with its role."""
    boards.act(board.pk, MoveCards(task="T02", days=(MON,), job="job-2"), 0, None)
    boards.act(board.pk, PinCards(task="T02", days=(MON,), pinned=True), 1, None)
    row, _ = boards.act(board.pk, PinCards(task="T03", days=DAILY, pinned=True), 2, None)
    return row


def page(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def moved(board: Board, task: str = "T08") -> None:
    row = Board.objects.get(pk=board.pk)
    boards.act(row.pk, MoveCards(task=task, days=(MON,), job="job-1"), row.version, None)


# why


def test_a_card_tells_why_it_is_not_in_a_job(inside: Client, board: Board) -> None:
    assert f"/boards/{board.pk}/why/T02/" in page(inside, f"/boards/{board.pk}/")
    shown = page(inside, f"/boards/{board.pk}/why/T02/")
    assert "Waarom ligt T02 task T02 hier?" in shown
    assert "Ze ligt bij de collega&#x27;s en in geen enkele job." in shown
    assert "Kan ze in een job?" in shown
    assert "Job 1" in shown
    assert "job-1" not in shown


def test_a_card_in_a_job_tells_what_it_gives_there_and_whether_it_could_go_elsewhere(
    inside: Client, full: Board
) -> None:
    job = full.read().jobs[0]
    ident = job.shifts[0].entries[0].task
    shown = page(inside, f"/boards/{full.pk}/why/{ident}/")
    assert "zit ze in Job 1" in shown
    assert "de knelpuntberoepen daar netto" in shown
    assert "Job 2" in shown or "Wat niet meer klopt zonder deze taak" in shown


def test_a_pinned_card_and_one_without_a_place_say_so(inside: Client, pinned: Board) -> None:
    for ident in ("T03", "T01", "T04", "T07", "T05", "T10", "T11", "T13"):
        moved(pinned, ident)
    waiting = {p.task for p in Board.objects.get().read().placed if p.spot.waiting}
    assert "ligt ze vast" in page(inside, f"/boards/{pinned.pk}/why/T02/")
    for ident in waiting:
        assert "nog geen plaats in de dag" in page(inside, f"/boards/{pinned.pk}/why/{ident}/")
    assert waiting


def test_a_task_that_may_be_in_no_job_says_which_law_or_question_keeps_it(inside: Client, board: Board) -> None:
    shown = page(inside, f"/boards/{board.pk}/why/N1/")
    assert "Deze taak kan in geen nieuwe job: wettelijk voorbehouden." in shown
    assert "Zoek verder" not in shown


def test_what_takes_long_is_left_to_the_queue_and_the_page_says_so(
    inside: Client, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(why, "SOON", -1.0)
    shown = page(inside, f"/boards/{board.pk}/why/T02/")
    assert "Dit is wat Klaver meteen weet" in shown
    assert "Zoek verder" in shown


def test_no_page_tells_of_a_task_that_is_not_there(inside: Client, board: Board) -> None:
    assert inside.get(f"/boards/{board.pk}/why/T99/").status_code == 404
    assert inside.post(f"/boards/{board.pk}/why/T99/ask/").status_code == 404
    assert not Run.objects.exists()


def test_looking_further_waits_in_the_queue_and_tells_what_is_enough_and_what_it_costs(
    inside: Client, board: Board
) -> None:
    answer = inside.post(f"/boards/{board.pk}/why/T02/ask/")
    run = Run.objects.get()
    assert answer.url == f"/runs/{run.pk}/"  # type: ignore[attr-defined]
    assert read_question(run.question) == about(board, "why")
    assert "Wat deze taak nodig heeft" in page(inside, f"/runs/{run.pk}/")
    queue.claim()
    for aim, words in (("why", "job 1 van 2"), ("complete", "ronde 1 van 2"), ("ask", "deel 1 van 2")):
        queue.beat(run, {"aim": aim, "round": 1, "rounds": 2})
        assert words in page(inside, f"/runs/{run.pk}/")
    queue.finish(run, told(run.question))
    shown = page(inside, f"/runs/{run.pk}/")
    assert "Wat nodig is voor T02 task T02" in shown
    assert "Wat het kost om ze er toch in te leggen" in shown
    assert "Kan ze in deze job?" in shown
    assert "Het bord is intussen gewijzigd" not in shown
    moved(board)
    assert "Het bord is intussen gewijzigd" in page(inside, f"/runs/{run.pk}/")


def test_who_stops_looking_further_keeps_the_jobs_that_were_looked_at(inside: Client, board: Board) -> None:
    asked, said = about(board, "why"), list[dict[str, Any]]()
    made = answer_board(asked.model_dump_json(), said.append, lambda: bool(said))
    assert made["status"] == "stopped"
    assert len(made["answer"]["nl"]) == 1
    run = queue.ask_board(board, asked, None)
    Run.objects.update(state=State.RUNNING)
    queue.finish(run, made)
    run.refresh_from_db()
    assert run.state == State.STOPPED
    assert "Gestopt" in page(inside, f"/runs/{run.pk}/why/")


# complete


def test_a_board_is_completed_around_its_pins_and_nothing_changes_before_somebody_says_so(
    inside: Client, pinned: Board
) -> None:
    answer = inside.post(f"/boards/{pinned.pk}/complete/")
    run = Run.objects.get()
    assert answer.url == f"/runs/{run.pk}/"  # type: ignore[attr-defined]
    asked = read_question(run.question)
    assert isinstance(asked, ToComplete)
    assert asked.board == pinned.read()
    Run.objects.update(question=about(pinned, "complete").model_dump_json())  # the same, shorter
    queue.claim()
    queue.finish(run, told(about(pinned, "complete").model_dump_json()))
    before = Board.objects.get()
    shown = page(inside, f"/runs/{run.pk}/")
    assert "Zo kan het bord aangevuld worden" in shown
    for head in ("Wat elk geeft", "Taken die anders liggen", "Voor wie het verschilt", "Wat elke functie"):
        assert head in shown
    assert Board.objects.get().document == before.document
    laid = inside.post(f"/runs/{run.pk}/lay/", follow=True).content.decode()
    assert "Het bord is aangevuld." in laid
    board = Board.objects.get().read()
    assert board.spots()["T02", MON].job == "job-2"
    assert board.spots()["T02", MON].pinned
    assert all(job.shifts for job in board.jobs)
    number = Board.objects.get().version
    inside.post(f"/boards/{pinned.pk}/act/", {"do": "undo", "step": str(number), "seen": str(number)})
    assert Board.objects.get().read().spots() == pinned.read().spots()


def test_a_question_that_is_still_going_is_not_asked_twice_and_the_board_leads_back_to_it(
    inside: Client, board: Board
) -> None:
    for _ in range(2):
        inside.post(f"/boards/{board.pk}/complete/")
        inside.post(f"/boards/{board.pk}/why/T02/ask/")
    assert sorted(Run.objects.values_list("kind", flat=True)) == ["complete", "why"]
    shown = page(inside, f"/boards/{board.pk}/")
    assert all(f"/runs/{run.pk}/" in shown for run in Run.objects.all())
    Run.objects.update(state=State.STOPPED)
    inside.post(f"/boards/{board.pk}/complete/")
    assert Run.objects.count() == 3


def test_a_completed_plan_is_a_possibility_with_a_page_of_its_own(inside: Client, pinned: Board) -> None:
    run = answered_run(pinned, "complete")
    assert "Job 1" in page(inside, f"/designs/{run.designs.get().pk}/")


def test_what_was_completed_is_not_laid_on_a_board_that_somebody_changed(inside: Client, pinned: Board) -> None:
    run = answered_run(pinned, "complete")
    moved(pinned)
    before = Board.objects.get().document
    shown = page(inside, f"/runs/{run.pk}/offer/")
    assert "Iemand heeft het bord gewijzigd sinds dit gevraagd is." in shown
    assert "Leg het op het bord" not in shown
    assert "Vraag het opnieuw" in shown
    said = inside.post(f"/runs/{run.pk}/lay/", follow=True).content.decode()
    assert "Niet gedaan: iemand heeft het bord gewijzigd" in said
    assert Board.objects.get().document == before


def test_a_board_on_which_nothing_is_worth_moving_is_told_so_and_offers_nothing(inside: Client, full: Board) -> None:
    run = queue.ask_board(full, about(full, "complete"), None)
    Run.objects.filter(pk=run.pk).update(state=State.RUNNING)
    queue.finish(run, {"status": "feasible", "designs": answered()["designs"]})
    shown = page(inside, f"/runs/{run.pk}/")
    assert "niets dat de moeite waard is om te verleggen" in shown
    assert "Leg het op het bord" not in shown


def test_a_second_attempt_at_completing_gives_the_same(pinned: Board) -> None:
    text = about(pinned, "complete").model_dump_json()
    said: list[dict[str, Any]] = []
    assert answer_any(text, said.append, lambda: False) == told(text)
    assert {s["aim"] for s in said} == {"complete"}


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ({"status": "impossible", "designs": [], "why": {"nl": ["taak T02 botst"]}}, "taak T02 botst"),
        ({"status": "impossible", "designs": []}, "Dat bewijst niet dat er geen bestaat"),
        ({"status": "stopped", "designs": []}, "er was nog niets gevonden"),
    ],
)
def test_why_a_board_cannot_be_completed_is_told(inside: Client, board: Board, made: dict[str, Any], said: str) -> None:
    run = queue.ask_board(board, about(board, "complete"), None)
    Run.objects.update(state=State.RUNNING)
    queue.finish(run, made)
    assert said in page(inside, f"/runs/{run.pk}/")
    assert inside.post(f"/runs/{run.pk}/lay/").status_code == 404


def test_a_completing_that_failed_is_told_and_can_be_asked_again(inside: Client, board: Board) -> None:
    run = queue.ask_board(board, about(board, "complete"), None)
    assert inside.get(f"/runs/{run.pk}/offer/").status_code == 404
    Run.objects.update(state=State.FAILED)
    shown = page(inside, f"/runs/{run.pk}/")
    assert "Mislukt." in shown
    assert "Vraag het opnieuw" in shown


def test_pins_that_clash_are_named_in_three_languages(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    from klaver.design.board import complete
    from klaver.design.solve.conflict import Conflict
    from klaver.design.solve.wishes import Wish

    clash = Conflict((Wish("pin_alone", "T02", "pin:alone:T02:1"),), True, None)
    monkeypatch.setattr(complete, "complete", lambda *given: given[-1]() or complete.Completed(None, clash=clash))
    said: list[dict[str, Any]] = []
    made = answer_board(about(board, "complete").model_dump_json(), said.append, lambda: False)
    assert made["why"].keys() == {"nl", "fr", "en"}
    assert any("T02" in line for line in made["why"]["nl"])
    assert said[-1]["aim"] == "clash"
    monkeypatch.setattr(complete, "complete", lambda *given: complete.Completed(None))
    assert "why" not in answer_board(about(board, "complete").model_dump_json(), said.append, lambda: False)


# compare and keep


def test_two_plans_are_laid_side_by_side_in_words(inside: Client, full: Board, board: Board) -> None:
    place = full.workplace_id
    design = full.workplace.designs.get()
    shown = page(inside, f"/workplaces/{place}/compare/?one=b-{board.pk}&other=d-{design.pk}")
    assert "Taken die anders liggen" in shown
    assert "bij de collega&#x27;s" in shown
    assert "Voor wie het verschilt" in shown
    assert "geen job" in shown
    same = page(inside, f"/workplaces/{place}/compare/?one=b-{full.pk}&other=d-{design.pk}")
    assert "Elke taak ligt in beide op dezelfde plaats." in same
    assert "Elke job is in beide voor dezelfde groepen open." in same


def test_what_cannot_be_compared_is_told(inside: Client, full: Board, board: Board, stranger: User) -> None:
    address = f"/workplaces/{full.workplace_id}/compare/"
    assert "Kies twee verschillende." in page(inside, f"{address}?one=b-{board.pk}&other=b-{board.pk}")
    wrong = page(inside, f"{address}?one=b-{board.pk}&other=b-{full.workplace_id}")
    assert "errorlist" in wrong
    assert "Taken die anders liggen" not in wrong
    first = page(inside, f"{address}?one=b-{board.pk}")
    assert "errorlist" not in first
    assert f'value="b-{board.pk}" selected' in first


def test_with_one_board_there_is_nothing_to_compare(inside: Client, board: Board) -> None:
    assert "Er zijn nog geen twee" in page(inside, f"/workplaces/{board.workplace_id}/compare/")


def test_a_board_is_kept_under_a_name_of_its_own_and_goes_on(inside: Client, board: Board) -> None:
    moved(board)
    shown = inside.post(f"/boards/{board.pk}/keep/", {"name": "Voor de lente"}, follow=True).content.decode()
    assert "Bewaard als Voor de lente." in shown
    kept = Board.objects.get(name="Voor de lente")
    assert kept.read() == Board.objects.get(pk=board.pk).read()
    moved(board, "T02")
    assert kept.read() != Board.objects.get(pk=board.pk).read()
    assert "Voor de lente" in page(inside, f"/workplaces/{board.workplace_id}/design/")


def test_a_name_that_is_missing_or_too_long_keeps_nothing_and_stands_in_the_form(inside: Client, board: Board) -> None:
    assert 'value="Bord, bewaard"' in page(inside, f"/boards/{board.pk}/keep/")
    for name in (" ", "x" * 201):
        shown = inside.post(f"/boards/{board.pk}/keep/", {"name": name}).content.decode()
        assert "errorlist" in shown
        assert name in shown
    assert Board.objects.count() == 1


# ask next


def test_the_questions_of_a_workplace_stand_on_a_page_and_on_a_sheet(inside: Client, place: Workplace) -> None:
    from klaver.work.starters import start

    replace(place, start("nursing-home", {}, "nl"), None, 1)
    shown = page(inside, f"/workplaces/{place.pk}/ask/")
    assert "Voor versie 2 van deze werkplek" in shown
    assert shown.count("<h2>") == 10
    assert "Daarna zijn er nog" in shown
    sheet = inside.get(f"/workplaces/{place.pk}/ask/sheet.pdf")
    assert sheet.content.startswith(b"%PDF")


def test_whoever_may_correct_the_work_is_led_from_a_question_to_where_its_answer_goes(
    inside: Client, place: Workplace, people: dict[Role, User]
) -> None:
    from klaver.work.starters import start

    replace(place, start("nursing-home", {}, "nl"), None, 1)
    shown = page(inside, f"/workplaces/{place.pk}/ask/")
    led = re.findall(rf'href="(/workplaces/{place.pk}/tasks?/[^"]*)">Vul het antwoord op vraag (\d+) in', shown)
    assert [number for _, number in led] == [str(n) for n in range(1, 11)]
    assert {address.split("/")[3] for address, _ in led} == {"task", "tasks"}
    for address, _ in led:
        page(inside, address)
    guest = Client()
    guest.force_login(people[Role.EMPLOYER])
    assert "Vul het antwoord" not in page(guest, f"/workplaces/{place.pk}/ask/")


def test_a_board_is_asked_about_by_the_queue_and_its_last_answer_is_kept(inside: Client, full: Board) -> None:
    address = f"/boards/{full.pk}/questions/"
    assert "nog niets uitgezocht" in page(inside, address)
    inside.post(f"{address}ask/")
    run = full.runs.get()
    assert isinstance(read_question(run.question), ToAsk)
    assert "Wacht op zijn beurt." in page(inside, address)
    assert inside.get(f"/runs/{run.pk}/questions/").status_code == 404
    queue.claim()
    queue.finish(run, told(run.question))
    shown = page(inside, address)
    assert "Voor Vol bord, op versie 1 van de werkplek." in shown
    assert "sindsdien gewijzigd" not in shown
    assert inside.get(f"/runs/{run.pk}/questions/sheet.pdf").content.startswith(b"%PDF")
    row = Board.objects.get(pk=full.pk)
    boards.act(row.pk, PinCards(task="T02", days=(MON,), pinned=True), row.version, None)
    assert "Het bord is sindsdien gewijzigd." in page(inside, address)
    place = full.workplace
    replace(place, place.read().model_copy(update={"name": "Anders"}), None, 1)
    assert "er is nu versie 2" in page(inside, address)


def test_questions_about_a_board_that_failed_can_be_asked_again(inside: Client, board: Board) -> None:
    run = queue.ask_board(board, about(board, "ask"), None)
    Run.objects.update(state=State.FAILED)
    for address in (f"/boards/{board.pk}/questions/", f"/runs/{run.pk}/questions/"):
        shown = page(inside, address)
        assert "Mislukt." in shown
        assert "Zoek de tien vragen" in shown
    assert inside.get(f"/runs/{run.pk}/questions/sheet.pdf").status_code == 404


def test_an_empty_board_is_asked_about_like_its_workplace(board: Board) -> None:
    asked = about(board, "ask")
    assert about_board.jobs_of(asked.board) is None
    assert answer_board(asked.model_dump_json(), lambda told: None, lambda: False)["all"] == len(
        json.loads(json.dumps(told(asked.model_dump_json())["answer"]))
    )


# newer


def grown(place: Workplace) -> None:
    """Save a version without T08, in which T02 is kept by law, with a new task."""
    old = place.read()
    tasks = [t.model_copy(update={"legal": "reserved"}) if t.id == "T02" else t for t in old.tasks if t.id != "T08"]
    text = old.model_copy(update={"tasks": (), "links": (), "orders": ()})
    new = text.model_copy(update={"tasks": tuple(type(t).model_validate(t.__dict__, strict=False) for t in tasks)})
    replace(place, new.model_copy(update={"tasks": (*new.tasks, task("NEW", 20))}), None, place.version)


def test_a_board_on_an_older_version_says_so_and_is_brought_to_the_newest_beside_it(
    inside: Client, pinned: Board
) -> None:
    moved(pinned)
    grown(pinned.workplace)
    before = Board.objects.get().document
    shown = page(inside, f"/boards/{pinned.pk}/")
    assert "Dit bord rust op versie 1 van de werkplek; er is nu versie 2." in shown
    shown = page(inside, f"/boards/{pinned.pk}/newer/")
    for said in ("T08 task T08", "T02 task T02 (ma)", "NEW task NEW"):
        assert said in shown
    said = inside.post(f"/boards/{pinned.pk}/newer/", follow=True).content.decode()
    assert "Dit is het nieuwe bord." in said
    made = Board.objects.get(name="Bord, versie 2")
    assert made.workplace_version == 2
    assert not any(p.task == "T08" for p in made.read().placed)
    assert Board.objects.get(pk=pinned.pk).document == before
    assert "Dit bord rust op versie" not in page(inside, f"/boards/{made.pk}/")
    address = f"/workplaces/{pinned.workplace_id}/compare/?one=b-{pinned.pk}&other=b-{made.pk}"
    assert "twee versies van de werkplek" in page(inside, address)


def test_a_board_on_the_newest_version_has_nowhere_to_go(inside: Client, board: Board) -> None:
    assert "al op de nieuwste versie" in page(inside, f"/boards/{board.pk}/newer/")
    assert Board.objects.count() == 1


def test_a_board_whose_cards_all_stay_says_so(inside: Client, board: Board) -> None:
    replace(board.workplace, board.workplace.read().model_copy(update={"name": "Anders"}), None, 1)
    assert "Elke kaart blijft waar ze ligt." in page(inside, f"/boards/{board.pk}/newer/")


# who may


def test_who_may_only_look_sees_answers_and_no_buttons(people: dict[Role, User], pinned: Board) -> None:
    looking = Client()
    looking.force_login(people[Role.COACH])
    run = answered_run(pinned, "complete")
    grown(pinned.workplace)
    shown = page(looking, f"/boards/{pinned.pk}/")
    assert f"/boards/{pinned.pk}/why/T03/" in shown
    for words in ("Vul het bord aan", "Bewaar als mogelijkheid", "Breng het naar"):
        assert words not in shown
    shown = page(looking, f"/runs/{run.pk}/offer/")
    assert "Wat elk geeft" in shown
    assert "<button>Vraag" not in shown
    assert "Leg het op het bord" not in shown
    assert "Zoek verder" not in page(looking, f"/boards/{pinned.pk}/why/T02/")


def test_an_answer_is_shown_under_its_own_address_only(inside: Client, board: Board) -> None:
    run = answered_run(board, "why")
    for part in ("offer", "questions"):
        assert inside.get(f"/runs/{run.pk}/{part}/").status_code == 404
    other = answered_run(board, "ask")
    assert inside.get(f"/runs/{other.pk}/why/").status_code == 404
    assert isinstance(read_question(run.question), ToExplain)
