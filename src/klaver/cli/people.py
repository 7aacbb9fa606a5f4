"""Commands about a register of people: check one, and make one of people who do not exist."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from klaver.cli.options import JsonOption, LangOption, language
from klaver.cli.progress import counting
from klaver.language import Language, tell

if TYPE_CHECKING:
    from klaver.people.register.layout import Column
    from klaver.people.register.summary import Summary

HELP = "A register of people: check one, or make one of people who do not exist."


class KindOption(StrEnum):
    """How alike the people of a synthetic population are."""

    REGISTER = "register"
    SURVEY = "survey"
    MIXED = "mixed"


def check(
    file: Annotated[Path, typer.Argument(help="A register: .csv, .xlsx or .parquet.", metavar="FILE")],
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="A mapping file (TOML) for columns and scales of your own.")
    ] = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> int:
    """Check a register: every mistake with its place and remedy, and how much of each column is known."""
    from klaver.people.register import open_register, read_mapping
    from klaver.people.register.summary import Summary

    told = language(lang)
    register = open_register(file, None if mapping is None else read_mapping(mapping))
    found = Summary(register)
    with counting(tell("register.reading", told, file=file.name)) as count:
        for part in register.parts(keep_ids=False, tell=count):
            found.add(part)
    if as_json:
        typer.echo(json.dumps(_as_data(found), ensure_ascii=False, indent=2))
    else:
        _show(found, told)
    return 0


def _ends(found: Summary, count: int) -> tuple[int, int]:
    """Return between which numbers a count lies: exactly when nobody exists, else its band."""
    from klaver.matching.publishing import band

    if found.register.synthetic:
        return count, count
    told = band(count, found.people)
    return told.low, told.high


def _lines(found: Summary) -> Iterator[tuple[Column, tuple[int, int], tuple[int, int] | None]]:
    """Yield each column with how many are known, and how many not.

    Who is not known is told from the two bands alone, of everybody and of the known: a third band beside those two
    could say that one to four people are left.
    """
    from klaver.people.register.summary import NO_UNKNOWN

    low, high = _ends(found, found.people)
    for column, count in found.lines():
        least, most = _ends(found, count)
        unknown = None if column.name in NO_UNKNOWN else (max(0, low - most), high - least)
        yield column, (least, most), unknown


def _as_data(found: Summary) -> dict[str, object]:
    return {
        "file": found.register.path.name,
        "people": _ends(found, found.people),
        "synthetic": found.register.synthetic,
        "columns": [{"name": c.name, "known": known, "unknown": unknown} for c, known, unknown in _lines(found)],
        "missing": found.missing(),
        "recoded": found.register.recoded(),
    }


def _told(ends: tuple[int, int] | None) -> str:
    return "" if ends is None else "-".join(map(str, dict.fromkeys(ends)))


def _show(found: Summary, lang: Language) -> None:
    from klaver.people.register.summary import meaning

    console = Console(highlight=False)
    name, people = found.register.path.name, _told(_ends(found, found.people))
    console.print(tell("register.people", lang, file=name, people=people), markup=False)
    made_up = "register.made_up" if found.register.synthetic else "register.in_bands"
    console.print(tell(made_up, lang), markup=False)
    table = Table(box=None, pad_edge=False)
    for key in ("column", "holds", "known", "unknown"):
        table.add_column(tell(f"register.head_{key}", lang), justify="right" if "known" in key else "left")
    for column, known, unknown in _lines(found):
        shown = "parts_mon ..." if column.kind == "parts" else column.name
        table.add_row(shown, meaning(column, lang), _told(known), _told(unknown))
    console.print(table)
    if found.missing():
        console.print(tell("register.missing", lang, columns=", ".join(found.missing())), markup=False)
    for table_name, meanings in found.register.recoded().items():
        blank = tell("register.not_known", lang)
        pairs = ", ".join(f"{value} → {given or blank}" for value, given in meanings.items())
        console.print(tell("register.recoded", lang, column=table_name, pairs=pairs), markup=False)


def synthesise(
    out: Annotated[Path, typer.Argument(help="Where to write (.csv or .parquet).", metavar="OUT.csv")],
    count: Annotated[int, typer.Option("--n", min=1, help="How many people.")] = 200_000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same people.")] = 1,
    kind: Annotated[KindOption, typer.Option("--kind", help="How alike they are.")] = KindOption.MIXED,
    lang: LangOption = None,
) -> int:
    """Make a register of people who do not exist, for tests, examples and measurements; the file says so in itself."""
    from klaver.people.register.writing import write_synthetic

    told = language(lang)
    with counting(tell("register.writing", told, file=out.name), count) as done:
        write_synthetic(kind.value, count, seed, out, tell=done)
    typer.echo(tell("register.written", told, file=str(out), people=count))
    return 0


COMMANDS: dict[str, Callable[..., int]] = {"check": check, "synthesise": synthesise}
