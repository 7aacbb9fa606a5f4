"""Whether the tests of the rules would notice a change in them: every small change of a rule, against those tests.

mutmut makes the changes and runs the tests (both named in ``pyproject.toml``); the score is the part of the changes at
which a test fails. ``--quick`` changes one rule, takes under 50 seconds and writes nothing; without it every rule is
changed, the measurement goes on where it was stopped, and ``benchmarks/results/mutation.md`` is written anew.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that it can be called as a file

from benchmarks.running import usable

from benchmarks import page

MUTANTS = page.ROOT / "mutants"
PAGE = page.RESULTS / "mutation.md"
LEAST = 0.90
QUICK = "klaver.design.rules.hours*"
RESULT = re.compile(r"^\s*klaver\.design\.rules\.(\w+)\.\S+: (.+)$", re.MULTILINE)

Tally = dict[str, Counter[str]]
"""By rule: how many changes ended how (killed, survived, timeout, no tests, not checked)."""


def mutmut(*arguments: str) -> str:
    """Run mutmut in the project folder and return what it says."""
    command = [sys.executable, "-m", "mutmut", *arguments]
    done = subprocess.run(command, cwd=page.ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        told = f"{done.stdout[-2000:]}{done.stderr}"
        raise SystemExit(f"mutmut {' '.join(arguments)} ended with {done.returncode}:\n{told}")
    return done.stdout


def begin() -> None:
    """Throw away what was measured with other rules or other tests."""
    tests = [p for p in (page.ROOT / "tests").rglob("*.py") if {"design", "properties"} & set(p.parts)]
    kept, mark = MUTANTS / "fingerprint", page.fingerprint([*tests, page.ROOT / "pyproject.toml"])
    if not kept.exists() or kept.read_text(encoding="utf-8") != mark:
        shutil.rmtree(MUTANTS, ignore_errors=True)
        page.save(kept, mark)


def measure(*names: str) -> Tally:
    """Try the changes, or those with the names, and return how they ended."""
    begin()
    mutmut("run", "--max-children", str(len(usable())), *names)
    return tally(mutmut("results", "--all", "true"))


def tally(told: str) -> Tally:
    """Count how the changes of each rule ended; what was not tried is left out."""
    found: Tally = {}
    for rule, ending in RESULT.findall(told):
        if ending != "not checked":
            found.setdefault(rule, Counter())[ending] += 1
    return dict(sorted(found.items()))


def score(endings: Mapping[str, int]) -> float:
    """Return the part of the changes that a test noticed; running out of time is noticing too."""
    return _noticed(endings) / max(1, sum(endings.values()))


def _noticed(endings: Mapping[str, int]) -> int:
    return endings.get("killed", 0) + endings.get("timeout", 0)


def _row(name: str, endings: Counter[str]) -> list[str]:
    total = endings.total()
    return [name, str(total), str(total - _noticed(endings)), f"{100 * score(endings):.1f} %"]


def text(found: Tally, date: str) -> str:
    """Return the page of results."""
    rows = [_row(rule, endings) for rule, endings in found.items()]
    rows.append(_row("all", sum(found.values(), Counter[str]())))
    parts = [
        "# Mutation: would the tests of the rules notice a change in them?",
        f"Measured on {date}; {page.machine()}; {page.versions('mutmut', 'pytest')}.",
        "Every rule of design (`src/klaver/design/rules`) is changed in every small way that mutmut knows, one change"
        " at a time, and the tests of the rules are run. A change is noticed when a test fails. Part of what stays"
        " unnoticed is no change at all: a sum that is asked to be at most 1 instead of 0 where it moves in steps of"
        " ten, or a second lock on a door that is shut.",
        "\n".join(page.table(["rule", "changes", "unnoticed", "score"], rows)),
        f"The bar is {100 * LEAST:.0f} % over all rules. Made by `python benchmarks/mutation.py`; `mutmut results`"
        " then names what stayed unnoticed and `mutmut show NAME` prints it.",
    ]
    return "\n\n".join(parts) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, tell, and judge when asked."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--quick", action="store_true", help="one rule; under 50 seconds; writes no page")
    asked.add_argument("--bars", action="store_true", help="one line a bar; ends with 1 when one is short")
    given = asked.parse_args(arguments)
    found = measure(QUICK) if given.quick else measure()
    if not given.quick:
        page.save(PAGE, text(found, page.today()))
    reached = score(sum(found.values(), Counter[str]()))
    if given.bars:
        print("mutation_score_rules", f"{reached:.4f}", f">={LEAST:.2f}", "ok" if reached >= LEAST else "short")
        return int(reached < LEAST)
    print(text(found, page.today()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
