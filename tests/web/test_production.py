"""A house with a server of its own: strict settings, its own database, and a secret that stays where it is."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from klaver.web.data_folder import data_folder, secret_key
from klaver.web.database import DatabaseUrlError, database
from klaver.web.serving import _home

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "klaver.web.settings",
    "DATABASE_URL": "postgresql://klaver@localhost/klaver",
    "KLAVER_HTTPS": "1",
    "KLAVER_HOSTS": "klaver.example.org",
}


def test_the_settings_of_production_leave_nothing_open(tmp_path: Path) -> None:
    env = os.environ | PRODUCTION | {"KLAVER_DATA": str(tmp_path)}
    env.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # a thing of these tests
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


def test_behind_https_the_first_link_has_the_name_of_the_house(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _home("127.0.0.1", 8000) == "http://127.0.0.1:8000/"
    assert _home("::1", 8000) == "http://[::1]:8000/"
    monkeypatch.setenv("KLAVER_HTTPS", "1")
    monkeypatch.setenv("KLAVER_HOSTS", "klaver.example.org,127.0.0.1")
    assert _home("127.0.0.1", 8000) == "https://klaver.example.org/"


def test_a_server_does_not_say_that_it_is_the_computer_of_its_reader(client: Client, settings: Any, db: None) -> None:
    assert "op deze computer" in client.get("/login/").content.decode()
    settings.HTTPS = True
    assert "op de server van uw organisatie" in client.get("/login/").content.decode()


def test_an_address_names_a_database_of_postgresql(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    who = "kl%40ver:" + "s%2Fecret"
    monkeypatch.setenv("DATABASE_URL", f"postgresql://{who}@db.example.org:5433/work?sslmode=require")
    made = database(tmp_path)
    assert (made["NAME"], made["USER"], made["PASSWORD"]) == ("work", "kl@ver", "s/ecret")
    assert (made["HOST"], made["PORT"]) == ("db.example.org", "5433")
    assert made["OPTIONS"] == {"pool": {"min_size": 1, "max_size": 12}, "sslmode": "require"}
    monkeypatch.setenv("DATABASE_URL", "postgresql:///klaver?host=/run/postgresql")
    assert database(tmp_path)["HOST"] == "/run/postgresql"
    monkeypatch.delenv("DATABASE_URL")
    assert database(tmp_path)["NAME"] == str(tmp_path / "klaver.sqlite3")


@pytest.mark.parametrize("url", ["mysql://here/klaver", "postgresql://here/", "klaver"])
def test_another_address_is_refused(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(DatabaseUrlError):
        database(tmp_path)


def test_the_secret_is_made_once_for_its_owner_alone_and_may_stand_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KLAVER_SECRET_KEY", raising=False)
    made = secret_key(tmp_path)
    assert len(made) > 60
    assert secret_key(tmp_path) == made
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600
    monkeypatch.setenv("KLAVER_SECRET_KEY", "of the house")
    assert secret_key(tmp_path) == "of the house"


@pytest.mark.parametrize(
    ("system", "folder"),
    [
        ("linux", ".local/share/klaver"),
        ("darwin", "Library/Application Support/klaver"),
        ("win32", "AppData/Local/klaver"),
    ],
)
def test_the_data_lie_where_each_system_expects_them(
    system: str, folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("KLAVER_DATA", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr("klaver.web.data_folder.sys.platform", system)
    assert data_folder() == tmp_path / folder
    assert stat.S_IMODE((tmp_path / folder).stat().st_mode) == 0o700
