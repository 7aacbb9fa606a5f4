"""A backup is made while people work, and what is put back is what was there."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from typer.testing import CliRunner

from klaver.cli.main import app
from klaver.design.board.records import Board as BoardDocument
from klaver.design.board.records import MoveCards
from klaver.values import Faults, Weekday
from klaver.web import backup as keeping
from klaver.web.backup import backup, restore
from klaver.web.data_folder import only_one, secret_key
from klaver.web.database import FILE
from klaver.web.store import boards
from klaver.web.store.models import Board

Rows = dict[str, list[dict[str, Any]]]

on_file = pytest.mark.skipif("DATABASE_URL" in os.environ, reason="about the one file")


@pytest.fixture
def live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> Path:
    """A workbench on the database of this test: returns its data folder."""
    folder = tmp_path / "live"
    folder.mkdir()
    secret_key(folder)
    use(folder, monkeypatch, str(connection.settings_dict["NAME"]))
    return folder


def use(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let Klaver use a data folder, and in it a file or else a PostgreSQL of this name."""
    monkeypatch.setenv("KLAVER_DATA", str(folder))
    if connection.vendor == "sqlite":
        if name:
            (folder / FILE).symlink_to(name)
    else:
        host = connection.settings_dict["HOST"]
        monkeypatch.setenv("DATABASE_URL", f"postgresql://klaver:no matter@/{name}?host={host}".replace(" ", "%20"))


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, live: Path) -> Iterator[Path]:
    """Another machine without any data yet; ask ``move`` to go there."""
    folder = tmp_path / "empty"
    folder.mkdir()
    if connection.vendor == "sqlite":
        yield folder
        return
    import psycopg

    at = f"postgresql://klaver@/postgres?host={connection.settings_dict['HOST']}"
    with psycopg.connect(at, autocommit=True) as server:
        server.execute("CREATE DATABASE restored")
        yield folder
        server.execute("DROP DATABASE restored")


def rows_of(folder: Path, name: str) -> Rows:
    """Return every row of every table."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(folder / FILE)) as kept:
            assert kept.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert kept.execute("PRAGMA foreign_key_check").fetchall() == []
            return _rows(kept, "SELECT name FROM sqlite_master WHERE type = 'table'")
    import psycopg

    with psycopg.connect(f"postgresql://klaver@/{name}?host={connection.settings_dict['HOST']}") as server:
        return _rows(server, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")


def _rows(opened: Any, tables: str) -> Rows:
    made: Rows = {}
    for (table,) in opened.execute(tables).fetchall():
        found = opened.execute(f'SELECT * FROM "{table}"')
        columns = [column[0] for column in found.description]
        made[table] = [dict(zip(columns, row, strict=True)) for row in sorted(found.fetchall(), key=repr)]
    return made


def code(wrong: pytest.ExceptionInfo[Faults]) -> str:
    return wrong.value.faults[0].code


def test_what_is_put_back_is_what_was_there(
    live: Path, empty: Path, board: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    boards.act(board.pk, MoveCards(task="T02", days=(Weekday.MONDAY,), job="job-1"), 0, None)
    before = rows_of(live, str(connection.settings_dict["NAME"]))
    assert before["store_boardstep"]
    kept = tmp_path / "kept"
    assert backup(kept) == kept.stat().st_size > 1000
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert (live / "secret.key").read_bytes() not in kept.read_bytes()
    use(empty, monkeypatch, "" if connection.vendor == "sqlite" else "restored")
    restore(kept)
    assert rows_of(empty, "restored") == before
    assert not (empty / "secret.key").exists()
    with pytest.raises(Faults) as wrong:
        restore(kept)
    assert code(wrong) == ("backup.not_empty" if connection.vendor == "sqlite" else "backup.refused")
    assert rows_of(empty, "restored") == before
    assert {p.name for p in tmp_path.iterdir()} == {"live", "empty", "kept"}, "nothing half is left behind"


def test_a_backup_while_somebody_works_holds_a_state_that_was(
    live: Path, empty: Path, board: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends, begun = threading.Event(), threading.Event()

    def work() -> None:
        seen, to = 0, ["job-1", "job-2", None]
        while not ends.is_set():
            row, _ = boards.act(board.pk, MoveCards(task="T02", days=(Weekday.MONDAY,), job=to[seen % 3]), seen, None)
            seen = row.version
            begun.set()
        connection.close()

    writer = threading.Thread(target=work)
    writer.start()
    assert begun.wait(20)
    kept = [tmp_path / f"kept-{n}" for n in range(3)]
    for file in kept:
        backup(file)
    ends.set()
    writer.join()
    use(empty, monkeypatch, "" if connection.vendor == "sqlite" else "restored")
    restore(kept[1])
    found = rows_of(empty, "restored")
    [state] = found["store_board"]
    assert 1 <= state["version"] == len(found["store_boardstep"]) <= Board.objects.get().version
    lies = {1: "job-1", 2: "job-2", 0: None}[state["version"] % 3]
    spots = BoardDocument.model_validate_json(state["document"]).spots()
    assert {spot.job for spot in spots.values()} == ({lies} if lies else set())


def test_the_commands_say_what_they_did(
    live: Path, empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept"
    done = CliRunner().invoke(app, ["backup", str(kept), "--lang", "en"])
    assert (done.exit_code, "The secret key of the data folder is not in it." in done.output) == (0, True)
    again = CliRunner().invoke(app, ["backup", str(kept), "--lang", "en"])
    assert (again.exit_code, "is there already" in again.output) == (2, True)
    use(empty, monkeypatch, "" if connection.vendor == "sqlite" else "restored")
    done = CliRunner().invoke(app, ["restore", str(kept), "--lang", "en"])
    assert (done.exit_code, "Start 'klaver serve'." in done.output) == (0, True)


def test_nothing_is_put_back_under_an_open_workbench(live: Path, empty: Path, tmp_path: Path) -> None:
    backup(tmp_path / "kept")
    with only_one(live), pytest.raises(Faults) as wrong:
        restore(tmp_path / "kept")
    assert code(wrong) == "serve.in_use"


def test_a_file_that_cannot_be_written_is_told(live: Path, tmp_path: Path) -> None:
    with pytest.raises(Faults) as wrong:
        backup(tmp_path / "nowhere" / "kept")
    assert code(wrong) == "backup.cannot_write"


def test_a_disk_that_is_full_leaves_nothing_half(live: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keeping, "_look", full)
    with pytest.raises(Faults) as wrong:
        backup(tmp_path / "kept")
    assert (code(wrong), wrong.value.faults[0].values["why"]) == ("backup.cannot_write", "No space left on device")
    assert [p.name for p in tmp_path.iterdir()] == ["live"]


@on_file
def test_a_folder_without_data_has_nothing_to_keep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLAVER_DATA", str(tmp_path))
    with pytest.raises(Faults) as wrong:
        backup(tmp_path / "kept")
    assert code(wrong) == "backup.nothing"
    assert list(tmp_path.iterdir()) == []


@on_file
def test_what_is_no_backup_is_refused_and_changes_nothing(
    live: Path, empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup(tmp_path / "kept")
    good = (tmp_path / "kept").read_bytes()
    (tmp_path / "text").write_text("not this")
    (tmp_path / "half").write_bytes(good[: len(good) // 2])
    with closing(sqlite3.connect(tmp_path / "other")) as other:
        other.execute("CREATE TABLE other (x)")
    monkeypatch.setenv("KLAVER_DATA", str(empty))
    for name in ("text", "half", "other", "missing"):
        with pytest.raises(Faults) as wrong:
            restore(tmp_path / name)
        assert code(wrong) == ("backup.cannot_read" if name == "missing" else "backup.not_whole")
    assert not (empty / FILE).exists()


@on_file
def test_a_backup_of_the_other_kind_is_told_apart(live: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backup(tmp_path / "kept")
    monkeypatch.setenv("DATABASE_URL", "postgresql://klaver@localhost/klaver")
    with pytest.raises(Faults) as wrong:
        restore(tmp_path / "kept")
    assert code(wrong) == "backup.is_a_file"
    monkeypatch.delenv("DATABASE_URL")
    (tmp_path / "dump").write_bytes(b"PGDMP...")
    monkeypatch.setattr(keeping, "_run", lambda *_: "TABLE public accounts_user klaver")
    with pytest.raises(Faults) as wrong:
        restore(tmp_path / "dump")
    assert code(wrong) == "backup.is_postgresql"


def program(folder: Path, name: str, does: str) -> None:
    """Put a program in the place of one of PostgreSQL's."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)


