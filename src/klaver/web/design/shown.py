"""What a board shows: lanes with cards, and what the cards do where they lie, told in words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from klaver.design.board.records import HOME, Board, Spot, Step
from klaver.design.board.table import Table
from klaver.design.check import breaches
from klaver.design.effects import QUALITY, doors, quality_points, relief_range, role_effects, values_of
from klaver.design.problem import Problem
from klaver.design.records import Job
from klaver.design.telling import tell_breach
from klaver.documents.blocks import Block, Cell, table
from klaver.documents.picture import week_picture
from klaver.documents.sketch import banner
from klaver.documents.voice import Voice
from klaver.documents.wall import Wall, WallCard
from klaver.language import Language, day_name, tell
from klaver.matching.telling import tell_barriers
from klaver.values import Weekday
from klaver.web.design.commands import HOME as TO_HOME
from klaver.web.design.commands import TOGETHER
from klaver.work.records import Task

NOBODY = "-"
"""The lane of tasks of which nobody knows who does them."""


@dataclass(frozen=True)
class Shape:
    """A card as it is seen: a task on the days on which it lies in one place."""

    face: WallCard
    when: str
    days: tuple[Weekday, ...]
    spot: Spot
    locked: str = ""
    lang: Language = "nl"

    @property
    def key(self) -> str:
        """The name of the card on the page."""
        return f"{self.face.code}-{''.join(str(int(d)) for d in self.days)}"

    @property
    def ticks(self) -> list[tuple[int, str]]:
        """The days with their names."""
        return [(int(d), day_name(d, self.lang, short=True)) for d in self.days]

    @property
    def sent(self) -> str:
        """The days as a form sends them."""
        return ",".join(str(int(d)) for d in self.days)


@dataclass
class Lane:
    """A place for cards; ``to`` is what a form sends to put one there, ``locked`` are those that can be in no job."""

    to: str
    name: str
    cards: list[Shape] = field(default_factory=list)
    locked: list[Shape] = field(default_factory=list)


@dataclass
class JobLane:
    """A new job: what its worker does alone and together, and what is so about it."""

    id: str
    name: str
    title: str
    alone: Lane
    together: Lane
    hours: str = ""
    days: str = ""
    open_for: str = ""
    barrier: str = ""
    wrong: tuple[str, ...] = ()
    week: Block | None = None
    points: tuple[tuple[str, bool], ...] = ()


class Shown:
    """One board in one language."""

    def __init__(self, problem: Problem, board: Board, lang: Language) -> None:
        self.problem, self.board, self.lang = problem, board, lang
        self.voice = Voice(problem, lang)
        self.jobs = tuple(job for job in board.jobs if job.shifts)
        """The jobs that have work; the rules say nothing of an empty one."""

    def say(self, code: str, **values: object) -> str:
        """Tell a sentence of the workbench."""
        return tell(f"web.{code}", self.lang, **values)

    # the lanes

    @cached_property
    def _shapes(self) -> dict[tuple[str | None, bool], list[Shape]]:
        """Every card by where it lies, in the order of the analysis."""
        wall = Wall(self.voice, every=True)
        faces = {f.code: f for f in wall.cards()}
        spots, found = self.board.spots(), defaultdict(list)
        for task in self.problem.workplace.tasks:
            code = self.problem.why_not(task)
            locked = tell(code, self.lang) if code else ""
            when = " \N{MIDDLE DOT} ".join(filter(None, (wall.minutes(task), wall.window(task))))
            by_spot: dict[Spot, list[Weekday]] = defaultdict(list)
            for day in self._days(task):
                by_spot[spots.get((task.id, day), HOME)].append(day)
            for spot, days in by_spot.items():
                found[spot.job, spot.shared].append(Shape(faces[task.id], when, tuple(days), spot, locked, self.lang))
        return found

    def _days(self, task: Task) -> list[Weekday]:
        return list(Weekday) if task.times is None else [d for d in Weekday if task.times[d]]

    @cached_property
    def roles(self) -> list[Lane]:
        """A lane for each role of the sitting staff, with what stays with it."""
        lanes = {r.id: Lane(TO_HOME, r.label) for r in self.problem.workplace.roles}
        for shape in self._shapes.get((None, False), []):
            doers = self.problem.tasks[shape.face.code].doers
            most = max(doers, key=lambda s: s.percent).role if doers else NOBODY
            lane = lanes.setdefault(most, Lane(TO_HOME, self.say("board_nobody")))
            (lane.locked if shape.locked else lane.cards).append(shape)
        return [lane for lane in lanes.values() if lane.cards or lane.locked]

    @cached_property
    def job_lanes(self) -> list[JobLane]:
        """A lane for each new job."""
        made = []
        against = self._against
        for position, job in enumerate(self.board.jobs, 1):
            name = self.voice.job(position)
            title = self.board.titles.get(job.id, "")
            lane = JobLane(
                id=job.id,
                name=name,
                title=title or (self.voice.families(job) if job.shifts else ""),
                alone=Lane(job.id, name, self._shapes.get((job.id, False), [])),
                together=Lane(
                    job.id + TOGETHER, self.say("board_together", job=name), self._shapes.get((job.id, True), [])
                ),
                wrong=(*self._waiting(job), *against.get(job.id, ())),
            )
            if job.shifts:
                self._about(lane, position, job)
            made.append(lane)
        return made

    def _about(self, lane: JobLane, position: int, job: Job) -> None:
        opened = doors(self.problem, job)
        count = sum(d.is_open for d in opened)
        lane.hours = self.voice.hours(job.week)
        lane.days = self.voice.days([s.day for s in job.shifts])
        lane.open_for = self.say("board_open", count=count, all=len(opened))
        shut = Counter(b for d in opened if not d.is_open for b in tell_barriers(d.barriers, self.lang))
        lane.barrier = min(shut, key=lambda b: (-shut[b], b), default="")
        lane.week = week_picture(self.voice, lane.name, job, self.jobs)
        points = quality_points(self.problem, job)
        lane.points = tuple((self.voice.say(f"point_{q}"), points[q]) for q in QUALITY)

    # what is wrong

    @cached_property
    def reply(self) -> dict[tuple[str, Weekday], bool | None]:
        """The days that have no timetable: ``False`` when there is none, ``None`` when that is not decided."""
        if not any(p.spot.waiting for p in self.board.placed):
            return {}
        days = Table(self.problem, self.board).reply().days
        return {(self.board.jobs[d.job].id, d.day): d.possible for d in days}

    def _waiting(self, job: Job) -> Iterable[str]:
        """Tell the days of a job that have no timetable, those with the same cards in one sentence."""
        alike: dict[tuple[str, tuple[str, ...]], list[Weekday]] = defaultdict(list)
        for (name, day), possible in self.reply.items():
            if name == job.id:
                placed = [p for p in self.board.placed if p.spot.waiting and p.spot.job == name and p.day == day]
                code = "board_day_impossible" if possible is False else "board_day_open"
                alike[code, tuple(p.task for p in placed)].append(day)
        for (code, cards), days in alike.items():
            yield self.say(code, day=self.voice.days(days), cards=", ".join(cards))

    @cached_property
    def _against(self) -> dict[str | None, list[str]]:
        """What the checker has against the board, by job; the same on several days is told once, warnings last."""
        alike: dict[tuple[str | None, str, bool], list[Weekday]] = defaultdict(list)
        for breach in breaches(self.problem, self.jobs) if self.jobs else ():
            words = tell_breach(breach.model_copy(update={"job": None, "day": None}), self.lang)
            days = alike[breach.job, words, breach.warning]
            if breach.day is not None and breach.day not in days:
                days.append(breach.day)
        found: dict[str | None, list[str]] = defaultdict(list)
        for (job, words, warning), days in sorted(alike.items(), key=lambda one: one[0][2]):
            told = f"{self.voice.days(days)}: {words}" if days else words
            found[job].append(self.say("board_warning", what=told) if warning else told)
        return found

    @property
    def wrong(self) -> list[str]:
        """What is wrong between the jobs, or with the house."""
        return self._against.get(None, [])

    @property
    def good(self) -> bool:
        """Tell whether nothing is wrong."""
        return bool(self.jobs) and not any(lane.wrong for lane in self.job_lanes) and not self.wrong

    # what it does

    @cached_property
    def figures(self) -> list[tuple[str, str, str]]:
        """What the whole gives: a name, a figure in words, and what stands behind it."""
        values, relief = values_of(self.problem, self.jobs), relief_range(self.problem, self.jobs)
        low, likely, high = relief.low, relief.likely, relief.high
        hours = self.voice.hours
        names = len(self.problem.profiles) * len(self.jobs)
        return [
            (
                self.say("relief"),
                self.say("a_week", hours=hours(likely)),
                self.say("between", low=hours(low), high=hours(high)),
            ),
            (self.say("doors"), self.say("of", count=values.doors, all=names), self.say("doors_more")),
            (self.say("quality"), self.say("of", count=values.quality, all=len(QUALITY) * len(self.jobs)), ""),
            (self.say("calm"), str(values.calm), self.say("calm_more")),
        ]

    @cached_property
    def effects(self) -> list[Block]:
        """What each role does before and after, in hours a week."""
        rows: list[list[str | Cell]] = []
        for effect in role_effects(self.problem, self.jobs):
            label = self.problem.workplace.role(effect.role).label
            before, lost = effect.before / 100, effect.lost / 100
            rows.append([label, self.voice.time(before), self.voice.time(before - lost), self.voice.time(-lost)])
        heads = [self.say(c) for c in ("role", "now", "then", "difference")]
        return [table(self.say("colleagues"), heads, rows, widths=[40, 20, 20, 20], sheet="")]

    @property
    def banner(self) -> str:
        """What must stand on every page of this plan."""
        return banner(self.problem, [self.jobs], self.lang) if self.jobs else ""

    @property
    def places(self) -> list[tuple[str, str]]:
        """Every place that a card can go to, as a form sends it and as it is called."""
        made = [(TO_HOME, self.say("board_home"))]
        for lane in self.job_lanes:
            made += [(lane.alone.to, lane.name), (lane.together.to, lane.together.name)]
        return made


def told_step(problem: Problem, board: Board, step: Step, lang: Language) -> str:
    """Tell in one sentence what a step did."""
    voice, command = Voice(problem, lang), step.command
    if command.do == "undo":
        return tell("web.board_undone", lang)
    if command.do == "lay":
        return tell("web.board_laid", lang)
    if command.do == "name":
        return tell("web.board_named", lang)
    if command.do == "wall":
        return tell("agree.wall_done", lang, count=len(command.moves))
    name = f"{command.task} {voice.task(problem.tasks[command.task])}"
    if command.do == "pin":
        return tell("web.board_pinned" if command.pinned else "web.board_loose", lang, card=name)
    if command.job is None:
        return tell("web.board_moved_home", lang, card=name)
    position = next(n for n, job in enumerate(board.jobs, 1) if job.id == command.job)
    code = "web.board_moved_together" if command.shared else "web.board_moved"
    return tell(code, lang, card=name, job=voice.job(position))
