"""Ask next: which answers would decide most about the jobs of a design, found by trying both ends of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from klaver.design.check import breaches
from klaver.design.doubt import JUDGED, RULED, changed, ends
from klaver.design.effects import SETTLED, handover_coefficient, moved_classes, net_coefficient
from klaver.design.problem import Class, Problem
from klaver.design.records import Breach, Job
from klaver.design.replanned import replanned
from klaver.values import Range, Record
from klaver.work.records import Legal, Task

SAFETY = ("legal", "harm")
"""What is asked before anything else: the law and what a mistake can do."""

MANY = 10
"""How many questions fit one talk of ten minutes."""

TIME = ("minutes", "times", "window")
"""What is asked of a task in one breath: how long, how often, between which hours."""


class Question(Record):
    """One thing to ask, of one task or of several with one list, and what hangs on the answer.

    ``about`` is ``time``, ``doers`` or the field that is judged; ``fields`` are the values of the tasks that the answer
    fills in, and ``ground`` the text on which the tasks of a list are all thought to be free. ``relief`` and ``work``
    are what these tasks give at the least and the most, and as assumed now: net minutes a week of the shortage roles,
    and minutes a week of work in ``jobs``. ``leave`` and ``enter`` are the tasks that would leave the jobs or could
    enter them; ``breaks`` are the rules of a good job that the timetable would then no longer keep. With ``unknown``
    nobody has even assumed a value: what hangs on it cannot be told, and without it the tasks cannot move.
    """

    about: str
    fields: tuple[str, ...]
    tasks: tuple[str, ...]
    ground: str | None = None
    relief: Range
    work: Range
    jobs: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()
    enter: tuple[str, ...] = ()
    breaks: tuple[Breach, ...] = ()
    unknown: bool = False

    @property
    def safety(self) -> bool:
        """Tell whether the jobs as they stand rest on the law or on harm here."""
        return self.about in SAFETY and bool(self.leave)

    @property
    def order(self) -> tuple[bool, int, int, bool, bool]:
        """Return what decides the place in the list: safety first, then hours of relief, of work, then rules."""
        return not self.safety, -self.relief.width, -self.work.width, not self.breaks, self.about not in SAFETY


def questions(problem: Problem, jobs: tuple[Job, ...] | None) -> tuple[Question, ...]:
    """Return everything that nobody told and that something hangs on, what decides most first.

    With ``jobs`` each answer is tried on that design: its days are timed again and the checker judges them. Without,
    on all the work that may move, whoever would do it.
    """
    judge = _Judge(problem, jobs)
    found = (judge.tried(asked) for asked in _askable(problem, judge.done))
    return tuple(sorted((q for q in found if q is not None), key=lambda q: q.order))


@dataclass(frozen=True)
class _Asked:
    about: str
    fields: tuple[str, ...]
    tasks: tuple[Task, ...]
    unknown: bool = False

    @property
    def ground(self) -> str | None:
        return self.tasks[0].legal_basis if self.about == "legal" else None


def _askable(problem: Problem, done: frozenset[str]) -> Iterator[_Asked]:
    """Yield each question: the times of one task, who does it, or a list of the tasks that share one thing to judge.

    A task outside the jobs is asked about only what could let it enter them.
    """
    inside = [t for t in problem.workplace.tasks if t.id in done]
    outside = [t for t in problem.workplace.tasks if t.id not in done and problem.why_not(t) is not None]
    for about, fields in (("time", TIME), ("doers", ("doers",))):
        for task in inside:
            unsure = tuple(f for f in fields if ends(problem, task, f) is not None)
            if unsure:
                yield _Asked(about, unsure, (task,))
    for task in outside:
        missing = tuple(f for f in TIME if getattr(task, f) is None)
        if missing and problem.verdicts[task.id].elementary != "no":
            yield _Asked("time", missing, (task,), unknown=True)
    for field in (*JUDGED, *RULED):
        lists: dict[tuple[bool, bool, Legal | None, str | None], list[Task]] = {}
        for task in (*inside, *(outside if field in JUDGED else ())):
            lacking = task.id not in done and _lacks(problem, task, field)
            if lacking or _matters(problem, task, field, task.id in done):
                same = (task.legal, task.legal_basis) if field == "legal" else (None, None)
                lists.setdefault((task.id in done, lacking, *same), []).append(task)
        for key, tasks in lists.items():
            yield _Asked(field, (field,), tuple(tasks), unknown=key[1])


def _matters(problem: Problem, task: Task, field: str, inside: bool) -> bool:
    """Tell whether the answer about one task could change anything of what the list is about."""
    pair = ends(problem, task, field)
    if pair is None:
        return False
    if field == "left_undone":
        return inside and any(problem.shortage_percent(end) for end in pair)
    if field in RULED:
        return True
    may = [changed(problem, [end]).why_not(end) is None for end in pair]
    return not may[0] if inside else may == [False, True]


def _lacks(problem: Problem, task: Task, field: str) -> bool:
    """Tell whether the law or the harm of a task is not known, and is not all that keeps it from moving."""
    known = task.legal is not Legal.UNKNOWN if field == "legal" else task.harm is not None
    may = problem.verdicts[task.id].elementary != "no"
    return field in SAFETY and not known and may and not _matters(problem, task, field, inside=False)


@dataclass(frozen=True)
class _Tried:
    """What the tasks of a question do at one end of its answer: hundredths of relief, minutes of work."""

    relief: int
    work: int
    done: frozenset[str]
    broken: tuple[Breach, ...] = ()


class _Judge:
    """Tries answers on a design, or on all work that may move."""

    def __init__(self, problem: Problem, jobs: tuple[Job, ...] | None) -> None:
        self.problem, self.jobs = problem, jobs
        self.done = _tasks(jobs) if jobs is not None else frozenset(problem.by_task)
        self.known = set() if jobs is None else {_mark(b) for b in breaches(problem, jobs)}

    def tried(self, asked: _Asked) -> Question | None:
        """Return the question with what hangs on it; ``None`` when nothing does."""
        names = frozenset(t.id for t in asked.tasks)
        tried = [self._at(changed(self.problem, side), names) for side in self._sides(asked)]
        now = self._at(self.problem, names)
        done = [t.done & names for t in (now, *tried)]
        leave, enter = (names & self.done) - frozenset.intersection(*done), frozenset.union(*done) - self.done
        found = Question(
            about=asked.about,
            fields=asked.fields,
            tasks=tuple(t.id for t in asked.tasks),
            ground=asked.ground,
            relief=_range([round(t.relief / 100) for t in (now, *tried)]),
            work=_range([t.work for t in (now, *tried)]),
            jobs=() if self.jobs is None else tuple(j.id for j in self.jobs if names & _tasks((j,))),
            leave=tuple(t.id for t in asked.tasks if t.id in leave),
            enter=tuple(t.id for t in asked.tasks if t.id in enter),
            breaks=tuple({_mark(b): b for t in tried for b in t.broken}.values()),
            unknown=asked.unknown,
        )
        hangs = found.relief.width or found.work.width or leave or enter or found.breaks
        return found if hangs or asked.unknown else None

    def _sides(self, asked: _Asked) -> Iterator[Sequence[Task]]:
        """Yield the tasks of a question at each end of each of its values, one value at a time."""
        for field in asked.fields:
            pairs = [p for p in (ends(self.problem, t, field) for t in asked.tasks) if p is not None]
            yield from zip(*pairs, strict=True)  # nothing for a figure that is not known: it has no ends

    def _at(self, problem: Problem, names: frozenset[str]) -> _Tried:
        if self.jobs is None:
            every = [c for c in problem.classes if c.task.id in names]
            return _Tried(_relief(problem, every), sum(c.total for c in every), frozenset(problem.by_task))
        mine = [c for c, shared in moved_classes(problem, self.jobs) if c.task.id in names and not shared]
        # what could enter is counted whole: no job has it yet
        new = [c for name in names - self.done for c in problem.by_task.get(name, ())]
        timed = replanned(problem, self.jobs, names)
        work = sum(e.end - e.start for j in timed for s in j.shifts for e in s.entries if e.task in names)
        broken = tuple(b for b in breaches(problem, timed) if _mark(b) not in self.known)
        return _Tried(
            relief=_relief(problem, [*mine, *new]),
            work=work + sum(c.total for c in new),
            done=_tasks(timed) | {c.task.id for c in new},
            broken=broken,
        )


def _relief(problem: Problem, classes: Iterable[Class]) -> int:
    """Return the hundredths of minutes a week that classes give when a job does them alone."""
    alone = (c for c in classes if c.task.legal is not Legal.SUPERVISED)
    return sum(
        net_coefficient(problem, c.given, c.task, SETTLED) - handover_coefficient(problem, c.task) for c in alone
    )


def _range(found: Sequence[int]) -> Range:
    return Range(low=min(found), likely=found[0], high=max(found))


def _tasks(jobs: Iterable[Job]) -> frozenset[str]:
    return frozenset(e.task for j in jobs for s in j.shifts for e in s.entries)


def _mark(breach: Breach) -> tuple[str, str | None, int | None]:
    return breach.code, breach.job, breach.day
