"""Work that no longer fits its window in a larger house: several people do it at once, each a part of it.

A round that one person does in an ordinary house of the library (30 residents, 12 classes) is done by two people in
one twice as large. So a task that would overflow its window stands in the start once for each such house, with its
share of the minutes; orders, links and volumes follow. Reserved work stays whole: the team may do it together.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import product
from typing import Any

from klaver.language import LANGUAGES, tell
from klaver.values import parse_clock
from klaver.work.records import Legal

Table = dict[str, Any]

TEMPO = 1.3
"""A new worker's minutes for each minute of a colleague, as assumed when nothing is known."""


def in_parts(data: Table, usual: Mapping[str, int], counts: Mapping[str, int]) -> Table:
    """Return the library's text with each task that overflows its window cut into parts of an ordinary house."""
    parts = {row["id"]: _parts(row, usual, counts) for row in data["task"]}
    if max(parts.values()) == 1:
        return data
    ids = {i: [i] if n == 1 else [f"{i}.{part}" for part in range(1, n + 1)] for i, n in parts.items()}
    made = {**data, "task": [_part(row, i, at, len(ids[row["id"]])) for row in data["task"] for at, i in _of(row, ids)]}
    made["order"] = [
        {**order, "before": first, "after": then}
        for order in data.get("order", [])
        for first, then in product(ids[order["before"]], ids[order["after"]])
    ]
    made["link"] = [
        {**link, "first": one, "second": two} for link in data.get("link", []) for one, two in _pairs(link, ids)
    ]
    made["scenario"] = [
        {**season, "tasks": {i: v for t, v in season.get("tasks", {}).items() for i in ids[t]}}
        for season in data.get("scenario", [])
    ]
    return made


def _parts(row: Table, usual: Mapping[str, int], counts: Mapping[str, int]) -> int:
    unit = row.get("unit")
    if unit is None or "window" not in row or row.get("legal") == Legal.RESERVED:
        return 1
    first, last = map(parse_clock, row["window"])
    if math.ceil(row["per_unit"][1] * counts[unit] - 1e-9) * TEMPO <= last - first:
        return 1
    return -(-counts[unit] // usual[unit])


def _of(row: Table, ids: Mapping[str, list[str]]) -> list[tuple[int, str]]:
    return list(enumerate(ids[row["id"]], 1))


def _part(row: Table, ident: str, part: int, parts: int) -> Table:
    if parts == 1:
        return row
    names = {lang: tell("starter.part", lang, name=row["name"][lang], part=part, parts=parts) for lang in LANGUAGES}
    return {**row, "id": ident, "name": names, "per_unit": [m / parts for m in row["per_unit"]]}


def _pairs(link: Table, ids: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    """Return the pairs that a link speaks of: of what belongs together each part with its like, else every pair."""
    one, two = ids[link["first"]], ids[link["second"]]
    if link["kind"] == "apart":
        return list(product(one, two))
    return [(one[i % len(one)], two[i % len(two)]) for i in range(max(len(one), len(two)))]
