"""One command that serves: it prepares the database, starts web and worker, watches over both and ends both."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from klaver.web.data_folder import data_folder, only_one

GRACE = 10.0
"""Seconds that a process gets to end by itself."""

AGAIN = 1.0
"""Seconds between two looks at the processes; one that died is started again."""

THREADS = "4"
"""Requests that are answered side by side."""

Say = Callable[[str, dict[str, object]], None]
"""Tells somebody what happens: a message code of ``serve`` with its values."""


def prepare() -> str | None:
    """Bring the database to the newest form; returns what stands in the first administrator's link, if needed."""
    django_ready()
    from django.core.management import call_command
    from django.db import connections

    from klaver.web.accounts.first import token

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    given = token()
    connections.close_all()  # no child inherits a connection
    return given


def django_ready() -> None:
    """Set Django up with the settings of Klaver."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klaver.web.settings")
    import django

    django.setup()


def serve(host: str, port: int, *, worker: bool, say: Say) -> int:
    """Serve until Ctrl-C or SIGTERM; returns the exit code.

    Raises
    ------
    InUseError
        When another Klaver serves this data folder.
    OSError
        When the port is taken.
    """
    folder = data_folder()
    with only_one(folder):
        _is_free(host, port)
        _reach(host)
        say("preparing", {"folder": str(folder)})
        token = prepare()
        children = Children(_commands(host, port, worker=worker))
        with _Ending() as ends:
            children.start()
            ready = _answers(host, port, ends, children)
            if ready:
                address = _home(host, port)
                say("ready", {"address": address})
                if token is not None:
                    say("first", {"link": f"{address}start/{token}/"})
            while not ends.wait(AGAIN):
                for name in children.revive():
                    say("again", {"name": name})
            say("ending", {})
            children.end()
    return 0 if ready else 1


def work(say: Say) -> int:
    """Work off runs until Ctrl-C or SIGTERM; returns the exit code."""
    django_ready()
    from klaver.web.runs.worker import work as work_off

    with _Ending() as ends:
        say("working", {})
        work_off(ends.is_set)
    return 0


def _commands(host: str, port: int, *, worker: bool) -> dict[str, list[str]]:
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    web += ["--workers", "1", "--blocking-threads", THREADS, "--no-ws", "--log-level", "error"]
    made = {"web": [*web, "klaver.web.wsgi:application"]}
    if worker:
        made["worker"] = [sys.executable, "-m", "klaver", "worker", "--quiet"]
    return made


@dataclass
class Children:
    """The processes that serve; they end when this one does, however it ends (on Linux)."""

    commands: dict[str, list[str]]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self) -> None:
        """Start what does not run."""
        for name, command in self.commands.items():
            if name not in self.running:
                self.running[name] = subprocess.Popen(command, start_new_session=True, preexec_fn=_dies_with_parent)

    def revive(self) -> list[str]:
        """Start again what died, and return what that was."""
        dead = [name for name, process in self.running.items() if process.poll() is not None]
        for name in dead:
            _end_group(self.running.pop(name))
        self.start()
        return dead

    def end(self) -> None:
        """Ask all to end, and end whoever does not."""
        for process in self.running.values():
            process.terminate()
        last = time.monotonic() + GRACE
        for process in self.running.values():
            try:
                process.wait(max(0.1, last - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            _end_group(process)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End what a process that is gone left behind: a killed web leaves whoever answers, and with it the port."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _dies_with_parent() -> None:
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


class _Ending:
    """An event that Ctrl-C and SIGTERM set, as long as this is open."""

    def __enter__(self) -> threading.Event:
        self.event = threading.Event()
        self.before = {s: signal.signal(s, lambda *_: self.event.set()) for s in (signal.SIGINT, signal.SIGTERM)}
        return self.event

    def __exit__(self, *_: object) -> None:
        for number, handler in self.before.items():
            signal.signal(number, handler)


def _is_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))


def _reach(host: str) -> None:
    """Let the workbench be reached under the name it is served on."""
    known = os.environ.get("KLAVER_HOSTS", "localhost,127.0.0.1,[::1]")
    if host not in known.split(","):
        os.environ["KLAVER_HOSTS"] = f"{known},{_shown(host)}"


def _home(host: str, port: int) -> str:
    """Return the address that people open: behind HTTPS, the first name under which the workbench is reached."""
    if os.environ.get("KLAVER_HTTPS") == "1":
        return f"https://{os.environ.get('KLAVER_HOSTS', _shown(host)).split(',')[0]}/"
    return f"http://{_shown(host)}:{port}/"


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _answers(host: str, port: int, ends: threading.Event, children: Children) -> bool:
    """Wait until the web answers; ``False`` when it died or somebody ended it first."""
    while not ends.is_set() and children.running["web"].poll() is None:
        try:
            socket.create_connection((host, port), 0.2).close()
        except OSError:
            ends.wait(0.05)
        else:
            return True
    return False
