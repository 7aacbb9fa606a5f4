"""The answers, as data: a message code of ``why`` and its values; sentences are made of them elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from klaver.design.records import Breach
from klaver.values import Weekday

POSSIBLE, OPEN = "why.possible", "why.not_decided"


@dataclass(frozen=True)
class Reason:
    """One reason why a task is not in a job; each of several has to go.

    ``tasks`` are those of the day that leave no room, each needed for that; ``breaches`` the rules that are broken:
    one, or several of which any timetable breaks at least one.
    """

    code: str
    job: str | None = None
    days: tuple[Weekday, ...] = ()
    tasks: tuple[str, ...] = ()
    relief: int | None = None
    breaches: tuple[Breach, ...] = ()
