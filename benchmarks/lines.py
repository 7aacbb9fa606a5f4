"""Lines: cycle time, proof and certificate on public ALWABP instances, beside a plain CP-SAT model.

Nothing of the collection is kept here (see ``lines_sample.py``): without it nothing is measured, and that is said.
``--quick`` takes under 50 seconds and writes nothing; ``--bars`` prints a line per bar and ends with 1 when one is
short; without either, what is not measured yet is measured, row by row, each kept at once with its commit and date, and
the page of results is rewritten. ``--minutes N`` stops after about N minutes; the next run goes on.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from fnmatch import fnmatch
from pathlib import Path
from statistics import mean

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that it can be called as a file

from benchmarks.lines_methods import CORES, METHODS, MOMENTS, question
from benchmarks.lines_sample import DATA, DRAWN, LARGE, OPEN, SMALL, Recorded, recorded, sample
from benchmarks.running import usable

from benchmarks import page

KEPT = page.RESULTS / "lines.json"
SECONDS = {"heskia": 10, "roszieg": 10, "tonge": 300, "wee-mag": 600}
OPEN_SECONDS = 300
PEER_SECONDS = 60
SHORT_SECONDS = 10
"""What the drawn large instances get once more, on their own, for the values after one and ten seconds."""
EQUAL = tuple((family, number) for family in (*SMALL, *LARGE) for number in (1, 41))
EQUAL_SECONDS = 60
QUICK = (("heskia", 1), ("heskia", 41), ("roszieg", 41), ("roszieg", 75), ("tonge", 72))


@dataclass(frozen=True)
class Row:
    """One run: what was asked, what the checker accepted at some moments and at the end, and what was proved.

    ``kind`` is "workers" as published or "equal" (everybody the times of the quickest). ``at`` are values after 1, 10
    and 60 seconds. ``certified`` is the bound that the checker accepted, in ``checked_s`` seconds.
    """

    kind: str
    family: str
    number: int
    method: str
    limit: int
    seconds: float
    value: int | None
    bound: int
    at: tuple[int | None, ...]
    certified: int | None
    checked_s: float
    load: float
    commit: str
    date: str
    machine: str

    @property
    def proved(self) -> bool:
        """Tell whether value and bound meet."""
        return self.value is not None and self.value == self.bound


@dataclass(frozen=True)
class Bar:
    """One thing that must hold: a figure beside its target; how many of how many runs it rests on."""

    name: str
    figure: float
    target: str
    ok: bool
    rests_on: str

    def line(self) -> str:
        """Return ``name value target ok|short``."""
        return f"{self.name} {self.figure:.3f} {self.target} {'ok' if self.ok else 'short'} ({self.rests_on})"


Task = tuple[str, str, int, str, int]
"""Kind, family, number, method, seconds."""


def asked_for() -> Iterator[Task]:
    """Yield every run of the full table, the short ones first."""
    for family in LARGE:
        for number in DRAWN[family]:
            for method in METHODS:
                yield "workers", family, number, method, SHORT_SECONDS
    for method, most in (("klaver", None), ("plain", PEER_SECONDS)):
        for family, number in sample():
            opened = family == "wee-mag" and number in OPEN
            limit = OPEN_SECONDS if opened else SECONDS[family]
            yield "workers", family, number, method, min(limit, most or limit)
        for family, number in EQUAL:
            yield "equal", family, number, method, EQUAL_SECONDS


def serve() -> None:
    """Answer runs that come in as lines of JSON, after one that warms the loops up and is not counted."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, usable()[:CORES])
    for method in METHODS.values():
        method(question("workers", "heskia", 1), 60)
    for text in sys.stdin:
        kind, family, number, method, seconds = json.loads(text)
        print(json.dumps(METHODS[method](question(kind, family, number), seconds)), flush=True)


