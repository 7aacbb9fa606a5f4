"""Three passes: each asks what it can answer, together they ask everything, and progress counts what was asked."""

from __future__ import annotations

from tests.design.cases import task, workplace

from klaver.values import Source, SourceKind
from klaver.work.passes import CELLS, PASSES, VALUES, about, asked, held, progress
from klaver.work.records import Legal
from klaver.work.workbook.layout import FIELDS
from klaver.work.workbook.typed import columns

TOLD = Source(kind=SourceKind.TOLD)


def test_the_passes_ask_every_value_that_has_an_origin_once() -> None:
    assert len(VALUES) == len(set(VALUES))
    assert {v.partition(".")[0] for v in VALUES} == set(FIELDS)


def test_every_value_stands_in_columns_of_the_workbook() -> None:
    known = columns("tasks")
    for value in VALUES:
        assert set(CELLS.get(value, (value,))) <= known.keys(), value


def test_a_value_was_asked_when_it_is_known_and_not_assumed() -> None:
    made = task("A", 10, valued=None, legal=Legal.UNKNOWN, doers=(), source={"kind": "told"})
    assert asked(made, "minutes")
    assert asked(made, "demands.5")
    assert not any(asked(made, v) for v in ("valued", "legal", "doers"))
    assert not asked(made.model_copy(update={"source": Source(kind=SourceKind.ASSUMED)}), "minutes")


def test_a_value_that_nobody_knows_was_asked_when_somebody_said_so() -> None:
    made = task("A", 10, valued=None, sources={"valued": {"kind": "told"}})
    assert asked(made, "valued")


def test_no_is_an_answer() -> None:
    made = task("A", 10, alone=False, wait_days=0)
    assert (held(made, "alone"), held(made, "wait_days")) == (False, 0)
    assert asked(made, "alone")


def test_progress_counts_tasks_of_which_all_was_asked() -> None:
    full = task("A", 10, wait_days=0, left_undone=False)
    place = workplace(full, task("B", 10), task("C", 10, legal=Legal.RESERVED, source={"kind": "assumed"}))
    assert {which: (p.asked, p.of) for which in PASSES if (p := progress(place, which))} == {
        "desk": (2, 3),
        "floor": (1, 3),
        "table": (0, 2),
    }


def test_around_the_table_nobody_is_asked_about_what_stays_with_the_team() -> None:
    place = workplace(task("A", 10), task("B", 10, legal=Legal.RESERVED))
    assert [t.id for t in about(place, "table")] == ["A"]
    assert [t.id for t in about(place, "floor")] == ["A", "B"]
