"""Days of the week as people type them: numbers, names, "ma-vr", "elke dag", "2 x weekdagen"; in three languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from klaver.language.spelling import plain
from klaver.language.tell import LANGUAGES, Language, day_name, tell
from klaver.values import Weekday
from klaver.values.time import ALL_DAYS, WORKING_DAYS

PATTERNS: dict[str, tuple[Weekday, ...]] = {
    "every_day": ALL_DAYS,
    "weekdays": WORKING_DAYS,
    "weekend": (Weekday.SATURDAY, Weekday.SUNDAY),
}
_TIMES = re.compile(r"^(\d{1,2})\s*(?:x|×|keer|maal|fois|times)\s+(.+)$")
_JOINTS = re.compile(r"[\s,;.+&]+")
_AND = {"en", "et", "and"}


def parse_days(text: str) -> tuple[Weekday, ...] | None:
    """Return the days that a text names, or ``None`` when it names none or could mean different ones.

    "ma" alone is Monday in Dutch and Tuesday in French, so it is refused; "ma, wo" can only be Dutch.
    """
    said = plain(text)
    for name, days in PATTERNS.items():
        if said in _phrases(name):
            return days
    said = re.sub(r"\s*(?:-|–|\btot\b|\bt/m\b|\bau\b|\bto\b)\s*", "-", said)
    words = [w for w in _JOINTS.split(said) if w and w not in _AND]
    found = {read for lang in LANGUAGES if words and (read := _in(words, lang)) is not None}
    return found.pop() if len(found) == 1 else None


def parse_pattern(text: str) -> tuple[int, ...] | None:
    """Return the times on Monday ... Sunday that a text names ("2 x weekdagen"), or ``None``; other days are 0."""
    said = _TIMES.match(plain(text))
    days = parse_days(said[2] if said else text)
    return None if days is None else tuple((int(said[1]) if said else 1) * (d in days) for d in Weekday)


def show_days(days: Sequence[Weekday], lang: Language) -> str:
    """Return what a person would type for some days, in words that no other language reads otherwise."""
    name = next((n for n, d in PATTERNS.items() if d == tuple(days)), None)
    return tell(f"choice.{name}", lang) if name else ", ".join(day_name(Weekday(d), lang) for d in days)


def show_pattern(times: Sequence[int], lang: Language) -> str | None:
    """Return the words for the times of a week, or ``None`` when days differ and only numbers can say it."""
    counts = {n for n in times if n}
    if len(counts) != 1:
        return None
    days = show_days([d for d in Weekday if times[d]], lang)
    count = counts.pop()
    return days if count == 1 else tell("choice.times_a_day", lang, times=count, days=days)


def offered(lang: Language) -> tuple[str, ...]:
    """Return the patterns to choose from with one click."""
    words = [tell(f"choice.{name}", lang) for name in PATTERNS]
    return (*words, tell("choice.times_a_day", lang, times=2, days=words[0]), day_name(Weekday.MONDAY, lang))


@cache
def _phrases(name: str) -> frozenset[str]:
    said = [tell(f"choice.{name}", lang) for lang in LANGUAGES]
    also = [p for lang in LANGUAGES for p in tell(f"choice.{name}_also", lang).split("|")]
    return frozenset(map(plain, (*said, *also)))


def _in(words: list[str], lang: Language) -> tuple[Weekday, ...] | None:
    made: list[Weekday] = []
    for word in words:
        ends = [_day(part, lang) for part in word.split("-")]
        if len(ends) > 2 or None in ends:
            return None
        first, last = ends[0], ends[-1]
        assert first is not None and last is not None
        if last < first:
            return None
        made += [Weekday(d) for d in range(first, last + 1)]
    return tuple(made)


def _day(word: str, lang: Language) -> Weekday | None:
    if word in {"1", "2", "3", "4", "5", "6", "7"}:
        return Weekday(int(word) - 1)
    near = [d for d in Weekday if len(word) > 1 and plain(day_name(d, lang)).startswith(word)]
    return near[0] if len(near) == 1 else None
