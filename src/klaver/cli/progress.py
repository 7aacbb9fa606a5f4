"""How far a long reading or writing is, on the terminal of who waits for it; elsewhere nothing is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console


@contextmanager
def counting(told: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Give a function to call with the number done so far; it is shown on stderr, and gone when the work is done."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    bar = [BarColumn()] if total is not None else []
    shown = (SpinnerColumn(), TextColumn("{task.description}"), *bar, TextColumn("{task.completed}"))
    with Progress(*shown, TimeElapsedColumn(), console=console, transient=True) as progress:
        task = progress.add_task(told, total=total)
        yield lambda done: progress.update(task, completed=done)
