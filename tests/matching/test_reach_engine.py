"""The engine counts what the definition says, integer for integer, whatever loops it uses and however it is cut up."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.matching.drawn import crowds, jobs, people
from tests.matching.reference import is_open, shortfall

from klaver.matching.doors import JobDemands, door
from klaver.matching.moves import TaskFits
from klaver.matching.population import Population, Question, question
from klaver.matching.reach import blockers, coverage, openings, reach
from klaver.people import profiles
from klaver.people.columns import Names, of_profiles, profile_of
from klaver.people.records import Profile

NO_NUMBA = pytest.mark.skipif(find_spec("numba") is None, reason="no numba: pip install 'klaver[fast]'")
ENGINES = ["plain", pytest.param("fast", marks=NO_NUMBA)]


def population(crowd: tuple[Profile, ...], engine: str, parts: int = 1) -> Population:
    columns = of_profiles(crowd)
    edges = np.linspace(0, len(crowd), parts + 1).astype(int)
    cut = (columns.take(slice(a, b)) for a, b in pairwise(edges) if b > a)
    return Population(cut, engine=engine)


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=40, deadline=None)
@given(crowd=crowds(), asked=st.lists(jobs(), min_size=1, max_size=3), support=st.integers(0, 7))
def test_every_engine_counts_what_the_definition_says(
    engine: str, crowd: tuple[Profile, ...], asked: list[JobDemands], support: int
) -> None:
    whole = population(crowd, engine)
    for aided, people_ in ((False, whole), (True, whole.aided)):
        counts = people_.within([question(j) for j in asked], support)
        for at, job in enumerate(asked):
            for column, within in ((0, 0), (1, support)):
                for end, sure in ((0, True), (1, False)):
                    expected = sum(is_open(job, p, within, sure=sure, aided=aided) for p in crowd)
                    assert counts[at, column, end] == expected


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=40, deadline=None)
@given(crowd=crowds(), job=jobs(), parts=st.integers(2, 5), support=st.integers(0, 7))
def test_a_register_in_pieces_gives_the_answer_of_the_whole(
    engine: str, crowd: tuple[Profile, ...], job: JobDemands, parts: int, support: int
) -> None:
    whole, pieces = population(crowd, engine), population(crowd, engine, parts)
    assert reach(whole, [job], support) == reach(pieces, [job], support)
    assert blockers(whole, job) == blockers(pieces, job)
    assert openings(whole, job) == openings(pieces, job)


@settings(max_examples=50, deadline=None)
@given(crowd=crowds(), job=jobs())
def test_what_is_counted_sure_is_what_a_door_calls_open(crowd: tuple[Profile, ...], job: JobDemands) -> None:
    found = reach(population(crowd, "plain"), [job])[0]
    doors = [door(job, p) for p in crowd]
    assert found.aided.sure == sum(d.is_open for d in doors)
    assert found.aided.possible == sum(d.status != "shut" for d in doors)
    assert found.learning.sure == sum(d.is_open and bool(d.learnable) for d in doors)
    may = sum(d.status != "shut" and (bool(d.learnable) or bool(d.questions)) for d in doors)
    assert found.learning.sure <= found.learning.possible <= may


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=40, deadline=None)
@given(crowd=crowds(), job=jobs())
def test_a_blocker_is_all_that_is_in_the_way(engine: str, crowd: tuple[Profile, ...], job: JobDemands) -> None:
    whole = population(crowd, engine)
    if job.unknown or job.language_unknown:
        assert blockers(whole, job) == (), "the work itself has to be asked about first"
    job = replace(job, unknown=(), language_unknown=())
    found = {(b.code, b.dimension): b for b in blockers(whole, job)}
    for number, asked in job.levels.items():
        if asked:
            without = JobDemands(
                **{**job.__dict__, "levels": {**job.levels, number: 0}, "unknown": (), "language_unknown": ()}
            )
            lower = JobDemands(**{**without.__dict__, "levels": {**job.levels, number: asked - 1}})
            only = [
                p
                for p in crowd
                if is_open(without, p, 0, sure=True, aided=True)
                and shortfall(JobDemands(levels={number: asked}), p, sure=True, aided=True)
            ]
            known = [p for p in only if number in p.abilities]
            one = found.get(("demand", number))
            assert (one.shut if one else 0) == len(known)
            assert (one.ask if one else 0) == len(only) - len(known)
            assert ((one.lower or 0) if one else 0) == sum(is_open(lower, p, 0, sure=True, aided=True) for p in known)


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=40, deadline=None)
@given(crowd=crowds(), tasks=st.lists(jobs(), min_size=2, max_size=6), base=jobs(), sure=st.booleans())
def test_a_move_counts_what_the_whole_job_would(
    engine: str, crowd: tuple[Profile, ...], tasks: list[JobDemands], base: JobDemands, sure: bool
) -> None:
    whole = population(crowd, engine)
    asked = {f"T{at}": Question(question(t).levels, ()) for at, t in enumerate(tasks)}
    first = Question(question(base).levels, question(base).conditions)
    fits = TaskFits(whole, asked, sure=sure)

    def count(names: list[str]) -> int:
        levels = dict(first.levels)
        for name in names:
            for number, level in asked[name].levels:
                levels[number] = max(level, levels.get(number, 0))
        job = Question(tuple(sorted(levels.items())), first.conditions)
        return int(whole.within([job], 0)[0, 0, 0 if sure else 1])

    held = list(asked)[:2]
    job = fits.job(held, first)
    assert job.now() == count(held)
    assert job.adding() == {t: count([*held, t]) for t in asked}
    assert job.removing() == {t: count([o for o in held if o != t]) for t in held}
    assert job.exchanging(held[0]) == {t: count([held[1], t]) for t in asked}
    assert fits.together([held, list(asked), []], first) == [count(held), count(list(asked)), count([])]


@settings(max_examples=40, deadline=None)
@given(crowd=crowds(), several=st.lists(jobs(), min_size=1, max_size=4))
def test_somebody_with_two_open_doors_is_counted_once(crowd: tuple[Profile, ...], several: list[JobDemands]) -> None:
    found = coverage(population(crowd, "plain", 2), several)
    for end, sure in ((found.sure, True), (found.possible, False)):
        assert end == sum(any(is_open(j, p, 0, sure=sure, aided=True) for j in several) for p in crowd)


@settings(max_examples=50, deadline=None)
@given(person=people())
def test_a_person_comes_back_whole_from_the_columns(person: Profile) -> None:
    columns = of_profiles([person], Names())
    again = profile_of(columns, 0, source=person.source, date=person.date)
    assert again.model_dump(exclude={"aids"}) == person.model_dump(exclude={"aids"})
    assert set(again.aids) == set(person.aids)


def test_only_so_much_support_can_be_counted() -> None:
    with pytest.raises(ValueError, match="0 to 7"):
        Population(()).within([], 8)
    assert reach(Population(()), [JobDemands(levels={1: 2})])[0].now.possible == 0


def test_the_loops_are_compiled_only_when_so_much_is_asked_that_it_pays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("klaver.matching.population.WORTH", 10)
    crowd = tuple(p.model_copy(update={"id": f"p{n}"}) for n, p in enumerate([profiles()[0]] * 4))
    best = population(crowd, "best")
    assert [best.engine(1), best.engine(1), best.engine(1)] == ["plain", "plain", "best"]
    assert population(crowd, "fast").engine(1) == "fast"


def test_what_was_asked_before_and_of_whom_changes_no_answer() -> None:
    crowd = tuple(
        profiles()[0].model_copy(
            update={"id": f"p{n}", "aids": ("labels",), "week_min": 60 * n, "week_max": 60 * n + 300}
        )
        for n in range(40)
    )
    asked = [question(JobDemands(levels={2: 1}, week=60 * week, latest=720, earliest=480)) for week in range(0, 40, 3)]
    whole, fresh = population(crowd, "plain"), [population(crowd, "plain") for _ in asked]
    expected = [one.within([job], 1).tolist() for one, job in zip(fresh, asked, strict=True)]
    assert len({str(counts) for counts in expected}) > 1
    for turn, job in enumerate([*asked, *asked]):
        people_ = whole.aided if turn % 2 else whole
        assert people_.within([job], 1).tolist() == expected[turn % len(asked)]
    for people_ in (whole, whole.aided):
        assert [people_.within([job], 1).tolist() for job in asked] == expected
