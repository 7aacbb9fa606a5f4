"""A backup made while the workbench runs, and the way back: one file, in the form of the database itself.

The secret of the data folder is never in it: whoever finds a backup can sign nobody in.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from klaver.values import Fault, Faults
from klaver.web.data_folder import InUseError, data_folder, only_one
from klaver.web.database import FILE, DatabaseUrlError, postgresql

OURS = "accounts_user"
"""A table that every database of Klaver has."""

KINDS = {b"SQLite format 3\0": "file", b"PGDMP": "postgresql"}
"""How each kind of backup begins."""


def backup(file: Path) -> int:
    """Write everything that the workbench keeps into a new file, and look whether it can be read; returns its bytes.

    Raises
    ------
    Faults
        When the file is there already or cannot be written, or when there is nothing to keep; no file is left then.
    """
    url, folder = _address(), data_folder()
    live = folder / FILE
    if url is None and not live.exists():
        raise _fault("nothing", folder=folder)
    if file.exists():
        raise _fault("exists", file=file)
    with _beside(file) as part:
        if url is None:
            with closing(sqlite3.connect(live, timeout=20)) as source, closing(sqlite3.connect(part)) as kept:
                source.backup(kept)  # in one step: what is written meanwhile is in it whole, or not at all
                kept.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        else:
            _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={part}", url=url)
        _look(part, file)
        part.rename(file)
    return file.stat().st_size


def restore(file: Path) -> None:
    """Put a backup into an empty data folder, or into an empty PostgreSQL when the workbench keeps its data there.

    Raises
    ------
    Faults
        When the file is no backup or not whole, when there are data already, or when a workbench is open; nothing
        is changed then.
    """
    url, folder = _address(), data_folder()
    kind = _look(file, file)
    if kind != ("file" if url is None else "postgresql"):
        raise _fault("is_a_file" if kind == "file" else "is_postgresql", file=file)
    try:
        with only_one(folder):
            _put(file, url, folder / FILE)
    except InUseError:
        raise Faults([Fault(code="serve.in_use", values={"folder": str(folder)})]) from None


def _put(file: Path, url: str | None, live: Path) -> None:
    if url is not None:
        _run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", file, url=url)
    elif live.exists():
        raise _fault("not_empty", folder=live.parent)
    else:
        with _beside(live) as part:
            shutil.copyfile(file, part)
            part.rename(live)


def _address() -> str | None:
    """Return the address of the PostgreSQL in use; ``None`` when one file holds the data."""
    url = os.environ.get("DATABASE_URL") or None
    try:
        if url:
            postgresql(url)
    except DatabaseUrlError:
        raise Faults([Fault(code="serve.database_url")]) from None
    return url


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """Yield a file beside another, for its owner only; what is still there afterwards is taken away."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.absolute().parent)
        os.close(handle)
    except OSError as wrong:
        raise _fault("cannot_write", file=file, why=wrong.strerror or wrong) from None
    part = Path(name)
    try:
        yield part
    except OSError as wrong:
        raise _fault("cannot_write", file=file, why=wrong.strerror or wrong) from None
    finally:
        part.unlink(missing_ok=True)


def _look(path: Path, called: Path) -> str:
    """Return of which kind a backup is, once it is known to be whole and one of Klaver."""
    try:
        with path.open("rb") as file:
            begin = file.read(16)
    except OSError as wrong:
        raise _fault("cannot_read", file=called, why=wrong.strerror or wrong) from None
    kind = next((kind for start, kind in KINDS.items() if begin.startswith(start)), None)
    if kind is None or not (_whole(path) if kind == "file" else OURS in _run("pg_restore", "--list", path)):
        raise _fault("not_whole", file=called)
    return kind


def _whole(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as kept:
            good = kept.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            return good and bool(kept.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [OURS]).fetchall())
    except sqlite3.DatabaseError:
        return False


def _run(program: str, *words: str | Path, url: str | None = None) -> str:
    """Run a program of PostgreSQL; a password goes in its surroundings, where no list of processes shows it."""
    found = shutil.which(program)
    if found is None:
        raise _fault("no_program", program=program)
    env = dict(os.environ)
    if url is not None:
        parts = urlsplit(url)
        if parts.password:
            env["PGPASSWORD"] = unquote(parts.password)
            url = parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", "@")).geturl()
        words = (f"--dbname={url}", *words)
    done = subprocess.run([found, *words], env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise _fault("refused", program=program, why=done.stderr.strip())
    return done.stdout


def _fault(code: str, **values: object) -> Faults:
    return Faults([Fault(code=f"backup.{code}", values={name: str(value) for name, value in values.items()})])
