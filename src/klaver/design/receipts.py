"""The receipt of a search that has not begun: what is asked, of what, and with which versions."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec

from klaver.design.records import Receipt
from klaver.people.records import Profile
from klaver.work.records import Workplace


def receipt_of(place: Workplace, found: Sequence[Profile], seed: int, asked: int, on: str, work: float) -> Receipt:
    """Return the receipt of a search that has not begun."""
    people = hashlib.sha256("".join(p.to_json() for p in found).encode()).hexdigest()
    named = ("klaver", "ortools", "pydantic", *(("numba",) if find_spec("numba") else ()))
    versions = {name: version(name) for name in named}
    return Receipt(
        workplace=place.fingerprint(),
        people=people,
        seed=seed,
        round_work=round(work * 1000),
        alternatives=asked,
        versions=versions,
        parameters_on=on,
    )
