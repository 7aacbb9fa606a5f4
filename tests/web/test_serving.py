"""The whole workbench as one command: it comes up, survives the death of each of its processes, and ends in order."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from threading import Event, Timer
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from tests.web.cases import small

from klaver.web import serving
from klaver.web.data_folder import only_one
from klaver.web.serving import Children

WORDS = "vier gewone woorden hier"
PATIENCE = 60


class Browser:
    """Somebody at the pages: keeps cookies, sends forms with their token, and asks again while the web is away."""

    def __init__(self, home: str) -> None:
        self.home, self.jar = home, CookieJar()
        self.open = build_opener(HTTPCookieProcessor(self.jar)).open
        self.at = home

    def get(self, path: str) -> str:
        last = time.monotonic() + PATIENCE
        while True:
            try:
                return self._ask(Request(self.home + path))
            except (URLError, ConnectionError, TimeoutError):
                assert time.monotonic() < last, path
                time.sleep(0.2)

    def post(self, path: str, given: dict[str, str], file: bytes | None = None) -> str:
        token = next(c.value for c in self.jar if c.name == "csrftoken")
        body, kind = _form({**given, "csrfmiddlewaretoken": str(token)}, file)
        return self._ask(Request(self.home + path, body, {"Content-Type": kind, "Referer": self.home}))

    def _ask(self, asked: Request) -> str:
        with self.open(asked, timeout=30) as answer:
            self.at = answer.url.removeprefix(self.home)
            return str(answer.read().decode())


def _form(given: dict[str, str], file: bytes | None) -> tuple[bytes, str]:
    if file is None:
        return urlencode(given).encode(), "application/x-www-form-urlencoded"
    head = "--part\r\nContent-Disposition: form-data; name="
    parts = [f'{head}"{name}"\r\n\r\n{value}\r\n'.encode() for name, value in given.items()]
    parts += [f'{head}"file"; filename="tiny.json"\r\n\r\n'.encode(), file, b"\r\n--part--\r\n"]
    return b"".join(parts), "multipart/form-data; boundary=part"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def surroundings(folder: Path) -> dict[str, str]:
    """Return the environment of somebody whose data folder this is."""
    return {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"} | {"KLAVER_DATA": str(folder)}


def ended(folder: Path, *command: str) -> tuple[int, str]:
    """Run a command to its end; returns its exit code and the first sentence that it tells."""
    words = [sys.executable, "-m", "klaver", *command]
    done = subprocess.run(
        words, env=surroundings(folder), capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    return done.returncode, done.stderr.partition(".")[0]


@contextmanager
def served(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Serve a data folder until the block ends; yields the process and the address of its pages."""
    port = free_port()
    command = [sys.executable, "-m", "klaver", "serve", "--port", str(port), "--lang", "en"]
    with subprocess.Popen(command, env=surroundings(folder), stderr=subprocess.PIPE, text=True) as bench:
        late = Timer(3 * PATIENCE, bench.kill)  # what is waited for on its words would never come
        late.start()
        try:
            yield bench, f"http://127.0.0.1:{port}"
        finally:
            late.cancel()
            bench.send_signal(signal.SIGTERM)
            try:
                bench.wait(20)
            finally:
                bench.kill()


def told(bench: subprocess.Popen[str], word: str) -> str:
    """Read what is told until a line with a word."""
    assert bench.stderr is not None
    lines = []
    for line in bench.stderr:
        lines.append(line)
        if word in line:
            return line
    raise AssertionError(lines)


