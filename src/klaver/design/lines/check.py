"""The judge of plans for a line: it recomputes everything from the line, without a solver or an array library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from klaver.design.lines.records import Line, LinePlan, LineRotation, Station
from klaver.design.records import Breach


def loads(line: Line, stations: Sequence[Station]) -> list[int | None]:
    """Return the time that each station needs; ``None`` when its worker is not known or cannot do a task of it."""
    column = {name: at for at, name in enumerate(line.workers)}
    tasks = {task.id: task for task in line.tasks}
    made: list[int | None] = []
    for station in stations:
        at = column.get(station.worker)
        times = [None if at is None or t not in tasks else tasks[t].times[at] for t in station.tasks]
        known = [time for time in times if time is not None]
        made.append(sum(known) if len(known) == len(times) else None)
    return made


def breaches(line: Line, stations: Sequence[Station], everybody: bool = True) -> list[Breach]:
    """Return what is wrong with stations: workers, tasks, times that do not exist and the order of the line."""
    return [*_workers(line, stations, everybody), *_tasks(line, stations), *_order(line, stations)]


def _breach(code: str, **values: str | int) -> Breach:
    return Breach(rule="line", code=f"line.{code}", values=values)


def _workers(line: Line, stations: Sequence[Station], everybody: bool) -> Iterator[Breach]:
    placed = Counter(station.worker for station in stations)
    for name in placed:
        if name not in line.workers:
            yield _breach("breach_unknown_worker", worker=name)
    for name in line.workers:
        if placed[name] > 1:
            yield _breach("breach_worker_twice", worker=name)
        if everybody and not placed[name]:
            yield _breach("breach_no_station", worker=name)


def _tasks(line: Line, stations: Sequence[Station]) -> Iterator[Breach]:
    done = Counter(task for station in stations for task in station.tasks)
    known = {task.id: task for task in line.tasks}
    for name in done:
        if name not in known:
            yield _breach("breach_unknown_task", task=name)
    for name in known:
        if done[name] != 1:
            yield _breach("breach_task_twice" if done[name] else "breach_task_missing", task=name)
    column = {name: at for at, name in enumerate(line.workers)}
    for station in stations:
        for name in station.tasks:
            if station.worker in column and name in known and known[name].times[column[station.worker]] is None:
                yield _breach("breach_cannot", worker=station.worker, task=name)


def _order(line: Line, stations: Sequence[Station]) -> Iterator[Breach]:
    at = {task: place for place, station in enumerate(stations, 1) for task in station.tasks}
    for a, b in line.precedence:
        if a in at and b in at and at[a] > at[b]:
            yield _breach("breach_order", before=a, after=b, early=at[a], late=at[b])


def judge(line: Line, plan: LinePlan) -> list[Breach]:
    """Return everything that a stored plan says and the line contradicts; the bound is the certificate's to prove."""
    found = breaches(line, plan.stations, everybody=plan.aim == "cycle")
    if plan.line != line.fingerprint():
        found.append(_breach("breach_other_line"))
    needed = loads(line, plan.stations)
    cycle = max((load for load in needed if load is not None), default=0)
    if None not in needed and cycle != plan.cycle:
        found.append(_breach("breach_cycle", told=plan.cycle, found=cycle))
    if plan.within is not None and cycle > plan.within:
        found.append(_breach("breach_within", within=plan.within, found=cycle))
    value = plan.cycle if plan.aim == "cycle" else len(plan.stations)
    if plan.bound > value:
        found.append(_breach("breach_bound", bound=plan.bound, value=value))
    return found


def judge_rotation(line: Line, rotation: LineRotation) -> list[Breach]:
    """Return everything that a stored rotation says and the line contradicts."""
    found = [] if rotation.line == line.fingerprint() else [_breach("breach_other_line")]
    for period in rotation.periods:
        found += breaches(line, period.stations)
        needed = loads(line, period.stations)
        cycle = max((load for load in needed if load is not None), default=0)
        if cycle != period.cycle:
            found.append(_breach("breach_cycle", told=period.cycle, found=cycle))
        if cycle > rotation.most:
            found.append(_breach("breach_within", within=rotation.most, found=cycle))
    if rotation.met != met(line, [p.stations for p in rotation.periods]):
        found.append(_breach("breach_met"))
    return found


def met(line: Line, periods: Sequence[Sequence[Station]]) -> tuple[int, ...]:
    """Return for each worker how many different tasks the periods hold."""
    tasks: dict[str, set[str]] = {name: set() for name in line.workers}
    for stations in periods:
        for station in stations:
            tasks.setdefault(station.worker, set()).update(station.tasks)
    return tuple(len(tasks[name]) for name in line.workers)
