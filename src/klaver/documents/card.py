"""The function card of one job: one page, easy words, without any person in it."""

from __future__ import annotations

from klaver.design.effects import doors, job_language
from klaver.design.facts import instructors, job_levels, job_tasks
from klaver.design.problem import Problem
from klaver.design.records import Design, Job
from klaver.documents.blocks import COLUMN, Block, Cell, Paper, bullets, heading, table, text
from klaver.documents.picture import week_picture
from klaver.documents.sketch import banner
from klaver.documents.voice import Voice, minutes_by_task, shorten
from klaver.language import Language, tell
from klaver.language.tell import messages
from klaver.people import aids
from klaver.scale.dimensions import dimension
from klaver.scale.ladder_texts import descriptor
from klaver.work.records import Contact, Cooperation, Task

LONGEST = 90
"""Signs of a task's name on a card; the report has the whole name."""

ASKED, MOST = 2, 8
"""A card names what the work asks from this level on, and no more than so many demands, the highest first."""

MET = (Contact.CLIENTS, Contact.COLLEAGUES)


def card(problem: Problem, found: Design, position: int, lang: Language) -> Paper:
    """Return the function card of a job, by its place (from 1) in the design."""
    writer = _Card(Voice(problem, lang), found, position)
    where = problem.workplace.name
    title = writer.say("title", name=writer.voice.titled(position, writer.job), where=shorten(where, LONGEST))
    marks = banner(problem, [(writer.job,)], lang)
    return Paper(form="card", title=title, lang=lang, banner=marks, blocks=tuple(writer.blocks()))


class _Card:
    def __init__(self, voice: Voice, found: Design, position: int) -> None:
        self.voice, self.found, self.position = voice, found, position
        self.job: Job = found.jobs[position - 1]
        self.tasks = job_tasks(voice.problem, self.job)

    def say(self, code: str, **values: object) -> str:
        return tell(f"card.{code}", self.voice.lang, **values)

    def blocks(self) -> list[Block]:
        voice, job = self.voice, self.job
        name = voice.job(self.position)
        days = len(job.shifts)
        where = self.say("where_one" if days == 1 else "where_many", hours=voice.hours(job.week), days=days)
        left = [heading(self.say("what")), self._tasks()]
        right = [
            *self._part("place", self._places()),
            *self._part("people", self._people()),
            *self._part("asks", self._asks()),
            *self._part("help", self._help()),
            *self._part("learn", self._learn()),
            *self._part("agree", [self.say(f"agree_{k}") for k in ("wage", "benefit", "travel", "mentor", "absence")]),
        ]
        return [text(where), week_picture(voice, name, job, self.found.jobs), COLUMN, *left, COLUMN, *right]

    def _part(self, code: str, items: list[str]) -> list[Block]:
        return [heading(self.say(code)), bullets(items)]

    def _name(self, task: Task) -> str:
        return shorten(self.voice.task(task), LONGEST)

    def _tasks(self) -> Block:
        minutes = minutes_by_task(self.job)
        shared = {e.task for s in self.job.shifts for e in s.entries if e.shared}
        rows: list[list[str | Cell]] = [
            [
                Cell(lead=t.id, text=self._name(t) + (f" ({self.voice.say('together')})" if t.id in shared else "")),
                self._around(t.id),
                self.voice.time(minutes[t.id]),
            ]
            for t in self.tasks
        ]
        heads = [self.voice.say("task"), self.say("around"), self.voice.say("hours_week")]
        return table(self.say("tasks"), heads, rows, widths=[48, 34, 18], sheet=self.say("tasks"))

    def _around(self, task: str) -> str:
        """Tell on which days and between which times of day a task is done."""
        mine = [(s.day, e) for s in self.job.shifts for e in s.entries if e.task == task]
        span = self.voice.span(min(e.start for _, e in mine), max(e.end for _, e in mine))
        return f"{self.voice.days(sorted({d for d, _ in mine}))} {span}"

    def _places(self) -> list[str]:
        used = {t.place for t in self.tasks}
        place = self.voice.problem.workplace
        named = [p.label for p in place.places if p.id in used]
        return [place.name, ", ".join(named)] if named else [place.name]

    def _people(self) -> list[str]:
        problem = self.voice.problem
        contacts = {t.contact for t in self.tasks}
        met = [self._meets(c) for c in MET if c in contacts]
        shared = {e.task for s in self.job.shifts for e in s.entries if e.shared}
        met.append(self.say("together") if shared else self.say("ask_together"))
        if problem.workplace.cooperation is Cooperation.ENCLAVE:
            return [*met, self.say("instructs_enclave")]
        roles = [r.label for r in problem.workplace.roles if r.id in instructors(problem, self.job)]
        return [*met, self.say("instructs", roles=", ".join(roles)) if roles else self.say("instructs_unknown")]

    def _meets(self, contact: Contact) -> str:
        """Tell whom the worker meets; the people for whom the house works have a name in its setting."""
        setting = f"people_{self.voice.problem.workplace.setting}"
        known = self.say(setting if setting in messages("card") else "people_any")
        return self.say(f"meets_{contact.value}", people=known)

    def _asks(self) -> list[str]:
        lang = self.voice.lang
        levels, unknown = job_levels(self.voice.problem, self.job)
        most = sorted((n for n, level in levels.items() if level >= ASKED), key=lambda n: (-levels[n], n))[:MOST]
        asked = [f"{dimension(n).label[lang]}: {dimension(n).anchors[lang][levels[n]]}" for n in sorted(most)]
        steps, _ = job_language(self.tasks)
        tongue = self.voice.say(f"language_{self.voice.problem.workplace.lang}")
        needs = [
            self.say("language", language=tongue, skill=tell(f"door.skill_{s}", self.voice.lang), step=steps[s],
                     means=descriptor(s, steps[s], lang))
            for s in ("listening", "speaking", "reading", "writing")
            if steps[s] != "none"
        ]  # fmt: skip
        open_points = [self.say("asks_unknown")] if unknown else []
        return [*asked, *needs, *open_points] or [self.say("asks_little")]

    def _help(self) -> list[str]:
        useful = dict.fromkeys(a for d in doors(self.voice.problem, self.job) for a in d.aids)
        return [aids()[a].names[self.voice.lang] for a in sorted(useful)] or [self.say("help_ask")]

    def _learn(self) -> list[str]:
        return [self._name(t) for t in self.tasks if t.learning] or [self.say("learn_ask")]
