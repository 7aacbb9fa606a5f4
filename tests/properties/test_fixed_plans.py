"""The same hundred plans for every rule: what it posts, what it checks and the plain reading say the same of each.

No plan is searched for here, so these tests are quick and tell at once when a rule has changed.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from random import Random

import pytest
from tests.properties.drawing import draw_jobs, draw_problem, plain
from tests.properties.evaluating import allows
from tests.properties.mutating import mutate
from tests.properties.plain_rules import READINGS, House

from klaver.design.problem import Problem
from klaver.design.records import Job
from klaver.design.rules import RULES, Rule, ceilings, timetable

PLANS = 100


@cache
def plans() -> tuple[tuple[Problem, tuple[Job, ...]], ...]:
    """Complete plans, every fifth with a class in two jobs; the bent ones stand in ``bent``."""
    made = []
    for seed in range(PLANS):
        chance = Random(seed)
        asked = draw_problem(chance, tightness=0.5)
        made.append((asked, draw_jobs(chance, asked, odd=seed % 5 == 0)))
    return tuple(made)


@cache
def bent() -> tuple[tuple[Problem, tuple[Job, ...]], ...]:
    """The same plans, each changed once."""
    return tuple((asked, mutate(Random(n), asked, jobs)[1]) for n, (asked, jobs) in enumerate(plans()))


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.NAME)
def test_a_rule_posts_what_it_checks_on_both_sides(rule: Rule) -> None:
    seen: Counter[bool] = Counter()
    for number, (asked, jobs) in enumerate(plans()):
        if number % 5 == 0 and rule.NAME != "whole":
            continue  # a class in two jobs counts twice in a model; rule "whole" refuses it there
        quiet = not list(rule.check(asked, jobs))
        seen[quiet] += 1
        if rule in (timetable, ceilings):
            assert allows(rule, asked, jobs) or not quiet  # a relaxation: the rest needs the finished day
        else:
            assert allows(rule, asked, jobs) == quiet
    assert min(seen[True], seen[False]) >= 2, seen


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.NAME)
def test_a_rule_judges_as_its_plain_reading(rule: Rule) -> None:
    for asked, jobs in (*plans(), *bent()):
        house = House(asked.workplace, asked.wishes, asked.parameters, asked.profiles)
        parameters = set(READINGS[rule.NAME](house, plain(jobs)))
        told = list(rule.check(asked, jobs))
        assert any(not b.warning for b in told) == any(p is None or house.sure(p) for p in parameters)
        assert any(b.warning for b in told) == any(p is not None and not house.sure(p) for p in parameters)
