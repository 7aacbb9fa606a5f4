"""The start for an installation firm: complete, all assumed, in three languages, and able to carry real jobs."""

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

FILE = Path(klaver.work.__file__).parent / "starters" / "installation-firm.toml"
LANGUAGES = {"nl", "fr", "en"}
SITES = {"site_rough", "site_finishing"}
BOARDS, CHASES, BOILERS, LIVE, GAS, REFRIGERANT = "M23", "M48", "M61", "M74", "M76", "M77"
INSPECTIONS, ORDERING, INVOICES, PLANNING, QUOTATIONS = "M36", "M14", "M70", "M71", "M72"
FORKLIFT, VAN, HEIGHT, PLATFORM = "M11", "M30", "M49", "M50"
OLD_BOILERS, SCANNING, KEYS, PHONE, REMINDERS = "M60", "M66", "M67", "M68", "M69"
PICKING, SWEEPING = "M01", "M41"
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
def firm() -> Workplace:
    return start("installation-firm", {}, "nl")


def test_the_start_gives_the_work_of_a_depot_of_sites_and_of_an_office(firm: Workplace) -> None:
    assert 60 <= len(firm.tasks) <= 80
    assert 8 <= len({t.family for t in firm.tasks}) <= 12
    assert {p.id for p in firm.places} == {"depot", "yard", *SITES, "home", "office"}
    assert len(movable(firm)) >= 30


def test_the_start_is_free_of_mistakes_and_gaps(firm: Workplace) -> None:
    assert faults(firm) == ()
    assert {elementary(t).elementary for t in firm.tasks} == {"yes", "no"}  # nothing is left to ask before a sketch


def test_all_work_that_could_move_passes_the_elementary_test_without_a_question_of_law(firm: Workplace) -> None:
    assert {t.id: elementary(t).elementary for t in movable(firm)} == {t.id: "yes" for t in movable(firm)}


def test_every_value_of_the_start_is_marked_assumed(firm: Workplace) -> None:
    assert {t.source.kind for t in firm.tasks} == {SourceKind.ASSUMED}
    assert {s.kind for t in firm.tasks for s in t.sources.values()} <= {SourceKind.ASSUMED}
    assert not firm.synthetic


def test_what_staff_value_is_asked_and_never_assumed(rows: dict[str, Any], firm: Workplace) -> None:
    assert all(t.valued is None and t.recovery is None for t in firm.tasks)
    assert all("valued" not in row and "recovery" not in row for row in rows["task"])


def test_every_task_has_a_name_in_three_languages_and_no_two_the_same(rows: dict[str, Any]) -> None:
    for lang in LANGUAGES:
        names = [row["name"][lang] for row in rows["task"]]
        assert all(name.strip() == name and 3 <= len(name) <= 90 for name in names)
        assert not [name for name, count in Counter(names).items() if count > 1]
    labels = [r["label"] for part in ("role", "place", "pay_scale", "scenario") for r in rows[part]]
    labels += [u["label"] for u in rows["setting"]["units"]]
    assert all(set(label) == LANGUAGES and all(label.values()) for label in labels)


def test_every_reference_exists_and_everything_that_is_named_is_used(firm: Workplace) -> None:
    roles, places, tasks = ({i.id for i in x} for x in (firm.roles, firm.places, firm.tasks))
    assert {t.place for t in firm.tasks} == places
    assert {s.role for t in firm.tasks for s in t.doers} == roles
    assert {t.instructs for t in firm.tasks} <= {r.id for r in firm.roles if r.may_instruct}
    assert {f for s in firm.scenarios for f in s.families} == {t.family for t in firm.tasks}
    assert {x for o in firm.orders for x in (o.before, o.after)} <= tasks
    assert {x for k in firm.links for x in (k.first, k.second)} <= tasks


def test_units_named_in_the_file_are_units_of_the_setting(rows: dict[str, Any]) -> None:
    units = {u["id"] for u in rows["setting"]["units"]}
    assert {row["unit"] for row in rows["task"] if "unit" in row} == units == {"technicians", "vans", "sites"}
    assert all(("unit" in row) == ("per_unit" in row) != ("minutes" in row) for row in rows["task"])


def test_every_ground_that_is_written_down_is_the_ground_of_a_task(rows: dict[str, Any]) -> None:
    assert {row["legal_basis"] for row in rows["task"]} == set(rows["basis"])


