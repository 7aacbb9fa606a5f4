"""A workplace that the floor has told ends in jobs that are no sketch, and the law that was told is on the card."""

from __future__ import annotations

from pathlib import Path

import pytest

from klaver.design.check import breaches
from klaver.design.parameters import parameters
from klaver.design.problem import Problem, problem
from klaver.design.records import Job, Receipt
from klaver.design.solve.alternatives import design
from klaver.design.solve.search import Effort
from klaver.documents.sketch import assumed_percent, is_sketch
from klaver.people import profiles
from klaver.work.records import Legal
from klaver.work.starters import workplace_from_toml

EXAMPLE = Path(__file__).parents[2] / "examples" / "installation.toml"
ON = "2026-11-24"


@pytest.fixture(scope="module")
def found() -> tuple[Problem, tuple[Job, ...]]:
    place = workplace_from_toml(EXAMPLE.read_text(encoding="utf-8"), {})
    asked = problem(place, parameters(ON), profiles())
    receipt = Receipt(workplace="w", people="p", seed=1, round_work=800, alternatives=1, versions={}, parameters_on=ON)
    answer = design(asked, receipt, Effort(rounds=1, work=0.8), 1)
    assert answer.designs, answer.status
    return asked, answer.designs[0].jobs


def test_the_installation_firm_gives_two_jobs_that_keep_every_rule(found: tuple[Problem, tuple[Job, ...]]) -> None:
    asked, jobs = found
    assert len(jobs) == 2
    assert [b for b in breaches(asked, jobs) if not b.warning] == []


def test_its_design_is_no_sketch(found: tuple[Problem, tuple[Job, ...]]) -> None:
    asked, jobs = found
    assert not is_sketch(asked, jobs)
    assert max(assumed_percent(asked, job) for job in jobs) <= asked["assumed_max"]


def test_nothing_live_under_gas_at_height_or_in_the_rough_phase_is_in_its_jobs(
    found: tuple[Problem, tuple[Job, ...]],
) -> None:
    asked, jobs = found
    done = [asked.tasks[i] for i in sorted({e.task for j in jobs for s in j.shifts for e in s.entries})]
    assert {t.legal for t in done} <= {Legal.FREE, Legal.SUPERVISED}
    assert not {"site_rough", "home"} & {t.place for t in done}
    assert "installing" not in {t.family for t in done}
