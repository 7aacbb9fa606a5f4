"""Agreements about a board: each entry is added under one lock to the newest log, about the board as it is then."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from klaver.design.agreements.compare import said
from klaver.design.agreements.parts import contents
from klaver.design.agreements.records import Agreements as Document
from klaver.design.agreements.records import Entry
from klaver.documents.agreed import Agreed
from klaver.documents.voice import Voice
from klaver.language import Language
from klaver.web.store.boards import problem_of
from klaver.web.store.models import Agreements, Board


def of(row: Board, lang: Language) -> Agreed:
    """Return what was said about a board, laid beside the board as it is now."""
    return Agreed.of_board(Voice(problem_of(row), lang), row.read(), document_of(row))


def told_counts(row: Board, lang: Language) -> str:
    """Tell how many decision points are in each state; nothing while nothing was said."""
    return of(row, lang).counts() if document_of(row).entries else ""


def document_of(row: Board) -> Document:
    """Return what was said about a board."""
    found = Agreements.objects.filter(board=row).first()
    return Document(workplace=row.read().workplace) if found is None else found.read()


@transaction.atomic
def add(ident: Any, entry: Entry, seen: int, by: Any) -> None:
    """Add an entry; ``seen`` is the number of entries that its writer looked at.

    Raises
    ------
    Faults
        When the same function has spoken since, or a part changed since it was looked at; nothing is written then.
    """
    row = Board.objects.select_for_update().select_related("workplace").get(pk=ident)
    known, board = document_of(row), row.read()
    now = contents(problem_of(row), board.jobs, known.terms(), board.waiting())
    _write(row, said(known, entry, now, seen), by)


@transaction.atomic
def take_over(ident: Any, other: Board, by: Any) -> bool:
    """Copy what was said about another board; ``False`` when something has been said about this one already."""
    board = Board.objects.select_for_update().get(pk=ident)
    if document_of(board).entries:
        return False
    _write(board, document_of(other), by)
    return True


def _write(board: Board, made: Document, by: Any) -> None:
    values = {"document": made.to_json(), "version": len(made.entries), "by": by}
    Agreements.objects.update_or_create(board=board, defaults=values)


def lendable(row: Board) -> list[Board]:
    """Return the other boards of the workplace about which something was said, for a board that has nothing."""
    if document_of(row).entries:
        return []
    said_of = Board.objects.filter(workplace=row.workplace, agreements__version__gt=0)
    return list(said_of.exclude(pk=row.pk))