def measure(tasks: Sequence[Task], until: float) -> Iterator[Row]:
    """Yield a row for each run, in a process of its own that is warm."""
    command = [sys.executable, str(Path(__file__).resolve()), "--serve"]
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=page.ROOT, capture_output=True, text=True)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for task in tasks:
            if time.monotonic() > until:
                break
            load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
            process.stdin.write(json.dumps(task) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
            if not answer:
                raise RuntimeError(f"{task} ended without an answer")
            found = json.loads(answer)
            found["at"] = tuple(found["at"])
            yield Row(
                *task, **found, load=load, commit=commit.stdout.strip(), date=page.today(), machine=page.machine()
            )
        process.stdin.close()


def bars(rows: Sequence[Row], known: dict[tuple[str, int], Recorded]) -> list[Bar]:
    """Judge what has been measured; what was not measured counts as not proved, and its bar stays short."""
    made: list[Bar] = []

    def add(name: str, figure: float, sign: str, target: float, have: int, of: int, at_once: bool = False) -> None:
        # Which were measured first is no draw, so a bar waits for all; only what is closed or raised stays so.
        ok = (have == of or at_once) and (figure >= target if sign == ">=" else figure <= target)
        made.append(Bar(name, figure, f"{sign}{target:g}", ok, f"{have} of {of} measured"))

    ours = [r for r in rows if r.method == "klaver" and r.kind == "workers"]
    small = [r for r in ours if r.family in SMALL]
    add("small_proved", sum(r.proved for r in small), ">=", 160, len(small), 160)
    add("small_mean_seconds", mean([r.seconds for r in small] or [99]), "<=", 0.1, len(small), 160)
    drawn = [r for r in ours if r.family in LARGE and r.number in DRAWN[r.family]]
    by = {f: [r for r in drawn if r.family == f and r.limit > SHORT_SECONDS] for f in LARGE}
    short = {f: [r for r in drawn if r.family == f and r.limit == SHORT_SECONDS] for f in LARGE}
    shares = {f: sum(r.proved for r in by[f]) / len(DRAWN[f]) for f in LARGE}
    have = {f: len(by[f]) for f in LARGE}
    longest = max([r.seconds for r in by["tonge"]] or [999])
    add("tonge_share_proved", shares["tonge"], ">=", 1, have["tonge"], 12)
    add("tonge_longest_seconds", longest, "<=", 300, have["tonge"], 12)
    rate = sum(r.proved for r in small) + 80 * shares["tonge"] + 80 * shares["wee-mag"]
    add("rate_proved_of_320", rate, ">=", 280, sum(have.values()) + len(small), 184)
    open_ = [r for r in ours if r.family == "wee-mag" and r.number in OPEN and r.limit > SHORT_SECONDS]
    raised = [r for r in open_ if r.bound > known[r.family, r.number].low]
    closed = sum(r.proved for r in open_)
    add("open_closed", closed, ">=", 1, len(open_), 13, at_once=True)
    add("open_bounds_raised", len(raised), ">=", 9, len(open_), 13, at_once=True)
    checked = [r for r in ours if r.certified is not None]
    whole = sum(r.certified == r.bound for r in checked)
    add(
        "certificate_longest_seconds", max([r.checked_s for r in checked] or [99]), "<=", 10, len(checked), len(checked)
    )
    add("bounds_certified_in_full", whole / max(1, len(ours)), ">=", 1, len(ours), len(ours))
    for family, one, ten in (("tonge", 4, 2), ("wee-mag", 5, 3)):
        for at, (moment, target) in enumerate(((1, one), (10, ten))):
            figure = _excess(short[family], at, known)
            add(f"{family}_excess_percent_{moment}_s", figure, "<=", target, len(short[family]), 12)
    equal = [r for r in rows if r.kind == "equal" and r.method == "klaver"]
    gaps = [100 * (r.value - r.bound) / r.bound for r in equal if r.value is not None]
    add("equal_workers_share_proved", mean([r.proved for r in equal] or [0]), ">=", 0.9, len(equal), 8)
    add("equal_workers_worst_gap_percent", max(gaps or [99]), "<=", 1, len(equal), 8)
    return made


def _excess(rows: Sequence[Row], at: int, known: dict[tuple[str, int], Recorded]) -> float:
    """Return the mean excess over the recorded values, in percent; without a plan it counts as 100."""
    parts = []
    for row in rows:
        value, high = row.at[at], known[row.family, row.number].high
        parts.append(100.0 if value is None else 100 * (value - high) / high)
    return mean(parts) if parts else 99.0


def text(rows: Sequence[Row], known: dict[tuple[str, int], Recorded]) -> str:
    """Return the page of results."""
    everything = list(asked_for())
    groups = []
    for method in METHODS:
        for family in (*SMALL, *LARGE):
            all_ = [r for r in rows if (r.method, r.family, r.kind) == (method, family, "workers")]
            for limit in sorted({r.limit for r in all_}):
                mine = [r for r in all_ if r.limit == limit]
                excess = [f"{_excess(mine, at, known):.1f} %" for at in range(len(MOMENTS))]
                spent = f"{mean(r.seconds for r in mine):.2f}"
                name = f"{family}, {method}, at most {limit} s"
                groups.append([name, str(len(mine)), str(sum(r.proved for r in mine)), spent, *excess])
    head = ["family, method, limit", "measured", "proved", "mean seconds", *(f"excess at {m} s" for m in MOMENTS)]
    large = [r for r in rows if r.family in LARGE or r.kind == "equal"]
    listed = [_told(r, known) for r in sorted(large, key=lambda r: (r.kind, r.family, r.number, r.limit, r.method))]
    columns = [
        "run",
        "limit s",
        "recorded",
        "value",
        "bound",
        "certified",
        "seconds",
        "check s",
        "load",
        "commit",
        "date",
    ]
    judged_ = [[b.name, f"{b.figure:.3f}", b.target, "ok" if b.ok else "short", b.rests_on] for b in bars(rows, known)]
    parts = [
        "# Lines: cycle time, proof and certificate",
        f"Last written on {page.today()}; {page.machine()}; {page.versions('numba', 'numpy')}.",
        f"**{len(rows)} of {len(everything)} runs of the full table are measured**; each row has its commit and date."
        " The instances are those of the public ALWABP collection (mrpritt/ALWABP; Chaves, Miralles and Lorena 2007;"
        " Borba and Ritt 2014), drawn by seed before anything was tuned (`benchmarks/lines_sample.py`). *Recorded* are"
        " the bounds in the collection's own file, last changed in 2025; nothing here is compared with papers beyond"
        f" that file. Both methods had {CORES} cores and the same instance, one after the other, in a process whose"
        " loops were warm. The peer is a plain CP-SAT model, frozen before anything of this was written, and had at"
        f" most {PEER_SECONDS} s. Values are those of the checker of plans. Other work ran on the same cores: the load"
        " before each run stands beside it, and seconds are those of the clock.",
        "Two things to know. The runs of wee-mag with more than 10 s, the open ones among them, were not made in the"
        " order of the draw: those expected to end soonest came first, so as long as some are missing nothing follows"
        " from the share that was proved. And the annealing was warmed by trials on the drawn instances themselves:"
        " their values after 1 and 10 s are no test on instances that were never seen.",
        "\n".join(page.table(head, groups)),
        "## Bars\n\nEach is judged on what has been measured, and says on how much.",
        "\n".join(page.table(["bar", "figure", "target", "ok or short", "rests on"], judged_)),
        "## Large instances, and lines of equal workers",
        "*Certified* is the bound that the checker without solver accepted; where it is below *bound*, the rest was"
        " excluded by the search itself. A bound that the times alone show needs no certificate.",
        "\n".join(page.table(columns, listed)),
        *_beside_the_file(rows, known),
        "Made by `python benchmarks/lines.py`; the rows are in [lines.json](lines.json).",
    ]
    return "\n\n".join(parts) + "\n"


def _beside_the_file(rows: Sequence[Row], known: dict[tuple[str, int], Recorded]) -> list[str]:
    """Return a paragraph on what is better than the bounds recorded in the file, or contradicts them."""
    ours = [r for r in rows if r.method == "klaver" and r.kind == "workers"]
    lines = []
    for key in dict.fromkeys((r.family, r.number) for r in ours):
        file, bound = known[key], max(r.bound for r in ours if (r.family, r.number) == key)
        value = min((r.value for r in ours if (r.family, r.number) == key and r.value is not None), default=None)
        certified = max((r.certified or 0 for r in ours if (r.family, r.number) == key), default=0)
        told = f"recorded {file.low}-{file.high}, here {bound}-{value}, certified {certified or '-'}"
        if bound > file.high:
            lines.append(f"- {key[0]} {key[1]}: {told}; the recorded value cannot be reached.")
        elif bound > file.low or (value is not None and value < file.high):
            lines.append(f"- {key[0]} {key[1]}: {told}.")
    if not lines:
        return []
    head = (
        "## Beside the bounds recorded in the file\n\nWhere a bound or a value is better than the bounds recorded in"
        " that file, or contradicts them. For tonge 66 the collection's own tables disagree: its bounds say 65, its"
        " exact method says 66."
    )
    return [head + "\n\n" + "\n".join(lines)]


def _told(row: Row, known: dict[tuple[str, int], Recorded]) -> list[str]:
    file = known[row.family, row.number]
    name = f"{row.family} {row.number}{', equal workers' if row.kind == 'equal' else ''}, {row.method}"
    given = "-" if row.kind == "equal" else f"{file.low}-{file.high}" if file.low < file.high else str(file.low)
    figures = [str(row.value), str(row.bound), str(row.certified or "-"), f"{row.seconds:.1f}", f"{row.checked_s:.2f}"]
    return [name, str(row.limit), given, *figures, f"{row.load:.1f}", row.commit, row.date]


def load() -> list[Row]:
    """Return the rows that are kept."""
    names = {field.name for field in fields(Row)}
    rows = page.load(KEPT).get("rows", [])
    return [Row(**{k: tuple(v) if k == "at" else v for k, v in row.items() if k in names}) for row in rows]


def full(minutes: float, known: dict[tuple[str, int], Recorded], only: Sequence[str]) -> list[Row]:
    """Measure what is not kept yet, keep every row at once, and rewrite the page."""
    rows = load()
    have = {(r.kind, r.family, r.number, r.method, r.limit) for r in rows}
    wanted = [
        task
        for task in asked_for()
        if task not in have and (not only or any(fnmatch(f"{task[1]}:{task[2]}:{task[3]}", given) for given in only))
    ]
    for row in measure(wanted, time.monotonic() + 60 * minutes):
        rows.append(row)
        print(" ".join(_told(row, known)), file=sys.stderr, flush=True)
        page.save(KEPT, json.dumps({"rows": [asdict(r) for r in rows]}, indent=0) + "\n")
    page.save(KEPT.with_suffix(".md"), text(rows, known))
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, tell, and judge when asked."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true", help="under 50 seconds; writes nothing")
    asked.add_argument("--bars", action="store_true", help="one line a bar; ends with 1 when one is short")
    asked.add_argument("--minutes", type=float, default=10_000, help="stop after about so many minutes")
    asked.add_argument("--only", action="append", default=[], help="family:number:method, such as tonge:*:klaver")
    asked.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    given = asked.parse_args(arguments)
    if not (DATA / "instances").is_dir():
        print("lines: the ALWABP collection is not beside the project (../shared/data/alwabp): nothing measured")
        return 0
    if given.serve:
        serve()
        return 0
    known = recorded()
    if given.quick:
        rows = list(measure([("workers", f, n, m, 5) for f, n in QUICK for m in METHODS], time.monotonic() + 40))
        for row in rows:
            print(" ".join(_told(row, known)))
    else:
        rows = full(given.minutes, known, given.only)
    found = bars(rows, known)
    for bar in found:
        print(bar.line())
    return 1 if given.bars and not all(b.ok for b in found) else 0


if __name__ == "__main__":
    raise SystemExit(main())
