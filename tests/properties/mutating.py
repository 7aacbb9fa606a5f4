"""A design changed in one small way, as a person at a board would, or somebody with a file and bad intentions."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from klaver.design.problem import Problem
from klaver.design.records import Entry, Job, Pause, Shift
from klaver.values import Weekday

Jobs = list[list[Shift]]


def mutate(chance: Random, asked: Problem, jobs: tuple[Job, ...]) -> tuple[str, tuple[Job, ...]]:
    """Return the name of the change and the changed design; entries keep the order of the clock."""
    change = chance.choice(CHANGES)
    made = [list(j.shifts) for j in jobs]
    change(chance, asked, made)
    return change.__name__, tuple(Job(id=j.id, shifts=_sorted(s)) for j, s in zip(jobs, made, strict=True))


def _sorted(shifts: list[Shift]) -> tuple[Shift, ...]:
    return tuple(sorted((s for s in shifts), key=lambda s: s.day))


def _with(shift: Shift, entries: list[Entry]) -> Shift:
    ordered = tuple(sorted(entries, key=lambda e: (e.start, e.task)))
    start = min((shift.start, *(e.start for e in ordered)))
    end = max((shift.end, *(e.end for e in ordered)))
    return shift.model_copy(update={"entries": ordered, "start": start, "end": end})


def _pick(chance: Random, jobs: Jobs) -> tuple[int, int] | None:
    found = [(j, s) for j, shifts in enumerate(jobs) for s in range(len(shifts)) if shifts[s].entries]
    return chance.choice(found) if found else None


def drop(chance: Random, asked: Problem, jobs: Jobs) -> None:
    """Take one occurrence out."""
    if at := _pick(chance, jobs):
        entries = list(jobs[at[0]][at[1]].entries)
        entries.pop(chance.randrange(len(entries)))
        jobs[at[0]][at[1]] = jobs[at[0]][at[1]].model_copy(update={"entries": tuple(entries)})


def drop_task(chance: Random, asked: Problem, jobs: Jobs) -> None:
    """Take one task out of a day, and the day away when nothing is left."""
    if at := _pick(chance, jobs):
        shift = jobs[at[0]][at[1]]
        gone = chance.choice(shift.entries).task
        left = [e for e in shift.entries if e.task != gone]
        if left:
            jobs[at[0]][at[1]] = shift.model_copy(update={"entries": tuple(left)})
        else:
            del jobs[at[0]][at[1]]


def retime(chance: Random, asked: Problem, jobs: Jobs) -> None:
    """Move one occurrence on the clock; the shift grows along."""
    if at := _pick(chance, jobs):
        entries = list(jobs[at[0]][at[1]].entries)
        number = chance.randrange(len(entries))
        moved = entries.pop(number)
        by = chance.choice((-60, -30, -5, -1, 1, 5, 30, 60))
        entries.append(moved.model_copy(update={"start": moved.start + by, "end": moved.end + by}))
        jobs[at[0]][at[1]] = _with(jobs[at[0]][at[1]], entries)


def lengthen(chance: Random, asked: Problem, jobs: Jobs) -> None:
    """Give one occurrence another length."""
    if at := _pick(chance, jobs):
        entries = list(jobs[at[0]][at[1]].entries)
        number = chance.randrange(len(entries))
        entries[number] = entries[number].model_copy(update={"end": entries[number].end + chance.choice((-1, 1, 30))})
        jobs[at[0]][at[1]] = _with(jobs[at[0]][at[1]], entries)


def share(chance: Random, asked: Problem, jobs: Jobs) -> None:
    """Do one task of a day together, or alone after all; now and then only one of its occurrences."""
    if at := _pick(chance, jobs):
        entries = list(jobs[at[0]][at[1]].entries)
        chosen = chance.choice(entries)
        whole = chance.random() < 0.7
        changed = [
            e.model_copy(update={"shared": not e.shared}) if (e.task == chosen.task if whole else e is chosen) else e
            for e in entries
        ]
        jobs[at[0]][at[1]] = jobs[at[0]][at[1]].model_copy(update={"entries": tuple(changed)})


def move(chance: Random, asked: Problem, jobs: Jobs) -> None:
    """Give one occurrence, or one task of a day, to another job."""
    at = _pick(chance, jobs)
    if at is None or len(jobs) < 2:
        return
    shift = jobs[at[0]][at[1]]
    chosen = chance.choice(shift.entries)
    gone = [e for e in shift.entries if e.task == chosen.task] if chance.random() < 0.8 else [chosen]
    left = [e for e in shift.entries if e not in gone]
    if left:
        jobs[at[0]][at[1]] = shift.model_copy(update={"entries": tuple(left)})
    else:
        del jobs[at[0]][at[1]]
    other = (at[0] + 1) % len(jobs)
    theirs = next((s for s in jobs[other] if s.day is shift.day), None)
    if theirs is None:
        start, end = min(e.start for e in gone), max(e.end for e in gone)
        jobs[other].append(Shift(day=shift.day, start=start, end=end, entries=tuple(gone)))
    else:
        jobs[other] = [_with(s, [*s.entries, *gone]) if s is theirs else s for s in jobs[other]]


def swap(chance: Random, asked: Problem, jobs: Jobs) -> None:
    """Exchange a weekday between two jobs."""
    day = chance.choice(tuple(Weekday))
    if len(jobs) > 1:
        first, second = ([s for s in shifts if s.day is day] for shifts in jobs[:2])
        jobs[0] = [s for s in jobs[0] if s.day is not day] + second
        jobs[1] = [s for s in jobs[1] if s.day is not day] + first


def other_day(chance: Random, asked: Problem, jobs: Jobs) -> None:
    """Put a whole working day on another weekday."""
    if at := _pick(chance, jobs):
        free = [d for d in Weekday if d not in {s.day for s in jobs[at[0]]}]
        jobs[at[0]][at[1]] = jobs[at[0]][at[1]].model_copy(update={"day": chance.choice(free)})


def add(chance: Random, asked: Problem, jobs: Jobs) -> None:
    """Add a task, whatever it is: reserved, unknown, too hard, or somebody else's already."""
    if at := _pick(chance, jobs):
        shift = jobs[at[0]][at[1]]
        task = chance.choice(asked.workplace.tasks)
        start = chance.choice((shift.end, shift.start, 600))
        length = asked.work_minutes(task.minutes.likely) if task.minutes else 15
        entry = Entry(task=task.id, start=start, end=start + length, shared=chance.random() < 0.3)
        jobs[at[0]][at[1]] = _with(shift, [*shift.entries, entry])


