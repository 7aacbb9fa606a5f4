"""What a run asks and what comes of it, without Django: this is what the counting process imports."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import Any, Literal

from klaver.language import LANGUAGES
from klaver.values import Record
from klaver.work.records import Workplace

Told = dict[str, Any]


class Question(Record):
    """One search: the workplace as it was, with the wishes in it, the date of the rules, the seed and the rounds."""

    kind: Literal["search"] = "search"
    workplace: Workplace
    on: str
    seed: int = 1
    rounds: int
    alternatives: int = 4


def answer(asked: Question, tell: Callable[[Told], None], stop: Callable[[], bool]) -> Told:
    """Search; progress is told as plain data, and ends with the status and the designs (as JSON)."""
    from klaver.design.parameters import parameters
    from klaver.design.problem import problem
    from klaver.design.receipts import receipt_of
    from klaver.design.records import Status
    from klaver.design.solve.alternatives import design
    from klaver.design.solve.effort import work_of_a_round
    from klaver.design.solve.search import Effort, Progress
    from klaver.people import profiles

    place, found = asked.workplace, profiles()
    question = problem(place, parameters(asked.on), found)
    work = work_of_a_round(question)

    def progress(made: Progress) -> None:
        aim = made.objective.value if made.objective else "start"
        tell({"aim": aim, "round": made.round, "rounds": made.rounds})

    effort = Effort(rounds=asked.rounds, work=work, seed=asked.seed, stop=stop, tell=progress)
    made = design(
        question, receipt_of(place, found, asked.seed, asked.alternatives, asked.on, work), effort, asked.alternatives
    )
    told: Told = {"status": made.status.value, "designs": [d.to_json() for d in made.designs], "fewer": made.fewer}
    if not made.designs and made.status is Status.IMPOSSIBLE:
        from klaver.design.solve.conflict import conflict
        from klaver.documents.clash import clash_lines

        tell({"aim": "clash", "round": 0, "rounds": 0})
        clash = conflict(replace(question, confirmed_only=True), effort)
        told["why"] = {
            lang: clash_lines(clash, {t.id: t.name_in(lang) for t in place.tasks}, lang) for lang in LANGUAGES
        }
    return told


def answer_any(text: str, tell: Callable[[Told], None], stop: Callable[[], bool]) -> Told:
    """Answer a stored question of any kind; one without a kind is a search."""
    if json.loads(text).get("kind", "search") == "search":
        return answer(Question.model_validate_json(text), tell, stop)
    from klaver.web.runs.about_board import answer_board

    return answer_board(text, tell, stop)


def child(line: Connection, question: str) -> None:
    """Answer in a process of its own; words come and go over ``line``, and when its other end is gone it ends."""
    stopped = threading.Event()

    def listen() -> None:
        try:
            while line.recv() == "stop":
                stopped.set()
        except (EOFError, OSError):
            os._exit(1)  # whoever asked is gone: nobody would hear the answer

    threading.Thread(target=listen, daemon=True).start()
    made = answer_any(question, lambda told: line.send(json.dumps(told)), stopped.is_set)
    line.send(json.dumps({"answer": made}))
