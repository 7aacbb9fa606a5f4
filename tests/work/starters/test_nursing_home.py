"""The nursing home's starter: a whole week in the words of the floor, every value assumed, the law read strictly."""

from __future__ import annotations

from collections import Counter

import pytest

from klaver.scale.dimensions import PLACE_NUMBERS, TASK_NUMBERS
from klaver.values import SourceKind
from klaver.values.time import WORKING_DAYS
from klaver.work.elementary import elementary
from klaver.work.records import Contact, Legal, Task, Workplace
from klaver.work.starters import start
from klaver.work.validate import faults, gaps

SCARCE_ACTS = ("medicatie", "wond", "slik", "tillift", "ochtendzorg")
"""Words of acts that need a qualification in a nursing home, whoever is willing to do them."""


@pytest.fixture(scope="module")
def home() -> Workplace:
    return start("nursing-home", {"residents": 30})


def movable(workplace: Workplace) -> list[Task]:
    return [t for t in workplace.tasks if elementary(t).elementary == "yes"]


def test_it_holds_sixty_to_eighty_tasks_of_several_families(home: Workplace) -> None:
    assert 60 <= len(home.tasks) <= 80
    assert 8 <= len({t.family for t in home.tasks}) <= 14


def test_it_is_free_of_mistakes_and_leaves_no_gap_in_what_may_move(home: Workplace) -> None:
    assert faults(home) == ()
    assert gaps(home) == ()


def test_every_task_is_named_in_three_languages(home: Workplace) -> None:
    for task in home.tasks:
        assert set(task.names) == {"nl", "fr", "en"}, task.id
        assert len(set(task.names.values())) == 3, task.id
    for lang in ("nl", "fr", "en"):
        names = Counter(t.names[lang] for t in home.tasks)
        assert names.most_common(1)[0][1] == 1, names.most_common(1)


def test_every_value_is_assumed_because_nobody_was_asked(home: Workplace) -> None:
    assert not home.synthetic
    assert home.agreements == ()
    for task in home.tasks:
        assert task.source.kind is SourceKind.ASSUMED, task.id
        assert not task.sources, task.id


def test_what_staff_value_and_what_gives_them_air_is_never_assumed(home: Workplace) -> None:
    assert {t.id for t in home.tasks if t.valued is not None or t.recovery is not None} == set()


def test_every_minute_is_a_range_because_it_is_a_guess(home: Workplace) -> None:
    assert all(t.minutes is not None and t.minutes.low < t.minutes.likely < t.minutes.high for t in home.tasks)


def test_every_task_says_what_it_asks_and_why(home: Workplace) -> None:
    for task in home.tasks:
        assert set(task.demands) == TASK_NUMBERS, task.id
        assert task.demand_reason, task.id
        assert task.language is not None, task.id
    assert all(set(p.demands) == PLACE_NUMBERS for p in home.places)


def test_the_doers_of_a_task_do_the_whole_of_it(home: Workplace) -> None:
    assert {t.id for t in home.tasks if sum(d.percent for d in t.doers) != 100} == set()


@pytest.mark.parametrize("word", SCARCE_ACTS)
def test_an_act_of_care_is_in_the_list_and_reserved(home: Workplace, word: str) -> None:
    hits = [t for t in home.tasks if word in t.name.casefold() and "zonder slik" not in t.name.casefold()]
    assert any(t.legal is Legal.RESERVED for t in hits), word
    assert {t.id for t in hits if t.legal is Legal.FREE} == set()


def test_a_reserved_task_says_on_what_ground_and_never_passes_the_elementary_test(home: Workplace) -> None:
    reserved = [t for t in home.tasks if t.legal is Legal.RESERVED]
    assert len(reserved) >= 10
    for task in reserved:
        assert task.legal_basis, task.id
        assert elementary(task).elementary == "no", task.id
    assert any("bekwame helper" in (t.legal_basis or "").casefold() for t in reserved)


def test_enough_work_may_move_for_two_jobs_on_working_days(home: Workplace) -> None:
    low = {r.id for r in home.roles if home.low_threshold(r)}
    found = [t for t in movable(home) if not low & {d.role for d in t.doers}]
    minutes = sum(t.minutes.likely * sum(t.times[d] for d in WORKING_DAYS) for t in found if t.minutes and t.times)
    assert minutes * 130 // 100 >= 2 * 15 * 60


def test_a_new_worker_at_his_own_tempo_can_do_a_free_task_within_its_window(home: Workplace) -> None:
    for task in (t for t in movable(home) if t.legal is Legal.FREE):
        assert task.minutes is not None and task.window is not None
        assert -(-task.minutes.likely * 130 // 100) <= task.window.length, task.id


def test_there_is_learning_company_and_a_little_unpleasant_work_to_choose_from(home: Workplace) -> None:
    found = movable(home)
    assert sum(bool(t.learning) for t in found) >= 3
    assert sum(t.contact is Contact.CLIENTS for t in found) >= 5
    assert any(t.contact is Contact.COLLEAGUES for t in found)
    assert 1 <= sum(bool(t.unpleasant) for t in found) <= len(found) // 3
    assert any(t.left_undone for t in found)


def test_a_scarce_role_and_a_protected_role_are_both_there(home: Workplace) -> None:
    assert any(r.shortage for r in home.roles)
    assert any(home.low_threshold(r) for r in home.roles)
    assert any(t.instructs for t in home.tasks)


def test_a_larger_home_has_more_minutes_and_more_hours(home: Workplace) -> None:
    large = start("nursing-home", {"residents": 45})
    same = {t.id: t.minutes for t in large.tasks}
    grown = [t for t in home.tasks if t.minutes and t.id in same and same[t.id].likely > t.minutes.likely]
    assert len(grown) >= len(home.tasks) // 2
    assert sum(r.hours_week or 0 for r in large.roles) > sum(r.hours_week or 0 for r in home.roles)
