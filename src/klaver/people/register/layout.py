"""The columns of a register of people: the published specification, for reading, writing and the manual alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from klaver.language.spelling import plain
from klaver.scale.dimensions import dimensions
from klaver.scale.ladder import SKILLS
from klaver.values.time import DAY

Kind = Literal["id", "mark", "level", "aids", "step", "hours", "clock", "days", "parts", "codes", "zone", "means"]

WEEK = 7 * DAY
"""Minutes in a week."""

MARK = "synthetic"
"""The heading and the only content of the column that says that nobody in a register exists."""

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Column:
    """A column of a register.

    ``condition`` is the row of :data:`klaver.people.columns.CONDITIONS` that it fills, ``number`` the dimension (or the
    day, Monday 0), ``most`` the highest number of minutes.
    """

    name: str
    kind: Kind
    condition: str = ""
    number: int = 0
    most: int = 0

    @property
    def message(self) -> str:
        """The code of the sentence that says what stands in the column."""
        return f"register.column_{'parts' if self.kind == 'parts' else self.name}"


@cache
def columns() -> dict[str, Column]:
    """Return every column by name, in the order in which Klaver writes them."""
    made = (
        Column("id", "id"),
        Column(MARK, "mark"),
        *(Column(d.code, "level", number=d.number) for d in dimensions()),
        Column("aids", "aids"),
        *(Column(f"lang_{skill}", "step", f"language_{skill}") for skill in SKILLS),
        Column("hours_min", "hours", "week_min", most=WEEK),
        Column("hours_max", "hours", "week_max", most=WEEK),
        Column("hours_day_max", "hours", "day_max", most=DAY),
        Column("earliest", "clock", "earliest", most=DAY),
        Column("latest", "clock", "latest", most=2 * DAY),
        Column("days", "days", "days"),
        *(Column(f"parts_{day}", "parts", "day_parts", number) for number, day in enumerate(DAYS)),
        Column("permits", "codes", "permits"),
        Column("not_wanted", "codes", "excluded"),
        Column("wanted", "codes", "wanted"),
        Column("zone", "zone"),
        Column("means", "means", "means"),
    )
    return {column.name: column for column in made}


def key(heading: str) -> str:
    """Return a heading in the form in which headings are compared: small letters, no accents, ``_`` for blanks."""
    return re.sub(r"[\s_-]+", "_", plain(heading)).strip("_")


@cache
def headings() -> dict[str, str]:
    """Return the name of the column for every heading that is understood without a mapping file.

    A dimension may also be headed by its number in two digits (``d01`` to ``d36``). A bare ``1`` is not understood: the
    first row of a file without headings could be read as headings then. Nor is ``d1``: it is a chapter of ICF.
    """
    numbered = {f"d{c.number:02d}": c.name for c in columns().values() if c.kind == "level"}
    return {key(name): name for name in columns()} | numbered


@cache
def spoken() -> dict[str, str]:
    """Return the name of the column for words that a person may have used instead: they are suggested, not read."""
    labels = {key(label): d.code for d in dimensions() for label in d.label.values()}
    return labels | headings()
