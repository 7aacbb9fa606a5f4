"""The project's own files, as the house rules read them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "klaver"

MADE = {"__pycache__", "build", "demo-output", "dist", "htmlcov", "mutants"}
"""Folders that tools make; they are not part of the project."""

TEXT = {
    "", ".cfg", ".css", ".csv", ".html", ".j2", ".json", ".md", ".py", ".pyi",
    ".svg", ".toml", ".txt", ".typ", ".xml", ".yaml", ".yml",
}  # fmt: skip


def files(folder: Path = ROOT) -> Iterator[Path]:
    """Yield every file of the project under a folder; hidden folders (but ``.ci``) are the tools' own."""
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            hidden = path.name.startswith(".") and path.name != ".ci"
            if not hidden and path.name not in MADE and not path.name.endswith(".egg-info"):
                yield from files(path)
        elif not path.name.startswith(".coverage"):
            yield path


def text_files() -> Iterator[tuple[str, str]]:
    """Yield the name and the content of every text file of the project."""
    for path in files():
        if path.suffix in TEXT:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def modules() -> list[Path]:
    """Return every Python module of Klaver."""
    return sorted(SOURCE.rglob("*.py"))
