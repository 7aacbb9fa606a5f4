"""The page of defaults: every number that Klaver assumes or takes from the law, with where it comes from.

``python -m klaver.documents.defaults > docs/reference/defaults.md`` writes the page anew; a test keeps it in step.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from importlib.resources import files

from klaver.language.tell import messages
from klaver.scale.composed import composed_facts
from klaver.values.dated import Parameter

HEAD = """# Defaults

The thresholds on which a design rests, as they ship. None of them is a measurement of your house: *assumed* ones are
there to be replaced. A rule that is not confirmed for your house is kept when that is possible; when it is not, it only
warns. The report repeats the thresholds it used, with the date. This page is made from the data itself:
`python -m klaver.documents.defaults`.

## Thresholds of job design

From `src/klaver/design/parameters.toml`. The name is the one that the file and `--json` use.
"""

FACTS = """
## From a timetable to a level

From `src/klaver/scale/composed.toml`. What a job asks of memory, stamina and the like follows from its timetable: up to
the first number it is level 0, up to the next one level 1, and so on; above the last it is level 4. All are assumed; a
person confirms the level for each job.
"""


def page() -> str:
    """Return the page as Markdown."""
    return "\n".join([HEAD, *_parameters(), FACTS, *_facts()]) + "\n"


def _parameters() -> Iterator[str]:
    text = (files("klaver.design") / "parameters.toml").read_text(encoding="utf-8")
    rows = [Parameter.model_validate(row, strict=False) for row in tomllib.loads(text)["parameter"]]
    yield _row("name", "meaning", "value", "unit", "from", "certainty", "confirmed", "source", "who may change it")
    yield _row(*["---"] * 9)
    for p in rows:
        since = p.valid_from if p.valid_to is None else f"{p.valid_from} to {p.valid_to}"
        source = p.source if p.derogation is None else f"{p.source}. Departures: {p.derogation}"
        sure = "yes" if p.confirmed else "no"
        meaning = messages("threshold")[p.name]["en"].partition(",")[0]
        yield _row(f"`{p.name}`", meaning, p.value, p.unit, since, p.certainty.value, sure, source, p.who_may_change)


def _facts() -> Iterator[str]:
    yield _row("dimension", "fact", "up to", "unit", "counted over", "source")
    yield _row(*["---"] * 6)
    for f in composed_facts():
        yield _row(f.dimension, f"`{f.fact}`", ", ".join(map(str, f.thresholds)), f.unit, f"a {f.scope}", f.source)


def _row(*cells: object) -> str:
    return f"| {' | '.join(str(c).replace('|', '/') for c in cells)} |"


if __name__ == "__main__":
    sys.stdout.write(page())
