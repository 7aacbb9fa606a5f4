"""The engine: what it returns passes the checker, and what it calls impossible is."""

from __future__ import annotations

from tests.design.cases import MONDAY, ON, asked, entry, job, shift, task, ward, window, workplace

from klaver.design.check import broken
from klaver.design.effects import relief
from klaver.design.parameters import parameters
from klaver.design.problem import problem
from klaver.design.records import Objective, Pause, Status
from klaver.design.solve.compact import without_loose_breaks
from klaver.design.solve.day import Days
from klaver.design.solve.search import Effort, Search
from klaver.work.records import Wishes


def test_every_objective_gives_designs_that_pass_the_checker_within_their_bound() -> None:
    place = problem(ward(), parameters(ON))
    for objective in Objective:
        found = Search(place, objective, Days(place)).run(Effort(rounds=2, work=0.3))
        assert found.jobs is not None
        assert broken(place, found.jobs) == ()
        assert found.value is not None and found.bound is not None
        if objective is Objective.CALM:
            assert found.value >= found.bound
        else:
            assert found.value <= found.bound


def test_a_day_needs_its_walks_and_its_break() -> None:
    tasks = (task("A", 60, MONDAY), task("B", 60, MONDAY, place="store"))
    days = Days(asked(workplace(*tasks)))
    shift = days.shift(frozenset({0, 1}), frozenset()).shift
    assert shift is not None and shift.paid == 123
    tight = (
        task("A", 60, MONDAY, window=window("08:00", "09:00")),
        task("B", 60, MONDAY, window=window("09:00", "10:02")),
    )
    far = workplace(tight[0], tight[1].model_copy(update={"place": "store"}))
    assert Days(asked(far)).impossible(frozenset({0, 1}))
    assert Days(asked(far)).core(frozenset({0, 1})) == {0, 1}


def test_net_relief_is_below_gross_and_turns_negative_when_handover_eats_it() -> None:
    place = workplace(task("A", 60, MONDAY))
    jobs = (job(shift(entry("A", "08:00", 60))),)
    fair = relief(asked(place, None, handover=1, mentoring_13=5), jobs, 13)
    assert 0 < fair.net < fair.gross
    assert relief(asked(place, None, handover=90), jobs, 13).net < 0


def test_tempo_moves_a_job_over_its_hours_and_the_design_changes() -> None:
    tasks = (task("A", 60, MONDAY, contact="clients"), task("B", 60, MONDAY, contact="clients"))
    wishes = Wishes(jobs=1, week_min=0, week_max=130, day_max=900)
    totals = {}
    for tempo in (100, 130):
        place = asked(workplace(*tasks), wishes, tempo=tempo)
        found = Search(place, Objective.RELIEF, Days(place)).run(Effort(rounds=2, work=1.0))
        assert found.jobs is not None
        totals[tempo] = len(found.jobs[0].shifts[0].entries)
    assert totals == {100: 2, 130: 1}


def test_a_round_too_short_to_begin_its_search_proves_nothing() -> None:
    place = problem(ward(), parameters(ON))
    for work in (0.0001, 0.01):
        found = Search(place, Objective.RELIEF, Days(place)).run(Effort(rounds=1, work=work))
        assert found.bound is None or found.bound > 0


def test_stopping_keeps_what_was_found() -> None:
    place = problem(ward(), parameters(ON))
    rounds: list[int] = []
    effort = Effort(rounds=9, work=0.5, stop=lambda: len(rounds) >= 1, tell=lambda p: rounds.append(p.round))
    found = Search(place, Objective.CALM, Days(place)).run(effort)
    assert found.rounds == 1
    assert found.status in (Status.STOPPED, Status.OPTIMAL)
    assert found.jobs is not None


def test_nobody_has_a_break_before_the_first_task_or_after_the_last() -> None:
    place = asked(workplace(*(task(t, 60, MONDAY, contact="clients") for t in "AB")))
    day = shift(entry("A", "08:30", 60), entry("B", "09:30", 60))
    early = day.model_copy(update={"start": day.start - 30, "pauses": (Pause(start=480, end=510),)})
    late = day.model_copy(update={"end": day.end + 40, "pauses": (Pause(start=day.end + 10, end=day.end + 40),)})
    waits = day.model_copy(update={"end": day.end + 10})
    for loose, left in ((early, day), (late, waits)):
        (found,) = without_loose_breaks(place, (job(loose),))
        assert found.shifts == (left,)
        assert found.shifts[0].paid == loose.paid


def test_a_break_on_the_way_stays_and_a_rule_outweighs_a_break_at_the_edge() -> None:
    place = asked(workplace(*(task(t, 60, MONDAY, contact="clients") for t in "AB")))
    rest = (job(shift(entry("A", "08:00", 60), entry("B", "09:30", 60), pause=("09:00", 30))),)
    assert without_loose_breaks(place, rest) == rest
    edge = shift(entry("A", "08:30", 60)).model_copy(update={"start": 480, "pauses": (Pause(start=480, end=510),)})
    strict = problem(place.workplace, parameters(ON))
    assert without_loose_breaks(strict, (job(edge),)) == (job(edge),)
