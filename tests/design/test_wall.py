"""A wall is read in as it is written down: all of it in one step, or nothing, with every line that is wrong."""

from __future__ import annotations

import pytest
from tests.design.cases import asked, task, ward, window, workplace

from klaver.design.board.records import Board, LayWall, MoveCards, Spot, Step, TakeBack
from klaver.design.board.table import Table, laid
from klaver.design.board.wall import Words, read_wall
from klaver.design.kernel.plan import Kernel
from klaver.design.problem import Problem
from klaver.values import Faults, Weekday
from klaver.work.records import Wishes

WARD = asked(ward(), ward().wishes)
KERNEL = Kernel(WARD)
EMPTY = laid(WARD, None)
WORDS = Words(frozenset({"b", "blijft"}), frozenset({"s", "samen"}), frozenset({"job", "met", "nr"}))
MON = Weekday.MONDAY


def where(text: str, board: Board = EMPTY, problem: Problem = WARD) -> dict[str, tuple[str | None, bool]]:
    return {m.task: (m.job, m.shared) for m in read_wall(problem, board, text, WORDS).moves}


def wrong(text: str, board: Board = EMPTY, problem: Problem = WARD) -> list[tuple[str, int | str | None]]:
    with pytest.raises(Faults) as told:
        read_wall(problem, board, text, WORDS)
    return [(f.code.removeprefix("agree.wall_"), f.values.get("line")) for f in told.value.faults]


@pytest.mark.parametrize(
    ("line", "job", "shared"),
    [
        ("T02 = job 2", "job-2", False),
        ("t2: 2", "job-2", False),
        ("T02 -> Job nr. 2", "job-2", False),
        ("T02 → job-2", "job-2", False),
        ("T02 = samen met job 1", "job-1", True),
        ("T02 = S 1", "job-1", True),
        ("  T02=job 1 samen  ", "job-1", True),
    ],
)
def test_a_place_is_written_in_many_ways(line: str, job: str, shared: bool) -> None:
    assert where(line) == {"T02": (job, shared)}


def test_a_range_takes_the_cards_between_its_ends_and_passes_over_what_hangs_on_no_wall() -> None:
    assert list(where("T02 - T05 = job 1")) == ["T02", "T03", "T04", "T05"]
    assert list(where("T08–T12, T14 = 1\n\nT01;T02 T03 = 2")) == [
        "T08",
        "T10",
        "T11",
        "T12",
        "T14",
        "T01",
        "T02",
        "T03",
    ]
    loose = asked(workplace(task("afwas", 10), task("T9", 10, legal="reserved"), task("bed", 10)), Wishes(jobs=1))
    assert list(where("afwas-bed = 1", laid(loose, None), loose)) == ["afwas", "bed"]


def test_a_code_with_a_dash_is_a_code_first() -> None:
    problem = asked(workplace(task("T-1", 10), task("T-3", 10), task("T-2", 10)), Wishes(jobs=1))
    board = laid(problem, None)
    assert list(where("T-1 = 1", board, problem)) == ["T-1"]
    assert list(where("T-1-T-2 = 1", board, problem)) == ["T-1", "T-2"]


def test_together_needs_no_number_where_there_is_one_job() -> None:
    problem = asked(workplace(task("T1", 10), task("T2", 10)), Wishes(jobs=1))
    assert where("T1 = S", laid(problem, None), problem) == {"T1": ("job-1", True)}
    assert wrong("T02 = S") == [("which_job", 1)]


def test_every_line_that_cannot_be_read_or_done_is_told_with_its_number() -> None:
    text = "\n".join(
        [
            "T01 = job 1",
            "wat een dag",
            " = job 1",
            "T02 = kelder",
            "T07 = job 9",
            "X9 = 1",
            "T05-T03 = 1",
            "T01 = job 2",
            "N1 = job 1",
            "T14-N2 = 2",
            "T10 = 1 2",
            "T11 = blijft samen",
        ]
    )
    assert wrong(text) == [
        ("unreadable", 2),
        ("unreadable", 3),
        ("place", 4),
        ("no_such_job", 5),
        ("unknown", 6),
        ("unknown", 7),
        ("twice", 8),
        ("may_not", 9),
        ("may_not", 10),
        ("place", 11),
        ("place", 12),
    ]


def test_a_task_that_fits_on_no_day_is_told() -> None:
    problem = asked(workplace(task("T1", 600, window=window("07:00", "12:00")), task("T2", 60)), Wishes(jobs=1))
    assert wrong("T1 = 1", laid(problem, None), problem) == [("not_then", 1)]


def test_what_lies_there_already_does_not_move_and_nothing_at_all_is_told() -> None:
    assert wrong("T02 = blijft") == [("nothing", None)]
    assert wrong("\n \n") == [("nothing", None)]
    table = Table(WARD, EMPTY, KERNEL)
    table.do(MoveCards(task="T02", days=(MON,), job="job-1"), 1)
    (move,) = read_wall(WARD, table.board, "T02 = 1", WORDS).moves
    assert move.days == tuple(Weekday)[1:]
    (back,) = read_wall(WARD, table.board, "T02 = B", WORDS).moves
    assert (back.days, back.job) == ((MON,), None)


def test_a_wall_is_one_step_that_can_be_taken_back() -> None:
    table, steps = Table(WARD, EMPTY, KERNEL), dict[int, Step]()
    steps[1] = table.do(read_wall(WARD, EMPTY, "T02, T03 = 1\nT08 = samen met job 2", WORDS), 1)
    spots = table.board.spots()
    assert {t for t, _ in spots} == {"T02", "T03", "T08"}
    assert spots["T08", MON] == Spot(job="job-2", shared=True)
    table.do(TakeBack(step=1), 2, steps)
    assert table.board == EMPTY


def test_when_one_card_of_a_wall_cannot_go_none_does() -> None:
    table = Table(WARD, EMPTY, KERNEL)
    for _ in range(2):  # with and without a hand on the board before
        with pytest.raises(Faults):
            table.do(
                LayWall(
                    moves=(
                        MoveCards(task="T02", days=(MON,), job="job-1"),
                        MoveCards(task="N1", days=(MON,), job="job-1"),
                    )
                ),
                1,
            )
        assert table.board == EMPTY
        table.reply()
