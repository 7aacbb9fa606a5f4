"""One cell of a register: from what stands there to a whole number, or to the mistake that it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from klaver.language.dayparts import parse_parts, says_none
from klaver.language.weekdays import parse_days
from klaver.people.columns import MOST_WORDS, NOT_KNOWN, Names
from klaver.people.reading import aids
from klaver.people.records import MEANS, Means
from klaver.people.register.layout import MARK, Column
from klaver.scale.ladder import STEPS
from klaver.values import clock, parse_clock
from klaver.values.time import DAY_PARTS

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
MOST_CODES = MOST_WORDS
"""Different permits, and different task families, in one register: each is a bit."""

MOST_ZONES = 65_536
"""Different zones in one register; more is no zone but an address or a number of a person."""

_SHOWN = re.compile(r"[-+]?\d{1,6}([.,:]\d{1,3})?%?|[A-Fa-f][0-9]")
_LEVEL = re.compile(r"([0-4])(?:[.,]0+)?")
_NUMBER = re.compile(r"\d{1,6}(?:[.,]\d+)?")
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_HOURS = re.compile(r"(\d{1,3})\s*[:hu]\s*([0-5]\d)(?::00)?")
_SECONDS = re.compile(r"(:\d\d):00$")
_RUN_OF_DAYS = re.compile(r"[1-7]{2,7}")
_ERROR = re.compile(r"#[A-Z/0]+[!?A]?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d([ T]00:00:00)?")
_JOINTS = re.compile(r"[\s+]+")
SHORT_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,9}")
"""A code too short to hold a national number: it needs no further look."""

_NATIONAL = re.compile(r"(?<!\d)(?:\d[ ./-]{0,2}){10}\d(?!\d)")

Read = Callable[[str], int]


class BadCell(Exception):
    """A cell that cannot be read; ``code`` names the remedy (messages ``register``)."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code, self.values = f"register.{code}", values


def shown(text: str) -> str:
    """Return what was given when it is a short number or a language step; of anything else nothing is repeated.

    A register is about people, and a mistake is read by others than the one who keeps it: a name, a diagnosis or a
    date of birth that slipped into a column must not travel on in a message.
    """
    text = text.strip()
    return text if _SHOWN.fullmatch(text) else "…"


def reader(column: Column, names: Names) -> Read:
    """Return the function that reads a cell of a column; it raises :class:`BadCell` for what does not belong there.

    What it gives is a level, a step of the ladder, minutes, bits or the number of a zone; -1 when nothing is known.
    """
    inside = _READERS[column.kind](column, names)

    def read(text: str) -> int:
        text = text.strip()
        if not text:
            return NOT_KNOWN
        if text.startswith("="):
            raise BadCell("formula")
        if _ERROR.fullmatch(text):
            raise BadCell("error_value", given=text)
        if _DATE.fullmatch(text):
            raise BadCell("date")
        return inside(text)

    return read


def _level(_: Column, __: Names) -> Read:
    def read(text: str) -> int:
        found = _LEVEL.fullmatch(text)
        if not found:
            raise BadCell("level", given=shown(text))
        return int(found[1])

    return read


def _step(_: Column, __: Names) -> Read:
    steps = {step.casefold(): at for at, step in enumerate(STEPS)}

    def read(text: str) -> int:
        found = 0 if says_none(text) else steps.get(text.casefold())
        if found is None:
            raise BadCell("step", given=shown(text))
        return found

    return read


