"""A register as Parquet: read in batches, every column as its distinct values and the place of each row among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from klaver.people.register.layout import key
from klaver.people.register.mistakes import Mistakes
from klaver.people.register.sources import Batch, Cells
from klaver.people.register.values import text_of
from klaver.values import Fault, Faults

ROWS = 1 << 16
"""Rows of one batch: a column costs its distinct values, so that a batch may be large."""

MARKED = b"klaver.synthetic"
"""The key in the metadata of a file in which nobody exists."""


def arrow() -> Any:
    """Return pyarrow with its Parquet part.

    Raises
    ------
    Faults
        With the line that installs it, when it is not there.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise Faults([Fault(code="register.no_pyarrow")]) from None
    return pyarrow


class ParquetFile:
    """A Parquet file of which the schema has been read.

    Raises
    ------
    Faults
        When pyarrow is missing, it is no Parquet file, or a column holds lists or records.
    """

    sheet = None
    header_row = None

    def __init__(self, path: Path) -> None:
        self.path = path
        self.arrow = arrow()
        try:
            schema = self.arrow.parquet.read_schema(path)
        except (self.arrow.ArrowException, OSError):
            raise Faults([Fault(code="register.not_parquet", file=path.name)]) from None
        self.header: tuple[str, ...] = tuple(schema.names)
        if not self.header:
            raise Faults([Fault(code="register.no_headings", file=path.name)])
        self.marked = MARKED in (schema.metadata or {})
        self.texts = {f.name for f in schema if self.arrow.types.is_string(f.type)}
        self.nested = frozenset(at for at, f in enumerate(schema) if self.arrow.types.is_nested(f.type))

    def batches(self, wanted: Sequence[int], found: Mistakes) -> Iterator[Batch]:
        """Yield the rows; a column of lists or records is told and read as blank."""
        for at in self.nested.intersection(wanted):
            found.heading("nested", column=self.header[at])
        flat = [at for at in wanted if at not in self.nested]
        names = list(dict.fromkeys(self.header[at] for at in flat))  # a name that stands there twice is a mistake
        number = 0
        coded = [name for name in names if name in self.texts and key(name) != "id"]
        with self.arrow.parquet.ParquetFile(self.path, read_dictionary=coded) as stored:
            for taken in self._batches(stored, names):
                first, number = number + 1, number + taken.num_rows
                blank = Cells(("",), np.zeros(taken.num_rows, np.intp))
                there = taken.schema.names
                read = {name: self._cells(taken.column(there.index(name))) for name in names}
                cells = [blank if at in self.nested else read[self.header[at]] for at in wanted]
                yield Batch(range(first, number + 1), cells)

    def _batches(self, stored: Any, names: Sequence[str]) -> Iterator[Any]:
        rows = stored.iter_batches(batch_size=ROWS, columns=list(names))
        while True:
            try:
                taken = next(rows, None)
            except (self.arrow.ArrowException, OSError):
                raise Faults([Fault(code="register.not_parquet", file=self.path.name)]) from None
            if taken is None:
                return
            yield taken

    def _cells(self, column: Any) -> Cells:
        if self.arrow.types.is_string(column.type):  # the pseudonyms: every one is different
            return Cells([text or "" for text in column.to_pylist()])
        try:
            coded = column if self.arrow.types.is_dictionary(column.type) else column.dictionary_encode()
        except self.arrow.ArrowException:  # a type of number that has no distinct values in pyarrow
            return Cells([text_of(value) for value in column.to_pylist()])
        texts = [text_of(value) for value in coded.dictionary.to_pylist()]
        at = coded.indices.fill_null(len(texts)).to_numpy(zero_copy_only=False)
        return Cells((*texts, ""), at.astype(np.intp, copy=False))
