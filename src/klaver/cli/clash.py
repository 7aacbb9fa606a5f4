"""Wishes that cannot be met together, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from klaver.design.solve.conflict import Conflict


def conflict_data(clash: Conflict | None) -> dict[str, object]:
    """Return the clash as plain data."""
    if clash is None:
        return {"status": "impossible", "conflict": []}
    wishes = [{"wish": w.key, "code": w.code, "value": w.value} for w in clash.wishes]
    repair = clash.repair and {
        "changes": [{"wish": w.key, "value": w.value, "into": new} for w, new in clash.repair.changes],
        "steps": clash.repair.steps,
        "cheapest": clash.repair.cheapest,
    }
    return {"status": "impossible", "conflict": wishes, "confirmed": clash.confirmed, "repair": repair}