def _hours(column: Column, _: Names) -> Read:
    def read(text: str) -> int:
        found = _HOURS.fullmatch(text.casefold())
        if found:
            minutes = int(found[1]) * 60 + int(found[2])
        elif _AMBIGUOUS.fullmatch(text):
            raise BadCell("ambiguous", given=text)
        elif _NUMBER.fullmatch(text):
            minutes = round(float(text.replace(",", ".")) * 60)
        else:
            raise BadCell("hours", given=shown(text))
        if minutes > column.most:
            raise BadCell("hours_many", given=shown(text), most=column.most // 60)
        return minutes

    return read


def _clock(column: Column, _: Names) -> Read:
    def read(text: str) -> int:
        try:
            minutes = parse_clock(_SECONDS.sub(r"\1", text))
        except ValueError:
            raise BadCell("clock", given=shown(text)) from None
        if minutes > column.most:
            raise BadCell("clock_late", given=shown(text), most=clock(column.most))
        return minutes

    return read


def _days(_: Column, __: Names) -> Read:
    def read(text: str) -> int:
        found = tuple(int(d) - 1 for d in text) if _RUN_OF_DAYS.fullmatch(text) else parse_days(text)
        if not found:
            raise BadCell("days", given=shown(text))
        return _bits(found)

    return read


def _parts(column: Column, _: Names) -> Read:
    def read(text: str) -> int:
        found = parse_parts(text)
        if found is None:
            raise BadCell("parts", given=shown(text))
        return _bits(DAY_PARTS.index(part) for part in found)

    return read


def _among(known: tuple[str, ...], code: str) -> Read:
    """Return a reader of codes out of a list."""
    told = ", ".join(known)

    def read(text: str) -> int:
        words = _JOINTS.split(text)
        if any(word not in known for word in words):
            raise BadCell(code, known=told)
        return _bits(known.index(word) for word in words if word in known)

    return read


def means_of(text: str) -> frozenset[Means] | None:
    """Return the means of transport that a text names, or ``None`` when it names anything else."""
    words = _JOINTS.split(text)
    return frozenset(m for m in MEANS if m in words) if set(words) <= set(MEANS) else None


def _codes(column: Column, names: Names) -> Read:
    table = names.permits if column.condition == "permits" else names.families

    def read(text: str) -> int:
        if says_none(text):
            return 0
        words = _JOINTS.split(text)
        if not all(CODE.fullmatch(word) for word in words):
            raise BadCell("codes")
        if len(table.keys() | set(words)) > MOST_CODES:
            raise BadCell("many_codes", limit=MOST_CODES)
        return names.mask(table, words)

    return read


def _zone(_: Column, names: Names) -> Read:
    def read(text: str) -> int:
        if not CODE.fullmatch(text):
            raise BadCell("zone")
        if text not in names.zones and len(names.zones) >= MOST_ZONES:
            raise BadCell("many_zones", limit=MOST_ZONES)
        return names.zone(text)

    return read


def _mark(_: Column, __: Names) -> Read:
    def read(text: str) -> int:
        if text.casefold() != MARK:
            raise BadCell("mark")
        return 1

    return read


def _bits(places: Iterable[int]) -> int:
    return sum({1 << place for place in places})


_READERS: dict[str, Callable[[Column, Names], Read]] = {
    "level": _level,
    "step": _step,
    "hours": _hours,
    "clock": _clock,
    "days": _days,
    "parts": _parts,
    "aids": lambda _, __: _among(tuple(aids()), "aids"),
    "means": lambda _, __: _among(MEANS, "means"),
    "codes": _codes,
    "zone": _zone,
    "mark": _mark,
}


def pseudonym(text: str) -> str:
    """Return a pseudonym without blanks around it.

    Raises
    ------
    BadCell
        When it is blank, no code, or looks like something by which a person is known.
    """
    text = text.strip()
    if CODE.fullmatch(text) and not national_number(text):
        return text
    if not text:
        raise BadCell("id_blank")
    if national_number(text):
        raise BadCell("id_national")
    if "@" in text:
        raise BadCell("id_mail")
    if len(text.split()) > 1:
        raise BadCell("id_name")
    raise BadCell("id_code")


def national_number(text: str) -> bool:
    """Tell whether a Belgian national register (or bis) number stands in a text, with or without its signs.

    Eleven digits of which the last two are 97 minus the rest of the first nine divided by 97; for who was born from
    2000 on, a 2 stands before the nine (royal decree of 3 April 1984).
    """
    return any(_checked(re.sub(r"\D", "", found)) for found in _NATIONAL.findall(text))


def _checked(digits: str) -> bool:
    first, check = int(digits[:9]), int(digits[9:])
    return check in (97 - first % 97, 97 - (2_000_000_000 + first) % 97)
