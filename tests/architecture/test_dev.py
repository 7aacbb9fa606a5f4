"""``dev.py`` helps: it knows its commands, works from any folder, and says what to do when it cannot."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from tests.architecture.project import ROOT


@pytest.fixture
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    def start(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(ROOT / "dev.py"), *words]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    return start


Start = Callable[..., subprocess.CompletedProcess[str]]


def test_it_imports_nothing_but_the_standard_library() -> None:
    tree = ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"))
    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in named} <= set(sys.stdlib_module_names)


def test_help_lists_the_commands_that_work_and_no_other(run: Start) -> None:
    done = run("--help")
    assert done.returncode == 0
    assert all(f"dev.py {name}" in done.stdout for name in ("demo", "serve", "test", "check", "lock"))


@pytest.mark.parametrize("words", [("sing",), ("dance",), ()])
def test_a_command_it_does_not_have_is_a_mistake_of_the_caller(run: Start, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_check_refuses_arguments_it_would_not_read(dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["check", "--fast"]) == 1
    assert "takes no arguments" in capsys.readouterr().err


@pytest.mark.parametrize("version", [(3, 10, 1), (3, 14, 0)])
def test_a_python_that_does_not_fit_is_told_which_one_does(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int]
) -> None:
    monkeypatch.setattr(dev.sys, "version_info", version)
    with pytest.raises(dev.StopError, match=r"needs Python 3\.11 to 3\.13"):
        dev.require_python()


def test_without_the_venv_module_it_names_the_package_to_install(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(dev, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(dev, "succeed", lambda *command: False)
    with pytest.raises(dev.StopError, match="apt-get install python3-venv"):
        dev.make_environment()


def test_a_change_of_the_lock_or_of_the_project_asks_for_a_new_installation(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("requirements.txt", "pyproject.toml"):
        (tmp_path / name).write_text("one", encoding="utf-8")
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    seen = {dev.fingerprint("requirements.txt")}
    for name in ("requirements.txt", "pyproject.toml"):
        (tmp_path / name).write_text("two", encoding="utf-8")
        seen.add(dev.fingerprint("requirements.txt"))
    assert len(seen) == 3


def test_the_demo_throws_the_older_result_away_and_passes_the_exit_code_on(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "ward.xlsx").touch()
    (tmp_path / "demo-output").mkdir()
    (tmp_path / "demo-output" / "design-1.json").write_text("an older design", encoding="utf-8")
    commands = []

    def call(*command: object, **settings: object) -> int:
        commands.append([str(part) for part in command])
        assert not (tmp_path / "demo-output").exists()
        return 4

    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "ensure", lambda lock: None)
    monkeypatch.setattr(dev, "call", call)
    assert dev.demo(["--lang", "fr"]) == 4
    assert commands[0][1:] == [
        "-m", "klaver", "design", "examples/ward.xlsx", "--out", "demo-output", "--lang", "fr",
    ]  # fmt: skip
