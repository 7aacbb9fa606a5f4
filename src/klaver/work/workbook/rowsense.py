"""What the cells of one task's row must agree on: minutes in order, both times or none, every weekday or none."""

from __future__ import annotations

from collections.abc import Iterator

from klaver.language import day_name
from klaver.values import Weekday
from klaver.work.rows import Row
from klaver.work.workbook.pages import Book

DAYS = tuple(f"day_{i}" for i in range(7))


def judge_rows(book: Book) -> None:
    """Tell what does not agree within the rows of the tasks, and set those cells aside."""
    page = book.pages.get("tasks")
    for number, row in page.lines if page else ():
        bad = {name for at, name in page.bad if at == number} if page else set()
        for code, name, values in (*disagreements(row, bad), *_week(row, bad, book)):
            book.fault(f"workbook.{code}", "tasks", number, name, **values)
            if page:
                page.bad.add((number, name))


Told = tuple[str, str, dict[str, str | int]]


def disagreements(row: Row, bad: set[str]) -> Iterator[Told]:
    """Yield code, field and values of what does not agree in the minutes, the times of day and the verdict of a row.

    What is told is emptied in the row, so that no later look tells it again; ``bad`` are fields that were told before.
    """
    yield from _minutes(row, bad)
    yield from _window(row, bad)
    yield from _verdict(row, bad)


def _minutes(row: Row, bad: set[str]) -> Iterator[Told]:
    low, likely, high = row.get("low"), row.get("likely"), row.get("high")
    if likely is None:
        if "likely" not in bad and (low is not None or high is not None):
            yield "likely_missing", "likely", {}
        return
    if low is not None and low > likely:
        yield "low_above", "low", {"given": low, "likely": likely}
        row["low"] = None
    if high is not None and high < likely:
        yield "high_below", "high", {"given": high, "likely": likely}
        row["high"] = None


def _window(row: Row, bad: set[str]) -> Iterator[Told]:
    start, end = row.get("window_start"), row.get("window_end")
    if start is None and end is not None and "window_start" not in bad:
        yield "half_window", "window_start", {}
    if end is None and start is not None and "window_end" not in bad:
        yield "half_window", "window_end", {}
    if start is not None and end is not None and end <= start:
        yield "window_backwards", "window_end", {}
        row["window_start"] = row["window_end"] = None


def _week(row: Row, bad: set[str], book: Book) -> Iterator[Told]:
    filled = [d for d in DAYS if row.get(d) is not None]
    blank = [d for d in DAYS if row.get(d) is None and d not in bad]
    if row.get("pattern") is not None:
        other = [d for d in filled if row[d] != row["pattern"][int(d[-1])]]
        if other:
            yield "pattern_differs", other[0], {"given": row[other[0]]}
    elif filled and blank:
        names = ", ".join(day_name(Weekday(int(d[-1])), book.lang) for d in blank)
        yield "day_blank", blank[0], {"days": names}


def _verdict(row: Row, bad: set[str]) -> Iterator[Told]:
    verdict, comment = row.get("override"), row.get("override_comment")
    if verdict is None and comment is not None and "override" not in bad:
        yield "verdict_missing", "override", {}
    if verdict is not None and comment is None and "override_comment" not in bad:
        yield "comment_missing", "override_comment", {}
