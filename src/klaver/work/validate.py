"""Does a workplace make sense as a whole? Every reference, every sum, and what is not known yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from klaver.scale.dimensions import PLACE_NUMBERS, TASK_NUMBERS
from klaver.values import Fault
from klaver.work.records import Legal, Workplace


@dataclass(frozen=True)
class Gap:
    """Something that is not known of a task and that a design needs; ``field`` is the record's field."""

    task: str
    field: str


def gaps(place: Workplace) -> tuple[Gap, ...]:
    """Return what is not known of the tasks that are not reserved, task by task."""
    found: list[Gap] = []
    for task in place.tasks:
        if task.legal is Legal.RESERVED:
            continue
        for field in ("minutes", "times", "window", "place", "harm", "contact", "posture", "separable"):
            if getattr(task, field) is None:
                found.append(Gap(task.id, field))
        if task.legal is Legal.UNKNOWN:
            found.append(Gap(task.id, "legal"))
        if not task.doers:
            found.append(Gap(task.id, "doers"))
        if TASK_NUMBERS - task.demands.keys():
            found.append(Gap(task.id, "demands"))
    return tuple(found)


def faults(place: Workplace) -> tuple[Fault, ...]:
    """Return every mistake in the references and sums of a workplace.

    The ``column`` of each fault names the record as ``sheet:id``; a reader of files turns it into a cell.
    """
    return (*_duplicates(place), *_references(place), *_tasks(place), *_links(place), *_cycle(place))


def _fault(code: str, sheet: str, ident: str, **values: str | int) -> Fault:
    return Fault(code=f"work.{code}", values={"id": ident, **values}, column=f"{sheet}:{ident}")


def _duplicates(place: Workplace) -> Iterator[Fault]:
    for sheet in ("units", "pay_scales", "places", "roles", "tasks", "scenarios"):
        counts = Counter(r.id for r in getattr(place, sheet))
        yield from (_fault("duplicate", sheet, i) for i, n in counts.items() if n > 1)


def _references(place: Workplace) -> Iterator[Fault]:
    roles, places = {r.id for r in place.roles}, {p.id for p in place.places}
    scales, tasks = {s.id for s in place.pay_scales}, {t.id for t in place.tasks}
    families = {t.family for t in place.tasks}
    for task in place.tasks:
        yield from _unknown("role", "tasks", task.id, [s.role for s in task.doers], roles)
        yield from _unknown("role", "tasks", task.id, [task.instructs], roles)
        yield from _unknown("place", "tasks", task.id, [task.place], places)
    for role in place.roles:
        yield from _unknown("pay_scale", "roles", role.id, [role.pay_scale], scales)
    yield from _unknown("pay_scale", "workplace", place.id, [place.entry_scale], scales)
    for walk in place.walks:
        yield from _unknown("place", "walks", walk.start, [walk.start, walk.end], places)
    for order in place.orders:
        yield from _unknown("task", "orders", order.before, [order.before, order.after], tasks)
    for link in place.links:
        yield from _unknown("task", "links", link.first, [link.first, link.second], tasks)
    for scenario in place.scenarios:
        yield from _unknown("family", "scenarios", scenario.id, list(scenario.families), families)
        yield from _unknown("task", "scenarios", scenario.id, list(scenario.tasks), tasks)
    for agreement in place.agreements:
        yield from _unknown("role", "agreements", agreement.role, [agreement.role], roles)
    for pin in place.wishes.pins:
        yield from _unknown("task", "pins", pin.task, [pin.task], tasks)


def _unknown(kind: str, sheet: str, ident: str, used: Iterable[str | None], known: set[str]) -> Iterator[Fault]:
    for name in used:
        if name is not None and name not in known:
            shown = ", ".join(sorted(known)[:12]) or "-"
            yield _fault(f"unknown_{kind}", sheet, ident, name=name, known=shown)


def _tasks(place: Workplace) -> Iterator[Fault]:
    for task in place.tasks:
        total = sum(s.percent for s in task.doers)
        if task.doers and total != 100:
            yield _fault("shares", "tasks", task.id, total=total)
        # reserved work stays with the team, which may do it with several people at once
        alone = task.legal is not Legal.RESERVED
        if alone and task.window and task.minutes and task.window.length < task.minutes.likely:
            values = {"window": task.window.length, "minutes": task.minutes.likely}
            yield _fault("window_short", "tasks", task.id, **values)
        if task.legal is Legal.PERMIT and task.permit is None:
            yield _fault("permit_unnamed", "tasks", task.id)
        yield from _dimensions("tasks", task.id, task.demands.keys(), TASK_NUMBERS)
    for spot in place.places:
        yield from _dimensions("places", spot.id, spot.demands.keys(), PLACE_NUMBERS)


def _dimensions(sheet: str, ident: str, used: Iterable[int], allowed: frozenset[int]) -> Iterator[Fault]:
    for number in sorted(set(used) - allowed):
        yield _fault("dimension", sheet, ident, number=number)


def _links(place: Workplace) -> Iterator[Fault]:
    kinds: dict[frozenset[str], set[str]] = {}
    for link in place.links:
        if link.first == link.second:
            yield _fault("link_self", "links", link.first)
        kinds.setdefault(frozenset((link.first, link.second)), set()).add(link.kind)
    for pair, both in kinds.items():
        if len(both) > 1:
            first, *rest = sorted(pair)
            yield _fault("together_apart", "links", first, other=rest[0] if rest else first)


def _cycle(place: Workplace) -> Iterator[Fault]:
    """Tell one cycle in the order of tasks, if there is any."""
    after: dict[str, list[str]] = {}
    for order in place.orders:
        after.setdefault(order.before, []).append(order.after)
    done: set[str] = set()
    for start in after:
        path = _find_cycle(start, after, done)
        if path:
            yield _fault("cycle", "orders", path[0], tasks=" → ".join(path))
            return


def _find_cycle(start: str, after: dict[str, list[str]], done: set[str]) -> list[str]:
    path: list[str] = []
    stack: list[tuple[str, int]] = [(start, 0)]
    while stack:
        task, depth = stack.pop()
        del path[depth:]
        if task in path:
            return [*path[path.index(task) :], task]
        if task in done:
            continue
        path.append(task)
        followers = after.get(task, [])
        if not followers:
            done.add(task)
        stack += [(f, depth + 1) for f in followers]
    done.update(path)
    return []
