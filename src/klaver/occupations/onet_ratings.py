"""How often and how important a task is in O*NET: the table Task Ratings, when it is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from klaver.occupations.onet_tables import CODE, Row, find, rows
from klaver.values import Fault, Faults

NEEDED = (CODE, "Task ID", "Scale ID", "Category", "Data Value")
CATEGORIES = range(1, 8)
"""Of scale FT: 1 yearly or less, 2 more than yearly, 3 more than monthly, 4 more than weekly, 5 daily, 6 several
times daily, 7 hourly or more."""

PER_WEEK = {4: 2, 5: 5, 6: 15, 7: 40}
"""Times in a week of five days that stand for a category (our reading, marked assumed); rarer work has no week."""

CORE_RELEVANCE, CORE_IMPORTANCE = 67.0, 3.0
"""A task is core from this relevance (percent) and importance (1-5) on: O*NET's own rule."""


@dataclass
class Rating:
    """What incumbents said of one task; ``percents`` tells for each category of frequency how many of them chose it."""

    importance: float | None = None
    relevance: float | None = None
    percents: dict[int, float] = field(default_factory=dict)
    few: bool = False

    @property
    def usual(self) -> int | None:
        """Return the category of frequency that the middle answer gives; ``None`` when nobody rated it."""
        total = sum(self.percents.values())
        if not total:
            return None
        sums = accumulate(self.percents.get(c, 0.0) for c in CATEGORIES)
        return next(c for c, reached in zip(CATEGORIES, sums, strict=True) if reached >= total / 2)

    @property
    def kind(self) -> str | None:
        """Return ``Core`` or ``Supplemental`` by O*NET's own rule, or ``None`` when it is not rated."""
        if self.importance is None or self.relevance is None:
            return None
        core = self.relevance >= CORE_RELEVANCE and self.importance >= CORE_IMPORTANCE
        return "Core" if core else "Supplemental"


def ratings(folders: Sequence[Path], occupation: str) -> tuple[dict[str, Rating], str]:
    """Return the rating of each task of an occupation by task id, and the file's name; nothing when there is no file.

    Raises
    ------
    Faults
        For every value that is no number or no category.
    """
    for path in find(folders, "Task Ratings"):
        made: dict[str, Rating] = {}
        faults: list[Fault] = []
        for row in rows(path, NEEDED, occupation):
            try:
                _add(made.setdefault(task_id(row), Rating()), row)
            except (KeyError, ValueError):
                values: dict[str, str | int] = {"given": row.get("Data Value", "-"), "element": row["Task ID"]}
                faults.append(Fault(code="onet.number", values=values, file=path.name))
        if faults:
            raise Faults(faults)
        if made:
            return made, path.name
    return {}, ""


def task_id(row: Row) -> str:
    """Return a task's number without the decimals that a spreadsheet adds."""
    return row["Task ID"].split(".")[0]


def _add(rating: Rating, row: Row) -> None:
    scale, value = row.get("Scale ID"), float(row["Data Value"])
    rating.few = rating.few or row.get("Recommend Suppress") == "Y"
    if scale == "IM":
        rating.importance = value
    elif scale == "RT":
        rating.relevance = value
    elif scale == "FT":
        category = int(float(row["Category"]))
        if category not in CATEGORIES:
            raise ValueError(category)
        rating.percents[category] = value
