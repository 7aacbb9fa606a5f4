"""Which tasks are within reach in the language of the workplace, step by step: A1, A2, B1."""

from __future__ import annotations

from collections.abc import Iterable

from klaver.scale.ladder import SKILLS, STEPS
from klaver.values import Record
from klaver.work.records import Task

SHOWN = ("A1", "A2", "B1")
"""The steps that a workplace is told about."""


class StepReach(Record):
    """The tasks at one step of the ladder, by id and each in exactly one group.

    ``within``: no skill asks more than the step. ``to_learn``: more is asked, and it can be learned on the job.
    ``safety``: more is asked and a written safety reason makes that a condition. ``unknown``: nobody has said yet.
    """

    step: str
    within: tuple[str, ...]
    to_learn: tuple[str, ...]
    safety: tuple[str, ...]
    unknown: tuple[str, ...]


def language_reach(tasks: Iterable[Task], steps: Iterable[str] = SHOWN) -> tuple[StepReach, ...]:
    """Return for each step of the ladder which tasks somebody at that step, in all four skills, can take up."""
    given = tuple(tasks)
    return tuple(_at(step, given) for step in steps)


def _at(step: str, tasks: tuple[Task, ...]) -> StepReach:
    groups: dict[str, list[str]] = {"within": [], "to_learn": [], "safety": [], "unknown": []}
    for task in tasks:
        groups[_group(task, step)].append(task.id)
    return StepReach(step=step, **{name: tuple(ids) for name, ids in groups.items()})


def step_of(task: Task) -> str | None:
    """Return the step at which a task is within reach, or ``None`` when nobody has said what it asks."""
    needs = task.language
    return None if needs is None else max((getattr(needs, skill) for skill in SKILLS), key=STEPS.index)


def _group(task: Task, step: str) -> str:
    asked = step_of(task)
    if asked is None or task.language is None:
        return "unknown"
    if STEPS.index(asked) <= STEPS.index(step):
        return "within"
    return "safety" if task.language.safety_reason else "to_learn"
