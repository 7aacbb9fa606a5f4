"""Reach: what an answer costs beside other ways to get the same integers, on 200 000 people and on 13 million.

Ratios are of CPU time of one thread, the best of interleaved rounds in one process, and every engine's integers are
compared first. ``--quick`` takes under 50 seconds with fewer rounds and writes nothing; ``--bars`` prints a line per
bar and ends with 1 when one is short; without either the whole measurement runs and rewrites the page of results.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that it can be called as a file

from benchmarks import page
from benchmarks import reach_peers as peers
from klaver.matching.doors import JobDemands
from klaver.matching.jobs import JobIndex
from klaver.matching.kernels import kernels
from klaver.matching.moves import TaskFits
from klaver.matching.population import Plan, Population, Question, _blockers, _within, plan, question
from klaver.people.columns import DIMENSIONS, Columns, joined
from klaver.people.synthetic import synthetic_people
from klaver.scale.profile_bits import encode
from klaver.values import Weekday
from klaver.values.time import day_parts

PEOPLE = 200_000
MANY = 13_000_000
JOBS = 1000
TASKS = 2000
POOL = 60
KEPT = page.RESULTS / "reach.json"


@dataclass(frozen=True)
class Bar:
    """One thing that must hold: a figure beside its target."""

    name: str
    figure: float
    least: bool
    target: float

    @property
    def ok(self) -> bool:
        """Tell whether the bar is met."""
        return self.figure >= self.target if self.least else self.figure <= self.target

    def line(self) -> str:
        """Return ``name value target ok|short``."""
        sign = ">=" if self.least else "<="
        return f"{self.name} {self.figure:.2f} {sign}{self.target:g} {'ok' if self.ok else 'short'}"


@dataclass
class Cost:
    """Something that can be timed: what it does, for how many answers."""

    name: str
    run: Callable[[], object]
    answers: int
    best: float = float("inf")

    @property
    def each(self) -> float:
        """CPU seconds of one answer."""
        return self.best / self.answers


def timed(costs: Sequence[Cost], rounds: int) -> dict[str, float]:
    """Time everything in turn, several rounds, and return the best CPU seconds of one answer by name."""
    for cost in costs:
        cost.run()
    for _ in range(rounds):
        for cost in costs:
            begun = time.process_time()
            cost.run()
            cost.best = min(cost.best, time.process_time() - begun)
    return {c.name: c.each for c in costs}


def reference_tasks() -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Return tasks that ask two to eight dimensions, at levels 1 to 4 (mostly 2 and 3)."""
    chance = np.random.default_rng(7)
    made = np.zeros((TASKS, DIMENSIONS), np.uint8)
    for row in made:
        asked = chance.choice(DIMENSIONS, chance.integers(2, 9), replace=False)
        row[asked] = chance.choice([1, 2, 3, 4], len(asked), p=[0.25, 0.4, 0.28, 0.07])
    return made


def reference_jobs(many: int) -> list[JobDemands]:
    """Return jobs of three to eight tasks with conditions of every kind."""
    chance, tasks, jobs = np.random.default_rng(11), reference_tasks(), []
    lengths, starts = (180, 240, 360, 456), (420, 480, 780)
    steps = ("none", "A1", "A2")
    for _ in range(many):
        levels = tasks[chance.choice(TASKS, chance.integers(3, 9), replace=False)].max(axis=0)
        day, start = int(chance.choice(lengths)), int(chance.choice(starts))
        days = tuple(Weekday(d) for d in range(5))[: int(chance.integers(4, 6))]
        parts = frozenset().union(*(day_parts(d, start, start + day) for d in days))
        hard = dict.fromkeys(("listening", "speaking", "reading", "writing"), "none")
        if chance.random() < 0.25:
            hard["listening"] = steps[chance.integers(3)]
        jobs.append(
            JobDemands(
                levels={n: int(level) for n, level in enumerate(levels, 1) if level},
                week=day * len(days),
                day_max=day,
                earliest=start,
                latest=start + day,
                days=days,
                day_parts=parts,
                language=dict.fromkeys(hard, "A1"),
                language_hard=hard,
                permits=("driving_b",) if chance.random() < 0.15 else (),
            )
        )
    return jobs


@cache
def people() -> Columns:
    """Return 200 000 synthetic people of kind ``mixed`` as one part."""
    return joined(list(synthetic_people("mixed", PEOPLE, 1, keep_ids=False)))


