"""The interview sheet: what to ask next, of whom, with room to answer and the place where the answer goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from klaver.design.asking import Question
from klaver.design.doubt import JUDGED, is_open, parts_of
from klaver.design.problem import Problem
from klaver.design.records import Breach, Job
from klaver.design.spans import value_range
from klaver.design.telling import tell_breach
from klaver.documents.blocks import PAGE, Block, Cell, Paper, heading, strong, table, text
from klaver.documents.sketch import banner
from klaver.documents.voice import Voice, shorten
from klaver.language import Language, day_name, tell
from klaver.language.weekdays import show_pattern
from klaver.scale.dimensions import dimension
from klaver.values import Record, Weekday
from klaver.work.elementary import CEILING
from klaver.work.records import Legal, Task
from klaver.work.workbook.layout import sheet

ROLES = 2
"""So many roles are named of those who do the tasks of a list."""

LONGEST = 90
"""Signs of a name or a legal ground on the sheet; the workbook has the whole text."""

COLUMNS = {"minutes": ("low", "likely", "high"), "times": ("pattern",), "window": ("window_start", "window_end")}
"""The columns of the workbook for values that do not stand in one column of the same name."""

BOX = "\N{WHITE SQUARE}"
FIRST = ("hours", "hollowing", "displacement", "company", "learning", "unpleasant", "postures", "ceilings")
"""Of several rules that an answer could break, the first of these is told: those about hours and people."""

UNTOLD = ("whole", "timetable")
"""Rules that break because a task left: its hours are told already."""


class Told(Record):
    """One question as a person reads it; ``code`` names the task, ``short`` heads a column of the list."""

    number: int
    whom: str
    code: str
    question: str
    assumed: str
    answer: str
    hangs: str
    where: str
    short: str | None


class Interview:
    """The questions about one design, or about a workplace without one, told in one language."""

    def __init__(self, problem: Problem, jobs: tuple[Job, ...] | None, found: Sequence[Question], lang: Language):
        self.voice, self.jobs, self.found, self.lang = Voice(problem, lang), jobs, found, lang
        self.problem = problem

    def say(self, code: str, **values: object) -> str:
        """Tell a sentence of the sheet."""
        return tell(f"ask.{code}", self.lang, **values)

    def opening(self) -> list[str]:
        """Return what stands above the questions: how many, and how far apart low and high lie."""
        if not self.found:
            return [self.say("nothing")]
        told = [self._count("intro", len(self.found))]
        if self.jobs is None:
            return [*told, self.say("intro_no_design")]
        margin = value_range(self.problem, self.jobs)
        return [*told, self.say("margin", **{k: self.voice.hours(v) for k, v in margin.model_dump().items()})]

    def closing(self) -> str:
        """Return what to do with the answers."""
        return self.say("back", sheet=sheet("sources").name(self.lang))

    def questions(self) -> list[Told]:
        """Return the questions in words, numbered from 1."""
        return [self._told(number, q) for number, q in enumerate(self.found, 1)]

    def paper(self) -> Paper:
        """Return the sheet: the questions on one page, and the list to tick on the next."""
        told = self.questions()
        blocks: list[Block] = [strong(*self.opening())]
        if told:
            blocks += [self._table(told), text(self.closing())]
        if any(t.short for t in told):
            blocks += [PAGE, heading(self.say("lists")), text(self.say("lists_how")), self._list(told)]
        marks = banner(self.problem, [] if self.jobs is None else [self.jobs], self.lang)
        title = self.say("title", name=shorten(self.problem.workplace.name, LONGEST))
        return Paper(form="interview", title=title, lang=self.lang, banner=marks, blocks=tuple(blocks))

    def _table(self, told: Sequence[Told]) -> Block:
        keys = ("number", "whom", "question", "assumed", "answer", "hangs", "where")
        rows: list[list[str | Cell]] = [
            [str(t.number), t.whom, Cell(lead=t.code, text=t.question), t.assumed, t.answer, t.hangs, t.where]
            for t in told
        ]
        widths = [3, 14, 25, 17, 17, 20, 19]
        heads = [self.say(f"head_{k}") for k in keys]
        return table(self.say("table"), heads, rows, widths=widths, sheet=self.say("table"))

    def _list(self, told: Sequence[Told]) -> Block:
        lists = [(t, q) for t, q in zip(told, self.found, strict=True) if t.short]
        asked = {name for _, q in lists for name in q.tasks}
        rows: list[list[str | Cell]] = [
            [Cell(lead=t.id, text=shorten(self.voice.task(t), LONGEST)), *(self._box(q, t) for _, q in lists)]
            for t in self.problem.workplace.tasks
            if t.id in asked
        ]
        heads = [self.voice.say("task")]
        heads += [self.say("list_head", number=t.number, short=t.short) for t, _ in lists]
        widths = [48, *(30 if q.about == "demands" else 13 for _, q in lists)]
        return table(self.say("lists_table"), heads, rows, widths=widths, sheet=self.say("lists"))

    def _box(self, asked: Question, task: Task) -> str:
        if task.id not in asked.tasks:
            return ""
        return f"{BOX} {self._dimensions(task)}" if asked.about == "demands" else BOX

    def _told(self, number: int, asked: Question) -> Told:
        tasks = [self.problem.tasks[t] for t in asked.tasks]
        single = tasks[0] if len(tasks) == 1 else None
        listed = self._kind(asked) if single is None else None
        return Told(
            number=number,
            whom=self._whom(asked, tasks),
            code=single.id if single else "",
            question=self._question(asked, tasks),
            assumed=self._assumed(asked, tasks),
            answer=self.say("answer_list", number=number) if listed else self._answer(asked, tasks[0]),
            hangs=self._hangs(asked),
            where=self._where(asked, single),
            short=self.say(f"short_{listed}") if listed else None,
        )

    def _kind(self, asked: Question) -> str:
        return f"{asked.about}_enter" if asked.enter or (asked.unknown and asked.about in JUDGED) else asked.about

    def _count(self, code: str, count: int, **values: object) -> str:
        return self.say(f"{code}_{'one' if count == 1 else 'many'}", count=count, **values)

    def _whom(self, asked: Question, tasks: Sequence[Task]) -> str:
        if asked.about == "legal":
            return self.say("person_lead")
        first = (max(t.doers, key=lambda s: s.percent).role for t in tasks if t.doers)
        roles = [self.voice.role(r) for r, _ in Counter(first).most_common(ROLES)]
        return ", ".join(roles) or self.say("person_none")

    def _question(self, asked: Question, tasks: Sequence[Task]) -> str:
        name = shorten(self.voice.task(tasks[0]), LONGEST)
        if asked.about == "time":
            return self.say("time", name=name, parts=", ".join(self.say(f"time_{f}") for f in asked.fields))
        kind = self._kind(asked)
        if kind == "legal":
            status = tasks[0].legal.value
            kind = f"legal_{status}" if status in ("supervised", "permit") else "legal_free"
        return self._count(kind, len(tasks), name=name, dimensions=self._dimensions(tasks[0]))

    def _dimensions(self, task: Task) -> str:
        return ", ".join(dimension(n).label[self.lang] for n in self._levels(task))

    def _levels(self, task: Task) -> list[int]:
        return [n for n, level in sorted(task.demands.items()) if level >= CEILING and is_open(task, f"demands.{n}")]

    def _assumed(self, asked: Question, tasks: Sequence[Task]) -> str:
        if asked.about in ("time", "doers"):
            return "; ".join(self._figure(tasks[0], field) for field in asked.fields)
        if asked.about == "legal" and tasks[0].legal is Legal.UNKNOWN:
            return self.say("assumed_unknown")
        if asked.about == "legal" and not asked.enter:
            code = "assumed_legal_one" if len(tasks) == 1 else "assumed_legal"
            return self.say(code, ground=shorten(asked.ground, LONGEST) if asked.ground else "-")
        if all(getattr(t, asked.about) is None for t in tasks):
            return self.say("assumed_unknown")
        yes = (
            sum(bool(getattr(t, asked.about)) for t in tasks)
            if asked.about in ("learning", "unpleasant", "alone")
            else 0
        )
        if len(tasks) == 1:
            return self.voice.yes_no(bool(yes))
        return self.say("assumed_count", count=yes, all=len(tasks)) if yes else self.say("assumed_legal_bare")

    def _figure(self, task: Task, field: str) -> str:
        if field == "minutes" and task.minutes is not None:
            return self.say("assumed_minutes", **task.minutes.model_dump())
        if field == "window" and task.window is not None:
            return self.voice.span(task.window.start, task.window.end)
        if field == "times" and task.times is not None:
            return show_pattern(task.times, self.lang) or ", ".join(
                f"{day_name(d, self.lang, short=True)} {task.times[d]}" for d in Weekday if task.times[d]
            )
        if field != "doers":
            return self.say("assumed_unknown")
        return ", ".join(self.say("assumed_share", role=self.voice.role(s.role), percent=s.percent) for s in task.doers)

    def _answer(self, asked: Question, task: Task) -> str:
        if asked.about == "time":
            return "; ".join(self.say(f"answer_{f}") for f in asked.fields)
        if asked.about == "doers":
            return ", ".join(self.say("answer_share", role=self.voice.role(s.role)) for s in task.doers)
        return self.say("answer_yes_no")

    def _hangs(self, asked: Question) -> str:
        if asked.enter:
            relief, work = (self.voice.hours(r.high - r.likely) for r in (asked.relief, asked.work))
            return self._count("hangs_enter", len(asked.enter), relief=relief, work=work)
        if asked.unknown:
            return self.say("hangs_unknown")
        told: list[str] = []
        code, span = ("relief", asked.relief) if asked.relief.width else ("work", asked.work)
        if span.width:
            low = self.voice.number(span.low / 60)
            what = self.say(f"hangs_{code}", low=low, high=self.voice.hours(span.high))
            names = [self.voice.job(i) for i, j in enumerate(self.jobs or (), 1) if j.id in asked.jobs]
            told.append(self.say("hangs_jobs", what=what, jobs=", ".join(names)) if names else what)
        if asked.about == "time" and asked.leave:
            told.append(self.say("hangs_leave"))
        # when tasks of a list leave, their hours say it all
        broken = None if told and asked.about in JUDGED else self._rule(asked.breaks)
        if broken is not None:
            told.append(self.say("hangs_rule", rule=broken))
        return "; ".join(told)

    def _rule(self, breaks: Sequence[Breach]) -> str | None:
        """Tell the one broken rule that matters most to people."""
        ranked = [b for rule in FIRST for b in breaks if b.rule == rule]
        ranked += [b for b in breaks if b.rule not in UNTOLD]
        if not ranked:
            return None
        names = {j.id: self.voice.job(i) for i, j in enumerate(self.jobs or (), 1)}
        worst = ranked[0]
        roles = {k: self.voice.role(str(v)) for k, v in worst.values.items() if k == "role"}
        told = {"job": names.get(worst.job or "", worst.job), "values": {**worst.values, **roles}}
        return tell_breach(worst.model_copy(update=told), self.lang)

    def _where(self, asked: Question, single: Task | None) -> str:
        on = sheet("demands" if asked.about == "demands" else "tasks")
        filled = columns_of(asked, [self.problem.tasks[t] for t in asked.tasks])
        headings = [c.heading(self.lang) for c in on.columns if c.field in filled]
        columns = ", ".join(headings)
        if not columns:
            return self.say("where_levels", sheet=on.name(self.lang))
        if single is None:
            return self.say("where_rows", sheet=on.name(self.lang), columns=columns)
        return self.say("where_row", sheet=on.name(self.lang), task=single.id, columns=columns)


def columns_of(asked: Question, tasks: Sequence[Task]) -> tuple[str, ...]:
    """Return the columns of the workbook that an answer fills in, by their field; levels have one for each number."""
    parts = [p for f in asked.fields for p in parts_of(f) if p != "demands" and any(is_open(t, p) for t in tasks)]
    return tuple(c for p in parts for c in COLUMNS.get(p, (p,)))
