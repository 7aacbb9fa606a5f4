"""What a line must have before anybody can plan it: every mistake of a whole line, at its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from klaver.design.lines.records import Line
from klaver.values import Fault


def faults(line: Line) -> list[Fault]:
    """Return every mistake of a line that its fields alone do not show; rows are places in the list of tasks."""
    found = [*_counts(line), *_tasks(line)]
    known = {task.id for task in line.tasks}
    for row, pair in enumerate(line.precedence, 1):
        for name in pair:
            if name not in known:
                found.append(Fault(code="line.unknown_task", values={"task": name}, sheet="precedence", row=row))
        if pair[0] == pair[1]:
            found.append(Fault(code="line.after_itself", values={"task": pair[0]}, sheet="precedence", row=row))
    if not found:
        ring = circle(line)
        if ring:
            found.append(Fault(code="line.circle", values={"tasks": " > ".join(ring)}))
    return found


def _counts(line: Line) -> Iterator[Fault]:
    if not line.workers:
        yield Fault(code="line.no_workers")
    if not line.tasks:
        yield Fault(code="line.no_tasks")
    for name, count in Counter(line.workers).items():
        if count > 1:
            yield Fault(code="line.worker_twice", values={"worker": name})


def _tasks(line: Line) -> Iterator[Fault]:
    seen: set[str] = set()
    for row, task in enumerate(line.tasks, 1):
        if task.id in seen:
            yield Fault(code="line.task_twice", values={"task": task.id}, sheet="tasks", row=row)
        seen.add(task.id)
        if len(task.times) != len(line.workers):
            values: dict[str, str | int] = {"task": task.id, "count": len(task.times), "workers": len(line.workers)}
            yield Fault(code="line.times", values=values, sheet="tasks", row=row)
        elif all(time is None for time in task.times):
            yield Fault(code="line.nobody", values={"task": task.id}, sheet="tasks", row=row)


def circle(line: Line) -> list[str]:
    """Return tasks that each wait for the one before and the first for the last; empty when there are none."""
    after: dict[str, list[str]] = {task.id: [] for task in line.tasks}
    before = Counter(b for _, b in line.precedence)
    for a, b in line.precedence:
        after[a].append(b)
    free = [name for name in after if not before[name]]
    while free:
        for name in after.pop(free.pop()):
            before[name] -= 1
            if not before[name]:
                free.append(name)
    if not after:
        return []
    name, walked = next(iter(sorted(after))), list[str]()
    into = {b: a for a, b in line.precedence if a in after and b in after}
    while name not in walked:
        walked.append(name)
        name = into[name]
    ring = walked[walked.index(name) :]
    return [*reversed(ring), ring[-1]]
