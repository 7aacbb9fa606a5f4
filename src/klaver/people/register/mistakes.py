"""The mistakes of a register, of any number, in bounded memory: the first places of each kind, and how many more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from klaver.values import Fault, Faults

PLACES = 100
"""So many places of one kind of mistake in one column are named; of the others there is the number."""

Values = Mapping[str, str | int]


@dataclass
class _Kind:
    """One kind of mistake in one column."""

    places: list[tuple[int | None, Values]] = field(default_factory=list)
    more: int = 0


class Mistakes:
    """What is wrong in a file, gathered while it is read to its end."""

    def __init__(self, file: str, sheet: str | None = None) -> None:
        self.file, self.sheet = file, sheet
        self._whole: list[Fault] = []
        self._kinds: dict[tuple[int, str | None, str], _Kind] = {}

    def __bool__(self) -> bool:
        return bool(self._whole or self._kinds)

    def copy(self) -> Mistakes:
        """Return the mistakes so far, to go on with from here."""
        made = Mistakes(self.file, self.sheet)
        made._whole = list(self._whole)
        made._kinds = {place: _Kind(list(kind.places), kind.more) for place, kind in self._kinds.items()}
        return made

    def add(self, faults: Iterable[Fault]) -> None:
        """Add mistakes that have their place already, such as those of a mapping file."""
        self._whole.extend(faults)

    def heading(self, code: str, row: int | None = None, column: str | None = None, **values: str | int) -> None:
        """Add a mistake of the file as a whole, or of a heading."""
        self._whole.append(self._fault(f"register.{code}", row, column, values))

    def room(self, position: int, column: str | None, code: str) -> int:
        """Return how many more places of a kind would be named."""
        found = self._kinds.get((position, column, code))
        return PLACES if found is None else PLACES - len(found.places)

    def cells(
        self,
        position: int,
        column: str | None,
        code: str,
        places: Iterable[tuple[int | None, Values]],
        more: int = 0,
    ) -> None:
        """Add mistakes of one kind in one column, with as many places as there is room for, and how many more."""
        kind = self._kinds.setdefault((position, column, code), _Kind())
        for place in places:
            if len(kind.places) < PLACES:
                kind.places.append(place)
            else:
                more += 1
        kind.more += more

    def cell(self, position: int, column: str | None, code: str, row: int | None, **values: str | int) -> None:
        """Add one mistake of a cell, or of a whole row when there is no column."""
        self.cells(position, column, f"register.{code}", [(row, values)])

    def faults(self) -> Faults:
        """Return all of them: the file and its headings first, then column by column from the left."""
        told = list(self._whole)
        for (_, column, code), kind in sorted(self._kinds.items(), key=lambda item: (item[0][0], item[0][2])):
            told += [self._fault(code, row, column, values) for row, values in kind.places]
            if kind.more:
                last = kind.places[-1][0]
                told.append(self._fault("register.more", last, column, {"count": kind.more}))
        return Faults(told)

    def _fault(self, code: str, row: int | None, column: str | None, values: Values) -> Fault:
        return Fault(code=code, values=dict(values), file=self.file, sheet=self.sheet, row=row, column=column)
