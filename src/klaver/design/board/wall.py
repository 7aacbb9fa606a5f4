"""A wall of cards written down in lines (``T01-T12 = job 2``), read into one step; mistakes are told by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from klaver.design.board.records import HOME, Board, LayWall, MoveCards, Spot
from klaver.design.problem import Problem
from klaver.values import Fault, Faults, Weekday
from klaver.work.elementary import elementary

_BETWEEN = re.compile(r"=|:|->|\N{RIGHTWARDS ARROW}")
_DASHES = "-\N{EN DASH}"
_NUMBERED = re.compile(r"(.*?)(\d+)")
_PIECES = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True)
class Words:
    """What may stand behind the sign: that a card stays, that it is done together, or words before a job's number."""

    stays: frozenset[str]
    together: frozenset[str]
    job: frozenset[str]


def read_wall(problem: Problem, board: Board, text: str, words: Words) -> LayWall:
    """Return the step that puts the cards where the lines say, on all days on which they can be there.

    A line names codes and ranges of codes, then where they hang: stays, the number of a job, or together with one. A
    range passes over the tasks that hang on no wall; a task that is named by itself must be able to go there.

    Raises
    ------
    Faults
        For every line that cannot be read or done, with its number; or when nothing would move.
    """
    reader = _Reader(problem, board, words)
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            reader.read(number, line)
    if not reader.faults and not reader.moves:
        reader.faults.append(Fault(code="agree.wall_nothing"))
    if reader.faults:
        raise Faults(reader.faults)
    return LayWall(moves=tuple(reader.moves))


class _Reader:
    def __init__(self, problem: Problem, board: Board, words: Words) -> None:
        self.problem, self.board, self.words = problem, board, words
        self.spots = board.spots()
        self.moves: list[MoveCards] = []
        self.faults: list[Fault] = []
        self._said: dict[str, int] = {}
        """The line on which each task was named."""
        self._exact = {t.casefold(): t for t in problem.tasks}
        self._loose = {_parts(t): t for t in reversed(problem.tasks)}

    def _wrong(self, code: str, line: int, **values: str | int) -> None:
        self.faults.append(Fault(code=f"agree.wall_{code}", values={"line": line, **values}))

    def read(self, number: int, line: str) -> None:
        """Read one line."""
        left, *right = _BETWEEN.split(line.strip(), maxsplit=1)
        pieces = [p for p in re.split(r"[,;\s]+", re.sub(rf"\s*([{_DASHES}])\s*", r"\1", left)) if p]
        if not right or not pieces:
            self._wrong("unreadable", number, given=line.strip()[:80])
            return
        place = self._place(number, right[0].strip())
        tasks = [t for piece in pieces for t in self._tasks(number, piece, place)]
        for task in tasks:
            if task in self._said:
                self._wrong("twice", number, task=task, first=self._said[task])
            elif place is not None:
                self._move(task, *place)
            self._said.setdefault(task, number)

    def _place(self, number: int, given: str) -> tuple[str | None, bool] | None:
        """Return the job and whether together; ``None`` when that cannot be read."""
        pieces = [p.casefold() for p in _PIECES.findall(given)]
        numbers = [int(p) for p in pieces if p.isdecimal()]
        said = {p for p in pieces if not p.isdecimal()}
        stays, together = said & self.words.stays, said & self.words.together
        known = said <= self.words.stays | self.words.together | self.words.job
        jobs = [job.id for job in self.board.jobs]
        if together and not numbers and len(jobs) == 1:
            numbers = [1]
        if known and stays and not numbers and not together:
            return None, False
        if not known or stays or len(numbers) != 1:
            which = known and together and not stays and not numbers
            self._wrong("which_job" if which else "place", number, given=given[:80])
        elif not 1 <= numbers[0] <= len(jobs):
            self._wrong("no_such_job", number, given=numbers[0], count=len(jobs))
        else:
            return jobs[numbers[0] - 1], bool(together)
        return None

    def _tasks(self, number: int, piece: str, place: tuple[str | None, bool] | None) -> Iterator[str]:
        """Yield the tasks of a code or a range of codes."""
        into = place is not None and place[0] is not None
        one = self._known(piece)
        if one is not None:
            code = self.problem.why_not(self.problem.tasks[one])
            if into and code is not None:
                self._wrong("may_not", number, task=one, why=code)
            elif into and one not in self.problem.by_task:
                self._wrong("not_then", number, task=one)
            else:
                yield one
            return
        ends = [(piece[:at], piece[at + 1 :]) for at, sign in enumerate(piece) if sign in _DASHES]
        found = next(((a, b) for x, y in ends if (a := self._known(x)) and (b := self._known(y))), None)
        between = [] if found is None else self._between(*found)
        if not between:
            self._wrong("unknown", number, given=piece[:80])
        for task in between:
            if elementary(self.problem.tasks[task]).elementary != "no" or task in (found or ()):
                yield from self._tasks(number, task, place)

    def _known(self, given: str) -> str | None:
        return self._exact.get(given.casefold()) or self._loose.get(_parts(given))

    def _between(self, first: str, last: str) -> list[str]:
        """Return the tasks of a range: by number where both ends are counted alike, else as the sheet has them."""
        (name, low), (other, high) = _parts(first), _parts(last)
        if name == other and low is not None and high is not None:
            return [t for t in self.problem.tasks if _parts(t)[0] == name and low <= (_parts(t)[1] or 0) <= high]
        order = self.problem.order
        return [t for t in self.problem.tasks if order[first] <= order[t] <= order[last]]

    def _move(self, task: str, job: str | None, shared: bool) -> None:
        wanted = (job, shared)
        days = [d for d in Weekday if (task, d) in self.problem.by_key]
        lying = [self.spots.get((task, d), HOME) for d in days]
        moving = tuple(d for d, spot in zip(days, lying, strict=True) if _lies(spot) != wanted)
        if moving:
            self.moves.append(MoveCards(task=task, days=moving, job=job, shared=shared))


def _lies(spot: Spot) -> tuple[str | None, bool]:
    return spot.job, spot.shared


def _parts(code: str) -> tuple[str, int | None]:
    """Return a code as what stands before its number, and the number: ``T1`` and ``T01`` are the same card."""
    found = _NUMBERED.fullmatch(code)
    return (code.casefold(), None) if found is None else (found[1].casefold(), int(found[2]))
