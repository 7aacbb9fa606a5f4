"""What every template is given: the language of the reader, and the languages there are."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def road(request: HttpRequest) -> dict[str, Any]:
    """Give every template the language of the reader and the languages there are."""
    from klaver.language import LANGUAGES
    from klaver.web.frame.reader import lang

    return {"lang": lang(), "languages": LANGUAGES}
