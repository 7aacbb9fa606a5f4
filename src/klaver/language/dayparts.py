"""Parts of a day as people type them: "voormiddag namiddag", "matin + soir", "all", "-"; in three languages."""

from __future__ import annotations

import re
from functools import cache
from typing import get_args

from klaver.language.spelling import plain
from klaver.language.tell import LANGUAGES, tell
from klaver.values.time import DayPart

_JOINTS = re.compile(r"[\s,;+&]+")
_NOTHING = "-"
_PARTS: tuple[DayPart, ...] = get_args(DayPart)


def parse_parts(text: str) -> tuple[DayPart, ...] | None:
    """Return the parts that a text names, in the order of the day; none for "-", and ``None`` when it names none.

    A part may stand there twice; it counts once.
    """
    said = plain(text)
    if said in _words("parts_all"):
        return _PARTS
    if says_none(text):
        return ()
    named = [_part(word) for word in _JOINTS.split(said) if word]
    if not named or None in named:
        return None
    return tuple(part for part in _PARTS if part in named)


def says_none(text: str) -> bool:
    """Tell whether a text is a dash or the word for none: something is known, and it is that there is nothing."""
    return text.strip() == _NOTHING or plain(text) in _words("parts_none")


def _part(word: str) -> DayPart | None:
    return next((p for p in _PARTS if word in _words(f"part_{p}") or word in _words(f"part_{p}_also")), None)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(plain(word) for lang in LANGUAGES for word in tell(f"time.{name}", lang).split("|"))
