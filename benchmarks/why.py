"""Why not: right against a twin that looks at every timetable, every named task needed, and soon on the example ward.

Questions are drawn by chance on small workplaces (``tests/design/why_twin.py``), and on a design of two jobs for the
example ward every kind of question is timed. ``--quick`` takes few and writes nothing; ``--bars`` prints a line a bar
and ends with 1 when one is short; without either, what is not measured yet is measured, block by block, and the page
is written anew.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that it can be called as a file

from benchmarks.rows import Rows, code, stamps
from benchmarks.why_asked import KINDS, drawn, timed, ward

from benchmarks import page

KEPT = page.RESULTS / "why.json"
BLOCKS = {"why": (20, 500), "out": (5, 200), "change": (5, 20)}
"""Of each kind of drawn question how many blocks, and of how many questions."""

QUICK = {"why": (1, 200), "out": (1, 30), "change": (1, 3)}
ON_WARD, QUICK_ON_WARD = 120, 24
FILES = [page.ROOT / "benchmarks" / "why_asked.py", page.ROOT / "tests" / "design" / "why_twin.py"]


def bars(rows: Sequence[dict[str, Any]]) -> list[tuple[str, float, str, bool]]:
    """Judge everything that was measured."""
    made = []
    for kind in BLOCKS:
        mine = [r for r in rows if r["kind"] == kind]
        wrong, asked = sum(r["wrong"] for r in mine), sum(r["questions"] for r in mine)
        made.append((f"{kind}_wrong_of_{asked}", float(wrong), "<=0", wrong == 0 and asked > 0))
        made.append(
            (f"{kind}_not_decided", float(sum(r["open"] for r in mine)), "<=0", not any(r["open"] for r in mine))
        )
    named, needed = (sum(r[k] for r in rows) for k in ("named", "needed"))
    made.append((f"needed_of_{named}_named", needed / max(1, named), ">=1", needed == named and named > 0))
    for kind in KINDS:
        for row in (r for r in rows if r["kind"] == f"ward {kind}"):
            made.append((f"ward_{kind}_p95_core_s", row["p95"], "<=0.5", row["p95"] <= 0.5))
    return made


def text(rows: Sequence[dict[str, Any]]) -> str:
    """Return the page of results."""
    asked = [
        [kind, *(str(sum(r[k] for r in rows if r["kind"] == kind)) for k in ("questions", "wrong", "open"))]
        for kind in BLOCKS
    ]
    on_ward = [
        [
            *(r["kind"].removeprefix("ward "), str(r["questions"])),
            *(f"{r[k]:.3f}" for k in ("p50", "p95", "most", "wall")),
            *(str(r["open"]), f"{r['load']:.1f}"),
        ]
        for r in rows
        if "p95" in r
    ]
    judged = [[name, f"{figure:.3f}", target, "ok" if ok else "short"] for name, figure, target, ok in bars(rows)]
    parts = [
        "# Why: right, needed, and soon",
        f"{stamps(rows)} {page.versions('numba')}.",
        "On small drawn workplaces each answer is laid beside a twin that looks at every timetable and lets the checker"
        " judge each. *why*: is a task possible in a job on a day, all reasons, the tasks that are named. *out*"
        " is the fewest tasks to take out, *change* the smallest change of each kind, beside trying every change.",
        "\n".join(page.table(["question", "asked", "wrong", "not decided"], asked)),
        "Every task that is named as leaving no room is left out once, and the exact day is asked without the kernel:"
        " all together have no timetable, without any one of them there is one.",
        "On a design of two jobs for the example ward, seconds of one core a question (a task, a day, a job), nothing"
        " remembered between questions. *Not decided* of *force* are those for which no good plan near was found, which"
        " proves nothing and takes longest: the repair then looks for all it may. The load is that of a machine of two"
        " cores on which others worked too.",
        "\n".join(
            page.table(["question", "asked", "p50", "p95", "most", "p95 on the wall", "not decided", "load"], on_ward)
        ),
        "## Bars",
        "\n".join(page.table(["bar", "figure", "target", "ok or short"], judged)),
        "What each question means: [decision 14](../../docs/decisions/0014-why-is-a-set-of-reasons.md). Made by"
        " `python benchmarks/why.py`; the rows are in [why.json](why.json).",
    ]
    return "\n\n".join(parts) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, tell, and judge when asked."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--quick", action="store_true", help="few questions; writes nothing")
    asked.add_argument("--bars", action="store_true", help="one line a bar; ends with 1 when one is short")
    asked.add_argument("--only", choices=(*BLOCKS, "ward"), help="measure this kind alone")
    given = asked.parse_args(arguments)
    if given.quick:
        rows = [drawn(kind, 0, many) for kind, (_, many) in QUICK.items()]
        rows += timed(*ward(quick=True), QUICK_ON_WARD)
    elif given.bars:
        rows = page.load(KEPT).get("rows", [])
    else:
        rows = _measured(given.only)
    judged = bars(rows)
    for name, figure, target, ok in judged:
        print(name, f"{figure:.4f}", target, "ok" if ok else "short")
    return 0 if not given.bars or all(ok for *_, ok in judged) else 1


def _measured(only: str | None) -> list[dict[str, Any]]:
    kept, this = Rows(KEPT, ("kind", "block")), code(FILES, engine=True)
    for kind, (blocks, many) in BLOCKS.items():
        for block in range(blocks):
            if only in (None, kind) and not kept.has(this, kind=kind, block=block):
                kept.add(this, [drawn(kind, block, many)])
                print(f"{kind} {block}: measured", file=sys.stderr)
    if only in (None, "ward") and not all(kept.has(this, kind=f"ward {kind}", block=0) for kind in KINDS):
        kept.add(this, list(timed(*ward(quick=False), ON_WARD)))
    page.save(page.RESULTS / "why.md", text(kept.every))
    return kept.every


if __name__ == "__main__":
    sys.exit(main())
