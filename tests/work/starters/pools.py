"""The work of a start that could move to a new job, and a day that one person makes of it."""

from __future__ import annotations

from collections import Counter

from klaver.values import Weekday
from klaver.work.records import Legal, Task, Workplace


def movable(workplace: Workplace) -> list[Task]:
    """Return tasks that are free, stand on their own and take nothing of a low-threshold role without an agreement."""
    agreed = {a.role for a in workplace.agreements}
    low = {r.id for r in workplace.roles if workplace.low_threshold(r)} - agreed
    return [t for t in workplace.tasks if t.legal is Legal.FREE and t.separable and not low & {s.role for s in t.doers}]


def needed(task: Task) -> int:
    """Return the likely minutes of a new worker at tempo 1.3, rounded up."""
    assert task.minutes is not None
    return -(-task.minutes.likely * 130 // 100)


def pool_minutes(tasks: list[Task], day: Weekday) -> int:
    """Return the minutes of a new worker that tasks ask on a day."""
    return sum(needed(t) * t.times[day] for t in tasks if t.times)


def one_person_day(tasks: list[Task], day: Weekday, opens: int) -> tuple[int, int]:
    """Fill a day greedily, most urgent first, up to three hours; return worked minutes and length of presence."""
    left = [t for t in tasks if t.times and t.times[day]]
    now = first = opens
    work = 0
    while left and work < 180:
        able = [t for t in left if t.window and max(now, t.window.start) + needed(t) <= t.window.end]
        if not able:
            break
        soonest = min(max(now, t.window.start) for t in able if t.window)
        ready = [t for t in able if t.window and t.window.start <= soonest]
        chosen = min(ready, key=lambda t: (t.window.end if t.window else 0, t.id))
        if not work:
            first = soonest
        now = soonest + needed(chosen)
        work += needed(chosen)
        left.remove(chosen)
    return work, now - first


def spent(workplace: Workplace) -> Counter[str]:
    """Return the hundredths of minutes a week that each role gives to the tasks of the analysis."""
    found: Counter[str] = Counter()
    for task in workplace.tasks:
        assert task.minutes is not None and task.times is not None
        for share in task.doers:
            found[share.role] += task.minutes.likely * sum(task.times) * share.percent
    return found
