"""What a form on the board asks, read into a command."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from klaver.design.board.records import Command, MoveCards, NameJob, PinCards, TakeBack
from klaver.values import Fault, Faults, Weekday

HOME = "home"
TOGETHER = "+"
"""Where a card goes: ``home``, a job, or a job with this sign behind it: there, together with a colleague."""


def command_of(given: QueryDict) -> tuple[Command, int]:
    """Return the command that was sent, and the version of the board that its sender saw.

    Raises
    ------
    Faults
        When something is missing or cannot be read.
    """
    readers = {"card": _card, "name": _name, "undo": _undo}
    try:
        return readers[given.get("do", "")](given), int(given.get("seen", ""))
    except (KeyError, ValueError):
        raise Faults([Fault(code="web.board_unreadable")]) from None


def _card(given: QueryDict) -> MoveCards | PinCards:
    if "pinned" in given:
        return PinCards(task=given["task"], days=_days(given), pinned=given["pinned"] == "1")
    to = given["to"]
    job = None if to == HOME else to.removesuffix(TOGETHER)
    return MoveCards(task=given["task"], days=_days(given), job=job, shared=to.endswith(TOGETHER))


def _name(given: Mapping[str, Any]) -> NameJob:
    return NameJob(job=given["job"], title=given["title"].strip() or None)


def _undo(given: Mapping[str, Any]) -> TakeBack:
    return TakeBack(step=int(given["step"]))


def _days(given: QueryDict) -> tuple[Weekday, ...]:
    """Return the days that were ticked: as a list, or in one value with commas."""
    found = {int(d) for part in given.getlist("days") for d in part.split(",") if d}
    if not found:
        raise Faults([Fault(code="web.board_no_days")])
    return tuple(Weekday(d) for d in sorted(found))
