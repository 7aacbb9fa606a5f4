"""The road of this version: which steps there are, and which one a page belongs to."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

STEPS = ("analyse", "design")
"""The steps that have pages, in the order of the road."""


def road(request: HttpRequest) -> dict[str, Any]:
    """Give every template the language of the reader and the languages there are."""
    from klaver.language import LANGUAGES
    from klaver.web.frame.reader import lang

    return {"lang": lang(), "languages": LANGUAGES}
