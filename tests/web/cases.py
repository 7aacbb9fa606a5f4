"""Workplaces and answers for the tests of the workbench."""

from __future__ import annotations

from functools import cache

from tests.design.cases import ON, ward

from klaver.web.runs import queue
from klaver.web.runs.about_board import AboutBoard, ToAsk, ToComplete, ToExplain
from klaver.web.runs.question import Question, Told, answer, answer_any
from klaver.web.store.models import Board, Run
from klaver.work.records import Role, Workplace


def small() -> Workplace:
    """Return the small ward, with a role that nobody can take over, and named in Dutch."""
    place = ward()
    return place.model_copy(update={"roles": (*place.roles, Role(id="cook", label="Kok"))})


def question(rounds: int = 1, alternatives: int = 1) -> Question:
    """Return a question about the small ward that is answered soon."""
    return Question(workplace=small(), on=ON, rounds=rounds, alternatives=alternatives)


@cache
def answered() -> Told:
    """Return the answer to it, counted once."""
    return answer(question(), lambda told: None, lambda: False)


def about(board: Board, kind: str) -> AboutBoard:
    """Return a question about a board that is answered soon."""
    place = board.workplace.read()
    if kind == "complete":
        return ToComplete(workplace=place, board=board.read(), rounds=1)
    if kind == "why":
        return ToExplain(workplace=place, board=board.read(), task="T02")
    return ToAsk(workplace=place, board=board.read())


@cache
def told(question: str) -> Told:
    """Return the answer to a question about a board, counted once."""
    return answer_any(question, lambda told: None, lambda: False)


def answered_run(board: Board, kind: str) -> Run:
    """Return a run about a board that was answered."""
    asked = about(board, kind)
    run = queue.ask_board(board, asked, None)
    Run.objects.filter(pk=run.pk).update(state=Run.State.RUNNING)
    queue.finish(run, told(asked.model_dump_json()))
    return Run.objects.get(pk=run.pk)
