"""Lays the generated workplaces beside the examples they were cast from: the page ``results/workplaces.md``."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from statistics import mean, median

from benchmarks.moulds import RULES_ON, example
from benchmarks.workplaces import SEEDS, SIZES, Made, Setting, Size, made, settings

from benchmarks import page
from klaver.design.check import refused
from klaver.design.parameters import parameters
from klaver.design.problem import Problem, problem
from klaver.work.records import Contact, Legal, Posture, Task, Workplace

PAGE = page.RESULTS / "workplaces.md"

Figure = Callable[[Problem], float]


def _known(place: Workplace) -> list[Task]:
    return [t for t in place.tasks if t.minutes and t.times and t.window]


def _movable(asked: Problem) -> list[Task]:
    return [asked.tasks[t] for t in asked.by_task]


def _middle(figures: Iterable[float]) -> float:
    return float(median(list(figures) or [0]))


def _percent(asked: Problem, test: Callable[[Task], object]) -> float:
    tasks = asked.workplace.tasks
    return 100 * sum(bool(test(t)) for t in tasks) / len(tasks)


def _share(test: Callable[[Task], object]) -> Figure:
    return lambda asked: _percent(asked, test)


def _quarter(asked: Problem, which: int, of: Callable[[Task], float]) -> float:
    figures = sorted(of(t) for t in _movable(asked))
    return figures[len(figures) * which // 4]


def _position(task: Task) -> float:
    assert task.window is not None
    return (task.window.start + task.window.end) / 120


def _length(task: Task) -> float:
    assert task.window is not None
    return task.window.length


def _level(task: Task) -> float:
    return mean(task.demands.values()) if task.demands else 0.0


def _hundred(count: Callable[[Workplace], int]) -> Figure:
    return lambda asked: 100 * count(asked.workplace) / len(asked.workplace.tasks)


def _first(task: Task) -> float:
    return float(max((s.percent for s in task.doers), default=0))


def _walks(asked: Problem) -> float:
    """Return the middle walk inside a department: between departments the ways are longer by design."""
    return _middle(
        w.minutes for w in asked.workplace.walks if w.start.split(".")[0] == w.end.split(".")[0] or "." not in w.start
    )


FIGURES: tuple[tuple[str, Figure], ...] = (
    ("tasks", lambda p: len(p.workplace.tasks)),
    ("movable tasks, %", lambda p: 100 * len(p.by_task) / len(p.workplace.tasks)),
    ("movable classes per 100 tasks", lambda p: 100 * len(p.classes) / len(p.workplace.tasks)),
    (
        "hours a week per 100 tasks",
        lambda p: (
            sum(t.minutes.likely * sum(t.times) for t in _known(p.workplace) if t.minutes and t.times)
            / 0.6
            / len(p.workplace.tasks)
        ),
    ),
    ("movable hours a week per 100 tasks", lambda p: sum(c.given for c in p.classes) / 0.6 / len(p.workplace.tasks)),
    (
        "minutes per occurrence, movable: lower quarter",
        lambda p: _quarter(p, 1, lambda t: t.minutes.likely if t.minutes else 0),
    ),
    ("the same: middle", lambda p: _quarter(p, 2, lambda t: t.minutes.likely if t.minutes else 0)),
    ("the same: upper quarter", lambda p: _quarter(p, 3, lambda t: t.minutes.likely if t.minutes else 0)),
    ("times on a working day, mean", lambda p: mean(sum((t.times or ())[:5]) / 5 for t in p.workplace.tasks)),
    ("times on a weekend day, mean", lambda p: mean(sum((t.times or ())[5:]) / 2 for t in p.workplace.tasks)),
    ("window, minutes, movable: lower quarter", lambda p: _quarter(p, 1, _length)),
    ("the same: middle", lambda p: _quarter(p, 2, _length)),
    ("the same: upper quarter", lambda p: _quarter(p, 3, _length)),
    ("middle of the window, o'clock, movable: lower quarter", lambda p: _quarter(p, 1, _position)),
    ("the same: middle", lambda p: _quarter(p, 2, _position)),
    ("the same: upper quarter", lambda p: _quarter(p, 3, _position)),
    ("task families", lambda p: len({t.family for t in p.workplace.tasks})),
    ("places", lambda p: len(p.workplace.places)),
    ("walk inside a department, minutes, middle", _walks),
    ("roles", lambda p: len(p.workplace.roles)),
    ("shortage roles, %", lambda p: 100 * sum(bool(r.shortage) for r in p.workplace.roles) / len(p.workplace.roles)),
    ("tasks of one role, %", _share(lambda t: len(t.doers) == 1)),
    ("largest share of a role, mean %", lambda p: mean(_first(t) for t in p.workplace.tasks)),
    ("level per task, mean", lambda p: mean(_level(t) for t in p.workplace.tasks)),
    ("level per task, movable, mean", lambda p: mean(_level(t) for t in _movable(p))),
    ("tasks with a level of 3 or 4, %", _share(lambda t: max(t.demands.values(), default=0) >= 3)),
    ("standing, %", _share(lambda t: t.posture is Posture.STANDING)),
    ("sitting, %", _share(lambda t: t.posture is Posture.SITTING)),
    ("walking, %", _share(lambda t: t.posture is Posture.WALKING)),
    ("meets clients, %", _share(lambda t: t.contact is Contact.CLIENTS)),
    ("meets colleagues, %", _share(lambda t: t.contact is Contact.COLLEAGUES)),
    ("asks A2 or more to listen, %", _share(lambda t: t.language and t.language.listening not in ("none", "A1"))),
    ("language by a safety reason, %", _share(lambda t: t.language and t.language.safety_reason)),
    ("reserved, %", _share(lambda t: t.legal is Legal.RESERVED)),
    ("supervised, %", _share(lambda t: t.legal is Legal.SUPERVISED)),
    ("orders per 100 tasks", _hundred(lambda w: len(w.orders))),
    ("apart per 100 tasks", _hundred(lambda w: sum(k.kind == "apart" for k in w.links))),
    ("together per 100 tasks", _hundred(lambda w: sum(k.kind == "together" for k in w.links))),
    ("roles that instruct", lambda p: len({t.instructs for t in p.workplace.tasks if t.instructs})),
    ("next step to learn, %", _share(lambda t: t.learning)),
    ("unpleasant, %", _share(lambda t: t.unpleasant)),
    ("valued, %", _share(lambda t: t.valued)),
    ("recovery, %", _share(lambda t: t.recovery)),
    ("scenarios", lambda p: len(p.workplace.scenarios)),
)


def asked_of(place: Workplace) -> Problem:
    """Return the question of a workplace with the rules of a fixed day and without people."""
    return problem(place, parameters(RULES_ON))


def beside(setting: Setting, seeds: Sequence[int]) -> list[list[str]]:
    """Return per figure: its name, that of the example, and the mean, lowest and highest of generated wards."""
    cast = asked_of(example(setting))
    wards = [asked_of(made(setting, "ward", seed).workplace) for seed in seeds]
    rows = []
    for name, figure in FIGURES:
        drawn = [figure(ward) for ward in wards]
        rows.append([name, f"{figure(cast):.1f}", f"{mean(drawn):.1f}", f"{min(drawn):.1f}", f"{max(drawn):.1f}"])
    return rows


def sizes(every: Sequence[Size]) -> list[list[str]]:
    """Return per setting and size what one workplace holds, how long it took to make, and what the checker says."""
    rows = []
    for size in every:
        for setting in settings():
            begun = time.perf_counter()
            found = made(setting, size, 1)
            seconds = time.perf_counter() - begun
            place, asked = found.workplace, asked_of(found.workplace)
            counts = (len(place.tasks), len(asked.classes), len(place.places), len(place.roles), asked.jobs)
            told = f"{SIZES[size].people}"
            begun = time.perf_counter()
            breaches = len(refused(asked, found.planted))
            times = [f"{seconds:.1f}", f"{time.perf_counter() - begun:.1f}"]
            rows.append([f"{setting}, {size}", *map(str, counts), told, *times, str(breaches)])
    return rows


def accepted(seeds: Sequence[int] = SEEDS) -> tuple[int, int]:
    """Return how many planted wards the checker was asked about, and of how many it accepts the planted plan."""
    wards: list[Made] = [made(setting, "ward", seed) for setting in settings() for seed in seeds]
    return len(wards), sum(not refused(asked_of(w.workplace), w.planted) for w in wards)


def text() -> str:
    """Return the page of calibration."""
    wards, held = accepted()
    parts = [
        "# Generated workplaces beside the examples",
        f"Made on {page.today()}; {page.versions()}.",
        "The generator (`benchmarks/workplaces.py`) draws each task near a task of an example, so the figures below are"
        " close by construction; they would show it if a change bent them. What differs was meant: the planted jobs"
        " move windows and, seldom, who instructs; weekdays turn. The fifth setting, logistics in a hospital, has a"
        " table of its own in place of an example, with longer walks and more times a day. Beside the example"
        f" stand the mean, the lowest and the highest of {len(SEEDS)} generated wards. How and why:"
        " [decision 11](../../docs/decisions/0011-generated-workplaces-are-frozen.md).",
        f"In every ward six jobs are planted. Klaver's checker accepts the planted plan in {held} of {wards} wards.",
    ]
    for setting in settings():
        head = ["figure", "example", "generated, mean", "lowest", "highest"]
        parts.append(f"## {setting}\n\n" + "\n".join(page.table(head, beside(setting, SEEDS))))
    head = [
        "seed 1",
        "tasks",
        "movable classes",
        "places",
        "roles",
        "jobs",
        "people",
        "seconds to make",
        "seconds to check",
        "breaches planted",
    ]
    parts.append("## Sizes\n\n" + "\n".join(page.table(head, sizes(tuple(SIZES)))))
    parts.append("Made by `python benchmarks/workplaces.py`.")
    return "\n\n".join(parts) + "\n"
