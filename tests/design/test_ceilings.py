"""Ceilings: what the engine is told of a door is what the door itself tells, no looser and no stricter."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model
from tests.design.cases import entry, job, loose, shift, task, workplace
from tests.matching.test_doors import person

from klaver.design.effects import demands_of, doors, values_of
from klaver.design.facts import job_facts, job_levels
from klaver.design.problem import Problem, problem
from klaver.design.records import Entry, Job, Objective
from klaver.design.rules import ceilings
from klaver.design.rules.ceilings import Ceilings
from klaver.design.rules.model import Sum, Term
from klaver.design.solve.day import Days
from klaver.design.solve.search import Effort, Search
from klaver.matching.doors import OPEN, Door, door
from klaver.people import Ability, Profile
from klaver.scale.composed import composed_levels
from klaver.scale.ladder import SKILLS
from klaver.values import Weekday
from klaver.work.records import Task, Wishes

DAYS = (Weekday.MONDAY, Weekday.TUESDAY)


class Fixed:
    """A model in which a finished job is already decided; only the yes/no of the rules are free."""

    def __init__(self, problem: Problem, job: Job) -> None:
        self.cp = cp_model.CpModel()
        self.problem, self.job = problem, job
        self._terms: list[Any] = []

    def _number(self, value: int) -> Term:
        self._terms.append(value)
        return Term(len(self._terms) - 1)

    def _shift(self, day: Weekday) -> Any:
        return next((s for s in self.job.shifts if s.day is day), None)

    def _entries(self, index: int) -> list[Entry]:
        found = self.problem.classes[index]
        held = self._shift(found.day)
        return [e for e in held.entries if e.task == found.task.id] if held else []

    def take(self, job: int, index: int) -> Term:
        return self._number(bool(self._entries(index)))

    def share(self, job: int, index: int) -> Term:
        return self._number(any(e.shared for e in self._entries(index)))

    def has(self, job: int, task: str) -> Term:
        return self._number(any(e.task == task for s in self.job.shifts for e in s.entries))

    def works(self, job: int, day: Weekday) -> Term:
        return self._number(self._shift(day) is not None)

    def paid(self, job: int, day: Weekday) -> Term:
        return self._number(self._shift(day).paid if self._shift(day) else 0)

    def start(self, job: int, day: Weekday) -> Term:
        return self._number(self._shift(day).start if self._shift(day) else 0)

    def end(self, job: int, day: Weekday) -> Term:
        return self._number(self._shift(day).end if self._shift(day) else 2000)

    def flag(self) -> Term:
        self._terms.append(self.cp.new_bool_var(""))
        return Term(len(self._terms) - 1)

    def at_most(self, terms: Sum, bound: int, when: Term | None = None) -> None:
        self._ask(sum(k * self._terms[t] for k, t in terms) <= bound, when)

    def at_least(self, terms: Sum, bound: int, when: Term | None = None) -> None:
        self._ask(sum(k * self._terms[t] for k, t in terms) >= bound, when)

    def _ask(self, asked: Any, when: Term | None) -> None:
        if isinstance(asked, bool):
            if not asked:
                self.cp.add_bool_or([] if when is None else [~self._terms[when]])
            return
        made = self.cp.add(asked)
        if when is not None:
            made.only_enforce_if(self._terms[when])

    def holds(self) -> bool:
        return bool(cp_model.CpSolver().solve(self.cp) in (cp_model.OPTIMAL, cp_model.FEASIBLE))


def not_shut(asked: Problem, made: Job, who: Profile) -> bool:
    """Tell whether the engine lets this job be not shut for a profile."""
    model = Fixed(asked, made)
    Ceilings(model, asked, 0).post_not_shut(who, None)
    return model.holds()


def is_open(asked: Problem, made: Job, who: Profile) -> bool:
    """Tell whether the engine lets this job be open for a profile."""
    model = Fixed(asked, made)
    opened = model.flag()
    Ceilings(model, asked, 0).post_open(who, opened)
    model.at_least([(1, opened)], 1)
    return model.holds()


def any_order(asked: Problem, made: Job, who: Profile) -> Door:
    """Return the door as far as it holds for every order within a day: what the engine can know of it."""
    facts = job_facts(asked, made)
    entries = [(asked.tasks[e.task], e) for s in made.shifts for e in s.entries]
    for word, posture in (("stand", "standing"), ("sit", "sitting"), ("walk", "walking")):
        facts[f"{word}_run"] = max((e.end - e.start for t, e in entries if t.posture == posture), default=0)
    facts["alone_run"] = max((e.end - e.start for t, e in entries if t.alone and not e.shared), default=0)
    facts["changes_day"] = max(len({e.task for e in s.entries}) - 1 for s in made.shifts)
    levels = job_levels(asked, made)[0] | composed_levels(facts)
    return door(replace(demands_of(asked, made), levels=levels), who)


ODD = ("unknown", "demand", "task_language", "hard", "language", "family", "permit", "hours")
"""What may be out of the ordinary in a case; a case has one or two of them, so that each is seen on its own."""

PARTS = (
    dict.fromkeys(range(7), ("morning",)),
    {0: ("morning", "afternoon"), 1: ("morning", "evening")},
    {0: ("night", "afternoon", "evening"), 1: ("morning",), 2: ("night",)},
    {1: ("night", "morning", "evening")},
)
"""Parts of days that suit: with a gap in the middle, and days on which none does."""

COMPOSED = (6, 8, 11, 12, 13, 15, 18, 19, 22, 23, 24, 25, 31)
PLAIN = dict.fromkeys((*range(1, 6), 7, 9, 10, 14, 16, 17, 20, *range(26, 31), 32, 36), 0)
WIDE = {"start": 420, "end": 1260}


@st.composite
def fields(draw: st.DrawFn, odd: set[str]) -> dict[str, Any]:
    """Draw what a task asks of a body, a mind and a language."""
    unknown = (None,) if "unknown" in odd else ()
    language: list[dict[str, str] | None] = [{}, {"listening": "A2"}, {"reading": "B1"}]
    language += [None] if "task_language" in odd else []
    language += [{"listening": "B1", "safety_reason": "hot soup"}] if "hard" in odd else []
    demand = st.sampled_from((0, 2, 3, *((None,) if "demand" in odd else ())))
    found = draw(demand)
    return {
        "posture": draw(st.sampled_from(("standing", "sitting", "walking", "mixed", *unknown))),
        "contact": draw(st.sampled_from(("clients", "none", *unknown))),
        "alone": draw(st.sampled_from((True, False, *unknown))),
        "instructs": draw(st.sampled_from(("carer", "cleaner", None))),
        "family": draw(st.sampled_from(("meals", "linen"))),
        "permit": draw(st.sampled_from((None, "B"))),
        "place": draw(st.sampled_from(("room", "store"))),
        "language": draw(st.sampled_from(language)),
        "demands": {n: v for n, v in {**PLAIN, 26: found}.items() if v is not None},
    }


@st.composite
def cases(draw: st.DrawFn) -> tuple[Problem, Job, Profile]:
    """Draw a workplace of a few tasks, a finished job on one or two days, and a profile with unknowns."""
    odd = draw(st.sets(st.sampled_from(ODD), max_size=2))
    tasks: list[Task] = []
    minutes = {}
    for ident in [f"T{n}" for n in range(draw(st.integers(1, 7)))]:
        minutes[ident] = draw(st.sampled_from((5, 20, 40, 80)))
        window = draw(st.sampled_from((WIDE, {"start": 450, "end": 455 + minutes[ident]})))
        tasks.append(task(ident, minutes[ident], (1, 1, 0, 0, 0, 0, 0), window=window, **draw(fields(odd))))
    shifts = []
    for day in sorted(draw(st.sets(st.sampled_from(DAYS), min_size=1))):
        here = draw(st.sets(st.sampled_from(sorted(minutes)), min_size=1))
        at, entries = draw(st.sampled_from((450, 500))), []
        for ident in draw(st.permutations(sorted(here))):
            entries.append(Entry(task=ident, start=at, end=at + minutes[ident], shared=draw(st.booleans())))
            at += minutes[ident] + draw(st.sampled_from((0, 12)))
        shifts.append(shift(*entries, day=day))
    made = job(*shifts)
    who = draw(profiles(made, odd))
    return problem(workplace(*tasks), loose(), (who,), Wishes(jobs=1, week_min=0, week_max=6000)), made, who


@st.composite
def profiles(draw: st.DrawFn, made: Job, odd: set[str]) -> Profile:
    """Draw a profile that can do all but one or two things, and knows all but what is odd in this case."""
    abilities = {n: Ability(low=4, likely=4, high=4) for n in range(1, 37)}
    for number in draw(st.lists(st.sampled_from((*COMPOSED, 26)), max_size=2)):
        level = draw(st.sampled_from((0, 1, 2, 3, None)))
        if level is None:
            abilities.pop(number, None)
        else:
            abilities[number] = Ability(low=level, likely=level, high=level)
    told: dict[str, Any] = {"permits": ("B",), "language": dict.fromkeys(SKILLS, "A2"), "day_max": 900}
    if "language" in odd:
        told["language"] = None
    if "permit" in odd:
        told["permits"] = draw(st.sampled_from(((), None)))
    if "family" in odd:
        told["excluded_families"] = ("linen",)
    if "hours" in odd:
        first, last = min(s.start for s in made.shifts), max(s.end for s in made.shifts)
        field, value = draw(
            st.sampled_from(
                [
                    *(("week_min", v) for v in (made.week, made.week + 1, None)),
                    *(("week_max", v) for v in (made.week, made.week - 1, None)),
                    *(("day_max", v) for v in (max(s.paid for s in made.shifts), 4, None)),
                    *(("days", v) for v in ((0,), (1,), None)),
                    *(("earliest", v) for v in (first, first + 1, None)),
                    *(("latest", v) for v in (last, last - 1, None)),
                    *(("day_parts", v) for v in PARTS),
                ]
            )
        )
        told[field] = value
    return person(abilities=abilities, aids=draw(st.sampled_from(((), ("stool", "buddy", "lifting-aid")))), **told)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_the_engine_allows_exactly_what_the_door_allows_in_some_order_and_never_less(
    case: tuple[Problem, Job, Profile],
) -> None:
    asked, made, who = case
    known = any_order(asked, made, who)
    allowed, opened = not_shut(asked, made, who), is_open(asked, made, who)
    assert allowed == (known.status != "shut")
    assert opened == (known.status in OPEN)
    (found,) = doors(asked, made)
    assert allowed >= (found.status != "shut")
    assert opened >= (found.status in OPEN)


def test_a_question_is_no_open_door_and_is_told_beside_it() -> None:
    known, unknown = person(), person(id="p2", week_max=None)
    asked = problem(workplace(task("A", 60)), loose(), (known, unknown), Wishes(jobs=1, week_min=0, week_max=6000))
    found = values_of(asked, (job(shift(entry("A", "08:00", 60))),))
    assert (found.doors, found.to_ask) == (1, 1)


def test_the_search_opens_doors_and_counts_what_the_checker_counts() -> None:
    tasks = (task("A", 60, contact="clients"), task("heavy", 60, demands={26: 4}, contact="clients"))
    who = (person(), person(id="p2", latest=None), person(id="p3", excluded_families=("meals",)))
    asked = problem(workplace(*tasks), loose(), who, Wishes(jobs=1, week_min=60, week_max=6000, day_max=900))
    found = Search(asked, Objective.DOORS, Days(asked)).run(Effort(rounds=2, work=1.0))
    assert found.jobs is not None
    assert (found.value, found.bound) == (1, 1)
    assert values_of(asked, found.jobs).to_ask == 1


def for_one(who: Profile, *tasks: Task) -> Problem:
    wishes = Wishes(jobs=1, week_min=0, week_max=6000, day_max=900, profile=who.id)
    return problem(workplace(*tasks), loose(), (who,), wishes)


def test_a_job_for_a_person_starts_and_ends_within_that_persons_hours() -> None:
    who = person(earliest=600, latest=700)
    asked = for_one(who, task("A", 60, contact="clients"))
    found = Search(asked, Objective.RELIEF, Days(asked)).run(Effort(rounds=2, work=1.0))
    assert found.jobs is not None
    assert {(s.start >= 600, s.end <= 700) for s in found.jobs[0].shifts} == {(True, True)}
    early = (job(shift(entry("A", "09:59", 60))),)
    assert [b.values["barriers"] for b in ceilings.check(asked, early)] == ["hours"]
    assert list(ceilings.check(asked, (job(shift(entry("A", "10:00", 60))),))) == []


def test_a_job_for_a_person_stays_within_the_parts_of_days_that_suit() -> None:
    mornings_and_evenings = {0: ("morning", "evening"), 1: ("evening",)}
    who = person(day_parts=mornings_and_evenings, days=None, earliest=None, latest=None)
    asked = for_one(who, *(task(t, 60, contact="clients", window={"start": 660, "end": 1200}) for t in "AB"))
    found = Search(asked, Objective.RELIEF, Days(asked)).run(Effort(rounds=2, work=1.0))
    assert found.jobs is not None
    shifts = found.jobs[0].shifts
    assert {int(s.day) for s in shifts} <= {0, 1}
    assert all(s.end <= 720 or s.start >= 1080 for s in shifts if s.day == 0)
    assert all(s.start >= 1080 for s in shifts if s.day == 1)
    (answer,) = doors(asked, found.jobs[0])
    assert answer.is_open, "who gave the parts of the day is not asked for days and hours as well"
    noon = (job(shift(entry("A", "12:30", 60))),)
    assert [b.values["barriers"] for b in ceilings.check(asked, noon)] == ["day_parts"]


def test_a_person_of_whom_little_is_known_gets_a_job_with_questions() -> None:
    who = person(abilities={}, **dict.fromkeys(("week_min", "week_max", "day_max", "days", "earliest", "latest")))
    asked = for_one(who, task("A", 60, contact="clients"))
    found = Search(asked, Objective.RELIEF, Days(asked)).run(Effort(rounds=2, work=1.0))
    assert found.jobs is not None
    (answer,) = doors(asked, found.jobs[0])
    assert (answer.status, answer.sure, answer.possible) == ("to_ask", False, True)
    assert list(ceilings.check(asked, found.jobs)) == []


def level(number: int, likely: int) -> Profile:
    """Return a person who can do all, but for one dimension."""
    abilities = {n: Ability(low=4, likely=4, high=4) for n in range(1, 37)}
    return person(abilities={**abilities, number: Ability(low=likely, likely=likely, high=likely)})


def day_of(asked: Problem, *idents: str, day: Weekday = Weekday.MONDAY) -> Any:
    return shift(*(entry(t, f"{8 + n:02d}:00", 20) for n, t in enumerate(idents)), day=day)


def test_days_may_differ_as_much_as_the_person_can_take_and_no_more() -> None:
    who = level(15, 1)  # up to three tasks
    asked = for_one(who, *(task(t, 20, alone=False) for t in "ABCDE"))
    near = job(day_of(asked, "A", "B"), day_of(asked, "B", "C", "D", day=Weekday.TUESDAY))
    far = job(day_of(asked, "A", "B"), day_of(asked, "C", "D", day=Weekday.TUESDAY))
    alone = job(day_of(asked, "A", "B", "C", "D", "E"))
    for made, allowed in ((near, True), (far, False), (alone, True)):
        assert not_shut(asked, made, who) == is_open(asked, made, who) == allowed
        assert (doors(asked, made)[0].status == "open") == allowed


def test_many_kinds_of_task_a_day_are_many_changes_whatever_the_order() -> None:
    who = level(13, 1)  # up to four changes
    asked = for_one(who, *(task(t, 20) for t in "ABCDEF"))
    for made, allowed in ((job(day_of(asked, *"ABCDE")), True), (job(day_of(asked, *"ABCDEF")), False)):
        assert not_shut(asked, made, who) == allowed
        assert (doors(asked, made)[0].status == "open") == allowed


def test_somebody_gives_the_orders_in_every_job() -> None:
    for likely, allowed in ((1, False), (2, True)):
        asked = for_one(level(19, likely), task("A", 20, instructs=None))
        assert not_shut(asked, job(day_of(asked, "A")), level(19, likely)) == allowed


def test_a_person_with_a_permit_may_do_what_asks_it_and_a_colleague_without_stays_out() -> None:
    who = person(permits=("B",))
    asked = for_one(who, task("drive", 60, legal="permit", permit="B", contact="clients"))
    made = job(shift(entry("drive", "08:00", 60)))
    assert is_open(asked, made, who)
    assert not not_shut(asked, made, person(permits=()))
    assert not is_open(asked, made, person(permits=None))
    assert for_one(person(permits=None), task("drive", 60, legal="permit", permit="B")).classes == ()


def test_only_who_is_known_to_have_the_permit_can_have_a_job_with_what_the_law_asks_it_for() -> None:
    has, lacks, unknown = person(id="a", permits=("B",)), person(id="b", permits=()), person(id="c", permits=None)
    tasks = (task("drive", 60, legal="permit", permit="B"), task("fold", 60), task("polish", 60, permit="C"))
    asked = problem(workplace(*tasks), loose(), (), Wishes(week_min=0, week_max=6000), group=(has, lacks, unknown))
    drive, fold = (asked.by_key[name, Weekday.MONDAY] for name in ("drive", "fold"))
    alone = job(shift(entry("drive", "08:00", 60)))
    both = job(shift(entry("fold", "08:00", 60), entry("drive", "09:00", 60)))
    for number, (who, may) in enumerate(((has, True), (lacks, False), (unknown, False))):
        assert asked.holder(number) == who
        assert ceilings.lacks_permit(drive, who) is not may
        assert ceilings.barred(asked, drive, who) is not may
        assert not ceilings.lacks_permit(fold, who) and not ceilings.barred(asked, fold, who)
        for made in (alone, both):
            model = Fixed(asked, made)
            Ceilings(model, asked, number).post_permits(who)
            assert model.holds() is may
            found = ceilings.barriers_of(asked, made, who)
            assert found == (() if may else ("permit",))
        assert ceilings.barriers_of(asked, job(shift(entry("fold", "08:00", 60))), who) == ()


def test_what_a_class_asks_above_a_level_bars_it_and_the_dimension_is_named() -> None:
    weak = person(id="a", abilities={26: Ability(low=1, likely=1, high=1)}, permits=("B",))
    tasks = (task("lift", 60, demands={26: 3}), task("drive", 60, legal="permit", permit="B", demands={26: 1}))
    asked = problem(workplace(*tasks), loose(), (), Wishes(week_min=0, week_max=6000), group=(weak, person(id="b")))
    lift, drive = (asked.by_key[name, Weekday.MONDAY] for name in ("lift", "drive"))
    assert ceilings.barred(asked, lift, weak) and not ceilings.barred(asked, drive, weak)
    made = job(shift(entry("lift", "08:00", 60), entry("drive", "09:00", 60)))
    assert ceilings.barriers_of(asked, made, weak) == ("26",)
    named = [(b.job, b.values) for b in ceilings.check(asked, (made, made.model_copy(update={"id": "job-2"})))]
    assert named == [
        ("job-1", {"profile": "a", "barriers": "26"}),
        ("job-2", {"profile": "b", "barriers": "permit, 26"}),
    ]
