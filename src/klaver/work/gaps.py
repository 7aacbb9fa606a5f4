"""What is not known yet of a workplace and matters for a design: named gaps, never zeros."""

from __future__ import annotations

from collections.abc import Iterator

from klaver.scale.dimensions import PLACE_NUMBERS, TASK_NUMBERS
from klaver.values import Record
from klaver.work.records import Legal, Place, Role, Task, Workplace

TASK_FIELDS = (
    "minutes",
    "times",
    "window",
    "place",
    "harm",
    "separable",
    "splittable",
    "wait_days",
    "left_undone",
    "recovery",
    "valued",
    "unpleasant",
    "learning",
    "alone",
    "contact",
    "instructs",
    "posture",
    "language",
)
ROLE_FIELDS = ("headcount", "hours_week", "floor_week", "pay_scale", "hourly_cost", "shortage")


class Gap(Record):
    """One thing that is not known. ``code`` (``gap.*``) is the question; ``subject`` the task, role or place it is of.

    ``field`` is the field's name in the record; ``kind`` is ``task``, ``role``, ``place`` or ``workplace``.
    """

    code: str
    kind: str
    subject: str
    field: str
    values: dict[str, str | int] = {}

    @property
    def task(self) -> str:
        """The id that the gap is about, whatever its kind."""
        return self.subject


def gaps(workplace: Workplace) -> tuple[Gap, ...]:
    """Return every gap that matters for a design: of the workplace first, then roles, places and tasks in order."""
    found = [*_house(workplace)]
    for role in workplace.roles:
        found += _role(role)
    for place in workplace.places:
        found += _place(place)
    for task in workplace.tasks:
        found += _task(task)
    return tuple(found)


def _house(workplace: Workplace) -> Iterator[Gap]:
    values: dict[str, str | int] = {"subject": workplace.id, "name": workplace.name}
    if not workplace.tasks:
        yield Gap(code="gap.tasks", kind="workplace", subject=workplace.id, field="tasks", values=values)
    for field in ("entry_scale", "full_time_week"):
        if getattr(workplace, field) is None:
            yield Gap(code=f"gap.{field}", kind="workplace", subject=workplace.id, field=field, values=values)
    used = sorted({t.place for t in workplace.tasks if t.place})
    walks = {frozenset((w.start, w.end)) for w in workplace.walks}
    lonely = [p for p in used if len(used) > 1 and not any(p in walk for walk in walks)]
    for place in lonely:
        values = {"subject": place, "name": next((p.label for p in workplace.places if p.id == place), place)}
        yield Gap(code="gap.walks", kind="place", subject=place, field="walks", values=values)


def _role(role: Role) -> Iterator[Gap]:
    for field in ROLE_FIELDS:
        if getattr(role, field) is None:
            values: dict[str, str | int] = {"subject": role.id, "name": role.label}
            yield Gap(code=f"gap.{field}", kind="role", subject=role.id, field=field, values=values)


def _place(place: Place) -> Iterator[Gap]:
    missing = PLACE_NUMBERS - place.demands.keys()
    if missing:
        yield _demands("place", place.id, place.label, missing)


def _task(task: Task) -> Iterator[Gap]:
    values: dict[str, str | int] = {"subject": task.id, "name": task.name}
    open_fields = [f for f in TASK_FIELDS if getattr(task, f) is None]
    if task.legal is Legal.UNKNOWN:
        open_fields.append("legal")
    if not task.doers and task.left_undone is not True:
        open_fields.append("doers")
    if task.harm == 3 and task.checked is None:
        open_fields.append("checked")
    for field in open_fields:
        yield Gap(code=f"gap.{field}", kind="task", subject=task.id, field=field, values=values)
    missing = TASK_NUMBERS - task.demands.keys()
    if missing:
        yield _demands("task", task.id, task.name, missing)


def _demands(kind: str, subject: str, name: str, missing: frozenset[int]) -> Gap:
    numbers = ", ".join(str(n) for n in sorted(missing))
    values: dict[str, str | int] = {"subject": subject, "name": name, "numbers": numbers, "count": len(missing)}
    return Gap(code="gap.demands", kind=kind, subject=subject, field="demands", values=values)
