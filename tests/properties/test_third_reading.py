"""The checker against a plain reading of the rules: the same verdict on every design, good, bent or forged."""

from __future__ import annotations

from collections import Counter
from random import Random

from hypothesis import event, given, settings
from hypothesis import strategies as st
from tests.properties.drawing import draw_jobs, draw_problem, plain
from tests.properties.mutating import CHANGES, mutate
from tests.properties.plain_rules import READINGS, House, judge

from klaver.design.check import breaches, broken
from klaver.design.problem import Problem
from klaver.design.records import Job, Objective
from klaver.design.rules import RULES
from klaver.design.solve.day import Days
from klaver.design.solve.search import Effort, Search

QUICK = Effort(rounds=2, work=0.1)


def verdict(asked: Problem, jobs: tuple[Job, ...]) -> tuple[set[str], set[str]]:
    """What the checker says: the names of the rules that are broken, and those that are doubtful."""
    told = breaches(asked, jobs)
    return {b.rule for b in told if not b.warning}, {b.rule for b in told if b.warning}


def plain_verdict(asked: Problem, jobs: tuple[Job, ...]) -> tuple[set[str], set[str]]:
    house = House(asked.workplace, asked.wishes, asked.parameters, asked.profiles)
    return judge(house, plain(jobs))


def searched(chance: Random) -> tuple[Problem, tuple[Job, ...] | None]:
    asked = draw_problem(chance, tightness=0.15)
    return asked, Search(asked, Objective.RELIEF, Days(asked)).run(QUICK, any_will_do=True).jobs


def test_there_is_a_plain_reading_of_every_rule() -> None:
    assert list(READINGS) == [rule.NAME for rule in RULES]


@settings(max_examples=300, derandomize=True, deadline=None, database=None)
@given(st.integers(0, 2**32).map(Random))
def test_the_checker_and_the_plain_reading_agree_on_a_drawn_design(chance: Random) -> None:
    asked = draw_problem(chance, tightness=chance.choice((0.0, 0.15, 0.35)))
    jobs = draw_jobs(chance, asked)
    assert verdict(asked, jobs) == plain_verdict(asked, jobs)
    name, changed = mutate(chance, asked, jobs)
    event(f"{name} {'broken' if broken(asked, changed) else 'good'}")
    assert verdict(asked, changed) == plain_verdict(asked, changed)


@settings(max_examples=150, derandomize=True, deadline=None, database=None)
@given(st.integers(0, 2**32).map(Random))
def test_a_change_in_a_good_design_is_caught_whenever_it_breaks_a_rule(chance: Random) -> None:
    asked, jobs = searched(chance)
    if jobs is None:
        event("no design")
        return
    assert plain_verdict(asked, jobs)[0] == set()
    for _ in range(6):
        name, changed = mutate(chance, asked, jobs)
        caught = verdict(asked, changed)
        event(f"{name} {'broken' if caught[0] else 'good'}")
        assert caught == plain_verdict(asked, changed)


def test_every_kind_of_change_breaks_a_rule_now_and_then() -> None:
    seen: Counter[str] = Counter()
    for seed in range(60):
        chance = Random(seed)
        asked = draw_problem(chance, tightness=0.0)
        jobs = draw_jobs(chance, asked)
        for _ in range(12):
            name, changed = mutate(chance, asked, jobs)
            seen[name] += verdict(asked, changed)[0] > verdict(asked, jobs)[0]
    assert all(seen[change.__name__] for change in CHANGES), seen
