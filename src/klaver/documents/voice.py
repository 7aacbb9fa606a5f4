"""How the documents speak of one workplace: hours, names of jobs and of kinds of work, in one language."""

from __future__ import annotations

from collections import Counter

from klaver.design.problem import Problem
from klaver.design.records import Job
from klaver.documents.blocks import Cell
from klaver.language import Language, clock_range, day_name, number, tell
from klaver.language.tell import messages
from klaver.values import Weekday
from klaver.work.records import Task


class Voice:
    """One workplace told in one language; every sentence comes from ``klaver.language``."""

    def __init__(self, problem: Problem, lang: Language) -> None:
        self.problem, self.lang = problem, lang

    def say(self, code: str, **values: object) -> str:
        """Tell a sentence of the report."""
        return tell(f"report.{code}", self.lang, **values)

    def count(self, code: str, count: int, **values: object) -> str:
        """Tell a sentence that differs for one and for many."""
        return self.say(f"{code}_{'one' if count == 1 else 'many'}", count=count, **values)

    def number(self, value: float, decimals: int = 1) -> str:
        """Write a number; a minus sign is a minus sign."""
        return number(value, self.lang, decimals=decimals).replace("-", "\N{MINUS SIGN}")

    def hours(self, minutes: float) -> str:
        """Write minutes as hours with the unit."""
        return f"{self.number(minutes / 60)}\N{NO-BREAK SPACE}{self.say('hour_unit')}"

    def time(self, minutes: float, *, strong: bool = False) -> Cell:
        """Return a cell with minutes told in hours, rounded as they are told."""
        value = round(minutes / 60, 1) + 0.0
        return Cell(text=self.hours(minutes), value=value, unit=self.say("hour_unit"), decimals=1, strong=strong)

    def figure(self, value: int, unit: str = "", *, strong: bool = False) -> Cell:
        """Return a cell with a whole number and its unit."""
        told = self.number(value, 0)
        return Cell(text=f"{told}\N{NO-BREAK SPACE}{unit}" if unit else told, value=value, unit=unit, strong=strong)

    def yes_no(self, value: bool | None) -> str:
        """Tell yes, no, or not known."""
        return self.say("unknown" if value is None else "yes" if value else "no")

    def task(self, task: Task) -> str:
        """Return the name of a task in this language, else as it was written."""
        return task.name_in(self.lang)

    def family(self, family: str) -> str:
        """Name a kind of work: in this language when Klaver knows it, else as it was written."""
        known = messages("family").get(family)
        return known[self.lang] if known else family.replace("_", " ").replace("-", " ")

    def families(self, job: Job) -> str:
        """Return the one or two kinds of work that fill most of a job: its working title."""
        minutes: Counter[str] = Counter()
        for shift in job.shifts:
            for entry in shift.entries:
                minutes[self.problem.tasks[entry.task].family] += entry.end - entry.start
        ranked = sorted(minutes, key=lambda f: (-minutes[f], f))[:2]
        return self.say("and").join(self.family(f) for f in ranked)

    def job(self, position: int) -> str:
        """Name a job by its place in the design: ``Job 1``."""
        return self.say("job_name", number=position)

    def titled(self, position: int, job: Job) -> str:
        """Name a job with its working title: ``Job 1: maaltijden en linnen``."""
        return self.say("job_titled", name=self.job(position), title=self.families(job))

    def role(self, ident: str | None) -> str:
        """Name a role of the sitting staff, or say that it is not known."""
        return self.problem.workplace.role(ident).label if ident else self.say("unknown")

    def days(self, days: list[Weekday]) -> str:
        """Name weekdays in short: ``ma, di, do``; the whole working week as a range."""
        names = [day_name(d, self.lang, short=True) for d in sorted(days)]
        together = len(days) > 2 and max(days) - min(days) == len(days) - 1
        return f"{names[0]}\N{EN DASH}{names[-1]}" if together else ", ".join(names)

    def when(self, job: Job, task: str) -> str:
        """Tell at what times of which days a job does a task."""
        by_time: dict[str, list[Weekday]] = {}
        for shift in job.shifts:
            spans = stretches([(e.start, e.end) for e in shift.entries if e.task == task])
            if spans:
                by_time.setdefault(" + ".join(self.span(a, b) for a, b in spans), []).append(shift.day)
        return "; ".join(f"{self.days(d)} {t}" for t, d in by_time.items())

    def date(self, iso: str) -> str:
        """Write an ISO date as people write it."""
        year, month, day = iso.split("-")
        return self.say("date", day=day, month=month, year=year)

    def span(self, start: int, end: int) -> str:
        """Write two times of day: ``07:30-09:00``, with a proper dash."""
        return clock_range(start, end).replace("-", "\N{EN DASH}")


def shorten(words: str, most: int) -> str:
    """Return words cut after ``most`` signs, with a sign that they were cut."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def stretches(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans of time with those that follow each other at once made one."""
    made: list[tuple[int, int]] = []
    for start, end in spans:
        if made and made[-1][1] == start:
            made[-1] = (made[-1][0], end)
        else:
            made.append((start, end))
    return made


def minutes_by_task(job: Job) -> dict[str, int]:
    """Return the worked minutes a week of a job by task."""
    found: Counter[str] = Counter()
    for shift in job.shifts:
        for entry in shift.entries:
            found[entry.task] += entry.end - entry.start
    return dict(found)
