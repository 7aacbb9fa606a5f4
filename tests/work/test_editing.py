"""Small changes to a work analysis: what was asked changes, nothing else does, and nothing is lost unsaid."""

from __future__ import annotations

import pytest
from tests.design.cases import MONDAY, task, ward, workplace

from klaver.values import Faults, Range, Source, SourceKind
from klaver.work.editing import (
    code_for,
    from_source,
    goes_along,
    library,
    most_of,
    next_code,
    renamed,
    set_together,
    whole,
    with_task,
    without_task,
)
from klaver.work.records import Link, Order, Pin, Scenario, Share, Wishes
from klaver.work.starters import start
from klaver.work.validate import faults

SEEN = Source(kind=SourceKind.OBSERVED, date="2026-11-30", by="head nurse")


def test_only_what_changed_or_was_confirmed_gets_a_new_origin() -> None:
    before = task("A", 10)
    after = before.model_copy(update={"minutes": Range.exactly(12), "demands": {**before.demands, 26: 3}})
    made = from_source(before, after, SEEN, {"harm"})
    assert made.sources == {"minutes": SEEN, "demands.26": SEEN, "harm": SEEN}
    assert made.source_of("window") == before.source


def test_the_grounds_of_the_law_belong_to_the_legal_status() -> None:
    before = task("A", 10)
    made = from_source(before, before.model_copy(update={"legal_basis": "asked the director"}), SEEN)
    assert set(made.sources) == {"legal"}


def test_an_origin_that_is_the_same_is_not_written_twice() -> None:
    before = task("A", 10)
    after = before.model_copy(update={"minutes": Range.exactly(12)})
    assert from_source(before, after, before.source).sources == {}


def test_an_answer_that_nobody_knows_is_kept_as_an_answer() -> None:
    before = task("A", 10, valued=None)
    assert from_source(before, before, before.source, {"valued"}).sources == {"valued": before.source}


def test_a_new_name_also_stands_where_its_language_repeats_it() -> None:
    before = task("A", 10, name="dekken", names={"nl": "dekken", "fr": "mettre la table"})
    after = renamed(before, before.model_copy(update={"name": "tafels dekken"}))
    assert after.names == {"nl": "tafels dekken", "fr": "mettre la table"}
    assert renamed(before, before) == before
    alone = task("A", 10, name="dekken")
    assert renamed(alone, alone.model_copy(update={"name": "x"})).names == {}


def test_a_task_takes_the_place_of_itself_or_comes_last() -> None:
    place = workplace(task("A", 10), task("B", 10))
    assert [t.id for t in with_task(place, task("A", 5)).tasks] == ["A", "B"]
    assert with_task(place, task("A", 5)).task("A").minutes == Range.exactly(5)
    assert [t.id for t in with_task(place, task("C", 5)).tasks] == ["A", "B", "C"]


def test_what_names_a_task_goes_with_it_and_is_told_before() -> None:
    place = workplace(
        task("A", 10, family="linen"),
        task("B", 10),
        task("C", 10),
        orders=(Order(before="A", after="B"), Order(before="B", after="C")),
        links=(Link(kind="together", first="B", second="A"),),
        scenarios=(
            Scenario(id="s", label="s", weeks=4, families={"linen": 50, "meals": 90}, tasks={"A": 10, "B": 20}),
        ),
        wishes=Wishes(pins=(Pin(task="A", kind="into"), Pin(task="B", kind="out"))),
    )
    left = without_task(place, "A")
    assert faults(left) == ()
    assert [t.id for t in left.tasks] == ["B", "C"]
    assert (left.orders, left.links) == ((Order(before="B", after="C"),), ())
    assert (left.scenarios[0].families, left.scenarios[0].tasks) == ({"meals": 90}, {"B": 20})
    assert [p.task for p in left.wishes.pins] == ["B"]
    assert goes_along(place, "A") == ("orders", "links", "pins", "volumes")
    assert goes_along(place, "C") == ("orders",)


def test_several_tasks_get_the_same_values_and_keep_all_others() -> None:
    place = workplace(task("A", 10), task("B", 20), task("C", 30))
    made = set_together(place, {"A", "C"}, {"times": MONDAY, "demands.26": 4}, SEEN)
    assert [t.times for t in made.tasks] == [MONDAY, place.task("B").times, MONDAY]
    assert made.task("C").demands == {**place.task("C").demands, 26: 4}
    assert made.task("B") == place.task("B")
    assert made.task("A").sources == {"times": SEEN, "demands.26": SEEN}


def test_a_value_that_was_the_same_already_is_now_known_from_the_source() -> None:
    place = workplace(task("A", 10, source={"kind": "assumed"}))
    made = set_together(place, {"A"}, {"place": "room"}, SEEN)
    assert made.task("A").source_of("place") == SEEN


def test_a_workplace_that_makes_no_sense_is_refused() -> None:
    assert whole(ward()) == ward()
    with pytest.raises(Faults) as told:
        whole(workplace(task("A", 10, place="nowhere")))
    assert [f.code for f in told.value.faults] == ["work.unknown_place"]


def test_the_library_offers_what_is_not_there_yet_in_the_numbers_of_the_house() -> None:
    full = start("nursing-home", {"residents": 45}, "nl")
    assert library(full, "nl") == ()
    less = without_task(full, full.tasks[3].id)
    assert library(less, "nl") == (full.tasks[3],)
    assert library(full.model_copy(update={"setting": "garage"}), "nl") == ()


def test_a_task_of_the_library_fits_a_house_with_other_roles_and_places() -> None:
    other = ward()
    made = library(other, "nl")
    assert made
    for found in made:
        other = with_task(other, found)
    assert whole(other).tasks[-1].doers == ()


def test_new_codes_are_taken_by_nobody() -> None:
    assert next_code(workplace()) == "T01"
    assert next_code(workplace(task("t01", 5), task("T03", 5))) == "T02"
    assert code_for("Keuken & zaal", ["kitchen"]) == "keuken-zaal"
    assert code_for("Café", ["CAFE", "cafe-2"]) == "cafe-3"
    assert code_for("!?", []) == "x"
    assert len(code_for("z" * 400, [])) <= 40


def test_a_task_stands_with_the_role_that_does_most_of_it() -> None:
    place = workplace(
        task("A", 10, doers=(Share(role="carer", percent=40), Share(role="cleaner", percent=60))),
        task("B", 1, doers=()),
    )
    found = most_of(place, place.task("A"))
    assert found is not None
    assert found.id == "cleaner"
    assert most_of(place, place.task("B")) is None
