"""A board: every move says what it does, can be taken back, and overwrites nobody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.design.cases import asked, entry, job, shift, task, ward, window, workplace

from klaver.design.board.records import HOME, Board, LayJobs, MoveCards, NameJob, PinCards, Spot, Step, TakeBack
from klaver.design.board.table import SteppedOnError, Table, by_hand, laid
from klaver.design.check import verify
from klaver.design.kernel.plan import Kernel
from klaver.values import Faults, Weekday

WARD = asked(ward(), ward().wishes)
KERNEL = Kernel(WARD)
MON, TUE = Weekday.MONDAY, Weekday.TUESDAY
GOLDEN = Path(__file__).with_name("board-1.json")


def table(board: Board | None = None) -> Table:
    return Table(WARD, board or laid(WARD, None), KERNEL)


def move(ident: str, to: str | None, *days: Weekday, shared: bool = False) -> MoveCards:
    return MoveCards(task=ident, days=days or tuple(Weekday), job=to, shared=shared)


def codes(wrong: pytest.ExceptionInfo[Faults]) -> list[str]:
    return [f.code for f in wrong.value.faults]


def test_an_empty_board_has_a_place_for_every_job_and_every_card_at_its_role() -> None:
    board = laid(WARD, None)
    assert [j.id for j in board.jobs] == ["job-1", "job-2"]
    assert board.placed == ()


def test_a_card_lies_where_it_was_put_and_has_a_time_there() -> None:
    on = table()
    step = on.do(move("T02", "job-2", MON, TUE), 1)
    assert on.board.spots()["T02", MON] == Spot(job="job-2")
    assert [(s.day, e.task, e.start) for s in on.board.jobs[1].shifts for e in s.entries] == [
        (MON, "T02", 420),
        (TUE, "T02", 420),
    ]
    assert step.touches() == {("T02", MON), ("T02", TUE)}


def test_a_card_without_room_waits_and_comes_in_when_there_is_room() -> None:
    on = table()
    on.do(move("T10", "job-1", MON), 1)
    on.do(move("T11", "job-1", MON), 2)
    on.do(move("T07", "job-1", MON), 3)
    on.do(move("T03", "job-1", MON), 4)
    on.do(move("T01", "job-1", MON), 5)
    on.do(move("T04", "job-1", MON), 6)
    waiting = {p.task for p in on.board.placed if p.spot.waiting}
    assert waiting
    assert on.reply().days
    for number, ident in enumerate(("T03", "T01", "T07", "T10"), 7):
        on.do(move(ident, None, MON), number)
    assert not any(p.spot.waiting for p in on.board.placed)
    assert not on.reply().days


def test_a_card_that_loses_its_place_to_another_was_not_touched() -> None:
    on = table()
    steps = [on.do(move(t, "job-1", MON), n) for n, t in enumerate(("T10", "T11", "T07", "T03", "T01", "T04"), 1)]
    steps += [on.do(move(t, None, MON), n) for n, t in enumerate(("T03", "T01", "T07", "T10"), 7)]
    assert any(len(step.cards) > 1 for step in steps), "some step changed whether other cards wait"
    for step in steps:
        assert step.touches() == {(step.command.task, MON)}  # type: ignore[union-attr]


def test_what_is_done_together_is_told_apart_from_what_is_done_alone() -> None:
    on = table()
    on.do(move("T08", "job-1", MON, shared=True), 1)
    assert on.board.spots()["T08", MON] == Spot(job="job-1", shared=True)
    on.do(move("T08", "job-1", MON), 2)
    assert on.board.spots()["T08", MON] == Spot(job="job-1")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (move("N1", "job-1"), "board.may_not"),
        (move("T01", "job-3"), "board.unknown_job"),
        (move("T99", "job-1"), "wish.unknown_task"),
        (move("T06", "job-1", MON), "board.not_done_then"),
        (move("T01", None), "board.already"),
        (NameJob(job="job-9", title="x"), "board.unknown_job"),
        (TakeBack(step=7), "board.unknown_step"),
        (LayJobs(why="repair", jobs=()), "board.other_jobs"),
        (PinCards(task="T06", days=(MON,), pinned=True), "board.not_done_then"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(command: Any, code: str) -> None:
    on = table()
    with pytest.raises(Faults) as wrong:
        on.do(command, 1, {})
    assert code in codes(wrong)
    assert on.board == laid(WARD, None)


def test_everything_that_is_wrong_with_a_move_is_told_at_once() -> None:
    with pytest.raises(Faults) as wrong:
        table().do(move("N1", "job-3"), 1)
    assert codes(wrong) == ["board.unknown_job", "board.may_not"]


def test_a_task_too_long_for_its_hours_can_be_in_no_job() -> None:
    problem = asked(workplace(task("T1", 600, window=window("07:00", "12:00")), task("T2", 60)))
    on = Table(problem, laid(problem, None))
    with pytest.raises(Faults) as wrong:
        on.do(move("T1", "job-1", MON), 1)
    assert codes(wrong) == ["board.not_done_then"]


def test_taking_a_step_back_puts_the_very_timetable_back() -> None:
    on = table()
    on.do(move("T02", "job-1"), 1)
    before = on.board
    step = on.do(move("T03", "job-1"), 2)
    assert on.board != before
    on.do(TakeBack(step=2), 3, {2: step})
    assert on.board == before


def test_taking_back_what_was_taken_back_does_it_again() -> None:
    on, steps = table(), {}
    steps[1] = on.do(move("T02", "job-1"), 1)
    done = on.board
    steps[2] = on.do(TakeBack(step=1), 2, steps)
    steps[3] = on.do(TakeBack(step=2), 3, steps)
    assert on.board == done


def test_a_step_on_which_others_built_is_not_taken_back_in_silence() -> None:
    on, steps = table(), {}
    steps[1] = on.do(move("T02", "job-1"), 1)
    steps[2] = on.do(move("T02", "job-2", MON), 2)
    kept = on.board
    with pytest.raises(SteppedOnError) as wrong:
        on.do(TakeBack(step=1), 3, steps)
    assert wrong.value.keys == (("T02", MON),)
    assert on.board == kept


def test_a_step_is_taken_back_although_others_moved_other_cards_on_the_same_day() -> None:
    on, steps = table(), {}
    steps[1] = on.do(move("T02", "job-1", MON), 1)
    steps[2] = on.do(move("T08", "job-1", MON), 2)
    on.do(TakeBack(step=1), 3, steps)
    assert on.board.spots() == {("T08", MON): Spot(job="job-1")}
    assert [e.task for s in on.board.jobs[0].shifts for e in s.entries] == ["T08"]


def test_a_pin_stays_with_its_card_and_a_plan_keeps_the_pins() -> None:
    on = table()
    on.do(PinCards(task="T02", days=(MON,), pinned=True), 1)
    assert on.board.spots() == {("T02", MON): Spot(pinned=True)}
    on.do(move("T02", "job-1", MON), 2)
    assert on.board.spots()["T02", MON] == Spot(job="job-1", pinned=True)
    other = (job(shift(entry("T08", "13:00", 39))), job(ident="job-2"))
    on.do(LayJobs(why="better", jobs=other), 3)
    assert on.board.jobs == other
    assert on.board.spots() == {("T02", MON): Spot(pinned=True), ("T08", MON): Spot(job="job-1")}
    on.do(PinCards(task="T02", days=(MON,), pinned=False), 4)
    assert ("T02", MON) not in on.board.spots()


def test_a_job_has_the_name_that_people_gave_it_until_that_is_taken_back() -> None:
    on = table()
    step = on.do(NameJob(job="job-1", title="Linnen"), 1)
    assert on.board.titles == {"job-1": "Linnen"}
    assert step.touches() == {"job-1"}
    on.do(TakeBack(step=1), 2, {1: step})
    assert on.board.titles == {}
    step = on.do(NameJob(job="job-1", title="Keuken"), 3)
    again = on.do(NameJob(job="job-1", title=None), 4)
    with pytest.raises(SteppedOnError):
        on.do(TakeBack(step=3), 5, {3: step, 4: again})


COMMANDS = st.one_of(
    st.builds(
        MoveCards,
        task=st.sampled_from([t.id for t in WARD.workplace.tasks]),
        days=st.sets(st.sampled_from(list(Weekday)), min_size=1).map(lambda d: tuple(sorted(d))),
        job=st.sampled_from([None, "job-1", "job-2"]),
        shared=st.booleans(),
    ),
    st.builds(
        PinCards,
        task=st.sampled_from([t.id for t in WARD.workplace.tasks]),
        days=st.just(tuple(Weekday)),
        pinned=st.booleans(),
    ),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(COMMANDS, min_size=1, max_size=25))
def test_whatever_was_done_can_be_taken_back_to_the_first_board(commands: list[Any]) -> None:
    on, first = table(), laid(WARD, None)
    steps: dict[int, Step] = {}
    for number, command in enumerate(commands, 1):
        try:
            steps[number] = on.do(command, number)
        except Faults:
            continue
    stored = Board.model_validate_json(on.board.to_json())
    assert stored == on.board
    assert table(stored).reply() == on.reply()  # what is stored says the same as what lay on the table
    lying = {k: (s.job, s.shared) for k, s in on.board.spots().items() if s.job is not None and not s.waiting}
    timed = {(e.task, s.day): (j.id, e.shared) for j in on.board.jobs for s in j.shifts for e in s.entries}
    assert lying == timed
    for number in sorted(steps, reverse=True):
        on.do(TakeBack(step=number), 100 + number, steps)
    assert on.board == first


def test_a_plan_on_a_board_is_a_design_that_the_checker_judges() -> None:
    found = by_hand(WARD, (job(shift(entry("T02", "07:00", 39))), job(ident="job-2")))
    assert found.values.relief != 0
    assert not any(b.rule in ("values", "receipt") for b in verify(WARD, found))
    assert [j.id for j in laid(WARD, found).jobs] == ["job-1", "job-2"]


def test_a_board_that_was_stored_in_the_first_form_can_be_read_for_ever() -> None:
    text = GOLDEN.read_text(encoding="utf-8")
    board = Board.model_validate_json(text)
    assert board.to_json() == text
    assert board.spots()["T02", MON].job == "job-1"
    assert HOME not in board.spots().values()
    assert json.loads(text)["schema_id"] == "klaver/board/1"
