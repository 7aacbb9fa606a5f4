"""Every paper for the meeting about one design, by name, so that the command line and the browser make the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from klaver.design.asking import MANY, questions
from klaver.documents.agreed import Agreed
from klaver.documents.blocks import Paper
from klaver.documents.consultation import LONGEST, consultation
from klaver.documents.function_sheet import function_sheet
from klaver.documents.interview import Interview
from klaver.documents.message import message
from klaver.documents.role_pages import role_pages
from klaver.documents.voice import shorten
from klaver.documents.wall import Wall

Make = Callable[[], Paper]


def papers(agreed: Agreed) -> dict[str, tuple[str, Make]]:
    """Return the papers: under the name of the file, what each is called and how it is made.

    In the order in which a project needs them; wall cards only where a task may move, and a function sheet for every
    job that has work.
    """
    voice = agreed.voice
    name, wall = shorten(voice.problem.workplace.name, LONGEST), Wall(voice)
    made: dict[str, tuple[str, Make]] = {
        "message": (agreed.say("paper_message"), partial(message, name, voice.lang)),
    }
    made["interview"] = (agreed.say("paper_interview"), partial(_interview, agreed))
    if wall.tasks:
        made["cards"] = (agreed.say("paper_wall"), wall.paper)
    if agreed.working:
        made["roles"] = (agreed.say("paper_colleagues"), partial(role_pages, agreed))
    made["consultation"] = (agreed.say("paper_consultation"), partial(consultation, agreed))
    for position, job in enumerate(agreed.jobs, 1):
        if job.shifts:
            title = agreed.say("paper_function", job=agreed.job(job.id))
            made[f"function-{position}"] = (title, partial(function_sheet, agreed, position))
    return made


def _interview(agreed: Agreed) -> Paper:
    """Return the interview sheet: about the design, or about the workplace while no job has work."""
    problem, jobs = agreed.voice.problem, agreed.working or None
    return Interview(problem, jobs, questions(problem, jobs)[:MANY], agreed.voice.lang).paper()
