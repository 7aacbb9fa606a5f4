"""Lines of public collections: ALWABP (a time for each worker), and ``.alb`` and ``.IN2`` of simple line balancing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klaver.design.lines.records import Line, LineTask
from klaver.design.lines.times import BadTime, in_one_unit, read_time, too_long
from klaver.values import Fault, Faults

_WHOLE = re.compile(r"\d{1,6}")
_END = "-1"

Numbered = list[tuple[int, list[str]]]


class _Seen:
    """What was found wrong in a file so far, by row and by the place of the word in it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Fault] = []

    def wrong(self, code: str, row: int | None, column: int | None = None, **values: str | int) -> None:
        place = None if column is None else str(column)
        self.found.append(Fault(code=f"line.{code}", values=values, file=self.file, row=row, column=place))

    def end(self) -> None:
        if self.found:
            raise Faults(self.found)


def _count(word: str, row: int, column: int, seen: _Seen) -> int:
    if _WHOLE.fullmatch(word):
        return int(word)
    seen.wrong("whole", row, column, given=word[:40])
    return 0


def read_alwabp(text: str, name: str, file: str) -> Line:
    """Read the format of the ALWABP collection: number of tasks, a row of times for each, pairs, ``-1 -1``.

    Raises
    ------
    Faults
        With every mistake of the file at its row and place in the row.
    """
    seen = _Seen(file)
    lines: Numbered = [(row, line.split()) for row, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines or len(lines[0][1]) != 1 or not _WHOLE.fullmatch(lines[0][1][0]) or not int(lines[0][1][0]):
        raise Faults([Fault(code="line.not_known", file=file, row=lines[0][0] if lines else None)])
    tasks = int(lines[0][1][0])
    rows, rest = lines[1 : tasks + 1], lines[tasks + 1 :]
    if len(rows) < tasks:
        seen.wrong("rows", None, None, count=len(rows), tasks=tasks)
        seen.end()
    width = len(rows[0][1])
    times = []
    for row, words in rows:
        if len(words) != width:
            seen.wrong("cells", row, None, count=len(words), headings=width)
        times.append([_time(word, row, at, seen) for at, word in enumerate(words, 1)])
    pairs = _pairs(rest, tasks, seen)
    workers = tuple(f"w{at}" for at in range(1, width + 1))
    return _line(name, workers, times, pairs, [row for row, _ in rows], seen)


def read_alb(text: str, name: str, file: str, stations: int) -> Line:
    """Read ``.alb``: sections such as ``<task times>``; every worker is given the same times.

    Raises
    ------
    Faults
        With every mistake of the file at its row.
    """
    seen = _Seen(file)
    sections: dict[str, Numbered] = {}
    at: Numbered = []
    for row, line in enumerate(text.splitlines(), 1):
        if line.strip().startswith("<"):
            at = sections.setdefault(line.strip().strip("<>").casefold(), [])
        elif line.strip():
            at.append((row, line.replace(",", " ").split()))
    for wanted in ("number of tasks", "task times", "precedence relations"):
        if wanted not in sections:
            seen.wrong("section", None, None, section=f"<{wanted}>")
    seen.end()
    head = sections["number of tasks"]
    tasks = _count(head[0][1][0], head[0][0], 1, seen) if head else 0
    times: list[list[tuple[int, int] | None]] = [[None] for _ in range(tasks)]
    rows = [0] * tasks
    for row, words in sections["task times"]:
        place = _count(words[0], row, 1, seen)
        if len(words) != 2 or not 1 <= place <= tasks:
            seen.wrong("task_time", row, None, tasks=tasks)
        else:
            times[place - 1], rows[place - 1] = [_time(words[1], row, 2, seen)], row
    for place, row in enumerate(rows, 1):
        if not row:
            seen.wrong("no_time", None, None, task=place)
    pairs = _pairs(sections["precedence relations"], tasks, seen)
    return _equal(name, times, pairs, rows, stations, seen)


def read_in2(text: str, name: str, file: str, stations: int) -> Line:
    """Read ``.IN2`` of Scholl: number of tasks, one time a row, pairs ``a,b`` to ``-1,-1``; equal workers.

    Raises
    ------
    Faults
        With every mistake of the file at its row.
    """
    seen = _Seen(file)
    split = [(row, line.replace(",", " ").split()) for row, line in enumerate(text.splitlines(), 1)]
    lines = [(row, words) for row, words in split if words]
    tasks = _count(lines[0][1][0], lines[0][0], 1, seen) if lines else 0
    rows, rest = lines[1 : tasks + 1], lines[tasks + 1 :]
    if not tasks or len(rows) < tasks:
        seen.wrong("rows", None, None, count=len(rows), tasks=tasks)
    times = [[_time(words[0], row, 1, seen)] for row, words in rows]
    pairs = _pairs(rest, tasks, seen)
    return _equal(name, times, pairs, [row for row, _ in rows], stations, seen)


def _time(word: str, row: int, column: int, seen: _Seen) -> tuple[int, int] | None:
    try:
        return read_time(word)
    except BadTime as wrong:
        seen.wrong(wrong.code, row, column, given=word[:40])
        return None


def _pairs(lines: Numbered, tasks: int, seen: _Seen) -> list[tuple[int, int]]:
    """Return the pairs up to the end mark, as places from 0."""
    found: list[tuple[int, int]] = []
    for row, words in lines:
        if words[0] == _END:
            break
        if len(words) != 2:
            seen.wrong("pair", row, None, given=" ".join(words)[:40])
            continue
        pair = (_count(words[0], row, 1, seen), _count(words[1], row, 2, seen))
        for column, place in enumerate(pair, 1):
            if not 1 <= place <= tasks and _WHOLE.fullmatch(words[column - 1]):
                seen.wrong("no_such_task", row, column, given=place, tasks=tasks)
        if pair[0] == pair[1]:
            seen.wrong("after_itself", row, None, task=str(pair[0]))
        found.append((pair[0] - 1, pair[1] - 1))
    return list(dict.fromkeys(found))


def _equal(
    name: str,
    times: Sequence[Sequence[tuple[int, int] | None]],
    pairs: Sequence[tuple[int, int]],
    rows: Sequence[int],
    stations: int,
    seen: _Seen,
) -> Line:
    workers = tuple(f"w{at}" for at in range(1, stations + 1))
    return _line(name, workers, [list(row) * stations for row in times], pairs, rows, seen)


def _line(
    name: str,
    workers: tuple[str, ...],
    times: Sequence[Sequence[tuple[int, int] | None]],
    pairs: Sequence[tuple[int, int]],
    rows: Sequence[int],
    seen: _Seen,
) -> Line:
    decimals, numbers = in_one_unit(times)
    for row, mine, place in zip(rows, numbers, range(1, len(rows) + 1), strict=True):
        told = any(f.row == row for f in seen.found)
        if all(time is None for time in mine) and row and not told:
            seen.wrong("nobody", row, None, task=str(place))
        for column, time in enumerate(mine, 1):
            if too_long(time):
                seen.wrong("long", row, column)
    seen.end()
    tasks = tuple(LineTask(id=str(place), times=mine) for place, mine in enumerate(numbers, 1))
    return Line(
        name=name,
        decimals=decimals,
        workers=workers,
        tasks=tasks,
        precedence=tuple((str(a + 1), str(b + 1)) for a, b in pairs),
    )
