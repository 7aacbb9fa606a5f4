"""Commands of the workbench in the browser: serve, worker, passphrase."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from klaver.cli.options import LangOption, language
from klaver.language import Language, tell
from klaver.values import Fault, Faults

Quiet = Annotated[bool, typer.Option("--quiet", help="Say nothing while all is well.")]


def serve(
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port to listen on.")] = 8000,
    no_worker: Annotated[bool, typer.Option("--no-worker", help="Searches are done by 'klaver worker'.")] = False,
    lang: LangOption = None,
) -> int:
    """Open the workbench in the browser: everything it needs is set up, and Ctrl-C ends it.

    KLAVER_DATA names the folder for the data; DATABASE_URL a PostgreSQL database in its place.
    """
    from klaver.web.data_folder import InUseError
    from klaver.web.database import DatabaseUrlError
    from klaver.web.serving import serve as go

    told = language(lang)
    try:
        return go(host, port, worker=not no_worker, say=_say(told))
    except InUseError as wrong:
        raise Faults([Fault(code="serve.in_use", values={"folder": str(wrong)})]) from None
    except DatabaseUrlError:
        raise Faults([Fault(code="serve.database_url")]) from None
    except OSError as wrong:
        values: dict[str, str | int] = {"host": host, "port": port, "why": wrong.strerror or str(wrong)}
        raise Faults([Fault(code="serve.no_port", values=values)]) from None


def worker(quiet: Quiet = False, lang: LangOption = None) -> int:
    """Do the searches that were asked in the browser; Ctrl-C ends it, and gives back what it was doing."""
    from klaver.web.serving import work

    return work((lambda code, values: None) if quiet else _say(language(lang)))


def passphrase(
    name: Annotated[str | None, typer.Option("--name", help="Who, where more than one person has access.")] = None,
    lang: LangOption = None,
) -> int:
    """Choose another passphrase for somebody, when the old one is lost."""
    from klaver.web.serving import django_ready

    django_ready()
    from klaver.web.accounts.lost import new_passphrase, whose

    told = language(lang)
    user = whose(name)
    given = typer.prompt(tell("serve.new_passphrase", told), hide_input=True, confirmation_prompt=True)
    new_passphrase(user, given, told)
    typer.echo(tell("serve.passphrase_changed", told))
    return 0


def _say(lang: Language) -> Callable[[str, dict[str, object]], None]:
    return lambda code, values: typer.echo(tell(f"serve.{code}", lang, **values), err=True)


COMMANDS = {"serve": serve, "worker": worker, "passphrase": passphrase}
