"""An agreement covers named parts as they were: a change reopens those and no others, and says what changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.design.cases import asked, entry, job, shift, task, ward, workplace

from klaver.design.agreements.compare import Difference, State, compare, decided, objections, said
from klaver.design.agreements.parts import contents
from klaver.design.agreements.records import (
    SPEAKS,
    Agreements,
    By,
    Facts,
    Gate,
    Kind,
    Named,
    Part,
    Statement,
    Terms,
    print_of,
)
from klaver.design.board.records import MoveCards, Step, TakeBack
from klaver.design.board.table import Table, laid
from klaver.design.kernel.plan import Kernel
from klaver.design.problem import Problem
from klaver.values import Faults, Range, Weekday
from klaver.work.records import Wishes

GOLDEN = Path(__file__).with_name("agreements-1.json")
DAY = "2026-11-24"
MON, TUE = Weekday.MONDAY, Weekday.TUESDAY
PLACE = workplace(
    task("T1", 60, doers=({"role": "carer", "percent": 50}, {"role": "cleaner", "percent": 50}), instructs="carer"),
    task("T2", 30, recovery=True),
    task("T3", 20),
    wishes=Wishes(jobs=2, use_of_freed_time="meer tijd aan bed"),
)
JOB = job(shift(entry("T1", "08:00", 60), entry("T2", "09:30", 30, shared=True), pause=("09:00", 30)))
JOBS = (JOB, job(ident="job-2"))


def problem(**parameters: int) -> Problem:
    return asked(PLACE, PLACE.wishes, **parameters)


def now(*jobs: Any, **terms: str) -> dict[Part, Facts]:
    known = {"job-1": Terms(job="job-1", date=DAY, **terms)} if terms else {}
    return contents(problem(mentoring_13=40), jobs or JOBS, known)


def part(kind: str, of: str | None = None) -> Part:
    return Part(kind=Kind(kind), of=of)


def statement(gate: Gate, there: dict[Part, Facts], *parts: Part, by: By | None = None, **more: Any) -> Statement:
    named = tuple(Named(part=p, print=print_of(there[p])) for p in parts or decided(gate, there))
    by = by or next(b for b in SPEAKS[gate] if b is not By.COLLEAGUES)
    given: dict[str, Any] = {"answer": "agreed", "date": DAY, "parts": named} | more
    return Statement(gate=gate, by=by, **given)


def agreed(there: dict[Part, Facts], *given: Statement) -> Agreements:
    made = Agreements(workplace="case")
    for one in given or [statement(p, there) for p in Gate]:
        made = said(made, one, there, len(made.entries))
    return made


def states(made: Agreements, there: dict[Part, Facts]) -> dict[Gate, State]:
    return {p.gate: p.state for p in compare(made, there)}


def told(there: dict[Part, Facts], wanted: Part) -> set[tuple[Any, ...]]:
    return {(f.of, f.id, f.what, f.value) for f in there[wanted]}


# the parts


def test_every_part_of_a_design_is_told_in_facts() -> None:
    there = now(mentor="verpleegkundige", function_class="IFIC 6")
    assert told(there, part("job", "job-1")) == {
        ("whole", "", "week", 90),
        ("role", "carer", "instructs", "yes"),
        ("task", "T1", "days", "0"),
        ("task", "T1", "minutes", 60),
        ("task", "T2", "together", "0"),
        ("task", "T2", "minutes", 30),
    }
    assert told(there, part("timetable", "job-1")) == {
        ("day", "0", "hours", "480-600"),
        ("day", "0", "breaks", "540-570"),
        ("task", "T1", "at", "0:480-540"),
        ("task", "T2", "at", "0:570-600"),
    }
    assert told(there, part("effect", "carer")) == {
        ("whole", "", "before", 100 * (5 * 30 + 5 * 30 + 5 * 20)),
        ("task", "T1", "lost", 3000),
        ("task", "T2", "together", "0"),
    }
    assert told(there, part("effect", "cleaner")) == {("whole", "", "before", 15000), ("task", "T1", "lost", 3000)}
    assert ("week", "13", "minutes", 40) in told(there, part("mentor", "job-1"))
    assert ("whole", "", "mentor", "verpleegkundige") in told(there, part("mentor", "job-1"))
    assert told(there, part("pay", "job-1")) == {
        ("whole", "", "function_class", "IFIC 6"),
        ("whole", "", "pay_scale", "low"),
    }
    assert told(there, part("freed")) == {("whole", "", "use", "meer tijd aan bed")}
    assert told(there, part("tasks")) >= {("task", "T2", "recovery", "yes"), ("task", "T2", "legal", "free")}
    assert ("dimension", "1", "level", 1) in told(there, part("demands", "job-1"))


def test_a_job_without_work_has_no_parts_and_one_whose_cards_wait_has() -> None:
    assert part("job", "job-2") not in now()
    there = contents(problem(), JOBS, {}, [("job-2", "T3", MON), ("job-2", "T3", TUE)])
    assert told(there, part("job", "job-2")) == {("whole", "", "week", 0), ("task", "T3", "waiting", "01")}


def test_what_is_not_known_is_no_fact() -> None:
    unknown = dict.fromkeys(("minutes", "window", "times", "valued", "recovery"))
    bare = PLACE.tasks[2].model_copy(update=unknown)
    there = contents(asked(workplace(bare)), (), {})
    assert told(there, part("tasks")) == {("task", "T3", "legal", "free")}
    assert part("freed") not in there
    without_scale = PLACE.model_copy(update={"entry_scale": None})
    assert contents(asked(without_scale), JOBS, {})[part("pay", "job-1")] == ()
    vague = workplace(task("T1", 60, demands={}))
    there = contents(asked(vague), (job(shift(entry("T1", "08:00", 60))),), {})
    assert ("dimension", "1", "unknown", "yes") in told(there, part("demands", "job-1"))


def test_the_terms_of_a_house_win_over_its_usual_scale() -> None:
    assert ("whole", "", "pay_scale", "14") in told(now(pay_scale="14"), part("pay", "job-1"))


# what changed


def test_what_everybody_agreed_to_is_agreed_until_it_changes() -> None:
    there = now()
    made = agreed(there)
    assert states(made, there) == dict.fromkeys(Gate, "agreed")
    assert all(p.count("agreed") == len(p.parts) for p in compare(made, there))


def test_nothing_that_was_not_asked_is_agreed() -> None:
    assert states(Agreements(workplace="case"), now()) == dict.fromkeys(Gate, "not_asked")
    there = now()
    some = agreed(there, statement(Gate.STAFF, there, part("tasks")))
    staff = compare(some, there)[1]
    assert (staff.state, staff.count("agreed"), staff.count("not_asked")) == ("not_asked", 1, 3)


def test_an_hour_that_shifts_reopens_the_timetable_and_only_those_who_decide_on_it() -> None:
    there = now()
    later = job(shift(entry("T1", "08:00", 60), entry("T2", "10:00", 30, shared=True), pause=("09:00", 60)))
    after = now(later, JOBS[1])
    found = compare(agreed(there), after)
    assert {p.gate for p in found if p.state == "changed"} == {Gate.PREVENTION, Gate.HR, Gate.WORKER}
    (changed,) = found[3].held[0].changed
    assert changed.part == part("timetable", "job-1")
    assert changed.differences == (
        Difference(of="day", id="0", what="breaks", before="540-570", after="540-600"),
        Difference(of="day", id="0", what="hours", before="480-600", after="480-630"),
        Difference(of="task", id="T2", what="at", before="0:570-600", after="0:600-630"),
    )


def test_a_task_that_comes_in_and_one_that_goes_out_are_told_with_their_minutes() -> None:
    there = now()
    after = now(job(shift(entry("T1", "08:00", 60), entry("T3", "09:30", 20), pause=("09:00", 30))), JOBS[1])
    by_part = {c.part: c.differences for p in compare(agreed(there), after) for h in p.held for c in h.changed}
    assert by_part[part("effect", "carer")] == (
        Difference(of="task", id="T2", what="together", before="0", after=None, thing="went"),
        Difference(of="task", id="T3", what="lost", before=None, after=2000, thing="came"),
    )
    job_1 = {(d.id, d.what, d.before, d.after, d.thing) for d in by_part[part("job", "job-1")]}
    assert job_1 >= {("T2", "minutes", 30, None, "went"), ("T3", "minutes", None, 20, "came")}
    assert part("effect", "cleaner") not in by_part


def test_a_corrected_task_list_reopens_what_staff_said_of_it() -> None:
    there = now()
    slower = PLACE.tasks[2].model_copy(update={"minutes": Range(low=20, likely=25, high=40)})
    place = PLACE.model_copy(update={"tasks": (*PLACE.tasks[:2], slower)})
    found = compare(agreed(there), contents(asked(place, PLACE.wishes, mentoring_13=40), JOBS, {}))
    assert found[1].state == found[2].state == "changed"
    assert found[4].state == "agreed"


def test_a_part_that_is_gone_has_changed_and_one_that_is_new_was_not_asked() -> None:
    there = now()
    made = agreed(there)
    second = job(shift(entry("T3", "08:00", 20)), ident="job-2")
    worker = compare(made, now(JOB, second))[4]
    assert worker.state == "not_asked"
    assert worker.count("agreed") == 4
    assert not worker.held[0].changed
    gone = compare(made, now(job(), JOBS[1]))[4]
    assert gone.state == "changed"
    assert {c.part.kind for c in gone.held[0].changed} == {Kind.JOB, Kind.TIMETABLE, Kind.MENTOR, Kind.PAY}
    assert all(d.after is None for c in gone.held[0].changed for d in c.differences)


def test_an_objection_stays_until_its_own_function_says_otherwise() -> None:
    there = now()
    made = agreed(there)
    against = statement(Gate.STAFF, there, part("tasks"), by=By.DELEGATE, answer="objects", words="T2 houden wij")
    made = said(made, against, there, len(made.entries))
    assert states(made, there)[Gate.STAFF] == "objects"
    head = statement(Gate.STAFF, there, part("tasks"), by=By.HEAD)
    made = said(made, head, there, len(made.entries))
    assert [h.statement.words for h in objections(compare(made, there))] == ["T2 houden wij"]
    changed = compare(made, now(job(), JOBS[1]))[1]
    assert changed.state == "objects"
    made = said(made, statement(Gate.STAFF, there, by=By.DELEGATE), there, len(made.entries))
    assert not objections(compare(made, there))
    assert states(made, there)[Gate.STAFF] == "agreed"


def test_what_was_taken_back_is_not_asked_and_stays_in_the_log() -> None:
    there = now()
    made = agreed(there)
    back = statement(Gate.WORKER, there, answer="not_asked", words="te vroeg gevraagd", parts=())
    made = said(made, back, there, len(made.entries))
    assert states(made, there)[Gate.WORKER] == "not_asked"
    assert len(made.entries) == 6


def test_each_role_speaks_for_itself() -> None:
    there = now()
    one = statement(Gate.STAFF, there, part("effect", "carer"), by=By.COLLEAGUES, role="carer")
    two = statement(Gate.STAFF, there, part("effect", "cleaner"), by=By.COLLEAGUES, role="cleaner")
    made = agreed(there, one, two)
    assert len(made.standing(Gate.STAFF)) == 2


# what is refused


def test_who_comes_second_with_the_same_word_is_told_and_nothing_is_written() -> None:
    there = now()
    one = statement(Gate.WORKER, there)
    made = agreed(there, one)
    with pytest.raises(Faults) as wrong:
        said(made, one, there, 0)
    assert [f.code for f in wrong.value.faults] == ["agree.said_since"]
    assert said(made, statement(Gate.HR, there), there, 0).entries[1].do == "say"
    terms = Terms(job="job-1", date=DAY, function_class="6")
    filled = said(made, terms, there, 1)
    assert filled.terms() == {"job-1": terms}
    with pytest.raises(Faults) as wrong:
        said(filled, terms, there, 1)
    assert [f.code for f in wrong.value.faults] == ["agree.terms_since"]


def test_nobody_agrees_to_what_has_changed_since_it_was_looked_at() -> None:
    there = now()
    seen = statement(Gate.WORKER, there)
    after = now(job(shift(entry("T1", "08:30", 60))), JOBS[1])
    with pytest.raises(Faults) as wrong:
        said(Agreements(workplace="case"), seen, after, 0)
    assert [f.values["part"] for f in wrong.value.faults] == ["job:job-1", "timetable:job-1"]
    with pytest.raises(Faults):
        said(Agreements(workplace="case"), seen, now(job(), JOBS[1]), 0)


@pytest.mark.parametrize(
    "changed",
    [
        {"by": By.WORKER},
        {"by": By.COLLEAGUES},
        {"by": By.DELEGATE, "role": "carer"},
        {"answer": "objects"},
        {"answer": "not_asked"},
        {"parts": ()},
        {"date": "2026-02-30"},
    ],
)
def test_a_statement_that_says_too_little_or_too_much_is_none(changed: dict[str, Any]) -> None:
    there = now()
    with pytest.raises(ValidationError):
        statement(Gate.STAFF, there, **changed)


def test_a_document_whose_contents_were_changed_by_hand_cannot_be_read() -> None:
    there = now()
    data = json.loads(agreed(there, statement(Gate.WORKER, there)).to_json())
    fewer = dict(list(data["contents"].items())[1:])
    with pytest.raises(ValidationError, match="named parts"):
        Agreements.model_validate_json(json.dumps(data | {"contents": fewer}))
    one = next(k for k, v in data["contents"].items() if v)
    other = data["contents"] | {one: []}
    with pytest.raises(ValidationError, match="print"):
        Agreements.model_validate_json(json.dumps(data | {"contents": other}))


# whatever moves on a board

WARD = asked(ward(), ward().wishes)
KERNEL = Kernel(WARD)
MOVES = st.lists(
    st.builds(
        MoveCards,
        task=st.sampled_from([t.id for t in WARD.workplace.tasks if WARD.why_not(t) is None]),
        days=st.sets(st.sampled_from(list(Weekday)), min_size=1).map(lambda d: tuple(sorted(d))),
        job=st.sampled_from([None, "job-1", "job-2"]),
        shared=st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


def on_board(table: Table) -> dict[Part, Facts]:
    return contents(WARD, table.board.jobs, {}, table.board.waiting())


def moved(table: Table, commands: list[Any], steps: dict[int, Step]) -> None:
    for command in commands:
        number = len(steps) + 1
        try:
            steps[number] = table.do(command, number, steps)
        except Faults:
            continue


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(MOVES, MOVES, st.data())
def test_a_change_reopens_exactly_the_statements_that_name_what_changed_and_undoing_closes_them(
    first: list[Any], then: list[Any], data: st.DataObject
) -> None:
    table, steps = Table(WARD, laid(WARD, None), KERNEL), {}
    moved(table, first, steps)
    before = on_board(table)
    made, named = Agreements(workplace="case"), {}
    for gate in Gate:
        known = decided(gate, before)
        if known:
            named[gate] = data.draw(st.lists(st.sampled_from(known), min_size=1, unique=True))
            made = said(made, statement(gate, before, *named[gate]), before, len(made.entries))
    made = Agreements.model_validate_json(made.to_json())
    at = len(steps)
    moved(table, then, steps)
    after = on_board(table)
    really = {p for p in before.keys() | after.keys() if before.get(p) != after.get(p)}
    for state in compare(made, after):
        reopened = {c.part for h in state.held for c in h.changed}
        assert reopened == really & set(named.get(state.gate, ()))
        assert {p for p, s in state.parts if s == "changed"} == reopened
    for number in range(len(steps), at, -1):
        table.do(TakeBack(step=number), 1000 - number, steps)
    assert on_board(table) == before
    assert not any(h.changed for p in compare(made, on_board(table)) for h in p.held)


def test_agreements_that_were_stored_in_the_first_form_can_be_read_for_ever() -> None:
    text = GOLDEN.read_text(encoding="utf-8")
    made = Agreements.model_validate_json(text)
    assert made.to_json() == text
    assert json.loads(text)["schema_id"] == "klaver/agreements/1"
    assert [p.state for p in compare(made, now())] == ["agreed", "objects", "not_asked", "changed", "agreed"]
