"""Job: nothing asks more than the one it is made for can do, also not the day as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from klaver.design.effects import demands_of, top_language
from klaver.design.facts import set_time
from klaver.design.problem import Class, Problem
from klaver.design.records import Breach, Job
from klaver.design.rules.model import Model, Term
from klaver.matching.doors import asks_language, door, missing_language
from klaver.people.records import Profile
from klaver.scale.composed import limit_of
from klaver.scale.dimensions import PLACE_NUMBERS, TASK_NUMBERS
from klaver.values import Weekday
from klaver.values.time import DAY, closed
from klaver.work.records import Contact, Legal, Posture

NAME = "ceilings"
SCOPE = "job"

Limits = Mapping[int, int]
"""The highest level that keeps a door open, per dimension; a dimension that is left out has no limit."""

POSTURES = ((23, "stand", Posture.STANDING), (24, "sit", Posture.SITTING), (25, "walk", Posture.WALKING))


def post(model: Model, problem: Problem) -> None:
    """Keep every job within the limits of the one it is made for; what is not known limits nothing."""
    for job in range(problem.jobs):
        holder = problem.holder(job)
        if holder is not None:
            ceilings = Ceilings(model, problem, job)
            ceilings.post_not_shut(holder, None)
            ceilings.post_permits(holder)


class Ceilings:
    """The doors of one job as conditions on a model, in the words of ``klaver.matching.doors``.

    What depends on the order within a day (stretches at a time, changes of task) is posted as far as it holds for
    every order; the finished timetable decides. All the rest is posted exactly.
    """

    def __init__(self, model: Model, problem: Problem, job: int) -> None:
        self.model, self.problem, self.job = model, problem, job
        self._apart: dict[tuple[Weekday, Weekday], list[tuple[int, Term]]] = {}
        self._givers: list[tuple[int, Term]] = []

    def post_not_shut(self, profile: Profile, when: Term | None) -> None:
        """Ask that nothing known shuts the job for a profile (only when ``when`` is 1)."""
        limits = self.problem.limits[profile.id]
        for found in self.problem.classes:
            if shuts(self.problem, found, profile, limits):
                self._forbid(found, when)
        self._post_hours(profile, when)
        self._post_sums(limits, when)

    def post_permits(self, profile: Profile) -> None:
        """Ask that the holder has every permit that the job asks by law."""
        for found in self.problem.classes:
            if lacks_permit(found, profile):
                self._forbid(found, None)

    def post_open(self, profile: Profile, when: Term) -> None:
        """Ask that the job is open for a profile: not shut, and nothing left to ask (only when ``when`` is 1)."""
        hours = (profile.week_min, profile.week_max, profile.day_max)
        timed = profile.day_parts is not None or None not in (profile.days, profile.earliest, profile.latest)
        if None in hours or not timed:
            self.model.at_least([], 1, when)
            return
        limits = open_limits(self.problem, profile)
        for found in self.problem.classes:
            if shuts(self.problem, found, profile, limits) or asks(self.problem, found, profile):
                self._forbid(found, when)
        self._post_hours(profile, when)
        self._post_sums(limits, when)

    def _forbid(self, found: Class, when: Term | None) -> None:
        self.model.at_most([(1, self.model.take(self.job, found.index))], 0, when)

    def _post_hours(self, profile: Profile, when: Term | None) -> None:
        model, job = self.model, self.job
        week = [(1, model.paid(job, d)) for d in self.problem.days]
        if profile.week_min is not None:
            model.at_least(week, profile.week_min, when)
        if profile.week_max is not None:
            model.at_most(week, profile.week_max, when)
        for day in self.problem.days:
            works = model.works(job, day)
            if profile.days is not None and day not in profile.days:
                model.at_most([(1, works)], 0, when)
            if profile.day_max is not None:
                model.at_most([(1, model.paid(job, day))], profile.day_max, when)
            if profile.earliest is not None:
                model.at_least([(1, model.start(job, day)), (-profile.earliest, works)], 0, when)
            if profile.latest is not None:  # the end is free on a day off
                late = 2 * DAY
                model.at_most([(1, model.end(job, day)), (late, works)], profile.latest + late, when)
            slots = profile.slots()
            if slots is not None:
                self._post_parts(closed(slots, day), day, when)

    def _post_parts(self, shut: list[tuple[int, int]], day: Weekday, when: Term | None) -> None:
        """Keep a shift out of the parts of days that do not suit: it ends before each of them, or starts after."""
        model, job, whole = self.model, self.job, 2 * DAY
        start, end, works = model.start(job, day), model.end(job, day), model.works(job, day)
        for first, last in shut:
            if first == 0 and last == whole:
                model.at_most([(1, works)], 0, when)
            elif first == 0:
                model.at_least([(1, start), (-last, works)], 0, when)
            elif last == whole:
                model.at_most([(1, end), (whole, works)], first + whole, when)
            else:
                before = model.flag()
                model.at_most([(1, end), (whole, works), (whole, before)], first + 2 * whole, when)
                model.at_least([(1, start), (-last, works), (last, before)], 0, when)

    def _post_sums(self, limits: Limits, when: Term | None) -> None:
        problem, model = self.problem, self.model
        for day in problem.days:
            for number, fact, terms in self._day_facts(day):
                self._post_count(number, fact, terms, limits, when)
            most = _limit("work_day", 31, limits)
            if most is not None:
                model.at_most([(1, model.paid(self.job, day))], most, when)
        kinds = [(1, model.has(self.job, t)) for t in sorted(problem.by_task)]
        self._post_count(6, "kinds_job", kinds, limits, when)
        shared = [(c.times, model.share(self.job, c.index)) for c in problem.classes]
        self._post_count(18, "shared_job", shared, limits, when)
        self._post_instructors(limits, when)
        self._post_differences(limits, when)
        self._post_alone(limits, when)

    def _post_count(
        self, number: int, fact: str, terms: list[tuple[int, Term]], limits: Limits, when: Term | None
    ) -> None:
        """Post a limit on a sum of yes/no terms, unless the sum cannot pass it."""
        most = _limit(fact, number, limits)
        if most is not None:
            most += fact == "changes_day"  # the first kind of a day is no change
            if sum(k for k, _ in terms) > most:
                self.model.at_most(terms, most, when)

    def _day_facts(self, day: Weekday) -> Iterator[tuple[int, str, list[tuple[int, Term]]]]:
        here = [(c, self.model.take(self.job, c.index)) for c in self.problem.classes if c.day is day]
        for number, word, posture in POSTURES:
            yield number, f"{word}_day", [(c.total, term) for c, term in here if c.task.posture is posture]
        yield 22, "contact_day", [(c.total, term) for c, term in here if c.task.contact is Contact.CLIENTS]
        yield 8, "kinds_day", [(1, term) for _, term in here]
        yield 11, "fixed_times_day", [(1, term) for c, term in here if set_time(self.problem, c.task.id)]
        yield 13, "changes_day", [(1, term) for _, term in here]

    def _post_alone(self, limits: Limits, when: Term | None) -> None:
        """What is done alone for too long at a time can be done together."""
        most = _limit("alone_run", 12, limits)
        for found in self.problem.classes:
            if found.task.alone and most is not None and found.work > most:
                alone = [(1, self.model.take(self.job, found.index)), (-1, self.model.share(self.job, found.index))]
                self.model.at_most(alone, 0, when)

    def _post_instructors(self, limits: Limits, when: Term | None) -> None:
        most = _limit("instructors_job", 19, limits)
        if most is None:
            return
        if most < 1:  # somebody gives the orders in every job
            self.model.at_least([], 1, when)
            return
        roles = sorted({c.task.instructs for c in self.problem.classes if c.task.instructs})
        if len(roles) > most:
            self._givers = self._givers or [(1, self._gives(role)) for role in roles]
            self.model.at_most(self._givers, most, when)

    def _gives(self, role: str) -> Term:
        gives = self.model.flag()
        for task in sorted({c.task.id for c in self.problem.classes if c.task.instructs == role}):
            self.model.at_most([(1, self.model.has(self.job, task)), (-1, gives)], 0)
        return gives

    def _post_differences(self, limits: Limits, when: Term | None) -> None:
        most = _limit("day_differences_job", 15, limits)
        if most is None:
            return
        self._apart = self._apart or {pair: self._differing(*pair) for pair in combinations(self.problem.days, 2)}
        for (first, second), terms in self._apart.items():
            if len(terms) > most:  # counts only when both days are worked
                both = [(len(terms), self.model.works(self.job, d)) for d in (first, second)]
                self.model.at_most([*terms, *both], most + 2 * len(terms), when)

    def _differing(self, first: Weekday, second: Weekday) -> list[tuple[int, Term]]:
        """Return terms that add up to at least the number of tasks that only one of two days has."""
        made: list[tuple[int, Term]] = []
        for task in sorted(self.problem.by_task):
            classes = (self.problem.by_key.get((task, day)) for day in (first, second))
            pair = [self.model.take(self.job, c.index) for c in classes if c is not None]
            if len(pair) == 1:
                made.append((1, pair[0]))
            elif pair:
                apart = self.model.flag()
                for one, other in (pair, pair[::-1]):
                    self.model.at_most([(1, one), (-1, other), (-1, apart)], 0)
                made.append((1, apart))
        return made


def open_limits(problem: Problem, profile: Profile) -> dict[int, int]:
    """Return the levels at which a door is open: an ability that is not known must not be asked, so it is at 0."""
    return dict.fromkeys(range(1, 37), 0) | problem.limits[profile.id]


def _limit(fact: str, number: int, limits: Limits) -> int | None:
    return limit_of(fact, limits[number]) if number in limits else None


def shuts(problem: Problem, found: Class, profile: Profile, limits: Limits) -> bool:
    """Tell whether a class alone shuts every job that takes it: by what it asks, its place, or a condition."""
    task = found.task
    if task.family in profile.excluded_families:
        return True
    if task.permit and profile.permits is not None and task.permit not in profile.permits:
        return True
    hard = [task.language] if task.language is not None and task.language.safety_reason else []
    if missing_language(top_language(hard), profile):
        return True
    return not fits(problem, found, limits)


def lacks_permit(found: Class, profile: Profile) -> bool:
    """Tell whether the law asks a permit for a class that a profile is not known to have."""
    return found.task.legal is Legal.PERMIT and found.task.permit not in (profile.permits or ())


def barred(problem: Problem, found: Class, profile: Profile) -> bool:
    """Tell whether a class can be in no job that is made for a profile."""
    return lacks_permit(found, profile) or shuts(problem, found, profile, problem.limits[profile.id])


def asks(problem: Problem, found: Class, profile: Profile) -> bool:
    """Tell whether a class leaves something to ask, of the work or of the person, in every job that takes it."""
    task = found.task
    if problem.unknown_dimensions[task.id] or task.language is None:
        return True
    if profile.language is None and asks_language(top_language([task.language])):
        return True
    return bool(task.permit) and profile.permits is None


def fits(problem: Problem, found: Class, limits: Limits) -> bool:
    """Tell whether a class asks no known level above the limits, on its own and for its place."""
    asked = {n: found.task.demands[n] for n in TASK_NUMBERS & found.task.demands.keys()}
    place = next((p for p in problem.workplace.places if p.id == found.task.place), None)
    if place is not None:
        asked |= {n: place.demands[n] for n in PLACE_NUMBERS & place.demands.keys()}
    if not all(level <= limits[n] for n, level in asked.items() if n in limits):
        return False
    for number, word, posture in POSTURES:
        most = _limit(f"{word}_run", number, limits)
        if found.task.posture is posture and most is not None and found.work > most:
            return False
    return True


def check(problem: Problem, jobs: tuple[Job, ...]) -> Iterator[Breach]:
    """Tell every job that is shut for the one it is made for, and by what."""
    for number, job in enumerate(jobs):
        holder = problem.holder(number)
        if holder is not None:
            barriers = barriers_of(problem, job, holder)
            if barriers:
                values: dict[str, str | int] = {"profile": holder.id, "barriers": ", ".join(barriers)}
                yield Breach(rule=NAME, code="rule.ceiling", values=values, job=job.id)


def barriers_of(problem: Problem, job: Job, holder: Profile) -> tuple[str, ...]:
    """Return what shuts a job for the one it is made for: dimensions by number, conditions by code."""
    found = tuple(str(b.dimension or b.code) for b in door(demands_of(problem, job), holder).barriers)
    classes = (problem.by_key.get((e.task, s.day)) for s in job.shifts for e in s.entries)
    lacking = any(lacks_permit(c, holder) for c in classes if c is not None)
    return (*found, "permit") if lacking and "permit" not in found else found
