"""What a job is worth and which rules it breaks, in one pass over its week: exactly what the checker would say.

Broken rules are counted in minutes or in pieces, weighed alike, so that "less broken" is a direction to go in; a job
keeps the rules when nothing is counted.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from klaver.design.kernel.compiled import loops
from klaver.design.kernel.days import LONGEST
from klaver.design.kernel.numbers import (
    ALONE,
    APART_FROM,
    CLIENTS,
    FAMILY,
    GAIN,
    GIVER,
    L_DAY_MAX,
    L_DAYS_MAX,
    L_FAMILIES,
    L_INSTRUCTORS,
    L_KINDS,
    L_LEARNING,
    L_LONELY,
    L_MENTORING,
    L_NIGHT_END,
    L_NIGHT_START,
    L_PAUSE,
    L_PEOPLE,
    L_PLACES,
    L_POSTURE,
    L_REST,
    L_SEASON_HIGH,
    L_SEASON_LOW,
    L_SHARE,
    L_SHARED,
    L_SHIFT_MIN,
    L_STEADY_HIGH,
    L_STEADY_LOW,
    L_SWINGS,
    L_UNPLEASANT,
    L_WAITING,
    L_WEEK_HIGH,
    L_WEEK_LOW,
    LEARNING,
    MARKS,
    MEETS,
    OF,
    PLACE,
    POSTURE_OF,
    SET_TIME,
    TASK,
    TIMES,
    TOG,
    TOTAL,
    UNPLEASANT,
    WORK,
)
from klaver.values.time import DAY, PART

RELIEF, BROKEN, DOORS, QUALITY, MOMENTS, PAID, WORKED, SHIFTS, NEAR = range(9)
"""What ``judge`` writes: hundredths of net minutes, broken rules (weighed), open doors, quality points, moments."""

RULES = (
    *("hours_week", "hours_day", "working_time", "waiting", "ceilings", "together", "apart", "places"),
    *("instructors", "kinds", "families", "share", "posture", "shared", "lonely", "learning", "unpleasant", "volume"),
    "steady",
)
HOURS_WEEK, HOURS_DAY, WORKING_TIME, WAITING, CEILINGS, TOGETHER, APART, PLACES, INSTRUCTORS = range(9)
KINDS, FAMILIES, SHARE, POSTURE, SHARED, LONELY, LEARNS, BAD, VOLUME, STEADY = range(9, 19)

PIECE = 30
"""What one thing too many or too few weighs beside a minute."""

REST = 10
FACT_COUNT = 16
F_KINDS, F_KINDS_DAY, F_FIXED, F_ALONE, F_CHANGES, F_DIFFER, F_SHARED, F_GIVERS, F_CONTACT = range(9)
F_STAND_RUN, F_STAND, F_SIT_RUN, F_SIT, F_WALK_RUN, F_WALK, F_WORK = range(9, 16)


class Desk(NamedTuple):
    """Room to work in, so that nothing is made anew for each job: marks per class, task, family, giver and place."""

    classes: np.ndarray
    tasks: np.ndarray
    families: np.ndarray
    places: np.ndarray
    minutes: np.ndarray
    listed: np.ndarray
    seasons: np.ndarray
    swings: np.ndarray
    facts: np.ndarray
    broken: np.ndarray
    stamp: np.ndarray
    row: np.ndarray


def desk(n) -> Desk:  # type: ignore[no-untyped-def]
    """Return room for the judge of a problem."""
    tasks = max(1, len(n.per_task) - 1)
    return Desk(
        classes=np.zeros(max(1, len(n.cls)), np.int64),
        tasks=np.zeros(tasks, np.int64),
        families=np.zeros(int(n.cls[:, FAMILY].max(initial=0)) + 2, np.int64),
        places=np.zeros(len(n.walks) + 1 + int(n.cls[:, GIVER].max(initial=0)) + 2, np.int64),
        minutes=np.zeros(tasks, np.int64),
        listed=np.zeros(tasks + 1, np.int64),
        seasons=np.zeros(len(n.volume), np.int64),
        swings=np.zeros(tasks + 1, np.int64),
        facts=np.zeros(FACT_COUNT, np.int64),
        broken=np.zeros(len(RULES), np.int64),
        stamp=np.ones(1, np.int64),
        row=np.zeros(LONGEST + 1, np.int64),
    )


@loops
def _fresh(desk):
    desk.stamp[0] += 1
    return desk.stamp[0]


@loops
def judge(n, desk, seq, many, at, span, shared, holder, doors_too, out):
    """Judge one job; ``seq`` (7, LONGEST), ``many`` (7), ``at`` as ``seq``, ``span`` (7, 4) as ``days.settle`` says.

    ``shared`` says per class whether it is done with a colleague, ``holder`` for whom the job is made, -1 for nobody.
    Fills ``desk.broken`` per rule and ``out``.
    """
    limits, facts, broken = n.limits, desk.facts, desk.broken
    facts[:] = 0
    broken[:] = 0
    desk.seasons[:] = 0
    out[:] = 0
    in_job = _fresh(desk)
    kinds = families = givers = learning = 0
    paid_week = work_week = bad = standing = sitting = shifts = shared_pieces = met_days = company_days = 0
    first_start, last_end, most_paid, days_worked, parts = 1 << 30, 0, 0, 0, 0
    relief = 0
    walks = len(n.walks)
    for d in range(7):
        if many[d] == 0:
            continue
        shifts += 1
        days_worked |= 1 << d
        start, end, pause = span[d, 0], span[d, 1], span[d, 2]
        paid = end - start - (limits[L_PAUSE] if pause >= 0 else 0)
        paid_week += paid
        first_start, last_end, most_paid = min(first_start, start), max(last_end, end), max(most_paid, paid)
        for part in range(start // PART, -(-end // PART)):
            parts |= 1 << ((d * 4 + part) % 28)
        broken[HOURS_DAY] += max(0, paid - limits[L_DAY_MAX])
        broken[WORKING_TIME] += max(0, limits[L_SHIFT_MIN] - paid) + span[d, 3]
        broken[WORKING_TIME] += max(0, end - limits[L_NIGHT_START]) + max(0, limits[L_NIGHT_END] - start)
        following = (d + 1) % 7
        if many[following] > 0:
            broken[WORKING_TIME] += max(0, limits[L_REST] - (span[following, 0] + DAY - end))
        # one walk along the day
        today = _fresh(desk)
        work = contact = stand = sit = walking = changes = fixed = kinds_day = places_day = 0
        run_stand = run_sit = run_walk = run_alone = 0
        met = together = False
        last, last_end_of = -1, 0
        for i in range(many[d]):
            c = seq[d, i]
            t, w, marks, posture = n.cls[c, TASK], n.cls[c, WORK], n.cls[c, MARKS], n.cls[c, POSTURE_OF]
            work += w
            if i > 0:
                changes += t != n.cls[last, TASK]
                if at[d, i] - last_end_of >= REST:
                    run_stand = run_sit = run_walk = run_alone = 0
            run_stand = run_stand + w if posture == 1 else 0
            run_sit = run_sit + w if posture == 2 else 0
            run_walk = run_walk + w if posture == 3 else 0
            run_alone = run_alone + w if marks & ALONE and not shared[c] else 0
            facts[F_STAND_RUN] = max(facts[F_STAND_RUN], run_stand)
            facts[F_SIT_RUN] = max(facts[F_SIT_RUN], run_sit)
            facts[F_WALK_RUN] = max(facts[F_WALK_RUN], run_walk)
            facts[F_ALONE] = max(facts[F_ALONE], run_alone)
            stand += w if posture == 1 else 0
            sit += w if posture == 2 else 0
            walking += w if posture == 3 else 0
            contact += w if marks & CLIENTS else 0
            bad += w if marks & UNPLEASANT else 0
            last, last_end_of = c, at[d, i] + w
            if desk.classes[c] == today:
                continue
            desk.classes[c] = today  # each class once a day
            kinds_day += 1
            fixed += 1 if marks & SET_TIME else 0
            met |= (marks & MEETS) != 0
            if shared[c]:
                together = True
                facts[F_SHARED] += n.cls[c, TIMES]
                shared_pieces += 1
            else:
                relief += n.cls[c, GAIN]
            out[MOMENTS] += 1
            for s in range(len(n.volume)):
                desk.seasons[s] += n.volume[s, c]
            if n.cls[c, PLACE] < walks - 1 and desk.places[n.cls[c, PLACE]] != today:
                desk.places[n.cls[c, PLACE]] = today
                places_day += 1
            if desk.tasks[t] != in_job:  # the first time in this job
                desk.listed[kinds] = t
                desk.minutes[t] = 0
                kinds += 1
                learning += 1 if marks & LEARNING else 0
                if desk.families[n.cls[c, FAMILY]] != in_job:
                    desk.families[n.cls[c, FAMILY]] = in_job
                    families += 1
                giver = n.cls[c, GIVER]
                if giver >= 0 and desk.places[walks + giver] != in_job:
                    desk.places[walks + giver] = in_job
                    givers += 1
                desk.tasks[t] = in_job
            desk.minutes[t] += n.cls[c, TOTAL] * 128 + (1 << d)  # minutes and, in the lowest bits, the days
        broken[WAITING] += max(0, paid - work - limits[L_WAITING])
        broken[PLACES] += PIECE * max(0, places_day - limits[L_PLACES])
        broken[LONELY] += PIECE * limits[L_LONELY] * (0 if met or together else 1)
        met_days += met
        company_days += together
        work_week += work
        standing += stand
        sitting += sit
        facts[F_STAND], facts[F_SIT] = max(facts[F_STAND], stand), max(facts[F_SIT], sit)
        facts[F_WALK], facts[F_CONTACT] = max(facts[F_WALK], walking), max(facts[F_CONTACT], contact)
        facts[F_CHANGES], facts[F_FIXED] = max(facts[F_CHANGES], changes), max(facts[F_FIXED], fixed)
        facts[F_KINDS_DAY] = max(facts[F_KINDS_DAY], kinds_day)
        _links(n, desk, seq, many, d, today)
    facts[F_KINDS], facts[F_GIVERS], facts[F_WORK] = kinds, max(1, givers), most_paid
    facts[F_DIFFER] = _differences(desk, kinds, days_worked)
    # the week
    broken[HOURS_WEEK] += PIECE * (shifts == 0)  # a job without a day is no job
    broken[HOURS_WEEK] += max(0, limits[L_WEEK_LOW] - paid_week) + max(0, paid_week - limits[L_WEEK_HIGH])
    broken[WORKING_TIME] += PIECE * max(0, shifts - limits[L_DAYS_MAX])
    broken[INSTRUCTORS] += PIECE * max(0, givers - limits[L_INSTRUCTORS])
    broken[KINDS] += PIECE * max(0, limits[L_KINDS] - kinds)
    broken[FAMILIES] += PIECE * max(0, limits[L_FAMILIES] - families)
    broken[LEARNS] += PIECE * max(0, limits[L_LEARNING] - learning)
    broken[SHARED] += PIECE * max(0, limits[L_SHARED] - shared_pieces)
    broken[POSTURE] += _beyond(standing, limits[L_POSTURE], work_week) + _beyond(sitting, limits[L_POSTURE], work_week)
    broken[BAD] += _beyond(bad, limits[L_UNPLEASANT], work_week)
    largest = 0
    for k in range(kinds):
        t = desk.listed[k]
        minutes = desk.minutes[t] >> 7
        largest = max(largest, minutes)
        broken[SHARE] += _beyond(minutes, limits[L_SHARE], work_week)
        for i in range(n.per_task[t, APART_FROM], n.per_task[t + 1, APART_FROM]):
            broken[APART] += PIECE * (desk.tasks[n.apart[i]] == in_job)
    for s in range(len(n.volume)):
        low, high = limits[L_SEASON_LOW] - desk.seasons[s], desk.seasons[s] - limits[L_SEASON_HIGH]
        broken[VOLUME] += -(-max(0, low) // 100) - (-max(0, high) // 100)
    for s in range(len(n.steady)):
        broken[STEADY] += _swung(n, desk, s, kinds)
    out[RELIEF], out[PAID], out[WORKED], out[SHIFTS] = (
        relief - limits[L_MENTORING] * shifts,
        paid_week,
        work_week,
        shifts,
    )
    out[QUALITY] = (
        int(kinds >= 6)
        + int(families >= 3)
        + int(4 * largest <= work_week)
        + int(company_days == shifts)
        + int(met_days == shifts)
        + int(learning >= 2)
        + int(10 * bad <= work_week)
        + int(facts[F_DIFFER] <= 2)
    )
    hours = (paid_week, most_paid, first_start, last_end, days_worked, parts)
    if holder >= 0:
        shut = _kept_out(n, facts, hours, limits[L_PEOPLE] + holder)
        for k in range(kinds):
            shut += n.barred[holder, desk.listed[k]]
        broken[CEILINGS] += PIECE * shut
    if doors_too:
        _count_doors(n, desk, facts, hours, kinds, out)
    for rule in range(len(broken)):
        out[BROKEN] += broken[rule]


@loops
def _beyond(part, percent, whole):
    """Return the minutes by which a part is above its percentage of the whole, rounded up."""
    over = 100 * part - percent * whole
    return -(-over // 100) if over > 0 else 0


@loops
def _swung(n, desk, s, kinds):
    """Return by how many minutes a job leaves its hours in a season when the largest swings come together."""
    limits, load = n.limits, 0
    for k in range(kinds):
        load += _times(n, desk, k) * n.steady[s, 0, desk.listed[k]]
    under, beyond = limits[L_STEADY_LOW] - load, load - limits[L_STEADY_HIGH]
    for side in range(1, 3):
        for k in range(kinds):
            desk.swings[k] = _times(n, desk, k) * n.steady[s, side, desk.listed[k]]
        for _ in range(min(limits[L_SWINGS], kinds)):
            largest = 0
            for k in range(kinds):
                if desk.swings[k] > desk.swings[largest]:
                    largest = k
            under += desk.swings[largest] if side == 1 else 0
            beyond += desk.swings[largest] if side == 2 else 0
            desk.swings[largest] = 0
    return -(-max(0, under) // 100) - (-max(0, beyond) // 100)


@loops
def _times(n, desk, k):
    """Return how often a week a job does the k-th of its tasks."""
    t = desk.listed[k]
    return (desk.minutes[t] >> 7) // n.cls[n.of[n.per_task[t, OF]], WORK]


@loops
def _links(n, desk, seq, many, d, today):
    """Count the partners that are missing from a day."""
    for i in range(many[d]):
        c = seq[d, i]
        for k in range(n.per_class[c, TOG], n.per_class[c + 1, TOG]):
            desk.broken[TOGETHER] += PIECE * (desk.classes[n.tog[k]] != today)


@loops
def _differences(desk, kinds, days_worked):
    """Return the largest number of tasks by which two working days differ."""
    most = 0
    for a in range(7):
        if not days_worked >> a & 1:
            continue
        for b in range(a + 1, 7):
            if days_worked >> b & 1:
                apart = 0
                for k in range(kinds):
                    days = desk.minutes[desk.listed[k]] & 127
                    apart += (days >> a & 1) ^ (days >> b & 1)
                most = max(most, apart)
    return most


@loops
def _kept_out(n, facts, hours, p):
    """Return how many things of hours and day keep somebody out."""
    week, day, first, last, days, parts = hours
    mine = n.hours[p]
    count = int(week < mine[0]) + int(week > mine[1]) + int(day > mine[2])
    count += int(first < mine[3]) + int(last > mine[4]) + int(days & ~mine[5] != 0) + int(parts & ~mine[6] != 0)
    for f in range(FACT_COUNT):
        count += facts[f] > n.most[p, f]
    return count


@loops
def _count_doors(n, desk, facts, hours, kinds, out):
    """Count for whom the job is open; and how far the nearest shut doors are, so that there is a way to go."""
    zero, one = np.uint64(0), np.uint64(1)
    near = 0
    for w in range(n.doors.shape[1]):
        left = ~zero
        for k in range(kinds):
            left &= n.doors[desk.listed[k], w]
        for b in range(min(64, n.limits[L_PEOPLE] - 64 * w)):
            if left >> np.uint64(b) & one:
                shut = _kept_out(n, facts, hours, 64 * w + b)
                if shut == 0:
                    out[DOORS] += 1
                else:
                    near += 12 // (1 + shut)
    out[NEAR] = near
