"""What one asks at a board: completing it around its pins, comparing it, bringing it to a newer workplace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from tests.design.cases import MONDAY, asked, entry, job, shift, task, ward, window, workplace

from klaver.design.board.complete import Completed, complete, pins_of
from klaver.design.board.newer import brought, wishes_on
from klaver.design.board.records import Board, MoveCards, PinCards, Spot
from klaver.design.board.table import Table, laid
from klaver.design.check import refused
from klaver.design.compare import Differences, Plan, differences, paired
from klaver.design.effects import relief_hundredths
from klaver.design.kernel.plan import Kernel
from klaver.design.solve.search import Effort, Progress
from klaver.design.why.force import Board as Forcing
from klaver.design.why.without import without
from klaver.values import Weekday
from klaver.work.records import Legal, Pin, Wishes, Workplace

WARD = asked(ward(), ward().wishes)
KERNEL = Kernel(WARD)
MON, TUE, SUN = Weekday.MONDAY, Weekday.TUESDAY, Weekday.SUNDAY
DAILY = tuple(Weekday)
PINS = {
    ("T02", MON): Spot(job="job-2", pinned=True),
    ("T02", TUE): Spot(job="job-2", pinned=True),
    ("T07", MON): Spot(job="job-2", shared=True, pinned=True),
    **{("T03", d): Spot(pinned=True) for d in DAILY},
}


def pinned() -> Board:
    """Return a board with a task alone in the second job, one done together there, and one with its colleagues."""
    table = Table(WARD, laid(WARD, None), KERNEL)
    table.do(MoveCards(task="T02", days=(MON, TUE), job="job-2"), 1)
    table.do(MoveCards(task="T07", days=(MON,), job="job-2", shared=True), 2)
    table.do(MoveCards(task="T08", days=(SUN,), job="job-1"), 3)
    for at, (ident, days) in enumerate((("T02", (MON, TUE)), ("T07", (MON,)), ("T03", DAILY)), 4):
        table.do(PinCards(task=ident, days=days, pinned=True), at)
    return table.board


def effort(rounds: int = 1, **fields: Callable[..., object]) -> Effort:
    return Effort(rounds=rounds, work=0.1, **fields)  # type: ignore[arg-type]


@cache
def completed() -> Completed:
    return complete(WARD, pinned(), effort())


def test_a_completed_board_keeps_every_pinned_card_where_it_lay_and_breaks_nothing() -> None:
    jobs = completed().jobs
    assert jobs is not None
    lies = {(e.task, s.day): (j.id, e.shared) for j in jobs for s in j.shifts for e in s.entries}
    assert {k: lies.get(k) for k in PINS} == {k: None if s.job is None else (s.job, s.shared) for k, s in PINS.items()}
    assert [j.id for j in jobs] == ["job-1", "job-2"]
    assert all(j.shifts for j in jobs)
    assert refused(WARD, jobs) == ()


def test_completing_a_board_again_gives_the_same() -> None:
    assert complete(WARD, pinned(), effort()) == completed()


def test_completing_says_how_far_it_is_and_stops_between_rounds() -> None:
    told: list[Progress] = []
    found = complete(WARD, pinned(), effort(50, tell=told.append, stop=lambda: bool(told)))
    assert found.stopped
    assert [(p.round, p.rounds) for p in told] == [(1, 50)]


def test_who_stops_before_the_first_round_gets_nothing_and_no_clash_is_looked_for() -> None:
    told: list[str] = []
    found = complete(WARD, pinned(), effort(stop=lambda: True), lambda: told.append("clash"))
    assert (found.jobs, found.clash, found.stopped, told) == (None, None, True, [])


def test_pins_that_no_plan_keeps_are_named_as_they_clash() -> None:
    narrow = [task(i, 60, MONDAY, window=window("09:00", "10:00")) for i in ("A", "B")]
    problem = asked(workplace(*narrow), Wishes(jobs=1, week_min=0))
    table = Table(problem, laid(problem, None))
    for at, ident in enumerate(("A", "B"), 1):
        table.do(MoveCards(task=ident, days=(MON,), job="job-1"), at)
        table.do(PinCards(task=ident, days=(MON,), pinned=True), at)
    told: list[str] = []
    found = complete(problem, table.board, effort(), lambda: told.append("clash"))
    assert found.jobs is None
    assert found.clash is not None
    assert {w.code for w in found.clash.wishes} >= {"pin_alone"}
    assert told == ["clash"]


@pytest.mark.parametrize(("loose", "looks"), [(False, 3), (True, 2)])
def test_rules_that_are_not_confirmed_are_let_go_last_and_never_twice(loose: bool, looks: int) -> None:
    narrow = [task(i, 60, MONDAY, window=window("09:00", "10:00")) for i in ("A", "B")]
    problem = replace(asked(workplace(*narrow), Wishes(jobs=1, week_min=0)), confirmed_only=loose)
    table = Table(problem, laid(problem, None))
    for at, ident in enumerate(("A", "B"), 1):
        table.do(MoveCards(task=ident, days=(MON,), job="job-1"), at)
        table.do(PinCards(task=ident, days=(MON,), pinned=True), at)
    told: list[Progress] = []
    complete(problem, table.board, effort(tell=told.append))
    assert len(told) == looks


def test_a_plan_that_the_checker_refuses_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("klaver.design.board.complete.refused", lambda problem, jobs: ("something",))
    monkeypatch.setattr("klaver.design.board.complete.conflict", lambda problem, effort: None)
    assert complete(WARD, pinned(), effort()) == Completed(None)


def test_a_board_with_a_day_too_full_to_be_laid_out_is_not_completed(monkeypatch: pytest.MonkeyPatch) -> None:
    board = pinned()
    monkeypatch.setattr(Kernel, "board", lambda kernel, jobs, aims: None)
    monkeypatch.setattr("klaver.design.board.complete.conflict", lambda problem, effort: None)
    told: list[Progress] = []
    assert complete(WARD, board, effort(tell=told.append)).jobs is None
    assert told == []


def test_a_wish_for_a_task_that_can_be_in_no_job_ends_completing_at_once() -> None:
    wishes = Wishes(jobs=1, week_min=0, pins=(Pin(task="N", kind="into", days=(MON,)),))
    problem = asked(workplace(task("A", 60), task("N", 60, legal="reserved")), wishes)
    told: list[Progress] = []
    assert complete(problem, laid(problem, None), effort(tell=told.append)).jobs is None
    assert told == []


def test_pinned_cards_are_wishes_about_their_tasks() -> None:
    assert {(p.task, p.kind, p.days) for p in pins_of(pinned())} == {
        ("T02", "alone", (MON, TUE)),
        ("T07", "into", (MON,)),
        ("T03", "out", DAILY),
    }


# without


def test_what_a_task_gives_is_what_is_lost_when_it_goes_back() -> None:
    jobs = completed().jobs
    assert jobs is not None
    found = without(WARD, jobs, "T02")
    assert not any(e.task == "T02" for j in found.jobs for s in j.shifts for e in s.entries)
    assert found.relief == (relief_hundredths(WARD, jobs) - relief_hundredths(WARD, found.jobs)) // 100
    assert [j.id for j in found.jobs] == [j.id for j in jobs]


def test_a_task_forced_into_a_job_leaves_pinned_tasks_where_they_are() -> None:
    jobs = completed().jobs
    assert jobs is not None
    lies = {(e.task, s.day): j.id for j in jobs for s in j.shifts for e in s.entries}
    found = Forcing(WARD, jobs, ("T02", "T07", "T04")).force(0, [c for c in WARD.by_task["T04"] if c.day is MON])
    moved = {(e.task, s.day): j.id for j in found.jobs for s in j.shifts for e in s.entries}
    for ident in ("T02", "T07"):
        assert not found.jobs or {k: v for k, v in moved.items() if k[0] == ident} == {
            k: v for k, v in lies.items() if k[0] == ident
        }
    assert not {"T02", "T07"} & {t for t, _, _ in found.changed}


# compare

PLACE = workplace(task("A", 60), task("B", 30), task("C", 30, MONDAY))


def plan(*shifts_of_jobs: list[tuple[str, str, bool]], place: Workplace = PLACE) -> Plan:
    """Return a plan of jobs that work on Monday: (task, start, shared) each."""
    problem = asked(place, Wishes(jobs=len(shifts_of_jobs), week_min=0))
    minutes = {t.id: t.minutes.likely for t in place.tasks if t.minutes}
    jobs = []
    for n, rows in enumerate(shifts_of_jobs, 1):
        shifts = [shift(*(entry(t, at, minutes[t], shared=s) for t, at, s in rows))] if rows else []
        jobs.append(job(*shifts, ident=f"job-{n}"))
    return Plan(problem, tuple(jobs))


def lying(found: Differences) -> list[tuple[str, object, object]]:
    return [(e.task, *e.places) for e in found.elsewhere]


def test_a_plan_does_not_differ_from_itself() -> None:
    one = plan([("A", "09:00", False)], [("B", "09:00", True)])
    found = differences(one, one)
    assert found.elsewhere == found.opened == ()
    assert found.worth[0] == found.worth[1]
    assert all(a == b for a, b in found.pairs)
    assert all(r.lost[0] == r.lost[1] for r in found.roles)


def test_jobs_are_laid_beside_each_other_by_their_work_and_not_by_their_number() -> None:
    one = plan([("A", "09:00", False)], [("B", "09:00", False)])
    other = plan([("B", "09:00", False), ("C", "10:00", False)], [("A", "09:00", False)])
    found = differences(one, other)
    assert found.pairs == ((0, 1), (1, 0))
    assert lying(found) == [("C", None, (0, False))]


def test_a_task_done_together_lies_elsewhere_than_the_same_done_alone() -> None:
    found = differences(plan([("A", "09:00", False)]), plan([("A", "09:00", True)]))
    assert lying(found) == [("A", (0, False), (0, True))]
    carer = next(r for r in found.roles if r.role == "carer")
    assert carer.lost == (6000, 0)


def test_a_job_without_a_pair_and_a_task_that_the_other_does_not_know_are_told_so() -> None:
    smaller = workplace(task("A", 60), task("B", 30))
    one, other = plan([("A", "09:00", False)], [("C", "09:00", False)]), plan([("A", "09:00", False)], place=smaller)
    found = differences(one, other)
    assert found.pairs == ((0, 0), (1, None))
    last = found.elsewhere[-1]
    assert (last.task, last.places, last.known) == ("C", ((1, False), None), (True, False))
    assert paired(other.jobs, one.jobs) == ((0, 0), (None, 1))


def test_an_empty_job_is_open_for_nobody_and_breaks_nothing() -> None:
    found = differences(plan([]), plan([("A", "09:00", False)]))
    assert found.worth[0].jobs == (0,)
    assert found.worth[0].broken == found.worth[0].warned == 0
    assert all(o.doors[0] is None for o in found.opened)


def test_a_role_that_only_one_version_has_is_told_with_nothing_on_the_other_side() -> None:
    fewer = PLACE.model_copy(update={"roles": PLACE.roles[:1]})
    found = differences(plan([]), plan([], place=fewer))
    assert [(r.role, r.lost) for r in found.roles] == [("carer", (0, 0)), ("cleaner", (0, None))]


# newer


def test_a_board_brought_to_the_same_workplace_stays_as_it_is() -> None:
    found = brought(WARD, WARD, pinned())
    assert (found.gone, found.locked, found.new, found.waiting) == ((), (), (), ())
    assert found.board.spots() == pinned().spots()
    assert found.board.jobs == pinned().jobs


def changed(**fields: object) -> Workplace:
    """Return the ward with T02 changed, a task gone and a task more."""
    tasks = [t.model_copy(update=fields) if t.id == "T02" else t for t in ward().tasks if t.id != "T08"]
    return ward().model_copy(update={"tasks": (*tasks, task("NEW", 20)), "links": (), "orders": ()})


@pytest.mark.parametrize(
    ("fields", "locked"),
    [({"legal": Legal.RESERVED}, {("T02", MON), ("T02", TUE)}), ({"times": (1, 0, 0, 0, 0, 0, 0)}, {("T02", TUE)})],
)
def test_what_is_gone_leaves_the_board_and_what_may_not_goes_back(
    fields: dict[str, object], locked: set[tuple[str, Weekday]]
) -> None:
    place = Workplace.model_validate_json(changed(**fields).to_json())
    found = brought(WARD, asked(place, ward().wishes), pinned())
    assert found.gone == ("T08",)
    assert set(found.locked) == locked
    assert found.new == ("NEW",)
    assert found.board.workplace_print == place.fingerprint()
    spots = found.board.spots()
    assert not any(t == "T08" for t, _ in spots)
    assert spots["T07", MON] == PINS["T07", MON]
    assert spots["T03", MON] == Spot(pinned=True)
    assert {key for key, spot in spots.items() if key[0] == "T02" and spot.job} == {("T02", MON), ("T02", TUE)} - locked


def test_a_card_that_no_longer_fits_its_day_waits_in_its_job() -> None:
    late = [task(i, 50, MONDAY, window=window("09:00", "11:00")) for i in ("A", "B")]
    wishes = Wishes(jobs=1, week_min=0, tempo=100)
    old = asked(workplace(*late), wishes)
    table = Table(old, laid(old, None))
    for at, ident in enumerate(("A", "B"), 1):
        table.do(MoveCards(task=ident, days=(MON,), job="job-1"), at)
    narrow = [task(i, 50, MONDAY, window=window("09:00", "10:00")) for i in ("A", "B")]
    found = brought(old, asked(workplace(*narrow), wishes), table.board)
    assert [t for t, _ in found.waiting] == ["B"]
    assert found.board.spots()["B", MON] == Spot(job="job-1", waiting=True)


def test_wishes_about_tasks_that_are_gone_are_let_go() -> None:
    wishes = Wishes(pins=(Pin(task="T08", kind="into"), Pin(task="T02", kind="out")))
    assert [p.task for p in wishes_on(wishes, changed()).pins] == ["T02"]
