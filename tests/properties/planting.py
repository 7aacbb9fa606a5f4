"""Cases with a known answer: a design is planted and the house built around it, or a clash is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.design.cases import loose, task, window
from tests.properties.drawing import draw_jobs, draw_problem

from klaver.design.check import refused
from klaver.design.effects import role_effects
from klaver.design.problem import Problem, problem
from klaver.design.records import Breach, Job
from klaver.values import Weekday
from klaver.work.records import Agreement, Contact, Pin, Wishes

EASY = loose()
NOT_THERE_TO_GIVE_WAY = {"reserved", "whole", "timetable"}
"""Rules that a drawn plan must keep by itself; for the others the house is built around the plan."""


def planted(chance: Random, most_tasks: int = 9) -> tuple[Problem, tuple[Job, ...]]:
    """Return a problem and a design that keeps all its rules, many of them just so."""
    while True:
        asked = draw_problem(chance, tightness=0.3, most_tasks=most_tasks)
        jobs = draw_jobs(chance, asked)
        for _ in range(20):
            told = refused(asked, jobs)
            if not told:
                return asked, jobs
            if any(b.rule in NOT_THERE_TO_GIVE_WAY for b in told):
                break
            asked = give_way(asked, jobs, told[0])


def give_way(asked: Problem, jobs: tuple[Job, ...], told: Breach) -> Problem:
    """Return the problem in which one breach is none, by as little as is easily said."""
    place, wishes, values = asked.workplace, asked.wishes, asked.parameters
    weeks, days = [j.week for j in jobs], [s.paid for j in jobs for s in j.shifts]
    if told.rule == "hours":
        wishes = wishes.model_copy(update={"week_min": min(weeks), "week_max": max(weeks), "day_max": max(days)})
        wishes = wishes.model_copy(update={"days": None})
    elif told.rule == "ceilings":
        wishes = wishes.model_copy(update={"profile": None})
    elif told.rule == "pins":
        wishes = wishes.model_copy(update={"pins": ()})
    elif told.rule == "links":
        place = place.model_copy(update={"links": ()})
    elif told.rule == "volumes":
        place = place.model_copy(update={"scenarios": ()})
    elif told.code == "rule.may_not_instruct":
        tasks = tuple(t.model_copy(update={"instructs": None}) for t in place.tasks)
        place = place.model_copy(update={"tasks": tasks})
    elif told.code == "rule.lonely":
        tasks = tuple(t.model_copy(update={"contact": Contact.COLLEAGUES}) for t in place.tasks)
        place = place.model_copy(update={"tasks": tasks})
    elif told.code == "rule.floor":
        roles = tuple(r.model_copy(update={"floor_week": None}) for r in place.roles)
        place = place.model_copy(update={"roles": roles})
    elif told.rule == "displacement":
        lost = next(e.lost for e in role_effects(asked, jobs) if e.role == told.values["role"])
        role = str(told.values["role"])
        agreed = Agreement(role=role, minutes_week=-(-lost // 100), parties="all", date="2026-01-01")
        place = place.model_copy(update={"agreements": (*place.agreements, agreed)})
    else:
        loosened = {name: EASY.get(name) for name in PARAMETERS[told.code.removeprefix("rule.")]}
        values = values.with_values(loosened.values())
    return problem(place, values, asked.profiles, wishes)


PARAMETERS = {
    "third_of_full_time": ("third_of_full_time",),
    "days_max": ("days_max",),
    "rest_day": ("rest_day",),
    "shift_min": ("shift_min",),
    "night_start": ("night_start", "night_end"),
    "sunday": ("sunday",),
    "instructors": ("instructors_max",),
    "places": ("places_day_max",),
    "kinds": ("kinds_min",),
    "families": ("families_min",),
    "share": ("share_max",),
    "posture": ("posture_max",),
    "shared": ("shared_min",),
    "learning": ("learning_min",),
    "unpleasant": ("unpleasant_max",),
    "hollow_hours": ("hollow_hours",),
    "recovery": ("hollow_recovery",),
    "load": ("hollow_load",),
    "crumbs": ("crumbs_max",),
    "swing": ("steady_tasks",),
    "swing_usual": ("steady_tasks",),
}


def planted_clash(chance: Random) -> tuple[str, Problem]:
    """Return what clashes, and a problem that has no design by construction."""
    asked, _ = planted(chance)
    clash = chance.choice(CLASHES)
    return clash.__name__, clash(asked)


def _wish(asked: Problem, **changed: object) -> Problem:
    wishes = asked.wishes.model_copy(update=changed)
    return problem(asked.workplace, asked.parameters, asked.profiles, wishes)


def hours_out_of_reach(asked: Problem) -> Problem:
    """More paid minutes than all work and all waiting of the week together."""
    most = sum(c.total for c in asked.classes) + 7 * asked["idle_day"] + 1
    return _wish(asked, week_min=most, week_max=most + 600, day_max=1440)


def a_reserved_task_asked_in(asked: Problem) -> Problem:
    """A wish that the law does not know."""
    first = asked.classes[0].task
    tasks = tuple(
        t.model_copy(update={"legal": type(t.legal).RESERVED}) if t.id == first.id else t for t in asked.workplace.tasks
    )
    place = asked.workplace.model_copy(update={"tasks": tasks})
    wishes = asked.wishes.model_copy(update={"pins": (Pin(task=first.id, kind="into"),)})
    return problem(place, asked.parameters, asked.profiles, wishes)


def two_in_one_window(asked: Problem) -> Problem:
    """Two tasks of forty minutes in the same hour for one person."""
    both = [task(i, 40, (1, 0, 0, 0, 0, 0, 0), window=window("08:00", "09:00"), place=None) for i in ("P", "Q")]
    place = asked.workplace.model_copy(update={"tasks": (*asked.workplace.tasks, *both)})
    pins = tuple(Pin(task=t.id, kind="into", days=(Weekday.MONDAY,)) for t in both)
    wishes = Wishes(jobs=1, week_min=0, week_max=6000, day_max=1440, pins=pins)
    return problem(place, asked.parameters, (), wishes)


def more_done_together_than_there_is(asked: Problem) -> Problem:
    """More shared tasks a week than there are tasks that may move."""
    least = asked.parameters.get("shared_min").model_copy(update={"value": len(asked.classes) + 1})
    return replace(asked, parameters=asked.parameters.with_values([least]))


def more_jobs_than_tasks(asked: Problem) -> Problem:
    """Every job needs a task of its own."""
    return _wish(asked, jobs=min(20, len(asked.classes) + 1), week_min=0)


CLASHES: tuple[Callable[[Problem], Problem], ...] = (
    hours_out_of_reach,
    a_reserved_task_asked_in,
    two_in_one_window,
    more_done_together_than_there_is,
    more_jobs_than_tasks,
)
