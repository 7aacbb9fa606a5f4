"""The advice report: what colleagues get back, the new jobs, for whom, what is assumed, and how it was made."""

from __future__ import annotations

from collections.abc import Sequence

from klaver.design.effects import WEEKS, crumbs, doors, quality_points, relief, role_effects
from klaver.design.facts import job_tasks
from klaver.design.problem import Problem
from klaver.design.records import Design, Job
from klaver.design.telling import tell_breach
from klaver.documents.blocks import PAGE, Block, Paper, bullets, heading, strong, table, text
from klaver.documents.sketch import assumed_fields, assumed_percent, is_sketch
from klaver.language import Language, clock_range, day_name, hours, number, tell
from klaver.matching.doors import Door
from klaver.people import aids
from klaver.scale.dimensions import dimension


def report(problem: Problem, designs: Sequence[Design], lang: Language) -> Paper:
    """Return the advice report of the alternatives, in one language."""
    writer = _Writer(problem, designs, lang)
    return Paper(title=writer.title, lang=lang, banner=writer.banner, blocks=tuple(writer.blocks()))


class _Writer:
    def __init__(self, problem: Problem, designs: Sequence[Design], lang: Language) -> None:
        self.problem, self.designs, self.lang = problem, designs, lang
        self.title = self.say("title", name=problem.workplace.name)
        marks = [self.say("sketch")] if any(is_sketch(problem, d.jobs) for d in designs) else []
        marks += [self.say("synthetic")] if problem.workplace.synthetic else []
        self.banner = " · ".join(marks)

    def say(self, code: str, **values: object) -> str:
        return tell(f"report.{code}", self.lang, **values)

    def hours(self, minutes: float) -> str:
        return hours(minutes, self.lang)

    def blocks(self) -> list[Block]:
        made = self._summary()
        for number_, found in enumerate(self.designs, 1):
            made += [PAGE, *self._alternative(number_, found)]
        return [*made, PAGE, *self._stays(), PAGE, *self._assumed(), PAGE, *self._annex()]

    def _summary(self) -> list[Block]:
        best = self.designs[0]
        use = self.problem.wishes.use_of_freed_time
        made = [
            strong(self.say("relief_first", hours=self.hours(best.relief.likely), low=self.hours(best.relief.low),
                            high=self.hours(best.relief.high))),
            text(self.say("use", use=use) if use else self.say("use_open")),
            text(self.say("no_savings")),
            heading(self.say("alternatives")),
        ]  # fmt: skip
        rows = [
            [
                str(i),
                ", ".join(tell(f"cli.objective_{o.value}", self.lang) for o in d.best_in),
                " + ".join(self.hours(j.week) for j in d.jobs),
                f"{self.hours(d.relief.likely)} ({self.hours(d.relief.low)} - {self.hours(d.relief.high)})",
                str(d.values.doors),
                str(d.values.quality),
                str(d.values.calm),
            ]
            for i, d in enumerate(self.designs, 1)
        ]
        rows.append(["-", self.say("no_new_job"), "-", self.hours(0), "-", "-", "0"])
        heads = [
            tell(f"cli.{k}", self.lang)
            for k in ["alternative", "best_in", "week", "relief", "doors", "quality", "calm"]
        ]
        return [*made, table(self.say("alternatives"), heads, rows), text(self.say("no_best"))]

    def _alternative(self, at: int, found: Design) -> list[Block]:
        names = ", ".join(tell(f"cli.objective_{o.value}", self.lang) for o in found.best_in)
        made = [heading(self.say("alternative", number=at, best=names)), self._relief(found)]
        for job in found.jobs:
            made += self._job(job)
        made += [PAGE, heading(self.say("colleagues", number=at), 2)]
        for position, block in enumerate(self._roles(found)):
            made += ([PAGE] if position else []) + [*block]
        return made

    def _relief(self, found: Design) -> Block:
        rows = []
        weeks = [relief(self.problem, found.jobs, w) for w in WEEKS]
        for name in ("gross", "absence", "learning", "take_back", "handover", "mentoring", "net"):
            sign = "" if name in ("gross", "net") else "- "
            rows.append([self.say(f"line_{name}"), *(sign + self.hours(getattr(w, name)) for w in weeks)])
        heads = [self.say("per_week"), *(self.say("week_n", n=w) for w in WEEKS)]
        return table(self.say("relief_table"), heads, rows)

    def _job(self, job: Job) -> list[Block]:
        problem, lang = self.problem, self.lang
        made = [heading(self.say("job", name=job.id, hours=self.hours(job.week)), 2)]
        minutes: dict[str, int] = {}
        shared = set()
        for shift in job.shifts:
            for entry in shift.entries:
                minutes[entry.task] = minutes.get(entry.task, 0) + entry.end - entry.start
                shared |= {entry.task} if entry.shared else set()
        rows = [
            [
                t.id,
                t.name_in(lang) + (" " + self.say("together") if t.id in shared else ""),
                self.hours(minutes[t.id]),
                tell(f"source.{t.source_of('minutes').kind.value}", lang),
            ]
            for t in job_tasks(problem, job)
        ]
        heads = [self.say("code"), self.say("task"), self.say("hours_week"), self.say("source")]
        made.append(table(self.say("package"), heads, rows))
        week = []
        for shift in job.shifts:
            parts = [
                f"{clock_range(e.start, e.end)} {problem.tasks[e.task].name_in(lang)}"
                + (f" ({self.say('with_colleague')})" if e.shared else "")
                for e in shift.entries
            ]
            rest = "; ".join(clock_range(p.start, p.end) for p in shift.pauses) or "-"
            week.append([day_name(shift.day, lang), clock_range(shift.start, shift.end), rest, "; ".join(parts)])
        heads = [self.say("day"), self.say("from_to"), self.say("break"), self.say("what")]
        made.append(table(self.say("timetable"), heads, week))
        if self._tight(job):
            made.append(strong(self.say("tight")))
        points = quality_points(problem, job)
        rows = [[self.say(f"point_{k}"), self.say("yes" if v else "no")] for k, v in points.items()]
        made.append(table(self.say("quality"), [self.say("point"), self.say("answer")], rows))
        made.append(table(self.say("for_whom"), [self.say("group"), self.say("door"), self.say("because")],
                          [self._door(d) for d in doors(problem, job)]))  # fmt: skip
        return made

    def _tight(self, job: Job) -> bool:
        """A job is tight when its week no longer fits at the high end of the minutes."""
        problem, high = self.problem, 0
        for shift in job.shifts:
            day = 0
            for entry in shift.entries:
                minutes = problem.tasks[entry.task].minutes
                assert minutes is not None
                day += problem.work_minutes(minutes.high)
            high += day
            if day > problem.day_max:
                return True
        return high > problem.week[1]

    def _door(self, found: Door) -> list[str]:
        profile = next(p for p in self.problem.profiles if p.id == found.profile)
        reasons = [self._barrier(b.code, b.dimension, b.asked, b.has) for b in found.barriers]
        reasons += [aids()[a].names[self.lang] for a in found.aids]
        if found.questions:
            reasons.append(self.say("ask", what=", ".join(dimension(n).label[self.lang] for n in found.questions)))
        if found.learnable:
            steps = ", ".join(f"{self.say(f'skill_{s}')} +{n}" for s, n in found.learnable.items())
            reasons.append(self.say("to_learn", what=steps))
        sure = self.say("sure" if found.sure else "part" if found.possible else "nobody")
        return [profile.name_in(self.lang), f"{self.say(f'door_{found.status}')} ({sure})", "; ".join(reasons) or "-"]

    def _barrier(self, code: str, number_: int | None, asked: int | None, has: int | None) -> str:
        if number_ is None:
            return self.say(f"barrier_{code}")
        return self.say("barrier_demand", what=dimension(number_).label[self.lang], asked=asked, has=has)

    def _roles(self, found: Design) -> list[list[Block]]:
        made = []
        freed = crumbs(self.problem, found.jobs)
        for role, effect in zip(self.problem.workplace.roles, role_effects(self.problem, found.jobs), strict=True):
            after = effect.before - effect.lost
            rows = [
                [self.say("hours_in"), self.hours(effect.before / 100), self.hours(after / 100)],
                [self.say("recovery"), self.hours(effect.recovery_before / 100),
                 self.hours((effect.recovery_before - effect.recovery_lost) / 100)],
                [self.say("load"), number(effect.load_before / 1000, self.lang),
                 number(effect.load_after / 1000, self.lang)],
                [self.say("unpleasant"), self.hours(effect.unpleasant_before / 100),
                 self.hours((effect.unpleasant_before - effect.unpleasant_lost) / 100)],
            ]  # fmt: skip
            block = [heading(self.say("role", name=role.label), 3)]
            block.append(
                table(self.say("before_after"), [self.say("what"), self.say("before"), self.say("after")], rows)
            )
            if role.id in freed and freed[role.id][0]:
                total, small = freed[role.id]
                block.append(
                    text(self.say("blocks", hours=self.hours((total - small) / 100), crumbs=self.hours(small / 100)))
                )
            block.append(text(self.say("objection")))
            made.append(block)
        return made

    def _stays(self) -> list[Block]:
        rows = []
        moved = {e.task for d in self.designs for j in d.jobs for s in j.shifts for e in s.entries}
        for task in self.problem.workplace.tasks:
            if task.id not in moved:
                code = self.problem.why_not(task) or "report.not_chosen"
                rows.append([task.id, task.name_in(self.lang), tell(code, self.lang)])
        heads = [self.say("code"), self.say("task"), self.say("because")]
        return [heading(self.say("stays")), table(self.say("stays"), heads, rows or [["-", "-", "-"]])]

    def _assumed(self) -> list[Block]:
        lines = []
        for i, found in enumerate(self.designs, 1):
            for job in found.jobs:
                percent = assumed_percent(self.problem, job)
                lines.append(self.say("assumed_job", number=i, job=job.id, percent=percent))
            pairs = assumed_fields(self.problem, found.jobs)
            if pairs:
                shown = ", ".join(sorted({t for t, _ in pairs}))
                lines.append(self.say("assumed_fields", number=i, tasks=shown))
        unknown = [t.id for t in self.problem.workplace.tasks if t.valued is None and t.recovery is None]
        if unknown:
            lines.append(self.say("ask_staff", tasks=", ".join(unknown)))
        warnings = [f"{i}. {tell_breach(b, self.lang)}" for i, d in enumerate(self.designs, 1) for b in d.warnings]
        made = [heading(self.say("assumed")), bullets(lines)]
        return [*made, text(self.say("warnings")), bullets(warnings)] if warnings else made

    def _annex(self) -> list[Block]:
        rows = [
            [str(i), tell(f"cli.status_{d.status.value}", self.lang), d.objective.value,
             str(getattr(d.values, d.objective.value)), "-" if d.bound is None else str(d.bound), d.fingerprint()[:12]]
            for i, d in enumerate(self.designs, 1)
        ]  # fmt: skip
        heads = [tell("cli.alternative", self.lang), tell("cli.known", self.lang), self.say("objective"),
                 self.say("value"), self.say("bound"), self.say("print")]  # fmt: skip
        parameters = [
            [p.name, str(p.value), p.unit, p.certainty.value, p.source] for p in self.problem.parameters.values.values()
        ]
        p_heads = [self.say(k) for k in ("name", "value", "unit", "certainty", "source")]
        receipt = self.designs[0].receipt
        made = [heading(self.say("annex")), table(self.say("status"), heads, rows)]
        if receipt is not None:
            versions = ", ".join(f"{k} {v}" for k, v in receipt.versions.items())
            made.append(text(self.say("receipt", seed=receipt.seed, rounds=receipt.rounds, versions=versions,
                                      date=receipt.parameters_on)))  # fmt: skip
        made += [text(line) for line in self.problem.workplace.attribution]
        return [*made, table(self.say("parameters"), p_heads, parameters)]
