"""Under the hand: how soon a move on a board is answered, and how good the repair is that is offered after it.

A design is made for each case; then moves are drawn by chance: a task that may move, on one of its days, into a job
that works that day or out of its job. Each is asked on the design as it was: answer and repair are timed, and the
checker judges what the repair gives. ``--quick`` takes the two examples and few moves and writes nothing; ``--bars``
ends with 1 when a bar is short; without ``--quick`` it goes on where it was stopped and rewrites the page of results.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that it can be called as a file

import numpy as np
from benchmarks.rows import Rows, code, stamps
from benchmarks.running import stopwatch
from benchmarks.workplaces import people, workplace

from benchmarks import page
from klaver.design.effects import relief_hundredths
from klaver.design.kernel.decide import decide
from klaver.design.kernel.hand import Hand, Move
from klaver.design.kernel.mend import better
from klaver.design.kernel.mend import repair as mended
from klaver.design.kernel.numbers import ROLE
from klaver.design.parameters import parameters
from klaver.design.problem import Problem, problem
from klaver.design.records import Job, Objective
from klaver.design.solve.day import Days
from klaver.design.solve.search import Effort, Search
from klaver.people import profiles
from klaver.work.workbook import read_workplace

RULES_ON = "2026-11-24"
EXAMPLES = ("ward", "school")
GENERATED = (("installation-firm", "ward", 2), ("hotel-kitchen", "ward", 2), ("hotel-kitchen", "hospital", 1))
MOVES, QUICK = 200, 20
KEPT = page.RESULTS / "moves.json"
SEED = 1


@dataclass(frozen=True)
class Case:
    """What moves are drawn on."""

    name: str
    large: bool
    asked: Problem
    jobs: tuple[Job, ...]


@dataclass(frozen=True)
class Row:
    """What came of all moves of a case: seconds in the order of size, and what the repairs were worth."""

    name: str
    large: bool
    answers: tuple[float, ...]
    repairs: tuple[float, ...]
    kept: tuple[float, ...]
    tasks: tuple[int, ...]
    none: int
    foreign: int
    impossible: int


FIELDS = Row.__dataclass_fields__


def examples() -> list[tuple[str, bool, Problem]]:
    """Return the questions of the two examples."""
    places = ((name, read_workplace(page.ROOT / "examples" / f"{name}.xlsx")) for name in EXAMPLES)
    return [(name, False, problem(place, parameters(RULES_ON), profiles())) for name, place in places]


def generated() -> list[tuple[str, bool, Problem]]:
    """Return questions of generated workplaces."""
    made = []
    for setting, size, seed in GENERATED:
        asked = problem(workplace(setting, size, seed), parameters(RULES_ON), people(setting, size, seed))
        made.append((f"{setting}/{size}/{seed}", size == "hospital", asked))
    return made


def designed(name: str, large: bool, asked: Problem, rounds: int) -> Case | None:
    """Make a design to move on; ``None`` when none is found."""
    effort = Effort(rounds=rounds, work=5.0 if large else 1.0, seed=SEED)
    found = Search(asked, Objective.RELIEF, Days(asked)).run(effort, until=lambda jobs: large and bool(jobs))
    return None if found.jobs is None else Case(name, large, asked, found.jobs)


def drawn(case: Case, hand: Hand, chance: Random) -> Move:
    """Draw a legal move: a class that may move, into a job that works that day, or out of its own.

    It is not legal when the class alone takes more from a role than that role may lose: it can only be done together.
    """
    n = hand.kernel.numbers
    owners = {(e.task, s.day): n for n, j in enumerate(case.jobs) for s in j.shifts for e in s.entries}
    while True:
        found = chance.choice(case.asked.classes)
        rows = n.role[n.per_class[found.index, ROLE] : n.per_class[found.index + 1, ROLE]]
        if any((row[1:] > n.role_caps[row[0]]).any() for row in rows):
            continue
        owner = owners.get((found.task.id, found.day))
        works = [j for j, job in enumerate(case.jobs) if any(s.day is found.day for s in job.shifts)]
        to: list[int | None] = [j for j in works if j != owner]
        if owner is not None:
            to.append(None)
        if to:
            return Move(found.task.id, (found.day,), chance.choice(to))


def is_foreign(case: Case, move: Move) -> bool:
    """Tell whether a task brings a person who gives orders, or a place, that is one too many for the job."""
    if move.job is None:
        return False
    asked, job, task = case.asked, case.jobs[move.job], case.asked.tasks[move.task]
    done = [(s.day, asked.tasks[e.task]) for s in job.shifts for e in s.entries]
    givers = {t.instructs for _, t in done} | {task.instructs}
    if len(givers - {None}) > asked["instructors_max"]:
        return True
    places = [{t.place for day, t in done if day is on} | {task.place} for on in move.days]
    return any(len(here - {None}) > asked["places_day_max"] for here in places)


def warm(hand: Hand, case: Case) -> None:
    """Have every loop compiled, or read from disk: once on a machine, and not part of an answer."""
    chance = Random(0)
    for _ in range(10):
        move = drawn(case, hand, chance)
        mended(hand, move)
        Hand.of(case.asked, case.jobs, hand.kernel).move(move)
    better(hand)
    row = np.zeros(1, np.int64)
    decide(hand.kernel.numbers, row, 1, row.copy(), np.zeros(4, np.int64))


def measured(case: Case, many: int) -> Row:
    """Ask every move on the design as it was."""
    chance, before = Random(SEED), relief_hundredths(case.asked, case.jobs)
    first = Hand.of(case.asked, case.jobs)
    warm(first, case)
    answers, repairs, kept, tasks, none = [], [], [], [], 0
    foreign = impossible = 0
    hand = Hand.of(case.asked, case.jobs, first.kernel)
    while len(answers) < many:
        move = drawn(case, hand, chance)
        other = Hand.of(case.asked, case.jobs, first.kernel)
        clock = stopwatch()
        reply = other.move(move)
        spent = clock()
        if any(d.possible is False for d in reply.days):
            impossible += 1
            continue
        if is_foreign(case, move):
            foreign += 1
            continue
        answers.append(spent)
        clock = stopwatch()
        repair = mended(hand, move)
        repairs.append(clock())
        if repair is None:
            none += 1
            continue
        kept.append(relief_hundredths(case.asked, repair.jobs) / before)
        tasks.append(repair.tasks)
    return Row(
        case.name, case.large, *map(tuple, map(sorted, (answers, repairs, kept, tasks))), none, foreign, impossible
    )


def late(values: Sequence[float], part: float = 0.95) -> float:
    """Return the value that a part of all stays at or under."""
    return sorted(values)[min(len(values) - 1, int(part * len(values)))] if values else float("inf")


def bars(rows: Sequence[Row]) -> list[tuple[str, float, str, bool]]:
    """Judge every case."""
    made = []
    for row in rows:
        limit = 0.050 if row.large else 0.005
        answer, repair = late(row.answers), late(row.repairs)
        good = sum(k >= 0.98 and t <= 10 for k, t in zip(row.kept, row.tasks, strict=True)) / len(row.answers)
        made += [
            (f"{row.name} answer_p95_s", answer, f"<={limit}", answer <= limit),
            (f"{row.name} repair_p95_s", repair, "<=1", repair <= 1),
            (f"{row.name} repairs_of_98_percent_and_10_tasks", good, ">=0.95", good >= 0.95),
        ]
    return made


def text(rows: Sequence[Row], made: str = "") -> str:
    """Return the page of results; ``made`` says when and on what machine."""
    head = [
        "case",
        "moves",
        "left out: impossible, foreign",
        "answer p95, ms",
        "repair p95, s",
        "repaired",
        "value kept, p5",
        "tasks changed, most",
    ]
    lines = [
        [
            row.name,
            str(len(row.answers)),
            f"{row.impossible}, {row.foreign}",
            f"{1000 * late(row.answers):.2f}",
            f"{late(row.repairs):.2f}",
            f"{len(row.kept)}",
            f"{late(row.kept, 0.05):.3f}",
            str(max(row.tasks, default=0)),
        ]
        for row in rows
    ]
    judged = [[name, f"{figure:.4f}", target, "ok" if ok else "short"] for name, figure, target, ok in bars(rows)]
    parts = [
        "# Moves: an answer at once, and a repair that leaves the rest",
        f"{made} {page.versions('numba')}.".strip(),
        "Moves are drawn by chance on a design of each case: a task that may move, on one day, into a job that works"
        " that day or out of its own. A move of which the day is proved impossible does not count, nor one of a task"
        " that takes from a role what it may not lose whatever else moves: such a task can only be done together."
        " The answer is the kernel's, with every rule, value and door; the repair changes only the jobs that the move"
        " touches and what nobody does, and is judged by the checker. *Repaired* is for how many moves one was found;"
        " *left out* are moves that were drawn and do not count: the day is proved impossible, or the task brings a"
        " place or a person who gives orders that is one too many for the job, which would have to be made anew;"
        " value kept is net relief after the repair as a part of what it was.",
        "\n".join(page.table(head, lines)),
        "## Bars",
        "\n".join(page.table(["bar", "figure", "target", "ok or short"], judged)),
        "Made by `python benchmarks/moves.py`; the rows are in [moves.json](moves.json).",
    ]
    return "\n\n".join(parts) + "\n"


def full() -> list[Row]:
    """Measure every case that is missing or was made by other code, keep each at once, and rewrite the page."""
    rows = Rows(KEPT, ("name",))
    mark = code([Path(__file__).resolve(), Path(__file__).resolve().with_name("workplaces.py")], engine=True)
    for name, large, question in [*examples(), *generated()]:
        if rows.has(mark, name=name):
            continue
        case = designed(name, large, question, 12 if large else 3)
        if case is None:
            print(f"{name}: no design to move on", file=sys.stderr)
            continue
        rows.add(mark, [asdict(measured(case, MOVES))])
        print(f"{name}: measured", file=sys.stderr)
    found = [
        Row(**{k: tuple(v) if isinstance(v, list) else v for k, v in row.items() if k in FIELDS}) for row in rows.every
    ]
    page.save(KEPT.with_suffix(".md"), text(found, stamps(rows.every)))
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, tell, and judge when asked."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--quick", action="store_true", help="the examples and few moves; writes nothing")
    asked.add_argument("--bars", action="store_true", help="one line a bar; ends with 1 when one is short")
    given = asked.parse_args(arguments)
    if given.quick:
        cases = [designed(*one, rounds=1) for one in examples()]
        rows = [measured(case, QUICK) for case in cases if case is not None]
    else:
        rows = full()
    judged = bars(rows)
    for name, figure, target, ok in judged:
        print(name, f"{figure:.4f}", target, "ok" if ok else "short")
    return 0 if not given.bars or all(ok for *_, ok in judged) else 1


if __name__ == "__main__":
    sys.exit(main())
