"""Turn a code and its values into a sentence in nl, fr or en."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal, TypeGuard, cast, get_args

from klaver.values import Fault, Weekday, clock

Language = Literal["nl", "fr", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@cache
def messages(area: str) -> dict[str, dict[str, str]]:
    """Return the messages of one area: ``{name: {"nl": ..., "fr": ..., "en": ...}}``.

    An area is a file ``language/messages/<area>.toml``; a message code is ``<area>.<name>``.
    """
    source = files("klaver.language") / "messages" / f"{area}.toml"
    return cast(dict[str, dict[str, str]], tomllib.loads(source.read_text(encoding="utf-8")))


def tell(code: str, lang: Language, /, **values: object) -> str:
    """Tell ``code`` in a language, filled with ``values`` (``str.format`` fields).

    Raises
    ------
    KeyError
        When no such message exists: a fault in Klaver, never in the input.
    """
    area, name = code.split(".", 1)
    return messages(area)[name][lang].format(**values)


def tell_fault(fault: Fault, lang: Language) -> str:
    """Tell a mistake with its place in front: ``ward.xlsx, sheet Taken, row 7, column Minuten: ...``."""
    place = [fault.file] if fault.file else []
    if fault.sheet:
        place.append(tell("place.sheet", lang, sheet=fault.sheet))
    if fault.row is not None:
        place.append(tell("place.row", lang, row=fault.row))
    if fault.column:
        place.append(tell("place.column", lang, column=fault.column))
    values = {k: tell(v, lang) if k == "why" and _is_why(v) else v for k, v in fault.values.items()}
    sentence = tell(fault.code, lang, **values)
    return f"{', '.join(place)}: {sentence}" if place else sentence


def _is_why(value: str | int) -> TypeGuard[str]:
    """Tell whether a value of a mistake is itself a message: a reason, as its code."""
    area, _, name = str(value).partition(".")
    return area == "why" and name in messages("why")


def day_name(day: Weekday, lang: Language, *, short: bool = False) -> str:
    """Name a weekday, in full or in its usual short form."""
    return tell(f"time.{'short' if short else 'long'}_{day.name.lower()}", lang)


def number(value: float, lang: Language, *, decimals: int = 1) -> str:
    """Write a number with the language's decimal sign: ``7,5`` in Dutch and French, ``7.5`` in English."""
    text = f"{value:.{decimals}f}"
    if text.strip("-0.") == "":
        text = text.removeprefix("-")
    return text if lang == "en" else text.replace(".", ",")


def hours(minutes: float, lang: Language) -> str:
    """Write minutes as hours with one decimal and the unit: ``6,4 uur``."""
    return tell("time.hours", lang, hours=number(minutes / 60, lang))


def clock_range(start: int, end: int) -> str:
    """Write two times of day as ``07:30-09:00``."""
    return f"{clock(start)}-{clock(end)}"
