"""What the benchmark of why measures: drawn questions beside the twin, and every kind of question timed on a design."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from random import Random
from typing import Any

from benchmarks.moves import RULES_ON, late
from benchmarks.running import stopwatch
from tests.design.why_twin import (
    QUARTERS,
    TENS,
    change_disagreement,
    disagreement,
    draw,
    out_disagreement,
    questions,
)

from benchmarks import page
from klaver.design.parameters import parameters
from klaver.design.problem import Class, Problem, problem
from klaver.design.records import Job, Objective
from klaver.design.solve.day import Days
from klaver.design.solve.search import Effort, Search
from klaver.design.why.change import changes
from klaver.design.why.force import Board
from klaver.design.why.here import Asking
from klaver.design.why.out import taking_out
from klaver.design.why.records import OPEN, POSSIBLE
from klaver.people import profiles
from klaver.work.workbook import read_workplace

KINDS = ("why", "out", "change", "force")


def drawn(kind: str, block: int, many: int) -> dict[str, Any]:
    """Ask drawn questions of one kind, each of the twin too; tell how many, how many wrong, and how many left open."""
    row: dict[str, Any] = {"kind": kind, "block": block, "questions": 0, "wrong": 0, "open": 0, "named": 0, "needed": 0}
    seed = 1_000_000 * KINDS.index(kind) + 10_000 * block
    while row["questions"] < many:
        seed += 1
        asked, jobs = draw(Random(seed), QUARTERS if kind == "change" else TENS)
        asking = Asking(asked, jobs)
        found = questions(asked, jobs)
        for number, one in found if kind == "why" else found[:2]:
            reasons = asking.reasons(number, one)
            if kind != "why" and any(r.code == POSSIBLE for r in reasons):
                continue
            if kind == "why":
                wrong = disagreement(asked, jobs, number, one, reasons)
                named, needed = leave_one_out(asking, number, one)
                row["named"], row["needed"] = row["named"] + named, row["needed"] + needed
            else:
                wrong = (out_disagreement if kind == "out" else change_disagreement)(asking, number, one)
            undecided = any(r.code == OPEN for r in reasons) or wrong == "not decided"
            row["questions"] += 1
            row["open"] += undecided
            row["wrong"] += wrong is not None and not undecided
            if wrong is not None:
                print(f"{kind} {seed} {number} {one.task.id}: {wrong}", file=sys.stderr)
    return row


def leave_one_out(asking: Asking, number: int, found: Class) -> tuple[int, int]:
    """Return how many tasks are named as leaving no room, and how many of them the exact day says are needed.

    The exact day is asked without the kernel: all together must have no timetable, and each time one is left out there
    must be one.
    """
    named = needed = 0
    days = Days(asking.problem)
    for reason in asking.reasons(number, found):
        those = frozenset(asking.problem.by_key[t, found.day].index for t in reason.tasks) | {found.index}
        if reason.tasks:
            shut = days.decide(those, frozenset())
            for i in those - {found.index}:
                named += 1
                needed += shut.proved and shut.shift is None and days.decide(those - {i}, frozenset()).shift is not None
    return named, needed


def ward(quick: bool) -> tuple[Problem, tuple[Job, ...]]:
    """Return the example ward with a design of two jobs."""
    place = read_workplace(page.ROOT / "examples" / "ward.xlsx")
    asked = problem(place, parameters(RULES_ON), profiles())
    effort = Effort(rounds=1, work=0.5 if quick else 1.0, seed=1)
    found = Search(asked, Objective.RELIEF, Days(asked)).run(effort)
    assert found.jobs is not None
    return asked, found.jobs


def timed(asked: Problem, jobs: tuple[Job, ...], many: int) -> Iterator[dict[str, Any]]:
    """Time every kind of question on a design; a question is a task, a day and a job."""
    board = Board(asked, jobs)
    found = questions(asked, jobs)
    Random(1).shuffle(found)
    Asking(asked, jobs).reasons(*found[-1])  # what is compiled once is not part of an answer
    board.force(found[-1][0], [found[-1][1]])
    spent: dict[str, list[float]] = {kind: [] for kind in KINDS}
    undecided, named, needed = dict.fromkeys(KINDS, 0), 0, 0
    for number, one in found[:many]:
        asking = Asking(asked, jobs, board.hand.kernel.numbers)  # nothing is remembered from one question to the next
        clock = stopwatch()
        reasons = asking.reasons(number, one)
        spent["why"].append(clock())
        undecided["why"] += any(r.code == OPEN for r in reasons)
        two = leave_one_out(asking, number, one)
        named, needed = named + two[0], needed + two[1]
        clock = stopwatch()
        undecided["out"] += not taking_out(asking, number, one, reasons).sure
        spent["out"].append(clock())
        clock = stopwatch()
        undecided["change"] += not changes(asking, number, one, reasons).sure
        spent["change"].append(clock())
    for number, one in found[: many // 4]:
        clock = stopwatch()
        undecided["force"] += board.force(number, [one]).code == "force.not_found"
        spent["force"].append(clock())
    for kind in KINDS:
        times = spent[kind]
        row = {"kind": f"ward {kind}", "block": 0, "questions": len(times), "wrong": 0, "open": undecided[kind]}
        ends = {"p50": late(times, 0.5), "p95": late(times), "most": max(times), "load": os.getloadavg()[0]}
        yield row | {"named": named * (kind == "why"), "needed": needed * (kind == "why")} | ends
