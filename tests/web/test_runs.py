"""Searches in the background: they end right, also when a worker dies, and what was found is kept."""

from __future__ import annotations

import json
import multiprocessing
import threading
import time
from datetime import timedelta
from multiprocessing import Pipe
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.design.cases import ON, task, workplace
from tests.web.cases import answered, question

from klaver.design.records import Design as Document
from klaver.web.runs import queue, worker
from klaver.web.runs.question import Question, answer, child
from klaver.web.store.models import Design, Run, Workplace
from klaver.work.records import Wishes

State = Run.State


@pytest.fixture
def run(place: Workplace) -> Run:
    return queue.ask(place, question(), None)


def test_what_is_asked_in_the_browser_waits_in_the_queue(inside: Client, place: Workplace) -> None:
    answered = inside.post(f"/workplaces/{place.pk}/design/", {"jobs": 2, "week_min": "12.5", "week_max": "25"})
    run = Run.objects.get()
    assert answered.url == f"/runs/{run.pk}/"  # type: ignore[attr-defined]
    asked = Question.model_validate_json(run.question)
    wishes = asked.workplace.wishes
    assert (wishes.jobs, wishes.week_min, wishes.week_max) == (2, 750, 1500)
    assert run.state == State.QUEUED
    page = inside.get(answered.url).content.decode()  # type: ignore[attr-defined]
    assert "Wacht op zijn beurt." in page


@pytest.mark.parametrize(
    "wrong", [{"jobs": 0}, {"jobs": ""}, {"week_min": 0}, {"week_min": 30, "week_max": 20}, {"week_max": "veel"}]
)
def test_wishes_that_cannot_be_are_told_and_nothing_is_asked(
    inside: Client, place: Workplace, wrong: dict[str, object]
) -> None:
    given = {"jobs": 2, "week_min": 10, "week_max": 20} | wrong
    page = inside.post(f"/workplaces/{place.pk}/design/", given)
    assert "errorlist" in page.content.decode()
    assert not Run.objects.exists()


def test_a_workplace_without_anything_to_move_says_so(inside: Client, place: Workplace) -> None:
    Workplace.objects.update(document=workplace(task("N1", 60, legal="reserved")).to_json())
    page = inside.get(f"/workplaces/{place.pk}/design/").content.decode()
    assert "Er is nog geen taak die naar een nieuwe job kan." in page


def test_one_worker_gets_a_run_and_no_other(run: Run) -> None:
    assert queue.claim() == run
    assert queue.claim() is None


def test_a_run_that_is_not_heard_of_is_taken_up_again_and_given_up_after_three(run: Run) -> None:
    for attempt in (1, 2, 3):
        claimed = queue.claim()
        assert claimed is not None
        assert claimed.attempts == attempt
        Run.objects.update(beat=timezone.now() - timedelta(minutes=1))
    assert queue.claim() is None
    run.refresh_from_db()
    assert run.state == State.FAILED


def test_a_run_that_is_alive_is_left_alone(run: Run) -> None:
    queue.claim()
    queue.beat(run, {"aim": "relief", "round": 1, "rounds": 4})
    assert queue.claim() is None


def test_progress_is_told_in_words_and_the_page_asks_again(inside: Client, run: Run) -> None:
    queue.claim()
    for aim, said in (("relief", "1"), ("start", "1"), ("clash", "botsen")):
        queue.beat(run, {"aim": aim, "round": 1, "rounds": 4})
        page = inside.get(f"/runs/{run.pk}/", headers={"HX-Request": "true"}).content.decode()
        assert "hx-get" in page
        assert said in page


def test_an_answer_is_kept_once_and_shown(inside: Client, run: Run) -> None:
    queue.claim()
    queue.finish(run, answered())
    queue.finish(run, answered())
    run.refresh_from_db()
    assert run.state == State.DONE
    assert [d.read().to_json() for d in Design.objects.all()] == answered()["designs"]
    again = inside.get(f"/runs/{run.pk}/", headers={"HX-Request": "true"})
    assert (again.status_code, again["HX-Refresh"]) == (286, "true")
    page = inside.get(f"/runs/{run.pk}/").content.decode()
    assert "Mogelijkheid 1" in page
    shown = inside.get(f"/designs/{Design.objects.get().pk}/").content.decode()
    assert "<svg" in shown
    assert "style=" not in shown, "a strict page has no styles of its own"
    report = inside.get(f"/runs/{run.pk}/report.pdf")
    assert report.content.startswith(b"%PDF")


def test_there_is_no_report_before_there_is_an_answer(inside: Client, run: Run) -> None:
    assert inside.get(f"/runs/{run.pk}/report.pdf").status_code == 404