def one_by_one(population: Population, plans: Sequence[Plan], support: int, engine: str) -> np.ndarray[Any, Any]:
    """Count prepared questions over the one shard of a population."""
    return np.concatenate([_within(population.shards[0], laid, support, engine) for laid in plans])


def counting(rounds: int, quick: bool) -> tuple[list[list[str]], dict[str, float], dict[str, Any]]:
    """Measure counts without shortfall and within three levels, with all conditions, at both ends."""
    jobs = [question(j) for j in reference_jobs(JOBS)]
    fast, plain = (Population([people()], engine=e) for e in ("fast", "plain"))
    begun = time.process_time()
    laid = plan(fast.shards[0], jobs, 3)
    planning = (time.process_time() - begun) / JOBS
    few = plan(plain.shards[0], jobs[:40], 3)
    known = peers.data(people(), jobs)
    blocked = {f"numpy words, blocks of {b}": peers.numpy_words(known, b) for b in (4096, 16384, 1 << 30)}
    others: dict[str, tuple[peers.Answer, int]] = {
        **{name: (answer, 40) for name, answer in blocked.items()},
        "numpy words, conditions first": (peers.numpy_words_chosen(known), 40),
        "numpy uint8 columns, only what is asked": (peers.numpy_columns(known), 10),
        "numba uint8 columns, only what is asked": (peers.numba_columns(known), 200),
        "DuckDB SQL bit_count, 1 thread": (peers.duckdb_sql(known), 20),
    }
    if not quick:
        others["polars expressions"] = (peers.polars_expressions(known), 20)
        others["pandas int64"] = (peers.pandas_frame(known), 2)
    truth = one_by_one(fast, [laid], 3, "fast")
    for name, (answer, many) in others.items():
        assert (answer(min(many, 20)) == truth[: min(many, 20)]).all(), name
    assert (one_by_one(plain, [few], 3, "plain") == truth[:40]).all()
    costs = [
        Cost("Klaver, compiled", lambda: one_by_one(fast, [laid], 3, "fast"), JOBS),
        Cost("Klaver, numpy only", lambda: one_by_one(plain, [few], 3, "plain"), 40),
        *(Cost(name, lambda a=answer, m=many: a(m), many) for name, (answer, many) in others.items()),
    ]
    took = timed(costs, rounds)
    ours = took["Klaver, compiled"]
    rows = [[name, f"{1e6 * each:.1f}", f"{each / ours:.1f}"] for name, each in took.items()]
    tuned = min(each for name, each in took.items() if name.startswith("numpy words"))
    figures = {
        "reach_vs_tuned_numpy": tuned / ours,
        "reach_vs_duckdb": took["DuckDB SQL bit_count, 1 thread"] / ours,
        "reach_vs_numba_columns": took["numba uint8 columns, only what is asked"] / ours,
    }
    asked = [len(j.levels) for j in jobs]
    facts = {
        "dimensions": float(np.mean(asked)),
        "levels": float(np.mean([sum(level for _, level in j.levels) for j in jobs])),
        "planning": planning,
        "none": float(truth[:, 0, 0].mean()) / PEOPLE,
        "within": float(truth[:, 1, 0].mean()) / PEOPLE,
    }
    return rows, figures, facts


