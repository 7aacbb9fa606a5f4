"""Commands on a board: each is done on the newest state, says what it changed, and can be taken back.

Nothing is refused because it breaks a rule of the house: that is told, and the board stays as people laid it. Refused
is what cannot be: a card that may be in no job, a job that is not there, a step that others have built on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from klaver.design.board.records import (
    HOME,
    Board,
    Change,
    Command,
    DayChange,
    LayJobs,
    LayWall,
    MoveCards,
    NameJob,
    PinCards,
    Placed,
    Spot,
    Step,
    TakeBack,
    TitleChange,
)
from klaver.design.check import breaches
from klaver.design.effects import relief_range, values_of
from klaver.design.kernel.hand import NO_FLOORS, Hand, Move, Reply
from klaver.design.kernel.plan import Kernel
from klaver.design.problem import Problem
from klaver.design.records import Design, Floors, Job, Objective, Shift, Status
from klaver.values import Fault, Faults, Weekday

Key = tuple[str, Weekday]
Days = dict[tuple[str, Weekday], Shift]


class SteppedOnError(Exception):
    """A step cannot be done because others changed the same cards since; ``keys`` are those cards (or jobs)."""

    def __init__(self, keys: Iterable[Key | str]) -> None:
        super().__init__("changed since")
        self.keys = tuple(sorted(set(keys), key=str))


def laid(problem: Problem, found: Design | None) -> Board:
    """Return a board with a design on it, or with every card still at its role."""
    jobs = () if found is None else found.jobs
    named = tuple(job.model_copy(update={"id": f"job-{at}"}) for at, job in enumerate(jobs, 1))
    more = tuple(Job(id=f"job-{at}", shifts=()) for at in range(len(named) + 1, problem.jobs + 1))
    return Board(
        workplace=problem.workplace.id,
        workplace_print=problem.workplace.fingerprint(),
        wishes=problem.wishes,
        parameters=problem.parameters,
        confirmed_only=problem.confirmed_only,
        floors=Floors() if found is None else found.floors,
        jobs=(*named, *more),
        placed=_placed(_timed(named)),
    )


def by_hand(problem: Problem, jobs: tuple[Job, ...], floors: Floors = NO_FLOORS) -> Design:
    """Return a plan as a design: judged, best in nothing by proof, without a record of a search."""
    return Design(
        workplace=problem.workplace.id,
        workplace_print=problem.workplace.fingerprint(),
        wishes=problem.wishes,
        parameters=problem.parameters,
        jobs=jobs,
        objective=Objective.RELIEF,
        best_in=(),
        status=Status.FEASIBLE,
        values=values_of(problem, jobs),
        bound=None,
        relief=relief_range(problem, jobs),
        floors=floors,
        warnings=tuple(b for b in breaches(problem, jobs) if b.warning),
    )


class Table:
    """A board under the hands of people; ``board`` is always its newest state.

    ``kernel`` may be shared by all boards of one problem.

    Raises
    ------
    ValueError
        When a day of the board is too full to be laid out.
    """

    def __init__(self, problem: Problem, board: Board, kernel: Kernel | None = None) -> None:
        self.problem, self.board = problem, board
        self.kernel = kernel or Kernel(problem)

    @cached_property
    def _hand(self) -> Hand:
        """The board in the kernel, with what waits outside the timetables."""
        hand = Hand.of(self.problem, self.board.jobs, self.kernel, self.board.floors)
        for placed in self.board.placed:
            if placed.spot.waiting:
                hand.move(self._move(placed.task, (placed.day,), placed.spot))
        return hand

    def reply(self) -> Reply:
        """Say what is so on the board: broken rules as the kernel counts them, days without a timetable, values."""
        return self._hand.reply()

    def do(self, command: Command, number: int, before: Mapping[int, Step] | None = None) -> Step:
        """Do a command and return the step; ``before`` are the earlier steps by number, for taking one back.

        Raises
        ------
        Faults
            When the command asks what cannot be.
        SteppedOnError
            When a step is taken back that others have built on.
        """
        old = self.board
        if isinstance(command, MoveCards):
            self._moved(command)
        elif isinstance(command, PinCards):
            self._pinned(command)
        elif isinstance(command, LayJobs):
            self._laid(command)
        elif isinstance(command, LayWall):
            self._walled(command)
        elif isinstance(command, NameJob):
            self._named(command)
        else:
            self._undone(command, before or {})
        return Step(
            number=number,
            command=command,
            cards=_changes(old.spots(), self.board.spots()),
            days=_day_changes(_days(old.jobs), _days(self.board.jobs)),
            titles=tuple(
                TitleChange(job=job, before=old.titles.get(job), after=self.board.titles.get(job))
                for job in sorted(old.titles.keys() | self.board.titles.keys())
                if old.titles.get(job) != self.board.titles.get(job)
            ),
        )

    # the commands

    def _moved(self, command: MoveCards) -> None:
        spots, days = self.board.spots(), self._known(command.task, command.days)
        if command.job is not None:
            self._may_move(command, days)
        wanted = Spot(job=command.job, shared=command.shared and command.job is not None)
        moving = [d for d in days if _lies(spots.get((command.task, d), HOME)) != _lies(wanted)]
        if not moving:
            raise Faults([Fault(code="board.already", values={"task": command.task})])
        pins = {d for d in moving if spots.get((command.task, d), HOME).pinned}
        self._hand.move(self._move(command.task, moving, wanted))
        self._take(spots | {(command.task, d): wanted.model_copy(update={"pinned": d in pins}) for d in moving})

    def _walled(self, command: LayWall) -> None:
        """Move many cards as if one after another; when one of them cannot go, none does."""
        before, hand = self.board, self.__dict__.get("_hand")
        self.__dict__.pop("_hand", None)
        try:
            for one in command.moves:
                self._moved(one)
        except Faults:
            self.board = before
            self.__dict__.pop("_hand", None)
            if hand is not None:
                self.__dict__["_hand"] = hand
            raise

    def _may_move(self, command: MoveCards, days: Sequence[Weekday]) -> None:
        faults = []
        if command.job not in {j.id for j in self.board.jobs}:
            known = ", ".join(j.id for j in self.board.jobs)
            faults.append(Fault(code="board.unknown_job", values={"given": command.job or "", "known": known}))
        code = self.problem.why_not(self.problem.tasks[command.task])
        if code is not None:
            faults.append(Fault(code="board.may_not", values={"task": command.task, "why": code}))
        elif not any((command.task, d) in self.problem.by_key for d in days):
            faults.append(Fault(code="board.not_done_then", values={"task": command.task}))
        if faults:
            raise Faults(faults)

    def _pinned(self, command: PinCards) -> None:
        spots = self.board.spots()
        for day in self._known(command.task, command.days):
            here = spots.get((command.task, day), HOME)
            spots[command.task, day] = here.model_copy(update={"pinned": command.pinned})
        self._put(spots=spots)

    def _laid(self, command: LayJobs) -> None:
        if [j.id for j in command.jobs] != [j.id for j in self.board.jobs]:
            raise Faults([Fault(code="board.other_jobs")])
        pins = {key for key, spot in self.board.spots().items() if spot.pinned}
        spots: dict[Key, Spot] = {(p.task, p.day): p.spot for p in _placed(_timed(command.jobs))}
        for key in pins:
            spots[key] = spots.get(key, HOME).model_copy(update={"pinned": True})
        self._put(jobs=command.jobs, spots=spots)

    def _named(self, command: NameJob) -> None:
        if command.job not in {j.id for j in self.board.jobs}:
            known = ", ".join(j.id for j in self.board.jobs)
            raise Faults([Fault(code="board.unknown_job", values={"given": command.job, "known": known})])
        kept = {job: title for job, title in self.board.titles.items() if job != command.job}
        titles = kept if command.title is None else kept | {command.job: command.title}
        self.board = self.board.model_copy(update={"titles": dict(sorted(titles.items()))})

    def _undone(self, command: TakeBack, before: Mapping[int, Step]) -> None:
        step = before.get(command.step)
        if step is None:
            raise Faults([Fault(code="board.unknown_step", values={"step": command.step})])
        spots, titles = self.board.spots(), dict(self.board.titles)
        since: list[Key | str] = [
            (c.task, c.day) for c in step.cards if spots.get((c.task, c.day), HOME).decided() != c.after.decided()
        ]
        since += [t.job for t in step.titles if titles.get(t.job) != t.after]
        if since:
            raise SteppedOnError(since)
        for told in step.titles:
            titles.pop(told.job, None)
            if told.before is not None:
                titles[told.job] = told.before
        now = _days(self.board.jobs)
        if all(now.get((d.job, d.day)) == d.after for d in step.days):  # nobody touched these days: as they were
            jobs = _with_days(self.board.jobs, {(d.job, d.day): d.before for d in step.days})
            self._put(jobs=jobs, spots=spots | {(c.task, c.day): c.before for c in step.cards})
        else:
            for c in step.cards:
                if _lies(c.before) != _lies(c.after):
                    self._hand.move(self._move(c.task, (c.day,), c.before))
            self._take(spots | {(c.task, c.day): c.before for c in step.cards})
        self.board = self.board.model_copy(update={"titles": dict(sorted(titles.items()))})

    # what they share

    def _known(self, task: str, days: Sequence[Weekday]) -> list[Weekday]:
        """Return the days of these on which a task is done."""
        found = self.problem.tasks.get(task)
        if found is None:
            raise Faults([Fault(code="wish.unknown_task", values={"task": task})])
        done = [d for d in sorted(set(days)) if found.times is None or found.times[d]]
        if not done:
            raise Faults([Fault(code="board.not_done_then", values={"task": task})])
        return done

    def _move(self, task: str, days: Sequence[Weekday], spot: Spot) -> Move:
        places = {job.id: at for at, job in enumerate(self.board.jobs)}
        return Move(task, tuple(days), None if spot.job is None else places[spot.job], spot.shared)

    def _take(self, spots: dict[Key, Spot]) -> None:
        """Take over the timetable of the hand; what has no place in it waits."""
        hand = self._hand
        outside = {c for waiting in hand.waiting.values() for c in waiting}
        for at, found in enumerate(self.problem.classes):
            key = (found.task.id, found.day)
            if spots.get(key, HOME).job is not None:
                spots[key] = spots[key].model_copy(update={"waiting": at in outside})
        self.board = self.board.model_copy(update={"jobs": hand.jobs(), "placed": _rows(self.problem, spots)})

    def _put(self, *, spots: dict[Key, Spot], jobs: tuple[Job, ...] | None = None) -> None:
        """Put the board in a state; the hand is laid anew when the timetable is another."""
        if jobs is not None:
            self.__dict__.pop("_hand", None)
        kept = self.board.jobs if jobs is None else jobs
        self.board = self.board.model_copy(update={"jobs": kept, "placed": _rows(self.problem, spots)})


def _lies(spot: Spot) -> tuple[str | None, bool]:
    """Return where a card lies, whatever else is known of it."""
    return spot.job, spot.shared


def _timed(jobs: Iterable[Job]) -> dict[Key, Spot]:
    found: dict[Key, Spot] = {}
    for job in jobs:
        for shift in job.shifts:
            for entry in shift.entries:
                found[entry.task, shift.day] = Spot(job=job.id, shared=entry.shared)
    return found


def _placed(spots: Mapping[Key, Spot]) -> tuple[Placed, ...]:
    return tuple(Placed(task=t, day=d, spot=s) for (t, d), s in sorted(spots.items()))


def _rows(problem: Problem, spots: Mapping[Key, Spot]) -> tuple[Placed, ...]:
    """Return the cards that do not lie loose with their role, in the order of the analysis."""
    kept = [(key, spot) for key, spot in spots.items() if spot != HOME]
    kept.sort(key=lambda one: (problem.order[one[0][0]], one[0][1]))
    return tuple(Placed(task=t, day=d, spot=s) for (t, d), s in kept)


def _days(jobs: Iterable[Job]) -> Days:
    return {(job.id, shift.day): shift for job in jobs for shift in job.shifts}


def _with_days(jobs: Sequence[Job], days: Mapping[tuple[str, Weekday], Shift | None]) -> tuple[Job, ...]:
    """Return the jobs with some days put in the place of what they had."""
    made = []
    for job in jobs:
        mine: dict[Weekday, Shift | None] = {s.day: s for s in job.shifts}
        mine |= {day: shift for (name, day), shift in days.items() if name == job.id}
        shifts = tuple(s for _, s in sorted(mine.items()) if s is not None)
        made.append(job.model_copy(update={"shifts": shifts}))
    return tuple(made)


def _changes(old: Mapping[Key, Spot], new: Mapping[Key, Spot]) -> tuple[Change, ...]:
    both = sorted(old.keys() | new.keys())
    pairs = [(key, old.get(key, HOME), new.get(key, HOME)) for key in both]
    return tuple(Change(task=t, day=d, before=b, after=a) for (t, d), b, a in pairs if b != a)


def _day_changes(old: Days, new: Days) -> tuple[DayChange, ...]:
    both = sorted(old.keys() | new.keys())
    pairs = [(key, old.get(key), new.get(key)) for key in both]
    return tuple(DayChange(job=j, day=d, before=b, after=a) for (j, d), b, a in pairs if b != a)
