"""What the benchmark of why measures: drawn questions beside the twin, and every kind of question timed on a design."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from typing import Any, TypeVar

from benchmarks.moves import RULES_ON, late
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

_T = TypeVar("_T")


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
    """Time every kind of question on a design; a question is a task, a day and a job, and is answered on one core.

    Beside the time on the wall stands that of the core: on a machine that others use, only the second can be compared.
    """
    board = Board(asked, jobs)
    found = questions(asked, jobs)
    Random(1).shuffle(found)
    Asking(asked, jobs).reasons(*found[-1])  # what is compiled once is not part of an answer
    for number, one in found[-2:]:
        board.force(number, [one])
    spent: dict[str, list[tuple[float, float]]] = {kind: [] for kind in KINDS}
    undecided, named, needed = dict.fromkeys(KINDS, 0), 0, 0

    def told(kind: str, answer: Callable[[], _T]) -> _T:
        wall, core = time.perf_counter(), time.process_time()
        made = answer()
        spent[kind].append((time.perf_counter() - wall, time.process_time() - core))
        return made

    for number, one in found[:many]:
        asking = Asking(asked, jobs, board.hand.kernel.numbers)  # nothing is remembered between questions
        reasons = told("why", partial(asking.reasons, number, one))
        undecided["why"] += any(r.code == OPEN for r in reasons)
        two = leave_one_out(asking, number, one)
        named, needed = named + two[0], needed + two[1]
        undecided["out"] += not told("out", partial(taking_out, asking, number, one, reasons)).sure
        undecided["change"] += not told("change", partial(changes, asking, number, one, reasons)).sure
    for number, one in found[: many // 6]:
        undecided["force"] += told("force", partial(board.force, number, [one])).code == "force.not_found"
    for kind in KINDS:
        wall, core = ([s[k] for s in spent[kind]] for k in (0, 1))
        row = {"kind": f"ward {kind}", "block": 0, "questions": len(wall), "wrong": 0, "open": undecided[kind]}
        ends = {"p50": late(core, 0.5), "p95": late(core), "most": max(core), "wall": late(wall)}
        row |= {"named": named * (kind == "why"), "needed": needed * (kind == "why")}
        yield row | ends | {"load": os.getloadavg()[0]}
