"""The data folder: where it is, the secret it keeps, and that only one Klaver serves it at a time."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def data_folder() -> Path:
    """Return ``KLAVER_DATA``, else the user's data directory; it is made when it is not there."""
    given = os.environ.get("KLAVER_DATA")
    folder = Path(given) if given else _usual() / "klaver"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder.resolve()


def _usual() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def secret_key(folder: Path) -> str:
    """Return ``KLAVER_SECRET_KEY``, else the secret of this folder, made the first time and readable by its owner."""
    given = os.environ.get("KLAVER_SECRET_KEY")
    if given:
        return given
    path = folder / "secret.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
    return path.read_text(encoding="ascii").strip()


class InUseError(Exception):
    """Another Klaver serves this data folder."""


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the folder as long as this Klaver serves it; the hold ends with the process, however it ends.

    Raises
    ------
    InUseError
        When another one holds it.
    """
    with (folder / "serving.lock").open("a+") as held:
        try:
            _lock(held.fileno())
        except OSError:
            raise InUseError(str(folder)) from None
        yield


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
