"""The function card of one job: one page, easy words, without any person in it."""

from __future__ import annotations

from klaver.design.effects import doors, job_language
from klaver.design.facts import job_levels, job_tasks
from klaver.design.problem import Problem
from klaver.design.records import Job
from klaver.documents.blocks import Block, Paper, bullets, heading, table, text
from klaver.documents.sketch import is_sketch
from klaver.language import Language, clock_range, day_name, hours, tell
from klaver.people import aids
from klaver.scale.dimensions import dimension


def card(problem: Problem, job: Job, lang: Language) -> Paper:
    """Return the function card of a job."""
    tasks = job_tasks(problem, job)

    def say(code: str, **values: object) -> str:
        return tell(f"card.{code}", lang, **values)

    levels, _ = job_levels(problem, job)
    asked = [
        f"{dimension(n).label[lang]}: {dimension(n).anchors[lang][level]}" for n, level in levels.items() if level >= 2
    ]
    language, _ = job_language(tasks)
    helped = sorted({a for d in doors(problem, job) for a in d.aids})
    places = [p.label for p in problem.workplace.places if p.id in {t.place for t in tasks}]
    learning = [t.name_in(lang) for t in tasks if t.learning]
    shared = {e.task for s in job.shifts for e in s.entries if e.shared}
    together = [t.name_in(lang) for t in tasks if t.id in shared]
    week = [[day_name(s.day, lang), clock_range(s.start, s.end)] for s in job.shifts]
    blocks: list[Block] = [
        text(say("where", where=problem.workplace.name, hours=hours(job.week, lang))),
        heading(say("what")),
        bullets([t.name_in(lang) for t in tasks]),
        heading(say("when")),
        table(say("when"), [say("day"), say("hours")], week),
        heading(say("place")),
        text(", ".join(places) or "-"),
        heading(say("together")),
        bullets(together or [say("ask_together")]),
        heading(say("asks")),
        bullets([*asked, say("language", listening=language["listening"], speaking=language["speaking"])]),
        heading(say("learn")),
        bullets(learning or ["-"]),
        heading(say("help")),
        bullets([aids()[a].names[lang] for a in helped] or ["-"]),
    ]
    marks = [tell("report.sketch", lang)] if is_sketch(problem, (job,)) else []
    marks += [tell("report.synthetic", lang)] if problem.workplace.synthetic else []
    title = say("title", name=job.id, where=problem.workplace.name)
    return Paper(title=title, lang=lang, banner=" · ".join(marks), blocks=tuple(blocks))
