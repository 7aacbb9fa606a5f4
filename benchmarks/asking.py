"""Ask next: how much ten chosen questions narrow the value of a design, beside ten random ones.

Each starter of the task library is designed untouched, with little effort. Then a hundred times a truth is drawn inside
the ranges of all that nobody told; the answers to ten questions are filled in from it, and the value range that is left
is measured with the same function that ``klaver ask`` prints. ``--quick`` takes two starters and fewer draws, under 50
seconds, and writes nothing; ``--bars`` prints a line per bar and ends with 1 when one is short; without either the page
of results is written anew.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import mean

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that it can be called as a file

from benchmarks import page
from klaver.design.asking import MANY, Question, questions
from klaver.design.doubt import JUDGED, changed, ends, parts_of, shares, told
from klaver.design.parameters import parameters
from klaver.design.problem import Problem, problem
from klaver.design.records import Job, Receipt
from klaver.design.solve.alternatives import design
from klaver.design.solve.effort import work_of_a_round
from klaver.design.solve.search import Effort
from klaver.design.spans import value_range
from klaver.people import profiles
from klaver.values import Range, Window
from klaver.work.records import Task
from klaver.work.starters import settings, start

RULES_ON = "2026-11-24"
QUICK = ("installation-firm", "primary-school")
LITTLE = 0.3
"""Deterministic work of a round in a quick run."""

AS_ASSUMED = 0.9
"""How often a yes or no turns out as it was assumed; a figure is drawn evenly between its ends."""

TARGET = 0.5

Truth = Mapping[tuple[str, str], Task]
"""By task and field: the task as it stands once that field was told."""


def drawn(asked: Problem, found: Iterable[Question], chance: Random, as_assumed: float) -> Truth:
    """Draw a truth for every value that some question is about, inside its range."""
    return {
        (name, field): _answer(asked, asked.tasks[name], field, chance, as_assumed)
        for question in found
        for name in question.tasks
        for field in question.fields
    }


def _answer(asked: Problem, task: Task, field: str, chance: Random, as_assumed: float) -> Task:
    pair = ends(asked, task, field)
    assert pair is not None
    low, high = pair
    if field == "minutes":
        assert low.minutes and high.minutes
        return told(task, field, minutes=Range.exactly(chance.randint(low.minutes.likely, high.minutes.likely)))
    if field == "times":
        assert low.times and high.times
        return told(task, field, times=tuple(chance.randint(*day) for day in zip(low.times, high.times, strict=True)))
    if field == "window":
        assert low.window and high.window
        first, last = (high.window.start, low.window.start), (low.window.end, high.window.end)
        return told(task, field, window=Window(start=chance.randint(*first), end=chance.randint(*last)))
    if field == "doers":
        short = {r.id for r in asked.workplace.roles if r.shortage}
        least, most = (sum(s.percent for s in end.doers if s.role in short) for end in pair)
        return told(task, field, doers=shares(task, short, chance.randint(least, most)))
    if chance.random() >= as_assumed:
        return low
    kept = told(task, field)
    return kept if ends(asked, kept, field) is None else high  # what is not known cannot stay as it was


def answered(asked: Problem, truth: Truth, found: Iterable[Question]) -> Problem:
    """Return the problem once these questions were answered with the truth."""
    tasks: dict[str, Task] = {}
    for question in found:
        for name in question.tasks:
            for field in question.fields:
                values = {part: getattr(truth[name, field], part) for part in parts_of(field)}
                tasks[name] = told(tasks.get(name, asked.tasks[name]), field, **values)
    return changed(asked, tasks.values())


METHOD = """Every starter of the task library, untouched, so that everything in it is assumed; the design of most net
relief after one round of search. {draws} draws of a truth inside the ranges: figures evenly between their ends, a yes
or no as it was assumed in {as_assumed:.0%} of the cases. The random questions come from the same list as the chosen
ones, so each of them has something hanging on it, and both are answered with the same truth. The *value range* is the
least and the most net relief over everything that is still not told
([definition](../../docs/how-to/ask-next.md)); the table gives its width in hours a week, the bar is of the worst
starter."""

STEADY = """The same when every yes or no turns out as it was assumed, which keeps every task in its job and so leaves
the chosen questions the least to win (no bar):"""

AGAIN = """And asked again once every list was answered as it was assumed, so that only questions about one task are
left: what the order itself is worth (no bar):"""

WHY = """What makes the difference: a yes or no about several tasks is one question with a list to tick. While one of
these lists is not asked, a task of it may still fall out of its job, and the low end stays at nothing. The chosen ten
hold the lists that matter and then the times of the largest tasks; ten random ones seldom hold every list. A list of
thirty tasks takes longer than a question about one: nobody was timed yet. An answer is taken as exact; people often
answer with a low and a high of their own."""


@dataclass(frozen=True)
class Row:
    """One starter: minutes a week between low and high before, after ten chosen questions and after ten random ones."""

    setting: str
    questions: int
    before: int
    chosen: float
    random: float

    @property
    def ratio(self) -> float:
        """Return how wide the chosen leave the range beside the random."""
        return self.chosen / self.random


def measured(setting: str, asked: Problem, jobs: tuple[Job, ...], draws: int, as_assumed: float) -> Row:
    """Measure one design; the same truth answers the chosen and the random questions of a draw."""
    every, chance = questions(asked, jobs), Random(1)
    left: dict[str, list[int]] = {"chosen": [], "random": []}
    for _ in range(draws):
        truth = drawn(asked, every, chance, as_assumed)
        for name, some in (("chosen", every[:MANY]), ("random", chance.sample(every, min(MANY, len(every))))):
            left[name].append(value_range(answered(asked, truth, some), jobs).width)
    before = value_range(asked, jobs).width
    return Row(setting, len(every), before, mean(left["chosen"]), mean(left["random"]))


def designed(setting: str, work: float | None) -> tuple[Problem, tuple[Job, ...]]:
    """Return an untouched starter with the design of most relief that little effort finds."""
    place = start(setting, {}, "en")
    asked = problem(place, parameters(RULES_ON), profiles())
    each = work or work_of_a_round(asked)
    receipt = Receipt(
        workplace=place.fingerprint(),
        people="",
        seed=1,
        round_work=round(1000 * each),
        alternatives=1,
        versions={},
        parameters_on=RULES_ON,
    )
    return asked, design(asked, receipt, Effort(rounds=1, work=each), 1).designs[0].jobs


def _told(rows: Sequence[Row]) -> list[str]:
    head = ["starter", "questions", "before, h", "after ten chosen, h", "after ten random, h", "chosen / random"]
    cells = [
        [r.setting, str(r.questions), *(f"{m / 60:.1f}" for m in (r.before, r.chosen, r.random)), f"{r.ratio:.2f}"]
        for r in rows
    ]
    return page.table(head, cells)


def written(rows: Sequence[Row], steady: Sequence[Row], again: Sequence[Row], draws: int) -> str:
    """Return the page of results."""
    worst = max(r.ratio for r in rows)
    return "\n".join(
        [
            "# Ask next: what ten questions are worth",
            "",
            f"Measured on {page.today()}; {page.machine()}; {page.versions()}.",
            "",
            f"{METHOD.format(draws=draws, as_assumed=AS_ASSUMED)}",
            "",
            *page.table(["bar", "figure", "target", ""], [["chosen_vs_random", f"{worst:.2f}", "<= 0.5", _ok(worst)]]),
            "",
            *_told(rows),
            "",
            STEADY,
            "",
            *_told(steady),
            "",
            AGAIN,
            "",
            *_told(again),
            "",
            WHY,
            "",
        ]
    )


def _ok(figure: float) -> str:
    return "ok" if figure <= TARGET else "short"


def main() -> int:
    """Measure, print, and write the page when everything was measured."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--quick", action="store_true", help="two starters and fewer draws, nothing is written")
    given.add_argument("--bars", action="store_true", help="print a line per bar; ends with 1 when one is short")
    options = given.parse_args()
    draws = 20 if options.quick else 100
    rows: list[Row] = []
    steady: list[Row] = []
    again: list[Row] = []
    for setting in QUICK if options.quick else settings():
        print(f"measuring: {setting}", file=sys.stderr, flush=True)
        asked, jobs = designed(setting, LITTLE if options.quick else None)
        rows.append(measured(setting, asked, jobs, draws, AS_ASSUMED))
        if not options.quick:
            steady.append(measured(setting, asked, jobs, draws, 1.0))
            lists = [q for q in questions(asked, jobs) if q.about in JUDGED]
            settled = answered(asked, drawn(asked, lists, Random(1), 1.0), lists)
            again.append(measured(setting, settled, jobs, draws, 1.0))
    worst = max(r.ratio for r in rows)
    if options.bars:
        print(f"ask_chosen_vs_random {worst:.2f} <={TARGET:g} {_ok(worst)}")
    else:
        print("\n".join(_told(rows)))
    if not options.quick:
        page.save(page.RESULTS / "asking.md", written(rows, steady, again, draws))
    return 1 if options.bars and worst > TARGET else 0


if __name__ == "__main__":
    raise SystemExit(main())
