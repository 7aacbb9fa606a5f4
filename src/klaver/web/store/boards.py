"""Boards: each command is done under one lock on the newest state, so that nobody overwrites anybody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from klaver.design.board.newer import Brought, brought, wishes_on
from klaver.design.board.records import Board as Document
from klaver.design.board.records import Command, LayWall, MoveCards, NameJob, PinCards, Step
from klaver.design.board.table import SteppedOnError, Table, laid
from klaver.design.parameters import parameters
from klaver.design.problem import Problem, problem
from klaver.people import profiles
from klaver.values.dated import Parameters
from klaver.web.store.models import Board, BoardStep, Design, Workplace
from klaver.web.store.workplaces import at_version
from klaver.work.records import Wishes
from klaver.work.records import Workplace as Place

REMEMBERED = 16
"""Workplaces whose question is kept ready in memory."""


def question(place: str, wishes: Wishes, parameters: Parameters, confirmed_only: bool) -> Problem:
    """Return the question about a workplace (its document), with wishes and with the rules of a day."""
    return _question(place, wishes.model_dump_json(), parameters.model_dump_json(), confirmed_only)


@lru_cache(maxsize=REMEMBERED)
def _question(place: str, wishes: str, parameters: str, confirmed_only: bool) -> Problem:
    asked = Wishes.model_validate_json(wishes)
    whole = Place.model_validate_json(place).model_copy(update={"wishes": asked})
    values = Parameters.model_validate_json(parameters)
    return problem(whole, values, profiles(), asked, confirmed_only=confirmed_only)


def ready(row: Workplace, wishes: Wishes | None = None, on: date | None = None) -> Problem:
    """Return the question of a workplace as it is now, with the rules of a day (today when none is given)."""
    place = row.read()
    return question(row.document, wishes or place.wishes, parameters((on or localdate()).isoformat()), False)


def problem_of(row: Board) -> Problem:
    """Return the question that a stored board answers."""
    board = row.read()
    place = at_version(row.workplace, row.workplace_version).to_json()
    return question(place, board.wishes, board.parameters, board.confirmed_only)


@transaction.atomic
def open_board(workplace: Workplace, asked: Problem, design: Design | None, version: int, name: str) -> Board:
    """Make a board with a design on it, or an empty one."""
    document = laid(asked, None if design is None else design.read())
    return Board.objects.create(workplace=workplace, workplace_version=version, name=name, document=document.to_json())


def copy(row: Board, name: str, document: Document | None = None, version: int | None = None) -> Board:
    """Make a board of its own out of a board as it is now, or out of what it would be; the first stays as it is."""
    return Board.objects.create(
        workplace=row.workplace,
        workplace_version=row.workplace_version if version is None else version,
        name=name,
        document=row.document if document is None else document.to_json(),
    )


def brought_to_newest(row: Board) -> tuple[Problem, Problem, Brought]:
    """Return the question of a board, that of the newest version of its workplace, and the board laid anew on it."""
    board, place = row.read(), row.workplace.read()
    wishes = wishes_on(board.wishes, place)
    new = question(row.workplace.document, wishes, board.parameters, board.confirmed_only)
    old = problem_of(row)
    return old, new, brought(old, new, board)


@transaction.atomic
def act(ident: Any, command: Command, seen: int, by: Any) -> tuple[Board, Step]:
    """Do a command on the newest state of a board; ``seen`` is the version that its user looked at.

    Raises
    ------
    Faults
        When the command asks what cannot be.
    SteppedOnError
        When others changed the very cards since; nothing is changed then.
    """
    row = Board.objects.select_for_update(of=("self",)).select_related("workplace").get(pk=ident)
    since = steps_of(row, after=seen)
    about = _about(command)
    stepped = about & frozenset(key for step in since for key in step.touches())
    if stepped:
        raise SteppedOnError(stepped)
    if command.do == "lay" and since:  # a whole plan rests on everything that was seen
        raise SteppedOnError(key for step in since for key in step.touches())
    table = Table(problem_of(row), row.read())
    before = {step.number: step for step in steps_of(row)} if command.do == "undo" else {}
    step = table.do(command, row.version + 1, before)
    BoardStep.objects.create(board=row, number=step.number, by=by, document=step.model_dump_json())
    row.version, row.document = step.number, table.board.to_json()
    row.save()
    return row, step


def steps_of(row: Board, after: int = 0) -> list[Step]:
    """Return the steps of a board after a version, oldest first."""
    found = row.steps.filter(number__gt=after).values_list("document", flat=True)
    return [Step.model_validate_json(text) for text in found]


def _about(command: Command) -> frozenset[Any]:
    """Return the cards (or jobs) that a command is about; for taking back, the table itself looks."""
    if isinstance(command, MoveCards | PinCards):
        return frozenset((command.task, day) for day in command.days)
    if isinstance(command, LayWall):
        return frozenset((move.task, day) for move in command.moves for day in move.days)
    return frozenset({command.job}) if isinstance(command, NameJob) else frozenset()


def undo_and_redo(steps: Iterable[Step]) -> tuple[int | None, int | None]:
    """Return the number of the step that *undo* takes back and of the one that *redo* takes back."""
    done: list[int] = []
    undone: list[int] = []
    for step in steps:
        if step.command.do != "undo":
            done.append(step.number)
            undone.clear()
        elif step.command.step in done:
            done.remove(step.command.step)
            undone.append(step.number)
        elif step.command.step in undone:
            undone.remove(step.command.step)
            done.append(step.number)
    return (done[-1] if done else None), (undone[-1] if undone else None)
