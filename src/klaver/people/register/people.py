"""From batches of texts to people as columns: every distinct text is read once, a wrong one told by its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from klaver.people.columns import CONDITIONS, DIMENSIONS, NOT_KNOWN, UNKNOWN, Columns, Names, Whole
from klaver.people.register.cells import SHORT_CODE, BadCell, Read, pseudonym, reader, shown
from klaver.people.register.headings import Chosen
from klaver.people.register.layout import DAYS
from klaver.people.register.lookup import WRONG, Lookup
from klaver.people.register.mapping import RegisterMapping
from klaver.people.register.mistakes import Mistakes, Values
from klaver.people.register.sources import Batch, Cells
from klaver.values.time import DAY_PARTS

_TOLD_ALREADY = {"parts": (1 << len(DAY_PARTS)) - 1, "mark": 1}
"""What a wrong cell is read as where a blank one would be a mistake too: it is told once."""


class Reading:
    """People out of batches, with the mistakes in them.

    Parameters
    ----------
    keep_ids
        Whether the people keep their pseudonyms. They are checked anyway.
    """

    def __init__(
        self, chosen: Sequence[Chosen], mapping: RegisterMapping, names: Names, found: Mistakes, *, keep_ids: bool
    ) -> None:
        self.chosen, self.names, self.found, self.keep_ids = chosen, names, found, keep_ids
        self.lookups = {c.position: _lookup(c, mapping, names) for c in chosen if not _is_id(c)}
        self.named = any(_is_id(c) for c in chosen)
        self._hashes: list[npt.NDArray[np.int64]] = []
        self._rows: list[Whole] = []

    def people(self, batch: Batch) -> Columns:
        """Return the people of a batch; a row in which everything is blank is nobody."""
        numbers = {c.position: self._numbers(c, cells, batch.rows) for c, cells in self._cells(batch) if not _is_id(c)}
        texts = next((_texts(cells) for c, cells in self._cells(batch) if _is_id(c)), None)
        somebody = self._somebody(batch, numbers, texts)
        if somebody is not None:
            numbers = {position: found[somebody] for position, found in numbers.items()}
            texts = texts and [texts[at] for at in somebody]
            batch = Batch([batch.rows[at] for at in somebody], ())
        ids = self._ids(texts, batch.rows)
        return self._columns(numbers, ids, batch.rows)

    def _cells(self, batch: Batch) -> list[tuple[Chosen, Cells]]:
        return list(zip(self.chosen, batch.cells, strict=True))

    def _numbers(self, chosen: Chosen, cells: Cells, rows: Sequence[int]) -> Whole:
        lookup = self.lookups[chosen.position]
        found = lookup.numbers(cells)
        if len(found) and found.min() < NOT_KNOWN:
            self._wrong(chosen, lookup, cells, found, rows)
        return found

    def _wrong(self, chosen: Chosen, lookup: Lookup, cells: Cells, found: Whole, rows: Sequence[int]) -> None:
        for number, code in enumerate(lookup.wrong):
            places = np.flatnonzero(found == WRONG - number)
            if not len(places):
                continue
            named = places[: self.found.room(chosen.position, chosen.heading, code)].tolist()
            texts = [cells.texts[at if cells.at is None else cells.at[at]] for at in named]
            told = [(rows[at], lookup.told(text)) for at, text in zip(named, texts, strict=True)]
            self.found.cells(chosen.position, chosen.heading, code, told, len(places) - len(named))
        kind = chosen.column.kind if chosen.column else ""
        np.copyto(found, _TOLD_ALREADY.get(kind, NOT_KNOWN), where=found < NOT_KNOWN)

    def _somebody(
        self, batch: Batch, numbers: Mapping[int, Whole], texts: Sequence[str] | None
    ) -> npt.NDArray[np.intp] | None:
        """Return the rows that hold anything, or ``None`` when all do."""
        blank: npt.NDArray[np.intp] | None = None
        for found in numbers.values():
            blank = np.flatnonzero(found == NOT_KNOWN) if blank is None else blank[found[blank] == NOT_KNOWN]
            if not len(blank):
                return None
        if blank is None:
            blank = np.arange(len(batch.rows))
        if texts is not None:
            blank = blank[[not texts[at].strip() for at in blank.tolist()]] if len(blank) else blank
        return np.setdiff1d(np.arange(len(batch.rows)), blank) if len(blank) else None

    def _ids(self, texts: Sequence[str] | None, rows: Sequence[int]) -> tuple[str, ...] | None:
        if texts is None:
            return tuple(f"row-{row}" for row in rows) if self.keep_ids else None
        ids = list(texts)
        chosen = next(c for c in self.chosen if _is_id(c))
        for at in [at for at, text in enumerate(ids) if not SHORT_CODE.fullmatch(text)]:
            try:
                ids[at] = pseudonym(ids[at])
            except BadCell as bad:
                self.found.cell(chosen.position, chosen.heading, bad.code.partition(".")[2], rows[at])
                ids[at] = ""
        self._remember(ids, rows)
        return tuple(ids) if self.keep_ids else None

    def _remember(self, ids: Sequence[str], rows: Sequence[int]) -> None:
        """Keep 12 bytes a person to find a pseudonym that stands there twice: a hash of 64 bits, and the row.

        Python's own hash of a text is keyed and has 64 bits. That two different pseudonyms of 13 million share one
        happens in one run out of 200 000; such a run would name a row too many, and load nothing that is wrong.
        """
        self._hashes.append(np.fromiter(map(hash, ids), np.int64, len(ids)))
        self._rows.append(np.fromiter(rows, np.int32, len(rows)))

    def tell_twice(self) -> None:
        """Tell which pseudonyms stand there twice, once all rows have been read."""
        if not self.named or not self._hashes:
            return
        ordered = np.concatenate(self._hashes)
        ordered.sort()
        twice = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
        twice = twice[twice != hash("")]  # a blank one is told already
        if not len(twice):
            return
        hashes, rows = np.concatenate(self._hashes), np.concatenate(self._rows)
        chosen = next(c for c in self.chosen if _is_id(c))
        places = np.flatnonzero(np.isin(hashes, twice))
        first: dict[int, int] = {}
        for at in places.tolist():
            value, row = int(hashes[at]), int(rows[at])
            if value in first:
                self.found.cell(chosen.position, chosen.heading, "id_twice", row, first=first[value])
            else:
                first[value] = row

    def _columns(self, numbers: Mapping[int, Whole], ids: tuple[str, ...] | None, rows: Sequence[int]) -> Columns:
        count = len(rows)
        levels = np.full((DIMENSIONS, count), UNKNOWN, np.uint8)
        conditions = np.full((len(CONDITIONS), count), NOT_KNOWN, np.int32)
        aids, zone = np.zeros(count, np.int32), np.full(count, NOT_KNOWN, np.int32)
        parts: dict[int, tuple[Chosen, Whole]] = {}
        for chosen in self.chosen:
            column = chosen.column
            if column is None or column.kind == "id":
                continue
            found = numbers[chosen.position]
            if column.kind == "level":
                levels[column.number - 1] = found.astype(np.uint8)  # -1 becomes 255: not known
            elif column.kind == "aids":
                aids = np.maximum(found, 0)
            elif column.kind == "zone":
                zone = found
            elif column.kind == "parts":
                parts[column.number] = (chosen, found)
            elif column.kind == "mark":
                self._tell_blank(chosen, "mark", found == NOT_KNOWN, rows)
            else:
                conditions[CONDITIONS.index(column.condition)] = found
        for name in ("excluded", "wanted"):
            told = conditions[CONDITIONS.index(name)]
            np.maximum(told, 0, out=told)
        if len(parts) == len(DAYS):
            conditions[CONDITIONS.index("day_parts")] = self._slots(parts, count, rows)
        self._in_order("week_min", "week_max", "max_below_min", conditions, rows)
        self._in_order("earliest", "latest", "ends_early", conditions, rows)
        return Columns(levels, aids, conditions, zone, self.names, ids)

    def _slots(self, parts: Mapping[int, tuple[Chosen, Whole]], count: int, rows: Sequence[int]) -> Whole:
        """Join the seven days; a blank day beside a filled one is told, for blank is not "none"."""
        given = np.logical_or.reduce([found != NOT_KNOWN for _, found in parts.values()])
        slots = np.zeros(count, np.int32)
        for day, (chosen, found) in parts.items():
            self._tell_blank(chosen, "parts_blank", given & (found == NOT_KNOWN), rows)
            slots |= np.maximum(found, 0) << (day * len(DAY_PARTS))
        filled = np.logical_and.reduce([found != NOT_KNOWN for _, found in parts.values()])
        self._tell_blank(parts[0][0], "parts_none", filled & (slots == 0), rows)
        slots[~given] = NOT_KNOWN
        return slots

    def _in_order(self, low: str, high: str, code: str, conditions: Whole, rows: Sequence[int]) -> None:
        first, second = conditions[CONDITIONS.index(low)], conditions[CONDITIONS.index(high)]
        known = (first != NOT_KNOWN) & (second != NOT_KNOWN)
        wrong = known & (second < first if code == "max_below_min" else second <= first)
        chosen = next((c for c in self.chosen if c.column and c.column.condition == high), None)
        if chosen is not None:
            self._tell_blank(chosen, code, wrong, rows)

    def _tell_blank(self, chosen: Chosen, code: str, wrong: npt.NDArray[np.bool_], rows: Sequence[int]) -> None:
        if not wrong.any():
            return
        places = np.flatnonzero(wrong).tolist()
        room = self.found.room(chosen.position, chosen.heading, f"register.{code}")
        told: list[tuple[int, Values]] = [(rows[at], {}) for at in places[:room]]
        self.found.cells(chosen.position, chosen.heading, f"register.{code}", told, len(places) - len(told))


def _is_id(chosen: Chosen) -> bool:
    return chosen.column is not None and chosen.column.kind == "id"


def _texts(cells: Cells) -> Sequence[str]:
    return cells.texts if cells.at is None else [cells.texts[at] for at in cells.at.tolist()]


def _lookup(chosen: Chosen, mapping: RegisterMapping, names: Names) -> Lookup:
    short = chosen.column is not None and chosen.column.kind == "level"
    return Lookup(_read(chosen, mapping, names), short=short)


def _read(chosen: Chosen, mapping: RegisterMapping, names: Names) -> Read:
    column = chosen.column
    if column is None:
        return _nothing
    read, meanings = reader(column, names), mapping.recoded(column.name)
    if meanings is None:
        return read

    def recoded(text: str) -> int:
        said = text.strip().casefold()
        if not said:
            return NOT_KNOWN
        meaning = meanings.get(said, meanings.get(_whole(said)))
        if meaning is None:
            raise BadCell("unmapped", given=shown(text))
        return read(meaning)

    return recoded


def _whole(text: str) -> str:
    """Return a number without the ``.0`` that some programs put behind it."""
    whole, _, part = text.replace(",", ".").partition(".")
    return whole if part and not part.strip("0") else text


def _nothing(text: str) -> int:
    """Read a column without heading: it must be blank."""
    if text.strip():
        raise BadCell("no_heading")
    return NOT_KNOWN
