"""Between designs and boards: a design becomes arrays, and what the loops found becomes a design again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np

from klaver.design.kernel.board import Aims, Board, all_broken, begin, empty
from klaver.design.kernel.days import LONGEST
from klaver.design.kernel.judge import Desk, desk
from klaver.design.kernel.numbers import L_JOBS, L_UNBROKEN, TOTAL, Numbers, numbers
from klaver.design.kernel.people import NO_LIMIT, NOBODY
from klaver.design.problem import Problem
from klaver.design.records import Entry, Floors, Job, Objective, Pause, Shift
from klaver.design.rules import pins
from klaver.values import Weekday

WEIGHTS = {
    Objective.RELIEF: (1, 0, 0, 0),
    Objective.DOORS: (0, 6000, 0, 0),
    Objective.QUALITY: (0, 0, 6000, 0),
    Objective.CALM: (0, 0, 0, 600),
}
"""What net relief (hundredths of minutes), a door, a point of quality and a moment count for beside a broken rule."""


class Kernel:
    """A problem ready for the loops; it remembers nothing of the plans it has seen."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.numbers: Numbers = numbers(problem)
        self.desk: Desk = desk(self.numbers)

    @property
    def jobs(self) -> int:
        """How many jobs there are."""
        return int(self.numbers.limits[L_JOBS])

    @cached_property
    def hopeless(self) -> bool:
        """Tell whether a wish asks for a task that can be in no job, so that no plan keeps all."""
        asked = (p for p in self.problem.wishes.pins if p.kind != "out" and not self.problem.skips(pins.NAME))
        days = ((p.task, pins.pinned_days(self.problem, p)) for p in asked)
        return any(not some or any((task, d) not in self.problem.by_key for d in some) for task, some in days)

    def aims(
        self,
        objective: Objective | None,
        floors: Floors,
        others: Sequence[frozenset[int]] = (),
        *,
        doors: bool = False,
        hold: bool = True,
        whole: Floors | None = None,
        prices: Mapping[Objective, int] | None = None,
    ) -> Aims:
        """Return what a search is after; without ``hold`` it comes as near to the floors as it can.

        ``floors`` lie under each job, ``whole`` under all jobs together (net relief always does). With ``prices`` other
        values count besides.
        """
        weights = (0, 0, 0, 0) if objective is None else WEIGHTS[objective]
        priced = prices or {}
        relief, door, point, moment = (priced.get(o, w) for o, w in zip(WEIGHTS, weights, strict=True))
        rows = np.zeros((len(others), len(self.numbers.cls)), np.int64)
        for row, classes in zip(rows, others, strict=True):
            row[sorted(classes)] = 1
        goal = (
            *(relief, door, point, moment, floors.doors or 0, floors.quality or 0),
            NO_LIMIT if floors.calm is None else floors.calm,
            -NO_LIMIT if floors.relief is None else floors.relief * 100,
            self.problem["differ"],
            *(int(doors or bool(door) or bool(floors.doors) or bool(whole and whole.doors)), int(hold), 0),
            *_together(whole),
        )
        nowhere = np.full(len(self.numbers.cls), NOBODY, np.int64)
        return Aims(np.array(goal, np.int64), nowhere, rows, rows @ self.numbers.cls[:, TOTAL])

    def board(self, jobs: Iterable[Job], aims: Aims) -> Board | None:
        """Return the board of a design, its timetable as it is; ``None`` when a day is too full for a board."""
        made = empty(self.numbers, len(aims.others))
        for number, job in enumerate(jobs):
            for shift in job.shifts:
                if len(shift.entries) > LONGEST:
                    return None
                self._lay(made, number, shift)
        begin(self.numbers, aims, made, self.desk)
        return made

    def _lay(self, board: Board, job: int, shift: Shift) -> None:
        d = int(shift.day)
        for i, entry in enumerate(sorted(shift.entries, key=lambda e: (e.start, e.task))):
            c = self.problem.by_key[entry.task, shift.day].index
            board.seq[job, d, i], board.at[job, d, i] = c, entry.start
            board.owner[c], board.shared[c] = job, entry.shared
        board.many[job, d] = len(shift.entries)
        pause = shift.pauses[0].start if shift.pauses else -1
        edges = [shift.start, *(e for p in shift.pauses for e in (p.start, p.end)), shift.end]
        limit = int(self.numbers.limits[L_UNBROKEN])
        over = sum(max(0, b - a - limit) for a, b in zip(edges[::2], edges[1::2], strict=True))
        board.span[job, d] = (shift.start, shift.end, pause, over)

    def design(self, board: Board) -> tuple[Job, ...]:
        """Return the jobs of a board, the longest week first; for a group each person's job at that person's place."""
        made = []
        for job in range(self.jobs):
            days = (Weekday(d) for d in range(7) if board.many[job, d])
            made.append(Job(id="job-0", shifts=tuple(self.shift(board, job, d) for d in days)))
        ordered = made if self.problem.group else sorted(made, key=lambda j: -j.week)
        return tuple(j.model_copy(update={"id": f"job-{n}"}) for n, j in enumerate(ordered, 1))

    def shift(self, board: Board, job: int, day: Weekday) -> Shift:
        """Return one day of one job."""
        start, end, pause, _ = (int(v) for v in board.span[job, day])
        entries = []
        for i in range(int(board.many[job, day])):
            c, at = int(board.seq[job, day, i]), int(board.at[job, day, i])
            found = self.problem.classes[c]
            entries.append(Entry(task=found.task.id, start=at, end=at + found.work, shared=bool(board.shared[c])))
        rest = (Pause(start=pause, end=pause + self.problem["break_minutes"]),) if pause >= 0 else ()
        return Shift(
            day=day, start=start, end=end, pauses=rest, entries=tuple(sorted(entries, key=lambda e: (e.start, e.task)))
        )

    def keeps_all(self, board: Board, aims: Aims) -> bool:
        """Tell whether a board breaks no rule and falls short of no floor."""
        return int(all_broken(self.numbers, aims, board)) == 0

    def classes(self, board: Board) -> frozenset[int]:
        """Return the classes that are in a job."""
        return frozenset(int(c) for c in np.flatnonzero(board.owner != NOBODY))


def _together(whole: Floors | None) -> tuple[int, int, int, int]:
    """Return the floors under all jobs together as numbers of a goal: whether there are any, doors, quality, calm."""
    if whole is None:
        return 0, 0, 0, NO_LIMIT
    return 1, whole.doors or 0, whole.quality or 0, NO_LIMIT if whole.calm is None else whole.calm
