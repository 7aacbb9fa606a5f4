"""Wrong passphrases are counted for each address; after some there is a pause, for all processes alike."""

from __future__ import annotations

from django.core.cache import cache

TRIES, PAUSE = 8, 300
"""Wrong passphrases in a row, and the seconds of the pause that follows."""


def too_many(where: str) -> bool:
    """Count a try from an address, and tell whether it must wait."""
    key = f"tries:{where}"
    cache.add(key, 0, PAUSE)
    return int(cache.incr(key)) > TRIES


def forgotten(where: str) -> None:
    """Forget the tries of an address that came in."""
    cache.delete(f"tries:{where}")