def children(pid: int) -> list[int]:
    """Return the processes that a process started, and theirs."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            child = int(path.parent.name)
            found += [child, *children(child)]
    return found


def doing(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def kill(bench: subprocess.Popen[str], word: str) -> None:
    """End with -9 the processes of one kind: those that the command itself started."""
    mine = [pid for pid in children(bench.pid) if word in doing(pid)]
    assert mine, word
    os.kill(mine[0], signal.SIGKILL)


def until(true: Callable[[], bool]) -> None:
    last = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < last
        time.sleep(0.1)


def light() -> bytes:
    """Return a part of the small ward that is searched in ten seconds."""
    place = small()
    return place.model_copy(update={"tasks": place.tasks[:8], "orders": ()}).to_json().encode()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the processes are looked up in /proc")
def test_a_run_ends_right_when_web_worker_and_all_are_killed_in_the_middle(tmp_path: Path) -> None:
    with served(tmp_path) as (bench, home):
        someone, path = Browser(home), urlsplit(told(bench, "/start/").strip()).path
        someone.get(path)
        someone.post(path, {"organisation": "De Linde", "passphrase": WORDS, "again": WORDS})
        someone.get("/workplaces/new/")
        someone.post("/workplaces/new/", {"which": "upload"}, light())
        place = someone.at
        someone.get(f"{place}design/")
        someone.post(f"{place}design/", {"jobs": "1", "week_min": "10", "week_max": "20"})
        run = someone.at
        until(lambda: "Klaver zoekt." in someone.get(run))
        kill(bench, "granian")
        kill(bench, "worker")
        assert {told(bench, "again").split()[0], told(bench, "again").split()[0]} == {"web", "worker"}
        assert "Klaver zoekt." in someone.get(run), "who was signed in still is, and the run goes on"
        left = children(bench.pid)
        bench.kill()
        until(lambda: not any("granian" in doing(pid) or "klaver" in doing(pid) for pid in left))
    with served(tmp_path) as (_, home):
        someone.home = home
        until(lambda: "hx-get" not in someone.get(run))
        assert "Mogelijkheid 1" in someone.get(run)
        assert someone.get(place)


def test_two_cannot_serve_one_folder_and_a_taken_port_is_told(tmp_path: Path) -> None:
    with only_one(tmp_path):
        assert ended(tmp_path, "serve", "--lang", "en") == (2, f"Another Klaver uses {tmp_path} already")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert ended(tmp_path, "serve", "--lang", "en", "--port", port)[0] == 2


def loop(then: str) -> list[str]:
    """Return a command that never ends by itself."""
    return [sys.executable, "-c", f"import signal, subprocess, sys, time\n{then}\ntime.sleep(600)"]


def test_who_dies_is_started_again_and_leaves_nobody_behind() -> None:
    begets = "print(subprocess.Popen(['sleep', '600'], stdout=subprocess.DEVNULL).pid, flush=True)"
    started = Children({"web": loop("")})
    started.running["web"] = dead = subprocess.Popen(loop(begets), stdout=subprocess.PIPE, start_new_session=True)
    assert dead.stdout is not None
    with dead.stdout:
        left = int(dead.stdout.readline())
    assert started.revive() == []
    dead.kill()
    dead.wait()
    assert doing(left).startswith("sleep")
    assert started.revive() == ["web"]
    until(lambda: not doing(left))
    assert started.running["web"].poll() is None
    started.end()
    assert started.running["web"].poll() == -signal.SIGTERM


def test_who_does_not_end_when_asked_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "GRACE", 0.1)
    deaf = subprocess.Popen(
        loop("signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True)"),
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert deaf.stdout is not None
    with deaf.stdout:
        deaf.stdout.readline()
    Children({}, {"web": deaf}).end()
    assert deaf.poll() == -signal.SIGKILL


def test_it_is_told_when_the_web_does_not_come_up() -> None:
    died = Children({}, {"web": subprocess.Popen([sys.executable, "-c", ""])})
    died.running["web"].wait()
    assert not serving._answers("127.0.0.1", free_port(), Event(), died)


def test_the_workbench_is_reached_under_the_name_it_is_served_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLAVER_HOSTS", "localhost")
    serving._reach("localhost")
    assert os.environ["KLAVER_HOSTS"] == "localhost"
    serving._reach("::1")
    assert os.environ["KLAVER_HOSTS"] == "localhost,[::1]"
