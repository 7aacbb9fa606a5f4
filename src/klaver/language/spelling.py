"""Words in the form in which they are compared, whoever typed them."""

from __future__ import annotations

import unicodedata


def plain(text: str) -> str:
    """Return the text in small letters, without accents, with single spaces."""
    parts = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return " ".join("".join(c for c in parts if not unicodedata.combining(c)).split())