@on_file
def test_what_postgresql_says_is_passed_on_and_a_password_stands_in_no_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KLAVER_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    for url in ("mysql://here/klaver", "postgresql://klaver@here/"):
        monkeypatch.setenv("DATABASE_URL", url)
        with pytest.raises(Faults) as wrong:
            backup(tmp_path / "kept")
        assert code(wrong) == "serve.database_url"
    who = "klaver:" + "s%40fe"
    monkeypatch.setenv("DATABASE_URL", f"postgresql://{who}@here:5433/klaver?sslmode=require")
    program(tmp_path, "pg_dump", 'echo "$@" "$PGPASSWORD" >&2; exit 1')
    with pytest.raises(Faults) as wrong:
        backup(tmp_path / "kept")
    told = str(wrong.value.faults[0].values["why"])
    assert code(wrong) == "backup.refused"
    assert "--dbname=postgresql://klaver@here:5433/klaver?sslmode=require " in told
    assert told.endswith(" s@fe")
    assert not (tmp_path / "kept").exists()


@on_file
def test_with_postgresql_its_own_programs_write_and_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a real PostgreSQL the tests above look at every row; here only what the programs are asked."""
    asked = tmp_path / "asked"
    monkeypatch.setenv("KLAVER_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("DATABASE_URL", "postgresql://klaver@here/klaver")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    program(tmp_path, "pg_dump", 'for w in "$@"; do case $w in --file=*) echo PGDMP > "${w#--file=}";; esac; done')
    program(tmp_path, "pg_restore", f'echo "$@" >> {asked}; echo "TABLE public accounts_user klaver"')
    assert backup(tmp_path / "kept") == 6
    restore(tmp_path / "kept")
    looked, looked_again, put = asked.read_text().splitlines()
    assert looked.startswith("--list ")
    assert looked_again == f"--list {tmp_path / 'kept'}"
    assert put.startswith("--dbname=postgresql://klaver@here/klaver --single-transaction --exit-on-error ")
    program(tmp_path, "pg_restore", "echo another database")
    with pytest.raises(Faults) as wrong:
        restore(tmp_path / "kept")
    assert code(wrong) == "backup.not_whole"


@on_file
def test_a_missing_program_of_postgresql_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLAVER_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("DATABASE_URL", "postgresql://klaver@here/klaver")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Faults) as wrong:
        backup(tmp_path / "kept")
    assert (code(wrong), wrong.value.faults[0].values) == ("backup.no_program", {"program": "pg_dump"})
