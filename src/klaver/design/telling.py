"""Breaches told in a sentence, with the job and the day in front."""

from __future__ import annotations

from klaver.design.records import Breach
from klaver.language import Language, day_name, tell
from klaver.scale.dimensions import dimension


def tell_breach(breach: Breach, lang: Language) -> str:
    """Tell a breach: ``job-1, maandag: ...``."""
    place = [breach.job] if breach.job else []
    if breach.day is not None:
        place.append(day_name(breach.day, lang))
    values = dict(breach.values)
    if "barriers" in values:
        values["barriers"] = ", ".join(_barrier(b, lang) for b in str(values["barriers"]).split(", "))
    sentence = tell(breach.code, lang, **values)
    return f"{', '.join(place)}: {sentence}" if place else sentence


def _barrier(name: str, lang: Language) -> str:
    return dimension(int(name)).label[lang] if name.isdigit() else tell(f"door.barrier_{name}", lang)
