"""The language of whoever reads the page."""

from __future__ import annotations

from typing import cast

from django.utils.translation import get_language

from klaver.language import LANGUAGES, Language


def lang() -> Language:
    """Return the language that this request is answered in."""
    code = (get_language() or "nl")[:2]
    return cast(Language, code) if code in LANGUAGES else "nl"
