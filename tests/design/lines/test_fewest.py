"""As few workers as the pace allows, and turns in which everyone meets more tasks without the pace suffering."""

from __future__ import annotations

from itertools import combinations

import pytest
from tests.design.lines.cases import any_line, least, line

from klaver.design.lines.check import breaches, judge, judge_rotation
from klaver.design.lines.effort import Effort
from klaver.design.lines.fewest import plan_fewest, restricted
from klaver.design.lines.proof import check
from klaver.design.lines.records import Line
from klaver.design.lines.rotation import rotate
from klaver.design.lines.search import plan_line
from klaver.design.records import Status


def fewest(found: Line, cycle: int) -> int | None:
    """Return the fewest workers by trying every choice of them."""
    for count in range(1, len(found.workers) + 1):
        for chosen in combinations(found.workers, count):
            part = restricted(found, list(chosen))
            known = None if part is None else least(part)
            if known is not None and known <= cycle:
                return count
    return None


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("cycle", [9, 20])
def test_the_fewest_workers_are_those_that_trying_every_choice_finds(seed: int, cycle: int) -> None:
    case = any_line(seed, 6, 3)
    answer, known = plan_fewest(case, cycle, Effort()), fewest(case, cycle)
    if known is None:
        assert (answer.plan, answer.status) == (None, Status.IMPOSSIBLE)
        return
    assert answer.plan is not None
    assert (len(answer.plan.stations), answer.plan.bound, answer.status) == (known, known, Status.OPTIMAL)
    assert judge(case, answer.plan) == []
    if answer.certificate is not None:
        assert answer.certificate.workers < known
        check(case, answer.certificate)


@pytest.mark.parametrize("seed", range(10))
def test_no_period_is_slower_than_was_allowed_and_nobody_meets_fewer_tasks(seed: int) -> None:
    case = any_line(seed, 8, 3)
    plan = plan_line(case, Effort()).plan
    if plan is None:
        return
    rotation = rotate(case, plan, 3, 20, Effort())
    assert judge_rotation(case, rotation) == []
    assert rotation.periods[0].stations == plan.stations
    assert all(period.cycle <= plan.cycle * 120 // 100 for period in rotation.periods)
    first = {station.worker: len(station.tasks) for station in plan.stations}
    assert all(now >= first[name] for name, now in zip(case.workers, rotation.met, strict=True))


def test_workers_who_can_do_everything_as_fast_meet_everything() -> None:
    case = line([[3, 3], [3, 3], [3, 3], [3, 3]])
    plan = plan_line(case, Effort()).plan
    assert plan is not None
    assert rotate(case, plan, 2, 0, Effort()).met == (4, 4)


def test_a_changed_rotation_is_refused() -> None:
    case = line([[3, 4], [5, 3], [2, 2], [4, 6]])
    plan = plan_line(case, Effort()).plan
    assert plan is not None
    rotation = rotate(case, plan, 2, 50, Effort())
    for changed in ({"met": (9, 9)}, {"most": 1}, {"line": "0"}):
        assert judge_rotation(case, rotation.model_copy(update=changed))
    assert breaches(case, rotation.periods[1].stations) == []