def test_every_question_of_the_record_has_a_first_answer(firm: Workplace) -> None:
    assert [(t.id, f) for t in firm.tasks for f in ANSWERED if getattr(t, f) is None] == []
    assert {sum(s.percent for s in t.doers) for t in firm.tasks} == {100}


def test_demands_are_given_for_every_task_and_place_dimension_with_a_reason(firm: Workplace) -> None:
    assert all(set(t.demands) == TASK_NUMBERS for t in firm.tasks)
    assert all(set(p.demands) == PLACE_NUMBERS for p in firm.places)
    assert all(t.demand_reason and len(t.demand_reason) >= 10 for t in firm.tasks)


def test_every_window_holds_the_work_at_its_slowest_and_at_the_pace_of_a_new_worker(firm: Workplace) -> None:
    tight = [
        t.id
        for t in firm.tasks
        if t.window is None or t.minutes is None or t.minutes.high * 130 > t.window.length * 100
    ]
    assert tight == []


def test_the_library_gives_ranges_because_nothing_was_measured(firm: Workplace) -> None:
    assert [t.id for t in firm.tasks if t.minutes is None or t.minutes.width == 0] == []


def test_an_order_can_be_kept_within_the_windows(firm: Workplace) -> None:
    for order in firm.orders:
        before, after = firm.task(order.before), firm.task(order.after)
        assert before.window is not None and after.window is not None
        assert before.window.start + needed(before) + needed(after) <= after.window.end, order


def test_electricity_gas_refrigerants_and_unknown_walls_stay_with_the_trade(firm: Workplace) -> None:
    trade = {BOARDS, CHASES, BOILERS, LIVE, GAS, REFRIGERANT}
    assert {t.id for t in firm.tasks if t.legal is Legal.RESERVED} >= trade
    assert all(firm.task(i).harm == 3 for i in trade)
    ground = firm.task(LIVE).legal_basis
    assert ground and "BA4" in ground and "BA5" in ground and "AREI" in ground


def test_what_binds_the_firm_or_guards_a_life_is_for_whom_it_appoints(firm: Workplace) -> None:
    kept = {INSPECTIONS, ORDERING, INVOICES, PLANNING, QUOTATIONS}
    assert all(firm.task(i).legal is Legal.RESERVED for i in kept)


def test_a_safety_function_and_work_at_height_need_a_certificate_and_do_not_move(firm: Workplace) -> None:
    asked = {i: (firm.task(i).legal, firm.task(i).permit) for i in (FORKLIFT, PLATFORM, HEIGHT, VAN)}
    assert asked == {
        FORKLIFT: (Legal.PERMIT, "forklift"),
        PLATFORM: (Legal.PERMIT, "aerial_platform"),
        HEIGHT: (Legal.PERMIT, "work_at_height"),
        VAN: (Legal.PERMIT, "driving_licence_b"),
    }
    assert all(elementary(firm.task(i)).elementary == "no" for i in asked)


def test_nobody_sets_foot_on_a_site_without_the_safety_training(firm: Workplace) -> None:
    on_site = [t for t in firm.tasks if t.place in SITES]
    assert [t.id for t in on_site if t.legal is Legal.FREE] == []
    simple = [t for t in on_site if elementary(t).elementary == "yes"]
    assert len(simple) >= 8
    assert {(t.legal, t.permit) for t in simple} == {(Legal.PERMIT, "basic_site_safety")}


def test_whoever_comes_onto_a_rough_site_must_understand_a_warning(firm: Workplace) -> None:
    rough = [t for t in firm.tasks if t.place == "site_rough" and elementary(t).elementary == "yes"]
    assert rough and all(t.language and t.language.safety_reason and t.language.listening != "none" for t in rough)


def test_customers_their_keys_and_their_data_are_met_together_with_a_colleague(firm: Workplace) -> None:
    assert {firm.task(i).legal for i in (SCANNING, KEYS, PHONE, REMINDERS)} == {Legal.SUPERVISED}
    assert elementary(firm.task(PHONE)).elementary == "no"  # a smell of gas may be on the line
    homes = [t for t in firm.tasks if t.place == "home"]
    assert homes and not [t.id for t in homes if t.legal is Legal.FREE]
    assert [t.id for t in firm.tasks if t.contact == "clients" and t.legal is Legal.FREE] == []


