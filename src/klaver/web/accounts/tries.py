"""Wrong passphrases are counted for each name; after some there is a pause, for all processes alike.

Behind a reverse proxy everybody comes from one address, so addresses are not counted.
"""

from __future__ import annotations

import hashlib

from django.core.cache import cache

TRIES, PAUSE = 8, 300
"""Wrong passphrases in a row, and the seconds of the pause that follows."""


def too_many(name: str) -> bool:
    """Tell whether a name must wait; else count this try of it. What is tried during a pause does not lengthen it."""
    tried = int(cache.get(_key(name), 0))
    if tried >= TRIES:
        return True
    cache.set(_key(name), tried + 1, PAUSE)
    return False


def forgotten(name: str) -> None:
    """Forget the tries of a name that came in."""
    cache.delete(_key(name))


def _key(name: str) -> str:
    return f"tries:{hashlib.sha256(name.encode()).hexdigest()}"
