"""Which class goes to which job, and when: the rules and every day's timetable on one CP-SAT model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

from ortools.sat.python import cp_model

from klaver.design.problem import Class, Problem
from klaver.design.records import Entry, Job, Objective, Pause, Shift
from klaver.design.rules import RULES
from klaver.design.rules.model import Sum, Term
from klaver.design.rules.timetable import allowed_waiting, without_break
from klaver.design.solve.measures import measure
from klaver.values import Weekday
from klaver.values.time import DAY


@dataclass(frozen=True)
class Cut:
    """A fact about a day that the model does not know: these classes together break a limit that lies in their order.

    With ``profile`` it holds for jobs that are open for that profile only; ``exact`` leaves out this very set and
    not the larger ones; with ``job`` it holds for that job alone, which is made for somebody.
    """

    classes: frozenset[int]
    profile: str | None = None
    exact: bool = False
    job: int | None = None


@dataclass(frozen=True)
class _Occurrence:
    """One occurrence of a class on the day of a job: whether it is done, when, and whether after the break."""

    found: Class
    taken: Any
    start: Any
    after: Any

    @property
    def end(self) -> Any:
        return self.start + self.found.work

    def reaches(self, other: _Occurrence, walk: int) -> bool:
        """Tell whether the windows let ``other`` come after this."""
        if self.found is other.found:
            return bool(self.start.index < other.start.index)
        return self.found.window.start + self.found.work + walk <= other.found.window.end - other.found.work


class Assignment:
    """The rules of one problem on a CP-SAT model; satisfies ``design.rules.model.Model``.

    A plan of this model is a design: windows, order, walking and the break are exact. Walks are shortest ways, so
    keeping the way between any two occurrences is the same as keeping it between neighbours, and asks no circuit.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.cp = cp_model.CpModel()
        self._terms: list[Any] = []
        jobs, classes = range(problem.jobs), problem.classes
        self._take = [[self._bool(f"take_{j}_{c.index}") for c in classes] for j in jobs]
        self._share = [[self._bool(f"share_{j}_{c.index}") for c in classes] for j in jobs]
        self._works: dict[tuple[int, Weekday], Term] = {}
        self._has: dict[tuple[int, str], Term] = {}
        self._span: dict[tuple[int, Weekday], tuple[Term, Term, Term]] = {}
        self._lines: dict[tuple[int, Weekday], list[_Occurrence]] = {}
        self._pauses: dict[tuple[int, Weekday], tuple[Any, Any]] = {}
        self._measures: dict[tuple[Objective, int], list[tuple[int, Term]]] = {}
        self._opened: dict[tuple[int, str], Term] = {}
        for job in jobs:
            for day in problem.days:
                self._day(job, day)
            for task, mine in sorted(problem.by_task.items()):
                has = self._has[job, task] = self._bool(f"has_{job}_{task}")
                self.cp.add_max_equality(self[has], [self[self.take(job, c.index)] for c in mine])
        for rule in RULES:
            if not problem.skips(rule.NAME):
                rule.post(self, problem)
        self._break_symmetry()

    def __getitem__(self, term: Term) -> Any:
        return self._terms[term]

    def _bool(self, name: str) -> Term:
        return self._keep(self.cp.new_bool_var(name))

    def _keep(self, variable: Any) -> Term:
        self._terms.append(variable)
        return Term(len(self._terms) - 1)

    def _int(self, low: int, high: int, name: str) -> Term:
        return self._keep(self.cp.new_int_var(low, high, name))

    # one day of one job

    def _day(self, job: int, day: Weekday) -> None:
        """Build a shift: its span, its break, and its occurrences one at a time with the walks between them."""
        cp, problem, name = self.cp, self.problem, f"{job}_{day}"
        here = [c for c in problem.classes if c.day is day]
        works = self._works[job, day] = self._bool(f"works_{name}")
        cp.add_max_equality(self[works], [self[self.take(job, c.index)] for c in here] or [0])
        waiting = allowed_waiting(problem)  # a shift may begin or end with it
        first = max(0, min((c.window.start for c in here), default=0) - waiting)
        last = max((c.window.end for c in here), default=DAY) + waiting
        start, end = self._int(first, last, f"start_{name}"), self._int(first, last, f"end_{name}")
        paid = self._int(0, last - first, f"paid_{name}")
        self._span[job, day] = (start, end, paid)
        pause, at = cp.new_bool_var(f"pause_{name}"), cp.new_int_var(first, last, f"pause_at_{name}")
        self._pauses[job, day] = (pause, at)
        minutes = problem["break_minutes"]
        cp.add(self[end] >= self[start])
        cp.add(self[paid] == self[end] - self[start] - minutes * pause).only_enforce_if(self[works])
        cp.add(self[paid] == 0).only_enforce_if(~self[works])
        self._break(job, day, minutes)
        line = self._lines[job, day] = [o for c in here for o in self._occurrences(job, c, pause)]
        for done in line:
            cp.add(done.start >= self[start]).only_enforce_if(done.taken)
            cp.add(done.end <= self[end]).only_enforce_if(done.taken)
            cp.add(done.end <= at).only_enforce_if([done.taken, pause, ~done.after])
            cp.add(done.start >= at + minutes).only_enforce_if([done.taken, done.after])
        spans = [cp.new_optional_fixed_size_interval_var(o.start, o.found.work, o.taken, o.start.name) for o in line]
        cp.add_no_overlap([*spans, cp.new_optional_fixed_size_interval_var(at, minutes, pause, f"rest_{name}")])
        self._walks(line, minutes)
        self._orders(line)

    def _break(self, job: int, day: Weekday, minutes: int) -> None:
        limit = without_break(self.problem)
        start, end = self[self.start(job, day)], self[self.end(job, day)]
        pause, at = self._pauses[job, day]
        self.cp.add_implication(pause, self[self.works(job, day)])
        self.cp.add(end - start <= limit).only_enforce_if([self[self.works(job, day)], ~pause])
        for low, high in ((start, at), (at + minutes, end)):
            self.cp.add(high >= low).only_enforce_if(pause)
            self.cp.add(high - low <= limit).only_enforce_if(pause)

    def _occurrences(self, job: int, found: Class, pause: Any) -> list[_Occurrence]:
        taken = self[self.take(job, found.index)]
        latest = found.window.end - found.work
        if found.window.start + (found.times - 1) * found.work > latest:
            self.cp.add(taken == 0)
            return []
        made = []
        for k in range(found.times):
            low, high = found.window.start + k * found.work, latest - (found.times - 1 - k) * found.work
            name = f"{job}_{found.index}_{k}"
            after = self.cp.new_bool_var(f"after_{name}")
            self.cp.add_implication(after, pause)
            made.append(_Occurrence(found, taken, self.cp.new_int_var(low, high, f"at_{name}"), after))
        for one, two in pairwise(made):
            self.cp.add(two.start >= one.end)
            self.cp.add_implication(one.after, two.after)
        return made

    def _walks(self, line: Sequence[_Occurrence], minutes: int) -> None:
        """Keep the way between any two occurrences in different places; a break on the way comes on top."""
        cp = self.cp
        for one, two in combinations(line, 2):
            walk = self.problem.walk(one.found.task.place, two.found.task.place)
            if not walk:
                continue
            both, rest = [one.taken, two.taken], minutes * two.after - minutes * one.after
            first = cp.new_bool_var(f"{one.start.name}_{two.start.name}")
            if not one.reaches(two, walk):
                cp.add_bool_or(~first, ~one.taken, ~two.taken)
            if not two.reaches(one, walk):
                cp.add_bool_or(first, ~one.taken, ~two.taken)
            cp.add(two.start >= one.end + walk + rest).only_enforce_if([*both, first])
            cp.add(one.start >= two.end + walk - rest).only_enforce_if([*both, ~first])

    def _orders(self, line: Sequence[_Occurrence]) -> None:
        for order in self.problem.workplace.orders:
            for one in (o for o in line if o.found.task.id == order.before):
                for two in (o for o in line if o.found.task.id == order.after):
                    self.cp.add(one.end <= two.start).only_enforce_if([one.taken, two.taken])

    def _break_symmetry(self) -> None:
        """Jobs are alike: the earlier has at least the paid minutes of the later; but not those made for a group."""
        if self.problem.group:
            return
        weeks = [sum(self[self.paid(j, d)] for d in self.problem.days) for j in range(self.problem.jobs)]
        for more, less in pairwise(weeks):
            self.cp.add(more >= less)

    # what a rule may ask for

    def take(self, job: int, index: int) -> Term:
        """1 when the job does the class."""
        return self._take[job][index]

    def share(self, job: int, index: int) -> Term:
        """1 when the job does the class with a colleague."""
        return self._share[job][index]

    def has(self, job: int, task: str) -> Term:
        """1 when the job does the task on some day."""
        return self._has[job, task]

    def works(self, job: int, day: Weekday) -> Term:
        """1 when the job works that day."""
        return self._works[job, day]

    def start(self, job: int, day: Weekday) -> Term:
        """Start of the shift."""
        return self._span[job, day][0]

    def end(self, job: int, day: Weekday) -> Term:
        """End of the shift."""
        return self._span[job, day][1]

    def paid(self, job: int, day: Weekday) -> Term:
        """Paid minutes that day."""
        return self._span[job, day][2]

    def flag(self) -> Term:
        """Return a new yes/no."""
        return self._bool(f"flag_{len(self._terms)}")

    def number(self, most: int) -> Term:
        """Return a new number from 0 to ``most``."""
        return self._keep(self.cp.new_int_var(0, most, f"number_{len(self._terms)}"))

    def least(self, terms: Sum) -> None:
        """Make a sum as small as can be."""
        self.cp.minimize(self._sum(terms))

    def _sum(self, terms: Sum) -> Any:
        pairs = list(terms)
        return cp_model.LinearExpr.weighted_sum([self[t] for _, t in pairs], [c for c, _ in pairs])

    def at_most(self, terms: Sum, bound: int, when: Term | None = None) -> None:
        """Ask that the sum is at most ``bound``."""
        self._ask(self._sum(terms) <= bound, when)

    def at_least(self, terms: Sum, bound: int, when: Term | None = None) -> None:
        """Ask that the sum is at least ``bound``."""
        self._ask(self._sum(terms) >= bound, when)

    def _ask(self, bounded: Any, when: Term | None) -> None:
        if isinstance(bounded, bool):  # a sum without terms is a plain number
            if not bounded:
                self.cp.add_bool_or([] if when is None else [~self[when]])
            return
        made = self.cp.add(bounded)
        if when is not None:
            made.only_enforce_if(self[when])

    # what the search adds

    def opened(self, job: int, profile: str) -> Term | None:
        """Return the yes/no that says a job is open for a profile; it exists once doors are measured."""
        return self._opened.get((job, profile))

    def open_for(self, job: int, profile: str, flag: Term) -> None:
        """Remember the yes/no that says a job is open for a profile."""
        self._opened[job, profile] = flag

    def measure(self, objective: Objective, job: int) -> list[tuple[int, Term]]:
        """Return the terms of one job's value, in the unit of ``Values`` (relief in hundredths of minutes)."""
        key = (objective, job)
        if key not in self._measures:
            self._measures[key] = list(measure(self, objective, job))
        return self._measures[key]

    def total(self, objective: Objective) -> list[tuple[int, Term]]:
        """Return the terms of the whole plan's value."""
        return [t for job in range(self.problem.jobs) for t in self.measure(objective, job)]

    def aim(self, objective: Objective) -> None:
        """Maximise a value (the moments that change hands are made as few as can be)."""
        total = self._sum(self.total(objective))
        if objective is Objective.CALM:
            self.cp.minimize(total)
        else:
            self.cp.maximize(total)

    def cut(self, cut: Cut, piece: Any = None) -> None:
        """Add a fact about a day to the jobs it holds for (of a ``piece`` of this model)."""
        cp = self.cp if piece is None else piece
        day = self.problem.classes[min(cut.classes)].day
        for job in range(self.problem.jobs) if cut.job is None else (cut.job,):
            clause = [~self[self.take(job, i)] for i in sorted(cut.classes)]
            if cut.profile is not None:
                flag = self.opened(job, cut.profile)
                if flag is None:
                    return  # doors are not measured here
                clause.append(~self[flag])
            if cut.exact:
                others = (c.index for c in self.problem.classes if c.day is day and c.index not in cut.classes)
                clause += [self[self.take(job, i)] for i in others]
            cp.add_bool_or(clause)

    def leave_out(self, jobs: tuple[Job, ...]) -> None:
        """Leave out one plan: who does what must differ somewhere."""
        known = {(j, i) for j, i, _ in triples(self.problem, jobs)}
        pairs = ((j, c.index) for j in range(self.problem.jobs) for c in self.problem.classes)
        self.cp.add_bool_or(~self[self.take(*p)] if p in known else self[self.take(*p)] for p in pairs)

    def hint(self, jobs: tuple[Job, ...]) -> None:
        """Start from a known design, the longest week first."""
        self.cp.clear_hints()  # type: ignore[no-untyped-call]
        ordered = jobs if self.problem.group else tuple(sorted(jobs, key=lambda j: -j.week))
        known = {(j, i): s for j, i, s in triples(self.problem, ordered)}
        for job in range(self.problem.jobs):
            for found in self.problem.classes:
                key = (job, found.index)
                self.cp.add_hint(self[self.take(*key)], key in known)
                self.cp.add_hint(self[self.share(*key)], known.get(key, False))
            for shift in ordered[job].shifts if job < len(ordered) else ():
                self._hint_day(job, shift)

    def _hint_day(self, job: int, shift: Shift) -> None:
        starts: dict[str, list[int]] = {}
        for entry in shift.entries:
            starts.setdefault(entry.task, []).append(entry.start)
        for done in self._lines[job, shift.day]:
            if starts.get(done.found.task.id):
                self.cp.add_hint(done.start, starts[done.found.task.id].pop(0))
        for term, value in zip(self._span[job, shift.day], (shift.start, shift.end, shift.paid), strict=True):
            self.cp.add_hint(self[term], value)
        pause, at = self._pauses[job, shift.day]
        self.cp.add_hint(pause, bool(shift.pauses))
        for rest in shift.pauses[:1]:
            self.cp.add_hint(at, rest.start)

    def read(self, value: Callable[[Any], int]) -> tuple[Job, ...]:
        """Return the jobs of a plan, given the value of each variable in it."""
        made = []
        for job in range(self.problem.jobs):
            shifts = (self._read_day(job, d, value) for d in self.problem.days if value(self[self.works(job, d)]))
            made.append(Job(id=f"job-{job + 1}", shifts=tuple(shifts)))
        return tuple(made)

    def _read_day(self, job: int, day: Weekday, value: Callable[[Any], int]) -> Shift:
        entries = []
        for done in self._lines[job, day]:
            if value(done.taken):
                at, shared = value(done.start), bool(value(self[self.share(job, done.found.index)]))
                entries.append(Entry(task=done.found.task.id, start=at, end=at + done.found.work, shared=shared))
        start, end, _ = self._span[job, day]
        pause, at = self._pauses[job, day]
        rest = Pause(start=value(at), end=value(at) + self.problem["break_minutes"])
        return Shift(
            day=day,
            start=value(self[start]),
            end=value(self[end]),
            pauses=(rest,) if value(pause) else (),
            entries=tuple(sorted(entries, key=lambda e: (e.start, e.task))),
        )

    def variables_of(self, job: int, day: Weekday) -> Iterator[Any]:
        """Yield every variable that belongs to one day of one job alone."""
        start, end, paid = self._span[job, day]
        yield from (self[start], self[end], self[paid], self[self.works(job, day)], *self._pauses[job, day])
        for found in self.problem.classes:
            if found.day is day:
                yield from (self[self.take(job, found.index)], self[self.share(job, found.index)])
        for done in self._lines[job, day]:
            yield from (done.start, done.after)

    def differ(self, other: frozenset[int], percent: int) -> None:
        """Ask that at least ``percent`` of the assigned minutes differ from another plan's classes."""
        classes, jobs = self.problem.classes, range(self.problem.jobs)
        theirs = sum(classes[i].total for i in other)
        differing: list[tuple[int, Term]] = []
        mine: list[tuple[int, Term]] = []
        for found in classes:
            for job in jobs:
                sign = -1 if found.index in other else 1
                differing.append((100 * sign * found.total, self.take(job, found.index)))
                mine.append((-percent * found.total, self.take(job, found.index)))
        self.at_least(differing, percent * theirs - 100 * theirs)
        self.at_least([*differing, *mine], -100 * theirs)


def triples(problem: Problem, jobs: tuple[Job, ...]) -> list[tuple[int, int, bool]]:
    """Return who does what: (job, class, shared), once per occurrence."""
    return [
        (j, problem.by_key[e.task, s.day].index, e.shared)
        for j, job in enumerate(jobs)
        for s in job.shifts
        for e in s.entries
    ]


def minutes_of(problem: Problem, classes: Iterable[int]) -> int:
    """Return the worked minutes of classes."""
    return sum(problem.classes[i].total for i in classes)