def test_a_run_that_waits_stops_at_once(inside: Client, run: Run) -> None:
    inside.post(f"/runs/{run.pk}/stop/")
    run.refresh_from_db()
    assert run.state == State.STOPPED
    assert queue.claim() is None


def test_wishes_that_clash_are_told_with_the_smallest_change() -> None:
    told: list[dict[str, Any]] = []
    hours = Wishes(jobs=1, week_min=2200, week_max=2280)
    bare = workplace(task("T1", 60), task("T2", 45), wishes=hours)
    asked = Question(workplace=bare, on=ON, rounds=1, alternatives=1)
    made = answer(asked, told.append, lambda: False)
    assert made["status"] == "impossible"
    assert made["designs"] == []
    assert any(t["aim"] == "clash" for t in told)
    assert made["why"].keys() == {"nl", "fr", "en"}
    assert len(made["why"]["nl"]) > 1


def test_why_nothing_was_found_is_shown(inside: Client, run: Run) -> None:
    queue.claim()
    queue.finish(
        run, {"status": "impossible", "designs": [], "why": {"nl": ["Twee uren te veel."], "fr": [], "en": []}}
    )
    page = inside.get(f"/runs/{run.pk}/").content.decode()
    assert "Geen mogelijkheid gevonden." in page
    assert "Twee uren te veel." in page


@pytest.mark.django_db(transaction=True)
def test_a_worker_answers_in_a_process_of_its_own_the_same_as_here(place: Workplace) -> None:
    run = queue.ask(place, question(), None)
    ends = threading.Event()

    def until_done() -> bool:
        done = not Run.objects.get().going
        return done or ends.is_set()

    worker.work(until_done)
    run.refresh_from_db()
    assert run.state == State.DONE
    found = [Document.model_validate_json(text) for text in answered()["designs"]]
    assert [d.read().jobs for d in Design.objects.all()] == [d.jobs for d in found]
    assert [d.read().receipt for d in Design.objects.all()] == [d.receipt for d in found]


@pytest.mark.django_db(transaction=True)
def test_a_killed_process_gives_the_run_back_and_another_ends_it_right(place: Workplace) -> None:
    run = queue.ask(place, question(rounds=2000), None)

    def kill() -> None:
        while not multiprocessing.active_children():
            time.sleep(0.05)
        for process in multiprocessing.active_children():
            process.kill()

    killer = threading.Thread(target=kill)
    killer.start()
    claimed = queue.claim()
    assert claimed is not None
    worker.search(claimed, lambda: False)
    killer.join()
    run.refresh_from_db()
    assert run.state == State.QUEUED
    Run.objects.update(question=question().model_dump_json())  # the same search, shorter
    claimed = queue.claim()
    assert claimed is not None
    assert claimed.attempts == 2
    worker.search(claimed, lambda: False)
    run.refresh_from_db()
    assert run.state == State.DONE
    assert [d.document for d in Design.objects.all()] == answered()["designs"]


@pytest.mark.django_db(transaction=True)
def test_who_stops_a_search_keeps_what_it_found(place: Workplace) -> None:
    run = queue.ask(place, question(rounds=2000, alternatives=4), None)
    claimed = queue.claim()
    assert claimed is not None

    def stop() -> None:
        queue.stop(run)
        connection.close()  # PostgreSQL drops no database that somebody looks into

    asked = threading.Timer(8.0, stop)
    asked.start()
    began = time.monotonic()
    worker.search(claimed, lambda: False)
    assert time.monotonic() - began < 60
    run.refresh_from_db()
    assert run.state == State.STOPPED
    assert json.loads(run.told)["status"] == "stopped"
    assert Design.objects.count() >= 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_ends_gives_its_run_back(place: Workplace) -> None:
    run = queue.ask(place, question(rounds=2000), None)
    claimed = queue.claim()
    assert claimed is not None
    ends = time.monotonic() + 1
    worker.search(claimed, lambda: time.monotonic() > ends)
    run.refresh_from_db()
    assert run.state == State.QUEUED


def test_the_counting_process_answers_on_its_line_and_ends_when_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()
    monkeypatch.setattr("klaver.web.runs.question.os._exit", lambda code: ended.set())
    here, there = Pipe()
    counting = threading.Thread(target=child, args=(there, question().model_dump_json()))
    counting.start()
    told = []
    while not told or "answer" not in told[-1]:
        told.append(json.loads(here.recv()))
    counting.join()
    assert told[0]["aim"] == "start"
    assert told[-1]["answer"]["designs"] == answered()["designs"]
    assert not ended.is_set()
    here.close()
    assert ended.wait(10)