def test_what_is_too_heavy_stays_out_of_a_simple_job(firm: Workplace) -> None:
    assert firm.task(OLD_BOILERS).demands[26] == 4
    assert elementary(firm.task(OLD_BOILERS)).elementary == "no"


def test_a_serious_mistake_is_never_in_free_work(firm: Workplace) -> None:
    free = [t for t in firm.tasks if t.legal is Legal.FREE]
    assert all(t.harm is not None and t.harm <= 2 for t in free)
    assert all(t.checked for t in free if t.harm == 2)


def test_hours_of_the_warehouse_worker_and_the_cleaner_are_protected(firm: Workplace) -> None:
    low = {r.id for r in firm.roles if firm.low_threshold(r)}
    assert low == {"warehouse_worker", "cleaner"}
    assert {r.id for r in firm.roles if r.shortage} == {"electrician", "hvac_installer", "team_leader"}
    assert firm.task(SWEEPING) not in movable(firm)


def test_a_role_has_at_least_the_hours_of_its_tasks(firm: Workplace) -> None:
    minutes = spent(firm)
    for role in firm.roles:
        assert role.hours_week is not None
        assert minutes[role.id] <= role.hours_week * 100, role.id
        assert role.floor_week is None or role.floor_week < role.hours_week


@pytest.mark.parametrize("day", WORKING_DAYS)
def test_the_depot_alone_gives_a_work_period_of_three_hours_on_each_weekday(day: Weekday, firm: Workplace) -> None:
    pool = [t for t in movable(firm) if t.times and t.times[day]]
    work, presence = one_person_day(pool, day, parse_clock("08:00"))
    assert work >= 180
    assert presence <= work + 45
    # and there is enough for two people, on their own clock
    assert pool_minutes(pool, day) >= 2 * 180


def test_the_vans_are_only_touched_while_they_are_in_the_yard(firm: Workplace) -> None:
    leave, back = parse_clock("07:45"), parse_clock("13:00")
    in_yard = [t for t in firm.tasks if t.family == "vans" and t.id != VAN]
    assert len(in_yard) >= 5
    assert [t.id for t in in_yard if t.window and t.window.end > leave and t.window.start < back] == []
    friday = {t.id for t in in_yard if t.window and t.window.start < parse_clock("15:00") and t.window.end > leave}
    assert all(firm.task(i).times == (0, 0, 0, 0, 1, 0, 0) for i in friday)  # the early end of the week


def test_nobody_works_at_the_weekend(firm: Workplace) -> None:
    assert all(t.times and not any(t.times[5:]) for t in firm.tasks)


def test_the_pool_holds_what_a_good_job_needs(firm: Workplace) -> None:
    pool = movable(firm)
    assert sum(bool(t.learning) for t in pool) >= 8
    assert sum(t.contact == "colleagues" for t in pool) >= 10
    assert 3 <= sum(bool(t.unpleasant) for t in pool) <= len(pool) // 4
    assert any(t.left_undone for t in pool)
    assert {t.posture for t in pool} == {"standing", "sitting", "walking", "mixed"}


def test_the_year_has_fifty_two_weeks_and_the_builders_holiday_is_empty(firm: Workplace) -> None:
    assert sum(s.weeks for s in firm.scenarios) == 52
    by_id = {s.id: s for s in firm.scenarios}
    assert {by_id["closed"].percent(t) for t in firm.tasks} == {0}
    assert {by_id["ordinary"].percent(t) for t in firm.tasks} == {100}
    rough, finishing = (next(t for t in firm.tasks if t.place == place) for place in ("site_rough", "site_finishing"))
    assert by_id["rough_in"].percent(rough) > 100 > by_id["rough_in"].percent(finishing)
    assert by_id["handover"].percent(finishing) > 100 > by_id["handover"].percent(rough)
    assert all(by_id["summer"].percent(t) <= 100 for t in firm.tasks)


def test_more_sites_ask_more_picking_and_more_technicians_more_hours(firm: Workplace) -> None:
    large = start("installation-firm", {"technicians": 18, "sites": 6}, "nl")
    usual, picking = firm.task(PICKING).minutes, large.task(PICKING).minutes
    assert usual is not None and picking is not None
    assert picking.likely == usual.likely * 3 // 2
    for role in ("electrician", "warehouse_worker"):
        assert large.role(role).hours_week == (firm.role(role).hours_week or 0) * 3 // 2
