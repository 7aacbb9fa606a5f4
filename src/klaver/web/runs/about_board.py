"""Questions about a board that take a while, and their answers, without Django: the counting process imports this."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from klaver.design.board.records import Board
from klaver.design.problem import Problem, problem
from klaver.design.records import Job
from klaver.language import LANGUAGES
from klaver.people import profiles
from klaver.values import Record
from klaver.work.records import Ident, Workplace

Told = dict[str, Any]
Tell = Callable[[Told], None]
Stop = Callable[[], bool]

ROUNDS = 6
"""Rounds of completing a board; between two of them a person is heard."""


class ToComplete(Record):
    """Fill a board around its pinned cards; seed and rounds make a second attempt give the same."""

    kind: Literal["complete"] = "complete"
    workplace: Workplace
    board: Board
    seed: int = 1
    rounds: int = ROUNDS


class ToExplain(Record):
    """Why a task is not in each job, the smallest change that lets it in, and what it costs to put it there."""

    kind: Literal["why"] = "why"
    workplace: Workplace
    board: Board
    task: Ident


class ToAsk(Record):
    """Which answers would decide most about the jobs on a board."""

    kind: Literal["ask"] = "ask"
    workplace: Workplace
    board: Board


AboutBoard = ToComplete | ToExplain | ToAsk
_ANY: TypeAdapter[AboutBoard] = TypeAdapter(Annotated[AboutBoard, Field(discriminator="kind")])


def read_question(text: str) -> AboutBoard:
    """Return a stored question about a board."""
    return _ANY.validate_json(text)


def problem_on(place: Workplace, board: Board) -> Problem:
    """Return the question that a board on a workplace answers."""
    whole = place.model_copy(update={"wishes": board.wishes})
    return problem(whole, board.parameters, profiles(), board.wishes, confirmed_only=board.confirmed_only)


def jobs_of(board: Board) -> tuple[Job, ...] | None:
    """Return the jobs of a board; ``None`` while nothing lies in them."""
    return board.jobs if any(job.shifts for job in board.jobs) else None


def answer_board(text: str, tell: Tell, stop: Stop) -> Told:
    """Answer a stored question about a board; progress is told as plain data."""
    asked = read_question(text)
    question = problem_on(asked.workplace, asked.board)
    if isinstance(asked, ToComplete):
        return _completed(asked, question, tell, stop)
    if isinstance(asked, ToExplain):
        return _explained(asked, question, tell, stop)
    return _asked(asked, question, tell)


def _completed(asked: ToComplete, question: Problem, tell: Tell, stop: Stop) -> Told:
    from klaver.design.board.complete import complete
    from klaver.design.board.table import by_hand
    from klaver.design.solve.effort import work_of_a_round
    from klaver.design.solve.search import Effort, Progress
    from klaver.documents.clash import clash_lines

    def progress(made: Progress) -> None:
        tell({"aim": "complete", "round": made.round, "rounds": made.rounds})

    work = work_of_a_round(question)
    effort = Effort(rounds=asked.rounds, work=work, seed=asked.seed, stop=stop, tell=progress)
    found = complete(question, asked.board, effort, lambda: tell({"aim": "clash", "round": 0, "rounds": 0}))
    status = "stopped" if found.stopped else "feasible" if found.jobs else "impossible"
    if found.jobs is not None:
        return {"status": status, "designs": [by_hand(question, found.jobs, found.floors).to_json()]}
    told: Told = {"status": status, "designs": []}
    if found.clash is not None:
        clash, tasks = found.clash, question.workplace.tasks
        told["why"] = {lang: clash_lines(clash, {t.id: t.name_in(lang) for t in tasks}, lang) for lang in LANGUAGES}
    return told


def _explained(asked: ToExplain, question: Problem, tell: Tell, stop: Stop) -> Told:
    """Return for each job why not, what would be enough and what it costs, in every language; stop is heard between."""
    from klaver.design.why.here import Asking
    from klaver.design.why.task import grouped
    from klaver.design.why.without import without
    from klaver.documents.whynot import forced, named, tell_reason, told_forced, told_of_task

    jobs, task = asked.board.jobs, asked.task
    here, apart = Asking(question, jobs), Asking(question, without(question, jobs, task).jobs)
    pinned = {p.task for p in asked.board.placed if p.spot.pinned}
    parts: dict[str, list[Told]] = {lang: [] for lang in LANGUAGES}
    for number, job in enumerate(jobs):
        if stop():
            break
        tell({"aim": "why", "round": number + 1, "rounds": len(jobs)})
        done = {s.day for s in job.shifts if any(e.task == task for e in s.entries)}
        classes = [c for c in question.by_task.get(task, ()) if c.day not in done]
        cost = forced(here, [number], classes, pinned)
        reasons = grouped(r for c in classes for r in apart.reasons(number, c))
        for lang in LANGUAGES:
            enough = told_of_task(apart, task, job.id, lang, force=False, change=True)["changes"]
            told = {
                "reasons": [tell_reason(r, lang) for r in reasons],
                "changes": [row["told"] for row in enough],
                "force": [row["told"] for row in told_forced(cost, lang)],
            }
            parts[lang].append({part: [named(line, lang) for line in lines] for part, lines in told.items()})
    return {"status": "stopped" if stop() else "done", "designs": [], "answer": parts}


def _asked(asked: ToAsk, question: Problem, tell: Tell) -> Told:
    from klaver.design.asking import MANY, questions

    tell({"aim": "ask", "round": 1, "rounds": 1})
    found = questions(question, jobs_of(asked.board))
    first = [q.model_dump(mode="json") for q in found[:MANY]]
    return {"status": "done", "designs": [], "answer": first, "all": len(found)}
