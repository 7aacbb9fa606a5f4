"""What the words of a task's name give away: danger or law behind it, and several tasks in one name."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import cast

from klaver.language.spelling import plain

_JOINT = {"nl": r",|\ben\b|\bof\b", "fr": r",|\bet\b|\bou\b|\bpuis\b", "en": r",|\band\b|\bor\b|\bthen\b"}


def guard_words(name: str, lang: str) -> dict[str, str]:
    """Return the guards that a name touches, by code, each with the word of the name that touched it.

    The words stand in ``guards.toml``, per guard and language; ``*`` stands for any letters.
    """
    text = plain(name)
    found = {}
    for guard, pattern in _guards(lang).items():
        hit = pattern.search(text)
        if hit:
            found[guard] = hit[0]
    return found


def joined_verbs(name: str, lang: str) -> tuple[str, ...]:
    """Return the parts of a name in which at least two verbs are joined by a comma or "and"; else nothing.

    In Dutch the verb ends a part ("tafels afruimen en vloer vegen"); in French and English it begins one. Two things
    that share one verb ("borden en kopjes afwassen") are one task.
    """
    pieces = [p.strip(" .;:") for p in re.split(_JOINT[lang], plain(name.split("(")[0]))]
    pieces = [p for p in pieces if p]
    at = [i for i, piece in enumerate(pieces) if _holds_verb(piece, lang)]
    if len(at) < 2:
        return ()
    # in Dutch what stands before a verb belongs to it, elsewhere what follows it
    cuts = [i + 1 for i in at[:-1]] if lang == "nl" else at[1:]
    return tuple(", ".join(pieces[a:b]) for a, b in pairwise([0, *cuts, len(pieces)]))


def _holds_verb(piece: str, lang: str) -> bool:
    words = re.findall(r"[a-z'-]+", piece)
    if not words:
        return False
    if lang == "nl":
        return str(words[-1]).endswith(_verbs("nl"))
    return words[0].removeprefix("s'") in _verbs(lang)


@cache
def _verbs(lang: str) -> tuple[str, ...]:
    return tuple(cast(dict[str, list[str]], tomllib.loads(_text("verbs.toml")))[lang])


@cache
def _guards(lang: str) -> dict[str, re.Pattern[str]]:
    table = cast(dict[str, dict[str, list[str]]], tomllib.loads(_text("guards.toml")))
    return {guard: re.compile("|".join(_pattern(w) for w in words[lang])) for guard, words in table.items()}


def _pattern(word: str) -> str:
    return r"(?<!\w)" + re.escape(plain(word)).replace(r"\*", r"[\w-]*").replace(r"\ ", r"\s+") + r"(?!\w)"


def _text(name: str) -> str:
    return (files("klaver.work") / name).read_text(encoding="utf-8")
