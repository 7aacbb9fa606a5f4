"""How a command ends: 0 answered, 1 fault in Klaver, 2 mistake in input, 3 answered no, 4 no answer, 130 stopped."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Any

import typer

from klaver.cli.mistakes import told
from klaver.cli.options import Lang, language
from klaver.language import tell, tell_fault
from klaver.values import Faults

ANSWERED, FAULT, MISTAKE, NO, NO_ANSWER, STOPPED = 0, 1, 2, 3, 4, 130


def guarded(command: Callable[..., int | None]) -> Callable[..., None]:
    """Wrap a command: its mistakes become sentences on stderr, its result the exit code."""

    @functools.wraps(command)
    def run(*args: Any, **options: Any) -> None:
        lang: Lang | None = options.get("lang")
        try:
            code = command(*args, **options)
        except Faults as faults:
            if options.get("as_json"):
                data = [{**f.model_dump(mode="json"), "told": tell_fault(f, language(lang))} for f in faults.faults]
                typer.echo(json.dumps({"faults": data}, ensure_ascii=False, indent=2))
            for line in told(faults.faults, language(lang)):
                typer.echo(line, err=True)
            if len(faults.faults) > 1:
                typer.echo(tell("cli.faults", language(lang), count=len(faults.faults)), err=True)
            raise typer.Exit(MISTAKE) from None
        except KeyboardInterrupt:
            typer.echo(tell("cli.stopped", language(lang)), err=True)
            raise typer.Exit(STOPPED) from None
        raise typer.Exit(code or ANSWERED)

    return run