def moving(rounds: int) -> tuple[list[list[str]], dict[str, float]]:
    """Measure one task added to a job, and whole jobs of tasks, without shortfall and at the sure end."""
    tasks = reference_tasks()
    asked = {
        f"T{at}": Question(tuple((n, int(v)) for n, v in enumerate(row, 1) if v), ()) for at, row in enumerate(tasks)
    }
    fast, plain = (Population([people()], engine=e) for e in ("fast", "plain"))
    fits, slow = TaskFits(fast, asked), TaskFits(plain, dict(list(asked.items())[:POOL]))
    pool = TaskFits(fast, dict(list(asked.items())[:POOL]))
    chance = np.random.default_rng(3)
    groups = [chance.choice(TASKS, chance.integers(3, 9), replace=False) for _ in range(JOBS)]
    small = [chance.choice(POOL, chance.integers(3, 9), replace=False) for _ in range(JOBS)]
    named = [[f"T{t}" for t in g] for g in groups]
    near = [[f"T{t}" for t in g] for g in small]
    held = near[0]
    job, in_pool, in_numpy = fits.job(held), pool.job(held), slow.job(held)
    now = [b[-1] for b in job._before]
    levels = np.array([tasks[g].max(axis=0) for g in groups])
    moved = np.array([np.maximum(tasks[small[0]].max(axis=0), row) for row in tasks[:50]])
    known = peers.data(people(), [Question((), ())])

    def words(rows: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        return np.array([encode({n: int(v) for n, v in enumerate(r, 1)}) for r in rows], np.uint64)

    again = {"columns": peers.numpy_open(known, moved), "words": peers.numpy_open_words(known, words(moved))}
    whole = {"columns": peers.numpy_open(known, levels), "words": peers.numpy_open_words(known, words(levels))}
    sets = fits.sets[0]
    assert list(job.adding().values())[:50] == again["columns"](50) == again["words"](50)
    assert fits.together(named[:20]) == whole["columns"](20) == whole["words"](20)
    costs = [
        Cost(
            "one task moved, 2000 tasks",
            lambda: kernels("fast").count_each(sets, now[0], np.zeros(TASKS, np.int64)),
            TASKS,
        ),
        Cost("one task moved, pool of 60", lambda: [in_pool.adding() for _ in range(50)], 50 * POOL),
        Cost("the same idea in numpy, pool of 60", lambda: [in_numpy.adding() for _ in range(5)], 5 * POOL),
        Cost(
            "the same idea in numpy, 2000 tasks",
            lambda: kernels("plain").count_each(sets[:300], now[0], np.zeros(300, np.int64)),
            300,
        ),
        Cost("recomputed in numpy, uint8 columns", lambda: again["columns"](20), 20),
        Cost("recomputed in numpy, words", lambda: again["words"](20), 20),
        Cost("a whole job, 2000 tasks", lambda: fits.together(named), JOBS),
        Cost("a whole job, pool of 60", lambda: pool.together(near), JOBS),
        Cost("a whole job, numpy uint8 columns", lambda: whole["columns"](20), 20),
        Cost("a whole job, numpy words", lambda: whole["words"](20), 20),
        Cost("a whole job, numpy bit sets, pool of 60", lambda: slow.together(near[:100]), 100),
    ]
    took = timed(costs, rounds)
    speed = limits()
    size = sets.shape[1]
    again_best = min(took["recomputed in numpy, uint8 columns"], took["recomputed in numpy, words"])
    whole_best = min(took["a whole job, numpy uint8 columns"], took["a whole job, numpy words"])
    move, near_move = took["one task moved, 2000 tasks"], took["one task moved, pool of 60"]
    shares = {
        name: max(8 * size / each / speed["read"], size / each / speed["count"])
        for name, each in (("2000", move), ("60", near_move))
    }
    figures = {
        "move_vs_recomputing": again_best / move,
        "move_vs_numpy_moves": took["the same idea in numpy, 2000 tasks"] / move,
        "move_share_of_limit_2000": shares["2000"],
        "move_share_of_limit_60": shares["60"],
        "whole_job_vs_numpy": whole_best / took["a whole job, 2000 tasks"],
        "numpy_only_vs_numpy": whole_best / took["a whole job, numpy bit sets, pool of 60"],
        "memory_read_gb_s": speed["read"] / 1e9,
        "popcount_gwords_s": speed["count"] / 1e9,
    }
    rows = [[name, f"{1e6 * each:.2f}"] for name, each in took.items()]
    return rows, figures


def limits() -> dict[str, float]:
    """Measure what this machine can do with one thread: bytes read from memory, and words counted from the cache."""
    from numba import njit

    from klaver.matching.kernels.fast_ones import _ones

    @njit(nogil=True)
    def read(words: Any) -> Any:
        total = np.uint64(0)
        for i in range(words.shape[0]):
            total ^= words[i]
        return total

    @njit(nogil=True)
    def count(words: Any, times: int) -> Any:
        total = np.uint64(0)
        for t in range(times):
            salt = np.uint64(t)
            for i in range(words.shape[0]):
                total += _ones(words[i] ^ salt)
        return total

    large = np.random.default_rng(1).integers(0, 1 << 63, 1 << 26, dtype=np.uint64)
    near = large[:2048].copy()
    took = timed([Cost("read", lambda: read(large), 1), Cost("count", lambda: count(near, 20_000), 1)], 5)
    return {"read": large.nbytes / took["read"], "count": 20_000 * near.size / took["count"]}


def blocking(rounds: int) -> tuple[list[list[str]], dict[str, float]]:
    """Measure all blockers of a job beside one count within three levels of the same job, both asked from nothing."""
    jobs = [question(j) for j in reference_jobs(100)]
    fast = Population([people()], engine="fast")
    shard = fast.shards[0]
    laid = [plan(shard, [j], 3) for j in jobs]
    took = timed(
        [
            Cost("all blockers of a job", lambda: [_blockers(shard, j, "fast") for j in jobs], len(jobs)),
            Cost("one count within three levels", lambda: [fast.within([j], 3) for j in jobs], len(jobs)),
            Cost("the same, laid out before", lambda: one_by_one(fast, laid, 3, "fast"), len(jobs)),
        ],
        rounds,
    )
    figures = {"blockers_vs_reach": took["all blockers of a job"] / took["one count within three levels"]}
    return [[name, f"{1e6 * each:.1f}"] for name, each in took.items()], figures


def nearest(rounds: int, quick: bool) -> tuple[list[list[str]], dict[str, float]]:
    """Measure the ten nearest of 10 000 jobs for each of some thousands of people, conditions included."""
    many, rows = (2000, 2000) if quick else (10_000, 20_000)
    jobs = reference_jobs(many)
    known = peers.data(people(), [question(j) for j in jobs])
    answer = peers.faiss_flat(known, rows, 10)
    complete = people().take(np.flatnonzero((people().levels != peers.UNKNOWN).all(axis=0))[:rows])
    bare = Columns(complete.levels, np.zeros_like(complete.aids), complete.conditions, complete.zone, complete.names)
    index = JobIndex({str(at): j for at, j in enumerate(jobs)})
    numbers, keys = index.nearest_of_all(bare, 10)
    theirs = answer()
    found = numbers >= 0
    assert (theirs[found] == keys[found]).all()
    took = timed(
        [
            Cost("ten nearest jobs, Klaver", lambda: index.nearest_of_all(bare, 10), rows),
            Cost("ten nearest jobs, FAISS IndexFlatIP", answer, rows),
        ],
        min(rounds, 3),
    )
    ratio = took["ten nearest jobs, FAISS IndexFlatIP"] / took["ten nearest jobs, Klaver"]
    return [[name, f"{1e6 * each:.1f}"] for name, each in took.items()], {"nearest_vs_faiss": ratio}


def examples(rounds: int) -> list[list[str]]:
    """Measure the tasks of the examples' workplaces, each as a job of its own hours; shown without a bar."""
    from klaver.matching.reach import tasks_question
    from klaver.work.elementary import elementary
    from klaver.work.workbook import read_workplace

    fast = Population([people()], engine="fast")
    shown = []
    for path in sorted((page.ROOT / "examples").glob("*.xlsx")):
        place = read_workplace(path)
        places = {p.id: p for p in place.places}
        tasks = [t for t in place.tasks if elementary(t).elementary != "no"]
        chance = np.random.default_rng(1)
        jobs = [
            tasks_question([tasks[t] for t in chance.choice(len(tasks), 6, replace=False)], places) for _ in range(200)
        ]
        took = timed(
            [
                Cost("open", lambda jobs=jobs: fast.within(jobs, 0), len(jobs)),
                Cost("within", lambda jobs=jobs: fast.within(jobs, 3), len(jobs)),
            ],
            rounds,
        )
        levels = np.mean([sum(level for _, level in j.levels) for j in jobs])
        shown.append([path.stem, f"{levels:.1f}", f"{1e6 * took['open']:.1f}", f"{1e6 * took['within']:.1f}"])
    return shown


def millions(many: int) -> dict[str, float]:
    """Load many people in a process of its own, and return bytes, memory and the cost of a count per person."""
    done = subprocess.run(
        [sys.executable, __file__, "--millions", str(many)], capture_output=True, text=True, check=True, cwd=page.ROOT
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def load_millions(many: int) -> dict[str, float]:
    """Do the loading and counting that :func:`millions` asks for."""
    begun = time.perf_counter()
    population = Population(synthetic_people("mixed", many, 1, keep_ids=False), engine="fast")
    loading = time.perf_counter() - begun
    jobs = [question(j) for j in reference_jobs(50)]
    laid = [[plan(shard, [j], 0) for j in jobs] for shard in population.shards]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

    def count() -> None:
        for shard, plans in zip(population.shards, laid, strict=True):
            for one in plans:
                _within(shard, one, 0, "fast")

    took = timed([Cost("open", count, len(jobs))], 3)
    return {
        "people": population.count,
        "bytes_a_person": population.size / population.count,
        "peak_gb": peak / 1e9,
        "loading_s": loading,
        "open_ms": 1e3 * took["open"],
        "open_ns_a_person": 1e9 * took["open"] / population.count,
        "conditions": population.table.count,
    }


def first_answer() -> dict[str, float]:
    """Measure the seconds from the start of a process to its first answer, with compiled loops kept and not kept."""
    import os
    import tempfile

    found = {}
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "NUMBA_CACHE_DIR": folder, "PYTHONPATH": str(page.ROOT / "src")}
        for name in ("cold", "warm"):
            begun = time.perf_counter()
            subprocess.run(
                [sys.executable, __file__, "--first"], check=True, capture_output=True, env=env, cwd=page.ROOT
            )
            found[f"first_answer_{name}_s"] = time.perf_counter() - begun
    return found


def answer_once() -> None:
    """Read nothing, make 200 000 people, and count them for one job with what is best."""
    found = Population(synthetic_people("mixed", PEOPLE, 1, keep_ids=False))
    print(found.within([question(reference_jobs(1)[0])], 3).tolist())


TARGETS = {
    "reach_vs_tuned_numpy": (True, 20),
    "reach_vs_duckdb": (True, 80),
    "move_vs_recomputing": (True, 160),
    "move_vs_numpy_moves": (True, 3),
    "move_share_of_limit_2000": (True, 0.75),
    "whole_job_vs_numpy": (True, 40),
    "nearest_vs_faiss": (True, 15),
    "blockers_vs_reach": (False, 1.2),
    "numpy_only_vs_numpy": (True, 8),
    "bytes_a_person": (False, 32),
    "peak_gb": (False, 2),
    "cost_a_person_vs_200k": (False, 1.3),
    "first_answer_warm_s": (False, 2),
    "first_answer_cold_s": (False, 4),
}


def bars(figures: dict[str, float]) -> list[Bar]:
    """Return the bars for which there is a figure."""
    return [Bar(name, figures[name], *TARGETS[name]) for name in TARGETS if name in figures]


def small_cost(rounds: int) -> float:
    """Return the nanoseconds a person of a count without shortfall over 200 000 people, jobs asked one by one."""
    fast = Population([people()], engine="fast")
    plans = [plan(fast.shards[0], [question(j)], 0) for j in reference_jobs(50)]
    took = timed([Cost("open", lambda: one_by_one(fast, plans, 0, "fast"), 50)], rounds)
    return 1e9 * took["open"] / PEOPLE


PACKAGES = ("numpy", "numba", "duckdb", "polars", "pandas", "faiss-cpu")


def text(parts: dict[str, Any], figures: dict[str, float]) -> str:
    """Return the page of results."""
    facts, many = parts["facts"], parts["millions"]
    blocks = [
        "# Reach: what an answer costs",
        f"Measured on {page.today()}; {page.machine()}; {page.versions(*PACKAGES)}.",
        f"{PEOPLE} synthetic people of kind `mixed` (36 dimensions, levels 0 to 4, one in twenty with something that is"
        f" not known); {JOBS} jobs that ask {facts['dimensions']:.1f} dimensions and {facts['levels']:.1f} levels"
        " in the mean, with conditions of hours, days, times, language and permits."
        f" {100 * facts['none']:.1f} % of all pairs are open as they stand, {100 * facts['within']:.1f} % within three"
        " levels. CPU time of one thread, the best of interleaved rounds in one process; every engine gave the same"
        " integers, compared in this run. All count both ends (sure and possible). The honest peers are numpy on words"
        " and on columns with what is not asked left out, and numba on the same columns; not pandas.",
        "\n".join(page.table(["bar", "figure", "target", ""], [_judged(b) for b in bars(figures)])),
        "## Counts without shortfall and within three levels, all conditions",
        "\n".join(page.table(["engine", "microseconds a job", "Klaver is faster by"], parts["counting"])),
        f"Laying a job out before it is counted takes {1e6 * facts['planning']:.0f} microseconds more; the peers' own"
        " preparation is not timed either.",
        "## One task moved, and whole jobs, without shortfall",
        "\n".join(page.table(["what", "microseconds an answer"], parts["moving"])),
        f"The limit of this machine, measured with the same compiler: {figures['memory_read_gb_s']:.1f} GB/s read from"
        f" memory and {figures['popcount_gwords_s']:.2f} thousand million words counted a second. A move over"
        f" 2000 tasks (50 MB) reaches {100 * figures['move_share_of_limit_2000']:.0f} % of what binds, over a pool of"
        f" 60 tasks {100 * figures['move_share_of_limit_60']:.0f} %.",
        "## All blockers of a job",
        "\n".join(page.table(["what", "microseconds a job"], parts["blocking"])),
        "## The ten nearest of 10 000 jobs",
        "\n".join(page.table(["engine", "microseconds a person"], parts["nearest"])),
        "## The examples' workplaces",
        "Two hundred jobs of six tasks each, drawn from what is not ruled out there; the same people, no bar.",
        "\n".join(
            page.table(
                ["example", "levels asked", "open, microseconds", "within three levels, microseconds"],
                parts["examples"],
            )
        ),
        "## Thirteen million people on this machine",
        f"{many['people']:.0f} synthetic people were made and loaded in {many['loading_s']:.0f} s; the index takes"
        f" {many['bytes_a_person']:.1f} bytes a person with unknowns and {many['conditions']:.0f} combinations of"
        f" conditions; the peak of memory was {many['peak_gb']:.2f} GB. A count without shortfall takes"
        f" {many['open_ms']:.2f} ms of one core: {many['open_ns_a_person']:.4f} ns a person, beside"
        f" {figures['small_ns_a_person']:.4f} ns for 200 000. One machine is enough; a cluster is for data that may not"
        " leave it.",
        f"From the start of a process to a first answer over 200 000 people: {figures['first_answer_warm_s']:.2f} s,"
        f" and {figures['first_answer_cold_s']:.2f} s when nothing is compiled yet: numpy answers until so much has"
        " been asked that compiling pays (three seconds, once for a machine).",
        "Made by `python benchmarks/reach.py`.",
    ]
    return "\n\n".join(blocks) + "\n"


def _judged(bar: Bar) -> list[str]:
    sign = ">=" if bar.least else "<="
    return [bar.name, f"{bar.figure:.2f}", f"{sign} {bar.target:g}", "ok" if bar.ok else "short"]


def main() -> int:
    """Measure, print, and write the page when everything was measured."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true", help="fewer rounds and peers, nothing is written")
    asked.add_argument("--bars", action="store_true", help="print a line per bar; ends with 1 when one is short")
    asked.add_argument("--millions", type=int, help=argparse.SUPPRESS)
    asked.add_argument("--first", action="store_true", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.millions:
        print(json.dumps(load_millions(given.millions)))
        return 0
    if given.first:
        answer_once()
        return 0
    rounds = 2 if given.quick else 5
    kept = page.load(KEPT)
    stamp = page.fingerprint([])
    parts: dict[str, Any] = kept.get("parts", {}) if kept.get("stamp") == stamp and not given.quick else {}
    figures: dict[str, float] = kept.get("figures", {}) if parts else {}

    def step(name: str, measure: Callable[[], tuple[Any, dict[str, float]]]) -> None:
        if name not in parts:
            print(f"measuring: {name}", file=sys.stderr, flush=True)
            parts[name], more = measure()
            figures.update(more)
            if not given.quick:
                page.save(KEPT, json.dumps({"stamp": stamp, "parts": parts, "figures": figures}, indent=1) + "\n")

    def count_all() -> tuple[Any, dict[str, float]]:
        rows, more, parts["facts"] = counting(rounds, given.quick)
        return rows, more

    step("counting", count_all)
    step("moving", lambda: moving(rounds))
    step("blocking", lambda: blocking(rounds))
    step("nearest", lambda: nearest(rounds, given.quick))
    if not given.quick:
        step("examples", lambda: (examples(rounds), {}))
        step("small", lambda: ({}, {"small_ns_a_person": small_cost(rounds)}))

        def load() -> tuple[Any, dict[str, float]]:
            found = millions(MANY)
            ratio = found["open_ns_a_person"] / figures["small_ns_a_person"]
            more = {k: found[k] for k in ("bytes_a_person", "peak_gb")}
            return found, {**more, "cost_a_person_vs_200k": ratio}

        step("millions", load)
        step("first", lambda: ({}, first_answer()))
        page.save(page.RESULTS / "reach.md", text(parts, figures))
    found = bars(figures)
    for bar in found:
        print(bar.line())
    for name in ("counting", "moving", "blocking", "nearest"):
        for row in parts[name]:
            print("  ", *row)
    return 1 if given.bars and not all(b.ok for b in found) else 0


if __name__ == "__main__":
    raise SystemExit(main())
