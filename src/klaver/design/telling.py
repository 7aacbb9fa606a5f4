"""Breaches told in a sentence, with the job and the day in front."""

from __future__ import annotations

from klaver.design.records import Breach
from klaver.language import Language, day_name, tell


def tell_breach(breach: Breach, lang: Language) -> str:
    """Tell a breach: ``job-1, maandag: ...``."""
    place = [breach.job] if breach.job else []
    if breach.day is not None:
        place.append(day_name(breach.day, lang))
    sentence = tell(breach.code, lang, **breach.values)
    return f"{', '.join(place)}: {sentence}" if place else sentence
