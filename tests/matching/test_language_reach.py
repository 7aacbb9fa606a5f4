"""Which tasks are within reach at A1, A2, B1: each task in one group, and what nobody said is told."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from tests.design.cases import task

from klaver.matching.language_reach import language_reach
from klaver.scale.ladder import STEPS
from klaver.work.records import LanguageNeed, Task

NEEDS = st.none() | st.builds(
    LanguageNeed,
    listening=st.sampled_from(STEPS),
    reading=st.sampled_from(STEPS),
    safety_reason=st.sampled_from((None, "hot soup")),
)


def tasks() -> tuple[Task, ...]:
    return (
        task("free", 10, language={}),
        task("hears", 10, language={"listening": "A2"}),
        task("soup", 10, language={"listening": "B1", "safety_reason": "hot soup"}),
        task("gap", 10, language=None),
    )


def test_the_tasks_at_each_step_are_listed_with_what_is_to_learn_what_safety_asks_and_what_is_not_known() -> None:
    a1, a2, b1 = language_reach(tasks())
    assert (a1.step, a2.step, b1.step) == ("A1", "A2", "B1")
    assert (a1.within, a1.to_learn, a1.safety, a1.unknown) == (("free",), ("hears",), ("soup",), ("gap",))
    assert (a2.within, a2.to_learn, a2.safety) == (("free", "hears"), (), ("soup",))
    assert (b1.within, b1.safety, b1.unknown) == (("free", "hears", "soup"), (), ("gap",))


def test_the_hardest_skill_decides() -> None:
    found = language_reach([task("T", 10, language={"listening": "A1", "reading": "B2"})], ("A1", "B2"))
    assert [r.within for r in found] == [(), ("T",)]


@given(st.lists(NEEDS, max_size=5))
def test_every_task_stands_in_one_group_and_a_higher_step_reaches_no_less(needs: list[LanguageNeed | None]) -> None:
    given_ = [task(f"T{i}", 10).model_copy(update={"language": n}) for i, n in enumerate(needs)]
    found = language_reach(given_, STEPS)
    for step in found:
        assert sorted((*step.within, *step.to_learn, *step.safety, *step.unknown)) == [t.id for t in given_]
    for lower, higher in pairwise(found):
        assert set(lower.within) <= set(higher.within)
        assert lower.unknown == higher.unknown
