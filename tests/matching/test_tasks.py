"""Before there is a timetable, tasks ask the highest of what each asks, with its place; that is not enough."""

from __future__ import annotations

from tests.design.cases import task, ward

from klaver.matching.population import Population
from klaver.matching.reach import tasks_question
from klaver.people import profiles
from klaver.people.columns import of_profiles
from klaver.scale.dimensions import TASK_NUMBERS
from klaver.work.records import LanguageNeed

NONE = LanguageNeed(listening="none", speaking="none", reading="none", writing="none")
KNOWN = dict.fromkeys(TASK_NUMBERS, 0)


def test_several_tasks_ask_the_highest_level_of_each_dimension() -> None:
    place = ward().places[0]
    one = task("A", 20, demands={**KNOWN, 26: 3, 4: 1}, place=place.id, language=NONE)
    two = task("B", 20, demands={**KNOWN, 26: 1, 7: 2}, place=place.id, language=NONE)
    found = tasks_question([one, two], {place.id: place})
    levels = dict(found.levels)
    assert (levels[26], levels[4], levels[7]) == (3, 1, 2)
    assert {n: v for n, v in place.demands.items() if v} == {n: v for n, v in levels.items() if n in place.demands}


def test_what_is_not_known_of_a_task_opens_it_to_nobody_for_sure() -> None:
    place = ward().places[0]
    unknown = task("A", 20, demands={26: 3}, place=place.id, language=NONE)
    silent = task("B", 20, demands=KNOWN, place=place.id, language=None)
    people = Population([of_profiles(profiles())], engine="plain")
    for given in (unknown, silent):
        found = tasks_question([given], {place.id: place})
        assert not found.answerable
        counts = people.within([found], 0)
        assert counts[0, 0, 0] == 0 <= counts[0, 0, 1]


def test_tasks_ask_no_hours_but_their_permits_their_kind_and_language_for_safety() -> None:
    place = ward().places[0]
    hard = LanguageNeed(listening="B1", speaking="none", reading="none", writing="none", safety_reason="hot soup")
    given = task("A", 20, demands=KNOWN, place=place.id, language=hard, legal="permit", permit="driving_b")
    found = tasks_question([given], {place.id: place})
    assert {c.code for c in found.conditions} == {"permit", "own_choice", "language"}
