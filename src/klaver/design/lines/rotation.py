"""Periods that follow one another, in which every worker meets as many different tasks as the pace allows."""

from __future__ import annotations

import random

import numpy as np

from klaver.design.lines.arrays import NEVER, Array, Arrays, arrays, stations
from klaver.design.lines.check import judge_rotation, met
from klaver.design.lines.effort import Effort
from klaver.design.lines.kernels.anneal import COOLING, MODULUS
from klaver.design.lines.kernels.compiled import FAST
from klaver.design.lines.kernels.vary import vary
from klaver.design.lines.records import Line, LinePlan, LineRotation, Period, Station
from klaver.design.lines.search import fullest, receipt

STEPS = 1000 if FAST else 100
"""Steps of one annealing of a period, for each task and worker."""

TRIES = 4
"""Annealings of a period; the one that repeats least is kept."""

WARM = 3.0
"""Repeated tasks that a step may cost at the start."""


def rotate(line: Line, plan: LinePlan, periods: int, percent: int, effort: Effort) -> LineRotation:
    """Return a rotation that begins with a plan; no period takes more than ``percent`` longer than that plan.

    Every period is annealed from the plan, away from what workers have met in the periods before it. A period in which
    nobody would meet anything new repeats the plan. It ends early, with fewer new tasks, when no round may begin.
    """
    form, most = arrays(line), plan.cycle + plan.cycle * percent // 100
    place, worker = _arrays(line, plan.stations)
    seen = np.zeros((form.workers, form.tasks), np.int64)
    made: list[Period] = []
    for number in range(periods):
        here = (place, worker)
        if number:
            here = _varied(form, here, seen, most, effort, number)
        made.append(Period(stations=stations(line, *here), cycle=fullest(form, *here)))
        for t in range(form.tasks):
            seen[here[1][here[0][t]], t] = 1
    rotation = LineRotation(
        line=line.fingerprint(),
        most=most,
        periods=tuple(made),
        met=met(line, [period.stations for period in made]),
        receipt=receipt(line, effort),
    )
    wrong = judge_rotation(line, rotation)
    assert not wrong, wrong
    return rotation


def _arrays(line: Line, found: tuple[Station, ...]) -> tuple[Array, Array]:
    """Return the station of every task and the worker of every station."""
    at = {task: s for s, station in enumerate(found) for task in station.tasks}
    column = {name: w for w, name in enumerate(line.workers)}
    place = np.array([at[task.id] for task in line.tasks], np.int64)
    return place, np.array([column[station.worker] for station in found], np.int64)


def _varied(
    form: Arrays, plan: tuple[Array, Array], seen: Array, most: int, effort: Effort, number: int
) -> tuple[Array, Array]:
    """Return the plan of a period that repeats least."""
    known = form.times < NEVER
    longest = int(form.times[known].max())
    times = np.where(known, form.times, 6 * max(1, longest) + most)
    fewest, kept = form.tasks + 1, plan
    for attempt in range(TRIES):
        if not effort.goes_on() and attempt:
            break
        chance = random.Random(f"{effort.seed} {number} {attempt}")
        place, worker = plan[0].copy(), plan[1].copy()
        best = np.zeros(form.tasks + form.workers, np.int64)
        again = vary(
            times, seen, form.before, form.befores, form.after, form.afters, place, worker,
            np.array([chance.randrange(1, MODULUS)], np.int64), max(4096, STEPS * form.tasks * form.workers),
            20.0 / max(1, longest), WARM, most, COOLING, best,
        )  # fmt: skip
        if again < fewest:
            fewest, kept = int(again), (best[: form.tasks], best[form.tasks :])
        effort.round(fewest, 0)
    return kept
