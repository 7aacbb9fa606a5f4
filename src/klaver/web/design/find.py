"""The things that addresses of this room are about, found by their id."""

from __future__ import annotations

from typing import Any

from klaver.web.store.models import Board, Design, Run, Workplace


def workplace(ident: Any) -> Workplace | None:
    """Return a workplace."""
    return Workplace.objects.filter(pk=ident).first()


def run(ident: Any) -> Run | None:
    """Return a run with its workplace."""
    return Run.objects.select_related("workplace", "board").filter(pk=ident).first()


def design(ident: Any) -> Design | None:
    """Return an alternative with its run."""
    return Design.objects.select_related("workplace", "run").filter(pk=ident).first()


def board(ident: Any) -> Board | None:
    """Return a board with its workplace."""
    return Board.objects.select_related("workplace").filter(pk=ident).first()