def stretch(chance: Random, asked: Problem, jobs: Jobs) -> None:
    """Let the day begin earlier or end later or sooner."""
    if at := _pick(chance, jobs):
        shift = jobs[at[0]][at[1]]
        field = chance.choice(("start", "end"))
        by = chance.choice((-60, -10, -1, 1, 10, 60))
        jobs[at[0]][at[1]] = shift.model_copy(update={field: getattr(shift, field) + by})


def rest(chance: Random, asked: Problem, jobs: Jobs) -> None:
    """Add, take away, lengthen or move a break."""
    if at := _pick(chance, jobs):
        shift = jobs[at[0]][at[1]]
        start = chance.choice([shift.start, shift.end, shift.end - 15, *(e.end for e in shift.entries)])
        length = chance.choice((asked["break_minutes"], asked["break_minutes"], 10, 45))
        pauses = chance.choice(((), (Pause(start=start, end=start + length),)))
        if shift.pauses and chance.random() < 0.5:
            longer = shift.pauses[0].model_copy(update={"end": shift.pauses[0].end + chance.choice((-1, 1, 60))})
            pauses = (longer,)
        jobs[at[0]][at[1]] = shift.model_copy(update={"pauses": pauses})


def empty(chance: Random, asked: Problem, jobs: Jobs) -> None:
    """Leave a job without any day."""
    jobs[chance.randrange(len(jobs))] = []


CHANGES: tuple[Callable[[Random, Problem, Jobs], None], ...] = (
    drop,
    drop_task,
    retime,
    lengthen,
    share,
    move,
    swap,
    other_day,
    add,
    stretch,
    rest,
    empty,
)
