"""What is said to be impossible is impossible, and a small file shows it to anybody."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from tests.design.lines import slow_proof
from tests.design.lines.cases import any_line, least

from klaver.design.lines import proof, search
from klaver.design.lines.arrays import arrays
from klaver.design.lines.check import breaches
from klaver.design.lines.effort import Effort
from klaver.design.lines.kernels.price import conflicts, dearest
from klaver.design.lines.layers import Layers, Verdict, twins
from klaver.design.lines.proof import Unproved, check, shortened
from klaver.design.lines.records import Line, LineCertificate, LineTask
from klaver.design.lines.search import plan_line
from klaver.design.records import Status

CASES = [(seed, equal) for seed in range(40) for equal in (False, True)]


def dearest_by_trying(line: Line, worker: int, prices: list[int], cycle: int) -> int:
    """Try every set of tasks."""
    form, best = arrays(line), 0
    above = [int(word) for word in form.above[:, 0]]
    below = [int(word) for word in form.below[:, 0]]
    for size in range(1, len(line.tasks) + 1):
        for chosen in combinations(range(len(line.tasks)), size):
            inside = sum(1 << t for t in chosen)
            between = 0
            for a in chosen:
                for b in chosen:
                    between |= below[a] & above[b]
            times = [line.tasks[t].times[worker] for t in chosen]
            if not between & ~inside and None not in times and sum(time or 0 for time in times) <= cycle:
                best = max(best, sum(prices[t] for t in chosen))
    return best


def certificate(line: Line, cycle: int, prices: list[list[int]], backwards: bool = False) -> LineCertificate:
    """Return a certificate that may show anything."""
    return LineCertificate(
        line=line.fingerprint(),
        cycle=cycle,
        workers=len(line.workers),
        backwards=backwards,
        prices=tuple(map(tuple, prices)),
    )


def accepted(checker: Callable[[Line, LineCertificate], int], line: Line, made: LineCertificate) -> str:
    """Return what a checker says."""
    try:
        checker(line, made)
    except Unproved as wrong:
        return wrong.why
    return "proved"


@pytest.mark.parametrize("seed", range(30))
def test_what_a_worker_can_earn_is_what_trying_every_set_gives(seed: int) -> None:
    line, chance = any_line(seed, 9, 2), random.Random(seed)
    prices, cycle = [chance.choice((0, 0, chance.randint(1, 50))) for _ in line.tasks], chance.randint(1, 30)
    form = arrays(line)
    above, below = (np.hstack([words, np.zeros_like(words)]) for words in (form.above, form.below))
    slow = slow_proof._Form(line, False, cycle)
    checker = proof._form(line, certificate(line, cycle, [prices]))
    earned = proof._earned(checker, np.array([prices]), proof._Steps(10**6))
    for w in range(len(line.workers)):
        clash = np.zeros((len(line.tasks), 2), np.int64)
        conflicts(form.times[w], above, below, cycle, clash)
        found, whole = dearest(
            np.array(prices, float), form.times[w], clash, above, below, cycle, 0.0, 10**6, np.zeros(2, np.int64)
        )
        known = dearest_by_trying(line, w, prices, cycle)
        assert whole
        assert found == known
        assert slow_proof.dearest(slow, w, prices) == known
        assert earned[w, 0] == known


@pytest.mark.parametrize(("seed", "equal"), CASES)
def test_a_cycle_time_is_possible_exactly_when_trying_everything_finds_it(seed: int, equal: bool) -> None:
    line = any_line(seed, equal=equal)
    known, form = least(line), arrays(line)
    with ThreadPoolExecutor(2) as pool:
        for cycle in range(1, 20):
            layers = Layers(form, cycle, twins(form))
            while layers.verdict is Verdict.OPEN:
                layers.round(pool)
            assert (layers.verdict is Verdict.POSSIBLE) == (known is not None and known <= cycle), cycle


@pytest.mark.parametrize(("seed", "equal"), CASES)
def test_every_small_line_is_settled_and_its_certificate_holds(seed: int, equal: bool) -> None:
    line = any_line(seed, 8, 4, equal)
    known, answer = least(line), plan_line(line, Effort())
    if known is None:
        assert answer.status is Status.IMPOSSIBLE
        return
    assert answer.plan is not None
    assert (answer.plan.cycle, answer.plan.bound, answer.status) == (known, known, Status.OPTIMAL)
    assert breaches(line, answer.plan.stations) == []
    if answer.certificate is not None:
        assert answer.certificate.cycle < known
        check(line, answer.certificate)


@pytest.mark.parametrize(("seed", "equal"), CASES)
def test_filling_from_either_end_gives_the_same_answer(seed: int, equal: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    line = any_line(seed, 8, 4, equal)
    for backwards in (True, False):
        wanted = iter((0, 1) if backwards else (1, 0))  # the ways from the end are asked first
        monkeypatch.setattr(search, "ways", lambda *_, wanted=wanted: next(wanted))
        answer = plan_line(line, Effort())
        assert (None if answer.plan is None else answer.plan.cycle) == least(line)
        if answer.certificate is not None:
            assert answer.certificate.backwards == backwards
            check(line, answer.certificate)


@pytest.mark.parametrize("seed", range(12))
def test_no_certificate_shows_that_something_possible_is_impossible(seed: int) -> None:
    line = any_line(seed, 8, 3)
    answer = plan_line(line, Effort())
    if answer.plan is None or answer.certificate is None:
        return
    for backwards in (False, True):
        false = answer.certificate.model_copy(update={"cycle": answer.plan.cycle, "backwards": backwards})
        with pytest.raises(Unproved):
            check(line, false)
        rows = tuple(tuple(random.Random(seed).randint(0, 9) for _ in line.tasks) for _ in range(5))
        with pytest.raises(Unproved):
            check(line, false.model_copy(update={"prices": rows}))


def test_the_checker_says_what_its_slow_twin_says() -> None:
    said: Counter[str] = Counter()
    for seed, equal in CASES:
        line, chance = any_line(seed, 9, 4, equal), random.Random(seed)
        answer = plan_line(line, Effort())
        found = list(answer.certificate.prices) if answer.certificate else []
        for cycle in range(20):
            rows = [[chance.randint(0, 9) for _ in line.tasks] for _ in range(6)]
            made = certificate(line, cycle, rows + chance.sample(found, len(found) // 2), chance.random() < 0.5)
            made = made.model_copy(update={"workers": chance.randint(1, len(line.workers))})
            fast = accepted(check, line, made)
            assert fast == accepted(slow_proof.check, line, made), (seed, equal, cycle)
            said[fast] += 1
    assert min(said["proved"], said["state"]) > 300


@pytest.mark.parametrize("seed", range(12))
def test_rows_that_refute_nothing_are_left_out_and_the_rest_is_enough(seed: int) -> None:
    line, chance = any_line(seed, 9, 4), random.Random(seed)
    answer = plan_line(line, Effort())
    if answer.certificate is None:
        return
    found = list(answer.certificate.prices)
    rows = [[chance.randint(0, 9) for _ in line.tasks] for _ in range(90)] + found
    long = certificate(line, answer.certificate.cycle, rows, answer.certificate.backwards)
    short = shortened(line, long)
    assert len(short.prices) < len(long.prices)
    check(line, short)
    slow_proof.check(line, short)
    if short.prices:
        possible = long.model_copy(update={"cycle": answer.plan.cycle if answer.plan else 99})
        with pytest.raises(Unproved):
            shortened(line, possible)


@pytest.mark.parametrize("seed", range(4))
def test_the_checker_says_the_same_of_lines_with_more_tasks_than_bits_in_a_word(seed: int) -> None:
    chance = random.Random(seed)
    times = [[chance.randint(1, 9) for _ in range(3)] for _ in range(66)]
    line = Line(
        name="long",
        workers=("a", "b", "c"),
        tasks=tuple(LineTask(id=str(t), times=tuple(row)) for t, row in enumerate(times)),
        precedence=tuple((str(t), str(t + chance.randint(1, 2))) for t in range(64)),
    )
    rows = [[chance.randint(0, 9) for _ in line.tasks], [max(row) for row in times], [min(row) for row in times]]
    said = []
    for cycle in (1, 5, *range(70, 110, 2), 600):
        for backwards in (False, True):
            made = certificate(line, cycle, rows, backwards)
            said.append(accepted(lambda *asked: check(*asked, 100_000), line, made))
            if said[-1] != "work":
                assert said[-1] == accepted(slow_proof.check, line, made), cycle
    assert {"proved", "state"} <= set(said)


def test_a_long_cycle_time_is_rounded_to_the_safe_side() -> None:
    line = any_line(3, 8, 3)
    slower = line.model_copy(
        update={
            "tasks": tuple(t.model_copy(update={"times": tuple(x and 997 * x for x in t.times)}) for t in line.tasks)
        }
    )
    known, answer = least(line), plan_line(slower, Effort())
    assert known is not None
    assert answer.plan is not None
    assert answer.certificate is not None
    assert answer.plan.cycle == 997 * known
    assert check(slower, answer.certificate)
    assert accepted(check, slower, answer.certificate.model_copy(update={"cycle": 997 * known})) == "state"


def test_numbers_too_large_for_a_word_are_refused_and_not_reckoned_with() -> None:
    line = any_line(3, 8, 3)
    assert accepted(check, line, certificate(line, 1 << 50, [[1000 for _ in line.tasks]])) == "work"
    many = Line(name="many", workers=("a",), tasks=tuple(LineTask(id=str(t), times=(1,)) for t in range(121)))
    assert accepted(check, many, certificate(many, 10, [])) == "work"


def test_a_certificate_of_another_line_or_form_is_refused() -> None:
    for seed in range(20):
        line = any_line(seed, 8, 3)
        answer = plan_line(line, Effort())
        if answer.certificate is not None:
            break
    assert answer.certificate is not None
    for changed, why in (
        ({"line": "0"}, "line"),
        ({"prices": ((1,),)}, "row"),
        ({"workers": 0}, "workers"),
        ({"workers": 99}, "workers"),
    ):
        with pytest.raises(Unproved) as raised:
            check(line, answer.certificate.model_copy(update=changed))
        assert raised.value.why == why
    with pytest.raises(Unproved) as raised:
        check(line, answer.certificate, 0)
    assert raised.value.why == "work"


ASK = """
import sys
if sys.argv[1] == "plain":
    sys.modules["numba"] = None
from tests.design.lines.cases import any_line
from klaver.design.lines.effort import Effort
from klaver.design.lines.kernels.compiled import FAST
from klaver.design.lines import start
from klaver.design.lines.search import plan_line
assert FAST == (sys.argv[1] == "fast")
start.STEPS = 40
for seed in range(6):
    answer = plan_line(any_line(seed, 9, 4), Effort())
    sys.stdout.write(answer.plan.to_json() if answer.plan else "none")
    sys.stdout.write(answer.certificate.to_json() if answer.certificate else "none")
"""


def test_the_loops_give_the_same_compiled_and_as_plain_python() -> None:
    there = os.pathsep.join([str(Path.cwd()), str(Path.cwd() / "src")])
    env = {**os.environ, "PYTHONPATH": there}
    made = [
        subprocess.run([sys.executable, "-W", "error", "-c", ASK, way], env=env, capture_output=True, check=True).stdout
        for way in ("fast", "plain")
    ]
    assert made[0] == made[1]


def test_the_checker_imports_no_solver() -> None:
    heavy = "[name for name in ('ortools', 'scipy', 'highspy', 'klaver.design.lines.search') if name in sys.modules]"
    ask = f"import sys, klaver.design.lines.proof; print(*{heavy})"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
