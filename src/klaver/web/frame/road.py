"""What every template is given: the language of the reader, the languages there are, and whether this is a server."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def road(request: HttpRequest) -> dict[str, Any]:
    """Give every template the language of the reader, the languages there are, and whether others come here too."""
    from klaver.language import LANGUAGES
    from klaver.web.frame.reader import lang

    return {"lang": lang(), "languages": LANGUAGES, "server": settings.HTTPS}
