"""The queue of runs is the table of runs: asked, claimed by one worker, kept alive by its beat, taken up again."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from klaver.web.runs.about_board import AboutBoard
from klaver.web.runs.question import Question, Told
from klaver.web.store.models import Board, Design, Run, Workplace

STALE = timedelta(seconds=10)
"""A run whose worker was not heard for so long is taken up by another."""

ATTEMPTS = 3
"""How often a run is begun before it counts as failed."""

State = Run.State


def ask(workplace: Workplace, question: Question, by: Any) -> Run:
    """Put a search in the queue."""
    text = question.model_dump_json()
    return Run.objects.create(workplace=workplace, workplace_version=workplace.version, by=by, question=text)


def ask_board(board: Board, question: AboutBoard, by: Any) -> Run:
    """Put a question about a board in the queue; one that was asked already and is still going is not asked twice.

    It rests on the board and the workplace as they are in the question.
    """
    text = question.model_dump_json()
    going = board.runs.filter(kind=question.kind, question=text, state__in=Run.GOING).first()
    return going or Run.objects.create(
        workplace=board.workplace,
        workplace_version=board.workplace_version,
        board=board,
        board_version=board.version,
        kind=question.kind,
        by=by,
        question=text,
    )


def claim() -> Run | None:
    """Take the next run; two workers never get the same one."""
    now = timezone.now()
    lost = Q(state=State.RUNNING, beat__lt=now - STALE)
    Run.objects.filter(lost, attempts__gte=ATTEMPTS).update(state=State.FAILED, ended=now)
    waiting = Run.objects.filter(Q(state=State.QUEUED) | lost).order_by("created").values_list("pk", "state", "beat")
    for key, state, beat in waiting[:8]:
        mine = Run.objects.filter(pk=key, state=state, beat=beat)
        if mine.update(state=State.RUNNING, beat=now, attempts=F("attempts") + 1):
            return Run.objects.get(pk=key)
    return None


def beat(run: Run, told: Told | None) -> bool:
    """Say that a run is alive, with its progress; returns whether somebody asked to stop."""
    changed: dict[str, Any] = {"beat": timezone.now()}
    if told is not None:
        changed["told"] = json.dumps(told)
    Run.objects.filter(pk=run.pk, state=State.RUNNING).update(**changed)
    return bool(Run.objects.filter(pk=run.pk, stop_asked=True).exists())


@transaction.atomic
def finish(run: Run, made: Told) -> None:
    """Keep the designs of a run and close it; a run that was closed already stays as it is."""
    row = Run.objects.select_for_update().get(pk=run.pk)
    if row.state != State.RUNNING:
        return
    for number, text in enumerate(made["designs"], 1):
        Design.objects.create(workplace_id=row.workplace_id, run=row, number=number, document=text)
    answered = made["designs"] or "answer" in made
    ended = State.STOPPED if made["status"] == "stopped" else State.DONE if answered else State.EMPTY
    row.told = json.dumps({k: v for k, v in made.items() if k != "designs"})
    row.state, row.ended = ended, timezone.now()
    row.save()


def give_back(run: Run) -> None:
    """Let another attempt take up a run whose process died; after the last one it has failed."""
    still = Run.objects.filter(pk=run.pk, state=State.RUNNING)
    still.filter(attempts__gte=ATTEMPTS).update(state=State.FAILED, ended=timezone.now())
    still.filter(attempts__lt=ATTEMPTS).update(state=State.QUEUED, beat=None)


def stop(run: Run) -> None:
    """Ask a run to stop: what waits is closed at once, what counts ends after its round."""
    Run.objects.filter(pk=run.pk).update(stop_asked=True)
    Run.objects.filter(pk=run.pk, state=State.QUEUED).update(state=State.STOPPED, ended=timezone.now())
