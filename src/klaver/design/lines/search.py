"""Look for the least cycle time of a line: annealing, then one cycle time after the other refuted or found possible."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np

from klaver.design.lines.arrays import NEVER, Array, Arrays, arrays, stations
from klaver.design.lines.beam import Beam, ways
from klaver.design.lines.check import breaches, loads
from klaver.design.lines.effort import Effort
from klaver.design.lines.kernels.compiled import FAST
from klaver.design.lines.layers import Layers, Verdict, twins
from klaver.design.lines.limits import least_cycle
from klaver.design.lines.proof import Unproved, check, shortened
from klaver.design.lines.records import Line, LineCertificate, LinePlan, LineReceipt
from klaver.design.lines.start import Anneals, Placed
from klaver.design.records import Status

MOST_TASKS, MOST_WORKERS = 120, 60
"""A larger line is annealed only: its bound is what the times alone show."""

FIRST = 2
"""Rounds of annealing before anything is proved."""

MORE, SMALL = 78, 300
"""Further rounds of annealing, before stations are filled, for a line of more than so many tasks times workers."""

AGAIN, LATER = 2, 8
"""Another round of annealing comes after so many rounds of proof: at first, and from ``SOON`` rounds on."""

SOON = 150
"""Rounds in which a better plan is likely to be found yet."""

IDLE = 60
"""Rounds of annealing without a better plan, after which a line that is too large to prove ends."""

SHARE = 6
"""Rounds of proof that a cycle time between bound and plan gets at first; twice as many each time it comes back."""

FINAL = 4
"""How many times as many the cycle time just below the plan gets."""


LENT = 200
"""Rows of prices that a cycle time takes over from others when work on it begins."""

WIDTH, WIDEST = 64, 2048
"""Parts of a layer in a walk, for each round of proof at that cycle time, and at most."""


@dataclass(frozen=True)
class Answer:
    """A plan, and the certificate of its bound when the times alone do not show it; no plan when none was found."""

    status: Status
    plan: LinePlan | None
    certificate: LineCertificate | None = None


@dataclass
class _Refuted:
    """A cycle time that is proved impossible, with the prices that show it."""

    cycle: int
    prices: list[list[int]]


class Search:
    """One line, the best plan so far, and what is proved so far; every step is a round."""

    def __init__(self, line: Line, effort: Effort) -> None:
        self.line, self.effort = line, effort
        self.form = arrays(line)
        self.twins = twins(self.form)
        self.way, self.backwards = self.form, False
        self.anneals, self.annealed = Anneals(self.form, effort.seed), 0
        self.best: Placed = (NEVER, self.form.order, self.form.order)
        self.bound = least_cycle(line)
        self.refuted: list[_Refuted] = []
        self.begun: dict[int, Layers] = {}
        self.rows: dict[int, Array] = {}
        self.impossible = False

    @property
    def settled(self) -> bool:
        """Tell whether nothing better can be found."""
        return self.best[0] <= self.bound or self.impossible

    def go_on(self) -> bool:
        """Tell whether another round may begin."""
        return not self.settled and self.effort.goes_on()

    def _tell(self) -> None:
        self.effort.round(self.best[0] if self.best[0] < NEVER else None, min(self.bound, self.best[0]))

    def anneal(self) -> bool:
        """Anneal for one round; tell whether the plan became better."""
        found = self.anneals.round(self.annealed, self.best)
        self.annealed += 1
        better = found[0] < self.best[0]
        self.best = found if better else self.best
        self._tell()
        return better

    def run(self) -> None:
        """Anneal and prove until the line is settled or no round may begin."""
        for _ in range(FIRST):
            if self.go_on():
                self.anneal()
        if not fits(self.line):
            idle = 0
            while self.go_on() and idle < IDLE:
                idle = 0 if self.anneal() else idle + 1
            return
        self._turn()
        self._limit()
        for _ in range(MORE if self.form.tasks * self.form.workers > SMALL else 0):
            if self.go_on():
                self.anneal()
        with ThreadPoolExecutor(2) as pool:
            if self.best[0] == NEVER:
                self._work_on(self.longest, sys.maxsize, pool)
            self._settle(pool)

    @property
    def longest(self) -> int:
        """A cycle time that is never needed: every task done one after the other by who is slowest."""
        return int(sum(max(t for t in row if t < NEVER) for row in self.form.times.T.tolist()))

    def _turn(self) -> None:
        """Fill stations from the end of the line when there are fewer ways to fill the last than the first."""
        cycle, back = min(self.best[0], self.longest), arrays(self.line, backwards=True)
        if ways(back, cycle, self.twins) < ways(self.form, cycle, self.twins):
            self.way, self.backwards = back, True

    def _limit(self) -> None:
        """Raise the bound as far as prices for the whole line do, by halving."""
        low, high = self.bound, min(self.best[0], self.longest)
        while low < high and self.go_on():
            middle = (low + high) // 2
            first = Layers(self.way, middle, self.twins)
            if first.verdict is Verdict.IMPOSSIBLE:
                self._learn(first)
                low = middle + 1
            else:
                high = middle

    def _learn(self, layers: Layers) -> None:
        self.refuted.append(_Refuted(layers.cycle, layers.prices()))
        self.rows[layers.cycle] = layers.newest(LENT)
        self.bound = max(self.bound, layers.cycle + 1)
        for cycle in [c for c in self.begun if c <= layers.cycle]:
            del self.begun[cycle]

    def _settle(self, pool: ThreadPoolExecutor) -> None:
        """Share the rounds over cycle times: some by halving, most for the one that would settle everything."""
        share = SHARE
        while self.go_on():
            low = self.bound
            while self.go_on() and low < self.best[0] - 1:
                middle = (low + self.best[0] - 1) // 2
                self._work_on(middle, share, pool)
                low = max(self.bound, middle + 1)
            if self.go_on() and self.best[0] < NEVER:
                self._work_on(self.best[0] - 1, FINAL * share, pool)
            share *= 2

    def _work_on(self, cycle: int, most: int, pool: ThreadPoolExecutor) -> None:
        """Work some rounds on one cycle time, going on where the rounds before ended."""
        layers = self.begun.get(cycle)
        if layers is None:
            layers = self.begun[cycle] = Layers(self.way, cycle, self.twins)
            if layers.undecided():
                layers.borrow(self.guides(cycle))
        made = 0
        while layers.undecided() and made < most and self.best[0] > cycle and self.go_on():
            layers.round(pool)
            made += 1
            self._tell()
            if layers.rounds & (layers.rounds - 1) == 0 and layers.rounds > 1 and layers.undecided():
                self._walk(layers, pool)
            if made % (AGAIN if self.effort.done < SOON else LATER) == 0 and layers.undecided() and self.go_on():
                self.anneal()
        if layers.verdict is Verdict.IMPOSSIBLE:
            self._learn(layers)
            self.impossible = cycle >= self.longest
        elif layers.verdict is Verdict.POSSIBLE:
            self._take(*layers.placed())
            del self.begun[cycle]

    def guides(self, cycle: int) -> Array:
        """Return prices that were found at other cycle times, the nearest last."""
        others = sorted(self.rows.items(), key=lambda row: -abs(row[0] - cycle))
        found = [rows for _, rows in others] + [self.begun[c].newest(LENT) for c in self.begun if c != cycle]
        return np.concatenate([np.zeros((0, self.form.tasks)), *found])[-LENT:]

    def _walk(self, layers: Layers, pool: ThreadPoolExecutor) -> None:
        """Look for a plan in few parts of every layer, in more of them the more is known."""
        beam = Beam(layers, min(WIDEST, WIDTH * layers.rounds))
        while not beam.ended and self.go_on():
            beam.round(pool)
            self._tell()
        if beam.plan is not None:
            self._take(*beam.plan)

    def _take(self, place: Array, worker: Array) -> None:
        """Keep a plan that was found by filling stations when it is better."""
        if self.backwards:
            place, worker = self.form.workers - 1 - place, worker[::-1].copy()
        self.best = min(self.best, (fullest(self.form, place, worker), place, worker), key=lambda found: found[0])

    def certificate(self) -> LineCertificate | None:
        """Return the certificate of the highest cycle time whose proof a checker follows in short time."""
        for found in sorted(self.refuted, key=lambda refuted: -refuted.cycle):
            made = LineCertificate(
                line=self.line.fingerprint(),
                cycle=found.cycle,
                workers=len(self.line.workers),
                backwards=self.backwards,
                prices=tuple(tuple(row) for row in found.prices),
            )
            short = certified(self.line, made, CHECKED if found.cycle == self.bound - 1 else CHECKED // 10)
            if short is not None:
                return short
        return None


CHECKED, WHOLE = 120_000_000 if FAST else 3_000_000, 3
"""The check of a certificate takes no more steps than this: some six seconds, and a minute as plain Python. With all
rows that were ever learned it may take so many times as long before it is given up."""


def fits(line: Line) -> bool:
    """Tell whether a line fits in the words of the proof."""
    return len(line.tasks) <= MOST_TASKS and len(line.workers) <= MOST_WORKERS


def certified(line: Line, certificate: LineCertificate, most: int = CHECKED) -> LineCertificate | None:
    """Return a certificate without the rows it does not need; ``None`` when the checker takes too long to follow it."""
    try:
        short = shortened(line, certificate, WHOLE * most)
        check(line, short, most)
    except Unproved:
        return None
    return short


def fullest(form: Arrays, place: Array, worker: Array) -> int:
    """Return the load of the fullest station."""
    load = [0] * form.workers
    for t in range(form.tasks):
        load[int(place[t])] += int(form.times[int(worker[int(place[t])]), t])
    return max(load)


def receipt(line: Line, effort: Effort) -> LineReceipt:
    """Return how a plan was made."""
    versions = {name: version(name) for name in ("klaver", "numpy")}
    return LineReceipt(line=line.fingerprint(), seed=effort.seed, rounds=effort.done, versions=versions)


def plan_line(line: Line, effort: Effort) -> Answer:
    """Return the best plan found for all workers of a line, with what is proved about it."""
    search = Search(line, effort)
    search.run()
    if search.best[0] == NEVER:
        if search.impossible:
            return Answer(Status.IMPOSSIBLE, None)
        return Answer(Status.STOPPED if effort.stop() else Status.OUT_OF_TIME, None)
    open_ = Status.STOPPED if effort.stop() else Status.FEASIBLE
    status = Status.OPTIMAL if search.settled else open_
    plan = made(line, search.best, status, min(search.bound, search.best[0]), effort)
    return Answer(status, plan, search.certificate())


def made(line: Line, best: Placed, status: Status, bound: int, effort: Effort) -> LinePlan:
    """Return a plan as a document, once the judge has nothing against it."""
    found = stations(line, best[1], best[2])
    wrong = breaches(line, found)
    assert not wrong, wrong
    cycle = max(load or 0 for load in loads(line, found))
    return LinePlan(
        line=line.fingerprint(), stations=found, cycle=cycle, status=status, bound=bound, receipt=receipt(line, effort)
    )
