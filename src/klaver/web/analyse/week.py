"""The days of a task in a form: a button for each weekday, how often on such a day, and numbers where days differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from klaver.language import day_name, tell
from klaver.values import Weekday
from klaver.web.frame.reader import lang
from klaver.work.records import TimesPerDay, Week

MOST = 96
"""Times on a day that a record allows."""


def week_fields(prefix: str = "", *, single: bool = True) -> dict[str, forms.Field]:
    """Return the fields: ``on_0`` ... ``on_6``, ``each``, and with ``single`` a number for each day."""
    made: dict[str, forms.Field] = {
        f"{prefix}on_{day.value}": forms.BooleanField(required=False, label=day_name(day, lang(), short=True))
        for day in Weekday
    }
    made[f"{prefix}each"] = _times(tell("analyse.each", lang()))
    if single:
        made |= {f"{prefix}day_{day.value}": _times(day_name(day, lang())) for day in Weekday}
    return made


def _times(label: str) -> forms.IntegerField:
    return forms.IntegerField(required=False, min_value=0, max_value=MOST, label=label)


def week_initial(times: Week | None, prefix: str = "") -> dict[str, Any]:
    """Return what the fields hold for the times of a week."""
    if times is None:
        return {}
    counts = {n for n in times if n}
    made: dict[str, Any] = {f"{prefix}on_{d}": n > 0 for d, n in enumerate(times)}
    if len(counts) < 2:
        return made | {f"{prefix}each": counts.pop() if counts else 0}
    return made | {f"{prefix}day_{d}": n for d, n in enumerate(times) if n}


def week_of(data: Mapping[str, Any], prefix: str = "") -> Week | None:
    """Return the times that were given; ``None`` when nothing was.

    Raises
    ------
    forms.ValidationError
        When there are times but no days, or days with no times on them.
    """
    on = [d.value for d in Weekday if data.get(f"{prefix}on_{d.value}")]
    each = data.get(f"{prefix}each")
    if not on and each is None:
        return None
    if not on and each:
        raise forms.ValidationError(tell("analyse.no_days", lang()))
    made: list[TimesPerDay] = [0] * 7
    for day in on:
        own = data.get(f"{prefix}day_{day}")
        made[day] = own if own is not None else 1 if each is None else each
        if made[day] == 0:
            raise forms.ValidationError(tell("analyse.no_times", lang()))
    return tuple(made)  # type: ignore[return-value]
