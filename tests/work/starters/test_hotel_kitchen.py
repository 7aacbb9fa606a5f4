"""The start for a hotel kitchen: complete, all assumed, seven days a week, with food and colleagues kept safe."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import klaver.work
from klaver.scale.dimensions import PLACE_NUMBERS, TASK_NUMBERS
from klaver.values import SourceKind, Weekday, parse_clock
from klaver.values.time import WORKING_DAYS
from klaver.work.elementary import elementary
from klaver.work.records import Legal, RoleKind, Task, Workplace
from klaver.work.starters import start
from klaver.work.validate import faults, gaps
from klaver.work.wording import joined_verbs

FILE = Path(klaver.work.__file__).parent / "starters" / "hotel-kitchen.toml"
LANGUAGES = {"nl", "fr", "en"}
FINE_CUTTING, FRUIT = "K23", "K03"
SELF_CHECKING = {"K39", "K71"}
"""Checking deliveries at the door and the HACCP list."""
ALLERGENS = {"K70", "K73", "K74"}
"""The pass, the list of allergens, and dishes for a guest with an allergy."""
COOKING = {"K11", "K25", "K66", "K67", "K68"}
"""Eggs, sauces, pastry, the evening service, groups."""
BLADES = {"K22", "K26", "K55"}
"""The vegetable machine, the slicer, and cleaning the slicer."""
HOT_OIL = {"K53", "K69"}
CHEMICALS, SPIRITS, RAW = {"K10", "K52"}, {"K30", "K46"}, {"K24", "K45"}
HELPED = {"K10", "K45", "K46", "K72"}
"""Done only beside a colleague: machines with a product, thawing, the cellar, reading temperatures."""
PLATING, LINE, DESSERTS = "K27", "K36", "K64"
ANSWERED = (
    "wait_days",
    "splittable",
    "separable",
    "left_undone",
    "legal_basis",
    "harm",
    "checked",
    "unpleasant",
    "learning",
    "alone",
    "contact",
    "instructs",
    "posture",
    "language",
    "demand_reason",
)


@pytest.fixture(scope="module")
def rows() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def kitchen() -> Workplace:
    return start("hotel-kitchen", {}, "nl")


def movable(workplace: Workplace) -> list[Task]:
    """Return tasks that are free, elementary, and take nothing from a low-threshold role."""
    low = {r.id for r in workplace.roles if workplace.low_threshold(r)}
    free = [t for t in workplace.tasks if t.legal is Legal.FREE and not low & {s.role for s in t.doers}]
    return [t for t in free if elementary(t).elementary == "yes"]


def of(workplace: Workplace, idents: set[str]) -> list[Task]:
    return [workplace.task(i) for i in sorted(idents)]


def needed(task: Task) -> int:
    """Return the minutes of a new worker at tempo 1.3."""
    assert task.minutes is not None
    return -(-task.minutes.likely * 130 // 100)


def week(task: Task, role: str | None = None) -> int:
    """Return the likely minutes of a week, in hundredths: all of them or those of a role."""
    assert task.minutes is not None and task.times is not None
    percent = sum(s.percent for s in task.doers if role in (None, s.role))
    return task.minutes.likely * sum(task.times) * percent


def one_person_day(tasks: list[Task], opens: int) -> tuple[int, int]:
    """Fill a day greedily, most urgent first; return worked minutes and length of presence."""
    left = list(tasks)
    now = first = opens
    work = 0
    while left and work < 180:
        able = [t for t in left if t.window and max(now, t.window.start) + needed(t) <= t.window.end]
        if not able:
            break
        soonest = min(max(now, t.window.start) for t in able if t.window)
        ready = [t for t in able if t.window and t.window.start <= soonest]
        chosen = min(ready, key=lambda t: (t.window.end if t.window else 0, t.id))
        first = soonest if not work else first
        now = soonest + needed(chosen)
        work += needed(chosen)
        left.remove(chosen)
    return work, now - first


def test_the_start_gives_a_day_and_more_of_work_to_look_at(kitchen: Workplace) -> None:
    assert 60 <= len(kitchen.tasks) <= 80
    assert 8 <= len({t.family for t in kitchen.tasks}) <= 14
    assert len(movable(kitchen)) >= 40


def test_the_start_is_free_of_mistakes_and_leaves_no_gap(kitchen: Workplace) -> None:
    assert faults(kitchen) == ()
    assert gaps(kitchen) == ()


def test_free_work_that_is_not_elementary_is_skill_haste_or_the_teams_own_talk(kitchen: Workplace) -> None:
    kept = [t for t in kitchen.tasks if t.legal is Legal.FREE and elementary(t).elementary != "yes"]
    assert {t.id for t in kept if t.separable} == {FINE_CUTTING, LINE}
    assert {t.family for t in kept if not t.separable} == {"coordination"}


def test_no_guard_word_of_danger_or_trust_stands_in_work_that_is_called_free(kitchen: Workplace) -> None:
    assert [t.id for t in kitchen.tasks if elementary(t).elementary == "ask"] == []


def test_work_that_is_not_free_passes_only_where_it_is_done_beside_a_colleague_who_checks(kitchen: Workplace) -> None:
    passed = [t for t in kitchen.tasks if t.legal is not Legal.FREE and elementary(t).elementary == "yes"]
    assert {t.id for t in passed} == HELPED
    assert all(t.legal is Legal.SUPERVISED and t.checked and t.harm == 2 for t in passed)


def test_a_library_task_is_one_task_in_every_language(rows: dict[str, Any]) -> None:
    flagged = [(r["id"], lang) for r in rows["task"] for lang, name in r["name"].items() if joined_verbs(name, lang)]
    assert flagged == []


def test_every_value_of_the_start_is_marked_assumed(kitchen: Workplace) -> None:
    assert {t.source.kind for t in kitchen.tasks} == {SourceKind.ASSUMED}
    assert not any(t.sources for t in kitchen.tasks)
    assert not kitchen.synthetic
    assert kitchen.agreements == ()


def test_what_staff_value_and_what_gives_them_air_is_asked_and_never_assumed(rows: dict[str, Any]) -> None:
    assert [row["id"] for row in rows["task"] if "valued" in row or "recovery" in row] == []


def test_no_amount_of_money_and_no_headcount_is_assumed(kitchen: Workplace) -> None:
    assert [r.id for r in kitchen.roles if r.hourly_cost is not None or r.headcount is not None] == []


def test_every_name_stands_in_three_languages_and_no_two_are_the_same(rows: dict[str, Any]) -> None:
    for lang in LANGUAGES:
        names = [row["name"][lang] for row in rows["task"]]
        assert all(name.strip() == name and 3 <= len(name) <= 90 for name in names)
        assert not [name for name, count in Counter(names).items() if count > 1]
    labels = [r["label"] for part in ("role", "place", "pay_scale", "scenario") for r in rows[part]]
    labels += [u["label"] for u in rows["setting"]["units"]]
    assert all(set(label) == LANGUAGES and all(label.values()) for label in labels)


def test_ids_are_unique_and_every_reference_exists(kitchen: Workplace, rows: dict[str, Any]) -> None:
    for items in (kitchen.tasks, kitchen.roles, kitchen.places, kitchen.pay_scales, kitchen.scenarios, kitchen.units):
        ids = [item.id for item in items]
        assert len(ids) == len(set(ids))
    roles, places, tasks = ({i.id for i in x} for x in (kitchen.roles, kitchen.places, kitchen.tasks))
    assert {t.place for t in kitchen.tasks} == places
    assert {s.role for t in kitchen.tasks for s in t.doers} == roles
    assert {t.instructs for t in kitchen.tasks} <= {r.id for r in kitchen.roles if r.may_instruct}
    assert {w.start for w in kitchen.walks} | {w.end for w in kitchen.walks} == places
    assert {x for o in kitchen.orders for x in (o.before, o.after)} <= tasks
    assert {x for k in kitchen.links for x in (k.first, k.second)} <= tasks
    assert {f for s in kitchen.scenarios for f in s.families} <= {t.family for t in kitchen.tasks}
    assert {row["legal_basis"] for row in rows["task"]} == set(rows["basis"])
    scales = {s.id for s in kitchen.pay_scales}
    assert kitchen.entry_scale in scales
    assert {r.pay_scale for r in kitchen.roles} == scales


def test_every_unit_that_is_asked_for_counts_somewhere(rows: dict[str, Any]) -> None:
    units = {u["id"] for u in rows["setting"]["units"]}
    assert {row["unit"] for row in rows["task"] if "unit" in row} == units
    assert all(("unit" in row) == ("per_unit" in row) != ("minutes" in row) for row in rows["task"])
    assert {r["hours_per_unit"]["unit"] for r in rows["role"] if "hours_per_unit" in r} <= units


def test_the_shares_of_the_doers_sum_to_a_hundred(kitchen: Workplace) -> None:
    assert {sum(s.percent for s in t.doers) for t in kitchen.tasks} == {100}


def test_every_question_of_the_record_has_a_first_answer(kitchen: Workplace) -> None:
    assert [(t.id, f) for t in kitchen.tasks for f in ANSWERED if getattr(t, f) is None] == []
    assert [t.id for t in kitchen.tasks if t.legal is Legal.UNKNOWN] == []


def test_demands_are_given_for_every_task_and_place_dimension_with_a_reason(kitchen: Workplace) -> None:
    assert all(set(t.demands) == TASK_NUMBERS for t in kitchen.tasks)
    assert all(set(p.demands) == PLACE_NUMBERS for p in kitchen.places)
    assert all(t.demand_reason and len(t.demand_reason) >= 10 for t in kitchen.tasks)


def test_every_window_holds_the_work_at_its_slowest_and_at_the_pace_of_a_new_worker(kitchen: Workplace) -> None:
    tight = [
        t.id
        for t in kitchen.tasks
        if t.legal is not Legal.RESERVED and t.minutes and t.window and t.minutes.high * 130 > t.window.length * 100
    ]
    assert tight == []


def test_every_minute_is_a_range_because_it_is_a_guess(kitchen: Workplace) -> None:
    assert all(t.minutes is not None and t.minutes.low < t.minutes.likely < t.minutes.high for t in kitchen.tasks)


def test_an_order_can_be_kept_within_the_windows(kitchen: Workplace) -> None:
    for order in kitchen.orders:
        before, after = kitchen.task(order.before), kitchen.task(order.after)
        assert before.window is not None and after.window is not None
        assert before.window.start + needed(before) + needed(after) <= after.window.end, order


@pytest.mark.parametrize(("kept", "word"), [(SELF_CHECKING, "HACCP"), (ALLERGENS, "allergie"), (COOKING, "kok")])
def test_self_checking_allergens_and_cooking_stay_with_a_trained_person(
    kept: set[str], word: str, kitchen: Workplace
) -> None:
    for task in of(kitchen, kept):
        assert task.legal is Legal.RESERVED, task.id
        assert word in (task.legal_basis or ""), task.id
        assert elementary(task).elementary == "no", task.id


@pytest.mark.parametrize("dangerous", [BLADES, HOT_OIL])
def test_blades_and_hot_oil_ask_instruction_and_are_not_for_young_people(
    dangerous: set[str], kitchen: Workplace
) -> None:
    for task in of(kitchen, dangerous):
        assert task.legal is Legal.PERMIT and task.permit, task.id
        assert "niet voor jongeren" in (task.legal_basis or ""), task.id
        assert task.harm == 3 and not task.checked and task.demands[36] == 4, task.id
    assert {t.id for t in kitchen.tasks if t.legal is Legal.PERMIT} == BLADES | HOT_OIL


def test_chemicals_spirits_and_raw_meat_are_never_called_free(kitchen: Workplace) -> None:
    assert {t.legal for t in of(kitchen, CHEMICALS | SPIRITS | RAW)} == {Legal.SUPERVISED}
    assert all("niet voor jongeren" in (t.legal_basis or "") for t in of(kitchen, CHEMICALS | SPIRITS))


def test_a_serious_mistake_is_never_in_free_work_and_a_lesser_one_is_checked(kitchen: Workplace) -> None:
    free = [t for t in kitchen.tasks if t.legal is Legal.FREE]
    assert all(t.harm is not None and t.harm <= 2 for t in free)
    assert all(t.checked for t in free if t.harm == 2)


def test_a_free_task_asks_no_danger_that_would_ask_protection(kitchen: Workplace) -> None:
    assert [t.id for t in movable(kitchen) if t.demands[36] > 2] == []


def test_language_is_a_hard_condition_only_for_allergies_hot_oil_and_corrosive_products(kitchen: Workplace) -> None:
    hard = {t.id for t in kitchen.tasks if t.language and t.language.safety_reason}
    assert hard == {PLATING, LINE, DESSERTS, "K52"} | HOT_OIL
    assert {t.id for t in movable(kitchen)} & hard == {PLATING, DESSERTS}


def test_hours_of_kitchen_hands_extras_and_students_are_protected(kitchen: Workplace) -> None:
    low = [r for r in kitchen.roles if kitchen.low_threshold(r)]
    assert {r.id for r in low} == {"kitchen_hand", "extra", "student"}
    assert {r.kind for r in low} == {RoleKind.STAFF, RoleKind.AGENCY, RoleKind.STUDENT}
    assert {r.id for r in kitchen.roles if r.shortage} == {"cook", "pastry_cook", "server"}
    protected = [t for t in kitchen.tasks if {s.role for s in t.doers} & {r.id for r in low}]
    assert len(protected) >= 6
    assert not {t.id for t in protected} & {t.id for t in movable(kitchen)}


def test_most_of_what_may_move_is_done_by_cooks_today(kitchen: Workplace) -> None:
    pool = movable(kitchen)
    assert sum(week(t, "cook") for t in pool) * 10 >= sum(map(week, pool)) * 6


def test_a_role_has_at_least_the_hours_of_its_tasks(kitchen: Workplace) -> None:
    for role in kitchen.roles:
        spent = sum(week(t, role.id) for t in kitchen.tasks)
        assert role.hours_week is not None
        assert 0 < spent <= role.hours_week * 100, role.id


@pytest.mark.parametrize("day", list(Weekday))
def test_a_work_period_of_three_hours_can_be_made_on_each_day_also_at_the_weekend(
    day: Weekday, kitchen: Workplace
) -> None:
    pool = [t for t in movable(kitchen) if t.times and t.times[day]]
    work, presence = one_person_day(pool, parse_clock("08:00"))
    assert work >= 180
    assert presence <= work + 45
    # and there is enough for two people, on their own clock
    assert sum(needed(t) * t.times[day] for t in pool if t.times) >= 4 * 180


def test_what_may_move_lies_outside_the_night(kitchen: Workplace) -> None:
    pool = movable(kitchen)
    assert min(t.window.start for t in pool if t.window) == parse_clock("06:00")
    assert max(t.window.end for t in pool if t.window) <= parse_clock("20:00")


@pytest.mark.parametrize("day", list(Weekday))
def test_breakfast_alone_gives_a_morning_of_work_every_day_of_the_week(day: Weekday, kitchen: Workplace) -> None:
    noon = parse_clock("12:00")
    morning = [t for t in movable(kitchen) if t.family == "breakfast" and t.window and t.window.end <= noon]
    assert sum(needed(t) * t.times[day] for t in morning if t.times) >= 4 * 60


def test_the_pool_holds_what_a_good_job_needs(kitchen: Workplace) -> None:
    pool = movable(kitchen)
    assert sum(bool(t.learning) for t in pool) >= 10
    assert sum(t.contact == "clients" for t in pool) >= 4
    assert sum(t.contact == "colleagues" for t in pool) >= 20
    assert 1 <= sum(bool(t.unpleasant) for t in pool) <= len(pool) // 4
    assert any(t.left_undone for t in pool)
    assert {t.posture for t in pool} == {"standing", "sitting", "walking", "mixed"}


def test_the_year_has_fifty_two_weeks_and_the_kitchen_never_closes(kitchen: Workplace) -> None:
    assert sum(s.weeks for s in kitchen.scenarios) == 52
    by = {s.id: s for s in kitchen.scenarios}
    assert all(s.percent(t) > 0 for s in kitchen.scenarios for t in kitchen.tasks)
    assert {by["ordinary"].percent(t) for t in kitchen.tasks} == {100}
    fruit, plates = kitchen.task(FRUIT), kitchen.task(LINE)
    assert by["january"].percent(fruit) < 100 < by["summer"].percent(fruit)
    assert by["feasts"].percent(plates) > 100


def test_a_larger_hotel_has_more_minutes_where_work_is_counted_in_covers_and_a_small_one_asks_one_job(
    kitchen: Workplace,
) -> None:
    large, small = (start("hotel-kitchen", {"breakfasts": 165, "covers": n}, "nl") for n in (60, 25))
    before, after = kitchen.task(FRUIT).minutes, large.task(FRUIT).minutes
    assert before is not None and after is not None
    assert after.likely == pytest.approx(before.likely * 1.5, abs=1)
    assert (large.wishes.jobs, small.wishes.jobs) == (2, 1)


def test_the_new_jobs_are_asked_on_working_days_first(kitchen: Workplace) -> None:
    assert kitchen.wishes.days == WORKING_DAYS
    assert kitchen.wishes.week_min == 760
