"""The commands of Klaver; every heavy import waits until a command needs it."""

from __future__ import annotations

import typer

from klaver.cli.ending import guarded
from klaver.cli.options import Lang

app = typer.Typer(
    name="klaver",
    help="From the work that is done on a workplace to new jobs that people can hold.\n\n"
    "Start with: klaver start nursing-home --units residents=30 ward.xlsx; "
    "correct the workbook; klaver check ward.xlsx; klaver design ward.xlsx --out out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(show: bool) -> None:
    if show:
        from klaver import __version__

        typer.echo(f"klaver {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Show the version."),
) -> None:
    """Hold the options that come before a command."""


def _register() -> None:
    from klaver.cli import (
        ask,
        designs,
        fronts,
        keeping,
        match,
        moving,
        papers,
        reach,
        rotating,
        serving,
        wall,
        why,
        workplaces,
    )

    rooms = (workplaces, wall, designs, fronts, moving, rotating, why, ask, papers, reach, match, serving, keeping)
    for module in rooms:
        for name, command in module.COMMANDS.items():
            app.command(name)(guarded(command))


_register()


def _add_groups() -> None:
    from klaver.cli import lines, people

    for called, module in (("people", people), ("line", lines)):
        group = typer.Typer(help=module.HELP, no_args_is_help=True)
        for name, command in module.COMMANDS.items():
            group.command(name)(guarded(command))
        app.add_typer(group, name=called)


_add_groups()


def main() -> None:
    """Run the command line (console script ``klaver``)."""
    app()


__all__ = ["Lang", "app", "main"]
