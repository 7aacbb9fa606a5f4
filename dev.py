#!/usr/bin/env python3
"""Everything a developer or a curious visitor needs, in one file that asks for nothing but Python.

    python3 dev.py demo            design the example ward from nothing and say where the documents are
    python3 dev.py serve           open the workbench in the browser; Ctrl-C ends it (arguments of klaver serve follow)
    python3 dev.py test            every gate: style, types, imports, all tests with branch coverage
    python3 dev.py test ARGS ...   only pytest, with these arguments (-k shift, tests/work, -x ...)
    python3 dev.py check           style, types and imports, without the tests
    python3 dev.py lock            compute the two lock files anew (add --upgrade for newer versions)

The first run makes ``.venv`` beside this file and installs one of the two lock files into it; every package
is checked against its hash. A stamp remembers what was installed, so later runs start at once. ``demo`` and
``serve`` install the small lock (what Klaver runs on), ``test`` and ``check`` the large one (that and the tools).

Only the standard library is imported, and the folder from which it is started does not matter.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")

RUN_LOCK, TEST_LOCK = "requirements.txt", "requirements-test.txt"
OLDEST, NEWEST = (3, 11), (3, 13)
TEST_PROCESSES = "2"
DEMO_CASE, DEMO_OUTPUT = "examples/ward.xlsx", "demo-output"

# What each lock holds beside the dependencies of the project. Designs are searched by compiled loops. The tests run
# every engine, so they need all extras but spark-local, which is all of Spark where the client of it suffices.
LOCKED = {
    RUN_LOCK: ("--group", "build", "--extra", "fast"),
    TEST_LOCK: (
        *("--group", "build", "--group", "test", "--group", "bench"),
        *("--extra", "fast", "--extra", "postgres", "--extra", "sql", "--extra", "spark"),
    ),
}

# Held back while locking. SQL and the statistics to come stand on pandas 2, which the solver brings in already; one
# set from the start spares every user a change of version later.
HELD_BACK = ("pandas<3",)

MISTAKE = 2


class StopError(Exception):
    """The command cannot go on; its text says what to do about it."""


# -- small steps


def say(text: str) -> None:
    """Tell the reader what happens now, before it happens."""
    print(f"[dev] {text}", flush=True)


def call(*command: str | Path, **settings: object) -> int:
    """Run a command in the project folder and give its exit code; Ctrl-C lets it finish in its own way."""
    process = subprocess.Popen([str(part) for part in command], cwd=ROOT, **settings)  # type: ignore[call-overload]
    while True:
        try:
            return int(process.wait())
        except KeyboardInterrupt:
            continue


def succeed(*command: str | Path) -> bool:
    """Run a command and say whether it ended well."""
    return call(*command) == 0


# -- the environment


def require_python() -> None:
    """Stop with a clear line when this Python is too old or too new for the locked packages."""
    here = sys.version_info[:2]
    if not OLDEST <= here <= NEWEST:
        span = f"{OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]}"
        raise StopError(
            f"Klaver needs Python {span}, this is {here[0]}.{here[1]}. Start it with another one, "
            f"for example: python{OLDEST[0]}.{OLDEST[1]} dev.py"
        )


def fingerprint(lock: str) -> str:
    """What is installed depends on the lock, the project file, the Python and the place of this folder."""
    parts = (
        (ROOT / lock).read_bytes(),
        (ROOT / "pyproject.toml").read_bytes(),
        ".".join(map(str, sys.version_info[:2])).encode(),
        str(ROOT).encode(),
    )
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def stamp(lock: str) -> Path:
    """Name the file that remembers the installation of a lock."""
    return VENV / f".{lock}.stamp"


def is_installed(lock: str) -> bool:
    """Tell whether the environment holds this lock as it stands today."""
    mark = stamp(lock)
    return PYTHON.exists() and mark.exists() and mark.read_text(encoding="utf-8") == fingerprint(lock)


def make_environment() -> None:
    """Make ``.venv`` with the Python that runs this file; one that no longer starts is made anew."""
    if PYTHON.exists() and environment_fits():
        return
    say("step 1 of 3: making .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    uv = shutil.which("uv")
    if uv and succeed(uv, "venv", "--quiet", "--no-project", "--python", sys.executable, VENV):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if not succeed(sys.executable, "-m", "venv", VENV):
        shutil.rmtree(VENV, ignore_errors=True)
        raise StopError("Python's venv module is missing or broken. On Debian and Ubuntu: apt-get install python3-venv")


def environment_fits() -> bool:
    """Tell whether the Python in ``.venv`` starts and is of the same version as this one."""
    ask = "import sys; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True, check=True, cwd=ROOT)
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer.stdout.split() == [str(number) for number in sys.version_info[:2]]


def install(*arguments: str) -> bool:
    """Install into ``.venv``: with uv when it is there, else (or when uv finds no packages) with pip."""
    uv = shutil.which("uv")
    if uv and succeed(uv, "pip", "install", "--quiet", "--python", PYTHON, *arguments):
        return True
    if uv:
        say("uv could not do it; trying pip")
    quiet = subprocess.DEVNULL
    if call(PYTHON, "-m", "pip", "--version", stdout=quiet, stderr=quiet) != 0:
        succeed(PYTHON, "-m", "ensurepip", "--default-pip")
    return succeed(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", *arguments)


def ensure(lock: str) -> None:
    """Have the packages of a lock and Klaver itself in ``.venv``; do nothing when they are there already."""
    require_python()
    if is_installed(lock) or (lock == RUN_LOCK and is_installed(TEST_LOCK)):
        return
    make_environment()
    say(f"step 2 of 3: installing {lock}, every package checked against its hash")
    if not install("--require-hashes", "-r", lock):
        raise StopError("The packages could not be installed; the lines above say which one and why.")
    say("step 3 of 3: putting Klaver itself in .venv")
    if not install("--no-deps", "--no-build-isolation", "-e", "."):
        raise StopError("Klaver itself could not be installed; the lines above say why.")
    stamp(lock).write_text(fingerprint(lock), encoding="utf-8")


# -- the commands


def demo(arguments: Sequence[str]) -> int:
    """Design the example ward from nothing; an older result is thrown away first, so that none is read."""
    ensure(RUN_LOCK)
    if not (ROOT / DEMO_CASE).exists():
        raise StopError(f"{DEMO_CASE} is missing from this folder.")
    output = ROOT / DEMO_OUTPUT
    shutil.rmtree(output, ignore_errors=True)
    say(f"klaver design {DEMO_CASE} --out {DEMO_OUTPUT} {' '.join(arguments)}".rstrip())
    return call(PYTHON, "-m", "klaver", "design", DEMO_CASE, "--out", DEMO_OUTPUT, *arguments)


def serve(arguments: Sequence[str]) -> int:
    """Open the workbench in the browser."""
    ensure(RUN_LOCK)
    return call(PYTHON, "-m", "klaver", "serve", *arguments)


def gates() -> list[str]:
    """Run every check that needs no test, and give the names of those that failed."""
    steps: tuple[tuple[str, tuple[str | Path, ...]], ...] = (
        ("style", (PYTHON, "-m", "ruff", "check", ".")),
        ("layout", (PYTHON, "-m", "ruff", "format", "--check", ".")),
        ("types", (PYTHON, "-m", "mypy")),
        ("imports", (PROGRAMS / "lint-imports",)),
    )
    failed = []
    for name, command in steps:
        say(name)
        if not succeed(*command):
            failed.append(name)
    say(f"failed: {', '.join(failed)}" if failed else "style, layout, types and imports are clean")
    return failed


def check(arguments: Sequence[str]) -> int:
    """Run style, types and imports."""
    refuse(arguments, "check")
    ensure(TEST_LOCK)
    return 1 if gates() else 0


def test(arguments: Sequence[str]) -> int:
    """Run every gate and all tests, or only pytest when it is given arguments."""
    ensure(TEST_LOCK)
    if arguments:
        return call(PYTHON, "-m", "pytest", *arguments)
    failed = gates()
    say(f"tests, {TEST_PROCESSES} at a time, with branch coverage")
    code = call(PYTHON, "-m", "pytest", "-n", TEST_PROCESSES, "--cov", "--cov-report=term", "-rs")
    if code == 0 and failed:
        say(f"the tests pass, but these gates failed: {', '.join(failed)}")
        return 1
    return code


def lock(arguments: Sequence[str]) -> int:
    """Compute both lock files anew, with hashes for every platform and without the address of any index."""
    uv = shutil.which("uv")
    if uv is None:
        raise StopError("Locking needs uv: pip install uv")
    with tempfile.TemporaryDirectory() as folder:
        held = Path(folder, "held-back.txt")
        held.write_text("\n".join(HELD_BACK), encoding="utf-8")
        for name, parts in LOCKED.items():
            say(f"locking {name}")
            command = [uv, "pip", "compile", "--quiet", "pyproject.toml", "--constraint", held, *parts]
            command += ["--universal", "--generate-hashes", "--no-header", "--no-annotate"]
            command += ["--no-strip-extras"]  # older pips know a package with an extra only by its whole name
            command += ["--no-emit-index-url", "--no-emit-find-links", "--output-file", name, *arguments]
            if not succeed(*command):
                return 1
    return 0


def refuse(arguments: Sequence[str], command: str) -> None:
    """Stop when a command that takes no arguments is given some."""
    if arguments:
        raise StopError(f"{command} takes no arguments, but got: {' '.join(arguments)}")


COMMANDS = {"demo": demo, "serve": serve, "test": test, "check": check, "lock": lock}


def main(words: Sequence[str]) -> int:
    """Read the command, run it, and give its exit code."""
    if not words or words[0] in {"-h", "--help", "help"}:
        print(__doc__)
        return 0 if words else MISTAKE
    name, *arguments = words
    if name not in COMMANDS:
        print(f"dev.py knows no command {name!r}; it knows: {', '.join(COMMANDS)}", file=sys.stderr)
        return MISTAKE
    try:
        return COMMANDS[name](arguments)
    except StopError as reason:
        print(f"[dev] {reason}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
