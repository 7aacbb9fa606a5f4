"""The start for a primary school: complete, all assumed, in three languages, and able to carry real jobs."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.work.starters.pools import movable, needed, one_person_day, pool_minutes, spent

import klaver.work
from klaver.scale.dimensions import PLACE_NUMBERS, TASK_NUMBERS
from klaver.values import SourceKind, Weekday, parse_clock
from klaver.values.time import WORKING_DAYS
from klaver.work.elementary import elementary
from klaver.work.records import Legal, Workplace
from klaver.work.starters.reading import start
from klaver.work.validate import faults
from klaver.work.wording import joined_verbs

FILE = Path(klaver.work.__file__).parent / "starters" / "primary-school.toml"
LANGUAGES = {"nl", "fr", "en"}
HELP_EATING, COPIES, AT_THE_GATE, LESSONS = "S37", "S19", "S34", "S43"
CROSSINGS = ("S23", "S24")
PROFESSIONAL = {"S01", "S03", "S11", "S14", "S32", "S43", "S48", "S50", "S56", "S66"}
"""Teaching, marking, talks with parents, medicines, first aid, care, enrolment and absences, changing a child."""
WATCHES = ("S02", "S47", "S52", "S54", "S63", "S64", "S65")
"""Dining hall, two breaks, outside at lunch, naps, after school, and on the way."""
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
def school() -> Workplace:
    return start("primary-school", {"classes": 12, "nursery": 4}, "nl")


def test_the_start_gives_a_day_and_more_of_work_to_look_at(school: Workplace) -> None:
    assert 60 <= len(school.tasks) <= 80
    assert 8 <= len({t.family for t in school.tasks}) <= 12
    assert len(movable(school)) >= 35


def test_the_start_is_free_of_mistakes(school: Workplace) -> None:
    assert faults(school) == ()


def test_all_work_that_could_move_passes_the_elementary_test_without_a_question_of_law(school: Workplace) -> None:
    assert {t.id: elementary(t).elementary for t in movable(school)} == {t.id: "yes" for t in movable(school)}


def test_work_with_children_or_a_profession_does_not_pass_the_elementary_test(school: Workplace) -> None:
    passed = {t.id for t in school.tasks if elementary(t).elementary == "yes"}
    assert {t.id for t in school.tasks if t.legal is not Legal.FREE} & passed == {HELP_EATING}
    assert school.task(HELP_EATING).legal is Legal.SUPERVISED


def test_a_library_task_is_one_task_in_every_language(rows: dict[str, Any]) -> None:
    flagged = [(r["id"], lang) for r in rows["task"] for lang, name in r["name"].items() if joined_verbs(name, lang)]
    assert flagged == []


def test_every_value_of_the_start_is_marked_assumed(school: Workplace) -> None:
    assert {t.source.kind for t in school.tasks} == {SourceKind.ASSUMED}
    assert {s.kind for t in school.tasks for s in t.sources.values()} <= {SourceKind.ASSUMED}
    assert not school.synthetic


def test_what_staff_value_is_asked_and_never_assumed(rows: dict[str, Any], school: Workplace) -> None:
    assert all(t.valued is None and t.recovery is None for t in school.tasks)
    assert all("valued" not in row and "recovery" not in row for row in rows["task"])


def test_every_task_has_a_name_in_three_languages_and_no_two_the_same(rows: dict[str, Any]) -> None:
    for lang in LANGUAGES:
        names = [row["name"][lang] for row in rows["task"]]
        assert all(name.strip() == name and 3 <= len(name) <= 90 for name in names)
        assert not [name for name, count in Counter(names).items() if count > 1]
    labels = [r["label"] for part in ("role", "place", "pay_scale", "scenario") for r in rows[part]]
    labels += [u["label"] for u in rows["setting"]["units"]]
    assert all(set(label) == LANGUAGES and all(label.values()) for label in labels)


@pytest.mark.parametrize("lang", sorted(LANGUAGES))
def test_the_start_speaks_the_language_that_is_asked(lang: str, rows: dict[str, Any]) -> None:
    made = start("primary-school", {"classes": 12, "nursery": 4}, lang)  # type: ignore[arg-type]
    first = rows["task"][0]
    assert made.task(first["id"]).name_in(lang) == first["name"][lang]  # type: ignore[arg-type]
    assert made.roles[0].label == rows["role"][0]["label"][lang]


def test_ids_are_unique_and_every_reference_exists(school: Workplace) -> None:
    for items in (school.tasks, school.roles, school.places, school.pay_scales, school.scenarios, school.units):
        ids = [item.id for item in items]
        assert len(ids) == len(set(ids))
    roles, places, tasks = ({i.id for i in x} for x in (school.roles, school.places, school.tasks))
    families = {t.family for t in school.tasks}
    assert {t.place for t in school.tasks} == places
    assert {s.role for t in school.tasks for s in t.doers} == roles
    assert {t.instructs for t in school.tasks} <= {r.id for r in school.roles if r.may_instruct}
    assert {w.start for w in school.walks} | {w.end for w in school.walks} <= places
    assert {x for o in school.orders for x in (o.before, o.after)} <= tasks
    assert {x for k in school.links for x in (k.first, k.second)} <= tasks
    assert {f for s in school.scenarios for f in s.families} <= families
    assert {t for s in school.scenarios for t in s.tasks} <= tasks
    scales = {s.id for s in school.pay_scales}
    assert school.entry_scale in scales
    assert {r.pay_scale for r in school.roles if r.pay_scale} <= scales


def test_units_named_in_the_file_are_units_of_the_setting(rows: dict[str, Any]) -> None:
    units = {u["id"] for u in rows["setting"]["units"]}
    assert {row["unit"] for row in rows["task"] if "unit" in row} == units
    assert all(("unit" in row) == ("per_unit" in row) != ("minutes" in row) for row in rows["task"])
    assert {r["hours_per_unit"]["unit"] for r in rows["role"] if "hours_per_unit" in r} <= units


def test_the_shares_of_the_doers_sum_to_a_hundred(school: Workplace) -> None:
    assert {sum(s.percent for s in t.doers) for t in school.tasks} == {100}


def test_every_question_of_the_record_has_a_first_answer(school: Workplace) -> None:
    open_ones = [(t.id, f) for t in school.tasks for f in ANSWERED if getattr(t, f) is None]
    assert open_ones == []
    assert {t.id for t in school.tasks if t.legal is Legal.UNKNOWN} == set()


def test_demands_are_given_for_every_task_and_place_dimension_with_a_reason(school: Workplace) -> None:
    assert all(set(t.demands) == TASK_NUMBERS for t in school.tasks)
    assert all(set(p.demands) == PLACE_NUMBERS for p in school.places)
    assert all(t.demand_reason and len(t.demand_reason) >= 10 for t in school.tasks)


def test_every_window_holds_the_work_at_its_slowest_and_at_the_pace_of_a_new_worker(school: Workplace) -> None:
    tight = [
        t.id
        for t in school.tasks
        if t.window is None or t.minutes is None or t.minutes.high * 130 > t.window.length * 100
    ]
    assert tight == []


def test_the_library_gives_ranges_because_nothing_was_measured(school: Workplace) -> None:
    exact = {t.id for t in school.tasks if t.minutes is None or t.minutes.width == 0}
    assert exact == {LESSONS}


def test_an_order_can_be_kept_within_the_windows(school: Workplace) -> None:
    for order in school.orders:
        before, after = school.task(order.before), school.task(order.after)
        assert before.window is not None and after.window is not None
        assert before.window.start + needed(before) + needed(after) <= after.window.end, order


def test_what_asks_a_profession_is_never_free(school: Workplace) -> None:
    kept = {t.id for t in school.tasks if t.legal is Legal.RESERVED}
    assert kept >= PROFESSIONAL
    assert all(t.legal_basis and len(t.legal_basis) > 20 for t in school.tasks)


def test_nobody_new_watches_children_alone(school: Workplace) -> None:
    watches = [school.task(ident) for ident in WATCHES]
    assert all(t.legal is Legal.SUPERVISED and t.harm == 3 and not t.checked for t in watches)
    outside = [t for t in school.tasks if t.contact == "clients" and t.place in ("playground", "street", "bus")]
    assert outside and not [t.id for t in outside if t.alone or t.legal is Legal.FREE]
    assert not [t.id for t in school.tasks if t.alone and t.contact == "clients" and t.legal is Legal.FREE]


def test_stopping_traffic_needs_a_permit(school: Workplace) -> None:
    crossing = [school.task(ident) for ident in CROSSINGS]
    assert crossing == [t for t in school.tasks if t.legal is Legal.PERMIT]
    assert all(t.legal is Legal.PERMIT and t.permit == "crossing_guard" for t in crossing)


def test_a_serious_mistake_is_never_in_free_work(school: Workplace) -> None:
    free = [t for t in school.tasks if t.legal is Legal.FREE]
    assert all(t.harm is not None and t.harm <= 2 for t in free)
    assert all(t.checked for t in free if t.harm == 2)


def test_hours_of_cleaners_and_supervisors_are_protected(school: Workplace) -> None:
    low = {r.id for r in school.roles if school.low_threshold(r)}
    assert low == {"cleaner", "lunch_supervisor", "bus_attendant", "parent"}
    assert {r.id for r in school.roles if r.shortage} == {"teacher", "care_teacher", "child_carer"}


def test_a_role_has_at_least_the_hours_of_its_tasks(school: Workplace) -> None:
    minutes = spent(school)
    for role in school.roles:
        if role.hours_week is not None:
            assert minutes[role.id] <= role.hours_week * 100, role.id
            assert role.floor_week is None or role.floor_week < role.hours_week


@pytest.mark.parametrize("day", WORKING_DAYS)
def test_a_work_period_of_three_hours_can_be_made_on_each_weekday(day: Weekday, school: Workplace) -> None:
    pool = [t for t in movable(school) if t.times and t.times[day]]
    work, presence = one_person_day(pool, day, parse_clock("08:00"))
    assert work >= 180
    assert presence <= work + 45
    # and there is enough for two people, on their own clock
    assert pool_minutes(pool, day) >= 2 * 180


def test_wednesday_work_is_over_at_noon(school: Workplace) -> None:
    late = [
        t.id
        for t in movable(school)
        if t.times and t.window and t.times[Weekday.WEDNESDAY] and t.window.end > parse_clock("12:00")
    ]
    assert late == []
    assert all(t.times and not any(t.times[5:]) for t in school.tasks)


def test_the_pool_holds_what_a_good_job_needs(school: Workplace) -> None:
    pool = movable(school)
    assert sum(bool(t.learning) for t in pool) >= 8
    assert sum(t.contact == "clients" for t in pool) >= 4
    assert sum(t.contact == "colleagues" for t in pool) >= 10
    assert 3 <= sum(bool(t.unpleasant) for t in pool) <= len(pool) // 4
    assert any(t.left_undone for t in pool)
    assert {t.posture for t in pool} == {"standing", "sitting", "walking", "mixed"}


def test_the_school_year_has_fifty_two_weeks_and_the_holidays_are_empty(school: Workplace) -> None:
    assert sum(s.weeks for s in school.scenarios) == 52
    holidays = next(s for s in school.scenarios if s.id == "holidays")
    assert {holidays.percent(t) for t in school.tasks} == {0}
    ordinary = next(s for s in school.scenarios if s.id == "school_weeks")
    assert {ordinary.percent(t) for t in school.tasks} == {100}


def test_a_larger_school_gets_more_minutes_where_work_is_counted_in_classes(school: Workplace) -> None:
    large = start("primary-school", {"classes": 18, "nursery": 4}, "nl")
    small_copies, copies = school.task(COPIES).minutes, large.task(COPIES).minutes
    assert small_copies is not None and copies is not None
    assert copies.likely == small_copies.likely * 3 // 2
    assert large.task(AT_THE_GATE).minutes == school.task(AT_THE_GATE).minutes
