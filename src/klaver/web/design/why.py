"""Why a task lies where it is on a board, why not elsewhere, and what little change would allow it."""

from __future__ import annotations

import json
import time
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from klaver.design.board.records import Board as Document
from klaver.design.problem import Problem
from klaver.design.telling import tell_breach
from klaver.design.why.here import Asking
from klaver.design.why.records import Reason
from klaver.design.why.task import each, grouped, where
from klaver.design.why.without import without
from klaver.documents.voice import Voice
from klaver.documents.whynot import named, tell_reason
from klaver.language import tell
from klaver.values import Weekday
from klaver.web.accounts.permissions import may, needs
from klaver.web.design import find
from klaver.web.frame.reader import lang
from klaver.web.runs import queue
from klaver.web.runs.about_board import ToExplain, problem_on, read_question
from klaver.web.store import boards
from klaver.web.store.models import Board, Run
from klaver.web.store.workplaces import at_version

SOON = 0.25
"""Seconds after the first reason in which a page looks for more; the rest is for the queue."""


class Answer:
    """What is told of one task on a board, as far as it is known soon."""

    def __init__(self, problem: Problem, board: Document, task: str) -> None:
        self.problem, self.board, self.task = problem, board, task
        self.voice = Voice(problem, lang())
        self.name = f"{task} {self.voice.task(problem.tasks[task])}"
        self.whole = True
        code = problem.why_not(problem.tasks[task])
        self.never = tell(code, lang()) if code else ""
        self.here = [self._there(r) for r in where(board.jobs, task)]
        self.reasons = [] if code else self._from(Asking(problem, board.jobs))
        self.gives, self.breaks, self.moves = self._without() if self.here else ("", [], [])
        placed = [p for p in board.placed if p.task == task]
        self.pinned = self._days([p.day for p in placed if p.spot.pinned])
        self.waiting = self._days([p.day for p in placed if p.spot.waiting])

    def _told(self, reason: Reason) -> str:
        told = named(tell_reason(reason, lang()), lang())
        return told[:1].upper() + told[1:]

    def _there(self, reason: Reason) -> str:
        told = tell("table.why_in_job", lang(), job=reason.job, days=self._days(list(reason.days)))
        return named(told, lang())

    def _days(self, days: list[Weekday]) -> str:
        return self.voice.days(days) if days else ""

    def _from(self, asking: Asking) -> list[str]:
        """Tell for the days on which the task is in no job why it is not, until that takes too long."""
        found: list[Reason] = []
        until = None
        for some in each(asking, self.task):
            found += (r for r in some if not self._lies(r))
            until = until or time.monotonic() + SOON
            if time.monotonic() > until:
                self.whole = False
                break
        return [self._told(r) for r in grouped(found)]

    def _lies(self, reason: Reason) -> bool:
        """Tell whether a reason speaks of the very place where the task lies."""
        return any(p.task == self.task and p.spot.job == reason.job and p.day in reason.days for p in self.board.placed)

    def _without(self) -> tuple[str, list[str], list[str]]:
        """Tell what the task gives where it is, what no longer holds without it, and whether it could go elsewhere."""
        found = without(self.problem, self.board.jobs, self.task)
        code = "table.why_gives" if found.relief >= 0 else "table.why_costs"
        gives = tell(code, lang(), hours=self.voice.hours(abs(found.relief)))
        breaks = [named(tell_breach(b, lang()), lang()) for b in found.breaches]
        known = set(self.reasons)
        moves = [told for told in self._from(Asking(self.problem, found.jobs)) if told not in known]
        return gives, breaks, moves


@require_GET
@needs("see_design", find.board)
def why(request: HttpRequest, row: Board, task: str) -> HttpResponse:
    """Tell why a task is where it is on a board and why not elsewhere, as far as that is soon known."""
    problem = boards.problem_of(row)
    if task not in problem.tasks:
        raise Http404
    answer = Answer(problem, row.read(), task)
    return render(request, "design/why.html", _shown(request, row, answer))


def _shown(request: HttpRequest, row: Board, answer: Answer) -> dict[str, Any]:
    return {
        "board": row,
        "row": row.workplace,
        "step": "design",
        "answer": answer,
        "allowed": may(request.user, "run_design", row) and not answer.never,
    }


@require_POST
@needs("run_design", find.board)
def ask_why(request: HttpRequest, row: Board, task: str) -> HttpResponse:
    """Put in the queue: which little change lets the task in, and what it costs to put it there."""
    place = at_version(row.workplace, row.workplace_version)
    if task not in {t.id for t in place.tasks}:
        raise Http404
    question = ToExplain(workplace=place, board=row.read(), task=task)
    return redirect("run", queue.ask_board(row, question, request.user).pk)


@require_GET
@needs("see_design", find.run)
def explained(request: HttpRequest, row: Run) -> HttpResponse:
    """Show what came of looking further into one task."""
    if row.kind != Run.Kind.WHY:
        raise Http404
    asked = read_question(row.question)
    assert isinstance(asked, ToExplain) and row.board is not None
    problem = problem_on(asked.workplace, asked.board)
    jobs = [Voice(problem, lang()).job(n) for n in range(1, len(asked.board.jobs) + 1)]
    parts = json.loads(row.told).get("answer", {}).get(lang(), [])
    for part in parts:
        part["costs"] = [_split(told) for told in part["force"]]
    shown = {
        "run": row,
        "board": row.board,
        "row": row.workplace,
        "step": "design",
        "task": asked.task,
        "name": f"{asked.task} {problem.tasks[asked.task].name_in(lang())}",
        "parts": list(zip(jobs, parts, strict=False)),
        "moved_since": row.board.version != row.board_version,
        "allowed": may(request.user, "run_design", row),
    }
    return render(request, "design/explained.html", shown)


def _split(told: str) -> tuple[str, list[str]]:
    """Return the first line of what is told, and what stands below it on lines of its own."""
    first, *more = told.split("\n")
    return first, [line.removeprefix("  - ") for line in more]
