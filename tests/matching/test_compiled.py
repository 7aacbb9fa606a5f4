"""The compiled loops, run line by line as plain Python, count what they count when compiled."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.matching.drawn import crowds, jobs

from klaver.matching.doors import JobDemands
from klaver.matching.jobs import JobIndex
from klaver.matching.moves import TaskFits
from klaver.matching.population import Population, Question, question
from klaver.people.columns import of_profiles
from klaver.people.records import Profile

pytestmark = pytest.mark.skipif(find_spec("numba") is None, reason="no numba: pip install 'klaver[fast]'")


def uncompiled(name: str, patch: pytest.MonkeyPatch) -> ModuleType:
    """Load a module of compiled loops once more, as the plain Python that it is written in."""
    import numba

    found = find_spec(f"klaver.matching.kernels.{name}")
    assert found is not None and found.origin is not None
    spec = spec_from_file_location(f"uncompiled_{name}", found.origin)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    with patch.context() as here:
        here.setattr(numba, "njit", lambda **_: lambda function: function)
        spec.loader.exec_module(module)
    patch.setattr(module, "_ones", lambda word: np.uint64(int(word).bit_count()))
    return module


@pytest.fixture(scope="module")
def as_python() -> Iterator[None]:
    """Let the engine "plain" be the compiled loops, not compiled."""
    from klaver.matching.kernels import kernels, plain

    kernels("fast")  # the compiled ones are there before anything is put in their place
    patch = pytest.MonkeyPatch()
    counting, nearest = (uncompiled(name, patch) for name in ("fast", "fast_nearest"))
    for name in counting.__all__:
        patch.setattr(plain, name, getattr(nearest if name == "nearest_of_all" else counting, name))
    yield
    patch.undo()


@settings(max_examples=12, deadline=None)
@given(crowd=crowds(80), asked=st.lists(jobs(), min_size=1, max_size=3), support=st.integers(0, 7))
def test_line_by_line_the_loops_count_the_same(
    as_python: None, crowd: tuple[Profile, ...], asked: list[JobDemands], support: int
) -> None:
    columns = of_profiles(crowd)
    slow, compiled = Population([columns], engine="plain"), Population([columns], engine="fast")
    questions = [question(j) for j in asked]
    for each in range(support + 1):
        assert (slow.within(questions, each) == compiled.within(questions, each)).all()
    for one in questions:
        assert (slow.blockers(one) == compiled.blockers(one)).all()
    tasks = {f"T{n}": Question(q.levels, ()) for n, q in enumerate(questions)}
    fits = [TaskFits(p, tasks) for p in (slow, compiled)]
    groups = [list(tasks)[:n] for n in range(len(tasks) + 1)]
    assert fits[0].together(groups) == fits[1].together(groups)
    assert fits[0].job(list(tasks)[:1]).adding() == fits[1].job(list(tasks)[:1]).adding()


@settings(max_examples=20, deadline=None)
@given(crowd=crowds(12), listed=st.lists(jobs(), min_size=1, max_size=9), most=st.integers(1, 5))
def test_line_by_line_the_nearest_jobs_are_the_same(
    as_python: None, crowd: tuple[Profile, ...], listed: list[JobDemands], most: int
) -> None:
    named = {f"J{n}": job for n, job in enumerate(listed)}
    columns = of_profiles(crowd)
    slow, compiled = (JobIndex(named, engine=e).nearest_of_all(columns, most) for e in ("plain", "fast"))
    for one, other in zip(slow, compiled, strict=True):
        assert (one == other).all()
