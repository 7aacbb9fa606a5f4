"""Which database: one file in the data folder, or the PostgreSQL that ``DATABASE_URL`` names."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

FILE = "klaver.sqlite3"
"""The one file in the data folder."""


class DatabaseUrlError(ValueError):
    """``DATABASE_URL`` names no PostgreSQL database."""


def database(folder: Path) -> dict[str, object]:
    """Return Django's settings of the database."""
    url = os.environ.get("DATABASE_URL")
    return postgresql(url) if url else sqlite(folder / FILE)


def sqlite(path: Path) -> dict[str, object]:
    """Return the settings of one file; a writer waits for another instead of failing."""
    begin = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": begin}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options}


def postgresql(url: str) -> dict[str, object]:
    """Read ``postgresql://user@host:port/name?sslmode=require``; a socket's folder may be the host.

    Raises
    ------
    DatabaseUrlError
        When it is another kind of address or names no database.
    """
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query))
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgresql", "postgres") or not name:
        raise DatabaseUrlError("DATABASE_URL must look like postgresql://user@host:5432/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": asked.pop("host", "") or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 12}, **asked},
    }
