"""The mapping file of a house: which of its columns are Klaver's, which are left out, and what its own scales mean."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from klaver.people.columns import Names
from klaver.people.register.cells import BadCell, reader
from klaver.people.register.layout import MARK, columns, headings, key, spoken
from klaver.values import Fault, Faults

GROUPS = {"levels": "level", "languages": "step", "parts": "parts"}
"""Tables that hold for all columns of a kind without one of their own: the 36 dimensions, four skills, seven days."""

_LINE = re.compile(r"at line (\d+)")
_TABLES = ("rename", "ignore", "recode", "sheet")
_NEVER = ("id", MARK)


@dataclass(frozen=True)
class RegisterMapping:
    """What a mapping file says.

    ``rename`` gives per heading of the house the name of a column, ``ignore`` the headings that are not read (as
    :func:`klaver.people.register.layout.key` writes headings). ``recode`` gives per column, or per group of columns,
    what a value of the house means. ``wrong`` are the mistakes in the mapping file: they are told with the register's.
    """

    file: str = ""
    rename: dict[str, str] = field(default_factory=dict)
    ignore: frozenset[str] = frozenset()
    recode: dict[str, dict[str, str]] = field(default_factory=dict)
    sheet: str | None = None
    wrong: tuple[Fault, ...] = ()

    @cached_property
    def renamed(self) -> dict[str, str]:
        """The name of the column by heading, as headings are compared."""
        return {key(heading): name for heading, name in self.rename.items()}

    def recoded(self, column: str) -> dict[str, str] | None:
        """Return what the values of a column mean, or ``None`` when they are Klaver's own."""
        if column in self.recode:
            return self.recode[column]
        kind = columns()[column].kind
        return next((table for name, table in self.recode.items() if GROUPS.get(name) == kind), None)


def read_mapping(path: Path) -> RegisterMapping:
    """Read a mapping file.

    Raises
    ------
    Faults
        When there is no such file or it is no TOML; every other mistake is in ``wrong``.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise Faults([Fault(code="workbook.no_file", file=str(path))]) from None
    except IsADirectoryError:
        raise Faults([Fault(code="workbook.folder", file=str(path))]) from None
    except OSError:
        raise Faults([Fault(code="workbook.no_access", file=str(path))]) from None
    except UnicodeDecodeError:
        raise Faults([Fault(code="register.mapping_utf8", file=path.name)]) from None
    except tomllib.TOMLDecodeError as wrong:
        line = _LINE.search(str(wrong))
        row = int(line[1]) if line else None
        raise Faults([Fault(code="register.mapping_toml", file=path.name, row=row)]) from None
    return _Reading(path.name).mapping(data)


class _Reading:
    """One mapping file while it is read, with the mistakes found so far."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.wrong: list[Fault] = []

    def mapping(self, data: dict[str, object]) -> RegisterMapping:
        for name in data.keys() - set(_TABLES):
            self.fault("mapping_table", name, near=nearest(name, _TABLES), known=", ".join(_TABLES))
        sheet = data.get("sheet")
        if not isinstance(sheet, str | None):
            self.fault("mapping_sheet", "sheet")
        return RegisterMapping(
            file=self.file,
            rename=dict(self.renamed(data.get("rename", {}))),
            ignore=frozenset(self.ignored(data.get("ignore", []))),
            recode=dict(self.recoded(data.get("recode", {}))),
            sheet=sheet if isinstance(sheet, str) else None,
            wrong=tuple(self.wrong),
        )

    def fault(self, code: str, at: str, **values: str | int) -> None:
        self.wrong.append(Fault(code=f"register.{code}", values={"at": at, **values}, file=self.file))

    def renamed(self, table: object) -> Iterator[tuple[str, str]]:
        self.twice("rename", map(key, self.table(table, "rename", tell=False)))
        for heading, given in self.table(table, "rename").items():
            name = headings().get(key(given)) if isinstance(given, str) else None
            if name is None:
                self.fault("mapping_column", f"rename.{heading}", near=nearest(str(given), spoken()))
            else:
                yield heading, name

    def ignored(self, given: object) -> Iterator[str]:
        if not isinstance(given, list) or not all(isinstance(h, str) for h in given):
            self.fault("mapping_ignore", "ignore")
            return
        yield from map(key, given)

    def recoded(self, tables: object) -> Iterator[tuple[str, dict[str, str]]]:
        for given, table in self.table(tables, "recode").items():
            name = given if given in GROUPS else headings().get(key(given))
            if name is None:
                self.fault("mapping_column", f"recode.{given}", near=nearest(given, spoken()))
            elif name in _NEVER:
                self.fault("mapping_never", f"recode.{given}")
            else:
                yield name, dict(self.meanings(table, name))

    def meanings(self, table: object, name: str) -> Iterator[tuple[str, str]]:
        self.twice(f"recode.{name}", (v.strip().casefold() for v in self.table(table, name, tell=False)))
        column = next(c for c in columns().values() if name in (c.name, *(g for g, k in GROUPS.items() if k == c.kind)))
        read = reader(column, Names())
        for value, given in self.table(table, f"recode.{name}").items():
            at = f"recode.{name}.{value}"
            meaning = str(given) if isinstance(given, str | int) and not isinstance(given, bool) else "?"
            if not value.strip():
                self.fault("mapping_blank", at)
                continue
            try:
                read(meaning)
            except BadCell as bad:
                self.wrong.append(Fault(code=bad.code, values=bad.values, file=self.file, column=at))
                meaning = ""
            yield value.strip().casefold(), meaning.strip()

    def twice(self, at: str, said: Iterable[str]) -> None:
        """Tell what stands there twice once capitals and blanks make no difference."""
        for text in (text for text, count in Counter(said).items() if count > 1):
            self.fault("mapping_twice", f"{at}.{text}")

    def table(self, given: object, at: str, *, tell: bool = True) -> dict[str, object]:
        if isinstance(given, dict):
            return given
        if tell:
            self.fault("mapping_no_table", at)
        return {}


def nearest(given: str, known: tuple[str, ...] | dict[str, str]) -> str:
    """Return the known name that looks most like what was given, or a dash."""
    said = key(given)
    close = get_close_matches(said, list(known), 1, 0.6)
    if not close:
        return "-"
    return known[close[0]] if isinstance(known, dict) else close[0]
