"""A large house gets more work of the search than an ordinary one, and its start ends in a plan."""

from __future__ import annotations

from klaver.design.parameters import parameters
from klaver.design.problem import Problem, problem
from klaver.design.solve.effort import WORK, work_of_a_round
from klaver.people import profiles
from klaver.work.starters import start


def asked(residents: int) -> Problem:
    return problem(start("nursing-home", {"residents": residents}), parameters("2026-11-24"), profiles())


def test_an_ordinary_ward_keeps_its_work_and_a_house_four_times_as_large_gets_more() -> None:
    assert work_of_a_round(asked(30)) == WORK
    assert work_of_a_round(asked(120)) > 2 * WORK


def test_the_work_is_what_a_receipt_can_keep_so_that_a_replay_is_the_same() -> None:
    for residents in (30, 61, 90, 120):
        work = work_of_a_round(asked(residents))
        assert round(work * 1000) / 1000 == work
