"""Commands that keep what the workbench holds: backup, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from klaver.cli.options import LangOption, language
from klaver.language import tell


def backup(
    file: Annotated[Path, typer.Argument(help="The new file that is written.", show_default=False)],
    lang: LangOption = None,
) -> int:
    """Keep everything of the workbench in one file, also while it is open.

    The secret of the data folder is not in it. KLAVER_DATA and DATABASE_URL are as for 'klaver serve'.
    """
    from klaver.web.backup import backup as keep

    size = keep(file)
    typer.echo(tell("backup.done", language(lang), file=file, size=-(-size // 1024)))
    return 0


def restore(
    file: Annotated[Path, typer.Argument(help="A file that 'klaver backup' wrote.", show_default=False)],
    lang: LangOption = None,
) -> int:
    """Put a backup into an empty data folder, or into the empty database that DATABASE_URL names."""
    from klaver.web.backup import restore as put

    put(file)
    typer.echo(tell("backup.restored", language(lang), file=file))
    return 0


COMMANDS = {"backup": backup, "restore": restore}
