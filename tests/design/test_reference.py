"""The example job of the research on one person: impossible, and the morning is named."""

from __future__ import annotations

import pytest
from tests.design.cases import ON, loose
from tests.design.reference import example_job, whole_ward

from klaver.design.parameters import parameters
from klaver.design.problem import problem
from klaver.design.records import Objective, Status
from klaver.design.solve.conflict import conflict
from klaver.design.solve.day import Days
from klaver.design.solve.search import Effort, Search
from klaver.work.records import Wishes

EFFORT = Effort(rounds=5, work=0.5)
ONE_PERSON = Wishes(jobs=1, week_min=0, week_max=2280, tempo=100, pins=example_job())
PEAK = {"T01", "T03", "T04", "T05", "T07", "T10"}


@pytest.mark.parametrize("strict", [True, False], ids=["with every rule", "with hardly a rule"])
def test_the_example_job_on_one_person_is_impossible_and_the_morning_peak_is_named(strict: bool) -> None:
    place = problem(whole_ward(), parameters(ON) if strict else loose(), (), ONE_PERSON)
    found = Search(place, Objective.RELIEF, Days(place)).run(EFFORT)
    assert found.status is Status.IMPOSSIBLE
    clash = conflict(place, EFFORT)
    assert clash is not None and clash.confirmed
    assert {w.code for w in clash.wishes} == {"pin_alone"}
    assert {w.value for w in clash.wishes} <= PEAK
    assert clash.repair is not None and clash.repair.cheapest
    assert {w.value for w, _ in clash.repair.changes} <= PEAK
