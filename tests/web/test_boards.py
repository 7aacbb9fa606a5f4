"""Boards in the browser: each move on the newest state, told in words, and nobody overwrites anybody."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection
from django.test import Client
from tests.web.cases import answered, question

from klaver.design.board.records import LayJobs, MoveCards, TakeBack
from klaver.design.board.table import SteppedOnError
from klaver.values import Weekday
from klaver.web.accounts.models import Role, User
from klaver.web.runs import queue
from klaver.web.store import boards
from klaver.web.store.models import Board, BoardStep, Design, Run, Workplace

MON, TUE = Weekday.MONDAY, Weekday.TUESDAY
DAILY = "0,1,2,3,4,5,6"

T = TypeVar("T")


def act(client: Client, board: Board, *, htmx: bool = False, **given: str) -> str:
    """Send a form of the board; returns the page that comes of it."""
    values = {"do": "card", "seen": str(Board.objects.get(pk=board.pk).version)} | given
    headers = {"HX-Request": "true"} if htmx else {}
    answer = client.post(f"/boards/{board.pk}/act/", values, headers=headers, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def spots(board: Board) -> dict[tuple[str, Weekday], str | None]:
    return {key: spot.job for key, spot in Board.objects.get(pk=board.pk).read().spots().items()}


@pytest.mark.parametrize("htmx", [False, True])
def test_a_move_is_told_in_words_with_and_without_scripts(inside: Client, board: Board, htmx: bool) -> None:
    page = act(inside, board, htmx=htmx, task="T02", days=DAILY, to="job-1")
    assert "T02 task T02 ligt nu in Job 1." in page
    assert spots(board) == {("T02", d): "job-1" for d in Weekday}
    page = act(inside, board, htmx=htmx, task="T02", days="0", to="job-2+")
    assert "ligt nu in Job 2, samen met een collega." in page
    page = act(inside, board, htmx=htmx, task="T02", days="0", to="home")
    assert "ligt nu bij de collega" in page
    assert ("T02", MON) not in spots(board)
    assert ("<html" in page) is not htmx


def test_days_that_were_ticked_one_by_one_move_alone(inside: Client, board: Board) -> None:
    inside.post(
        f"/boards/{board.pk}/act/",
        {"do": "card", "seen": "0", "task": "T02", "days": ["0", "1"], "to": "job-1"},
    )
    assert spots(board) == {("T02", MON): "job-1", ("T02", TUE): "job-1"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"task": "N1", "days": DAILY, "to": "job-1"}, "kan in geen nieuwe job"),
        ({"task": "T02", "days": "", "to": "job-1"}, "Kies ten minste één dag"),
        ({"task": "T02", "days": "8", "to": "job-1"}, "niet te lezen"),
        ({"task": "T02", "days": "0"}, "niet te lezen"),
        ({"task": "T02", "days": "0", "to": "job-9"}, "geen job op dit bord"),
        ({"do": "dance"}, "niet te lezen"),
        ({"do": "undo", "step": ""}, "niet te lezen"),
        ({"do": "undo", "step": "5"}, "Stap 5 bestaat niet"),
        ({"task": "T02", "days": "0", "to": "job-1", "seen": "x"}, "niet te lezen"),
        ({"do": "name", "job": "job-1", "title": "x" * 401}, "niet te lezen"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(
    inside: Client, board: Board, given: dict[str, str], said: str
) -> None:
    assert said in act(inside, board, **given)
    assert spots(board) == {}
    assert not BoardStep.objects.exists()


def test_what_breaks_a_rule_is_done_and_told(inside: Client, board: Board) -> None:
    page = act(inside, board, task="T02", days="0", to="job-1")
    assert 'class="wrong"' in page
    assert "Alles past" not in page


def test_undo_and_redo_lead_back_and_forth(inside: Client, board: Board) -> None:
    act(inside, board, task="T02", days="0", to="job-1")
    act(inside, board, task="T03", days="0", to="job-1")
    row = Board.objects.get()
    full = row.read()
    assert boards.undo_and_redo(boards.steps_of(row)) == (2, None)
    act(inside, board, do="undo", step="2")
    act(inside, board, do="undo", step="1")
    assert spots(board) == {}
    undo, redo = boards.undo_and_redo(boards.steps_of(row))
    assert undo is None
    act(inside, board, do="undo", step=str(redo))
    undo, redo = boards.undo_and_redo(boards.steps_of(row))
    act(inside, board, do="undo", step=str(redo))
    assert Board.objects.get().read() == full
    assert boards.undo_and_redo(boards.steps_of(row))[1] is None


def test_a_new_move_ends_what_could_be_redone(inside: Client, board: Board) -> None:
    act(inside, board, task="T02", days="0", to="job-1")
    act(inside, board, do="undo", step="1")
    act(inside, board, task="T03", days="0", to="job-1")
    assert boards.undo_and_redo(boards.steps_of(board)) == (3, None)


def test_a_job_is_called_as_people_call_it(inside: Client, board: Board) -> None:
    assert "Linnen en zo" in act(inside, board, do="name", job="job-1", title=" Linnen en zo ")
    assert "Linnen en zo" not in act(inside, board, do="name", job="job-1", title="")


def test_a_pinned_card_says_so_until_it_is_loose(inside: Client, board: Board) -> None:
    page = act(inside, board, task="T02", days=DAILY, pinned="1")
    assert "T02 task T02 blijft liggen." in page
    page = act(inside, board, task="T02", days=DAILY, pinned="0")
    assert "ligt weer los" in page
    assert spots(board) == {}


def test_two_people_who_touch_different_cards_both_have_their_way(board: Board) -> None:
    one = MoveCards(task="T02", days=(MON,), job="job-1")
    other = MoveCards(task="T08", days=(MON,), job="job-1")
    boards.act(board.pk, one, 0, None)
    boards.act(board.pk, other, 0, None)
    assert spots(board) == {("T02", MON): "job-1", ("T08", MON): "job-1"}


def test_who_comes_second_on_the_same_card_is_told_and_nothing_is_lost(inside: Client, board: Board) -> None:
    boards.act(board.pk, MoveCards(task="T02", days=(MON,), job="job-1"), 0, None)
    page = act(inside, board, task="T02", days="0", to="job-2", seen="0")
    assert "Iemand anders heeft dit intussen gewijzigd: T02" in page
    assert spots(board) == {("T02", MON): "job-1"}
    page = act(inside, board, task="T02", days="0", to="job-2")
    assert spots(board) == {("T02", MON): "job-2"}


def test_a_whole_plan_is_laid_on_what_was_seen_only(board: Board) -> None:
    plan = LayJobs(why="complete", jobs=board.read().jobs)
    boards.act(board.pk, MoveCards(task="T02", days=(MON,), job="job-1"), 0, None)
    with pytest.raises(SteppedOnError):
        boards.act(board.pk, plan, 0, None)
    boards.act(board.pk, plan, 1, None)
    assert spots(board) == {}


def test_taking_back_what_another_changed_since_is_refused(board: Board, people: dict[Role, User]) -> None:
    boards.act(board.pk, MoveCards(task="T02", days=(MON,), job="job-1"), 0, people[Role.DESIGNER])
    boards.act(board.pk, MoveCards(task="T02", days=(MON,), job="job-2"), 1, people[Role.ADMINISTRATOR])
    with pytest.raises(SteppedOnError):
        boards.act(board.pk, TakeBack(step=1), 2, people[Role.DESIGNER])
    assert [s.by for s in BoardStep.objects.all()] == [people[Role.DESIGNER], people[Role.ADMINISTRATOR]]


OWN = ("T02", "T03", "T04", "T07", "T08", "T10", "T11", "T13")
"""Each of eight hands has a task of its own: seven cards."""


def together(work: Callable[[str], T]) -> list[T]:
    """Let eight hands work at the same moment."""
    begin = Barrier(len(OWN))

    def hand(task: str) -> T:
        begin.wait()
        try:
            return work(task)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(OWN)) as pool:
        return list(pool.map(hand, OWN))


@pytest.mark.django_db(transaction=True)
def test_two_hundred_moves_of_eight_hands_are_all_done(board: Board) -> None:
    rounds: list[str | None] = ["job-1", "job-2", None, "job-1"]
    moves = [(day, to) for to in rounds for day in Weekday][:25]

    def work(task: str) -> int:
        seen = 0
        for day, to in moves:
            row, _ = boards.act(board.pk, MoveCards(task=task, days=(day,), job=to), seen, None)
            seen = row.version
        return len(moves)

    assert sum(together(work)) == 200
    assert spots(board) == {(task, day): "job-1" for task in OWN for day in list(Weekday)[:4]}
    row = Board.objects.get()
    assert row.version == 200
    assert list(row.steps.values_list("number", flat=True)) == list(range(1, 201))


@pytest.mark.django_db(transaction=True)
def test_of_eight_hands_on_one_card_one_has_it_and_the_others_are_told(board: Board) -> None:
    def work(task: str) -> str:
        boards.act(board.pk, MoveCards(task=task, days=(TUE,), job="job-1"), 0, None)
        try:
            boards.act(board.pk, MoveCards(task="T02", days=(MON,), job="job-1"), 0, None)
        except SteppedOnError:
            return "told"
        return "done"

    assert sorted(together(work)) == ["done", *["told"] * 7]
    assert spots(board) == {("T02", MON): "job-1"} | {(task, TUE): "job-1" for task in OWN}
    assert Board.objects.get().version == 9


def test_an_alternative_is_laid_on_a_board_as_it_was_found(inside: Client, place: Workplace) -> None:
    run = queue.ask(place, question(), None)
    Run.objects.update(state=Run.State.RUNNING)
    queue.finish(run, answered())
    found = Design.objects.get()
    answer = inside.post(f"/workplaces/{place.pk}/boards/", {"design": str(found.pk)})
    row = Board.objects.get()
    assert answer.url == f"/boards/{row.pk}/"  # type: ignore[attr-defined]
    board = row.read()
    assert board.jobs == found.read().jobs
    assert board.workplace_print == found.read().workplace_print
    page = inside.get(answer.url).content.decode()  # type: ignore[attr-defined]
    assert "Alles past: geen enkele regel is gebroken." in page
    plan = inside.get(f"/boards/{row.pk}/plan/")
    assert plan.status_code == 200
    assert "Job 1" in plan.content.decode()


def test_the_plan_of_an_empty_board_leads_back_to_the_board(inside: Client, board: Board) -> None:
    assert inside.get(f"/boards/{board.pk}/plan/").url == f"/boards/{board.pk}/"  # type: ignore[attr-defined]


def test_a_board_rests_on_the_workplace_as_it_was(inside: Client, place: Workplace, board: Board) -> None:
    from klaver.web.store.workplaces import replace

    smaller = place.read()
    replace(place, smaller.model_copy(update={"tasks": smaller.tasks[:3], "orders": ()}), None, 1)
    assert "task T13" in inside.get(f"/boards/{board.pk}/").content.decode()


def test_a_page_of_a_board_asks_the_database_a_few_times(
    inside: Client, board: Board, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        inside.get(f"/boards/{board.pk}/")
