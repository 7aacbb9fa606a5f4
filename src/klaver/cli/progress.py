"""How far long work is, and why it takes long, for who waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console

from klaver.language import Language, tell


def tell_when_cold(lang: Language, quiet: bool = False) -> None:
    """Say on stderr that this first time takes longer, when the loops are not compiled yet on this machine."""
    from klaver.design.kernel.compiled import cold

    if not quiet and cold():
        Console(stderr=True, highlight=False).print(tell("cli.cold", lang))


@contextmanager
def counting(told: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Give a function to call with the number done so far; it is shown on a terminal and gone when work is done."""
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
