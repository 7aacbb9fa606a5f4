"""The people of a command: Klaver's groups, a file of profiles, or a register; read once, with progress."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from klaver.cli.progress import counting
from klaver.language import Language, tell
from klaver.values import Fault, Faults

if TYPE_CHECKING:
    from klaver.people.columns import Columns
    from klaver.people.records import Profile
    from klaver.people.register.reading import Register

MOST_SHOWN = 2000
"""People that are shown in groups, one line each; of more there are counts."""


@dataclass(frozen=True)
class Crowd:
    """Profiles, or a register that is still to be read."""

    profiles: tuple[Profile, ...] = ()
    register: Register | None = None
    lang: Language = "nl"

    @property
    def synthetic(self) -> bool:
        """Tell whether nobody in it exists, by its own mark."""
        return self.register is not None and self.register.synthetic

    @property
    def groups(self) -> bool:
        """Tell whether it holds target groups and nobody in person."""
        return self.register is None and all(p.kind == "group" for p in self.profiles)

    def parts(self, *, keep_ids: bool) -> Iterator[Columns]:
        """Yield the people: profiles at once, a register part by part with progress on the terminal."""
        if self.register is None:
            from klaver.people.columns import of_profiles

            yield of_profiles(self.profiles)
            return
        with counting(tell("reach.reading", self.lang)) as told:
            yield from self.register.parts(keep_ids=keep_ids, tell=told)


def crowd(people: Path | None, mapping: Path | None, lang: Language, *, example: bool) -> Crowd:
    """Open the people of a command; without a file they are Klaver's own groups.

    Raises
    ------
    Faults
        For mistakes in the file, and for people who do not exist beside a workplace that does.
    """
    from klaver.people import profiles, read_people

    if people is None:
        return Crowd(profiles(), lang=lang)
    if people.suffix.lower() == ".json":
        return Crowd(read_people(people), lang=lang)
    from klaver.people.register.mapping import read_mapping
    from klaver.people.register.reading import open_register, refuse_as_evidence

    register = open_register(people, None if mapping is None else read_mapping(mapping))
    refuse_as_evidence(register, example=example)
    return Crowd(register=register, lang=lang)


def named(found: Crowd, name: str | None = None) -> tuple[Profile, ...]:
    """Return the people as profiles: all of them, or the one with this pseudonym.

    Raises
    ------
    Faults
        When nobody has the pseudonym, or there are more people than can be shown.
    """
    if found.register is None:
        chosen = tuple(p for p in found.profiles if name in (None, p.id))
    else:
        chosen = tuple(_of_register(found, name))
    if name is not None and not chosen:
        raise Faults([Fault(code="reach.no_person")])
    return chosen


def _of_register(found: Crowd, name: str | None) -> Iterator[Profile]:
    from klaver.people.columns import profile_of

    assert found.register is not None
    today = datetime.now(UTC).date().isoformat()
    kept: list[tuple[Columns, int]] = []
    people = 0
    for part in found.parts(keep_ids=True):
        people += part.count
        ids = part.ids or ()
        kept += [(part, row) for row, ident in enumerate(ids) if name in (None, ident)]
        if name is None and people > MOST_SHOWN:
            raise Faults([Fault(code="reach.too_many", values={"most": MOST_SHOWN})])
    for part, row in kept:  # only now: a mistake further on in the file would have stopped it
        yield profile_of(part, row, source=found.register.path.name, date=today)
