"""Days of a board that the kernel left open: decided by the exact day, so that nothing is told as a guess."""

from __future__ import annotations

from dataclasses import dataclass, replace

from klaver.design.kernel.hand import Day, Hand, Reply
from klaver.design.records import Job, Shift
from klaver.design.solve.day import NO_LIMITS, Days, order_limits


@dataclass(frozen=True)
class Settled:
    """A board after a second look: the reply, and the jobs with the timetables that were found.

    A day stays in the reply when it has no timetable (``possible`` is ``False``) or when this look did not decide it
    either (``None``). Once a day is settled, ``values`` and ``broken`` are those from before: ask the checker.
    """

    reply: Reply
    jobs: tuple[Job, ...]


def settle(hand: Hand, days: Days, reply: Reply | None = None) -> Settled:
    """Look for a timetable of every open day, or for a proof that there is none."""
    told = hand.reply() if reply is None else reply
    jobs, left = list(hand.jobs()), []
    for day in told.days:
        shift, possible = (None, False) if day.possible is False else _looked(hand, days, day)
        if shift is None:
            left.append(replace(day, possible=possible))
        else:
            jobs[day.job] = _with(jobs[day.job], shift)
    return Settled(replace(told, days=tuple(left)), tuple(jobs))


def _looked(hand: Hand, days: Days, day: Day) -> tuple[Shift | None, bool | None]:
    """Return a timetable of a day, or what is known without one.

    First one is looked for that its holder can keep, then one within its hours, then any: what such a one breaks the
    checker tells.
    """
    problem, board = hand.problem, hand.board
    here = [c.index for c in problem.classes if c.day is day.day and board.owner[c.index] == day.job]
    classes, shared = frozenset(here), frozenset(c for c in here if board.shared[c])
    holder = problem.holder(day.job)
    kept = NO_LIMITS if holder is None else order_limits(holder, problem.limits[holder.id], day.day)
    for limits in dict.fromkeys((kept, NO_LIMITS)):
        short = days.shift(classes, shared, limits=limits)
        if short.shift is not None:
            return short.shift, True
    found = days.decide(classes, shared)
    return found.shift, False if found.proved else None


def _with(job: Job, shift: Shift) -> Job:
    """Return a job with one day in the place of what it had on it."""
    kept = [s for s in job.shifts if s.day is not shift.day]
    return job.model_copy(update={"shifts": tuple(sorted([*kept, shift], key=lambda s: s.day))})
